#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_WHY_NOT_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_WHY_NOT_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "services/scheduling/solver/explain/analysis.h"
#include "services/scheduling/solver/model/score.h"
#include "services/scheduling/solver/model/timetable.h"

namespace soutenance::scheduling::solver {

// What a move changes for one rule.
struct RuleEffect {
  RuleId rule;
  RuleLevel level;
  int64_t points_before;
  int64_t points_after;
  std::vector<MatchLine> matches;  // breaches there would be after the move and are not before
  // Whether one of `matches` is worse than any of before: same time, people and defences with no lower
  // penalty.
  bool is_broken_anew;
};

struct MoveEffect {
  Score before;
  Score after;
  std::vector<RuleEffect> effects;  // rules whose points or matches change, in the order of the rulebook

  // Whether the move makes a new clash: to be refused whatever the reason.
  bool HasClash() const;
  // Whether it breaks another hard rule anew: to be done only with a reason.
  bool NeedsReason() const;
};

// REQUIRES: each step passes CheckPlacement.
MoveEffect EffectOfMove(const Timetable& timetable, const Move& move);

// What would happen if `defence` were at `to` and everything else stayed. REQUIRES: CheckPlacement.
MoveEffect WhyNot(const Timetable& timetable, DefenceId defence, const Placement& to);

struct Alternative {
  Placement placement;
  MoveEffect effect;
};

// `to` with holders for the open seats of `defence`: those that it has now if they can come then, otherwise
// whoever costs least of those who can. Absent if nobody can hold some seat then; `to` itself if no seat is
// open.
std::optional<Placement> WithHolders(const Timetable& timetable, DefenceId defence, const Placement& to);

// The best `count` other places for `defence`, everything else staying where it is, cheapest first: only
// places that break no hard rule anew. Open seats keep their holders where these can come. May be fewer.
std::vector<Alternative> Alternatives(const Timetable& timetable, DefenceId defence, int count);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_WHY_NOT_H_
