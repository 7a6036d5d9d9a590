#include "services/scheduling/solver/search/blocks.h"

#include <algorithm>

namespace soutenance::scheduling::solver {
namespace {

constexpr std::size_t kExchangedMax = 12;  // of both rooms
constexpr std::size_t kShiftedMax = 4;
constexpr std::size_t kEjectedMax = 3;

}  // namespace

Blocks::Blocks(const Problem& problem, const Candidates& candidates, const Fit& fit)
    : problem_(problem), candidates_(candidates), fit_(fit) {}

Move Blocks::Exchange(const Timetable& timetable, DefenceId defence, Random& random) const {
  const std::optional<Placement>& at = timetable.PlacementOf(defence);
  if (!at) return {};
  const std::optional<int> found = candidates_.FindStart(defence, at->start);
  if (!found) return {};
  const absl::Span<const RoomId> rooms = candidates_.StartAt(defence, *found).rooms;
  const RoomId other = rooms[random.Below(rooms.size())];
  if (other == at->room) return {};
  const DayId day = *problem_.DayOf(at->start);
  // Until the day is over, or until one of the next defences of either room begins.
  Minute end = (at->start / kMinutesPerDay + 1) * kMinutesPerDay;
  if (random.Below(2) == 0) {
    const absl::Span<const Placed> ends = timetable.RoomDay(random.Below(2) == 0 ? at->room : other, day);
    std::size_t after = 1 + random.Below(kShiftedMax);
    for (const Placed& placed : ends) {
      if (placed.start <= at->start || --after > 0) continue;
      end = placed.start;
      break;
    }
  }
  Move move;
  if (!AddFrom(timetable, at->room, other, {at->start, end}, &move) ||
      !AddFrom(timetable, other, at->room, {at->start, end}, &move) || !AllFit(timetable, move)) {
    return {};
  }
  return move;
}

// Adds what begins in `from` during `time`. Returns false if that is too much or may not be in `to`.
bool Blocks::AddFrom(const Timetable& timetable, RoomId from, RoomId to, const Interval& time,
                     Move* move) const {
  for (const Placed& placed : timetable.RoomDay(from, *problem_.DayOf(time.from))) {
    if (placed.start < time.from || placed.start >= time.to) continue;
    Placement there = *timetable.PlacementOf(placed.defence);
    there.room = to;
    if (move->size() == kExchangedMax || !candidates_.Allows(placed.defence, there)) return false;
    move->push_back({placed.defence, there});
  }
  return true;
}

bool Blocks::AllFit(const Timetable& timetable, const Move& move) const {
  return std::all_of(move.begin(), move.end(), [&](const Step& step) {
    return !step.to || fit_.Fits(timetable, move, step.defence, *step.to);
  });
}

Move Blocks::Shift(const Timetable& timetable, DefenceId defence, Random& random) const {
  const std::optional<Placement>& from = timetable.PlacementOf(defence);
  if (!from) return {};
  // What follows in the room without a break of more than a start of the grid.
  const Minute pause = problem_.buffer_minutes() + problem_.grid_minutes();
  std::vector<Placed> block;
  for (const Placed& placed : timetable.RoomDay(from->room, *problem_.DayOf(from->start))) {
    if (placed.start < from->start) continue;
    if (!block.empty() && placed.start >= block.back().end + pause) break;
    block.push_back(placed);
  }
  const std::size_t longest = std::min(kShiftedMax, block.size());
  if (longest < 2) return {};
  block.resize(2 + random.Below(longest - 1));
  if (random.Below(4) == 0) std::reverse(block.begin(), block.end());

  const auto count = static_cast<std::size_t>(candidates_.StartCount(block.front().defence));
  if (count == 0) return {};
  const Candidates::Start first =
      candidates_.StartAt(block.front().defence, static_cast<int>(random.Below(count)));
  const RoomId room = first.rooms[random.Below(first.rooms.size())];
  Move move;
  Minute next = first.start;
  for (const Placed& placed : block) {
    const std::optional<int> found = candidates_.FirstFrom(placed.defence, next);
    if (!found) return {};
    Placement to = *timetable.PlacementOf(placed.defence);
    to.start = candidates_.StartAt(placed.defence, *found).start;
    to.room = room;
    if (to.start >= next + problem_.grid_minutes() || !candidates_.Allows(placed.defence, to)) return {};
    move.push_back({placed.defence, to});
    next = to.start + (placed.end - placed.start) + problem_.buffer_minutes();
  }
  const std::size_t moved = move.size();
  for (std::size_t i = 0; i < moved; ++i) {
    Defences blockers;
    const Step step = move[i];
    const std::size_t left = kEjectedMax - (move.size() - moved);
    if (!fit_.FindBlockers(timetable, move, step.defence, *step.to, left, random, &blockers)) return {};
    for (const DefenceId blocker : blockers) move.push_back({blocker, std::nullopt});
  }
  // To where the block was.
  const Minute back = std::min(block.front().start, block.back().start) - first.start;
  for (std::size_t i = moved; i < move.size(); ++i) {
    Placement to = *timetable.PlacementOf(move[i].defence);
    to.start += back;
    to.room = from->room;
    if (!candidates_.Allows(move[i].defence, to)) continue;
    if (fit_.Fits(timetable, move, move[i].defence, to)) move[i].to = to;
  }
  return move;
}

}  // namespace soutenance::scheduling::solver
