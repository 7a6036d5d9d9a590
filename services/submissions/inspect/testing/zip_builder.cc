#include "services/submissions/inspect/testing/zip_builder.h"

#include <zlib.h>

#include "absl/strings/str_cat.h"

namespace soutenance::submissions::inspect::testing {
namespace {

std::string Number(uint64_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 0xff);
  return text;
}
std::string Two(uint64_t value) { return Number(value, 2); }
std::string Four(uint64_t value) { return Number(value, 4); }
std::string Eight(uint64_t value) { return Number(value, 8); }

// An entry with what is said about it.
struct Written {
  std::string packed;
  uint64_t unpacked = 0;
  uint32_t crc = 0;
  uint32_t method = 0;
};

Written Pack(const ZipPart& part) {
  Written written{.packed = part.deflated ? Deflated(part.data) : part.data};
  written.unpacked = part.unpacked.value_or(part.data.size());
  written.crc = part.crc.value_or(static_cast<uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(part.data.data()), static_cast<uInt>(part.data.size()))));
  written.method = part.method.value_or(part.deflated ? 8 : 0);
  return written;
}

std::string LocalPart(const ZipPart& part, const Written& written) {
  const std::string name = part.local_name.value_or(part.name);
  return absl::StrCat("PK\x03\x04", Two(20), Two(part.flags), Two(written.method), Four(0), Four(written.crc),
                      Four(written.packed.size()), Four(written.unpacked), Two(name.size()), Two(0), name,
                      written.packed);
}

std::string DirectoryPart(const ZipPart& part, const Written& written, std::size_t offset) {
  std::string extra;
  uint64_t unpacked = written.unpacked;
  if (part.zip64_unpacked) {
    extra = absl::StrCat(Two(1), Two(8), Eight(*part.zip64_unpacked));
    unpacked = 0xffffffff;
  }
  return absl::StrCat("PK\x01\x02", Two(3 << 8 | 20), Two(20), Two(part.flags), Two(written.method), Four(0),
                      Four(written.crc), Four(part.packed_in_directory.value_or(written.packed.size())),
                      Four(unpacked), Two(part.name.size()), Two(extra.size()), Two(0), Two(0), Two(0),
                      Four(uint64_t{part.unix_mode} << 16), Four(offset), part.name, extra);
}

}  // namespace

std::string Deflated(const std::string& bytes) {
  z_stream stream{};
  deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, bytes.size()), '\0');
  std::string input = bytes;
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.erase(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string MakeZip(const std::vector<ZipPart>& parts, const ZipShape& shape) {
  std::string archive;
  std::string directory;
  for (const ZipPart& part : parts) {
    const Written written = Pack(part);
    directory += DirectoryPart(part, written, part.same_place_as_first ? 0 : archive.size());
    if (!part.same_place_as_first) archive += LocalPart(part, written);
  }
  const std::size_t directory_at = archive.size();
  archive += directory;
  if (shape.zip64_entries) {
    const std::size_t end_at = archive.size();
    absl::StrAppend(&archive, "PK\x06\x06", Eight(44), Two(45), Two(45), Four(0), Four(0),
                    Eight(*shape.zip64_entries), Eight(*shape.zip64_entries), Eight(directory.size()),
                    Eight(directory_at));
    absl::StrAppend(&archive, "PK\x06\x07", Four(0), Eight(end_at), Four(1));
  }
  const uint64_t entries = shape.entries.value_or(parts.size());
  absl::StrAppend(&archive, "PK\x05\x06", Two(shape.second_volume ? 1 : 0), Two(0), Two(entries),
                  Two(entries), Four(directory.size()), Four(shape.directory_at.value_or(directory_at)),
                  Two(shape.comment.size()), shape.comment);
  return absl::StrCat(shape.before, archive, shape.after);
}

}  // namespace soutenance::submissions::inspect::testing
