#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_FLOW_NETWORK_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_FLOW_NETWORK_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "services/assignment/solver/model/assignment.h"
#include "services/assignment/solver/model/problem.h"

namespace soutenance::assignment::solver {

// What a pair of a thesis and a reviewer is worth to a flow, in integers of any unit.
using Gain = std::function<int64_t(int thesis, int reviewer)>;

struct FlowResult {
  Assignment assignment;
  // The dual solution: what one more place with a reviewer would gain, and a little more for a thesis. In the
  // unit of the gains.
  std::vector<int64_t> reviewer_prices;
  std::vector<int64_t> thesis_values;
  // By thesis: the reviewers who came into question, ascending, without pins.
  std::vector<std::vector<int>> offered;
  // What could not be done: reviewers that theses lack, and theses that reviewers lack for their least. Both
  // empty if an assignment exists.
  std::vector<int> missing;
  std::vector<int> idle;

  bool IsComplete() const;
};

// The assignment with the largest sum of gains, where everything can be met; where it cannot, first as few
// reviewers as possible are missing, and as few as possible idle. `gain_max` is the largest absolute gain.
FlowResult MaximiseGain(const Problem& problem, const Gain& gain, int64_t gain_max);

}  // namespace soutenance::assignment::solver

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_FLOW_NETWORK_H_
