#ifndef SOUTENANCE_CLIENTS_CLI_CHECK_WORDS_H_
#define SOUTENANCE_CLIENTS_CLI_CHECK_WORDS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "clients/lib/language.h"
#include "soutenance/submissions/v1/checks.pb.h"

namespace soutenance::cli {

// What a finding says and what would make it right, in `language`: the server's own English sentences, or
// those that are known here for its reason.
struct FindingWords {
  std::string sentence;
  std::string way_out;
};
FindingWords WordsFor(const submissions::v1::CheckFinding& finding, clients::Language language);

// "fonts" for "pdf_fonts"; an unknown one as it is.
std::string CheckName(absl::string_view check, clients::Language language);

// The reasons that are known here, in order.
std::vector<std::string> KnownReasons();

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_CHECK_WORDS_H_
