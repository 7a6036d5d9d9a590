#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_ZIP_INSPECTOR_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_ZIP_INSPECTOR_H_

#include <cstdint>
#include <vector>

#include "services/submissions/inspect/report.h"
#include "services/submissions/inspect/source.h"
#include "services/submissions/inspect/zip_format.h"

namespace soutenance::submissions::inspect {

// What an archive may have. Memory and time of InspectZip are bounded by these, not by the archive.
struct ZipLimits {
  int64_t entries_max = 10'000;
  int64_t directory_bytes_max = 16 << 20;
  int64_t unpacked_bytes_max = int64_t{16} << 30;  // as declared
  // An entry that unpacks to more than this many times its size is a bomb, unless it stays small.
  int64_t ratio_max = 200;
  int64_t small_bytes = 16 << 20;
  // How much is unpacked, into nothing, to see whether the archive tells the truth. What comes after is
  // believed.
  int64_t tried_bytes_max = 256 << 20;
};

// Looks at a ZIP archive, or a document that is one: "archive_structure", "archive_names", "archive_entries",
// "archive_size". Nothing is written anywhere. `is_document`: what an archive should not have, but a document
// has by its nature, is passed over. Returns the entries if it came to its end, so that each has a place of
// its own and says how large it is; nothing otherwise.
std::vector<PlacedEntry> InspectZip(const Source& source, bool is_document, const ZipLimits& limits,
                                    Report& report);

}  // namespace soutenance::submissions::inspect

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_ZIP_INSPECTOR_H_
