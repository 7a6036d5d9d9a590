#include <algorithm>

#include "absl/algorithm/container.h"
#include "services/scheduling/solver/explain/placing_model.h"

// Questions and answers.
namespace soutenance::scheduling::solver {

std::vector<Literal> PlacingModel::Assumed(const std::vector<bool>& wanted, const std::vector<bool>& held,
                                           const Concessions& concessions) const {
  std::vector<Literal> assumed;
  for (std::size_t i = 0; i < held.size(); ++i) {
    if (held[i]) assumed.push_back(of_fact_[i]);
  }
  for (std::size_t i = 0; i < no_extra_room_.size(); ++i) {
    const bool is_there = absl::c_linear_search(concessions.extra_rooms, static_cast<DayId>(i));
    if (!is_there) assumed.push_back(no_extra_room_[i]);
  }
  for (std::size_t i = 0; i < on_extra_day_.size(); ++i) {
    const bool may = concessions.extra_day &&
                     (!concessions.extra_day_only_for || Index(*concessions.extra_day_only_for) == i);
    if (!may) assumed.push_back(-on_extra_day_[i]);
  }
  const auto frees_something = [&](PersonId person) {
    if (!concessions.only_these) {
      return concessions.people_max > 0 && !absl::c_linear_search(concessions.not_these, person);
    }
    return absl::c_any_of(*concessions.only_these,
                          [person](const FreedTime& freed) { return freed.person == person; });
  };
  for (const auto& [person, literal] : frees_) {
    if (!frees_something(person)) assumed.push_back(-literal);
  }
  if (concessions.only_these) {
    for (const auto& [unit, literal] : units_) {
      const auto& [person, from, to] = unit;
      if (!frees_something(person)) continue;
      const FreedTime freed{person, {from, to}};
      const bool is_covered = absl::c_any_of(*concessions.only_these, [&](const FreedTime& one) {
        return one.person == freed.person && one.time.Contains(freed.time);
      });
      if (!is_covered) assumed.push_back(-literal);
    }
  } else if (static_cast<std::size_t>(concessions.people_max) < more_people_than_.size()) {
    assumed.push_back(-more_people_than_[static_cast<std::size_t>(concessions.people_max)]);
  }
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i]) assumed.push_back(wanted_[i]);
  }
  return assumed;
}

Answer PlacingModel::Solve(const std::vector<bool>& wanted, const std::vector<bool>& held,
                           const Concessions& concessions, int64_t conflicts,
                           const std::function<bool()>& should_stop) {
  return sat_.Solve(Assumed(wanted, held, concessions), conflicts, should_stop);
}

std::vector<int> PlacingModel::Core(const std::vector<bool>& held) const {
  std::vector<int> core;
  for (std::size_t i = 0; i < held.size(); ++i) {
    if (held[i] && sat_.IsInCore(of_fact_[i])) core.push_back(static_cast<int>(i));
  }
  return core;
}

PlacingModel::Answered PlacingModel::Read(const std::vector<bool>& wanted, const std::vector<bool>& held,
                                          const Concessions& concessions) const {
  Answered answered;
  answered.placements.resize(wanted.size());
  std::vector<std::size_t> class_of(wanted.size(), classes_.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!wanted[i]) continue;
    const auto id = static_cast<DefenceId>(i);
    for (const Start& start : starts_[i]) {
      if (!sat_.IsTrue(start.literal)) continue;
      answered.placed.emplace_back(id, start.at);
      if (Index(start.at.day) == static_cast<std::size_t>(problem_.DayCount())) {
        answered.on_extra_day.push_back(id);
      } else {
        for (const int fact : facts_.OfStart(id, start.at)) {
          const NamedFact& named = facts_.list()[static_cast<std::size_t>(fact)];
          if (!held[static_cast<std::size_t>(fact)] || named.rule != RuleId::kAvailability) continue;
          answered.freed.push_back({*named.person, problem_.TimeOf(id, start.at.start)});
        }
      }
      for (std::size_t room = 0; room < start.in_room.size(); ++room) {
        if (start.in_room[room] == 0 || !sat_.IsTrue(start.in_room[room])) continue;
        answered.placements[i] = Placement{start.at.start, static_cast<RoomId>(problem_.RoomCount())};
        class_of[i] = room;
        break;
      }
      break;
    }
  }
  answered.is_whole =
      counts_rooms_ ? ShareRooms(answered, held, concessions) : ShareClasses(answered, class_of);
  return answered;
}

bool PlacingModel::ShareClasses(Answered& answered, const std::vector<std::size_t>& class_of) const {
  std::vector<std::pair<DefenceId, GridStart>> order = answered.placed;
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return std::pair(a.second.start, a.first) < std::pair(b.second.start, b.first);
  });
  std::vector<Minute> free_from(problem_.rooms().size(), 0);
  Minute date = -1;
  for (const auto& [id, at] : order) {
    const std::size_t alike = class_of[Index(id)];
    if (alike >= classes_.size()) continue;  // in the extra room
    const Interval time = problem_.TimeOf(id, at.start);
    if (date != time.from / kMinutesPerDay) {
      date = time.from / kMinutesPerDay;
      std::fill(free_from.begin(), free_from.end(), 0);  // no buffer over midnight
    }
    const auto free =
        absl::c_find_if(classes_[alike], [&](RoomId r) { return free_from[Index(r)] <= time.from; });
    if (free == classes_[alike].end()) return false;
    free_from[Index(*free)] = time.to + problem_.buffer_minutes();
    answered.placements[Index(id)]->room = *free;
  }
  return true;
}

// Each takes the first room that is free by then: enough, because it was counted that there is one.
bool PlacingModel::ShareRooms(Answered& answered, const std::vector<bool>& held,
                              const Concessions& concessions) const {
  std::vector<std::pair<DefenceId, GridStart>> order = answered.placed;
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return std::pair(a.second.start, a.first) < std::pair(b.second.start, b.first);
  });
  const auto rooms = static_cast<std::size_t>(problem_.RoomCount());
  std::vector<Minute> free_from(rooms + 1, 0);
  Minute date = -1;
  for (const auto& [id, at] : order) {
    const Interval time = problem_.TimeOf(id, at.start);
    if (date != time.from / kMinutesPerDay) {
      date = time.from / kMinutesPerDay;
      std::fill(free_from.begin(), free_from.end(), 0);  // no buffer over midnight
    }
    const bool is_extra_day = Index(at.day) == static_cast<std::size_t>(problem_.DayCount());
    bool found = false;
    for (std::size_t room = 0; room <= rooms && !found; ++room) {
      if (free_from[room] > time.from) continue;
      if (room == rooms) {
        if (!absl::c_linear_search(concessions.extra_rooms, at.day)) continue;
      } else if (!is_extra_day) {
        const int closed = facts_.OfRoomDay(static_cast<RoomId>(room), at.day);
        if (closed >= 0 && held[static_cast<std::size_t>(closed)] &&
            !AnyContains(problem_.rooms()[room].open, time)) {
          continue;
        }
      }
      free_from[room] = time.to + problem_.buffer_minutes();
      answered.placements[Index(id)] = Placement{at.start, static_cast<RoomId>(room)};
      found = true;
    }
    if (!found) return false;
  }
  return true;
}

}  // namespace soutenance::scheduling::solver
