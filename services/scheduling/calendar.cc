#include "services/scheduling/calendar.h"

#include <map>
#include <string>
#include <utility>

namespace soutenance::scheduling {
namespace {

CalendarEntry Cancelled(CalendarEntry entry) {
  if (!entry.is_cancelled) ++entry.sequence;
  entry.is_cancelled = true;
  return entry;
}

}  // namespace

std::vector<CalendarEntry> NextCalendar(const std::vector<CalendarEntry>& before,
                                        const TimetableRecord& timetable, const Cast& cast) {
  std::map<std::string, CalendarEntry> entries;
  for (const CalendarEntry& entry : before) entries.emplace(entry.thesis, Cancelled(entry));
  std::map<std::string, CalendarEntry> known;
  for (const CalendarEntry& entry : before) known.emplace(entry.thesis, entry);

  for (const StoredPlacement& placement : timetable.placements) {
    if (!placement.place) continue;
    const auto thesis = cast.theses.find(placement.thesis);
    CalendarEntry entry{.thesis = placement.thesis, .place = *placement.place};
    if (thesis != cast.theses.end()) entry.duration_minutes = thesis->second.duration_minutes;
    entry.shown_by = timetable.key.number;
    const auto was = known.find(placement.thesis);
    if (was != known.end()) {
      const bool differs = was->second.is_cancelled || was->second.place != entry.place ||
                           was->second.duration_minutes != entry.duration_minutes;
      entry.sequence = was->second.sequence + (differs ? 1 : 0);
    }
    entries[placement.thesis] = std::move(entry);
  }

  std::vector<CalendarEntry> calendar;
  for (auto& [thesis, entry] : entries) calendar.push_back(std::move(entry));
  return calendar;
}

}  // namespace soutenance::scheduling
