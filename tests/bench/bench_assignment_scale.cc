// Reviewers for generated conferences of the sizes of the large ones, and the juries of a programme. Topics
// of theses and of people are drawn from a gamma distribution, scores are the cosines of their angles (as is
// done where real scores are not public).

#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/assignment/solver/check/bound.h"
#include "services/assignment/solver/check/check.h"
#include "services/assignment/solver/fair/fairest.h"
#include "services/assignment/solver/flow/best_total.h"
#include "services/assignment/solver/flow/repair.h"
#include "tests/bench/generated_programme.h"

namespace {

using namespace soutenance::assignment::solver;  // NOLINT: measures the engine

constexpr int kTopics = 25;
constexpr double kShape = 0.3;
constexpr int kNeeded = 3;

using Topics = std::vector<float>;

std::vector<Topics> Draw(int count, std::mt19937& random) {
  std::gamma_distribution<double> gamma(kShape);
  std::vector<Topics> all(static_cast<size_t>(count), Topics(kTopics));
  for (Topics& topics : all) {
    double squares = 0;
    for (float& topic : topics) {
      topic = static_cast<float>(gamma(random));
      squares += static_cast<double>(topic) * static_cast<double>(topic);
    }
    for (float& topic : topics) topic /= static_cast<float>(std::sqrt(squares));
  }
  return all;
}

Problem Generate(int theses, int people, uint32_t seed) {
  std::mt19937 random(seed);
  const std::vector<Topics> of_theses = Draw(theses, random);
  const std::vector<Topics> of_people = Draw(people, random);
  ProblemSpec spec;
  spec.scale = kScoreMax;
  spec.scores.reserve(static_cast<size_t>(theses) * static_cast<size_t>(people));
  // A fifth more places than are needed, at least 6 each.
  const int most = std::max(6, (kNeeded * theses * 6 / 5 + people - 1) / people);
  for (int r = 0; r < people; ++r) spec.reviewers.push_back({absl::StrCat("r", r), 0, most});
  for (int t = 0; t < theses; ++t) {
    spec.theses.push_back({absl::StrCat("t", t), kNeeded});
    for (const Topics& person : of_people) {
      float score = 0;
      for (size_t i = 0; i < kTopics; ++i) score += of_theses[static_cast<size_t>(t)][i] * person[i];
      const float bounded = std::min(score, 1.0F);
      spec.scores.push_back(static_cast<Score>(static_cast<double>(bounded) * kScoreMax));
    }
  }
  return *Problem::Create(std::move(spec));
}

double Seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Of the whole program so far.
long PeakMebibytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

double Decimal(const Problem& problem, int64_t units) {
  return static_cast<double>(units) / static_cast<double>(problem.scale());
}

// False if the checker refuses it.
bool Print(const Problem& problem, const char* aim, const Assignment& assignment, int64_t bound,
           const std::string& level, double seconds) {
  const int64_t total = Total(problem, assignment);
  const bool is_legal = Check(problem, assignment).empty() && total <= bound;
  const double gap = Decimal(problem, bound - total);
  std::printf("%6d x %-6d %-7s total %.6f %s worst-off %.6f%s  %.2f s  %ld MiB%s\n", problem.theses(),
              problem.reviewers(), aim, Decimal(problem, total),
              gap == 0 ? "(proven)" : absl::StrCat("(gap at most ", gap, ")").c_str(),
              Decimal(problem, WorstOff(problem, assignment)), level.c_str(), seconds, PeakMebibytes(),
              is_legal ? "" : "  REFUSED by the checker");
  std::fflush(stdout);
  return is_legal;
}

bool MeasureTotal(const Problem& problem) {
  const double begin = Seconds();
  const std::optional<BestAssignment> best = FindBestTotal(problem);
  const double seconds = Seconds() - begin;
  if (!best) return false;
  const std::optional<int64_t> bound = BoundOf(problem, best->prices);
  return bound && Print(problem, "total", best->assignment, *bound, "", seconds);
}

bool MeasureFair(const Problem& problem) {
  const double begin = Seconds();
  const std::optional<FairAssignment> fair = FindFairest(problem);
  const double seconds = Seconds() - begin;
  if (!fair) return false;
  const std::string level = fair->level == fair->level_bound
                                ? " (proven)"
                                : absl::StrCat(" (at most ", Decimal(problem, fair->level_bound), ")");
  return Print(problem, "fair", fair->assignment, fair->total_bound, level, seconds);
}

// The reviewer with the most theses withdraws.
bool MeasureWithdrawal(const Problem& problem) {
  const std::optional<BestAssignment> best = FindBestTotal(problem);
  if (!best) return false;
  const std::vector<int> loads = Loads(problem, best->assignment);
  const size_t gone = static_cast<size_t>(std::max_element(loads.begin(), loads.end()) - loads.begin());
  std::vector<Pair> held;
  for (int t = 0; t < problem.theses(); ++t) {
    for (const int r : best->assignment[static_cast<size_t>(t)]) held.push_back({t, r});
  }
  ProblemSpec spec = problem.spec();
  spec.reviewers[gone].most = 0;
  const Problem after = *Problem::Create(std::move(spec));
  const double begin = Seconds();
  const std::optional<Repaired> repaired = Repair(after, held);
  const double seconds = Seconds() - begin;
  if (!repaired || !Check(after, repaired->assignment).empty()) return false;
  std::printf("%6d x %-6d withdrawal of %d places: %zu changes  %.2f s\n", problem.theses(),
              problem.reviewers(), loads[gone], repaired->added.size(), seconds);
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Measures the assignment engine on generated problems.", "bench_assignment_scale");
  uint32_t seed = 1;
  app.add_option("--seed", seed, "Of the generator")->capture_default_str();
  bool only_juries = false;
  app.add_flag("--juries", only_juries, "Only the juries of a programme");
  double seconds = 4.5;
  app.add_option("--seconds", seconds, "For the juries of a programme at most")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  bool is_well =
      soutenance::bench::MeasureProgramme(seed, seconds) && soutenance::bench::MeasureShortage(seed);
  if (only_juries) return is_well ? 0 : 1;
  {
    const Problem problem = Generate(2'600, 1'400, seed);
    is_well = MeasureTotal(problem) && MeasureWithdrawal(problem) && MeasureFair(problem) && is_well;
  }
  is_well = MeasureTotal(Generate(10'000, 2'000, seed)) && is_well;
  is_well = MeasureFair(Generate(10'000, 5'900, seed)) && is_well;
  return is_well ? 0 : 1;
}
