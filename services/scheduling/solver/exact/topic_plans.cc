#include "services/scheduling/solver/exact/topic_plans.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace soutenance::scheduling::solver {
namespace {

constexpr std::size_t kProfilesMax = 60'000;  // of one block
constexpr int64_t kStepsMax = 3'000'000;      // to list them
constexpr int64_t kTooMuch = std::numeric_limits<int64_t>::max() / 4;

}  // namespace

// Which defences of the topic have which slot, at no cost.
struct TopicPlans::Matching {
  uint64_t taken = 0;   // defences
  uint64_t closed = 0;  // those whose slots can only go to one another any more
  std::array<int8_t, SlotUse::kOfTopicMax> slot_of;
};

TopicPlans::TopicPlans(const SlotUse& use, int topic, int64_t most)
    : use_(use),
      topic_(use.topics[static_cast<std::size_t>(topic)]),
      size_(static_cast<int>(topic_.defences.size())),
      free_at_(static_cast<std::size_t>(use.slots), 0),
      profiles_(use.blocks.size()) {
  lost_cost_ = SlotUse::kNever;
  for (int d = 0; d < size_; ++d) {
    const auto& costs = topic_.costs[static_cast<std::size_t>(d)];
    const int64_t least = *std::min_element(costs.begin(), costs.begin() + use.slots);
    base_ += least;
    for (int s = 0; s < use.slots; ++s) {
      const int64_t more = costs[static_cast<std::size_t>(s)] - least;
      if (more == 0) free_at_[static_cast<std::size_t>(s)] |= uint64_t{1} << d;
      if (more > 0) lost_cost_ = std::min(lost_cost_, more);
    }
  }
  for (const auto& costs : topic_.costs) {
    const int64_t least = *std::min_element(costs.begin(), costs.begin() + use.slots);
    is_uniform_ = is_uniform_ && std::all_of(costs.begin(), costs.begin() + use.slots, [&](int64_t cost) {
                    return cost == least || cost - least == lost_cost_;
                  });
  }
  for (int b = 0; b < static_cast<int>(use.blocks.size()) && is_feasible_; ++b) {
    Profile profile{{}, 0, 0, 0, 0};
    Extend(b, most - base_, &profile, 0);
  }
}

void TopicPlans::Extend(int block, int64_t most, Profile* profile, int slot) {
  const SlotUse::Block& of = use_.blocks[static_cast<std::size_t>(block)];
  is_feasible_ = is_feasible_ && ++steps_ < kStepsMax;
  if (!is_feasible_ || CostOf(*profile, slot) > most) return;
  if (slot == of.slots) {
    std::vector<Profile>& all = profiles_[static_cast<std::size_t>(block)];
    profile->cost = CostOf(*profile, slot);
    profile->most = *std::max_element(profile->counts.begin(), profile->counts.begin() + of.slots);
    profile->lost = 0;
    Matching matching;
    for (int i = 0; i < of.slots; ++i) {
      for (int n = 0; n < profile->counts[static_cast<std::size_t>(i)]; ++n) {
        profile->lost += static_cast<int>(!Augment(of.first_slot + i, &matching));
      }
    }
    if (profile->cost + profile->lost * lost_cost_ > most) return;
    is_feasible_ = all.size() < kProfilesMax;
    if (is_feasible_) all.push_back(*profile);
    return;
  }
  const int before = profile->sum;
  for (int n = 0; n <= use_.rooms && before + n <= size_; ++n) {
    profile->counts[static_cast<std::size_t>(slot)] = static_cast<int8_t>(n);
    profile->sum = before + n;
    Extend(block, most, profile, slot + 1);
  }
  profile->counts[static_cast<std::size_t>(slot)] = 0;
  profile->sum = before;
}

// Of the first slots.
int64_t TopicPlans::CostOf(const Profile& profile, int slots) const {
  int64_t turns = 0;
  int most = 0;
  for (int i = 0; i < slots; ++i) {
    const int count = profile.counts[static_cast<std::size_t>(i)];
    most = std::max(most, count);
    if (i > 0) turns += std::abs(count - profile.counts[static_cast<std::size_t>(i) - 1]);
  }
  return use_.change * turns + use_.topic * most;
}

// One more in the slot: others may go to other slots that cost them nothing, either.
bool TopicPlans::Augment(int slot, Matching* matching) const {
  struct Stop {
    int slot;
    int defence;  // that would leave this slot
    int from;     // the stop whose slot it would take
  };
  std::array<Stop, SlotUse::kSlotsMax> stops;
  int count = 1;
  stops[0] = {slot, -1, -1};
  uint64_t seen = matching->closed;
  uint64_t slots = uint64_t{1} << slot;
  for (int i = 0; i < count; ++i) {
    uint64_t reached = free_at_[static_cast<std::size_t>(stops[static_cast<std::size_t>(i)].slot)] & ~seen;
    if (const uint64_t idle = reached & ~matching->taken; idle != 0) {
      int defence = __builtin_ctzll(idle);
      matching->taken |= uint64_t{1} << defence;
      for (int at = i; at >= 0; at = stops[static_cast<std::size_t>(at)].from) {
        const Stop& stop = stops[static_cast<std::size_t>(at)];
        matching->slot_of[static_cast<std::size_t>(defence)] = static_cast<int8_t>(stop.slot);
        defence = stop.defence;
      }
      return true;
    }
    seen |= reached;
    for (; reached != 0; reached &= reached - 1) {
      const int defence = __builtin_ctzll(reached);
      const int other = matching->slot_of[static_cast<std::size_t>(defence)];
      if ((slots >> other & 1) != 0) continue;
      slots |= uint64_t{1} << other;
      stops[static_cast<std::size_t>(count++)] = {other, defence, i};
    }
  }
  matching->closed = seen;
  return false;
}

// Goes through the blocks, one profile for each, as far as something cheap enough may come of it.
class TopicPlans::Lister {
 public:
  Lister(const TopicPlans& plans, const Query& query)
      : plans_(plans), use_(plans.use_), query_(query), most_(query.most) {
    FindLeast();
  }

  // No plan costs less; very large if there is none.
  int64_t least() const { return plans_.base_ + rest_[0].back(); }
  bool is_stopped() const { return is_stopped_; }

  std::vector<Plan> Run(int64_t most) {
    most_ = most;
    found_.clear();
    if (!plans_.is_feasible_ || least() > most_) return {};
    ListChoices();
    Plan plan{{}, 0, 0};
    Go(0, plans_.size_, plans_.base_, 0, Matching(), 0, &plan);
    std::sort(found_.begin(), found_.end(), IsCheaper);
    if (found_.size() > query_.count) found_.resize(query_.count);
    return found_;
  }

 private:
  struct Choice {
    const Profile* profile;
    int64_t price;  // of its slots
    int64_t least;  // of all it costs
  };

  static bool IsCheaper(const Plan& a, const Plan& b) {
    return a.priced != b.priced ? a.priced < b.priced : a.counts < b.counts;
  }

  // What the blocks before each, and from each on, cost at least, by sum.
  void FindLeast() {
    const std::size_t blocks = use_.blocks.size();
    const auto sums = static_cast<std::size_t>(plans_.size_) + 1;
    std::vector<std::vector<int64_t>> least(blocks, std::vector<int64_t>(sums, kTooMuch));
    for (std::size_t b = 0; b < blocks; ++b) {
      ForEachChoice(b, [&](const Choice& choice) {
        int64_t& here = least[b][static_cast<std::size_t>(choice.profile->sum)];
        here = std::min(here, choice.least);
      });
    }
    before_.assign(blocks + 1, std::vector<int64_t>(sums, kTooMuch));
    rest_ = before_;
    before_[0][0] = 0;
    rest_[blocks][0] = 0;
    for (std::size_t b = 0; b < blocks; ++b) before_[b + 1] = Together(before_[b], least[b]);
    for (std::size_t b = blocks; b-- > 0;) rest_[b] = Together(rest_[b + 1], least[b]);
  }

  // The profiles of each block that may be part of something cheap enough, by their sum, cheapest first.
  void ListChoices() {
    const auto sums = static_cast<std::size_t>(plans_.size_) + 1;
    choices_.assign(use_.blocks.size(), std::vector<std::vector<Choice>>(sums));
    for (std::size_t b = 0; b < use_.blocks.size(); ++b) {
      const std::vector<int64_t> others = Together(before_[b], rest_[b + 1]);
      ForEachChoice(b, [&](const Choice& choice) {
        const auto sum = static_cast<std::size_t>(choice.profile->sum);
        if (plans_.base_ + choice.least + others[sums - 1 - sum] <= most_) choices_[b][sum].push_back(choice);
      });
      for (std::vector<Choice>& here : choices_[b]) {
        std::stable_sort(here.begin(), here.end(),
                         [](const Choice& a, const Choice& c) { return a.least < c.least; });
      }
    }
  }

  template <typename Visit>
  void ForEachChoice(std::size_t b, Visit visit) const {
    const SlotUse::Block& block = use_.blocks[b];
    const int rooms = (*query_.rooms_by_day)[static_cast<std::size_t>(block.day)];
    for (const Profile& profile : plans_.profiles_[b]) {
      if (profile.most > rooms) continue;
      int64_t price = 0;
      for (int i = 0; i < block.slots; ++i) {
        price += profile.counts[static_cast<std::size_t>(i)] *
                 (*query_.prices)[static_cast<std::size_t>(block.first_slot + i)];
      }
      visit(Choice{&profile, price, price + profile.cost + profile.lost * plans_.lost_cost_});
    }
  }

  // What both cost at least, by the sum of both.
  static std::vector<int64_t> Together(const std::vector<int64_t>& a, const std::vector<int64_t>& b) {
    std::vector<int64_t> both(a.size(), kTooMuch);
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (a[i] >= kTooMuch) continue;
      for (std::size_t j = 0; i + j < a.size(); ++j) {
        if (b[j] < kTooMuch) both[i + j] = std::min(both[i + j], a[i] + b[j]);
      }
    }
    return both;
  }

  // `cost` is without prices and without those `lost`.
  void Go(std::size_t b, int left, int64_t cost, int64_t price, const Matching& matching, int lost,
          Plan* plan) {
    if ((++steps_ & 1023) == 0 && query_.stop->load(std::memory_order_relaxed)) is_stopped_ = true;
    if (is_stopped_) return;
    if (b == use_.blocks.size()) {
      Add(cost, price, lost, plan);
      return;
    }
    const SlotUse::Block& block = use_.blocks[b];
    const int64_t so_far = cost + price + lost * plans_.lost_cost_;
    for (int sum = 0; sum <= left; ++sum) {
      const int64_t rest = rest_[b + 1][static_cast<std::size_t>(left - sum)];
      for (const Choice& choice : choices_[b][static_cast<std::size_t>(sum)]) {
        if (so_far + choice.least + rest > most_) break;
        const Profile& profile = *choice.profile;
        Matching next = matching;
        int lost_here = 0;
        for (int i = 0; i < block.slots; ++i) {
          const int8_t n = profile.counts[static_cast<std::size_t>(i)];
          plan->counts[static_cast<std::size_t>(block.first_slot + i)] = n;
          for (int k = 0; k < n; ++k) {
            lost_here += static_cast<int>(!plans_.Augment(block.first_slot + i, &next));
          }
        }
        const int64_t more = (lost_here - profile.lost) * plans_.lost_cost_;
        if (so_far + choice.least + more + rest > most_) continue;
        Go(b + 1, left - sum, cost + profile.cost, price + choice.price, next, lost + lost_here, plan);
      }
    }
    std::fill_n(plan->counts.begin() + block.first_slot, block.slots, int8_t{0});
  }

  void Add(int64_t cost, int64_t price, int lost, Plan* plan) {
    plan->cost = cost + plans_.TimesCost(plan->counts, lost);
    plan->priced = plan->cost + price;
    if (plan->priced > most_ || plan->cost >= SlotUse::kNever) return;
    found_.push_back(*plan);
    if (query_.count == 1) found_.assign(1, *plan);
    if (found_.size() >= 2 * query_.count) {
      std::nth_element(found_.begin(), found_.begin() + static_cast<std::ptrdiff_t>(query_.count) - 1,
                       found_.end(), IsCheaper);
      found_.resize(query_.count);
    }
    if (found_.size() == query_.count) {
      const Plan& last = *std::max_element(found_.begin(), found_.end(), IsCheaper);
      most_ = std::min(most_, last.priced - 1);
    }
  }

  const TopicPlans& plans_;
  const SlotUse& use_;
  const Query& query_;
  int64_t most_;
  bool is_stopped_ = false;
  uint32_t steps_ = 0;
  std::vector<std::vector<std::vector<Choice>>> choices_;
  std::vector<std::vector<int64_t>> before_;
  std::vector<std::vector<int64_t>> rest_;
  std::vector<Plan> found_;
};

std::vector<TopicPlans::Plan> TopicPlans::List(const Query& query) const {
  return Lister(*this, query).Run(query.most);
}

int64_t TopicPlans::Least(const Query& query) const { return Lister(*this, query).least(); }

std::vector<TopicPlans::Plan> TopicPlans::Cheapest(const Query& query) const {
  Lister lister(*this, query);
  if (!is_feasible_ || lister.least() > query.most) return {};
  // Little by little: much too much is looked at otherwise.
  int64_t step = std::max<int64_t>(1, (use_.change + use_.turn) / 8);
  for (int64_t most = lister.least();; most += step, step *= 2) {
    most = std::min(most, query.most);
    std::vector<Plan> found = lister.Run(most);
    if (!found.empty() || most == query.most || lister.is_stopped()) return found;
  }
}

std::vector<int> TopicPlans::SlotsOf(const SlotUse::Counts& counts) const {
  std::vector<int> slots;
  if (Assign(counts, &slots) >= SlotUse::kNever) slots.clear();
  return slots;
}

int64_t TopicPlans::TimesCost(const SlotUse::Counts& counts, int unmatched) const {
  if (is_uniform_ || unmatched == 0) return unmatched * lost_cost_;
  return Assign(counts, nullptr) - base_;
}

// The cheapest assignment of defences to these slots: shortest paths with prices of both sides.
int64_t TopicPlans::Assign(const SlotUse::Counts& counts, std::vector<int>* slots) const {
  std::vector<int> places;
  for (int s = 0; s < use_.slots; ++s) {
    places.insert(places.end(), static_cast<std::size_t>(counts[static_cast<std::size_t>(s)]), s);
  }
  const std::size_t n = places.size();
  const auto cost = [&](std::size_t d, std::size_t p) {
    return topic_.costs[d - 1][static_cast<std::size_t>(places[p - 1])];
  };
  // From 1: 0 stands for none.
  std::vector<int64_t> of_defence(n + 1, 0);
  std::vector<int64_t> of_place(n + 1, 0);
  std::vector<std::size_t> has(n + 1, 0);
  std::vector<std::size_t> way(n + 1, 0);
  for (std::size_t d = 1; d <= n; ++d) {
    has[0] = d;
    std::size_t at = 0;
    std::vector<int64_t> least(n + 1, kTooMuch);
    std::vector<bool> is_done(n + 1, false);
    do {
      is_done[at] = true;
      int64_t step = kTooMuch;
      std::size_t next = 0;
      for (std::size_t p = 1; p <= n; ++p) {
        if (is_done[p]) continue;
        const int64_t reduced = cost(has[at], p) - of_defence[has[at]] - of_place[p];
        if (reduced < least[p]) {
          least[p] = reduced;
          way[p] = at;
        }
        if (least[p] < step) {
          step = least[p];
          next = p;
        }
      }
      for (std::size_t p = 0; p <= n; ++p) {
        if (is_done[p]) {
          of_defence[has[p]] += step;
          of_place[p] -= step;
        } else {
          least[p] -= step;
        }
      }
      at = next;
    } while (has[at] != 0);
    for (; at != 0; at = way[at]) has[at] = has[way[at]];
  }
  int64_t sum = 0;
  if (slots != nullptr) slots->assign(n, -1);
  for (std::size_t p = 1; p <= n; ++p) {
    sum += cost(has[p], p);
    if (slots != nullptr) (*slots)[has[p] - 1] = places[p - 1];
  }
  return sum;
}

}  // namespace soutenance::scheduling::solver
