#ifndef SOUTENANCE_CLIENTS_CLI_SETTINGS_H_
#define SOUTENANCE_CLIENTS_CLI_SETTINGS_H_

#include <string>

#include "absl/status/statusor.h"
#include "clients/cli/command.h"
#include "clients/lib/language.h"

namespace soutenance::cli {

// Where a setting comes from.
enum class Origin { kNone, kFlag, kEnvironment, kContext, kDataFolder };

// Which server, as whom, for which campaign.
struct Settings {
  std::string server;
  Origin server_origin = Origin::kNone;
  std::string token;  // the secret; empty: none was found
  Origin token_origin = Origin::kNone;
  std::string token_source;  // the file or the variable it is in
  std::string campaign;      // "campaigns/{id}" of the context; empty if it says none
};

// Finds out. The server is the first of
//   --server, $SOUTENANCE_SERVER, the socket of $SOUTENANCE_DATA_DIR, the context, the socket of
//   /var/lib/soutenance or of $XDG_DATA_HOME/soutenance, whichever exists.
// The token is the first of
//   --token-file, $SOUTENANCE_TOKEN_FILE, $SOUTENANCE_TOKEN, the context's file, administrator.token beside
//   the socket.
// The context's token and campaign are used with the context's server only, and a data folder's token with
// its own socket only: a token is never sent to a server that it was not meant for. Fails if a file that was
// named cannot be read. That there is no token is not a failure: the server will say so.
absl::StatusOr<Settings> FindSettings(const Input& input, Language language);

Text WordFor(Origin origin);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_SETTINGS_H_
