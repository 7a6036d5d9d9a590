#ifndef SOUTENANCE_SERVICES_BASE_PROGRAMME_ROLES_H_
#define SOUTENANCE_SERVICES_BASE_PROGRAMME_ROLES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/base/caller.h"

// What all services mean by "those who run a programme", so that they cannot disagree about it.
namespace soutenance {

// Whether a service asks for nobody but itself, as a run in the background does. It may see everything.
bool AsksForItself(const Caller& caller);

// Whether `caller` is staff, head or administrator of `programme` ("programmes/msi"), or a service that asks
// for itself. Who runs a programme sees and changes what belongs to it.
bool RunsProgramme(const Caller& caller, absl::string_view programme);

// Whether `caller` runs every programme there is or will be.
bool RunsEveryProgramme(const Caller& caller);

// The programmes that `caller` runs by name, ordered, without repetition; of no use for a caller who runs
// every one.
std::vector<std::string> ProgrammesRunBy(const Caller& caller);

// OK if `caller` runs `programme`; otherwise PERMISSION_DENIED, reason ROLE_NOT_ALLOWED. For a caller who may
// know of the programme's things but not change them; others get NOT_FOUND.
absl::Status CheckRunsProgramme(const Caller& caller, absl::string_view programme);

}  // namespace soutenance

#endif  // SOUTENANCE_SERVICES_BASE_PROGRAMME_ROLES_H_
