#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_DEADLINE_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_DEADLINE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

// Whether something was in time. Only instants are compared, to the microsecond; time zones are for reading.
namespace soutenance::submissions {

enum class Verdict { kNoDeadline, kOnTime, kGrace, kLate };

// "on_time".
absl::string_view VerdictName(Verdict verdict);
std::optional<Verdict> VerdictOf(absl::string_view name);

// A verdict with how late it is.
struct Punctuality {
  Verdict verdict = Verdict::kNoDeadline;
  int64_t late_minutes = 0;  // begun minutes after the deadline: 1 for one microsecond; 0 if on time

  // "late 17 min".
  std::string Text() const;

  friend bool operator==(const Punctuality&, const Punctuality&) = default;
};

// What one thesis has to keep.
struct Limits {
  absl::Time due;                  // at this instant it is still on time
  absl::Time grace_end;            // at this instant it is still within the grace
  std::optional<absl::Time> hard;  // at this instant it can still be begun
  bool extended = false;

  // Whether something can be begun at `instant`.
  bool IsOpenAt(absl::Time instant) const { return !hard || instant <= *hard; }
  Punctuality Judge(absl::Time begun) const;
};

// The one that is better for the student.
Punctuality Better(const Punctuality& a, const Punctuality& b);

// "2027-06-01T21:59:59.123456Z": the instant in UTC, with microseconds if there are any.
std::string InstantText(absl::Time instant);

// The instant as the clocks of `time_zone` show it: "2027-06-01 23:59:59 (Europe/Paris)"; in the hour that
// comes twice with its name, "2027-10-31 02:30:00 CET (Europe/Paris)".
std::string CivilText(absl::Time instant, const std::string& time_zone);

// `instant` without what is smaller than a microsecond.
absl::Time ToMicroseconds(absl::Time instant);

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_DEADLINE_H_
