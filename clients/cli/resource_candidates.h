#ifndef SOUTENANCE_CLIENTS_CLI_RESOURCE_CANDIDATES_H_
#define SOUTENANCE_CLIENTS_CLI_RESOURCE_CANDIDATES_H_

#include <string>
#include <vector>

#include "clients/cli/completion.h"

namespace soutenance::cli {

// The resources of a collection as completion offers them, asked of the server that `input` leads to. Waits
// at most two seconds for each page; nothing if anything goes wrong.
std::vector<Candidate> ResourceCandidates(const std::string& collection, const Input& input,
                                          Language language);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_RESOURCE_CANDIDATES_H_
