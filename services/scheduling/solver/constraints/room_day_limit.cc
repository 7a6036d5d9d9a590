#include <algorithm>

#include "services/scheduling/solver/constraints/every_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: days of a room too many. The number of rooms and days with at least one defence, beyond the
// parameter.
//
// Match: one for the campaign; amount: how many; limit: the parameter.
class RoomDayLimit final : public Constraint {
 public:
  explicit RoomDayLimit(int64_t most) : most_(most) {}

  int64_t Penalty(const Timetable& timetable) const override { return Excess(timetable.RoomDayCount()); }

  int64_t Delta(const Change& change) const override {
    return Excess(change.room_day_count_after()) - Excess(change.room_day_count_before());
  }

  void Matches(const Timetable& timetable, MatchSink report) const override {
    const int64_t excess = Penalty(timetable);
    if (excess == 0) return;
    report({.penalty = excess,
            .defences = {},
            .persons = {},
            .rooms = {},
            .time = {},
            .amount = timetable.RoomDayCount(),
            .limit = most_});
  }

 private:
  int64_t Excess(int64_t count) const { return std::max<int64_t>(0, count - most_); }

  int64_t most_;
};

}  // namespace

std::unique_ptr<Constraint> MakeRoomDayLimit(int64_t most) { return std::make_unique<RoomDayLimit>(most); }

}  // namespace soutenance::scheduling::solver
