#ifndef SOUTENANCE_SERVICES_RUNTIME_WORKER_H_
#define SOUTENANCE_SERVICES_RUNTIME_WORKER_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/runtime/log.h"

namespace soutenance::runtime {

// One thread that does one job after the other, from a bounded queue. The host gives it to services that have
// long work to do, behind a port of theirs. Safe for concurrent use.
class Worker {
 public:
  // Long jobs poll the token and return soon after a stop is requested.
  using Job = std::function<void(std::stop_token)>;

  // Starts the thread. `log` must outlive the worker; it is told of jobs that throw.
  Worker(absl::string_view name, std::size_t queue_max, const Log& log);
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // Queues `job`; at most `queue_max` jobs wait, the running one not counted. RESOURCE_EXHAUSTED with reason
  // QUEUE_FULL if the queue is full; UNAVAILABLE with reason STOPPING after Stop.
  absl::Status Submit(Job job);

  // Asks the running job to stop, waits for it, and forgets those that wait. Harmless if repeated.
  void Stop();

 private:
  void Work(std::stop_token stop);

  const std::string name_;
  const std::size_t queue_max_;
  const Log& log_;
  std::mutex mutex_;
  std::condition_variable_any queued_;
  std::deque<Job> queue_;
  bool stopping_ = false;
  std::jthread thread_;
};

}  // namespace soutenance::runtime

#endif  // SOUTENANCE_SERVICES_RUNTIME_WORKER_H_
