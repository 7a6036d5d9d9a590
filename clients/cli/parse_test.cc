#include "clients/cli/parse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/cli/nouns.h"
#include "clients/lib/failure.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::cli {
namespace {

using ::testing::ElementsAre;

absl::StatusOr<Parsed> ParseWords(const std::vector<std::string>& words,
                                  Language language = Language::kEnglish) {
  return Parse(AllNouns(), words, language);
}

// The sentence of a usage error; empty if there was none.
std::string Refusal(const std::vector<std::string>& words, Language language = Language::kEnglish) {
  const auto parsed = ParseWords(words, language);
  if (parsed.ok()) return "";
  EXPECT_EQ(clients::ExitCodeOf(parsed.status()), clients::kUsage);
  return std::string(parsed.status().message());
}

TEST(Parse, FindsNounVerbArgumentsAndFlags) {
  ASSERT_OK_AND_ASSIGN(const Parsed parsed, ParseWords({"timetables", "move", "m2-017", "--to",
                                                        "2027-06-14T09:30", "--room=a101", "--yes"}));
  EXPECT_STREQ(parsed.noun->name, "timetables");
  EXPECT_STREQ(parsed.command->verb, "move");
  EXPECT_EQ(parsed.input.Get("DEFENCE"), "m2-017");
  EXPECT_EQ(parsed.input.Get("--to"), "2027-06-14T09:30");
  EXPECT_EQ(parsed.input.Get("--room"), "a101");
  EXPECT_TRUE(parsed.input.Has("--yes"));
  EXPECT_FALSE(parsed.input.Has("--dry-run"));
}

TEST(Parse, TakesCommonFlagsAnywhere) {
  for (const std::vector<std::string>& words : {std::vector<std::string>{"--json", "people", "show", "ana"},
                                                {"people", "--json", "show", "ana"},
                                                {"people", "show", "ana", "--json"}}) {
    ASSERT_OK_AND_ASSIGN(const Parsed parsed, ParseWords(words));
    EXPECT_TRUE(parsed.input.Has("--json"));
    EXPECT_EQ(parsed.input.Get("PERSON"), "ana");
  }
}

TEST(Parse, DoesNotTakeANameForACommand) {
  ASSERT_OK_AND_ASSIGN(const Parsed parsed, ParseWords({"people", "show", "rooms"}));
  EXPECT_EQ(parsed.input.Get("PERSON"), "rooms");
  ASSERT_OK_AND_ASSIGN(const Parsed again, ParseWords({"people", "show", "show"}));
  EXPECT_EQ(again.input.Get("PERSON"), "show");
}

TEST(Parse, TakesANounThatIsACommandByItself) {
  ASSERT_OK_AND_ASSIGN(const Parsed parsed, ParseWords({"whoami"}));
  EXPECT_STREQ(parsed.noun->name, "whoami");
  ASSERT_NE(parsed.command, nullptr);
}

TEST(Parse, PassesValuesOnByteForByte) {
  ASSERT_OK_AND_ASSIGN(const Parsed parsed, ParseWords({"theses", "create", "0042", "--title",
                                                        "[Draft], l’été {x} \"y\"", "--supervisor="}));
  EXPECT_EQ(parsed.input.Get("ID"), "0042");
  EXPECT_EQ(parsed.input.Get("--title"), "[Draft], l’été {x} \"y\"");
  EXPECT_TRUE(parsed.input.Has("--supervisor"));
  EXPECT_EQ(parsed.input.Get("--supervisor"), "");
}

TEST(Parse, AnEmptyValueDoesNotTakeTheNextWord) {
  ASSERT_OK_AND_ASSIGN(const Parsed parsed, ParseWords({"people", "update", "--email=", "ana"}));
  EXPECT_EQ(parsed.input.Get("--email"), "");
  EXPECT_EQ(parsed.input.Get("PERSON"), "ana");
  ASSERT_OK_AND_ASSIGN(const Parsed apart, ParseWords({"people", "update", "ana", "--email", ""}));
  EXPECT_TRUE(apart.input.Has("--email"));
  EXPECT_EQ(apart.input.Get("--email"), "");
}

TEST(Parse, TakesNegativeNumbersAndValuesThatBeginWithADash) {
  ASSERT_OK_AND_ASSIGN(const Parsed parsed, ParseWords({"timetables", "run", "--seed", "-7"}));
  EXPECT_EQ(parsed.input.Number("--seed"), -7);
  ASSERT_OK_AND_ASSIGN(const Parsed reason, ParseWords({"timetables", "unplace", "x", "--timetable=-1"}));
  EXPECT_EQ(reason.input.Get("--timetable"), "-1");
}

TEST(Parse, TakesEverythingAfterTwoDashesAsArguments) {
  ASSERT_OK_AND_ASSIGN(const Parsed parsed, ParseWords({"people", "show", "--", "--ana"}));
  EXPECT_EQ(parsed.input.Get("PERSON"), "--ana");
}

TEST(Parse, CollectsRepeatedFlagsInTheirOrder) {
  ASSERT_OK_AND_ASSIGN(const Parsed parsed, ParseWords({"juries", "set", "42", "--seat", "b=president",
                                                        "--seat=c=examiner:remote"}));
  EXPECT_THAT(parsed.input.GetAll("--seat"), ElementsAre("b=president", "c=examiner:remote"));
}

TEST(Parse, RefusesWhatItDoesNotKnowAndSaysWhatWasMeant) {
  EXPECT_EQ(Refusal({"timetable", "show"}), "unknown command \"timetable\"; did you mean timetables?");
  EXPECT_EQ(Refusal({"timetables", "shwo"}), "unknown command \"timetables shwo\"; did you mean show?");
  EXPECT_EQ(Refusal({"timetables", "run", "--tiem", "5"}), "unknown flag \"--tiem\"; did you mean --time?");
  EXPECT_EQ(Refusal({"timetables", "run", "--tiem"}, Language::kFrench),
            "option inconnue « --tiem » ; vouliez-vous dire --time ?");
  EXPECT_EQ(Refusal({"nonsense"}), "unknown command \"nonsense\"");
}

TEST(Parse, RefusesMissingAndSurplusArguments) {
  EXPECT_EQ(Refusal({"people", "show"}), "missing argument \"PERSON\"");
  EXPECT_EQ(Refusal({"people", "show", "ana", "bruno"}), "one argument too many: \"bruno\"");
  EXPECT_EQ(Refusal({"timetables", "run", "--time"}, Language::kFrench),
            "il manque une valeur après « --time »");
}

TEST(Parse, RefusesValuesOfTheWrongKind) {
  EXPECT_EQ(Refusal({"timetables", "run", "--time", "5s"}), "--time: expected a whole number, not \"5s\"");
  EXPECT_EQ(Refusal({"timetables", "show", "--by", "week"}),
            "--by: expected one of table, day, room, person, not \"week\"");
  EXPECT_EQ(Refusal({"timetables", "run", "--seed", "99999999999999999999"}),
            "--seed: expected a whole number, not \"99999999999999999999\"");
}

TEST(Parse, RefusesTheSameFlagTwice) {
  EXPECT_EQ(Refusal({"timetables", "run", "--time", "5", "--time", "6"}), "given more than once: \"--time\"");
}

TEST(Parse, RefusesArgumentsThatAreNotUtf8) {
  EXPECT_EQ(Refusal({"people", "show", "caf\xE9"}), "this argument is not UTF-8: \"caf\uFFFD\"");
}

TEST(Parse, GivesHelpWhateverElseIsWrong) {
  ASSERT_OK_AND_ASSIGN(const Parsed parsed, ParseWords({"timetables", "move", "--help"}));
  EXPECT_TRUE(parsed.wants_help);
  EXPECT_STREQ(parsed.command->verb, "move");
  ASSERT_OK_AND_ASSIGN(const Parsed noun, ParseWords({"timetables", "-h"}));
  EXPECT_TRUE(noun.wants_help);
  EXPECT_EQ(noun.command, nullptr);
}

TEST(Nearest, KnowsNothingOfStrangers) {
  EXPECT_EQ(Nearest("xyzzy", {"show", "list"}), "");
  EXPECT_EQ(Nearest("lst", {"show", "list"}), "list");
}

}  // namespace
}  // namespace soutenance::cli
