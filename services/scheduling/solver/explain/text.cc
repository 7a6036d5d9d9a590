#include "services/scheduling/solver/explain/text.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"

namespace soutenance::scheduling::solver {
namespace {

// French sets a space that does not break between a number and its unit.
constexpr char kNoBreak[] = "\u00a0";

constexpr const char* kFrenchDays[] = {"lundi",    "mardi",  "mercredi", "jeudi",
                                       "vendredi", "samedi", "dimanche"};
constexpr const char* kEnglishDays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                        "Friday", "Saturday", "Sunday"};
constexpr const char* kFrenchMonths[] = {"janvier",   "février", "mars",     "avril",
                                         "mai",       "juin",    "juillet",  "août",
                                         "septembre", "octobre", "novembre", "décembre"};
constexpr const char* kEnglishMonths[] = {"January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December"};

// The clock at `minute` of a day that may end at 24:00.
Text ClockText(Minute of_day) {
  const int hour = of_day / 60;
  const int minute = of_day % 60;
  std::string fr = absl::StrCat(hour, kNoBreak, "h");
  if (minute != 0) absl::StrAppend(&fr, absl::StrFormat("%s%02d", kNoBreak, minute));
  return {fr, absl::StrFormat("%d:%02d", hour, minute)};
}

}  // namespace

Text DateText(const Problem& problem, Minute minute) {
  const absl::CivilDay day = problem.DateOf(minute);
  const auto weekday =
      static_cast<std::size_t>(absl::GetWeekday(day)) - static_cast<std::size_t>(absl::Weekday::monday);
  const auto month = static_cast<std::size_t>(day.month() - 1);
  // French counts the first day of a month, and only it.
  const char* const ordinal = day.day() == 1 ? "er" : "";
  return {
      absl::StrCat(kFrenchDays[weekday], " ", day.day(), ordinal, kNoBreak, kFrenchMonths[month], " ",
                   day.year()),
      absl::StrCat(kEnglishDays[weekday], " ", day.day(), kNoBreak, kEnglishMonths[month], " ", day.year())};
}

Text TimeText(Minute minute) { return ClockText(minute % kMinutesPerDay); }

Text MomentText(const Problem& problem, Minute minute) {
  const Text date = DateText(problem, minute);
  const Text time = TimeText(minute);
  return {absl::StrCat(date.fr, " à ", time.fr), absl::StrCat(date.en, " at ", time.en)};
}

Text PeriodText(const Problem& problem, const Interval& interval) {
  const Minute midnight = interval.from - interval.from % kMinutesPerDay;
  const Text from = TimeText(interval.from);
  if (interval.to <= midnight + kMinutesPerDay) {
    const Text date = DateText(problem, interval.from);
    const Text to = ClockText(interval.to - midnight);
    return {absl::StrCat(date.fr, " de ", from.fr, " à ", to.fr),
            absl::StrCat(date.en, " from ", from.en, " to ", to.en)};
  }
  const Text begin = MomentText(problem, interval.from);
  const Text end = MomentText(problem, interval.to);
  return {absl::StrCat("du ", begin.fr, " au ", end.fr), absl::StrCat("from ", begin.en, " to ", end.en)};
}

}  // namespace soutenance::scheduling::solver
