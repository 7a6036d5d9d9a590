#include "storage/sql/database.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "storage/sql/connection.h"
#include "storage/sql/connection_pool.h"
#include "storage/sql/dialect.h"
#include "storage/sql/migrations.h"
#include "storage/sql/write_queue.h"

namespace soutenance::storage::sql {
namespace {

// Serialisation failures are rare and short; five in a row mean a crowd.
constexpr int kAttemptsMax = 5;

absl::Status InvalidUri(absl::string_view uri) {
  // The URI itself may hold a password.
  const absl::string_view scheme = uri.substr(0, uri.find(':'));
  return Error(
      absl::StatusCode::kInvalidArgument,
      absl::StrCat("a database is written sqlite:/path/to/file.db or postgresql://user@host/name, not \"",
                   scheme, ":...\""),
      {.reason = "URI_INVALID", .metadata = {{"scheme", std::string(scheme)}}});
}

}  // namespace

Database::Database(std::unique_ptr<ConnectionPool> writer, std::unique_ptr<ConnectionPool> readers,
                   const Dialect& dialect, absl::Duration busy_wait_max)
    : writer_(std::move(writer)), readers_(std::move(readers)), dialect_(dialect) {
  // In memory nothing is flushed, and those who read want the connection too.
  if (readers_ != nullptr && dialect_.shares_commits()) {
    queue_ = std::make_unique<WriteQueue>(*writer_, busy_wait_max);
  }
}

Database::~Database() = default;

absl::StatusOr<std::unique_ptr<Database>> Database::Open(absl::string_view uri,
                                                         const DatabaseOptions& options) {
  absl::string_view target = uri;
  const bool is_sqlite = absl::ConsumePrefix(&target, "sqlite:");
  const bool is_postgres = absl::StartsWith(uri, "postgresql://") || absl::StartsWith(uri, "postgres://");
  if ((!is_sqlite && !is_postgres) || target.empty() || absl::StrContains(target, '"'))
    return InvalidUri(uri);
  const Dialect& dialect = is_sqlite ? SqliteDialect() : PostgresDialect();
  ConnectionOptions writer{.target = std::string(target),
                           .schema = options.schema.empty() ? options.service : options.schema,
                           .busy_wait_max = options.busy_wait_max};
  ConnectionOptions reader = writer;
  reader.read_only = true;
  const bool in_memory = is_sqlite && target == ":memory:";
  auto writer_pool = std::make_unique<ConnectionPool>(dialect, writer, 1);
  RETURN_IF_ERROR(writer_pool->With(
      [&](Connection& connection) { return Migrate(connection, dialect, options.service); }));
  auto readers =
      in_memory ? nullptr : std::make_unique<ConnectionPool>(dialect, reader, options.read_connections_max);
  return std::unique_ptr<Database>(
      new Database(std::move(writer_pool), std::move(readers), dialect, options.busy_wait_max));
}

absl::Status Database::Write(absl::FunctionRef<absl::Status(Session&)> work) {
  if (queue_ != nullptr) return queue_->Write(work);
  return writer_->With([&](Connection& connection) {
    absl::Status status;
    for (int attempt = 0; attempt < kAttemptsMax; ++attempt) {
      status = connection.InWriteTransaction(work);
      if (status.ok() || !dialect_.IsWorthRepeating(status)) break;
    }
    return status;
  });
}

absl::Status Database::Read(absl::FunctionRef<absl::Status(Session&)> look) const {
  ConnectionPool& pool = readers_ == nullptr ? *writer_ : *readers_;
  return pool.With([&](Connection& connection) { return connection.InReadTransaction(look); });
}

}  // namespace soutenance::storage::sql
