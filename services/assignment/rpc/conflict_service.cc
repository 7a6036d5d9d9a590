#include "services/assignment/rpc/conflict_service.h"

#include <string>
#include <vector>

#include "services/assignment/rpc/conflicts_proto.h"
#include "services/base/status.h"
#include "services/runtime/wire/pages.h"
#include "services/runtime/wire/requests.h"

namespace soutenance::assignment {
namespace {

using runtime::Call;
using runtime::MakeMutation;

constexpr auto kService = &pb::ConflictService::service_full_name;

}  // namespace

grpc::Status ConflictService::DeclareConflict(grpc::ServerContext* context,
                                              const pb::DeclareConflictRequest* request,
                                              pb::Declaration* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const conflicts::Declaration given, FromProto(*request));
        ASSIGN_OR_RETURN(
            const conflicts::Declaration declaration,
            desk_.Declare(call.caller(), given, MakeMutation(call.caller(), "DeclareConflict", *request)));
        *response = ToProto(declaration);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ConflictService::WithdrawDeclaration(grpc::ServerContext* context,
                                                  const pb::WithdrawDeclarationRequest* request,
                                                  google::protobuf::Empty* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const conflicts::Declaration named, FromProto(*request));
        return desk_.Withdraw(call.caller(), named,
                              MakeMutation(call.caller(), "WithdrawDeclaration", *request));
      },
      response);
}

grpc::Status ConflictService::ListDeclarations(grpc::ServerContext* context,
                                               const pb::ListDeclarationsRequest* request,
                                               pb::ListDeclarationsResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const DeclarationQuery query, FromProto(*request));
        ASSIGN_OR_RETURN(const Page<conflicts::Declaration> page,
                         desk_.ListDeclarations(call.caller(), query.programme, query.page));
        for (const conflicts::Declaration& declaration : page.items)
          *response->add_declarations() = ToProto(declaration);
        response->set_next_page_token(runtime::PageToken(page.next));
        return absl::OkStatus();
      },
      response);
}

grpc::Status ConflictService::AnswerConflicts(grpc::ServerContext* context,
                                              const pb::AnswerConflictsRequest* request,
                                              pb::ConflictAnswer* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string programme, FromProto(*request));
        ASSIGN_OR_RETURN(
            const ConflictAnswer answer,
            desk_.Answer(call.caller(), programme, MakeMutation(call.caller(), "AnswerConflicts", *request)));
        *response = ToProto(answer);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ConflictService::AskForConflicts(grpc::ServerContext* context,
                                              const pb::AskForConflictsRequest* request,
                                              pb::AskForConflictsResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const ConflictCall asked, FromProto(*request));
        ASSIGN_OR_RETURN(const std::vector<ConflictAnswer> answers,
                         desk_.Ask(call.caller(), asked.programme, asked.people, asked.only_new,
                                   MakeMutation(call.caller(), "AskForConflicts", *request)));
        for (const ConflictAnswer& answer : answers) *response->add_answers() = ToProto(answer);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ConflictService::ListConflictAnswers(grpc::ServerContext* context,
                                                  const pb::ListConflictAnswersRequest* request,
                                                  pb::ListConflictAnswersResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const AnswerQuery query, FromProto(*request));
        ASSIGN_OR_RETURN(const Page<ConflictAnswer> page,
                         desk_.ListAnswers(call.caller(), query.programme, query.states, query.page));
        for (const ConflictAnswer& answer : page.items) *response->add_answers() = ToProto(answer);
        response->set_next_page_token(runtime::PageToken(page.next));
        return absl::OkStatus();
      },
      response);
}

grpc::Status ConflictService::GetConflict(grpc::ServerContext* context, const pb::GetConflictRequest* request,
                                          pb::Conflict* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const ConflictKey key, FromProto(*request));
        ASSIGN_OR_RETURN(const SeenConflict conflict,
                         desk_.GetConflict(call.caller(), key.thesis, key.person));
        *response = ToProto(conflict);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ConflictService::ListConflicts(grpc::ServerContext* context,
                                            const pb::ListConflictsRequest* request,
                                            pb::ListConflictsResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const ConflictQuery query, FromProto(*request));
        ASSIGN_OR_RETURN(const Page<SeenConflict> page, desk_.ListConflicts(call.caller(), query));
        for (const SeenConflict& conflict : page.items) *response->add_conflicts() = ToProto(conflict);
        response->set_next_page_token(runtime::PageToken(page.next));
        return absl::OkStatus();
      },
      response);
}

grpc::Status ConflictService::PinConflict(grpc::ServerContext* context, const pb::PinConflictRequest* request,
                                          pb::Conflict* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const ConflictPin pin, FromProto(*request));
        ASSIGN_OR_RETURN(const SeenConflict conflict,
                         desk_.Pin(call.caller(), pin, MakeMutation(call.caller(), "PinConflict", *request)));
        *response = ToProto(conflict);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ConflictService::UnpinConflict(grpc::ServerContext* context,
                                            const pb::UnpinConflictRequest* request, pb::Conflict* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const ConflictPin pin, FromProto(*request));
        ASSIGN_OR_RETURN(
            const SeenConflict conflict,
            desk_.Pin(call.caller(), pin, MakeMutation(call.caller(), "UnpinConflict", *request)));
        *response = ToProto(conflict);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ConflictService::GetConflictPolicy(grpc::ServerContext* context,
                                                const pb::GetConflictPolicyRequest* request,
                                                pb::ConflictPolicy* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string programme, FromProto(*request));
        ASSIGN_OR_RETURN(const ConflictPolicy policy, desk_.GetPolicy(call.caller(), programme));
        *response = ToProto(policy);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ConflictService::SetConflictPolicy(grpc::ServerContext* context,
                                                const pb::SetConflictPolicyRequest* request,
                                                pb::ConflictPolicy* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const PolicyChange change, FromProto(*request));
        ASSIGN_OR_RETURN(const ConflictPolicy policy,
                         desk_.SetPolicy(call.caller(), change.policy, change.version,
                                         MakeMutation(call.caller(), "SetConflictPolicy", *request)));
        *response = ToProto(policy);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ConflictService::CheckReviewer(grpc::ServerContext* context,
                                            const pb::CheckReviewerRequest* request,
                                            google::protobuf::Empty* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const ReviewerToCheck given, FromProto(*request));
        return desk_.CheckReviewer(call.caller(), given.thesis, given.person);
      },
      response);
}

grpc::Status ConflictService::CheckThesisChanges(grpc::ServerContext* context,
                                                 const pb::CheckThesisChangesRequest* request,
                                                 google::protobuf::Empty* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const std::vector<conflicts::Thesis> theses, FromProto(*request));
        return desk_.CheckThesisChanges(call.caller(), theses);
      },
      response);
}

}  // namespace soutenance::assignment
