#include "services/assignment/rpc/conflict_facts_grpc.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/id.h"
#include "services/base/page.h"
#include "services/base/status.h"

namespace soutenance::assignment {
namespace {

namespace directory_pb = ::soutenance::directory::v1;
namespace submissions_pb = ::soutenance::submissions::v1;

absl::StatusOr<conflicts::Thesis> FromProto(const submissions_pb::Thesis& message) {
  ASSIGN_OR_RETURN(std::string id, ParseName(message.name(), "theses"));
  return conflicts::Thesis{.id = std::move(id),
                           .programme = message.programme(),
                           .authors = {message.authors().begin(), message.authors().end()},
                           .supervisor = message.supervisor(),
                           .company_tutor = message.company_tutor()};
}

}  // namespace

absl::StatusOr<std::map<std::string, conflicts::Person>> ConflictFactsGrpc::People(
    const std::set<std::string>& people) const {
  std::map<std::string, conflicts::Person> found;
  for (auto next = people.begin(); next != people.end();) {
    directory_pb::ListPeopleRequest request;
    request.set_page_size(kPageSizeMax);
    for (; next != people.end() && request.names_size() < kPageSizeMax; ++next) request.add_names(*next);
    do {
      ASSIGN_OR_RETURN(const directory_pb::ListPeopleResponse page,
                       directory_.CallForItself(&directory_pb::DirectoryService::Stub::ListPeople, request));
      for (const directory_pb::Person& message : page.people()) {
        conflicts::Person& person = found[message.name()];
        person.family_name = message.family_name();
        if (!message.organisation().empty()) person.companies.push_back(message.organisation());
        if (!message.email().empty()) person.addresses.push_back(message.email());
      }
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
  }
  return found;
}

absl::StatusOr<std::vector<conflicts::Thesis>> ConflictFactsGrpc::AllPages(
    submissions_pb::ListThesesRequest request) const {
  request.set_page_size(kPageSizeMax);
  std::vector<conflicts::Thesis> theses;
  do {
    ASSIGN_OR_RETURN(
        const submissions_pb::ListThesesResponse page,
        submissions_.CallForItself(&submissions_pb::SubmissionsService::Stub::ListTheses, request));
    for (const submissions_pb::Thesis& message : page.theses()) {
      ASSIGN_OR_RETURN(conflicts::Thesis thesis, FromProto(message));
      theses.push_back(std::move(thesis));
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return theses;
}

absl::StatusOr<std::map<std::string, conflicts::Thesis>> ConflictFactsGrpc::Theses(
    const std::set<std::string>& ids) const {
  std::map<std::string, conflicts::Thesis> found;
  for (auto next = ids.begin(); next != ids.end();) {
    submissions_pb::ListThesesRequest request;
    for (; next != ids.end() && request.names_size() < kPageSizeMax; ++next) {
      request.add_names(absl::StrCat("theses/", *next));
    }
    ASSIGN_OR_RETURN(std::vector<conflicts::Thesis> theses, AllPages(std::move(request)));
    for (conflicts::Thesis& thesis : theses) found.emplace(thesis.id, std::move(thesis));
  }
  return found;
}

absl::StatusOr<std::vector<conflicts::Thesis>> ConflictFactsGrpc::ThesesIn(
    const std::string& programme) const {
  submissions_pb::ListThesesRequest request;
  request.set_programme(programme);
  return AllPages(std::move(request));
}

absl::StatusOr<std::vector<conflicts::Thesis>> ConflictFactsGrpc::ThesesBy(
    const std::set<std::string>& authors) const {
  std::vector<conflicts::Thesis> all;
  for (auto next = authors.begin(); next != authors.end();) {
    submissions_pb::ListThesesRequest request;
    for (; next != authors.end() && request.authors_size() < kPageSizeMax; ++next) {
      request.add_authors(*next);
    }
    ASSIGN_OR_RETURN(std::vector<conflicts::Thesis> theses, AllPages(std::move(request)));
    for (conflicts::Thesis& thesis : theses) all.push_back(std::move(thesis));
  }
  return all;
}

}  // namespace soutenance::assignment
