#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_CONFLICT_SET_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_CONFLICT_SET_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/scheduling/solver/explain/named_facts.h"
#include "services/scheduling/solver/explain/repair.h"
#include "services/scheduling/solver/explain/scope.h"
#include "services/scheduling/solver/explain/text.h"
#include "services/scheduling/solver/model/timetable.h"

namespace soutenance::scheduling::solver {

// Why one defence cannot be placed together with all that are: facts that cannot hold together.
struct ConflictSet {
  enum class Kind {
    kConflict,   // it cannot: `facts` say why
    kPlaceable,  // it can, if others move: searching longer would place it
    kUnknown,    // given up, or a hard rule or the size of the problem is beyond this
  };
  struct Told {
    NamedFact fact;
    std::vector<DefenceId> defences;  // person_clash and limits: those the person attends
    Text sentence;
  };

  DefenceId defence{};
  Kind kind = Kind::kUnknown;
  // kConflict: while these hold, whatever else is dropped, the defence and all placed ones do not all fit
  // into the hours of the campaign.
  std::vector<Told> facts;
  // kConflict: whether it was proven that without any one of these facts the others can hold together.
  bool is_minimal = false;
  Text sentence;  // all of it, for people
};

// "conflict", "placeable", "unknown".
absl::string_view ConflictKindName(ConflictSet::Kind kind);

// How much one question may cost.
struct ExplainBudget {
  int64_t conflicts = 20'000;  // dead ends of the engine for each question it is asked
  // Asked now and then; what is not known when it says so is told as unknown. Answers depend on nothing else
  // but the problem, the timetable and `conflicts`.
  std::function<bool()> should_stop;
  int repairs_max = 5;  // for each defence
  // Of the clauses: a larger problem is not looked at as a whole, but only what is near each defence.
  // Building as many as by default takes a fraction of a second.
  int64_t literals_max = 4'000'000;
};

// Finds minimal reasons of the unplaced defences of one timetable and verified repairs. Exact: it asks an
// engine that decides whether defences can be placed while facts hold (placing_model.h), and drops facts one
// by one as long as they still cannot. Refers to the timetable, which must not change. Not safe for
// concurrent use.
//
// Of a small problem everything is looked at together. In a large one:
//   what cannot hold together among the defences of the people concerned, cannot anywhere (nearby.h)
//   what can be if only these move, while all others stay, can be (around.h)
//   whatever is neither is kUnknown
class Explainer {
 public:
  Explainer(const Timetable& timetable, ExplainBudget budget);
  ~Explainer();
  Explainer(const Explainer&) = delete;
  Explainer& operator=(const Explainer&) = delete;

  // REQUIRES: `defence` is unplaced.
  ConflictSet Conflict(DefenceId defence);

  // Changes of facts that people can change, each of which makes room for `defence` beside all that are
  // placed, in the order of IsLighter. Each was verified: the changed problem was made, and a
  // timetable for it that keeps all its hard rules and places all that were placed and Repair::more. No step
  // of a repair can be left out, in a large problem unless defences move that share nobody with this one. If
  // it is enough that others move, that is the only one, without steps. Empty if none was found. REQUIRES:
  // `defence` is unplaced.
  std::vector<Repair> Repairs(DefenceId defence);

  // A timetable of Repaired(problem, steps) that keeps all its hard rules and places all that are placed and
  // `more`, by DefenceId, which are the same in both. Nothing if there is none, or none was found in time.
  std::optional<Placements> Applied(const std::vector<RepairStep>& steps, const std::vector<DefenceId>& more);

 private:
  class Shrinker;
  class Nearby;
  class Around;
  class Repairer;
  struct State;

  Explainer(const Timetable& timetable, ExplainBudget budget, Scope scope);
  // Everything is looked at together.
  ConflictSet ConflictInAll(DefenceId defence);
  ConflictSet ConflictInLarge(DefenceId defence);

  std::unique_ptr<State> state_;
};

// Tells facts that differ in their day only; `defences`: those they are about.
Text FactsSentence(const Problem& problem, const std::vector<NamedFact>& facts,
                   const std::vector<DefenceId>& defences);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_CONFLICT_SET_H_
