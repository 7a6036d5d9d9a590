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
#include "services/assignment/invitation_store.h"
#include "services/assignment/load_store.h"
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
  // Whoever declined, let the time pass or was taken back gives up the seat, and does not get it again.
  bool replace_refused = false;
};

// How far a composition is.
struct ProposalProgress {
  // The values are those of soutenance.assignment.v1.CompositionProgress.Phase.
  enum class Phase { kReading = 1, kComposing, kExplaining };

  Phase phase = Phase::kReading;
  int theses = 0;  // 0 while they are read
  int done = 0;    // of them
};
using OnProposalProgress = std::function<void(const ProposalProgress&)>;

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
    std::vector<std::string> unanswered;  // are invited
    std::vector<std::string> refusals;    // are to be replaced
  };
  struct OfPerson {
    std::string person;
    int load = 0;
    int load_max = 0;
    int elsewhere = 0;
    int presidencies = 0;
    double past = 0;  // as the ledger of loads weighs it
  };
  std::vector<OfThesis> theses;
  std::vector<OfPerson> people;
};

// Whose seat is to be given to whom.
struct ReplacementQuery {
  std::string thesis;  // id
  std::string person;  // who sits on its jury
  int count = 10;      // of each list
};

// Somebody who could take the seat.
struct Replacement {
  std::string person;
  Seat::Mode mode = Seat::Mode::kOnSite;
  double expertise = 0;
  std::vector<std::string> words;
  int load_after = 0;
  int load_max = 0;  // 0: no limit is known
  double load_past = 0;
  std::vector<std::string> reasons;
  std::vector<std::string> tight_rules;
  std::vector<std::string> warnings;
};

// Somebody who could but for one thing.
struct AlmostReplacement {
  // The values are those of soutenance.assignment.v1.AlmostReplacement.Obstacle.
  enum class Obstacle { kRule = 1, kConflict, kLoad, kDeclined };

  std::string person;
  Obstacle obstacle = Obstacle::kRule;
  std::string rule;  // its id, or empty
  std::string sentence;
  double expertise = 0;
};

// The best first.
struct Replacements {
  Seat::Role role = Seat::Role::kExaminer;
  std::vector<Replacement> best;
  std::vector<AlmostReplacement> almost;
  int best_count = 0;  // with those that are not told
  int almost_count = 0;
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
    const InvitationStore& invitations;
    const LoadStore& loads;
    Assignment& assignment;  // writes what is accepted, through its own checks
    const ThesisLookup& theses;
    const ProposalFacts& facts;
    const SlotLookup& slots;
    const Clock& clock;
  };
  explicit Proposals(const Parts& parts) : parts_(parts) {}

  // `should_stop` is asked while it works; once true, the best found so far is proposed. CANCELLED, and
  // nothing is kept, if `is_cancelled` says so in the end. `on_progress`, if given, is called now and then.
  absl::StatusOr<Proposal> ProposeJuries(const Caller& caller, const JuriesWanted& wanted,
                                         const std::function<bool()>& should_stop,
                                         const std::function<bool()>& is_cancelled, const Mutation& mutation,
                                         const OnProposalProgress& on_progress = nullptr);
  absl::StatusOr<Proposal> ProposeReviewers(
      const Caller& caller, const ReviewersWanted& wanted, const Mutation& mutation,
      const std::function<bool()>& is_cancelled = [] { return false; });
  absl::StatusOr<Proposal> GetProposal(const Caller& caller, const std::string& id) const;
  absl::StatusOr<Page<Proposal>> ListProposals(const Caller& caller, const std::string& programme,
                                               const PageRequest& page) const;
  absl::StatusOr<ChangeList> AcceptProposal(const Caller& caller, const Acceptance& acceptance,
                                            const Mutation& mutation);
  absl::StatusOr<JuryOverview> GetOverview(const Caller& caller, const std::string& programme,
                                           const std::string& cohort) const;
  // Who could take a seat: everybody with a profile under the rules, conflicts and limits of the moment.
  // NOT_FOUND, reason JURY_NOT_FOUND; INVALID_ARGUMENT if the person does not sit there.
  absl::StatusOr<Replacements> FindReplacements(const Caller& caller, const ReplacementQuery& query) const;

 private:
  struct World;
  absl::StatusOr<World> Gather(const Caller& caller, const ProposalScope& scope) const;
  absl::StatusOr<Proposal> Keep(const Caller& caller, Proposal proposal, const Mutation& mutation);

  const Parts parts_;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_PROPOSALS_H_
