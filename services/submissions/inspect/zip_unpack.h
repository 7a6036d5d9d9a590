#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_ZIP_UNPACK_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_ZIP_UNPACK_H_

#include <cstdint>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "services/submissions/inspect/source.h"
#include "services/submissions/inspect/zip_format.h"

namespace soutenance::submissions::inspect {

// Whether Unpack can: the entry is stored or deflated, and not encrypted.
bool CanUnpack(const ZipEntry& entry);

// What unpacking an entry brought.
struct Unpacked {
  static constexpr std::size_t kStartBytes = 4096;

  std::string start;  // the first bytes
  int64_t bytes = 0;
  uint32_t crc = 0;
  bool sound = false;     // it could be unpacked to its end
  bool too_much = false;  // more came than was allowed
};

// Unpacks an entry piece by piece, each of which is given to `piece` and forgotten, until that returns false
// or more than `bytes_max` bytes have come. Takes the same memory whatever the entry is. REQUIRES: CanUnpack.
Unpacked Unpack(const Source& source, const PlacedEntry& placed, int64_t bytes_max,
                absl::FunctionRef<bool(absl::string_view)> piece);

}  // namespace soutenance::submissions::inspect

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_ZIP_UNPACK_H_
