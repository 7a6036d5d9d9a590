#include "services/submissions/outage.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/base/record.h"

namespace soutenance::submissions {

absl::Duration SilenceBetween(const Pulse& earlier, const Pulse& later) {
  const absl::Duration silence =
      earlier.boot == later.boot ? later.since_boot - earlier.since_boot : later.at - earlier.at;
  return std::max(silence, absl::ZeroDuration());
}

std::string Outage::Name() const { return absl::StrCat("outages/", id); }

std::string OutageRule::Serialize() const {
  return RecordWriter()
      .Text(programme)
      .Integer(version)
      .Integer(minutes_min)
      .Integer(window_minutes)
      .Integer(step_minutes)
      .bytes();
}

absl::StatusOr<OutageRule> OutageRule::Parse(absl::string_view bytes) {
  RecordReader record(bytes);
  OutageRule rule;
  rule.programme = record.Text();
  rule.version = record.Integer();
  rule.minutes_min = static_cast<int>(record.Integer());
  rule.window_minutes = static_cast<int>(record.Integer());
  rule.step_minutes = static_cast<int>(record.Integer());
  if (!record.IsComplete()) return absl::DataLossError("a remembered rule about outages cannot be read");
  return rule;
}

void CheckOutageRule(const OutageRule& rule, std::vector<FieldViolation>& problems) {
  const auto check = [&](absl::string_view field, int minutes, int min, int max) {
    if (minutes >= min && minutes <= max) return;
    problems.push_back(
        {.field = absl::StrCat("outage_rule.", field),
         .description = absl::StrCat("is ", minutes, "; ", min, " to ", max, " minutes are expected")});
  };
  check("minutes_min", rule.minutes_min, 1, OutageRule::kMinutesMax);
  check("window_minutes", rule.window_minutes, 0, OutageRule::kWindowMinutesMax);
  check("step_minutes", rule.step_minutes, 1, OutageRule::kMinutesMax);
}

std::vector<CountedOutage> CountedFor(absl::Time limit, absl::Time due, const OutageRule& rule,
                                      const std::vector<Outage>& outages) {
  const absl::Time earliest_end = rule.EarliestEnd(due);
  std::vector<CountedOutage> counted;
  for (const Outage& outage : outages) {
    const absl::Duration length = outage.end - outage.begin;
    if (length < absl::Minutes(rule.minutes_min) || outage.end <= earliest_end || outage.begin > limit)
      continue;
    counted.push_back({outage, absl::Ceil(length, absl::Minutes(rule.step_minutes))});
    limit += counted.back().by;
  }
  return counted;
}

Limits Lengthened(const Limits& limits, const OutageRule& rule, const std::vector<Outage>& outages) {
  const auto lengthened = [&](absl::Time limit) {
    for (const CountedOutage& each : CountedFor(limit, limits.due, rule, outages)) limit += each.by;
    return limit;
  };
  Limits longer = limits;
  longer.due = lengthened(limits.due);
  longer.grace_end = std::max(lengthened(limits.grace_end), longer.due);
  if (limits.hard) longer.hard = std::max(lengthened(*limits.hard), longer.grace_end);
  return longer;
}

}  // namespace soutenance::submissions
