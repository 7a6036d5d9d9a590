#ifndef SOUTENANCE_SERVICES_DIRECTORY_FIELD_H_
#define SOUTENANCE_SERVICES_DIRECTORY_FIELD_H_

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/base/change.h"
#include "services/base/error.h"

// The fields of an entity as data, so that field masks and lists of changes need no code of their own for
// each.
namespace soutenance::directory {

template <typename T>
struct Field {
  absl::string_view name;              // in the resource's message: "family_name"
  std::string (*show)(const T&);       // as a person would read it; equal only for equal values
  void (*copy)(const T& from, T& to);  // this field alone
};

// The fields that an update names, as the contract spells them. Empty: every field.
using FieldMask = std::vector<std::string>;

// Copies the fields that `mask` names. Appends to `problems` if it names one that does not exist or cannot
// change.
template <typename T>
void CopyFields(absl::Span<const Field<T>> fields, const FieldMask& mask, const T& from, T& to,
                std::vector<FieldViolation>& problems) {
  for (const Field<T>& field : fields) {
    const bool named =
        std::any_of(mask.begin(), mask.end(), [&](absl::string_view name) { return name == field.name; });
    if (mask.empty() || named) field.copy(from, to);
  }
  for (const std::string& name : mask) {
    const bool known = std::any_of(fields.begin(), fields.end(), [&](const Field<T>& field) {
      return field.name == absl::string_view(name);
    });
    if (!known) {
      problems.push_back({"update_mask", absl::StrCat("\"", name, "\" is not a field that can be changed")});
    }
  }
}

// The fields in which `after` differs from `before`, in the order of `fields`.
template <typename T>
std::vector<Change::Field> Differences(absl::Span<const Field<T>> fields, const T& before, const T& after) {
  std::vector<Change::Field> differences;
  for (const Field<T>& field : fields) {
    std::string old_value = field.show(before);
    std::string new_value = field.show(after);
    if (old_value != new_value) {
      differences.push_back({std::string(field.name), std::move(old_value), std::move(new_value)});
    }
  }
  return differences;
}

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_FIELD_H_
