#ifndef SOUTENANCE_STORAGE_CONTRACT_BACKENDS_H_
#define SOUTENANCE_STORAGE_CONTRACT_BACKENDS_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "storage/sql/database.h"

// The databases that every adapter must work on. A contract suite is a fixture over them:
//
//   class DirectoryStoreContract : public storage::contract::OnEveryBackend {
//    protected:
//     std::unique_ptr<sql::Database> database_ = OpenDatabase("directory");
//   };
//   TEST_P(DirectoryStoreContract, KeepsWhatWasWritten) { ... }
//   SOUTENANCE_ON_EVERY_BACKEND(DirectoryStoreContract);
namespace soutenance::storage::contract {

enum class Backend { kSqliteFile, kSqliteMemory, kPostgres };

std::string BackendName(const ::testing::TestParamInfo<Backend>& backend);

// A fixture with a place for databases that vanishes after the test: a temporary folder, or schemas of this
// test alone in the PostgreSQL server of the test binary.
class OnEveryBackend : public ::testing::TestWithParam<Backend> {
 protected:
  OnEveryBackend();
  ~OnEveryBackend() override;

  // Opens the database of `service`. Opening it again, after the first is closed, finds what was written,
  // except in memory. Ends the test binary with a message if it cannot be opened.
  std::unique_ptr<sql::Database> OpenDatabase(absl::string_view service);

  // What OpenDatabase gives to sql::Database::Open.
  std::string Uri(absl::string_view service) const;
  sql::DatabaseOptions Options(absl::string_view service) const;

  bool RemembersAfterClosing() const { return GetParam() != Backend::kSqliteMemory; }

 private:
  std::string folder_;         // SQLite in a file
  std::string schema_prefix_;  // PostgreSQL
};

}  // namespace soutenance::storage::contract

#define SOUTENANCE_ON_EVERY_BACKEND(suite)                                                            \
  INSTANTIATE_TEST_SUITE_P(Databases, suite,                                                          \
                           ::testing::Values(::soutenance::storage::contract::Backend::kSqliteFile,   \
                                             ::soutenance::storage::contract::Backend::kSqliteMemory, \
                                             ::soutenance::storage::contract::Backend::kPostgres),    \
                           ::soutenance::storage::contract::BackendName)

#endif  // SOUTENANCE_STORAGE_CONTRACT_BACKENDS_H_
