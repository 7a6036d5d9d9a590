#include "services/scheduling/solver/constraints/board_changes.h"

#include <algorithm>
#include <utility>

#include "services/scheduling/solver/constraints/blocks.h"
#include "services/scheduling/solver/constraints/pauses.h"

namespace soutenance::scheduling::solver {

PersonId FirstMissing(const People& some, const People& others) {
  for (const PersonId person : some) {
    if (std::find(others.begin(), others.end(), person) == others.end()) return person;
  }
  return some.front();
}

People HoldersOfRole(const Defence& defence, const Holders& holders, RoleId role) {
  People people;
  for (const Seat& seat : defence.seats) {
    if (seat.role_id == role) people.push_back(seat.person);
  }
  for (std::size_t i = 0; i < defence.open_seats.size(); ++i) {
    if (defence.open_seats[i].role_id == role) people.push_back(HolderOf(defence, holders, i));
  }
  if (people.size() > 1) {
    std::sort(people.begin(), people.end());
    people.erase(std::unique(people.begin(), people.end()), people.end());
  }
  return people;
}

namespace {

// Adds those of `role` in `block`, which begins after `first` defences of the day.
void AddChanges(const Problem& problem, absl::Span<const Placed> block, std::size_t first, RoleId role,
                int64_t cost, BoardChanges* changes) {
  People held;
  std::size_t since = 0;
  for (std::size_t i = 0; i < block.size(); ++i) {
    People now = HoldersOfRole(problem.defence(block[i].defence), block[i].holders, role);
    if (now.empty()) continue;
    if (!held.empty() && held != now) {
      changes->push_back(
          {role, first + since, first + i, FirstMissing(held, now), FirstMissing(now, held), cost});
    }
    held = std::move(now);
    since = i;
  }
}

}  // namespace

BoardChanges ChangesOf(const DayView<RoomId>& view) {
  const Problem& problem = view.problem;
  BoardChanges changes;
  ForEachId<RoleId>(problem.RoleCount(), [&](RoleId role) {
    const int64_t cost = problem.role(role).change_cost;
    if (cost == 0) return;
    ForEachBlock(view, [&](const Interval&, absl::Span<const Placed> block) {
      const auto first = static_cast<std::size_t>(block.data() - view.placed.data());
      AddChanges(problem, block, first, role, cost, &changes);
    });
  });
  return changes;
}

BoardChanges ChangesOfDay(const DayView<RoomId>& view) {
  BoardChanges changes;
  ForEachId<RoleId>(view.problem.RoleCount(), [&](RoleId role) {
    const int64_t cost = view.problem.role(role).day_change_cost;
    if (cost > 0) AddChanges(view.problem, view.placed, 0, role, cost, &changes);
  });
  return changes;
}

int64_t SavedAt(const BoardChanges& changes, std::size_t before) {
  int64_t saved = 0;
  for (const BoardChange& change : changes) {
    if (change.before < before && before <= change.after) saved += change.cost;
  }
  return saved;
}

std::optional<std::size_t> BestSplit(const DayView<RoomId>& view, const BoardChanges& changes) {
  std::optional<std::size_t> best;
  if (!view.problem.day(view.day).pause) return best;
  int64_t most = -1;
  ForEachPause(view, [&](const Pause& pause) {
    const int64_t saved = SavedAt(changes, pause.before);
    if (saved <= most) return;
    most = saved;
    best = pause.before;
  });
  return best;
}

}  // namespace soutenance::scheduling::solver
