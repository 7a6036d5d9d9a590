#include "services/scheduling/person_setting.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "services/base/id.h"
#include "services/scheduling/composition.h"

namespace soutenance::scheduling {
namespace {

using Problems = std::vector<FieldViolation>;
using Words = std::vector<absl::string_view>;

constexpr absl::string_view kEverybody = "-";

void Refuse(Problems& problems, std::string field, std::string why) {
  problems.push_back({.field = std::move(field), .description = std::move(why)});
}

void CheckNumber(Problems& problems, std::string field, int found) {
  if (found >= 0 && found <= kPersonNumberMax) return;
  Refuse(problems, std::move(field), absl::StrCat(found, " is not between 0 and ", kPersonNumberMax));
}

void CheckCount(Problems& problems, std::string field, std::size_t found, int max, absl::string_view what) {
  if (found <= static_cast<std::size_t>(max)) return;
  Refuse(problems, std::move(field),
         absl::StrCat("has ", found, " ", what, "; at most ", max, " are possible"));
}

void CheckWaits(const std::vector<int>& points, const std::string& field, Problems& problems) {
  CheckCount(problems, field, points.size(), kWaitsMax, "numbers");
  for (std::size_t i = 0; i < points.size(); ++i) {
    CheckNumber(problems, absl::StrCat(field, "[", i, "]"), points[i]);
  }
}

void CheckLimits(const std::vector<RoleLimit>& limits, const std::string& field, Problems& problems) {
  std::set<SeatRole> seen;
  for (std::size_t i = 0; i < limits.size(); ++i) {
    const std::string entry = absl::StrCat(field, "[", i, "]");
    CheckNumber(problems, entry + ".day_max", limits[i].day_max);
    CheckNumber(problems, entry + ".campaign_max", limits[i].campaign_max);
    if (!seen.insert(limits[i].role).second) {
      Refuse(problems, entry + ".role",
             absl::StrCat("the role ", SeatRoleName(limits[i].role), " is named twice"));
    }
  }
}

void CheckTopics(const PersonSetting& setting, const std::string& field, Problems& problems) {
  CheckCount(problems, field, setting.topics.size(), kTopicsMax, "topics");
  for (std::size_t i = 0; i < setting.topics.size(); ++i) {
    const std::string& topic = setting.topics[i];
    std::string why = topic.empty() ? "is empty" : ProblemOfTopic(topic);
    if (!why.empty()) Refuse(problems, absl::StrCat(field, "[", i, "]"), std::move(why));
  }
}

// Reads `numbers` from the words, all of them.
template <typename... Numbers>
bool ReadNumbers(const Words& words, std::size_t from, Numbers&... numbers) {
  if (words.size() != from + sizeof...(numbers)) return false;
  std::size_t i = from;
  return (absl::SimpleAtoi(words[i++], &numbers) && ...);
}

bool ReadPerson(const Words& words, std::vector<PersonSetting>& people) {
  PersonSetting setting;
  if (!ReadNumbers(words, 1, setting.weight, setting.day_max, setting.campaign_max)) return false;
  if (words[0] != kEverybody) setting.person = std::string(words[0]);
  people.push_back(std::move(setting));
  return true;
}

bool ReadLimit(const Words& words, PersonSetting& setting) {
  RoleLimit limit;
  const std::optional<SeatRole> role = ParseSeatRole(words[0]);
  if (!role || !ReadNumbers(words, 1, limit.day_max, limit.campaign_max)) return false;
  limit.role = *role;
  setting.role_limits.push_back(limit);
  return true;
}

bool ReadWaits(const Words& words, std::vector<int>& points) {
  for (const absl::string_view word : words) {
    if (!absl::SimpleAtoi(word, &points.emplace_back())) return false;
  }
  return true;
}

bool ReadLine(const std::string& line, std::vector<PersonSetting>& people) {
  const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(line, absl::MaxSplits(' ', 1));
  const Words words = absl::StrSplit(parts.second, ' ');
  if (parts.first == "person") return ReadPerson(words, people);
  if (people.empty()) return false;
  PersonSetting& setting = people.back();
  if (parts.first == "role_limit") return ReadLimit(words, setting);
  if (parts.first == "nearness") return ReadWaits(words, setting.nearness);
  if (parts.first == "room_change") return ReadWaits(words, setting.room_change);
  if (parts.first != "topic") return false;
  setting.topics.emplace_back(parts.second);
  return true;
}

// What `own` says, where it says something, in place of what `all` says.
template <typename T>
void Override(const T& own, T& all) {
  if (own != T()) all = own;
}

}  // namespace

PersonSetting SettingFor(const std::vector<PersonSetting>& people, absl::string_view person) {
  PersonSetting setting;
  const auto find = [&](absl::string_view name) {
    return std::find_if(people.begin(), people.end(),
                        [&](const PersonSetting& entry) { return entry.person == name; });
  };
  if (const auto all = find(""); all != people.end()) setting = *all;
  setting.person = std::string(person);
  const auto own = find(person);
  if (person.empty() || own == people.end()) return setting;
  Override(own->weight, setting.weight);
  Override(own->day_max, setting.day_max);
  Override(own->campaign_max, setting.campaign_max);
  Override(own->nearness, setting.nearness);
  Override(own->room_change, setting.room_change);
  Override(own->topics, setting.topics);
  for (const RoleLimit& limit : own->role_limits) {
    const auto known = std::find_if(setting.role_limits.begin(), setting.role_limits.end(),
                                    [&](const RoleLimit& other) { return other.role == limit.role; });
    if (known != setting.role_limits.end()) {
      *known = limit;
    } else {
      setting.role_limits.push_back(limit);
    }
  }
  return setting;
}

void Normalise(std::vector<PersonSetting>& people) {
  std::stable_sort(people.begin(), people.end(),
                   [](const PersonSetting& a, const PersonSetting& b) { return a.person < b.person; });
  for (PersonSetting& setting : people) {
    std::stable_sort(setting.role_limits.begin(), setting.role_limits.end(),
                     [](const RoleLimit& a, const RoleLimit& b) { return a.role < b.role; });
    std::sort(setting.topics.begin(), setting.topics.end());
    setting.topics.erase(std::unique(setting.topics.begin(), setting.topics.end()), setting.topics.end());
  }
}

void CheckPeople(const std::vector<PersonSetting>& people, absl::string_view path, Problems& problems) {
  CheckCount(problems, std::string(path), people.size(), kPeopleSettingsMax, "entries");
  std::set<absl::string_view> seen;
  for (std::size_t i = 0; i < people.size(); ++i) {
    const PersonSetting& setting = people[i];
    const std::string field = absl::StrCat(path, "[", i, "]");
    if (!setting.person.empty()) {
      const absl::Status name = ParseName(setting.person, "people").status();
      if (!name.ok()) Refuse(problems, field + ".person", std::string(name.message()));
    }
    if (!seen.insert(setting.person).second) {
      Refuse(problems, field + ".person",
             setting.person.empty() ? "everybody has two entries; give one"
                                    : absl::StrCat("\"", setting.person, "\" is named twice"));
    }
    CheckNumber(problems, field + ".weight", setting.weight);
    CheckNumber(problems, field + ".day_max", setting.day_max);
    CheckNumber(problems, field + ".campaign_max", setting.campaign_max);
    CheckLimits(setting.role_limits, field + ".role_limits", problems);
    CheckWaits(setting.nearness, field + ".nearness", problems);
    CheckWaits(setting.room_change, field + ".room_change", problems);
    CheckTopics(setting, field + ".topics", problems);
  }
}

std::size_t WeightOf(const std::vector<PersonSetting>& people) {
  std::size_t weight = 0;
  for (const PersonSetting& setting : people) {
    weight += 1 + setting.role_limits.size() + setting.topics.size();
    weight += (setting.nearness.size() + setting.room_change.size()) / 8;
  }
  return weight;
}

std::vector<std::string> PeopleLines(const std::vector<PersonSetting>& people) {
  std::vector<std::string> lines;
  for (const PersonSetting& setting : people) {
    const absl::string_view name = setting.person.empty() ? kEverybody : absl::string_view(setting.person);
    lines.push_back(
        absl::StrCat("person ", name, " ", setting.weight, " ", setting.day_max, " ", setting.campaign_max));
    for (const RoleLimit& limit : setting.role_limits) {
      lines.push_back(
          absl::StrCat("role_limit ", SeatRoleName(limit.role), " ", limit.day_max, " ", limit.campaign_max));
    }
    if (!setting.nearness.empty()) {
      lines.push_back(absl::StrCat("nearness ", absl::StrJoin(setting.nearness, " ")));
    }
    if (!setting.room_change.empty()) {
      lines.push_back(absl::StrCat("room_change ", absl::StrJoin(setting.room_change, " ")));
    }
    for (const std::string& topic : setting.topics) lines.push_back(absl::StrCat("topic ", topic));
  }
  return lines;
}

absl::StatusOr<std::vector<PersonSetting>> ParsePeopleLines(const std::vector<std::string>& lines) {
  std::vector<PersonSetting> people;
  for (const std::string& line : lines) {
    if (ReadLine(line, people)) continue;
    return absl::DataLossError(absl::StrCat("what a campaign says of people cannot be read: \"", line, "\""));
  }
  return people;
}

}  // namespace soutenance::scheduling
