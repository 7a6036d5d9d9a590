#include "clients/cli/person_flags.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/cli/fields.h"
#include "clients/cli/names.h"
#include "clients/cli/words.h"
#include "clients/lib/failure.h"

namespace soutenance::cli {
namespace {

namespace pb = scheduling::v1;

constexpr absl::string_view kDefault = "default";
constexpr absl::string_view kEverybody = "everybody";

// "3/2/1".
bool ReadWaits(absl::string_view text, google::protobuf::RepeatedField<int32_t>& points) {
  for (const absl::string_view word : absl::StrSplit(text, '/')) {
    int32_t number = 0;
    if (!absl::SimpleAtoi(word, &number)) return false;
    points.Add(number);
  }
  return true;
}

// "2/5": two in a day, five in the campaign; "2/" and "/5" leave the other one open.
bool ReadLimit(const std::string& role, absl::string_view text, pb::PersonSetting& setting) {
  const std::vector<absl::string_view> words = absl::StrSplit(text, '/');
  int32_t day_max = 0;
  int32_t campaign_max = 0;
  const auto read = [](absl::string_view word, int32_t& number) {
    return word.empty() || absl::SimpleAtoi(word, &number);
  };
  if (words.size() != 2 || !read(words[0], day_max) || !read(words[1], campaign_max)) return false;
  pb::RoleLimit& limit = *setting.add_role_limits();
  limit.set_role(role);
  limit.set_day_max(day_max);
  limit.set_campaign_max(campaign_max);
  return true;
}

bool ReadPart(const std::string& text, pb::PersonSetting& setting) {
  const std::pair<std::string, std::string> parts = absl::StrSplit(text, absl::MaxSplits(':', 1));
  const auto& [name, value] = parts;
  int32_t number = 0;
  if (name == "nearness") return ReadWaits(value, *setting.mutable_nearness());
  if (name == "room_change") return ReadWaits(value, *setting.mutable_room_change());
  if (name == "knows") {
    for (const absl::string_view topic : absl::StrSplit(value, '/', absl::SkipEmpty())) {
      setting.add_topics(std::string(topic));
    }
    return setting.topics_size() > 0;
  }
  if (name != "weight" && name != "day" && name != "campaign") return ReadLimit(name, value, setting);
  if (!absl::SimpleAtoi(value, &number)) return false;
  if (name == "weight") setting.set_weight(number);
  if (name == "day") setting.set_day_max(number);
  if (name == "campaign") setting.set_campaign_max(number);
  return true;
}

// False if `text` is not understood.
bool ReadPerson(const std::string& text, PersonSettings& people) {
  const std::pair<std::string, std::string> parts = absl::StrSplit(text, absl::MaxSplits('=', 1));
  if (parts.first.empty() || parts.second.empty()) return false;
  pb::PersonSetting setting;
  if (parts.first != kEverybody) setting.set_person(TopName("people", parts.first));
  if (parts.second != kDefault) {
    for (const absl::string_view part : absl::StrSplit(parts.second, ',')) {
      if (!ReadPart(std::string(part), setting)) return false;
    }
  }
  const auto kept = std::remove_if(people.begin(), people.end(), [&](const pb::PersonSetting& held) {
    return held.person() == setting.person();
  });
  people.erase(kept, people.end());
  if (parts.second != kDefault) *people.Add() = std::move(setting);
  return true;
}

std::string LimitText(const pb::RoleLimit& limit, Language language) {
  std::vector<std::string> parts;
  if (limit.day_max() > 0)
    parts.push_back(absl::StrCat(limit.day_max(), Text{" a day", " par jour"}.In(language)));
  if (limit.campaign_max() > 0) {
    parts.push_back(absl::StrCat(limit.campaign_max(), Text{" in all", " en tout"}.In(language)));
  }
  const std::string role = WordFor(limit.role(), language);
  if (parts.empty()) return absl::StrCat(role, Text{" without limit", " sans limite"}.In(language));
  return absl::StrCat(role, Text{" at most ", " au plus "}.In(language),
                      absl::StrJoin(parts, Text{" and ", " et "}.In(language)));
}

std::string PersonText(const pb::PersonSetting& setting, Language language) {
  std::vector<std::string> parts;
  const auto add = [&](Text name, int32_t number) {
    if (number > 0) parts.push_back(absl::StrCat(name.In(language), " ", number));
  };
  const auto add_waits = [&](Text name, const google::protobuf::RepeatedField<int32_t>& points) {
    if (!points.empty()) parts.push_back(absl::StrCat(name.In(language), " ", absl::StrJoin(points, "/")));
  };
  add({"weight", "poids"}, setting.weight());
  add({"at most a day", "au plus par jour"}, setting.day_max());
  add({"at most in all", "au plus en tout"}, setting.campaign_max());
  for (const pb::RoleLimit& limit : setting.role_limits()) parts.push_back(LimitText(limit, language));
  add_waits({"nearness", "proximité"}, setting.nearness());
  add_waits({"change of room", "changement de salle"}, setting.room_change());
  if (setting.topics_size() > 0) {
    parts.push_back(
        absl::StrCat(Text{"knows ", "connaît "}.In(language), absl::StrJoin(setting.topics(), "/")));
  }
  const std::string who = setting.person().empty() ? Text{"everybody", "tout le monde"}.In(language)
                                                   : ShortName(setting.person());
  return absl::StrCat(who, Text{": ", " : "}.In(language), absl::StrJoin(parts, ", "));
}

}  // namespace

Flag PersonFlag() {
  return Repeated(TextFlag(
      "--person", "PERSON=SETTINGS",
      {"what rules count for one person (or everybody) and how often he or she takes part at most, such as "
       "ana=weight:3,day:4,campaign:9,president:2/5 (2 a day, 5 in all); also nearness:3/2/1 and "
       "room_change:2/1 (points by wait), knows:Robotics/Vision; everybody=president:2/, ana=default",
       "ce que les règles comptent pour une personne (ou everybody : toutes) et sa participation maximale, "
       "par "
       "exemple ana=weight:3,day:4,campaign:9,president:2/5 (2 par jour, 5 en tout) ; aussi nearness:3/2/1 "
       "et room_change:2/1 (points par attente), knows:Robotique/Vision ; everybody=president:2/, "
       "ana=default"}));
}

absl::Status ApplyPersonFlags(const Input& input, Language language, PersonSettings& people) {
  for (const std::string& text : input.GetAll("--person")) {
    if (ReadPerson(text, people)) continue;
    const Text expected = {
        "expected PERSON= (or everybody=) with weight:N, day:N, campaign:N, ROLE:DAY/CAMPAIGN, "
        "nearness:POINTS/..., room_change:POINTS/..., knows:TOPIC/..., or PERSON=default",
        "attendu PERSONNE= (ou everybody=) avec weight:N, day:N, campaign:N, RÔLE:JOUR/CAMPAGNE, "
        "nearness:POINTS/..., room_change:POINTS/..., knows:SPÉCIALITÉ/..., ou PERSONNE=default"};
    return clients::UsageError(
        absl::StrCat("--person ", text, Text{": ", " : "}.In(language), expected.In(language)));
  }
  return absl::OkStatus();
}

std::string PeopleText(const PersonSettings& people, Language language) {
  return absl::StrJoin(people, "; ", [&](std::string* out, const pb::PersonSetting& setting) {
    absl::StrAppend(out, PersonText(setting, language));
  });
}

}  // namespace soutenance::cli
