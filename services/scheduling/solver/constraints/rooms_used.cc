#include "services/scheduling/solver/constraints/every_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: rooms. The number of rooms that have at least one defence on some day.
//
// Match: one a room.
class RoomsUsed final : public Constraint {
 public:
  int64_t Penalty(const Timetable& timetable) const override {
    int64_t used = 0;
    ForEachUsed(timetable, [&](RoomId) { ++used; });
    return used;
  }

  int64_t Delta(const Change& change) const override {
    int64_t delta = 0;
    const auto& days = change.room_days();
    for (std::size_t i = 0; i < days.size(); ++i) {
      const RoomId room = days[i].id;
      bool is_first = true;
      for (std::size_t j = 0; j < i; ++j) is_first = is_first && days[j].id != room;
      if (!is_first) continue;
      delta += static_cast<int64_t>(IsUsedAfter(change, room)) -
               static_cast<int64_t>(IsUsed(change.timetable(), room));
    }
    return delta;
  }

  void Matches(const Timetable& timetable, MatchSink report) const override {
    ForEachUsed(timetable, [&](RoomId room) {
      report({.penalty = 1, .defences = {}, .persons = {}, .rooms = {room}, .time = {}});
    });
  }

 private:
  static bool IsUsed(const Timetable& timetable, RoomId room) {
    bool used = false;
    ForEachId<DayId>(timetable.problem().DayCount(),
                     [&](DayId day) { used = used || !timetable.RoomDay(room, day).empty(); });
    return used;
  }

  static bool IsUsedAfter(const Change& change, RoomId room) {
    bool used = false;
    ForEachId<DayId>(change.problem().DayCount(), [&](DayId day) {
      if (used) return;
      for (const auto& touched : change.room_days()) {
        if (touched.id != room || touched.day != day) continue;
        used = !touched.after.empty();
        return;
      }
      used = !change.timetable().RoomDay(room, day).empty();
    });
    return used;
  }

  template <typename Visit>
  static void ForEachUsed(const Timetable& timetable, Visit visit) {
    ForEachId<RoomId>(timetable.problem().RoomCount(), [&](RoomId room) {
      if (IsUsed(timetable, room)) visit(room);
    });
  }
};

}  // namespace

std::unique_ptr<Constraint> MakeRoomsUsed() { return std::make_unique<RoomsUsed>(); }

}  // namespace soutenance::scheduling::solver
