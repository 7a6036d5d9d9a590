#include "services/assignment/solver/fair/at_level.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "services/assignment/solver/fair/choices.h"
#include "services/assignment/solver/fair/mip.h"
#include "services/assignment/solver/fair/relaxation.h"
#include "services/assignment/solver/fair/tree_search.h"

namespace soutenance::assignment::solver {
namespace {

// Without anything to go by, an optimum is first looked for this near to the bound: a part of what a thesis
// has on average.
constexpr int64_t kFirstGapPart = 100;
constexpr int64_t kGapGrowth = 2;
constexpr double kAnything = 1e30;
constexpr double kRounding = 1e-6;
// Choices are listed where there are not too many of them for the pairs that they are made of.
constexpr size_t kChoicesOfPair = 20;
constexpr size_t kChoicesAlways = 1000;
constexpr size_t kChoicesOfGrades = 5'000;
constexpr int kTreesMax = 8;

// Looks among everything that can be part of an assignment with a total of at least the bound less a gap.
class GapSearch {
 public:
  GapSearch(const Problem& problem, const Choices& choices, const std::vector<int64_t>& prices, int64_t bound,
            Wanted wanted, const FairLimits& limits)
      : problem_(problem),
        choices_(choices),
        prices_(prices),
        bound_(bound),
        wanted_(wanted),
        limits_(limits) {}

  struct Answer {
    std::optional<Assignment> assignment;
    bool is_finished = false;
    bool is_everything = false;  // nothing was left out
  };

  Answer Look(int64_t gap, std::optional<int64_t> above) {
    Answer answer;
    if (!Build(gap)) return answer;
    const double unit = 1.0 / static_cast<double>(problem_.scale());
    // Whatever is further from the bound than the gap is not all in the program. CBC rounds: as good is
    // wanted, too.
    const int64_t floor = std::max(above.value_or(std::numeric_limits<int64_t>::min()), bound_ - gap);
    const double wanted =
        is_everything_ && !above ? -kAnything : static_cast<double>(floor) * unit - kRounding;
    for (;;) {
      const Mip::Answer found = mip_.Maximise(
          wanted, limits_.nodes, wanted_ == Wanted::kAny ? Mip::Until::kFound : Mip::Until::kBest);
      answer.is_finished = found.is_finished;
      answer.is_everything = is_everything_;
      if (found.chosen.empty()) return answer;
      Assignment assignment = Read(found.chosen);
      if (ForbidIfBelow(assignment)) continue;
      answer.assignment = std::move(assignment);
      return answer;
    }
  }

 private:
  struct Column {
    int thesis;
    std::vector<int> reviewers;
  };

  bool Build(int64_t gap) {
    mip_ = Mip();
    columns_.clear();
    is_everything_ = true;
    for (int r = 0; r < problem_.reviewers(); ++r) {
      mip_.AddRow(std::max(0, problem_.reviewer(r).least - problem_.PinsOf(r)), problem_.OpenPlaces(r));
    }
    for (int t = 0; t < problem_.theses(); ++t) {
      if (!AddThesis(t, gap)) return false;
    }
    return true;
  }

  // Pairs where the level cannot be missed, choices where it can; pairs and a row for the level where there
  // are too many choices.
  bool AddThesis(int thesis, int64_t gap) {
    const std::optional<Choice> best = choices_.Best(thesis, prices_);
    if (!best) return false;
    const int64_t least = best->value - gap * kPriceUnits;
    const std::vector<int> near = choices_.Near(thesis, prices_, least);
    const size_t open = static_cast<size_t>(problem_.thesis(thesis).needed) - problem_.pinned(thesis).size();
    if (is_everything_) {
      constexpr int64_t kAny = std::numeric_limits<int64_t>::min() / 2;
      is_everything_ = near.size() == choices_.Near(thesis, prices_, kAny).size();
    }
    if (open == 0) return true;
    std::vector<int64_t> scores;
    for (const int r : near) scores.push_back(problem_.score(thesis, r));
    std::sort(scores.begin(), scores.end());
    int64_t lowest = 0;
    for (size_t i = 0; i < open && i < scores.size(); ++i) lowest += scores[i];
    for (const Pair& pin : problem_.pinned(thesis)) lowest += problem_.score(thesis, pin.reviewer);
    const bool may_be_below = lowest < choices_.level();
    if (may_be_below) {
      const std::optional<std::vector<Choice>> within =
          choices_.Within(thesis, prices_, least, static_cast<size_t>(limits_.choices_of_thesis));
      if (within && within->size() <= kChoicesOfPair * near.size() + kChoicesAlways) {
        std::vector<std::vector<int>> open_choices;
        for (const Choice& choice : *within) open_choices.push_back(WithoutPins(thesis, choice.reviewers));
        return AddChoices(thesis, open_choices);
      }
    }
    return AddPairs(thesis, near, open, may_be_below);
  }

  std::vector<int> WithoutPins(int thesis, std::vector<int> reviewers) const {
    for (const Pair& pin : problem_.pinned(thesis)) {
      reviewers.erase(std::find(reviewers.begin(), reviewers.end(), pin.reviewer));
    }
    return reviewers;
  }

  bool AddChoices(int thesis, const std::vector<std::vector<int>>& within) {
    const int row = mip_.AddRow(1, 1);
    for (const std::vector<int>& reviewers : within) {
      std::vector<Mip::Term> terms = {{row, 1}};
      double gain = 0;
      for (const int r : reviewers) {
        terms.push_back({r, 1});
        gain += Gain(thesis, r);
      }
      mip_.AddColumn(gain, terms);
      columns_.push_back({thesis, reviewers});
    }
    return mip_.columns() <= limits_.columns;
  }

  bool AddPairs(int thesis, const std::vector<int>& near, size_t open, bool with_level) {
    const int row = mip_.AddRow(static_cast<double>(open), static_cast<double>(open));
    int level_row = -1;
    if (with_level) {
      int64_t level = choices_.level();
      for (const Pair& pin : problem_.pinned(thesis)) level -= problem_.score(thesis, pin.reviewer);
      level_row = mip_.AddRow(static_cast<double>(level) / static_cast<double>(problem_.scale()),
                              std::numeric_limits<double>::max());
    }
    for (const int r : near) {
      std::vector<Mip::Term> terms = {{row, 1}, {r, 1}};
      if (with_level) terms.push_back({level_row, Gain(thesis, r)});
      mip_.AddColumn(Gain(thesis, r), terms);
      columns_.push_back({thesis, {r}});
    }
    return mip_.columns() <= limits_.columns;
  }

  double Gain(int thesis, int reviewer) const {
    return static_cast<double>(problem_.score(thesis, reviewer)) / static_cast<double>(problem_.scale());
  }

  Assignment Read(const std::vector<bool>& chosen) const {
    Assignment assignment(static_cast<size_t>(problem_.theses()));
    for (const Pair& pin : problem_.pinned()) {
      assignment[static_cast<size_t>(pin.thesis)].push_back(pin.reviewer);
    }
    for (size_t i = 0; i < columns_.size(); ++i) {
      if (!chosen[i]) continue;
      std::vector<int>& reviewers = assignment[static_cast<size_t>(columns_[i].thesis)];
      reviewers.insert(reviewers.end(), columns_[i].reviewers.begin(), columns_[i].reviewers.end());
    }
    for (std::vector<int>& reviewers : assignment) std::sort(reviewers.begin(), reviewers.end());
    return assignment;
  }

  // A row for a level holds but for rounding. What slips through is forbidden by name.
  bool ForbidIfBelow(const Assignment& assignment) {
    bool forbidden = false;
    for (int t = 0; t < problem_.theses(); ++t) {
      if (ThesisScore(problem_, assignment, t) >= choices_.level()) continue;
      forbidden = true;
      std::vector<int> numbers;
      for (size_t i = 0; i < columns_.size(); ++i) {
        const std::vector<int>& reviewers = assignment[static_cast<size_t>(t)];
        if (columns_[i].thesis == t &&
            std::binary_search(reviewers.begin(), reviewers.end(), columns_[i].reviewers[0])) {
          numbers.push_back(static_cast<int>(i));
        }
      }
      mip_.AddRowOver(numbers, static_cast<double>(numbers.size()) - 1);
    }
    return forbidden;
  }

  const Problem& problem_;
  const Choices& choices_;
  const std::vector<int64_t>& prices_;
  const int64_t bound_;
  const Wanted wanted_;
  const FairLimits& limits_;
  Mip mip_;
  std::vector<Column> columns_;
  bool is_everything_ = true;
};

// Scores that are grades leave theses so many choices of equal worth that listing them is no use.
bool AreGrades(const Problem& problem) {
  std::vector<Score> seen;
  for (const Score score : problem.spec().scores) {
    const auto at = std::lower_bound(seen.begin(), seen.end(), score);
    if (at != seen.end() && *at == score) continue;
    if (seen.size() == 32) return false;
    seen.insert(at, score);
  }
  return true;
}

void Note(const Problem& problem, std::optional<Assignment> found, AtLevel& at) {
  if (!found) return;
  if (!at.assignment.empty() && Total(problem, at.assignment) >= Total(problem, *found)) return;
  at.assignment = *std::move(found);
  at.outcome = AtLevel::Outcome::kFound;
}

// The bound met: says so.
bool IsBest(const Problem& problem, AtLevel& at) {
  if (at.assignment.empty() && problem.theses() > 0) return false;
  if (Total(problem, at.assignment) < at.bound) return false;
  at.outcome = AtLevel::Outcome::kBest;
  at.is_proven_by_prices = true;
  return true;
}

void Search(const Problem& problem, const Choices& choices, Wanted wanted, const FairLimits& limits,
            bool is_coarse, AtLevel& at) {
  GapSearch search(problem, choices, at.prices.of, at.bound, wanted, limits);
  const auto total = [&]() -> std::optional<int64_t> {
    if (at.assignment.empty()) return std::nullopt;
    return Total(problem, at.assignment);
  };
  int64_t gap = std::max<int64_t>(0, at.bound / std::max(1, problem.theses()) / kFirstGapPart);
  gap -= gap % problem.step();
  if (total()) gap = std::min(gap, at.bound - *total());
  TreeLimits tree_limits;
  if (is_coarse) tree_limits.choices = kChoicesOfGrades;
  // It cannot tell that there is nothing at all.
  int trees_left = wanted == Wanted::kBest ? kTreesMax : 0;
  for (;;) {
    GapSearch::Answer answer;
    std::optional<TreeAnswer> found;
    if (trees_left > 0) {
      found = SearchTree(problem, choices, at.prices.of, at.bound, gap, total(), tree_limits);
      trees_left = found ? trees_left - 1 : 0;
    }
    if (found) {
      answer.assignment = std::move(found->assignment);
      answer.is_finished = true;
    } else {
      answer = search.Look(gap, total());
    }
    Note(problem, std::move(answer.assignment), at);
    if (!answer.is_finished || (wanted == Wanted::kAny && total())) return;
    const bool is_covered = total() && at.bound - *total() <= gap;
    if (is_covered || (answer.is_everything && total())) {
      at.outcome = AtLevel::Outcome::kBest;
      at.bound = *total();
      if (found) at.tree = std::move(found->tree);
      return;
    }
    if (answer.is_everything) {
      at.outcome = AtLevel::Outcome::kImpossible;
      return;
    }
    gap = total() ? at.bound - *total() : std::max(problem.step(), gap * kGapGrowth);
  }
}

}  // namespace

AtLevel BestAtLevel(const Problem& problem, const FlowResult& flow, int64_t level, Wanted wanted,
                    const FairLimits& limits) {
  AtLevel at;
  at.prices = {flow.reviewer_prices, level};
  for (int64_t& price : at.prices.of) price *= kPriceUnits;
  const Choices choices(problem, level);
  const auto take_bound = [&](const Relaxation& relaxation) {
    const std::optional<int64_t> bound = BoundByChoices(problem, choices, relaxation.prices());
    if (!bound || *bound > at.bound) return;
    at.bound = *bound;
    at.prices.of = relaxation.prices();
  };
  const std::optional<int64_t> first = BoundByChoices(problem, choices, at.prices.of);
  if (!first) {
    at.outcome = AtLevel::Outcome::kImpossible;
    at.is_proven_by_prices = true;
    return at;
  }
  at.bound = *first;
  Relaxation relaxation(problem, choices, flow);
  Relaxation::Outcome outcome = relaxation.Solve();
  const bool is_coarse = AreGrades(problem);
  for (const bool strengthened : {false, true}) {
    if (strengthened) {
      if (is_coarse || outcome != Relaxation::Outcome::kSolved) break;
      outcome = relaxation.Strengthen();
    }
    if (outcome == Relaxation::Outcome::kImpossible) {
      at.outcome = AtLevel::Outcome::kImpossible;
      at.is_proven_by_prices = true;
      at.prices.of = relaxation.prices();
      return at;
    }
    if (outcome != Relaxation::Outcome::kSolved) continue;
    take_bound(relaxation);
    Note(problem, relaxation.Whole(), at);
    if (IsBest(problem, at) || (wanted == Wanted::kAny && !at.assignment.empty())) return at;
  }
  const int64_t bound = at.bound;
  Search(problem, choices, wanted, limits, is_coarse, at);
  at.is_proven_by_prices = at.outcome == AtLevel::Outcome::kBest && at.bound == bound;
  if (at.is_proven_by_prices) at.tree.nodes.clear();
  return at;
}

}  // namespace soutenance::assignment::solver
