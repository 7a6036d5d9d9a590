#ifndef SOUTENANCE_SERVICES_SCHEDULING_CALENDAR_H_
#define SOUTENANCE_SERVICES_SCHEDULING_CALENDAR_H_

#include <vector>

#include "services/scheduling/cast.h"
#include "services/scheduling/timetable_record.h"

namespace soutenance::scheduling {

// What calendars are told when `timetable`, shown with `cast`, is published as number `timetable.key.number`
// after a publication that told them `before`: RFC 5545 asks for one more SEQUENCE at each change. A defence
// that had a place and has none any more is cancelled, and stays so in later publications until it has one.
std::vector<CalendarEntry> NextCalendar(const std::vector<CalendarEntry>& before,
                                        const TimetableRecord& timetable, const Cast& cast);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_CALENDAR_H_
