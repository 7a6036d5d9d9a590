#include "services/scheduling/campaign_changes.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace soutenance::scheduling {
namespace {

// Periods of an answer that are told; more would not be read.
constexpr std::size_t kPeriodsTold = 10;

std::string HoursText(MinuteOfDay from, MinuteOfDay to) {
  return absl::StrCat(TimeOfDayText(from), "-", TimeOfDayText(to));
}

template <typename T, typename F>
std::string Joined(const std::vector<T>& items, F&& text_of) {
  return absl::StrJoin(items, ", ", [&](std::string* out, const T& item) { out->append(text_of(item)); });
}

std::string RuleText(const RuleSetting& setting) {
  std::string text = absl::StrCat(setting.rule, " ", solver::RuleLevelName(setting.level));
  if (setting.weight != 0) absl::StrAppend(&text, " ", setting.weight);
  if (setting.parameter) absl::StrAppend(&text, " (", *setting.parameter, ")");
  return text;
}

std::string PeriodsText(const std::vector<AvailabilityPeriod>& periods) {
  const std::vector<AvailabilityPeriod> told(periods.begin(),
                                             periods.begin() + std::min(periods.size(), kPeriodsTold));
  std::string text = Joined(told, [](const AvailabilityPeriod& period) {
    return absl::StrCat(DateText(period.date), " ", HoursText(period.from, period.to), " ",
                        AnswerName(period.answer));
  });
  if (periods.size() > kPeriodsTold) absl::StrAppend(&text, ", ... (", periods.size(), ")");
  return text;
}

std::string Text(const std::string& text) { return text; }
std::string Text(int number) { return absl::StrCat(number); }
std::string Text(SilentPolicy policy) { return std::string(SilentPolicyName(policy)); }
std::string Text(const std::vector<std::string>& texts) { return absl::StrJoin(texts, ", "); }
std::string Text(const std::vector<absl::CivilDay>& days) { return Joined(days, DateText); }
std::string Text(const std::vector<Hours>& hours) {
  return Joined(hours, [](const Hours& window) { return HoursText(window.from, window.to); });
}
std::string Text(const std::vector<RuleSetting>& rules) { return Joined(rules, RuleText); }
std::string Text(const std::vector<SeatNeed>& seats) { return absl::StrJoin(SeatLines(seats), ", "); }
std::string Text(const std::vector<PersonSetting>& people) {
  return absl::StrJoin(PeopleLines(people), ", ");
}
std::string Text(const DayShape& day) { return absl::StrJoin(DayLines(day), ", "); }
std::string Text(const std::vector<RoleSetting>& roles) { return absl::StrJoin(RoleLines(roles), ", "); }

template <auto kMember>
Setting SettingOf(absl::string_view name) {
  return {.name = name,
          .text = [](const Campaign& campaign) { return Text(campaign.*kMember); },
          .copy = [](const Campaign& from, Campaign& to) { to.*kMember = from.*kMember; }};
}

void Compare(absl::string_view name, std::string before, std::string after,
             std::vector<Change::Field>& differences) {
  if (before == after) return;
  differences.push_back({.name = std::string(name), .before = std::move(before), .after = std::move(after)});
}

}  // namespace

absl::Span<const Setting> Settings() {
  static const auto* const settings = new std::vector<Setting>{
      SettingOf<&Campaign::title>("title"),
      SettingOf<&Campaign::cohort>("cohort"),
      SettingOf<&Campaign::year>("year"),
      SettingOf<&Campaign::session>("session"),
      SettingOf<&Campaign::time_zone>("time_zone"),
      SettingOf<&Campaign::language>("language"),
      SettingOf<&Campaign::days>("days"),
      SettingOf<&Campaign::hours>("hours"),
      SettingOf<&Campaign::grid_minutes>("grid_minutes"),
      SettingOf<&Campaign::duration_minutes>("duration_minutes"),
      SettingOf<&Campaign::buffer_minutes>("buffer_minutes"),
      SettingOf<&Campaign::travel_minutes>("travel_minutes"),
      SettingOf<&Campaign::silent_policy>("silent_policy"),
      SettingOf<&Campaign::rooms>("rooms"),
      SettingOf<&Campaign::rules>("rules"),
      SettingOf<&Campaign::seats>("seats"),
      SettingOf<&Campaign::roles>("roles"),
      SettingOf<&Campaign::people>("people"),
      SettingOf<&Campaign::day>("day"),
  };
  return *settings;
}

std::vector<Change::Field> DifferencesOf(const Campaign& before, const Campaign& after) {
  std::vector<Change::Field> differences;
  for (const Setting& setting : Settings()) {
    Compare(setting.name, setting.text(before), setting.text(after), differences);
  }
  return differences;
}

std::vector<Change::Field> DifferencesOf(const Defence& before, const Defence& after) {
  std::vector<Change::Field> differences;
  Compare("duration_minutes", Text(before.duration_minutes), Text(after.duration_minutes), differences);
  Compare("equipment", Text(before.equipment), Text(after.equipment), differences);
  Compare("seats", Text(before.seats), Text(after.seats), differences);
  Compare("topic", Text(before.topic), Text(after.topic), differences);
  return differences;
}

std::vector<Change::Field> DifferencesOf(const Availability& before, const Availability& after) {
  if (before.periods == after.periods) return {};
  // Told in short, two long answers may look the same and differ all the same.
  return {{.name = "periods", .before = PeriodsText(before.periods), .after = PeriodsText(after.periods)}};
}

}  // namespace soutenance::scheduling
