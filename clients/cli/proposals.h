#ifndef SOUTENANCE_CLIENTS_CLI_PROPOSALS_H_
#define SOUTENANCE_CLIENTS_CLI_PROPOSALS_H_

#include <vector>

#include "clients/cli/command.h"

// Proposals and the table of a cohort, as parts of the nouns `juries` and `reviewers`.
namespace soutenance::cli {

std::vector<Command> JuryProposalCommands();      // propose, proposals, show-proposal, accept, status
std::vector<Command> ReviewerProposalCommands();  // propose

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_PROPOSALS_H_
