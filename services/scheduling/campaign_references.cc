#include "services/scheduling/campaign_references.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/id.h"
#include "services/base/status.h"
#include "services/scheduling/resource_names.h"

namespace soutenance::scheduling {
namespace {

FieldViolation Unknown(std::string field, absl::string_view name, absl::string_view way_out) {
  return {.field = std::move(field), .description = absl::StrCat("there is no ", name, "; ", way_out)};
}

bool IsName(absl::string_view name, absl::string_view collection) { return ParseName(name, collection).ok(); }

}  // namespace

absl::Status References::CheckCampaign(const Campaign& campaign, const Campaign& before,
                                       absl::string_view path, std::vector<FieldViolation>& problems) {
  if (!is_asked_) return absl::OkStatus();
  if (campaign.programme != before.programme && IsName(campaign.programme, "programmes")) {
    ASSIGN_OR_RETURN(const auto programme, parts_.directory.Programme(campaign.programme));
    if (!programme) {
      problems.push_back(
          Unknown(absl::StrCat(path, "programme"), campaign.programme, "create the programme first"));
    }
  }
  if (campaign.cohort != before.cohort && ParseNestedName(campaign.cohort, "programmes", "cohorts").ok()) {
    ASSIGN_OR_RETURN(const auto cohort, parts_.directory.Cohort(campaign.cohort));
    if (!cohort) {
      problems.push_back(Unknown(absl::StrCat(path, "cohort"), campaign.cohort, "create the cohort first"));
    }
  }
  RETURN_IF_ERROR(CheckCandidates(campaign.seats, before.seats, absl::StrCat(path, "seats"), problems));
  RETURN_IF_ERROR(
      CheckPersonSettings(campaign.people, before.people, absl::StrCat(path, "people"), problems));
  return CheckRooms(campaign.rooms, before.rooms, path, problems);
}

absl::Status References::CheckCandidates(const std::vector<SeatNeed>& seats,
                                         const std::vector<SeatNeed>& before, absl::string_view path,
                                         std::vector<FieldViolation>& problems) {
  if (!is_asked_) return absl::OkStatus();
  std::set<std::string> known;
  for (const SeatNeed& need : before) {
    for (const Candidate& candidate : need.candidates) known.insert(candidate.person);
  }
  std::vector<std::string> asked;
  for (const SeatNeed& need : seats) {
    for (const Candidate& candidate : need.candidates) {
      const std::string& person = candidate.person;
      if (IsName(person, "people") && known.count(person) == 0) asked.push_back(person);
    }
  }
  if (asked.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::vector<PersonFacts> people, parts_.directory.People(asked));
  for (const PersonFacts& person : people) known.insert(person.name);
  for (std::size_t i = 0; i < seats.size(); ++i) {
    for (std::size_t j = 0; j < seats[i].candidates.size(); ++j) {
      const std::string& person = seats[i].candidates[j].person;
      if (!IsName(person, "people") || known.count(person) > 0) continue;
      problems.push_back(Unknown(absl::StrCat(path, "[", i, "].candidates[", j, "].person"), person,
                                 "create the person first"));
    }
  }
  return absl::OkStatus();
}

absl::Status References::CheckPersonSettings(const std::vector<PersonSetting>& people,
                                             const std::vector<PersonSetting>& before, absl::string_view path,
                                             std::vector<FieldViolation>& problems) const {
  std::set<std::string> known;
  for (const PersonSetting& setting : before) known.insert(setting.person);
  std::vector<std::string> asked;
  for (const PersonSetting& setting : people) {
    if (IsName(setting.person, "people") && known.count(setting.person) == 0) asked.push_back(setting.person);
  }
  if (asked.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::vector<PersonFacts> found, parts_.directory.People(asked));
  for (const PersonFacts& person : found) known.insert(person.name);
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (!IsName(people[i].person, "people") || known.count(people[i].person) > 0) continue;
    problems.push_back(
        Unknown(absl::StrCat(path, "[", i, "].person"), people[i].person, "create the person first"));
  }
  return absl::OkStatus();
}

absl::Status References::CheckRooms(const std::vector<std::string>& rooms,
                                    const std::vector<std::string>& before, absl::string_view path,
                                    std::vector<FieldViolation>& problems) const {
  const auto is_new = [&](const std::string& room) {
    return IsName(room, "rooms") && std::find(before.begin(), before.end(), room) == before.end();
  };
  std::vector<std::string> names;
  std::copy_if(rooms.begin(), rooms.end(), std::back_inserter(names), is_new);
  if (names.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::vector<RoomFacts> found, parts_.directory.Rooms(names));
  for (std::size_t i = 0; i < rooms.size(); ++i) {
    const bool is_known =
        std::any_of(found.begin(), found.end(), [&](const RoomFacts& room) { return room.name == rooms[i]; });
    if (!is_new(rooms[i]) || is_known) continue;
    problems.push_back(Unknown(absl::StrCat(path, "rooms[", i, "]"), rooms[i], "create the room first"));
  }
  return absl::OkStatus();
}

absl::Status References::CheckTheses(const std::vector<Defence>& defences,
                                     absl::FunctionRef<std::string(std::size_t)> field_of,
                                     std::vector<FieldViolation>& problems) {
  std::vector<std::string> names;
  for (const Defence& defence : defences) {
    if (IsName(defence.thesis, "theses")) names.push_back(defence.thesis);
  }
  if (!is_asked_ || names.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(std::vector<ThesisFacts> theses, parts_.theses.Theses(names));
  for (ThesisFacts& thesis : theses) theses_.emplace(thesis.name, std::move(thesis));
  for (std::size_t i = 0; i < defences.size(); ++i) {
    const std::string& name = defences[i].thesis;
    if (IsName(name, "theses") && theses_.count(name) == 0) {
      problems.push_back(Unknown(field_of(i), name, "create the thesis first"));
    }
  }
  return absl::OkStatus();
}

absl::Status References::CheckPeople(const std::vector<Availability>& availabilities,
                                     absl::FunctionRef<std::string(std::size_t)> field_of,
                                     std::vector<FieldViolation>& problems) {
  std::vector<std::string> names;
  for (const Availability& availability : availabilities) {
    if (IsName(availability.person, "people")) names.push_back(availability.person);
  }
  if (!is_asked_ || names.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(std::vector<PersonFacts> people, parts_.directory.People(names));
  for (PersonFacts& person : people) people_.emplace(person.name, std::move(person));
  for (std::size_t i = 0; i < availabilities.size(); ++i) {
    const std::string& name = availabilities[i].person;
    if (IsName(name, "people") && people_.count(name) == 0) {
      problems.push_back(Unknown(field_of(i), name, "create the person first"));
    }
  }
  return absl::OkStatus();
}

std::string References::LabelOf(absl::string_view name) const {
  const auto thesis = theses_.find(std::string(name));
  if (thesis != theses_.end() && !thesis->second.title.empty()) return thesis->second.title;
  const auto person = people_.find(std::string(name));
  if (person != people_.end() && !person->second.display_name.empty()) return person->second.display_name;
  return std::string(IdOf(name));
}

bool References::IsWithdrawn(const std::string& name) const {
  const auto thesis = theses_.find(name);
  return thesis != theses_.end() && thesis->second.is_withdrawn;
}

}  // namespace soutenance::scheduling
