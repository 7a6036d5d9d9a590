#ifndef SOUTENANCE_SERVICES_SCHEDULING_RPC_TIMETABLE_PROTO_H_
#define SOUTENANCE_SERVICES_SCHEDULING_RPC_TIMETABLE_PROTO_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "services/base/page.h"
#include "services/scheduling/explanation.h"
#include "services/scheduling/runs.h"
#include "services/scheduling/timetables.h"
#include "soutenance/scheduling/v1/timetables.pb.h"

namespace soutenance::scheduling {

namespace pb = ::soutenance::scheduling::v1;

// What the list methods ask for.
struct CampaignPage {
  std::string campaign;  // "campaigns/m2-2027"
  PageRequest page;
};
struct ExplainQuestion {
  TimetableReference timetable;
  std::optional<Language> language;
};

// Read a request. INVALID_ARGUMENT, reason FIELD_INVALID, lists every field that says nothing we could
// understand. Request keys are left to the caller, who knows who asks.
absl::StatusOr<Runs::Request> FromProto(const pb::CreateTimetableRunRequest& request);
absl::StatusOr<RunKey> FromProto(const pb::GetTimetableRunRequest& request);
absl::StatusOr<CampaignPage> FromProto(const pb::ListTimetableRunsRequest& request);
absl::StatusOr<RunKey> FromProto(const pb::FollowTimetableRunRequest& request);
absl::StatusOr<RunKey> FromProto(const pb::CancelTimetableRunRequest& request);
absl::StatusOr<ExplainQuestion> FromProto(const pb::GetTimetableRequest& request);
absl::StatusOr<CampaignPage> FromProto(const pb::ListTimetablesRequest& request);
absl::StatusOr<ExplainQuestion> FromProto(const pb::ExplainTimetableRequest& request);
absl::StatusOr<Timetables::DefenceQuestion> FromProto(const pb::ExplainDefenceRequest& request);
absl::StatusOr<Timetables::ComparisonQuestion> FromProto(const pb::CompareTimetablesRequest& request);
absl::StatusOr<Timetables::RepairsQuestion> FromProto(const pb::FindRepairsRequest& request);
absl::StatusOr<Timetables::RepairRequest> FromProto(const pb::ApplyRepairRequest& request);
absl::StatusOr<Timetables::MoveRequest> FromProto(const pb::MoveDefenceRequest& request);
absl::StatusOr<Timetables::PinRequest> FromProto(const pb::PinDefenceRequest& request);
absl::StatusOr<Timetables::ReplanRequest> FromProto(const pb::ReplanTimetableRequest& request);
absl::StatusOr<Timetables::PublishRequest> FromProto(const pb::PublishTimetableRequest& request);
absl::StatusOr<Timetables::JuriesRequest> FromProto(const pb::ApplyJuriesRequest& request);
absl::StatusOr<Timetables::DeleteRequest> FromProto(const pb::DeleteTimetableRequest& request);
absl::StatusOr<Timetables::ExportRequest> FromProto(const pb::ExportTimetableRequest& request);

// Write an answer. Cannot fail.
pb::TimetableRun ToProto(const TimetableRun& run);
pb::ListTimetableRunsResponse ToProto(const Page<TimetableRun>& page);
pb::Timetable ToProto(const TimetableView& timetable);
pb::ListTimetablesResponse ToProto(const Page<TimetableView>& page);
pb::Explanation ToProto(const Explanation& explanation);
pb::DefenceExplanation ToProto(const DefenceExplanation& explanation);
pb::Comparison ToProto(const Comparison& comparison);
pb::FindRepairsResponse ToProto(const Repairs& repairs);
pb::ApplyRepairResponse ToProto(const RepairOutcome& outcome);
pb::MoveDefenceResponse ToProto(const MoveOutcome& outcome);
pb::ReplanTimetableResponse ToProto(const ReplanOutcome& outcome);
pb::ApplyJuriesResponse ToProto(const JuriesOutcome& outcome);
pb::ExportTimetableResponse ToProto(Timetables::Document document);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_RPC_TIMETABLE_PROTO_H_
