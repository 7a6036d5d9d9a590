#ifndef SOUTENANCE_STORAGE_OPEN_H_
#define SOUTENANCE_STORAGE_OPEN_H_

#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/sql/database.h"

namespace soutenance::storage {

// Opens the database of one service in the store at `uri`, and brings its tables up to date:
//   sqlite:/var/lib/soutenance   the file /var/lib/soutenance/<service>.db; the folder must exist
//   sqlite::memory:              a database of its own, for tests
//   postgresql://user@host/name  the schema <service> of that database
// The adapters, such as sql::DirectoryStore, are built on the result. Errors as sql::Database::Open.
absl::StatusOr<std::unique_ptr<sql::Database>> OpenServiceDatabase(absl::string_view uri,
                                                                   absl::string_view service);

}  // namespace soutenance::storage

#endif  // SOUTENANCE_STORAGE_OPEN_H_
