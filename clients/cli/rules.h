#ifndef SOUTENANCE_CLIENTS_CLI_RULES_H_
#define SOUTENANCE_CLIENTS_CLI_RULES_H_

#include <string>

#include "clients/cli/command.h"
#include "clients/lib/language.h"
#include "clients/lib/terminal.h"
#include "soutenance/scheduling/v1/campaigns.pb.h"

namespace soutenance::cli {

// "soft_2": a level as it is typed.
std::string LevelName(scheduling::v1::RuleSetting::Level level);

// --long: the rulebook as paragraphs.
Flag LongRulesFlag();

// The rulebook as paragraphs: each rule with its meaning, its default, the levels it may have and, where the
// list has it, how a campaign sets it.
std::string RulesInFullText(const scheduling::v1::ListRulesResponse& list, clients::Language language,
                            const clients::Terminal& terminal);

// The rulebook as a table, with the settings of a campaign where the list has them.
std::string RulesText(const scheduling::v1::ListRulesResponse& list, clients::Language language,
                      const clients::Terminal& terminal);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_RULES_H_
