#ifndef SOUTENANCE_SERVICES_RUNTIME_STATUS_WIRE_H_
#define SOUTENANCE_SERVICES_RUNTIME_STATUS_WIRE_H_

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

// The only translator between absl::Status with the facts of services/base/error.h and grpc::Status with the
// standard google.rpc details. It depends on base and proto only, so that clients may link it.
namespace soutenance::runtime {

// Largest serialised google.rpc.Status that leaves a server. Details travel in HTTP/2 metadata; beyond 8 KiB
// a client over TCP sees RESOURCE_EXHAUSTED and loses the code, while nothing of the kind happens in process.
inline constexpr int kDetailsBytesMax = 4096;

// The wire form of `status`. An error carries exactly one google.rpc.ErrorInfo with domain "soutenance"; its
// reason is the code's name if `status` has no facts. Violations become BadRequest and PreconditionFailure,
// retry_after becomes RetryInfo. What does not fit in kDetailsBytesMax is left out, last violations first,
// and the metadata entry "truncated" says how much. Bytes that are not UTF-8 become '?'.
grpc::Status ToGrpc(const absl::Status& status);

// The inverse: the code, the sentence and the facts. A status without readable details has empty facts.
absl::Status FromGrpc(const grpc::Status& status);

}  // namespace soutenance::runtime

#endif  // SOUTENANCE_SERVICES_RUNTIME_STATUS_WIRE_H_
