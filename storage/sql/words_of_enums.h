#ifndef SOUTENANCE_STORAGE_SQL_WORDS_OF_ENUMS_H_
#define SOUTENANCE_STORAGE_SQL_WORDS_OF_ENUMS_H_

#include <cstddef>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace soutenance::storage::sql {

// Returns the one of `values` whose name is `name`. DATA_LOSS if there is none.
template <typename Enum, std::size_t n>
absl::StatusOr<Enum> ByName(const Enum (&values)[n], absl::string_view (*name_of)(Enum),
                            absl::string_view name) {
  for (const Enum value : values) {
    if (name_of(value) == name) return value;
  }
  return absl::DataLossError(absl::StrCat("the database holds the unknown word \"", name, "\""));
}

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_WORDS_OF_ENUMS_H_
