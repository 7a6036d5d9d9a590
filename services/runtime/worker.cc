#include "services/runtime/worker.h"

#include <exception>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"

namespace soutenance::runtime {

Worker::Worker(absl::string_view name, std::size_t queue_max, const Log& log)
    : name_(name),
      queue_max_(queue_max),
      log_(log),
      thread_([this](std::stop_token stop) { Work(std::move(stop)); }) {}

Worker::~Worker() { Stop(); }

absl::Status Worker::Submit(Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) {
      return Error(absl::StatusCode::kUnavailable, "the server is stopping; try again in a moment",
                   {.reason = "STOPPING", .retry_after = absl::Seconds(1)});
    }
    if (queue_.size() >= queue_max_) {
      return Error(
          absl::StatusCode::kResourceExhausted,
          absl::StrCat("the queue ", name_, " is full: ", queue_max_, " wait already; try again later"),
          {.reason = "QUEUE_FULL",
           .metadata = {{"queue", name_}, {"queue_max", absl::StrCat(queue_max_)}},
           .retry_after = absl::Seconds(10)});
    }
    queue_.push_back(std::move(job));
  }
  queued_.notify_one();
  return absl::OkStatus();
}

void Worker::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    queue_.clear();
  }
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

void Worker::Work(std::stop_token stop) {
  while (true) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      if (!queued_.wait(lock, stop, [&] { return !queue_.empty(); })) return;
      job = std::move(queue_.front());
      queue_.pop_front();
    }
    try {
      job(stop);
    } catch (const std::exception& thrown) {
      log_.Event(LogLevel::kError, "worker_job_failed", {{"worker", name_}, {"detail", thrown.what()}});
    } catch (...) {
      log_.Event(LogLevel::kError, "worker_job_failed", {{"worker", name_}, {"detail", "unknown exception"}});
    }
  }
}

}  // namespace soutenance::runtime
