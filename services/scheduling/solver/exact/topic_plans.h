#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_TOPIC_PLANS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_TOPIC_PLANS_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "services/scheduling/solver/exact/slot_use.h"

namespace soutenance::scheduling::solver {

// The ways to place the defences of one topic, as far as a SlotUse tells them apart: how many are in each
// slot.
class TopicPlans {
 public:
  struct Plan {
    SlotUse::Counts counts;  // by slot; 0 behind the last
    int64_t cost;            // of the topic alone, twice
    int64_t priced;          // with the prices of the slots
  };
  struct Query {
    const SlotUse::Prices* prices;         // added for each defence in the slot
    const std::vector<int>* rooms_by_day;  // no slot has more
    int64_t most;                          // what plans cost with prices, at most
    std::size_t count;                     // of plans: the cheapest if there are more
    const std::atomic<bool>* stop;
  };

  // For plans that cost no more than `most` without prices. Refers to `use`.
  TopicPlans(const SlotUse& use, int topic, int64_t most);

  // False if there are too many plans to look at.
  bool IsFeasible() const { return is_feasible_; }
  // Cheapest first, with prices. What was found until a stop is not all.
  std::vector<Plan> List(const Query& query) const;
  // Some of them: the cheapest of all, if there is any, and what is found on the way to it.
  std::vector<Plan> Cheapest(const Query& query) const;
  // No plan costs less, with prices; quick. Very large if there is none.
  int64_t Least(const Query& query) const;
  // Which slot each defence of the topic is in; empty if they do not fit.
  std::vector<int> SlotsOf(const SlotUse::Counts& counts) const;

 private:
  // How many there are in each slot of a block.
  struct Profile {
    std::array<int8_t, 12> counts;
    int sum;
    int most;
    int lost;      // of them, so many cannot be at a time that costs nothing
    int64_t cost;  // without that
  };
  struct Matching;
  class Lister;

  void Extend(int block, int64_t most, Profile* profile, int slot);
  int64_t CostOf(const Profile& profile, int slots) const;
  bool Augment(int slot, Matching* matching) const;
  int64_t TimesCost(const SlotUse::Counts& counts, int unmatched) const;
  int64_t Assign(const SlotUse::Counts& counts, std::vector<int>* slots) const;

  const SlotUse& use_;
  const SlotUse::Topic& topic_;
  int size_;
  bool is_feasible_ = true;
  int64_t steps_ = 0;              // taken to list profiles
  bool is_uniform_ = true;         // a time costs either nothing or lost_cost_, in addition to base_
  int64_t base_ = 0;               // what the defences cost at their best times
  int64_t lost_cost_ = 0;          // what a time that costs something costs at least
  std::vector<uint64_t> free_at_;  // by slot: the defences that it costs nothing
  std::vector<std::vector<Profile>> profiles_;  // by block
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_TOPIC_PLANS_H_
