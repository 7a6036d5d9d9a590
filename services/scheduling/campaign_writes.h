#ifndef SOUTENANCE_SERVICES_SCHEDULING_CAMPAIGN_WRITES_H_
#define SOUTENANCE_SERVICES_SCHEDULING_CAMPAIGN_WRITES_H_

#include <optional>
#include <string>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/base/status.h"
#include "services/scheduling/campaign_record.h"
#include "services/scheduling/campaigns.h"

// How a mutating use case runs: once for each request id, in one transaction, or not at all if it only
// validates.
namespace soutenance::scheduling {

// The first result of the call `options.request`, if it happened before.
template <typename T>
absl::StatusOr<std::optional<T>> EarlierResult(CampaignReader& reader, const WriteOptions& options) {
  ASSIGN_OR_RETURN(const std::optional<std::string> bytes, reader.FindRequest(options.request));
  if (!bytes) return std::optional<T>();
  T result;
  RETURN_IF_ERROR(Parse(*bytes, result));
  return std::optional<T>(std::move(result));
}

// Runs `work` in one transaction and returns its result, or the first result if the call happened before.
// With validate_only nothing that `work` wrote stays. `work` may run twice.
template <typename T>
absl::StatusOr<T> WriteOnce(const Campaigns::Parts& parts, const WriteOptions& options,
                            absl::FunctionRef<absl::StatusOr<T>(CampaignWriter&)> work) {
  std::optional<T> result;
  const absl::Status status = parts.store.Write([&](CampaignWriter& writer) -> absl::Status {
    ASSIGN_OR_RETURN(result, EarlierResult<T>(writer, options));
    if (result) return absl::OkStatus();
    ASSIGN_OR_RETURN(T fresh, work(writer));
    RETURN_IF_ERROR(writer.RememberRequest(options.request, Serialize(fresh), parts.clock.Now()));
    result = std::move(fresh);
    // An error rolls back; the result says that it is none.
    return options.validate_only ? absl::CancelledError("only validated") : absl::OkStatus();
  });
  if (!status.ok() && !(options.validate_only && result && absl::IsCancelled(status))) return status;
  return *std::move(result);
}

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_CAMPAIGN_WRITES_H_
