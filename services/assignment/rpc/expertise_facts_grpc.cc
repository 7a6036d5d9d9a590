#include "services/assignment/rpc/expertise_facts_grpc.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/id.h"
#include "services/base/page.h"
#include "services/base/status.h"

namespace soutenance::assignment {
namespace {

namespace directory_pb = ::soutenance::directory::v1;
namespace submissions_pb = ::soutenance::submissions::v1;

// What is known of a thesis besides its title.
std::string BodyOf(const submissions_pb::Thesis& thesis) {
  return absl::StrCat(thesis.abstract(), "\n", absl::StrJoin(thesis.keywords(), ", "));
}

}  // namespace

absl::StatusOr<std::string> ExpertiseFactsGrpc::ProgrammeOf(const std::string& id) const {
  submissions_pb::GetThesisRequest request;
  request.set_name(absl::StrCat("theses/", id));
  const absl::StatusOr<submissions_pb::Thesis> thesis =
      submissions_.CallForItself(&submissions_pb::SubmissionsService::Stub::GetThesis, request);
  if (absl::IsNotFound(thesis.status())) return std::string();
  RETURN_IF_ERROR(thesis.status());
  return thesis->programme();
}

absl::StatusOr<std::vector<ThesisText>> ExpertiseFactsGrpc::ThesesIn(const std::string& programme) const {
  submissions_pb::ListThesesRequest request;
  request.set_programme(programme);
  request.set_page_size(kPageSizeMax);
  std::vector<ThesisText> theses;
  do {
    ASSIGN_OR_RETURN(
        const submissions_pb::ListThesesResponse page,
        submissions_.CallForItself(&submissions_pb::SubmissionsService::Stub::ListTheses, request));
    for (const submissions_pb::Thesis& message : page.theses()) {
      ASSIGN_OR_RETURN(std::string id, ParseName(message.name(), "theses"));
      theses.push_back({.id = std::move(id),
                        .programme = message.programme(),
                        .supervisor = message.supervisor(),
                        .text = {.title = message.title(), .body = BodyOf(message)}});
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return theses;
}

absl::StatusOr<std::map<std::string, expertise::PersonTexts>> ExpertiseFactsGrpc::People(
    const std::set<std::string>& people) const {
  std::map<std::string, expertise::PersonTexts> found;
  for (auto next = people.begin(); next != people.end();) {
    directory_pb::ListPeopleRequest request;
    request.set_page_size(kPageSizeMax);
    for (; next != people.end() && request.names_size() < kPageSizeMax; ++next) request.add_names(*next);
    do {
      ASSIGN_OR_RETURN(const directory_pb::ListPeopleResponse page,
                       directory_.CallForItself(&directory_pb::DirectoryService::Stub::ListPeople, request));
      for (const directory_pb::Person& message : page.people()) found[message.name()];
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
  }
  return found;
}

}  // namespace soutenance::assignment
