#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_CONFLICT_GATE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_CONFLICT_GATE_H_

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/assignment/conflict_facts.h"
#include "services/assignment/conflict_records.h"
#include "services/assignment/conflict_store.h"
#include "services/assignment/conflicts/conflicts.h"
#include "services/assignment/jury.h"
#include "services/assignment/thesis_lookup.h"
#include "services/base/caller.h"
#include "services/base/clock.h"
#include "services/base/error.h"

// The one gate through which everybody comes onto a jury, whatever the path: a proposal, a manual decision,
// an invitation, a replacement, an import, a change of roles. It does not know the path, so paths cannot
// disagree.
//
// How a path uses it: before anything is written,
//   ASSIGN_OR_RETURN(warnings, gate.Admit(caller, SeatingsOf(jury, thesis)));
// How a proposal uses it, which asks about very many pairs and refuses nothing:
//   ASSIGN_OR_RETURN(const ConflictTable table, gate.Look(theses, people));
//   if (table.Of(thesis, person).state == conflicts::State::kConflict) continue;
namespace soutenance::assignment {

// A person who is to judge a thesis.
struct Seating {
  conflicts::Thesis thesis;
  std::string person;  // "people/{id}"
  conflicts::Chair chair = conflicts::Chair::kMember;
};

conflicts::Thesis ForConflicts(const ThesisFacts& thesis);
conflicts::Chair ChairOf(Seat::Role role);
// Everybody on `jury`, as what they sit.
std::vector<Seating> SeatingsOf(const Jury& jury, const ThesisFacts& thesis);

// What is known of many theses and people at one moment. Safe for concurrent use.
class ConflictTable {
 public:
  // What is between the two. REQUIRES: Look was asked about both.
  conflicts::Verdict Of(const conflicts::Thesis& thesis, const std::string& person,
                        conflicts::Chair chair = conflicts::Chair::kMember) const;
  // The decision that was made about them and not taken back.
  const ConflictDecision* DecisionOn(const std::string& thesis, const std::string& person) const;
  // The number of decisions about them.
  int64_t VersionOf(const std::string& thesis, const std::string& person) const;
  // Whether `person` has told their conflicts in `programme`.
  AnswerState AnswerOf(const std::string& programme, const std::string& person) const;
  // Whether the directory knows them.
  bool Knows(const std::string& person) const { return known_.count(person) > 0; }

  // As if `decision` had been made.
  void Suppose(ConflictDecision decision);

 private:
  friend class ConflictGate;
  ConflictTable(conflicts::Facts facts, std::set<std::string> known)
      : relations_(std::move(facts)), known_(std::move(known)) {}

  using Pair = std::pair<std::string, std::string>;
  conflicts::Relations relations_;
  std::set<std::string> known_;
  std::map<Pair, ConflictDecision> decisions_;  // by thesis and person
  std::map<Pair, AnswerState> answers_;         // by programme and person
  std::map<std::string, int> years_;            // by programme
};

// Something to think of that does not refuse.
struct ConflictWarning {
  enum class Type { kQuestion = 1, kNotAnswered };

  Type type = Type::kQuestion;
  std::string thesis;  // id
  std::string person;
  std::string text;  // "people/x has the family name of an author; confirm or dismiss it"

  friend bool operator==(const ConflictWarning&, const ConflictWarning&) = default;
};

// What the gate says of seatings.
struct Admission {
  struct Refusal {
    std::size_t seating = 0;  // its place among those asked about
    PreconditionViolation violation;
  };
  std::vector<Refusal> refusals;          // in the order of the seatings
  std::vector<ConflictWarning> warnings;  // likewise
};

// Asks the store and the other services, whose errors all methods return. Safe for concurrent use.
class ConflictGate {
 public:
  // All must outlive it.
  ConflictGate(const ConflictStore& store, const ConflictFacts& facts, const Clock& clock)
      : store_(store), facts_(facts), clock_(clock) {}

  // Everything known about each of `people` with each of `theses`. Costs a handful of questions, however many
  // there are.
  absl::StatusOr<ConflictTable> Look(const std::vector<conflicts::Thesis>& theses,
                                     const std::set<std::string>& people) const;

  // Who of `seatings` has a conflict: one violation a person and thesis, of the type "conflict_of_interest",
  // that says who, which kind if `caller` may know, and the way out; and of the others what to think of.
  absl::StatusOr<Admission> Judge(const Caller& caller, const std::vector<Seating>& seatings) const;

  // Judge for a path that writes: FAILED_PRECONDITION, reason CONFLICT_OF_INTEREST, if somebody of `seatings`
  // has a conflict, with all violations. Otherwise what to think of, in the order of `seatings`.
  absl::StatusOr<std::vector<ConflictWarning>> Admit(const Caller& caller,
                                                     const std::vector<Seating>& seatings) const;

  const ConflictFacts& facts() const { return facts_; }

 private:
  const ConflictStore& store_;
  const ConflictFacts& facts_;
  const Clock& clock_;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_CONFLICT_GATE_H_
