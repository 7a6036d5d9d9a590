#include <algorithm>

#include "absl/container/inlined_vector.h"
#include "services/scheduling/solver/constraints/every_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: rooms too many. For each topic and day, the number of rooms that have a defence of it on that day,
// beyond the parameter.
//
// Match: one a topic and day, with the first of its defences in each of these rooms, and the rooms; amount:
// how many rooms; limit: the parameter.
class TopicRooms final : public Constraint {
 public:
  explicit TopicRooms(int64_t free_rooms) : free_rooms_(free_rooms) {}

  int64_t Penalty(const Timetable& timetable) const override {
    int64_t penalty = 0;
    ForEachId<DayId>(timetable.problem().DayCount(), [&](DayId day) {
      penalty += OfDay(timetable.problem(), [&](RoomId room) { return timetable.RoomDay(room, day); });
    });
    return penalty;
  }

  int64_t Delta(const Change& change) const override {
    int64_t delta = 0;
    const auto& touched = change.room_days();
    for (std::size_t i = 0; i < touched.size(); ++i) {
      const DayId day = touched[i].day;
      bool is_first = true;
      for (std::size_t j = 0; j < i; ++j) is_first = is_first && touched[j].day != day;
      if (!is_first) continue;
      const auto before = [&](RoomId room) { return change.timetable().RoomDay(room, day); };
      delta -= OfDay(change.problem(), before);
      delta += OfDay(change.problem(), [&](RoomId room) {
        for (const auto& other : touched) {
          if (other.id == room && other.day == day) return other.after;
        }
        return before(room);
      });
    }
    return delta;
  }

  void Matches(const Timetable& timetable, MatchSink report) const override {
    const Problem& problem = timetable.problem();
    ForEachId<DayId>(problem.DayCount(), [&](DayId day) {
      ForEachId<TopicId>(problem.TopicCount(), [&](TopicId topic) {
        Match match{.penalty = 0, .defences = {}, .persons = {}, .rooms = {}, .time = {}};
        ForEachId<RoomId>(problem.RoomCount(), [&](RoomId room) {
          for (const Placed& placed : timetable.RoomDay(room, day)) {
            if (problem.defence(placed.defence).topic != topic) continue;
            if (match.defences.empty()) match.time = placed.time();
            match.defences.push_back(placed.defence);
            match.rooms.push_back(room);
            break;
          }
        });
        match.amount = static_cast<int64_t>(match.rooms.size());
        match.limit = free_rooms_;
        match.penalty = match.amount - free_rooms_;
        if (match.penalty > 0) report(match);
      });
    });
  }

 private:
  template <typename RoomDay>
  int64_t OfDay(const Problem& problem, RoomDay room_day) const {
    absl::InlinedVector<int64_t, 8> rooms(static_cast<std::size_t>(problem.TopicCount()), 0);
    absl::InlinedVector<int, 8> last(static_cast<std::size_t>(problem.TopicCount()), -1);
    for (int i = 0; i < problem.RoomCount(); ++i) {
      for (const Placed& placed : room_day(static_cast<RoomId>(i))) {
        const std::optional<TopicId>& topic = problem.defence(placed.defence).topic;
        if (!topic || last[Index(*topic)] == i) continue;
        last[Index(*topic)] = i;
        ++rooms[Index(*topic)];
      }
    }
    int64_t too_many = 0;
    for (const int64_t count : rooms) too_many += std::max<int64_t>(0, count - free_rooms_);
    return too_many;
  }

  int64_t free_rooms_;
};

}  // namespace

std::unique_ptr<Constraint> MakeTopicRooms(int64_t free_rooms) {
  return std::make_unique<TopicRooms>(free_rooms);
}

}  // namespace soutenance::scheduling::solver
