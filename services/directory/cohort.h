#ifndef SOUTENANCE_SERVICES_DIRECTORY_COHORT_H_
#define SOUTENANCE_SERVICES_DIRECTORY_COHORT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "services/base/error.h"
#include "services/directory/field.h"

namespace soutenance::directory {

// Where the students of a cohort are from one day to another, both included.
struct CalendarPeriod {
  enum class Kind { kSchool, kCompany };

  absl::CivilDay first_day;
  absl::CivilDay last_day;
  Kind kind = Kind::kSchool;

  friend bool operator==(const CalendarPeriod&, const CalendarPeriod&) = default;
};

// The students of a programme who go through it together, and when they are at school.
struct Cohort {
  std::string programme;  // id
  std::string id;         // unique in the programme
  int64_t version = 0;
  std::string title;
  // Ordered, not overlapping. Empty: every day is possible.
  std::vector<CalendarPeriod> calendar;

  friend bool operator==(const Cohort&, const Cohort&) = default;
};

// "programmes/{programme}/cohorts/{id}".
std::string CohortName(absl::string_view programme, absl::string_view id);

// The fields that an update may change.
absl::Span<const Field<Cohort>> CohortFields();

// Appends everything that is wrong with `cohort`; the paths begin with `prefix`.
void Check(const Cohort& cohort, absl::string_view prefix, std::vector<FieldViolation>& problems);

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_COHORT_H_
