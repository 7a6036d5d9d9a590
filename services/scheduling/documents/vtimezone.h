#ifndef SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_VTIMEZONE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_VTIMEZONE_H_

#include <libical/ical.h>

#include <string>

#include "absl/time/time.h"

namespace soutenance::scheduling::documents {

// A VTIMEZONE for `zone`, named by its IANA name without prefix, that is right for every instant from `first`
// to `last`. Where the clocks change by a yearly rule during these years ("the last Sunday of March"), the
// rule is given; otherwise each change is listed. libical's own table lists every change since 1911 under a
// prefixed name, which some calendars do not recognise. The caller owns the component.
icalcomponent* NewVtimezone(const absl::TimeZone& zone, absl::Time first, absl::Time last);

}  // namespace soutenance::scheduling::documents

#endif  // SOUTENANCE_SERVICES_SCHEDULING_DOCUMENTS_VTIMEZONE_H_
