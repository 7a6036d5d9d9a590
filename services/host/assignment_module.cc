#include <utility>

#include "services/assignment/assignment.h"
#include "services/assignment/jury_rule_book.h"
#include "services/assignment/profiles.h"
#include "services/assignment/proposal_facts.h"
#include "services/assignment/proposals.h"
#include "services/assignment/rpc/assignment_service.h"
#include "services/assignment/rpc/jury_rule_service.h"
#include "services/assignment/rpc/people_lookup_grpc.h"
#include "services/assignment/rpc/profile_service.h"
#include "services/assignment/rpc/proposal_service.h"
#include "services/assignment/rpc/slot_lookup_grpc.h"
#include "services/assignment/rpc/thesis_lookup_grpc.h"
#include "services/base/status.h"
#include "services/host/module_builders.h"
#include "storage/open.h"
#include "storage/sql/assignment_store.h"
#include "storage/sql/profile_store.h"
#include "storage/sql/proposal_store.h"
#include "storage/sql/rule_store.h"

namespace soutenance::host {
namespace {

class HostedAssignment final : public Hosted {
 public:
  HostedAssignment(const Parts& parts, std::unique_ptr<storage::sql::Database> database)
      : database_(std::move(database)),
        store_(*database_),
        people_(parts.peers, parts.calls),
        theses_(parts.peers, parts.calls),
        assignment_(store_, theses_, people_, parts.clock),
        service_(assignment_, parts.calls),
        profile_store_(*database_),
        profiles_(profile_store_, people_, parts.clock),
        profile_service_(profiles_, parts.calls),
        rule_store_(*database_),
        rule_book_(rule_store_, store_, theses_, parts.clock),
        rule_service_(rule_book_, parts.calls),
        proposal_store_(*database_),
        proposal_slots_(parts.peers, parts.calls),
        proposals_({.store = proposal_store_,
                    .juries = store_,
                    .profiles = profile_store_,
                    .assignment = assignment_,
                    .theses = theses_,
                    .facts = proposal_facts_,
                    .slots = proposal_slots_,
                    .clock = parts.clock}),
        proposal_service_(proposals_, parts.calls) {}

  std::vector<runtime::NamedService> services() override {
    return {{assignment::v1::AssignmentService::service_full_name(), &service_},
            {assignment::v1::ProfileService::service_full_name(), &profile_service_},
            {assignment::v1::JuryRuleService::service_full_name(), &rule_service_},
            {assignment::v1::ProposalService::service_full_name(), &proposal_service_}};
  }

 private:
  const std::unique_ptr<storage::sql::Database> database_;
  storage::sql::AssignmentStore store_;
  assignment::PeopleLookupGrpc people_;
  assignment::ThesisLookupGrpc theses_;
  assignment::Assignment assignment_;
  assignment::AssignmentService service_;
  storage::sql::ProfileStore profile_store_;
  assignment::Profiles profiles_;
  assignment::ProfileService profile_service_;
  storage::sql::RuleStore rule_store_;
  assignment::JuryRuleBook rule_book_;
  assignment::JuryRuleService rule_service_;
  storage::sql::ProposalStore proposal_store_;
  assignment::SlotLookupGrpc proposal_slots_;
  assignment::FactsFromProfiles proposal_facts_;
  assignment::Proposals proposals_;
  assignment::ProposalService proposal_service_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Hosted>> BuildAssignment(const Parts& parts) {
  ASSIGN_OR_RETURN(std::unique_ptr<storage::sql::Database> database,
                   storage::OpenServiceDatabase(parts.config.store, "assignment"));
  return std::make_unique<HostedAssignment>(parts, std::move(database));
}

}  // namespace soutenance::host
