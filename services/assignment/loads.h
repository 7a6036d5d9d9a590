#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_LOADS_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_LOADS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/assignment/load.h"
#include "services/assignment/load_store.h"
#include "services/assignment/people_lookup.h"
#include "services/assignment/thesis_lookup.h"
#include "services/base/caller.h"
#include "services/base/change.h"
#include "services/base/clock.h"
#include "services/base/mutation.h"
#include "services/base/page.h"

namespace soutenance::assignment {

// Which juries were held.
struct HeldJuries {
  std::string programme;  // "programmes/{id}"
  std::string cohort;     // empty: all
  int year = 0;
};

struct RecordedJuries {
  ChangeList juries;
  int seats = 0;
  int left_out = 0;

  std::string Serialize() const;
  static absl::StatusOr<RecordedJuries> Parse(absl::string_view bytes);
};

// The use cases about loads; loads.proto says what each does and refuses. Callers have passed the call
// pipeline. Safe for concurrent use.
//
// All return what the stores and the other services return when they cannot be reached: UNAVAILABLE. Those
// with a Mutation return INVALID_ARGUMENT, reason REQUEST_ID_REUSED, for the id of another request.
class Loads {
 public:
  static constexpr std::size_t kCorrectionsMax = 5000;

  // All must outlive it.
  Loads(LoadStore& store, const ThesisLookup& theses, const PeopleLookup& people, const Clock& clock)
      : store_(store), theses_(theses), people_(people), clock_(clock) {}

  // `person` is "people/{id}". NOT_FOUND, reason LOAD_NOT_FOUND, if it is not the caller and they run
  // nothing.
  absl::StatusOr<Load> GetLoad(const Caller& caller, const std::string& person) const;
  // PageRequest::after is a person.
  absl::StatusOr<Page<Load>> ListLoads(const Caller& caller, const PageRequest& page) const;
  absl::StatusOr<RecordedJuries> RecordHeld(const Caller& caller, const HeldJuries& held,
                                            const Mutation& mutation);
  absl::StatusOr<ChangeList> Correct(const Caller& caller, const std::vector<LoadCorrection>& corrections,
                                     const Mutation& mutation);

 private:
  absl::StatusOr<std::vector<Load>> AllLoads() const;

  LoadStore& store_;
  const ThesisLookup& theses_;
  const PeopleLookup& people_;
  const Clock& clock_;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_LOADS_H_
