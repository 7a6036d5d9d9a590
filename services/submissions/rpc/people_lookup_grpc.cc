#include "services/submissions/rpc/people_lookup_grpc.h"

#include "absl/status/status.h"
#include "services/base/page.h"
#include "services/base/status.h"

namespace soutenance::submissions {
namespace {

namespace pb = ::soutenance::directory::v1;
using Directory = pb::DirectoryService::Stub;

absl::StatusOr<bool> Exists(const absl::Status& answer) {
  if (answer.ok()) return true;
  if (absl::IsNotFound(answer)) return false;
  return answer;
}

}  // namespace

absl::StatusOr<std::set<std::string>> PeopleLookupGrpc::KnownPeople(
    const std::set<std::string>& people) const {
  std::set<std::string> known;
  for (auto next = people.begin(); next != people.end();) {
    pb::ListPeopleRequest request;
    request.set_page_size(kPageSizeMax);
    for (; next != people.end() && request.names_size() < kPageSizeMax; ++next) request.add_names(*next);
    do {
      ASSIGN_OR_RETURN(const pb::ListPeopleResponse page, directory_.Call(&Directory::ListPeople, request));
      for (const pb::Person& person : page.people()) known.insert(person.name());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
  }
  return known;
}

absl::StatusOr<bool> PeopleLookupGrpc::HasProgramme(const std::string& programme) const {
  pb::GetProgrammeRequest request;
  request.set_name(programme);
  return Exists(directory_.Call(&Directory::GetProgramme, request).status());
}

absl::StatusOr<bool> PeopleLookupGrpc::HasCohort(const std::string& cohort) const {
  pb::GetCohortRequest request;
  request.set_name(cohort);
  return Exists(directory_.Call(&Directory::GetCohort, request).status());
}

}  // namespace soutenance::submissions
