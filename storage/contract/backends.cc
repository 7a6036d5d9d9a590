#include "storage/contract/backends.h"

#include <stdlib.h>

#include <atomic>
#include <cstdio>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "tests/testing/postgres_server.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::storage::contract {
namespace {

std::atomic<int> schema_count = 0;

std::string MakeFolder() {
  std::string folder = absl::StrCat(::testing::TempDir(), "/soutenance-contract-XXXXXX");
  if (mkdtemp(folder.data()) == nullptr) std::abort();
  return folder;
}

}  // namespace

std::string BackendName(const ::testing::TestParamInfo<Backend>& backend) {
  switch (backend.param) {
    case Backend::kSqliteFile:
      return "SqliteFile";
    case Backend::kSqliteMemory:
      return "SqliteMemory";
    case Backend::kPostgres:
      return "Postgres";
  }
  return "";
}

OnEveryBackend::OnEveryBackend() {
  if (GetParam() == Backend::kSqliteFile) folder_ = MakeFolder();
  if (GetParam() == Backend::kPostgres) schema_prefix_ = absl::StrCat("test_", ++schema_count, "_");
}

OnEveryBackend::~OnEveryBackend() {
  if (!folder_.empty()) std::filesystem::remove_all(folder_);
}

std::string OnEveryBackend::Uri(absl::string_view service) const {
  switch (GetParam()) {
    case Backend::kSqliteFile:
      return absl::StrCat("sqlite:", folder_, "/", service, ".db");
    case Backend::kSqliteMemory:
      return "sqlite::memory:";
    case Backend::kPostgres:
      return soutenance::testing::PostgresServer::Shared().uri();
  }
  return "";
}

sql::DatabaseOptions OnEveryBackend::Options(absl::string_view service) const {
  return {.service = std::string(service),
          .schema = schema_prefix_.empty() ? "" : absl::StrCat(schema_prefix_, service)};
}

std::unique_ptr<sql::Database> OnEveryBackend::OpenDatabase(absl::string_view service) {
  auto database = sql::Database::Open(Uri(service), Options(service));
  if (!database.ok()) {
    std::fprintf(stderr, "cannot open the test database: %s\n",
                 soutenance::testing::Describe(database.status()).c_str());
    std::abort();
  }
  return *std::move(database);
}

}  // namespace soutenance::storage::contract
