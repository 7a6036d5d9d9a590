#ifndef SOUTENANCE_SERVICES_SCHEDULING_RPC_NAME_CHUNKS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_RPC_NAME_CHUNKS_H_

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/types/span.h"

namespace soutenance::scheduling {

// Calls `ask` with the distinct `names` in ascending order, as many at once as a list request of another
// service may name. Stops at the first error and returns it.
absl::Status ForEachChunk(absl::Span<const std::string> names,
                          absl::FunctionRef<absl::Status(absl::Span<const std::string>)> ask);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_RPC_NAME_CHUNKS_H_
