#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_ZIP_FORMAT_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_ZIP_FORMAT_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "services/submissions/inspect/source.h"

// The records of a ZIP archive (APPNOTE 6.3), read without believing them.
namespace soutenance::submissions::inspect {

// Little-endian numbers at a place of `bytes`; 0 outside of them.
uint32_t Two(absl::string_view bytes, std::size_t at);
uint32_t Four(absl::string_view bytes, std::size_t at);
uint64_t Eight(absl::string_view bytes, std::size_t at);

// Where the directory of an archive is said to be.
struct ZipEnd {
  int64_t at = 0;  // of the end record (with ZIP64: of that one): where the directory must end
  uint64_t entries = 0;
  uint64_t directory_bytes = 0;
  uint64_t directory_offset = 0;
  bool several_volumes = false;
  bool trailing = false;  // something follows the archive
};
// Nothing if no end is found.
std::optional<ZipEnd> FindZipEnd(const Source& source);

// What the directory, or the header before its data, says of one entry.
struct ZipEntry {
  std::string name;
  uint32_t flags = 0;
  uint32_t method = 0;
  uint32_t crc = 0;
  uint64_t packed = 0;
  uint64_t unpacked = 0;
  uint64_t offset = 0;     // of its header; only from the directory
  uint32_t unix_mode = 0;  // 0 if it is not said; only from the directory
  std::size_t record = 0;  // bytes of the record itself

  bool IsEncrypted() const { return (flags & 0x2041) != 0; }
  bool HasDescriptor() const { return (flags & 8) != 0; }  // sizes come after the data
  bool IsFolder() const { return !name.empty() && name.back() == '/'; }
};
// An entry with the place of its data.
struct PlacedEntry {
  ZipEntry entry;
  int64_t begin = 0;  // of its header
  int64_t data = 0;
  int64_t end = 0;  // of its data
};

// From the start of `bytes`. Nothing if that is no such record, or not all of it.
std::optional<ZipEntry> ReadDirectoryEntry(absl::string_view bytes);
std::optional<ZipEntry> ReadLocalHeader(absl::string_view bytes);

// The longest that a header before data can be.
inline constexpr std::size_t kLocalHeaderBytesMax = 30 + 2 * 65535;

}  // namespace soutenance::submissions::inspect

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_ZIP_FORMAT_H_
