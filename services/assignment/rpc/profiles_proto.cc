#include "services/assignment/rpc/profiles_proto.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/base/error.h"
#include "services/runtime/wire/etags.h"
#include "services/runtime/wire/fields.h"
#include "services/runtime/wire/pages.h"
#include "services/runtime/wire/requests.h"

namespace soutenance::assignment {
namespace {

using runtime::IdFromName;
using runtime::Unless;
using Problems = std::vector<FieldViolation>;

// The id of the person in "people/{person}/profile".
std::string PersonFromName(absl::string_view name, absl::string_view field, Problems& problems) {
  absl::string_view person = name;
  if (absl::ConsumeSuffix(&person, "/profile")) return IdFromName(person, "people", field, problems);
  problems.push_back(
      {.field = std::string(field),
       .description = absl::StrCat("\"", name, "\" is not a name of the form people/{person}/profile")});
  return "";
}

// The enumerators of profile.h have the values of the contract.
template <typename Enum>
Enum Known(int value, bool is_valid, const std::string& field, Problems& problems) {
  if (!is_valid) problems.push_back({.field = field, .description = "is unknown to this server"});
  return static_cast<Enum>(is_valid ? value : 0);
}

LoadLimits LoadFromProto(const pb::Profile::Load& message, const std::string& at, Problems& problems) {
  LoadLimits load{.per_campaign_max = message.per_campaign_max(), .per_day_max = message.per_day_max()};
  for (int i = 0; i < message.roles_size(); ++i) {
    const pb::Profile::Load::OfRole& limit = message.roles(i);
    const bool is_role = pb::Seat::Role_IsValid(limit.role()) && limit.role() != pb::Seat::ROLE_UNSPECIFIED;
    if (!is_role) {
      problems.push_back({.field = absl::StrCat(at, ".roles[", i, "].role"),
                          .description = "is missing or unknown; say which role is limited"});
    }
    load.roles.push_back({.role = is_role ? static_cast<Seat::Role>(limit.role()) : Seat::Role::kExaminer,
                          .per_campaign_max = limit.per_campaign_max()});
  }
  return load;
}

ProfileReplacement ReplacementFromProto(const pb::Profile& message, const std::string& at,
                                        Problems& problems) {
  ProfileReplacement replacement;
  Profile& profile = replacement.profile;
  profile.person = PersonFromName(message.name(), absl::StrCat(at, ".name"), problems);
  profile.rank = Known<Rank>(message.rank(), pb::Profile::Rank_IsValid(message.rank()),
                             absl::StrCat(at, ".rank"), problems);
  profile.sector = Known<Sector>(message.sector(), pb::Profile::Sector_IsValid(message.sector()),
                                 absl::StrCat(at, ".sector"), problems);
  profile.institution = message.institution();
  profile.company = message.company();
  profile.may_preside = message.may_preside();
  profile.emeritus = message.emeritus();
  profile.habilitated = message.habilitated();
  profile.languages = {message.languages().begin(), message.languages().end()};
  profile.attendance =
      Known<Attendance>(message.attendance(), pb::Profile::Attendance_IsValid(message.attendance()),
                        absl::StrCat(at, ".attendance"), problems);
  profile.keywords = {message.keywords().begin(), message.keywords().end()};
  profile.expertise = message.expertise();
  for (const pb::Profile::PastThesis& thesis : message.past_theses()) {
    profile.past_theses.push_back({.title = thesis.title(), .text = thesis.text(), .year = thesis.year()});
  }
  profile.load = LoadFromProto(message.load(), absl::StrCat(at, ".load"), problems);
  if (message.has_gender()) {
    replacement.gender = Known<Gender>(message.gender(), pb::Profile::Gender_IsValid(message.gender()),
                                       absl::StrCat(at, ".gender"), problems);
  }
  return replacement;
}

}  // namespace

absl::StatusOr<std::string> FromProto(const pb::GetProfileRequest& request) {
  Problems problems;
  return Unless(problems, PersonFromName(request.name(), "name", problems));
}

absl::StatusOr<ProfileQuery> FromProto(const pb::ListProfilesRequest& request) {
  Problems problems;
  ProfileQuery query{.page = runtime::PageFromProto(request.page_size(), request.page_token(), problems)};
  runtime::CheckCount(static_cast<std::size_t>(request.people_size()), ProfileQuery::kPeopleMax, "people",
                      problems);
  // Who names what they want has bounded the answer already.
  if (request.people_size() > 0 && request.page_size() == 0) query.page.size = kPageSizeMax;
  std::set<std::string> seen;
  for (int i = 0; i < request.people_size(); ++i) {
    std::string id = IdFromName(request.people(i), "people", absl::StrCat("people[", i, "]"), problems);
    if (seen.insert(id).second) query.people.push_back(std::move(id));
  }
  return Unless(problems, std::move(query));
}

absl::StatusOr<ProfileReplacement> FromProto(const pb::SetProfileRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  ProfileReplacement replacement = ReplacementFromProto(request.profile(), "profile", problems);
  replacement.version = runtime::VersionFromEtag(request.profile().etag());
  return Unless(problems, std::move(replacement));
}

absl::StatusOr<std::vector<ProfileReplacement>> FromProto(const pb::BatchUpsertProfilesRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  std::vector<ProfileReplacement> replacements;
  replacements.reserve(static_cast<std::size_t>(request.profiles_size()));
  for (int i = 0; i < request.profiles_size(); ++i) {
    replacements.push_back(
        ReplacementFromProto(request.profiles(i), absl::StrCat("profiles[", i, "]"), problems));
  }
  return Unless(problems, std::move(replacements));
}

pb::Profile ToProto(const Profile& profile) {
  pb::Profile message;
  message.set_name(profile.Name());
  message.set_etag(runtime::EtagFromVersion(profile.version));
  message.set_rank(static_cast<pb::Profile::Rank>(profile.rank));
  message.set_sector(static_cast<pb::Profile::Sector>(profile.sector));
  message.set_institution(profile.institution);
  message.set_company(profile.company);
  message.set_may_preside(profile.may_preside);
  message.set_emeritus(profile.emeritus);
  message.set_habilitated(profile.habilitated);
  for (const std::string& language : profile.languages) message.add_languages(language);
  message.set_attendance(static_cast<pb::Profile::Attendance>(profile.attendance));
  for (const std::string& keyword : profile.keywords) message.add_keywords(keyword);
  message.set_expertise(profile.expertise);
  for (const PastThesis& thesis : profile.past_theses) {
    pb::Profile::PastThesis& past = *message.add_past_theses();
    past.set_title(thesis.title);
    past.set_text(thesis.text);
    past.set_year(thesis.year);
  }
  if (profile.load != LoadLimits{}) {
    pb::Profile::Load& load = *message.mutable_load();
    load.set_per_campaign_max(profile.load.per_campaign_max);
    load.set_per_day_max(profile.load.per_day_max);
    for (const LoadLimits::OfRole& limit : profile.load.roles) {
      pb::Profile::Load::OfRole& role = *load.add_roles();
      role.set_role(static_cast<pb::Seat::Role>(limit.role));
      role.set_per_campaign_max(limit.per_campaign_max);
    }
  }
  if (profile.gender != Gender::kUnknown)
    message.set_gender(static_cast<pb::Profile::Gender>(profile.gender));
  return message;
}

pb::ListProfilesResponse ToProto(const Page<Profile>& page) {
  pb::ListProfilesResponse message;
  for (const Profile& profile : page.items) *message.add_profiles() = ToProto(profile);
  message.set_next_page_token(runtime::PageToken(page.next));
  return message;
}

}  // namespace soutenance::assignment
