#include "services/submissions/rpc/problem_service.h"

#include <string>

#include "services/base/status.h"
#include "services/runtime/wire/pages.h"
#include "services/runtime/wire/requests.h"
#include "services/submissions/rpc/problems_proto.h"

namespace soutenance::submissions {
namespace {

using runtime::Call;
using runtime::MakeMutation;

constexpr auto kService = &pb::ProblemService::service_full_name;

}  // namespace

grpc::Status ProblemService::GetProblem(grpc::ServerContext* context, const pb::GetProblemRequest* request,
                                        pb::Problem* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id, FromProto(*request));
        ASSIGN_OR_RETURN(const Problem problem, bank_.Get(call.caller(), id));
        *response = ToProto(problem);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ProblemService::ListProblems(grpc::ServerContext* context,
                                          const pb::ListProblemsRequest* request,
                                          pb::ListProblemsResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const ProblemQuery query, FromProto(*request));
        ASSIGN_OR_RETURN(const auto page, bank_.List(call.caller(), query));
        for (const Problem& problem : page.items) *response->add_problems() = ToProto(problem);
        response->set_next_page_token(runtime::PageToken(page.next));
        return absl::OkStatus();
      },
      response);
}

grpc::Status ProblemService::OfferProblem(grpc::ServerContext* context,
                                          const pb::OfferProblemRequest* request, pb::Problem* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const Problem given, FromProto(*request));
        ASSIGN_OR_RETURN(
            const Problem problem,
            bank_.Offer(call.caller(), given, MakeMutation(call.caller(), "OfferProblem", *request)));
        *response = ToProto(problem);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ProblemService::UpdateProblem(grpc::ServerContext* context,
                                           const pb::UpdateProblemRequest* request, pb::Problem* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const ProblemUpdate update, FromProto(*request));
        ASSIGN_OR_RETURN(
            const Problem problem,
            bank_.Update(call.caller(), update, MakeMutation(call.caller(), "UpdateProblem", *request)));
        *response = ToProto(problem);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ProblemService::CloseProblem(grpc::ServerContext* context,
                                          const pb::CloseProblemRequest* request, pb::Problem* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const Closing closing, FromProto(*request));
        ASSIGN_OR_RETURN(const Problem problem,
                         bank_.Close(call.caller(), closing.id, closing.version,
                                     MakeMutation(call.caller(), "CloseProblem", *request)));
        *response = ToProto(problem);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ProblemService::WishProblem(grpc::ServerContext* context, const pb::WishProblemRequest* request,
                                         pb::Wish* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const Wish given, FromProto(*request, call.caller().person));
        ASSIGN_OR_RETURN(
            const Wish wish,
            bank_.MakeWish(call.caller(), given, MakeMutation(call.caller(), "WishProblem", *request)));
        *response = ToProto(wish);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ProblemService::CancelWish(grpc::ServerContext* context, const pb::CancelWishRequest* request,
                                        pb::Wish* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const WishKey key, FromProto(*request));
        ASSIGN_OR_RETURN(
            const Wish wish,
            bank_.CancelWish(call.caller(), key, MakeMutation(call.caller(), "CancelWish", *request)));
        *response = ToProto(wish);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ProblemService::ListWishes(grpc::ServerContext* context, const pb::ListWishesRequest* request,
                                        pb::ListWishesResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id, FromProto(*request));
        ASSIGN_OR_RETURN(const auto wishes, bank_.ListWishes(call.caller(), id));
        for (const Wish& wish : wishes) *response->add_wishes() = ToProto(wish);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ProblemService::AcceptWish(grpc::ServerContext* context, const pb::AcceptWishRequest* request,
                                        pb::Wish* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const WishAcceptance acceptance, FromProto(*request));
        ASSIGN_OR_RETURN(const Wish wish, bank_.Accept(call.caller(), acceptance,
                                                       MakeMutation(call.caller(), "AcceptWish", *request)));
        *response = ToProto(wish);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ProblemService::DeclineWish(grpc::ServerContext* context, const pb::DeclineWishRequest* request,
                                         pb::Wish* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const WishKey key, FromProto(*request));
        ASSIGN_OR_RETURN(const Wish wish,
                         bank_.Decline(call.caller(), key, request->reason(),
                                       MakeMutation(call.caller(), "DeclineWish", *request)));
        *response = ToProto(wish);
        return absl::OkStatus();
      },
      response);
}

}  // namespace soutenance::submissions
