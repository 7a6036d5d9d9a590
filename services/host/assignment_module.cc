#include <utility>

#include "services/assignment/assignment.h"
#include "services/assignment/conflict_desk.h"
#include "services/assignment/conflict_gate.h"
#include "services/assignment/expertise_desk.h"
#include "services/assignment/rpc/assignment_service.h"
#include "services/assignment/rpc/conflict_facts_grpc.h"
#include "services/assignment/rpc/conflict_service.h"
#include "services/assignment/rpc/expertise_facts_grpc.h"
#include "services/assignment/rpc/expertise_service.h"
#include "services/assignment/rpc/people_lookup_grpc.h"
#include "services/assignment/rpc/thesis_lookup_grpc.h"
#include "services/base/status.h"
#include "services/host/module_builders.h"
#include "storage/open.h"
#include "storage/sql/assignment_store.h"
#include "storage/sql/conflict_store.h"
#include "storage/sql/expertise_store.h"

namespace soutenance::host {
namespace {

class HostedAssignment final : public Hosted {
 public:
  HostedAssignment(const Parts& parts, std::unique_ptr<storage::sql::Database> database)
      : database_(std::move(database)),
        store_(*database_),
        conflict_store_(*database_),
        expertise_store_(*database_),
        people_(parts.peers, parts.calls),
        theses_(parts.peers, parts.calls),
        conflict_facts_(parts.peers, parts.calls),
        gate_(conflict_store_, conflict_facts_, parts.clock),
        assignment_(store_, theses_, people_, gate_, parts.clock),
        service_(assignment_, parts.calls),
        conflicts_({.store = conflict_store_,
                    .juries = store_,
                    .gate = gate_,
                    .people = people_,
                    .clock = parts.clock}),
        conflict_service_(conflicts_, parts.calls),
        expertise_facts_(parts.peers, parts.calls),
        expertise_(expertise_store_, store_, expertise_facts_, parts.clock),
        expertise_service_(expertise_, parts.calls) {}

  std::vector<runtime::NamedService> services() override {
    return {{assignment::v1::AssignmentService::service_full_name(), &service_},
            {assignment::v1::ConflictService::service_full_name(), &conflict_service_},
            {assignment::v1::ExpertiseService::service_full_name(), &expertise_service_}};
  }

 private:
  const std::unique_ptr<storage::sql::Database> database_;
  storage::sql::AssignmentStore store_;
  storage::sql::ConflictStore conflict_store_;
  storage::sql::ExpertiseStore expertise_store_;
  assignment::PeopleLookupGrpc people_;
  assignment::ThesisLookupGrpc theses_;
  assignment::ConflictFactsGrpc conflict_facts_;
  assignment::ConflictGate gate_;
  assignment::Assignment assignment_;
  assignment::AssignmentService service_;
  assignment::ConflictDesk conflicts_;
  assignment::ConflictService conflict_service_;
  assignment::ExpertiseFactsGrpc expertise_facts_;
  assignment::ExpertiseDesk expertise_;
  assignment::ExpertiseService expertise_service_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Hosted>> BuildAssignment(const Parts& parts) {
  ASSIGN_OR_RETURN(std::unique_ptr<storage::sql::Database> database,
                   storage::OpenServiceDatabase(parts.config.store, "assignment"));
  return std::make_unique<HostedAssignment>(parts, std::move(database));
}

}  // namespace soutenance::host
