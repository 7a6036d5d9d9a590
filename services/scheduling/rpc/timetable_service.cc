#include "services/scheduling/rpc/timetable_service.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "services/runtime/wire/requests.h"
#include "services/scheduling/rpc/timetable_proto.h"

namespace soutenance::scheduling {
namespace {

using runtime::Call;
using runtime::MakeRequestKey;

constexpr auto kService = &pb::TimetableService::service_full_name;

absl::Status CheckSize(const google::protobuf::Message& answer) {
  const std::size_t bytes = answer.ByteSizeLong();
  if (bytes <= TimetableService::kAnswerBytesMax) return absl::OkStatus();
  return Error(
      absl::StatusCode::kResourceExhausted,
      absl::StrCat("the answer has ", bytes, " bytes, more than the ", TimetableService::kAnswerBytesMax,
                   " that one message may have; export it for one person or one room"),
      {.reason = "ANSWER_TOO_LARGE",
       .metadata = {{"bytes", absl::StrCat(bytes)},
                    {"bytes_max", absl::StrCat(TimetableService::kAnswerBytesMax)}}});
}

}  // namespace

grpc::Status TimetableService::CreateTimetableRun(grpc::ServerContext* context,
                                                  const pb::CreateTimetableRunRequest* request,
                                                  pb::TimetableRun* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(Runs::Request run, FromProto(*request));
        run.request = MakeRequestKey(call.caller(), "CreateTimetableRun", *request);
        ASSIGN_OR_RETURN(const TimetableRun created, runs_.Create(call.caller(), run));
        *response = ToProto(created);
        return absl::OkStatus();
      },
      response);
}

grpc::Status TimetableService::GetTimetableRun(grpc::ServerContext* context,
                                               const pb::GetTimetableRunRequest* request,
                                               pb::TimetableRun* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const RunKey key, FromProto(*request));
        ASSIGN_OR_RETURN(const TimetableRun run, runs_.Get(call.caller(), key));
        *response = ToProto(run);
        return absl::OkStatus();
      },
      response);
}

grpc::Status TimetableService::ListTimetableRuns(grpc::ServerContext* context,
                                                 const pb::ListTimetableRunsRequest* request,
                                                 pb::ListTimetableRunsResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const CampaignPage asked, FromProto(*request));
        ASSIGN_OR_RETURN(const Page<TimetableRun> runs,
                         runs_.List(call.caller(), asked.campaign, asked.page));
        *response = ToProto(runs);
        return absl::OkStatus();
      },
      response);
}

grpc::Status TimetableService::FollowTimetableRun(grpc::ServerContext* context,
                                                  const pb::FollowTimetableRunRequest* request,
                                                  grpc::ServerWriter<pb::TimetableRun>* writer) {
  return calls_.Unary(*context, kService(), __func__, *request, [&](const Call& call) -> absl::Status {
    ASSIGN_OR_RETURN(const RunKey key, FromProto(*request));
    return runs_.Follow(
        call.caller(), key, [&] { return call.Stopped(); },
        [&](const TimetableRun& run) { return writer->Write(ToProto(run)); });
  });
}

grpc::Status TimetableService::CancelTimetableRun(grpc::ServerContext* context,
                                                  const pb::CancelTimetableRunRequest* request,
                                                  pb::TimetableRun* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const RunKey key, FromProto(*request));
        const RequestKey once = MakeRequestKey(call.caller(), "CancelTimetableRun", *request);
        ASSIGN_OR_RETURN(const TimetableRun run, runs_.Cancel(call.caller(), key, once));
        *response = ToProto(run);
        return absl::OkStatus();
      },
      response);
}

grpc::Status TimetableService::GetTimetable(grpc::ServerContext* context,
                                            const pb::GetTimetableRequest* request, pb::Timetable* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const ExplainQuestion question, FromProto(*request));
        ASSIGN_OR_RETURN(const TimetableView timetable,
                         timetables_.Get(call.caller(), question.timetable, question.language));
        *response = ToProto(timetable);
        return CheckSize(*response);
      },
      response);
}

grpc::Status TimetableService::ListTimetables(grpc::ServerContext* context,
                                              const pb::ListTimetablesRequest* request,
                                              pb::ListTimetablesResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const CampaignPage asked, FromProto(*request));
        ASSIGN_OR_RETURN(const Page<TimetableView> timetables,
                         timetables_.List(call.caller(), asked.campaign, asked.page));
        *response = ToProto(timetables);
        return CheckSize(*response);
      },
      response);
}

grpc::Status TimetableService::ExplainTimetable(grpc::ServerContext* context,
                                                const pb::ExplainTimetableRequest* request,
                                                pb::Explanation* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const ExplainQuestion question, FromProto(*request));
        ASSIGN_OR_RETURN(const Explanation explanation,
                         timetables_.Explain(call.caller(), question.timetable, question.language));
        *response = ToProto(explanation);
        return CheckSize(*response);
      },
      response);
}

grpc::Status TimetableService::ExplainDefence(grpc::ServerContext* context,
                                              const pb::ExplainDefenceRequest* request,
                                              pb::DefenceExplanation* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const Timetables::DefenceQuestion question, FromProto(*request));
        ASSIGN_OR_RETURN(const DefenceExplanation explanation,
                         timetables_.ExplainDefence(call.caller(), question));
        *response = ToProto(explanation);
        return CheckSize(*response);
      },
      response);
}

grpc::Status TimetableService::CompareTimetables(grpc::ServerContext* context,
                                                 const pb::CompareTimetablesRequest* request,
                                                 pb::Comparison* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const Timetables::ComparisonQuestion question, FromProto(*request));
        ASSIGN_OR_RETURN(const Comparison comparison, timetables_.Compare(call.caller(), question));
        *response = ToProto(comparison);
        return CheckSize(*response);
      },
      response);
}

grpc::Status TimetableService::FindRepairs(grpc::ServerContext* context,
                                           const pb::FindRepairsRequest* request,
                                           pb::FindRepairsResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const Timetables::RepairsQuestion question, FromProto(*request));
        ASSIGN_OR_RETURN(const Repairs repairs, timetables_.FindRepairs(call.caller(), question));
        *response = ToProto(repairs);
        return CheckSize(*response);
      },
      response);
}

grpc::Status TimetableService::ApplyRepair(grpc::ServerContext* context,
                                           const pb::ApplyRepairRequest* request,
                                           pb::ApplyRepairResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(Timetables::RepairRequest repair, FromProto(*request));
        repair.request = MakeRequestKey(call.caller(), "ApplyRepair", *request);
        ASSIGN_OR_RETURN(const RepairOutcome outcome, timetables_.ApplyRepair(call.caller(), repair));
        *response = ToProto(outcome);
        return CheckSize(*response);
      },
      response);
}

grpc::Status TimetableService::MoveDefence(grpc::ServerContext* context,
                                           const pb::MoveDefenceRequest* request,
                                           pb::MoveDefenceResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(Timetables::MoveRequest move, FromProto(*request));
        move.request = MakeRequestKey(call.caller(), "MoveDefence", *request);
        ASSIGN_OR_RETURN(const MoveOutcome outcome, timetables_.Move(call.caller(), move));
        *response = ToProto(outcome);
        return CheckSize(*response);
      },
      response);
}

grpc::Status TimetableService::PinDefence(grpc::ServerContext* context, const pb::PinDefenceRequest* request,
                                          pb::Timetable* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(Timetables::PinRequest pin, FromProto(*request));
        pin.request = MakeRequestKey(call.caller(), "PinDefence", *request);
        ASSIGN_OR_RETURN(const TimetableView timetable, timetables_.Pin(call.caller(), pin));
        *response = ToProto(timetable);
        return CheckSize(*response);
      },
      response);
}

grpc::Status TimetableService::ReplanTimetable(grpc::ServerContext* context,
                                               const pb::ReplanTimetableRequest* request,
                                               pb::ReplanTimetableResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(Timetables::ReplanRequest replan, FromProto(*request));
        replan.request = MakeRequestKey(call.caller(), "ReplanTimetable", *request);
        ASSIGN_OR_RETURN(const ReplanOutcome outcome, timetables_.Replan(call.caller(), replan));
        *response = ToProto(outcome);
        return CheckSize(*response);
      },
      response);
}

grpc::Status TimetableService::PublishTimetable(grpc::ServerContext* context,
                                                const pb::PublishTimetableRequest* request,
                                                pb::Timetable* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(Timetables::PublishRequest publish, FromProto(*request));
        publish.request = MakeRequestKey(call.caller(), "PublishTimetable", *request);
        ASSIGN_OR_RETURN(const TimetableView timetable, timetables_.Publish(call.caller(), publish));
        *response = ToProto(timetable);
        return CheckSize(*response);
      },
      response);
}

grpc::Status TimetableService::ApplyJuries(grpc::ServerContext* context,
                                           const pb::ApplyJuriesRequest* request,
                                           pb::ApplyJuriesResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(Timetables::JuriesRequest juries, FromProto(*request));
        juries.request = MakeRequestKey(call.caller(), "ApplyJuries", *request);
        ASSIGN_OR_RETURN(const JuriesOutcome outcome, timetables_.ApplyJuries(call.caller(), juries));
        *response = ToProto(outcome);
        return CheckSize(*response);
      },
      response);
}

grpc::Status TimetableService::DeleteTimetable(grpc::ServerContext* context,
                                               const pb::DeleteTimetableRequest* request,
                                               google::protobuf::Empty* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(Timetables::DeleteRequest remove, FromProto(*request));
        remove.request = MakeRequestKey(call.caller(), "DeleteTimetable", *request);
        return timetables_.Delete(call.caller(), remove);
      },
      response);
}

grpc::Status TimetableService::ExportTimetable(grpc::ServerContext* context,
                                               const pb::ExportTimetableRequest* request,
                                               pb::ExportTimetableResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const Timetables::ExportRequest document, FromProto(*request));
        ASSIGN_OR_RETURN(Timetables::Document file, timetables_.Export(call.caller(), document));
        *response = ToProto(std::move(file));
        return CheckSize(*response);
      },
      response);
}

}  // namespace soutenance::scheduling
