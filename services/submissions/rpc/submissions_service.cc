#include "services/submissions/rpc/submissions_service.h"

#include <string>
#include <vector>

#include "services/base/status.h"
#include "services/runtime/wire/changes.h"
#include "services/runtime/wire/requests.h"
#include "services/submissions/rpc/submissions_proto.h"

namespace soutenance::submissions {
namespace {

using runtime::Call;
using runtime::MakeMutation;

constexpr auto kService = &pb::SubmissionsService::service_full_name;

}  // namespace

grpc::Status SubmissionsService::GetThesis(grpc::ServerContext* context, const pb::GetThesisRequest* request,
                                           pb::Thesis* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id, FromProto(*request));
        ASSIGN_OR_RETURN(const Thesis thesis, submissions_.GetThesis(call.caller(), id));
        *response = ToProto(thesis);
        return absl::OkStatus();
      },
      response);
}

grpc::Status SubmissionsService::ListTheses(grpc::ServerContext* context,
                                            const pb::ListThesesRequest* request,
                                            pb::ListThesesResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const ThesisQuery query, FromProto(*request));
        ASSIGN_OR_RETURN(const Page<Thesis> page, submissions_.ListTheses(call.caller(), query));
        *response = ToProto(page);
        return absl::OkStatus();
      },
      response);
}

grpc::Status SubmissionsService::CreateThesis(grpc::ServerContext* context,
                                              const pb::CreateThesisRequest* request, pb::Thesis* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const Thesis given, FromProto(*request));
        ASSIGN_OR_RETURN(const Thesis thesis,
                         submissions_.CreateThesis(call.caller(), given,
                                                   MakeMutation(call.caller(), "CreateThesis", *request)));
        *response = ToProto(thesis);
        return absl::OkStatus();
      },
      response);
}

grpc::Status SubmissionsService::UpdateThesis(grpc::ServerContext* context,
                                              const pb::UpdateThesisRequest* request, pb::Thesis* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const ThesisUpdate update, FromProto(*request));
        ASSIGN_OR_RETURN(const Thesis thesis,
                         submissions_.UpdateThesis(call.caller(), update,
                                                   MakeMutation(call.caller(), "UpdateThesis", *request)));
        *response = ToProto(thesis);
        return absl::OkStatus();
      },
      response);
}

grpc::Status SubmissionsService::WithdrawThesis(grpc::ServerContext* context,
                                                const pb::WithdrawThesisRequest* request,
                                                pb::Thesis* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const ThesisWithdrawal withdrawal, FromProto(*request));
        ASSIGN_OR_RETURN(const Thesis thesis, submissions_.WithdrawThesis(
                                                  call.caller(), withdrawal,
                                                  MakeMutation(call.caller(), "WithdrawThesis", *request)));
        *response = ToProto(thesis);
        return absl::OkStatus();
      },
      response);
}

grpc::Status SubmissionsService::BatchUpsertTheses(grpc::ServerContext* context,
                                                   const pb::BatchUpsertThesesRequest* request,
                                                   pb::BatchUpsertThesesResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const std::vector<Thesis> theses, FromProto(*request));
        ASSIGN_OR_RETURN(
            const ChangeList changes,
            submissions_.BatchUpsertTheses(call.caller(), theses,
                                           MakeMutation(call.caller(), "BatchUpsertTheses", *request),
                                           JuriesFollow(*request)));
        *response->mutable_theses() = runtime::ToProto(changes);
        return absl::OkStatus();
      },
      response);
}

}  // namespace soutenance::submissions
