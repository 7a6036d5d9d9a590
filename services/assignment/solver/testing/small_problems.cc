#include "services/assignment/solver/testing/small_problems.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <random>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/assignment/solver/check/check.h"

namespace soutenance::assignment::solver::testing {
namespace {

Problem Made(ProblemSpec spec) {
  absl::StatusOr<Problem> problem = Problem::Create(std::move(spec));
  if (problem.ok()) return *std::move(problem);
  std::cerr << problem.status() << "\n";
  std::abort();
}

class Search {
 public:
  Search(const Problem& problem, const std::vector<Pair>& held)
      : problem_(problem), held_(held), assignment_(static_cast<size_t>(problem.theses())) {
    Look(0);
  }
  std::optional<Everything> found() const { return found_; }

 private:
  void Look(int thesis) {
    if (thesis == problem_.theses()) return Note();
    for (unsigned set = 0; set < 1U << problem_.reviewers(); ++set) {
      std::vector<int>& reviewers = assignment_[static_cast<size_t>(thesis)];
      reviewers.clear();
      for (int r = 0; r < problem_.reviewers(); ++r) {
        if ((set >> r & 1) != 0 && problem_.MayReview(thesis, r)) reviewers.push_back(r);
      }
      if (static_cast<int>(reviewers.size()) == problem_.thesis(thesis).needed &&
          __builtin_popcount(set) == problem_.thesis(thesis).needed) {
        Look(thesis + 1);
      }
    }
    assignment_[static_cast<size_t>(thesis)].clear();
  }

  void Note() {
    if (!Check(problem_, assignment_).empty()) return;
    const int64_t total = Total(problem_, assignment_);
    const int64_t level = WorstOff(problem_, assignment_);
    const int kept = static_cast<int>(std::count_if(held_.begin(), held_.end(), [this](const Pair& pair) {
      const std::vector<int>& reviewers = assignment_[static_cast<size_t>(pair.thesis)];
      return std::count(reviewers.begin(), reviewers.end(), pair.reviewer) > 0;
    }));
    if (!found_) {
      found_ = Everything{total, level, total, kept, total};
      return;
    }
    found_->total = std::max(found_->total, total);
    if (std::pair(level, total) > std::pair(found_->level, found_->total_at_level)) {
      found_->level = level;
      found_->total_at_level = total;
    }
    if (std::pair(kept, total) > std::pair(found_->kept, found_->total_kept)) {
      found_->kept = kept;
      found_->total_kept = total;
    }
  }

  const Problem& problem_;
  const std::vector<Pair>& held_;
  Assignment assignment_;
  std::optional<Everything> found_;
};

}  // namespace

Problem AProblem(const std::vector<int>& needed, const std::vector<int>& most,
                 const std::vector<std::vector<int>>& scores) {
  ProblemSpec spec;
  spec.scale = 100;
  for (size_t t = 0; t < needed.size(); ++t) spec.theses.push_back({absl::StrCat("t", t), needed[t]});
  for (size_t r = 0; r < most.size(); ++r) spec.reviewers.push_back({absl::StrCat("r", r), 0, most[r]});
  for (const std::vector<int>& row : scores) spec.scores.insert(spec.scores.end(), row.begin(), row.end());
  return Made(std::move(spec));
}

Problem Changed(const Problem& problem, const std::function<void(ProblemSpec&)>& change) {
  ProblemSpec spec = problem.spec();
  change(spec);
  return Made(std::move(spec));
}

Problem RandomProblem(uint32_t seed) {
  std::mt19937 generator(seed);
  const auto number = [&generator](int least, int most) {
    return least + static_cast<int>(generator() % static_cast<uint32_t>(most - least + 1));
  };
  ProblemSpec spec;
  spec.scale = 100;
  const int theses = number(1, 5);
  const int reviewers = number(2, 6);
  const bool has_grades = number(0, 1) == 1;
  int needed = 0;
  for (int t = 0; t < theses; ++t) {
    const int of_thesis = number(0, 9) == 0 ? number(0, 3) : number(1, reviewers > 3 ? 3 : 2);
    spec.theses.push_back({absl::StrCat("t", t), of_thesis});
    needed += of_thesis;
  }
  for (int r = 0; r < reviewers; ++r) {
    const int least = number(0, 5) == 0 ? 1 : 0;
    spec.reviewers.push_back(
        {absl::StrCat("r", r), least, least + number(0, std::max(1, 2 * needed / reviewers))});
  }
  for (int i = 0; i < theses * reviewers; ++i) {
    spec.scores.push_back(number(0, 9) == 0 ? kForbidden
                          : has_grades      ? number(-1, 4) * 25
                                            : number(-300, 1000));
  }
  for (int i = 0; i < theses * reviewers; ++i) {
    if (spec.scores[static_cast<size_t>(i)] == kForbidden || number(0, 25) > 0) continue;
    spec.pinned.push_back({i / reviewers, i % reviewers});
  }
  return Made(std::move(spec));
}

std::optional<Everything> LookAtEverything(const Problem& problem, const std::vector<Pair>& held) {
  return Search(problem, held).found();
}

}  // namespace soutenance::assignment::solver::testing
