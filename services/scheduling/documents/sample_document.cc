#include "services/scheduling/documents/sample_document.h"

namespace soutenance::scheduling::documents {
namespace {

constexpr absl::CivilDay kMonday(2027, 6, 14);
constexpr absl::CivilDay kTuesday(2027, 6, 15);

absl::CivilMinute At(absl::CivilDay day, int hour, int minute) {
  return absl::CivilMinute(day.year(), day.month(), day.day(), hour, minute);
}

PlacedDefence InRoom(PlacedDefence defence, const std::string& room) {
  defence.room = "rooms/" + room;
  defence.room_name = room == "a12" ? "A 12" : "Salle « Germaine Tillion »";
  defence.site = "Campus des Carmes";
  defence.uid = "soutenance-" + defence.id + "@rive-neuve.example";
  return defence;
}

const DocumentJuror kChair{"people/nguyen", "Bích Ngọc Nguyễn", JuryRole::kPresident};
const DocumentJuror kSupervisor{"people/ohara", "Maeve O'Hara", JuryRole::kSupervisor};
const DocumentJuror kRemoteExaminer{"people/weiss", "Jürgen Weiß", JuryRole::kExaminer, true};
const DocumentJuror kTutor{"people/le-goff", "Yann Le Goff-Créac'h", JuryRole::kCompanyTutor};

}  // namespace

PlacedDefence ADefence() {
  return InRoom({.id = "m1",
                 .title = "Une étude",
                 .students = {{"people/ana", "Ana Dupré"}},
                 .jury = {kChair, kSupervisor},
                 .start = At(kMonday, 9, 0)},
                "a12");
}

TimetableDocument DocumentOf(const PlacedDefence& defence) {
  return {.institution = "Université de Rive-Neuve",
          .programme_title = "Master 2 Systèmes d'information, en alternance",
          .campaign_title = "Soutenances de mémoire, session 1, 2026-2027",
          .published_at = absl::FromUnixSeconds(1811000000),  // 2027-05-22 15:33:20 UTC
          .placed = {defence}};
}

TimetableDocument SampleDocument() {
  TimetableDocument document = DocumentOf(ADefence());
  document.number = 3;
  document.placed = {
      InRoom({.id = "m4",
              .title = "Qui décide ? Gouvernance des données dans les collectivités : le cas de l'eau",
              .students = {{"people/zoe", "Zoé L'Hostis"}},
              .jury = {kChair, kSupervisor, kTutor},
              .start = At(kTuesday, 14, 30),
              .duration_minutes = 75},
             "a12"),
      InRoom({.id = "m3",
              .sequence = 2,
              .is_closed = true,
              .students = {{"people/ines", "Inès Ben Saïd"}},
              .jury = {kChair, kRemoteExaminer, kTutor},
              .start = At(kMonday, 10, 30)},
             "tillion"),
      InRoom({.id = "m2",
              .title = "=SOMME(A1;B2) & <b>\"tableurs\"</b>, un risque ; une méthode",
              .students = {{"people/loic", "Loïc Étienne-Marchand"}, {"people/mai", "Mai d'Arc"}},
              .jury = {kSupervisor, kRemoteExaminer},
              .start = At(kMonday, 9, 0),
              .duration_minutes = 80},
             "tillion"),
      ADefence(),
      InRoom({.id = "m5",
              .sequence = 1,
              .title = "Mesurer la dette technique",
              .students = {{"people/noe", "Noé Garçon"}},
              .jury = {kSupervisor},
              .start = At(kMonday, 14, 0),
              .status = DefenceStatus::kCancelled},
             "a12"),
  };
  document.unplaced = {
      {.id = "m6",
       .title = "L'hydrogène \"vert\"",
       .students = {{"people/ugo", "Ugo Ünal"}},
       .jury = {kSupervisor, kTutor},
       .reason = "Yann Le Goff-Créac'h n'est libre que le 14 juin, où aucune salle n'a de place."}};
  return document;
}

}  // namespace soutenance::scheduling::documents
