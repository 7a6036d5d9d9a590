#include "services/scheduling/loaded_timetable.h"

#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/status.h"
#include "services/scheduling/campaign_time.h"
#include "services/scheduling/solver/constraints/catalogue.h"
#include "services/scheduling/solver/explain/why_unplaced.h"
#include "services/scheduling/solver/io/problem_text.h"

namespace soutenance::scheduling {
namespace {

using solver::DefenceId;

// Where a stored placement is in `problem`; otherwise what is wrong with it, in `misfit`.
std::optional<solver::Placement> Fitted(const solver::Problem& problem, DefenceId defence,
                                        const StoredPlacement& stored, std::optional<std::string>& misfit) {
  std::optional<solver::Placement> placement = PlacementOf(problem, *stored.place);
  if (!placement) {
    misfit = absl::StrCat(stored.place->room, " is no room of the campaign; add it, or compute again");
    return std::nullopt;
  }
  misfit = GiveSeats(problem, defence, stored.holders, *placement);
  const absl::Status fits = solver::CheckPlacement(problem, defence, *placement);
  if (!fits.ok()) misfit = std::string(fits.message());
  if (misfit) return std::nullopt;
  return placement;
}

// What is fixed of a defence that is at `place`, or for which it is kept.
solver::PinSpec PinOf(const PinnedAspects& aspects, const Place& place, absl::CivilDay first_date) {
  solver::PinSpec pin;
  const solver::Minute start = MinuteOf(first_date, place.start);
  if (aspects.day) pin.day = start / solver::kMinutesPerDay;
  if (aspects.time) pin.time = start % solver::kMinutesPerDay;
  if (aspects.room) pin.room = place.room;
  pin.jurors = aspects.jurors;
  pin.mode = aspects.mode;
  return pin;
}

UnplacedNote NoteOf(const solver::UnplacedReason& reason) {
  UnplacedNote note{.kind = std::string(solver::UnplacedKindName(reason.kind)), .sentence = reason.sentence};
  for (const solver::BlockingFact& fact : reason.facts) note.facts.push_back(fact.sentence);
  return note;
}

// No move can change it: nothing in the timetable matters for it.
bool DependsOnFactsAlone(const UnplacedNote& note) {
  return note.kind == solver::UnplacedKindName(solver::UnplacedReason::Kind::kNoCommonSlot);
}

}  // namespace

std::optional<solver::Placement> PlacementOf(const solver::Problem& problem, const Place& place) {
  const std::optional<solver::RoomId> room = problem.FindRoom(place.room);
  if (!room) return std::nullopt;
  return solver::Placement{.start = MinuteOf(problem.first_date(), place.start), .room = *room};
}

Place PlaceOf(const solver::Problem& problem, const solver::Placement& placement) {
  return {.start = MomentOf(problem.first_date(), placement.start), .room = problem.room(placement.room).key};
}

std::vector<JurySeat> HoldersOf(const solver::Problem& problem, DefenceId defence,
                                const solver::Placement& to) {
  const solver::Defence& facts = problem.defence(defence);
  std::vector<JurySeat> holders;
  for (std::size_t i = 0; i < facts.open_seats.size(); ++i) {
    const solver::OpenSeat& seat = facts.open_seats[i];
    holders.push_back({.person = problem.person(solver::HolderOf(facts, to.holders, i)).key,
                       .role = ParseSeatRole(seat.role).value_or(SeatRole::kGuest),
                       .is_remote = seat.remote});
  }
  return holders;
}

std::optional<std::string> GiveSeats(const solver::Problem& problem, DefenceId defence,
                                     const std::vector<JurySeat>& holders, solver::Placement& to) {
  const solver::Defence& facts = problem.defence(defence);
  std::vector<bool> is_seated(holders.size(), false);
  std::optional<std::string> misfit;
  to.holders = {};
  for (std::size_t i = 0; i < facts.open_seats.size(); ++i) {
    const solver::OpenSeat& seat = facts.open_seats[i];
    bool is_held = false;
    for (std::size_t j = 0; j < holders.size() && !is_held; ++j) {
      if (is_seated[j] || SeatRoleName(holders[j].role) != seat.role) continue;
      const std::optional<solver::PersonId> person = problem.FindPerson(holders[j].person);
      const std::optional<uint8_t> position = person ? solver::FindCandidate(seat, *person) : std::nullopt;
      if (!position) continue;
      to.holders[i] = *position;
      is_seated[j] = is_held = true;
    }
    if (!is_held && !misfit) {
      misfit = absl::StrCat("nobody who was chosen for the seat of ", seat.role,
                            " of its jury may hold it now; compute or replan the timetable");
    }
  }
  return misfit;
}

Fit FitTo(const solver::Problem& problem, const TimetableRecord& timetable) {
  Fit fit{.placements = solver::Placements(static_cast<std::size_t>(problem.DefenceCount()))};
  for (const StoredPlacement& placement : timetable.placements) {
    if (!placement.place) continue;
    const std::optional<DefenceId> defence = problem.FindDefence(placement.thesis);
    std::optional<std::string> misfit = "its thesis is not defended in the campaign any more";
    std::optional<solver::Placement> fitted;
    if (defence) fitted = Fitted(problem, *defence, placement, misfit);
    if (fitted) {
      fit.placements[solver::Index(*defence)] = fitted;
    } else {
      fit.misfits.push_back({.thesis = placement.thesis, .sentence = *std::move(misfit)});
    }
  }
  return fit;
}

namespace {

// What is fixed of an unplaced defence in `problem`: a day or a room that it does not have fixes nothing.
// Timetables from before the place was remembered have it in the problem, as `known`.
solver::PinSpec PinWithoutPlace(const solver::Problem& problem, const PinnedAspects& aspects,
                                const solver::PinSpec& known) {
  solver::PinSpec pin{.jurors = aspects.jurors, .mode = aspects.mode};
  if (!aspects.to) {
    if (aspects.day) pin.day = known.day;
    if (aspects.time) pin.time = known.time;
    if (aspects.room) pin.room = known.room;
    return pin;
  }
  const solver::Minute start = MinuteOf(problem.first_date(), aspects.to->start);
  if (aspects.day && problem.DayOf(start)) pin.day = start / solver::kMinutesPerDay;
  if (aspects.time) pin.time = 60 * aspects.to->start.hour() + aspects.to->start.minute();
  if (aspects.room && problem.FindRoom(aspects.to->room)) pin.room = aspects.to->room;
  return pin;
}

}  // namespace

absl::StatusOr<LoadedTimetable> LoadedTimetable::LoadOnto(const solver::Problem& problem,
                                                          const TimetableRecord& timetable,
                                                          std::vector<Fit::Misfit>& misfits) {
  Fit fit = FitTo(problem, timetable);
  solver::ProblemSpec spec = problem.spec();
  std::set<std::string> strangers;
  for (solver::DefenceSpec& defence : spec.defences) {
    const StoredPlacement* const placement = FindPlacement(timetable, defence.key);
    const std::optional<DefenceId> id = problem.FindDefence(defence.key);
    const bool is_placed = placement != nullptr && id && fit.placements[solver::Index(*id)];
    defence.pin = is_placed              ? PinOf(placement->pin, *placement->place, problem.first_date())
                  : placement != nullptr ? PinWithoutPlace(problem, placement->pin, defence.pin)
                                         : solver::PinSpec{};
    // A pinned juror who attends nothing there must be known all the same.
    for (const std::string& juror : defence.pin.jurors) {
      if (!problem.FindPerson(juror)) strangers.insert(juror);
    }
  }
  for (const std::string& stranger : strangers) spec.persons.push_back({.key = stranger, .name = stranger});
  ASSIGN_OR_RETURN(solver::Problem pinned, solver::Problem::Create(std::move(spec)));
  LoadedTimetable loaded;
  loaded.problem_ = std::make_unique<const solver::Problem>(std::move(pinned));
  // Defences are numbered in the order of their keys, in both problems alike.
  loaded.timetable_ = std::make_unique<solver::Timetable>(*loaded.problem_, fit.placements);
  misfits.insert(misfits.end(), fit.misfits.begin(), fit.misfits.end());
  return loaded;
}

absl::StatusOr<LoadedTimetable> LoadedTimetable::Load(const TimetableRecord& timetable,
                                                      const StoredFacts& facts) {
  const auto lost = [&](absl::string_view what) {
    return absl::DataLossError(absl::StrCat(TimetableName(timetable.key), ": ", what));
  };
  const absl::StatusOr<solver::Problem> problem = solver::ParseProblem(facts.problem_text);
  if (!problem.ok()) return lost(absl::StrCat("its problem cannot be read: ", problem.status().message()));
  for (const solver::Defence& defence : problem->defences()) {
    if (FindPlacement(timetable, defence.key) == nullptr) return lost(absl::StrCat("it lacks ", defence.key));
  }
  std::vector<Fit::Misfit> misfits;
  absl::StatusOr<LoadedTimetable> loaded = LoadOnto(*problem, timetable, misfits);
  if (!loaded.ok()) return lost(absl::StrCat("its pins do not fit: ", loaded.status().message()));
  if (!misfits.empty()) {
    return lost(absl::StrCat(misfits.front().thesis, " does not fit: ", misfits.front().sentence));
  }
  return loaded;
}

void KeepPins(const std::vector<BasePlacement>& base, TimetableRecord& timetable) {
  for (const BasePlacement& from : base) {
    StoredPlacement* const placement = FindPlacement(timetable, from.thesis);
    if (placement == nullptr) continue;
    PinnedAspects pin{.day = from.pin_day,
                      .time = from.pin_time,
                      .room = from.pin_room,
                      .jurors = from.pin_jurors,
                      .mode = from.pin_mode};
    if (from.start) {
      pin = KeptWithout(std::move(pin), {.start = *from.start, .room = from.room});
    } else if (from.pinned_start) {
      pin = KeptWithout(std::move(pin), {.start = *from.pinned_start, .room = from.pinned_room});
    }
    // It may have no place because of what is fixed: so it stays fixed, and says so.
    placement->pin = placement->place ? KeptAt(pin, *placement->place) : std::move(pin);
  }
}

void TakeFrom(const solver::Timetable& solved, TimetableRecord& timetable) {
  const solver::Problem& problem = solved.problem();
  std::vector<StoredPlacement> placements;
  placements.reserve(problem.defences().size());
  solver::ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId defence) {
    StoredPlacement placement{.thesis = problem.defence(defence).key};
    const StoredPlacement* const before = FindPlacement(timetable, placement.thesis);
    if (before != nullptr) placement = *before;
    const bool had_place = placement.place.has_value();
    const std::optional<solver::Placement>& at = solved.PlacementOf(defence);
    if (at) {
      placement.place = PlaceOf(problem, *at);
      placement.holders = HoldersOf(problem, defence, *at);
      placement.unplaced.reset();
      // What was fixed elsewhere is fixed no more.
      if (!had_place) placement.pin = KeptAt(placement.pin, *placement.place);
    } else {
      if (had_place) placement.pin = KeptWithout(std::move(placement.pin), *placement.place);
      placement.place.reset();
      placement.holders.clear();
      placement.override_reason.clear();
      if (!placement.unplaced || !DependsOnFactsAlone(*placement.unplaced)) {
        placement.unplaced = NoteOf(solver::WhyUnplaced(solved, defence));
      }
    }
    placements.push_back(std::move(placement));
  });
  timetable.placements = std::move(placements);
  timetable.score = solver::RuleSet(problem).Evaluate(solved);
  timetable.placed_count = solved.PlacedCount();
  timetable.defence_count = problem.DefenceCount();
}

}  // namespace soutenance::scheduling
