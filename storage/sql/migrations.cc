#include "storage/sql/migrations.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "storage/sql/connection.h"
#include "storage/sql/dialect.h"
#include "storage/sql/session.h"

namespace soutenance::storage::sql {
namespace {

constexpr absl::string_view kEveryService = "every_service";

// The table that says how far a schema is. SQLite also keeps the number in user_version, where file(1) and
// `sqlite3` show it without knowing us.
constexpr char kVersionTable[] =
    "CREATE TABLE IF NOT EXISTS schema_version (number INTEGER PRIMARY KEY, name TEXT NOT NULL)";

absl::StatusOr<int> ReadVersion(Session& session) {
  int version = -1;
  RETURN_IF_ERROR(session.Query("SELECT coalesce(max(number), -1) FROM schema_version", {},
                                [&](const Row& row) { version = row.Int(0); }));
  return version;
}

absl::Status Apply(Connection& connection, const Dialect& dialect, const Migration& migration) {
  return connection.InWriteTransaction([&](Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(const int version, ReadVersion(session));
    if (version >= migration.number) return absl::OkStatus();
    if (absl::Status status = connection.RunScript(std::string(migration.sql)); !status.ok()) {
      return Annotate(status, absl::StrCat("while applying ", migration.name));
    }
    RETURN_IF_ERROR(session.Execute("INSERT INTO schema_version (number, name) VALUES (:number, :name)",
                                    {migration.number, migration.name}));
    if (dialect.name() != "sqlite") return absl::OkStatus();
    return connection.RunScript(absl::StrCat("PRAGMA user_version=", migration.number));
  });
}

}  // namespace

absl::Status Migrate(Connection& connection, const Dialect& dialect, absl::string_view service) {
  std::vector<Migration> migrations;
  for (const absl::string_view folder : {kEveryService, service}) {
    for (const Migration& migration : AllMigrations()) {
      if (migration.dialect == dialect.name() && migration.service == folder) migrations.push_back(migration);
    }
  }
  int version = -1;
  const auto read_version = [&](Session& session) -> absl::Status {
    RETURN_IF_ERROR(session.Execute(kVersionTable));
    ASSIGN_OR_RETURN(version, ReadVersion(session));
    return absl::OkStatus();
  };
  RETURN_IF_ERROR(connection.InWriteTransaction(read_version));
  const int newest = migrations.empty() ? -1 : migrations.back().number;
  if (version > newest) {
    return Error(absl::StatusCode::kFailedPrecondition,
                 absl::StrCat("the database of ", service, " has version ", version,
                              ", this program knows versions up to ", newest,
                              "; start the newer program, or restore a backup from before it"),
                 {.reason = "STORE_NEWER",
                  .metadata = {{"service", std::string(service)},
                               {"version", absl::StrCat(version)},
                               {"version_known", absl::StrCat(newest)}}});
  }
  for (const Migration& migration : migrations) {
    if (migration.number > version) RETURN_IF_ERROR(Apply(connection, dialect, migration));
  }
  return absl::OkStatus();
}

}  // namespace soutenance::storage::sql
