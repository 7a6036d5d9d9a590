#include "services/submissions/rpc/statement_service.h"

#include "services/base/status.h"
#include "services/runtime/wire/pages.h"
#include "services/runtime/wire/requests.h"
#include "services/submissions/rpc/statements_proto.h"

namespace soutenance::submissions {
namespace {

using runtime::Call;
using runtime::MakeMutation;

constexpr auto kService = &pb::StatementService::service_full_name;

}  // namespace

grpc::Status StatementService::MakeStatement(grpc::ServerContext* context,
                                             const pb::MakeStatementRequest* request,
                                             pb::Statement* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const Statement given, FromProto(*request));
        ASSIGN_OR_RETURN(
            const Statement statement,
            statements_.Make(call.caller(), given, MakeMutation(call.caller(), "MakeStatement", *request)));
        *response = ToProto(statement);
        return absl::OkStatus();
      },
      response);
}

grpc::Status StatementService::ListStatements(grpc::ServerContext* context,
                                              const pb::ListStatementsRequest* request,
                                              pb::ListStatementsResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const StatementList list, FromProto(*request));
        Page<Statement> page;
        if (list.thesis.empty()) {
          ASSIGN_OR_RETURN(page, statements_.ListOfProgramme(call.caller(), list.programme, list.page));
        } else {
          // A thesis has few: they are one page.
          ASSIGN_OR_RETURN(page.items, statements_.ListOfThesis(call.caller(), list.thesis));
        }
        for (const Statement& each : page.items) *response->add_statements() = ToProto(each);
        response->set_next_page_token(runtime::PageToken(page.next));
        return absl::OkStatus();
      },
      response);
}

grpc::Status StatementService::DecideStatement(grpc::ServerContext* context,
                                               const pb::DecideStatementRequest* request,
                                               pb::Statement* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const DecisionToMake make, FromProto(*request));
        ASSIGN_OR_RETURN(const Statement statement,
                         statements_.Decide(call.caller(), make.key, make.decision, make.reason,
                                            MakeMutation(call.caller(), "DecideStatement", *request)));
        *response = ToProto(statement);
        return absl::OkStatus();
      },
      response);
}

grpc::Status StatementService::ListMissingStatements(grpc::ServerContext* context,
                                                     const pb::ListMissingStatementsRequest* request,
                                                     pb::ListMissingStatementsResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const MissingList list, FromProto(*request));
        ASSIGN_OR_RETURN(
            const Page<MissingStatement> page,
            statements_.ListMissing(call.caller(), list.programme, list.cohort, list.kinds, list.page));
        for (const MissingStatement& each : page.items) *response->add_missing() = ToProto(each);
        response->set_next_page_token(runtime::PageToken(page.next));
        return absl::OkStatus();
      },
      response);
}

grpc::Status StatementService::RecordSimilarityReading(grpc::ServerContext* context,
                                                       const pb::RecordSimilarityReadingRequest* request,
                                                       pb::SimilarityReading* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const SimilarityReading given, FromProto(*request));
        ASSIGN_OR_RETURN(
            const SimilarityReading reading,
            statements_.RecordReading(call.caller(), given,
                                      MakeMutation(call.caller(), "RecordSimilarityReading", *request)));
        *response = ToProto(reading);
        return absl::OkStatus();
      },
      response);
}

grpc::Status StatementService::ListSimilarityReadings(grpc::ServerContext* context,
                                                      const pb::ListSimilarityReadingsRequest* request,
                                                      pb::ListSimilarityReadingsResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string thesis, FromProto(*request));
        ASSIGN_OR_RETURN(const auto readings, statements_.ListReadings(call.caller(), thesis));
        for (const SimilarityReading& each : readings) *response->add_readings() = ToProto(each);
        return absl::OkStatus();
      },
      response);
}

}  // namespace soutenance::submissions
