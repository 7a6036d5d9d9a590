#include "services/scheduling/solver/search/solve.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "services/scheduling/solver/constraints/catalogue.h"
#include "services/scheduling/solver/exact/block_prover.h"
#include "services/scheduling/solver/exact/blocks.h"
#include "services/scheduling/solver/exact/floors.h"
#include "services/scheduling/solver/exact/prover.h"
#include "services/scheduling/solver/search/bound.h"
#include "services/scheduling/solver/search/brake.h"
#include "services/scheduling/solver/search/candidates.h"
#include "services/scheduling/solver/search/construct.h"
#include "services/scheduling/solver/search/fit.h"
#include "services/scheduling/solver/search/moves.h"
#include "services/scheduling/solver/search/parts.h"
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
      const auto pulled = [this] { return brake_.Pulled(); };
      Relaxation relaxation(problem_, candidates_, pulled);
      bound_ = std::max(placed, relaxation.Improve(kBoundWork, placed, pulled));
    }
    FindFloors();
    const bool can_move = candidates_.TotalCount() > 0;
    return can_move && !(first_score_ <= target_) ? Walk(first) : Finish(first, standing_);
  }

 private:
  // What each rule costs at least where as many are placed as can be.
  void FindFloors() {
    floors_.clear();
    for (const RuleSet::Entry& entry : rules_.entries()) {
      const bool is_known = IsWish(entry.rule.level) && candidates_.IsComplete() && !brake_.Pulled();
      floors_.push_back(is_known ? FloorOf(problem_, candidates_, entry, bound_) : 0);
    }
    SetTarget();
  }

  // The score that no timetable undercuts: whatever places fewer is worse at the level of the unplaced.
  void SetTarget() {
    target_ = Score();
    for (std::size_t i = 0; i < floors_.size(); ++i) {
      const RuleInForce& rule = rules_.entries()[i].rule;
      target_.Add(rule.level, rule.weight * floors_[i]);
    }
    const RuleInForce& unplaced = problem_.rule(RuleId::kUnplaced);
    target_.Add(unplaced.level, unplaced.weight * (problem_.DefenceCount() - bound_));
    if (blocks_level_) {
      int64_t& points = target_.points[static_cast<std::size_t>(*blocks_level_) - 1];
      points = std::max(points, blocks_least_);
    }
    target_ = std::max(target_, parts_target_);
  }

  // What a prover may know of a timetable with `score`.
  Prover::Known KnownOf(const Score& score) const {
    const int64_t weight = problem_.rule(RuleId::kUnplaced).weight;
    Prover::Known known{
        problem_.DefenceCount() - static_cast<int>(score.unplaced() / weight), std::nullopt, {}};
    known.comings = PenaltyIn(score, RuleId::kBackToBack);
    known.load = PenaltyIn(score, RuleId::kSquaredLoad);
    return known;
  }

  // What a rule costs in `score`, if it is the only one at its level.
  std::optional<int64_t> PenaltyIn(const Score& score, RuleId id) const {
    const RuleInForce& rule = problem_.rule(id);
    const auto shares_level = [&](const RuleSet::Entry& entry) {
      return entry.rule.level == rule.level && entry.rule.id != id;
    };
    if (!rule.IsOn() || std::any_of(rules_.entries().begin(), rules_.entries().end(), shares_level)) {
      return std::nullopt;
    }
    return score.points[static_cast<std::size_t>(rule.level) - 1] / rule.weight;
  }

  void Take(const Prover::Bounds& bounds) {
    if (bounds.placed != bound_) {
      bound_ = bounds.placed;
      FindFloors();
    }
    for (std::size_t i = 0; i < floors_.size(); ++i) {
      const RuleId rule = rules_.entries()[i].rule.id;
      if (rule == RuleId::kBackToBack) floors_[i] = std::max(floors_[i], bounds.comings_least);
      if (rule == RuleId::kSquaredLoad) floors_[i] = std::max(floors_[i], bounds.load_least);
    }
    SetTarget();
  }

  // What is proven quickly is known before the walks begin, if it takes a small part of the time.
  void AwaitQuick(const Prover& prover) const {
    constexpr absl::Duration kMost = absl::Milliseconds(300);
    constexpr absl::Duration kPoll = absl::Milliseconds(10);
    absl::Duration left = params_.time_limit ? std::min(kMost, *params_.time_limit / 20) : kMost;
    while (left > absl::ZeroDuration() && !brake_.Pulled() && !prover.AwaitQuick(kPoll)) left -= kPoll;
  }

  // Makes what a prover has found so far known to the walks, and the other way round.
  void Meet(Prover& prover, Portfolio* portfolio) {
    Take(prover.bounds());
    portfolio->SetTarget(target_);
    Offer(prover.TakeOffer(), portfolio);
    Prover::Known known = KnownOf(portfolio->best_score());
    known.placements = portfolio->best();
    prover.Tell(known);
  }

  // The models do not know every rule: what they broke is put right.
  std::pair<Placements, Score> Repaired(const Placements& offer) const {
    State state(problem_, rules_);
    Random random(Random::Derive(params_.seed, 0));
    const auto pulled = [this] { return brake_.Pulled(); };
    const Construction construction{problem_, rules_, candidates_, fit_, random, pulled};
    TakeOver(construction, offer, &state);
    PlaceGreedily(construction, &state);
    return {state.timetable().placements(), state.score()};
  }

  void Offer(const std::optional<Placements>& offer, Portfolio* portfolio) {
    if (!offer) return;
    const auto [placements, score] = Repaired(*offer);
    portfolio->Offer(placements, score);
  }

  // What a timetable costs at the level of blocks; those with a defence unplaced are no measure.
  int64_t AtBlocksLevel(const Score& score) const {
    if (score.unplaced() > 0) return std::numeric_limits<int64_t>::max() / 2;
    return score.points[static_cast<std::size_t>(*blocks_level_) - 1];
  }

  void Meet(BlockProver& prover, Portfolio* portfolio) {
    blocks_least_ = prover.bound();
    SetTarget();
    portfolio->SetTarget(target_);
    Offer(prover.TakeOffer(), portfolio);
    prover.Tell(AtBlocksLevel(portfolio->best_score()));
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
    standing_ = {0, first_score_, brake_.Elapsed(), brake_.Elapsed()};
    return state.timetable().placements();
  }

  SolveResult Walk(const Placements& first) {
    const auto pulled = [this] { return brake_.Pulled(); };
    const std::vector<std::unique_ptr<Part>> parts = candidates_.IsComplete()
                                                         ? SplitIntoParts(problem_, candidates_, pulled)
                                                         : std::vector<std::unique_ptr<Part>>();
    return parts.empty() ? WalkWhole(first) : WalkParts(first, parts);
  }

  // A proof takes one thread, and the time it takes is no one's to tell: not if moves are counted. Returns
  // how many threads less there are for the walks.
  int StartToProve(std::optional<Prover>* prover) {
    const Prover::Bounds sure{bound_, FloorOfComings()};
    if (params_.move_limit || !candidates_.IsComplete() ||
        !Prover::IsOfUse(problem_, candidates_, KnownOf(first_score_), sure)) {
      return 0;
    }
    std::optional<absl::Duration> time;
    if (params_.time_limit) time = *params_.time_limit - brake_.Elapsed();
    prover->emplace(problem_, candidates_, KnownOf(first_score_), sure, time);
    if (!problem_.HasOpenSeats()) return ThreadCount() > 1 ? 1 : 0;
    // Mostly that is all: so all threads walk.
    AwaitQuick(**prover);
    Take((*prover)->bounds());
    return 0;
  }

  SolveResult WalkWhole(const Placements& first) {
    const Moves moves(problem_, candidates_, fit_);
    std::optional<Prover> prover;
    int threads = ThreadCount() - StartToProve(&prover);
    std::optional<BlockProver> block_prover;
    if (!prover && !params_.move_limit && candidates_.IsComplete() && bound_ == problem_.DefenceCount()) {
      if (std::optional<BlockModel> model = BlockModel::Of(problem_, candidates_, rules_)) {
        std::optional<absl::Duration> time;
        if (params_.time_limit) time = *params_.time_limit - brake_.Elapsed();
        blocks_level_ = model->level();
        block_prover.emplace(*std::move(model), AtBlocksLevel(first_score_), time);
        threads = std::max(1, threads - 1);
      }
    }
    Portfolio::Setup setup = EmptySetup(threads);
    setup.regions.push_back({.walk = {.problem = problem_,
                                      .rules = rules_,
                                      .moves = moves,
                                      .seed = params_.seed,
                                      .target = target_,
                                      .check = params_.check},
                             .start = first,
                             .score = first_score_});
    Portfolio portfolio(std::move(setup), standing_);
    Report(standing_);
    portfolio.Run([this](const Portfolio::Standing& standing) { Report(standing); },
                  [&] {
                    if (prover) Meet(*prover, &portfolio);
                    if (block_prover) Meet(*block_prover, &portfolio);
                  });
    return Finish(portfolio.best(), portfolio.standing());
  }

  // What a walk in one part needs.
  struct PartScene {
    explicit PartScene(const Part& of)
        : part(of),
          rules(of.problem),
          candidates(of.problem, rules),
          fit(of.problem),
          moves(of.problem, candidates, fit) {}

    const Part& part;
    const RuleSet rules;
    const Candidates candidates;
    const Fit fit;
    const Moves moves;
  };

  SolveResult WalkParts(const Placements& first, const std::vector<std::unique_ptr<Part>>& parts) {
    std::vector<std::unique_ptr<PartScene>> scenes;
    Portfolio::Setup setup = EmptySetup(ThreadCount());
    for (const std::unique_ptr<Part>& part : parts) {
      if (brake_.Pulled()) return Finish(first, standing_);
      auto made = std::make_unique<PartScene>(*part);
      // Where nothing can be placed nothing can be moved.
      if (made->candidates.TotalCount() == 0) continue;
      scenes.push_back(std::move(made));
      const PartScene& scene = *scenes.back();
      const Placements own = part->From(first);
      const Score score = scene.rules.Evaluate(Timetable(part->problem, own));
      setup.regions.push_back({.walk = {.problem = part->problem,
                                        .rules = scene.rules,
                                        .moves = scene.moves,
                                        .seed = params_.seed,
                                        .target = TargetOf(scene, score),
                                        .check = params_.check},
                               .start = own,
                               .score = score});
    }
    if (scenes.empty()) return Finish(first, standing_);
    // Parts are proven by themselves: together they may prove more than the whole.
    Score sum;
    for (const Portfolio::Region& region : setup.regions) sum += region.walk.target;
    if (first_score_.unplaced() == 0) parts_target_ = sum;
    SetTarget();
    std::optional<Prover> prover;
    setup.threads -= StartToProve(&prover);
    Portfolio portfolio(std::move(setup), standing_);
    Report(standing_);
    const auto best = [&] {
      Placements whole = first;
      for (std::size_t i = 0; i < scenes.size(); ++i) scenes[i]->part.Into(portfolio.best(i), &whole);
      return whole;
    };
    portfolio.Run([this](const Portfolio::Standing& standing) { Report(standing); },
                  [&] {
                    if (!prover) return;
                    Take(prover->bounds());
                    if (const std::optional<Placements> offer = prover->TakeOffer()) {
                      const Placements whole = Repaired(*offer).first;
                      for (std::size_t i = 0; i < scenes.size(); ++i) Offer(*scenes[i], whole, i, &portfolio);
                    }
                    if (portfolio.standing().best <= target_) portfolio.End();
                    Prover::Known known = KnownOf(portfolio.standing().best);
                    known.placements = best();
                    prover->Tell(known);
                  });
    return Finish(best(), portfolio.standing());
  }

  static void Offer(const PartScene& scene, const Placements& whole, std::size_t region,
                    Portfolio* portfolio) {
    const Placements own = scene.part.From(whole);
    portfolio->Offer(own, scene.rules.Evaluate(Timetable(scene.part.problem, own)), region);
  }

  // The score that no timetable of a part undercuts, as far as it is known: where all are placed.
  Score TargetOf(const PartScene& scene, const Score& score) const {
    Score target;
    if (score.unplaced() > 0) return target;
    for (const RuleSet::Entry& entry : scene.rules.entries()) {
      if (!IsWish(entry.rule.level)) continue;
      const int64_t floor =
          FloorOf(scene.part.problem, scene.candidates, entry, scene.part.problem.DefenceCount());
      target.Add(entry.rule.level, entry.rule.weight * floor);
    }
    return target;
  }

  int ThreadCount() const { return std::clamp(params_.threads, 1, 64); }

  Portfolio::Setup EmptySetup(int threads) const {
    return {.regions = {},
            .move_limit = params_.move_limit,
            .time_limit = params_.time_limit,
            .threads = threads,
            .brake = brake_};
  }

  int64_t FloorOfComings() const {
    for (std::size_t i = 0; i < floors_.size(); ++i) {
      if (rules_.entries()[i].rule.id == RuleId::kBackToBack) return floors_[i];
    }
    return 0;
  }

  void Report(const Portfolio::Standing& standing) {
    const int64_t weight = problem_.rule(RuleId::kUnplaced).weight;
    const int placed = problem_.DefenceCount() - static_cast<int>(standing.best.unplaced() / weight);
    progress_({.elapsed = brake_.Elapsed(),
               .moves = standing.moves,
               .best = standing.best,
               .placed = placed,
               .placed_bound = bound_,
               .bound = target_,
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
    if (state.score() <= target_) {
      termination = Termination::kOptimal;
    } else if (brake_.StopRequested()) {
      termination = Termination::kCancelled;
    }
    return {.termination = termination,
            .best = state.timetable(),
            .score = state.score(),
            .placed_bound = bound_,
            .bound = target_,
            .stats = {.elapsed = brake_.Elapsed(),
                      .time_to_best = standing.time_to_best,
                      .time_to_placed = standing.time_to_placed,
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
  std::vector<int64_t> floors_;            // by entry of rules_
  std::optional<RuleLevel> blocks_level_;  // where a BlockProver is at work
  int64_t blocks_least_ = 0;
  Score parts_target_;  // of all parts together
  Score target_;
  Score first_score_;
  Portfolio::Standing standing_;
};

}  // namespace

absl::string_view SolverVersion() { return "anneal-5"; }

SolveResult Solve(const Problem& problem, const SolveParams& params, std::stop_token stop,
                  absl::FunctionRef<void(const Progress&)> progress) {
  return Search(problem, params, std::move(stop), progress).Run();
}

}  // namespace soutenance::scheduling::solver
