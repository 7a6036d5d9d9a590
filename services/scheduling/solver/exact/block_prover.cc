#include "services/scheduling/solver/exact/block_prover.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "services/scheduling/solver/exact/use_search.h"

namespace soutenance::scheduling::solver {
namespace {

constexpr std::size_t kCheapPatterns = 3'400;
constexpr std::size_t kFavourites[] = {150, 600};
constexpr std::size_t kAddedAtOnce = 500;
constexpr std::size_t kColumnsMax = 60'000;
constexpr int kRoundsMax = 60;
// Costs are integers; prices are not. What is below this is below 0.
constexpr double kTolerance = 1e-3;
constexpr absl::Duration kLong = absl::Hours(2);

}  // namespace

struct BlockProver::Shared {
  std::atomic<int64_t> known = 0;
  std::mutex mutex;
  int64_t bound = 0;
  std::optional<Placements> offer;

  void Raise(int64_t proven) {
    const std::lock_guard lock(mutex);
    bound = std::max(bound, proven);
  }
};

class BlockProver::Work {
 public:
  Work(std::shared_ptr<Shared> shared, BlockModel model, std::optional<absl::Duration> time)
      : shared_(std::move(shared)), model_(std::move(model)), end_(absl::Now() + time.value_or(kLong)) {}

  void Run(const std::atomic<bool>& stop) {
    stop_ = &stop;
    if (SearchUse()) return;
    if (!SolveRelaxed()) return;
    // Where the linear program is close, its favourites are quick; elsewhere they tell little.
    for (const std::size_t count : kFavourites) Improve(Favourites(count), (end_ - absl::Now()) / 8);
    if (!Improve(Useful(model_.Cheapest(kCheapPatterns)), end_ - absl::Now())) return;
    const std::vector<BlockModel::Column> all = Useful(Everything());
    if (all.size() > kColumnsMax) return;
    // Nothing is better in all that may be: what is known is best.
    if (Improve(all, end_ - absl::Now())) shared_->Raise(shared_->known.load());
  }

 private:
  bool IsOver() const { return stop_->load() || absl::Now() >= end_; }

  // From far, first: where that is no worse than from near, it is much quicker. Returns whether nothing is
  // left to prove.
  bool SearchUse() {
    const std::optional<SlotUse> use = model_.Use();
    if (!use) return false;
    UseSearch search(*use, {.stop = stop_,
                            .end = end_,
                            .known = [this] { return 2 * shared_->known.load(); },
                            .on_bound = [this](int64_t bound) { shared_->Raise((bound + 1) / 2); }});
    if (!search.Run()) return false;
    if (search.best().empty()) return true;
    BlockModel::Made made = model_.TimetableOf(search.SlotsOf(search.best()));
    const std::lock_guard lock(shared_->mutex);
    shared_->offer = std::move(made.placements);
    return made.cost <= shared_->bound;
  }

  std::vector<BlockModel::Column> Everything() const {
    std::vector<BlockModel::Column> all;
    for (int b = 0; b < model_.blocks(); ++b) {
      for (int i = 0; i < static_cast<int>(model_.PatternsOf(b).size()); ++i) all.push_back({b, i});
    }
    return all;
  }

  // Proves the first bound. Returns false if there was no time for it.
  bool SolveRelaxed() {
    std::vector<BlockModel::Column> columns = model_.Cheapest(kCheapPatterns);
    std::vector<bool> is_in(model_.PatternCount(), false);
    const std::vector<BlockModel::Column> all = Everything();
    first_.assign(static_cast<std::size_t>(model_.blocks()) + 1, 0);
    for (std::size_t i = 0; i < all.size(); ++i) first_[static_cast<std::size_t>(all[i].block) + 1] = i + 1;
    for (const BlockModel::Column& column : columns) is_in[NumberOf(column)] = true;
    for (int round = 0; round < kRoundsMax && !IsOver(); ++round) {
      const std::optional<Mip::Relaxed> relaxed = model_.With(columns).Relax(end_ - absl::Now(), stop_);
      if (!relaxed) return false;
      std::vector<std::pair<double, std::size_t>> missing;
      reduced_.assign(model_.PatternCount(), 0);
      for (std::size_t i = 0; i < all.size(); ++i) {
        reduced_[i] = model_.ReducedCost(all[i], relaxed->prices);
        if (reduced_[i] < -kTolerance && !is_in[i]) missing.emplace_back(reduced_[i], i);
      }
      const double least = *std::min_element(reduced_.begin(), reduced_.end());
      // Whatever is bought below its price is bought at most so often.
      relaxed_cost_ = -relaxed->gain + std::min(0.0, least) * model_.UsedAtMost();
      shared_->Raise(static_cast<int64_t>(std::ceil(relaxed_cost_ - kTolerance)));
      if (missing.empty()) return true;
      std::sort(missing.begin(), missing.end());
      if (missing.size() > kAddedAtOnce) missing.resize(kAddedAtOnce);
      for (const auto& [reduced, i] : missing) {
        columns.push_back(all[i]);
        is_in[i] = true;
      }
    }
    return false;
  }

  // Those that may be part of something better than is known.
  std::vector<BlockModel::Column> Useful(const std::vector<BlockModel::Column>& columns) const {
    const double most = static_cast<double>(shared_->known.load()) - 1 + kTolerance;
    std::vector<BlockModel::Column> useful;
    for (const BlockModel::Column& column : columns) {
      if (relaxed_cost_ + reduced_[NumberOf(column)] <= most) useful.push_back(column);
    }
    return useful;
  }

  // Those that cost least at the prices of the linear program.
  std::vector<BlockModel::Column> Favourites(std::size_t count) const {
    std::vector<BlockModel::Column> all = Useful(Everything());
    const auto reduced = [this](const BlockModel::Column& column) { return reduced_[NumberOf(column)]; };
    std::stable_sort(all.begin(), all.end(), [&](const BlockModel::Column& a, const BlockModel::Column& b) {
      return reduced(a) < reduced(b);
    });
    if (all.size() > count) all.resize(count);
    return all;
  }

  std::size_t NumberOf(const BlockModel::Column& column) const {
    return first_[static_cast<std::size_t>(column.block)] + static_cast<std::size_t>(column.pattern);
  }

  // Offers what is better. Returns whether it went to the end: then nothing is left that is better.
  bool Improve(const std::vector<BlockModel::Column>& columns, absl::Duration time) {
    if (IsOver()) return false;
    const Mip mip = model_.With(columns);
    Shared* shared = shared_.get();  // the thread holds it
    const auto offer = [&](const std::vector<double>& values) {
      Placements placements = model_.PlacementsOf(columns, values);
      const std::lock_guard lock(shared->mutex);
      shared->offer = std::move(placements);
    };
    const Mip::Limits limits{.time = time,
                             .stop = stop_,
                             .wanted_above = [shared] { return -shared->known.load(); },
                             .on_bound = [](int64_t) {},
                             .stops_linear = false,
                             .on_solution = offer};
    const Mip::Answer answer = mip.Maximise(limits);
    if (!answer.values.empty()) {
      offer(answer.values);
      // The search may have looked at it only later.
      int64_t known = shared->known.load();
      while (answer.is_finished && -answer.gain < known &&
             !shared->known.compare_exchange_weak(known, -answer.gain)) {
      }
    }
    return answer.is_finished;
  }

  const std::shared_ptr<Shared> shared_;
  const BlockModel model_;
  const absl::Time end_;
  const std::atomic<bool>* stop_ = nullptr;
  double relaxed_cost_ = 0;
  std::vector<double> reduced_;     // by pattern of all blocks
  std::vector<std::size_t> first_;  // by block
};

BlockProver::BlockProver(BlockModel model, int64_t known, std::optional<absl::Duration> time)
    : shared_(std::make_shared<Shared>()) {
  shared_->known.store(known);
  auto work = std::make_shared<Work>(shared_, std::move(model), time);
  background_.emplace([work](const std::atomic<bool>& stop) { work->Run(stop); });
}

void BlockProver::Tell(int64_t known) {
  int64_t before = shared_->known.load();
  while (known < before && !shared_->known.compare_exchange_weak(before, known)) {
  }
}

int64_t BlockProver::bound() const {
  const std::lock_guard lock(shared_->mutex);
  return shared_->bound;
}

std::optional<Placements> BlockProver::TakeOffer() {
  const std::lock_guard lock(shared_->mutex);
  return std::exchange(shared_->offer, std::nullopt);
}

}  // namespace soutenance::scheduling::solver
