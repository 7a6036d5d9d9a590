#ifndef SOUTENANCE_SERVICES_SCHEDULING_CAMPAIGN_TIME_H_
#define SOUTENANCE_SERVICES_SCHEDULING_CAMPAIGN_TIME_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/scheduling/solver/model/time.h"

// Civil times of a campaign: as text, and as the minutes of the solver. All of them are what a clock on the
// wall of the campaign's zone shows; no zone is ever computed with, so that the nights in which clocks change
// are days like others: 24 hours of 60 minutes.
namespace soutenance::scheduling {

// Minutes since midnight, 0 to 1440. 1440 is the end of the day, "24:00".
using MinuteOfDay = int;

inline constexpr MinuteOfDay kEndOfDay = solver::kMinutesPerDay;

// "2027-06-14" and back. Nothing else is a date: no other separator, no missing zero, no 30 February.
std::optional<absl::CivilDay> ParseDate(absl::string_view text);
std::string DateText(absl::CivilDay date);

// "09:30" and back; "24:00" is kEndOfDay. Nothing else is a time: no "9:30", no "24:01".
std::optional<MinuteOfDay> ParseTimeOfDay(absl::string_view text);
std::string TimeOfDayText(MinuteOfDay minute);

// "2027-06-14T09:30" and back. "24:00" is not a moment of a day.
std::optional<absl::CivilMinute> ParseMoment(absl::string_view text);
std::string MomentText(absl::CivilMinute moment);

// Between civil times and the minutes of a problem whose first date is `first_date`. Earlier moments are
// negative minutes.
solver::Minute MinuteOf(absl::CivilDay first_date, absl::CivilMinute moment);
absl::CivilMinute MomentOf(absl::CivilDay first_date, solver::Minute minute);

// A part of one day as the solver sees it. `to` may be kEndOfDay, which is the next day's midnight.
solver::Interval IntervalOf(absl::CivilDay first_date, absl::CivilDay date, MinuteOfDay from, MinuteOfDay to);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_CAMPAIGN_TIME_H_
