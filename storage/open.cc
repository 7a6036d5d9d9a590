#include "storage/open.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace soutenance::storage {

absl::StatusOr<std::unique_ptr<sql::Database>> OpenServiceDatabase(absl::string_view uri,
                                                                   absl::string_view service) {
  const sql::DatabaseOptions options{.service = std::string(service)};
  if (!absl::StartsWith(uri, "sqlite:") || uri == "sqlite::memory:") return sql::Database::Open(uri, options);
  return sql::Database::Open(absl::StrCat(absl::StripSuffix(uri, "/"), "/", service, ".db"), options);
}

}  // namespace soutenance::storage
