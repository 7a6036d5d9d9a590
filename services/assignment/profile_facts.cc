#include "services/assignment/profile_facts.h"

#include "absl/strings/str_join.h"
#include "services/base/status.h"

namespace soutenance::assignment {
namespace {

// The profiles of those of `people` ("people/{id}") who have one.
absl::StatusOr<std::vector<Profile>> ProfilesOf(const ProfileStore& store,
                                                const std::set<std::string>& people) {
  std::vector<std::string> ids;
  for (const std::string& person : people) ids.push_back(person.substr(person.rfind('/') + 1));
  std::vector<Profile> profiles;
  RETURN_IF_ERROR(store.Read([&](const ProfileStore::Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(profiles, reader.FindAll(ids));
    return absl::OkStatus();
  }));
  return profiles;
}

}  // namespace

absl::StatusOr<std::map<std::string, conflicts::Person>> ProfiledConflictFacts::People(
    const std::set<std::string>& people) const {
  ASSIGN_OR_RETURN(auto found, others_.People(people));
  ASSIGN_OR_RETURN(const std::vector<Profile> profiles, ProfilesOf(profiles_, people));
  for (const Profile& profile : profiles) {
    const auto person = found.find(profile.PersonName());
    if (person == found.end()) continue;
    if (!profile.institution.empty()) {
      person->second.institutions.push_back(profile.institution);
      person->second.companies.clear();
    }
    if (!profile.company.empty()) person->second.companies = {profile.company};
  }
  return found;
}

absl::StatusOr<std::map<std::string, expertise::PersonTexts>> ProfiledExpertiseFacts::People(
    const std::set<std::string>& people) const {
  ASSIGN_OR_RETURN(auto found, others_.People(people));
  ASSIGN_OR_RETURN(const std::vector<Profile> profiles, ProfilesOf(profiles_, people));
  for (const Profile& profile : profiles) {
    const auto person = found.find(profile.PersonName());
    if (person == found.end()) continue;
    std::vector<expertise::Text>& texts = person->second.texts;
    if (!profile.keywords.empty() || !profile.expertise.empty()) {
      texts.push_back({.title = absl::StrJoin(profile.keywords, ", "), .body = profile.expertise});
    }
    for (const PastThesis& thesis : profile.past_theses) {
      texts.push_back({.title = thesis.title, .body = thesis.text});
    }
  }
  return found;
}

}  // namespace soutenance::assignment
