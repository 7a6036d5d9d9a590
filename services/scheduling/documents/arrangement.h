#ifndef SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_ARRANGEMENT_H_
#define SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_ARRANGEMENT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/scheduling/documents/timetable_document.h"

namespace soutenance::scheduling::documents {

// Longest defence that a document accepts: one day.
inline constexpr int kDurationMinutesMax = 24 * 60;

// One column of a day's grid. Rooms are told apart by resource name, not by what is printed.
struct ArrangedRoom {
  std::string room;  // resource name
  std::string name;
  std::string site;
};

struct ArrangedDay {
  absl::CivilDay day;
  std::vector<const PlacedDefence*> defences;  // by start, room name and id; cancelled ones too
};

// The placed defences of a document in the order in which every renderer prints them. Points into the
// document, which must outlive it.
struct Arrangement {
  absl::TimeZone zone;
  std::vector<ArrangedDay> days;    // by date; only days with a defence
  std::vector<ArrangedRoom> rooms;  // by site and name; numbers in names count as numbers
  int confirmed_count = 0;
  int cancelled_count = 0;
};

// Checks that `document` can be printed and puts it in order. Collects every problem before refusing:
// INVALID_ARGUMENT, reason FIELD_INVALID, for an unknown zone, a text that is not printable UTF-8, a duration
// outside 1..kDurationMinutesMax, or a start that the zone's clocks skip.
absl::StatusOr<Arrangement> Arrange(const TimetableDocument& document);

// The wall time at which `defence` ends. A clock change in between counts.
absl::CivilMinute EndOf(const PlacedDefence& defence, absl::TimeZone zone);

// Whether `a` comes before `b` when runs of digits compare as numbers: "B 9" before "B 10".
bool NaturallyBefore(const std::string& a, const std::string& b);

// Whether the rooms are on more than one site. If not, pages need not repeat the site beside every room.
bool HasSeveralSites(const Arrangement& arrangement);

}  // namespace soutenance::scheduling::documents

#endif  // SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_ARRANGEMENT_H_
