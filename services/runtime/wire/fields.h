#ifndef SOUTENANCE_SERVICES_RUNTIME_WIRE_FIELDS_H_
#define SOUTENANCE_SERVICES_RUNTIME_WIRE_FIELDS_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "google/protobuf/field_mask.pb.h"
#include "services/base/error.h"

// Readers of single fields that collect what is wrong with them, so that a refusal can name every field at
// once.
namespace soutenance::runtime {

// Returns which of the fields `changeable` an update is to change, in their order: those that `mask` names,
// or all if it is empty or "*". Appends to `problems` for every other path.
std::vector<std::string> FieldsFromMask(const google::protobuf::FieldMask& mask,
                                        absl::Span<const absl::string_view> changeable,
                                        std::vector<FieldViolation>& problems);

// Returns the id in `name`, "<collection>/<id>". Appends to `problems`, under the path `field`, if it has
// another form.
std::string IdFromName(absl::string_view name, absl::string_view collection, absl::string_view field,
                       std::vector<FieldViolation>& problems);

// Appends to `problems` if a list of `count` entries is longer than `count_max`.
void CheckCount(std::size_t count, std::size_t count_max, absl::string_view field,
                std::vector<FieldViolation>& problems);

// `value`, unless there are problems: then INVALID_ARGUMENT that names them all. What readers of requests end
// with.
template <typename T>
absl::StatusOr<T> Unless(std::vector<FieldViolation>& problems, T value) {
  if (!problems.empty()) return InvalidFields(std::move(problems));
  return value;
}

}  // namespace soutenance::runtime

#endif  // SOUTENANCE_SERVICES_RUNTIME_WIRE_FIELDS_H_
