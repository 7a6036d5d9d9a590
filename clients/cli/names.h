#ifndef SOUTENANCE_CLIENTS_CLI_NAMES_H_
#define SOUTENANCE_CLIENTS_CLI_NAMES_H_

#include <string>

#include "absl/strings/string_view.h"

// Resource names as people type them. A name may be given short ("ana", "m2-017", "3") or in full
// ("people/ana", "campaigns/m2-2027/timetables/3"); the server decides whether it exists.
namespace soutenance::cli {

// The full name in a collection at the top: ("people", "ana") and ("people", "people/ana") are "people/ana".
// Empty stays empty.
std::string TopName(absl::string_view collection, absl::string_view text);

// The full name in a collection below `parent`: ("campaigns/c", "runs", "7") is "campaigns/c/runs/7", and so
// are "runs/7" and "campaigns/c/runs/7".
std::string ChildName(absl::string_view parent, absl::string_view collection, absl::string_view text);

// The defence called `text` in `campaign`; the name of its thesis ("theses/42") is accepted too.
std::string DefenceName(absl::string_view campaign, absl::string_view text);

// The jury of a thesis: "42", "theses/42" and "theses/42/jury" are "theses/42/jury".
std::string JuryName(absl::string_view text);

// The cohort called "id" in `programme`, or "p/id", or in full.
std::string CohortName(absl::string_view programme, absl::string_view text);

// The first two segments if `text` is a full name below `collection`: "campaigns/c" of "campaigns/c/runs/7".
// Otherwise empty.
std::string ParentIn(absl::string_view collection, absl::string_view text);

// What a person types: the last segment of `name`, or of a jury that of its thesis.
std::string ShortName(absl::string_view name);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_NAMES_H_
