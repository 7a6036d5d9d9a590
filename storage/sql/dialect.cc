#include "storage/sql/dialect.h"

#include "absl/strings/str_cat.h"
#include "services/base/error.h"

namespace soutenance::storage::sql {

absl::Status StoreBusy(absl::string_view detail) {
  return Error(absl::StatusCode::kUnavailable,
               "the database is busy with other changes; try again in a moment",
               {.reason = "STORE_BUSY",
                .metadata = {{"detail", std::string(detail)}},
                .retry_after = absl::Milliseconds(200)});
}

absl::Status StoreDown(absl::string_view detail) {
  return Error(absl::StatusCode::kUnavailable, absl::StrCat("the database cannot be reached: ", detail),
               {.reason = "STORE_DOWN",
                .metadata = {{"detail", std::string(detail)}},
                .retry_after = absl::Seconds(2)});
}

absl::Status StoreFull(absl::string_view detail) {
  return Error(absl::StatusCode::kResourceExhausted, absl::StrCat("the database has no room left: ", detail),
               {.reason = "STORE_FULL", .metadata = {{"detail", std::string(detail)}}});
}

absl::Status UniqueViolation(absl::string_view detail) {
  return Error(absl::StatusCode::kAlreadyExists, absl::StrCat("it exists already: ", detail),
               {.reason = "UNIQUE_VIOLATION", .metadata = {{"detail", std::string(detail)}}});
}

absl::Status ReferenceBroken(absl::string_view detail) {
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("it refers to something that does not exist, or is still referred to: ", detail),
               {.reason = "REFERENCE_BROKEN", .metadata = {{"detail", std::string(detail)}}});
}

}  // namespace soutenance::storage::sql
