#include "services/scheduling/solver/search/relaxation.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>

#include "services/scheduling/solver/search/room_time.h"

namespace soutenance::scheduling::solver {
namespace {

constexpr int64_t kOne = int64_t{1} << 20;
// Beyond this many prices the model is not built: no step would fit into the work that Solve allows.
constexpr std::size_t kPricesMax = 8'000'000;

// The rooms that a defence may ever use, ascending.
std::vector<RoomId> RoomsOf(const Problem& problem, const Candidates& candidates, DefenceId id) {
  std::vector<bool> seen(problem.rooms().size());
  for (int i = 0; i < candidates.StartCount(id); ++i) {
    for (const RoomId room : candidates.StartAt(id, i).rooms) seen[Index(room)] = true;
  }
  std::vector<RoomId> rooms;
  ForEachId<RoomId>(problem.RoomCount(), [&](RoomId room) {
    if (seen[Index(room)]) rooms.push_back(room);
  });
  return rooms;
}

}  // namespace

Relaxation::Relaxation(const Problem& problem, const Candidates& candidates,
                       absl::FunctionRef<bool()> should_stop)
    : problem_(problem), candidates_(candidates) {
  ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) {
    if (candidates.StartCount(id) > 0) defences_.push_back({id, {}, {}, {}, {}, {}});
  });
  best_ = std::min(static_cast<int>(defences_.size()), MostInRooms(problem, candidates));
  if (!Build(should_stop)) lines_.clear();
}

bool Relaxation::Build(absl::FunctionRef<bool()> should_stop) {
  ListMoments();
  if (moments_.size() * problem_.persons().size() > kPricesMax || !AddStretches(should_stop)) return false;
  AddPersons();
  AddSeats();
  return AddRoomSets(should_stop);
}

// Stretches of time that share a moment share one at which one of them begins.
void Relaxation::ListMoments() {
  std::set<Minute> moments;
  for (const OfDefence& defence : defences_) {
    for (int i = 0; i < candidates_.StartCount(defence.id); ++i) {
      moments.insert(candidates_.StartAt(defence.id, i).start);
    }
  }
  moments_.assign(moments.begin(), moments.end());
}

int32_t Relaxation::MomentFrom(Minute minute) const {
  return static_cast<int32_t>(std::lower_bound(moments_.begin(), moments_.end(), minute) - moments_.begin());
}

bool Relaxation::AddStretches(absl::FunctionRef<bool()> should_stop) {
  for (OfDefence& defence : defences_) {
    if (should_stop()) return false;
    const int count = candidates_.StartCount(defence.id);
    defence.stretches.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
      const Minute start = candidates_.StartAt(defence.id, i).start;
      const Minute end = start + problem_.defence(defence.id).duration_minutes;
      // The buffer does not reach over midnight.
      const Minute midnight = (start / kMinutesPerDay + 1) * kMinutesPerDay;
      const Minute free = std::min(end + problem_.buffer_minutes(), midnight);
      defence.stretches.push_back({MomentFrom(start), MomentFrom(end), MomentFrom(free),
                                   static_cast<int32_t>(*problem_.DayOf(start))});
    }
  }
  return true;
}

void Relaxation::AddPersons() {
  const bool minds_day = problem_.rule(RuleId::kPersonDayLoad).IsHard();
  const bool minds_total = problem_.rule(RuleId::kPersonCampaignLoad).IsHard();
  std::vector<std::vector<std::size_t>> attended(problem_.persons().size());
  for (std::size_t i = 0; i < defences_.size(); ++i) {
    for (const Attendee& attendee : problem_.defence(defences_[i].id).attendees) {
      attended[Index(attendee.person)].push_back(i);
    }
  }
  for (std::size_t p = 0; p < attended.size(); ++p) {
    const auto count = static_cast<int32_t>(attended[p].size());
    if (count < 2) continue;
    const Person& person = problem_.persons()[p];
    const auto line = static_cast<int32_t>(lines_.size());
    lines_.push_back({std::vector<int32_t>(moments_.size(), 1), {}, {}, {}});
    const auto first_day = static_cast<int32_t>(day_limits_.size());
    const bool has_day_limit = minds_day && person.max_per_day > 0 && person.max_per_day < count;
    if (has_day_limit) {
      day_limits_.resize(day_limits_.size() + problem_.days().size(), Limit{person.max_per_day});
    }
    const bool has_total = minds_total && person.max_total > 0 && person.max_total < count;
    if (has_total) totals_.push_back({person.max_total});
    for (const std::size_t i : attended[p]) {
      defences_[i].persons.push_back(line);
      if (has_day_limit) defences_[i].day_persons.push_back(first_day);
      if (has_total) defences_[i].totals.push_back(static_cast<int32_t>(totals_.size()) - 1);
    }
  }
}

// Seats that only few people may hold: at any moment there are not more defences than these people can hold.
void Relaxation::AddSeats() {
  constexpr std::size_t kSetsMax = 24;
  const auto is_hard = [this](RuleId rule) { return problem_.rule(rule).IsHard(); };
  if (!is_hard(RuleId::kOneSeat) || !is_hard(RuleId::kPersonClash)) return;
  std::map<std::vector<PersonId>, std::map<std::size_t, int32_t>> users;  // seats of each defence, by who may
  for (std::size_t i = 0; i < defences_.size(); ++i) {
    for (const OpenSeat& seat : problem_.defence(defences_[i].id).open_seats) {
      if (seat.shared) continue;
      std::vector<PersonId> people;
      for (const Candidate& candidate : seat.candidates) people.push_back(candidate.person);
      ++users[std::move(people)][i];
    }
  }
  std::size_t sets = 0;
  for (const auto& [people, defences] : users) {
    int32_t seats = defences.begin()->second;
    for (const auto& [defence, count] : defences) seats = std::min(seats, count);
    if (defences.size() < 2) continue;
    std::vector<int32_t> boards(moments_.size(), 0);  // at once, from each moment on
    for (std::size_t i = 0; i < moments_.size(); ++i) {
      int32_t can_come = 0;
      for (const PersonId person : people) {
        const bool blocked = is_hard(RuleId::kAvailability) &&
                             AnyOverlaps(problem_.person(person).blocked, {moments_[i], moments_[i] + 1});
        can_come += static_cast<int32_t>(!blocked);
      }
      boards[i] = can_come / seats;
    }
    const bool binds = *std::min_element(boards.begin(), boards.end()) < problem_.RoomCount();
    if (!binds || ++sets > kSetsMax) continue;
    const auto line = static_cast<int32_t>(lines_.size());
    lines_.push_back({std::move(boards), {}, {}, {}});
    for (const auto& [defence, count] : defences) defences_[defence].persons.push_back(line);
  }
}

bool Relaxation::AddRoomSets(absl::FunctionRef<bool()> should_stop) {
  constexpr std::size_t kSetsMax = 12;
  std::map<std::vector<RoomId>, std::vector<std::size_t>> users;  // by the rooms they need
  std::set<RoomId> all;
  for (std::size_t i = 0; i < defences_.size(); ++i) {
    if (should_stop()) return false;
    std::vector<RoomId> rooms = RoomsOf(problem_, candidates_, defences_[i].id);
    all.insert(rooms.begin(), rooms.end());
    users[std::move(rooms)].push_back(i);
  }
  std::set<std::vector<RoomId>> sets;
  sets.emplace(all.begin(), all.end());
  for (const auto& [rooms, defences] : users) {
    if (sets.size() < kSetsMax) sets.insert(rooms);
  }
  for (const std::vector<RoomId>& set : sets) {
    const auto line = static_cast<int32_t>(lines_.size());
    lines_.push_back({RoomCapacity(set), {}, {}, {}});
    for (const auto& [rooms, defences] : users) {
      if (!std::includes(set.begin(), set.end(), rooms.begin(), rooms.end())) continue;
      for (const std::size_t i : defences) defences_[i].room_sets.push_back(line);
    }
  }
  return true;
}

// How many of `rooms` can be occupied at each moment: a room is until the buffer after its last defence is
// over.
std::vector<int32_t> Relaxation::RoomCapacity(const std::vector<RoomId>& rooms) const {
  const bool minds_hours = problem_.rule(RuleId::kRoomOpening).IsHard();
  if (!minds_hours) return std::vector<int32_t>(moments_.size(), static_cast<int32_t>(rooms.size()));
  std::vector<int32_t> capacity(moments_.size());
  for (const RoomId id : rooms) {
    std::vector<Interval> occupied = problem_.room(id).open;
    for (Interval& time : occupied) time.to += problem_.buffer_minutes();
    std::size_t next = 0;
    const std::vector<Interval> merged = Normalised(occupied);
    for (std::size_t i = 0; i < moments_.size(); ++i) {
      while (next < merged.size() && merged[next].to <= moments_[i]) ++next;
      if (next < merged.size() && merged[next].from <= moments_[i]) ++capacity[i];
    }
  }
  return capacity;
}

int Relaxation::Improve(int64_t work, int enough, absl::FunctionRef<bool()> should_stop) {
  if (lines_.empty() || best_ <= enough) return best_;
  for (Line& line : lines_) {
    line.price.resize(moments_.size());
    line.sum.resize(moments_.size() + 1);
    line.used.resize(moments_.size());
  }
  constexpr int kPatience = 30;
  const int64_t step_work = WorkOfStep();
  double agility = 1.0;
  int without_gain = 0;
  Price least = static_cast<Price>(best_) * kOne;
  while (work > 0 && best_ > enough && agility > 0.005 && !should_stop()) {
    work -= step_work;
    const Price value = Evaluate();
    if (value < least - kOne / 1000) {
      without_gain = 0;
    } else if (++without_gain > kPatience) {
      agility /= 2;
      without_gain = 0;
    }
    least = std::min(least, value);
    best_ = std::min(best_, static_cast<int>(value / kOne));
    const int64_t violation = SquaredViolation();
    if (violation == 0) break;
    // Towards the middle between what is proven and the next smaller number.
    const Price target = static_cast<Price>(best_) * kOne - kOne / 2;
    Step(static_cast<Price>(agility * static_cast<double>(std::max(value - target, kOne / 2))), violation);
  }
  return best_;
}

Relaxation::Price Relaxation::Evaluate() {
  Price bound = 0;
  for (Line& line : lines_) {
    for (std::size_t i = 0; i < line.price.size(); ++i) {
      line.sum[i + 1] = line.sum[i] + line.price[i];
      bound += line.price[i] * line.capacity[i];
    }
  }
  for (const Limit& limit : day_limits_) bound += limit.price * limit.capacity;
  for (const Limit& limit : totals_) bound += limit.price * limit.capacity;
  ClearUsed();
  for (std::size_t d = 0; d < defences_.size(); ++d) {
    const OfDefence& defence = defences_[d];
    const std::size_t count = defence.stretches.size();
    Price least = kOne;
    const Stretch* chosen = nullptr;
    // Not all from the first start: those of equal price are to be spread.
    const std::size_t offset = d * 7919 % count;
    for (std::size_t i = 0; i < count && least > 0; ++i) {
      const Stretch& stretch = defence.stretches[i + offset < count ? i + offset : i + offset - count];
      const Price price = PriceOf(defence, stretch);
      if (price >= least) continue;
      least = price;
      chosen = &stretch;
    }
    bound += kOne - least;
    if (chosen != nullptr) Use(defence, *chosen);
  }
  return bound;
}

Relaxation::Price Relaxation::PriceOf(const OfDefence& defence, const Stretch& stretch) const {
  const auto from = static_cast<std::size_t>(stretch.from);
  const auto to = static_cast<std::size_t>(stretch.to);
  const auto free = static_cast<std::size_t>(stretch.free);
  Price price = 0;
  for (const int32_t line : defence.persons) {
    const std::vector<Price>& sum = lines_[static_cast<std::size_t>(line)].sum;
    price += sum[to] - sum[from];
  }
  for (const int32_t line : defence.room_sets) {
    const std::vector<Price>& sum = lines_[static_cast<std::size_t>(line)].sum;
    price += sum[free] - sum[from];
  }
  for (const int32_t first : defence.day_persons) {
    price += day_limits_[static_cast<std::size_t>(first + stretch.day)].price;
  }
  for (const int32_t total : defence.totals) price += totals_[static_cast<std::size_t>(total)].price;
  return price;
}

void Relaxation::Use(const OfDefence& defence, const Stretch& stretch) {
  const auto from = static_cast<std::size_t>(stretch.from);
  const auto to = static_cast<std::size_t>(stretch.to);
  const auto free = static_cast<std::size_t>(stretch.free);
  for (const int32_t line : defence.persons) {
    for (std::size_t i = from; i < to; ++i) ++lines_[static_cast<std::size_t>(line)].used[i];
  }
  for (const int32_t line : defence.room_sets) {
    for (std::size_t i = from; i < free; ++i) ++lines_[static_cast<std::size_t>(line)].used[i];
  }
  for (const int32_t first : defence.day_persons) {
    ++day_limits_[static_cast<std::size_t>(first + stretch.day)].used;
  }
  for (const int32_t total : defence.totals) ++totals_[static_cast<std::size_t>(total)].used;
}

void Relaxation::ClearUsed() {
  for (Line& line : lines_) std::fill(line.used.begin(), line.used.end(), 0);
  for (Limit& limit : day_limits_) limit.used = 0;
  for (Limit& limit : totals_) limit.used = 0;
}

namespace {

// A constraint without a price that is kept does not pull.
int64_t Pull(int64_t price, int32_t used, int32_t capacity) {
  const int64_t excess = int64_t{used} - capacity;
  return price == 0 && excess < 0 ? 0 : excess;
}

}  // namespace

int64_t Relaxation::SquaredViolation() const {
  int64_t sum = 0;
  const auto add = [&sum](int64_t pull) { sum += pull * pull; };
  for (const Line& line : lines_) {
    for (std::size_t i = 0; i < line.price.size(); ++i) {
      add(Pull(line.price[i], line.used[i], line.capacity[i]));
    }
  }
  for (const Limit& limit : day_limits_) add(Pull(limit.price, limit.used, limit.capacity));
  for (const Limit& limit : totals_) add(Pull(limit.price, limit.used, limit.capacity));
  return sum;
}

void Relaxation::Step(Price numerator, int64_t denominator) {
  const auto pulled = [&](Price price, int32_t used, int32_t capacity) {
    return std::max<Price>(0, price + Pull(price, used, capacity) * numerator / denominator);
  };
  for (Line& line : lines_) {
    for (std::size_t i = 0; i < line.price.size(); ++i) {
      line.price[i] = pulled(line.price[i], line.used[i], line.capacity[i]);
    }
  }
  for (Limit& limit : day_limits_) limit.price = pulled(limit.price, limit.used, limit.capacity);
  for (Limit& limit : totals_) limit.price = pulled(limit.price, limit.used, limit.capacity);
}

int64_t Relaxation::WorkOfStep() const {
  int64_t work = static_cast<int64_t>(lines_.size() * moments_.size()) * 3;
  for (const OfDefence& defence : defences_) {
    const auto uses = static_cast<int64_t>(3 + defence.persons.size() + defence.room_sets.size());
    work += uses * candidates_.StartCount(defence.id);
  }
  return work;
}

}  // namespace soutenance::scheduling::solver
