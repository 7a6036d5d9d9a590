#include "services/assignment/rpc/assignment_service.h"

#include <string>
#include <vector>

#include "services/assignment/rpc/assignment_proto.h"
#include "services/base/status.h"
#include "services/runtime/wire/changes.h"
#include "services/runtime/wire/requests.h"

namespace soutenance::assignment {
namespace {

using runtime::Call;
using runtime::MakeMutation;

constexpr auto kService = &pb::AssignmentService::service_full_name;

}  // namespace

grpc::Status AssignmentService::GetJury(grpc::ServerContext* context, const pb::GetJuryRequest* request,
                                        pb::Jury* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string thesis, FromProto(*request));
        ASSIGN_OR_RETURN(const Jury jury, assignment_.GetJury(call.caller(), thesis));
        *response = ToProto(jury);
        return absl::OkStatus();
      },
      response);
}

grpc::Status AssignmentService::ListJuries(grpc::ServerContext* context, const pb::ListJuriesRequest* request,
                                           pb::ListJuriesResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const JuryQuery query, FromProto(*request));
        ASSIGN_OR_RETURN(const Page<Jury> page, assignment_.ListJuries(call.caller(), query));
        *response = ToProto(page);
        return absl::OkStatus();
      },
      response);
}

grpc::Status AssignmentService::SetJury(grpc::ServerContext* context, const pb::SetJuryRequest* request,
                                        pb::Jury* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const JuryReplacement replacement, FromProto(*request));
        ASSIGN_OR_RETURN(const Jury jury,
                         assignment_.SetJury(call.caller(), replacement,
                                             MakeMutation(call.caller(), "SetJury", *request)));
        *response = ToProto(jury);
        return absl::OkStatus();
      },
      response);
}

grpc::Status AssignmentService::DeleteJury(grpc::ServerContext* context, const pb::DeleteJuryRequest* request,
                                           google::protobuf::Empty* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const JuryDissolution dissolution, FromProto(*request));
        return assignment_
            .DeleteJury(call.caller(), dissolution, MakeMutation(call.caller(), "DeleteJury", *request))
            .status();
      },
      response);
}

grpc::Status AssignmentService::BatchUpsertJuries(grpc::ServerContext* context,
                                                  const pb::BatchUpsertJuriesRequest* request,
                                                  pb::BatchUpsertJuriesResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const std::vector<Jury> juries, FromProto(*request));
        ASSIGN_OR_RETURN(const auto to_become, ToBecome(*request));
        ASSIGN_OR_RETURN(
            const ChangeList changes,
            assignment_.BatchUpsertJuries(
                call.caller(), juries, MakeMutation(call.caller(), "BatchUpsertJuries", *request), to_become,
                {.way = DecisionWay::kBatch, .reason = request->reason()}));
        *response->mutable_juries() = runtime::ToProto(changes);
        return absl::OkStatus();
      },
      response);
}

grpc::Status AssignmentService::FollowTheses(grpc::ServerContext* context,
                                             const pb::FollowThesesRequest* request,
                                             google::protobuf::Empty* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const auto programmes, FromProto(*request));
        return assignment_.FollowTheses(call.caller(), programmes);
      },
      response);
}

}  // namespace soutenance::assignment
