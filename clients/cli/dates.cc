#include "clients/cli/dates.h"

#include <google/protobuf/timestamp.pb.h>

#include <array>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"

namespace soutenance::cli {
namespace {

using clients::Language;
using clients::Text;

constexpr int kDaysMax = 366;

// From Monday, as absl::Weekday counts.
constexpr std::array<Text, 7> kDays{{{"Monday", "lundi"},
                                     {"Tuesday", "mardi"},
                                     {"Wednesday", "mercredi"},
                                     {"Thursday", "jeudi"},
                                     {"Friday", "vendredi"},
                                     {"Saturday", "samedi"},
                                     {"Sunday", "dimanche"}}};
constexpr std::array<Text, 12> kMonths{{{"January", "janvier"},
                                        {"February", "février"},
                                        {"March", "mars"},
                                        {"April", "avril"},
                                        {"May", "mai"},
                                        {"June", "juin"},
                                        {"July", "juillet"},
                                        {"August", "août"},
                                        {"September", "septembre"},
                                        {"October", "octobre"},
                                        {"November", "novembre"},
                                        {"December", "décembre"}}};
constexpr std::array<Text, 12> kShortMonths{{{"Jan", "janv."},
                                             {"Feb", "févr."},
                                             {"Mar", "mars"},
                                             {"Apr", "avril"},
                                             {"May", "mai"},
                                             {"Jun", "juin"},
                                             {"Jul", "juil."},
                                             {"Aug", "août"},
                                             {"Sep", "sept."},
                                             {"Oct", "oct."},
                                             {"Nov", "nov."},
                                             {"Dec", "déc."}}};

Text WeekdayOf(absl::CivilDay day) { return kDays[static_cast<std::size_t>(absl::GetWeekday(day))]; }

bool IsWeekend(absl::CivilDay day) {
  const absl::Weekday weekday = absl::GetWeekday(day);
  return weekday == absl::Weekday::saturday || weekday == absl::Weekday::sunday;
}

}  // namespace

std::string LongDay(absl::string_view date, Language language) {
  const std::optional<absl::CivilDay> day = ParseDay(date);
  if (!day) return std::string(date);
  const bool is_first = language == Language::kFrench && day->day() == 1;
  return absl::StrCat(WeekdayOf(*day).In(language), " ", day->day(), is_first ? "er " : " ",
                      kMonths[static_cast<std::size_t>(day->month() - 1)].In(language), " ", day->year());
}

std::string ShortDay(absl::string_view date, Language language) {
  const std::optional<absl::CivilDay> day = ParseDay(date);
  if (!day) return std::string(date);
  const absl::string_view weekday(WeekdayOf(*day).In(language));
  return absl::StrCat(weekday.substr(0, 3), language == Language::kFrench ? ". " : " ", day->day(), " ",
                      kShortMonths[static_cast<std::size_t>(day->month() - 1)].In(language));
}

std::string DayOf(absl::string_view start) { return std::string(start.substr(0, start.find('T'))); }

std::string TimeOf(absl::string_view start) {
  const std::size_t t = start.find('T');
  return t == absl::string_view::npos ? "" : std::string(start.substr(t + 1));
}

std::string TimeAfter(absl::string_view time, int minutes) {
  const std::vector<absl::string_view> parts = absl::StrSplit(time, ':');
  int hour = 0;
  int minute = 0;
  if (parts.size() != 2 || !absl::SimpleAtoi(parts[0], &hour) || !absl::SimpleAtoi(parts[1], &minute))
    return "";
  const int total = hour * 60 + minute + minutes;
  return absl::StrFormat("%02d:%02d", total / 60, total % 60);
}

std::string InstantText(const google::protobuf::Timestamp& instant) {
  if (instant.seconds() == 0) return "";
  return absl::FormatTime("%Y-%m-%d %H:%M", absl::FromUnixSeconds(instant.seconds()), absl::LocalTimeZone());
}

std::optional<absl::CivilDay> ParseDay(absl::string_view text) {
  const bool is_french = text.find('/') != absl::string_view::npos;
  const std::vector<absl::string_view> parts = absl::StrSplit(text, is_french ? '/' : '-');
  int year = 0;
  int month = 0;
  int day = 0;
  if (parts.size() != 3 || !absl::SimpleAtoi(parts[is_french ? 2 : 0], &year) ||
      !absl::SimpleAtoi(parts[1], &month) || !absl::SimpleAtoi(parts[is_french ? 0 : 2], &day)) {
    return std::nullopt;
  }
  const absl::CivilDay civil(year, month, day);
  // A civil day rolls over ("31 June" is 1 July); what was typed must be a real one.
  if (civil.year() != year || civil.month() != month || civil.day() != day) return std::nullopt;
  return civil;
}

std::optional<std::vector<std::string>> ParseDays(absl::string_view text, Span span) {
  std::vector<std::string> days;
  for (const absl::string_view part : absl::StrSplit(text, ',', absl::SkipWhitespace())) {
    const std::vector<absl::string_view> ends = absl::StrSplit(part, "..");
    const std::optional<absl::CivilDay> first = ParseDay(ends.front());
    const std::optional<absl::CivilDay> last = ParseDay(ends.back());
    if (ends.size() > 2 || !first || !last || *first > *last || *last - *first > kDaysMax)
      return std::nullopt;
    for (absl::CivilDay day = *first; day <= *last; ++day) {
      if (ends.size() == 2 && span == Span::kMondaysToFridays && IsWeekend(day)) continue;
      days.push_back(absl::FormatCivilTime(day));
    }
  }
  if (days.size() > kDaysMax) return std::nullopt;
  return days;
}

std::optional<TimeSpan> ParseTimeSpan(absl::string_view text) {
  const std::vector<absl::string_view> ends = absl::StrSplit(text, '-');
  if (ends.size() != 2 || ends[0].empty() || ends[1].empty()) return std::nullopt;
  return TimeSpan{std::string(ends[0]), std::string(ends[1])};
}

std::string ReadInstant(const std::string& text, const std::string& zone_name, Language language,
                        google::protobuf::Timestamp& instant) {
  absl::Time time;
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, text, &time, &error)) {
    absl::TimeZone zone;
    if (!absl::LoadTimeZone(zone_name, &zone)) {
      return absl::StrCat(Text{"there is no time zone ", "il n’y a pas de fuseau "}.In(language), zone_name);
    }
    absl::CivilSecond civil;
    absl::CivilMinute minute;
    if (absl::ParseCivilTime(text, &minute)) {
      civil = absl::CivilSecond(minute);
    } else if (!absl::ParseCivilTime(text, &civil)) {
      return Text{"is not an instant such as 2027-06-01T23:59", "n’est pas un instant comme 2027-06-01T23:59"}
          .In(language);
    }
    const absl::TimeZone::TimeInfo info = zone.At(civil);
    if (info.kind != absl::TimeZone::TimeInfo::UNIQUE) {
      return Text{
          "does not exist, or twice, in the night when the hour changes; give it with its offset, as in "
          "2027-10-31T02:30:00+01:00",
          "n’existe pas, ou deux fois, la nuit du changement d’heure ; donnez-le avec son décalage, comme "
          "2027-10-31T02:30:00+01:00"}
          .In(language);
    }
    time = info.pre;
  }
  const int64_t micros = absl::ToUnixMicros(time);
  instant.set_seconds(micros / 1'000'000);
  instant.set_nanos(static_cast<int32_t>(micros % 1'000'000 * 1000));
  return "";
}

}  // namespace soutenance::cli
