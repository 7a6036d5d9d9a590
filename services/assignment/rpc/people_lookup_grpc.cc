#include "services/assignment/rpc/people_lookup_grpc.h"

#include "services/base/page.h"
#include "services/base/status.h"

namespace soutenance::assignment {

namespace pb = ::soutenance::directory::v1;

absl::StatusOr<std::set<std::string>> PeopleLookupGrpc::KnownPeople(
    const std::set<std::string>& people) const {
  std::set<std::string> known;
  for (auto next = people.begin(); next != people.end();) {
    pb::ListPeopleRequest request;
    request.set_page_size(kPageSizeMax);
    for (; next != people.end() && request.names_size() < kPageSizeMax; ++next) request.add_names(*next);
    do {
      ASSIGN_OR_RETURN(const pb::ListPeopleResponse page,
                       directory_.Call(&pb::DirectoryService::Stub::ListPeople, request));
      for (const pb::Person& person : page.people()) known.insert(person.name());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
  }
  return known;
}

absl::StatusOr<bool> PeopleLookupGrpc::HasProgramme(const std::string& programme) const {
  pb::GetProgrammeRequest request;
  request.set_name(programme);
  const absl::Status status = directory_.Call(&pb::DirectoryService::Stub::GetProgramme, request).status();
  if (absl::IsNotFound(status)) return false;
  RETURN_IF_ERROR(status);
  return true;
}

}  // namespace soutenance::assignment
