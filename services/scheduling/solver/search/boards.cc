#include "services/scheduling/solver/search/boards.h"

#include <algorithm>
#include <utility>

#include "services/scheduling/solver/constraints/blocks.h"
#include "services/scheduling/solver/constraints/board_changes.h"

namespace soutenance::scheduling::solver {
namespace {

constexpr int kCandidatesTried = 3;  // for a whole block

// Somebody who cannot come to most of a block does not hold it together.
bool IsAway(int absences, const Defences& block) {
  return 2 * static_cast<std::size_t>(absences) > block.size();
}

}  // namespace

Boards::Boards(const Problem& problem, const Fit& fit)
    : problem_(problem),
      fit_(fit),
      minds_(problem.rule(RuleId::kBlockContinuity).IsOn()),
      minds_mixing_(problem.rule(RuleId::kMixedHolders).IsOn()) {}

People Boards::Sitting(const Timetable& timetable, const Move& moving, DefenceId defence, RoleId role,
                       const Placement& to) const {
  const DayId day = *problem_.DayOf(to.start);
  const std::vector<Interval>& opening = problem_.day(day).opening;
  const std::size_t window = WindowOf(opening, to.start);
  People sitting;
  Minute best = 0;
  const auto look = [&](DefenceId other, Minute start, const Holders& holders) {
    if (WindowOf(opening, start) != window) return;
    // A later start before it is nearer, an earlier one after it.
    const bool nearer = sitting.empty() || (start <= to.start ? best > to.start || start > best
                                                              : best > to.start && start < best);
    if (!nearer) return;
    People people = HoldersOfRole(problem_.defence(other), holders, role);
    if (people.empty()) return;
    sitting = std::move(people);
    best = start;
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

Defences Boards::BlockOf(const Timetable& timetable, const Placement& at, bool whole_day) const {
  const DayId day = *problem_.DayOf(at.start);
  const std::vector<Interval>& opening = problem_.day(day).opening;
  const std::size_t window = WindowOf(opening, at.start);
  const DayView<RoomId> view{problem_, at.room, day, timetable.RoomDay(at.room, day)};
  std::optional<std::size_t> split;
  std::size_t position = 0;
  if (!whole_day && problem_.day(day).pause && problem_.rule(RuleId::kBlockContinuity).parameter != 0) {
    split = BestSplit(view, ChangesOf(view));
    while (position + 1 < view.placed.size() && view.placed[position + 1].start <= at.start) ++position;
  }
  Defences block;
  for (std::size_t i = 0; i < view.placed.size(); ++i) {
    if (!whole_day && WindowOf(opening, view.placed[i].start) != window) continue;
    if (split && (i < *split) != (position < *split)) continue;
    block.push_back(view.placed[i].defence);
  }
  return block;
}

bool Boards::DrawWholeDay(RoleId role, Random& random) const {
  if (!minds_mixing_ || problem_.role(role).mix_cost == 0) return false;
  return !minds_ || problem_.role(role).change_cost == 0 || random.Below(2) == 0;
}

void Boards::Give(const Timetable& timetable, const Defences& block, RoleId role, PersonId leaves,
                  PersonId comes, Move* move) const {
  for (const DefenceId id : block) {
    const Defence& defence = problem_.defence(id);
    const Placement& now = *timetable.PlacementOf(id);
    const People held = HoldersOfRole(defence, now.holders, role);
    if (std::find(held.begin(), held.end(), comes) != held.end()) continue;
    for (std::size_t i = 0; i < defence.open_seats.size(); ++i) {
      if (defence.open_seats[i].role_id != role) continue;
      if (held.size() > 1 && HolderOf(defence, now.holders, i) != leaves) continue;
      if (const std::optional<uint8_t> candidate = FindCandidate(defence.open_seats[i], comes)) {
        Placement to = now;
        to.holders[i] = *candidate;
        move->push_back({id, to});
      }
      break;
    }
  }
}

Move Boards::Align(const Timetable& timetable, const Defences& block, DefenceId defence, RoleId role) const {
  const People wanted =
      HoldersOfRole(problem_.defence(defence), timetable.PlacementOf(defence)->holders, role);
  Move move;
  for (const DefenceId id : block) {
    if (id == defence) continue;
    const std::vector<OpenSeat>& seats = problem_.defence(id).open_seats;
    Placement to = *timetable.PlacementOf(id);
    std::size_t turn = 0;
    for (std::size_t i = 0; i < seats.size() && turn < wanted.size(); ++i) {
      if (seats[i].role_id != role) continue;
      if (const std::optional<uint8_t> found = FindCandidate(seats[i], wanted[turn++]))
        to.holders[i] = *found;
    }
    if (to != *timetable.PlacementOf(id)) move.push_back({id, to});
  }
  return AllFit(timetable, move) ? move : Move();
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
  const Defence& facts = problem_.defence(defence);
  const OpenSeat& open = facts.open_seats[seat];
  const RoleId role = *open.role_id;
  const Defences block = BlockOf(timetable, now, DrawWholeDay(role, random));
  if (HoldersOfRole(facts, now.holders, role).size() > 1 && random.Below(3) == 0) {
    return Align(timetable, block, defence, role);
  }
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
  Give(timetable, block, role, HolderOf(facts, now.holders, seat), *chosen, &move);
  return AllFit(timetable, move) ? move : Move();
}

Move Boards::Exchange(const Timetable& timetable, DefenceId defence, std::size_t seat, DefenceId other,
                      Random& random) const {
  const RoleId role = *problem_.defence(defence).open_seats[seat].role_id;
  const Placement& here = *timetable.PlacementOf(defence);
  const Placement& there = *timetable.PlacementOf(other);
  const PersonId leaves = HolderOf(problem_.defence(defence), here.holders, seat);
  const People others = HoldersOfRole(problem_.defence(other), there.holders, role);
  if (others.empty()) return {};
  const PersonId comes = others[others.size() > 1 ? random.Below(others.size()) : 0];
  if (leaves == comes) return {};
  const bool whole_day = DrawWholeDay(role, random);
  const Defences block = BlockOf(timetable, here, whole_day);
  if (std::find(block.begin(), block.end(), other) != block.end()) return {};
  const Defences other_block = BlockOf(timetable, there, whole_day);
  if (IsAway(AbsencesOf(timetable, block, comes), block) ||
      IsAway(AbsencesOf(timetable, other_block, leaves), other_block)) {
    return {};
  }
  Move move;
  Give(timetable, block, role, leaves, comes, &move);
  Give(timetable, other_block, role, comes, leaves, &move);
  return AllFit(timetable, move) ? move : Move();
}

}  // namespace soutenance::scheduling::solver
