#include "services/scheduling/solver/search/moves.h"

#include <algorithm>
#include <utility>

#include "services/scheduling/solver/constraints/blocks.h"

namespace soutenance::scheduling::solver {
namespace {

constexpr std::size_t kEjectedMax = 3;
constexpr int kDaysTried = 2;  // when a defence is put back
// Of a hundred defences that look for a free place, how many look on the day on which they are.
constexpr std::size_t kStays = 25;
constexpr std::size_t kStaysWhenPutBack = 50;

template <typename T>
const T& Pick(absl::Span<const T> from, Random& random) {
  return from[random.Below(from.size())];
}

// Gives open seat number `i` to `person`. Returns false if he or she is no candidate for it.
bool Give(const OpenSeat& seat, std::size_t i, PersonId person, Holders* holders) {
  const std::optional<uint8_t> found = FindCandidate(seat, person);
  if (found) (*holders)[i] = *found;
  return found.has_value();
}

std::vector<DefenceId> MovableOf(const Problem& problem, const Candidates& candidates) {
  std::vector<DefenceId> movable;
  ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) {
    if (candidates.StartCount(id) > 0) movable.push_back(id);
  });
  return movable;
}

}  // namespace

Moves::Moves(const Problem& problem, const Candidates& candidates, const Fit& fit)
    : problem_(problem),
      candidates_(candidates),
      fit_(fit),
      places_(problem, candidates, fit),
      movable_(MovableOf(problem, candidates)),
      companions_(problem, fit, movable_),
      composer_(problem, fit),
      blocks_(problem, candidates, fit, places_, companions_),
      boards_(problem, fit),
      refill_(problem, candidates, fit, composer_) {
  const auto is_on = [&](RuleId rule) { return problem.rule(rule).IsOn(); };
  const bool minds_topics =
      is_on(RuleId::kTopicChanges) || is_on(RuleId::kTopicBlocks) || is_on(RuleId::kRoomTopics);
  const bool minds_cohorts = is_on(RuleId::kMixedCohorts);
  minds_blocks_ = minds_topics || is_on(RuleId::kRoomGaps) || is_on(RuleId::kRoomDays) ||
                  is_on(RuleId::kRoomDayLimit) || minds_cohorts || is_on(RuleId::kRoomPause) ||
                  is_on(RuleId::kMixedHolders) || is_on(RuleId::kRoomsUsed);
  minds_rooms_ = is_on(RuleId::kRoomsUsed);
  refills_ = minds_blocks_ && problem.HasOpenSeats();
}

Move Moves::Draw(const Timetable& timetable, absl::Span<const DefenceId> unplaced, bool may_lose,
                 Random& random) const {
  if (!unplaced.empty() && random.Below(4) == 0) {
    const DefenceId defence = Pick(unplaced, random);
    if (refills_ && random.Below(16) == 0) return refill_.Draw(timetable, unplaced, defence, random);
    const std::optional<Placement> to = AnyCandidate(defence, random);
    return to ? MoveTo(timetable, defence, *to, may_lose, random) : Move();
  }
  const DefenceId defence = Pick(absl::MakeConstSpan(movable_), random);
  if (!problem_.defence(defence).open_seats.empty() && random.Below(3) == 0) {
    return random.Below(3) == 0 ? ExchangeHolders(timetable, defence, random)
                                : Recompose(timetable, defence, may_lose, random);
  }
  if (minds_blocks_ && random.Below(16) == 0) {
    if (minds_rooms_ && random.Below(16) == 0) return Vacate(timetable, defence, random);
    return random.Below(3) == 0 ? ExchangeBlocks(timetable, defence, random)
                                : Reorder(timetable, defence, random);
  }
  const std::size_t wish = random.Below(100);
  if (wish < 3) return blocks_.Exchange(timetable, defence, random);
  if (wish < 23) return blocks_.Shift(timetable, defence, may_lose, random);
  if (wish < 35) return Swap(timetable, defence, may_lose, random);
  std::optional<Placement> to;
  if (wish < 60) {
    to = NextTo(timetable, defence, random);
  } else if (wish < 66) {
    to = OnSameDay(timetable, defence, random);
  } else if (wish < 79) {
    to = FreePlace(timetable, {}, defence, kStays, random);
  } else if (wish < 88) {
    to = OtherRoom(timetable, defence, random);
  } else {
    to = AnyCandidate(defence, random);
  }
  return to ? MoveTo(timetable, defence, *to, may_lose, random) : Move();
}

std::optional<Placement> Moves::AnyCandidate(DefenceId defence, Random& random) const {
  const int count = candidates_.StartCount(defence);
  if (count == 0) return std::nullopt;
  const Candidates::Start start =
      candidates_.StartAt(defence, static_cast<int>(random.Below(static_cast<std::size_t>(count))));
  return Placement{start.start, Pick(start.rooms, random)};
}

std::optional<Placement> Moves::NextTo(const Timetable& timetable, DefenceId defence, Random& random) const {
  const std::optional<DefenceId> other = companions_.Draw(timetable, defence, random);
  if (!other) return std::nullopt;
  const Placement& there = *timetable.PlacementOf(*other);
  const Minute buffer = problem_.buffer_minutes();
  const bool after = random.Below(2) == 0;
  const Minute wanted = after ? problem_.TimeOf(*other, there.start).to + buffer
                              : there.start - buffer - problem_.defence(defence).duration_minutes;
  // The grid may forbid the very next minute: then the nearest start on the side asked for.
  const std::optional<int> found =
      after ? candidates_.FirstFrom(defence, wanted) : candidates_.LastUntil(defence, wanted);
  if (!found) return std::nullopt;
  const Candidates::Start start = candidates_.StartAt(defence, *found);
  if (start.start / kMinutesPerDay != there.start / kMinutesPerDay) return std::nullopt;
  if (std::binary_search(start.rooms.begin(), start.rooms.end(), there.room)) {
    return Placement{start.start, there.room};
  }
  return Placement{start.start, Pick(start.rooms, random)};
}

std::optional<Placement> Moves::OnSameDay(const Timetable& timetable, DefenceId defence,
                                          Random& random) const {
  const std::optional<DayId> day = companions_.DrawDay(timetable, defence, random);
  if (!day) return std::nullopt;
  const Minute midnight = problem_.day(*day).offset * kMinutesPerDay;
  const std::optional<int> first = candidates_.FirstFrom(defence, midnight);
  const std::optional<int> last = candidates_.LastUntil(defence, midnight + kMinutesPerDay - 1);
  if (!first || !last || *last < *first) return std::nullopt;
  const std::size_t chosen = random.Below(static_cast<std::size_t>(*last - *first) + 1);
  const Candidates::Start start = candidates_.StartAt(defence, *first + static_cast<int>(chosen));
  return Placement{start.start, Pick(start.rooms, random)};
}

std::optional<Placement> Moves::FreePlace(const Timetable& timetable, const Move& moving, DefenceId defence,
                                          std::size_t stays, Random& random) const {
  const std::optional<Placement>& now = timetable.PlacementOf(defence);
  const std::optional<DayId> day = now && random.Below(100) < stays
                                       ? problem_.DayOf(now->start)
                                       : companions_.DrawDay(timetable, defence, random);
  if (!day) return std::nullopt;
  return places_.FreeOn(timetable, moving, defence, *day, random);
}

std::optional<Placement> Moves::OtherRoom(const Timetable& timetable, DefenceId defence,
                                          Random& random) const {
  const std::optional<Placement>& from = timetable.PlacementOf(defence);
  if (!from) return AnyCandidate(defence, random);
  const std::optional<int> found = candidates_.FindStart(defence, from->start);
  if (!found) return std::nullopt;
  return Placement{from->start, Pick(candidates_.StartAt(defence, *found).rooms, random)};
}

Move Moves::MoveTo(const Timetable& timetable, DefenceId defence, const Placement& to, bool may_lose,
                   Random& random) const {
  Placement there{to.start, to.room};
  if (!composer_.Fill(timetable, {}, defence, &there, random)) return {};
  return EjectFor(timetable, defence, there, may_lose, random);
}

Move Moves::Recompose(const Timetable& timetable, DefenceId defence, bool may_lose, Random& random) const {
  const std::optional<Placement>& now = timetable.PlacementOf(defence);
  if (!now) return {};
  const std::vector<OpenSeat>& seats = problem_.defence(defence).open_seats;
  const std::size_t seat = random.Below(seats.size());
  if (boards_.Stays(seats[seat])) return boards_.Reseat(timetable, defence, seat, random);
  Placement to = *now;
  if (seats[seat].shared && random.Below(2) == 0) {
    // To somebody who is there anyhow, or to whoever holds all that he or she can of what is shared.
    const Attendees attendees(problem_.defence(defence), now->holders);
    const std::vector<Candidate>& candidates = seats[seat].candidates;
    const PersonId person = random.Below(2) == 0 ? attendees[random.Below(attendees.size())].person
                                                 : candidates[random.Below(candidates.size())].person;
    for (std::size_t i = 0; i < seats.size(); ++i) {
      if (seats[i].shared && !seats[i].pinned) Give(seats[i], i, person, &to.holders);
    }
    return to == *now ? Move() : EjectFor(timetable, defence, to, may_lose, random);
  }
  to.holders[seat] = static_cast<uint8_t>(random.Below(seats[seat].candidates.size()));
  return EjectFor(timetable, defence, to, may_lose, random);
}

Move Moves::ExchangeHolders(const Timetable& timetable, DefenceId defence, Random& random) const {
  const DefenceId other = Pick(absl::MakeConstSpan(movable_), random);
  const std::optional<Placement>& now = timetable.PlacementOf(defence);
  const std::optional<Placement>& there = timetable.PlacementOf(other);
  const std::vector<OpenSeat>& own = problem_.defence(defence).open_seats;
  const std::vector<OpenSeat>& others = problem_.defence(other).open_seats;
  if (!now || !there || other == defence || others.empty()) return {};
  const std::size_t i = random.Below(own.size());
  if (boards_.Stays(own[i])) return boards_.Exchange(timetable, defence, i, other, random);
  const std::size_t j = random.Below(others.size());
  Placement mine = *now;
  Placement theirs = *there;
  const PersonId leaves = HolderOf(problem_.defence(defence), now->holders, i);
  const PersonId comes = HolderOf(problem_.defence(other), there->holders, j);
  if (leaves == comes || !Give(own[i], i, comes, &mine.holders) ||
      !Give(others[j], j, leaves, &theirs.holders)) {
    return {};
  }
  const Move move{{defence, mine}, {other, theirs}};
  if (!fit_.Fits(timetable, move, defence, mine) || !fit_.Fits(timetable, move, other, theirs)) return {};
  return move;
}

Move Moves::Together(const Timetable& timetable, const Move& steps, Random& random) const {
  Move move;
  for (const Step& step : steps) move.push_back({step.defence, std::nullopt});
  for (std::size_t i = 0; i < steps.size(); ++i) {
    Placement to = *steps[i].to;
    if (!candidates_.Allows(steps[i].defence, to)) return {};
    if (!composer_.Fill(timetable, move, steps[i].defence, &to, random, Composer::Who::kFree)) return {};
    if (!fit_.Fits(timetable, move, steps[i].defence, to)) return {};
    move[i].to = to;
  }
  return move;
}

Move Moves::Reorder(const Timetable& timetable, DefenceId defence, Random& random) const {
  const std::optional<Placement>& now = timetable.PlacementOf(defence);
  if (!now) return {};
  const DayId day = *problem_.DayOf(now->start);
  const std::vector<Interval>& opening = problem_.day(day).opening;
  const std::size_t window = WindowOf(opening, now->start);
  absl::InlinedVector<Placed, 16> block;
  std::size_t from = 0;
  for (const Placed& placed : timetable.RoomDay(now->room, day)) {
    if (WindowOf(opening, placed.start) != window) continue;
    if (placed.defence == defence) from = block.size();
    block.push_back(placed);
  }
  const std::size_t to = random.Below(block.size());
  if (to == from) return {};
  // Starts stay, defences move up.
  Move steps{{defence, Placement{block[to].start, now->room}}};
  for (std::size_t i = from; i != to; i += to > from ? 1 : std::size_t(-1)) {
    const std::size_t next = to > from ? i + 1 : i - 1;
    steps.push_back({block[next].defence, Placement{block[i].start, now->room}});
  }
  return Together(timetable, steps, random);
}

Move Moves::ExchangeBlocks(const Timetable& timetable, DefenceId defence, Random& random) const {
  const std::optional<Placement>& now = timetable.PlacementOf(defence);
  const DefenceId other = Pick(absl::MakeConstSpan(movable_), random);
  // To where another defence is, or could be.
  std::optional<Placement> there = timetable.PlacementOf(other);
  if (!there || random.Below(4) == 0) there = AnyCandidate(defence, random);
  if (!now || !there) return {};
  const DayId day = *problem_.DayOf(now->start);
  const DayId other_day = *problem_.DayOf(there->start);
  const Interval& window = problem_.day(day).opening[WindowOf(problem_.day(day).opening, now->start)];
  const Interval& other_window =
      problem_.day(other_day).opening[WindowOf(problem_.day(other_day).opening, there->start)];
  const bool whole_day = random.Below(2) == 0;
  if (now->room == there->room && day == other_day && (whole_day || window == other_window)) return {};
  const Minute shift = whole_day
                           ? (problem_.day(other_day).offset - problem_.day(day).offset) * kMinutesPerDay
                           : other_window.from - window.from;
  Move steps;
  const auto carry = [&](RoomId room, DayId from, const Interval& block, RoomId to, Minute by) {
    const std::vector<Interval>& opening = problem_.day(from).opening;
    for (const Placed& placed : timetable.RoomDay(room, from)) {
      if (!whole_day && opening[WindowOf(opening, placed.start)] != block) continue;
      steps.push_back({placed.defence, Placement{placed.start + by, to}});
    }
  };
  carry(now->room, day, window, there->room, shift);
  carry(there->room, other_day, other_window, now->room, -shift);
  return Together(timetable, steps, random);
}

Move Moves::Vacate(const Timetable& timetable, DefenceId defence, Random& random) const {
  const std::optional<Placement>& now = timetable.PlacementOf(defence);
  if (!now) return {};
  const auto is_used = [&](RoomId room) {
    bool used = false;
    ForEachId<DayId>(problem_.DayCount(),
                     [&](DayId day) { used = used || !timetable.RoomDay(room, day).empty(); });
    return used;
  };
  Move move;
  bool found = true;
  const std::size_t first = random.Below(problem_.rooms().size());
  ForEachId<DayId>(problem_.DayCount(), [&](DayId day) {
    const absl::Span<const Placed> own = timetable.RoomDay(now->room, day);
    if (own.empty() || !found) return;
    found = false;
    for (std::size_t i = 0; i < problem_.rooms().size() && !found; ++i) {
      const auto room = static_cast<RoomId>((first + i) % problem_.rooms().size());
      if (room == now->room || !timetable.RoomDay(room, day).empty() || !is_used(room)) continue;
      found = true;
      for (const Placed& placed : own) {
        move.push_back({placed.defence, Placement{placed.start, room, placed.holders}});
      }
    }
  });
  if (!found) return {};
  for (const Step& step : move) {
    if (!candidates_.Allows(step.defence, *step.to) || !fit_.Fits(timetable, move, step.defence, *step.to)) {
      return {};
    }
  }
  return move;
}

Move Moves::EjectFor(const Timetable& timetable, DefenceId defence, const Placement& to, bool may_lose,
                     Random& random) const {
  const std::optional<Placement>& from = timetable.PlacementOf(defence);
  if (from == to) return {};
  Defences blockers;
  if (!fit_.FindBlockers(timetable, {}, defence, to, kEjectedMax, random, &blockers)) return {};
  Move move{{defence, to}};
  // Out first, so that they do not stand in each other's way when put back.
  for (const DefenceId blocker : blockers) move.push_back({blocker, std::nullopt});
  // One may stay out for one that was.
  int may_stay_out = may_lose ? static_cast<int>(blockers.size()) : from ? 0 : 1;
  for (const DefenceId blocker : blockers) {
    if (!PutBack(timetable, blocker, from, random, &move) && --may_stay_out < 0) return {};
  }
  return move;
}

namespace {

// Whoever holds a role in one of the defences holds it in the other, where they may: only the others move.
void ExchangeSeats(const Defence& one, const Holders& of_one, const Defence& two, const Holders& of_two,
                   Holders* mine, Holders* theirs) {
  for (std::size_t i = 0; i < one.open_seats.size(); ++i) {
    for (std::size_t j = 0; j < two.open_seats.size(); ++j) {
      if (!one.open_seats[i].role_id || one.open_seats[i].role_id != two.open_seats[j].role_id) continue;
      Give(one.open_seats[i], i, HolderOf(two, of_two, j), mine);
      Give(two.open_seats[j], j, HolderOf(one, of_one, i), theirs);
      break;
    }
  }
}

}  // namespace

// Somebody on a day on which one of those who attend comes anyway, now and then anybody.
DefenceId Moves::SwapPartner(const Timetable& timetable, DefenceId defence, Random& random) const {
  if (random.Below(4) != 0) {
    const std::optional<DayId> day = companions_.DrawDay(timetable, defence, random);
    const auto room = static_cast<RoomId>(random.Below(problem_.rooms().size()));
    if (day && !timetable.RoomDay(room, *day).empty())
      return Pick(timetable.RoomDay(room, *day), random).defence;
  }
  return Pick(absl::MakeConstSpan(movable_), random);
}

Move Moves::Swap(const Timetable& timetable, DefenceId defence, bool may_lose, Random& random) const {
  const std::optional<Placement>& from = timetable.PlacementOf(defence);
  const DefenceId other = SwapPartner(timetable, defence, random);
  const std::optional<Placement>& to = timetable.PlacementOf(other);
  if (!from || !to || other == defence || from == to) return {};
  if (!candidates_.Allows(defence, *to) || !candidates_.Allows(other, *from)) return {};
  Placement mine{to->start, to->room};
  Placement theirs{from->start, from->room};
  Move move{{defence, std::nullopt}, {other, std::nullopt}};
  if (!composer_.Fill(timetable, move, defence, &mine, random)) return {};
  move[0].to = mine;
  if (!composer_.Fill(timetable, move, other, &theirs, random)) return {};
  if (problem_.RoleCount() > 0 && random.Below(2) == 0) {
    ExchangeSeats(problem_.defence(defence), from->holders, problem_.defence(other), to->holders,
                  &mine.holders, &theirs.holders);
    move[0].to = mine;
  }
  move[1].to = theirs;
  if (!fit_.GoTogether(defence, mine, other, theirs)) return {};
  Defences blockers;
  Defences others;
  if (!fit_.FindBlockers(timetable, move, defence, mine, kEjectedMax, random, &blockers)) return {};
  for (const DefenceId blocker : blockers) move.push_back({blocker, std::nullopt});
  if (!fit_.FindBlockers(timetable, move, other, theirs, kEjectedMax - blockers.size(), random, &others)) {
    return {};
  }
  for (const DefenceId blocker : others) move.push_back({blocker, std::nullopt});
  blockers.insert(blockers.end(), others.begin(), others.end());
  for (const DefenceId blocker : blockers) {
    if (!PutBack(timetable, blocker, std::nullopt, random, &move) && !may_lose) return {};
  }
  return move;
}

bool Moves::PutBack(const Timetable& timetable, DefenceId defence, const std::optional<Placement>& freed,
                    Random& random, Move* move) const {
  const auto take = [&](const Placement& at) {
    Placement place{at.start, at.room};
    if (!composer_.Fill(timetable, *move, defence, &place, random, Composer::Who::kFree)) return false;
    if (!fit_.Fits(timetable, *move, defence, place)) return false;
    for (Step& step : *move) {
      if (step.defence == defence) step.to = place;
    }
    return true;
  };
  if (freed && candidates_.Allows(defence, *freed) && take(*freed)) return true;
  for (int tried = 0; tried < kDaysTried; ++tried) {
    const std::optional<Placement> to = FreePlace(timetable, *move, defence, kStaysWhenPutBack, random);
    if (to && take(*to)) return true;
  }
  return false;
}

}  // namespace soutenance::scheduling::solver
