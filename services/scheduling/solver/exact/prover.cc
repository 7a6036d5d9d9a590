#include "services/scheduling/solver/exact/prover.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <limits>
#include <mutex>
#include <numeric>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "services/scheduling/solver/exact/graph.h"
#include "services/scheduling/solver/exact/mip.h"
#include "services/scheduling/solver/exact/models.h"
#include "services/scheduling/solver/exact/path_model.h"
#include "services/scheduling/solver/exact/paths.h"
#include "services/scheduling/solver/exact/seated.h"
#include "services/scheduling/solver/search/random.h"

namespace soutenance::scheduling::solver {
namespace {

// Larger models take CBC longer than anybody waits, and memory that a search of ten thousand needs itself.
constexpr std::size_t kPositionsMax = 60'000;
constexpr std::size_t kArcsMax = 300'000;
constexpr std::size_t kChainArcsMax = 60'000;
constexpr std::size_t kSeatedMax = 150'000;
constexpr std::size_t kQuickArcs = 3'000;
constexpr absl::Duration kLong = absl::Hours(2);
constexpr auto kPatience = std::chrono::milliseconds(25);

// Threads whose Prover is gone. They end soon; the program waits for them before it takes down what they use.
class Leftovers {
 public:
  ~Leftovers() {
    for (std::thread& thread : threads_) thread.join();
  }
  void Add(std::thread thread) {
    const std::lock_guard lock(mutex_);
    threads_.push_back(std::move(thread));
  }

 private:
  std::mutex mutex_;
  std::vector<std::thread> threads_;
};

Leftovers& TheLeftovers() {
  static Leftovers leftovers;
  return leftovers;
}

}  // namespace

struct Prover::Shared {
  std::atomic<bool> stop = false;
  std::atomic<int> placed_known = 0;
  std::atomic<int64_t> gain_known = std::numeric_limits<int64_t>::min();  // fewer comings than at most

  std::mutex mutex;
  std::condition_variable changed;
  bool is_finished = false;
  bool is_quick_done = false;
  Placements best;  // the search's, with gain_known; empty: not told
  int placed_bound = 0;
  int64_t comings_at_most = 0;
  int64_t gain_bound = 0;
  int64_t load_least = 0;
  int load_placed = 0;  // where so many are placed
  std::optional<Placements> offer;
  std::thread thread;
};

class Prover::Work {
 public:
  Work(std::shared_ptr<Shared> shared, const Problem& problem, const Candidates& candidates,
       std::optional<absl::Duration> time)
      : shared_(std::move(shared)),
        own_problem_(std::make_unique<const Problem>(problem)),
        own_candidates_(std::make_unique<const Candidates>(candidates)),
        problem_(*own_problem_),
        candidates_(*own_candidates_),
        end_(absl::Now() + time.value_or(kLong)) {}

  void Run() {
    Prove();
    const std::lock_guard lock(shared_->mutex);
    shared_->is_finished = true;
    shared_->changed.notify_all();
  }

 private:
  absl::Duration left() const { return end_ - absl::Now(); }
  bool IsOver() const { return shared_->stop.load() || left() < absl::Milliseconds(1); }

  void Prove() {
    Graph graph(problem_, candidates_);
    if (problem_.HasOpenSeats()) {
      ProveSeated(graph);
      return;  // the other models know only who is given
    }
    if (!IsPlacedProven() && !ProvePlaced(graph)) return;
    if (IsOver() || !problem_.rule(RuleId::kBackToBack).IsOn() || !graph.ListArcs(kArcsMax)) return;
    if (!ProvePaths(graph) || IsProven()) return;
    if (graph.arcs().size() > kChainArcsMax || IsOver()) return;
    const ChainModel chains(graph, PlacedBound());
    const bool is_quick = graph.arcs().size() <= kQuickArcs;
    if (!is_quick && (!Improve(graph, chains, left() / 2) || IsProven())) return;
    ProveChains(graph, chains);
  }

  int PlacedBound() const {
    const std::lock_guard lock(shared_->mutex);
    return shared_->placed_bound;
  }
  bool IsProven() const {
    const std::lock_guard lock(shared_->mutex);
    return shared_->gain_bound <= shared_->gain_known.load();
  }

  // Lets CBC work. Returns whether the search still waits.
  template <typename Solve>
  bool Outside(Solve solve) {
    if (shared_->stop.load()) return false;
    solve();
    return !shared_->stop.load();
  }
  bool Maximise(const Mip& mip, const Mip::Limits& limits, Mip::Answer* answer) {
    return Outside([&] { *answer = mip.Maximise(limits); });
  }

  Mip::Limits LimitsOf(absl::Duration time) const {
    Shared* shared = shared_.get();  // the thread holds it
    return {.time = time,
            .stop = &shared->stop,
            .wanted_above = [shared] { return shared->gain_known.load(); },
            .on_bound =
                [shared](int64_t bound) {
                  const std::lock_guard lock(shared->mutex);
                  shared->gain_bound = std::min(shared->gain_bound, bound);
                }};
  }

  void Offer(Placements placements) {
    const std::lock_guard lock(shared_->mutex);
    shared_->offer = std::move(placements);
  }

  // Of models whose gain is the number of placed defences.
  Mip::Limits LimitsOfPlaced() const {
    Shared* shared = shared_.get();
    Mip::Limits limits = LimitsOf(left());
    limits.wanted_above = [shared] { return int64_t{shared->placed_known.load()}; };
    limits.on_bound = [shared](int64_t bound) {
      const std::lock_guard lock(shared->mutex);
      shared->placed_bound = static_cast<int>(std::min<int64_t>(shared->placed_bound, bound));
    };
    return limits;
  }

  // Cluster by cluster, first by counts; then all at once with what that proved.
  void ProveSeated(const Graph& graph) {
    std::vector<SeatedModel::Cap> caps;
    for (std::vector<int>& cluster : ClustersOf(graph)) {
      std::set<DefenceId> defences;
      for (const int i : cluster) defences.insert(graph.position(i).defence);
      caps.push_back({std::move(cluster), static_cast<int64_t>(defences.size())});
    }
    using Detail = SeatedModel::Detail;
    if (!IsPlacedProven() && !Lower(graph, Detail::kCounts, &caps)) return;
    if (!BoundLoad(graph, caps, Detail::kCounts)) return;
    TellQuick();
    if (IsPlacedProven() || !WaitForPlaced()) return;
    if (!Lower(graph, Detail::kDefences, &caps) || IsPlacedProven()) return;
    SeatedModel model(graph, All(graph), SeatedModel::Detail::kDefences, kSeatedMax);
    if (!model.is_complete()) return;
    for (const SeatedModel::Cap& cap : caps) model.AddCap(cap);
    Mip::Answer answer;
    if (Maximise(model.mip(), LimitsOfPlaced(), &answer)) BoundLoad(graph, caps, Detail::kCounts);
  }

  static std::vector<int> All(const Graph& graph) {
    std::vector<int> all(graph.positions().size());
    std::iota(all.begin(), all.end(), 0);
    return all;
  }

  // The least that the loads of people cost where as many are placed as can be. Returns whether the search
  // still waits.
  bool BoundLoad(const Graph& graph, absl::Span<const SeatedModel::Cap> caps, SeatedModel::Detail detail) {
    if (!problem_.rule(RuleId::kSquaredLoad).IsOn() || IsOver()) return !IsOver();
    const int placed = PlacedBound();
    SeatedModel model(graph, All(graph), detail, kSeatedMax, placed);
    if (!model.is_complete()) return true;
    for (const SeatedModel::Cap& cap : caps) model.AddCap(cap);
    std::optional<Mip::Relaxed> relaxed;
    if (!Outside([&] { relaxed = model.mip().Relax(left() * 0.75, &shared_->stop); })) return false;
    if (!relaxed) return true;
    const std::lock_guard lock(shared_->mutex);
    shared_->load_least = -relaxed->bound;
    shared_->load_placed = placed;
    return true;
  }

  // Returns whether the search still waits.
  bool Lower(const Graph& graph, SeatedModel::Detail detail, std::vector<SeatedModel::Cap>* caps) {
    int64_t most = 0;
    for (SeatedModel::Cap& cap : *caps) {
      if (IsOver()) return false;
      const SeatedModel model(graph, cap.positions, detail, kSeatedMax);
      Mip::Limits limits = LimitsOf(left());
      limits.wanted_above = [] { return int64_t{0}; };
      limits.on_bound = [](int64_t) {};
      Mip::Answer answer;
      if (model.is_complete()) {
        if (!Maximise(model.mip(), limits, &answer)) return false;
        cap.most = std::min(cap.most, answer.bound.value_or(0));
      }
      most += cap.most;
    }
    const std::lock_guard lock(shared_->mutex);
    shared_->placed_bound = static_cast<int>(std::min<int64_t>(shared_->placed_bound, most));
    return true;
  }

  void TellQuick() {
    const std::lock_guard lock(shared_->mutex);
    shared_->is_quick_done = true;
    shared_->changed.notify_all();
  }

  bool IsPlacedProven() const { return PlacedBound() <= shared_->placed_known.load(); }

  // The search mostly places as many as can be soon. Returns whether it has not, and still waits.
  bool WaitForPlaced() {
    const absl::Duration patience = std::min(absl::Milliseconds(500), left() / 8);
    std::unique_lock lock(shared_->mutex);
    const auto is_proven = [this] { return shared_->placed_bound <= shared_->placed_known.load(); };
    shared_->changed.wait_for(lock, absl::ToChronoMilliseconds(patience),
                              [&] { return is_proven() || shared_->stop.load(); });
    return !is_proven() && !shared_->stop.load();
  }

  bool ProvePlaced(const Graph& graph) {
    const MostPlaced model(graph);
    Mip::Answer answer;
    if (!Maximise(model.mip(), LimitsOfPlaced(), &answer)) return false;
    if (!answer.chosen.empty()) Offer(WithRooms(graph, model.Runs(answer)));
    return true;
  }

  void TellGain(int64_t bound) {
    const std::lock_guard lock(shared_->mutex);
    shared_->gain_bound = std::min(shared_->gain_bound, bound);
  }

  // Part by part, since each bound is a whole number; then, if that is not enough, all parts at once, which
  // share the rooms. Returns whether the search still waits.
  bool ProvePaths(const Graph& graph) {
    const PathModel::Limits limits{absl::Now() + left() / 4, &shared_->stop};
    std::vector<std::unique_ptr<PathGraph>> graphs;
    std::vector<std::unique_ptr<PathModel>> models;
    std::vector<DefenceId> all;
    int64_t bound = 0;
    for (std::vector<DefenceId>& part : PathGraph::PartsOf(graph)) {
      if (part.size() > Bits::kMost) return true;
      all.insert(all.end(), part.begin(), part.end());
      graphs.push_back(std::make_unique<PathGraph>(graph, std::move(part)));
      models.push_back(std::make_unique<PathModel>(*graphs.back(), problem_, PlacedBound(), limits));
      bound += models.back()->Tighten(0);
      if (shared_->stop.load()) return false;
    }
    TellGain(bound);
    if (IsProven() || IsOver()) return !shared_->stop.load();
    if (!CompletePaths(graph, models) || IsProven()) return !shared_->stop.load();
    if (models.size() < 2 || all.size() > Bits::kMost) return true;
    std::sort(all.begin(), all.end());
    const PathGraph whole(graph, std::move(all));
    TellGain(PathModel(whole, problem_, PlacedBound(), limits).Tighten(shared_->gain_known.load()));
    return !shared_->stop.load();
  }

  // Offers whole paths, if they have a place in time. Returns whether the search still waits.
  bool CompletePaths(const Graph& graph, const std::vector<std::unique_ptr<PathModel>>& models) {
    int64_t bound = 0;
    bool is_complete = true;
    std::vector<Chain> chains;
    std::vector<bool> is_in_chain(problem_.defences().size(), false);
    for (const std::unique_ptr<PathModel>& model : models) {
      const PathModel::Answer answer = model->Complete();
      if (shared_->stop.load()) return false;
      bound += answer.bound;
      is_complete = is_complete && (!answer.best.empty() || answer.bound == 0);
      for (const Path& path : answer.best) {
        Chain& chain = chains.emplace_back();
        for (const int node : path.nodes) {
          chain.push_back(model->graph().defence(node));
          is_in_chain[Index(chain.back())] = true;
        }
      }
    }
    TellGain(bound);
    if (!is_complete || IsProven()) return true;
    for (std::size_t i = 0; i < is_in_chain.size(); ++i) {
      if (!is_in_chain[i]) chains.push_back({static_cast<DefenceId>(i)});
    }
    return Pack(graph, chains, std::min(left() / 8, absl::Seconds(2)));
  }

  // Returns whether the search still waits.
  bool Pack(const Graph& graph, const std::vector<Chain>& chains, absl::Duration time) {
    const PackModel model(graph, chains);
    Mip::Limits limits = LimitsOf(time);
    const int64_t placed = PlacedBound();
    limits.wanted_above = [placed] { return placed - 1; };
    limits.on_bound = [](int64_t) {};
    Mip::Answer answer;
    if (!Maximise(model.mip(), limits, &answer)) return false;
    if (answer.chosen.empty()) return true;
    Offer(WithRooms(graph, model.Runs(answer)));
    WaitUntilTaken();
    return !shared_->stop.load();
  }

  // Which defences may move: those of some people who have defences in common, or of a day, or any.
  std::vector<bool> Neighbourhood(const Placements& best, std::size_t size) {
    std::vector<bool> free(best.size(), false);
    std::size_t count = 0;
    const auto add = [&](DefenceId id) {
      if (free[Index(id)] || count >= size) return;
      free[Index(id)] = true;
      ++count;
    };
    for (std::size_t i = 0; i < best.size(); ++i) {
      if (!best[i]) add(static_cast<DefenceId>(i));
    }
    const std::size_t kind = random_.Below(3);
    const auto seed = static_cast<DefenceId>(random_.Below(best.size()));
    if (kind == 0 && best[Index(seed)]) {
      const Minute day = best[Index(seed)]->start / kMinutesPerDay;
      const std::size_t first = random_.Below(best.size());
      for (std::size_t i = 0; i < best.size(); ++i) {
        const std::size_t j = (first + i) % best.size();
        if (best[j] && best[j]->start / kMinutesPerDay == day) add(static_cast<DefenceId>(j));
      }
    }
    std::vector<DefenceId> near{seed};
    std::vector<bool> seen(best.size(), false);
    seen[Index(seed)] = true;
    for (std::size_t i = 0; kind == 1 && i < near.size() && count < size; ++i) {
      add(near[i]);
      for (const Attendee& attendee : problem_.defence(near[i]).attendees) {
        const std::vector<DefenceId>& own = problem_.person(attendee.person).defences;
        for (const DefenceId other : own) {
          if (!seen[Index(other)]) near.push_back(other);
          seen[Index(other)] = true;
        }
      }
      if (i + 1 < near.size()) std::swap(near[i + 1], near[i + 1 + random_.Below(near.size() - i - 1)]);
    }
    for (std::size_t i = 0; count < size && i < 4 * size; ++i)
      add(static_cast<DefenceId>(random_.Below(best.size())));
    return free;
  }

  // Returns whether the search still waits.
  bool Improve(const Graph& graph, const ChainModel& model, absl::Duration time) {
    const absl::Time end = absl::Now() + std::min(time, left());
    while (absl::Now() < end && !IsProven()) {
      Placements best;
      {
        // The search tells its best when its walks meet for the first time.
        std::unique_lock lock(shared_->mutex);
        shared_->changed.wait_for(lock, std::chrono::seconds(1),
                                  [this] { return !shared_->best.empty() || shared_->stop.load(); });
        best = shared_->best;
      }
      if (best.empty()) return true;
      std::vector<int> numbers;
      const Mip around = model.Around(best, Neighbourhood(best, moving_), &numbers);
      Mip::Limits limits = LimitsOf(std::min(absl::Seconds(1), end - absl::Now()));
      limits.on_bound = [](int64_t) {};
      Mip::Answer answer;
      if (!Maximise(around, limits, &answer)) return false;
      // As many as can be proven in time.
      moving_ =
          answer.is_finished ? std::min(moving_ + 1, best.size()) : std::max<std::size_t>(6, moving_ * 4 / 5);
      if (answer.chosen.empty()) continue;
      std::vector<bool> chosen(static_cast<std::size_t>(model.mip().columns()), false);
      for (std::size_t i = 0; i < numbers.size(); ++i)
        chosen[static_cast<std::size_t>(numbers[i])] = answer.chosen[i];
      answer.chosen = std::move(chosen);
      Placements better = WithRooms(graph, model.Runs(answer));
      const bool lost_a_room = std::count(better.begin(), better.end(), std::nullopt) >
                               std::count(best.begin(), best.end(), std::nullopt);
      Offer(std::move(better));
      if (!lost_a_room) WaitUntilTaken();
    }
    return true;
  }

  // Until the search has looked at what was offered, so that the next improvement begins from it.
  void WaitUntilTaken() {
    std::unique_lock lock(shared_->mutex);
    shared_->changed.wait_for(lock, std::chrono::milliseconds(500),
                              [this] { return !shared_->offer || shared_->stop.load(); });
  }

  void ProveChains(const Graph& graph, const ChainModel& model) {
    Mip::Answer answer;
    if (!Maximise(model.mip(), LimitsOf(left()), &answer)) return;
    if (!answer.chosen.empty()) Offer(WithRooms(graph, model.Runs(answer)));
  }

  std::shared_ptr<Shared> shared_;
  // Copies: the search does not wait for a model that is being built.
  std::unique_ptr<const Problem> own_problem_;
  std::unique_ptr<const Candidates> own_candidates_;
  const Problem& problem_;
  const Candidates& candidates_;
  const absl::Time end_;
  Random random_{1};
  std::size_t moving_ = 16;  // defences of a neighbourhood
};

int64_t ComingsAtMost(const Problem& problem) {
  int64_t comings = 0;
  for (const Person& person : problem.persons()) {
    comings += std::max<int64_t>(0, static_cast<int64_t>(person.defences.size()) - 1);
  }
  return comings;
}

bool Prover::IsOfUse(const Problem& problem, const Candidates& candidates, const Known& known,
                     const Bounds& bounds) {
  if (problem.HasOpenSeats() && !SeatedModel::IsFor(problem)) return false;
  int64_t positions = 0;
  ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) { positions += candidates.StartCount(id); });
  if (positions == 0 || positions > static_cast<int64_t>(kPositionsMax)) return false;
  if (known.placed < bounds.placed) return true;
  if (problem.HasOpenSeats()) return problem.rule(RuleId::kSquaredLoad).IsOn();
  return problem.rule(RuleId::kBackToBack).IsOn() &&
         known.comings.value_or(std::numeric_limits<int64_t>::max()) > bounds.comings_least;
}

Prover::Prover(const Problem& problem, const Candidates& candidates, const Known& known, const Bounds& bounds,
               std::optional<absl::Duration> time)
    : shared_(std::make_shared<Shared>()) {
  TheLeftovers();  // made before what CBC may make, so that it ends after it
  shared_->placed_bound = bounds.placed;
  shared_->comings_at_most = ComingsAtMost(problem);
  shared_->gain_bound = shared_->comings_at_most - bounds.comings_least;
  Tell(known);
  shared_->thread = std::thread(
      [shared = shared_, work = Work(shared_, problem, candidates, time)]() mutable { work.Run(); });
}

Prover::~Prover() {
  std::unique_lock lock(shared_->mutex);
  shared_->stop.store(true);
  shared_->changed.notify_all();
  if (!shared_->changed.wait_for(lock, kPatience, [this] { return shared_->is_finished; })) {
    TheLeftovers().Add(std::move(shared_->thread));
    return;
  }
  lock.unlock();
  shared_->thread.join();
}

void Prover::Tell(const Known& known) {
  {
    const std::lock_guard lock(shared_->mutex);
    shared_->placed_known.store(known.placed);
    shared_->changed.notify_all();
  }
  // Comings count only where as many are placed as can be.
  if (known.comings && known.placed == bounds().placed) {
    shared_->gain_known.store(shared_->comings_at_most - *known.comings);
    const std::lock_guard lock(shared_->mutex);
    shared_->best = known.placements;
    shared_->changed.notify_all();
  }
}

bool Prover::AwaitQuick(absl::Duration time) const {
  std::unique_lock lock(shared_->mutex);
  return shared_->changed.wait_for(lock, absl::ToChronoMilliseconds(time),
                                   [this] { return shared_->is_quick_done || shared_->is_finished; });
}

Prover::Bounds Prover::bounds() const {
  const std::lock_guard lock(shared_->mutex);
  const bool is_current = shared_->load_placed == shared_->placed_bound;
  return {shared_->placed_bound, shared_->comings_at_most - shared_->gain_bound,
          is_current ? shared_->load_least : 0};
}

std::optional<Placements> Prover::TakeOffer() {
  const std::lock_guard lock(shared_->mutex);
  std::optional<Placements> offer = std::exchange(shared_->offer, std::nullopt);
  shared_->changed.notify_all();
  return offer;
}

}  // namespace soutenance::scheduling::solver
