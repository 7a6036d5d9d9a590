#include "clients/lib/phrasebook.h"

#include <gmock/gmock.h>

namespace soutenance::clients {
namespace {

TEST(Phrasebook, KeepsNamesAndNumbers) {
  EXPECT_EQ(InFrench("there is no campaign campaigns/m2"), "il n’y a pas de campagne campaigns/m2");
  EXPECT_EQ(InFrench("700 is not between 5 and 240"), "700 n’est pas entre 5 et 240");
  EXPECT_EQ(InFrench("700 is not between 5 and 240, nor 0 for the campaign's"),
            "700 n’est pas entre 5 et 240, ni 0 pour celle de la campagne");
}

TEST(Phrasebook, TellsWhatStandsInASentenceInFrenchToo) {
  EXPECT_EQ(
      InFrench("campaigns/m2 is not ready for a timetable: it has no room that the directory knows; add at "
               "least one room"),
      "campaigns/m2 n’est pas prête pour un planning : elle n’a aucune salle que l’annuaire connaisse ; "
      "ajoutez-en au moins une");
}

TEST(Phrasebook, LeavesWhatItDoesNotKnow) {
  for (const char* sentence : {"", "person.email: is missing", "Rien ne s’y oppose.", "there is no"}) {
    EXPECT_EQ(InFrench(sentence), sentence);
  }
}

}  // namespace
}  // namespace soutenance::clients
