#include "services/runtime/wire/fields.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/id.h"

namespace soutenance::runtime {

std::vector<std::string> FieldsFromMask(const google::protobuf::FieldMask& mask,
                                        absl::Span<const absl::string_view> changeable,
                                        std::vector<FieldViolation>& problems) {
  std::set<std::string> named;
  for (const std::string& path : mask.paths()) {
    if (path != "*" && std::find(changeable.begin(), changeable.end(), path) == changeable.end()) {
      problems.push_back(
          {.field = "update_mask",
           .description = absl::StrCat("\"", path, "\" is not a field that can be changed; these are: ",
                                       absl::StrJoin(changeable, ", "))});
    }
    named.insert(path);
  }
  const bool all = named.empty() || named.count("*") > 0;
  std::vector<std::string> fields;
  for (const absl::string_view field : changeable) {
    if (all || named.count(std::string(field)) > 0) fields.emplace_back(field);
  }
  return fields;
}

std::string IdFromName(absl::string_view name, absl::string_view collection, absl::string_view field,
                       std::vector<FieldViolation>& problems) {
  absl::StatusOr<std::string> id = ParseName(name, collection);
  if (id.ok()) return *std::move(id);
  problems.push_back({.field = std::string(field), .description = std::string(id.status().message())});
  return "";
}

void CheckCount(std::size_t count, std::size_t count_max, absl::string_view field,
                std::vector<FieldViolation>& problems) {
  if (count <= count_max) return;
  problems.push_back({.field = std::string(field),
                      .description = absl::StrCat("has ", count, " entries; at most ", count_max)});
}

}  // namespace soutenance::runtime
