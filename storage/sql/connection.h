#ifndef SOUTENANCE_STORAGE_SQL_CONNECTION_H_
#define SOUTENANCE_STORAGE_SQL_CONNECTION_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "storage/sql/session.h"

namespace soci {
class session;
}

namespace soutenance::storage::sql {

class Dialect;

// How a connection is opened.
struct ConnectionOptions {
  std::string target;  // SQLite: a file name or ":memory:". PostgreSQL: a connection string of libpq.
  std::string schema;  // PostgreSQL: the schema that unqualified names mean. Otherwise unused.
  bool read_only = false;
  absl::Duration busy_wait_max = absl::Seconds(5);  // how long a statement waits for another writer
};

// One connection and its prepared statements. The only class that calls SOCI's statements; what SOCI throws
// ends here as an absl::Status. Not safe for concurrent use.
class Connection {
 public:
  // UNAVAILABLE, reason STORE_DOWN, if the database cannot be reached or opened.
  static absl::StatusOr<std::unique_ptr<Connection>> Open(const Dialect& dialect, ConnectionOptions options);
  ~Connection();

  // Runs `look` or `work` between a begin and a commit; rolls back if it or any statement in it fails, and
  // returns the first error.
  absl::Status InReadTransaction(absl::FunctionRef<absl::Status(Session&)> look);
  absl::Status InWriteTransaction(absl::FunctionRef<absl::Status(Session&)> work);

  // The steps of InWriteTransaction, for those who do more than one work in it (write_queue.h): after Begin
  // comes Work, then any number of Join, then Commit or RollBack. Work and Join return the first error; Join
  // takes back what its work did if there was one, and sets `lost` if all of the transaction had to go.
  absl::Status Begin();
  absl::Status Work(absl::FunctionRef<absl::Status(Session&)> work);
  absl::Status Join(absl::FunctionRef<absl::Status(Session&)> work, bool& lost);
  absl::Status Commit();
  void RollBack();

  // Runs one statement and returns the number of rows it changed; see Session for the rules. Calls `*each`
  // for every row if `each` is not null.
  absl::StatusOr<int64_t> Run(absl::string_view sql, absl::Span<const Value> values,
                              const absl::FunctionRef<absl::Status(const Row&)>* each);

  // Runs several statements without parameters, outside the cache.
  absl::Status RunScript(const std::string& script);

  // Whether the connection was lost; it must then be thrown away.
  bool IsLost() const { return lost_; }

 private:
  struct Prepared;

  Connection(const Dialect& dialect, std::unique_ptr<soci::session> session);
  absl::Status InTransaction(absl::Status begun, absl::FunctionRef<absl::Status(Session&)> work);
  absl::StatusOr<Prepared*> Prepare(absl::string_view sql, absl::Span<const Value> values);
  absl::Status Fail(const absl::Status& status);

  const Dialect& dialect_;
  std::unique_ptr<soci::session> session_;
  absl::flat_hash_map<std::string, std::unique_ptr<Prepared>> prepared_;
  absl::Status first_error_;  // of the transaction that is open
  bool lost_ = false;
};

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_CONNECTION_H_
