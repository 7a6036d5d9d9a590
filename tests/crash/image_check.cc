#include "tests/crash/image_check.h"

#include <sqlite3.h>

#include <functional>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/crash/sqlite_vfs.h"

namespace soutenance::crash {
namespace {

// One database in an image, read without our own code.
class Database {
 public:
  explicit Database(const std::string& path) {
    sound_ = sqlite3_open_v2(path.c_str(), &database_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                             nullptr) == SQLITE_OK;
    // The image is thrown away: nobody needs its journal written back.
    sqlite3_db_config(database_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  }
  ~Database() { sqlite3_close(database_); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Calls `each` with the statement for every row; false if the database cannot be read.
  bool Query(const char* sql, const std::function<void(sqlite3_stmt*)>& each) {
    sqlite3_stmt* statement = nullptr;
    if (!sound_ || sqlite3_prepare_v2(database_, sql, -1, &statement, nullptr) != SQLITE_OK) return false;
    int step = 0;
    while ((step = sqlite3_step(statement)) == SQLITE_ROW) each(statement);
    sqlite3_finalize(statement);
    return step == SQLITE_DONE;
  }
  std::string error() const { return sqlite3_errmsg(database_); }

 private:
  sqlite3* database_ = nullptr;
  bool sound_ = false;
};

std::string Text(sqlite3_stmt* statement, int column) {
  return reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
}

}  // namespace

std::string WhatIsWrong(Image files, const std::string& folder,
                        const std::map<std::string, std::string>& contents,
                        const std::vector<std::string>& acknowledged) {
  Disk disk(std::move(files));
  UseDisk(&disk);
  Database database(folder + "/submissions.db");
  std::set<std::string> versions;
  std::string wrong;
  bool read =
      database.Query("SELECT number, sha256, receipt FROM drafts ORDER BY number", [&](sqlite3_stmt* row) {
        const std::string sha256 = Text(row, 1);
        const std::string version = absl::StrCat(Text(row, 0), " ", sha256);
        versions.insert(version);
        const int file =
            disk.InodeOf(absl::StrCat(folder, "/content/", sha256.substr(0, 2), "/", sha256), false);
        const auto content = contents.find(sha256);
        if (file < 0) {
          wrong = absl::StrCat("version ", version, " has no content");
        } else if (content == contents.end() || disk.BytesOf(file) != content->second) {
          wrong = absl::StrCat("version ", version, " has other content than was submitted");
        } else if (!absl::StrContains(Text(row, 2), sha256)) {
          wrong = absl::StrCat("version ", version, " has no receipt");
        }
      });
  read &= database.Query(
      "SELECT (SELECT size FROM receipt_log_head), (SELECT COUNT(*) FROM receipt_log), "
      "(SELECT COUNT(*) FROM uploads) + (SELECT COUNT(*) FROM drafts), "
      "(SELECT COUNT(*) FROM uploads WHERE state = 'finished'), (SELECT COUNT(*) FROM drafts)",
      [&](sqlite3_stmt* row) {
        if (Text(row, 0) != Text(row, 1) || Text(row, 1) != Text(row, 2) || Text(row, 3) != Text(row, 4)) {
          wrong = "uploads, versions and the log of receipts do not fit together";
        }
      });
  if (!read) return absl::StrCat("the database cannot be read: ", database.error());
  if (!wrong.empty()) return wrong;
  for (const std::string& version : acknowledged) {
    if (versions.count(version) == 0)
      return absl::StrCat("version ", version, " was acknowledged and is lost");
  }
  return "";
}

}  // namespace soutenance::crash
