#ifndef SOUTENANCE_SERVICES_SCHEDULING_TOLD_PEOPLE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_TOLD_PEOPLE_H_

#include <vector>

#include "absl/time/civil_time.h"
#include "services/scheduling/cast.h"
#include "services/scheduling/documents/timetable_document.h"
#include "services/scheduling/replan_outcome.h"
#include "services/scheduling/timetable_record.h"

namespace soutenance::scheduling {

// A timetable and who and where in it.
struct ShownTimetable {
  const TimetableRecord& timetable;
  const Cast& cast;
};

// Who must be told what if `after` takes the place of `before`: everybody who attends a defence that has
// another start, another length, no place any more, or is new; those on site if only its room is another one;
// whoever came into the jury of a defence or left it. By display name; the changes of one person by defence.
std::vector<ToldPerson> WhoIsTold(const ShownTimetable& before, const ShownTimetable& after,
                                  const Viewer& viewer, absl::CivilMinute now, documents::Language language);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_TOLD_PEOPLE_H_
