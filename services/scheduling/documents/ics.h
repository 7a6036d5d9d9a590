#ifndef SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_ICS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_ICS_H_

#include <string>

#include "absl/status/statusor.h"
#include "services/scheduling/documents/timetable_document.h"

namespace soutenance::scheduling::documents {

// Which defences go into a calendar. Conditions that are set must all hold; the default takes every defence.
struct IcsFilter {
  std::string person;  // resource name "people/ana": those this person defends or attends
  std::string room;    // resource name "rooms/b204": those in this room
};

// The placed defences as an iCalendar object (RFC 5545) to subscribe to: METHOD:PUBLISH, no ATTENDEE, times
// in the zone of the document with its VTIMEZONE. UID and SEQUENCE are those of the document, so that a
// calendar follows a defence that moves; a cancelled defence stays, with STATUS:CANCELLED. A closed session
// is CLASS:PRIVATE. Defences of a draft are TENTATIVE. DTSTAMP is the time of publication (1970-01-01 if
// there was none). An empty selection gives a valid calendar without events. INVALID_ARGUMENT, reason
// FIELD_INVALID, for an unknown zone, text that is not UTF-8, a duration under one minute, an empty uid, or a
// start that the zone's clocks skip.
absl::StatusOr<std::string> RenderIcs(const TimetableDocument& document, const IcsFilter& filter = {});

}  // namespace soutenance::scheduling::documents

#endif  // SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_ICS_H_
