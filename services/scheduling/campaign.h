#ifndef SOUTENANCE_SERVICES_SCHEDULING_CAMPAIGN_H_
#define SOUTENANCE_SERVICES_SCHEDULING_CAMPAIGN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/base/error.h"
#include "services/scheduling/campaign_time.h"
#include "services/scheduling/composition.h"
#include "services/scheduling/day_shape.h"
#include "services/scheduling/person_setting.h"
#include "services/scheduling/solver/model/rules.h"

namespace soutenance::scheduling {

// A part of every day of a campaign. Invariant: 0 <= from < to <= kEndOfDay.
struct Hours {
  MinuteOfDay from = 0;
  MinuteOfDay to = kEndOfDay;

  friend bool operator==(const Hours&, const Hours&) = default;
};

// How somebody who answered nothing is treated. The values are those of Campaign.SilentPolicy.
enum class SilentPolicy { kAvailable = 1, kIfNeeded = 2, kUnavailable = 3 };

// "available", "if_needed", "unavailable": what is stored.
absl::string_view SilentPolicyName(SilentPolicy policy);

// How a campaign sets one rule: the solver's own words.
using RuleSetting = solver::RuleSetting;

// One programme, one year, one examination session. Invariants: those of CheckSettings.
struct Campaign {
  std::string name;     // "campaigns/m2-2027"
  int64_t version = 0;  // grows with every change of the settings; the etag. 0: not stored yet
  std::string title;
  std::string programme;  // "programmes/msi"
  std::string cohort;     // "programmes/msi/cohorts/2027", or empty
  int year = 0;
  int session = 1;  // 1: first session, 2: resit
  std::string time_zone = "Europe/Paris";
  std::string language = "fr";       // or "en"
  std::vector<absl::CivilDay> days;  // ascending; at least one
  std::vector<Hours> hours;          // of each day; ascending, not overlapping; at least one
  int grid_minutes = 15;
  int duration_minutes = 60;
  int buffer_minutes = 0;
  int travel_minutes = 0;
  SilentPolicy silent_policy = SilentPolicy::kAvailable;
  std::vector<std::string> rooms;     // "rooms/b12", each once, in the order given
  std::vector<RuleSetting> rules;     // only those that differ from the rulebook, each once
  std::vector<SeatNeed> seats;        // what every jury must have; by role
  std::vector<RoleSetting> roles;     // what the rules about roles count; by role
  std::vector<PersonSetting> people;  // what is said about people, and about everybody first; by person
  DayShape day;                       // the pause of each day, and what its times cost
  // "campaigns/m2-2027/timetables/3", or empty. No setting: changing it leaves the version as it is.
  std::string published_timetable;

  // The date that is minute 0 of the solver. REQUIRES: `days` is not empty.
  absl::CivilDay first_date() const { return days.front(); }

  // As bytes, for the time the result of a call is kept, and back. Parse returns DATA_LOSS if `bytes` does
  // not come from Serialize.
  std::string Serialize() const;
  static absl::StatusOr<Campaign> Parse(absl::string_view bytes);

  friend bool operator==(const Campaign&, const Campaign&) = default;
};

// Puts the rules into the order of the rulebook, seats, roles and people into theirs. REQUIRES: CheckSettings
// found no problem.
void Normalise(Campaign& campaign);

// Days, rooms and rules of a campaign at most; enough for a year of one programme.
inline constexpr int kCampaignDaysMax = 366;
// From the first to the last of its days: what the solver can count in minutes.
inline constexpr int kCampaignSpanDaysMax = 3'660;
inline constexpr int kCampaignRoomsMax = 1000;
inline constexpr int kCampaignHoursMax = 48;

// Appends to `problems` everything that is wrong with the settings of `campaign`, each named as a field below
// `path` ("campaign."): missing title, days that are not ascending, hours that overlap, numbers out of range,
// an unknown zone, language, rule or level. Does not ask whether what it refers to exists.
void CheckSettings(const Campaign& campaign, absl::string_view path, std::vector<FieldViolation>& problems);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_CAMPAIGN_H_
