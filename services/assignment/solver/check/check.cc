#include "services/assignment/solver/check/check.h"

#include <set>

#include "absl/strings/str_cat.h"

namespace soutenance::assignment::solver {

std::vector<Violation> Check(const Problem& problem, const Assignment& assignment) {
  std::vector<Violation> violations;
  std::vector<int> loads(static_cast<size_t>(problem.reviewers()), 0);
  for (int t = 0; t < problem.theses(); ++t) {
    const ThesisSpec& thesis = problem.thesis(t);
    const std::vector<int>& reviewers = assignment[static_cast<size_t>(t)];
    const std::set<int> distinct(reviewers.begin(), reviewers.end());
    if (distinct.size() != reviewers.size()) {
      violations.push_back({"twice", absl::StrCat("thesis ", thesis.key, " has a reviewer twice")});
    }
    if (static_cast<int>(distinct.size()) != thesis.needed) {
      violations.push_back({"needed", absl::StrCat("thesis ", thesis.key, " has ", distinct.size(),
                                                   " reviewers, needs ", thesis.needed)});
    }
    for (const int r : distinct) {
      ++loads[static_cast<size_t>(r)];
      if (problem.MayReview(t, r)) continue;
      violations.push_back({"conflict", absl::StrCat("reviewer ", problem.reviewer(r).key,
                                                     " may not have thesis ", thesis.key)});
    }
    for (const Pair& pin : problem.pinned()) {
      if (pin.thesis != t || distinct.count(pin.reviewer) > 0) continue;
      violations.push_back({"pin", absl::StrCat("thesis ", thesis.key, " lacks its reviewer ",
                                                problem.reviewer(pin.reviewer).key)});
    }
  }
  for (int r = 0; r < problem.reviewers(); ++r) {
    const ReviewerSpec& reviewer = problem.reviewer(r);
    const int load = loads[static_cast<size_t>(r)];
    if (load >= reviewer.least && load <= reviewer.most) continue;
    violations.push_back({"load", absl::StrCat("reviewer ", reviewer.key, " has ", load, " theses, takes ",
                                               reviewer.least, " to ", reviewer.most)});
  }
  return violations;
}

}  // namespace soutenance::assignment::solver
