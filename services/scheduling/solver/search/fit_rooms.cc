// What Fit asks about rooms: their time, their blocks, their boards and days.

#include <algorithm>
#include <limits>
#include <utility>

#include "services/scheduling/solver/constraints/blocks.h"
#include "services/scheduling/solver/constraints/board_changes.h"
#include "services/scheduling/solver/search/fit_question.h"

namespace soutenance::scheduling::solver {

// Two defences of one room and day: the campaign's buffer, and the break between windows.
bool Fit::TooCloseInRoom(const Interval& a, const Interval& b) const {
  if (TooClose(a, b, problem_.buffer_minutes())) return true;
  if (room_break_ == 0 || !TooClose(a, b, room_break_)) return false;
  const std::vector<Interval>& opening = problem_.day(*problem_.DayOf(a.from)).opening;
  return WindowOf(opening, a.from) != WindowOf(opening, b.from);
}

bool Fit::HasRoom(const Timetable& timetable, const Move& moving, DefenceId defence,
                  const Placement& to) const {
  const Interval time = problem_.TimeOf(defence, to.start);
  const std::optional<TopicId>& topic = problem_.defence(defence).topic;
  for (const Placed& placed : timetable.RoomDay(to.room, *problem_.DayOf(to.start))) {
    if (placed.defence == defence || FindStep(moving, placed.defence) != nullptr) continue;
    if (TooCloseInRoom(time, placed.time())) return false;
    const std::optional<TopicId>& other = problem_.defence(placed.defence).topic;
    if (minds_one_topic_ && topic && other && *topic != *other) return false;
  }
  return true;
}

bool Fit::AskRoom(const Question& question, Defences* blockers) const {
  for (const Placed& placed : question.timetable.RoomDay(question.to.room, question.day)) {
    if (TooCloseInRoom(question.time, {placed.start, placed.end}) &&
        !question.Add(placed.defence, blockers)) {
      return false;
    }
  }
  return true;
}

// Whether those who stay for a block are the same in both.
bool Fit::HaveOneBoard(DefenceId a, const Holders& of_a, DefenceId b, const Holders& of_b) const {
  for (int i = 0; i < problem_.RoleCount(); ++i) {
    const auto role = static_cast<RoleId>(i);
    if (problem_.role(role).change_cost == 0) continue;
    const People one = HoldersOfRole(problem_.defence(a), of_a, role);
    const People two = HoldersOfRole(problem_.defence(b), of_b, role);
    if (!one.empty() && !two.empty() && one != two) return false;
  }
  return true;
}

bool Fit::AskBoard(const Question& question, Defences* blockers) const {
  const std::vector<Interval>& opening = problem_.day(question.day).opening;
  const std::size_t window = WindowOf(opening, question.to.start);
  for (const Placed& placed : question.timetable.RoomDay(question.to.room, question.day)) {
    if (WindowOf(opening, placed.start) == window &&
        !HaveOneBoard(question.defence, question.to.holders, placed.defence, placed.holders) &&
        !question.Add(placed.defence, blockers)) {
      return false;
    }
  }
  return true;
}

// Whether the rules about what a room has on a day are kept by all it will have then. Taking a defence out
// never breaks them: those that help most are in the way.
bool Fit::AskRoomRules(const Question& question, Random* random, Defences* blockers) const {
  std::vector<Placed> day;
  const auto add = [&](DefenceId id, const Placement& at) {
    const Interval time = problem_.TimeOf(id, at.start);
    InsertInOrder(day, {.defence = id,
                        .start = time.from,
                        .end = time.to,
                        .room = at.room,
                        .remote = false,
                        .holders = at.holders});
  };
  for (const Placed& placed : question.timetable.RoomDay(question.to.room, question.day)) {
    if (question.Stays(placed.defence, *blockers)) day.push_back(placed);
  }
  absl::InlinedVector<DefenceId, 16> staying;
  for (const Placed& placed : day) staying.push_back(placed.defence);
  for (const Step& step : question.moving) {
    if (!step.to || step.defence == question.defence || step.to->room != question.to.room) continue;
    if (problem_.DayOf(step.to->start) == question.day) add(step.defence, *step.to);
  }
  add(question.defence, question.to);
  for (const std::unique_ptr<Constraint>& rule : room_rules_) {
    const auto penalty_of = [&](const std::vector<Placed>& placed) {
      return rule->PenaltyOfRoomDay(problem_, question.to.room, question.day, placed);
    };
    int64_t penalty = penalty_of(day);
    while (penalty > 0) {
      if (random == nullptr || staying.empty() || blockers->size() == question.max) return false;
      const std::size_t first = random->Below(staying.size());
      std::size_t chosen = first;
      int64_t least = std::numeric_limits<int64_t>::max();
      for (std::size_t n = 0; n < staying.size(); ++n) {
        const std::size_t i = (first + n) % staying.size();
        std::vector<Placed> without = day;
        Remove(without, staying[i]);
        const int64_t left = penalty_of(without);
        if (left >= least) continue;
        least = left;
        chosen = i;
      }
      Remove(day, staying[chosen]);
      blockers->push_back(staying[chosen]);
      staying.erase(staying.begin() + static_cast<std::ptrdiff_t>(chosen));
      penalty = least;
    }
  }
  return true;
}

bool Fit::AskBlock(const Question& question, Random* random, Defences* blockers) const {
  if (block_max_ == std::numeric_limits<int64_t>::max()) return true;
  const std::vector<Interval>& opening = problem_.day(question.day).opening;
  const std::size_t window = WindowOf(opening, question.to.start);
  Defences staying;
  for (const Placed& placed : question.timetable.RoomDay(question.to.room, question.day)) {
    if (WindowOf(opening, placed.start) == window && question.Stays(placed.defence, *blockers)) {
      staying.push_back(placed.defence);
    }
  }
  int64_t arriving = 1;
  for (const Step& step : question.moving) {
    const bool arrives = step.to && step.defence != question.defence && step.to->room == question.to.room &&
                         problem_.DayOf(step.to->start) == question.day;
    arriving += static_cast<int64_t>(arrives && WindowOf(opening, step.to->start) == window);
  }
  for (int64_t n = static_cast<int64_t>(staying.size()) + arriving - block_max_; n > 0; --n) {
    if (random == nullptr || staying.empty() || blockers->size() == question.max) return false;
    const std::size_t chosen = random->Below(staying.size());
    blockers->push_back(staying[chosen]);
    staying.erase(staying.begin() + static_cast<std::ptrdiff_t>(chosen));
  }
  return true;
}

// The days of rooms that are in use if the answer is yes.
class Fit::RoomUse {
 public:
  RoomUse(const Question& question, const Defences& blockers) : question_(question), blockers_(blockers) {
    const Problem& problem = question.timetable.problem();
    Touch(question.to.room, question.day);
    const auto leave = [&](DefenceId id) {
      const std::optional<Placement>& from = question_.timetable.PlacementOf(id);
      if (from) Touch(from->room, *problem.DayOf(from->start));
    };
    leave(question.defence);
    for (const DefenceId id : blockers) leave(id);
    for (const Step& step : question.moving) {
      leave(step.defence);
      if (step.to) Touch(step.to->room, *problem.DayOf(step.to->start));
    }
  }

  // The defences that stay on that day of that room.
  std::size_t Staying(RoomId room, DayId day) const {
    std::size_t count = 0;
    for (const Placed& placed : question_.timetable.RoomDay(room, day)) {
      count += static_cast<std::size_t>(question_.Stays(placed.defence, blockers_));
    }
    return count;
  }

  bool HasArrivals(RoomId room, DayId day) const {
    const Problem& problem = question_.timetable.problem();
    if (room == question_.to.room && day == question_.day) return true;
    return std::any_of(question_.moving.begin(), question_.moving.end(), [&](const Step& step) {
      return step.to && step.defence != question_.defence && step.to->room == room &&
             problem.DayOf(step.to->start) == day;
    });
  }

  int64_t Count() const {
    int64_t count = question_.timetable.RoomDayCount();
    for (const auto& [room, day] : touched_) {
      const bool after = Staying(room, day) > 0 || HasArrivals(room, day);
      count +=
          static_cast<int64_t>(after) - static_cast<int64_t>(!question_.timetable.RoomDay(room, day).empty());
    }
    return count;
  }

 private:
  void Touch(RoomId room, DayId day) {
    const std::pair<RoomId, DayId> at{room, day};
    if (std::find(touched_.begin(), touched_.end(), at) == touched_.end()) touched_.push_back(at);
  }

  const Question& question_;
  const Defences& blockers_;
  absl::InlinedVector<std::pair<RoomId, DayId>, 16> touched_;
};

bool Fit::AskRoomDays(const Question& question, Random* random, Defences* blockers) const {
  if (room_days_max_ == std::numeric_limits<int64_t>::max()) return true;
  const RoomUse use(question, *blockers);
  // Whatever arrives with the same move is counted: several may open a room together.
  if (use.Staying(question.to.room, question.day) > 0) return true;
  for (int64_t too_many = use.Count() - room_days_max_; too_many > 0; --too_many) {
    if (random == nullptr) return false;
    // The day of a room that is emptied with the fewest defences.
    std::size_t fewest = question.max - blockers->size() + 1;
    std::pair<RoomId, DayId> chosen;
    ForEachId<RoomId>(problem_.RoomCount(), [&](RoomId room) {
      ForEachId<DayId>(problem_.DayCount(), [&](DayId day) {
        const std::size_t staying = use.Staying(room, day);
        if (staying == 0 || staying >= fewest || use.HasArrivals(room, day)) return;
        fewest = staying;
        chosen = {room, day};
      });
    });
    if (fewest > question.max - blockers->size()) return false;
    for (const Placed& placed : question.timetable.RoomDay(chosen.first, chosen.second)) {
      if (question.Stays(placed.defence, *blockers)) blockers->push_back(placed.defence);
    }
  }
  return true;
}

}  // namespace soutenance::scheduling::solver
