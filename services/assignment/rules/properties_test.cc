// What holds for every jury, on thousands of random ones under the shipped rules and random ones.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <deque>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/assignment/rules/check.h"
#include "services/assignment/rules/defaults.h"
#include "services/assignment/rules/facts.h"

namespace soutenance::assignment::rules {
namespace {

constexpr int kJuries = 1000;

class Random {
 public:
  explicit Random(uint64_t seed) : engine_(seed) {}
  int Below(int n) { return static_cast<int>(engine_() % static_cast<uint64_t>(n)); }
  bool Coin() { return Below(2) == 0; }
  template <typename T, std::size_t n>
  T Of(const T (&all)[n]) {
    return all[static_cast<std::size_t>(Below(static_cast<int>(n)))];
  }

 private:
  std::mt19937_64 engine_;
};

PersonFacts APerson(Random& random, int i) {
  PersonFacts person{.person = absl::StrCat("people/p", i)};
  if (random.Below(8) == 0) return person;
  person.is_known = true;
  person.rank = random.Of(kRanks);
  person.sector = random.Of(kSectors);
  person.institution = random.Of<const char*>({"", "cnam", "nantes"});
  person.company = random.Of<const char*>({"", "airbus"});
  person.may_preside = random.Coin();
  person.emeritus = random.Below(4) == 0;
  person.habilitated = random.Coin();
  if (random.Coin()) person.languages = {"fr"};
  if (random.Coin()) person.languages.emplace_back("en");
  if (random.Coin()) person.keywords = {"networks"};
  person.gender = random.Of(kGenders);
  person.load.per_campaign_max = random.Below(4);
  person.seats_elsewhere = {{random.Of(kSeatRoles), random.Below(6)}};
  return person;
}

struct Case {
  RuleSet set;
  Context context;
  std::deque<PersonFacts> people;
  std::vector<SeatFacts> seats;
};

// Every kind, with numbers that are sometimes met.
RuleSet Rules(Random& random) {
  RuleSet set = DefaultSets()[static_cast<std::size_t>(random.Below(4))].set;
  set.institutions = {"Cnam"};
  set.rules.push_back(
      {.id = "x1", .kind = Kind::kMembers, .min = random.Below(3), .max = 2 + random.Below(4)});
  set.rules.push_back({.id = "x2", .kind = Kind::kEmeriti, .share = Share{random.Below(3), 3}});
  set.rules.push_back({.id = "x3", .kind = Kind::kBalance, .share = Share{1, 2 + random.Below(3)}});
  set.rules.push_back({.id = "x4",
                       .kind = Kind::kRanks,
                       .share = Share{random.Below(4), 3 + random.Below(3)},
                       .ranks = {random.Of(kRanks)},
                       .or_habilitated = random.Coin()});
  set.rules.push_back({.id = "x5", .kind = Kind::kSpecialist, .min = random.Below(3), .words = {"networks"}});
  return set;
}

Case ACase(Random& random) {
  Case made;
  made.set = Rules(random);
  const int people = 1 + random.Below(7);
  for (int i = 0; i < people; ++i) made.people.push_back(APerson(random, i));
  const int seats = 1 + random.Below(8);
  for (int i = 0; i < seats; ++i) {
    const bool is_open = random.Below(10) == 0;
    made.seats.push_back(
        {.person = is_open ? nullptr : &made.people[static_cast<std::size_t>(random.Below(people))],
         .role = random.Of(kSeatRoles),
         .mode = random.Of(kSeatModes)});
  }
  made.context.authors = {"people/p6"};
  made.context.supervisor = "people/p0";
  if (random.Coin()) made.context.company_tutor = "people/p1";
  made.context.language = random.Coin() ? "fr" : "";
  if (random.Coin()) made.context.keywords = {"networks"};
  if (random.Coin()) {
    made.context.posted_on = absl::CivilDay(2027, 6, 1);
    made.context.defence_on = absl::CivilDay(2027, 6, 1 + random.Below(29));
  }
  return made;
}

TEST(EveryJury, IsJudgedTheSameWhateverTheOrderOfItsSeats) {
  Random random(1);
  for (int i = 0; i < kJuries; ++i) {
    const Case made = ACase(random);
    const Checker checker(made.set);
    std::vector<SeatFacts> shuffled = made.seats;
    for (std::size_t j = shuffled.size(); j > 1; --j) {
      std::swap(shuffled[j - 1], shuffled[static_cast<std::size_t>(random.Below(static_cast<int>(j)))]);
    }
    ASSERT_EQ(checker.Check(shuffled, made.context), checker.Check(made.seats, made.context));
  }
}

TEST(EveryJury, CountsAPersonOnceWhateverTheirRoles) {
  Random random(2);
  for (int i = 0; i < kJuries; ++i) {
    const Case made = ACase(random);
    const Checker checker(made.set);
    std::vector<SeatFacts> repeated = made.seats;
    repeated.push_back(
        made.seats[static_cast<std::size_t>(random.Below(static_cast<int>(made.seats.size())))]);
    if (repeated.back().person == nullptr) continue;
    ASSERT_EQ(checker.Check(repeated, made.context), checker.Check(made.seats, made.context));
    const Verdict verdict = checker.Check(made.seats, made.context);
    const std::size_t members = MembersOf(made.seats).size();
    for (const RuleVerdict& said : verdict.rules) {
      ASSERT_LE(said.measure.counted, said.measure.of);
      ASSERT_LE(said.measure.of, static_cast<int>(members));
      ASSERT_EQ(std::adjacent_find(said.who_counts.begin(), said.who_counts.end()), said.who_counts.end());
    }
  }
}

// What whoever tries many juries relies on.
TEST(EveryJury, IsTheSumOfItsMembers) {
  Random random(3);
  for (int i = 0; i < kJuries; ++i) {
    const Case made = ACase(random);
    const Checker checker(made.set);
    const Verdict verdict = checker.Check(made.seats, made.context);
    std::vector<Member> members = MembersOf(made.seats);
    const Member passing{.person = &made.people[0], .roles = {random.Of(kSeatRoles)}};
    for (std::size_t rule = 0; rule < checker.rule_count(); ++rule) {
      Measure total;
      for (const Member& member : members) total += checker.MeasureOf(rule, member, made.context);
      // Somebody comes and goes.
      total += checker.MeasureOf(rule, passing, made.context);
      total -= checker.MeasureOf(rule, passing, made.context);
      ASSERT_EQ(total, verdict.rules[rule].measure);
      ASSERT_EQ(checker.Judge(rule, total, made.context), verdict.rules[rule].outcome);
    }
  }
}

// Whether a rule is met does not get worse for one more who counts, where there is no upper bound, nor for
// one fewer where there is no lower one.
TEST(EveryJury, DoesNotGetWorseByOneMoreWhoCounts) {
  Random random(4);
  for (int i = 0; i < kJuries; ++i) {
    const Case made = ACase(random);
    const Checker checker(made.set);
    for (std::size_t rule = 0; rule < checker.rule_count(); ++rule) {
      const Rule& of = checker.rule(rule);
      Measure total;
      for (const Member& member : MembersOf(made.seats))
        total += checker.MeasureOf(rule, member, made.context);
      Measure more = total;
      ++more.counted;
      ++more.of;
      const auto is_fine = [&](const Measure& measure) {
        return checker.Judge(rule, measure, made.context) == Outcome::kMet;
      };
      switch (of.kind) {
        case Kind::kExternals:
        case Kind::kRanks:
        case Kind::kSector:
        case Kind::kSpecialist:
        case Kind::kLanguage:
          ASSERT_TRUE(is_fine(more) || !is_fine(total)) << of.id;
          ASSERT_LE(checker.Missing(rule, more, made.context), checker.Missing(rule, total, made.context))
              << of.id;
          break;
        case Kind::kRemote:
        case Kind::kNotTogether:
        case Kind::kLoad:
        case Kind::kAuthors:
          ASSERT_FALSE(is_fine(more) && !is_fine(total)) << of.id;
          break;
        default:
          break;
      }
    }
  }
}

TEST(EveryJury, IsMetExactlyIfNothingIsMissingAndNobodyTooMany) {
  Random random(5);
  for (int i = 0; i < kJuries; ++i) {
    const Case made = ACase(random);
    const Checker checker(made.set);
    for (const RuleVerdict& said : checker.Check(made.seats, made.context).rules) {
      if (said.outcome == Outcome::kUnmeasured) continue;
      ASSERT_EQ(said.outcome == Outcome::kMet, said.missing == 0 && said.excess == 0)
          << checker.rule(said.rule).id;
    }
  }
}

// Two worlds that differ in nothing but who of the same jury gave which gender: nobody can tell them apart.
TEST(EveryJury, NeverSaysWhoIsOfWhichGender) {
  Random random(6);
  for (int i = 0; i < kJuries; ++i) {
    Case made = ACase(random);
    const Checker checker(made.set);
    // One member each, all deliberating: only then is the count the same.
    made.seats.clear();
    for (const PersonFacts& person : made.people) made.seats.push_back({.person = &person});
    const Verdict before = checker.Check(made.seats, made.context);
    std::vector<Gender> genders;
    for (const PersonFacts& person : made.people) genders.push_back(person.gender);
    std::rotate(genders.begin(), genders.begin() + 1, genders.end());
    for (std::size_t j = 0; j < genders.size(); ++j) made.people[j].gender = genders[j];
    ASSERT_EQ(checker.Check(made.seats, made.context), before);
  }
}

}  // namespace
}  // namespace soutenance::assignment::rules
