#include "storage/files/running_digest.h"

#include <algorithm>
#include <atomic>
#include <system_error>
#include <utility>

namespace soutenance::storage::files {
namespace {

// Threads of all digests together.
std::atomic<unsigned> threads = 0;

}  // namespace

void RunningDigest::Add(absl::string_view bytes, Where where) {
  size_ += static_cast<int64_t>(bytes.size());
  if (where == Where::kHere || !HasThread()) {
    Settle();
    sha256_.Add(bytes);
    return;
  }
  for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), kBlockBytes))) {
    AddBeside(bytes.substr(0, kBlockBytes));
  }
}

// Starts the thread if there is none and one may be started.
bool RunningDigest::HasThread() {
  if (thread_.joinable()) return true;
  if (threads.fetch_add(1) < std::thread::hardware_concurrency()) {
    try {
      thread_ = std::thread([this] { Work(); });
      return true;
    } catch (const std::system_error&) {
      // The system grants no more threads: slower, and no reason to fail.
    }
  }
  --threads;
  return false;
}

void RunningDigest::AddBeside(absl::string_view block) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return waiting_.size() < kWaitingMax; });
  std::string copy;
  if (!spare_.empty()) {
    copy = std::move(spare_.back());
    spare_.pop_back();
  }
  copy.assign(block.data(), block.size());
  waiting_.push_back(std::move(copy));
  changed_.notify_one();
}

void RunningDigest::Work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return !waiting_.empty() || ending_; });
    if (waiting_.empty()) return;
    std::string block = std::move(waiting_.front());
    waiting_.pop_front();
    changed_.notify_one();
    lock.unlock();
    sha256_.Add(block);
    lock.lock();
    spare_.push_back(std::move(block));
  }
}

void RunningDigest::Settle() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_one();
  thread_.join();
  --threads;
  ending_ = false;
  spare_.clear();
}

std::string RunningDigest::Finish() {
  Settle();
  return sha256_.Finish();
}

}  // namespace soutenance::storage::files
