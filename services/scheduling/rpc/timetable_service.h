#ifndef SOUTENANCE_SERVICES_SCHEDULING_RPC_TIMETABLE_SERVICE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_RPC_TIMETABLE_SERVICE_H_

#include "services/runtime/calls.h"
#include "services/scheduling/runs.h"
#include "services/scheduling/timetables.h"
#include "soutenance/scheduling/v1/timetables.grpc.pb.h"

namespace soutenance::scheduling {

namespace pb = ::soutenance::scheduling::v1;

// soutenance.scheduling.v1.TimetableService over the use cases, which must outlive it. Safe for concurrent
// use.
class TimetableService final : public pb::TimetableService::Service {
 public:
  // An answer that would be larger is refused with RESOURCE_EXHAUSTED, reason ANSWER_TOO_LARGE: clients
  // receive at most 16 MiB, and would be told less clearly.
  static constexpr std::size_t kAnswerBytesMax = (16 << 20) - (64 << 10);

  TimetableService(Runs& runs, Timetables& timetables, const runtime::Calls& calls)
      : runs_(runs), timetables_(timetables), calls_(calls) {}

  grpc::Status CreateTimetableRun(grpc::ServerContext* context, const pb::CreateTimetableRunRequest* request,
                                  pb::TimetableRun* response) override;
  grpc::Status GetTimetableRun(grpc::ServerContext* context, const pb::GetTimetableRunRequest* request,
                               pb::TimetableRun* response) override;
  grpc::Status ListTimetableRuns(grpc::ServerContext* context, const pb::ListTimetableRunsRequest* request,
                                 pb::ListTimetableRunsResponse* response) override;
  grpc::Status FollowTimetableRun(grpc::ServerContext* context, const pb::FollowTimetableRunRequest* request,
                                  grpc::ServerWriter<pb::TimetableRun>* writer) override;
  grpc::Status CancelTimetableRun(grpc::ServerContext* context, const pb::CancelTimetableRunRequest* request,
                                  pb::TimetableRun* response) override;
  grpc::Status GetTimetable(grpc::ServerContext* context, const pb::GetTimetableRequest* request,
                            pb::Timetable* response) override;
  grpc::Status ListTimetables(grpc::ServerContext* context, const pb::ListTimetablesRequest* request,
                              pb::ListTimetablesResponse* response) override;
  grpc::Status ExplainTimetable(grpc::ServerContext* context, const pb::ExplainTimetableRequest* request,
                                pb::Explanation* response) override;
  grpc::Status ExplainDefence(grpc::ServerContext* context, const pb::ExplainDefenceRequest* request,
                              pb::DefenceExplanation* response) override;
  grpc::Status CompareTimetables(grpc::ServerContext* context, const pb::CompareTimetablesRequest* request,
                                 pb::Comparison* response) override;
  grpc::Status FindRepairs(grpc::ServerContext* context, const pb::FindRepairsRequest* request,
                           pb::FindRepairsResponse* response) override;
  grpc::Status ApplyRepair(grpc::ServerContext* context, const pb::ApplyRepairRequest* request,
                           pb::ApplyRepairResponse* response) override;
  grpc::Status MoveDefence(grpc::ServerContext* context, const pb::MoveDefenceRequest* request,
                           pb::MoveDefenceResponse* response) override;
  grpc::Status PinDefence(grpc::ServerContext* context, const pb::PinDefenceRequest* request,
                          pb::Timetable* response) override;
  grpc::Status ReplanTimetable(grpc::ServerContext* context, const pb::ReplanTimetableRequest* request,
                               pb::ReplanTimetableResponse* response) override;
  grpc::Status PublishTimetable(grpc::ServerContext* context, const pb::PublishTimetableRequest* request,
                                pb::Timetable* response) override;
  grpc::Status ApplyJuries(grpc::ServerContext* context, const pb::ApplyJuriesRequest* request,
                           pb::ApplyJuriesResponse* response) override;
  grpc::Status DeleteTimetable(grpc::ServerContext* context, const pb::DeleteTimetableRequest* request,
                               google::protobuf::Empty* response) override;
  grpc::Status ExportTimetable(grpc::ServerContext* context, const pb::ExportTimetableRequest* request,
                               pb::ExportTimetableResponse* response) override;

 private:
  Runs& runs_;
  Timetables& timetables_;
  const runtime::Calls& calls_;
};

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_RPC_TIMETABLE_SERVICE_H_
