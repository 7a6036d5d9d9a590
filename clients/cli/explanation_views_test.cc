#include "clients/cli/explanation_views.h"

#include <google/protobuf/text_format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace soutenance::cli {
namespace {

namespace pb = scheduling::v1;
using clients::Language;

template <typename Message>
Message From(const char* text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message));
  return message;
}

TEST(ExplanationText, ShowsRulesWithTheirDearestBreachesAndReasons) {
  const auto explanation = From<pb::Explanation>(R"pb(
    score { level: "soft" points: 90 }
    rules { rule: "room_clash" sentence: "No clash." level: "hard" }
    rules {
      rule: "gaps"
      sentence: "Nobody waits."
      level: "soft"
      points: 90
      match_count: 3
      matches { points: 60 sentence: "Ana waits 1 h." }
      matches { points: 20 sentence: "Bruno waits." }
    }
    unplaced {
      defence: "campaigns/m2/defences/m2-009"
      label: "Moussa"
      sentence: "There is no common slot."
      facts: "Bruno can come on Monday only."
      facts: "Chloé never on Monday."
    }
  )pb");
  EXPECT_EQ(ExplanationText(explanation, 1, {}),
            "Score: soft 90\n"
            "  soft 90  Nobody waits. (gaps)\n"
            "    - Ana waits 1 h. [60]\n"
            "    … 2 more\n"
            "  1 rule costs nothing\n"
            "\n"
            "Unplaced\n"
            "  - m2-009 (Moussa): There is no common slot.\n"
            "    · Bruno can come on Monday only.\n"
            "    · Chloé never on Monday.\n");
}

TEST(ExplanationText, SaysThatAMinimalReasonNeedsEveryFact) {
  const auto explanation = From<pb::Explanation>(R"pb(
    unplaced {
      defence: "campaigns/m2/defences/m2-009"
      sentence: "All this does not hold together. Bruno has 3 defences. Bruno comes for 2 hours."
      facts: "Bruno has 3 defences."
      facts: "Bruno comes for 2 hours."
      kind: "conflict"
      minimal: true
    }
  )pb");
  EXPECT_EQ(ExplanationText(explanation, 1, {}),
            "Score: \n"
            "\n"
            "Unplaced\n"
            "  - m2-009: All this does not hold together. Bruno has 3 defences. Bruno comes for 2 hours.\n"
            "    · Without any one of these it would have a place.\n");
}

TEST(ExplanationText, SaysOfASingleFactThatItStandsInTheWay) {
  pb::Explanation explanation;
  pb::UnplacedReason& unplaced = *explanation.add_unplaced();
  unplaced.set_defence("campaigns/m2/defences/m2-009");
  unplaced.set_sentence("Bruno is at no time available.");
  unplaced.add_facts("Bruno is at no time available.");
  unplaced.set_minimal(true);
  EXPECT_THAT(ExplanationText(explanation, 1, {}),
              ::testing::HasSubstr("    · Without this it would have a place.\n"));
}

TEST(DefenceExplanationText, OffersOtherPlacesAndTheCommandForTheBest) {
  const auto explanation = From<pb::DefenceExplanation>(R"pb(
    placement {
      defence: "campaigns/m2/defences/m2-007"
      students: "Zoé"
      start: "2027-06-14T09:30"
      room: "rooms/a"
    }
    alternatives {
      start: "2027-06-15T09:00"
      room: "rooms/b"
      room_title: "B 2"
      effects { rule: "gaps" level: "soft" points_before: 10 points_after: 40 }
      effects { rule: "person_days" level: "soft" points_before: 7 points_after: 7 }
    }
    alternatives { start: "2027-06-15T10:00" room: "rooms/b" room_title: "B 2" }
  )pb");
  EXPECT_EQ(
      DefenceExplanationText(explanation, " --timetable 3", {.language = Language::kFrench}),
      "m2-007 (Zoé) : lun. 14 juin 09:30, a\n"
      "  Cette place ne coûte rien.\n"
      "\n"
      "Elle est là car aucune autre place ne coûte moins ; la meilleure autre : souple +30.\n"
      "\n"
      "Autres places, la moins coûteuse d’abord\n"
      "  Vers              Salle       Effet\n"
      "  2027-06-15T09:00  b      B 2  gaps +30 (souple)\n"
      "  2027-06-15T10:00  b      B 2  ne coûte rien de plus\n"
      "\n"
      "Pour l’y déplacer : soutenance timetables move m2-007 --to 2027-06-15T09:00 --room b --timetable 3\n");
}

TEST(EffectsText, ShowsBeforeAndAfterOfEveryRuleThatChanges) {
  const auto response = From<pb::MoveDefenceResponse>(R"pb(
    effects {
      rule: "gaps"
      sentence: "Nobody waits."
      level: "soft"
      points_before: 380
      points_after: 470
      matches { points: 90 sentence: "Nadia waits." }
    }
    effects { rule: "person_days" sentence: "Few days." level: "soft" points_before: 5 points_after: 5 }
  )pb");
  EXPECT_EQ(EffectsText(response.effects(), {}),
            "  soft 380 → 470 (+90)\n"
            "    Nobody waits. (gaps)\n"
            "    - Nadia waits. [90]\n");
  EXPECT_EQ(EffectsText({}, {}), "  No rule costs more or less.\n");
}

TEST(ComparisonText, ShowsWhatMovedAndWhomToTell) {
  const auto comparison = From<pb::Comparison>(R"pb(
    differences {
      kind: KIND_MOVED
      before { defence: "campaigns/m2/defences/1" students: "Ana" start: "2027-06-14T09:30" room_title: "A" }
      after { defence: "campaigns/m2/defences/1" students: "Ana" start: "2027-06-14T10:30" room_title: "B" }
    }
    differences {
      kind: KIND_CANCELLED
      before { defence: "campaigns/m2/defences/2" students: "Luc" start: "2027-06-14T09:30" room_title: "A" }
    }
    people {
      display_name: "Bruno Petit"
      defences: "campaigns/m2/defences/1"
      defences: "campaigns/m2/defences/2"
    }
    unchanged_count: 1
  )pb");
  EXPECT_EQ(ComparisonText(comparison, {.language = Language::kFrench}),
            "Soutenance  Quoi      Avant                  Après                  Étudiants\n"
            "1           déplacée  lun. 14 juin 09:30, A  lun. 14 juin 10:30, B  Ana\n"
            "2           annulée   lun. 14 juin 09:30, A                         Luc\n"
            "2 différences, 1 soutenance inchangée\n"
            "\n"
            "Personnes à prévenir\n"
            "  - Bruno Petit : 1, 2\n");
}

}  // namespace
}  // namespace soutenance::cli
