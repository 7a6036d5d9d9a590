#include "services/scheduling/solver/explain/reason.h"

#include <utility>

#include "services/scheduling/solver/explain/why_unplaced.h"

namespace soutenance::scheduling::solver {
namespace {

// A reason from the places of the defence alone is minimal already.
Reason FromPlaces(const UnplacedReason& why) {
  Reason reason{.defence = why.defence,
                .kind = std::string(UnplacedKindName(why.kind)),
                .is_minimal = why.kind == UnplacedReason::Kind::kNoCommonSlot,
                .sentence = why.sentence,
                .facts = {}};
  for (const BlockingFact& fact : why.facts) {
    reason.facts.push_back(
        {fact.rule, fact.persons, fact.rooms, fact.defences, {}, PinAspect::kNone, fact.sentence});
  }
  return reason;
}

Reason FromConflict(const ConflictSet& conflict) {
  Reason reason{.defence = conflict.defence,
                .kind = std::string(ConflictKindName(conflict.kind)),
                .is_minimal = conflict.is_minimal,
                .sentence = conflict.sentence,
                .facts = {}};
  for (const ConflictSet::Told& told : conflict.facts) {
    Reason::Fact fact{told.fact.rule, {}, {}, told.defences, told.fact.day, told.fact.aspect, told.sentence};
    if (told.fact.person) fact.persons.push_back(*told.fact.person);
    if (told.fact.room) fact.rooms.push_back(*told.fact.room);
    reason.facts.push_back(std::move(fact));
  }
  return reason;
}

}  // namespace

Reasons::Reasons(const Timetable& timetable, std::function<bool()> should_stop)
    : timetable_(timetable), should_stop_(std::move(should_stop)) {}

Explainer& Reasons::Get() {
  if (explainer_ == nullptr) {
    ExplainBudget budget;
    budget.should_stop = should_stop_;
    explainer_ = std::make_unique<Explainer>(timetable_, std::move(budget));
  }
  return *explainer_;
}

Reason Reasons::Of(DefenceId defence) {
  const UnplacedReason why = WhyUnplaced(timetable_, defence, should_stop_);
  if (why.kind == UnplacedReason::Kind::kAllTaken && !(should_stop_ && should_stop_())) {
    const ConflictSet conflict = Get().Conflict(defence);
    if (conflict.kind != ConflictSet::Kind::kUnknown) return FromConflict(conflict);
  }
  return FromPlaces(why);
}

std::vector<Repair> Reasons::RepairsOf(DefenceId defence) {
  if (should_stop_ && should_stop_()) return {};
  return Get().Repairs(defence);
}

std::optional<Placements> Reasons::Applied(const std::vector<RepairStep>& steps,
                                           const std::vector<DefenceId>& more) {
  return Get().Applied(steps, more);
}

}  // namespace soutenance::scheduling::solver
