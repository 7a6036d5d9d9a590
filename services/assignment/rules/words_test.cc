#include "services/assignment/rules/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "services/assignment/rules/defaults.h"

namespace soutenance::assignment::rules {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using enum Seat::Role;

const Source kSource{
    .text = "Code de l’éducation", .article = "L613-1", .page = "p. 3", .url = "https://example.org"};

TEST(Required, ReadsLikeARegulation) {
  const Rule half{.kind = Kind::kRanks, .share = Share{1, 2}, .ranks = {Rank::kA}, .or_habilitated = true};
  EXPECT_EQ(Required(half, Language::kEnglish),
            "at least 1/2 of the members with a deliberative voice, rank A or habilitated (HDR)");
  EXPECT_EQ(Required(half, Language::kFrench),
            "au moins 1/2 des membres à voix délibérative, de rang A ou habilité (HDR)");
  const Rule president{.kind = Kind::kSeats, .roles = {kPresident}, .min = 1, .max = 1};
  EXPECT_EQ(Required(president, Language::kEnglish), "exactly 1 president");
  EXPECT_EQ(Required(president, Language::kFrench), "exactement 1 président");
  const Rule apart{.kind = Kind::kNotTogether, .roles = {kPresident, kSupervisor}};
  EXPECT_EQ(Required(apart, Language::kFrench), "personne n’est à la fois président et encadrant");
  const Rule voice{.kind = Kind::kVoice, .roles = {kCompanyTutor}, .voice = Voice::kConsultative};
  EXPECT_EQ(Required(voice, Language::kEnglish), "company tutor: consultative voice");
}

TEST(Sentence, SaysRequiredMeasuredWhoCountsSourceAndWayOut) {
  const Rule rule{
      .id = "external", .kind = Kind::kExternals, .level = Level::kDerogable, .min = 2, .source = kSource};
  const RuleVerdict verdict{.outcome = Outcome::kBroken,
                            .measure = {.counted = 1, .of = 4, .unknown = 1},
                            .missing = 1,
                            .who_counts = {"people/bob"},
                            .who_does_not = {"people/ana", "people/carl", "people/dora"},
                            .unknown = {"people/carl"}};
  EXPECT_EQ(
      Sentence(rule, verdict, {}, Language::kEnglish),
      "external: required at least 2 of the members with a deliberative voice, from another institution; "
      "measured 1 of 4: bob; not known: carl; source Code de l’éducation, L613-1, p. 3 "
      "(https://example.org); "
      "way out: have 1 more of them who count, or complete the profile of carl; the programme head may lift "
      "the "
      "rule for this jury, with a reason");
  EXPECT_THAT(Sentence(rule, verdict, {}, Language::kFrench),
              HasSubstr(" ; mesuré 1 sur 4 : bob ; non renseigné : carl"));
}

TEST(Sentence, NamesNobodyByGender) {
  const Rule rule{.id = "balance", .kind = Kind::kBalance, .min = 1, .source = kSource};
  const RuleVerdict verdict{.outcome = Outcome::kBroken, .measure = {.counted = 3, .of = 3}, .missing = 1};
  EXPECT_EQ(Measured(rule, verdict, {}, Language::kEnglish), "0 of 3");
  EXPECT_THAT(Sentence(rule, verdict, {}, Language::kFrench), Not(HasSubstr("people")));
}

TEST(WayOut, IsOnlyForWhatIsNotMet) {
  const Rule rule{.kind = Kind::kMembers, .max = 2};
  EXPECT_EQ(WayOut(rule, {.outcome = Outcome::kMet}, Language::kEnglish), "");
  EXPECT_EQ(WayOut(rule, {.outcome = Outcome::kUnmeasured}, Language::kEnglish), "");
  EXPECT_THAT(WayOut(rule, {.outcome = Outcome::kBroken, .excess = 1}, Language::kFrench),
              HasSubstr("remplacer 1"));
}

TEST(EveryShippedRule, HasItsWordsInBothLanguages) {
  for (const DefaultSet& one : DefaultSets()) {
    for (const Rule& rule : one.set.rules) {
      const std::string english = Required(rule, Language::kEnglish);
      const std::string french = Required(rule, Language::kFrench);
      EXPECT_FALSE(english.empty()) << rule.id;
      EXPECT_NE(english, french) << rule.id;
      EXPECT_THAT(english, Not(HasSubstr("  "))) << rule.id;
      EXPECT_THAT(french, Not(HasSubstr("  "))) << rule.id;
    }
  }
}

TEST(Rulebook, PrintsEveryRuleWithItsSource) {
  const RuleSet& set = DefaultSets().front().set;
  const std::string book = Rulebook(set, Language::kFrench);
  for (const Rule& rule : set.rules) {
    EXPECT_THAT(book, HasSubstr(rule.id));
    EXPECT_THAT(book, HasSubstr(Cite(rule.source)));
  }
}

}  // namespace
}  // namespace soutenance::assignment::rules
