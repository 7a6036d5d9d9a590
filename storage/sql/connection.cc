#include "storage/sql/connection.h"

#include <algorithm>
#include <deque>
#include <exception>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "storage/sql/dialect.h"
#include "storage/sql/soci_without_boost.h"  // first

namespace soutenance::storage::sql {
namespace {

bool IsNameCharacter(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_'; }

std::size_t SkipQuoted(absl::string_view sql, std::size_t begin) {
  const std::size_t end = sql.find(sql[begin], begin + 1);
  return end == absl::string_view::npos ? sql.size() : end + 1;
}

// Returns the names of the parameters `:name` in the order in which they first appear.
std::vector<std::string> ParameterNames(absl::string_view sql) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < sql.size();) {
    std::size_t end = i + 1;
    if (sql[i] == '\'' || sql[i] == '"') {
      end = SkipQuoted(sql, i);
    } else if (sql[i] == ':' && end < sql.size() && sql[end] == ':') {
      end = i + 2;  // a cast of PostgreSQL
    } else if (sql[i] == ':') {
      while (end < sql.size() && IsNameCharacter(sql[end])) ++end;
      std::string name(sql.substr(i + 1, end - i - 1));
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
    }
    i = end;
  }
  return names;
}

}  // namespace

// A prepared statement with the variables SOCI copies parameters from and columns to. SOCI keeps their
// addresses, so they live in deques and as long as the statement.
struct Connection::Prepared {
  struct Parameter {
    Value::Kind kind = Value::Kind::kText;
    soci::indicator indicator = soci::i_ok;
    std::string text;
    long long integer = 0;
    double real = 0;
  };

  explicit Prepared(soci::session& session) : statement(session) {}

  std::deque<Parameter> parameters;
  std::vector<std::string> columns;
  std::vector<soci::indicator> indicators;
  std::vector<bool> nulls;
  bool running = false;
  soci::statement statement;  // last: it refers to the others
};

Connection::Connection(const Dialect& dialect, std::unique_ptr<soci::session> session)
    : dialect_(dialect), session_(std::move(session)) {}

Connection::~Connection() = default;

absl::StatusOr<std::unique_ptr<Connection>> Connection::Open(const Dialect& dialect,
                                                             ConnectionOptions options) {
  try {
    return std::unique_ptr<Connection>(new Connection(dialect, dialect.Open(options)));
  } catch (const soci::soci_error& error) {
    return StoreDown(error.get_error_message());
  } catch (const std::exception& error) {
    return StoreDown(error.what());
  }
}

absl::Status Connection::Fail(const absl::Status& status) {
  if (first_error_.ok()) first_error_ = status;
  if (FactsOf(status).reason == "STORE_DOWN") lost_ = true;
  return status;
}

absl::StatusOr<Connection::Prepared*> Connection::Prepare(absl::string_view sql,
                                                          absl::Span<const Value> values) {
  if (const auto found = prepared_.find(sql); found != prepared_.end()) return found->second.get();
  const std::vector<std::string> names = ParameterNames(sql);
  if (names.size() != values.size()) {
    return absl::InternalError(
        absl::StrCat("statement with ", names.size(), " parameters got ", values.size(), " values: ", sql));
  }
  auto prepared = std::make_unique<Prepared>(*session_);
  soci::statement& statement = prepared->statement;
  statement.alloc();
  statement.prepare(std::string(sql), soci::details::st_repeatable_query);
  const int columns = dialect_.ColumnCount(*session_, statement);
  prepared->columns.resize(static_cast<std::size_t>(columns));
  prepared->indicators.resize(prepared->columns.size());
  prepared->nulls.resize(prepared->columns.size());
  for (std::size_t i = 0; i < prepared->columns.size(); ++i) {
    statement.exchange(soci::into(prepared->columns[i], prepared->indicators[i]));
  }
  // By name: by position, SOCI would count a repeated name twice on PostgreSQL and once on SQLite.
  for (std::size_t i = 0; i < names.size(); ++i) {
    Prepared::Parameter& parameter = prepared->parameters.emplace_back();
    parameter.kind = values[i].kind();
    switch (parameter.kind) {
      case Value::Kind::kText:
        statement.exchange(soci::use(parameter.text, parameter.indicator, names[i]));
        break;
      case Value::Kind::kInteger:
        statement.exchange(soci::use(parameter.integer, parameter.indicator, names[i]));
        break;
      case Value::Kind::kReal:
        statement.exchange(soci::use(parameter.real, parameter.indicator, names[i]));
        break;
    }
  }
  statement.define_and_bind();
  return (prepared_[std::string(sql)] = std::move(prepared)).get();
}

absl::StatusOr<int64_t> Connection::Run(absl::string_view sql, absl::Span<const Value> values,
                                        const absl::FunctionRef<absl::Status(const Row&)>* each) {
  Prepared* prepared = nullptr;
  try {
    ASSIGN_OR_RETURN(prepared, Prepare(sql, values));
    if (prepared->running) return Fail(absl::InternalError(absl::StrCat("statement used in itself: ", sql)));
    for (std::size_t i = 0; i < prepared->parameters.size(); ++i) {
      Prepared::Parameter& parameter = prepared->parameters[i];
      if (i >= values.size() || parameter.kind != values[i].kind()) {
        return Fail(absl::InternalError(
            absl::StrCat("parameter ", i + 1, " has another kind than the first time: ", sql)));
      }
      parameter.indicator = values[i].is_null() ? soci::i_null : soci::i_ok;
      parameter.text.assign(values[i].text().data(), values[i].text().size());
      parameter.integer = values[i].integer();
      parameter.real = values[i].real();
    }
    prepared->running = true;
    absl::Status status;
    int64_t rows = 0;
    bool got = prepared->statement.execute(true);
    // Always to the last row: a SQLite statement that is left in the middle keeps its snapshot open.
    for (; got && !prepared->columns.empty(); got = prepared->statement.fetch()) {
      ++rows;
      if (each == nullptr || !status.ok()) continue;
      for (std::size_t i = 0; i < prepared->columns.size(); ++i) {
        prepared->nulls[i] = prepared->indicators[i] == soci::i_null;
        if (prepared->nulls[i]) prepared->columns[i].clear();
      }
      const Row row(prepared->columns, prepared->nulls);
      status = (*each)(row);
      if (status.ok() && !row.IsSound()) {
        status = absl::DataLossError(absl::StrCat("the database holds a value of an unexpected kind: ", sql));
      }
    }
    prepared->running = false;
    if (!status.ok()) return Fail(status);
    return prepared->columns.empty() ? prepared->statement.get_affected_rows() : rows;
  } catch (const soci::soci_error& error) {
    if (prepared != nullptr) prepared->running = false;
    return Fail(dialect_.Translate(*session_, error));
  } catch (const std::exception& error) {
    if (prepared != nullptr) prepared->running = false;
    return Fail(absl::InternalError(error.what()));
  }
}

absl::Status Connection::RunScript(const std::string& script) {
  try {
    return dialect_.RunScript(*session_, script);
  } catch (const soci::soci_error& error) {
    return Fail(dialect_.Translate(*session_, error));
  } catch (const std::exception& error) {
    return Fail(absl::InternalError(error.what()));
  }
}

absl::Status Connection::Begin() {
  first_error_ = absl::OkStatus();
  RETURN_IF_ERROR(Run(dialect_.begin_write(), {}, nullptr).status());
  const absl::string_view lock = dialect_.exclude_writers();
  if (lock.empty()) return absl::OkStatus();
  const absl::Status locked = Run(lock, {}, nullptr).status();
  if (!locked.ok()) RollBack();
  return locked;
}

absl::Status Connection::Work(absl::FunctionRef<absl::Status(Session&)> work) {
  first_error_ = absl::OkStatus();
  Session session(*this);
  try {
    RETURN_IF_ERROR(work(session));
  } catch (const std::exception& error) {  // no memory: others wait for this transaction
    return absl::InternalError(error.what());
  }
  // A statement that failed and was ignored has already doomed the transaction on PostgreSQL.
  return first_error_;
}

absl::Status Connection::Join(absl::FunctionRef<absl::Status(Session&)> work, bool& lost) {
  absl::Status status = Run("SAVEPOINT joined", {}, nullptr).status();
  if (status.ok()) status = Work(work);
  // After some errors SQLite has rolled back everything by itself; then there is nothing to go back to.
  if (!status.ok()) lost = !Run("ROLLBACK TO joined", {}, nullptr).ok();
  const absl::Status released = lost ? absl::OkStatus() : Run("RELEASE joined", {}, nullptr).status();
  if (released.ok()) return status;
  lost = true;
  return released;
}

absl::Status Connection::Commit() { return Run("COMMIT", {}, nullptr).status(); }

void Connection::RollBack() {
  if (Run("ROLLBACK", {}, nullptr).ok()) return;
  // Without a rollback the state of the connection is unknown; SQLite rolls some failures back by itself.
  lost_ = lost_ || dialect_.name() != absl::string_view("sqlite");
}

absl::Status Connection::InTransaction(absl::Status begun, absl::FunctionRef<absl::Status(Session&)> work) {
  RETURN_IF_ERROR(begun);
  absl::Status status = Work(work);
  if (status.ok()) status = Commit();
  if (!status.ok()) RollBack();
  return status;
}

absl::Status Connection::InReadTransaction(absl::FunctionRef<absl::Status(Session&)> look) {
  return InTransaction(Run(dialect_.begin_read(), {}, nullptr).status(), look);
}

absl::Status Connection::InWriteTransaction(absl::FunctionRef<absl::Status(Session&)> work) {
  return InTransaction(Begin(), work);
}

}  // namespace soutenance::storage::sql
