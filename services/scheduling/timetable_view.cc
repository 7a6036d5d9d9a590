#include "services/scheduling/timetable_view.h"

#include <algorithm>
#include <utility>

#include "services/scheduling/defence.h"

namespace soutenance::scheduling {
namespace {

// Placed before unplaced; then by start, room and thesis.
bool IsShownBefore(const PlacementView& a, const PlacementView& b) {
  if (a.place.has_value() != b.place.has_value()) return a.place.has_value();
  if (a.place && a.place->start != b.place->start) return a.place->start < b.place->start;
  if (a.place && a.place->room != b.place->room) return a.place->room < b.place->room;
  return a.thesis < b.thesis;
}

}  // namespace

Standing StandingOf(const Viewer& viewer, const Cast::Thesis& thesis) {
  if (viewer.is_staff) return Standing::kRuns;
  if (!viewer.person.empty()) {
    if (viewer.person == thesis.supervisor || viewer.person == thesis.company_tutor ||
        std::count(thesis.authors.begin(), thesis.authors.end(), viewer.person) > 0) {
      return Standing::kParty;
    }
    for (const JurySeat& seat : thesis.jury) {
      if (seat.person != viewer.person) continue;
      return seat.role == SeatRole::kGuest ? Standing::kGuest : Standing::kSeat;
    }
  }
  return viewer.is_member ? Standing::kMember : Standing::kStranger;
}

bool MayReadTitle(const Viewer& viewer, const Cast::Thesis& thesis) {
  return MayReadTexts(StandingOf(viewer, thesis), thesis.level);
}

bool MayPrintTitle(const Viewer& viewer, const Cast::Thesis& thesis) {
  return MayPrintTexts(StandingOf(viewer, thesis), thesis.level);
}

PlacementView ViewOf(const StoredPlacement& placement, absl::string_view campaign, const Cast& cast,
                     const Viewer& viewer) {
  PlacementView view{.defence = DefenceName(campaign, placement.thesis),
                     .thesis = placement.thesis,
                     .place = placement.place,
                     .pin = placement.pin};
  if (placement.place) view.room_title = cast.TitleOf(placement.place->room);
  if (viewer.is_staff) {
    view.override_reason = placement.override_reason;
    if (placement.unplaced) {
      view.unplaced_reason =
          cast.language == "en" ? placement.unplaced->sentence.en : placement.unplaced->sentence.fr;
    }
  }
  const auto found = cast.theses.find(placement.thesis);
  if (found == cast.theses.end()) return view;
  const Cast::Thesis& thesis = found->second;
  if (MayReadTitle(viewer, thesis)) view.title = thesis.title;
  view.is_closed = IsClosedSession(thesis.level);
  view.duration_minutes = thesis.duration_minutes;
  for (const std::string& author : thesis.authors) view.students.push_back(cast.NameOf(author));
  const auto add = [&](const std::vector<JurySeat>& seats, bool is_composed) {
    for (const JurySeat& seat : seats) {
      view.jury.push_back({.person = seat.person,
                           .display_name = cast.NameOf(seat.person),
                           .role = seat.role,
                           .is_remote = seat.is_remote,
                           .is_composed = is_composed});
    }
  };
  add(thesis.jury, false);
  add(placement.holders, true);
  return view;
}

TimetableView ViewOf(const TimetableRecord& timetable, const Cast& cast, const Viewer& viewer) {
  TimetableView view;
  view.placements.reserve(timetable.placements.size());
  for (const StoredPlacement& placement : timetable.placements) {
    view.placements.push_back(ViewOf(placement, timetable.key.campaign, cast, viewer));
  }
  std::sort(view.placements.begin(), view.placements.end(), IsShownBefore);
  view.timetable = timetable;
  view.timetable.placements.clear();
  view.timetable.calendar.clear();
  // What changed is said about people.
  if (!viewer.is_staff) {
    view.timetable.facts_changed.clear();
    view.timetable.assumptions.clear();
  }
  return view;
}

}  // namespace soutenance::scheduling
