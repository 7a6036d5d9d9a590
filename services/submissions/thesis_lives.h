#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_THESIS_LIVES_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_THESIS_LIVES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/caller.h"
#include "services/base/clock.h"
#include "services/base/mutation.h"
#include "services/base/page.h"
#include "services/submissions/jury_lookup.h"
#include "services/submissions/life_condition.h"
#include "services/submissions/people_lookup.h"
#include "services/submissions/submission_store.h"

namespace soutenance::submissions {

// An event that somebody wants to happen.
struct ThesisTransition {
  std::string id;  // of the thesis
  ThesisEvent event = ThesisEvent::kSubmitSubject;
  std::string reason;
  std::optional<absl::Time> until;
  std::vector<std::string> waive;  // words of conditions
  std::optional<int64_t> version;  // refused if the thesis has another one now
};

// An event as one caller may or may not cause it now.
struct Possibility {
  ThesisEvent event = ThesisEvent::kSubmitSubject;
  ThesisState to = ThesisState::kActive;
  bool is_from_here = false;  // the table has it from this state
  bool is_yours = false;      // the caller is one of those who cause it
  std::vector<Unmet> unmet;   // empty for those who have no part in the thesis
  bool is_met = false;        // whether nothing is missing
  Actors who;
  Actors told;
  States from;
  bool needs_reason = false;
  bool needs_until = false;

  bool IsPossible() const { return is_from_here && is_yours && is_met; }
};

// Every event, in the order of the table.
struct Possibilities {
  ThesisState state = ThesisState::kActive;
  int64_t version = 0;
  std::vector<Possibility> events;
};

// An author's word about dissemination.
struct Consent {
  std::string id;  // of the thesis
  bool is_given = false;
  std::optional<absl::Time> embargo_until;
  std::optional<int64_t> version;
};

// The use cases about the life of theses, with every rule and refusal. Safe for concurrent use. All return
// what the store, and where noted the directory and the keeper of juries, return when they cannot be reached:
// UNAVAILABLE. Those with a Mutation return INVALID_ARGUMENT, reason REQUEST_ID_REUSED, for the id of another
// request. A thesis that `caller` may not know of is NOT_FOUND, reason THESIS_NOT_FOUND.
class Lives {
 public:
  // What it works with. All must outlive it.
  struct Parts {
    SubmissionStore& store;
    const PeopleLookup& people;
    const JuryLookup& juries;
    const Clock& clock;
    std::vector<const LifeCondition*> conditions = {};
  };

  explicit Lives(Parts parts) : parts_(std::move(parts)) {}

  // Creates a thesis whose subject is proposed, or a draft. Asks the directory. INVALID_ARGUMENT as
  // Submissions::CreateThesis; PERMISSION_DENIED, reason NOT_A_PARTY, unless `caller` has a role in the
  // programme and a part in the thesis, or runs the programme; ALREADY_EXISTS, reason THESIS_EXISTS.
  absl::StatusOr<Thesis> Propose(const Caller& caller, const Thesis& thesis, bool is_draft,
                                 const Mutation& mutation);

  // Account and instant are filled in. INVALID_ARGUMENT; PERMISSION_DENIED, reason NOT_YOUR_OPINION;
  // FAILED_PRECONDITION, reason THESIS_STATE.
  absl::StatusOr<Opinion> GiveOpinion(const Caller& caller, const Opinion& opinion, const Mutation& mutation);
  absl::StatusOr<std::vector<Opinion>> ListOpinions(const Caller& caller, absl::string_view thesis) const;

  // FAILED_PRECONDITION, reason THESIS_STATE or CONDITION_UNMET; PERMISSION_DENIED, reason NOT_YOUR_EVENT;
  // INVALID_ARGUMENT without a reason or an instant that the event needs; ABORTED, reason STALE_ETAG.
  absl::StatusOr<Thesis> Transition(const Caller& caller, const ThesisTransition& transition,
                                    const Mutation& mutation);
  absl::StatusOr<Possibilities> ListTransitions(const Caller& caller, absl::string_view thesis) const;
  absl::StatusOr<Page<ThesisChange>> ListHistory(const Caller& caller, absl::string_view thesis,
                                                 const PageRequest& page) const;

  // PERMISSION_DENIED, reason NOT_AN_AUTHOR; FAILED_PRECONDITION, reason THESIS_STATE; INVALID_ARGUMENT for
  // an earlier end of the embargo.
  absl::StatusOr<Thesis> SetConsent(const Caller& caller, const Consent& consent, const Mutation& mutation);

  // All of `programme` for those who run it, otherwise none; the caller's own if it is empty.
  absl::StatusOr<Page<Notice>> ListNotices(const Caller& caller, const std::string& programme,
                                           const PageRequest& page) const;

 private:
  absl::StatusOr<Seats> FindSeats(const Caller& caller, absl::string_view thesis) const;
  absl::StatusOr<std::vector<Unmet>> OutsideUnmet(const ThesisTransition& transition) const;

  const Parts parts_;
};

// Who asks, as the journal names them: "accounts/ana", or "services/directory".
std::string AccountOf(const Caller& caller);

// What an event does to `thesis`, which `caller` may know of, without writing anything: the thesis and the
// line of the journal after it. Errors as Lives::Transition, but for those about who knows of it and the
// version.
struct Outcome {
  Thesis thesis;
  ThesisChange change;
  Actors told;
};
absl::StatusOr<Outcome> Happen(const ThesisTransition& transition, const Thesis& thesis,
                               const LifeFacts& facts, const std::vector<Unmet>& outside, Actors actors,
                               const std::string& account, absl::Time now);

// Writes it: the thesis, the line of the journal, and who is told, without the one who caused it.
absl::Status Write(SubmissionStore::Writer& writer, const Outcome& outcome, const Caller& caller);

// Adds the line that a life begins with, and who is told of it: for what is inserted with a proposed subject.
absl::Status WriteBeginning(SubmissionStore::Writer& writer, const Thesis& thesis, const Caller& caller,
                            absl::Time now);

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_THESIS_LIVES_H_
