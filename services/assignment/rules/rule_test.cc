#include "services/assignment/rules/rule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/assignment/rules/defaults.h"
#include "services/assignment/rules/fold.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::assignment::rules {
namespace {

using ::soutenance::testing::IsOkAndHolds;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Source kSource{.text = "Règlement", .article = "3"};

std::vector<std::string> Fields(const RuleSet& set) {
  std::vector<FieldViolation> problems;
  CheckRuleSet(set, "set", problems);
  std::vector<std::string> fields;
  for (const FieldViolation& problem : problems) fields.push_back(problem.field);
  return fields;
}

std::vector<std::string> FieldsOf(Rule rule) {
  if (rule.id.empty()) rule.id = "r";
  if (rule.source == Source{}) rule.source = kSource;
  RuleSet set;
  set.rules = {rule};
  return Fields(set);
}

TEST(ARuleSet, SurvivesStorage) {
  for (const DefaultSet& one : DefaultSets()) {
    RuleSet set = one.set;
    set.programme = "msi";
    set.version = 3;
    set.institutions = {"Cnam"};
    set.keywords = {"networks"};
    EXPECT_THAT(RuleSet::Parse(set.Serialize()), IsOkAndHolds(set)) << one.id;
  }
  EXPECT_FALSE(RuleSet::Parse("nonsense").ok());
}

TEST(ShippedRules, SayNothingWrongAndCiteEveryRule) {
  EXPECT_GE(DefaultSets().size(), 3u);
  for (const DefaultSet& one : DefaultSets()) {
    RuleSet set = one.set;
    set.institutions = {"Cnam"};
    EXPECT_THAT(Fields(set), IsEmpty()) << one.id;
  }
}

TEST(ShippedRules, UseAtLeastTwelveKinds) {
  std::set<Kind> kinds;
  for (const DefaultSet& one : DefaultSets()) {
    for (const Rule& rule : one.set.rules) kinds.insert(rule.kind);
  }
  EXPECT_GE(kinds.size(), 12u);
}

TEST(ARule, CitesWhereItComesFrom) {
  EXPECT_THAT(FieldsOf({.kind = Kind::kMembers, .min = 1, .source = {.text = "", .article = "3"}}),
              ElementsAre("set.rules[0].source.text"));
  EXPECT_THAT(FieldsOf({.kind = Kind::kMembers, .min = 1, .source = {.text = "Règlement"}}),
              ElementsAre("set.rules[0].source"));
  EXPECT_THAT(FieldsOf({.kind = Kind::kMembers, .min = 1, .source = {.text = "Règlement", .page = "p. 4"}}),
              IsEmpty());
}

TEST(ARule, HasTheParametersOfItsKindAndNoOthers) {
  EXPECT_THAT(FieldsOf({.kind = Kind::kMembers}), ElementsAre("set.rules[0].kind"));
  EXPECT_THAT(FieldsOf({.kind = Kind::kSeats, .min = 1}), ElementsAre("set.rules[0].roles"));
  EXPECT_THAT(FieldsOf({.kind = Kind::kNotice, .max = 3}),
              ElementsAre("set.rules[0].min", "set.rules[0].max"));
  EXPECT_THAT(FieldsOf({.kind = Kind::kKnown, .voice = Voice::kObserver}), ElementsAre("set.rules[0].voice"));
  EXPECT_THAT(FieldsOf({.kind = Kind::kNotTogether, .roles = {Seat::Role::kGuest}}),
              ElementsAre("set.rules[0].roles"));
  EXPECT_THAT(FieldsOf({.kind = Kind::kOwnPart, .roles = {Seat::Role::kGuest}}),
              ElementsAre("set.rules[0].roles"));
  EXPECT_THAT(FieldsOf({.kind = Kind::kAuthors}), Contains("set.rules[0].kind"));
}

TEST(ARule, HasNumbersThatCanBeMet) {
  EXPECT_THAT(FieldsOf({.kind = Kind::kMembers, .min = 4, .max = 3}), ElementsAre("set.rules[0].max"));
  EXPECT_THAT(FieldsOf({.kind = Kind::kMembers, .min = 13}), ElementsAre("set.rules[0].min"));
  EXPECT_THAT(FieldsOf({.kind = Kind::kNotice, .min = 15}), IsEmpty()) << "days, not members";
  EXPECT_THAT(FieldsOf({.kind = Kind::kBalance, .share = Share{2, 3}}), ElementsAre("set.rules[0].share"));
  EXPECT_THAT(FieldsOf({.kind = Kind::kLanguage, .share = Share{3, 2}}), ElementsAre("set.rules[0].share"));
  EXPECT_THAT(FieldsOf({.kind = Kind::kLanguage, .min = 1, .words = {"french"}}),
              ElementsAre("set.rules[0].words[0]"));
}

TEST(ARuleSet, SaysToWhichInstitutionExternalsAreExternal) {
  RuleSet set;
  set.rules = {{.id = "r", .kind = Kind::kExternals, .min = 1, .source = kSource}};
  EXPECT_THAT(Fields(set), ElementsAre("set.rules[0].kind"));
  set.institutions = {"Cnam"};
  EXPECT_THAT(Fields(set), IsEmpty());
}

TEST(ARuleSet, NamesEachRuleOnceAndOneVoicePerRole) {
  RuleSet set;
  const Rule voice{.id = "voice",
                   .kind = Kind::kVoice,
                   .roles = {Seat::Role::kGuest},
                   .voice = Voice::kConsultative,
                   .source = kSource};
  set.rules = {voice, voice};
  EXPECT_THAT(Fields(set), ElementsAre("set.rules[1].id", "set.rules[1].roles"));
  set.rules = {{.id = "author_on_jury", .kind = Kind::kKnown, .source = kSource}};
  EXPECT_THAT(Fields(set), ElementsAre("set.rules[0].id"));
}

TEST(ARuleSet, NamesKeywordsOfTheProgramme) {
  RuleSet set;
  set.keywords = {"Réseaux"};
  set.rules = {{.id = "r", .kind = Kind::kSpecialist, .min = 1, .words = {"reseaux"}, .source = kSource}};
  EXPECT_THAT(Fields(set), IsEmpty());
  set.rules[0].words = {"droit"};
  EXPECT_THAT(Fields(set), ElementsAre("set.rules[0].words[0]"));
}

TEST(TheDemandOfARule, IsItsKindAndParametersOnly) {
  Rule rule{.id = "r", .kind = Kind::kMembers, .min = 3, .source = kSource};
  const std::string demand = rule.Demand();
  rule.note = "other words";
  rule.level = Level::kDerogable;
  EXPECT_EQ(rule.Demand(), demand);
  rule.min = 2;
  EXPECT_NE(rule.Demand(), demand);
}

TEST(Fold, ForgetsCaseAccentsAndSpaces) {
  EXPECT_EQ(Fold("  Université  de NANTES "), "universite de nantes");
  EXPECT_EQ(Fold("CNAM"), "cnam");
  EXPECT_EQ(Fold("e\xcc\x81tat"), Fold("état"));
}

TEST(Roles, AreASet) {
  const Roles roles = {Seat::Role::kGuest, Seat::Role::kPresident};
  EXPECT_THAT(roles.List(), ElementsAre(Seat::Role::kPresident, Seat::Role::kGuest));
  EXPECT_EQ(roles.CountOf({Seat::Role::kGuest, Seat::Role::kExaminer}), 1);
}

}  // namespace
}  // namespace soutenance::assignment::rules
