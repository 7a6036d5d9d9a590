#ifndef SOUTENANCE_CLIENTS_CLI_JURY_RULES_H_
#define SOUTENANCE_CLIENTS_CLI_JURY_RULES_H_

#include <string>
#include <vector>

#include "clients/cli/command.h"
#include "clients/lib/language.h"
#include "clients/lib/terminal.h"
#include "soutenance/assignment/v1/rules.pb.h"

// The verbs of the noun "rules" that are about juries, and their answers as text.
namespace soutenance::cli {

std::vector<Command> JuryRuleCommands();

// The rules of a programme, each with its source.
std::string JuryRulesText(const assignment::v1::JuryRules& rules, clients::Language language,
                          const clients::Terminal& terminal);

// What the rules say of juries: one line a jury, and below it the rules that were sent with what is required
// and measured, the source and the way out.
std::string JuryVerdictsText(const assignment::v1::CheckJuriesResponse& response, clients::Language language,
                             const clients::Terminal& terminal);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_JURY_RULES_H_
