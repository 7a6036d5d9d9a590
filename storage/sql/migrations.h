#ifndef SOUTENANCE_STORAGE_SQL_MIGRATIONS_H_
#define SOUTENANCE_STORAGE_SQL_MIGRATIONS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace soutenance::storage::sql {

class Connection;
class Dialect;

// One file of storage/schema/<dialect>/<service>/NNNN_name.sql, compiled into the program.
struct Migration {
  absl::string_view dialect;
  absl::string_view service;  // or "every_service", number 0: what every new database begins with
  int number;                 // 1, 2, 3 ... without gap
  absl::string_view name;     // "NNNN_name"
  absl::string_view sql;      // several statements, no transaction statement among them
};

// All files, ordered by dialect, service and number.
absl::Span<const Migration> AllMigrations();

// Brings the tables of `service` to the newest version that this program knows, one transaction per file.
// Two processes may do so at the same time: the second finds the work done.
// FAILED_PRECONDITION, reason STORE_NEWER, if the database has a newer version than this program knows.
absl::Status Migrate(Connection& connection, const Dialect& dialect, absl::string_view service);

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_MIGRATIONS_H_
