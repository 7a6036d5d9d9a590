#ifndef SOUTENANCE_CLIENTS_CLI_ACCOUNT_TEXT_H_
#define SOUTENANCE_CLIENTS_CLI_ACCOUNT_TEXT_H_

#include <string>

#include "clients/lib/language.h"
#include "clients/lib/terminal.h"
#include "soutenance/directory/v1/accounts.pb.h"

namespace soutenance::cli {

// The roles as they are typed: "student, supervisor, ...".
std::string RoleWords();

// "gestionnaire (m2), administrateur".
std::string GrantsText(const directory::v1::Account& account, clients::Language language);

// The account in full.
std::string AccountText(const directory::v1::Account& account, clients::Language language,
                        const clients::Terminal& terminal);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_ACCOUNT_TEXT_H_
