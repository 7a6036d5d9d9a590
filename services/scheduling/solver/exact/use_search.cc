#include "services/scheduling/solver/exact/use_search.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

#include "absl/time/clock.h"
#include "services/scheduling/solver/exact/mip.h"

namespace soutenance::scheduling::solver {
namespace {

constexpr std::size_t kSplitsMax = 300;
constexpr std::size_t kAddedAtOnce = 20;
constexpr std::size_t kPoolMax = 200'000;  // plans of a topic
constexpr int kRoundsMax = 300;
constexpr int64_t kTooMuch = std::numeric_limits<int64_t>::max() / 4;

}  // namespace

int64_t RoomsCost(const SlotUse& use, const std::vector<int>& rooms_by_day, const SlotUse::Prices& prices,
                  const SlotUse::Counts& least, int64_t turn) {
  int64_t sum = 0;
  std::vector<int64_t> before;  // by how many there are in the last slot
  std::vector<int64_t> here;
  for (std::size_t b = 0; b < use.blocks.size(); ++b) {
    const SlotUse::Block& block = use.blocks[b];
    const int rooms = rooms_by_day[static_cast<std::size_t>(block.day)];
    const bool follows = b > 0 && use.blocks[b - 1].day == block.day;
    if (!follows) {
      if (b > 0) sum += *std::min_element(before.begin(), before.end());
      before.assign(static_cast<std::size_t>(rooms) + 1, 0);
    }
    const bool is_apart =
        follows && std::find(use.apart.begin(), use.apart.end(),
                             std::make_pair(block.first_slot - 1, block.first_slot)) != use.apart.end();
    for (int s = block.first_slot; s < block.first_slot + block.slots; ++s) {
      here.assign(static_cast<std::size_t>(rooms) + 1, kTooMuch);
      for (int n = least[static_cast<std::size_t>(s)]; n <= rooms; ++n) {
        int64_t cheapest = kTooMuch;
        for (int m = 0; m <= rooms; ++m) {
          if (s == block.first_slot && is_apart && m + n > rooms) break;
          const int64_t turns = s == block.first_slot ? 0 : std::abs(m - n);
          cheapest = std::min(cheapest, before[static_cast<std::size_t>(m)] + turn * turns);
        }
        if (cheapest < kTooMuch)
          here[static_cast<std::size_t>(n)] = cheapest - n * prices[static_cast<std::size_t>(s)];
      }
      before.swap(here);
    }
  }
  if (!before.empty()) sum += *std::min_element(before.begin(), before.end());
  if (sum >= kTooMuch / 2) return kTooMuch;
  return sum + use.room_day * std::accumulate(rooms_by_day.begin(), rooms_by_day.end(), int64_t{0});
}

UseSearch::UseSearch(const SlotUse& use, Hooks hooks) : use_(use), hooks_(std::move(hooks)) {
  for (std::size_t topic = 0; topic < use.topics.size(); ++topic) {
    defences_ += static_cast<int>(use.topics[topic].defences.size());
    by_size_.push_back(topic);
  }
  std::stable_sort(by_size_.begin(), by_size_.end(), [&use](std::size_t a, std::size_t b) {
    return use.topics[a].defences.size() < use.topics[b].defences.size();
  });
}

bool UseSearch::IsOver() const { return hooks_.stop->load() || absl::Now() >= hooks_.end; }

bool UseSearch::ListSplits() {
  std::vector<int> rooms_by_day;
  AddSplits(&rooms_by_day, use_.room_days_max);
  return splits_.size() <= kSplitsMax;
}

void UseSearch::AddSplits(std::vector<int>* rooms_by_day, int64_t left) {
  if (splits_.size() > kSplitsMax) return;
  if (rooms_by_day->size() == static_cast<std::size_t>(use_.days)) {
    SlotUse::Prices ones{};
    ones.fill(1);
    const int64_t rooms = std::accumulate(rooms_by_day->begin(), rooms_by_day->end(), int64_t{0});
    const int64_t most = use_.room_day * rooms - RoomsCost(use_, *rooms_by_day, ones, {}, 0);
    if (most >= defences_) splits_.push_back({*rooms_by_day, {}, 0, 0, {}, {}});
    return;
  }
  for (int rooms = 0; rooms <= std::min<int64_t>(use_.rooms, left); ++rooms) {
    rooms_by_day->push_back(rooms);
    AddSplits(rooms_by_day, left - rooms);
    rooms_by_day->pop_back();
  }
}

// Columns for the linear program until none is missing, or the bound says that nothing is cheap enough.
bool UseSearch::Price(Split* split) {
  split->columns.resize(plans_.size());
  split->least = std::numeric_limits<int64_t>::min();
  for (const SlotUse::Prices& prices : {split->prices, SlotUse::Prices{}}) {
    if (!TryPrices(prices, split)) return false;
    if (split->least >= limit_) return true;
  }
  for (int round = 0; round < kRoundsMax; ++round) {
    const std::optional<SlotUse::Prices> prices = PricesOf(*split);
    if (!prices || !TryPrices(*prices, split)) return false;
    if (split->least >= limit_ || !is_new_) return true;
  }
  return true;
}

// Those of the linear program; absent if there was no time for it.
std::optional<SlotUse::Prices> UseSearch::PricesOf(const Split& split) const {
  Mip mip;
  const auto slots = static_cast<std::size_t>(use_.slots);
  std::vector<std::vector<Mip::Term>> rows(slots);
  std::vector<std::vector<Mip::Term>> others;
  const auto rooms_at = [&](int slot) {
    return split.rooms_by_day[static_cast<std::size_t>(use_.day_of[static_cast<std::size_t>(slot)])];
  };
  std::vector<int> used;
  for (int s = 0; s < use_.slots; ++s) {
    used.push_back(mip.AddShare(0, rooms_at(s)));
    const int over = mip.AddShare(-2 * (use_.turn + use_.change), defences_);
    rows[static_cast<std::size_t>(s)] = {{used.back(), -1}, {over, -1}};
  }
  for (const auto& of_topic : split.columns) {
    std::vector<Mip::Term> one;
    for (const TopicPlans::Plan& plan : of_topic) {
      const int column = mip.AddShare(-plan.cost, 2);
      one.push_back({column, 1});
      for (std::size_t s = 0; s < slots; ++s) {
        if (plan.counts[s] > 0) rows[s].push_back({column, plan.counts[s]});
      }
    }
    others.push_back(std::move(one));
  }
  for (auto& row : rows) mip.AddRow(std::move(row), 0, 0);
  for (auto& row : others) mip.AddRow(std::move(row), 1, 1);
  for (const SlotUse::Block& block : use_.blocks) {
    for (int s = block.first_slot; s + 1 < block.first_slot + block.slots; ++s) {
      const int up = mip.AddShare(-use_.turn, rooms_at(s));
      const int down = mip.AddShare(-use_.turn, rooms_at(s));
      mip.AddRow({{used[static_cast<std::size_t>(s)], 1},
                  {used[static_cast<std::size_t>(s) + 1], -1},
                  {up, 1},
                  {down, -1}},
                 0, 0);
    }
  }
  for (const auto& [a, b] : use_.apart) {
    mip.AddAtMost({{used[static_cast<std::size_t>(a)], 1}, {used[static_cast<std::size_t>(b)], 1}},
                  rooms_at(a));
  }
  const std::optional<Mip::Relaxed> relaxed = mip.Relax(hooks_.end - absl::Now(), hooks_.stop);
  if (!relaxed) return std::nullopt;
  SlotUse::Prices prices{};
  for (std::size_t s = 0; s < slots; ++s) prices[s] = -std::llround(relaxed->prices[s]);
  return prices;
}

// The bound at these prices, and columns that they favour. Once it is at the limit no more is looked for.
bool UseSearch::TryPrices(const SlotUse::Prices& prices, Split* split) {
  TopicPlans::Query query{&prices, &split->rooms_by_day, kTooMuch / 2, kAddedAtOnce, hooks_.stop};
  const int64_t rest = RoomsCost(use_, split->rooms_by_day, prices, {}, use_.turn);
  std::vector<int64_t> cheapest;
  for (const TopicPlans& plans : plans_) cheapest.push_back(std::min(plans.Least(query), kTooMuch / 64));
  int64_t least = std::accumulate(cheapest.begin(), cheapest.end(), rest);
  is_new_ = false;
  for (const std::size_t topic : by_size_) {
    if (least >= limit_) break;
    int64_t known = kTooMuch / 2;
    for (const TopicPlans::Plan& plan : split->columns[topic]) {
      int64_t priced = plan.cost;
      for (std::size_t s = 0; s < prices.size(); ++s) priced += plan.counts[s] * prices[s];
      known = std::min(known, priced);
    }
    query.most = std::min(known, cheapest[topic] + limit_ - least);
    const std::vector<TopicPlans::Plan> plans = plans_[topic].Cheapest(query);
    if (IsOver()) return false;
    const int64_t found = plans.empty() ? query.most : plans.front().priced;
    least += found - cheapest[topic];
    cheapest[topic] = found;
    for (const TopicPlans::Plan& plan : plans) {
      if (plan.priced >= known) continue;
      split->columns[topic].push_back(plan);
      is_new_ = true;
    }
  }
  if (least > split->least) {
    split->least = least;
    split->rest = rest;
    split->prices = prices;
    split->cheapest = cheapest;
  }
  return true;
}

// Goes through what fits together of plans listed by topic, one topic after the other.
class UseSearch::Combiner {
 public:
  Combiner(const UseSearch& search, const Split& split, std::vector<std::vector<TopicPlans::Plan>> pools,
           int64_t limit)
      : search_(search), use_(search.use_), split_(split), pools_(std::move(pools)), limit_(limit) {
    order_.resize(pools_.size());
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::sort(order_.begin(), order_.end(),
              [&](std::size_t a, std::size_t b) { return pools_[a].size() < pools_[b].size(); });
    chosen_.resize(pools_.size());
    rest_of_.assign(pools_.size() + 1, 0);
    for (std::size_t i = order_.size(); i-- > 0;) rest_of_[i] = rest_of_[i + 1] + split.cheapest[order_[i]];
  }

  // Returns false if it was stopped.
  bool Run() {
    Go(0, {}, 0, split_.rest);
    return !is_stopped_;
  }
  int64_t limit() const { return limit_; }  // below it nothing is left
  const std::vector<SlotUse::Counts>& best() const { return best_; }

 private:
  // `priced` is what the plans so far cost with prices, `rooms` what the rooms' side costs at least.
  void Go(std::size_t depth, const SlotUse::Counts& sum, int64_t priced, int64_t rooms) {
    if (depth == order_.size()) {
      limit_ = priced + rooms;
      best_ = chosen_;
      return;
    }
    const std::size_t topic = order_[depth];
    for (const TopicPlans::Plan& plan : pools_[topic]) {
      if (priced + plan.priced + rest_of_[depth + 1] + rooms >= limit_) break;
      if ((++steps_ & 4095) == 0 && search_.IsOver()) is_stopped_ = true;
      if (is_stopped_) return;
      SlotUse::Counts next;
      for (std::size_t s = 0; s < next.size(); ++s) next[s] = static_cast<int8_t>(sum[s] + plan.counts[s]);
      if (!Fits(next)) continue;
      const int64_t least = depth + 1 == order_.size()
                                ? Exactly(next)
                                : RoomsCost(use_, split_.rooms_by_day, split_.prices, next, use_.turn);
      if (priced + plan.priced + rest_of_[depth + 1] + least >= limit_) continue;
      chosen_[topic] = plan.counts;
      Go(depth + 1, next, priced + plan.priced, least);
    }
  }

  bool Fits(const SlotUse::Counts& sum) const {
    for (std::size_t s = 0; s < static_cast<std::size_t>(use_.slots); ++s) {
      if (sum[s] > split_.rooms_by_day[static_cast<std::size_t>(use_.day_of[s])]) return false;
    }
    return std::all_of(use_.apart.begin(), use_.apart.end(), [&](const std::pair<int, int>& pair) {
      const auto a = static_cast<std::size_t>(pair.first);
      return sum[a] + sum[static_cast<std::size_t>(pair.second)] <=
             split_.rooms_by_day[static_cast<std::size_t>(use_.day_of[a])];
    });
  }

  // What the rooms' side costs with this use.
  int64_t Exactly(const SlotUse::Counts& sum) const {
    int64_t cost =
        use_.room_day * std::accumulate(split_.rooms_by_day.begin(), split_.rooms_by_day.end(), int64_t{0});
    for (const SlotUse::Block& block : use_.blocks) {
      for (int s = block.first_slot; s < block.first_slot + block.slots; ++s) {
        const auto at = static_cast<std::size_t>(s);
        cost -= sum[at] * split_.prices[at];
        if (s > block.first_slot) cost += use_.turn * std::abs(sum[at] - sum[at - 1]);
      }
    }
    return cost;
  }

  const UseSearch& search_;
  const SlotUse& use_;
  const Split& split_;
  const std::vector<std::vector<TopicPlans::Plan>> pools_;
  int64_t limit_;
  bool is_stopped_ = false;
  uint32_t steps_ = 0;
  std::vector<std::size_t> order_;
  std::vector<int64_t> rest_of_;
  std::vector<SlotUse::Counts> chosen_;
  std::vector<SlotUse::Counts> best_;
};

// Finds the cheapest of what costs less than `limit`. Returns false if that was too much.
bool UseSearch::Below(int64_t limit, bool* is_found) {
  for (const Split& split : splits_) {
    if (split.least >= limit) continue;
    std::vector<std::vector<TopicPlans::Plan>> pools;
    for (std::size_t topic = 0; topic < plans_.size(); ++topic) {
      pools.push_back(
          plans_[topic].List({&split.prices, &split.rooms_by_day,
                              split.cheapest[topic] + limit - 1 - split.least, kPoolMax, hooks_.stop}));
      if (IsOver() || pools.back().size() >= kPoolMax) return false;
    }
    Combiner combiner(*this, split, std::move(pools), limit);
    if (!combiner.Run()) return false;
    if (combiner.limit() >= limit) continue;
    limit = combiner.limit();
    *is_found = true;
    best_ = limit;
    found_ = combiner.best();
  }
  return true;
}

// What the plans of each topic cost at least. Returns false if that is too much to find.
bool UseSearch::FindCheapest() {
  const std::vector<int> rooms(static_cast<std::size_t>(use_.days), use_.rooms);
  const SlotUse::Prices none{};
  for (int topic = 0; topic < static_cast<int>(use_.topics.size()); ++topic) {
    for (int64_t most = use_.turn + use_.change;; most *= 2) {
      const TopicPlans plans(use_, topic, most);
      if (!plans.IsFeasible() || IsOver() || most > SlotUse::kNever) return false;
      const auto best = plans.Cheapest({&none, &rooms, most, 1, hooks_.stop});
      if (IsOver()) return false;
      if (best.empty()) continue;
      cheapest_.push_back(best.front().cost);
      break;
    }
  }
  least_ = std::accumulate(cheapest_.begin(), cheapest_.end(), int64_t{0});
  return true;
}

// Those of each topic that may be part of something that costs less than the limit.
bool UseSearch::ListPlans() {
  const int64_t sum = std::accumulate(cheapest_.begin(), cheapest_.end(), int64_t{0});
  plans_.clear();
  for (std::size_t topic = 0; topic < use_.topics.size(); ++topic) {
    plans_.emplace_back(use_, static_cast<int>(topic), limit_ - 1 - sum + cheapest_[topic]);
    if (!plans_.back().IsFeasible() || IsOver()) return false;
  }
  return true;
}

bool UseSearch::SearchBelowLimit(bool* is_found) {
  if (!ListPlans()) return false;
  int64_t least = limit_;
  for (Split& split : splits_) {
    if (!Price(&split)) return false;
    least = std::min(least, split.least);
  }
  int64_t step = std::max<int64_t>(1, (use_.turn + use_.change) / 8);
  while (least < limit_ && !*is_found) {
    hooks_.on_bound(least);
    const int64_t limit = std::min(limit_, least + step);
    if (!Below(limit, is_found)) return false;
    least = limit;
    step += step / 4 + 1;
  }
  return true;
}

bool UseSearch::Run() {
  best_ = hooks_.known();
  if (!ListSplits() || !FindCheapest()) return false;
  int64_t step = use_.turn + use_.change;
  while (least_ < best_) {
    hooks_.on_bound(least_);
    limit_ = std::min(best_, least_ + step);
    bool is_found = false;
    if (!SearchBelowLimit(&is_found)) return false;
    best_ = std::min(best_, hooks_.known());
    least_ = is_found ? best_ : limit_;
  }
  hooks_.on_bound(least_);
  return true;
}

std::vector<std::vector<int>> UseSearch::SlotsOf(const std::vector<SlotUse::Counts>& counts) const {
  std::vector<std::vector<int>> slots;
  for (std::size_t topic = 0; topic < plans_.size(); ++topic) {
    slots.push_back(plans_[topic].SlotsOf(counts[topic]));
  }
  return slots;
}

}  // namespace soutenance::scheduling::solver
