#ifndef SOUTENANCE_SERVICES_SCHEDULING_AVAILABILITY_H_
#define SOUTENANCE_SERVICES_SCHEDULING_AVAILABILITY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/base/error.h"
#include "services/scheduling/campaign_time.h"

namespace soutenance::scheduling {

// Whether somebody can come. The values are those of AvailabilityPeriod.Answer.
enum class Answer { kYes = 1, kIfNeeded = 2, kNo = 3 };

// "yes", "if_needed", "no": what is stored.
absl::string_view AnswerName(Answer answer);

// A part of one day and whether the person can come then. Invariant: 0 <= from < to <= kEndOfDay.
struct AvailabilityPeriod {
  absl::CivilDay date;
  MinuteOfDay from = 0;
  MinuteOfDay to = kEndOfDay;
  Answer answer = Answer::kYes;

  friend bool operator==(const AvailabilityPeriod&, const AvailabilityPeriod&) = default;
};

inline constexpr int kAvailabilityPeriodsMax = 1000;

// When one person can come to the defences of a campaign. It is an answer also without any period: then the
// person can always come.
struct Availability {
  std::string campaign;  // "campaigns/m2-2027"
  std::string person;    // "people/ana"
  int64_t version = 0;   // the etag. 0: there is no answer
  // If one says yes or if needed, every time outside such periods is a no; otherwise every time outside the
  // no ones is a yes. Where periods overlap, no is stronger than if needed, and that is stronger than yes.
  std::vector<AvailabilityPeriod> periods;  // ordered by date, from, to, answer; each once
  std::string entered_by;                   // "accounts/7f3a", or empty if a service did

  bool IsAnswered() const { return version > 0; }

  // As bytes, for the time the result of a call is kept, and back. Parse returns DATA_LOSS if `bytes` does
  // not come from Serialize.
  std::string Serialize() const;
  static absl::StatusOr<Availability> Parse(absl::string_view bytes);

  friend bool operator==(const Availability&, const Availability&) = default;
};

// "campaigns/m2-2027/availabilities/ana" of "people/ana" in "campaigns/m2-2027".
std::string AvailabilityName(absl::string_view campaign, absl::string_view person);

// The campaign and the person in the name of an availability, as resource names.
struct AvailabilityKey {
  std::string campaign;
  std::string person;

  friend bool operator==(const AvailabilityKey&, const AvailabilityKey&) = default;
};

// INVALID_ARGUMENT if `name` is not "campaigns/<id>/availabilities/<id>".
absl::StatusOr<AvailabilityKey> ParseAvailabilityName(absl::string_view name);

// Sorts the periods and drops repetitions.
void Normalise(Availability& availability);

// Appends to `problems` everything that is wrong with `availability`, each named as a field below `path`.
void CheckAvailability(const Availability& availability, absl::string_view path,
                       std::vector<FieldViolation>& problems);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_AVAILABILITY_H_
