#include <sqlite3.h>
#include <sys/stat.h>

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/contract/backends.h"
#include "storage/open.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::storage::sql {
namespace {

using ::soutenance::testing::IsOk;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class DatabaseContract : public contract::OnEveryBackend {
 protected:
  // A table of our own: these tests are about the database, not about a service's schema.
  void SetUp() override {
    ASSERT_OK(database_->Write([](Session& session) {
      return session.Execute(
          "CREATE TABLE notes (id INTEGER PRIMARY KEY, label TEXT NOT NULL UNIQUE, weight BIGINT)");
    }));
  }

  absl::Status Add(int id, const std::string& label) {
    return database_->Write([&](Session& session) {
      return session.Execute("INSERT INTO notes (id, label) VALUES (:id, :label)", {id, label});
    });
  }

  std::vector<std::string> Labels() {
    std::vector<std::string> labels;
    EXPECT_OK(database_->Read([&](Session& session) {
      return session.Query("SELECT label FROM notes ORDER BY id", {},
                           [&](const Row& row) { labels.push_back(row.Text(0)); });
    }));
    return labels;
  }

  std::unique_ptr<Database> database_ = OpenDatabase("notes");
};

TEST_P(DatabaseContract, ReadsWhatWasWritten) {
  ASSERT_OK(Add(1, "l'été; \"--' DROP TABLE notes"));
  ASSERT_OK(Add(2, ""));

  EXPECT_THAT(Labels(), ElementsAre("l'été; \"--' DROP TABLE notes", ""));
}

TEST_P(DatabaseContract, KeepsLargeNumbersAndTellsNothingFromZero) {
  ASSERT_OK(database_->Write([](Session& session) -> absl::Status {
    const std::optional<int64_t> nothing;
    for (const std::optional<int64_t>& weight : {std::optional<int64_t>(int64_t{1} << 53), nothing}) {
      const absl::Status status =
          session.Execute("INSERT INTO notes (id, label, weight) VALUES (:id, :label, :weight)",
                          {weight ? 1 : 2, weight ? "heavy" : "unknown", weight});
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }));

  std::vector<std::optional<int64_t>> weights;
  ASSERT_OK(database_->Read([&](Session& session) {
    return session.Query("SELECT weight FROM notes ORDER BY id", {},
                         [&](const Row& row) { weights.push_back(row.OptionalInteger(0)); });
  }));
  EXPECT_THAT(weights, ElementsAre(int64_t{1} << 53, std::nullopt));
}

TEST_P(DatabaseContract, GivesARepeatedParameterTheSameValue) {
  ASSERT_OK(Add(7, "seven"));

  int count = 0;
  ASSERT_OK(database_->Read([&](Session& session) {
    return session.Query("SELECT ':id' FROM notes WHERE label = :label OR (id = :id AND id <= :id)",
                         {"none", 7}, [&](const Row& row) { count += row.Text(0) == ":id" ? 1 : 0; });
  }));
  EXPECT_EQ(count, 1);
}

TEST_P(DatabaseContract, RollsBackWorkThatFails) {
  const absl::Status status = database_->Write([](Session& session) -> absl::Status {
    EXPECT_OK(session.Execute("INSERT INTO notes (id, label) VALUES (:id, :label)", {1, "lost"}));
    return absl::AbortedError("changed my mind");
  });

  EXPECT_THAT(status, StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(Labels(), ElementsAre());
}

TEST_P(DatabaseContract, RollsBackWhenAFailedStatementIsIgnored) {
  ASSERT_OK(Add(1, "first"));
  const absl::Status status = database_->Write([](Session& session) {
    EXPECT_OK(session.Execute("INSERT INTO notes (id, label) VALUES (:id, :label)", {2, "second"}));
    EXPECT_FALSE(session.Execute("INSERT INTO notes (id, label) VALUES (:id, :label)", {3, "first"}).ok());
    return absl::OkStatus();
  });

  EXPECT_THAT(status, StatusIs(absl::StatusCode::kAlreadyExists, Reason("UNIQUE_VIOLATION")));
  EXPECT_THAT(Labels(), ElementsAre("first"));
  EXPECT_OK(Add(2, "second"));
}

TEST_P(DatabaseContract, CountsRowsThatChange) {
  ASSERT_OK(Add(1, "one"));
  ASSERT_OK(Add(2, "two"));
  std::vector<int64_t> counts;
  ASSERT_OK(database_->Write([&](Session& session) -> absl::Status {
    for (const int from : {1, 3}) {
      auto count = session.ExecuteCounting("UPDATE notes SET weight = 5 WHERE id >= :id", {from});
      if (!count.ok()) return count.status();
      counts.push_back(*count);
    }
    return absl::OkStatus();
  }));

  EXPECT_THAT(counts, ElementsAre(2, 0));
}

TEST_P(DatabaseContract, ReturnsRowsOfAChange) {
  ASSERT_OK(Add(1, "one"));
  int64_t weight = 0;
  ASSERT_OK(database_->Write([&](Session& session) {
    return session.Query("UPDATE notes SET weight = :weight WHERE id = :id RETURNING weight", {9, 1},
                         [&](const Row& row) { weight = row.Integer(0); });
  }));

  EXPECT_EQ(weight, 9);
}

TEST_P(DatabaseContract, StopsAtTheFirstRowThatIsRefused) {
  ASSERT_OK(Add(1, "one"));
  ASSERT_OK(Add(2, "two"));
  int seen = 0;
  const absl::Status status = database_->Read([&](Session& session) {
    return session.Query("SELECT label FROM notes ORDER BY id", {}, [&](const Row&) -> absl::Status {
      ++seen;
      return absl::DataLossError("unreadable");
    });
  });

  EXPECT_THAT(status, StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_EQ(seen, 1);
  EXPECT_THAT(Labels(), ElementsAre("one", "two"));
}

TEST_P(DatabaseContract, ReportsTextWhereANumberIsExpected) {
  ASSERT_OK(Add(1, "one"));
  const absl::Status status = database_->Read([&](Session& session) {
    return session.Query("SELECT label FROM notes", {}, [&](const Row& row) { (void)row.Integer(0); });
  });

  EXPECT_THAT(status, StatusIs(absl::StatusCode::kDataLoss));
}

TEST_P(DatabaseContract, SaysWhichStatementIsWrong) {
  const absl::Status status =
      database_->Read([](Session& session) { return session.Execute("SELECT label FROM nowhere"); });

  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInternal));
  EXPECT_THAT(std::string(status.message()), HasSubstr("nowhere"));
  EXPECT_OK(Add(1, "the connection is still good"));
}

TEST_P(DatabaseContract, RemembersAfterClosing) {
  if (!RemembersAfterClosing()) return;
  ASSERT_OK(Add(1, "kept"));
  database_.reset();
  database_ = OpenDatabase("notes");

  EXPECT_THAT(Labels(), ElementsAre("kept"));
}

TEST_P(DatabaseContract, RefusesADatabaseOfANewerProgram) {
  if (!RemembersAfterClosing()) return;
  ASSERT_OK(database_->Write([](Session& session) {
    return session.Execute("INSERT INTO schema_version (number, name) VALUES (4711, '4711_future')");
  }));
  database_.reset();

  const auto database = Database::Open(Uri("notes"), Options("notes"));
  EXPECT_THAT(database, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("STORE_NEWER")));
  EXPECT_THAT(std::string(database.status().message()), HasSubstr("version 4711"));
  EXPECT_THAT(std::string(database.status().message()), HasSubstr("up to 0"));
}

TEST_P(DatabaseContract, LosesNoIncrementOfConcurrentWriters) {
  ASSERT_OK(Add(1, "counter"));
  ASSERT_OK(database_->Write([](Session& s) { return s.Execute("UPDATE notes SET weight = 0"); }));
  const auto increment = [&] {
    for (int i = 0; i < 25; ++i) {
      EXPECT_OK(database_->Write([](Session& session) -> absl::Status {
        int64_t weight = 0;
        const absl::Status read = session.Query("SELECT weight FROM notes WHERE id = :id", {1},
                                                [&](const Row& row) { weight = row.Integer(0); });
        if (!read.ok()) return read;
        return session.Execute("UPDATE notes SET weight = :weight WHERE id = :id", {weight + 1, 1});
      }));
      EXPECT_THAT(Labels(), ElementsAre("counter"));
    }
  };
  std::vector<std::jthread> writers;
  for (int i = 0; i < 4; ++i) writers.emplace_back(increment);
  writers.clear();

  int64_t weight = 0;
  ASSERT_OK(database_->Read([&](Session& session) {
    return session.Query("SELECT weight FROM notes", {}, [&](const Row& row) { weight = row.Integer(0); });
  }));
  EXPECT_EQ(weight, 100);
}

// Some of them share a transaction: what one takes back is still its own.
TEST_P(DatabaseContract, TakesBackTheWorkOfThoseWhoFailAndNoOther) {
  std::vector<std::thread> writers;
  std::vector<absl::Status> statuses(64);
  for (int i = 0; i < 64; ++i) {
    writers.emplace_back([&, i] {
      statuses[static_cast<std::size_t>(i)] = database_->Write([&](Session& session) -> absl::Status {
        const absl::Status added = session.Execute("INSERT INTO notes (id, label) VALUES (:id, :label)",
                                                   {i, absl::StrCat("note ", i % 4 == 2 ? 0 : i)});
        // A refused label, a change of mind, and an error that is ignored.
        if (i % 4 == 1) return absl::CancelledError("changed my mind");
        return i % 4 == 2 ? absl::OkStatus() : added;
      });
    });
  }
  for (std::thread& writer : writers) writer.join();

  int refused = 0;
  for (int i = 0; i < 64; ++i) {
    const absl::Status& status = statuses[static_cast<std::size_t>(i)];
    if (i % 4 == 1) {
      EXPECT_TRUE(absl::IsCancelled(status)) << status;
    } else if (!status.ok()) {
      EXPECT_THAT(status, StatusIs(absl::StatusCode::kAlreadyExists, Reason("UNIQUE_VIOLATION"))) << i;
      ++refused;
    }
  }
  // Of the seventeen that want to be note 0, one is.
  EXPECT_EQ(refused, 16);
  EXPECT_EQ(Labels().size(), 32u);
}

TEST_P(DatabaseContract, LosesNoIncrementOfTwoPrograms) {
  if (!RemembersAfterClosing()) return;
  ASSERT_OK(Add(1, "counter"));
  ASSERT_OK(database_->Write([](Session& s) { return s.Execute("UPDATE notes SET weight = 0"); }));
  const auto increment = [](Database& database) {
    for (int i = 0; i < 25; ++i) {
      EXPECT_OK(database.Write([](Session& session) {
        return session.Execute("UPDATE notes SET weight = weight + 1 WHERE id = :id", {1});
      }));
    }
  };
  const std::unique_ptr<Database> other = OpenDatabase("notes");
  {
    std::jthread one([&] { increment(*database_); });
    std::jthread two([&] { increment(*other); });
  }

  int64_t weight = 0;
  ASSERT_OK(other->Read([&](Session& session) {
    return session.Query("SELECT weight FROM notes", {}, [&](const Row& row) { weight = row.Integer(0); });
  }));
  EXPECT_EQ(weight, 50);
}

SOUTENANCE_ON_EVERY_BACKEND(DatabaseContract);

class SqliteFileOnly : public contract::OnEveryBackend {
 protected:
  std::string Path() const { return Uri("notes").substr(std::string("sqlite:").size()); }
};

TEST_P(SqliteFileOnly, RefusesToChangeAnythingWhileReading) {
  const std::unique_ptr<Database> database = OpenDatabase("notes");
  EXPECT_FALSE(database->Read([](Session& s) { return s.Execute("CREATE TABLE t (a TEXT)"); }).ok());
}

TEST_P(SqliteFileOnly, KeepsTheFileToItsOwner) {
  const std::unique_ptr<Database> database = OpenDatabase("notes");
  struct stat file = {};
  ASSERT_EQ(stat(Path().c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777, 0600u);
}

TEST_P(SqliteFileOnly, LeavesTheDatabaseOfAnotherProgramAlone) {
  sqlite3* file = nullptr;
  ASSERT_EQ(sqlite3_open(Path().c_str(), &file), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(file, "CREATE TABLE theirs (a)", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(file);

  const auto database = Database::Open(Uri("notes"), Options("notes"));
  EXPECT_THAT(database, StatusIs(absl::StatusCode::kUnavailable, Reason("STORE_DOWN")));
  EXPECT_THAT(std::string(database.status().message()), HasSubstr("another program"));
}

TEST_P(SqliteFileOnly, ReportsBusyWhenAnotherProgramKeepsTheWriteLock) {
  DatabaseOptions options = Options("notes");
  options.busy_wait_max = absl::Milliseconds(20);
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Database> database, Database::Open(Uri("notes"), options));
  sqlite3* file = nullptr;
  ASSERT_EQ(sqlite3_open(Path().c_str(), &file), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(file, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);

  const auto change = [](Session& s) { return s.Execute("DELETE FROM requests"); };
  EXPECT_THAT(database->Write(change), StatusIs(absl::StatusCode::kUnavailable, Reason("STORE_BUSY")));
  sqlite3_close(file);
  EXPECT_OK(database->Write(change));
}

INSTANTIATE_TEST_SUITE_P(Databases, SqliteFileOnly, ::testing::Values(contract::Backend::kSqliteFile),
                         contract::BackendName);

TEST(OpenServiceDatabase, RefusesAnUnknownKindOfStoreWithoutShowingThePassword) {
  const auto database = OpenServiceDatabase("mysql://user:secret@host/name", "directory");

  EXPECT_THAT(database, StatusIs(absl::StatusCode::kInvalidArgument, Reason("URI_INVALID")));
  EXPECT_THAT(std::string(database.status().message()), ::testing::Not(HasSubstr("secret")));
}

TEST(OpenServiceDatabase, RefusesAFolderThatDoesNotExist) {
  EXPECT_THAT(OpenServiceDatabase("sqlite:/nowhere/at/all", "directory"),
              StatusIs(absl::StatusCode::kUnavailable, Reason("STORE_DOWN")));
}

}  // namespace
}  // namespace soutenance::storage::sql
