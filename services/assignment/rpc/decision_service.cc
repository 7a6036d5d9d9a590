#include "services/assignment/rpc/decision_service.h"

#include <string>

#include "services/assignment/rpc/decisions_proto.h"
#include "services/base/status.h"
#include "services/runtime/wire/requests.h"

namespace soutenance::assignment {
namespace {

namespace pb = ::soutenance::assignment::v1;
using runtime::Call;
using runtime::MakeMutation;

constexpr auto kService = &pb::JuryDecisionService::service_full_name;

}  // namespace

grpc::Status DecisionService::ImportJuries(grpc::ServerContext* context,
                                           const pb::ImportJuriesRequest* request,
                                           pb::JuryBatchResult* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const JuryImport import, FromProto(*request));
        ASSIGN_OR_RETURN(
            const BulkResult result,
            bulk_.Import(call.caller(), import, MakeMutation(call.caller(), "ImportJuries", *request)));
        *response = ToProto(result, LanguageOf(request->language()));
        return absl::OkStatus();
      },
      response);
}

grpc::Status DecisionService::ExportJuries(grpc::ServerContext* context,
                                           const pb::ExportJuriesRequest* request,
                                           pb::ExportJuriesResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const JuryExport wanted, FromProto(*request));
        ASSIGN_OR_RETURN(const ExportedJuries exported, bulk_.Export(call.caller(), wanted));
        *response = ToProto(exported);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DecisionService::GetJuryBatch(grpc::ServerContext* context,
                                           const pb::GetJuryBatchRequest* request, pb::JuryBatch* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id, FromProto(*request));
        ASSIGN_OR_RETURN(const JuryBulk::BatchWithDecisions batch, bulk_.GetBatch(call.caller(), id));
        *response = ToProto(batch);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DecisionService::ListJuryBatches(grpc::ServerContext* context,
                                              const pb::ListJuryBatchesRequest* request,
                                              pb::ListJuryBatchesResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const BatchQuery query, FromProto(*request));
        ASSIGN_OR_RETURN(const Page<JuryBatch> page,
                         bulk_.ListBatches(call.caller(), query.programme, query.page));
        *response = ToProto(page);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DecisionService::UndoJuryBatch(grpc::ServerContext* context,
                                            const pb::UndoJuryBatchRequest* request,
                                            pb::JuryBatchResult* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const JuryUndo undo, FromProto(*request));
        ASSIGN_OR_RETURN(
            const BulkResult result,
            bulk_.Undo(call.caller(), undo, MakeMutation(call.caller(), "UndoJuryBatch", *request)));
        *response = ToProto(result, LanguageOf(request->language()));
        return absl::OkStatus();
      },
      response);
}

grpc::Status DecisionService::ListJuryDecisions(grpc::ServerContext* context,
                                                const pb::ListJuryDecisionsRequest* request,
                                                pb::ListJuryDecisionsResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const DecisionQuery query, FromProto(*request));
        ASSIGN_OR_RETURN(const Page<JuryDecision> page, bulk_.ListDecisions(call.caller(), query));
        *response = ToProto(page);
        return absl::OkStatus();
      },
      response);
}

}  // namespace soutenance::assignment
