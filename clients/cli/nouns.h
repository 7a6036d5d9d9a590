#ifndef SOUTENANCE_CLIENTS_CLI_NOUNS_H_
#define SOUTENANCE_CLIENTS_CLI_NOUNS_H_

#include <vector>

#include "clients/cli/command.h"

// Every noun of the command line; each is made in the file called like it.
namespace soutenance::cli {

Noun ImportNoun();
Noun CampaignsNoun();
Noun DefencesNoun();
Noun AvailabilityNoun();
Noun TimetablesNoun();
Noun PeopleNoun();
Noun RoomsNoun();
Noun ProgrammesNoun();
Noun CohortsNoun();
Noun ThesesNoun();
Noun ProblemsNoun();
Noun DraftsNoun();
Noun MilestonesNoun();
Noun ReceiptsNoun();
Noun ReviewsNoun();
Noun GridsNoun();
Noun StatementsNoun();
Noun SimilarityNoun();
Noun JuriesNoun();
Noun ConflictsNoun();
Noun ReviewersNoun();
Noun RulesNoun();
Noun AccountsNoun();
Noun TokensNoun();
Noun WhoamiNoun();
Noun LoginNoun();
Noun LogoutNoun();
Noun ContextNoun();
Noun HealthNoun();
Noun CompletionNoun();

// All of them, in the order of --help. Made once.
const std::vector<Noun>& AllNouns();

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_NOUNS_H_
