#include "services/assignment/rpc/expertise_service.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/assignment/rpc/time_proto.h"
#include "services/base/error.h"
#include "services/base/id.h"
#include "services/base/status.h"
#include "services/runtime/wire/fields.h"
#include "services/runtime/wire/pages.h"
#include "services/runtime/wire/requests.h"

namespace soutenance::assignment {
namespace {

namespace pb = ::soutenance::assignment::v1;
using runtime::Call;
using runtime::MakeMutation;

constexpr auto kService = &pb::ExpertiseService::service_full_name;
constexpr int kPeopleMax = 1000;

struct Key {
  std::string thesis;  // id
  std::string person;  // "people/{id}"
};

// "theses/{thesis}/expertise/{person}".
Key KeyFromName(absl::string_view name, std::vector<FieldViolation>& problems) {
  const std::vector<std::string> parts = absl::StrSplit(name, '/');
  if (parts.size() == 4 && parts[0] == "theses" && parts[2] == "expertise" && CheckId(parts[1]).ok() &&
      CheckId(parts[3]).ok()) {
    return {.thesis = parts[1], .person = absl::StrCat("people/", parts[3])};
  }
  problems.push_back({.field = "name",
                      .description = absl::StrCat(
                          "\"", name, "\" is not a name of the form theses/{thesis}/expertise/{person}")});
  return {};
}

pb::ExpertiseOverride ToProto(const ExpertiseOverride& overruled) {
  pb::ExpertiseOverride message;
  if (overruled.score) message.set_score(*overruled.score);
  message.set_reason(overruled.reason);
  message.set_account(overruled.account);
  SetTime(overruled.time, message.mutable_time());
  return message;
}

pb::Expertise ToProto(const PersonExpertise& answer) {
  pb::Expertise message;
  message.set_name(absl::StrCat("theses/", answer.thesis, "/expertise/",
                                answer.person.substr(answer.person.rfind('/') + 1)));
  message.set_score(answer.score);
  message.set_computed_score(answer.computed.score);
  for (const expertise::Expertise::Reason& reason : answer.computed.reasons) {
    pb::ExpertiseReason& part = *message.add_reasons();
    part.set_word(reason.word);
    part.set_share(reason.share);
  }
  message.set_texts_count(answer.texts_count);
  if (answer.overruled_by) *message.mutable_overruled_by() = ToProto(*answer.overruled_by);
  for (const ExpertiseOverride& overruled : answer.history) *message.add_history() = ToProto(overruled);
  return message;
}

}  // namespace

grpc::Status ExpertiseService::ListExpertise(grpc::ServerContext* context,
                                             const pb::ListExpertiseRequest* request,
                                             pb::ListExpertiseResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        std::vector<FieldViolation> problems;
        const std::string thesis = runtime::IdFromName(request->parent(), "theses", "parent", problems);
        const PageRequest page =
            runtime::PageFromProto(request->page_size(), request->page_token(), problems);
        runtime::CheckCount(static_cast<std::size_t>(request->people_size()), kPeopleMax, "people", problems);
        std::set<std::string> people;
        for (int i = 0; i < request->people_size(); ++i) {
          runtime::IdFromName(request->people(i), "people", absl::StrCat("people[", i, "]"), problems);
          people.insert(request->people(i));
        }
        if (!problems.empty()) return InvalidFields(std::move(problems));
        ASSIGN_OR_RETURN(const Page<PersonExpertise> found,
                         desk_.ListExpertise(call.caller(), thesis, people, page));
        for (const PersonExpertise& answer : found.items) *response->add_expertise() = ToProto(answer);
        response->set_next_page_token(runtime::PageToken(found.next));
        return absl::OkStatus();
      },
      response);
}

grpc::Status ExpertiseService::GetExpertise(grpc::ServerContext* context,
                                            const pb::GetExpertiseRequest* request, pb::Expertise* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        std::vector<FieldViolation> problems;
        const Key key = KeyFromName(request->name(), problems);
        if (!problems.empty()) return InvalidFields(std::move(problems));
        ASSIGN_OR_RETURN(const PersonExpertise answer,
                         desk_.GetExpertise(call.caller(), key.thesis, key.person));
        *response = ToProto(answer);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ExpertiseService::OverrideExpertise(grpc::ServerContext* context,
                                                 const pb::OverrideExpertiseRequest* request,
                                                 pb::Expertise* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        std::vector<FieldViolation> problems;
        runtime::CheckRequestId(request->request_id(), problems);
        const Key key = KeyFromName(request->name(), problems);
        if (!problems.empty()) return InvalidFields(std::move(problems));
        ExpertiseOverride wanted{.thesis = key.thesis, .person = key.person, .reason = request->reason()};
        if (request->has_score()) wanted.score = request->score();
        ASSIGN_OR_RETURN(const PersonExpertise answer,
                         desk_.Override(call.caller(), wanted,
                                        MakeMutation(call.caller(), "OverrideExpertise", *request)));
        *response = ToProto(answer);
        return absl::OkStatus();
      },
      response);
}

}  // namespace soutenance::assignment
