#include <fcntl.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "storage/sql/connection.h"
#include "storage/sql/dialect.h"
#include "storage/sql/soci_without_boost.h"  // first

namespace soutenance::storage::sql {
namespace {

using namespace sqlite_api;  // where SOCI puts the declarations of sqlite3.h

// "SOUT": tells our files from other SQLite files, see file(1) and PRAGMA application_id.
constexpr int kApplicationId = 0x534F5554;

sqlite3* Handle(soci::session& session) {
  return static_cast<soci::sqlite3_session_backend*>(session.get_backend())->conn_;
}

int ReadPragma(soci::session& session, const std::string& pragma) {
  int value = 0;
  session << absl::StrCat("PRAGMA ", pragma), soci::into(value);
  return value;
}

class Sqlite final : public Dialect {
 public:
  absl::string_view name() const override { return "sqlite"; }
  absl::string_view begin_read() const override { return "BEGIN"; }
  absl::string_view begin_write() const override { return "BEGIN IMMEDIATE"; }
  absl::string_view exclude_writers() const override { return ""; }
  bool shares_commits() const override { return true; }

  // A connection is used by one thread at a time (connection_pool.h), so SQLite need not lock each of its own
  // calls, nor count memory under one lock for all. Has no effect if somebody used SQLite before; both are
  // allowed then too.
  Sqlite() {
    sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  }

  std::unique_ptr<soci::session> Open(const ConnectionOptions& options) const override {
    if (options.target != ":memory:") {
      // SQLite would create the file readable by everybody; it gives its journals the mode of the file.
      const int file = open(options.target.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
      if (file < 0) throw soci::soci_error(absl::StrCat(options.target, ": ", std::strerror(errno)));
      close(file);
    }
    auto session =
        std::make_unique<soci::session>(soci::sqlite3, absl::StrCat("dbname=\"", options.target, "\""));
    sqlite3_busy_timeout(Handle(*session),
                         static_cast<int>(absl::ToInt64Milliseconds(options.busy_wait_max)));
    sqlite3_extended_result_codes(Handle(*session), 1);
    CheckFile(*session, options);
    // FULL: an acknowledged write survives a power cut. -8000: 8 MB of cache per connection.
    Must(*session, options.read_only ? "PRAGMA foreign_keys=ON; PRAGMA cache_size=-4000; PRAGMA query_only=ON"
                                     : "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                                       "PRAGMA foreign_keys=ON; PRAGMA cache_size=-8000");
    return session;
  }

  int ColumnCount(soci::session&, soci::statement& statement) const override {
    return sqlite3_column_count(
        static_cast<soci::sqlite3_statement_backend*>(statement.get_backend())->stmt_);
  }

  absl::Status RunScript(soci::session& session, const std::string& script) const override {
    Must(session, script);
    return absl::OkStatus();
  }

  absl::Status Translate(soci::session& session, const soci::soci_error& error) const override {
    const std::string detail = error.get_error_message();
    int code = sqlite3_extended_errcode(Handle(session));
    if (const auto* own = dynamic_cast<const soci::sqlite3_soci_error*>(&error);
        own != nullptr && (code & 0xff) == SQLITE_OK) {
      code = own->result();
    }
    switch (code & 0xff) {
      case SQLITE_BUSY:
      case SQLITE_LOCKED:
        return StoreBusy(detail);
      case SQLITE_FULL:
        return StoreFull(detail);
      case SQLITE_CANTOPEN:
      case SQLITE_NOTADB:
        return StoreDown(detail);
      case SQLITE_CONSTRAINT:
        if (absl::StrContains(detail, "UNIQUE constraint")) return UniqueViolation(detail);
        if (absl::StrContains(detail, "FOREIGN KEY constraint")) return ReferenceBroken(detail);
        break;
      default:
        break;
    }
    return absl::InternalError(detail);
  }

  bool IsWorthRepeating(const absl::Status&) const override { return false; }

 private:
  static void Must(soci::session& session, const std::string& script) {
    char* message = nullptr;
    if (sqlite3_exec(Handle(session), script.c_str(), nullptr, nullptr, &message) == SQLITE_OK) return;
    const std::string text = message == nullptr ? "unknown error" : message;
    sqlite3_free(message);
    throw soci::soci_error(text);
  }

  // A file that another program made is left alone.
  static void CheckFile(soci::session& session, const ConnectionOptions& options) {
    const int application_id = ReadPragma(session, "application_id");
    if (application_id == kApplicationId) return;
    if (application_id != 0 || ReadPragma(session, "schema_version") != 0) {
      throw soci::soci_error(absl::StrCat(options.target, " is a database of another program"));
    }
    if (!options.read_only) Must(session, absl::StrCat("PRAGMA application_id=", kApplicationId));
  }
};

}  // namespace

const Dialect& SqliteDialect() {
  static const Sqlite dialect;
  return dialect;
}

}  // namespace soutenance::storage::sql
