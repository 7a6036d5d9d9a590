#include "storage/sql/campaign_rows.h"

#include <optional>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/base/status.h"

namespace soutenance::storage::sql {
namespace {

using scheduling::Answer;
using scheduling::AvailabilityPeriod;
using scheduling::Hours;
using scheduling::MinuteOfDay;
using scheduling::RuleSetting;
using scheduling::SilentPolicy;

absl::Status Unreadable(absl::string_view text) {
  return absl::DataLossError(absl::StrCat("the list ", text.substr(0, 200), " cannot be read"));
}

// Appends one item in quotes. The items are made of letters, digits and a few signs; should one ever hold a
// quote or a backslash, it is escaped.
void AppendItem(absl::string_view item, std::string& to) {
  to.append(to.size() == 1 ? "\"" : ",\"");
  for (const char c : item) {
    if (c == '"' || c == '\\') to.push_back('\\');
    to.push_back(c);
  }
  to.push_back('"');
}

template <typename T, typename F>
std::string TextOf(const std::vector<T>& items, F&& text_of) {
  std::string text = "[";
  for (const T& item : items) AppendItem(text_of(item), text);
  text.push_back(']');
  return text;
}

// Reads a list whose items `parse` makes of their texts; an item it cannot read is absent.
template <typename T, typename F>
absl::StatusOr<std::vector<T>> ItemsOf(absl::string_view text, F&& parse) {
  ASSIGN_OR_RETURN(const std::vector<std::string> texts, ParseList(text));
  std::vector<T> items;
  items.reserve(texts.size());
  for (const std::string& item : texts) {
    std::optional<T> read = parse(absl::string_view(item));
    if (!read) return Unreadable(text);
    items.push_back(*std::move(read));
  }
  return items;
}

std::string TimesText(MinuteOfDay from, MinuteOfDay to) {
  return absl::StrCat(scheduling::TimeOfDayText(from), "-", scheduling::TimeOfDayText(to));
}

std::optional<Hours> ParseTimes(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '-');
  if (parts.size() != 2) return std::nullopt;
  const std::optional<MinuteOfDay> from = scheduling::ParseTimeOfDay(parts[0]);
  const std::optional<MinuteOfDay> to = scheduling::ParseTimeOfDay(parts[1]);
  if (!from || !to) return std::nullopt;
  return Hours{.from = *from, .to = *to};
}

std::optional<Answer> ParseAnswer(absl::string_view text) {
  for (const Answer answer : {Answer::kYes, Answer::kIfNeeded, Answer::kNo}) {
    if (scheduling::AnswerName(answer) == text) return answer;
  }
  return std::nullopt;
}

std::optional<AvailabilityPeriod> ParsePeriod(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, ' ');
  if (parts.size() != 3) return std::nullopt;
  const std::optional<absl::CivilDay> date = scheduling::ParseDate(parts[0]);
  const std::optional<Hours> times = ParseTimes(parts[1]);
  const std::optional<Answer> answer = ParseAnswer(parts[2]);
  if (!date || !times || !answer) return std::nullopt;
  return AvailabilityPeriod{.date = *date, .from = times->from, .to = times->to, .answer = *answer};
}

std::optional<RuleSetting> ParseRule(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, ' ');
  if (parts.size() != 4) return std::nullopt;
  const std::optional<scheduling::solver::RuleLevel> level = scheduling::solver::ParseRuleLevel(parts[1]);
  RuleSetting setting{.rule = std::string(parts[0])};
  int64_t parameter = 0;
  if (!level || !absl::SimpleAtoi(parts[2], &setting.weight)) return std::nullopt;
  setting.level = *level;
  if (parts[3] != "-") {
    if (!absl::SimpleAtoi(parts[3], &parameter)) return std::nullopt;
    setting.parameter = parameter;
  }
  return setting;
}

}  // namespace

std::string ListText(const std::vector<std::string>& items) {
  return TextOf(items, [](const std::string& item) { return item; });
}

absl::StatusOr<std::vector<std::string>> ParseList(absl::string_view text) {
  std::vector<std::string> items;
  if (text == "[]") return items;
  std::size_t at = 0;
  const auto take = [&](char c) {
    if (at >= text.size() || text[at] != c) return false;
    ++at;
    return true;
  };
  if (!take('[')) return Unreadable(text);
  do {
    if (!take('"')) return Unreadable(text);
    std::string item;
    while (at < text.size() && text[at] != '"') {
      if (text[at] == '\\') ++at;
      if (at < text.size()) item.push_back(text[at++]);
    }
    if (!take('"')) return Unreadable(text);
    items.push_back(std::move(item));
  } while (take(','));
  if (!take(']') || at != text.size()) return Unreadable(text);
  return items;
}

std::string DaysText(const std::vector<absl::CivilDay>& days) { return TextOf(days, scheduling::DateText); }

absl::StatusOr<std::vector<absl::CivilDay>> ParseDays(absl::string_view text) {
  return ItemsOf<absl::CivilDay>(text, scheduling::ParseDate);
}

std::string HoursText(const std::vector<Hours>& hours) {
  return TextOf(hours, [](const Hours& window) { return TimesText(window.from, window.to); });
}

absl::StatusOr<std::vector<Hours>> ParseHours(absl::string_view text) {
  return ItemsOf<Hours>(text, ParseTimes);
}

std::string RulesText(const std::vector<RuleSetting>& rules) {
  return TextOf(rules, [](const RuleSetting& setting) {
    const std::string parameter = setting.parameter ? absl::StrCat(*setting.parameter) : "-";
    return absl::StrCat(setting.rule, " ", scheduling::solver::RuleLevelName(setting.level), " ",
                        setting.weight, " ", parameter);
  });
}

absl::StatusOr<std::vector<RuleSetting>> ParseRules(absl::string_view text) {
  return ItemsOf<RuleSetting>(text, ParseRule);
}

std::string PeriodsText(const std::vector<AvailabilityPeriod>& periods) {
  return TextOf(periods, [](const AvailabilityPeriod& period) {
    return absl::StrCat(scheduling::DateText(period.date), " ", TimesText(period.from, period.to), " ",
                        scheduling::AnswerName(period.answer));
  });
}

absl::StatusOr<std::vector<AvailabilityPeriod>> ParsePeriods(absl::string_view text) {
  return ItemsOf<AvailabilityPeriod>(text, ParsePeriod);
}

absl::StatusOr<SilentPolicy> ParseSilentPolicy(absl::string_view text) {
  for (const SilentPolicy policy :
       {SilentPolicy::kAvailable, SilentPolicy::kIfNeeded, SilentPolicy::kUnavailable}) {
    if (scheduling::SilentPolicyName(policy) == text) return policy;
  }
  return absl::DataLossError(absl::StrCat("there is no silent policy ", text));
}

}  // namespace soutenance::storage::sql
