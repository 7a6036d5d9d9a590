#include <utility>

#include "services/assignment/assignment.h"
#include "services/assignment/conflict_desk.h"
#include "services/assignment/conflict_gate.h"
#include "services/assignment/expertise_desk.h"
#include "services/assignment/invitations.h"
#include "services/assignment/jury_bulk.h"
#include "services/assignment/jury_rule_book.h"
#include "services/assignment/loads.h"
#include "services/assignment/profile_facts.h"
#include "services/assignment/profiles.h"
#include "services/assignment/proposal_gate_facts.h"
#include "services/assignment/proposals.h"
#include "services/assignment/rpc/assignment_service.h"
#include "services/assignment/rpc/conflict_facts_grpc.h"
#include "services/assignment/rpc/conflict_service.h"
#include "services/assignment/rpc/decision_service.h"
#include "services/assignment/rpc/expertise_facts_grpc.h"
#include "services/assignment/rpc/expertise_service.h"
#include "services/assignment/rpc/invitation_service.h"
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
#include "storage/sql/conflict_store.h"
#include "storage/sql/expertise_store.h"
#include "storage/sql/invitation_store.h"
#include "storage/sql/load_store.h"
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
        conflict_store_(*database_),
        expertise_store_(*database_),
        people_(parts.peers, parts.calls),
        theses_(parts.peers, parts.calls),
        profile_store_(*database_),
        conflict_facts_(parts.peers, parts.calls),
        profiled_conflict_facts_(conflict_facts_, profile_store_),
        gate_(conflict_store_, profiled_conflict_facts_, parts.clock),
        assignment_(store_, theses_, people_, gate_, parts.clock),
        service_(assignment_, parts.calls),
        conflicts_({.store = conflict_store_,
                    .juries = store_,
                    .gate = gate_,
                    .people = people_,
                    .clock = parts.clock}),
        conflict_service_(conflicts_, parts.calls),
        expertise_facts_(parts.peers, parts.calls),
        profiled_expertise_facts_(expertise_facts_, profile_store_),
        expertise_(expertise_store_, store_, profiled_expertise_facts_, parts.clock),
        expertise_service_(expertise_, parts.calls),
        profiles_(profile_store_, people_, parts.clock),
        profile_service_(profiles_, parts.calls),
        rule_store_(*database_),
        rule_book_(rule_store_, store_, theses_, people_, parts.clock),
        rule_service_(rule_book_, parts.calls),
        invitation_store_(*database_),
        load_store_(*database_),
        proposal_store_(*database_),
        proposal_slots_(parts.peers, parts.calls),
        proposal_facts_(gate_, expertise_),
        proposals_({.store = proposal_store_,
                    .juries = store_,
                    .profiles = profile_store_,
                    .invitations = invitation_store_,
                    .loads = load_store_,
                    .assignment = assignment_,
                    .theses = theses_,
                    .facts = proposal_facts_,
                    .slots = proposal_slots_,
                    .clock = parts.clock}),
        proposal_service_(proposals_, parts.calls),
        invitations_({.store = invitation_store_,
                      .assignment = assignment_,
                      .conflicts = gate_,
                      .theses = theses_,
                      .clock = parts.clock}),
        invitation_service_(invitations_, proposals_, parts.calls),
        loads_(load_store_, theses_, people_, parts.clock),
        load_service_(loads_, parts.calls),
        bulk_({.store = store_,
               .theses = theses_,
               .people = people_,
               .conflicts = gate_,
               .clock = parts.clock}),
        decision_service_(bulk_, parts.calls) {}

  std::vector<runtime::NamedService> services() override {
    return {{assignment::v1::AssignmentService::service_full_name(), &service_},
            {assignment::v1::ConflictService::service_full_name(), &conflict_service_},
            {assignment::v1::ExpertiseService::service_full_name(), &expertise_service_},
            {assignment::v1::ProfileService::service_full_name(), &profile_service_},
            {assignment::v1::JuryRuleService::service_full_name(), &rule_service_},
            {assignment::v1::ProposalService::service_full_name(), &proposal_service_},
            {assignment::v1::InvitationService::service_full_name(), &invitation_service_},
            {assignment::v1::LoadService::service_full_name(), &load_service_},
            {assignment::v1::JuryDecisionService::service_full_name(), &decision_service_}};
  }

 private:
  const std::unique_ptr<storage::sql::Database> database_;
  storage::sql::AssignmentStore store_;
  storage::sql::ConflictStore conflict_store_;
  storage::sql::ExpertiseStore expertise_store_;
  assignment::PeopleLookupGrpc people_;
  assignment::ThesisLookupGrpc theses_;
  storage::sql::ProfileStore profile_store_;
  assignment::ConflictFactsGrpc conflict_facts_;
  assignment::ProfiledConflictFacts profiled_conflict_facts_;
  assignment::ConflictGate gate_;
  assignment::Assignment assignment_;
  assignment::AssignmentService service_;
  assignment::ConflictDesk conflicts_;
  assignment::ConflictService conflict_service_;
  assignment::ExpertiseFactsGrpc expertise_facts_;
  assignment::ProfiledExpertiseFacts profiled_expertise_facts_;
  assignment::ExpertiseDesk expertise_;
  assignment::ExpertiseService expertise_service_;
  assignment::Profiles profiles_;
  assignment::ProfileService profile_service_;
  storage::sql::RuleStore rule_store_;
  assignment::JuryRuleBook rule_book_;
  assignment::JuryRuleService rule_service_;
  storage::sql::InvitationStore invitation_store_;
  storage::sql::LoadStore load_store_;
  storage::sql::ProposalStore proposal_store_;
  assignment::SlotLookupGrpc proposal_slots_;
  assignment::FactsFromGate proposal_facts_;
  assignment::Proposals proposals_;
  assignment::ProposalService proposal_service_;
  assignment::Invitations invitations_;
  assignment::InvitationService invitation_service_;
  assignment::Loads loads_;
  assignment::LoadService load_service_;
  assignment::JuryBulk bulk_;
  assignment::DecisionService decision_service_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Hosted>> BuildAssignment(const Parts& parts) {
  ASSIGN_OR_RETURN(std::unique_ptr<storage::sql::Database> database,
                   storage::OpenServiceDatabase(parts.config.store, "assignment"));
  return std::make_unique<HostedAssignment>(parts, std::move(database));
}

}  // namespace soutenance::host
