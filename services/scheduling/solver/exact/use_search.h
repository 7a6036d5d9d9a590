#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_USE_SEARCH_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_USE_SEARCH_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "absl/time/time.h"
#include "services/scheduling/solver/exact/slot_use.h"
#include "services/scheduling/solver/exact/topic_plans.h"

namespace soutenance::scheduling::solver {

// Looks for the cheapest SlotUse. Topics share nothing but the rooms, so
//
//   limit after limit, until something cheaper is found or known: else the limit is a bound
//     for each way to share the rooms in use among the days
//       a linear program chooses a plan for each topic. The cheapest plans at its prices of slots are a
//       bound (Lagrange's, in whole numbers: no rounding)
//       if that is below the limit: in small steps up to it, every plan that may be part of something
//       cheaper than the step is listed, and what fits together is found by going through all
class UseSearch {
 public:
  struct Hooks {
    const std::atomic<bool>* stop;
    absl::Time end;
    // All costs here are twice those of SlotUse's owner, as there.
    std::function<int64_t()> known;               // only what is cheaper is of use; it may fall
    std::function<void(int64_t bound)> on_bound;  // nothing is cheaper
  };

  UseSearch(const SlotUse& use, Hooks hooks);

  // Returns whether nothing is cheaper than what was found or known.
  bool Run();
  // What was found, by topic; empty if nothing is cheaper than what is known.
  const std::vector<SlotUse::Counts>& best() const { return found_; }
  // Which slot each defence is in, by topic and defence of the topic.
  std::vector<std::vector<int>> SlotsOf(const std::vector<SlotUse::Counts>& counts) const;

 private:
  struct Split {
    std::vector<int> rooms_by_day;
    SlotUse::Prices prices{};
    int64_t least = 0;                                   // what it costs at least
    int64_t rest = 0;                                    // the share of the rooms' side in that
    std::vector<int64_t> cheapest;                       // by topic, with prices
    std::vector<std::vector<TopicPlans::Plan>> columns;  // by topic: those in the linear program
  };
  class Combiner;

  bool IsOver() const;
  bool FindCheapest();
  bool ListPlans();
  bool SearchBelowLimit(bool* is_found);
  bool ListSplits();
  void AddSplits(std::vector<int>* rooms_by_day, int64_t left);
  bool Price(Split* split);
  std::optional<SlotUse::Prices> PricesOf(const Split& split) const;
  bool TryPrices(const SlotUse::Prices& prices, Split* split);
  bool Below(int64_t limit, bool* is_found);

  const SlotUse& use_;
  const Hooks hooks_;
  std::vector<TopicPlans> plans_;  // by topic
  bool is_new_ = false;            // whether the last linear program has got new columns
  std::vector<Split> splits_;
  std::vector<std::size_t> by_size_;  // topics: what is quick comes first
  int defences_ = 0;
  std::vector<int64_t> cheapest_;  // by topic: what its plans cost at least
  int64_t least_ = 0;              // what all of it costs at least
  int64_t best_ = 0;               // what is known or found
  std::vector<SlotUse::Counts> found_;
  int64_t limit_ = 0;  // only what costs less is looked for at present
};

// The least that the rooms' side of a SlotUse costs, where each defence in a slot earns its price: over all U
// with `least` <= U. Absent (a large number) if there is no such U.
int64_t RoomsCost(const SlotUse& use, const std::vector<int>& rooms_by_day, const SlotUse::Prices& prices,
                  const SlotUse::Counts& least, int64_t turn);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_USE_SEARCH_H_
