#include "services/scheduling/solver/search/boards.h"

#include <algorithm>

#include "services/scheduling/solver/constraints/blocks.h"

namespace soutenance::scheduling::solver {
namespace {

constexpr int kCandidatesTried = 3;  // for a whole block

// Somebody who cannot come to most of a block does not hold it together.
bool IsAway(int absences, const Defences& block) {
  return 2 * static_cast<std::size_t>(absences) > block.size();
}

}  // namespace

Boards::Boards(const Problem& problem, const Fit& fit)
    : problem_(problem), fit_(fit), minds_(problem.rule(RuleId::kBlockContinuity).IsOn()) {}

std::optional<PersonId> Boards::Sitting(const Timetable& timetable, const Move& moving, DefenceId defence,
                                        RoleId role, const Placement& to) const {
  const DayId day = *problem_.DayOf(to.start);
  const std::vector<Interval>& opening = problem_.day(day).opening;
  const std::size_t window = WindowOf(opening, to.start);
  std::optional<PersonId> sitting;
  Minute best = 0;
  const auto look = [&](DefenceId other, Minute start, const Holders& holders) {
    if (WindowOf(opening, start) != window) return;
    // A later start before it is nearer, an earlier one after it.
    const bool nearer =
        !sitting || (start <= to.start ? best > to.start || start > best : best > to.start && start < best);
    if (!nearer) return;
    if (const auto person = FirstHolderOf(problem_.defence(other), holders, role)) {
      sitting = person;
      best = start;
    }
  };
  for (const Placed& placed : timetable.RoomDay(to.room, day)) {
    if (placed.defence == defence || FindStep(moving, placed.defence) != nullptr) continue;
    look(placed.defence, placed.start, placed.holders);
  }
  for (const Step& step : moving) {
    if (step.defence == defence || !step.to || step.to->room != to.room) continue;
    if (problem_.DayOf(step.to->start) == day) look(step.defence, step.to->start, step.to->holders);
  }
  return sitting;
}

Defences Boards::BlockOf(const Timetable& timetable, const Placement& at) const {
  const DayId day = *problem_.DayOf(at.start);
  const std::vector<Interval>& opening = problem_.day(day).opening;
  const std::size_t window = WindowOf(opening, at.start);
  Defences block;
  for (const Placed& placed : timetable.RoomDay(at.room, day)) {
    if (WindowOf(opening, placed.start) == window) block.push_back(placed.defence);
  }
  return block;
}

void Boards::Give(const Timetable& timetable, const Defences& block, RoleId role, PersonId person,
                  Move* move) const {
  for (const DefenceId id : block) {
    const std::vector<OpenSeat>& seats = problem_.defence(id).open_seats;
    const Placement& now = *timetable.PlacementOf(id);
    for (std::size_t i = 0; i < seats.size(); ++i) {
      if (seats[i].role_id != role) continue;
      const std::optional<uint8_t> candidate = FindCandidate(seats[i], person);
      if (candidate && *candidate != now.holders[i]) {
        Placement to = now;
        to.holders[i] = *candidate;
        move->push_back({id, to});
      }
      break;
    }
  }
}

bool Boards::AllFit(const Timetable& timetable, const Move& move) const {
  return std::all_of(move.begin(), move.end(),
                     [&](const Step& step) { return fit_.Fits(timetable, move, step.defence, *step.to); });
}

int Boards::AbsencesOf(const Timetable& timetable, const Defences& block, PersonId person) const {
  return static_cast<int>(std::count_if(block.begin(), block.end(), [&](DefenceId id) {
    return AnyOverlaps(problem_.person(person).blocked,
                       problem_.TimeOf(id, timetable.PlacementOf(id)->start));
  }));
}

Move Boards::Reseat(const Timetable& timetable, DefenceId defence, std::size_t seat, Random& random) const {
  const Placement& now = *timetable.PlacementOf(defence);
  const OpenSeat& open = problem_.defence(defence).open_seats[seat];
  const Defences block = BlockOf(timetable, now);
  std::optional<PersonId> chosen;
  int fewest = 0;
  for (int i = 0; i < kCandidatesTried; ++i) {
    const PersonId person = open.candidates[random.Below(open.candidates.size())].person;
    const int absences = AbsencesOf(timetable, block, person);
    if (chosen && absences >= fewest) continue;
    chosen = person;
    fewest = absences;
  }
  if (IsAway(fewest, block)) return {};
  Move move;
  Give(timetable, block, *open.role_id, *chosen, &move);
  return AllFit(timetable, move) ? move : Move();
}

Move Boards::Exchange(const Timetable& timetable, DefenceId defence, std::size_t seat,
                      DefenceId other) const {
  const RoleId role = *problem_.defence(defence).open_seats[seat].role_id;
  const Placement& here = *timetable.PlacementOf(defence);
  const Placement& there = *timetable.PlacementOf(other);
  const auto leaves = FirstHolderOf(problem_.defence(defence), here.holders, role);
  const auto comes = FirstHolderOf(problem_.defence(other), there.holders, role);
  if (!leaves || !comes || *leaves == *comes) return {};
  const Defences block = BlockOf(timetable, here);
  if (std::find(block.begin(), block.end(), other) != block.end()) return {};
  const Defences other_block = BlockOf(timetable, there);
  if (IsAway(AbsencesOf(timetable, block, *comes), block) ||
      IsAway(AbsencesOf(timetable, other_block, *leaves), other_block)) {
    return {};
  }
  Move move;
  Give(timetable, block, role, *comes, &move);
  Give(timetable, other_block, role, *leaves, &move);
  return AllFit(timetable, move) ? move : Move();
}

}  // namespace soutenance::scheduling::solver
