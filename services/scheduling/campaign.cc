#include "services/scheduling/campaign.h"

#include <algorithm>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/base/id.h"
#include "services/scheduling/resource_names.h"

namespace soutenance::scheduling {
namespace {

constexpr std::size_t kTitleBytesMax = 500;
constexpr int64_t kRuleNumberMax = 1'000'000;

// Says what is wrong with one campaign. One function a group of settings.
class SettingsCheck {
 public:
  SettingsCheck(const Campaign& campaign, absl::string_view path, std::vector<FieldViolation>& problems)
      : campaign_(campaign), path_(path), problems_(problems) {}

  void Run() {
    CheckWords();
    CheckDays();
    CheckHours();
    CheckNumber("grid_minutes", campaign_.grid_minutes, 5, 240);
    CheckNumber("duration_minutes", campaign_.duration_minutes, 5, 480);
    CheckNumber("buffer_minutes", campaign_.buffer_minutes, 0, 240);
    CheckNumber("travel_minutes", campaign_.travel_minutes, 0, 480);
    CheckRooms();
    CheckRules();
    CheckSeats(campaign_.seats, absl::StrCat(path_, "seats"), problems_);
    CheckRoles(campaign_.roles, absl::StrCat(path_, "roles"), problems_);
    CheckPeople(campaign_.people, absl::StrCat(path_, "people"), problems_);
  }

 private:
  template <typename... Parts>
  void Refuse(absl::string_view field, const Parts&... why) {
    problems_.push_back({.field = absl::StrCat(path_, field), .description = absl::StrCat(why...)});
  }

  void CheckNumber(absl::string_view field, int found, int min, int max) {
    if (found < min || found > max) Refuse(field, found, " is not between ", min, " and ", max);
  }

  void CheckWords();
  void CheckDays();
  void CheckHours();
  void CheckRooms();
  void CheckRules();
  void CheckRule(const std::string& field, const RuleSetting& setting);

  const Campaign& campaign_;
  const absl::string_view path_;
  std::vector<FieldViolation>& problems_;
};

void SettingsCheck::CheckWords() {
  if (const absl::Status name = ParseName(campaign_.name, "campaigns").status(); !name.ok()) {
    Refuse("name", name.message());
  }
  if (campaign_.title.empty()) Refuse("title", "is missing; give the title that people will read");
  if (campaign_.title.size() > kTitleBytesMax) {
    Refuse("title", "has ", campaign_.title.size(), " bytes; at most ", kTitleBytesMax, " are kept");
  }
  if (const absl::Status name = ParseName(campaign_.programme, "programmes").status(); !name.ok()) {
    Refuse("programme", name.message());
  } else if (!campaign_.cohort.empty()) {
    const absl::StatusOr<NestedName> cohort = ParseNestedName(campaign_.cohort, "programmes", "cohorts");
    if (!cohort.ok()) {
      Refuse("cohort", cohort.status().message());
    } else if (cohort->parent != campaign_.programme) {
      Refuse("cohort", "\"", campaign_.cohort, "\" is not a cohort of ", campaign_.programme);
    }
  }
  CheckNumber("year", campaign_.year, 1900, 2200);
  if (campaign_.session != 1 && campaign_.session != 2) {
    Refuse("session", campaign_.session, " is neither 1, the first session, nor 2, the resit");
  }
  absl::TimeZone zone;
  // The name becomes the name of a file: it may not leave the folder of the zones.
  if (absl::StrContains(campaign_.time_zone, "..") || absl::StartsWith(campaign_.time_zone, "/") ||
      absl::StartsWith(campaign_.time_zone, "file:") || !absl::LoadTimeZone(campaign_.time_zone, &zone)) {
    Refuse("time_zone", "\"", campaign_.time_zone,
           "\" is no known time zone; expected a name such as Europe/Paris");
  }
  if (campaign_.language != "fr" && campaign_.language != "en") {
    Refuse("language", "\"", campaign_.language, "\" is neither \"fr\" nor \"en\"");
  }
}

void SettingsCheck::CheckDays() {
  const std::vector<absl::CivilDay>& days = campaign_.days;
  if (days.empty()) Refuse("days", "is empty; name at least one day on which defences may take place");
  if (days.size() > kCampaignDaysMax) {
    Refuse("days", "has ", days.size(), " days; at most ", kCampaignDaysMax, " are possible");
  }
  for (std::size_t i = 0; i < days.size(); ++i) {
    const std::string field = absl::StrCat("days[", i, "]");
    if (days[i].year() < 1900 || days[i].year() > 2200) {
      Refuse(field, DateText(days[i]), " is not between the years 1900 and 2200");
    }
    if (i > 0 && days[i] <= days[i - 1]) {
      Refuse(field, DateText(days[i]), " is not after the day before it, ", DateText(days[i - 1]),
             "; days are ascending and each is named once");
    }
  }
  if (!days.empty() && days.back() - days.front() >= kCampaignSpanDaysMax) {
    Refuse("days", "spans ", days.back() - days.front() + 1, " days from the first to the last; at most ",
           kCampaignSpanDaysMax, " are possible: make two campaigns");
  }
}

void SettingsCheck::CheckHours() {
  const std::vector<Hours>& hours = campaign_.hours;
  if (hours.empty()) Refuse("hours", "is empty; say from when to when defences may take place");
  if (hours.size() > kCampaignHoursMax) {
    Refuse("hours", "has ", hours.size(), " windows; at most ", kCampaignHoursMax, " are possible");
  }
  for (std::size_t i = 0; i < hours.size(); ++i) {
    const std::string field = absl::StrCat("hours[", i, "]");
    const auto text = [](const Hours& window) {
      return absl::StrCat(TimeOfDayText(window.from), " to ", TimeOfDayText(window.to));
    };
    if (hours[i].from < 0 || hours[i].to > kEndOfDay || hours[i].from >= hours[i].to) {
      Refuse(field, text(hours[i]), " does not end after it begins, within one day");
    } else if (i > 0 && hours[i].from < hours[i - 1].to) {
      Refuse(field, text(hours[i]), " does not begin after the end of the window before it, ",
             text(hours[i - 1]));
    }
  }
}

void SettingsCheck::CheckRooms() {
  if (campaign_.rooms.size() > kCampaignRoomsMax) {
    Refuse("rooms", "has ", campaign_.rooms.size(), " rooms; at most ", kCampaignRoomsMax, " are possible");
  }
  std::set<absl::string_view> seen;
  for (std::size_t i = 0; i < campaign_.rooms.size(); ++i) {
    const std::string& room = campaign_.rooms[i];
    const std::string field = absl::StrCat("rooms[", i, "]");
    if (const absl::Status name = ParseName(room, "rooms").status(); !name.ok()) {
      Refuse(field, name.message());
    } else if (!seen.insert(room).second) {
      Refuse(field, "\"", room, "\" is named twice");
    }
  }
}

void SettingsCheck::CheckRules() {
  std::set<absl::string_view> seen;
  for (std::size_t i = 0; i < campaign_.rules.size(); ++i) {
    const RuleSetting& setting = campaign_.rules[i];
    const std::string field = absl::StrCat("rules[", i, "]");
    CheckRule(field, setting);
    if (!seen.insert(setting.rule).second) Refuse(field + ".rule", "\"", setting.rule, "\" is set twice");
  }
}

void SettingsCheck::CheckRule(const std::string& field, const RuleSetting& setting) {
  const solver::RuleLine* line = solver::FindRule(setting.rule);
  if (line == nullptr) {
    Refuse(field + ".rule", "there is no rule \"", setting.rule,
           "\" in the rulebook; \"soutenance campaigns rules\" lists them");
    return;
  }
  if (!solver::MayBeSetTo(*line, setting.level)) {
    Refuse(field + ".level", "the rule ", line->name, " cannot be ", solver::RuleLevelName(setting.level),
           ", only ", line->levels);
  }
  if (setting.weight < 0 || setting.weight > kRuleNumberMax) {
    Refuse(field + ".weight", setting.weight, " is not between 1 and ", kRuleNumberMax,
           ", nor 0 for the default");
  }
  if (!setting.parameter) return;
  if (!line->parameter) {
    Refuse(field + ".parameter", "the rule ", line->name, " compares with nothing; leave the parameter out");
  } else if (*setting.parameter < 0 || *setting.parameter > kRuleNumberMax) {
    Refuse(field + ".parameter", *setting.parameter, " is not between 0 and ", kRuleNumberMax);
  }
}

}  // namespace

absl::string_view SilentPolicyName(SilentPolicy policy) {
  switch (policy) {
    case SilentPolicy::kAvailable:
      return "available";
    case SilentPolicy::kIfNeeded:
      return "if_needed";
    case SilentPolicy::kUnavailable:
      return "unavailable";
  }
  return "";
}

void Normalise(Campaign& campaign) {
  std::sort(campaign.rules.begin(), campaign.rules.end(), [](const RuleSetting& a, const RuleSetting& b) {
    return solver::FindRule(a.rule) < solver::FindRule(b.rule);
  });
  Normalise(campaign.seats);
  Normalise(campaign.roles);
  Normalise(campaign.people);
}

void CheckSettings(const Campaign& campaign, absl::string_view path, std::vector<FieldViolation>& problems) {
  SettingsCheck(campaign, path, problems).Run();
}

}  // namespace soutenance::scheduling
