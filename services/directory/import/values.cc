#include "services/directory/import/values.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/sheets/text.h"

namespace soutenance::directory::import_folder {
namespace {

constexpr int kSpanDaysMax = 366;
constexpr int kWeightMax = 1'000'000;

bool IsDigits(absl::string_view text, size_t size_min, size_t size_max) {
  return text.size() >= size_min && text.size() <= size_max &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); });
}

int ToInt(absl::string_view digits) {
  int value = 0;
  return absl::SimpleAtoi(digits, &value) ? value : -1;
}

std::optional<absl::CivilDay> MakeDay(absl::string_view year, absl::string_view month,
                                      absl::string_view day) {
  if (!IsDigits(year, 4, 4) || !IsDigits(month, 1, 2) || !IsDigits(day, 1, 2)) return std::nullopt;
  const absl::CivilDay made(ToInt(year), ToInt(month), ToInt(day));
  // CivilDay carries 31 June over to 1 July.
  const bool exists = made.year() == ToInt(year) && made.month() == ToInt(month) && made.day() == ToInt(day);
  if (!exists || made.year() < 2000 || made.year() > 2199) return std::nullopt;
  return made;
}

std::optional<MinuteSpan> ParseMinuteSpan(absl::string_view text) {
  const std::vector<absl::string_view> ends = absl::StrSplit(text, '-');
  if (ends.size() != 2) return std::nullopt;
  const std::optional<int> from = ParseTimeOfDay(ends[0]);
  const std::optional<int> to = ParseTimeOfDay(ends[1]);
  if (!from || !to || *from >= *to) return std::nullopt;
  return MinuteSpan{*from, *to};
}

bool IsWeekend(absl::CivilDay day) {
  const absl::Weekday weekday = absl::GetWeekday(day);
  return weekday == absl::Weekday::saturday || weekday == absl::Weekday::sunday;
}

bool AppendDays(absl::string_view text, std::vector<absl::CivilDay>& days) {
  const std::vector<absl::string_view> ends = absl::StrSplit(text, "..");
  const std::optional<absl::CivilDay> first = ParseDay(ends[0]);
  if (!first || ends.size() > 2) return false;
  if (ends.size() == 1) {
    days.push_back(*first);
    return true;
  }
  const std::optional<absl::CivilDay> last = ParseDay(ends[1]);
  if (!last || *last < *first || *last - *first >= kSpanDaysMax) return false;
  for (absl::CivilDay day = *first; day <= *last; ++day) {
    if (!IsWeekend(day)) days.push_back(day);
  }
  return true;
}

}  // namespace

std::optional<absl::CivilDay> ParseDay(absl::string_view text) {
  text = Trimmed(text);
  const std::vector<absl::string_view> iso = absl::StrSplit(text, '-');
  if (iso.size() == 3) return MakeDay(iso[0], iso[1], iso[2]);
  const std::vector<absl::string_view> french = absl::StrSplit(text, '/');
  if (french.size() == 3) return MakeDay(french[2], french[1], french[0]);
  return std::nullopt;
}

std::optional<int> ParseTimeOfDay(absl::string_view text) {
  const std::string folded = Folded(text);
  absl::string_view rest = folded;
  const size_t mark = rest.find_first_of(":h");
  if (mark == absl::string_view::npos || !IsDigits(rest.substr(0, mark), 1, 2)) return std::nullopt;
  const int hours = ToInt(rest.substr(0, mark));
  const bool bare_hour = rest[mark] == 'h' && mark + 1 == rest.size();
  rest.remove_prefix(mark + 1);
  if (folded[mark] == ':' && rest.size() == 5 && absl::EndsWith(rest, ":00")) rest.remove_suffix(3);
  if (!bare_hour && !IsDigits(rest, 2, 2)) return std::nullopt;
  const int minutes = bare_hour ? 0 : ToInt(rest);
  if (minutes > 59 || hours > 24 || (hours == 24 && minutes > 0)) return std::nullopt;
  return hours * 60 + minutes;
}

std::optional<bool> ParseYesNo(absl::string_view text) {
  const std::string word = Folded(text);
  if (word == "oui" || word == "yes" || word == "x" || word == "1" || word == "vrai" || word == "true")
    return true;
  if (word.empty() || word == "non" || word == "no" || word == "0" || word == "faux" || word == "false")
    return false;
  return std::nullopt;
}

std::optional<int> ParseNumber(absl::string_view text) {
  text = Trimmed(text);
  if (!IsDigits(text, 1, 9)) return std::nullopt;
  return ToInt(text);
}

std::vector<std::string> SplitValues(absl::string_view text) {
  std::vector<std::string> values;
  for (const absl::string_view part : absl::StrSplit(text, '|')) {
    const absl::string_view value = Trimmed(part);
    if (!value.empty()) values.emplace_back(value);
  }
  return values;
}

std::optional<std::vector<absl::CivilDay>> ParseDays(absl::string_view text) {
  std::vector<absl::CivilDay> days;
  for (const std::string& part : SplitValues(text)) {
    if (!AppendDays(part, days)) return std::nullopt;
  }
  if (days.empty()) return std::nullopt;
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  return days;
}

std::optional<std::vector<MinuteSpan>> ParseHours(absl::string_view text) {
  std::vector<MinuteSpan> hours;
  for (const std::string& part : SplitValues(text)) {
    const std::optional<MinuteSpan> span = ParseMinuteSpan(part);
    if (!span) return std::nullopt;
    hours.push_back(*span);
  }
  if (hours.empty()) return std::nullopt;
  std::sort(hours.begin(), hours.end(),
            [](const MinuteSpan& a, const MinuteSpan& b) { return a.from < b.from; });
  for (size_t i = 1; i < hours.size(); ++i) {
    if (hours[i].from < hours[i - 1].to) return std::nullopt;
  }
  return hours;
}

std::optional<int> ParseYear(absl::string_view text) {
  const std::vector<absl::string_view> years = absl::StrSplit(Trimmed(text), absl::ByAnyChar("-/"));
  if (years.size() > 2) return std::nullopt;
  for (const absl::string_view year : years) {
    if (!IsDigits(Trimmed(year), 4, 4)) return std::nullopt;
  }
  const int last = ToInt(Trimmed(years.back()));
  if (last < 2000 || last > 2199) return std::nullopt;
  if (years.size() == 2 && ToInt(Trimmed(years[0])) + 1 != last) return std::nullopt;
  return last;
}

namespace {

// The strength that `word`, folded, stands for; `rank` is the digit that follows it after "_", or empty.
std::optional<RuleStrength> StrengthOf(absl::string_view word, absl::string_view rank) {
  if (word == "soft" || word == "souple") {
    if (rank.empty()) return RuleStrength::kSoft;
    if (rank.size() != 1 || rank[0] < '2' || rank[0] > '6') return std::nullopt;
    return static_cast<RuleStrength>(static_cast<int>(RuleStrength::kSoft) + (rank[0] - '1'));
  }
  if (!rank.empty()) return std::nullopt;
  if (word == "off" || word == "non") return RuleStrength::kOff;
  if (word == "hard" || word == "dur" || word == "dure") return RuleStrength::kHard;
  if (word == "strong" || word == "fort" || word == "forte") return RuleStrength::kStrong;
  return std::nullopt;
}

}  // namespace

std::optional<RuleSetting> ParseRuleStrength(absl::string_view text) {
  // What spreadsheets write between a word and a number is not always a plain space.
  const std::string plain = absl::StrReplaceAll(text, {{"\u00a0", " "}, {"\u202f", " "}});
  std::vector<absl::string_view> parts = absl::StrSplit(plain, absl::ByAnyChar(" \t:"), absl::SkipEmpty());
  if (parts.empty()) return std::nullopt;
  // "soft5" is one word and a number.
  absl::string_view word = parts.front();
  size_t letters = 0;
  while (letters < word.size() && absl::ascii_isalpha(static_cast<unsigned char>(word[letters]))) ++letters;
  absl::string_view rank = word.substr(letters);
  if (!rank.empty() && !absl::ConsumePrefix(&rank, "_")) {
    parts.insert(parts.begin() + 1, rank);
    rank = "";
  } else if (!rank.empty() != absl::StrContains(word, "_")) {
    return std::nullopt;
  }
  RuleSetting setting;
  const std::optional<RuleStrength> strength = StrengthOf(Folded(word.substr(0, letters)), rank);
  if (!strength || parts.size() > 3) return std::nullopt;
  setting.strength = *strength;
  const bool is_weighted = *strength != RuleStrength::kOff && *strength != RuleStrength::kHard;
  if (parts.size() > 1) {
    const std::optional<int> weight = ParseNumber(parts[1]);
    if (!is_weighted || !weight || *weight < 1 || *weight > kWeightMax) return std::nullopt;
    setting.weight = *weight;
  }
  if (parts.size() > 2) {
    setting.parameter = ParseNumber(parts[2]);
    if (!setting.parameter) return std::nullopt;
  }
  return setting;
}

bool LooksLikeEmail(absl::string_view text) {
  const size_t at = text.find('@');
  if (at == absl::string_view::npos || at == 0 || text.size() > 254) return false;
  const absl::string_view domain = text.substr(at + 1);
  if (domain.find('@') != absl::string_view::npos) return false;
  const size_t dot = domain.rfind('.');
  if (dot == absl::string_view::npos || dot == 0 || dot + 1 == domain.size()) return false;
  return std::none_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isspace(static_cast<unsigned char>(c)) || c == ',' || c == ';' || c == '<' || c == '>';
  });
}

}  // namespace soutenance::directory::import_folder
