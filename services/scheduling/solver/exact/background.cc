#include "services/scheduling/solver/exact/background.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

namespace soutenance::scheduling::solver {
namespace {

constexpr auto kPatience = std::chrono::milliseconds(25);

// Threads that are waited for when the program ends.
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

struct Background::Shared {
  std::atomic<bool> stop = false;
  std::mutex mutex;
  std::condition_variable changed;
  bool is_finished = false;
};

Background::Background(std::function<void(const std::atomic<bool>& stop)> work)
    : shared_(std::make_shared<Shared>()) {
  TheLeftovers();  // made before what the work may make, so that it ends after it
  thread_ = std::thread([shared = shared_, work = std::move(work)] {
    work(shared->stop);
    const std::lock_guard lock(shared->mutex);
    shared->is_finished = true;
    shared->changed.notify_all();
  });
}

Background::~Background() {
  std::unique_lock lock(shared_->mutex);
  shared_->stop.store(true);
  const bool is_finished =
      shared_->changed.wait_for(lock, kPatience, [this] { return shared_->is_finished; });
  lock.unlock();
  if (is_finished) {
    thread_.join();
  } else {
    TheLeftovers().Add(std::move(thread_));
  }
}

}  // namespace soutenance::scheduling::solver
