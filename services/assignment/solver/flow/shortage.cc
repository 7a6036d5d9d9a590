#include "services/assignment/solver/flow/shortage.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace soutenance::assignment::solver {
namespace {

constexpr size_t kNamesMax = 8;

// A largest flow under changed needs and loads, without pins, and who can be reached from where it falls
// short.
class Residual {
 public:
  Residual(const Problem& problem, std::vector<int> needed, std::vector<int> most)
      : problem_(problem), needed_(std::move(needed)), most_(std::move(most)) {
    holds_.resize(needed_.size());
    load_.assign(most_.size(), 0);
    for (int t = 0; t < problem.theses(); ++t) {
      for (int i = 0; i < needed_[Index(t)]; ++i) {
        if (!Augment(t)) break;
      }
    }
  }

  int64_t missing() const {
    int64_t sum = 0;
    for (size_t t = 0; t < holds_.size(); ++t) sum += needed_[t] - static_cast<int64_t>(holds_[t].size());
    return sum;
  }
  int load(int reviewer) const { return load_[Index(reviewer)]; }
  bool IsMissing(int thesis) const {
    return static_cast<int>(holds_[Index(thesis)].size()) < needed_[Index(thesis)];
  }

  // From all theses that lack somebody: who could be exchanged for whom.
  void Reach() {
    Clear();
    for (int t = 0; t < problem_.theses(); ++t) {
      if (IsMissing(t)) Begin(t);
    }
    Spread([](int) { return false; });
  }
  const std::vector<bool>& reached_theses() const { return is_thesis_reached_; }
  const std::vector<bool>& reached_reviewers() const { return is_reviewer_reached_; }

  // One more place with a reviewer who was reached fills exactly one gap.
  void AddPlace(int reviewer) {
    ++most_[Index(reviewer)];
    Fill(reviewer);
  }
  void NeedOneFewer(int thesis) { --needed_[Index(thesis)]; }

 private:
  static size_t Index(int number) { return static_cast<size_t>(number); }

  bool IsOpen(int thesis, int reviewer) const {
    return problem_.MayReview(thesis, reviewer) && !problem_.IsPinned(thesis, reviewer) &&
           std::find(holds_[Index(thesis)].begin(), holds_[Index(thesis)].end(), reviewer) ==
               holds_[Index(thesis)].end();
  }

  void Clear() {
    is_thesis_reached_.assign(holds_.size(), false);
    is_reviewer_reached_.assign(load_.size(), false);
    from_.assign(load_.size(), -1);
    gave_.assign(holds_.size(), -1);
    queue_.clear();
  }
  void Begin(int thesis) {
    is_thesis_reached_[Index(thesis)] = true;
    queue_.push_back(thesis);
  }

  // Returns the first reviewer whom `is_end` takes, or -1 after everybody was reached.
  template <typename IsEnd>
  int Spread(IsEnd is_end) {
    if (held_by_.size() != load_.size()) held_by_.resize(load_.size());
    while (!queue_.empty()) {
      const int t = queue_.front();
      queue_.pop_front();
      for (int r = 0; r < problem_.reviewers(); ++r) {
        if (is_reviewer_reached_[Index(r)] || !IsOpen(t, r)) continue;
        is_reviewer_reached_[Index(r)] = true;
        from_[Index(r)] = t;
        if (is_end(r)) return r;
        for (const int other : held_by_[Index(r)]) {
          if (is_thesis_reached_[Index(other)]) continue;
          gave_[Index(other)] = r;
          Begin(other);
        }
      }
    }
    return -1;
  }

  bool Augment(int thesis) {
    Clear();
    Begin(thesis);
    const int end = Spread([this](int r) { return load_[Index(r)] < most_[Index(r)]; });
    if (end < 0) return false;
    Fill(end);
    return true;
  }

  // Along the way on which the reviewer was reached.
  void Fill(int reviewer) {
    ++load_[Index(reviewer)];
    for (int r = reviewer;;) {
      const int t = from_[Index(r)];
      holds_[Index(t)].push_back(r);
      held_by_[Index(r)].push_back(t);
      const int given = gave_[Index(t)];
      if (given < 0) return;
      std::vector<int>& holds = holds_[Index(t)];
      holds.erase(std::find(holds.begin(), holds.end(), given));
      std::vector<int>& theses = held_by_[Index(given)];
      theses.erase(std::find(theses.begin(), theses.end(), t));
      r = given;
    }
  }

  const Problem& problem_;
  std::vector<int> needed_;
  std::vector<int> most_;
  std::vector<std::vector<int>> holds_;
  std::vector<std::vector<int>> held_by_;
  std::vector<int> load_;
  std::vector<bool> is_thesis_reached_;
  std::vector<bool> is_reviewer_reached_;
  std::vector<int> from_;  // by reviewer: the thesis that reached it
  std::vector<int> gave_;  // by thesis: the reviewer it would give away; -1 where the way begins
  std::deque<int> queue_;
};

std::vector<int> NeededWithoutPins(const Problem& problem) {
  std::vector<int> needed;
  for (int t = 0; t < problem.theses(); ++t) {
    needed.push_back(problem.thesis(t).needed - static_cast<int>(problem.pinned(t).size()));
  }
  return needed;
}

std::vector<int> Numbers(const std::vector<bool>& chosen) {
  std::vector<int> numbers;
  for (size_t i = 0; i < chosen.size(); ++i) {
    if (chosen[i]) numbers.push_back(static_cast<int>(i));
  }
  return numbers;
}

std::optional<Shortage> TooManyPins(const Problem& problem) {
  Shortage shortage{.kind = Shortage::Kind::kPinned};
  const std::vector<int> needed = NeededWithoutPins(problem);
  for (int t = 0; t < problem.theses(); ++t) {
    if (needed[static_cast<size_t>(t)] < 0) shortage.theses.push_back(t);
  }
  for (int r = 0; r < problem.reviewers(); ++r) {
    if (problem.OpenPlaces(r) < 0) shortage.reviewers.push_back(r);
  }
  if (shortage.theses.empty() && shortage.reviewers.empty()) return std::nullopt;
  return shortage;
}

void Add(Shortage::Step step, std::vector<Shortage::Step>& steps) {
  for (Shortage::Step& known : steps) {
    if (known.kind != step.kind || known.number != step.number) continue;
    known.by += step.by;
    return;
  }
  steps.push_back(step);
}

// As few more places as there are reviewers missing, with those who have got the fewest so far; where nobody
// may help, fewer reviewers.
void FillGaps(const Problem& problem, Residual& residual, std::vector<Shortage::Step>& steps) {
  std::vector<int> added(static_cast<size_t>(problem.reviewers()), 0);
  while (residual.missing() > 0) {
    residual.Reach();
    int helper = -1;
    for (const int r : Numbers(residual.reached_reviewers())) {
      if (helper < 0 || added[static_cast<size_t>(r)] < added[static_cast<size_t>(helper)]) helper = r;
    }
    if (helper >= 0) {
      ++added[static_cast<size_t>(helper)];
      residual.AddPlace(helper);
      Add({Shortage::Step::Kind::kMorePlaces, helper, 1}, steps);
      continue;
    }
    int thesis = 0;
    while (!residual.IsMissing(thesis)) ++thesis;
    residual.NeedOneFewer(thesis);
    Add({Shortage::Step::Kind::kFewerReviewers, thesis, 1}, steps);
  }
}

std::optional<Shortage> TooFewPlaces(const Problem& problem, std::vector<Shortage::Step>& steps) {
  std::vector<int> most;
  for (int r = 0; r < problem.reviewers(); ++r) most.push_back(problem.OpenPlaces(r));
  const std::vector<int> needed = NeededWithoutPins(problem);
  Residual residual(problem, needed, most);
  if (residual.missing() == 0) return std::nullopt;
  residual.Reach();
  Shortage shortage{.kind = Shortage::Kind::kTooFewPlaces,
                    .theses = Numbers(residual.reached_theses()),
                    .reviewers = Numbers(residual.reached_reviewers())};
  for (const int t : shortage.theses) {
    shortage.needed += needed[static_cast<size_t>(t)];
    for (int r = 0; r < problem.reviewers(); ++r) {
      if (residual.reached_reviewers()[static_cast<size_t>(r)]) continue;
      if (problem.MayReview(t, r) && !problem.IsPinned(t, r) && problem.OpenPlaces(r) > 0)
        ++shortage.single_pairs;
    }
  }
  shortage.offered = shortage.single_pairs;
  for (const int r : shortage.reviewers) shortage.offered += most[static_cast<size_t>(r)];
  FillGaps(problem, residual, steps);
  return shortage;
}

// Idle reviewers cannot be reached from any thesis with room: they, the theses they could have, and whoever
// shares those theses.
std::optional<Shortage> TooMuchWork(const Problem& problem, std::vector<Shortage::Step>& steps) {
  std::vector<int> least;
  for (int r = 0; r < problem.reviewers(); ++r) {
    least.push_back(std::max(0, problem.reviewer(r).least - problem.PinsOf(r)));
  }
  const std::vector<int> needed = NeededWithoutPins(problem);
  Residual residual(problem, needed, least);
  Shortage shortage{.kind = Shortage::Kind::kTooMuchWork};
  int64_t idle = 0;
  for (int r = 0; r < problem.reviewers(); ++r) {
    const int by = least[static_cast<size_t>(r)] - residual.load(r);
    idle += by;
    if (by > 0) Add({Shortage::Step::Kind::kLessWork, r, by}, steps);
  }
  if (idle == 0) return std::nullopt;
  // From theses with room everything reached is well served; the rest is short.
  residual.Reach();
  std::vector<bool> is_short(static_cast<size_t>(problem.reviewers()));
  for (size_t r = 0; r < is_short.size(); ++r) is_short[r] = !residual.reached_reviewers()[r] && least[r] > 0;
  shortage.reviewers = Numbers(is_short);
  for (const int r : shortage.reviewers) shortage.needed += least[static_cast<size_t>(r)];
  for (int t = 0; t < problem.theses(); ++t) {
    int64_t pairs = 0;
    for (const int r : shortage.reviewers)
      pairs += problem.MayReview(t, r) && !problem.IsPinned(t, r) ? 1 : 0;
    if (residual.reached_theses()[static_cast<size_t>(t)]) {
      shortage.single_pairs += pairs;
    } else if (pairs > 0) {
      shortage.theses.push_back(t);
      shortage.offered += needed[static_cast<size_t>(t)];
    }
  }
  shortage.offered += shortage.single_pairs;
  return shortage;
}

std::string Few(std::vector<std::string> names) {
  if (names.size() <= kNamesMax) return absl::StrJoin(names, ", ");
  const size_t more = names.size() - kNamesMax;
  names.resize(kNamesMax);
  return absl::StrCat(absl::StrJoin(names, ", "), " and ", more, " more");
}

std::string Count(int64_t count, absl::string_view one, absl::string_view many) {
  return absl::StrCat(count, " ", count == 1 ? one : many);
}

std::string Theses(int64_t count) { return Count(count, "thesis", "theses"); }
std::string Reviewers(int64_t count) { return Count(count, "reviewer", "reviewers"); }

std::vector<std::string> ThesisKeys(const Problem& problem, const Shortage& shortage) {
  std::vector<std::string> names;
  for (const int t : shortage.theses) names.push_back(problem.thesis(t).key);
  return names;
}

std::string StepSentence(const Problem& problem, const Shortage::Step& step) {
  switch (step.kind) {
    case Shortage::Step::Kind::kMorePlaces:
      return absl::StrCat(Count(step.by, "more place", "more places"), " with ",
                          problem.reviewer(step.number).key);
    case Shortage::Step::Kind::kFewerReviewers:
      return absl::StrCat(step.by, " fewer for ", problem.thesis(step.number).key);
    case Shortage::Step::Kind::kLessWork:
      return absl::StrCat("at least ", problem.reviewer(step.number).least - step.by, " for ",
                          problem.reviewer(step.number).key);
  }
  return "";
}

std::string Pairs(const Shortage& shortage) {
  if (shortage.single_pairs == 0) return "";
  return absl::StrCat(", and ", Count(shortage.single_pairs, "single pair", "single pairs"), " with others");
}

}  // namespace

std::optional<Shortage> FindShortage(const Problem& problem) {
  if (std::optional<Shortage> pins = TooManyPins(problem)) return pins;
  std::vector<Shortage::Step> steps;
  std::optional<Shortage> places = TooFewPlaces(problem, steps);
  std::optional<Shortage> work = TooMuchWork(problem, steps);
  std::optional<Shortage> first = places ? std::move(places) : std::move(work);
  if (first) first->way_out = std::move(steps);
  return first;
}

std::string Sentence(const Problem& problem, const Shortage& shortage) {
  std::string sentence;
  std::vector<std::string> people;
  switch (shortage.kind) {
    case Shortage::Kind::kTooFewPlaces:
      for (const int r : shortage.reviewers) {
        if (problem.OpenPlaces(r) == 0) continue;
        people.push_back(absl::StrCat(problem.reviewer(r).key, " (", problem.OpenPlaces(r), ")"));
      }
      sentence = absl::StrCat(Theses(static_cast<int64_t>(shortage.theses.size())),
                              shortage.theses.size() == 1 ? " needs " : " need ", Reviewers(shortage.needed),
                              ": ", Few(ThesisKeys(problem, shortage)), ". ");
      if (shortage.reviewers.empty()) {
        absl::StrAppend(&sentence, "Only ", Count(shortage.offered, "pair is", "pairs are"), " allowed.");
      } else {
        absl::StrAppend(&sentence, Reviewers(static_cast<int64_t>(shortage.reviewers.size())),
                        " may have them, with ",
                        Count(shortage.offered - shortage.single_pairs, "place", "places"),
                        people.empty() ? "" : ": ", Few(people), Pairs(shortage), ".");
      }
      break;
    case Shortage::Kind::kTooMuchWork:
      for (const int r : shortage.reviewers) {
        people.push_back(absl::StrCat(problem.reviewer(r).key, " (", problem.reviewer(r).least, ")"));
      }
      sentence = absl::StrCat(Reviewers(static_cast<int64_t>(shortage.reviewers.size())), " must have ",
                              Theses(shortage.needed), " at least: ", Few(people), ". Those for them, ",
                              Theses(static_cast<int64_t>(shortage.theses.size())), ", need only ",
                              Reviewers(shortage.offered - shortage.single_pairs), Pairs(shortage), ".");
      break;
    case Shortage::Kind::kPinned: {
      for (const int t : shortage.theses) {
        people.push_back(absl::StrCat("thesis ", problem.thesis(t).key, " needs ", problem.thesis(t).needed,
                                      " and has ", problem.pinned(t).size(), " pinned"));
      }
      for (const int r : shortage.reviewers) {
        people.push_back(absl::StrCat("reviewer ", problem.reviewer(r).key, " takes ",
                                      problem.reviewer(r).most, " and has ", problem.PinsOf(r), " pinned"));
      }
      sentence = absl::StrCat("More is pinned than fits: ", Few(people), ".");
      break;
    }
  }
  if (shortage.way_out.empty()) return sentence;
  std::vector<std::string> steps;
  for (const Shortage::Step& step : shortage.way_out) steps.push_back(StepSentence(problem, step));
  return absl::StrCat(sentence, " It would be possible with ", Few(steps), ".");
}

bool IsTrue(const Problem& problem, const Shortage& shortage) {
  int64_t needed = 0;
  int64_t offered = 0;
  std::vector<bool> is_listed_thesis(static_cast<size_t>(problem.theses()), false);
  std::vector<bool> is_listed_reviewer(static_cast<size_t>(problem.reviewers()), false);
  for (const int t : shortage.theses) is_listed_thesis[static_cast<size_t>(t)] = true;
  for (const int r : shortage.reviewers) is_listed_reviewer[static_cast<size_t>(r)] = true;
  if (shortage.kind == Shortage::Kind::kPinned) {
    for (const int t : shortage.theses) {
      if (static_cast<int>(problem.pinned(t).size()) <= problem.thesis(t).needed) return false;
    }
    for (const int r : shortage.reviewers) {
      if (problem.OpenPlaces(r) >= 0) return false;
    }
    return !shortage.theses.empty() || !shortage.reviewers.empty();
  }
  const bool counts_places = shortage.kind == Shortage::Kind::kTooFewPlaces;
  for (const int t : shortage.theses) {
    const int open = problem.thesis(t).needed - static_cast<int>(problem.pinned(t).size());
    (counts_places ? needed : offered) += open;
  }
  for (const int r : shortage.reviewers) {
    if (counts_places) {
      offered += problem.OpenPlaces(r);
    } else {
      needed += std::max(0, problem.reviewer(r).least - problem.PinsOf(r));
    }
  }
  for (int t = 0; t < problem.theses(); ++t) {
    for (int r = 0; r < problem.reviewers(); ++r) {
      const bool is_listed_with_other =
          counts_places
              ? is_listed_thesis[static_cast<size_t>(t)] && !is_listed_reviewer[static_cast<size_t>(r)]
              : is_listed_reviewer[static_cast<size_t>(r)] && !is_listed_thesis[static_cast<size_t>(t)];
      if (is_listed_with_other && problem.MayReview(t, r) && !problem.IsPinned(t, r) &&
          (!counts_places || problem.OpenPlaces(r) > 0)) {
        ++offered;
      }
    }
  }
  return needed == shortage.needed && offered == shortage.offered && needed > offered;
}

}  // namespace soutenance::assignment::solver
