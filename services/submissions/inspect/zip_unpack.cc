#include "services/submissions/inspect/zip_unpack.h"

#include <zlib.h>

#include <algorithm>
#include <cstddef>

namespace soutenance::submissions::inspect {
namespace {

constexpr std::size_t kBufferBytes = 64 << 10;
constexpr uint32_t kStored = 0;
constexpr uint32_t kDeflated = 8;

class Unpacker {
 public:
  Unpacker(const Source& source, const PlacedEntry& placed, int64_t bytes_max,
           absl::FunctionRef<bool(absl::string_view)> piece)
      : source_(source), at_(placed.data), end_(placed.end), bytes_max_(bytes_max), piece_(piece) {}

  Unpacked Stored() {
    while (at_ < end_ && !IsEnough()) {
      const std::string piece = Next();
      if (piece.empty()) return result_;
      Take(piece.data(), piece.size());
    }
    result_.sound = !IsEnough();
    return result_;
  }

  Unpacked Deflated() {
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return result_;
    std::string out(kBufferBytes, '\0');
    int code = Z_OK;
    while (code == Z_OK && at_ < end_ && !IsEnough()) {
      std::string piece = Next();
      if (piece.empty()) break;
      stream.next_in = reinterpret_cast<Bytef*>(piece.data());
      stream.avail_in = static_cast<uInt>(piece.size());
      do {
        stream.next_out = reinterpret_cast<Bytef*>(out.data());
        stream.avail_out = static_cast<uInt>(out.size());
        code = inflate(&stream, Z_NO_FLUSH);
        Take(out.data(), out.size() - stream.avail_out);
      } while (code == Z_OK && stream.avail_out == 0 && !IsEnough());
      if (code == Z_BUF_ERROR) code = Z_OK;  // it only wants more
    }
    result_.sound = code == Z_STREAM_END && stream.avail_in == 0 && at_ == end_;
    inflateEnd(&stream);
    return result_;
  }

 private:
  std::string Next() {
    const std::size_t bytes = static_cast<std::size_t>(std::min<int64_t>(kBufferBytes, end_ - at_));
    std::string piece = source_.Read(at_, bytes);
    at_ += static_cast<int64_t>(piece.size());
    return piece;
  }

  void Take(const char* bytes, std::size_t count) {
    if (result_.start.size() < Unpacked::kStartBytes) {
      result_.start.append(bytes, std::min(count, Unpacked::kStartBytes - result_.start.size()));
    }
    result_.crc = static_cast<uint32_t>(
        crc32(result_.crc, reinterpret_cast<const Bytef*>(bytes), static_cast<uInt>(count)));
    result_.bytes += static_cast<int64_t>(count);
    result_.too_much = result_.bytes > bytes_max_;
    if (!result_.too_much && count > 0 && !piece_(absl::string_view(bytes, count))) is_told_to_stop_ = true;
  }

  bool IsEnough() const { return result_.too_much || is_told_to_stop_; }

  const Source& source_;
  int64_t at_;
  const int64_t end_;
  const int64_t bytes_max_;
  const absl::FunctionRef<bool(absl::string_view)> piece_;
  bool is_told_to_stop_ = false;
  Unpacked result_;
};

}  // namespace

bool CanUnpack(const ZipEntry& entry) {
  return !entry.IsEncrypted() && (entry.method == kStored || entry.method == kDeflated);
}

Unpacked Unpack(const Source& source, const PlacedEntry& placed, int64_t bytes_max,
                absl::FunctionRef<bool(absl::string_view)> piece) {
  Unpacker unpacker(source, placed, bytes_max, piece);
  return placed.entry.method == kStored ? unpacker.Stored() : unpacker.Deflated();
}

}  // namespace soutenance::submissions::inspect
