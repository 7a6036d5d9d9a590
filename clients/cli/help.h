#ifndef SOUTENANCE_CLIENTS_CLI_HELP_H_
#define SOUTENANCE_CLIENTS_CLI_HELP_H_

#include <string>
#include <vector>

#include "clients/cli/command.h"
#include "clients/lib/terminal.h"

namespace soutenance::cli {

// What "soutenance --help" prints: every noun with its summary.
std::string ProgramHelp(const std::vector<Noun>& nouns, Language language, const clients::Terminal& terminal);

// What "soutenance NOUN --help" prints: every verb with its summary.
std::string NounHelp(const Noun& noun, Language language, const clients::Terminal& terminal);

// What "soutenance NOUN VERB --help" prints: usage, arguments, flags, examples.
std::string CommandHelp(const Noun& noun, const Command& command, Language language,
                        const clients::Terminal& terminal);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_HELP_H_
