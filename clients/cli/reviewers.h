#ifndef SOUTENANCE_CLIENTS_CLI_REVIEWERS_H_
#define SOUTENANCE_CLIENTS_CLI_REVIEWERS_H_

#include <vector>

#include "clients/cli/command.h"

// The noun `reviewers` in parts: each file gives its commands, reviewers.cc puts them together.
namespace soutenance::cli {

std::vector<Command> ReviewerProfileCommands();    // list, show, set
std::vector<Command> ReviewerExpertiseCommands();  // expertise, override

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_REVIEWERS_H_
