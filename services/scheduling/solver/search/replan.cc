#include "services/scheduling/solver/search/replan.h"

#include <algorithm>
#include <utility>

#include "services/scheduling/solver/constraints/catalogue.h"
#include "services/scheduling/solver/search/brake.h"
#include "services/scheduling/solver/search/candidates.h"
#include "services/scheduling/solver/search/eject.h"
#include "services/scheduling/solver/search/fit.h"
#include "services/scheduling/solver/search/random.h"
#include "services/scheduling/solver/search/state.h"

namespace soutenance::scheduling::solver {
namespace {

// One look at all places: how many candidates are tried at a step (0: all), how many may be taken out, and
// the share of the limit after which it must end.
struct Pass {
  int width;
  int taken_out_max;
  double until;
};
constexpr Pass kPasses[] = {{3, 3, 0.12}, {8, 5, 0.25}, {0, 12, 0.40}};
constexpr double kUntilLocal = 0.55;
constexpr double kUntilSolve = 0.70;
constexpr double kUntilLocalAgain = 0.92;
constexpr double kUntilPolished = 0.95;

constexpr int64_t kWorkOfLocal = 40'000;
constexpr int kLocalWithoutGain = 60;
constexpr std::size_t kLocalMost = 4;  // defences opened together
constexpr absl::Duration kReportedEvery = absl::Milliseconds(100);
constexpr std::size_t kOpenMost = 300;
constexpr int64_t kNoLimit = int64_t{1} << 60;

// One call of Replan, step by step.
class Replanner {
 public:
  Replanner(const Problem& problem, const ReplanParams& params, std::stop_token stop,
            absl::FunctionRef<void(const Progress&)> progress)
      : problem_(problem),
        params_(params),
        stop_(stop),
        brake_(std::move(stop), params.time_limit),
        progress_(progress),
        rules_(problem),
        candidates_(problem, rules_, [this] { return brake_.Pulled(); }),
        fit_(problem),
        published_(PublishedPlacements(problem, params.holders)),
        ejection_(problem, candidates_, fit_, published_),
        random_(Random::Derive(params.seed, 0)) {}

  ReplanResult Run() {
    KeepWhatCanStay();
    best_ = kept_;
    cost_ = ejection_.CostOf(best_);
    if (!open_.empty()) {
      LookEverywhere();
      if (!is_minimal_) Improve();
      Polish();
    } else {
      is_minimal_ = candidates_.IsComplete();
    }
    return Finish();
  }

 private:
  // Takes over what is published as far as it holds together: what is pinned first, then by key.
  void KeepWhatCanStay() {
    Timetable timetable(problem_);
    std::vector<std::pair<bool, DefenceId>> order;
    ForEachId<DefenceId>(problem_.DefenceCount(),
                         [&](DefenceId id) { order.emplace_back(problem_.defence(id).pin.IsEmpty(), id); });
    std::sort(order.begin(), order.end());
    std::vector<bool> hit(problem_.defences().size());
    Defences blockers;
    for (const auto& [is_free, id] : order) {
      const std::optional<Placement>& at = published_[Index(id)];
      const bool is_legal = at && candidates_.Allows(id, *at);
      if (is_legal && fit_.Fits(timetable, {}, id, *at)) {
        timetable.Apply({{id, at}});
        continue;
      }
      open_.push_back(id);
      hit[Index(id)] = true;
      if (!is_legal) continue;
      has_conflicts_ = true;
      fit_.FindBlockers(timetable, {}, id, *at, kNoBlockers, random_, &blockers);
      for (const DefenceId blocker : blockers) hit[Index(blocker)] = true;
    }
    kept_ = timetable.placements();
    ForEachId<DefenceId>(problem_.DefenceCount(), [&](DefenceId id) {
      if (hit[Index(id)]) hit_.push_back(id);
    });
  }

  // Whether the search is at the share `until` of its limits, or told to stop.
  bool IsOver(double until) const {
    if (brake_.Pulled()) return true;
    if (params_.work_limit && static_cast<double>(work_) >= until * static_cast<double>(*params_.work_limit))
      return true;
    return params_.time_limit && brake_.Elapsed() >= ShareOfTime(until) * *params_.time_limit;
  }
  // Where work is limited, too, it is what the parts of the search share; time only ends all of it.
  double ShareOfTime(double until) const { return params_.work_limit ? 1 : until; }
  int64_t WorkUntil(double until) const {
    if (!params_.work_limit) return kNoLimit;
    const double left = until * static_cast<double>(*params_.work_limit) - static_cast<double>(work_);
    return std::max<int64_t>(1, static_cast<int64_t>(left));
  }

  // Returns whether nothing better exists.
  bool Look(const Placements& from, absl::Span<const DefenceId> open, const Ejection::Limits& limits,
            double until) {
    Ejection::Outcome outcome = ejection_.Run(from, open, Ejection::Count::kDisturbance, cost_, limits,
                                              random_, [this, until] { return IsOver(until); });
    work_ += outcome.work;
    if (outcome.better) Keep(*std::move(outcome.better), outcome.cost);
    return outcome.is_proven;
  }

  void Keep(Placements placements, const ChangeCost& cost) {
    best_ = std::move(placements);
    cost_ = cost;
    time_to_best_ = brake_.Elapsed();
    if (time_to_best_ - reported_ >= kReportedEvery) Report();
  }

  void LookEverywhere() {
    // Each may be as deep as there are open ones.
    if (open_.size() > kOpenMost) return;
    for (const Pass& pass : kPasses) {
      if (IsOver(pass.until)) continue;
      is_minimal_ =
          Look(kept_, open_,
               {.width = pass.width, .taken_out_max = pass.taken_out_max, .work = WorkUntil(pass.until)},
               pass.until) &&
          candidates_.IsComplete();
      if (is_minimal_) return;
    }
  }

  // Without a proof: a few of the changed defences at a time, and the search at large for what has no place.
  void Improve() {
    LookLocally(kUntilLocal);
    if (IsAllPlaced() || IsOver(kUntilLocal + 0.02)) return;
    SolveForUnplaced();
    LookLocally(kUntilLocalAgain);
  }

  // Whether everything has a place that can have one at all.
  bool IsAllPlaced() const { return cost_.unplaced == problem_.DefenceCount() - PlaceableCount(); }

  std::vector<DefenceId> Changed() const {
    std::vector<DefenceId> changed;
    ForEachId<DefenceId>(problem_.DefenceCount(), [&](DefenceId id) {
      const bool same = best_[Index(id)] && best_[Index(id)] == published_[Index(id)];
      if (!same && candidates_.StartCount(id) > 0) changed.push_back(id);
    });
    return changed;
  }

  void LookLocally(double until) {
    std::vector<DefenceId> changed = Changed();
    for (int idle = 0; idle < kLocalWithoutGain && !changed.empty() && !IsOver(until); ++idle) {
      const std::vector<DefenceId> open = random_.Below(2) == 0 ? SomeOf(changed) : OneHome(changed);
      Placements from = best_;
      for (const DefenceId id : open) from[Index(id)].reset();
      const ChangeCost before = cost_;
      Look(from, open, {.width = 12, .taken_out_max = 5, .work = std::min(kWorkOfLocal, WorkUntil(until))},
           until);
      if (!(cost_ < before)) continue;
      changed = Changed();
      idle = -1;
    }
  }

  // One by chance, one without a place if there is any, and others that share somebody with it or by chance.
  std::vector<DefenceId> SomeOf(std::vector<DefenceId> changed) {
    std::vector<DefenceId> some;
    const std::size_t count = 1 + random_.Below(kLocalMost);
    while (some.size() < count && !changed.empty()) {
      std::size_t chosen = random_.Below(changed.size());
      const bool is_first = some.empty();
      const bool takes_kin = !is_first && random_.Below(2) == 0;
      for (std::size_t i = 0; i < changed.size(); ++i) {
        if (is_first && !best_[Index(changed[i])] && random_.Below(2) == 0) chosen = i;
        if (takes_kin && ShareSomebody(some.front(), changed[i])) chosen = i;
      }
      some.push_back(changed[chosen]);
      changed.erase(changed.begin() + static_cast<std::ptrdiff_t>(chosen));
    }
    return some;
  }

  // One by chance, and the changed ones that keep it from where it was published.
  std::vector<DefenceId> OneHome(const std::vector<DefenceId>& changed) {
    std::vector<DefenceId> some = {changed[random_.Below(changed.size())]};
    const std::optional<Placement>& home = published_[Index(some.front())];
    if (!home || !candidates_.Allows(some.front(), *home)) return some;
    for (const DefenceId other : changed) {
      if (other == some.front() || !best_[Index(other)] || some.size() > kLocalMost) continue;
      if (!fit_.GoTogether(some.front(), *home, other, *best_[Index(other)])) some.push_back(other);
    }
    return some;
  }

  bool ShareSomebody(DefenceId a, DefenceId b) const {
    for (const Attendee& attendee : problem_.defence(a).attendees) {
      const auto& others = problem_.defence(b).attendees;
      if (std::any_of(others.begin(), others.end(),
                      [&](const Attendee& other) { return other.person == attendee.person; })) {
        return true;
      }
    }
    return false;
  }

  void SolveForUnplaced() {
    SolveParams params{.seed = params_.seed, .threads = params_.threads, .start = best_};
    if (params_.work_limit) params.move_limit = WorkUntil(kUntilSolve);
    if (params_.time_limit) {
      params.time_limit = ShareOfTime(kUntilSolve) * *params_.time_limit - brake_.Elapsed();
    }
    // Without a limit it is asked for what local repair could not do, not for the best score there is.
    if (!params_.work_limit && !params_.time_limit) params.move_limit = 200'000;
    const SolveResult solved = Solve(problem_, params, stop_, [](const Progress&) {});
    work_ += solved.stats.moves;
    Placements placements = solved.best.placements();
    GoBack(&placements);
    const ChangeCost cost = ejection_.CostOf(placements);
    if (cost < cost_) Keep(std::move(placements), cost);
  }

  // Puts back where it was published what fits there.
  void GoBack(Placements* placements) const {
    Timetable timetable(problem_, *placements);
    ForEachId<DefenceId>(problem_.DefenceCount(), [&](DefenceId id) {
      const std::optional<Placement>& at = published_[Index(id)];
      if (!at || timetable.PlacementOf(id) == at || !candidates_.Allows(id, *at)) return;
      if (fit_.Fits(timetable, {}, id, *at)) timetable.Apply({{id, at}});
    });
    *placements = timetable.placements();
  }

  // Among places that disturb alike, those with the best score.
  void Polish() {
    State state(problem_, rules_);
    state.Reset(best_);
    bool gains = true;
    while (gains && !IsOver(kUntilPolished)) {
      gains = false;
      for (const DefenceId id : Changed()) {
        if (best_[Index(id)] && !IsOver(kUntilPolished)) gains = PolishOne(id, state) || gains;
      }
    }
  }

  bool PolishOne(DefenceId id, State& state) {
    std::optional<Placement> best;
    Score best_gain;
    for (int i = 0; i < candidates_.StartCount(id) && !IsOver(kUntilPolished); ++i) {
      const Candidates::Start start = candidates_.StartAt(id, i);
      for (const RoomId room : start.rooms) {
        Placement to = *best_[Index(id)];
        to.start = start.start;
        to.room = room;
        ++work_;
        if (to == *best_[Index(id)] || !fit_.Fits(state.timetable(), {}, id, to)) continue;
        const Score gain = state.Try({{id, to}});
        if (!(gain < best_gain)) continue;
        Placements placements = best_;
        placements[Index(id)] = to;
        if (cost_ < ejection_.CostOf(placements)) continue;
        best = to;
        best_gain = gain;
      }
    }
    if (!best) return false;
    state.Try({{id, *best}});
    state.Accept();
    best_[Index(id)] = best;
    cost_ = ejection_.CostOf(best_);
    time_to_best_ = brake_.Elapsed();
    return true;
  }

  std::vector<DefenceId> OthersMoved() const {
    std::vector<DefenceId> others;
    ForEachId<DefenceId>(problem_.DefenceCount(), [&](DefenceId id) {
      if (!std::binary_search(hit_.begin(), hit_.end(), id) && best_[Index(id)] != published_[Index(id)])
        others.push_back(id);
    });
    return others;
  }

  // The fewest others that must be moved. Two defences that were published at odds may each make way for the
  // other: then nothing is claimed.
  int OthersBound(int moved) {
    int bound = 0;
    if (has_conflicts_ || !candidates_.IsComplete()) return 0;
    for (const int wanted : {1, moved}) {
      if (wanted > moved || bound >= wanted || IsOver(1)) continue;
      const Ejection::Outcome outcome = ejection_.Run(
          kept_, open_, Ejection::Count::kTakenOut, {cost_.unplaced, wanted},
          {.width = 0, .taken_out_max = wanted, .work = WorkUntil(1)}, random_, [this] { return IsOver(1); });
      work_ += outcome.work;
      if (!outcome.is_proven) break;
      bound = outcome.better ? static_cast<int>(outcome.cost.points) : wanted;
      if (outcome.better) break;
    }
    return bound;
  }

  // What the open defences are worth at least, wherever they go.
  int64_t DisturbanceBound() {
    if (is_minimal_) return cost_.points;
    return cost_.unplaced == 0 && candidates_.IsComplete() ? ejection_.LeastPoints(open_) : 0;
  }

  Progress ProgressNow(const Score& score) const {
    const auto placed = problem_.DefenceCount() - static_cast<int>(cost_.unplaced);
    return {.elapsed = brake_.Elapsed(),
            .moves = work_,
            .best = score,
            .placed = placed,
            .placed_bound = is_minimal_ ? placed : PlaceableCount(),
            .bound = Score(),
            .defence_count = problem_.DefenceCount()};
  }
  // Defences that have some place, whatever the others do.
  int PlaceableCount() const {
    int count = 0;
    ForEachId<DefenceId>(problem_.DefenceCount(), [&](DefenceId id) {
      if (!candidates_.IsComplete() || candidates_.StartCount(id) > 0) ++count;
    });
    return count;
  }

  void Report() {
    reported_ = brake_.Elapsed();
    State state(problem_, rules_);
    state.Reset(best_);
    progress_(ProgressNow(state.score()));
  }

  ReplanResult Finish() {
    std::vector<DefenceId> others = OthersMoved();
    const int bound = OthersBound(static_cast<int>(others.size()));
    State state(problem_, rules_);
    state.Reset(best_);
    state.Verify();  // that no hard rule is broken
    const Progress last = ProgressNow(state.score());
    progress_(last);
    Score score_bound;
    const RuleInForce& unplaced = problem_.rule(RuleId::kUnplaced);
    score_bound.Add(unplaced.level, unplaced.weight * (problem_.DefenceCount() - last.placed_bound));
    const int people = ejection_.PeopleTold(best_);
    return {
        .solved = {.termination = brake_.StopRequested() ? Termination::kCancelled : Termination::kFeasible,
                   .best = state.timetable(),
                   .score = state.score(),
                   .placed_bound = last.placed_bound,
                   .bound = score_bound,
                   .stats = {.elapsed = brake_.Elapsed(),
                             .time_to_best = time_to_best_,
                             .time_to_placed = time_to_best_,
                             .moves = work_,
                             .candidate_count = candidates_.TotalCount()}},
        .hit = hit_,
        .others_moved = std::move(others),
        .others_bound = bound,
        .people_told = people,
        .disturbance = cost_.points,
        .disturbance_bound = DisturbanceBound(),
        .is_minimal = is_minimal_};
  }

  static constexpr std::size_t kNoBlockers = 64;

  const Problem& problem_;
  const ReplanParams& params_;
  const std::stop_token stop_;
  const Brake brake_;
  const absl::FunctionRef<void(const Progress&)> progress_;
  const RuleSet rules_;
  const Candidates candidates_;
  const Fit fit_;
  const Placements published_;
  Ejection ejection_;
  Random random_;
  std::vector<DefenceId> open_;  // cannot stay, or new
  std::vector<DefenceId> hit_;   // those, and what is at odds with them where it was published
  bool has_conflicts_ = false;
  Placements kept_;  // what stays
  Placements best_;
  ChangeCost cost_;
  bool is_minimal_ = false;
  int64_t work_ = 0;
  absl::Duration time_to_best_;
  absl::Duration reported_;
};

}  // namespace

Placements PublishedPlacements(const Problem& problem, const Placements& holders) {
  Placements published(problem.defences().size());
  ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) {
    const std::optional<Reference>& reference = problem.defence(id).reference;
    if (!reference || !reference->room) return;
    Placement at{.start = reference->start, .room = *reference->room};
    if (Index(id) < holders.size() && holders[Index(id)]) at.holders = holders[Index(id)]->holders;
    if (CheckPlacement(problem, id, at).ok()) published[Index(id)] = at;
  });
  return published;
}

ReplanResult Replan(const Problem& problem, const ReplanParams& params, std::stop_token stop,
                    absl::FunctionRef<void(const Progress&)> progress) {
  return Replanner(problem, params, std::move(stop), progress).Run();
}

}  // namespace soutenance::scheduling::solver
