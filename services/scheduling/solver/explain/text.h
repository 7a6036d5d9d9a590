#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_TEXT_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_TEXT_H_

#include <string>

#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/time.h"

namespace soutenance::scheduling::solver {

// One sentence in both languages of the product.
struct Text {
  std::string fr;
  std::string en;

  friend bool operator==(const Text&, const Text&) = default;
};

// "mardi 15 juin 2027", "Tuesday 15 June 2027".
Text DateText(const Problem& problem, Minute minute);

// "10 h 30", "10:30"; "9 h", "9:00".
Text TimeText(Minute minute);

// "mardi 15 juin 2027 à 10 h 30", "Tuesday 15 June 2027 at 10:30".
Text MomentText(const Problem& problem, Minute minute);

// "mardi 15 juin 2027 de 9 h à 10 h 30", "Tuesday 15 June 2027 from 9:00 to 10:30".
Text PeriodText(const Problem& problem, const Interval& interval);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_TEXT_H_
