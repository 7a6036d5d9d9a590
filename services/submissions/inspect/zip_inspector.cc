#include "services/submissions/inspect/zip_inspector.h"

#include <zlib.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/submissions/inspect/media_type.h"
#include "services/submissions/inspect/zip_format.h"
#include "services/submissions/inspect/zip_names.h"

namespace soutenance::submissions::inspect {
namespace {

constexpr std::size_t kBufferBytes = 64 << 10;
constexpr std::size_t kStartBytes = 4096;
constexpr uint32_t kStored = 0;
constexpr uint32_t kDeflated = 8;
// Kinds of files in a Unix mode.
constexpr uint32_t kKindMask = 0170000;
constexpr uint32_t kRegular = 0100000;
constexpr uint32_t kFolder = 0040000;
constexpr uint32_t kLink = 0120000;

// An entry with the place of its data.
struct Placed {
  ZipEntry entry;
  int64_t begin = 0;  // of its header
  int64_t data = 0;
  int64_t end = 0;  // of its data
};

// What unpacking an entry brought.
struct Unpacked {
  std::string start;
  int64_t bytes = 0;
  uint32_t crc = 0;
  bool sound = false;     // it could be unpacked to its end
  bool too_much = false;  // more came than was allowed
};

class Unpacker {
 public:
  Unpacker(const Source& source, const Placed& placed, int64_t bytes_max)
      : source_(source), at_(placed.data), end_(placed.end), bytes_max_(bytes_max) {}

  Unpacked Stored() {
    while (at_ < end_ && !result_.too_much) {
      const std::string piece = Next();
      if (piece.empty()) return result_;
      Take(piece.data(), piece.size());
    }
    result_.sound = !result_.too_much;
    return result_;
  }

  Unpacked Deflated() {
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return result_;
    std::string out(kBufferBytes, '\0');
    int code = Z_OK;
    while (code == Z_OK && at_ < end_ && !result_.too_much) {
      std::string piece = Next();
      if (piece.empty()) break;
      stream.next_in = reinterpret_cast<Bytef*>(piece.data());
      stream.avail_in = static_cast<uInt>(piece.size());
      do {
        stream.next_out = reinterpret_cast<Bytef*>(out.data());
        stream.avail_out = static_cast<uInt>(out.size());
        code = inflate(&stream, Z_NO_FLUSH);
        Take(out.data(), out.size() - stream.avail_out);
      } while (code == Z_OK && stream.avail_out == 0 && !result_.too_much);
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
    if (result_.start.size() < kStartBytes) {
      result_.start.append(bytes, std::min(count, kStartBytes - result_.start.size()));
    }
    result_.crc = static_cast<uint32_t>(
        crc32(result_.crc, reinterpret_cast<const Bytef*>(bytes), static_cast<uInt>(count)));
    result_.bytes += static_cast<int64_t>(count);
    result_.too_much = result_.bytes > bytes_max_;
  }

  const Source& source_;
  int64_t at_;
  const int64_t end_;
  const int64_t bytes_max_;
  Unpacked result_;
};

class Inspection {
 public:
  Inspection(const Source& source, bool is_document, const ZipLimits& limits, Report& report)
      : source_(source), is_document_(is_document), limits_(limits), report_(report), names_(report) {}

  void Run() {
    report_.Stage("archive_structure");
    const std::optional<ZipEnd> end = FindZipEnd(source_);
    if (!end) return report_.Found("ARCHIVE_CUT_OFF");
    if (!ReadDirectory(*end)) return;
    report_.Stage("archive_names");
    for (const Placed& placed : entries_) names_.Check(placed.entry.name);
    report_.Done("archive_names");
    report_.Stage("archive_entries");
    for (const Placed& placed : entries_) CheckKind(placed.entry);
    report_.Stage("archive_structure");
    if (!ReadHeaders() || !CheckPlaces()) return;
    report_.Stage("archive_size");
    if (!CheckDeclaredSizes()) return;
    UnpackAll();
    // What an early return left open is not said to be well.
    for (const absl::string_view check : {"archive_structure", "archive_entries", "archive_size"}) {
      report_.Done(check);
    }
  }

 private:
  // False if the rest cannot be looked at.
  bool ReadDirectory(const ZipEnd& end) {
    if (end.several_volumes) {
      report_.Found("ARCHIVE_BROKEN", "several volumes");
      return false;
    }
    if (end.trailing) report_.Found("ARCHIVE_JUNK", "after the end");
    if (end.entries > static_cast<uint64_t>(limits_.entries_max) ||
        end.directory_bytes > static_cast<uint64_t>(limits_.directory_bytes_max)) {
      report_.Found("TOO_MANY_ENTRIES", absl::StrCat(end.entries));
      return false;
    }
    directory_ = end.at - static_cast<int64_t>(end.directory_bytes);
    shift_ = directory_ - static_cast<int64_t>(std::min<uint64_t>(end.directory_offset, kFar));
    if (directory_ < 0 || shift_ < 0) {
      report_.Found("ARCHIVE_BROKEN", "its directory is not where it is said to be");
      return false;
    }
    if (shift_ > 0) report_.Found("ARCHIVE_JUNK", absl::StrCat(shift_, " bytes before it begins"));
    return ReadEntries(end);
  }

  bool ReadEntries(const ZipEnd& end) {
    const std::string directory = source_.Read(directory_, static_cast<std::size_t>(end.directory_bytes));
    absl::string_view rest = directory;
    while (!rest.empty()) {
      std::optional<ZipEntry> entry = ReadDirectoryEntry(rest);
      if (!entry) break;
      rest.remove_prefix(entry->record);
      entries_.push_back({*std::move(entry)});
      if (entries_.size() > static_cast<std::size_t>(limits_.entries_max)) {
        report_.Found("TOO_MANY_ENTRIES");
        return false;
      }
    }
    if (!rest.empty() && !absl::StartsWith(rest, "PK\x05\x05")) {  // a signature may follow
      report_.Found("ARCHIVE_BROKEN", absl::StrCat("after entry ", entries_.size(), " of its directory"));
      return false;
    }
    if (entries_.size() != end.entries) {
      report_.Found("ARCHIVE_CONTRADICTION",
                    absl::StrCat(end.entries, " entries are said, ", entries_.size(), " are there"));
      return false;
    }
    if (entries_.empty()) report_.Found("ARCHIVE_EMPTY");
    return true;
  }

  void CheckKind(const ZipEntry& entry) {
    const uint32_t kind = entry.unix_mode & kKindMask;
    if (kind == kLink) {
      report_.Found("ENTRY_LINK", entry.name);
    } else if (kind != 0 && kind != kRegular && kind != kFolder) {
      report_.Found("ENTRY_SPECIAL", entry.name);
    }
    if (entry.IsEncrypted()) report_.Found("ENTRY_ENCRYPTED", entry.name);
    if (absl::EndsWithIgnoreCase(entry.name, "vbaProject.bin")) report_.Found("ENTRY_MACROS", entry.name);
    if (entry.method != kStored && entry.method != kDeflated) {
      report_.Found("ARCHIVE_METHOD", absl::StrCat(entry.name, ": ", entry.method));
    }
    if (entry.IsFolder() && entry.unpacked > 0) report_.Found("ARCHIVE_CONTRADICTION", entry.name);
  }

  // Finds the data of every entry by the header before it, which must say what the directory says.
  bool ReadHeaders() {
    for (Placed& placed : entries_) {
      const ZipEntry& entry = placed.entry;
      placed.begin = shift_ + static_cast<int64_t>(std::min<uint64_t>(entry.offset, kFar));
      const std::optional<ZipEntry> header = HeaderAt(placed.begin);
      if (!header) {
        report_.Found("ARCHIVE_BROKEN", entry.name);
        return false;
      }
      placed.data = placed.begin + static_cast<int64_t>(header->record);
      placed.end = placed.data + static_cast<int64_t>(std::min<uint64_t>(entry.packed, kFar));
      if (placed.end > directory_) {
        report_.Found("ARCHIVE_BROKEN", absl::StrCat(entry.name, " reaches beyond the entries"));
        return false;
      }
      const bool sizes_agree =
          header->HasDescriptor() ||
          (header->packed == entry.packed && header->unpacked == entry.unpacked && header->crc == entry.crc);
      if (header->name != entry.name || header->method != entry.method || !sizes_agree ||
          header->IsEncrypted() != entry.IsEncrypted()) {
        report_.Found("ARCHIVE_CONTRADICTION", entry.name);
      }
      if (entry.method == kStored && !entry.IsEncrypted() && entry.packed != entry.unpacked) {
        report_.Found("ARCHIVE_SIZE_LIE", entry.name);
      }
    }
    return true;
  }

  std::optional<ZipEntry> HeaderAt(int64_t at) const {
    // Most names are short; the longest header is read only where it is needed.
    for (const std::size_t bytes : {std::size_t{512}, kLocalHeaderBytesMax}) {
      if (std::optional<ZipEntry> header = ReadLocalHeader(source_.Read(at, bytes))) return header;
    }
    return std::nullopt;
  }

  // That no two entries share bytes.
  bool CheckPlaces() {
    std::vector<const Placed*> by_place;
    for (const Placed& placed : entries_) by_place.push_back(&placed);
    std::sort(by_place.begin(), by_place.end(),
              [](const Placed* left, const Placed* right) { return left->begin < right->begin; });
    int64_t end = shift_;
    for (const Placed* placed : by_place) {
      if (placed->begin < end) {
        report_.Found("ARCHIVE_OVERLAP", placed->entry.name);
        return false;
      }
      // Sizes after the data take up to 24 bytes; programs that align entries leave less than a page.
      if (placed->begin - end > kGapMax)
        report_.Found("ARCHIVE_JUNK", absl::StrCat("before ", placed->entry.name));
      end = placed->end;
    }
    return true;
  }

  bool CheckDeclaredSizes() {
    uint64_t total = 0;
    for (const Placed& placed : entries_) {
      const ZipEntry& entry = placed.entry;
      if (entry.unpacked > static_cast<uint64_t>(limits_.small_bytes) &&
          entry.unpacked / static_cast<uint64_t>(limits_.ratio_max) > entry.packed) {
        report_.Found("ARCHIVE_BOMB",
                      absl::StrCat(entry.name, ": ", entry.packed, " bytes unpack to ", entry.unpacked));
        return false;
      }
      total += std::min<uint64_t>(entry.unpacked, kFar);
      if (total <= static_cast<uint64_t>(limits_.unpacked_bytes_max)) continue;
      report_.Found("ARCHIVE_TOO_LARGE", absl::StrCat(total, " bytes"));
      return false;
    }
    // Many entries that are small bombs together.
    const uint64_t size = static_cast<uint64_t>(std::max<int64_t>(1, source_.size()));
    if (total > static_cast<uint64_t>(limits_.small_bytes) &&
        total / static_cast<uint64_t>(limits_.ratio_max) > size) {
      report_.Found("ARCHIVE_BOMB", absl::StrCat(size, " bytes unpack to ", total));
      return false;
    }
    return true;
  }

  void UnpackAll() {
    int64_t left = limits_.tried_bytes_max;
    for (const Placed& placed : entries_) {
      const ZipEntry& entry = placed.entry;
      if (entry.IsEncrypted() || entry.IsFolder()) continue;
      if (entry.method != kStored && entry.method != kDeflated) continue;
      const int64_t declared = static_cast<int64_t>(entry.unpacked);
      const bool whole = declared <= left;
      Unpacker unpacker(source_, placed, whole ? declared : std::min<int64_t>(left, kStartBytes));
      const Unpacked unpacked = entry.method == kStored ? unpacker.Stored() : unpacker.Deflated();
      left -= std::min(left, unpacked.bytes);
      CheckStart(entry, unpacked.start);
      if (!whole) continue;
      if (unpacked.too_much || (unpacked.sound && unpacked.bytes != declared)) {
        report_.Found("ARCHIVE_SIZE_LIE", entry.name);
        if (unpacked.too_much) return;
      } else if (!unpacked.sound || unpacked.crc != entry.crc) {
        report_.Found("ARCHIVE_BROKEN", entry.name);
      }
    }
  }

  void CheckStart(const ZipEntry& entry, absl::string_view start) {
    const std::string type = MediaTypeOfStart(start);
    if (IsProgramType(type)) report_.Found("ENTRY_PROGRAM", entry.name);
    if (IsArchiveType(type) && !is_document_) report_.Found("ENTRY_ARCHIVE", entry.name);
  }

  static constexpr uint64_t kFar = std::numeric_limits<int64_t>::max() / 4;
  static constexpr int64_t kGapMax = 64 << 10;

  const Source& source_;
  const bool is_document_;
  const ZipLimits& limits_;
  Report& report_;
  NameCheck names_;
  std::vector<Placed> entries_;
  int64_t directory_ = 0;  // where it begins
  int64_t shift_ = 0;      // how far everything is from where it is said to be
};

}  // namespace

void InspectZip(const Source& source, bool is_document, const ZipLimits& limits, Report& report) {
  Inspection(source, is_document, limits, report).Run();
}

}  // namespace soutenance::submissions::inspect
