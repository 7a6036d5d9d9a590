#include "services/scheduling/documents/dates.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace soutenance::scheduling::documents {
namespace {

constexpr char kNoBreak[] = "\u00a0";

struct Names {
  const char* weekdays[7];  // Monday first
  const char* weekdays_short[7];
  const char* months[12];
};

constexpr Names kFrenchNames = {{"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"},
                                {"lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."},
                                {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
                                 "septembre", "octobre", "novembre", "décembre"}};

constexpr Names kEnglishNames = {
    {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
    {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"},
    {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
     "November", "December"}};

const Names& NamesOf(Language language) {
  return language == Language::kFrench ? kFrenchNames : kEnglishNames;
}

// The number stays with its month: "14" U+00A0 "juin". French counts the first day of a month, and only it.
std::string DayAndMonth(absl::CivilDay day, Language language) {
  const bool is_first = language == Language::kFrench && day.day() == 1;
  return absl::StrCat(day.day(), is_first ? "er" : "", kNoBreak, NamesOf(language).months[day.month() - 1]);
}

size_t WeekdayIndex(absl::CivilDay day) {
  return static_cast<size_t>(absl::GetWeekday(day)) - static_cast<size_t>(absl::Weekday::monday);
}

}  // namespace

std::string LongDate(absl::CivilDay day, Language language) {
  return absl::StrCat(NamesOf(language).weekdays[WeekdayIndex(day)], " ", DayAndMonth(day, language), " ",
                      day.year());
}

std::string ShortDate(absl::CivilDay day, Language language) {
  return absl::StrCat(NamesOf(language).weekdays_short[WeekdayIndex(day)], kNoBreak,
                      DayAndMonth(day, language));
}

std::string ClockTime(absl::CivilMinute time, Language language) {
  if (language == Language::kEnglish) return absl::StrFormat("%02d:%02d", time.hour(), time.minute());
  const std::string hours = absl::StrCat(time.hour(), kNoBreak, "h");
  return time.minute() == 0 ? hours : absl::StrFormat("%s%s%02d", hours, kNoBreak, time.minute());
}

std::string ClockSpan(absl::CivilMinute from, absl::CivilMinute to, Language language) {
  return absl::StrCat(ClockTime(from, language), kNoBreak, "– ", ClockTime(to, language));
}

std::string DurationText(int minutes, Language) {
  if (minutes < 60) return absl::StrCat(minutes, kNoBreak, "min");
  const std::string hours = absl::StrCat(minutes / 60, kNoBreak, "h");
  return minutes % 60 == 0 ? hours : absl::StrFormat("%s%s%02d", hours, kNoBreak, minutes % 60);
}

std::string LongInstant(absl::Time instant, absl::TimeZone zone, Language language) {
  const absl::CivilMinute civil = absl::ToCivilMinute(instant, zone);
  return absl::StrCat(LongDate(absl::CivilDay(civil), language),
                      language == Language::kFrench ? " à " : " at ", ClockTime(civil, language));
}

}  // namespace soutenance::scheduling::documents
