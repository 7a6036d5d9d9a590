#include "services/assignment/conflicts/conflicts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace soutenance::assignment::conflicts {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

constexpr int kYears = 3;

absl::Time Noon(int day) { return absl::FromCivil(absl::CivilDay(2027, 6, day), absl::UTCTimeZone()); }

// ana writes m1, supervised by sam in his laboratory and tutored by tom of Nexity.
Thesis AThesis() {
  return {.id = "m1",
          .programme = "programmes/msi",
          .authors = {"people/ana"},
          .supervisor = "people/sam",
          .company_tutor = "people/tom"};
}

Facts SomeFacts() {
  return {.people = {{"people/ana", {.family_name = "Lefèvre", .addresses = {"ana@etu.example"}}},
                     {"people/sam", {.family_name = "Sand", .institutions = {"Laboratoire LIFO"}}},
                     {"people/tom", {.family_name = "Tran", .companies = {"Nexity"}}},
                     {"people/pia", {.family_name = "Petit"}}},
          .theses = {AThesis()},
          .this_year = 2027};
}

Declaration Declared(const std::string& declarer, const std::string& other, Kind kind,
                     std::optional<int> year = {}) {
  return {.programme = "programmes/msi",
          .declarer = declarer,
          .other = other,
          .kind = kind,
          .reason = "we know each other",
          .year = year,
          .time = Noon(10)};
}

Verdict Ask(Facts facts, const std::string& person, Chair chair = Chair::kMember,
            const Decision* decision = nullptr) {
  return Relations(std::move(facts)).Between(AThesis(), person, chair, kYears, decision);
}

std::vector<Kind> KindsOf(const Verdict& verdict) {
  std::vector<Kind> kinds;
  for (const Finding& finding : verdict.findings) kinds.push_back(finding.kind);
  return kinds;
}

TEST(Conflicts, NothingKnownIsNone) {
  const Verdict verdict = Ask(SomeFacts(), "people/pia");
  EXPECT_EQ(verdict.state, State::kNone);
  EXPECT_THAT(verdict.findings, IsEmpty());
}

TEST(Conflicts, AnAuthorHasOneWhateverWasDecided) {
  const Decision none{.is_conflict = false, .authors = {"people/ana"}, .time = Noon(11)};
  const Verdict verdict = Ask(SomeFacts(), "people/ana", Chair::kMember, &none);
  EXPECT_EQ(verdict.state, State::kConflict);
  EXPECT_THAT(KindsOf(verdict), ElementsAre(Kind::kAuthor));
  EXPECT_FALSE(verdict.decision_holds);
}

TEST(Conflicts, WhoSupervisesOrTutorsTheThesisIsAMemberButNotTheIndependentReader) {
  for (const std::string person : {"people/sam", "people/tom"}) {
    EXPECT_EQ(Ask(SomeFacts(), person, Chair::kMember).state, State::kNone);
    EXPECT_EQ(Ask(SomeFacts(), person, Chair::kGuest).state, State::kNone);
    EXPECT_THAT(KindsOf(Ask(SomeFacts(), person, Chair::kReviewer)), ElementsAre(Kind::kSupervision));
  }
}

TEST(Conflicts, ARoleDoesNotExcuseWhatIsNotWork) {
  Facts facts = SomeFacts();
  facts.declarations = {Declared("people/sam", "people/ana", Kind::kFamily)};
  EXPECT_THAT(KindsOf(Ask(facts, "people/sam", Chair::kMember)), ElementsAre(Kind::kFamily));
}

TEST(Conflicts, WhoSupervisedAnEarlierThesisOfTheAuthorHasOne) {
  Facts facts = SomeFacts();
  facts.theses.push_back({.id = "old",
                          .programme = "programmes/law",
                          .authors = {"people/ana", "people/bob"},
                          .supervisor = "people/pia"});
  const Verdict verdict = Ask(facts, "people/pia");
  ASSERT_THAT(KindsOf(verdict), ElementsAre(Kind::kSupervision));
  EXPECT_EQ(verdict.findings[0].detail, "theses/old");
  EXPECT_EQ(verdict.findings[0].programme, "programmes/law") << "its staff may know, nobody else";
  EXPECT_THAT(KindsOf(Ask(facts, "people/bob")), ElementsAre(Kind::kPastWork));
}

TEST(Conflicts, TheCompanyIsThatOfTheTutorUnlessTheSupervisorIsThereToo) {
  Facts facts = SomeFacts();
  facts.people["people/pia"].companies = {"NEXITY "};
  EXPECT_THAT(KindsOf(Ask(facts, "people/pia")), ElementsAre(Kind::kCompany));
  EXPECT_EQ(Ask(facts, "people/pia", Chair::kGuest).state, State::kNone) << "a guest does not vote";
  facts.people["people/sam"].institutions = {"Nexity"};
  EXPECT_EQ(Ask(facts, "people/pia").state, State::kNone);
}

TEST(Conflicts, NameAndAddressAreOnlyEverAQuestion) {
  Facts facts = SomeFacts();
  facts.people["people/pia"] = {.family_name = "LEFEVRE", .addresses = {"Ana+jury@ETU.example"}};
  const Verdict verdict = Ask(facts, "people/pia");
  EXPECT_EQ(verdict.state, State::kQuestion);
  EXPECT_THAT(KindsOf(verdict), ElementsAre(Kind::kSameFamilyName, Kind::kSameAddress));
}

TEST(Conflicts, TwoPeopleWithNoNameAndNoAddressAreNotAlike) {
  Facts facts = SomeFacts();
  facts.people["people/ana"] = {};
  facts.people["people/pia"] = {};
  EXPECT_EQ(Ask(facts, "people/pia").state, State::kNone);
}

TEST(Conflicts, EitherSideDeclares) {
  for (const Kind kind : kKinds) {
    if (!IsDeclarable(kind)) continue;
    Facts facts = SomeFacts();
    facts.declarations = {Declared("people/pia", "people/ana", kind)};
    EXPECT_EQ(Ask(facts, "people/pia").state, State::kConflict) << KindName(kind);
    EXPECT_EQ(Ask(facts, "people/pia").findings[0].source, Source::kDeclaredByJuror);
    facts.declarations = {Declared("people/ana", "people/pia", kind)};
    EXPECT_EQ(Ask(facts, "people/pia").state, State::kConflict) << KindName(kind);
    EXPECT_EQ(Ask(facts, "people/pia").findings[0].source, Source::kDeclaredByAuthor);
    EXPECT_EQ(Ask(facts, "people/tom", Chair::kMember).state, State::kNone) << "it is about others";
  }
}

TEST(Conflicts, CommonWorkFadesAwayAfterTheYearsOfTheProgramme) {
  for (const Kind kind : {Kind::kCoauthorship, Kind::kPastWork}) {
    Facts facts = SomeFacts();
    facts.declarations = {Declared("people/pia", "people/ana", kind, 2027 - kYears)};
    EXPECT_EQ(Ask(facts, "people/pia").state, State::kConflict);
    facts.declarations = {Declared("people/pia", "people/ana", kind, 2027 - kYears - 1)};
    const Verdict verdict = Ask(facts, "people/pia");
    EXPECT_EQ(verdict.state, State::kNone);
    EXPECT_THAT(verdict.findings, ElementsAre(Field(&Finding::state, State::kNone))) << "still shown";
  }
}

TEST(Conflicts, ADecisionAboutOtherAuthorsNoLongerCounts) {
  Facts facts = SomeFacts();
  facts.people["people/pia"].family_name = "Lefèvre";
  const Decision none{.is_conflict = false, .authors = {"people/bob"}, .time = Noon(11)};
  EXPECT_EQ(Ask(facts, "people/pia", Chair::kMember, &none).state, State::kQuestion);
  const Decision conflict{.is_conflict = true, .authors = {"people/bob"}, .time = Noon(11)};
  EXPECT_EQ(Ask(SomeFacts(), "people/pia", Chair::kMember, &conflict).state, State::kQuestion)
      << "not silently dropped";
}

TEST(Conflicts, WhatIsDeclaredAfterADecisionCounts) {
  Facts facts = SomeFacts();
  facts.declarations = {Declared("people/pia", "people/ana", Kind::kFamily)};
  Decision none{.is_conflict = false, .authors = {"people/ana"}, .time = Noon(11)};
  EXPECT_EQ(Ask(facts, "people/pia", Chair::kMember, &none).state, State::kNone);
  none.time = Noon(9);
  EXPECT_EQ(Ask(facts, "people/pia", Chair::kMember, &none).state, State::kConflict);
}

// Whatever is computed later, a decision about the same authors stays.
TEST(Conflicts, DecisionsSurviveEveryRecomputation) {
  std::mt19937 random(7);
  const auto chance = [&](int percent) { return static_cast<int>(random() % 100) < percent; };
  const std::vector<std::string> names = {"Lefèvre", "Petit", "LEFEVRE"};
  for (int round = 0; round < 2000; ++round) {
    Facts facts = SomeFacts();
    facts.people["people/pia"] = {.family_name = names[random() % names.size()]};
    if (chance(50)) facts.people["people/pia"].companies = {"nexity"};
    if (chance(50)) facts.people["people/pia"].addresses = {"ana@etu.example"};
    if (chance(50))
      facts.theses.push_back({.id = "old", .authors = {"people/ana"}, .supervisor = "people/pia"});
    if (chance(50)) facts.theses.push_back({.id = "two", .authors = {"people/ana", "people/pia"}});
    if (chance(50)) facts.declarations = {Declared("people/pia", "people/ana", Kind::kOther)};
    if (chance(20)) facts.people.clear();
    const bool is_conflict = chance(50);
    const Decision decision{.is_conflict = is_conflict, .authors = {"people/ana"}, .time = Noon(11)};
    const Verdict verdict = Ask(facts, "people/pia", Chair::kReviewer, &decision);
    ASSERT_TRUE(verdict.decision_holds) << "round " << round;
    ASSERT_EQ(verdict.state, is_conflict ? State::kConflict : State::kNone) << "round " << round;
  }
}

TEST(Folding, MakesEqualWhatPeopleWriteDifferently) {
  EXPECT_EQ(Folded(" D'Aubigné "), "d aubigne");
  EXPECT_EQ(Folded("Saint-Exupéry"), Folded("SAINT EXUPERY"));
  EXPECT_EQ(Folded("Straße"), Folded("STRASSE"));
  EXPECT_NE(Folded("Martin"), Folded("Martins"));
  EXPECT_EQ(Folded(" - "), "");
  EXPECT_EQ(FoldedAddress("Ana.B+x@Example.org"), "ana.b@example.org");
  EXPECT_NE(FoldedAddress("a.b@example.org"), FoldedAddress("ab@example.org"));
  EXPECT_EQ(FoldedAddress("3, rue des Lilas\n45000 Orléans"), "3 rue des lilas 45000 orleans");
}

}  // namespace
}  // namespace soutenance::assignment::conflicts
