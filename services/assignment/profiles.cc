#include "services/assignment/profiles.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/error.h"
#include "services/base/id.h"
#include "services/base/programme_roles.h"
#include "services/base/status.h"

namespace soutenance::assignment {
namespace {

using Reader = ProfileStore::Reader;
using Writer = ProfileStore::Writer;

bool RunsSomeProgramme(const Caller& caller) {
  return RunsEveryProgramme(caller) || !ProgrammesRunBy(caller).empty();
}

bool IsOwn(const Caller& caller, absl::string_view person) {
  return !caller.person.empty() && absl::string_view(caller.person) == absl::StrCat("people/", person);
}

bool MaySee(const Caller& caller, absl::string_view person) {
  return RunsSomeProgramme(caller) || IsOwn(caller, person);
}

// `profile` as `caller` may know it. Services are told everything but gender as well: those that count it are
// in this house.
Profile ShownTo(const Caller& caller, Profile profile) {
  if (!IsOwn(caller, profile.person)) profile.gender = Gender::kUnknown;
  return profile;
}

absl::Status ProfileNotFound(absl::string_view person) {
  return NotFound("profile", absl::StrCat("people/", person, "/profile"));
}

// The fields that only those who run a programme may change.
std::vector<std::string> ChangedByStaffOnly(const Profile& before, const Profile& after) {
  std::vector<std::string> fields;
  const auto compare = [&](const char* name, bool is_same) {
    if (!is_same) fields.emplace_back(name);
  };
  compare("rank", before.rank == after.rank);
  compare("sector", before.sector == after.sector);
  compare("institution", before.institution == after.institution);
  compare("company", before.company == after.company);
  compare("may_preside", before.may_preside == after.may_preside);
  compare("emeritus", before.emeritus == after.emeritus);
  compare("habilitated", before.habilitated == after.habilitated);
  return fields;
}

absl::Status OnlyStaffMayChange(const std::vector<std::string>& fields) {
  const std::string list = absl::StrJoin(fields, ", ");
  return Error(absl::StatusCode::kPermissionDenied,
               absl::StrCat("these are filled in by those who run a programme, ask them: ", list),
               {.reason = "ROLE_NOT_ALLOWED", .metadata = {{"fields", list}}});
}

// What `replacement` makes of `stored`, null if there is none.
Profile InPlaceOf(const Profile* stored, const ProfileReplacement& replacement) {
  Profile after = replacement.profile;
  after.version = stored == nullptr ? 0 : stored->version;
  const Gender known = stored == nullptr ? Gender::kUnknown : stored->gender;
  after.gender = replacement.gender.value_or(known);
  std::sort(after.languages.begin(), after.languages.end());
  std::sort(after.load.roles.begin(), after.load.roles.end(),
            [](const LoadLimits::OfRole& a, const LoadLimits::OfRole& b) { return a.role < b.role; });
  return after;
}

// Whether nothing is to be written. Who says a gender for somebody else always writes: that nothing changed
// would tell what it was.
bool IsUnchanged(const Caller& caller, const Profile& before, const Profile& after,
                 const ProfileReplacement& replacement) {
  return before == after && (!replacement.gender || IsOwn(caller, after.person));
}

absl::StatusOr<ChangeList> Upsert(const Reader& reader, Writer* writer, const Caller& caller,
                                  const std::vector<ProfileReplacement>& replacements) {
  std::map<std::string, const ProfileReplacement*> by_person;
  std::vector<std::string> people;
  for (const ProfileReplacement& replacement : replacements) {
    by_person[replacement.profile.person] = &replacement;
    people.push_back(replacement.profile.person);
  }
  std::map<std::string, Profile> stored;
  ASSIGN_OR_RETURN(std::vector<Profile> found, reader.FindAll(people));
  for (Profile& profile : found) stored.emplace(profile.person, std::move(profile));

  ChangeList changes;
  for (const auto& [person, replacement] : by_person) {
    const auto at = stored.find(person);
    const Profile* const before = at == stored.end() ? nullptr : &at->second;
    const Profile after = InPlaceOf(before, *replacement);
    if (before != nullptr && IsUnchanged(caller, *before, after, *replacement)) {
      changes.AddUnchanged();
      continue;
    }
    if (writer != nullptr) RETURN_IF_ERROR(writer->Put(after));
    Change change{.kind = Change::Kind::kCreated, .resource = after.Name(), .label = person};
    if (before != nullptr) {
      change.kind = Change::Kind::kUpdated;
      change.fields = Differences(*before, after);
      if (replacement->gender) change.fields.push_back({.name = "gender"});
    }
    changes.Add(std::move(change));
  }
  return changes;
}

}  // namespace

absl::StatusOr<Profile> Profiles::GetProfile(const Caller& caller, absl::string_view person) const {
  if (!MaySee(caller, person)) return ProfileNotFound(person);
  std::vector<Profile> found;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(found, reader.FindAll({std::string(person)}));
    return absl::OkStatus();
  }));
  if (found.empty()) return ProfileNotFound(person);
  return ShownTo(caller, std::move(found.front()));
}

absl::StatusOr<Page<Profile>> Profiles::ListProfiles(const Caller& caller, const ProfileQuery& query) const {
  std::vector<std::string> asked = query.people;
  if (!RunsSomeProgramme(caller)) {
    const absl::StatusOr<std::string> own = ParseName(caller.person, "people");
    const bool is_asked = own.ok() && (asked.empty() || std::count(asked.begin(), asked.end(), *own) > 0);
    if (!is_asked) return Page<Profile>();
    asked = {*own};
  }
  Page<Profile> page;
  if (asked.empty()) {
    RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
      ASSIGN_OR_RETURN(page, reader.List(query.page));
      return absl::OkStatus();
    }));
  } else {
    auto first = asked.begin();
    if (!query.page.after.empty()) {
      first = std::find(first, asked.end(), query.page.after);
      if (first == asked.end()) {
        return InvalidFields(
            {{.field = "page_token", .description = "is not a token of an answer for these people"}});
      }
      ++first;
    }
    RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
      ASSIGN_OR_RETURN(page.items, reader.FindAll(std::vector<std::string>(first, asked.end())));
      return absl::OkStatus();
    }));
    if (page.items.size() > static_cast<std::size_t>(query.page.size)) {
      page.items.resize(static_cast<std::size_t>(query.page.size));
      page.next = page.items.back().person;
    }
  }
  for (Profile& profile : page.items) profile = ShownTo(caller, std::move(profile));
  return page;
}

absl::StatusOr<Profile> Profiles::SetProfile(const Caller& caller, const ProfileReplacement& replacement,
                                             const Mutation& mutation) {
  const Profile& given = replacement.profile;
  if (!MaySee(caller, given.person)) return NotFound("person", given.PersonName());
  std::vector<FieldViolation> problems;
  CheckProfile(given, "profile", problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  ASSIGN_OR_RETURN(std::optional<Profile> first_result, FindFirstResult<Profile>(store_, mutation));
  if (first_result) return *std::move(first_result);
  ASSIGN_OR_RETURN(const std::set<std::string> known, people_.KnownPeople({given.PersonName()}));
  if (known.empty()) return NotFound("person", given.PersonName());

  return Once<Profile>(
      store_, mutation, clock_.Now(), [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Profile> {
        ASSIGN_OR_RETURN(const std::vector<Profile> found, reader.FindAll({given.person}));
        const Profile* const before = found.empty() ? nullptr : &found.front();
        Profile after = InPlaceOf(before, replacement);
        if (replacement.version && *replacement.version != after.version) {
          return StaleEtag(given.Name());
        }
        if (!RunsSomeProgramme(caller)) {
          const Profile nothing;
          const auto fields = ChangedByStaffOnly(before == nullptr ? nothing : *before, after);
          if (!fields.empty()) return OnlyStaffMayChange(fields);
        }
        const bool is_unchanged = before != nullptr && IsUnchanged(caller, *before, after, replacement);
        if (writer != nullptr && !is_unchanged) {
          RETURN_IF_ERROR(writer->Put(after));
          ++after.version;
        }
        return ShownTo(caller, std::move(after));
      });
}

absl::StatusOr<ChangeList> Profiles::BatchUpsertProfiles(const Caller& caller,
                                                         const std::vector<ProfileReplacement>& replacements,
                                                         const Mutation& mutation) {
  if (!RunsSomeProgramme(caller)) return CheckRunsProgramme(caller, "programmes/-");
  std::vector<FieldViolation> problems;
  if (replacements.size() > kBatchMax) {
    problems.push_back({.field = "profiles",
                        .description = absl::StrCat("has ", replacements.size(), " entries; at most ",
                                                    kBatchMax, " at once")});
  }
  std::map<std::string, std::size_t> first_of_person;
  std::set<std::string> people;
  for (std::size_t i = 0; i < replacements.size(); ++i) {
    const Profile& profile = replacements[i].profile;
    const std::string at = absl::StrCat("profiles[", i, "]");
    CheckProfile(profile, at, problems);
    people.insert(profile.PersonName());
    if (const auto [first, is_new] = first_of_person.try_emplace(profile.person, i); !is_new) {
      problems.push_back({.field = absl::StrCat(at, ".name"),
                          .description = absl::StrCat(profile.Name(), " comes twice, first as profiles[",
                                                      first->second, "]")});
    }
  }
  if (!problems.empty()) return InvalidFields(std::move(problems));
  ASSIGN_OR_RETURN(std::optional<ChangeList> first_result, FindFirstResult<ChangeList>(store_, mutation));
  if (first_result) return *std::move(first_result);
  if (!caller.IsService() && !people.empty()) {
    ASSIGN_OR_RETURN(const std::set<std::string> known, people_.KnownPeople(people));
    for (const auto& [person, i] : first_of_person) {
      if (known.count(absl::StrCat("people/", person)) > 0) continue;
      problems.push_back(
          {.field = absl::StrCat("profiles[", i, "].name"),
           .description = absl::StrCat("there is no people/", person,
                                       " in the directory; create it first, or correct the name")});
    }
    if (!problems.empty()) return InvalidFields(std::move(problems));
  }
  return Once<ChangeList>(store_, mutation, clock_.Now(), [&](const Reader& reader, Writer* writer) {
    return Upsert(reader, writer, caller, replacements);
  });
}

}  // namespace soutenance::assignment
