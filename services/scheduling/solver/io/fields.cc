#include "services/scheduling/solver/io/fields.h"

#include <cstdlib>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/scheduling/solver/model/limits.h"

namespace soutenance::scheduling::solver {
namespace {

// The number that `digits` spell; -1 if they are not all digits.
int Digits(absl::string_view digits) {
  int number = 0;
  for (const char c : digits) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) return -1;
    number = number * 10 + (c - '0');
  }
  return number;
}

// Minutes are also those before the first date: rounds down, unlike the division of C++.
int32_t DayOffset(Minute minute) {
  const int32_t day = minute / kMinutesPerDay;
  return minute % kMinutesPerDay < 0 ? day - 1 : day;
}

}  // namespace

const Word* Fields::Take(absl::string_view what, bool quoted) {
  if (!fault_.empty()) return nullptr;
  if (rest_.empty()) {
    Refuse(absl::StrCat("ends too early; expected ", what));
    return nullptr;
  }
  const Word& word = rest_.front();
  if (word.quoted != quoted) {
    Refuse(absl::StrCat("found ", quoted ? word.text : Quoted(word.text), "; expected ", what,
                        quoted ? " between quotes" : " without quotes"));
    return nullptr;
  }
  rest_.remove_prefix(1);
  return &word;
}

void Fields::Refuse(std::string fault) {
  if (fault_.empty()) fault_ = std::move(fault);
}

std::string Fields::Fault() const {
  if (!fault_.empty() || rest_.empty()) return fault_;
  return absl::StrCat("found ", Quoted(rest_.front().text), "; expected the end of the line");
}

std::string Fields::BareWord(absl::string_view what) {
  const Word* word = Take(what, false);
  return word == nullptr ? "" : word->text;
}

std::string Fields::Text(absl::string_view what) {
  const Word* word = Take(what, true);
  return word == nullptr ? "" : word->text;
}

bool Fields::Takes(absl::string_view word) {
  if (!fault_.empty() || rest_.empty() || rest_.front().quoted || rest_.front().text != word) return false;
  rest_.remove_prefix(1);
  return true;
}

int32_t Fields::Number(absl::string_view what) {
  const Word* word = Take(what, false);
  if (word == nullptr) return 0;
  int32_t number = 0;
  const bool plain = word->text.find_first_not_of("-0123456789") == std::string::npos;
  if (!plain || !absl::SimpleAtoi(word->text, &number)) {
    Refuse(absl::StrCat("found ", Quoted(word->text), "; expected ", what, ", a whole number"));
  }
  return number;
}

absl::CivilDay Fields::Date() {
  constexpr absl::string_view kWhat = "a date like 2027-06-14";
  const Word* word = Take(kWhat, false);
  if (word == nullptr) return {};
  const absl::string_view text = word->text;
  if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
    const int year = Digits(text.substr(0, 4));
    const int month = Digits(text.substr(5, 2));
    const int day = Digits(text.substr(8, 2));
    const absl::CivilDay date(year, month, day);
    // A civil day carries over: the 31st of June becomes the 1st of July.
    if (year > 0 && date.year() == year && date.month() == month && date.day() == day) return date;
  }
  Refuse(absl::StrCat("found ", Quoted(text), "; expected ", kWhat));
  return {};
}

Minute Fields::Time() {
  constexpr absl::string_view kWhat = "a time like 09:30";
  const Word* word = Take(kWhat, false);
  if (word == nullptr) return 0;
  const absl::string_view text = word->text;
  if (text.size() == 5 && text[2] == ':') {
    const int hour = Digits(text.substr(0, 2));
    const int minute = Digits(text.substr(3, 2));
    const Minute time = hour * 60 + minute;
    if (hour >= 0 && minute >= 0 && minute < 60 && time <= kMinutesPerDay) return time;
  }
  Refuse(absl::StrCat("found ", Quoted(text), "; expected ", kWhat));
  return 0;
}

Minute Fields::Moment(std::optional<absl::CivilDay> first_date) {
  const absl::CivilDay date = Date();
  return MinuteOf(first_date, date, Time());
}

Interval Fields::Period(std::optional<absl::CivilDay> first_date) {
  const absl::CivilDay from_date = Date();
  const Minute from = MinuteOf(first_date, from_date, Time());
  if (fault_.empty() && !Takes("to")) {
    Refuse(
        "expected a period like \"2027-06-14 09:00 to 12:00\" or \"2027-06-14 09:00 to 2027-06-15 12:00\"");
  }
  const bool same_date = !rest_.empty() && rest_.front().text.find('-') == std::string::npos;
  const absl::CivilDay to_date = same_date ? from_date : Date();
  return {from, MinuteOf(first_date, to_date, Time())};
}

Minute Fields::MinuteOf(std::optional<absl::CivilDay> first_date, absl::CivilDay date, Minute time) {
  if (!fault_.empty() || !first_date) return 0;
  const int64_t minute = (date - *first_date) * int64_t{kMinutesPerDay} + time;
  if (std::abs(minute) > kMinuteMax) {
    Refuse(absl::StrCat(DateForm(date), " is more than ", kDayOffsetMax, " days from the first date"));
    return 0;
  }
  return static_cast<Minute>(minute);
}

std::string DateForm(absl::CivilDay date) {
  return absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(), date.day());
}

std::string TimeForm(Minute minute) { return absl::StrFormat("%02d:%02d", minute / 60, minute % 60); }

std::string MomentForm(absl::CivilDay first_date, Minute minute) {
  const int32_t day = DayOffset(minute);
  return absl::StrCat(DateForm(first_date + day), " ", TimeForm(minute - day * kMinutesPerDay));
}

std::string PeriodForm(absl::CivilDay first_date, const Interval& interval) {
  const Minute midnight = DayOffset(interval.from) * kMinutesPerDay;
  const std::string to = interval.to <= midnight + kMinutesPerDay ? TimeForm(interval.to - midnight)
                                                                  : MomentForm(first_date, interval.to);
  return absl::StrCat(MomentForm(first_date, interval.from), " to ", to);
}

}  // namespace soutenance::scheduling::solver
