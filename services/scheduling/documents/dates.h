#ifndef SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_DATES_H_
#define SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_DATES_H_

#include <string>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/scheduling/documents/timetable_document.h"

// Dates and times as people write them. Spaces that must not break are U+00A0, so that a time stays on one
// line.
namespace soutenance::scheduling::documents {

// "lundi 14 juin 2027", "mardi 1er juin 2027"; "Monday 14 June 2027".
std::string LongDate(absl::CivilDay day, Language language);

// "lun. 14 juin", "mar. 1er juin"; "Mon 14 June". For narrow places.
std::string ShortDate(absl::CivilDay day, Language language);

// "14 h 30", "9 h", "9 h 05"; "14:30", "09:00", "09:05".
std::string ClockTime(absl::CivilMinute time, Language language);

// "14 h 30 – 15 h 15"; "14:30 – 15:15".
std::string ClockSpan(absl::CivilMinute from, absl::CivilMinute to, Language language);

// "45 min", "1 h", "1 h 15". REQUIRES: minutes >= 0.
std::string DurationText(int minutes, Language language);

// "lundi 14 juin 2027 à 14 h 30"; "Monday 14 June 2027 at 14:30". In `zone`.
std::string LongInstant(absl::Time instant, absl::TimeZone zone, Language language);

}  // namespace soutenance::scheduling::documents

#endif  // SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_DATES_H_
