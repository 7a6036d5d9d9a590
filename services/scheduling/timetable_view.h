#ifndef SOUTENANCE_SERVICES_SCHEDULING_TIMETABLE_VIEW_H_
#define SOUTENANCE_SERVICES_SCHEDULING_TIMETABLE_VIEW_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/base/caller.h"
#include "services/scheduling/cast.h"
#include "services/scheduling/jury_lookup.h"
#include "services/scheduling/timetable_record.h"

// A timetable as one caller may see it, names resolved.
namespace soutenance::scheduling {

struct AttendeeView {
  std::string person;  // "people/ana"
  std::string display_name;
  SeatRole role = SeatRole::kExaminer;
  bool is_remote = false;
  bool is_composed = false;  // chosen together with the timetable for a seat that was open
};

struct PlacementView {
  std::string defence;  // "campaigns/m2-2027/defences/42"
  std::string thesis;
  std::string title;  // empty if the caller may not read it
  std::vector<std::string> students;
  std::optional<Place> place;
  int duration_minutes = 0;
  std::string room_title;
  std::vector<AttendeeView> jury;
  PinnedAspects pin;
  std::string override_reason;  // staff only
  bool is_closed = false;
  std::string unplaced_reason;  // staff only; in the language of the campaign
};

struct TimetableView {
  TimetableRecord timetable;              // without placements and calendar
  std::vector<PlacementView> placements;  // by start and room; unplaced ones last, by thesis
};

// For whom something is shown.
struct Viewer {
  std::string person;      // "people/ana", or empty
  bool is_staff = false;   // of the programme of the campaign
  bool is_member = false;  // has some role in it
};

// What a viewer is to a thesis, and whether that is enough to read its title, or to have it in a document
// (services/base/confidentiality.h).
Standing StandingOf(const Viewer& viewer, const Cast::Thesis& thesis);
bool MayReadTitle(const Viewer& viewer, const Cast::Thesis& thesis);
bool MayPrintTitle(const Viewer& viewer, const Cast::Thesis& thesis);

PlacementView ViewOf(const StoredPlacement& placement, absl::string_view campaign, const Cast& cast,
                     const Viewer& viewer);
TimetableView ViewOf(const TimetableRecord& timetable, const Cast& cast, const Viewer& viewer);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_TIMETABLE_VIEW_H_
