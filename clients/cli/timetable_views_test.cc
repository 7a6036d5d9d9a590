#include "clients/cli/timetable_views.h"

#include <gmock/gmock.h>
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

TEST(TimetableText, TellsOfEachLevelWhatIsProven) {
  pb::Timetable timetable = ATimetable();
  timetable.set_optimal(false);
  timetable.clear_score();
  const auto add = [&](const char* level, int64_t points, int64_t bound, bool proven) {
    pb::LevelScore& score = *timetable.add_score();
    score.set_level(level);
    score.set_points(points);
    score.set_bound(bound);
    score.set_proven(proven);
  };
  add("hard", 0, 0, true);
  add("unplaced", 1, 1, true);
  add("strong", 12, 9, false);
  add("soft", 340, 0, false);
  EXPECT_THAT(TimetableText(timetable, Arrangement::kTable, {}),
              ::testing::HasSubstr("Score: hard 0, unplaced 1 (proven), strong 12 (at least 9), soft 340\n"));
  EXPECT_THAT(
      TimetableText(timetable, Arrangement::kTable, {.language = Language::kFrench}),
      ::testing::HasSubstr("Score : stricte 0, non placées 1 (prouvé), forte 12 (au moins 9), souple 340\n"));
  add("soft_2", 0, 0, false);
  add("soft_3", 8, 5, false);
  add("soft_4", 0, 0, false);
  EXPECT_THAT(TimetableText(timetable, Arrangement::kTable, {}),
              ::testing::HasSubstr("soft 340, soft, rank 2 0, soft, rank 3 8 (at least 5)\n"));
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

}  // namespace
}  // namespace soutenance::cli
