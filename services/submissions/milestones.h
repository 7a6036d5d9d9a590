#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_MILESTONES_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_MILESTONES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/caller.h"
#include "services/base/clock.h"
#include "services/base/mutation.h"
#include "services/base/page.h"
#include "services/submissions/default_milestones.h"
#include "services/submissions/draft_store.h"
#include "services/submissions/milestone.h"
#include "services/submissions/outage.h"

namespace soutenance::submissions {

// Which milestone: its programme ("programmes/msi") and its id.
struct MilestoneKey {
  std::string programme;
  std::string id;
};
// Reads "programmes/msi/milestones/final". INVALID_ARGUMENT.
absl::StatusOr<MilestoneKey> ParseMilestoneName(absl::string_view name);

// A change of some fields of one milestone.
struct MilestoneUpdate {
  Milestone values;  // programme and id say which; only `fields` are read
  std::vector<MilestoneField> fields;
  std::optional<int64_t> version;  // refused if it has another one now
};

// What one thesis has to keep for a milestone, and why that is later than what is shown.
struct OwnLimits {
  std::string thesis;  // the id; empty: everybody
  Limits limits;
  std::optional<Extension> extension;  // the one that counts, if any; of a co-author without its reason
  std::vector<CountedOutage> outages;  // that move the deadline
};

// A milestone, and what the caller has to keep for it: for each of the caller's theses that it is for, or
// once for everybody.
struct MilestoneWithLimits {
  Milestone milestone;
  std::vector<OwnLimits> limits;
};

// Where one thesis stands with one milestone.
struct MilestoneStatus {
  enum class State { kExpected, kMissing, kBegun, kReceived };

  Thesis thesis;
  State state = State::kExpected;
  std::optional<Draft> draft;       // the latest for this milestone
  std::optional<absl::Time> begun;  // of it, or of the upload that is on its way
  Limits limits;                    // of this thesis
};

// The use cases about milestones, with every rule and refusal. Safe for concurrent use. All return what the
// store returns when it cannot be reached: UNAVAILABLE. Those with a Mutation return INVALID_ARGUMENT, reason
// REQUEST_ID_REUSED, for the id of another request.
class Milestones {
 public:
  // Both must outlive it.
  Milestones(DraftStore& store, const Clock& clock) : store_(store), clock_(clock) {}

  // NOT_FOUND, reason MILESTONE_NOT_FOUND, also if `caller` has no role in the programme.
  absl::StatusOr<Milestone> Get(const Caller& caller, const MilestoneKey& key) const;
  absl::StatusOr<Page<Milestone>> List(const Caller& caller, absl::string_view programme,
                                       const PageRequest& page) const;
  // The same, with what the caller has to keep.
  absl::StatusOr<MilestoneWithLimits> GetWithLimits(const Caller& caller, const MilestoneKey& key) const;
  absl::StatusOr<Page<MilestoneWithLimits>> ListWithLimits(const Caller& caller, absl::string_view programme,
                                                           const PageRequest& page) const;

  // INVALID_ARGUMENT names every field that may not be so; PERMISSION_DENIED if `caller` does not run the
  // programme; ALREADY_EXISTS; for an update also NOT_FOUND and ABORTED, reason STALE_ETAG.
  absl::StatusOr<Milestone> Create(const Caller& caller, const Milestone& milestone,
                                   const Mutation& mutation);
  absl::StatusOr<Milestone> Update(const Caller& caller, const MilestoneUpdate& update,
                                   const Mutation& mutation);

  // Creates the default milestones, all or none. Errors as Create and DefaultMilestones.
  absl::StatusOr<MilestoneList> CreateDefaults(const Caller& caller, const DefaultMilestonesOrder& order,
                                               const Mutation& mutation);

  // Who granted it and when is filled in. NOT_FOUND; INVALID_ARGUMENT without a reason, or for an instant at
  // or before the deadline of everybody.
  absl::StatusOr<Extension> Grant(const Caller& caller, const Extension& extension, const Mutation& mutation);
  absl::StatusOr<Page<Extension>> ListExtensions(const Caller& caller, const MilestoneKey& key,
                                                 const PageRequest& page) const;

  // By thesis; of one cohort if `cohort` is not empty. NOT_FOUND if `caller` does not run the programme.
  absl::StatusOr<Page<MilestoneStatus>> ListStatuses(const Caller& caller, const MilestoneKey& key,
                                                     absl::string_view cohort, const PageRequest& page) const;

 private:
  DraftStore& store_;
  const Clock& clock_;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_MILESTONES_H_
