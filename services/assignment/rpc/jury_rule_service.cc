#include "services/assignment/rpc/jury_rule_service.h"

#include <string>

#include "services/assignment/rpc/rules_proto.h"
#include "services/base/status.h"
#include "services/runtime/wire/pages.h"
#include "services/runtime/wire/requests.h"

namespace soutenance::assignment {
namespace {

using runtime::Call;
using runtime::MakeMutation;

constexpr auto kService = &pb::JuryRuleService::service_full_name;

}  // namespace

grpc::Status JuryRuleService::GetJuryRules(grpc::ServerContext* context,
                                           const pb::GetJuryRulesRequest* request, pb::JuryRules* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call&) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string programme, FromProto(*request));
        ASSIGN_OR_RETURN(const rules::RuleSet set, book_.GetRules(programme));
        *response = ToProto(set, LanguageFromProto(request->language()));
        return absl::OkStatus();
      },
      response);
}

grpc::Status JuryRuleService::SetJuryRules(grpc::ServerContext* context,
                                           const pb::SetJuryRulesRequest* request, pb::JuryRules* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const RuleSetReplacement replacement, FromProto(*request));
        ASSIGN_OR_RETURN(const rules::RuleSet set,
                         book_.SetRules(call.caller(), replacement,
                                        MakeMutation(call.caller(), "SetJuryRules", *request)));
        *response = ToProto(set, LanguageFromProto(request->language()));
        return absl::OkStatus();
      },
      response);
}

grpc::Status JuryRuleService::ListDefaultJuryRules(grpc::ServerContext* context,
                                                   const pb::ListDefaultJuryRulesRequest* request,
                                                   pb::ListDefaultJuryRulesResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call&) -> absl::Status {
        // All of them are one page.
        *response = DefaultsToProto(LanguageFromProto(request->language()));
        return absl::OkStatus();
      },
      response);
}

grpc::Status JuryRuleService::CheckJuries(grpc::ServerContext* context, const pb::CheckJuriesRequest* request,
                                          pb::CheckJuriesResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const CheckQuery query, FromProto(*request));
        ASSIGN_OR_RETURN(const Judgements judgements, book_.CheckJuries(call.caller(), query));
        *response = ToProto(judgements, request->only_not_met(), LanguageFromProto(request->language()));
        return absl::OkStatus();
      },
      response);
}

grpc::Status JuryRuleService::GrantDerogation(grpc::ServerContext* context,
                                              const pb::GrantDerogationRequest* request,
                                              pb::Derogation* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const Derogation asked, FromProto(*request));
        ASSIGN_OR_RETURN(const Derogation granted,
                         book_.GrantDerogation(call.caller(), asked,
                                               MakeMutation(call.caller(), "GrantDerogation", *request)));
        *response = ToProto(granted);
        return absl::OkStatus();
      },
      response);
}

grpc::Status JuryRuleService::RevokeDerogation(grpc::ServerContext* context,
                                               const pb::RevokeDerogationRequest* request,
                                               google::protobuf::Empty* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const Derogation asked, FromProto(*request));
        return book_
            .RevokeDerogation(call.caller(), asked.thesis, asked.rule,
                              MakeMutation(call.caller(), "RevokeDerogation", *request))
            .status();
      },
      response);
}

grpc::Status JuryRuleService::ListDerogations(grpc::ServerContext* context,
                                              const pb::ListDerogationsRequest* request,
                                              pb::ListDerogationsResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const DerogationQuery query, FromProto(*request));
        ASSIGN_OR_RETURN(const Page<Derogation> page,
                         book_.ListDerogations(call.caller(), query.programme, query.page));
        for (const Derogation& derogation : page.items) {
          pb::Derogation& message = *response->add_derogations();
          message = ToProto(derogation);
          ASSIGN_OR_RETURN(const bool has_lapsed, book_.HasLapsed(derogation));
          message.set_lapsed(has_lapsed);
        }
        response->set_next_page_token(runtime::PageToken(page.next));
        return absl::OkStatus();
      },
      response);
}

}  // namespace soutenance::assignment
