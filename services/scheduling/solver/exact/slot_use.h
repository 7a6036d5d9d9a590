#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_SLOT_USE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_SLOT_USE_H_

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace soutenance::scheduling::solver {

// A timetable seen from far: how many defences of each topic are in each slot, u[e,s]. With U[s] for the sum
// over all topics, and n[day] for the rooms in use, it costs, twice,
//
//   turn * sum |U[s] - U[s+1]| + change * sum |u[e,s] - u[e,s+1]| + topic * sum over blocks max u[e,s]
//     + room_day * sum n[day] + what the times of the defences cost at least
//
// where s and s+1 are in one block. No timetable costs less: in each room the same sums, with 0 or 1 for u
// and U, are at least as large together as these differences of sums over the rooms. And what is cheap mostly
// has a timetable that costs no more: rooms keep their topic as long as they can, and those that cannot go
// over to what begins. All that is not seen is a topic that leaves a room and comes back to it in the same
// block.
struct SlotUse {
  static constexpr int kSlotsMax = 48;
  static constexpr int kOfTopicMax = 64;
  // What a time costs where none is allowed; no sum of them overflows.
  static constexpr int64_t kNever = int64_t{1} << 40;

  using Counts = std::array<int8_t, kSlotsMax>;
  using Prices = std::array<int64_t, kSlotsMax>;

  struct Block {
    int day;
    int first_slot;
    int slots;
  };
  struct Topic {
    std::vector<int> defences;
    std::vector<std::array<int64_t, kSlotsMax>> costs;  // twice, by defence of the topic, and slot
  };

  std::vector<Block> blocks;  // in order of time
  int slots = 0;
  int days = 0;
  std::vector<int> day_of;                 // by slot
  std::vector<std::pair<int, int>> apart;  // slots that no room may have both: the sum is n[day] at most
  int rooms = 0;
  int64_t room_days_max = 0;
  int64_t turn = 0;
  int64_t change = 0;
  int64_t topic = 0;
  int64_t room_day = 0;
  std::vector<Topic> topics;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_SLOT_USE_H_
