#ifndef SOUTENANCE_SERVICES_RUNTIME_METRICS_H_
#define SOUTENANCE_SERVICES_RUNTIME_METRICS_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace soutenance::runtime {

// Counts calls and their latency, in the form that Prometheus reads:
//   soutenance_calls_total{service,method,code}
//   soutenance_call_seconds{service,method}    histogram
// Safe for concurrent use.
class Metrics {
 public:
  Metrics();
  ~Metrics();

  // One finished call.
  void Observe(absl::string_view service, absl::string_view method, absl::string_view code,
               absl::Duration duration);

  // Everything counted so far, in Prometheus' text format.
  std::string Text() const;

  // Serves Text() over HTTP at http://`address`/metrics ("127.0.0.1:9464") until destruction. Only loopback
  // addresses: INVALID_ARGUMENT with reason METRICS_NOT_LOOPBACK; UNAVAILABLE if the port cannot be bound.
  absl::Status Expose(const std::string& address);

 private:
  struct Families;
  std::unique_ptr<Families> families_;
};

}  // namespace soutenance::runtime

#endif  // SOUTENANCE_SERVICES_RUNTIME_METRICS_H_
