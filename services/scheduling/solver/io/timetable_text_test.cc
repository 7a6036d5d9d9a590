#include "services/scheduling/solver/io/timetable_text.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/scheduling/solver/testing/builders.h"
#include "services/scheduling/solver/testing/random_problem.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::scheduling::solver {
namespace {

using ::soutenance::scheduling::solver::testing::ADefence;
using ::soutenance::scheduling::solver::testing::Arrange;
using ::soutenance::scheduling::solver::testing::ASmallProblem;
using ::soutenance::scheduling::solver::testing::At;
using ::soutenance::scheduling::solver::testing::Build;
using ::soutenance::scheduling::solver::testing::Chance;
using ::soutenance::scheduling::solver::testing::RandomProblem;
using ::soutenance::scheduling::solver::testing::RandomTimetable;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Problem ThreeDefences() {
  ProblemSpec spec = ASmallProblem();
  spec.defences = {ADefence("theses/1", {"ana"}), ADefence("theses/2", {"ana"}),
                   ADefence("theses/3", {"ana"})};
  return Build(spec);
}

std::vector<std::string> Faults(const Problem& problem, absl::string_view text) {
  std::vector<std::string> faults;
  const auto timetable = ParseTimetable(problem, text);
  if (timetable.ok()) return faults;
  for (const FieldViolation& violation : FactsOf(timetable.status()).fields) {
    faults.push_back(absl::StrCat(violation.field, ": ", violation.description));
  }
  return faults;
}

TEST(TimetableText, HasALineForEachDefence) {
  const Problem problem = ThreeDefences();
  const Timetable timetable =
      Arrange(problem, {{"theses/3", At(9, 30, 1), "b12"}, {"theses/1", At(14), "b12"}});
  EXPECT_EQ(WriteTimetable(timetable),
            "soutenance timetable 1\n"
            "placed \"theses/1\" 2027-06-14 14:00 \"b12\"\n"
            "unplaced \"theses/2\"\n"
            "placed \"theses/3\" 2027-06-15 09:30 \"b12\"\n"
            "end\n");
}

TEST(TimetableText, ComesBackAsItWas) {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    const Problem problem = RandomProblem(seed, {.open_seats = seed % 2 == 1});
    Chance chance(seed);
    const Timetable timetable = RandomTimetable(chance, problem);
    ASSERT_OK_AND_ASSIGN(const Timetable read, ParseTimetable(problem, WriteTimetable(timetable)));
    EXPECT_EQ(read, timetable) << "seed " << seed;
  }
}

TEST(TimetableText, LeavesUnplacedWhatItDoesNotMention) {
  const Problem problem = ThreeDefences();
  ASSERT_OK_AND_ASSIGN(const Timetable timetable,
                       ParseTimetable(problem,
                                      "soutenance timetable 1\n"
                                      "placed \"theses/2\" 2027-06-14 09:00 \"b12\"\nend\n"));
  EXPECT_EQ(timetable.PlacedCount(), 1);
}

TEST(TimetableText, NamesEachLineThatDoesNotFitTheProblem) {
  const Problem problem = ThreeDefences();
  EXPECT_THAT(
      Faults(problem, R"(soutenance timetable 1
placed "theses/9" 2027-06-14 09:00 "b12"
placed "theses/1" 2027-06-14 09:00 "c3"
placed "theses/2" 2027-06-20 09:00 "b12"
unplaced "theses/2"
placed "theses/3" 2027-06-14 23:30 "b12"
moved "theses/3"
unplaced "theses/3" 2027-06-14
end
)"),
      ElementsAre("line 2: the problem has no defence \"theses/9\"", "line 3: the problem has no room \"c3\"",
                  HasSubstr("line 4: start: 2027-06-20 is none of the campaign's days"),
                  "line 5: the defence \"theses/2\" is given twice",
                  HasSubstr("line 6: start: a defence of 60 minutes that starts at 23:30"),
                  "line 7: \"moved\" is not known; expected placed, unplaced or end",
                  "line 8: found \"2027-06-14\"; expected the end of the line"));
}

TEST(TimetableText, NoticesThatATextWasCutOff) {
  const Problem problem = ThreeDefences();
  const std::string text = WriteTimetable(Arrange(problem, {{"theses/1", At(9), "b12"}}));
  for (std::size_t size = 0; size + 2 < text.size(); ++size) {
    EXPECT_THAT(Faults(problem, text.substr(0, size)), Not(IsEmpty())) << "after " << size << " bytes";
  }
}

}  // namespace
}  // namespace soutenance::scheduling::solver
