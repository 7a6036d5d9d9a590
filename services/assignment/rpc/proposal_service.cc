#include "services/assignment/rpc/proposal_service.h"

#include <string>

#include "absl/time/clock.h"
#include "services/assignment/rpc/proposal_proto.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "services/runtime/wire/changes.h"
#include "services/runtime/wire/requests.h"

namespace soutenance::assignment {
namespace {

namespace pb = ::soutenance::assignment::v1;
using runtime::Call;
using runtime::MakeMutation;

constexpr auto kService = &pb::ProposalService::service_full_name;
// What remains of a call's time when the search has to end, for what is written and told after it.
constexpr absl::Duration kAfterSearch = absl::Seconds(2);
// How often somebody who waits is told how far it is.
constexpr absl::Duration kBetweenProgress = absl::Milliseconds(200);

}  // namespace

grpc::Status ProposalService::ProposeJuries(grpc::ServerContext* context,
                                            const pb::ProposeJuriesRequest* request, pb::Proposal* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const JuriesWanted wanted, FromProto(*request));
        const auto should_stop = [&] {
          return call.Stopped() || absl::Now() > call.deadline() - kAfterSearch;
        };
        ASSIGN_OR_RETURN(const Proposal proposal,
                         proposals_.ProposeJuries(
                             call.caller(), wanted, should_stop, [&] { return call.Stopped(); },
                             MakeMutation(call.caller(), "ProposeJuries", *request)));
        *response = ToProto(proposal);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ProposalService::ComposeJuries(grpc::ServerContext* context,
                                            const pb::ComposeJuriesRequest* request,
                                            grpc::ServerWriter<pb::ComposeJuriesResponse>* writer) {
  return calls_.Unary(*context, kService(), __func__, *request, [&](const Call& call) -> absl::Status {
    pb::ProposeJuriesRequest juries = request->juries();
    juries.set_request_id(request->request_id());
    ASSIGN_OR_RETURN(const JuriesWanted wanted, FromProto(juries));
    const absl::Time start = absl::Now();
    absl::Time told = absl::InfinitePast();
    auto phase = ProposalProgress::Phase::kReading;
    bool is_gone = false;
    const auto tell = [&](const ProposalProgress& progress) {
      const absl::Time now = absl::Now();
      if (progress.phase == phase && now < told + kBetweenProgress) return;
      told = now;
      phase = progress.phase;
      pb::ComposeJuriesResponse message;
      *message.mutable_progress() = ToProto(progress, now - start);
      is_gone = !writer->Write(message) || is_gone;
    };
    const auto is_cancelled = [&] { return is_gone || call.Stopped(); };
    const auto should_stop = [&] { return is_cancelled() || absl::Now() > call.deadline() - kAfterSearch; };
    ASSIGN_OR_RETURN(const Proposal proposal,
                     proposals_.ProposeJuries(call.caller(), wanted, should_stop, is_cancelled,
                                              MakeMutation(call.caller(), "ComposeJuries", *request), tell));
    pb::ComposeJuriesResponse last;
    *last.mutable_proposal() = ToProto(proposal);
    writer->Write(last);
    return absl::OkStatus();
  });
}

grpc::Status ProposalService::ProposeReviewers(grpc::ServerContext* context,
                                               const pb::ProposeReviewersRequest* request,
                                               pb::Proposal* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const ReviewersWanted wanted, FromProto(*request));
        ASSIGN_OR_RETURN(const Proposal proposal,
                         proposals_.ProposeReviewers(
                             call.caller(), wanted, MakeMutation(call.caller(), "ProposeReviewers", *request),
                             [&] { return call.Stopped(); }));
        *response = ToProto(proposal);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ProposalService::GetProposal(grpc::ServerContext* context, const pb::GetProposalRequest* request,
                                          pb::Proposal* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id, FromProto(*request));
        ASSIGN_OR_RETURN(const Proposal proposal, proposals_.GetProposal(call.caller(), id));
        *response = ToProto(proposal);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ProposalService::ListProposals(grpc::ServerContext* context,
                                            const pb::ListProposalsRequest* request,
                                            pb::ListProposalsResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const ProposalQuery query, FromProto(*request));
        ASSIGN_OR_RETURN(const Page<Proposal> page,
                         proposals_.ListProposals(call.caller(), query.programme, query.page));
        *response = ToProto(page);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ProposalService::AcceptProposal(grpc::ServerContext* context,
                                             const pb::AcceptProposalRequest* request,
                                             pb::AcceptProposalResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const Acceptance acceptance, FromProto(*request));
        ASSIGN_OR_RETURN(const ChangeList changes,
                         proposals_.AcceptProposal(call.caller(), acceptance,
                                                   MakeMutation(call.caller(), "AcceptProposal", *request)));
        *response->mutable_juries() = runtime::ToProto(changes);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ProposalService::GetJuryOverview(grpc::ServerContext* context,
                                              const pb::GetJuryOverviewRequest* request,
                                              pb::JuryOverview* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const OverviewQuery query, FromProto(*request));
        ASSIGN_OR_RETURN(const JuryOverview overview,
                         proposals_.GetOverview(call.caller(), query.programme, query.cohort));
        *response = ToProto(overview);
        return absl::OkStatus();
      },
      response);
}

}  // namespace soutenance::assignment
