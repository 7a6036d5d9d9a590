#include "services/scheduling/availability.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "services/base/id.h"
#include "services/base/status.h"
#include "services/scheduling/resource_names.h"

namespace soutenance::scheduling {
namespace {

auto OrderOf(const AvailabilityPeriod& period) {
  return std::make_tuple(period.date, period.from, period.to, static_cast<int>(period.answer));
}

bool IsSameTime(const AvailabilityPeriod& a, const AvailabilityPeriod& b) {
  return a.date == b.date && a.from == b.from && a.to == b.to;
}

std::string TimeText(const AvailabilityPeriod& period) {
  return absl::StrCat(DateText(period.date), " from ", TimeOfDayText(period.from), " to ",
                      TimeOfDayText(period.to));
}

}  // namespace

absl::string_view AnswerName(Answer answer) {
  switch (answer) {
    case Answer::kYes:
      return "yes";
    case Answer::kIfNeeded:
      return "if_needed";
    case Answer::kNo:
      return "no";
  }
  return "";
}

std::string AvailabilityName(absl::string_view campaign, absl::string_view person) {
  return absl::StrCat(campaign, "/availabilities/", IdOf(person));
}

absl::StatusOr<AvailabilityKey> ParseAvailabilityName(absl::string_view name) {
  ASSIGN_OR_RETURN(const NestedName parts, ParseNestedName(name, "campaigns", "availabilities"));
  return AvailabilityKey{.campaign = parts.parent, .person = absl::StrCat("people/", parts.id)};
}

void Normalise(Availability& availability) {
  std::vector<AvailabilityPeriod>& periods = availability.periods;
  std::sort(periods.begin(), periods.end(),
            [](const AvailabilityPeriod& a, const AvailabilityPeriod& b) { return OrderOf(a) < OrderOf(b); });
  periods.erase(std::unique(periods.begin(), periods.end()), periods.end());
}

void CheckAvailability(const Availability& availability, absl::string_view path,
                       std::vector<FieldViolation>& problems) {
  const auto refuse = [&](absl::string_view field, const std::string& why) {
    problems.push_back({.field = absl::StrCat(path, field), .description = why});
  };
  if (const absl::Status name = ParseName(availability.person, "people").status(); !name.ok()) {
    refuse("person", std::string(name.message()));
  }
  const std::vector<AvailabilityPeriod>& periods = availability.periods;
  if (periods.size() > kAvailabilityPeriodsMax) {
    refuse("periods", absl::StrCat("has ", periods.size(), " periods; at most ", kAvailabilityPeriodsMax,
                                   " are possible"));
  }
  std::vector<std::size_t> by_time(periods.size());
  for (std::size_t i = 0; i < periods.size(); ++i) {
    by_time[i] = i;
    if (periods[i].from >= 0 && periods[i].to <= kEndOfDay && periods[i].from < periods[i].to) continue;
    refuse(absl::StrCat("periods[", i, "]"),
           absl::StrCat(TimeText(periods[i]), " does not end after it begins, within one day"));
  }
  // Two answers for different times that overlap are a rule and its exception; for the same time they are a
  // contradiction.
  std::sort(by_time.begin(), by_time.end(), [&](std::size_t a, std::size_t b) {
    return std::make_tuple(OrderOf(periods[a]), a) < std::make_tuple(OrderOf(periods[b]), b);
  });
  for (std::size_t i = 1; i < by_time.size(); ++i) {
    const AvailabilityPeriod& before = periods[by_time[i - 1]];
    const AvailabilityPeriod& here = periods[by_time[i]];
    if (!IsSameTime(before, here) || before.answer == here.answer) continue;
    refuse(absl::StrCat("periods[", by_time[i], "]"),
           absl::StrCat(TimeText(here), " is ", AnswerName(here.answer), " here and ",
                        AnswerName(before.answer), " in periods[", by_time[i - 1], "]"));
  }
}

}  // namespace soutenance::scheduling
