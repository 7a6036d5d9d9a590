#include <libpq-fe.h>
#include <soci/postgresql/soci-postgresql.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/base/error.h"
#include "storage/sql/connection.h"
#include "storage/sql/dialect.h"
#include "storage/sql/soci_without_boost.h"  // first

namespace soutenance::storage::sql {
namespace {

PGconn* Handle(soci::session& session) {
  return static_cast<soci::postgresql_session_backend*>(session.get_backend())->conn_;
}

// Two transactions, one of another program, that could not be put in an order: run again, ours sees the
// other.
constexpr char kNotSerializable[] = "two transactions could not be put in an order";

// Owns a result of libpq.
struct Result {
  explicit Result(PGresult* in) : result(in) {}
  ~Result() { PQclear(result); }
  Result(const Result&) = delete;
  Result& operator=(const Result&) = delete;
  PGresult* result;
};

std::string Quoted(absl::string_view identifier) {
  return absl::StrCat("\"", absl::StrReplaceAll(identifier, {{"\"", "\"\""}}), "\"");
}

class Postgres final : public Dialect {
 public:
  absl::string_view name() const override { return "postgresql"; }
  absl::string_view begin_read() const override { return "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"; }
  absl::string_view begin_write() const override { return "BEGIN ISOLATION LEVEL READ COMMITTED"; }
  // Writers of one schema go one after the other, as on SQLite, so that no work has to be thought through for
  // two isolation levels. READ COMMITTED: statements after the wait see what the others committed.
  absl::string_view exclude_writers() const override {
    return "SELECT pg_advisory_xact_lock(hashtext(current_schema()))";
  }
  bool shares_commits() const override { return false; }

  std::unique_ptr<soci::session> Open(const ConnectionOptions& options) const override {
    auto session = std::make_unique<soci::session>(soci::postgresql, options.target);
    Must(*session, "SET client_min_messages = warning");
    const std::string schema = Quoted(options.schema);
    if (!options.read_only && !SchemaExists(*session, options.schema)) {
      Must(*session, absl::StrCat("CREATE SCHEMA IF NOT EXISTS ", schema));
    }
    Must(*session, absl::StrCat("SET search_path TO ", schema));
    Must(*session, absl::StrCat("SET lock_timeout = ", absl::ToInt64Milliseconds(options.busy_wait_max)));
    return session;
  }

  int ColumnCount(soci::session& session, soci::statement& statement) const override {
    const auto* prepared = static_cast<soci::postgresql_statement_backend*>(statement.get_backend());
    const Result described(PQdescribePrepared(Handle(session), prepared->statementName_.c_str()));
    if (PQresultStatus(described.result) != PGRES_COMMAND_OK) {
      throw soci::soci_error(PQerrorMessage(Handle(session)));
    }
    return PQnfields(described.result);
  }

  absl::Status RunScript(soci::session& session, const std::string& script) const override {
    Must(session, script);
    return absl::OkStatus();
  }

  absl::Status Translate(soci::session& session, const soci::soci_error& error) const override {
    const std::string detail = error.get_error_message();
    std::string state;
    if (const auto* own = dynamic_cast<const soci::postgresql_soci_error*>(&error)) state = own->sqlstate();
    if (state == "23505") return UniqueViolation(detail);
    if (state == "23503") return ReferenceBroken(detail);
    if (state == "40001" || state == "40P01") return StoreBusy(kNotSerializable);
    if (state == "55P03") return StoreBusy(detail);
    if (absl::StartsWith(state, "53")) return StoreFull(detail);
    const bool down = absl::StartsWith(state, "08") || absl::StartsWith(state, "57P") ||
                      error.get_error_category() == soci::soci_error::connection_error ||
                      session.get_backend() == nullptr || PQstatus(Handle(session)) != CONNECTION_OK;
    return down ? StoreDown(detail) : absl::InternalError(detail);
  }

  bool IsWorthRepeating(const absl::Status& status) const override {
    const ErrorFacts facts = FactsOf(status);
    const auto detail = facts.metadata.find("detail");
    return facts.reason == "STORE_BUSY" && detail != facts.metadata.end() &&
           detail->second == kNotSerializable;
  }

 private:
  static void Must(soci::session& session, const std::string& script) {
    const Result done(PQexec(Handle(session), script.c_str()));
    const ExecStatusType status = PQresultStatus(done.result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY) return;
    const char* state = PQresultErrorField(done.result, PG_DIAG_SQLSTATE);
    throw soci::postgresql_soci_error(PQerrorMessage(Handle(session)), state == nullptr ? "     " : state);
  }

  // An account without the right to create schemas can use one that was made for it.
  static bool SchemaExists(soci::session& session, const std::string& schema) {
    int count = 0;
    session << "SELECT count(*) FROM pg_namespace WHERE nspname = :name", soci::use(schema),
        soci::into(count);
    return count > 0;
  }
};

}  // namespace

const Dialect& PostgresDialect() {
  static const Postgres dialect;
  return dialect;
}

}  // namespace soutenance::storage::sql
