#include "services/runtime/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/exposer.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <exception>
#include <map>
#include <mutex>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/base/error.h"

namespace soutenance::runtime {

struct Metrics::Families {
  std::shared_ptr<prometheus::Registry> registry = std::make_shared<prometheus::Registry>();
  prometheus::Family<prometheus::Counter>& calls = prometheus::BuildCounter()
                                                       .Name("soutenance_calls_total")
                                                       .Help("Calls finished, by method and code.")
                                                       .Register(*registry);
  prometheus::Family<prometheus::Histogram>& seconds =
      prometheus::BuildHistogram()
          .Name("soutenance_call_seconds")
          .Help("Time from the arrival of a call to its answer.")
          .Register(*registry);
  const prometheus::Histogram::BucketBoundaries bounds = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30};
  std::unique_ptr<prometheus::Exposer> exposer;

  // Looking a labelled counter up in its family hashes all labels; calls find theirs here instead.
  struct PerMethod {
    prometheus::Histogram* seconds = nullptr;
    std::map<std::string, prometheus::Counter*> by_code;
  };
  std::mutex mutex;
  std::map<std::pair<std::string, std::string>, PerMethod> methods;
};

Metrics::Metrics() : families_(std::make_unique<Families>()) {}
Metrics::~Metrics() = default;

void Metrics::Observe(absl::string_view service, absl::string_view method, absl::string_view code,
                      absl::Duration duration) {
  const std::string service_name(service), method_name(method), code_name(code);
  const std::lock_guard lock(families_->mutex);
  Families::PerMethod& entry = families_->methods[{service_name, method_name}];
  if (entry.seconds == nullptr) {
    entry.seconds =
        &families_->seconds.Add({{"service", service_name}, {"method", method_name}}, families_->bounds);
  }
  prometheus::Counter*& counter = entry.by_code[code_name];
  if (counter == nullptr) {
    counter =
        &families_->calls.Add({{"service", service_name}, {"method", method_name}, {"code", code_name}});
  }
  counter->Increment();
  entry.seconds->Observe(absl::ToDoubleSeconds(duration));
}

std::string Metrics::Text() const {
  return prometheus::TextSerializer().Serialize(families_->registry->Collect());
}

absl::Status Metrics::Expose(const std::string& address) {
  if (!absl::StartsWith(address, "127.") && !absl::StartsWith(address, "[::1]:")) {
    return Error(absl::StatusCode::kInvalidArgument,
                 absl::StrCat("metrics are served on loopback only, not on ", address,
                              "; use an address such as 127.0.0.1:9464"),
                 {.reason = "METRICS_NOT_LOOPBACK", .metadata = {{"address", address}}});
  }
  try {
    families_->exposer = std::make_unique<prometheus::Exposer>(address, 1);
    families_->exposer->RegisterCollectable(families_->registry);
  } catch (const std::exception& failure) {
    return Error(absl::StatusCode::kUnavailable,
                 absl::StrCat("metrics cannot be served on ", address, ": ", failure.what()),
                 {.reason = "METRICS_ADDRESS_IN_USE", .metadata = {{"address", address}}});
  }
  return absl::OkStatus();
}

}  // namespace soutenance::runtime
