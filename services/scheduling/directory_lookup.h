#ifndef SOUTENANCE_SERVICES_SCHEDULING_DIRECTORY_LOOKUP_H_
#define SOUTENANCE_SERVICES_SCHEDULING_DIRECTORY_LOOKUP_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "services/scheduling/campaign_time.h"

namespace soutenance::scheduling {

// What scheduling must know of a person.
struct PersonFacts {
  std::string name;          // "people/ana"
  std::string display_name;  // "Ana Ruiz"
  int per_day_max = 0;       // defences in one day; 0: no limit of their own
  int per_campaign_max = 0;  // defences in a campaign; 0: no limit of their own

  friend bool operator==(const PersonFacts&, const PersonFacts&) = default;
};

// A part of one day in which a room is open or closed. Invariant: 0 <= from < to <= kEndOfDay.
struct RoomOpening {
  absl::CivilDay date;
  MinuteOfDay from = 0;
  MinuteOfDay to = kEndOfDay;
  bool is_open = true;

  friend bool operator==(const RoomOpening&, const RoomOpening&) = default;
};

struct RoomFacts {
  std::string name;        // "rooms/b12"
  std::string title;       // what the door says
  std::string site;        // people need time from one to another; may be empty
  int capacity_seats = 0;  // 0: not known
  std::vector<std::string> equipment;
  // If there is an open one, the room may be used inside open ones only; never inside closed ones.
  std::vector<RoomOpening> openings;

  friend bool operator==(const RoomFacts&, const RoomFacts&) = default;
};

// Days of a cohort, both included, at school or in the companies.
struct CalendarPeriod {
  absl::CivilDay first;
  absl::CivilDay last;
  bool is_school = true;

  friend bool operator==(const CalendarPeriod&, const CalendarPeriod&) = default;
};

struct CohortFacts {
  std::string name;  // "programmes/msi/cohorts/2027"
  std::string title;
  std::vector<CalendarPeriod> calendar;  // empty: every day is possible

  friend bool operator==(const CohortFacts&, const CohortFacts&) = default;
};

struct ProgrammeFacts {
  std::string name;  // "programmes/msi"
  std::string title;
  std::string institution;

  friend bool operator==(const ProgrammeFacts&, const ProgrammeFacts&) = default;
};

// PORT: asks who and where. Answers for the caller of the current call. Safe for concurrent use. All methods:
// UNAVAILABLE, reason PEER_DOWN.
class DirectoryLookup {
 public:
  virtual ~DirectoryLookup() = default;

  // The people of these names, in ascending order of name; unknown ones are left out. Any number of names.
  virtual absl::StatusOr<std::vector<PersonFacts>> People(absl::Span<const std::string> names) const = 0;

  // The rooms of these names, in ascending order of name; unknown ones are left out.
  virtual absl::StatusOr<std::vector<RoomFacts>> Rooms(absl::Span<const std::string> names) const = 0;

  // Nothing if there is none of this name.
  virtual absl::StatusOr<std::optional<ProgrammeFacts>> Programme(absl::string_view name) const = 0;
  virtual absl::StatusOr<std::optional<CohortFacts>> Cohort(absl::string_view name) const = 0;
};

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_DIRECTORY_LOOKUP_H_
