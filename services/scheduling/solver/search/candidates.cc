#include "services/scheduling/solver/search/candidates.h"

#include <algorithm>
#include <utility>

#include "services/scheduling/solver/search/compose.h"

namespace soutenance::scheduling::solver {
namespace {

// Rules that the loops below keep by themselves when they are hard, and those that no single placement
// breaks.
bool IsKnownHere(RuleId rule) {
  switch (rule) {
    case RuleId::kStability:
    case RuleId::kIfNeeded:
      return false;
    // kNotice: Select.
    default:
      return true;
  }
}

bool AsksMore(const RuleSet& rules) {
  return std::any_of(rules.entries().begin(), rules.entries().end(), [](const RuleSet::Entry& entry) {
    return entry.rule.IsHard() && !IsKnownHere(entry.rule.id);
  });
}

bool Suits(const Problem& problem, const Defence& defence, RoomId id) {
  const Room& room = problem.room(id);
  if (problem.rule(RuleId::kPinned).IsHard() && defence.pin.room && *defence.pin.room != id) return false;
  if (problem.rule(RuleId::kRoomCapacity).IsHard() && room.capacity < defence.capacity) return false;
  return !problem.rule(RuleId::kRoomEquipment).IsHard() ||
         std::includes(room.equipment.begin(), room.equipment.end(), defence.equipment.begin(),
                       defence.equipment.end());
}

// What is blocked for somebody who attends.
std::vector<Interval> Blocked(const Problem& problem, const Defence& defence) {
  std::vector<Interval> blocked;
  for (const Attendee& attendee : defence.attendees) {
    const std::vector<Interval>& own = problem.person(attendee.person).blocked;
    blocked.insert(blocked.end(), own.begin(), own.end());
  }
  return Normalised(std::move(blocked));
}

// Whether the rule notice lets `defence` begin at `start`, if it is hard.
bool IsInTime(const Problem& problem, const Defence& defence, Minute start) {
  const RuleInForce& notice = problem.rule(RuleId::kNotice);
  if (!problem.now() || !notice.IsHard()) return true;
  if (defence.reference && defence.reference->start == start) return true;
  const bool is_over = defence.reference && defence.reference->start < *problem.now();
  return !is_over && start >= *problem.now() + notice.parameter;
}

bool KeepsPin(const Pin& pin, Minute start) {
  return (!pin.day || *pin.day == start / kMinutesPerDay) &&
         (!pin.time || *pin.time == start % kMinutesPerDay);
}

}  // namespace

Candidates::Candidates(const Problem& problem, const RuleSet& rules, absl::FunctionRef<bool()> should_stop)
    : defences_(problem.defences().size()) {
  for (int i = 0; i < problem.DefenceCount() && is_complete_; ++i) {
    Add(problem, rules, static_cast<DefenceId>(i));
    is_complete_ = !should_stop();
  }
}

Candidates::Candidates(const Problem& problem, const RuleSet& rules, DefenceId only)
    : defences_(problem.defences().size()) {
  Add(problem, rules, only);
}

void Candidates::Add(const Problem& problem, const RuleSet& rules, DefenceId id) {
  const Defence& defence = problem.defence(id);
  const bool minds_own = AsksMore(rules);
  const int32_t pinned_room = defence.pin.room ? static_cast<int32_t>(*defence.pin.room) : -1;
  const KindKey key{defence.duration_minutes, defence.capacity, defence.equipment, pinned_room,
                    minds_own ? static_cast<int32_t>(id) : -1};
  const auto [found, is_new] = kind_of_key_.try_emplace(key, static_cast<int32_t>(kinds_.size()));
  if (is_new) {
    kinds_.push_back(MakeKind(problem, id));
    if (minds_own) KeepAllowed(problem, rules, id, &kinds_.back());
  }
  defences_[Index(id)] = Select(problem, id, found->second);
  total_ += defences_[Index(id)].count;
}

Candidates::Start Candidates::StartAt(DefenceId defence, int i) const {
  const OfDefence& own = defences_[Index(defence)];
  const Kind& kind = kinds_[static_cast<std::size_t>(own.kind)];
  const Slot& slot = kind.slots[static_cast<std::size_t>(own.slots[static_cast<std::size_t>(i)])];
  return {slot.start, absl::MakeConstSpan(kind.rooms)
                          .subspan(static_cast<std::size_t>(slot.rooms_begin),
                                   static_cast<std::size_t>(slot.rooms_count))};
}

int Candidates::CountBefore(DefenceId defence, Minute minute) const {
  const absl::Span<const Minute> starts = StartsOf(defence);
  return static_cast<int>(std::lower_bound(starts.begin(), starts.end(), minute) - starts.begin());
}

std::optional<int> Candidates::FindStart(DefenceId defence, Minute start) const {
  const int found = CountBefore(defence, start);
  const absl::Span<const Minute> starts = StartsOf(defence);
  const auto i = static_cast<std::size_t>(found);
  if (i == starts.size() || starts[i] != start) return std::nullopt;
  return found;
}

std::optional<int> Candidates::FirstFrom(DefenceId defence, Minute minute) const {
  const int found = CountBefore(defence, minute);
  if (found == StartCount(defence)) return std::nullopt;
  return found;
}

std::optional<int> Candidates::LastUntil(DefenceId defence, Minute minute) const {
  const int found = CountBefore(defence, minute + 1);
  if (found == 0) return std::nullopt;
  return found - 1;
}

bool Candidates::Allows(DefenceId defence, const Placement& to) const {
  const std::optional<int> found = FindStart(defence, to.start);
  if (!found) return false;
  const absl::Span<const RoomId> rooms = StartAt(defence, *found).rooms;
  return std::binary_search(rooms.begin(), rooms.end(), to.room);
}

Candidates::Kind Candidates::MakeKind(const Problem& problem, DefenceId sample) const {
  const Defence& defence = problem.defence(sample);
  const bool minds_hours = problem.rule(RuleId::kRoomOpening).IsHard();
  std::vector<RoomId> suitable;
  ForEachId<RoomId>(problem.RoomCount(), [&](RoomId id) {
    if (Suits(problem, defence, id)) suitable.push_back(id);
  });
  Kind kind;
  for (const Day& day : problem.days()) {
    for (const Interval& window : day.opening) {
      for (Minute start = window.from; start + defence.duration_minutes <= window.to;
           start += problem.grid_minutes()) {
        const auto begin = static_cast<int32_t>(kind.rooms.size());
        const Interval time = problem.TimeOf(sample, start);
        for (const RoomId id : suitable) {
          if (!minds_hours || AnyContains(problem.room(id).open, time)) kind.rooms.push_back(id);
        }
        const auto end = static_cast<int32_t>(kind.rooms.size());
        if (end > begin) kind.slots.push_back({start, begin, end - begin});
      }
    }
  }
  return kind;
}

Candidates::OfDefence Candidates::Select(const Problem& problem, DefenceId id, int32_t kind_index) const {
  const Defence& defence = problem.defence(id);
  const Kind& kind = kinds_[static_cast<std::size_t>(kind_index)];
  const bool minds_weeks = problem.rule(RuleId::kSchoolWeeks).IsHard() && !defence.allowed.empty();
  const std::vector<Interval> blocked =
      problem.rule(RuleId::kAvailability).IsHard() ? Blocked(problem, defence) : std::vector<Interval>();
  OfDefence own{kind_index, 0, {}, {}};
  // Who holds the open seats is for Fit to judge.
  const bool keeps_mode = !defence.open_seats.empty() || KeepsPinnedMode(defence);
  if (!keeps_mode || !KeepsPinnedJurors(defence)) return own;
  auto next_blocked = blocked.begin();
  for (std::size_t i = 0; i < kind.slots.size(); ++i) {
    const Slot& slot = kind.slots[i];
    const Interval time = problem.TimeOf(id, slot.start);
    while (next_blocked != blocked.end() && next_blocked->to <= time.from) ++next_blocked;
    if (next_blocked != blocked.end() && next_blocked->Overlaps(time)) continue;
    if (!IsInTime(problem, defence, slot.start)) continue;
    if (!KeepsPin(defence.pin, slot.start) || (minds_weeks && !AnyContains(defence.allowed, time))) continue;
    if (!defence.open_seats.empty() && !CanBeHeld(problem, id, time)) continue;
    own.starts.push_back(slot.start);
    own.slots.push_back(static_cast<int32_t>(i));
    own.count += slot.rooms_count;
  }
  own.starts.shrink_to_fit();
  own.slots.shrink_to_fit();
  return own;
}

void Candidates::KeepAllowed(const Problem& problem, const RuleSet& rules, DefenceId defence,
                             Kind* kind) const {
  Kind kept;
  for (const Slot& slot : kind->slots) {
    const auto begin = static_cast<int32_t>(kept.rooms.size());
    for (int32_t i = 0; i < slot.rooms_count; ++i) {
      const RoomId room = kind->rooms[static_cast<std::size_t>(slot.rooms_begin + i)];
      const Placement to{slot.start, room};
      if (!rules.ForbidsStart(problem, defence, slot.start) && !rules.ForbidsRoom(problem, defence, room) &&
          !rules.ForbidsBoth(problem, defence, to))
        kept.rooms.push_back(room);
    }
    const auto end = static_cast<int32_t>(kept.rooms.size());
    if (end > begin) kept.slots.push_back({slot.start, begin, end - begin});
  }
  *kind = std::move(kept);
}

}  // namespace soutenance::scheduling::solver
