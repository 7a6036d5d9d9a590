#ifndef SOUTENANCE_CLIENTS_CLI_OUTAGES_H_
#define SOUTENANCE_CLIENTS_CLI_OUTAGES_H_

#include <vector>

#include "clients/cli/command.h"

namespace soutenance::cli {

// The commands of "milestones" about outages of the service.
std::vector<Command> OutageCommands();

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_OUTAGES_H_
