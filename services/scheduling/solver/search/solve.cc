#include "services/scheduling/solver/search/solve.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "services/scheduling/solver/constraints/catalogue.h"
#include "services/scheduling/solver/search/bound.h"
#include "services/scheduling/solver/search/brake.h"
#include "services/scheduling/solver/search/candidates.h"
#include "services/scheduling/solver/search/construct.h"
#include "services/scheduling/solver/search/fit.h"
#include "services/scheduling/solver/search/moves.h"
#include "services/scheduling/solver/search/portfolio.h"
#include "services/scheduling/solver/search/random.h"
#include "services/scheduling/solver/search/relaxation.h"
#include "services/scheduling/solver/search/state.h"

namespace soutenance::scheduling::solver {
namespace {

// One call of Solve, step by step: candidates, a first timetable, a bound, then the walks.
class Search {
 public:
  Search(const Problem& problem, const SolveParams& params, std::stop_token stop,
         absl::FunctionRef<void(const Progress&)> progress)
      : problem_(problem),
        params_(params),
        brake_(std::move(stop), params.time_limit),
        progress_(progress),
        rules_(problem),
        candidates_(problem, rules_, [this] { return brake_.Pulled(); }),
        fit_(problem),
        bound_(problem.DefenceCount()) {}

  SolveResult Run() {
    const Placements first = FirstTimetable();
    const int placed = placed_;
    // A complete timetable is its own bound.
    if (placed < problem_.DefenceCount() && candidates_.IsComplete()) {
      bound_ = std::max(placed, Relaxation(problem_, candidates_).Improve(kBoundWork, placed, [this] {
        return brake_.Pulled();
      }));
    }
    const bool can_move = candidates_.TotalCount() > 0;
    return can_move && !(first_score_ <= Target()) ? Walk(first) : Finish(first, standing_);
  }

 private:
  // The score that no timetable undercuts.
  Score Target() const {
    Score target;
    const RuleInForce& unplaced = problem_.rule(RuleId::kUnplaced);
    target.Add(unplaced.level, unplaced.weight * (problem_.DefenceCount() - bound_));
    return target;
  }

  Placements FirstTimetable() {
    Random random(Random::Derive(params_.seed, 0));
    const auto pulled = [this] { return brake_.Pulled(); };
    const Construction construction{problem_, rules_, candidates_, fit_, random, pulled};
    State state(problem_, rules_);
    if (!params_.start.empty()) TakeOver(construction, params_.start, &state);
    PlaceGreedily(construction, &state);
    Repair(construction, &state);
    if (params_.check != CheckEvery::kEnd) state.Verify();
    first_score_ = state.score();
    placed_ = state.timetable().PlacedCount();
    standing_ = {0, first_score_, brake_.Elapsed()};
    return state.timetable().placements();
  }

  SolveResult Walk(const Placements& first) {
    const Moves moves(problem_, candidates_, fit_);
    Portfolio portfolio({.walk = {.problem = problem_,
                                  .rules = rules_,
                                  .moves = moves,
                                  .seed = params_.seed,
                                  .target = Target(),
                                  .check = params_.check},
                         .move_limit = params_.move_limit,
                         .time_limit = params_.time_limit,
                         .threads = std::clamp(params_.threads, 1, 64),
                         .brake = brake_},
                        first, first_score_);
    Report(standing_);
    portfolio.Run([this](const Portfolio::Standing& standing) { Report(standing); });
    return Finish(portfolio.best(), portfolio.standing());
  }

  void Report(const Portfolio::Standing& standing) {
    const int64_t weight = problem_.rule(RuleId::kUnplaced).weight;
    const int placed = problem_.DefenceCount() - static_cast<int>(standing.best.unplaced() / weight);
    progress_({.elapsed = brake_.Elapsed(),
               .moves = standing.moves,
               .best = standing.best,
               .placed = placed,
               .placed_bound = bound_,
               .defence_count = problem_.DefenceCount()});
  }

  SolveResult Finish(const Placements& placements, const Portfolio::Standing& standing) {
    State state(problem_, rules_);
    state.Reset(placements);
    state.Verify();  // that no hard rule is broken
    if (state.score() != standing.best) {
      std::fprintf(stderr,
                   "The search counted %s, but its timetable costs %s. CheckEvery::kMove names the rule.\n",
                   standing.best.ToString().c_str(), state.score().ToString().c_str());
      std::abort();
    }
    Report(standing);
    Termination termination = Termination::kFeasible;
    if (state.score() <= Target()) {
      termination = Termination::kOptimal;
    } else if (brake_.StopRequested()) {
      termination = Termination::kCancelled;
    }
    return {.termination = termination,
            .best = state.timetable(),
            .score = state.score(),
            .placed_bound = bound_,
            .stats = {.elapsed = brake_.Elapsed(),
                      .time_to_best = standing.time_to_best,
                      .moves = standing.moves,
                      .candidate_count = candidates_.TotalCount()}};
  }

  const Problem& problem_;
  const SolveParams& params_;
  const Brake brake_;
  const absl::FunctionRef<void(const Progress&)> progress_;
  const RuleSet rules_;
  const Candidates candidates_;
  const Fit fit_;
  int bound_;
  int placed_ = 0;
  Score first_score_;
  Portfolio::Standing standing_;
};

}  // namespace

absl::string_view SolverVersion() { return "anneal-1"; }

SolveResult Solve(const Problem& problem, const SolveParams& params, std::stop_token stop,
                  absl::FunctionRef<void(const Progress&)> progress) {
  return Search(problem, params, std::move(stop), progress).Run();
}

}  // namespace soutenance::scheduling::solver
