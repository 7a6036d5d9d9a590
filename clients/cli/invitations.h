#ifndef SOUTENANCE_CLIENTS_CLI_INVITATIONS_H_
#define SOUTENANCE_CLIENTS_CLI_INVITATIONS_H_

#include <string>
#include <vector>

#include "clients/cli/command.h"

// Invitations, replacements and loads, as parts of the nouns `juries` and `reviewers`.
namespace soutenance::cli {

// invite, invitations, answer, withdraw, invitation-history, remind, replacements, replace
std::vector<Command> JuryInvitationCommands();
std::vector<Command> ReviewerLoadCommands();  // load, record-loads, correct-load

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_INVITATIONS_H_
