#ifndef SOUTENANCE_CLIENTS_CLI_DECISIONS_H_
#define SOUTENANCE_CLIENTS_CLI_DECISIONS_H_

#include <vector>

#include "clients/cli/command.h"

// Juries and reviewers as files, undo, and the history of decisions, as parts of the nouns `juries` and
// `reviewers`.
namespace soutenance::cli {

std::vector<Command> JuryDecisionCommands();      // import, export, batches, show-batch, undo, history
std::vector<Command> ReviewerDecisionCommands();  // import, export, history

// --reason: why, for the history.
Flag ReasonFlag();

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_DECISIONS_H_
