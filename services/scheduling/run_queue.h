#ifndef SOUTENANCE_SERVICES_SCHEDULING_RUN_QUEUE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_RUN_QUEUE_H_

#include <functional>
#include <stop_token>

#include "absl/status/status.h"

namespace soutenance::scheduling {

// PORT: "do this soon". One job after the other, in the order given, on a thread that is not the caller's.
// Safe for concurrent use.
class RunQueue {
 public:
  // Returns within a second of a stop request, which means that the server stops.
  using Job = std::function<void(std::stop_token)>;

  virtual ~RunQueue() = default;

  // RESOURCE_EXHAUSTED, reason QUEUE_FULL, if too many wait already; UNAVAILABLE, reason STOPPING, when the
  // server stops. Jobs that have not begun by then are forgotten.
  virtual absl::Status Submit(Job job) = 0;
};

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_RUN_QUEUE_H_
