#include "services/scheduling/solver/exact/floors.h"

#include <gmock/gmock.h>

#include <string>

#include "services/scheduling/solver/search/brute_force.h"
#include "services/scheduling/solver/testing/builders.h"
#include "services/scheduling/solver/testing/random_problem.h"

namespace soutenance::scheduling::solver {
namespace {

using testing::ADefence;
using testing::AnOpenSeat;
using testing::APerson;
using testing::ASmallProblem;
using testing::Build;
using testing::SetRule;

// A random problem in which `rule` is the only wish, small enough to look at every timetable.
ProblemSpec OnlyWish(uint64_t seed, const std::string& rule) {
  testing::Chance chance(seed);
  ProblemSpec spec = RandomSpec(
      chance, {.days = 2, .persons = 4, .rooms = 1, .defences = 4, .odd = true, .open_seats = seed % 2 == 0});
  spec.grid_minutes = 120;
  for (const RuleLine& line : Rulebook()) {
    if (MayBeSetTo(line, RuleLevel::kSoft)) SetRule(spec, line.name, RuleLevel::kOff);
  }
  SetRule(spec, rule, RuleLevel::kStrong, 1);
  for (const char* hard : {"one_seat", "availability", "person_campaign_load"}) {
    SetRule(spec, hard, RuleLevel::kHard);
  }
  return spec;
}

// That no timetable with as many placed as can be costs less; returns how often one costs just that, more
// than 0.
int TightFloors(const std::string& rule) {
  int tight = 0;
  for (uint64_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(seed);
    const Problem problem = Build(OnlyWish(seed, rule));
    testing::BruteForce brute_force(problem);
    if (brute_force.Size() > 10'000) continue;
    const Score best = brute_force.Best();
    const int placed = problem.DefenceCount() - static_cast<int>(best.unplaced());
    const RuleSet rules(problem);
    const Candidates candidates(problem, rules);
    for (const RuleSet::Entry& entry : rules.entries()) {
      if (LineOf(entry.rule.id).name != rule) continue;
      const int64_t floor = FloorOf(problem, candidates, entry, placed);
      EXPECT_LE(floor, best.strong());
      tight += static_cast<int>(floor == best.strong() && floor > 0);
    }
  }
  return tight;
}

TEST(FloorOf, IsNeverAboveWhatBruteForceFinds) {
  EXPECT_GT(TightFloors("squared_load"), 0);
  EXPECT_GT(TightFloors("subject_coverage"), 0);
  EXPECT_GT(TightFloors("seat_cost"), 0);
  for (const char* rule : {"squared_days", "nearness", "quick_room_change", "if_needed", "person_days"}) {
    TightFloors(rule);
  }
}

TEST(FloorOf, SharesAttendancesOutAsEvenlyAsWeightsAllow) {
  // Four attendances among Ana and Bo, who counts three times: three are Ana's.
  ProblemSpec spec = ASmallProblem();
  spec.persons = {APerson("ana"), APerson({.key = "bo", .weight = 3})};
  for (const char* key : {"lea", "tom", "max", "zoe"}) {
    spec.defences.push_back(ADefence(key, {}));
    spec.defences.back().seats.push_back(AnOpenSeat("reader", {"ana", "bo"}));
  }
  SetRule(spec, "squared_load", RuleLevel::kSoft);
  const Problem problem = Build(spec);
  const RuleSet rules(problem);
  for (const RuleSet::Entry& entry : rules.entries()) {
    if (entry.rule.id != RuleId::kSquaredLoad) continue;
    EXPECT_EQ(FloorOf(problem, Candidates(problem, rules), entry, 4), 9 + 3);
  }
}

}  // namespace
}  // namespace soutenance::scheduling::solver
