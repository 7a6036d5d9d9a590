#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_COMPANIONS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_COMPANIONS_H_

#include <optional>
#include <vector>

#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"
#include "services/scheduling/solver/search/fit.h"
#include "services/scheduling/solver/search/random.h"

namespace soutenance::scheduling::solver {

// What a defence may lie well beside: defences that share people with it and, where rules ask for topics or
// cohorts, those of its own. Immutable; safe for concurrent use.
class Companions {
 public:
  // `movable`: the defences that have a candidate.
  Companions(const Problem& problem, const Fit& fit, const std::vector<DefenceId>& movable);

  // Another placed defence that goes with `defence`, absent if none was found: of a few, the one on whose
  // day most of those who attend `defence` come anyway.
  std::optional<DefenceId> Draw(const Timetable& timetable, DefenceId defence, Random& random) const;

  // The day of such a one.
  std::optional<DayId> DrawDay(const Timetable& timetable, DefenceId defence, Random& random) const;

 private:
  bool HasKind(DefenceId defence) const { return !kind_.empty() && kind_[Index(defence)] >= 0; }
  std::optional<DefenceId> OfKind(const Timetable& timetable, DefenceId defence, Random& random) const;
  std::optional<DefenceId> OfSomebody(const Timetable& timetable, DefenceId defence, Random& random) const;
  int CountThere(const Timetable& timetable, DefenceId defence, DayId day) const;

  const Problem& problem_;
  const Fit& fit_;
  // Those with one topic and cohort, as far as rules ask for them; empty if none does.
  std::vector<std::vector<DefenceId>> of_kind_;
  std::vector<int> kind_;  // by defence; -1: of none
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_COMPANIONS_H_
