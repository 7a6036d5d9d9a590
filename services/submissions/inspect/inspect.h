#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_INSPECT_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_INSPECT_H_

#include "services/submissions/inspect/report.h"
#include "services/submissions/inspect/source.h"

namespace soutenance::submissions::inspect {

// Looks at a file of any kind. `bytes` is the whole of it, where `source` reads it piece by piece.
void InspectFile(const Source& source, absl::string_view bytes, Report& report);

}  // namespace soutenance::submissions::inspect

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_INSPECT_INSPECT_H_
