#include "clients/cli/nouns.h"

namespace soutenance::cli {

const std::vector<Noun>& AllNouns() {
  static const auto& nouns = *new std::vector<Noun>{
      ImportNoun(),    CampaignsNoun(),  DefencesNoun(),   AvailabilityNoun(), TimetablesNoun(),
      PeopleNoun(),    RoomsNoun(),      ProgrammesNoun(), CohortsNoun(),      ThesesNoun(),
      ProblemsNoun(),  DraftsNoun(),     MilestonesNoun(), ReceiptsNoun(),     ReviewsNoun(),
      GridsNoun(),     StatementsNoun(), SimilarityNoun(), JuriesNoun(),       ReviewersNoun(),
      ConflictsNoun(), RulesNoun(),      AccountsNoun(),   TokensNoun(),       WhoamiNoun(),
      LoginNoun(),     LogoutNoun(),     ContextNoun(),    HealthNoun(),       CompletionNoun(),
  };
  return nouns;
}

}  // namespace soutenance::cli
