#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_TESTING_ZIP_BUILDER_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_TESTING_ZIP_BUILDER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace soutenance::submissions::inspect::testing {

// One entry of an archive that is made for a test. What is set besides name and data makes it lie.
struct ZipPart {
  std::string name;
  std::string data;
  bool deflated = false;
  uint32_t unix_mode = 0100644;
  uint32_t flags = 0x0800;                      // UTF-8
  std::optional<uint32_t> method;               // said, whatever it is
  std::optional<std::string> local_name;        // in the header before the data
  std::optional<uint64_t> unpacked;             // said, in both places
  std::optional<uint32_t> crc;                  // said, in both places
  std::optional<uint64_t> packed_in_directory;  // said
  std::optional<uint64_t> zip64_unpacked;       // said in a ZIP64 field of the directory
  bool same_place_as_first = false;             // the directory points to the first entry's header
};

struct ZipShape {
  std::string before;                    // bytes before the archive that it does not know of
  std::string after;                     // bytes after its end
  std::string comment;                   // said to be one
  std::optional<uint32_t> entries;       // said
  std::optional<uint32_t> directory_at;  // said
  bool second_volume = false;
  std::optional<uint64_t> zip64_entries;  // adds a ZIP64 end that says this
};

std::string MakeZip(const std::vector<ZipPart>& parts, const ZipShape& shape = {});

// `bytes` as a raw Deflate stream.
std::string Deflated(const std::string& bytes);

}  // namespace soutenance::submissions::inspect::testing

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_TESTING_ZIP_BUILDER_H_
