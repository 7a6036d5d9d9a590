#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_ASSIGNMENT_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_ASSIGNMENT_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/assignment/assignment_store.h"
#include "services/assignment/conflict_gate.h"
#include "services/assignment/decision.h"
#include "services/assignment/jury.h"
#include "services/assignment/people_lookup.h"
#include "services/assignment/thesis_lookup.h"
#include "services/assignment/world_check.h"
#include "services/base/caller.h"
#include "services/base/change.h"
#include "services/base/clock.h"
#include "services/base/mutation.h"
#include "services/base/page.h"

namespace soutenance::assignment {

// Which juries are asked for.
struct JuryQuery {
  static constexpr std::size_t kThesesMax = 1000;

  PageRequest page;
  std::string programme;  // "programmes/msi": only those of it; empty: of all
  std::vector<std::string>
      theses;  // ids: if not empty, only theirs, in their order, each once; at most kThesesMax
};

// A jury in place of the one a thesis has, or has not.
struct JuryReplacement {
  Jury jury;                       // its own version is not read
  std::optional<int64_t> version;  // refused if the thesis's jury has another one now, or there is none
  Grounds grounds;                 // of one jury; those of many come with the call
};

// The end of a jury.
struct JuryDissolution {
  std::string thesis;  // id
  std::optional<int64_t> version;
  Grounds grounds;
};

// The use cases about juries, with every rule and refusal. Callers have passed the call pipeline: they have
// one of the method's roles somewhere; here it is decided what they may do to which jury. Safe for concurrent
// use.
//
// A jury is known to those who run its programme, to those who sit on it, and to those who have a part in its
// thesis.
//
// Every change leaves a decision with its grounds (decision.h); changes of many juries at once are a batch
// that can be undone (jury_bulk.h).
//
// All return what the store and, where noted, the other services return when they cannot be reached:
// UNAVAILABLE. Those with a Mutation return INVALID_ARGUMENT, reason REQUEST_ID_REUSED, for the id of another
// request.
class Assignment {
 public:
  // All must outlive it.
  Assignment(AssignmentStore& store, const ThesisLookup& theses, const PeopleLookup& people,
             const ConflictGate& conflicts, const Clock& clock)
      : store_(store), theses_(theses), people_(people), conflicts_(conflicts), clock_(clock) {}

  // NOT_FOUND, reason JURY_NOT_FOUND, if there is none or `caller` may not know of it. Asks submissions if
  // `caller` neither runs its programme nor sits on it.
  absl::StatusOr<Jury> GetJury(const Caller& caller, absl::string_view thesis) const;

  // The juries that `caller` may know of, by thesis or in the order asked for; what is unknown or hidden is
  // left out. Asks submissions as GetJury.
  absl::StatusOr<Page<Jury>> ListJuries(const Caller& caller, const JuryQuery& query) const;

  // Asks submissions and the directory. INVALID_ARGUMENT, reason FIELD_INVALID, names every field that
  // CheckJury refuses, every person who does not exist, and a programme that is not the thesis's.
  // PERMISSION_DENIED if `caller` does not run the programme. NOT_FOUND, reason THESIS_NOT_FOUND.
  // FAILED_PRECONDITION, reason JURY_RULE_BROKEN, with one violation a rule (jury_rules.h), or as
  // ConflictGate::Admit. ABORTED, reason STALE_ETAG. The same jury again leaves the version as it is, also if
  // it breaks rules that are newer.
  absl::StatusOr<Jury> SetJury(const Caller& caller, const JuryReplacement& replacement,
                               const Mutation& mutation);

  // Returns what was dissolved. NOT_FOUND as GetJury, asking submissions likewise; PERMISSION_DENIED if
  // `caller` may know of it but does not run its programme; ABORTED, reason STALE_ETAG.
  absl::StatusOr<Jury> DeleteJury(const Caller& caller, const JuryDissolution& dissolution,
                                  const Mutation& mutation);

  // Creates or replaces all of `juries`, or none. Called by a person, checks what SetJury checks, with the
  // paths "juries[3].seats[0].person" and the broken rules of all. A service is believed about what exists:
  // the import, which has checked its whole folder, calls with validate_only before its people and theses are
  // written. What a service only tries out is checked against `to_become`, the theses by id as they will be;
  // without them, its juries are checked when it writes.
  absl::StatusOr<ChangeList> BatchUpsertJuries(const Caller& caller, const std::vector<Jury>& juries,
                                               const Mutation& mutation,
                                               const std::map<std::string, ThesisFacts>& to_become = {},
                                               const Grounds& grounds = {.way = DecisionWay::kBatch});

  // As BatchUpsertJuries, for a decision that was made when juries were as their `version` says, 0 for none:
  // ABORTED, reason STALE_ETAG, if one of them has another now, unless it is already as given. `moved` is
  // then the ids of their theses.
  absl::StatusOr<ChangeList> BatchReplaceJuries(const Caller& caller,
                                                const std::vector<JuryReplacement>& replacements,
                                                const Mutation& mutation, std::vector<std::string>& moved,
                                                const Grounds& grounds = {.way = DecisionWay::kBatch});

  // What SetJury asks the other services and refuses, for a path that writes `juries`, or invites to them, in
  // a transaction of its own; there PutJury, or CheckJuryRules, refuses the rest. Conflicts are asked of the
  // people that `who` names for the thesis of a jury, and of everybody where it names none. Returns what the
  // rules want to know.
  absl::StatusOr<std::map<std::string, ThesisFacts>> AdmitJuries(
      const Caller& caller, const std::vector<const Jury*>& juries,
      const std::map<std::string, std::set<std::string>>& who = {}) const;

  // What SetJury does in its transaction: writes the jury, with the decision of `caller`, if the rules allow
  // it, or only says so if `writer` is null. REQUIRES: AdmitJuries allowed it and returned `theses`.
  static absl::StatusOr<Jury> PutJury(const AssignmentStore::Reader& reader, AssignmentStore::Writer* writer,
                                      const JuryReplacement& replacement,
                                      const std::map<std::string, ThesisFacts>& theses, const Caller& caller,
                                      absl::Time now);

  // The juries of theses that moved: `programmes` is theirs now, by id of the thesis. For the service that
  // keeps theses, which has checked them (ConflictDesk::CheckThesisChanges).
  absl::Status FollowTheses(const Caller& caller, const std::map<std::string, std::string>& programmes);

 private:
  // `check` runs in the transaction, before anything is written.
  absl::StatusOr<ChangeList> WriteBatch(
      const Caller& caller, const std::vector<Jury>& juries, const Mutation& mutation,
      const std::map<std::string, ThesisFacts>& to_become, const Grounds& grounds,
      absl::FunctionRef<absl::Status(const AssignmentStore::Reader&)> check);
  absl::StatusOr<std::map<std::string, ThesisFacts>> AskAbout(
      const Caller& caller, const std::vector<Entry>& entries,
      const std::map<std::string, std::set<std::string>>& who) const;
  absl::StatusOr<Page<Jury>> InOrderOfTheses(const Caller& caller, const JuryQuery& query) const;
  absl::StatusOr<Page<Jury>> InOrderAskedFor(const Caller& caller, const JuryQuery& query) const;
  // Adds to `theses` those that rules about load want to know.
  absl::Status AddThesesElsewhere(const std::vector<Entry>& entries,
                                  std::map<std::string, ThesisFacts>& theses) const;

  AssignmentStore& store_;
  const ThesisLookup& theses_;
  const PeopleLookup& people_;
  const ConflictGate& conflicts_;
  const Clock& clock_;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_ASSIGNMENT_H_
