#include <iterator>
#include <set>

#include "absl/algorithm/container.h"
#include "services/scheduling/solver/explain/placing_model.h"

// What rooms forbid.
namespace soutenance::scheduling::solver {

// Rooms that are alike in all that facts are about. Those that somebody can name alone stand alone: a room
// that is closed at times, one that is pinned or published.
void PlacingModel::ClassifyRooms() {
  using Kind = std::tuple<SiteId, int32_t, std::vector<std::string>, int>;
  std::set<RoomId> named;
  const bool minds_pins = problem_.rule(RuleId::kPinned).IsHard();
  const bool minds_reference = problem_.rule(RuleId::kStability).IsHard();
  for (const Defence& defence : problem_.defences()) {
    if (minds_pins && defence.pin.room) named.insert(*defence.pin.room);
    if (minds_reference && defence.reference && defence.reference->room)
      named.insert(*defence.reference->room);
  }
  const bool all_alone = problem_.rule(RuleId::kConsecutiveRoom).IsHard();
  std::map<Kind, std::size_t> known;
  ForEachId<RoomId>(problem_.RoomCount(), [&](RoomId id) {
    const Room& room = problem_.room(id);
    bool is_alone = all_alone || named.count(id) > 0;
    ForEachId<DayId>(problem_.DayCount(),
                     [&](DayId day) { is_alone = is_alone || facts_.OfRoomDay(id, day) >= 0; });
    const Kind kind{room.site, room.capacity, room.equipment, is_alone ? static_cast<int>(id) : -1};
    const auto [found, is_new] = known.try_emplace(kind, classes_.size());
    if (is_new) classes_.emplace_back();
    classes_[found->second].push_back(id);
    class_of_.push_back(found->second);
  });
}

// Whether any two starts of a day are so far apart that what begins at one has ended before the other, and
// all take the same time.
bool PlacingModel::IsAligned() const {
  if (problem_.DefenceCount() == 0) return true;
  const int32_t duration = problem_.defences().front().duration_minutes;
  if (absl::c_any_of(problem_.defences(), [&](const Defence& d) { return d.duration_minutes != duration; })) {
    return false;
  }
  const GridStart* before = nullptr;
  for (const GridStart& at : facts_.starts()) {
    if (!Fits(at, duration)) continue;
    if (before != nullptr && before->day == at.day &&
        at.start < before->start + duration + problem_.buffer_minutes()) {
      return false;
    }
    before = &at;
  }
  return true;
}

void PlacingModel::AddRoomsOf(DefenceId id, Start& start) {
  std::vector<Literal> some = {-start.literal};
  for (const std::vector<RoomId>& alike : classes_) {
    const RoomId room = alike.front();
    std::vector<int> facts = facts_.OfRoom(id, room);
    // On the extra day every room is open.
    if (Index(start.at.day) != static_cast<std::size_t>(problem_.DayCount())) {
      absl::c_copy(facts_.OfBoth(id, start.at, room), std::back_inserter(facts));
    }
    start.in_room.push_back(IsImpossible(facts) ? 0 : sat_.NewVariable(false));
    const Literal in = start.in_room.back();
    if (in == 0) continue;
    some.push_back(in);
    for (const int fact : facts) sat_.Add({-in, -of_fact_[static_cast<std::size_t>(fact)]});
  }
  start.in_room.push_back(MayBeExtra(id) ? sat_.NewVariable(false) : 0);
  if (start.in_room.back() != 0) {
    some.push_back(start.in_room.back());
    AddExtraRoomOf(id, start);
  }
  sat_.Add(some);
}

// The extra room is there if it is conceded, or on a day on which it does not hold that there are no more
// rooms than these. It is none that a pin or a publication asks for.
void PlacingModel::AddExtraRoomOf(DefenceId id, const Start& start) {
  const Literal extra = start.in_room.back();
  const bool is_extra_day = Index(start.at.day) == static_cast<std::size_t>(problem_.DayCount());
  std::vector<Literal> absent = {-extra, -no_extra_room_[Index(start.at.day)]};
  if (!is_extra_day) absent.push_back(-of_fact_[static_cast<std::size_t>(facts_.OfRooms(start.at.day))]);
  sat_.Add(absent);
  const int pin = facts_.OfDefence(RuleId::kPinned, id, PinAspect::kRoom);
  if (pin >= 0) sat_.Add({-extra, -of_fact_[static_cast<std::size_t>(pin)]});
  const int stability = facts_.OfDefence(RuleId::kStability, id);
  if (stability < 0) return;
  const Defence& defence = problem_.defence(id);
  const bool moves = defence.reference->start != start.at.start;
  if (moves || absl::c_any_of(defence.attendees, [](const Attendee& a) { return !a.remote; })) {
    sat_.Add({-extra, -of_fact_[static_cast<std::size_t>(stability)]});
  }
}

// A closed room is one that is in use; so is the extra one, unless it is there.
void PlacingModel::AddCountedRooms() {
  ForEachId<DayId>(problem_.DayCount() + 1, [&](DayId day) {
    const bool is_extra = Index(day) == static_cast<std::size_t>(problem_.DayCount());
    const Literal held = is_extra ? 0 : of_fact_[static_cast<std::size_t>(facts_.OfRooms(day))];
    for (const Minute point : PointsOf(day)) {
      if (IsStopped()) return;
      std::vector<Literal> inputs = {no_extra_room_[Index(day)]};
      ForEachId<RoomId>(problem_.RoomCount(), [&](RoomId room) {
        const int closed = is_extra ? -1 : facts_.OfRoomDay(room, day);
        if (closed < 0 || problem_.DefenceCount() == 0) return;
        const Interval time{point, point + problem_.defences().front().duration_minutes};
        if (!AnyContains(problem_.room(room).open, time)) {
          inputs.push_back(of_fact_[static_cast<std::size_t>(closed)]);
        }
      });
      ForEachId<DefenceId>(problem_.DefenceCount(), [&](DefenceId id) {
        const Literal covers = Covers(id, point, problem_.buffer_minutes(), -1);
        if (covers != 0) inputs.push_back(covers);
      });
      sat_.AddAtMost(inputs, problem_.RoomCount() + 1, held);
    }
  });
}

void PlacingModel::AddEachRoom() {
  ForEachId<DayId>(problem_.DayCount() + 1, [&](DayId day) {
    const bool is_extra = Index(day) == static_cast<std::size_t>(problem_.DayCount());
    const Literal held = is_extra ? 0 : of_fact_[static_cast<std::size_t>(facts_.OfRooms(day))];
    for (const Minute point : PointsOf(day)) {
      if (IsStopped()) return;
      // Follows from the others, but quicker seen.
      if (classes_.size() > 1 && !scope_.only_these_free) {
        std::vector<Literal> all = {no_extra_room_[Index(day)]};
        ForEachId<DefenceId>(problem_.DefenceCount(), [&](DefenceId id) {
          const Literal covers = Covers(id, point, problem_.buffer_minutes(), -1);
          if (covers != 0) all.push_back(covers);
        });
        sat_.AddAtMost(all, problem_.RoomCount() + 1, held);
      }
      for (std::size_t room = 0; room <= classes_.size(); ++room) {
        std::vector<Literal> inputs;
        ForEachId<DefenceId>(problem_.DefenceCount(), [&](DefenceId id) {
          const Literal covers = Covers(id, point, problem_.buffer_minutes(), static_cast<int>(room));
          if (covers != 0) inputs.push_back(covers);
        });
        sat_.AddAtMost(inputs, room < classes_.size() ? static_cast<int>(classes_[room].size()) : 1, held);
      }
    }
  });
}

}  // namespace soutenance::scheduling::solver
