#ifndef SOUTENANCE_CLIENTS_CLI_RULES_H_
#define SOUTENANCE_CLIENTS_CLI_RULES_H_

#include <string>

#include "clients/lib/language.h"
#include "clients/lib/terminal.h"
#include "soutenance/scheduling/v1/campaigns.pb.h"

namespace soutenance::cli {

// The rulebook as a table, with the settings of a campaign where the list has them.
std::string RulesText(const scheduling::v1::ListRulesResponse& list, clients::Language language,
                      const clients::Terminal& terminal);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_RULES_H_
