#include "services/host/modules.h"

#include "services/host/module_builders.h"
#include "soutenance/assignment/v1/assignment.grpc.pb.h"
#include "soutenance/assignment/v1/conflicts.grpc.pb.h"
#include "soutenance/assignment/v1/decisions.grpc.pb.h"
#include "soutenance/assignment/v1/expertise.grpc.pb.h"
#include "soutenance/assignment/v1/invitations.grpc.pb.h"
#include "soutenance/assignment/v1/loads.grpc.pb.h"
#include "soutenance/assignment/v1/profiles.grpc.pb.h"
#include "soutenance/assignment/v1/proposals.grpc.pb.h"
#include "soutenance/assignment/v1/rules.grpc.pb.h"
#include "soutenance/directory/v1/accounts.grpc.pb.h"
#include "soutenance/directory/v1/directory.grpc.pb.h"
#include "soutenance/directory/v1/imports.grpc.pb.h"
#include "soutenance/scheduling/v1/campaigns.grpc.pb.h"
#include "soutenance/scheduling/v1/timetables.grpc.pb.h"
#include "soutenance/submissions/v1/checks.grpc.pb.h"
#include "soutenance/submissions/v1/drafts.grpc.pb.h"
#include "soutenance/submissions/v1/outages.grpc.pb.h"
#include "soutenance/submissions/v1/problems.grpc.pb.h"
#include "soutenance/submissions/v1/reviews.grpc.pb.h"
#include "soutenance/submissions/v1/statements.grpc.pb.h"
#include "soutenance/submissions/v1/submissions.grpc.pb.h"

namespace soutenance::host {

const std::vector<Module>& AllModules() {
  static const auto* const modules = new std::vector<Module>{
      {.name = "directory",
       .services = {directory::v1::AccountService::service_full_name(),
                    directory::v1::DirectoryService::service_full_name(),
                    directory::v1::ImportService::service_full_name()},
       // An import is carried out with all of them.
       .needs = {"submissions", "assignment", "scheduling"},
       .build = BuildDirectory},
      {.name = "submissions",
       .services = {submissions::v1::SubmissionsService::service_full_name(),
                    submissions::v1::DraftService::service_full_name(),
                    submissions::v1::ReviewService::service_full_name(),
                    submissions::v1::StatementService::service_full_name(),
                    submissions::v1::OutageService::service_full_name(),
                    submissions::v1::DraftCheckService::service_full_name(),
                    submissions::v1::ProblemService::service_full_name()},
       .needs = {"directory", "assignment"},
       .build = BuildSubmissions},
      {.name = "assignment",
       .services = {assignment::v1::AssignmentService::service_full_name(),
                    assignment::v1::ConflictService::service_full_name(),
                    assignment::v1::ExpertiseService::service_full_name(),
                    assignment::v1::ProfileService::service_full_name(),
                    assignment::v1::JuryRuleService::service_full_name(),
                    assignment::v1::ProposalService::service_full_name(),
                    assignment::v1::InvitationService::service_full_name(),
                    assignment::v1::LoadService::service_full_name(),
                    assignment::v1::JuryDecisionService::service_full_name()},
       .needs = {"directory", "submissions"},
       .build = BuildAssignment},
      {.name = "scheduling",
       .services = {scheduling::v1::CampaignService::service_full_name(),
                    scheduling::v1::TimetableService::service_full_name()},
       .needs = {"directory", "submissions", "assignment"},
       .build = BuildScheduling},
  };
  return *modules;
}

}  // namespace soutenance::host
