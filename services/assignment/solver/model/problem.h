#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_MODEL_PROBLEM_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_MODEL_PROBLEM_H_

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

namespace soutenance::assignment::solver {

// How well a reviewer suits a thesis, as an integer in units of 1 / Problem::scale(): sums are exact.
using Score = int32_t;

// In place of a score: this reviewer may not have this thesis, be it a conflict or a decision.
inline constexpr Score kForbidden = std::numeric_limits<Score>::min();
inline constexpr Score kScoreMax = 1'000'000'000;

// What a problem may hold at most.
inline constexpr int kThesesMax = 100'000;
inline constexpr int kReviewersMax = 100'000;
inline constexpr int64_t kPairsMax = 200'000'000;

struct ThesisSpec {
  std::string key;
  int needed = 1;  // reviewers, not one less or more
};

struct ReviewerSpec {
  std::string key;
  int least = 0;  // theses
  int most = 0;
};

// A thesis and a reviewer, by number.
struct Pair {
  int thesis;
  int reviewer;

  friend bool operator==(const Pair&, const Pair&) = default;
  friend auto operator<=>(const Pair&, const Pair&) = default;
};

struct ProblemSpec {
  std::vector<ThesisSpec> theses;
  std::vector<ReviewerSpec> reviewers;
  int64_t scale = 1;
  // By thesis, then by reviewer: -kScoreMax to kScoreMax, or kForbidden.
  std::vector<Score> scores;
  // Reviewers who have a thesis whatever else; a score stands there.
  std::vector<Pair> pinned;
};

// Who may review what, and how well it suits. Immutable and checked; theses and reviewers are numbered from 0
// in the order of the spec. Safe for concurrent use.
class Problem {
 public:
  // INVALID_ARGUMENT with a violation for each fault: keys that are empty or appear twice, numbers out of
  // range, a matrix of another size, pins that do not exist, are forbidden, or are twice the same. Whether
  // loads and needs can be met is not asked here.
  static absl::StatusOr<Problem> Create(ProblemSpec spec);

  int theses() const { return static_cast<int>(spec_.theses.size()); }
  int reviewers() const { return static_cast<int>(spec_.reviewers.size()); }
  const ThesisSpec& thesis(int number) const { return spec_.theses[static_cast<size_t>(number)]; }
  const ReviewerSpec& reviewer(int number) const { return spec_.reviewers[static_cast<size_t>(number)]; }
  int64_t scale() const { return spec_.scale; }

  // The scores of a thesis, by reviewer.
  absl::Span<const Score> scores(int thesis) const;
  Score score(int thesis, int reviewer) const { return scores(thesis)[static_cast<size_t>(reviewer)]; }
  bool MayReview(int thesis, int reviewer) const { return score(thesis, reviewer) != kForbidden; }

  // In ascending order.
  const std::vector<Pair>& pinned() const { return spec_.pinned; }
  absl::Span<const Pair> pinned(int thesis) const;
  bool IsPinned(int thesis, int reviewer) const;
  // How many theses a reviewer has by pins, and how many more are allowed; negative if there are too many
  // pins.
  int PinsOf(int reviewer) const { return pins_of_[static_cast<size_t>(reviewer)]; }
  int OpenPlaces(int reviewer) const { return this->reviewer(reviewer).most - PinsOf(reviewer); }

  // The sum of what the theses need.
  int64_t needed() const { return needed_; }
  // The greatest number that divides every score, so that totals are multiples of it; at least 1.
  int64_t step() const { return step_; }

  // The spec again, to change it.
  const ProblemSpec& spec() const { return spec_; }

 private:
  explicit Problem(ProblemSpec spec);

  ProblemSpec spec_;
  std::vector<size_t> first_pin_;  // by thesis, and the end
  std::vector<int> pins_of_;       // by reviewer
  int64_t needed_ = 0;
  int64_t step_ = 1;
};

}  // namespace soutenance::assignment::solver

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_MODEL_PROBLEM_H_
