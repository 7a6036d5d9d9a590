// How a BlockModel is told from far, and how rooms get what is in their slots.

#include <algorithm>
#include <utility>

#include "services/scheduling/solver/exact/blocks.h"

namespace soutenance::scheduling::solver {

std::optional<SlotUse> BlockModel::Use() const {
  const bool is_known = !has_none_ && (weights_.topics == 0 || weights_.free_topics == 0) &&
                        2 * weights_.gaps >= weights_.changes && slots_.size() <= SlotUse::kSlotsMax;
  if (!is_known) return std::nullopt;
  SlotUse use;
  for (const Block& block : blocks_) {
    if (block.slots > block_max_) return std::nullopt;
    use.blocks.push_back({block.day, block.first_slot, block.slots});
    use.day_of.insert(use.day_of.end(), static_cast<std::size_t>(block.slots), block.day);
  }
  for (const Break& pause : breaks_) {
    const int before = blocks_[static_cast<std::size_t>(pause.before)].first_slot + pause.last;
    const int after = blocks_[static_cast<std::size_t>(pause.after)].first_slot;
    for (int i = 0; i < pause.first; ++i) use.apart.emplace_back(before, after + i);
  }
  use.slots = static_cast<int>(slots_.size());
  use.days = days_;
  use.rooms = rooms_;
  use.room_days_max = room_days_max_;
  // A change is the end of one topic and the beginning of another; either counts in gaps where it is none.
  use.turn = 2 * weights_.gaps - weights_.changes;
  use.change = weights_.changes;
  use.topic = 2 * weights_.topics;
  use.room_day = 2 * weights_.room_days;
  use.topics.resize(static_cast<std::size_t>(topics_));
  std::vector<std::size_t> number_of;
  for (int d = 0; d < defences_; ++d) {
    SlotUse::Topic& topic = use.topics[static_cast<std::size_t>(topic_of_[static_cast<std::size_t>(d)])];
    number_of.push_back(topic.defences.size());
    topic.defences.push_back(d);
    topic.costs.emplace_back().fill(SlotUse::kNever);
    if (topic.defences.size() > SlotUse::kOfTopicMax) return std::nullopt;
  }
  for (const Option& option : options_) {
    const auto d = static_cast<std::size_t>(option.defence);
    use.topics[static_cast<std::size_t>(topic_of_[d])]
        .costs[number_of[d]][static_cast<std::size_t>(option.slot)] = 2 * option.cost;
  }
  return use;
}

BlockModel::Made BlockModel::TimetableOf(const std::vector<std::vector<int>>& slots) const {
  std::vector<int> slot_of;
  std::vector<std::size_t> seen(static_cast<std::size_t>(topics_), 0);
  std::vector<std::vector<int>> counts(static_cast<std::size_t>(topics_), std::vector<int>(slots_.size(), 0));
  for (const int of : topic_of_) {
    const auto topic = static_cast<std::size_t>(of);
    const int slot = slots[topic][seen[topic]++];
    slot_of.push_back(slot);
    ++counts[topic][static_cast<std::size_t>(slot)];
  }
  int64_t cost = 0;
  for (const Option& option : options_) {
    if (slot_of[static_cast<std::size_t>(option.defence)] == option.slot) cost += option.cost;
  }
  Arrangement arrangement;
  for (const Block& block : blocks_) {
    arrangement.push_back(Arrange(block, counts));
    for (const Pattern& pattern : arrangement.back()) cost += pattern.cost;
  }
  for (const std::size_t rooms : RoomsInUse(arrangement)) {
    cost += weights_.room_days * static_cast<int64_t>(rooms);
  }
  return {Place(std::move(arrangement), slot_of), cost};
}

// Rooms keep their topic as long as they can. Of those that cannot, as many as there is something for go over
// to another, one they had before if there is one.
std::vector<BlockModel::Pattern> BlockModel::Arrange(const Block& block,
                                                     const std::vector<std::vector<int>>& counts) const {
  const auto slots = static_cast<std::size_t>(block.slots);
  std::vector<std::vector<int8_t>> rooms;
  const auto had = [&](const std::vector<int8_t>& room, int8_t topic, std::size_t s) {
    return std::find(room.begin(), room.begin() + static_cast<std::ptrdiff_t>(s), topic) !=
           room.begin() + static_cast<std::ptrdiff_t>(s);
  };
  for (std::size_t s = 0; s < slots; ++s) {
    std::vector<int> left;
    for (const std::vector<int>& of_topic : counts) {
      left.push_back(of_topic[static_cast<std::size_t>(block.first_slot) + s]);
    }
    for (std::vector<int8_t>& room : rooms) {
      const int8_t before = s == 0 ? int8_t{-1} : room[s - 1];
      if (before < 0 || left[static_cast<std::size_t>(before)] == 0) continue;
      room[s] = before;
      --left[static_cast<std::size_t>(before)];
    }
    for (int8_t topic = 0; topic < static_cast<int8_t>(left.size()); ++topic) {
      for (int n = left[static_cast<std::size_t>(topic)]; n > 0; --n) {
        std::vector<int8_t>* best = nullptr;
        int best_rank = 0;
        for (std::vector<int8_t>& room : rooms) {
          if (room[s] >= 0) continue;
          const int rank =
              1 + 2 * static_cast<int>(s > 0 && room[s - 1] >= 0) + static_cast<int>(had(room, topic, s));
          if (rank > best_rank) {
            best = &room;
            best_rank = rank;
          }
        }
        if (best == nullptr) best = &rooms.emplace_back(slots, int8_t{-1});
        (*best)[s] = topic;
      }
    }
  }
  std::vector<Pattern> patterns;
  for (std::vector<int8_t>& room : rooms) patterns.push_back(PatternOf(std::move(room)));
  return patterns;
}

// By day: as many as some block has, or more where what ends late and what begins early must be apart.
std::vector<std::size_t> BlockModel::RoomsInUse(const Arrangement& arrangement) const {
  std::vector<std::size_t> in_use(static_cast<std::size_t>(days_), 0);
  for (std::size_t b = 0; b < blocks_.size(); ++b) {
    std::size_t& of_day = in_use[static_cast<std::size_t>(blocks_[b].day)];
    of_day = std::max(of_day, arrangement[b].size());
  }
  for (const Break& pause : breaks_) {
    const std::vector<Pattern>& before = arrangement[static_cast<std::size_t>(pause.before)];
    const std::vector<Pattern>& after = arrangement[static_cast<std::size_t>(pause.after)];
    const auto late = std::count_if(before.begin(), before.end(),
                                    [&](const Pattern& pattern) { return pattern.last >= pause.last; });
    const auto early = std::count_if(after.begin(), after.end(),
                                     [&](const Pattern& pattern) { return pattern.first < pause.first; });
    const int day = blocks_[static_cast<std::size_t>(pause.before)].day;
    std::size_t& of_day = in_use[static_cast<std::size_t>(day)];
    of_day = std::max(of_day, static_cast<std::size_t>(late + early));
  }
  return in_use;
}

// The room of each pattern: patterns of a day that are in one room are far enough apart, if they can be. Of
// the rooms in use that day, the one that is free latest gets what begins latest, and so on; nothing at all
// begins latest.
std::vector<std::vector<int>> BlockModel::RoomOfPatterns(Arrangement* arrangement) const {
  const std::vector<std::size_t> in_use = RoomsInUse(*arrangement);
  std::vector<std::vector<int>> rooms(blocks_.size());
  // Of the rooms in use: minus the slot in which each ended, its number.
  std::vector<std::pair<int, int>> order;
  int day = -1;
  for (std::size_t b = 0; b < blocks_.size(); ++b) {
    const Block& block = blocks_[b];
    if (block.day != day) {
      day = block.day;
      order.clear();
      for (std::size_t room = 0; room < in_use[static_cast<std::size_t>(day)]; ++room) {
        order.emplace_back(1, static_cast<int>(room));
      }
    }
    std::vector<Pattern>& here = (*arrangement)[b];
    std::stable_sort(here.begin(), here.end(),
                     [](const Pattern& a, const Pattern& c) { return a.first > c.first; });
    const std::size_t idle = order.size() - here.size();
    for (std::size_t i = 0; i < here.size(); ++i) {
      auto& [end, room] = order[idle + i];
      rooms[b].push_back(room);
      end = -(block.first_slot + here[i].last);
    }
    std::sort(order.begin(), order.end());
  }
  return rooms;
}

Placements BlockModel::Place(Arrangement arrangement, const std::vector<int>& slot_of) const {
  // Who is in each slot, by topic.
  std::vector<std::vector<int>> waiting(static_cast<std::size_t>(topics_) * slots_.size());
  for (int d = 0; d < defences_; ++d) {
    const auto i = static_cast<std::size_t>(d);
    if (slot_of[i] < 0) continue;
    waiting[static_cast<std::size_t>(SlotRow(topic_of_[i], slot_of[i]) - defences_)].push_back(d);
  }
  const std::vector<std::vector<int>> rooms = RoomOfPatterns(&arrangement);
  Placements placements(static_cast<std::size_t>(defences_));
  for (std::size_t b = 0; b < blocks_.size(); ++b) {
    for (std::size_t i = 0; i < arrangement[b].size(); ++i) {
      const Pattern& pattern = arrangement[b][i];
      for (int s = 0; s < blocks_[b].slots; ++s) {
        const int topic = pattern.topics[static_cast<std::size_t>(s)];
        if (topic < 0) continue;
        const int slot = blocks_[b].first_slot + s;
        std::vector<int>& queue = waiting[static_cast<std::size_t>(SlotRow(topic, slot) - defences_)];
        if (queue.empty()) continue;
        placements[static_cast<std::size_t>(queue.back())] =
            Placement{slots_[static_cast<std::size_t>(slot)].start, static_cast<RoomId>(rooms[b][i])};
        queue.pop_back();
      }
    }
  }
  return placements;
}

}  // namespace soutenance::scheduling::solver
