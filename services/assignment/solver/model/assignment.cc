#include "services/assignment/solver/model/assignment.h"

#include <algorithm>

namespace soutenance::assignment::solver {

int64_t ThesisScore(const Problem& problem, const Assignment& assignment, int thesis) {
  int64_t sum = 0;
  for (const int reviewer : assignment[static_cast<size_t>(thesis)]) sum += problem.score(thesis, reviewer);
  return sum;
}

int64_t Total(const Problem& problem, const Assignment& assignment) {
  int64_t sum = 0;
  for (int thesis = 0; thesis < problem.theses(); ++thesis) sum += ThesisScore(problem, assignment, thesis);
  return sum;
}

int64_t WorstOff(const Problem& problem, const Assignment& assignment) {
  if (problem.theses() == 0) return 0;
  int64_t worst = ThesisScore(problem, assignment, 0);
  for (int thesis = 1; thesis < problem.theses(); ++thesis) {
    worst = std::min(worst, ThesisScore(problem, assignment, thesis));
  }
  return worst;
}

std::vector<int> Loads(const Problem& problem, const Assignment& assignment) {
  std::vector<int> loads(static_cast<size_t>(problem.reviewers()), 0);
  for (const std::vector<int>& reviewers : assignment) {
    for (const int reviewer : reviewers) ++loads[static_cast<size_t>(reviewer)];
  }
  return loads;
}

}  // namespace soutenance::assignment::solver
