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
// A walk with fewer moves than this would not get warm.
constexpr int64_t kMovesAWalkMin = 20'000;
constexpr int64_t kWalksMax = 4;
// A guess, for the first cycle of a search by the clock.
constexpr double kMovesASecond = 150'000;
constexpr int64_t kForever = int64_t{1} << 50;
constexpr absl::Duration kReportPeriod = absl::Milliseconds(100);

int64_t WalkCount(const std::optional<int64_t>& move_limit, int threads) {
  if (!move_limit) return threads;
  return std::clamp<int64_t>(*move_limit / kMovesAWalkMin, 1, kWalksMax);
}

}  // namespace

struct Portfolio::Walk {
  Walk(const Anneal::Setup& setup, const Placements& start, int64_t moves)
      : anneal(setup, start), share(moves) {}

  Anneal anneal;
  int64_t share;  // moves it may try in all
  int64_t left() const { return share - anneal.moves_tried(); }
};

// What walks tell while they run.
struct Portfolio::Board {
  explicit Board(std::size_t walks) : moves(walks) {}

  mutable std::mutex mutex;
  std::vector<int64_t> moves;  // by walk
  Score best;
  absl::Duration time_to_best;
  // The first walk that is at the target: later ones cannot win any more.
  std::atomic<std::size_t> first_at_target = std::numeric_limits<std::size_t>::max();
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

Portfolio::Portfolio(const Setup& setup, const Placements& start, const Score& start_score)
    : setup_(setup), begun_(setup.brake.Elapsed()) {
  const int64_t count = WalkCount(setup.move_limit, setup.threads);
  for (int64_t i = 0; i < count; ++i) {
    Anneal::Setup walk = setup.walk;
    walk.seed = Random::Derive(setup.walk.seed, static_cast<uint64_t>(i) + 1);
    const int64_t share =
        setup.move_limit ? *setup.move_limit / count + (i < *setup.move_limit % count ? 1 : 0) : kForever;
    walks_.push_back(std::make_unique<Walk>(walk, start, share));
  }
  board_ = std::make_unique<Board>(walks_.size());
  board_->best = start_score;
  board_->time_to_best = setup.brake.Elapsed();
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
  while (!IsAtTarget() && !IsExhausted() && !setup_.brake.Pulled()) {
    crew.Round(own_work, report_in_time);
    Exchange();
    meet();
  }
}

void Portfolio::SetTarget(const Score& target) {
  for (const auto& walk : walks_) walk->anneal.SetTarget(target);
}

void Portfolio::Offer(const Placements& placements, const Score& score) {
  for (const auto& walk : walks_) {
    if (score < walk->anneal.best_score()) walk->anneal.Adopt(placements, score);
  }
  const std::lock_guard lock(board_->mutex);
  if (score < board_->best) {
    board_->best = score;
    board_->time_to_best = setup_.brake.Elapsed();
  }
}

void Portfolio::RunWalk(std::size_t index, absl::FunctionRef<void()> between_polls) {
  Walk& walk = *walks_[index];
  const auto tell = [&] {
    const std::lock_guard lock(board_->mutex);
    board_->moves[index] = walk.anneal.moves_tried();
    if (walk.anneal.best_score() < board_->best) {
      board_->best = walk.anneal.best_score();
      board_->time_to_best = setup_.brake.Elapsed();
    }
  };
  const auto should_stop = [&] {
    tell();
    between_polls();
    return setup_.brake.Pulled() || board_->first_at_target.load(std::memory_order_relaxed) < index;
  };
  walk.anneal.Run(
      std::min(kMovesARound, walk.left()), [&] { return HorizonOf(walk); }, should_stop);
  tell();
  if (!walk.anneal.IsAtTarget()) return;
  std::size_t first = board_->first_at_target.load();
  while (index < first && !board_->first_at_target.compare_exchange_weak(first, index)) {
  }
}

int64_t Portfolio::HorizonOf(const Walk& walk) const {
  // With a move limit never by the clock: the result must not depend on it.
  if (setup_.move_limit || !setup_.time_limit) return walk.left();
  const absl::Duration elapsed = setup_.brake.Elapsed();
  const int64_t tried = walk.anneal.moves_tried();
  const double pace =
      tried == 0 ? kMovesASecond : static_cast<double>(tried) / absl::ToDoubleSeconds(elapsed - begun_);
  return std::max<int64_t>(1,
                           static_cast<int64_t>(pace * absl::ToDoubleSeconds(*setup_.time_limit - elapsed)));
}

void Portfolio::Exchange() {
  const std::size_t best = BestIndex();
  for (std::size_t i = 1; i < walks_.size(); i += 2) {
    if (walks_[best]->anneal.best_score() < walks_[i]->anneal.best_score()) {
      walks_[i]->anneal.Adopt(walks_[best]->anneal.best(), walks_[best]->anneal.best_score());
    }
  }
}

bool Portfolio::IsExhausted() const {
  return std::all_of(walks_.begin(), walks_.end(), [](const auto& walk) { return walk->left() <= 0; });
}

std::size_t Portfolio::BestIndex() const {
  std::size_t best = 0;
  for (std::size_t i = 1; i < walks_.size(); ++i) {
    if (walks_[i]->anneal.best_score() < walks_[best]->anneal.best_score()) best = i;
  }
  return best;
}

bool Portfolio::IsAtTarget() const {
  return std::any_of(walks_.begin(), walks_.end(),
                     [](const auto& walk) { return walk->anneal.IsAtTarget(); });
}

Portfolio::Standing Portfolio::standing() const {
  const std::lock_guard lock(board_->mutex);
  int64_t moves = 0;
  for (const int64_t of_walk : board_->moves) moves += of_walk;
  return {moves, board_->best, board_->time_to_best};
}

const Score& Portfolio::best_score() const { return walks_[BestIndex()]->anneal.best_score(); }

const Placements& Portfolio::best() { return walks_[BestIndex()]->anneal.best(); }

}  // namespace soutenance::scheduling::solver
