#ifndef SOUTENANCE_SERVICES_SCHEDULING_PERIODS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_PERIODS_H_

#include <vector>

#include "absl/types/span.h"
#include "services/scheduling/availability.h"
#include "services/scheduling/campaign.h"
#include "services/scheduling/directory_lookup.h"
#include "services/scheduling/solver/model/time.h"

// What people, rooms and calendars say about time, as intervals of the solver: minutes since midnight of the
// campaign's first date, from there to the end of its last one. What lies outside of that is cut off.
namespace soutenance::scheduling {

// All of a campaign's time, from its first to the end of its last date, nights included.
solver::Interval SpanOf(const Campaign& campaign);

// When defences may take place: the hours of each day. Ascending, each within one date: what meets at
// midnight is not one window, for no defence lasts past it.
std::vector<solver::Interval> OpeningOf(const Campaign& campaign);

// When a person cannot come, and when only if needed. Normalised, without common minute.
struct PersonTime {
  std::vector<solver::Interval> blocked;
  std::vector<solver::Interval> if_needed;

  friend bool operator==(const PersonTime&, const PersonTime&) = default;
};

// What an answer means: see Availability::periods.
PersonTime TimeOfAnswer(const Campaign& campaign, const std::vector<AvailabilityPeriod>& periods);

// What no answer means in this campaign.
PersonTime TimeOfSilence(const Campaign& campaign);

// When a room may be used: see RoomFacts::openings. Normalised.
std::vector<solver::Interval> TimeOfRoom(const Campaign& campaign, const std::vector<RoomOpening>& openings);

// When the students of a cohort may defend: the school periods, or, if the calendar has none, every time
// outside the company periods. Never in a company period. Normalised; nothing is left if they never may.
std::vector<solver::Interval> TimeOfSchool(const Campaign& campaign,
                                           const std::vector<CalendarPeriod>& calendar);

// What is in `all` and not in `without`. REQUIRES: both are normalised.
std::vector<solver::Interval> Without(absl::Span<const solver::Interval> all,
                                      absl::Span<const solver::Interval> without);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_PERIODS_H_
