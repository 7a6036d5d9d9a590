// Each kind of rule alone, on juries of two or three.

#include "services/assignment/rules/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <string>
#include <vector>

#include "services/assignment/rules/facts.h"
#include "services/assignment/rules/rule.h"

namespace soutenance::assignment::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using enum Seat::Role;

PersonFacts Academic(const std::string& person, Rank rank = Rank::kA) {
  return {
      .person = person, .is_known = true, .rank = rank, .sector = Sector::kAcademic, .institution = "cnam"};
}
PersonFacts Professional(const std::string& person) {
  return {.person = person,
          .is_known = true,
          .rank = Rank::kNone,
          .sector = Sector::kProfessional,
          .company = "Airbus"};
}

struct Given {
  PersonFacts person;
  Seat::Role role = kExaminer;
  Seat::Mode mode = Seat::Mode::kOnSite;
};

// The verdict of one rule alone.
RuleVerdict Judge(const Rule& rule, const std::deque<Given>& given, const Context& context = {},
                  const std::vector<SeatFacts>& open = {}) {
  RuleSet set{.institutions = {"CNAM"}};
  set.rules = {rule};
  std::vector<SeatFacts> seats = open;
  for (const Given& one : given) seats.push_back({.person = &one.person, .role = one.role, .mode = one.mode});
  return Checker(set).Check(seats, context).rules[1];
}

Outcome OutcomeOf(const Rule& rule, const std::deque<Given>& given, const Context& context = {}) {
  return Judge(rule, given, context).outcome;
}

TEST(Members, AreCountedBetweenTheLeastAndTheMost) {
  const Rule rule{.kind = Kind::kMembers, .min = 2, .max = 2};
  EXPECT_EQ(OutcomeOf(rule, {{Academic("a")}}), Outcome::kBroken);
  EXPECT_EQ(OutcomeOf(rule, {{Academic("a")}, {Academic("b")}}), Outcome::kMet);
  const RuleVerdict three = Judge(rule, {{Academic("a")}, {Academic("b")}, {Academic("c")}});
  EXPECT_EQ(three.outcome, Outcome::kBroken);
  EXPECT_EQ(three.excess, 1);
  EXPECT_EQ(OutcomeOf(rule, {{Academic("a")}, {Academic("b")}, {Academic("c"), kGuest}}), Outcome::kMet)
      << "a guest has no voice";
}

TEST(Seats, AreCountedByRole) {
  const Rule rule{.kind = Kind::kSeats, .roles = {kPresident}, .min = 1, .max = 1};
  EXPECT_EQ(Judge(rule, {{Academic("a")}}).missing, 1);
  EXPECT_EQ(OutcomeOf(rule, {{Academic("a"), kPresident}}), Outcome::kMet);
  EXPECT_EQ(OutcomeOf(rule, {{Academic("a"), kPresident}, {Academic("b"), kPresident}}), Outcome::kBroken);
}

TEST(Qualification, IsAskedOfEverybodyWhoHoldsTheRole) {
  const Rule rule{
      .kind = Kind::kQualification, .roles = {kReviewer}, .ranks = {Rank::kA}, .or_habilitated = true};
  PersonFacts habilitated = Academic("h", Rank::kB);
  habilitated.habilitated = true;
  EXPECT_EQ(OutcomeOf(rule, {{Academic("a"), kReviewer}, {habilitated, kReviewer}}), Outcome::kMet);
  EXPECT_EQ(OutcomeOf(rule, {{Academic("b", Rank::kB)}}), Outcome::kMet) << "who holds another role";
  const RuleVerdict broken = Judge(rule, {{Academic("a"), kReviewer}, {Academic("b", Rank::kB), kReviewer}});
  EXPECT_EQ(broken.outcome, Outcome::kBroken);
  EXPECT_THAT(broken.who_counts, ElementsAre("a"));
  EXPECT_THAT(broken.who_does_not, ElementsAre("b"));
}

TEST(Qualification, IsNotProvenBySilence) {
  const Rule rule{.kind = Kind::kQualification, .roles = {kPresident}, .may_preside = true};
  const RuleVerdict verdict = Judge(rule, {{{.person = "carl"}, kPresident}});
  EXPECT_EQ(verdict.outcome, Outcome::kBroken);
  EXPECT_THAT(verdict.unknown, ElementsAre("carl"));
  EXPECT_THAT(Judge(rule, {{Academic("a"), kPresident}}).unknown, IsEmpty()) << "the profile says no";
}

TEST(NotTogether, LooksAtSeatsAndAtPartsInTheThesis) {
  const Rule rule{.kind = Kind::kNotTogether, .roles = {kPresident, kSupervisor}};
  EXPECT_EQ(OutcomeOf(rule, {{Academic("a"), kPresident}, {Academic("b"), kSupervisor}}), Outcome::kMet);
  EXPECT_EQ(OutcomeOf(rule, {{Academic("a"), kPresident}, {Academic("a"), kSupervisor}}), Outcome::kBroken);
  EXPECT_EQ(OutcomeOf(rule, {{Academic("a"), kPresident}}, {.supervisor = "a"}), Outcome::kBroken)
      << "who supervises the thesis does not become somebody else by another seat";
}

TEST(Externals, BelongElsewhere) {
  const Rule rule{.kind = Kind::kExternals, .min = 1};
  PersonFacts elsewhere = Academic("n");
  elsewhere.institution = "nantes";
  EXPECT_EQ(OutcomeOf(rule, {{Academic("a")}}), Outcome::kBroken);
  EXPECT_EQ(OutcomeOf(rule, {{Academic("a")}, {elsewhere}}), Outcome::kMet);
  EXPECT_EQ(OutcomeOf(rule, {{Professional("p")}}), Outcome::kMet) << "a company is not the institution";
  EXPECT_THAT(Judge(rule, {{{.person = "carl"}}}).unknown, ElementsAre("carl"));
}

TEST(Ranks, AreCountedAsAShareRoundedUp) {
  const Rule rule{.kind = Kind::kRanks, .share = Share{1, 2}, .ranks = {Rank::kA}};
  EXPECT_EQ(OutcomeOf(rule, {{Academic("a")}, {Academic("b", Rank::kB)}}), Outcome::kMet);
  const RuleVerdict one_of_three =
      Judge(rule, {{Academic("a")}, {Academic("b", Rank::kB)}, {Academic("c", Rank::kB)}});
  EXPECT_EQ(one_of_three.outcome, Outcome::kBroken);
  EXPECT_EQ(one_of_three.missing, 1) << "two of three";
  EXPECT_EQ(OutcomeOf(rule, {}), Outcome::kMet) << "a half of nobody is nobody";
}

TEST(Sector, CountsAcademicsAndProfessionals) {
  const Rule rule{.kind = Kind::kSector, .min = 1, .sector = Sector::kProfessional};
  EXPECT_EQ(OutcomeOf(rule, {{Academic("a")}}), Outcome::kBroken);
  EXPECT_EQ(OutcomeOf(rule, {{Academic("a")}, {Professional("p")}}), Outcome::kMet);
}

PersonFacts Of(const std::string& person, Gender gender) {
  PersonFacts facts = Academic(person);
  facts.gender = gender;
  return facts;
}

TEST(Balance, CountsTheFewerAndNamesNobody) {
  const Rule rule{.kind = Kind::kBalance, .min = 1};
  const std::deque<Given> balanced = {
      {Of("a", Gender::kMan)}, {Of("b", Gender::kMan)}, {Of("c", Gender::kWoman)}};
  const std::deque<Given> women = {
      {Of("a", Gender::kWoman)}, {Of("b", Gender::kWoman)}, {Of("c", Gender::kWoman)}};
  EXPECT_EQ(OutcomeOf(rule, balanced), Outcome::kMet);
  const RuleVerdict broken = Judge(rule, women);
  EXPECT_EQ(broken.outcome, Outcome::kBroken);
  EXPECT_THAT(broken.who_counts, IsEmpty());
  EXPECT_THAT(broken.who_does_not, IsEmpty());
}

TEST(Balance, IsNotMeasuredIfTooFewGaveIt) {
  const Rule rule{.kind = Kind::kBalance, .min = 1};
  const RuleVerdict verdict =
      Judge(rule, {{Of("a", Gender::kMan)}, {Of("b", Gender::kMan)}, {Of("c", Gender::kUnknown)}});
  EXPECT_EQ(verdict.outcome, Outcome::kUnmeasured);
  EXPECT_THAT(verdict.unknown, IsEmpty())
      << "that somebody kept it to themselves is nobody's business either";
}

TEST(Notice, IsCountedInDays) {
  const Rule rule{.kind = Kind::kNotice, .min = 15};
  const absl::CivilDay defence(2027, 6, 30);
  EXPECT_EQ(OutcomeOf(rule, {}, {.posted_on = defence - 15, .defence_on = defence}), Outcome::kMet);
  const RuleVerdict late = Judge(rule, {}, {.posted_on = defence - 12, .defence_on = defence});
  EXPECT_EQ(late.outcome, Outcome::kBroken);
  EXPECT_EQ(late.missing, 3);
  EXPECT_EQ(OutcomeOf(rule, {}), Outcome::kUnmeasured);
}

TEST(Specialist, KnowsTheKeywordsOfTheRuleOrOfTheThesis) {
  PersonFacts expert = Academic("a");
  expert.keywords = {"reseaux"};
  const Rule named{.kind = Kind::kSpecialist, .min = 1, .words = {"Réseaux"}};
  const Rule of_thesis{.kind = Kind::kSpecialist, .min = 1};
  EXPECT_EQ(OutcomeOf(named, {{expert}}), Outcome::kMet);
  EXPECT_EQ(OutcomeOf(named, {{Academic("b")}}), Outcome::kBroken);
  EXPECT_EQ(OutcomeOf(of_thesis, {{expert}}, {.keywords = {"reseaux"}}), Outcome::kMet);
  EXPECT_EQ(OutcomeOf(of_thesis, {{expert}}, {.keywords = {"droit"}}), Outcome::kBroken);
  EXPECT_EQ(OutcomeOf(of_thesis, {{expert}}), Outcome::kUnmeasured);
}

TEST(LanguageSpoken, IsThatOfTheThesisUnlessTheRuleSaysOne) {
  PersonFacts english = Academic("a");
  english.languages = {"en", "fr"};
  PersonFacts french = Academic("b");
  french.languages = {"fr"};
  const Rule all{.kind = Kind::kLanguage, .share = Share{1, 1}};
  EXPECT_EQ(OutcomeOf(all, {{english}, {french}}, {.language = "fr"}), Outcome::kMet);
  EXPECT_EQ(OutcomeOf(all, {{english}, {french}}, {.language = "en"}), Outcome::kBroken);
  EXPECT_EQ(OutcomeOf({.kind = Kind::kLanguage, .min = 1, .words = {"de", "en"}}, {{english}, {french}}),
            Outcome::kMet);
}

TEST(Remote, IsForSomeOnly) {
  const Rule rule{.kind = Kind::kRemote, .max = 1};
  EXPECT_EQ(OutcomeOf(rule, {{Academic("a"), kExaminer, Seat::Mode::kRemote}, {Academic("b")}}),
            Outcome::kMet);
  EXPECT_EQ(OutcomeOf(rule, {{Academic("a"), kExaminer, Seat::Mode::kRemote},
                             {Academic("b"), kExaminer, Seat::Mode::kRemote}}),
            Outcome::kBroken);
}

TEST(OnSite, IsAskedOfARole) {
  const Rule rule{.kind = Kind::kOnSite, .roles = {kPresident}};
  EXPECT_EQ(OutcomeOf(rule, {{Academic("a"), kPresident}, {Academic("b"), kExaminer, Seat::Mode::kRemote}}),
            Outcome::kMet);
  EXPECT_EQ(OutcomeOf(rule, {{Academic("a"), kPresident, Seat::Mode::kRemote}}), Outcome::kBroken);
}

TEST(Voice, DecidesWhoIsAMember) {
  RuleSet set;
  set.rules = {{.id = "tutor", .kind = Kind::kVoice, .roles = {kCompanyTutor}, .voice = Voice::kConsultative},
               {.id = "members", .kind = Kind::kMembers, .min = 2}};
  const Checker checker(set);
  EXPECT_EQ(checker.VoiceOf({kCompanyTutor}), Voice::kConsultative);
  EXPECT_EQ(checker.VoiceOf({kCompanyTutor, kExaminer}), Voice::kDeliberative) << "the stronger one";
  EXPECT_EQ(checker.VoiceOf({kGuest}), Voice::kObserver);
  const PersonFacts a = Academic("a");
  const PersonFacts tutor = Professional("t");
  const Verdict verdict = checker.Check({{&a, kPresident}, {&tutor, kCompanyTutor}}, {});
  EXPECT_EQ(verdict.rules[1].outcome, Outcome::kMet) << "a definition cannot be broken";
  EXPECT_EQ(verdict.rules[2].outcome, Outcome::kBroken);
}

TEST(OwnPart, TiesTutorsToTheirThesis) {
  const Rule rule{.kind = Kind::kOwnPart, .roles = {kSupervisor, kCompanyTutor}};
  const Context thesis{.supervisor = "sam", .company_tutor = "tom"};
  EXPECT_EQ(OutcomeOf(rule, {{Academic("sam"), kSupervisor}, {Professional("tom"), kCompanyTutor}}, thesis),
            Outcome::kMet);
  EXPECT_EQ(OutcomeOf(rule, {{Professional("tom"), kSupervisor}}, thesis), Outcome::kBroken);
  EXPECT_EQ(OutcomeOf(rule, {{Professional("tina"), kCompanyTutor}}, {.supervisor = "sam"}), Outcome::kBroken)
      << "the thesis has no company tutor";
  EXPECT_EQ(OutcomeOf(rule, {{Professional("tina"), kExaminer}}, thesis), Outcome::kMet);
  EXPECT_EQ(OutcomeOf(rule, {{Professional("tina"), kCompanyTutor}}, {.knows_thesis = false}),
            Outcome::kUnmeasured);
}

TEST(Emeriti, AreFew) {
  PersonFacts emeritus = Academic("e");
  emeritus.emeritus = true;
  PersonFacts other = emeritus;
  other.person = "f";
  EXPECT_EQ(OutcomeOf({.kind = Kind::kEmeriti, .max = 1}, {{emeritus}, {Academic("a")}}), Outcome::kMet);
  EXPECT_EQ(OutcomeOf({.kind = Kind::kEmeriti, .max = 1}, {{emeritus}, {other}}), Outcome::kBroken);
  EXPECT_EQ(OutcomeOf({.kind = Kind::kEmeriti, .share = Share{1, 2}},
                      {{emeritus}, {Academic("a")}, {Academic("b")}}),
            Outcome::kMet);
  EXPECT_EQ(OutcomeOf({.kind = Kind::kEmeriti, .share = Share{1, 2}}, {{emeritus}}), Outcome::kBroken)
      << "a half of one is none";
}

TEST(Load, IsWhatThePersonAcceptsElseWhatTheRuleSays) {
  const Rule rule{.kind = Kind::kLoad, .max = 3};
  PersonFacts person = Academic("a");
  person.seats_elsewhere = {{kPresident, 1}, {kExaminer, 1}};
  EXPECT_EQ(OutcomeOf(rule, {{person}}), Outcome::kMet) << "this is the third";
  person.seats_elsewhere[kExaminer] = 2;
  EXPECT_EQ(OutcomeOf(rule, {{person}}), Outcome::kBroken);
  person.load.per_campaign_max = 5;
  EXPECT_EQ(OutcomeOf(rule, {{person}}), Outcome::kMet);
  person.load.roles = {{.role = kPresident, .per_campaign_max = 1}};
  EXPECT_EQ(OutcomeOf(rule, {{person, kExaminer}}), Outcome::kMet);
  EXPECT_EQ(OutcomeOf(rule, {{person, kPresident}}), Outcome::kBroken) << "presides once a campaign";
}

TEST(Known, AsksForRankOrSector) {
  const Rule rule{.kind = Kind::kKnown};
  EXPECT_EQ(OutcomeOf(rule, {{Academic("a")}}), Outcome::kMet);
  EXPECT_EQ(OutcomeOf(rule, {{{.person = "carl"}}}), Outcome::kBroken);
}

TEST(Authors, NeverJudgeTheirOwnThesisWhateverTheRules) {
  const PersonFacts ana{.person = "ana"};
  const Verdict verdict = Checker(RuleSet{}).Check({{&ana, kGuest}}, {.authors = {"ana"}});
  ASSERT_EQ(verdict.rules.size(), 1u);
  EXPECT_EQ(verdict.rules[0].outcome, Outcome::kBroken);
}

TEST(OpenSeats, LeaveOpenWhatTheirHoldersCanMeet) {
  const std::vector<SeatFacts> open = {{.role = kExaminer}};
  EXPECT_EQ(Judge({.kind = Kind::kExternals, .min = 1}, {{Academic("a")}}, {}, open).outcome, Outcome::kOpen);
  EXPECT_EQ(Judge({.kind = Kind::kExternals, .min = 2}, {{Academic("a")}}, {}, open).outcome,
            Outcome::kBroken);
  EXPECT_EQ(Judge({.kind = Kind::kMembers, .min = 2}, {{Academic("a")}}, {}, open).outcome, Outcome::kMet)
      << "somebody will hold it";
  EXPECT_EQ(Judge({.kind = Kind::kMembers, .max = 1}, {{Academic("a")}}, {}, open).outcome, Outcome::kBroken);
}

TEST(Refusal, IsNotForWarnings) {
  EXPECT_TRUE(IsRefused({.level = Level::kRequired}, Outcome::kBroken));
  EXPECT_TRUE(IsRefused({.level = Level::kDerogable}, Outcome::kBroken));
  EXPECT_FALSE(IsRefused({.level = Level::kWarning}, Outcome::kBroken));
  EXPECT_FALSE(IsRefused({.level = Level::kRequired}, Outcome::kOpen));
  EXPECT_FALSE(IsRefused({.level = Level::kRequired}, Outcome::kUnmeasured));
  EXPECT_FALSE(IsRefused({.level = Level::kDerogable}, Outcome::kLifted));
}

}  // namespace
}  // namespace soutenance::assignment::rules
