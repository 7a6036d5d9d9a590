#ifndef SOUTENANCE_CLIENTS_CLI_COMPLETION_H_
#define SOUTENANCE_CLIENTS_CLI_COMPLETION_H_

#include <functional>
#include <string>
#include <vector>

#include "clients/cli/command.h"

namespace soutenance::cli {

// One thing that may stand where the cursor is, and what it means.
struct Candidate {
  std::string word;
  std::string meaning;

  friend bool operator==(const Candidate&, const Candidate&) = default;
};

// What may follow: candidates, or files or folders, which the shell knows best.
struct Completion {
  std::vector<Candidate> candidates;
  enum class Paths { kNone, kFiles, kFolders } paths = Paths::kNone;
};

// Asks the server which resources a collection has; `input` holds the flags typed so far.
using ResourceLookup =
    std::function<std::vector<Candidate>(const std::string& collection, const Input& input)>;

// Completes the last of `words` (without the program's name; it may be empty).
Completion Complete(const std::vector<Noun>& nouns, const std::vector<std::string>& words, Language language,
                    const ResourceLookup& lookup);

// "soutenance __complete WORD...": prints one candidate a line, "word<TAB>meaning", or ":files" or
// ":folders". Never fails: a completion that cannot be had is an empty one.
void PrintCompletion(const std::vector<Noun>& nouns, const std::vector<std::string>& words,
                     Language language);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_COMPLETION_H_
