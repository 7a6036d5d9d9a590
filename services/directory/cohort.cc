#include "services/directory/cohort.h"

#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/directory/checks.h"

namespace soutenance::directory {
namespace {

constexpr std::size_t kPeriodsMax = 400;

std::string ShowCalendar(const Cohort& cohort) {
  return absl::StrJoin(cohort.calendar, "; ", [](std::string* out, const CalendarPeriod& period) {
    absl::StrAppend(out, absl::FormatCivilTime(period.first_day), " to ",
                    absl::FormatCivilTime(period.last_day),
                    period.kind == CalendarPeriod::Kind::kSchool ? " school" : " company");
  });
}

constexpr Field<Cohort> kFields[] = {
    {"title", [](const Cohort& c) { return c.title; },
     [](const Cohort& from, Cohort& to) { to.title = from.title; }},
    {"calendar", ShowCalendar, [](const Cohort& from, Cohort& to) { to.calendar = from.calendar; }},
};

}  // namespace

std::string CohortName(absl::string_view programme, absl::string_view id) {
  return absl::StrCat("programmes/", programme, "/cohorts/", id);
}

absl::Span<const Field<Cohort>> CohortFields() { return kFields; }

void Check(const Cohort& cohort, absl::string_view prefix, std::vector<FieldViolation>& problems) {
  CheckText(cohort.title, Presence::kOptional, kTitleCharactersMax, absl::StrCat(prefix, "title"), problems);
  const std::vector<CalendarPeriod>& calendar = cohort.calendar;
  if (calendar.size() > kPeriodsMax) {
    problems.push_back({absl::StrCat(prefix, "calendar"),
                        absl::StrCat("has ", calendar.size(), " periods; at most ", kPeriodsMax)});
  }
  for (std::size_t i = 0; i < calendar.size(); ++i) {
    const std::string at = absl::StrCat(prefix, "calendar[", i, "]");
    if (calendar[i].last_day < calendar[i].first_day) {
      problems.push_back({absl::StrCat(at, ".last_date"), "is before the first date"});
    }
    if (i > 0 && calendar[i].first_day <= calendar[i - 1].last_day) {
      problems.push_back(
          {absl::StrCat(at, ".first_date"), "is not after the end of the period before; order the periods"});
    }
  }
}

}  // namespace soutenance::directory
