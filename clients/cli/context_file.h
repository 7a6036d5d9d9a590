#ifndef SOUTENANCE_CLIENTS_CLI_CONTEXT_FILE_H_
#define SOUTENANCE_CLIENTS_CLI_CONTEXT_FILE_H_

#include <string>

#include "absl/status/statusor.h"
#include "clients/lib/language.h"

namespace soutenance::cli {

// What a person sets once instead of typing it each time: context.json, mode 0600. All fields may be empty.
struct ContextFile {
  std::string server;      // as --server takes it
  std::string token_file;  // absolute path; the token is never in the context itself
  std::string campaign;    // "campaigns/{id}"

  friend bool operator==(const ContextFile&, const ContextFile&) = default;
};

// The folder of the client's own files: $XDG_CONFIG_HOME/soutenance or ~/.config/soutenance; empty if the
// environment names neither.
std::string ConfigFolder();

// Reads context.json of ConfigFolder(); an empty context if there is none. CONTEXT_UNREADABLE if it is not
// such a file.
absl::StatusOr<ContextFile> ReadContextFile(clients::Language language);

absl::Status WriteContextFile(const ContextFile& context, clients::Language language);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_CONTEXT_FILE_H_
