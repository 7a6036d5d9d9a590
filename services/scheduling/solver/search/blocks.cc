#include "services/scheduling/solver/search/blocks.h"

#include <algorithm>

namespace soutenance::scheduling::solver {
namespace {

constexpr std::size_t kExchangedMax = 12;  // of both rooms
constexpr std::size_t kShiftedMax = 4;
constexpr std::size_t kEjectedMax = 3;

}  // namespace

Blocks::Blocks(const Problem& problem, const Candidates& candidates, const Fit& fit, const Places& places,
               const Companions& companions)
    : problem_(problem), candidates_(candidates), fit_(fit), places_(places), companions_(companions) {}

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

// Where the first of a block could go, with room for those behind it or not.
std::optional<Placement> Blocks::FirstPlace(const Timetable& timetable, DefenceId first,
                                            Random& random) const {
  int begin = 0;
  int end = candidates_.StartCount(first);
  if (random.Below(4) != 0) {
    const std::optional<DayId> day = companions_.DrawDay(timetable, first, random);
    if (!day) return std::nullopt;
    const Minute midnight = problem_.day(*day).offset * kMinutesPerDay;
    begin = candidates_.FirstFrom(first, midnight).value_or(end);
    end = candidates_.LastUntil(first, midnight + kMinutesPerDay - 1).value_or(-1) + 1;
  }
  if (begin >= end) return std::nullopt;
  const Candidates::Start start = candidates_.StartAt(
      first, begin + static_cast<int>(random.Below(static_cast<std::size_t>(end - begin))));
  return Placement{start.start, start.rooms[random.Below(start.rooms.size())]};
}

// To the room of the block, `shift` later or earlier, else to a free place.
bool Blocks::PutBack(const Timetable& timetable, std::size_t step, RoomId room, Minute shift, Random& random,
                     Move* move) const {
  const DefenceId defence = (*move)[step].defence;
  Placement to = *timetable.PlacementOf(defence);
  to.start += shift;
  to.room = room;
  if (candidates_.Allows(defence, to) && fit_.Fits(timetable, *move, defence, to)) {
    (*move)[step].to = to;
    return true;
  }
  const std::optional<DayId> day = companions_.DrawDay(timetable, defence, random);
  if (!day) return false;
  const std::optional<Placement> free = places_.FreeOn(timetable, *move, defence, *day, random);
  if (!free) return false;
  to.start = free->start;
  to.room = free->room;
  if (!fit_.Fits(timetable, *move, defence, to)) return false;
  (*move)[step].to = to;
  return true;
}

Move Blocks::Shift(const Timetable& timetable, DefenceId defence, bool may_lose, Random& random) const {
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

  const std::optional<Placement> first = FirstPlace(timetable, block.front().defence, random);
  if (!first) return {};
  Move move;
  Minute next = first->start;
  for (const Placed& placed : block) {
    const std::optional<int> found = candidates_.FirstFrom(placed.defence, next);
    if (!found) return {};
    Placement to = *timetable.PlacementOf(placed.defence);
    to.start = candidates_.StartAt(placed.defence, *found).start;
    to.room = first->room;
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
  const Minute back = std::min(block.front().start, block.back().start) - first->start;
  for (std::size_t i = moved; i < move.size(); ++i) {
    if (!PutBack(timetable, i, from->room, back, random, &move) && !may_lose) return {};
  }
  return move;
}

}  // namespace soutenance::scheduling::solver
