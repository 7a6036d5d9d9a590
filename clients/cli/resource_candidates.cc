#include "clients/cli/resource_candidates.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/cli/names.h"
#include "clients/cli/session.h"
#include "soutenance/assignment/v1/decisions.pb.h"
#include "soutenance/directory/v1/accounts.pb.h"
#include "soutenance/directory/v1/directory.pb.h"
#include "soutenance/directory/v1/imports.pb.h"
#include "soutenance/scheduling/v1/campaigns.pb.h"
#include "soutenance/scheduling/v1/timetables.pb.h"
#include "soutenance/submissions/v1/problems.pb.h"
#include "soutenance/submissions/v1/submissions.pb.h"

namespace soutenance::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string TextField(const Message& message, const char* name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  const bool is_text =
      field != nullptr && field->type() == FieldDescriptor::TYPE_STRING && !field->is_repeated();
  return is_text ? message.GetReflection()->GetString(message, field) : "";
}

// What a person calls the resource: its title, or the name of a person.
std::string MeaningOf(const Message& resource) {
  if (std::string title = TextField(resource, "title"); !title.empty()) return title;
  const std::string given = TextField(resource, "given_name");
  return absl::StrCat(given, given.empty() ? "" : " ", TextField(resource, "family_name"));
}

// The resources of a list response: the elements of its only list of messages.
std::vector<Candidate> CandidatesIn(const Message& response) {
  std::vector<Candidate> candidates;
  for (int i = 0; i < response.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = response.GetDescriptor()->field(i);
    if (!field->is_repeated() || field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    for (int j = 0; j < response.GetReflection()->FieldSize(response, field); ++j) {
      const Message& resource = response.GetReflection()->GetRepeatedMessage(response, field, j);
      candidates.push_back({ShortName(TextField(resource, "name")), MeaningOf(resource)});
    }
  }
  return candidates;
}

template <typename Response, typename Request>
std::vector<Candidate> All(Session& session, Request request) {
  const auto response = session.List<Response>(std::move(request));
  return response.ok() ? CandidatesIn(*response) : std::vector<Candidate>{};
}

template <typename Response, typename Request>
std::vector<Candidate> AllOfCampaign(Session& session, const Input& input) {
  const auto campaign = session.CampaignFor(input);
  if (!campaign.ok()) return {};
  Request request;
  request.set_parent(*campaign);
  return All<Response>(session, std::move(request));
}

std::vector<Candidate> Cohorts(Session& session) {
  std::vector<Candidate> all;
  for (const Candidate& programme :
       All<directory::v1::ListProgrammesResponse>(session, directory::v1::ListProgrammesRequest())) {
    directory::v1::ListCohortsRequest request;
    request.set_parent(TopName("programmes", programme.word));
    for (const Candidate& cohort : All<directory::v1::ListCohortsResponse>(session, std::move(request))) {
      all.push_back({absl::StrCat(programme.word, "/", cohort.word), cohort.meaning});
    }
  }
  return all;
}

std::vector<Candidate> JuryBatches(Session& session) {
  std::vector<Candidate> all;
  for (const Candidate& programme :
       All<directory::v1::ListProgrammesResponse>(session, directory::v1::ListProgrammesRequest())) {
    assignment::v1::ListJuryBatchesRequest request;
    request.set_programme(TopName("programmes", programme.word));
    const auto list = session.List<assignment::v1::ListJuryBatchesResponse>(std::move(request));
    if (!list.ok()) continue;
    for (const assignment::v1::JuryBatch& batch : list->batches()) {
      all.push_back({ShortName(batch.name()), batch.reason().empty() ? batch.source() : batch.reason()});
    }
  }
  return all;
}

}  // namespace

std::vector<Candidate> ResourceCandidates(const std::string& collection, const Input& input,
                                          Language language) {
  const auto opened = Session::Open(input, language, Session::Patience::kNone);
  if (!opened.ok()) return {};
  Session& session = **opened;
  if (collection == "people")
    return All<directory::v1::ListPeopleResponse>(session, directory::v1::ListPeopleRequest());
  if (collection == "rooms")
    return All<directory::v1::ListRoomsResponse>(session, directory::v1::ListRoomsRequest());
  if (collection == "programmes")
    return All<directory::v1::ListProgrammesResponse>(session, directory::v1::ListProgrammesRequest());
  if (collection == "cohorts") return Cohorts(session);
  if (collection == "theses")
    return All<submissions::v1::ListThesesResponse>(session, submissions::v1::ListThesesRequest());
  if (collection == "problems")
    return All<submissions::v1::ListProblemsResponse>(session, submissions::v1::ListProblemsRequest());
  if (collection == "accounts")
    return All<directory::v1::ListAccountsResponse>(session, directory::v1::ListAccountsRequest());
  if (collection == "imports")
    return All<directory::v1::ListImportsResponse>(session, directory::v1::ListImportsRequest());
  if (collection == "rules") {
    const auto rules = session.Call<scheduling::v1::ListRulesResponse>(scheduling::v1::ListRulesRequest());
    std::vector<Candidate> all;
    if (!rules.ok()) return all;
    for (const scheduling::v1::Rule& rule : rules->rules()) {
      all.push_back({rule.rule(), language == Language::kFrench ? rule.sentence_fr() : rule.sentence_en()});
    }
    return all;
  }
  if (collection == "campaigns")
    return All<scheduling::v1::ListCampaignsResponse>(session, scheduling::v1::ListCampaignsRequest());
  if (collection == "juryBatches") return JuryBatches(session);
  if (collection == "tokens") {
    directory::v1::ListTokensRequest request;
    request.set_parent(TopName("accounts", input.Get("--account")));
    return All<directory::v1::ListTokensResponse>(session, std::move(request));
  }
  if (collection == "defences") {
    return AllOfCampaign<scheduling::v1::ListDefencesResponse, scheduling::v1::ListDefencesRequest>(session,
                                                                                                    input);
  }
  if (collection == "runs") {
    return AllOfCampaign<scheduling::v1::ListTimetableRunsResponse, scheduling::v1::ListTimetableRunsRequest>(
        session, input);
  }
  if (collection == "timetables") {
    std::vector<Candidate> all{{"latest", ""}, {"published", ""}};
    for (Candidate& candidate :
         AllOfCampaign<scheduling::v1::ListTimetablesResponse, scheduling::v1::ListTimetablesRequest>(
             session, input)) {
      all.push_back(std::move(candidate));
    }
    return all;
  }
  return {};
}

}  // namespace soutenance::cli
