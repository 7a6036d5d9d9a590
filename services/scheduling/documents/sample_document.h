#ifndef SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_SAMPLE_DOCUMENT_H_
#define SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_SAMPLE_DOCUMENT_H_

#include "services/scheduling/documents/timetable_document.h"

namespace soutenance::scheduling::documents {

// A published timetable of a fictional programme, for tests: two days, two rooms, a closed session, a
// cancelled defence, a juror on video, a pair of authors and a defence without a place. Names and titles hold
// accents, apostrophes, quotes and characters that each format must escape.
TimetableDocument SampleDocument();

// A confirmed defence of Ana Dupré at 2027-06-14 09:00 in room A 12, one hour, id "m1".
PlacedDefence ADefence();

// A published document that holds just `defence`.
TimetableDocument DocumentOf(const PlacedDefence& defence);

}  // namespace soutenance::scheduling::documents

#endif  // SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_SAMPLE_DOCUMENT_H_
