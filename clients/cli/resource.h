#ifndef SOUTENANCE_CLIENTS_CLI_RESOURCE_H_
#define SOUTENANCE_CLIENTS_CLI_RESOURCE_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/session.h"
#include "clients/lib/table.h"

// What the nouns share whose verbs are list, show, create, update and delete.
namespace soutenance::cli {

// The argument that names a resource: "ROOM", completed with what is in `collection`.
inline Argument NameArgument(const char* word, const char* collection, Text help,
                             Argument::Need need = Argument::Need::kRequired) {
  return {.value = {.word = word, .kind = Value::Kind::kResource, .collection = collection},
          .help = help,
          .need = need};
}

// The argument that gives a new resource its id.
inline Argument IdArgument() {
  return {.value = {.word = "ID"},
          .help = {"the id, as the institution writes it", "l’identifiant, tel que l’établissement l’écrit"}};
}

// Several lists of flags as one.
inline std::vector<Flag> Flags(std::vector<Flag> first, const std::vector<Flag>& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

// Prints a list: as JSON, or as a table, or `none` if there is nothing in it.
inline void ShowTable(const Session& session, const google::protobuf::Message& list,
                      const clients::Table& table, Text none) {
  session.Show(list, [&] {
    return table.empty() ? absl::StrCat(session.Say(none), "\n") : table.Text(session.out());
  });
}

// Prints what a mutating call returned: as JSON, or `done` and then `text`. Says so if it was a dry run.
inline void ShowOutcome(const Session& session, const Input& input, Text done,
                        const google::protobuf::Message& message, const std::string& text) {
  session.Show(message, [&] {
    const Text dry{" (dry run: nothing was written)", " (essai : rien n’a été écrit)"};
    return absl::StrCat(session.Say(done), input.Has("--dry-run") ? session.Say(dry) : "", "\n", text);
  });
}

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_RESOURCE_H_
