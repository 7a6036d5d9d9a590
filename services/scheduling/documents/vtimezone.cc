#include "services/scheduling/documents/vtimezone.h"

#include <map>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"

namespace soutenance::scheduling::documents {
namespace {

// One change of the clocks.
struct Change {
  absl::CivilSecond onset;  // wall time just before the change, as RFC 5545 wants it
  absl::TimeZone::CivilInfo before;
  absl::TimeZone::CivilInfo after;
};

// Where a day stands in its year: "the last Sunday of March at 02:00".
struct YearlyRule {
  int month = 0;
  absl::Weekday weekday = absl::Weekday::monday;
  int ordinal = 0;  // 1 to 4, or -1: the last of the month
  int64_t second_of_day = 0;

  friend bool operator==(const YearlyRule&, const YearlyRule&) = default;
};

// The changes in [from, to).
std::vector<Change> ChangesBetween(const absl::TimeZone& zone, absl::Time from, absl::Time to) {
  std::vector<Change> changes;
  absl::TimeZone::CivilTransition transition;
  for (absl::Time at = from - absl::Nanoseconds(1); zone.NextTransition(at, &transition);) {
    // Clocks going forward skip `from`; clocks going back repeat `to`. Either knows the instant of the
    // change.
    const bool is_forward = transition.from < transition.to;
    at = zone.At(is_forward ? transition.from : transition.to).trans;
    if (at >= to) break;
    changes.push_back({transition.from, zone.At(at - absl::Nanoseconds(1)), zone.At(at)});
  }
  return changes;
}

YearlyRule RuleOf(const Change& change, bool count_from_end) {
  const absl::CivilDay day(change.onset);
  const bool is_last = absl::CivilMonth(day + 7) != absl::CivilMonth(day);
  return {.month = day.month(),
          .weekday = absl::GetWeekday(day),
          .ordinal = is_last && count_from_end ? -1 : (day.day() - 1) / 7 + 1,
          .second_of_day = change.onset - absl::CivilSecond(day)};
}

// Whether all `changes` follow one rule; sets it.
bool FindRule(const std::vector<Change>& changes, YearlyRule* rule) {
  for (const bool count_from_end : {true, false}) {
    *rule = RuleOf(changes.front(), count_from_end);
    bool holds = true;
    for (const Change& change : changes) holds = holds && RuleOf(change, count_from_end) == *rule;
    if (holds) return true;
  }
  return false;
}

icaltimetype ToIcal(absl::CivilSecond time) {
  icaltimetype ical = icaltime_null_time();
  ical.year = static_cast<int>(time.year());
  ical.month = time.month();
  ical.day = time.day();
  ical.hour = time.hour();
  ical.minute = time.minute();
  ical.second = time.second();
  return ical;
}

icalcomponent* NewObservance(const Change& change) {
  icalcomponent* observance =
      change.after.is_dst ? icalcomponent_new_xdaylight() : icalcomponent_new_xstandard();
  icalcomponent_add_property(observance, icalproperty_new_dtstart(ToIcal(change.onset)));
  icalcomponent_add_property(observance, icalproperty_new_tzoffsetfrom(change.before.offset));
  icalcomponent_add_property(observance, icalproperty_new_tzoffsetto(change.after.offset));
  icalcomponent_add_property(observance, icalproperty_new_tzname(change.after.zone_abbr));
  return observance;
}

icalproperty* NewYearlyRrule(const YearlyRule& rule) {
  static const char* const kWeekdays[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
  const std::string text =
      "FREQ=YEARLY;BYMONTH=" + std::to_string(rule.month) + ";BYDAY=" + std::to_string(rule.ordinal) +
      kWeekdays[static_cast<size_t>(rule.weekday) - static_cast<size_t>(absl::Weekday::monday)];
  return icalproperty_new_rrule(icalrecurrencetype_from_string(text.c_str()));
}

// Adds one observance per yearly rule. Returns false, and adds nothing, unless each direction of change (to
// summer time, to standard time) happens once in each of the `years` by one rule.
bool AddRules(icalcomponent* vtimezone, const std::vector<Change>& changes, size_t years) {
  std::map<std::pair<int, int>, std::vector<Change>> by_offsets;
  for (const Change& change : changes)
    by_offsets[{change.before.offset, change.after.offset}].push_back(change);
  if (by_offsets.size() != 2) return false;
  std::vector<std::pair<Change, YearlyRule>> rules;
  for (const auto& [offsets, same] : by_offsets) {
    YearlyRule rule;
    if (same.size() != years || !FindRule(same, &rule)) return false;
    rules.emplace_back(same.front(), rule);
  }
  for (const auto& [change, rule] : rules) {
    icalcomponent* observance = NewObservance(change);
    icalcomponent_add_property(observance, NewYearlyRrule(rule));
    icalcomponent_add_component(vtimezone, observance);
  }
  return true;
}

}  // namespace

icalcomponent* NewVtimezone(const absl::TimeZone& zone, absl::Time first, absl::Time last) {
  icalcomponent* vtimezone = icalcomponent_new_vtimezone();
  icalcomponent_add_property(vtimezone, icalproperty_new_tzid(zone.name().c_str()));
  // The year before the first event gives the offset that is in force when that year begins.
  const absl::CivilYear from = absl::CivilYear(absl::ToCivilSecond(first, zone)) - 1;
  const absl::CivilYear to = absl::CivilYear(absl::ToCivilSecond(last, zone)) + 1;
  const absl::Time begin = absl::FromCivil(absl::CivilSecond(from), zone);
  const std::vector<Change> changes =
      ChangesBetween(zone, begin, absl::FromCivil(absl::CivilSecond(to), zone));
  if (AddRules(vtimezone, changes, static_cast<size_t>(to - from))) return vtimezone;

  const absl::TimeZone::CivilInfo initial = zone.At(begin);
  icalcomponent_add_component(vtimezone, NewObservance({absl::CivilSecond(from), initial, initial}));
  for (const Change& change : changes) icalcomponent_add_component(vtimezone, NewObservance(change));
  return vtimezone;
}

}  // namespace soutenance::scheduling::documents
