#include "services/scheduling/solver/io/problem_text.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/base/error.h"
#include "services/scheduling/solver/testing/builders.h"
#include "services/scheduling/solver/testing/random_problem.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::scheduling::solver {
namespace {

using ::soutenance::scheduling::solver::testing::ADefence;
using ::soutenance::scheduling::solver::testing::APerson;
using ::soutenance::scheduling::solver::testing::ARoom;
using ::soutenance::scheduling::solver::testing::ASmallProblem;
using ::soutenance::scheduling::solver::testing::At;
using ::soutenance::scheduling::solver::testing::Build;
using ::soutenance::scheduling::solver::testing::Chance;
using ::soutenance::scheduling::solver::testing::Hours;
using ::soutenance::scheduling::solver::testing::RandomSpec;
using ::soutenance::scheduling::solver::testing::SetRule;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// "line 3: what is wrong", for each violation.
std::vector<std::string> Faults(absl::string_view text) {
  std::vector<std::string> faults;
  const auto problem = ParseProblem(text);
  if (problem.ok()) return faults;
  EXPECT_THAT(problem, StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
  for (const FieldViolation& violation : FactsOf(problem.status()).fields) {
    faults.push_back(absl::StrCat(violation.field, ": ", violation.description));
  }
  return faults;
}

constexpr absl::string_view kExample = R"(soutenance problem 1

first_date 2027-06-14
now 2027-06-10 08:00
grid_minutes 30
buffer_minutes 10
travel_minutes 20
opening 2027-06-14 09:00 to 12:00
opening 2027-06-14 13:00 to 17:00
rule if_needed off
rule gaps strong weight 2 parameter 15
rule nearness soft_3 weight 1

role "president"
  absence_cost 100
  change_cost 7
  load 1 to 3 cost 10
  load 1 to 4 cost 20

role "supervisor"
  combined "president" cost 2

person "people/ana" "Ana Ruiz"
  blocked 2027-06-14 09:00 to 10:00
  if_needed 2027-06-13 22:00 to 2027-06-14 24:00
  max_per_day 4
  max_total 9
  weight 3
  subject "Contrôle"
  subject "IA"
  nearness 0 2 1
  room_change 5
  role_limit "president" per_day 2 total 5
  role_limit "supervisor" total 7

room "rooms/b12" "Salle « B 12 »"
  site "Sud"
  capacity 20
  equipment "video"
  open 2027-06-14 08:00 to 18:00

defence "theses/42" "Léa \"Zoé\" Martin"
  duration_minutes 45
  seat "people/ana" "president"
  seat "people/ana" "supervisor" remote
  equipment "video"
  capacity 12
  subject "IA"
  allowed 2027-06-14 00:00 to 2027-06-19 00:00
  reference 2027-06-14 09:30 "rooms/b12"
  pin_day 2027-06-14
  pin_time 09:30
  pin_room "rooms/b12"
  pin_juror "people/ana"
  pin_mode on_site

end
)";

TEST(ProblemText, HoldsEveryFact) {
  ProblemSpec spec{.first_date = "2027-06-14", .opening = {Hours(9, 12), Hours(13, 17)}};
  spec.now = At(8, 0, -4);
  spec.grid_minutes = 30;
  spec.buffer_minutes = 10;
  spec.travel_minutes = 20;
  spec.persons = {{.key = "people/ana",
                   .name = "Ana Ruiz",
                   .blocked = {Hours(9, 10)},
                   .if_needed = {{At(22, 0, -1), At(24)}},
                   .max_per_day = 4,
                   .max_total = 9,
                   .weight = 3,
                   .subjects = {"IA", "Contrôle"},
                   .nearness = {0, 2, 1, 0},
                   .room_change = {5},
                   .role_limits = {{.role = "supervisor", .max_total = 7},
                                   {.role = "president", .max_per_day = 2, .max_total = 5}}}};
  spec.rooms = {{.key = "rooms/b12",
                 .name = "Salle « B 12 »",
                 .site = "Sud",
                 .capacity = 20,
                 .equipment = {"video"},
                 .open = {Hours(8, 18)}}};
  spec.defences = {{.key = "theses/42",
                    .label = "Léa \"Zoé\" Martin",
                    .duration_minutes = 45,
                    .seats = {{.person = "people/ana", .role = "president"},
                              {.person = "people/ana", .role = "supervisor", .remote = true}},
                    .equipment = {"video"},
                    .capacity = 12,
                    .subjects = {"IA"},
                    .allowed = {{At(0), At(0, 0, 5)}},
                    .reference = ReferenceSpec{.start = At(9, 30), .room = "rooms/b12"},
                    .pin = {.day = 0,
                            .time = At(9, 30),
                            .room = "rooms/b12",
                            .jurors = {"people/ana"},
                            .mode = Mode::kOnSite}}};
  spec.roles = {{.name = "president",
                 .absence_cost = 100,
                 .change_cost = 7,
                 .load = {{.low = 1, .high = 3, .cost = 10}, {.low = 1, .high = 4, .cost = 20}},
                 .combined = {}},
                {.name = "supervisor", .load = {}, .combined = {{.role = "president", .cost = 2}}}};
  SetRule(spec, "gaps", RuleLevel::kStrong, 2, 15);
  SetRule(spec, "if_needed", RuleLevel::kOff);
  SetRule(spec, "nearness", RuleLevel::kSoft3);
  const Problem problem = Build(spec);

  EXPECT_EQ(absl::StrReplaceAll(WriteProblem(problem), {{"2027-06-13 22:00 to 2027-06-15 00:00", "X"}}),
            absl::StrReplaceAll(kExample, {{"2027-06-13 22:00 to 2027-06-14 24:00", "X"}}));
  ASSERT_OK_AND_ASSIGN(const Problem read, ParseProblem(kExample));
  EXPECT_EQ(read.spec(), problem.spec());
}

TEST(ProblemText, ComesBackAsItWas) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    Chance chance(seed);
    const Problem problem = Build(RandomSpec(chance, {.open_seats = seed % 2 == 1}));
    const std::string text = WriteProblem(problem);
    ASSERT_OK_AND_ASSIGN(const Problem read, ParseProblem(text));
    ASSERT_EQ(read.spec(), problem.spec()) << "seed " << seed;
    ASSERT_EQ(WriteProblem(read), text) << "seed " << seed;
  }
}

TEST(ProblemText, KeepsAnyName) {
  const std::string nul("a\0b", 3);
  for (const std::string& name :
       {std::string("Éloïse d’Ûrgel « ßø »"), std::string("\"quoted\" \\ and \\n"),
        std::string("two\nlines\r\n\tand more"), nul, std::string("\x01\x7F"), std::string("名前 😀"),
        std::string("# end"), std::string(" "), std::string("\xE2\x80\xA8")}) {
    ProblemSpec spec = ASmallProblem();
    spec.persons = {APerson({.key = name, .name = name})};
    spec.rooms = {ARoom({.key = name, .name = name, .site = name, .equipment = {name}})};
    spec.defences = {ADefence(name, {name})};
    spec.defences[0].seats[0].role = name;
    spec.defences[0].pin.room = name;
    const Problem problem = Build(spec);
    ASSERT_OK_AND_ASSIGN(const Problem read, ParseProblem(WriteProblem(problem)));
    EXPECT_EQ(read.spec(), problem.spec()) << name;
  }
}

TEST(ProblemText, TakesWhatAPersonWrites) {
  ASSERT_OK_AND_ASSIGN(const Problem problem, ParseProblem("\xEF\xBB\xBFsoutenance problem 1\r\n"
                                                           "# the smallest\r\n"
                                                           "\tfirst_date   2027-06-14\r\n"
                                                           "person \"ana\"\r\n"
                                                           "defence \"lea\"\r\n"
                                                           "seat \"ana\" \"\"\r\n"
                                                           "end"));
  EXPECT_EQ(problem.persons()[0].name, "ana");
  EXPECT_EQ(problem.grid_minutes(), 15);
  EXPECT_EQ(problem.defences()[0].duration_minutes, 60);
}

// Canonical: what is written is what was read.
TEST(ProblemText, TellsOfPausesHoursAndBoards) {
  const std::string text = R"(soutenance problem 1

first_date 2027-06-14
grid_minutes 30
buffer_minutes 0
travel_minutes 0
opening 2027-06-14 09:00 to 17:00
pause 2027-06-14 11:30 to 13:00 least 40 wanted 60 until 2027-06-14 13:40
early 09:00 cost 10
late 16:30 cost 20
rule room_pause hard

role "member"
  change_cost 3
  day_change_cost 2
  mix_cost 4
  load 1 to 2 cost 5 only "ana" "bo"

person "ana" "ana"

person "bo" "bo"

room "b12" "b12"
  capacity 0
  open 2027-06-14 08:00 to 18:00

defence "lea" "lea"
  duration_minutes 60
  seat "bo" "member"
  guest "ana" "supervisor"
  open_seat "reader" remote shared
    candidate "ana"
  expected_people 2
  cohort "MSc"

end
)";
  ASSERT_OK_AND_ASSIGN(const Problem problem, ParseProblem(text));
  EXPECT_EQ(WriteProblem(problem), text);
  EXPECT_EQ(problem.day(DayId{0}).pause->until, At(13, 40));
  EXPECT_EQ(problem.defences()[0].attendees.size(), 1u) << "a guest is none";
  EXPECT_TRUE(problem.defences()[0].open_seats[0].shared);
}

TEST(ProblemText, NamesEachLineThatCannotBeRead) {
  EXPECT_THAT(
      Faults(R"(soutenance problem 1
first_date 2027-06-14
first_date 2027-06-14
opening 2027-06-31 9:00 to 12:00
opening 2027-06-14 9:00 to 12:00
opening 2027-06-14 09:00 until 12:00
opening 2027-06-14 09:00 to 25:00
grid_minutes many
grid_minutes
blocked 2027-06-14 09:00 to 10:00
rule gaps hardest
person people/ana
person "people/bob
person "people/eve" "Eve" "Eva"
  max_per_day 99999999999999999999
  blocked 2127-06-14 09:00 to 10:00
  seat "people/eve" "president"
defence "theses/1"
  seat "people/eve" "a\qb"
  seat "people/eve" president
  duration_minutes 60
  duration_minutes 60
end
)"),
      ElementsAre(
          "line 3: first_date is given twice at the beginning",
          "line 4: opening: found \"2027-06-31\"; expected a date like 2027-06-14",
          "line 5: opening: found \"9:00\"; expected a time like 09:30",
          "line 6: opening: expected a period like \"2027-06-14 09:00 to 12:00\" or \"2027-06-14 09:00 to "
          "2027-06-15 12:00\"",
          "line 7: opening: found \"25:00\"; expected a time like 09:30",
          "line 8: grid_minutes: found \"many\"; expected minutes, a whole number",
          "line 9: grid_minutes is given twice at the beginning",
          "line 10: \"blocked\" is not known at the beginning; expected one of person, room, defence, role, "
          "first_date, "
          "now, grid_minutes, buffer_minutes, travel_minutes, opening, pause, early, late, rule, end",
          "line 11: rule: \"hardest\" is no level; expected off, hard, strong, soft or soft_2 to soft_6",
          "line 12: person: found people/ana; expected the key of a person between quotes",
          "line 13: a quote is not closed; a line break in a name is written \\n",
          "line 14: person: found \"Eva\"; expected the end of the line",
          "line 15: max_per_day: found \"99999999999999999999\"; expected defences, a whole number",
          "line 16: blocked: 2127-06-14 is more than 3660 days from the first date",
          "line 17: \"seat\" is not known in a person; expected one of person, room, defence, role, blocked, "
          "if_needed, max_per_day, max_total, weight, subject, nearness, room_change, role_limit, end",
          R"(line 19: the escape \q is not known; expected \", \\, \n, \r, \t or \u and four hexadecimal digits)",
          "line 20: seat: found president; expected a role between quotes",
          "line 22: duration_minutes is given twice in a defence"));
}

TEST(ProblemText, QuotesAnUnknownEscapeWithItsWholeCharacter) {
  EXPECT_THAT(Faults("soutenance problem 1\nfirst_date 2027-06-14\nperson \"\\é\"\nend\n"),
              ElementsAre(HasSubstr("line 3: the escape \\é is not known")));
}

TEST(ProblemText, SaysOnceThatTheFirstDateIsMissing) {
  EXPECT_THAT(Faults("soutenance problem 1\nopening 2027-06-14 09:00 to 12:00\nopening 2027-06-15 09:00 to "
                     "12:00\nend\n"),
              ElementsAre("line 2: comes before first_date, which must be known first"));
}

TEST(ProblemText, GoesOnAfterAFirstDateThatCannotBeRead) {
  EXPECT_THAT(
      Faults("soutenance problem 1\nfirst_date 14/06/2027\nopening 2027-06-14 09:00 to 12:00\nopening "
             "2027-06-15 09:00 to noon\nend\n"),
      ElementsAre("line 2: first_date: found \"14/06/2027\"; expected a date like 2027-06-14",
                  "line 4: opening: found \"noon\"; expected a time like 09:30"));
}

TEST(ProblemText, SaysWhatTheProblemDoesNotAccept) {
  EXPECT_THAT(Faults("soutenance problem 1\nfirst_date 2027-06-14\ngrid_minutes 0\nend\n"),
              ElementsAre("grid_minutes: is 0; expected 1 to 1440"));
}

TEST(ProblemText, RefusesOtherTextsAndVersions) {
  EXPECT_THAT(Faults(""), ElementsAre("line 1: the first line must be \"soutenance problem 1\""));
  EXPECT_THAT(Faults("soutenance timetable 1\nend\n"), SizeIs(1));
  EXPECT_THAT(Faults("soutenance problem 2\nfirst_date tomorrow\nend\n"),
              ElementsAre("line 1: this is another version of the format; this program reads \"soutenance "
                          "problem 1\""));
}

TEST(ProblemText, NoticesThatATextWasCutOffWhereverItWas) {
  for (std::size_t size = 0; size + 2 < kExample.size(); ++size) {
    EXPECT_THAT(Faults(kExample.substr(0, size)), Not(IsEmpty())) << "after " << size << " bytes";
  }
  EXPECT_THAT(Faults("soutenance problem 1\nfirst_date 2027-06-14\n"),
              ElementsAre("line 3: the text is cut off: its last line must be \"end\""));
}

TEST(ProblemText, RefusesWhatFollowsTheEnd) {
  EXPECT_THAT(Faults("soutenance problem 1\nfirst_date 2027-06-14\nend\nperson \"ana\"\n"),
              ElementsAre("line 4: comes after \"end\"; nothing may"));
}

TEST(ProblemText, RefusesNulBytesAndWhatIsNotUtf8) {
  EXPECT_THAT(Faults(absl::string_view("soutenance problem 1\nperson \"a\0b\"\nend\n", 38)),
              ElementsAre(HasSubstr("line 2: holds a control character")));
  EXPECT_THAT(Faults("soutenance problem 1\nperson \"Ren\xE9\"\nend\n"), ElementsAre("line 2: is not UTF-8"));
  EXPECT_THAT(Faults("soutenance problem 1\nperson \"\\ud800\"\nend\n"), SizeIs(1));
}

TEST(ProblemText, ListsAtMostAThousandFaults) {
  std::string text = "soutenance problem 1\n";
  for (int i = 0; i < 5000; ++i) text += "what?\n";
  EXPECT_THAT(Faults(text), SizeIs(1000));
}

TEST(ProblemText, RefusesATextThatIsTooLong) {
  EXPECT_THAT(Faults(std::string((32 << 20) + 1, '\n')),
              ElementsAre(HasSubstr("text: is 33554433 bytes long")));
}

TEST(ProblemText, RefusesMorePersonsThanAProblemMayHave) {
  std::string text = "soutenance problem 1\nfirst_date 2027-06-14\n";
  for (int i = 0; i <= 100'000; ++i) absl::StrAppend(&text, "person \"", i, "\"\n");
  EXPECT_THAT(Faults(text), ElementsAre("line 100003: there are more than 100000 persons"));
}

// Changes `text` a little, as a bad disk or a bad editor would.
std::string Damaged(Chance& chance, std::string text) {
  static constexpr absl::string_view kPieces[] = {"\"",    "\\", "\n",    " ",          "end\n", "\xFF", "-1",
                                                  "99999", "to", "24:00", "2027-02-30", "\\u00", "\x01"};
  for (int n = chance.Between(1, 4); n > 0; --n) {
    const auto at = static_cast<std::size_t>(chance.Below(static_cast<int>(text.size())));
    const auto length = static_cast<std::size_t>(chance.Below(12));
    switch (chance.Below(4)) {
      case 0:
        text.erase(at, length);
        break;
      case 1:
        text.insert(at, std::string(kPieces[static_cast<std::size_t>(chance.Below(std::size(kPieces)))]));
        break;
      case 2:
        text.insert(at, text.substr(text.size() - at - 1, length));
        break;
      case 3:
        text[at] = static_cast<char>(chance.Below(256));
        break;
    }
    if (text.empty()) return text;
  }
  return text;
}

TEST(ProblemText, IsReadOrRefusedWhateverHappenedToIt) {
  int read_count = 0;
  for (uint64_t seed = 0; seed < 4000; ++seed) {
    Chance chance(seed);
    const std::string text = Damaged(chance, std::string(kExample));
    const auto problem = ParseProblem(text);
    if (!problem.ok()) {
      EXPECT_FALSE(FactsOf(problem.status()).fields.empty()) << text;
      continue;
    }
    // What was read is a problem like any other.
    ++read_count;
    ASSERT_OK_AND_ASSIGN(const Problem again, ParseProblem(WriteProblem(*problem)));
    EXPECT_EQ(again.spec(), problem->spec()) << text;
  }
  EXPECT_GT(read_count, 100);
  EXPECT_LT(read_count, 3000);
}

}  // namespace
}  // namespace soutenance::scheduling::solver
