#include "services/assignment/expertise/expertise.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/assignment/expertise/words.h"

namespace soutenance::assignment::expertise {
namespace {

using ::testing::ElementsAre;
using ::testing::Gt;
using ::testing::IsEmpty;
using ::testing::Lt;

std::vector<std::string> Roots(const std::string& text) {
  std::vector<std::string> roots;
  for (const Word& word : WordsOf(text)) roots.push_back(word.root);
  return roots;
}

TEST(Words, AreComparedWithoutCaseAccentsAndPlurals) {
  EXPECT_THAT(Roots("les Réseaux, le RÉSEAU et les reseaux"), ElementsAre("reseau", "reseau", "reseau"));
  EXPECT_THAT(Roots("les canaux du canal"), ElementsAre("canal", "canal"));
  EXPECT_THAT(Roots("des Études, une e\u0301tude"), ElementsAre("etude", "etude"));
  EXPECT_THAT(Roots("queries and a query, analysis of class"),
              ElementsAre("query", "query", "analysis", "class"));
  EXPECT_THAT(Roots("cœur ﬁltre"), ElementsAre("coeur", "filtre"));
}

TEST(Words, LeaveOutWhatSaysNothing) {
  EXPECT_THAT(Roots("Nous proposons, dans le cadre de l'étude : 42 x"),
              ElementsAre("proposon", "cadre", "etude"));
  EXPECT_THAT(Roots("the of and"), IsEmpty());
  EXPECT_THAT(Roots("packet\xFF\xFEloss"), ElementsAre("packet", "loss")) << "what is not UTF-8 parts words";
}

TEST(Words, SayNothingInTheirOwnLanguageOnly) {
  EXPECT_THAT(Roots("the car is on the road"), ElementsAre("car", "road"));
  EXPECT_THAT(Roots("car la route est dans la ville"), ElementsAre("route", "ville"));
}

TEST(Words, AreShownAsTheyStand) { EXPECT_EQ(WordsOf("Systèmes")[0].shown, "systèmes"); }

const std::vector<Text> kTheses = {
    {"Congestion control in mobile networks", "Packet loss is not congestion where radio links are bad."},
    {"Contrôle de types dans un compilateur", "Inférence de types pour un langage fonctionnel."}};
const std::vector<PersonTexts> kPeople = {
    {{{"Packet loss on radio links", "Losses of packets in networks."}, {"A history of Rome", ""}}},
    {{{"Compilateurs et langages", "Types, inférence, fonctions."}}},
    {{}}};

TEST(Expertise, IsHigherForThoseWhoWroteOnTheSubject) {
  const Expertises expertises(kTheses, kPeople);
  EXPECT_THAT(expertises.Of(0, 0).score, Gt(expertises.Of(0, 1).score));
  EXPECT_THAT(expertises.Of(1, 1).score, Gt(expertises.Of(1, 0).score));
  EXPECT_EQ(expertises.Of(0, 2).score, 0) << "nothing is known of them";
  EXPECT_THAT(expertises.Of(0, 2).reasons, IsEmpty());
}

TEST(Expertise, TellsWhichWordsCount) {
  const Expertise expertise = Expertises(kTheses, kPeople).Of(0, 0, 100);
  double sum = 0;
  std::vector<std::string> words;
  for (const Expertise::Reason& reason : expertise.reasons) {
    words.push_back(reason.word);
    sum += reason.share;
  }
  EXPECT_THAT(words, ::testing::IsSupersetOf({"packet loss", "radio links", "networks"}));
  EXPECT_NEAR(sum, 1, 1e-9) << "all of them are the score";
}

TEST(Expertise, GrowsWithEveryTextOnTheSubjectAndNeverBeyondOne) {
  double before = 0;
  for (size_t copies = 1; copies <= 25; copies += 6) {
    const double score = Expertises(kTheses, {{std::vector<Text>(copies, kTheses[0])}}).Of(0, 0).score;
    EXPECT_THAT(score, Gt(before));
    EXPECT_THAT(score, Lt(1 + 1e-12));
    before = copies < 20 ? score : 0;
  }
}

TEST(Expertise, AcceptsEmptyTexts) {
  const Expertises expertises({{"", ""}}, {{{{"", ""}}}});
  EXPECT_EQ(expertises.Of(0, 0).score, 0);
}

}  // namespace
}  // namespace soutenance::assignment::expertise
