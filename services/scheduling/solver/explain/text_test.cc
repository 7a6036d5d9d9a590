#include "services/scheduling/solver/explain/text.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "services/scheduling/solver/explain/phrases.h"
#include "services/scheduling/solver/testing/builders.h"

// In the expected texts "~" stands for a no-break space, U+00A0, and "^" for a narrow one, U+202F.
namespace soutenance::scheduling::solver {

void PrintTo(const Text& text, std::ostream* out) { *out << text.fr << " | " << text.en; }

namespace {

using testing::ADefence;
using testing::ASmallProblem;
using testing::At;
using testing::Build;

Text Expected(std::string fr, std::string en) {
  const auto set = [](std::string text) {
    std::string out;
    for (const char c : text) out += c == '~' ? "\u00a0" : c == '^' ? "\u202f" : std::string(1, c);
    return out;
  };
  return {set(std::move(fr)), set(std::move(en))};
}

TEST(Text, WritesDatesAndTimesAsPeopleDo) {
  const Problem problem = Build(ASmallProblem());
  EXPECT_EQ(DateText(problem, At(10, 0, 1)), Expected("mardi 15~juin 2027", "Tuesday 15~June 2027"));
  EXPECT_EQ(TimeText(At(10, 30, 1)), Expected("10~h~30", "10:30"));
  EXPECT_EQ(TimeText(At(9)), Expected("9~h", "9:00"));
  EXPECT_EQ(TimeText(At(9, 5)), Expected("9~h~05", "9:05"));
  EXPECT_EQ(MomentText(problem, At(10, 30)),
            Expected("lundi 14~juin 2027 à 10~h~30", "Monday 14~June 2027 at 10:30"));
  EXPECT_EQ(PeriodText(problem, {At(9), At(10, 30)}),
            Expected("lundi 14~juin 2027 de 9~h à 10~h~30", "Monday 14~June 2027 from 9:00 to 10:30"));
}

TEST(Text, CountsTheFirstOfAMonthInFrench) {
  ProblemSpec spec = ASmallProblem();
  spec.first_date = "2027-07-01";
  const Problem problem = Build(spec);
  EXPECT_EQ(DateText(problem, At(9)), Expected("jeudi 1er~juillet 2027", "Thursday 1~July 2027"));
}

TEST(Text, EndsADayAtMidnight) {
  const Problem problem = Build(ASmallProblem());
  EXPECT_EQ(PeriodText(problem, {At(0), At(24)}),
            Expected("lundi 14~juin 2027 de 0~h à 24~h", "Monday 14~June 2027 from 0:00 to 24:00"));
  EXPECT_EQ(PeriodText(problem, {At(22), At(9, 0, 1)}),
            Expected("du lundi 14~juin 2027 à 22~h au mardi 15~juin 2027 à 9~h",
                     "from Monday 14~June 2027 at 22:00 to Tuesday 15~June 2027 at 9:00"));
}

TEST(Phrases, ElideBeforeAVowel) {
  ProblemSpec spec = ASmallProblem();
  spec.defences = {ADefence("a", {"x"}), ADefence("b", {"y"}), ADefence("c", {"z"})};
  spec.defences[0].label = "Élodie Petit";
  spec.defences[1].label = "Léa Martin";
  spec.defences[2].label = "Hugo Ruiz";
  const Problem problem = Build(spec);
  EXPECT_EQ(DefencePhrase(problem, DefenceId{0}),
            Expected("la soutenance d’Élodie Petit", "the defence of Élodie Petit"));
  const std::vector<DefenceId> all = {DefenceId{0}, DefenceId{1}, DefenceId{2}};
  EXPECT_EQ(DefencesPhrase(problem, all),
            Expected("les soutenances d’Élodie Petit, de Léa Martin et de Hugo Ruiz",
                     "the defences of Élodie Petit, Léa Martin and Hugo Ruiz"));
}

TEST(Phrases, CountDefencesBeyondFive) {
  ProblemSpec spec = ASmallProblem();
  std::vector<DefenceId> all;
  for (int i = 0; i < 7; ++i) {
    spec.defences.push_back(ADefence(std::string(1, static_cast<char>('p' + i)), {"x"}));
    all.push_back(static_cast<DefenceId>(i));
  }
  for (DefenceSpec& defence : spec.defences) defence.label = defence.key;
  const Problem problem = Build(spec);
  EXPECT_EQ(DefencesPhrase(problem, all),
            Expected("les soutenances de p, de q, de r, de s, de t et de 2~autres",
                     "the defences of p, q, r, s, t and 2 others"));
}

TEST(Phrases, DoNotSayRoomTwice) {
  ProblemSpec spec = ASmallProblem();
  spec.rooms = {testing::ARoom({.key = "1", .name = "Salle B12"}),
                testing::ARoom({.key = "2", .name = "Amphi Curie"}),
                testing::ARoom({.key = "3", .name = "B13"})};
  const Problem problem = Build(spec);
  EXPECT_EQ(RoomPhrase(problem, RoomId{0}), Expected("la salle B12", "Salle B12"));
  EXPECT_EQ(RoomPhrase(problem, RoomId{1}), Expected("l’amphi Curie", "Amphi Curie"));
  EXPECT_EQ(RoomPhrase(problem, RoomId{2}), Expected("la salle B13", "room B13"));
}

TEST(Phrases, TellTimesOfOneDayTogether) {
  const Problem problem = Build(ASmallProblem());
  const std::vector<Interval> times = {
      {At(9), At(10)}, {At(14), At(15)}, {At(9, 0, 1), At(12, 0, 1)}, {At(14, 0, 1), At(15, 0, 1)}};
  EXPECT_EQ(
      OnPeriods(problem, times, 3),
      Expected(
          "le lundi 14~juin 2027 de 9~h à 10~h et de 14~h à 15~h, le mardi 15~juin 2027 de 9~h à 12~h, et "
          "1~autre fois",
          "on Monday 14~June 2027 from 9:00 to 10:00 and from 14:00 to 15:00, on Tuesday 15~June 2027 "
          "from 9:00 to 12:00, and 1 other time"));
}

TEST(Phrases, WriteMinutesAndCounts) {
  EXPECT_EQ(MinutesPhrase(45), Expected("45~min", "").fr);
  EXPECT_EQ(MinutesPhrase(60), Expected("1~h", "").fr);
  EXPECT_EQ(MinutesPhrase(125), Expected("2~h~05", "").fr);
  EXPECT_EQ(CountFr(0, "place", "places"), Expected("0~place", "").fr);
  EXPECT_EQ(CountEn(0, "seat", "seats"), "0 seats");
}

}  // namespace
}  // namespace soutenance::scheduling::solver
