#include "clients/cli/people_names.h"

#include "absl/strings/str_cat.h"
#include "clients/cli/names.h"
#include "soutenance/directory/v1/directory.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = directory::v1;

constexpr int kNamesPerCall = 500;

}  // namespace

PeopleNames PeopleNames::Of(Session& session, const std::set<std::string>& people) {
  PeopleNames result;
  if (session.json()) return result;
  pb::ListPeopleRequest request;
  const auto ask = [&] {
    if (request.names_size() == 0) return;
    const auto list = session.List<pb::ListPeopleResponse>(request);
    request.clear_names();
    if (!list.ok()) return;
    for (const pb::Person& person : list->people()) {
      const absl::string_view gap = person.given_name().empty() ? "" : " ";
      result.names_[person.name()] = absl::StrCat(person.given_name(), gap, person.family_name());
    }
  };
  for (const std::string& person : people) {
    if (!person.empty()) request.add_names(person);
    if (request.names_size() == kNamesPerCall) ask();
  }
  ask();
  return result;
}

std::string PeopleNames::Name(const std::string& person) const {
  const auto found = names_.find(person);
  return found == names_.end() ? ShortName(person) : found->second;
}

std::string PeopleNames::Label(const std::string& person) const {
  const auto found = names_.find(person);
  return found == names_.end() ? ShortName(person)
                               : absl::StrCat(found->second, " (", ShortName(person), ")");
}

}  // namespace soutenance::cli
