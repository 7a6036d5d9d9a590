#include "services/scheduling/solver/exact/prover.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <limits>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "services/scheduling/solver/exact/graph.h"
#include "services/scheduling/solver/exact/mip.h"
#include "services/scheduling/solver/exact/models.h"

namespace soutenance::scheduling::solver {
namespace {

// Larger models take CBC longer than anybody waits, and memory that a search of ten thousand needs itself.
constexpr std::size_t kPositionsMax = 60'000;
constexpr std::size_t kArcsMax = 300'000;
constexpr std::size_t kChainArcsMax = 60'000;
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
  bool is_solving = false;  // inside CBC, which knows only copies
  bool is_finished = false;
  bool is_abandoned = false;  // problem and candidates are gone
  int placed_bound = 0;
  int64_t comings_at_most = 0;
  int64_t gain_bound = 0;
  std::optional<Placements> offer;
  std::thread thread;
};

class Prover::Work {
 public:
  Work(std::shared_ptr<Shared> shared, const Problem& problem, const Candidates& candidates,
       std::optional<absl::Duration> time)
      : shared_(std::move(shared)),
        problem_(problem),
        candidates_(candidates),
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
    if (PlacedBound() > shared_->placed_known.load() && !ProvePlaced(graph)) return;
    if (IsOver() || !problem_.rule(RuleId::kBackToBack).IsOn() || !graph.ListArcs(kArcsMax)) return;
    const bool can_chain = graph.arcs().size() <= kChainArcsMax;
    if (PlacedBound() == problem_.DefenceCount() && graph.arcs().size() > kQuickArcs) {
      if (!ProveLinks(graph, can_chain ? left() / 4 : left()) || IsProven()) return;
    }
    if (can_chain && !IsOver()) ProveChains(graph);
  }

  int PlacedBound() const {
    const std::lock_guard lock(shared_->mutex);
    return shared_->placed_bound;
  }
  bool IsProven() const {
    const std::lock_guard lock(shared_->mutex);
    return shared_->gain_bound <= shared_->gain_known.load();
  }

  // Returns whether the search still waits: if not, nothing but shared_ may be touched.
  bool Maximise(const Mip& mip, const Mip::Limits& limits, Mip::Answer* answer) {
    {
      const std::lock_guard lock(shared_->mutex);
      if (shared_->stop.load()) return false;
      shared_->is_solving = true;
    }
    *answer = mip.Maximise(limits);
    const std::lock_guard lock(shared_->mutex);
    shared_->is_solving = false;
    return !shared_->is_abandoned && !shared_->stop.load();
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

  bool ProvePlaced(const Graph& graph) {
    const MostPlaced model(graph);
    Shared* shared = shared_.get();
    Mip::Limits limits = LimitsOf(left());
    limits.wanted_above = [shared] { return int64_t{shared->placed_known.load()}; };
    limits.on_bound = [shared](int64_t bound) {
      const std::lock_guard lock(shared->mutex);
      shared->placed_bound = static_cast<int>(std::min<int64_t>(shared->placed_bound, bound));
    };
    Mip::Answer answer;
    if (!Maximise(model.mip(), limits, &answer)) return false;
    if (!answer.chosen.empty()) Offer(WithRooms(graph, model.Runs(answer)));
    return true;
  }

  bool ProveLinks(const Graph& graph, absl::Duration time) {
    const absl::Time end = absl::Now() + time;
    LinkModel model(graph);
    while (absl::Now() < end && !IsProven()) {
      Mip::Answer answer;
      if (!Maximise(model.mip(), LimitsOf(end - absl::Now()), &answer)) return false;
      if (answer.chosen.empty()) return true;
      const std::optional<std::vector<LinkModel::Path>> paths = model.PathsOrCut(answer);
      if (paths) return Pack(graph, *paths, end - absl::Now());
    }
    return true;
  }

  bool Pack(const Graph& graph, const std::vector<LinkModel::Path>& paths, absl::Duration time) {
    const PackModel model(graph, paths);
    Mip::Limits limits = LimitsOf(time);
    const int64_t all = problem_.DefenceCount();
    limits.wanted_above = [all] { return all - 1; };
    limits.on_bound = [](int64_t) {};
    Mip::Answer answer;
    if (!Maximise(model.mip(), limits, &answer)) return false;
    if (!answer.chosen.empty()) Offer(WithRooms(graph, model.Runs(answer)));
    return true;
  }

  void ProveChains(const Graph& graph) {
    const ChainModel model(graph, PlacedBound());
    Mip::Answer answer;
    if (!Maximise(model.mip(), LimitsOf(left()), &answer)) return;
    if (!answer.chosen.empty()) Offer(WithRooms(graph, model.Runs(answer)));
  }

  const std::shared_ptr<Shared> shared_;
  const Problem& problem_;
  const Candidates& candidates_;
  const absl::Time end_;
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
  int64_t positions = 0;
  ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) { positions += candidates.StartCount(id); });
  if (positions == 0 || positions > static_cast<int64_t>(kPositionsMax)) return false;
  return known.placed < bounds.placed ||
         (problem.rule(RuleId::kBackToBack).IsOn() &&
          known.comings.value_or(std::numeric_limits<int64_t>::max()) > bounds.comings_least);
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
  if (!shared_->changed.wait_for(lock, kPatience, [this] { return shared_->is_finished; }) &&
      shared_->is_solving) {
    shared_->is_abandoned = true;
    TheLeftovers().Add(std::move(shared_->thread));
    return;
  }
  lock.unlock();
  shared_->thread.join();
}

void Prover::Tell(const Known& known) {
  shared_->placed_known.store(known.placed);
  // Comings count only where as many are placed as can be.
  if (known.comings && known.placed == bounds().placed) {
    shared_->gain_known.store(shared_->comings_at_most - *known.comings);
  }
}

Prover::Bounds Prover::bounds() const {
  const std::lock_guard lock(shared_->mutex);
  return {shared_->placed_bound, shared_->comings_at_most - shared_->gain_bound};
}

std::optional<Placements> Prover::TakeOffer() {
  const std::lock_guard lock(shared_->mutex);
  return std::exchange(shared_->offer, std::nullopt);
}

}  // namespace soutenance::scheduling::solver
