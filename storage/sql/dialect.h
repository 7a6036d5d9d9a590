#ifndef SOUTENANCE_STORAGE_SQL_DIALECT_H_
#define SOUTENANCE_STORAGE_SQL_DIALECT_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace soci {
class session;
class soci_error;
class statement;
}  // namespace soci

namespace soutenance::storage::sql {

struct ConnectionOptions;

// What differs between the databases at run time. Everything else, the statements included, is the same.
// Functions that talk to the database may throw what SOCI throws; only Connection calls them.
class Dialect {
 public:
  virtual ~Dialect() = default;

  // "sqlite" or "postgresql": the folder of its migrations.
  virtual absl::string_view name() const = 0;

  // How transactions begin. A SQLite writer begins IMMEDIATE: one that read first would be refused at once
  // when another had committed meanwhile, whatever the busy timeout.
  virtual absl::string_view begin_read() const = 0;
  virtual absl::string_view begin_write() const = 0;

  // The statement that makes a transaction that has begun wait for other writers; empty if it waited already.
  virtual absl::string_view exclude_writers() const = 0;

  // Whether those who write at the same time are put into one transaction (write_queue.h). PostgreSQL flushes
  // for several transactions at once by itself.
  virtual bool shares_commits() const = 0;

  // Opens and sets up a session.
  virtual std::unique_ptr<soci::session> Open(const ConnectionOptions& options) const = 0;

  // The number of columns a prepared statement returns; 0 if it returns no rows.
  virtual int ColumnCount(soci::session& session, soci::statement& statement) const = 0;

  // Runs several statements without parameters.
  virtual absl::Status RunScript(soci::session& session, const std::string& script) const = 0;

  // Says in our words what the database refused (see Session for the codes).
  virtual absl::Status Translate(soci::session& session, const soci::soci_error& error) const = 0;

  // Whether a transaction that ended with `status` may succeed if it is simply run again.
  virtual bool IsWorthRepeating(const absl::Status& status) const = 0;
};

const Dialect& SqliteDialect();
const Dialect& PostgresDialect();

// The statuses that both dialects translate to.
absl::Status StoreBusy(absl::string_view detail);
absl::Status StoreDown(absl::string_view detail);
absl::Status StoreFull(absl::string_view detail);
absl::Status UniqueViolation(absl::string_view detail);
absl::Status ReferenceBroken(absl::string_view detail);

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_DIALECT_H_
