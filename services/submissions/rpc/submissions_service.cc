#include "services/submissions/rpc/submissions_service.h"

#include <string>
#include <vector>

#include "services/base/status.h"
#include "services/runtime/wire/changes.h"
#include "services/runtime/wire/pages.h"
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

grpc::Status SubmissionsService::ProposeThesis(grpc::ServerContext* context,
                                               const pb::ProposeThesisRequest* request,
                                               pb::Thesis* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const Proposal proposal, FromProto(*request));
        ASSIGN_OR_RETURN(const Thesis thesis,
                         lives_.Propose(call.caller(), proposal.thesis, proposal.is_draft,
                                        MakeMutation(call.caller(), "ProposeThesis", *request)));
        *response = ToProto(thesis);
        return absl::OkStatus();
      },
      response);
}

grpc::Status SubmissionsService::GiveOpinion(grpc::ServerContext* context,
                                             const pb::GiveOpinionRequest* request, pb::Opinion* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const Opinion given, FromProto(*request));
        ASSIGN_OR_RETURN(
            const Opinion opinion,
            lives_.GiveOpinion(call.caller(), given, MakeMutation(call.caller(), "GiveOpinion", *request)));
        *response = ToProto(opinion);
        return absl::OkStatus();
      },
      response);
}

grpc::Status SubmissionsService::ListOpinions(grpc::ServerContext* context,
                                              const pb::ListOpinionsRequest* request,
                                              pb::ListOpinionsResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const PartOf part, FromProto(*request));
        ASSIGN_OR_RETURN(const auto opinions, lives_.ListOpinions(call.caller(), part.parent));
        for (const Opinion& opinion : opinions) *response->add_opinions() = ToProto(opinion);
        return absl::OkStatus();
      },
      response);
}

grpc::Status SubmissionsService::TransitionThesis(grpc::ServerContext* context,
                                                  const pb::TransitionThesisRequest* request,
                                                  pb::Thesis* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const ThesisTransition transition, FromProto(*request));
        ASSIGN_OR_RETURN(const Thesis thesis,
                         lives_.Transition(call.caller(), transition,
                                           MakeMutation(call.caller(), "TransitionThesis", *request)));
        *response = ToProto(thesis);
        return absl::OkStatus();
      },
      response);
}

grpc::Status SubmissionsService::ListThesisTransitions(grpc::ServerContext* context,
                                                       const pb::ListThesisTransitionsRequest* request,
                                                       pb::ListThesisTransitionsResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const PartOf part, FromProto(*request));
        ASSIGN_OR_RETURN(const Possibilities all, lives_.ListTransitions(call.caller(), part.parent));
        *response = ToProto(all);
        return absl::OkStatus();
      },
      response);
}

grpc::Status SubmissionsService::ListThesisHistory(grpc::ServerContext* context,
                                                   const pb::ListThesisHistoryRequest* request,
                                                   pb::ListThesisHistoryResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const PartOf part, FromProto(*request));
        ASSIGN_OR_RETURN(const auto page, lives_.ListHistory(call.caller(), part.parent, part.page));
        for (const ThesisChange& change : page.items) *response->add_changes() = ToProto(change);
        response->set_next_page_token(runtime::PageToken(page.next));
        return absl::OkStatus();
      },
      response);
}

grpc::Status SubmissionsService::SetConsent(grpc::ServerContext* context,
                                            const pb::SetConsentRequest* request, pb::Thesis* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const Consent consent, FromProto(*request));
        ASSIGN_OR_RETURN(
            const Thesis thesis,
            lives_.SetConsent(call.caller(), consent, MakeMutation(call.caller(), "SetConsent", *request)));
        *response = ToProto(thesis);
        return absl::OkStatus();
      },
      response);
}

grpc::Status SubmissionsService::ListNotices(grpc::ServerContext* context,
                                             const pb::ListNoticesRequest* request,
                                             pb::ListNoticesResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const PartOf part, FromProto(*request));
        ASSIGN_OR_RETURN(const auto page, lives_.ListNotices(call.caller(), part.parent, part.page));
        for (const Notice& notice : page.items) *response->add_notices() = ToProto(notice);
        response->set_next_page_token(runtime::PageToken(page.next));
        return absl::OkStatus();
      },
      response);
}

}  // namespace soutenance::submissions
