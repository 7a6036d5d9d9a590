#ifndef SOUTENANCE_STORAGE_SQL_DATABASE_H_
#define SOUTENANCE_STORAGE_SQL_DATABASE_H_

#include <memory>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "storage/sql/session.h"

namespace soutenance::storage::sql {

class ConnectionPool;
class Dialect;
class WriteQueue;

struct DatabaseOptions {
  // Whose tables: "directory". Names the folder of migrations.
  std::string service;
  // PostgreSQL: the schema of these tables; empty: the name of the service.
  std::string schema;
  // How long a call waits for other calls and other processes before it returns STORE_BUSY.
  absl::Duration busy_wait_max = absl::Seconds(5);
  // Connections for reading, opened when first needed. At least 1; a database in memory has none.
  int read_connections_max = 4;
};

// The database of one service: one connection that writes, a few that read, each with its prepared
// statements. Safe for concurrent use. A read or write must not be started from inside another one of the
// same Database.
class Database {
 public:
  // Opens the database at `uri` and brings its tables up to date:
  //   sqlite:/var/lib/soutenance/directory.db   a file, created with mode 0600 if there is none
  //   sqlite::memory:                           for tests; gone when the Database is destroyed
  //   postgresql://user@host/name               one schema of a PostgreSQL database, created if there is none
  // INVALID_ARGUMENT, reason URI_INVALID; UNAVAILABLE, reason STORE_DOWN, if it cannot be opened;
  // FAILED_PRECONDITION, reason STORE_NEWER, if a newer program has written to it.
  static absl::StatusOr<std::unique_ptr<Database>> Open(absl::string_view uri,
                                                        const DatabaseOptions& options);
  ~Database();

  // Runs `work` in one transaction that excludes all other writers: commits if it returns OK, otherwise rolls
  // back and returns its error. Those who write at the same time may share one commit (write_queue.h), and
  // none of them returns before it. May run `work` again if PostgreSQL could not put two transactions in an
  // order, so `work` must not have other effects. UNAVAILABLE, reason STORE_BUSY, if the database stays busy.
  absl::Status Write(absl::FunctionRef<absl::Status(Session&)> work);

  // Runs `look` on one consistent snapshot. Statements that change something are refused, except in memory.
  absl::Status Read(absl::FunctionRef<absl::Status(Session&)> look) const;

 private:
  Database(std::unique_ptr<ConnectionPool> writer, std::unique_ptr<ConnectionPool> readers,
           const Dialect& dialect, absl::Duration busy_wait_max);

  std::unique_ptr<ConnectionPool> writer_;
  std::unique_ptr<ConnectionPool> readers_;  // null: reads share the writer's connection
  const Dialect& dialect_;
  std::unique_ptr<WriteQueue> queue_;  // null: each write has a transaction of its own
};

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_DATABASE_H_
