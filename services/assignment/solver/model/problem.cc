#include "services/assignment/solver/model/problem.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "services/base/error.h"

namespace soutenance::assignment::solver {
namespace {

// As many as help somebody who has to correct them.
constexpr size_t kFaultsMax = 100;

class Faults {
 public:
  void Add(std::string field, std::string description) {
    if (faults_.size() < kFaultsMax) faults_.push_back({std::move(field), std::move(description)});
  }
  absl::Status Result() && { return faults_.empty() ? absl::OkStatus() : InvalidFields(std::move(faults_)); }

 private:
  std::vector<FieldViolation> faults_;
};

template <typename Entity>
void CheckKeys(const std::vector<Entity>& entities, absl::string_view kind, Faults& faults) {
  absl::flat_hash_set<std::string> seen;
  for (size_t i = 0; i < entities.size(); ++i) {
    const std::string& key = entities[i].key;
    if (key.empty()) faults.Add(absl::StrCat(kind, " ", i + 1), "has no key");
    if (!seen.insert(key).second && !key.empty()) {
      faults.Add(absl::StrCat(kind, " ", key), "stands there twice; keys are unique");
    }
  }
}

void CheckNumbers(const ProblemSpec& spec, Faults& faults) {
  for (const ThesisSpec& thesis : spec.theses) {
    if (thesis.needed < 0 || thesis.needed > kReviewersMax) {
      faults.Add(absl::StrCat("thesis ", thesis.key),
                 absl::StrCat("needs ", thesis.needed, " reviewers; expected 0 to ", kReviewersMax));
    }
  }
  for (const ReviewerSpec& reviewer : spec.reviewers) {
    if (reviewer.least < 0 || reviewer.most < reviewer.least || reviewer.most > kThesesMax) {
      faults.Add(absl::StrCat("reviewer ", reviewer.key),
                 absl::StrCat("takes ", reviewer.least, " to ", reviewer.most,
                              " theses; expected the first at most the second, both 0 to ", kThesesMax));
    }
  }
  if (spec.scale < 1 || spec.scale > kScoreMax) {
    faults.Add("scale", absl::StrCat("is ", spec.scale, "; expected 1 to ", kScoreMax));
  }
}

void CheckScores(const ProblemSpec& spec, Faults& faults) {
  const size_t expected = spec.theses.size() * spec.reviewers.size();
  if (spec.scores.size() != expected) {
    faults.Add("scores", absl::StrCat("there are ", spec.scores.size(), "; expected ", expected,
                                      ", one for each thesis and reviewer"));
    return;
  }
  for (size_t i = 0; i < expected; ++i) {
    const Score score = spec.scores[i];
    if (score == kForbidden || (score >= -kScoreMax && score <= kScoreMax)) continue;
    faults.Add(absl::StrCat("score of thesis ", spec.theses[i / spec.reviewers.size()].key, " and reviewer ",
                            spec.reviewers[i % spec.reviewers.size()].key),
               absl::StrCat("is ", score, "; expected -", kScoreMax, " to ", kScoreMax));
  }
}

// REQUIRES: pins are sorted and the matrix has the right size.
void CheckPins(const ProblemSpec& spec, Faults& faults) {
  for (size_t i = 0; i < spec.pinned.size(); ++i) {
    const Pair& pin = spec.pinned[i];
    if (pin.thesis < 0 || pin.reviewer < 0 || static_cast<size_t>(pin.thesis) >= spec.theses.size() ||
        static_cast<size_t>(pin.reviewer) >= spec.reviewers.size()) {
      faults.Add("pin", absl::StrCat("of thesis ", pin.thesis, " and reviewer ", pin.reviewer,
                                     ": there is no such number"));
      continue;
    }
    const std::string field =
        absl::StrCat("pin of thesis ", spec.theses[static_cast<size_t>(pin.thesis)].key, " and reviewer ",
                     spec.reviewers[static_cast<size_t>(pin.reviewer)].key);
    const size_t at =
        static_cast<size_t>(pin.thesis) * spec.reviewers.size() + static_cast<size_t>(pin.reviewer);
    if (spec.scores[at] == kForbidden) faults.Add(field, "is forbidden as well; take one of the two back");
    if (i > 0 && spec.pinned[i - 1] == pin) faults.Add(field, "stands there twice");
  }
}

}  // namespace

absl::StatusOr<Problem> Problem::Create(ProblemSpec spec) {
  Faults faults;
  if (spec.theses.size() > kThesesMax || spec.reviewers.size() > kReviewersMax ||
      static_cast<int64_t>(spec.theses.size() * spec.reviewers.size()) > kPairsMax) {
    faults.Add("problem", absl::StrCat("has ", spec.theses.size(), " theses and ", spec.reviewers.size(),
                                       " reviewers; expected at most ", kThesesMax, ", ", kReviewersMax,
                                       ", and ", kPairsMax, " pairs"));
    return std::move(faults).Result();
  }
  CheckKeys(spec.theses, "thesis", faults);
  CheckKeys(spec.reviewers, "reviewer", faults);
  CheckNumbers(spec, faults);
  CheckScores(spec, faults);
  std::sort(spec.pinned.begin(), spec.pinned.end());
  if (spec.scores.size() == spec.theses.size() * spec.reviewers.size()) CheckPins(spec, faults);
  if (absl::Status faulty = std::move(faults).Result(); !faulty.ok()) return faulty;
  return Problem(std::move(spec));
}

Problem::Problem(ProblemSpec spec) : spec_(std::move(spec)) {
  for (const ThesisSpec& thesis : spec_.theses) needed_ += thesis.needed;
  first_pin_.assign(spec_.theses.size() + 1, 0);
  pins_of_.assign(spec_.reviewers.size(), 0);
  for (const Pair& pin : spec_.pinned) {
    ++first_pin_[static_cast<size_t>(pin.thesis) + 1];
    ++pins_of_[static_cast<size_t>(pin.reviewer)];
  }
  std::partial_sum(first_pin_.begin(), first_pin_.end(), first_pin_.begin());
  int64_t step = 0;
  for (const Score score : spec_.scores) {
    if (score != kForbidden) step = std::gcd(step, int64_t{score});
    if (step == 1) break;
  }
  step_ = std::max<int64_t>(step, 1);
}

absl::Span<const Score> Problem::scores(int thesis) const {
  return absl::MakeConstSpan(spec_.scores)
      .subspan(static_cast<size_t>(thesis) * spec_.reviewers.size(), spec_.reviewers.size());
}

absl::Span<const Pair> Problem::pinned(int thesis) const {
  const size_t first = first_pin_[static_cast<size_t>(thesis)];
  return absl::MakeConstSpan(spec_.pinned)
      .subspan(first, first_pin_[static_cast<size_t>(thesis) + 1] - first);
}

bool Problem::IsPinned(int thesis, int reviewer) const {
  const absl::Span<const Pair> pins = pinned(thesis);
  return std::binary_search(pins.begin(), pins.end(), Pair{thesis, reviewer});
}

}  // namespace soutenance::assignment::solver
