// A thousand small random problems, each looked at by trying everything: in whole hours and bits, without any
// of the program's own rules, models or checks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/scheduling/solver/explain/conflict_set.h"
#include "services/scheduling/solver/explain/why_unplaced.h"
#include "services/scheduling/solver/search/solve.h"
#include "services/scheduling/solver/testing/builders.h"
#include "services/scheduling/solver/testing/random_problem.h"

namespace soutenance::scheduling::solver {
namespace {

using namespace testing;  // NOLINT: builders

constexpr int kProblems = 1'500;
constexpr int kFirstHour = 9;
constexpr int kIfNeededWeight = 3;

// A problem in hours: hour h of day d is bit d * hours + h.
struct Plain {
  struct Person {
    uint32_t blocked = 0;
    uint32_t if_needed = 0;
    int per_day_max = 0;   // 0: no limit
    int presides_max = 0;  // of the defences in which he or she comes first; 0: no limit
  };
  struct Defence {
    int hours = 1;
    std::vector<int> people;
    int pin_day = -1;
    int pin_room = -1;
  };
  int days = 1;
  int hours = 3;  // of each day
  std::vector<Person> persons;
  std::vector<uint32_t> closed;  // by room
  std::vector<Defence> defences;

  uint32_t Mask(int day, int hour, int count = 1) const {
    return ((1U << count) - 1) << static_cast<unsigned>(day * hours + hour);
  }
  uint32_t DayMask(int day) const { return Mask(day, 0, hours); }
};

Plain RandomPlain(uint64_t seed) {
  Chance chance(seed);
  Plain plain;
  plain.days = chance.Between(1, 2);
  plain.hours = chance.Between(2, 3);
  const int slots = plain.days * plain.hours;
  for (int n = chance.Between(2, 4); n > 0; --n) {
    Plain::Person person;
    for (int i = chance.Below(slots); i > 0; --i) person.blocked |= 1U << chance.Below(slots);
    if (chance.OneIn(2)) person.if_needed = 1U << chance.Below(slots);
    if (chance.OneIn(5)) person.per_day_max = chance.Between(1, 2);
    plain.persons.push_back(person);
  }
  for (int n = chance.Between(1, 2); n > 0; --n) {
    uint32_t closed = 0;
    if (chance.OneIn(3)) closed |= 1U << chance.Below(slots);
    plain.closed.push_back(closed);
  }
  for (int n = chance.Between(3, 5); n > 0; --n) {
    Plain::Defence defence;
    if (chance.OneIn(5)) defence.hours = 2;
    defence.people.push_back(chance.Below(static_cast<int>(plain.persons.size())));
    const int other = chance.Below(static_cast<int>(plain.persons.size()));
    if (chance.OneIn(2) && other != defence.people[0]) defence.people.push_back(other);
    if (chance.OneIn(8)) defence.pin_day = chance.Below(plain.days);
    if (chance.OneIn(8)) defence.pin_room = chance.Below(static_cast<int>(plain.closed.size()));
    plain.defences.push_back(defence);
  }
  // By the seed, not by chance: what else is drawn stays as it is.
  if (seed % 5 == 0) plain.persons[0].presides_max = 1 + static_cast<int>(seed % 2);
  return plain;
}

// The hours of `mask` as intervals, or those that it lacks.
std::vector<Interval> IntervalsOf(const Plain& plain, uint32_t mask) {
  std::vector<Interval> intervals;
  for (int day = 0; day < plain.days; ++day) {
    for (int hour = 0; hour < plain.hours; ++hour) {
      if ((mask & plain.Mask(day, hour)) == 0) continue;
      intervals.push_back(Hours(kFirstHour + hour, kFirstHour + hour + 1, day));
    }
  }
  return intervals;
}

ProblemSpec SpecOf(const Plain& plain) {
  ProblemSpec spec = ASmallProblem();
  spec.grid_minutes = 60;
  spec.opening.clear();
  spec.rooms.clear();
  spec.roles = {RoleSpec{.name = "chair", .load = {}, .combined = {}}};
  for (const RuleLine& line : Rulebook()) {
    if (line.levels.find("off") != absl::string_view::npos) SetRule(spec, line.name, RuleLevel::kOff);
  }
  for (const char* rule : {"availability", "room_opening", "person_day_load", "role_limit"}) {
    SetRule(spec, rule, RuleLevel::kHard);
  }
  SetRule(spec, "if_needed", RuleLevel::kSoft, kIfNeededWeight);
  for (int day = 0; day < plain.days; ++day) {
    spec.opening.push_back(Hours(kFirstHour, kFirstHour + plain.hours, day));
  }
  for (std::size_t p = 0; p < plain.persons.size(); ++p) {
    const Plain::Person& person = plain.persons[p];
    spec.persons.push_back(APerson({.key = absl::StrCat("p", p),
                                    .blocked = IntervalsOf(plain, person.blocked),
                                    .if_needed = IntervalsOf(plain, person.if_needed & ~person.blocked),
                                    .max_per_day = person.per_day_max}));
    if (person.presides_max > 0) {
      spec.persons.back().role_limits = {{.role = "chair", .max_total = person.presides_max}};
    }
  }
  for (std::size_t r = 0; r < plain.closed.size(); ++r) {
    spec.rooms.push_back(ARoom({.key = absl::StrCat("r", r), .open = IntervalsOf(plain, ~plain.closed[r])}));
  }
  for (std::size_t d = 0; d < plain.defences.size(); ++d) {
    const Plain::Defence& from = plain.defences[d];
    std::vector<std::string> people;
    for (const int person : from.people) people.push_back(absl::StrCat("p", person));
    DefenceSpec defence = ADefence(absl::StrCat("d", d), people, 60 * from.hours);
    defence.seats[0].role = "chair";
    if (from.pin_day >= 0) defence.pin.day = from.pin_day;
    if (from.pin_room >= 0) defence.pin.room = absl::StrCat("r", from.pin_room);
    spec.defences.push_back(defence);
  }
  return spec;
}

// Which facts hold; by default all.
struct Held {
  explicit Held(const Plain& plain)
      : one_place(plain.persons.size(), true),
        day_load(plain.persons.size(), true),
        presides(plain.persons.size(), true),
        absent(plain.persons.size(), ~0U),
        few_rooms(static_cast<std::size_t>(plain.days), true),
        closed(plain.closed.size(), ~0U),
        pin_day(plain.defences.size(), true),
        pin_room(plain.defences.size(), true) {}

  // Only `facts`.
  Held(const Plain& plain, const std::vector<NamedFact>& facts) : Held(plain) {
    const std::vector<bool> no_person(plain.persons.size());
    one_place = day_load = presides = no_person;
    few_rooms.assign(few_rooms.size(), false);
    pin_day = pin_room = std::vector<bool>(plain.defences.size());
    absent.assign(absent.size(), 0);
    closed.assign(closed.size(), 0);
    for (const NamedFact& fact : facts) {
      const uint32_t day = fact.day ? plain.DayMask(static_cast<int>(*fact.day)) : 0;
      switch (fact.rule) {
        case RuleId::kPersonClash:
          one_place[Index(*fact.person)] = true;
          break;
        case RuleId::kPersonDayLoad:
          day_load[Index(*fact.person)] = true;
          break;
        case RuleId::kRoleLimit:
          presides[Index(*fact.person)] = true;
          break;
        case RuleId::kAvailability:
          absent[Index(*fact.person)] |= day;
          break;
        case RuleId::kRoomClash:
          few_rooms[Index(*fact.day)] = true;
          break;
        case RuleId::kRoomOpening:
          closed[Index(*fact.room)] |= day;
          break;
        case RuleId::kPinned:
          (fact.aspect == PinAspect::kDay ? pin_day : pin_room)[Index(*fact.defence)] = true;
          break;
        default:
          ADD_FAILURE() << "no such fact can be told of these problems: " << LineOf(fact.rule).name;
      }
    }
  }

  std::vector<bool> one_place;
  std::vector<bool> day_load;
  std::vector<bool> presides;
  std::vector<uint32_t> absent;  // days on which a person's absences count
  std::vector<bool> few_rooms;   // by day: there are no more rooms than these
  std::vector<uint32_t> closed;  // days on which a room's closures count
  std::vector<bool> pin_day;
  std::vector<bool> pin_room;
};

// Tries every place of every defence.
class TryAll {
 public:
  TryAll(const Plain& plain, const Held& held)
      : plain_(plain), held_(held), busy_(plain.persons.size()), taken_(plain.closed.size()) {}

  // Whether all that are wanted fit.
  bool Fits(const std::vector<bool>& wanted, std::size_t next = 0) {
    if (next == wanted.size()) return true;
    if (!wanted[next]) return Fits(wanted, next + 1);
    return AnyPlace(next, [&](uint32_t) { return Fits(wanted, next + 1); });
  }

  // The fewest unplaced, and with these the fewest people who come only if needed.
  std::pair<int, int> Best() {
    best_ = {static_cast<int>(plain_.defences.size()) + 1, 0};
    Try(0, 0, 0);
    return best_;
  }

 private:
  void Try(std::size_t next, int unplaced, int unwilling) {
    if (std::pair(unplaced, unwilling) >= best_) return;
    if (next == plain_.defences.size()) {
      best_ = {unplaced, unwilling};
      return;
    }
    AnyPlace(next, [&](uint32_t time) {
      int more = 0;
      for (const int p : plain_.defences[next].people) {
        const Plain::Person& person = plain_.persons[static_cast<std::size_t>(p)];
        if ((person.if_needed & ~person.blocked & time) != 0) ++more;
      }
      Try(next + 1, unplaced, unwilling + more);
      return false;
    });
    Try(next + 1, unplaced + 1, unwilling);
  }

  // Puts a defence into each place that is free until `then` is satisfied.
  template <typename Then>
  bool AnyPlace(std::size_t number, Then then) {
    const Plain::Defence& defence = plain_.defences[number];
    for (int day = 0; day < plain_.days; ++day) {
      if (defence.pin_day >= 0 && defence.pin_day != day && held_.pin_day[number]) continue;
      for (int hour = 0; hour + defence.hours <= plain_.hours; ++hour) {
        const uint32_t time = plain_.Mask(day, hour, defence.hours);
        if (!PeopleCome(defence, day, time)) continue;
        const std::vector<uint32_t> busy = busy_;
        for (const int person : defence.people) busy_[static_cast<std::size_t>(person)] |= time;
        load_.push_back({day, &defence});
        const bool found = AnyRoom(number, day, time, then);
        load_.pop_back();
        busy_ = busy;
        if (found) return true;
      }
    }
    return false;
  }

  bool PeopleCome(const Plain::Defence& defence, int day, uint32_t time) const {
    return std::all_of(defence.people.begin(), defence.people.end(), [&](int number) {
      const auto p = static_cast<std::size_t>(number);
      const Plain::Person& person = plain_.persons[p];
      if ((person.blocked & held_.absent[p] & time) != 0) return false;
      if (held_.one_place[p] && (busy_[p] & time) != 0) return false;
      if (person.presides_max > 0 && held_.presides[p] && defence.people[0] == number) {
        const auto presided = std::count_if(load_.begin(), load_.end(), [number](const auto& other) {
          return other.second->people[0] == number;
        });
        if (presided >= person.presides_max) return false;
      }
      if (person.per_day_max == 0 || !held_.day_load[p]) return true;
      const auto same_day = [&](const std::pair<int, const Plain::Defence*>& other) {
        return other.first == day &&
               std::count(other.second->people.begin(), other.second->people.end(), number) > 0;
      };
      return std::count_if(load_.begin(), load_.end(), same_day) < person.per_day_max;
    });
  }

  template <typename Then>
  bool AnyRoom(std::size_t number, int day, uint32_t time, Then then) {
    const int pin = held_.pin_room[number] ? plain_.defences[number].pin_room : -1;
    const bool is_short = held_.few_rooms[static_cast<std::size_t>(day)];
    if (!is_short && pin < 0) return then(time);  // in a room of its own
    for (std::size_t room = 0; room < taken_.size(); ++room) {
      if (pin >= 0 && static_cast<std::size_t>(pin) != room) continue;
      if ((plain_.closed[room] & held_.closed[room] & time) != 0) continue;
      if (!is_short) return then(time);
      if ((taken_[room] & time) != 0) continue;
      taken_[room] |= time;
      const bool found = then(time);
      taken_[room] &= ~time;
      if (found) return true;
    }
    return false;
  }

  const Plain& plain_;
  const Held& held_;
  std::vector<uint32_t> busy_;   // by person
  std::vector<uint32_t> taken_;  // by room
  std::vector<std::pair<int, const Plain::Defence*>> load_;
  std::pair<int, int> best_;
};

bool Fits(const Plain& plain, const Held& held, const std::vector<bool>& wanted) {
  return TryAll(plain, held).Fits(wanted);
}

std::vector<bool> Wanted(const Timetable& timetable, const std::vector<DefenceId>& more) {
  std::vector<bool> wanted;
  for (const auto& placement : timetable.placements()) wanted.push_back(placement.has_value());
  for (const DefenceId id : more) wanted[Index(id)] = true;
  return wanted;
}

// The problem as if `steps` were so.
Plain Repaired(Plain plain, const std::vector<RepairStep>& steps) {
  for (const RepairStep& step : steps) {
    const int day = step.time.from / kMinutesPerDay;
    switch (step.kind) {
      case RepairStep::Kind::kPersonFrees: {
        const int hour = step.time.from % kMinutesPerDay / 60 - kFirstHour;
        plain.persons[Index(*step.person)].blocked &=
            ~plain.Mask(day, hour, (step.time.to - step.time.from) / 60);
        break;
      }
      case RepairStep::Kind::kExtraRoom:
        plain.closed.push_back(~plain.DayMask(day));
        break;
      case RepairStep::Kind::kExtraDay:
        for (uint32_t& closed : plain.closed) closed &= ~plain.DayMask(plain.days);
        ++plain.days;
        break;
    }
  }
  return plain;
}

struct Counts {
  int conflicts = 0;
  int placeable = 0;
  int of_several = 0;  // with more facts than one
  int repairs = 0;
  int nearby = 0;          // reasons that were found in a part of the problem
  int nearby_minimal = 0;  // and proven minimal
  int nearby_repairs = 0;
  int limits = 0;  // reasons with a fact about how often somebody holds a role
};

void ExpectTrue(const Plain& plain, const std::vector<bool>& wanted, const ConflictSet& conflict) {
  std::vector<NamedFact> facts;
  for (const ConflictSet::Told& told : conflict.facts) facts.push_back(told.fact);
  EXPECT_FALSE(Fits(plain, Held(plain, facts), wanted)) << conflict.sentence.en;
  for (std::size_t i = 0; i < facts.size() && conflict.is_minimal; ++i) {
    std::vector<NamedFact> without = facts;
    without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_TRUE(Fits(plain, Held(plain, without), wanted))
        << conflict.sentence.en << " without " << conflict.facts[i].sentence.en;
  }
}

// What is said of a problem that is too large to be looked at as a whole is true of all of it.
void ExpectTrueNearby(const Plain& plain, const Timetable& timetable, const ConflictSet& conflict,
                      Counts& counts) {
  if (conflict.kind == ConflictSet::Kind::kPlaceable) {
    EXPECT_TRUE(Fits(plain, Held(plain), Wanted(timetable, {conflict.defence})));
  }
  if (conflict.kind != ConflictSet::Kind::kConflict) return;
  ++counts.nearby;
  counts.nearby_minimal += conflict.is_minimal ? 1 : 0;
  ExpectTrue(plain, Wanted(timetable, {conflict.defence}), conflict);
}

void ExpectMinimal(const Plain& plain, const Timetable& timetable, const ConflictSet& conflict,
                   Counts& counts) {
  const std::vector<bool> wanted = Wanted(timetable, {conflict.defence});
  ASSERT_NE(conflict.kind, ConflictSet::Kind::kUnknown);
  if (conflict.kind == ConflictSet::Kind::kPlaceable) {
    ++counts.placeable;
    EXPECT_TRUE(Fits(plain, Held(plain), wanted));
    return;
  }
  EXPECT_TRUE(conflict.is_minimal);
  ExpectTrue(plain, wanted, conflict);
  // A limit is often a reason by itself: those are counted apart.
  const bool is_limit = std::any_of(conflict.facts.begin(), conflict.facts.end(),
                                    [](const auto& told) { return told.fact.rule == RuleId::kRoleLimit; });
  if (is_limit) {
    ++counts.limits;
    return;
  }
  ++counts.conflicts;
  counts.of_several += conflict.facts.size() > 1 ? 1 : 0;
}

void ExpectRepaired(const Plain& plain, const Timetable& timetable, DefenceId defence, const Repair& repair,
                    Counts& counts) {
  ++counts.repairs;
  const Plain repaired = Repaired(plain, repair.steps);
  EXPECT_TRUE(Fits(repaired, Held(repaired), Wanted(timetable, repair.more))) << repair.sentence.en;
  for (std::size_t i = 0; i < repair.steps.size(); ++i) {
    std::vector<RepairStep> without = repair.steps;
    without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
    const Plain less = Repaired(plain, without);
    EXPECT_FALSE(Fits(less, Held(less), Wanted(timetable, {defence}))) << repair.sentence.en;
  }
}

// Repairs found in a part help in all, though fewer steps may do if others move.
void ExpectRepairedNearby(const Plain& plain, const Timetable& timetable, const Repair& repair,
                          Counts& counts) {
  ++counts.nearby_repairs;
  const Plain repaired = Repaired(plain, repair.steps);
  EXPECT_TRUE(Fits(repaired, Held(repaired), Wanted(timetable, repair.more))) << repair.sentence.en;
}

// Leaves one defence more out than the best timetable does, now and then, so that some need only that others
// move.
Timetable WithGaps(const Problem& problem, const Placements& best, Chance& chance) {
  Timetable timetable(problem, best);
  const auto some = static_cast<DefenceId>(chance.Below(problem.DefenceCount()));
  if (chance.OneIn(3) && timetable.PlacementOf(some)) timetable.Apply({{some, std::nullopt}});
  return timetable;
}

TEST(ThousandProblems, AgreeWithTryingEverything) {
  Counts counts;
  int incomplete = 0;
  int proven = 0;
  for (uint64_t seed = 1; seed <= kProblems; ++seed) {
    SCOPED_TRACE(seed);
    const Plain plain = RandomPlain(seed);
    const Problem problem = Build(SpecOf(plain));

    // The value.
    SolveParams params;
    params.move_limit = 1'000;
    const SolveResult result = Solve(problem, params, {}, [](const Progress&) {});
    const auto [unplaced, unwilling] = TryAll(plain, Held(plain)).Best();
    EXPECT_EQ(problem.DefenceCount() - result.best.PlacedCount(), unplaced);
    EXPECT_EQ(result.score.soft(), unwilling * kIfNeededWeight);
    EXPECT_GE(result.placed_bound, problem.DefenceCount() - unplaced);
    EXPECT_LE(result.bound.soft(), result.bound.unplaced() == result.score.unplaced()
                                       ? unwilling * kIfNeededWeight
                                       : std::numeric_limits<int64_t>::max());
    incomplete += unplaced > 0 ? 1 : 0;
    proven += result.termination == Termination::kOptimal ? 1 : 0;

    // Infeasibility of one defence by itself.
    const std::vector<UnplacedReason> hopeless = Unplaceable(problem);
    ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) {
      const bool is_told =
          std::any_of(hopeless.begin(), hopeless.end(), [&](const auto& why) { return why.defence == id; });
      EXPECT_EQ(Fits(plain, Held(plain), Wanted(Timetable(problem), {id})), !is_told);
    });

    // Reasons and repairs.
    Chance chance(seed);
    const Timetable timetable = WithGaps(problem, result.best.placements(), chance);
    if (timetable.PlacedCount() == problem.DefenceCount()) continue;
    Explainer explainer(timetable, {});
    Explainer of_parts(timetable, {.literals_max = 0});
    ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) {
      if (timetable.PlacementOf(id)) return;
      ExpectMinimal(plain, timetable, explainer.Conflict(id), counts);
      ExpectTrueNearby(plain, timetable, of_parts.Conflict(id), counts);
      if (seed % 4 != 0) return;
      for (const Repair& repair : explainer.Repairs(id)) {
        ExpectRepaired(plain, timetable, id, repair, counts);
      }
      for (const Repair& repair : of_parts.Repairs(id)) {
        ExpectRepairedNearby(plain, timetable, repair, counts);
      }
    });
  }
  EXPECT_GT(incomplete, kProblems / 5);
  EXPECT_GT(proven, kProblems / 2);
  EXPECT_GT(counts.conflicts, kProblems / 5);
  EXPECT_GT(counts.placeable, kProblems / 50);
  // Not how many facts: reasons are to be short.
  EXPECT_GT(counts.of_several, counts.conflicts * 3 / 5);
  EXPECT_GT(counts.repairs, kProblems / 10);
  EXPECT_GT(counts.limits, kProblems / 50);
  EXPECT_GT(counts.nearby_repairs, kProblems / 50);
  EXPECT_GT(counts.nearby, counts.conflicts / 3);
  EXPECT_GT(counts.nearby_minimal, counts.nearby / 3);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
