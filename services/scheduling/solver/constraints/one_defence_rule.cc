#include "services/scheduling/solver/constraints/one_defence_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Calls visit(defence, placement) for each placed defence.
template <typename Visit>
void ForEachPlaced(const Timetable& timetable, Visit visit) {
  ForEachId<DefenceId>(timetable.problem().DefenceCount(), [&](DefenceId defence) {
    if (const std::optional<Placement>& to = timetable.PlacementOf(defence)) visit(defence, *to);
  });
}

}  // namespace

int64_t OneDefenceRule::Penalty(const Timetable& timetable) const {
  int64_t penalty = 0;
  ForEachPlaced(timetable, [&](DefenceId defence, const Placement& to) {
    penalty += PenaltyAlone(timetable.problem(), defence, to);
  });
  return penalty;
}

int64_t OneDefenceRule::Delta(const Change& change) const {
  int64_t delta = 0;
  for (const Change::OfDefence& step : change.defences()) {
    if (step.after) delta += PenaltyAlone(change.problem(), step.defence, *step.after);
    if (step.before) delta -= PenaltyAlone(change.problem(), step.defence, *step.before);
  }
  return delta;
}

void OneDefenceRule::Matches(const Timetable& timetable, MatchSink report) const {
  ForEachPlaced(timetable, [&](DefenceId defence, const Placement& to) {
    MatchesAlone(timetable.problem(), defence, to, report);
  });
}

void OneDefenceRule::MatchesAlone(const Problem& problem, DefenceId defence, const Placement& to,
                                  MatchSink report) const {
  const int64_t penalty = PenaltyAlone(problem, defence, to);
  if (penalty > 0) report(MatchOf(problem, defence, to, penalty));
}

Match OneDefenceRule::MatchOf(const Problem& problem, DefenceId defence, const Placement& to,
                              int64_t penalty) {
  return {.penalty = penalty,
          .defences = {defence},
          .persons = {},
          .rooms = {to.room},
          .time = problem.TimeOf(defence, to.start)};
}

}  // namespace soutenance::scheduling::solver
