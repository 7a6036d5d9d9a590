#include "services/scheduling/solver/search/portfolio.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <limits>
#include <mutex>
#include <stop_token>
#include <thread>

namespace soutenance::scheduling::solver {
namespace {

// Long enough that walks rarely wait for each other, short enough that a good timetable spreads.
constexpr int64_t kMovesARound = 16'384;
constexpr int64_t kMovesARoundMin = 1'024;
// A walk with fewer moves than this would not get warm.
constexpr int64_t kMovesAWalkMin = 20'000;
constexpr int64_t kWalksMax = 4;
// A guess, for the first cycle of a search by the clock.
constexpr double kMovesASecond = 150'000;
constexpr int64_t kForever = int64_t{1} << 50;
constexpr absl::Duration kReportPeriod = absl::Milliseconds(100);

// With a move limit it must not depend on the threads.
int64_t WalksOfARegion(const std::optional<int64_t>& move_limit, int threads, int64_t regions) {
  if (!move_limit) return std::max<int64_t>(1, threads / regions);
  return regions > 1 ? 1 : std::clamp<int64_t>(*move_limit / kMovesAWalkMin, 1, kWalksMax);
}

int64_t SizeOf(const Portfolio::Region& region) {
  return std::max<int64_t>(1, region.walk.problem.DefenceCount());
}

}  // namespace

struct Portfolio::Walk {
  Walk(const Anneal::Setup& setup, const Placements& start, std::size_t of)
      : anneal(setup, start), region(of) {}

  Anneal anneal;
  std::size_t region;
  int64_t share = kForever;  // moves it may try in all
  int64_t round = kMovesARound;
  int64_t left() const { return share - anneal.moves_tried(); }
};

// What walks tell while they run.
struct Portfolio::Board {
  Board(std::size_t walks, const Standing& first, const std::vector<Region>& regions)
      : moves(walks),
        best(first.best),
        time_to_best(first.time_to_best),
        time_to_placed(first.time_to_placed),
        first_at_target(regions.size()) {
    for (const Region& region : regions) best_of.push_back(region.score);
    for (auto& walk : first_at_target) walk = std::numeric_limits<std::size_t>::max();
  }

  mutable std::mutex mutex;
  std::vector<int64_t> moves;  // by walk
  std::vector<Score> best_of;  // by region
  Score best;                  // of all
  absl::Duration time_to_best;
  absl::Duration time_to_placed;

  // REQUIRES: `mutex` is held.
  void TakeIfBetter(std::size_t region, const Score& score, const Brake& brake) {
    if (score >= best_of[region]) return;
    const bool places_more = score.unplaced() < best_of[region].unplaced();
    best += score - best_of[region];
    best_of[region] = score;
    time_to_best = brake.Elapsed();
    if (places_more) time_to_placed = time_to_best;
  }

  // The first walk of each region that is at its target: later ones cannot win any more.
  std::vector<std::atomic<std::size_t>> first_at_target;
};

// Threads that take the walks of a round one after the other. The thread that asks for a round works, too.
class Portfolio::Crew {
 public:
  // `work` is called with the number of a walk.
  Crew(int threads, std::size_t walks, absl::FunctionRef<void(std::size_t)> work) : walks_(walks) {
    const auto helpers =
        static_cast<std::size_t>(std::min<int64_t>(threads, static_cast<int64_t>(walks)) - 1);
    for (std::size_t i = 0; i < helpers; ++i) {
      helpers_.emplace_back([this, work](const std::stop_token& stop) { Help(stop, work); });
    }
  }

  // Runs every walk once. `while_waiting` is called now and then once this thread has nothing left to do.
  void Round(absl::FunctionRef<void(std::size_t)> own_work, absl::FunctionRef<void()> while_waiting) {
    std::unique_lock lock(mutex_);
    next_ = 0;
    unfinished_ = walks_;
    begun_.notify_all();
    Take(lock, own_work);
    while (!finished_.wait_for(lock, std::chrono::milliseconds(20), [this] { return unfinished_ == 0; })) {
      lock.unlock();
      while_waiting();
      lock.lock();
    }
  }

 private:
  void Help(const std::stop_token& stop, absl::FunctionRef<void(std::size_t)> work) {
    std::unique_lock lock(mutex_);
    while (begun_.wait(lock, stop, [this] { return next_ < walks_; })) Take(lock, work);
  }

  void Take(std::unique_lock<std::mutex>& lock, absl::FunctionRef<void(std::size_t)> work) {
    while (next_ < walks_) {
      const std::size_t walk = next_++;
      lock.unlock();
      work(walk);
      lock.lock();
      if (--unfinished_ == 0) finished_.notify_all();
    }
  }

  const std::size_t walks_;
  std::mutex mutex_;
  std::condition_variable_any begun_;
  std::condition_variable finished_;
  std::size_t next_ = std::numeric_limits<std::size_t>::max();  // no round yet
  std::size_t unfinished_ = 0;
  std::vector<std::jthread> helpers_;  // last: they end before the rest goes
};

Portfolio::Portfolio(Setup setup, const Standing& first)
    : setup_(std::move(setup)),
      begun_(setup_.brake.Elapsed()),
      walks_a_region_(static_cast<std::size_t>(
          WalksOfARegion(setup_.move_limit, setup_.threads, static_cast<int64_t>(setup_.regions.size())))) {
  const std::size_t regions = setup_.regions.size();
  int64_t size = 0;
  for (const Region& region : setup_.regions) size += SizeOf(region);
  const auto count = static_cast<int64_t>(walks_a_region_);
  int64_t shared_out = 0;
  for (std::size_t r = 0; r < regions; ++r) {
    const Region& region = setup_.regions[r];
    // The last one has what rounding left over.
    const int64_t limit = setup_.move_limit.value_or(0);
    const int64_t own = r + 1 == regions ? limit - shared_out : limit / size * SizeOf(region);
    shared_out += own;
    for (int64_t i = 0; i < count; ++i) {
      Anneal::Setup walk = region.walk;
      walk.seed = Random::Derive(walk.seed, walks_.size() + 1);
      walks_.push_back(std::make_unique<Walk>(walk, region.start, r));
      if (setup_.move_limit) walks_.back()->share = own / count + (i < own % count ? 1 : 0);
      walks_.back()->round =
          std::max(kMovesARoundMin, kMovesARound * static_cast<int64_t>(regions) * SizeOf(region) / size);
      moves_a_round_ += static_cast<double>(walks_.back()->round);
    }
  }
  board_ = std::make_unique<Board>(walks_.size(), first, setup_.regions);
}

Portfolio::~Portfolio() = default;

void Portfolio::Run(absl::FunctionRef<void(const Standing&)> report, absl::FunctionRef<void()> meet) {
  absl::Duration reported = setup_.brake.Elapsed();
  const auto report_in_time = [&] {
    const absl::Duration now = setup_.brake.Elapsed();
    if (now - reported < kReportPeriod) return;
    reported = now;
    report(standing());
  };
  const auto work = [this](std::size_t walk) { RunWalk(walk, [] {}); };
  const auto own_work = [&](std::size_t walk) { RunWalk(walk, report_in_time); };
  Crew crew(setup_.threads, walks_.size(), work);
  while (!is_ended_ && !IsOver() && !setup_.brake.Pulled()) {
    crew.Round(own_work, report_in_time);
    Exchange();
    meet();
  }
}

void Portfolio::SetTarget(const Score& target) {
  for (const auto& walk : walks_) walk->anneal.SetTarget(target);
}

void Portfolio::Offer(const Placements& placements, const Score& score, std::size_t region) {
  for (std::size_t i = FirstOf(region); i < FirstOf(region + 1); ++i) {
    if (score < walks_[i]->anneal.best_score()) walks_[i]->anneal.Adopt(placements, score);
  }
  const std::lock_guard lock(board_->mutex);
  board_->TakeIfBetter(region, score, setup_.brake);
}

void Portfolio::RunWalk(std::size_t index, absl::FunctionRef<void()> between_polls) {
  Walk& walk = *walks_[index];
  std::atomic<std::size_t>& first_at_target = board_->first_at_target[walk.region];
  const auto tell = [&] {
    const std::lock_guard lock(board_->mutex);
    board_->moves[index] = walk.anneal.moves_tried();
    board_->TakeIfBetter(walk.region, walk.anneal.best_score(), setup_.brake);
  };
  const auto should_stop = [&] {
    tell();
    between_polls();
    return setup_.brake.Pulled() || first_at_target.load(std::memory_order_relaxed) < index;
  };
  walk.anneal.Run(
      std::min(walk.round, walk.left()), [&] { return HorizonOf(walk); }, should_stop);
  tell();
  if (!walk.anneal.IsAtTarget()) return;
  std::size_t first = first_at_target.load();
  while (index < first && !first_at_target.compare_exchange_weak(first, index)) {
  }
}

int64_t Portfolio::HorizonOf(const Walk& walk) const {
  // With a move limit never by the clock: the result must not depend on it.
  if (setup_.move_limit || !setup_.time_limit) return walk.left();
  const absl::Duration elapsed = setup_.brake.Elapsed();
  const int64_t tried = walk.anneal.moves_tried();
  // Of what all threads do, a walk has the share of its round.
  const double share = static_cast<double>(setup_.threads) * static_cast<double>(walk.round) / moves_a_round_;
  const double pace = tried == 0 ? kMovesASecond * std::min(1.0, share)
                                 : static_cast<double>(tried) / absl::ToDoubleSeconds(elapsed - begun_);
  return std::max<int64_t>(1,
                           static_cast<int64_t>(pace * absl::ToDoubleSeconds(*setup_.time_limit - elapsed)));
}

void Portfolio::Exchange() {
  for (std::size_t region = 0; region < setup_.regions.size(); ++region) {
    const std::size_t best = BestIndex(region);
    for (std::size_t i = FirstOf(region) + 1; i < FirstOf(region + 1); i += 2) {
      if (walks_[best]->anneal.best_score() < walks_[i]->anneal.best_score()) {
        walks_[i]->anneal.Adopt(walks_[best]->anneal.best(), walks_[best]->anneal.best_score());
      }
    }
  }
}

bool Portfolio::IsOver() const {
  return std::all_of(walks_.begin(), walks_.end(),
                     [this](const auto& walk) { return walk->left() <= 0 || IsAtTarget(walk->region); });
}

bool Portfolio::IsAtTarget(std::size_t region) const {
  for (std::size_t i = FirstOf(region); i < FirstOf(region + 1); ++i) {
    if (walks_[i]->anneal.IsAtTarget()) return true;
  }
  return false;
}

std::size_t Portfolio::BestIndex(std::size_t region) const {
  std::size_t best = FirstOf(region);
  for (std::size_t i = best + 1; i < FirstOf(region + 1); ++i) {
    if (walks_[i]->anneal.best_score() < walks_[best]->anneal.best_score()) best = i;
  }
  return best;
}

Portfolio::Standing Portfolio::standing() const {
  const std::lock_guard lock(board_->mutex);
  int64_t moves = 0;
  for (const int64_t of_walk : board_->moves) moves += of_walk;
  return {moves, board_->best, board_->time_to_best, board_->time_to_placed};
}

const Score& Portfolio::best_score(std::size_t region) const {
  return walks_[BestIndex(region)]->anneal.best_score();
}

const Placements& Portfolio::best(std::size_t region) { return walks_[BestIndex(region)]->anneal.best(); }

}  // namespace soutenance::scheduling::solver
