#ifndef SOUTENANCE_CLIENTS_CLI_THESES_LIFE_H_
#define SOUTENANCE_CLIENTS_CLI_THESES_LIFE_H_

#include <vector>

#include "clients/cli/command.h"

namespace soutenance::cli {

// The verbs of `soutenance theses` about the life of a thesis.
std::vector<Command> ThesisLifeCommands();

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_THESES_LIFE_H_
