#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_WORLD_CHECK_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_WORLD_CHECK_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/assignment/conflict_gate.h"
#include "services/assignment/jury.h"
#include "services/assignment/people_lookup.h"
#include "services/assignment/thesis_lookup.h"
#include "services/base/error.h"

// What the other services say about juries that are to be written.
namespace soutenance::assignment {

// A jury with its path in the request: "juries[3]".
struct Entry {
  std::string at;
  const Jury* jury;
};

// The theses that `entries` judge and that whoever asks may know of, by id. Errors of ThesisLookup.
absl::StatusOr<std::map<std::string, ThesisFacts>> FindTheses(const ThesisLookup& theses,
                                                              const std::vector<Entry>& entries);

// Appends to `problems` for every seat of somebody the directory does not know, and for every jury whose
// programme is not that of its thesis in `known`. Errors of PeopleLookup.
absl::Status CheckReferences(const PeopleLookup& people, const std::map<std::string, ThesisFacts>& known,
                             const std::vector<Entry>& entries, std::vector<FieldViolation>& problems);

// FAILED_PRECONDITION, reason JURY_RULE_BROKEN, if a jury of a thesis in `known` breaks a rule; tells all
// that do.
absl::Status CheckRules(const std::map<std::string, ThesisFacts>& known, const std::vector<Entry>& entries);

// Everybody on a jury of a thesis in `known`.
std::vector<Seating> SeatingsIn(const std::map<std::string, ThesisFacts>& known,
                                const std::vector<Entry>& entries);

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_WORLD_CHECK_H_
