#ifndef SOUTENANCE_SERVICES_DIRECTORY_IMPORT_H_
#define SOUTENANCE_SERVICES_DIRECTORY_IMPORT_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/change.h"
#include "services/sheets/problem.h"

namespace soutenance::directory {

// Changes of one kind of resource: "people", "theses".
struct CollectionChanges {
  std::string collection;
  ChangeList changes;

  friend bool operator==(const CollectionChanges&, const CollectionChanges&) = default;
};

// What became of one folder.
struct Import {
  enum class State {
    kRefused,    // the files have errors
    kValidated,  // only checked, as asked
    kApplying,   // accepted and being carried out; it will be finished, also after a restart
    kDone,       // everything is written
  };

  std::string id;  // ids grow with time; empty if the import is not remembered
  State state = State::kRefused;
  std::string campaign;                                   // id; empty if it could not be read
  std::string programme;                                  // id; whose staff may see the import
  sheets::Language language = sheets::Language::kFrench;  // of the problems
  std::vector<sheets::ImportProblem> problems;            // at most Problems::kListedMax
  int error_count = 0;
  int warning_count = 0;
  std::vector<CollectionChanges> collections;
  absl::Time create_time;
  std::optional<absl::Time> done_time;
  std::string account;  // resource name of the account that asked

  friend bool operator==(const Import&, const Import&) = default;
};

// "imports/{id}".
std::string ImportName(absl::string_view id);

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_IMPORT_H_
