#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_JURY_LOOKUP_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_JURY_LOOKUP_H_

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/caller.h"
#include "services/submissions/thesis_access.h"

namespace soutenance::submissions {

// PORT: on which juries somebody sits, and what else they are asked to judge. Safe for concurrent use.
class JuryLookup {
 public:
  virtual ~JuryLookup() = default;

  // The seats of `person` ("people/ana") on the juries of `theses` (ids), or on all if it is empty. Asks on
  // behalf of whoever asks us. UNAVAILABLE, reason PEER_DOWN.
  virtual absl::StatusOr<Seats> SeatsOf(const std::string& person,
                                        const std::vector<std::string>& theses) const = 0;

  // The versions of a thesis that `person` was given to judge, whatever their kind: numbers.
  virtual absl::StatusOr<std::set<int64_t>> VersionsFor(const std::string& /*person*/,
                                                        absl::string_view /*thesis*/) const {
    return std::set<int64_t>();
  }
};

// The lookup where there are no juries: nobody sits on any.
const JuryLookup& NoJuries();

// The seats of `caller` on the juries of `theses`, or on all. Those who cannot sit on one (students, those
// who run everything, accounts without person) are not asked about, nor is a service that keeps juries
// itself.
absl::StatusOr<Seats> SeatsFor(const JuryLookup& juries, const Caller& caller,
                               const std::vector<std::string>& theses);

// The same for one thesis, which is null if there is none. Nobody is asked about who knows all of it without
// a seat; otherwise a thesis that is not there costs as much as one that is hidden.
absl::StatusOr<Seats> SeatsFor(const JuryLookup& juries, const Caller& caller, absl::string_view id,
                               const Thesis* thesis);

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_JURY_LOOKUP_H_
