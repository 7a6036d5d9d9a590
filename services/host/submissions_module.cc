#include <utility>

#include "services/base/status.h"
#include "services/host/module_builders.h"
#include "services/submissions/rpc/people_lookup_grpc.h"
#include "services/submissions/rpc/submissions_service.h"
#include "services/submissions/submissions.h"
#include "storage/open.h"
#include "storage/sql/submission_store.h"

namespace soutenance::host {
namespace {

class HostedSubmissions final : public Hosted {
 public:
  HostedSubmissions(const Parts& parts, std::unique_ptr<storage::sql::Database> database)
      : database_(std::move(database)),
        store_(*database_),
        people_(parts.peers, parts.calls),
        submissions_(store_, people_, parts.clock),
        service_(submissions_, parts.calls) {}

  std::vector<runtime::NamedService> services() override {
    return {{submissions::v1::SubmissionsService::service_full_name(), &service_}};
  }

 private:
  const std::unique_ptr<storage::sql::Database> database_;
  storage::sql::SubmissionStore store_;
  submissions::PeopleLookupGrpc people_;
  submissions::Submissions submissions_;
  submissions::SubmissionsService service_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Hosted>> BuildSubmissions(const Parts& parts) {
  ASSIGN_OR_RETURN(std::unique_ptr<storage::sql::Database> database,
                   storage::OpenServiceDatabase(parts.config.store, "submissions"));
  return std::make_unique<HostedSubmissions>(parts, std::move(database));
}

}  // namespace soutenance::host
