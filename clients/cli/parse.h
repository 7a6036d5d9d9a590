#ifndef SOUTENANCE_CLIENTS_CLI_PARSE_H_
#define SOUTENANCE_CLIENTS_CLI_PARSE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/cli/command.h"

namespace soutenance::cli {

// What a command line asks for.
struct Parsed {
  const Noun* noun = nullptr;        // null: none was named
  const Command* command = nullptr;  // null: none was named
  bool wants_help = false;
  bool wants_version = false;
  Input input;
};

// Understands `arguments` (without the program's name). Flags may stand anywhere, as "--flag value" or
// "--flag=value"; after "--" everything is an argument. If help or the version is wanted, nothing else is
// checked. A usage error in `language` for what is unknown, missing, given twice, not a number, not among the
// choices, or not UTF-8.
absl::StatusOr<Parsed> Parse(const std::vector<Noun>& nouns, const std::vector<std::string>& arguments,
                             Language language);

// The word among `known` that somebody who typed `word` probably meant, or "".
std::string Nearest(absl::string_view word, const std::vector<std::string>& known);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_PARSE_H_
