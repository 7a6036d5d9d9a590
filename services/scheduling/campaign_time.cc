#include "services/scheduling/campaign_time.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"

namespace soutenance::scheduling {
namespace {

// Whether `text` is `pattern`, where 0 stands for any digit. Then the digits are where they are expected, and
// nothing else is.
bool HasForm(absl::string_view text, absl::string_view pattern) {
  if (text.size() != pattern.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (pattern[i] == '0' ? !absl::ascii_isdigit(c) : text[i] != pattern[i]) return false;
  }
  return true;
}

// REQUIRES: digits only.
int Number(absl::string_view digits) {
  int number = 0;
  for (const char c : digits) number = 10 * number + (c - '0');
  return number;
}

}  // namespace

std::optional<absl::CivilDay> ParseDate(absl::string_view text) {
  if (!HasForm(text, "0000-00-00")) return std::nullopt;
  const int year = Number(text.substr(0, 4));
  const int month = Number(text.substr(5, 2));
  const int day = Number(text.substr(8, 2));
  const absl::CivilDay date(year, month, day);
  // A civil day normalises what does not exist: 30 February becomes a day in March.
  if (year == 0 || date.month() != month || date.day() != day) return std::nullopt;
  return date;
}

std::string DateText(absl::CivilDay date) {
  return absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(), date.day());
}

std::optional<MinuteOfDay> ParseTimeOfDay(absl::string_view text) {
  if (!HasForm(text, "00:00")) return std::nullopt;
  const int hour = Number(text.substr(0, 2));
  const int minute = Number(text.substr(3, 2));
  const MinuteOfDay time = 60 * hour + minute;
  if (minute > 59 || time > kEndOfDay) return std::nullopt;
  return time;
}

std::string TimeOfDayText(MinuteOfDay minute) {
  return absl::StrFormat("%02d:%02d", minute / 60, minute % 60);
}

std::optional<absl::CivilMinute> ParseMoment(absl::string_view text) {
  if (text.size() != 16 || text[10] != 'T') return std::nullopt;
  const std::optional<absl::CivilDay> date = ParseDate(text.substr(0, 10));
  const std::optional<MinuteOfDay> time = ParseTimeOfDay(text.substr(11));
  if (!date || !time || *time == kEndOfDay) return std::nullopt;
  return absl::CivilMinute(*date) + *time;
}

std::string MomentText(absl::CivilMinute moment) {
  return absl::StrFormat("%sT%02d:%02d", DateText(absl::CivilDay(moment)), moment.hour(), moment.minute());
}

solver::Minute MinuteOf(absl::CivilDay first_date, absl::CivilMinute moment) {
  return static_cast<solver::Minute>(moment - absl::CivilMinute(first_date));
}

absl::CivilMinute MomentOf(absl::CivilDay first_date, solver::Minute minute) {
  return absl::CivilMinute(first_date) + minute;
}

solver::Interval IntervalOf(absl::CivilDay first_date, absl::CivilDay date, MinuteOfDay from,
                            MinuteOfDay to) {
  const solver::Minute midnight = MinuteOf(first_date, absl::CivilMinute(date));
  return {midnight + from, midnight + to};
}

}  // namespace soutenance::scheduling
