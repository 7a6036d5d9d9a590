#include "services/scheduling/solver/model/rules.h"

#include <gmock/gmock.h>

#include <set>
#include <string>

namespace soutenance::scheduling::solver {
namespace {

using ::testing::HasSubstr;

TEST(Rulebook, GivesEveryRuleANameOfItsOwnAndADefaultItMayHave) {
  std::set<std::string> names;
  for (const RuleLine& line : Rulebook()) {
    EXPECT_TRUE(names.insert(std::string(line.name)).second) << line.name;
    EXPECT_EQ(FindRule(line.name), &LineOf(line.id));
    EXPECT_TRUE(MayBeSetTo(line, line.level)) << line.name;
    EXPECT_GT(line.weight, 0) << line.name;
    EXPECT_FALSE(line.sentence_fr.empty() || line.sentence_en.empty() || line.unit.empty() ||
                 line.unit_fr.empty())
        << line.name;
  }
  EXPECT_EQ(names.size(), static_cast<std::size_t>(kRuleCount));
}

TEST(Rulebook, CallsOnlyPeopleAndRoomsInTwoPlacesAClash) {
  for (const RuleLine& line : Rulebook()) {
    EXPECT_EQ(IsClash(line.id), line.name == "room_clash" || line.name == "person_clash") << line.name;
  }
}

TEST(Rulebook, LetsNoRuleButUnplacedHaveTheLevelOfTheUnplaced) {
  for (const RuleLine& line : Rulebook()) {
    EXPECT_EQ(MayBeSetTo(line, RuleLevel::kUnplaced), line.id == RuleId::kUnplaced) << line.name;
  }
}

TEST(FindRule, KnowsNoOtherNames) { EXPECT_EQ(FindRule("Gaps"), nullptr); }

TEST(InForce, FillsInDefaults) {
  const RuleLine& gaps = LineOf(RuleId::kGaps);
  EXPECT_EQ(InForce(gaps, {.rule = "gaps", .level = RuleLevel::kStrong}),
            (RuleInForce{RuleId::kGaps, RuleLevel::kStrong, gaps.weight, *gaps.parameter}));
  EXPECT_EQ(InForce(gaps, {.rule = "gaps", .level = RuleLevel::kSoft, .weight = 7, .parameter = 0}),
            (RuleInForce{RuleId::kGaps, RuleLevel::kSoft, 7, 0}));
}

TEST(InForce, CountsBreachesOfHardRulesWithoutWeight) {
  const RuleLine& line = LineOf(RuleId::kAvailability);
  EXPECT_EQ(InForce(line, {.rule = "availability", .level = RuleLevel::kHard, .weight = 50}).weight, 1);
}

TEST(RuleLevel, HasANameThatIsReadBack) {
  for (const RuleLevel level :
       {RuleLevel::kOff, RuleLevel::kHard, RuleLevel::kUnplaced, RuleLevel::kStrong, RuleLevel::kSoft}) {
    EXPECT_EQ(ParseRuleLevel(RuleLevelName(level)), level);
  }
  EXPECT_EQ(ParseRuleLevel("medium"), std::nullopt);
}

TEST(PrintRulebook, TellsEachRuleInTheLanguageAskedFor) {
  EXPECT_THAT(PrintRulebook("fr"), HasSubstr("gaps\n  Personne n’attend longtemps"));
  EXPECT_THAT(PrintRulebook("fr"), HasSubstr("souhait, 1 point par unité (unité : minutes d’attente) ; "
                                             "paramètre 30 ; niveaux possibles : strong, soft, off\n"));
  EXPECT_THAT(PrintRulebook("en"), HasSubstr("gaps\n  Nobody waits long"));
  EXPECT_THAT(PrintRulebook("en"), HasSubstr("wish, 1 point a unit (unit: minutes of waiting); parameter 30; "
                                             "possible levels: strong, soft, off\n"));
}

}  // namespace
}  // namespace soutenance::scheduling::solver
