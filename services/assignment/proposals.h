#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_PROPOSALS_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_PROPOSALS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/assignment/assignment.h"
#include "services/assignment/assignment_store.h"
#include "services/assignment/profile_store.h"
#include "services/assignment/proposal.h"
#include "services/assignment/proposal_facts.h"
#include "services/assignment/proposal_problem.h"
#include "services/assignment/proposal_store.h"
#include "services/assignment/slot_lookup.h"
#include "services/assignment/thesis_lookup.h"
#include "services/base/caller.h"
#include "services/base/change.h"
#include "services/base/clock.h"
#include "services/base/mutation.h"
#include "services/base/page.h"

namespace soutenance::assignment {

// Which theses a proposal is about.
struct ProposalScope {
  static constexpr std::size_t kThesesMax = 1000;

  std::string programme;         // "programmes/{id}"
  std::string cohort;            // empty: all
  std::set<std::string> theses;  // ids; empty: all that are not withdrawn
};

struct JuriesWanted {
  ProposalScope scope;
  std::vector<WantedRole> roles;
  int load_max = 12;
  double balance = 1;
  std::string from;                                        // id of a proposal, or empty
  std::set<std::string> frozen;                            // ids of theses that stay as in it
  std::set<std::pair<std::string, std::string>> excluded;  // thesis (id, or empty: any) and person
  std::set<std::string> withdrawn;                         // people whose seats are vacated
  uint64_t seed = 1;
  std::string campaign;  // "campaigns/{id}", or empty: time does not matter
};

struct ReviewersWanted {
  ProposalScope scope;
  int reviewers = 1;  // of each thesis, with those it has
  int load_max = 6;
  bool is_fair = false;
  std::set<std::pair<std::string, std::string>> excluded;
};

struct Acceptance {
  std::string id;
  std::optional<int64_t> version;
  std::set<std::string> theses;  // ids; empty: all that can be
  std::string reason;
};

// A programme's juries at a glance; jury by jury and person by person.
struct JuryOverview {
  struct OfThesis {
    std::string thesis;  // id
    int seats = 0;
    bool is_complete = false;
    std::vector<std::string> broken_rules;
    std::vector<std::string> conflicts;
    std::vector<std::string> questions;
  };
  struct OfPerson {
    std::string person;
    int load = 0;
    int load_max = 0;
    int elsewhere = 0;
    int presidencies = 0;
  };
  std::vector<OfThesis> theses;
  std::vector<OfPerson> people;
};

// The use cases about proposals; proposals.proto says what each does and refuses. Callers have passed the
// call pipeline. A proposal is known to those who run its programme; to others it is as if it were not there.
// Safe for concurrent use.
//
// All return what the stores and the other services return when they cannot be reached: UNAVAILABLE. Those
// with a Mutation return INVALID_ARGUMENT, reason REQUEST_ID_REUSED, for the id of another request.
class Proposals {
 public:
  // All must outlive it.
  struct Parts {
    ProposalStore& store;
    const AssignmentStore& juries;
    const ProfileStore& profiles;
    Assignment& assignment;  // writes what is accepted, through its own checks
    const ThesisLookup& theses;
    const ProposalFacts& facts;
    const SlotLookup& slots;
    const Clock& clock;
  };
  explicit Proposals(const Parts& parts) : parts_(parts) {}

  // `should_stop` is asked while it works; once true, the best found so far is proposed. CANCELLED, and
  // nothing is kept, if `is_cancelled` says so in the end.
  absl::StatusOr<Proposal> ProposeJuries(const Caller& caller, const JuriesWanted& wanted,
                                         const std::function<bool()>& should_stop,
                                         const std::function<bool()>& is_cancelled, const Mutation& mutation);
  absl::StatusOr<Proposal> ProposeReviewers(const Caller& caller, const ReviewersWanted& wanted,
                                            const Mutation& mutation);
  absl::StatusOr<Proposal> GetProposal(const Caller& caller, const std::string& id) const;
  absl::StatusOr<Page<Proposal>> ListProposals(const Caller& caller, const std::string& programme,
                                               const PageRequest& page) const;
  absl::StatusOr<ChangeList> AcceptProposal(const Caller& caller, const Acceptance& acceptance,
                                            const Mutation& mutation);
  absl::StatusOr<JuryOverview> GetOverview(const Caller& caller, const std::string& programme,
                                           const std::string& cohort) const;

 private:
  struct World;
  absl::StatusOr<World> Gather(const Caller& caller, const ProposalScope& scope) const;
  absl::StatusOr<Proposal> Keep(const Caller& caller, Proposal proposal, const Mutation& mutation);

  const Parts parts_;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_PROPOSALS_H_
