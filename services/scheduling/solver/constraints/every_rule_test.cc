// What holds for every rule of the rulebook, on random problems, timetables and moves. A new rule is taken by
// itself.
#include <gmock/gmock.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/scheduling/solver/constraints/catalogue.h"
#include "services/scheduling/solver/testing/random_problem.h"

namespace soutenance::scheduling::solver {
namespace {

using ::soutenance::scheduling::solver::testing::Chance;
using ::soutenance::scheduling::solver::testing::RandomMove;
using ::soutenance::scheduling::solver::testing::RandomPlacement;
using ::soutenance::scheduling::solver::testing::RandomProblem;
using ::soutenance::scheduling::solver::testing::RandomTimetable;

constexpr uint64_t kProblems = 150;
constexpr int kMoves = 15;

class EveryRule : public ::testing::TestWithParam<RuleId> {
 protected:
  // The rule as `problem` sets it; if it is off there, as the rulebook does.
  static std::unique_ptr<Constraint> In(const Problem& problem) {
    const RuleInForce& rule = problem.rule(GetParam());
    return MakeConstraint(rule.IsOn() ? rule : DefaultOf(LineOf(GetParam())));
  }

  // Calls visit(problem, constraint, chance, timetable) for many random timetables.
  template <typename Visit>
  static void ForManyTimetables(Visit visit) {
    for (uint64_t seed = 0; seed < kProblems; ++seed) {
      SCOPED_TRACE(absl::StrCat("seed ", seed));
      const Problem problem = RandomProblem(seed, {.open_seats = seed % 2 == 1});
      const std::unique_ptr<Constraint> constraint = In(problem);
      Chance chance(seed + 1'000'000);
      Timetable timetable = RandomTimetable(chance, problem);
      visit(problem, *constraint, chance, timetable);
      if (HasFailure()) return;
    }
  }
};

int64_t SumOfMatches(const Constraint& constraint, const Timetable& timetable) {
  int64_t sum = 0;
  constraint.Matches(timetable, [&](const Match& match) {
    EXPECT_GE(match.penalty, 1);
    sum += match.penalty;
  });
  return sum;
}

TEST_P(EveryRule, TellsTheDifferenceOfAMoveExactly) {
  int64_t differences = 0;
  ForManyTimetables(
      [&](const Problem& problem, const Constraint& constraint, Chance& chance, Timetable& timetable) {
        Change change(problem);
        for (int i = 0; i < kMoves; ++i) {
          const Move move = RandomMove(chance, timetable, chance.Between(1, 5));
          change.Reset(timetable, move);
          const int64_t delta = constraint.Delta(change);
          const int64_t before = constraint.Penalty(timetable);
          timetable.Apply(move);
          ASSERT_EQ(delta, constraint.Penalty(timetable) - before);
          if (delta != 0) ++differences;
        }
      });
  EXPECT_GT(differences, 20) << "the random problems do not exercise this rule";
}

TEST_P(EveryRule, HasMatchesThatAddUpToItsPenalty) {
  ForManyTimetables([&](const Problem&, const Constraint& constraint, Chance&, Timetable& timetable) {
    EXPECT_EQ(SumOfMatches(constraint, timetable), constraint.Penalty(timetable));
  });
}

// What a rule that counts the unplaced says about an empty timetable.
int64_t PenaltyOfNothing(RuleId rule, const Problem& problem) {
  if (rule == RuleId::kUnplaced) return problem.DefenceCount();
  int64_t comings_too_many = 0;
  for (const Person& person : problem.persons()) {
    comings_too_many += std::max<int64_t>(0, static_cast<int64_t>(person.defences.size()) - 1);
  }
  int64_t too_seldom = 0;
  for (const Role& role : problem.roles()) {
    for (const LoadBand& band : role.load) {
      if (band.low > 0) too_seldom += band.cost * static_cast<int64_t>(role.people.size());
    }
  }
  if (rule == RuleId::kRoleLoad) return too_seldom;
  return rule == RuleId::kBackToBack ? comings_too_many : 0;
}

TEST_P(EveryRule, IsKeptByAnEmptyTimetableUnlessItCountsTheUnplaced) {
  ForManyTimetables([&](const Problem& problem, const Constraint& constraint, Chance&, Timetable&) {
    const int64_t penalty = constraint.Penalty(Timetable(problem));
    EXPECT_EQ(penalty, PenaltyOfNothing(GetParam(), problem));
  });
}

TEST_P(EveryRule, IsTheSumOverSingleDefencesIfItLooksAtOne) {
  ForManyTimetables(
      [&](const Problem& problem, const Constraint& constraint, Chance& chance, Timetable& timetable) {
        int64_t sum = 0;
        ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId defence) {
          const auto& to = timetable.PlacementOf(defence);
          if (to) sum += constraint.PenaltyAlone(problem, defence, *to);
        });
        EXPECT_EQ(sum, constraint.LooksAtOne() ? constraint.Penalty(timetable) : 0);

        const auto defence = static_cast<DefenceId>(chance.Below(problem.DefenceCount()));
        const Placement to = RandomPlacement(chance, problem, defence);
        int64_t of_matches = 0;
        constraint.MatchesAlone(problem, defence, to, [&](const Match& match) {
          EXPECT_GE(match.penalty, 1);
          EXPECT_EQ(match.defences.size(), 1u);
          of_matches += match.penalty;
        });
        EXPECT_EQ(of_matches, constraint.PenaltyAlone(problem, defence, to));
      });
}

TEST_P(EveryRule, DoesNotGetWorseByUnplacingIfItMayBeHard) {
  if (!MayBeSetTo(LineOf(GetParam()), RuleLevel::kHard)) return;
  ForManyTimetables([&](const Problem& problem, const Constraint& constraint, Chance&, Timetable& timetable) {
    ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId defence) {
      EXPECT_LE(constraint.Delta(Change(timetable, {{.defence = defence, .to = std::nullopt}})), 0);
    });
  });
}

std::vector<RuleId> AllRules() {
  std::vector<RuleId> rules;
  for (const RuleLine& line : Rulebook()) rules.push_back(line.id);
  return rules;
}

INSTANTIATE_TEST_SUITE_P(Rulebook, EveryRule, ::testing::ValuesIn(AllRules()),
                         [](const ::testing::TestParamInfo<RuleId>& rule) {
                           return std::string(LineOf(rule.param).name);
                         });

}  // namespace
}  // namespace soutenance::scheduling::solver
