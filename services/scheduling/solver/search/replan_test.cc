#include "services/scheduling/solver/search/replan.h"

#include <gmock/gmock.h>

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "services/scheduling/solver/check/check.h"
#include "services/scheduling/solver/search/brute_force.h"
#include "services/scheduling/solver/testing/builders.h"
#include "services/scheduling/solver/testing/random_problem.h"

namespace soutenance::scheduling::solver {
namespace {

using ::soutenance::scheduling::solver::testing::ADefence;
using ::soutenance::scheduling::solver::testing::APerson;
using ::soutenance::scheduling::solver::testing::ARoom;
using ::soutenance::scheduling::solver::testing::ASmallProblem;
using ::soutenance::scheduling::solver::testing::At;
using ::soutenance::scheduling::solver::testing::Build;
using ::soutenance::scheduling::solver::testing::DefenceOf;
using ::soutenance::scheduling::solver::testing::Hours;
using ::soutenance::scheduling::solver::testing::SetRule;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

ReplanResult ReplanQuietly(const Problem& problem, const ReplanParams& params = {}) {
  return Replan(problem, params, {}, [](const Progress&) {});
}

// The problem of `spec`, kept: results refer to it.
const Problem& Kept(ProblemSpec spec) {
  static std::deque<Problem>* const kept = new std::deque<Problem>;
  kept->push_back(Build(std::move(spec)));
  return kept->back();
}

std::optional<Placement> PlaceOf(const ReplanResult& result, absl::string_view defence) {
  return result.solved.best.PlacementOf(DefenceOf(result.solved.best.problem(), defence));
}

std::vector<std::string> Keys(const Problem& problem, const std::vector<DefenceId>& defences) {
  std::vector<std::string> keys;
  for (const DefenceId id : defences) keys.push_back(problem.defence(id).key);
  return keys;
}

// A week before two days of defences, 9 to 12 and 13 to 17, in the one room b12. Published: Lea before Ana
// and Bob on the first day at 9, Tom before Ana and Cy at 10, Zoe before Dan on the second day at 9.
ProblemSpec Published() {
  ProblemSpec spec = ASmallProblem();
  spec.grid_minutes = 60;
  spec.now = At(8, 0, -7);
  spec.rooms = {ARoom("b12")};
  spec.persons = {APerson("ana"), APerson("bob"), APerson("cy"), APerson("dan")};
  spec.defences = {ADefence("lea", {"ana", "bob"}), ADefence("tom", {"ana", "cy"}), ADefence("zoe", {"dan"})};
  spec.defences[0].reference = ReferenceSpec{.start = At(9), .room = "b12"};
  spec.defences[1].reference = ReferenceSpec{.start = At(10), .room = "b12"};
  spec.defences[2].reference = ReferenceSpec{.start = At(9, 0, 1), .room = "b12"};
  return spec;
}

TEST(Replan, ChangesNothingThatStillHolds) {
  const Problem problem = Build(Published());
  const ReplanResult result = ReplanQuietly(problem);
  EXPECT_EQ(PlaceOf(result, "lea")->start, At(9));
  EXPECT_EQ(PlaceOf(result, "tom")->start, At(10));
  EXPECT_EQ(PlaceOf(result, "zoe")->start, At(9, 0, 1));
  EXPECT_EQ(result.people_told, 0);
  EXPECT_TRUE(result.is_minimal);
  EXPECT_THAT(result.hit, IsEmpty());
}

TEST(Replan, MovesOnlyTheDefencesOfAJurorWhoFallsIll) {
  ProblemSpec spec = Published();
  spec.persons[1].blocked = {Hours(0, 24)};  // Bob, on the first day
  const Problem problem = Build(spec);
  const ReplanResult result = ReplanQuietly(problem);
  EXPECT_EQ(PlaceOf(result, "lea")->start, At(10, 0, 1)) << "the free time closest to what was published";
  EXPECT_THAT(Keys(problem, result.hit), ElementsAre("lea"));
  EXPECT_THAT(result.others_moved, IsEmpty());
  EXPECT_EQ(result.people_told, 2);
  EXPECT_TRUE(result.is_minimal);
}

TEST(Replan, GivesARoomAtTheSameTimeIfOneIsFree) {
  ProblemSpec spec = Published();
  spec.rooms[0].open = {Hours(10, 17), Hours(9, 17, 1)};
  spec.rooms.push_back(ARoom("c1"));
  spec.defences[0].seats[1].remote = true;
  const ReplanResult result = ReplanQuietly(Kept(spec));
  EXPECT_EQ(PlaceOf(result, "lea")->start, At(9));
  EXPECT_EQ(result.people_told, 1) << "Bob, on video, needs not know";
}

TEST(Replan, TakesAnotherDefenceOutWhereNothingIsFree) {
  // Bob can only come when Zoe defends.
  ProblemSpec spec = Published();
  spec.persons[1].blocked = {{At(0), At(9, 0, 1)}, {At(10, 0, 1), At(0, 0, 2)}};
  const Problem problem = Build(spec);
  const ReplanResult result = ReplanQuietly(problem);
  EXPECT_EQ(PlaceOf(result, "lea")->start, At(9, 0, 1));
  EXPECT_EQ(PlaceOf(result, "zoe")->start, At(10, 0, 1));
  EXPECT_THAT(Keys(problem, result.others_moved), ElementsAre("zoe"));
  EXPECT_EQ(result.others_bound, 1);
  EXPECT_TRUE(result.is_minimal);
}

TEST(Replan, MovesWhatIsFarAwayRatherThanWhatIsTomorrow) {
  // Today is the day before; Bob can come at 10 on the first day or at 9 on the second one, where others are.
  ProblemSpec spec = Published();
  spec.now = At(12, 0, -1);
  spec.persons[1].blocked = {{At(0), At(10)}, {At(11), At(9, 0, 1)}, {At(10, 0, 1), At(0, 0, 2)}};
  spec.defences[1].seats.pop_back();
  spec.defences[1].seats[0].person = "cy";  // one person each
  const Problem problem = Build(spec);
  const ReplanResult result = ReplanQuietly(problem);
  EXPECT_THAT(Keys(problem, result.others_moved), ElementsAre("zoe"));
  EXPECT_EQ(PlaceOf(result, "tom")->start, At(10));
}

TEST(Replan, PlacesWhatIsNewAndLeavesOutWhatIsWithdrawn) {
  ProblemSpec spec = Published();
  spec.defences.erase(spec.defences.begin());  // Lea
  spec.defences.push_back(ADefence("max", {"ana", "dan"}));
  const Problem problem = Build(spec);
  const ReplanResult result = ReplanQuietly(problem);
  ASSERT_TRUE(PlaceOf(result, "max").has_value());
  EXPECT_THAT(Keys(problem, result.hit), ElementsAre("max"));
  EXPECT_THAT(result.others_moved, IsEmpty());
  EXPECT_EQ(result.people_told, 2);
}

TEST(Replan, LetsEitherOfTwoMakeWayThatAreAtOddsNow) {
  ProblemSpec spec = Published();
  spec.defences[0].duration_minutes = 120;  // Lea's, into Tom's
  const Problem problem = Build(spec);
  const ReplanResult result = ReplanQuietly(problem);
  EXPECT_EQ(result.people_told, 2);
  EXPECT_THAT(Keys(problem, result.hit), ElementsAre("lea", "tom"));
  EXPECT_EQ(result.solved.best.UnplacedCount(), 0);
}

TEST(Replan, LeavesWhatHasBegunAndPutsNothingIntoThePast) {
  ProblemSpec spec = Published();
  spec.now = At(13);
  spec.rooms.push_back(ARoom("c1"));
  spec.persons[3].blocked = {Hours(0, 24, 1)};  // Dan, on the second day
  const ReplanResult result = ReplanQuietly(Kept(spec));
  EXPECT_EQ(PlaceOf(result, "lea")->start, At(9));
  EXPECT_EQ(PlaceOf(result, "tom")->start, At(10));
  EXPECT_EQ(PlaceOf(result, "zoe")->start, At(13)) << "today, as close to nine as possible";
}

TEST(Replan, SaysWhatHasNoPlaceAnyMore) {
  ProblemSpec spec = Published();
  spec.persons[3].blocked = {{At(0), At(0, 0, 2)}};
  const ReplanResult result = ReplanQuietly(Kept(spec));
  EXPECT_FALSE(PlaceOf(result, "zoe").has_value());
  EXPECT_EQ(result.solved.placed_bound, 2);
  EXPECT_EQ(result.people_told, 1);
  EXPECT_TRUE(result.is_minimal);
}

// Each aspect that can be pinned, with Bob ill on the first day and so Lea's defence to be moved.
TEST(Replan, KeepsEachPinnedAspect) {
  const auto with = [](PinSpec pin) {
    ProblemSpec spec = Published();
    spec.rooms.push_back(ARoom("c1"));
    spec.persons[1].blocked = {Hours(9, 10)};
    spec.defences[0].pin = std::move(pin);
    return ReplanQuietly(Kept(spec));
  };
  const ReplanResult day = with({.day = 0});
  EXPECT_EQ(PlaceOf(day, "lea")->start / kMinutesPerDay, 0);
  const ReplanResult time = with({.time = At(9)});
  EXPECT_EQ(PlaceOf(time, "lea")->start, At(9, 0, 1));
  const ReplanResult room = with({.time = At(9), .room = "b12"});
  EXPECT_EQ(PlaceOf(room, "lea")->room, PlaceOf(room, "tom")->room);
  EXPECT_NE(PlaceOf(room, "zoe")->room, PlaceOf(room, "lea")->room) << "the others make way for a pin";
  EXPECT_TRUE(PlaceOf(with({.jurors = {"bob"}, .mode = Mode::kOnSite}), "lea").has_value());
  EXPECT_FALSE(PlaceOf(with({.jurors = {"dan"}}), "lea").has_value());
  EXPECT_FALSE(PlaceOf(with({.mode = Mode::kVideo}), "lea").has_value());
}

TEST(Replan, DoesNotMoveAPinnedDefenceToMakeWay) {
  ProblemSpec spec = Published();
  spec.persons[1].blocked = {{At(0), At(9, 0, 1)}, {At(10, 0, 1), At(0, 0, 2)}};
  spec.defences[2].pin = {.day = 1, .time = At(9)};  // Zoe, when alone Bob can come
  const ReplanResult result = ReplanQuietly(Kept(spec));
  EXPECT_FALSE(PlaceOf(result, "lea").has_value());
  EXPECT_EQ(PlaceOf(result, "zoe")->start, At(9, 0, 1));
}

TEST(Replan, ReplacesTheHolderOfAnOpenSeat) {
  ProblemSpec spec = Published();
  spec.defences[2].seats.push_back(testing::AnOpenSeat("reader", {"bob", "cy"}));
  spec.persons[2].blocked = {Hours(0, 24, 1)};  // Cy, who held it
  const Problem problem = Build(spec);
  Placements holders(problem.defences().size());
  holders[2] = Placement{.start = At(9, 0, 1), .room = RoomId{0}, .holders = {}};
  holders[2]->holders[0] = 1;
  const ReplanResult result = ReplanQuietly(problem, {.holders = holders});
  ASSERT_TRUE(PlaceOf(result, "zoe").has_value());
  EXPECT_EQ(PlaceOf(result, "zoe")->start, At(9, 0, 1));
  EXPECT_EQ(PlaceOf(result, "zoe")->holders[0], 0);
}

// Random facts with something published: the result of another random problem, which no longer quite fits.
Problem RandomIncident(uint64_t seed, int defences, bool odd) {
  testing::Chance chance(seed);
  ProblemSpec spec =
      testing::RandomSpec(chance, {.days = 2, .persons = 4, .rooms = 2, .defences = defences, .odd = odd});
  spec.rules.clear();
  for (const RuleLine& line : Rulebook()) {
    if (line.level == RuleLevel::kSoft || line.level == RuleLevel::kStrong)
      SetRule(spec, line.name, line.id == RuleId::kDisturbance ? RuleLevel::kStrong : RuleLevel::kOff);
  }
  spec.grid_minutes = 60;
  spec.now = At(12, 0, chance.Between(-3, 0));
  for (DefenceSpec& defence : spec.defences) defence.reference.reset();
  const Problem before = Build(spec);
  const SolveResult published = Solve(before, {.seed = seed, .move_limit = 300}, {}, [](const Progress&) {});
  for (std::size_t i = 0; i < spec.defences.size(); ++i) {
    const std::optional<DefenceId> id = before.FindDefence(spec.defences[i].key);
    const std::optional<Placement>& at = published.best.PlacementOf(*id);
    if (at) spec.defences[i].reference = ReferenceSpec{at->start, before.room(at->room).key};
  }
  // Somebody cannot come on one day, a room is closed on the other one.
  const int day = chance.Below(2);
  spec.persons[static_cast<std::size_t>(chance.Below(4))].blocked.push_back(Hours(0, 24, day));
  if (chance.OneIn(2)) spec.rooms[0].open = {Hours(8, 18, day)};
  return Build(spec);
}

TEST(Replan, DisturbsAsFewAsTryingEverythingDoes) {
  int proven = 0;
  int changed = 0;
  for (uint64_t seed = 1; seed <= 140; ++seed) {
    SCOPED_TRACE(seed);
    const Problem problem = RandomIncident(seed, 3 + static_cast<int>(seed % 2), seed % 3 == 0);
    testing::BruteForce brute_force(problem);
    if (brute_force.Size() > 20'000) continue;
    const ReplanResult result = ReplanQuietly(problem, {.seed = seed, .work_limit = 100'000});
    const Score best = brute_force.Best();
    EXPECT_EQ(result.solved.score.unplaced(), best.unplaced());
    // What is cancelled is told, too, which the rule does not count.
    if (result.is_minimal && best.unplaced() == 0) {
      EXPECT_EQ(result.disturbance, best.strong());
    }
    proven += static_cast<int>(result.is_minimal);
    changed += static_cast<int>(result.people_told > 0);
  }
  EXPECT_GT(proven, 25);
  EXPECT_GT(changed, 15);
}

TEST(Replan, MakesTimetablesThatTheCheckerAccepts) {
  for (uint64_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(seed);
    testing::Chance chance(seed);
    ProblemSpec spec = testing::RandomSpec(
        chance,
        {.days = 2, .persons = 8, .rooms = 3, .defences = 12, .odd = true, .open_seats = seed % 3 == 0});
    const Problem problem = Build(spec);
    const ReplanResult result = ReplanQuietly(problem, {.seed = seed, .work_limit = 30'000});
    EXPECT_THAT(Check(problem, result.solved.best.placements()), IsEmpty());
    EXPECT_LE(result.disturbance_bound, result.disturbance);
    EXPECT_LE(result.others_bound, static_cast<int>(result.others_moved.size()));
  }
}

TEST(Replan, GivesTheSameForASeedAndAWorkLimitAtAnyNumberOfThreads) {
  for (uint64_t seed = 1; seed <= 10; ++seed) {
    const Problem problem = RandomIncident(seed, 10, true);
    const ReplanResult one = ReplanQuietly(problem, {.seed = 3, .work_limit = 20'000, .threads = 1});
    const ReplanResult four = ReplanQuietly(problem, {.seed = 3, .work_limit = 20'000, .threads = 4});
    EXPECT_EQ(one.solved.best, four.solved.best);
  }
}

TEST(Replan, EndsSoonAfterAStopRequest) {
  const Problem problem = RandomIncident(5, 40, true);
  std::stop_source stop;
  stop.request_stop();
  const ReplanResult result = Replan(problem, {}, stop.get_token(), [](const Progress&) {});
  EXPECT_EQ(result.solved.termination, Termination::kCancelled);
  EXPECT_LT(result.solved.stats.elapsed, absl::Milliseconds(200));
}

}  // namespace
}  // namespace soutenance::scheduling::solver
