#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/status.h"
#include "services/directory/accounts.h"
#include "services/directory/directory.h"
#include "services/directory/imports.h"
#include "services/directory/rpc/account_service.h"
#include "services/directory/rpc/directory_service.h"
#include "services/directory/rpc/import_service.h"
#include "services/directory/rpc/import_targets_grpc.h"
#include "services/host/data_dir.h"
#include "services/host/import_resumer.h"
#include "services/host/module_builders.h"
#include "storage/open.h"
#include "storage/sql/account_store.h"
#include "storage/sql/directory_store.h"
#include "storage/sql/import_store.h"

namespace soutenance::host {
namespace {

class HostedDirectory final : public Hosted {
 public:
  HostedDirectory(const Parts& parts, std::unique_ptr<storage::sql::Database> database)
      : token_file_(absl::StrCat(parts.config.data_dir, "/administrator.token")),
        log_(parts.log),
        database_(std::move(database)),
        directory_store_(*database_),
        account_store_(*database_),
        import_store_(*database_),
        directory_(directory_store_, parts.clock),
        accounts_(account_store_, parts.clock),
        targets_(parts.peers, parts.calls),
        resumer_(parts.log),
        imports_({.store = import_store_, .directory = directory_, .targets = targets_, .clock = parts.clock},
                 [this] { resumer_.ResumeSoon(); }),
        account_service_(accounts_, parts.calls),
        directory_service_(directory_, parts.calls),
        import_service_(imports_, parts.calls) {
    resumer_.Set([this] { return imports_.ResumeUnfinished(); });
    parts.authenticator.AnswerHere(
        [this](absl::string_view bearer_token) { return accounts_.Authenticate(bearer_token); });
  }

  // The resumer works with what is destroyed before it.
  ~HostedDirectory() override { resumer_.Stop(); }

  std::vector<runtime::NamedService> services() override {
    return {{directory::v1::AccountService::service_full_name(), &account_service_},
            {directory::v1::DirectoryService::service_full_name(), &directory_service_},
            {directory::v1::ImportService::service_full_name(), &import_service_}};
  }

  absl::Status Start() override {
    ASSIGN_OR_RETURN(made_administrator_,
                     accounts_.EnsureFirstAdministrator(
                         [this](absl::string_view secret) { return WriteSecretFile(token_file_, secret); }));
    if (made_administrator_) {
      log_.Event(runtime::LogLevel::kInfo, "first_administrator", {{"token_file", token_file_}});
    }
    return absl::OkStatus();
  }

  void Resume() override { resumer_.ResumeSoon(); }
  void Stop() override { resumer_.Stop(); }

  std::string Notice() const override {
    return made_administrator_ ? absl::StrCat("administrator's token in ", token_file_) : "";
  }

 private:
  const std::string token_file_;
  const runtime::Log& log_;
  const std::unique_ptr<storage::sql::Database> database_;
  storage::sql::DirectoryStore directory_store_;
  storage::sql::AccountStore account_store_;
  storage::sql::ImportStore import_store_;
  directory::Directory directory_;
  directory::Accounts accounts_;
  directory::ImportTargetsGrpc targets_;
  ImportResumer resumer_;
  directory::Imports imports_;
  directory::AccountService account_service_;
  directory::DirectoryService directory_service_;
  directory::ImportService import_service_;
  bool made_administrator_ = false;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Hosted>> BuildDirectory(const Parts& parts) {
  ASSIGN_OR_RETURN(std::unique_ptr<storage::sql::Database> database,
                   storage::OpenServiceDatabase(parts.config.store, "directory"));
  return std::make_unique<HostedDirectory>(parts, std::move(database));
}

}  // namespace soutenance::host
