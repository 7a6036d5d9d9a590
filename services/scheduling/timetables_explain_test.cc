#include "services/base/error.h"
#include "services/scheduling/facts_difference.h"
#include "services/scheduling/problem_builder.h"
#include "services/scheduling/testing/timetable_house.h"
#include "services/scheduling/timetables.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::scheduling {
namespace {

using namespace testing;  // NOLINT: the house and what is in it

using ::soutenance::testing::IsOk;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kThird[] = "campaigns/m2/defences/3";

CampaignFacts WithoutEve() {
  CampaignFacts facts = ThreeDefences();
  Answered(facts, "people/eve",
           {Period("2027-06-14", "00:00", "24:00", Answer::kNo),
            Period("2027-06-15", "00:00", "24:00", Answer::kNo)});
  return facts;
}

// The first three defences at fixed places; Bob comes at nine and at four, and waits in between.
void MakeBobWait(House& house) {
  house.Compute();
  ASSERT_OK(house.timetables.Move(Staff(), {.timetable = Number(1), .defence = "campaigns/m2/defences/1"}));
  ASSERT_OK(house.timetables.Move(Staff(), {.timetable = Number(1),
                                            .defence = "campaigns/m2/defences/2",
                                            .to = At("2027-06-14T09:00", "rooms/a")}));
  ASSERT_OK(house.timetables.Move(Staff(), {.timetable = Number(1),
                                            .defence = "campaigns/m2/defences/1",
                                            .to = At("2027-06-14T16:00", "rooms/a")}));
}

const RuleCost& Costs(const std::vector<RuleCost>& rules, solver::RuleId rule) {
  for (const RuleCost& cost : rules) {
    if (cost.rule == rule) return cost;
  }
  ADD_FAILURE() << solver::LineOf(rule).name << " is not told";
  static const RuleCost none;
  return none;
}

TEST(ExplainTimetable, TellsEachRuleInTheOrderOfTheRulebook) {
  House house(ThreeDefences());
  MakeBobWait(house);
  ASSERT_OK_AND_ASSIGN(const Explanation french, house.timetables.Explain(Staff(), Number(1), std::nullopt));
  ASSERT_OK_AND_ASSIGN(const Explanation english,
                       house.timetables.Explain(Staff(), Number(1), Language::kEnglish));

  for (std::size_t i = 1; i < french.rules.size(); ++i)
    EXPECT_LT(french.rules[i - 1].rule, french.rules[i].rule);
  const RuleCost& gaps = Costs(french.rules, solver::RuleId::kGaps);
  EXPECT_GT(gaps.points, 0);
  EXPECT_EQ(gaps.match_count, 1);
  ASSERT_EQ(gaps.matches.size(), 1u);
  EXPECT_EQ(gaps.matches[0].points, gaps.points);
  EXPECT_THAT(gaps.matches[0].sentence, HasSubstr("Bob Stone"));
  EXPECT_THAT(gaps.matches[0].subjects, Contains("people/bob"));
  EXPECT_EQ(gaps.sentence, std::string(solver::LineOf(solver::RuleId::kGaps).sentence_fr));
  EXPECT_EQ(Costs(english.rules, solver::RuleId::kGaps).sentence,
            std::string(solver::LineOf(solver::RuleId::kGaps).sentence_en));
  EXPECT_NE(Costs(english.rules, solver::RuleId::kGaps).matches[0].sentence, gaps.matches[0].sentence);
  int64_t soft = 0;
  for (const RuleCost& rule : french.rules) soft += rule.level == solver::RuleLevel::kSoft ? rule.points : 0;
  EXPECT_EQ(soft, french.score.soft());
  EXPECT_THAT(Costs(french.rules, solver::RuleId::kRoomClash).matches, IsEmpty());
}

TEST(ExplainTimetable, TellsWhyADefenceHasNoPlace) {
  House house(WithoutEve());
  house.Compute();
  ASSERT_OK_AND_ASSIGN(const Explanation explanation,
                       house.timetables.Explain(Staff(), Number(1), std::nullopt));
  ASSERT_EQ(explanation.unplaced.size(), 1u);
  EXPECT_EQ(explanation.unplaced[0].defence, kThird);
  EXPECT_EQ(explanation.unplaced[0].label, "zoe");
  EXPECT_EQ(explanation.unplaced[0].kind, "no_common_slot");
  EXPECT_THAT(explanation.unplaced[0].sentence, HasSubstr("eve"));
  EXPECT_THAT(explanation.unplaced[0].facts, Not(IsEmpty()));
}

TEST(ExplainTimetable, IsForStaff) {
  House house(ThreeDefences());
  house.Published();
  EXPECT_THAT(house.timetables.Explain(Ana(), Number(1), std::nullopt),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
  EXPECT_THAT(house.timetables.Explain(Staff(), Number(9), std::nullopt),
              StatusIs(absl::StatusCode::kNotFound, Reason("TIMETABLE_NOT_FOUND")));
}

TEST(ExplainTimetable, ListsAHundredBreachesOfARuleAndCountsAll) {
  CampaignFacts facts = SmallFacts();
  facts.campaign.days.clear();
  for (int i = 0; i < 60; ++i) facts.campaign.days.push_back(Day("2027-03-01") + i);
  for (int i = 2; i <= 120; ++i) {
    AddDefence(facts, std::to_string(i), "s" + std::to_string(i), {"people/j" + std::to_string(i)});
    // Not gladly, at any time.
    std::vector<AvailabilityPeriod> periods;
    for (const absl::CivilDay day : facts.campaign.days) {
      periods.push_back({.date = day, .answer = Answer::kIfNeeded});
    }
    Answered(facts, "people/j" + std::to_string(i), periods);
  }
  House house(facts);
  house.Compute({.moves_max = 200});
  ASSERT_OK_AND_ASSIGN(const Explanation explanation,
                       house.timetables.Explain(Staff(), Number(1), std::nullopt));
  const RuleCost& cost = Costs(explanation.rules, solver::RuleId::kIfNeeded);
  EXPECT_EQ(cost.match_count, 119);
  EXPECT_EQ(cost.matches.size(), 100u);
}

TEST(ExplainDefence, TellsWhatItsPlaceCostsAndOtherPlaces) {
  House house(ThreeDefences());
  MakeBobWait(house);
  ASSERT_OK_AND_ASSIGN(
      const DefenceExplanation explanation,
      house.timetables.ExplainDefence(
          Staff(), {.timetable = Number(1), .defence = "campaigns/m2/defences/1", .alternative_count = 3}));
  EXPECT_EQ(explanation.placement.thesis, "theses/1");
  EXPECT_FALSE(explanation.unplaced.has_value());
  EXPECT_GT(Costs(explanation.rules, solver::RuleId::kGaps).points, 0);
  EXPECT_EQ(explanation.alternatives.size(), 3u);
  EXPECT_THAT(explanation.alternatives[0].effects, Contains(Field(&RuleEffect::rule, solver::RuleId::kGaps)));
  EXPECT_EQ(explanation.alternatives[0].room_title.substr(0, 1).find_first_of("AB"), 0u);
}

TEST(ExplainDefence, TellsWhyItHasNoPlace) {
  House house(WithoutEve());
  house.Compute();
  ASSERT_OK_AND_ASSIGN(const DefenceExplanation explanation,
                       house.timetables.ExplainDefence(Staff(), {.timetable = Number(1), .defence = kThird}));
  ASSERT_TRUE(explanation.unplaced.has_value());
  EXPECT_EQ(explanation.unplaced->kind, "no_common_slot");
  EXPECT_THAT(explanation.alternatives, IsEmpty());
}

TEST(ExplainDefence, FindsOnlyDefencesOfTheTimetable) {
  House house(ThreeDefences());
  house.Compute();
  EXPECT_THAT(house.timetables.ExplainDefence(Staff(),
                                              {.timetable = Number(1), .defence = "campaigns/m2/defences/9"}),
              StatusIs(absl::StatusCode::kNotFound, Reason("DEFENCE_NOT_FOUND")));
  EXPECT_THAT(house.timetables.ExplainDefence(Staff(),
                                              {.timetable = Number(1), .defence = "campaigns/m3/defences/1"}),
              StatusIs(absl::StatusCode::kNotFound, Reason("DEFENCE_NOT_FOUND")));
}

TEST(CompareTimetables, TellsWhatMovedAndWhoIsConcerned) {
  House house(ThreeDefences());
  house.Published();
  ASSERT_OK(house.timetables.Move(
      Staff(), {.timetable = Number(1), .defence = kThird, .to = At("2027-06-15T16:00", "rooms/b")}));
  ASSERT_OK(house.timetables.Move(Staff(), {.timetable = Number(2), .defence = "campaigns/m2/defences/1"}));
  ASSERT_OK_AND_ASSIGN(const Comparison forth,
                       house.timetables.Compare(Staff(), {.before = Number(1), .after = Number(2)}));
  ASSERT_EQ(forth.differences.size(), 2u);
  EXPECT_EQ(forth.differences[0].kind, Comparison::Kind::kCancelled);
  EXPECT_EQ(forth.differences[0].before->thesis, "theses/1");
  EXPECT_EQ(forth.differences[1].kind, Comparison::Kind::kMoved);
  EXPECT_EQ(forth.differences[1].after->place, At("2027-06-15T16:00", "rooms/b"));
  EXPECT_EQ(forth.unchanged_count, 1);
  std::vector<std::string> people;
  for (const Comparison::Person& person : forth.people) people.push_back(person.person);
  EXPECT_THAT(people, ElementsAre("people/ana", "people/bob", "people/eve", "people/lea", "people/zoe"));
  EXPECT_EQ(forth.people[2].display_name, "eve");
  EXPECT_THAT(forth.people[2].defences, ElementsAre(kThird));
  EXPECT_THAT(forth.effects, Contains(Field(&RuleEffect::rule, solver::RuleId::kUnplaced)));

  ASSERT_OK_AND_ASSIGN(const Comparison back,
                       house.timetables.Compare(Staff(), {.before = Number(2), .after = Number(1)}));
  EXPECT_EQ(back.differences[0].kind, Comparison::Kind::kNew);
}

TEST(CompareTimetables, FindsNothingBetweenATimetableAndItself) {
  House house(ThreeDefences());
  house.Compute();
  ASSERT_OK_AND_ASSIGN(const Comparison same,
                       house.timetables.Compare(Staff(), {.before = Number(1), .after = Number(1)}));
  EXPECT_THAT(same.differences, IsEmpty());
  EXPECT_THAT(same.people, IsEmpty());
  EXPECT_THAT(same.effects, IsEmpty());
  EXPECT_EQ(same.unchanged_count, 3);
}

TEST(CompareTimetables, RefusesThoseOfTwoCampaigns) {
  House house(ThreeDefences());
  house.Compute();
  EXPECT_THAT(house.timetables.Compare(
                  Staff(), {.before = Number(1), .after = {.campaign = "campaigns/m3", .number = 1}}),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
}

solver::Problem ProblemOf(const CampaignFacts& facts) {
  auto problem = solver::Problem::Create(BuildProblem(facts, {}));
  EXPECT_OK(problem);
  return *std::move(problem);
}

std::vector<std::string> Difference(const CampaignFacts& before, const CampaignFacts& after,
                                    Language language = Language::kEnglish) {
  return FactsDifference(ProblemOf(before), ProblemOf(after), language);
}

TEST(FactsDifference, IsEmptyIfNothingChanged) {
  EXPECT_THAT(Difference(ThreeDefences(), ThreeDefences()), IsEmpty());
}

TEST(FactsDifference, TellsEachChangeInASentence) {
  CampaignFacts after = ThreeDefences();
  after.campaign.grid_minutes = 15;
  after.campaign.rules = {{.rule = "gaps", .level = solver::RuleLevel::kOff}};
  after.rooms["rooms/a"].capacity_seats = 10;
  Answered(after, "people/bob", {Period("2027-06-14", "09:00", "10:00", Answer::kNo)});
  after.defences[0].duration_minutes = 80;
  after.juries["theses/3"].seats[0].is_remote = true;
  EXPECT_THAT(
      Difference(ThreeDefences(), after),
      ElementsAre("The grid of the starts changes from 30 to 15 min.", HasSubstr("is set differently"),
                  "The seats, the equipment or the site of room A 101 changed.",
                  "The availability of Bob Stone changed.",
                  "The duration of the defence of Léa Martin changes from 60 to 80 min.",
                  HasSubstr("Those who attend the defence of zoe changed"),
                  "What the room must offer for the defence of zoe changed."));
}

TEST(FactsDifference, TellsADayThatIsAddedOnceAndNotForEverybody) {
  CampaignFacts before = WithoutEve();
  CampaignFacts after = before;
  after.campaign.days = {Day("2027-06-11"), Day("2027-06-14"), Day("2027-06-15")};
  EXPECT_THAT(Difference(before, after), ElementsAre("The days or the hours of the campaign changed."));
}

TEST(FactsDifference, SpeaksFrench) {
  CampaignFacts after = ThreeDefences();
  after.defences.pop_back();
  EXPECT_THAT(Difference(ThreeDefences(), after, Language::kFrench),
              ElementsAre("La soutenance de zoe n’est plus à placer."));
}

TEST(FactsDifference, CountsWhatIsTooMuchToTell) {
  CampaignFacts before = SmallFacts();
  for (int i = 201; i < 330; ++i) AddDefence(before, std::to_string(i), "s" + std::to_string(i), {});
  CampaignFacts after = before;
  for (Defence& defence : after.defences) defence.duration_minutes = 75;
  const std::vector<std::string> difference = Difference(before, after);
  EXPECT_EQ(difference.size(), 101u);
  EXPECT_EQ(difference.back(), "And 30 other changes.");
}

}  // namespace
}  // namespace soutenance::scheduling
