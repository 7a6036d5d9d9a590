#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_ONE_DEFENCE_RULE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_ONE_DEFENCE_RULE_H_

#include "services/scheduling/solver/constraints/constraint.h"

namespace soutenance::scheduling::solver {

// A rule that looks at each placed defence by itself. A concrete rule gives the parts of PenaltyAlone that
// are not 0 and, if one match for a defence does not tell enough, MatchesAlone.
class OneDefenceRule : public Constraint {
 public:
  int64_t Penalty(const Timetable& timetable) const final;
  int64_t Delta(const Change& change) const final;
  void Matches(const Timetable& timetable, MatchSink report) const final;
  bool LooksAtOne() const final { return true; }

  // One match for the whole penalty of `to`, if it is not 0: MatchOf.
  void MatchesAlone(const Problem& problem, DefenceId defence, const Placement& to,
                    MatchSink report) const override;

 protected:
  // A match with the defence, its room and its time.
  static Match MatchOf(const Problem& problem, DefenceId defence, const Placement& to, int64_t penalty);
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_ONE_DEFENCE_RULE_H_
