#include "services/submissions/rpc/outage_service.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/base/error.h"
#include "services/base/id.h"
#include "services/base/status.h"
#include "services/runtime/wire/etags.h"
#include "services/runtime/wire/fields.h"
#include "services/runtime/wire/pages.h"
#include "services/runtime/wire/requests.h"

namespace soutenance::submissions {
namespace {

namespace pb = v1;
using runtime::Call;
using runtime::MakeMutation;
using Problems = std::vector<FieldViolation>;

constexpr auto kService = &pb::OutageService::service_full_name;
constexpr absl::string_view kRule = "/outageRule";

void SetTime(absl::Time time, google::protobuf::Timestamp* message) {
  const int64_t micros = absl::ToUnixMicros(time);
  message->set_seconds(micros / 1'000'000);
  message->set_nanos(static_cast<int32_t>(micros % 1'000'000 * 1000));
}

pb::Outage ToProto(const Outage& outage) {
  pb::Outage message;
  message.set_name(outage.Name());
  SetTime(outage.begin, message.mutable_begin_time());
  SetTime(outage.end, message.mutable_end_time());
  message.set_evidence(outage.evidence);
  return message;
}

pb::OutageRule ToProto(const OutageRule& rule) {
  pb::OutageRule message;
  message.set_name(absl::StrCat(rule.programme, kRule));
  if (rule.version > 0) message.set_etag(runtime::EtagFromVersion(rule.version));
  message.set_minutes_min(rule.minutes_min);
  message.set_window_minutes(rule.window_minutes);
  message.set_step_minutes(rule.step_minutes);
  return message;
}

// "programmes/msi" of "programmes/msi/outageRule".
std::string ProgrammeOf(absl::string_view name, absl::string_view field, Problems& problems) {
  absl::string_view programme = name;
  if (absl::ConsumeSuffix(&programme, kRule) && ParseName(programme, "programmes").ok()) {
    return std::string(programme);
  }
  problems.push_back(
      {.field = std::string(field),
       .description = absl::StrCat("is \"", name, "\"; programmes/{programme}", kRule, " is expected")});
  return "";
}

}  // namespace

grpc::Status OutageService::ListOutages(grpc::ServerContext* context, const pb::ListOutagesRequest* request,
                                        pb::ListOutagesResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call&) -> absl::Status {
        Problems problems;
        ASSIGN_OR_RETURN(const PageRequest page,
                         runtime::Unless(problems, runtime::PageFromProto(request->page_size(),
                                                                          request->page_token(), problems)));
        ASSIGN_OR_RETURN(const auto found, outages_.List(page));
        for (const Outage& each : found.items) *response->add_outages() = ToProto(each);
        response->set_next_page_token(runtime::PageToken(found.next));
        return absl::OkStatus();
      },
      response);
}

grpc::Status OutageService::GetOutageRule(grpc::ServerContext* context,
                                          const pb::GetOutageRuleRequest* request, pb::OutageRule* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call&) -> absl::Status {
        Problems problems;
        ASSIGN_OR_RETURN(const std::string programme,
                         runtime::Unless(problems, ProgrammeOf(request->name(), "name", problems)));
        ASSIGN_OR_RETURN(const OutageRule rule, outages_.Rule(programme));
        *response = ToProto(rule);
        return absl::OkStatus();
      },
      response);
}

grpc::Status OutageService::UpdateOutageRule(grpc::ServerContext* context,
                                             const pb::UpdateOutageRuleRequest* request,
                                             pb::OutageRule* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        Problems problems;
        runtime::CheckRequestId(request->request_id(), problems);
        const pb::OutageRule& message = request->outage_rule();
        OutageRule given{.programme = ProgrammeOf(message.name(), "outage_rule.name", problems),
                         .minutes_min = message.minutes_min(),
                         .window_minutes = message.window_minutes(),
                         .step_minutes = message.step_minutes()};
        ASSIGN_OR_RETURN(const OutageRule rule_given, runtime::Unless(problems, std::move(given)));
        ASSIGN_OR_RETURN(const OutageRule rule,
                         outages_.Update(call.caller(), rule_given, runtime::VersionFromEtag(message.etag()),
                                         MakeMutation(call.caller(), "UpdateOutageRule", *request)));
        *response = ToProto(rule);
        return absl::OkStatus();
      },
      response);
}

}  // namespace soutenance::submissions
