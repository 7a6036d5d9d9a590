#include "clients/cli/timetable_views.h"

#include <google/protobuf/text_format.h>
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

// Three defences: two placed, one not; accents, a juror on video, a closed session, a pin, a rule broken by
// hand.
pb::Timetable ATimetable() {
  return From<pb::Timetable>(R"pb(
    name: "campaigns/m2/timetables/3"
    state: STATE_DRAFT
    placements {
      defence: "campaigns/m2/defences/m2-007"
      title: "L'été"
      students: "Zoé Noël"
      start: "2027-06-14T09:30"
      duration_minutes: 60
      room: "rooms/a"
      room_title: "Amphi"
      jury { person: "people/bruno" display_name: "Éric Petit" role: "president" }
      jury { person: "people/chloe" display_name: "Chloé Roy" role: "examiner" remote: true }
      pin { day: true room: true }
    }
    placements {
      defence: "campaigns/m2/defences/m2-008"
      students: "Ana Martin"
      students: "Luc Le Goff"
      start: "2027-06-15T14:00"
      duration_minutes: 80
      room: "rooms/b"
      room_title: "B 2"
      closed: true
      override_reason: "demande du jury"
      jury { person: "people/bruno" display_name: "Éric Petit" role: "supervisor" }
    }
    placements {
      defence: "campaigns/m2/defences/m2-009"
      students: "Moussa N'Diaye"
      unplaced_reason: "aucun créneau commun au jury"
    }
    score { level: "hard" points: 0 }
    score { level: "soft" points: 340 }
    placed_count: 2
    defence_count: 3
    placed_count_bound: 2
    optimal: true
  )pb");
}

TEST(TimetableText, ShowsOneLinePerPlacementAndWhyTheRestIsUnplaced) {
  EXPECT_EQ(TimetableText(ATimetable(), Arrangement::kTable, {}),
            "Timetable 3 of m2 (draft): 2 of 3 defences placed (at most 2 possible)\n"
            "Score: hard 0, soft 340 (proven to be the best possible)\n"
            "\n"
            "Day         Time         Room   Defence  Students                 Title  Jury                   "
            "        Notes\n"
            "Mon 14 Jun  09:30-10:30  Amphi  m2-007   Zoé Noël                 L'été  Éric Petit, Chloé Roy "
            "(video)  pinned: day+room\n"
            "Tue 15 Jun  14:00-15:20  B 2    m2-008   Ana Martin, Luc Le Goff         Éric Petit             "
            "        closed session; by hand: demande du jury\n"
            "\n"
            "Unplaced\n"
            "  - m2-009 (Moussa N'Diaye): aucun créneau commun au jury\n");
}

TEST(TimetableText, IsArrangedByDayInFrench) {
  EXPECT_EQ(
      TimetableText(ATimetable(), Arrangement::kDay, {.language = Language::kFrench}),
      "Planning 3 de m2 (brouillon) : 2 sur 3 soutenances placées (au plus 2 possibles)\n"
      "Score : stricte 0, souple 340 (prouvé le meilleur possible)\n"
      "\n"
      "Heure        Salle  Soutenance  Étudiants                Jury                           Remarques\n"
      "\n"
      "lundi 14 juin 2027\n"
      "09:30-10:30  Amphi  m2-007      Zoé Noël                 Éric Petit, Chloé Roy (visio)  fixé : "
      "jour+salle\n"
      "\n"
      "mardi 15 juin 2027\n"
      "14:00-15:20  B 2    m2-008      Ana Martin, Luc Le Goff  Éric Petit                     huis clos; à "
      "la main : demande du jury\n"
      "\n"
      "Non placées\n"
      "  - m2-009 (Moussa N'Diaye) : aucun créneau commun au jury\n");
}

TEST(TimetableText, IsArrangedByPersonInTheOrderOfNames) {
  const std::string text = TimetableText(ATimetable(), Arrangement::kPerson, {});
  EXPECT_EQ(text.substr(text.find("Day  ")),
            "Day         Time         Room   Defence  Students                 As\n"
            "\n"
            "Ana Martin\n"
            "Tue 15 Jun  14:00-15:20  B 2    m2-008   Ana Martin, Luc Le Goff  student\n"
            "\n"
            "Chloé Roy (chloe)\n"
            "Mon 14 Jun  09:30-10:30  Amphi  m2-007   Zoé Noël                 examiner\n"
            "\n"
            "Éric Petit (bruno)\n"
            "Mon 14 Jun  09:30-10:30  Amphi  m2-007   Zoé Noël                 president\n"
            "Tue 15 Jun  14:00-15:20  B 2    m2-008   Ana Martin, Luc Le Goff  supervisor\n"
            "\n"
            "Luc Le Goff\n"
            "Tue 15 Jun  14:00-15:20  B 2    m2-008   Ana Martin, Luc Le Goff  student\n"
            "\n"
            "Zoé Noël\n"
            "Mon 14 Jun  09:30-10:30  Amphi  m2-007   Zoé Noël                 student\n"
            "\n"
            "Unplaced\n"
            "  - m2-009 (Moussa N'Diaye): aucun créneau commun au jury\n");
}

TEST(TimetableText, TellsTwoStudentsOfOneNameApart) {
  pb::Timetable timetable = ATimetable();
  timetable.mutable_placements(1)->mutable_students()->DeleteSubrange(0, 2);
  timetable.mutable_placements(1)->add_students("Zoé Noël");
  const std::string text = TimetableText(timetable, Arrangement::kPerson, {});
  const std::size_t first = text.find("\nZoé Noël\n");
  ASSERT_NE(first, std::string::npos);
  EXPECT_NE(text.find("\nZoé Noël\n", first + 1), std::string::npos);
}

TEST(TimetableText, IsArrangedByRoom) {
  const std::string text = TimetableText(ATimetable(), Arrangement::kRoom, {});
  EXPECT_LT(text.find("\nAmphi\nMon 14 Jun"), text.find("\nB 2\nTue 15 Jun"));
}

TEST(TimetableText, OfNothingIsNotAnEmptyTable) {
  pb::Timetable timetable;
  timetable.set_name("campaigns/m2/timetables/1");
  timetable.set_state(pb::Timetable::STATE_DRAFT);
  EXPECT_EQ(TimetableText(timetable, Arrangement::kTable, {}),
            "Timetable 1 of m2 (draft): 0 of 0 defences placed\n\n");
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
