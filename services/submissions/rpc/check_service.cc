#include "services/submissions/rpc/check_service.h"

#include "services/base/error.h"
#include "services/base/status.h"
#include "services/runtime/wire/pages.h"
#include "services/runtime/wire/requests.h"
#include "services/submissions/rpc/checks_proto.h"

namespace soutenance::submissions {
namespace {

using runtime::Call;
using runtime::MakeMutation;

constexpr auto kService = &pb::DraftCheckService::service_full_name;

}  // namespace

grpc::Status CheckService::GetDraftChecks(grpc::ServerContext* context,
                                          const pb::GetDraftChecksRequest* request,
                                          pb::DraftChecks* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const DraftKey key, DraftFromName(request->name(), "name"));
        ASSIGN_OR_RETURN(const JudgedChecks judged, checks_.Get(call.caller(), key.thesis, key.number));
        *response = ToProto(judged);
        return absl::OkStatus();
      },
      response);
}

grpc::Status CheckService::ListDraftChecks(grpc::ServerContext* context,
                                           const pb::ListDraftChecksRequest* request,
                                           pb::ListDraftChecksResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const ListOf<std::string> list, FromProto(*request));
        ASSIGN_OR_RETURN(const auto page, checks_.List(call.caller(), list.parent, list.page));
        for (const JudgedChecks& each : page.items) *response->add_checks() = ToProto(each);
        response->set_next_page_token(runtime::PageToken(page.next));
        return absl::OkStatus();
      },
      response);
}

grpc::Status CheckService::RecheckDraft(grpc::ServerContext* context, const pb::RecheckDraftRequest* request,
                                        pb::DraftChecks* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const DraftKey key, DraftFromName(request->name(), "name"));
        ASSIGN_OR_RETURN(const JudgedChecks judged,
                         checks_.Recheck(call.caller(), key.thesis, key.number,
                                         MakeMutation(call.caller(), "RecheckDraft", *request)));
        *response = ToProto(judged);
        on_pending_();
        return absl::OkStatus();
      },
      response);
}

grpc::Status CheckService::OverrideFinding(grpc::ServerContext* context,
                                           const pb::OverrideFindingRequest* request,
                                           pb::DraftChecks* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const FindingKey finding, FromProto(*request));
        ASSIGN_OR_RETURN(const JudgedChecks judged,
                         checks_.Override(call.caller(), finding, request->reason(),
                                          MakeMutation(call.caller(), "OverrideFinding", *request)));
        *response = ToProto(judged);
        return absl::OkStatus();
      },
      response);
}

grpc::Status CheckService::WithdrawOverride(grpc::ServerContext* context,
                                            const pb::WithdrawOverrideRequest* request,
                                            pb::DraftChecks* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const FindingKey finding, FromProto(*request));
        ASSIGN_OR_RETURN(const JudgedChecks judged,
                         checks_.WithdrawOverride(call.caller(), finding, request->reason(),
                                                  MakeMutation(call.caller(), "WithdrawOverride", *request)));
        *response = ToProto(judged);
        return absl::OkStatus();
      },
      response);
}

grpc::Status CheckService::CompareDrafts(grpc::ServerContext* context,
                                         const pb::CompareDraftsRequest* request,
                                         pb::DraftComparison* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const DraftPair pair, FromProto(*request));
        ASSIGN_OR_RETURN(const DraftComparison comparison,
                         checks_.Compare(call.caller(), pair.thesis, pair.number, pair.other));
        *response = ToProto(pair, comparison);
        return absl::OkStatus();
      },
      response);
}

grpc::Status CheckService::GetCheckPolicy(grpc::ServerContext* context,
                                          const pb::GetCheckPolicyRequest* request,
                                          pb::CheckPolicy* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        const auto key = ParseMilestoneName(request->milestone());
        if (!key.ok()) {
          return InvalidFields({{.field = "milestone", .description = std::string(key.status().message())}});
        }
        ASSIGN_OR_RETURN(const CheckPolicy policy, checks_.GetPolicy(call.caller(), *key));
        *response = ToProto(policy);
        return absl::OkStatus();
      },
      response);
}

grpc::Status CheckService::SetCheckPolicy(grpc::ServerContext* context,
                                          const pb::SetCheckPolicyRequest* request,
                                          pb::CheckPolicy* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const CheckPolicy given, FromProto(*request));
        ASSIGN_OR_RETURN(
            const CheckPolicy policy,
            checks_.SetPolicy(call.caller(), given, MakeMutation(call.caller(), "SetCheckPolicy", *request)));
        *response = ToProto(policy);
        return absl::OkStatus();
      },
      response);
}

}  // namespace soutenance::submissions
