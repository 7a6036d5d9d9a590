#ifndef SOUTENANCE_SERVICES_DIRECTORY_RPC_UNLESS_H_
#define SOUTENANCE_SERVICES_DIRECTORY_RPC_UNLESS_H_

#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "services/base/error.h"

namespace soutenance::directory {

// `value`, unless there are problems: then INVALID_ARGUMENT with all of them.
template <typename T>
absl::StatusOr<T> Unless(std::vector<FieldViolation>& problems, T value) {
  if (!problems.empty()) return InvalidFields(std::move(problems));
  return value;
}

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_RPC_UNLESS_H_
