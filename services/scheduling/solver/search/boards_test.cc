#include "services/scheduling/solver/search/boards.h"

#include <gmock/gmock.h>

#include <set>
#include <string>

#include "services/scheduling/solver/check/check.h"
#include "services/scheduling/solver/search/solve.h"
#include "services/scheduling/solver/testing/builders.h"

namespace soutenance::scheduling::solver {
namespace {

using testing::ADefence;
using testing::AMove;
using testing::AnOpenSeat;
using ::testing::AnyOf;
using testing::APerson;
using testing::Arrange;
using testing::ASmallProblem;
using testing::At;
using testing::Build;
using testing::DefenceOf;
using testing::Hours;
using ::testing::IsEmpty;
using testing::PersonOf;
using testing::PlacedAt;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAreArray;

// Four defences, over each of which Bo, Eve or Guy presides; whoever does should stay from 9 to 12, and from
// 13 to 17.
ProblemSpec FourDefences() {
  ProblemSpec spec = ASmallProblem();
  spec.roles = {RoleSpec{.name = "president", .change_cost = 1, .load = {}, .combined = {}}};
  for (const char* key : {"ida", "lea", "max", "tom"}) {
    spec.defences.push_back(ADefence(key, {std::string("supervisor of ") + key}));
    spec.defences.back().seats.push_back(AnOpenSeat("president", {"bo", "eve", "guy"}));
  }
  testing::SetRule(spec, "block_continuity", RuleLevel::kSoft);
  return spec;
}

const std::vector<PlacedAt> kTwoBlocks = {{"ida", At(9), "b12", {"bo"}},
                                          {"lea", At(10), "b12", {"bo"}},
                                          {"max", At(11), "b12", {"bo"}},
                                          {"tom", At(13), "b12", {"eve"}}};

TEST(Boards, ReseatChangesTheHolderOfAllTheBlock) {
  const Problem problem = Build(FourDefences());
  const Timetable timetable = Arrange(problem, kTwoBlocks);
  const Fit fit(problem);
  Random random(1);
  const Move move = Boards(problem, fit).Reseat(timetable, DefenceOf(problem, "lea"), 0, random);

  ASSERT_THAT(move, AnyOf(IsEmpty(), SizeIs(3)));
  std::set<PersonId> holders;
  for (const Step& step : move) {
    EXPECT_EQ(step.to->start, timetable.PlacementOf(step.defence)->start);
    holders.insert(HolderOf(problem.defence(step.defence), step.to->holders, 0));
  }
  EXPECT_EQ(holders.size(), move.empty() ? 0u : 1u);
}

TEST(Boards, ExchangeLetsTwoBlocksExchangeTheirHolders) {
  const Problem problem = Build(FourDefences());
  const Timetable timetable = Arrange(problem, kTwoBlocks);
  const Fit fit(problem);
  Random random(1);
  const Move move = Boards(problem, fit)
                        .Exchange(timetable, DefenceOf(problem, "ida"), 0, DefenceOf(problem, "tom"), random);

  EXPECT_THAT(move, UnorderedElementsAreArray(AMove(problem, {{"ida", At(9), "b12", {"eve"}},
                                                              {"lea", At(10), "b12", {"eve"}},
                                                              {"max", At(11), "b12", {"eve"}},
                                                              {"tom", At(13), "b12", {"bo"}}})));
}

TEST(Boards, WhoeverJoinsABlockFindsItsHolder) {
  const Problem problem = Build(FourDefences());
  const Timetable timetable = Arrange(problem, {kTwoBlocks.begin() + 2, kTwoBlocks.end()});
  const Fit fit(problem);
  const Boards boards(problem, fit);
  const auto sitting = [&](Minute start) {
    const People board =
        boards.Sitting(timetable, {}, DefenceOf(problem, "ida"), RoleId{0}, {.start = start});
    return board.empty() ? std::nullopt : std::optional(board.front());
  };
  EXPECT_EQ(sitting(At(9)), PersonOf(problem, "bo"));
  EXPECT_EQ(sitting(At(16)), PersonOf(problem, "eve"));
  EXPECT_EQ(sitting(At(9, 0, 1)), std::nullopt);
}

// As above without the break of the campaign; two members for each defence, and a pause of the room at noon.
ProblemSpec FourDefencesWithMembers() {
  ProblemSpec spec = FourDefences();
  spec.opening = {Hours(9, 17)};
  spec.pauses = {{.begins = Hours(11, 13), .least_minutes = 30, .wanted_minutes = 60}};
  spec.roles = {RoleSpec{.name = "member", .change_cost = 1, .load = {}, .combined = {}}};
  for (DefenceSpec& defence : spec.defences) {
    defence.seats.back() = AnOpenSeat("member", {"ann", "ben", "cat", "dan"});
    defence.seats.push_back(defence.seats.back());
  }
  return spec;
}

const std::vector<PlacedAt> kTwoHalves = {{"ida", At(9), "b12", {"ann", "ben"}},
                                          {"lea", At(10), "b12", {"ben", "ann"}},
                                          {"max", At(13), "b12", {"cat", "dan"}},
                                          {"tom", At(14), "b12", {"cat", "dan"}}};

std::set<std::string> MembersOf(const Problem& problem, const Placements& placements, const char* key) {
  const DefenceId id = DefenceOf(problem, key);
  std::set<std::string> members;
  for (std::size_t seat = 0; seat < 2; ++seat) {
    members.insert(problem.person(HolderOf(problem.defence(id), placements[Index(id)]->holders, seat)).key);
  }
  return members;
}

TEST(Boards, OfARoleWithSeveralSeatsOneMemberChangesForTheHalfDay) {
  const Problem problem = Build(FourDefencesWithMembers());
  const Fit fit(problem);
  const Boards boards(problem, fit);
  Random random(1);
  int changed = 0;
  for (int i = 0; i < 30; ++i) {
    Timetable timetable = Arrange(problem, kTwoHalves);
    const Move move = boards.Reseat(timetable, DefenceOf(problem, "lea"), 0, random);
    if (move.empty()) continue;
    ++changed;
    timetable.Apply(move);
    EXPECT_EQ(MembersOf(problem, timetable.placements(), "ida"),
              MembersOf(problem, timetable.placements(), "lea"));
    EXPECT_EQ(MembersOf(problem, timetable.placements(), "lea").count("ann"), 1u) << "ben left";
    EXPECT_EQ(MembersOf(problem, timetable.placements(), "max"), (std::set<std::string>{"cat", "dan"}));
  }
  EXPECT_GT(changed, 5);
}

TEST(Boards, TwoHalfDaysExchangeAMember) {
  const Problem problem = Build(FourDefencesWithMembers());
  const Fit fit(problem);
  Random random(1);
  Timetable timetable = Arrange(problem, kTwoHalves);
  const Move move = Boards(problem, fit)
                        .Exchange(timetable, DefenceOf(problem, "ida"), 0, DefenceOf(problem, "tom"), random);
  EXPECT_THAT(move, SizeIs(4));
  timetable.Apply(move);
  EXPECT_EQ(MembersOf(problem, timetable.placements(), "lea"),
            MembersOf(problem, timetable.placements(), "ida"));
  EXPECT_EQ(MembersOf(problem, timetable.placements(), "ida").count("ann"), 0u);
  EXPECT_EQ(MembersOf(problem, timetable.placements(), "max").count("ann"), 1u);
}

TEST(Boards, WhoeverJoinsFindsAllOfSeveralMembers) {
  const Problem problem = Build(FourDefencesWithMembers());
  const Timetable timetable = Arrange(problem, {kTwoHalves.begin() + 1, kTwoHalves.end()});
  const Fit fit(problem);
  const Boards boards(problem, fit);
  const People sitting =
      boards.Sitting(timetable, {}, DefenceOf(problem, "ida"), RoleId{0}, {.start = At(9)});
  EXPECT_EQ(sitting, (People{PersonOf(problem, "ann"), PersonOf(problem, "ben")}));
}

// Bo can come in the morning, Eve in the afternoon, Guy for an hour on either side of noon.
TEST(Solve, KeepsTheBoardForABlockIfItMust) {
  ProblemSpec spec = FourDefences();
  spec.opening = {Hours(9, 12), Hours(13, 14)};
  spec.persons = {APerson({.key = "bo", .blocked = {Hours(12, 17)}}),
                  APerson({.key = "eve", .blocked = {Hours(9, 12)}}),
                  APerson({.key = "guy", .blocked = {Hours(9, 11), Hours(14, 17)}})};
  testing::SetRule(spec, "block_continuity", RuleLevel::kHard);
  const Problem problem = Build(spec);
  const SolveResult result = Solve(problem, {}, std::stop_token(), [](const Progress&) {});

  EXPECT_EQ(result.best.PlacedCount(), 4);
  EXPECT_THAT(Check(problem, result.best.placements()), IsEmpty());
}

}  // namespace
}  // namespace soutenance::scheduling::solver
