#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_CONFLICT_DESK_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_CONFLICT_DESK_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/assignment/assignment_store.h"
#include "services/assignment/conflict_gate.h"
#include "services/assignment/conflict_records.h"
#include "services/assignment/conflict_store.h"
#include "services/assignment/people_lookup.h"
#include "services/base/caller.h"
#include "services/base/clock.h"
#include "services/base/mutation.h"
#include "services/base/page.h"

namespace soutenance::assignment {

// A finding as a caller may see it.
struct SeenFinding {
  conflicts::Finding finding;
  bool is_known = true;  // otherwise only its state may be told
};

// What there is between a thesis and a person, as a caller may see it.
struct SeenConflict {
  std::string thesis;     // id
  std::string programme;  // "programmes/{id}"
  std::string person;     // "people/{id}"
  conflicts::State state = conflicts::State::kConflict;
  std::vector<SeenFinding> findings;
  std::optional<ConflictDecision> decision;  // without its reason if the caller may not read it
  bool decision_holds = false;
  int64_t version = 0;  // the number of decisions
  AnswerState answer = AnswerState::kNotAsked;
  bool is_seated = false;
  std::vector<ConflictDecision> history;  // only from GetConflict
};

// Which conflicts are asked for.
struct ConflictQuery {
  static constexpr std::size_t kNamesMax = 1000;

  PageRequest page;  // `after` is "{thesis}/{person id}"
  std::string programme;
  std::set<std::string> theses;  // ids; empty: all of the programme
  std::set<std::string> people;  // "people/{id}"; empty: all who have to do with it
  std::set<conflicts::State> states;
  bool seated_only = false;
};

// A decision to be made.
struct ConflictPin {
  std::string thesis;  // id
  std::string person;  // "people/{id}"
  ConflictDecision::Verdict verdict = ConflictDecision::Verdict::kConflict;
  std::string reason;
  bool only_question = false;
  std::optional<int64_t> version;  // refused if there were more decisions
};

// The use cases about conflicts of interest: declarations, answers, decisions and lists; conflicts.proto says
// what each does and refuses. Callers have passed the call pipeline. Safe for concurrent use.
//
// All return what the store and the other services return when they cannot be reached: UNAVAILABLE. Those
// with a Mutation return INVALID_ARGUMENT, reason REQUEST_ID_REUSED, for the id of another request.
class ConflictDesk {
 public:
  // All must outlive it. `juries` tells who sits where.
  struct Parts {
    ConflictStore& store;
    const AssignmentStore& juries;
    const ConflictGate& gate;
    const PeopleLookup& people;
    const Clock& clock;
  };
  explicit ConflictDesk(const Parts& parts) : parts_(parts) {}

  // `declaration` has no declarer and no time: those are the caller and now. What was declared before and is
  // the same stays as it is.
  absl::StatusOr<conflicts::Declaration> Declare(const Caller& caller,
                                                 const conflicts::Declaration& declaration,
                                                 const Mutation& mutation);
  absl::Status Withdraw(const Caller& caller, const conflicts::Declaration& declaration,
                        const Mutation& mutation);
  // By declarer and other, those that `caller` may see; `after` is "{declarer}/{other}", ids.
  absl::StatusOr<Page<conflicts::Declaration>> ListDeclarations(const Caller& caller,
                                                                const std::string& programme,
                                                                const PageRequest& page) const;

  absl::StatusOr<ConflictAnswer> Answer(const Caller& caller, const std::string& programme,
                                        const Mutation& mutation);
  absl::StatusOr<std::vector<ConflictAnswer>> Ask(const Caller& caller, const std::string& programme,
                                                  const std::set<std::string>& people, bool only_new,
                                                  const Mutation& mutation);
  // By person; `after` is the id of a person. `states` empty: all.
  absl::StatusOr<Page<ConflictAnswer>> ListAnswers(const Caller& caller, const std::string& programme,
                                                   const std::set<AnswerState>& states,
                                                   const PageRequest& page) const;

  absl::StatusOr<SeenConflict> GetConflict(const Caller& caller, const std::string& thesis,
                                           const std::string& person) const;
  absl::StatusOr<Page<SeenConflict>> ListConflicts(const Caller& caller, const ConflictQuery& query) const;
  absl::StatusOr<SeenConflict> Pin(const Caller& caller, const ConflictPin& pin, const Mutation& mutation);

  absl::StatusOr<ConflictPolicy> GetPolicy(const Caller& caller, const std::string& programme) const;
  absl::StatusOr<ConflictPolicy> SetPolicy(const Caller& caller, const ConflictPolicy& policy,
                                           std::optional<int64_t> version, const Mutation& mutation);

  // FAILED_PRECONDITION, reason JURY_RULE_BROKEN or CONFLICT_OF_INTEREST, if one of `theses`, as they are to
  // become, no longer goes with the jury it has.
  absl::Status CheckThesisChanges(const Caller& caller, const std::vector<conflicts::Thesis>& theses) const;
  // FAILED_PRECONDITION, reason CONFLICT_OF_INTEREST, if `person` has a conflict with `thesis`.
  absl::Status CheckReviewer(const Caller& caller, const conflicts::Thesis& thesis,
                             const std::string& person) const;

 private:
  // The thesis, if `caller` may see its conflicts, and everything about it and `person`.
  struct Found {
    conflicts::Thesis thesis;
    ConflictTable table;
    std::optional<Seat> seat;
  };
  absl::StatusOr<Found> FindPair(const Caller& caller, const std::string& thesis,
                                 const std::string& person) const;
  // All juries of a programme.
  absl::StatusOr<std::vector<Jury>> JuriesOf(const std::string& programme) const;

  const Parts parts_;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_CONFLICT_DESK_H_
