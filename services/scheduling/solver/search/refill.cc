#include "services/scheduling/solver/search/refill.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace soutenance::scheduling::solver {
namespace {

constexpr std::size_t kTakenOutMax = 40;
constexpr std::size_t kPoolMax = 60;
constexpr int kTried = 5;       // defences for one time
constexpr int kMissesMax = 12;  // times at which none of them fits, one after the other

}  // namespace

struct Refill::Plan {
  DayId day;
  Interval time;
  Move move;                    // what is taken out, and where what is in
  std::vector<DefenceId> pool;  // without a place so far
};

Move Refill::Draw(const Timetable& timetable, absl::Span<const DefenceId> unplaced, DefenceId wanted,
                  Random& random) const {
  const int count = candidates_.StartCount(wanted);
  if (count == 0) return {};
  const Candidates::Start start =
      candidates_.StartAt(wanted, static_cast<int>(random.Below(static_cast<std::size_t>(count))));
  Plan plan{.day = *problem_.DayOf(start.start), .time = {}, .move = {}, .pool = {wanted}};
  const Minute midnight = start.start - start.start % kMinutesPerDay;
  plan.time = {midnight, midnight + kMinutesPerDay};
  const std::size_t part = random.Below(4);
  if (part == 0) plan.time.from = start.start;
  if (part == 1) plan.time.to = start.start + problem_.defence(wanted).duration_minutes;
  std::vector<RoomId> rooms{start.rooms[random.Below(start.rooms.size())]};
  if (random.Below(3) == 0) {
    ForEachId<RoomId>(problem_.RoomCount(), [&](RoomId room) {
      if (room != rooms.front() && !timetable.RoomDay(room, plan.day).empty()) rooms.push_back(room);
    });
  }
  for (const RoomId room : rooms) TakeOut(timetable, room, &plan);
  if (plan.move.size() > kTakenOutMax) return {};
  const std::size_t first = random.Below(unplaced.size());
  for (std::size_t i = 0; i < unplaced.size() && plan.pool.size() < kPoolMax; ++i) {
    const DefenceId id = unplaced[(first + i) % unplaced.size()];
    const bool alike = rooms.size() > 1 || problem_.defence(id).topic == problem_.defence(wanted).topic;
    if (id != wanted && alike && candidates_.StartCount(id) > 0) plan.pool.push_back(id);
  }
  // Every other time the shortest first: more of them go into the time.
  if (random.Below(2) == 0) {
    std::stable_sort(plan.pool.begin(), plan.pool.end(), [&](DefenceId a, DefenceId b) {
      return problem_.defence(a).duration_minutes < problem_.defence(b).duration_minutes;
    });
  }
  for (const RoomId room : rooms) Fill(timetable, room, random, &plan);
  const bool places_any =
      std::any_of(plan.move.begin(), plan.move.end(), [](const Step& step) { return step.to.has_value(); });
  return places_any ? std::move(plan.move) : Move();
}

void Refill::TakeOut(const Timetable& timetable, RoomId room, Plan* plan) const {
  for (const Placed& placed : timetable.RoomDay(room, plan->day)) {
    if (placed.start < plan->time.from || placed.end > plan->time.to) continue;
    plan->move.push_back({placed.defence, std::nullopt});
    plan->pool.push_back(placed.defence);
  }
}

void Refill::Fill(const Timetable& timetable, RoomId room, Random& random, Plan* plan) const {
  const bool has_one_topic = problem_.rule(RuleId::kRoomTopics).IsHard();
  std::optional<TopicId> topic;  // of the room, once it has one
  Minute from = plan->time.from;
  for (int misses = 0; misses < kMissesMax && !plan->pool.empty();) {
    // Of some, the one that can begin first.
    std::size_t chosen = 0;
    std::optional<Minute> begin;
    const std::size_t first = misses == 0 ? 0 : random.Below(plan->pool.size());
    int tried = 0;
    for (std::size_t i = 0; i < plan->pool.size() && tried < kTried; ++i) {
      const std::size_t at = (first + i) % plan->pool.size();
      const DefenceId id = plan->pool[at];
      if (topic && problem_.defence(id).topic != topic) continue;
      ++tried;
      const std::optional<int> found = candidates_.FirstFrom(id, from);
      if (!found) continue;
      const Candidates::Start start = candidates_.StartAt(id, *found);
      if (start.start + problem_.defence(id).duration_minutes > plan->time.to ||
          (begin && start.start >= *begin) ||
          !std::binary_search(start.rooms.begin(), start.rooms.end(), room)) {
        continue;
      }
      begin = start.start;
      chosen = at;
    }
    if (!begin) return;
    const DefenceId id = plan->pool[chosen];
    if (!Place(timetable, id, {*begin, room}, random, &plan->move)) {
      ++misses;
      // Another one may fit at that time; then on.
      if (misses % 3 == 0) from = *begin + problem_.grid_minutes();
      continue;
    }
    misses = 0;
    if (has_one_topic && !topic) topic = problem_.defence(id).topic;
    from = *begin + problem_.defence(id).duration_minutes + problem_.buffer_minutes();
    plan->pool.erase(plan->pool.begin() + static_cast<std::ptrdiff_t>(chosen));
  }
}

bool Refill::Place(const Timetable& timetable, DefenceId defence, Placement at, Random& random,
                   Move* move) const {
  if (!composer_.Fill(timetable, *move, defence, &at, random, Composer::Who::kFree)) return false;
  if (!fit_.Fits(timetable, *move, defence, at)) return false;
  for (Step& step : *move) {
    if (step.defence != defence) continue;
    step.to = std::move(at);
    return true;
  }
  move->push_back({defence, std::move(at)});
  return true;
}

}  // namespace soutenance::scheduling::solver
