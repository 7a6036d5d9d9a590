#include "services/scheduling/solver/search/places.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "services/scheduling/solver/constraints/catalogue.h"
#include "services/scheduling/solver/search/companions.h"
#include "services/scheduling/solver/testing/builders.h"

namespace soutenance::scheduling::solver {
namespace {

using testing::ADefence;
using testing::Arrange;
using testing::ASmallProblem;
using testing::At;
using testing::Build;
using testing::DefenceOf;
using ::testing::UnorderedElementsAre;
using testing::Unplace;

// Ana has three defences, one of them with Bo, who has another one without her. One room, two days.
struct Scene {
  Scene() : problem(Build(Spec())), rules(problem), candidates(problem, rules), fit(problem) {}

  static ProblemSpec Spec() {
    ProblemSpec spec = ASmallProblem();
    spec.grid_minutes = 60;
    spec.rooms.push_back(testing::ARoom("b13"));
    spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"ana"}), ADefence("mia", {"ana", "bo"}),
                     ADefence("zoe", {"bo"})};
    return spec;
  }
  DefenceId Of(const char* key) const { return DefenceOf(problem, key); }

  // Where Places finds "mia" on the first day in many draws.
  std::set<Minute> StartsOfMia(const Timetable& timetable, const Move& moving) const {
    const Places places(problem, candidates, fit);
    Random random(1);
    std::set<Minute> starts;
    for (int i = 0; i < 200; ++i) {
      const auto found = places.FreeOn(timetable, moving, Of("mia"), static_cast<DayId>(0), random);
      if (!found) continue;
      EXPECT_TRUE(fit.Fits(timetable, moving, Of("mia"), *found));
      starts.insert(found->start);
    }
    return starts;
  }

  const Problem problem;
  const RuleSet rules;
  const Candidates candidates;
  const Fit fit;
};

TEST(Places, AreWhereNobodyWhoAttendsIsElsewhereAndARoomIsFree) {
  const Scene scene;
  const Timetable timetable =
      Arrange(scene.problem, {{"lea", At(9), "b12"}, {"tom", At(14), "b13"}, {"zoe", At(11), "b12"}});
  EXPECT_THAT(scene.StartsOfMia(timetable, {}), UnorderedElementsAre(At(10), At(13), At(15), At(16)));
}

TEST(Places, AreAsTheyWillBeAfterTheMoveInTheMaking) {
  const Scene scene;
  const Timetable timetable =
      Arrange(scene.problem, {{"lea", At(9), "b12"}, {"tom", At(14), "b13"}, {"zoe", At(11), "b12"}});
  const Move moving{Unplace(scene.problem, "lea"),
                    {scene.Of("zoe"), Placement{At(16), testing::RoomOf(scene.problem, "b12")}}};
  EXPECT_THAT(scene.StartsOfMia(timetable, moving),
              UnorderedElementsAre(At(9), At(10), At(11), At(13), At(15)));
}

TEST(Places, AreNoneOnADayThatIsFull) {
  ProblemSpec spec = Scene::Spec();
  spec.rooms = {{.key = "b12", .capacity = 20, .open = {testing::Hours(9, 10)}}};
  const Problem problem = Build(spec);
  const RuleSet rules(problem);
  const Candidates candidates(problem, rules);
  const Fit fit(problem);
  Random random(1);
  const Timetable timetable = Arrange(problem, {{"lea", At(9), "b12"}});
  const Places places(problem, candidates, fit);
  const DefenceId zoe = DefenceOf(problem, "zoe");  // whose people are free, but not the room
  EXPECT_EQ(places.FreeOn(timetable, {}, zoe, static_cast<DayId>(0), random), std::nullopt);
  EXPECT_EQ(places.FreeOn(timetable, {}, zoe, static_cast<DayId>(1), random), std::nullopt);
}

TEST(Companions, AreMostlyThoseOnWhoseDayMostPeopleComeAnyway) {
  const Scene scene;
  // On the second day both come; on the first only Ana.
  const Timetable timetable = Arrange(
      scene.problem, {{"lea", At(9), "b12"}, {"tom", At(9, 0, 1), "b12"}, {"zoe", At(9, 0, 1), "b13"}});
  const Companions companions(scene.problem, scene.fit, {});
  Random random(1);
  int first = 0;
  int second = 0;
  for (int i = 0; i < 1000; ++i) {
    const std::optional<DayId> day = companions.DrawDay(timetable, scene.Of("mia"), random);
    first += static_cast<int>(day == static_cast<DayId>(0));
    second += static_cast<int>(day == static_cast<DayId>(1));
  }
  EXPECT_GT(first, 0);
  EXPECT_GT(second, 5 * first);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
