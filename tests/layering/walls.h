#ifndef SOUTENANCE_TESTS_LAYERING_WALLS_H_
#define SOUTENANCE_TESTS_LAYERING_WALLS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

// Who may include whom. The table in walls.cc is the wall plan of the house: whoever moves a wall changes it
// there, with a page in ops/decisions.
namespace soutenance::layering {

// The paths and libraries that `source`, the text of a file, includes, in order, without quotes or brackets.
std::vector<std::string> Includes(absl::string_view source);

// Nothing if `file` may include `included`; otherwise a sentence:
//   "services/assignment/assignment.cc includes storage/sql/database.h: a service core may not know SQL"
// Both are paths from the root of the project; `included` may also be a header of a library. Tests that stand
// beside the code may include everything.
std::optional<std::string> WhyNot(absl::string_view file, absl::string_view included);

// The library targets that a CMakeLists.txt defines with soutenance_library, and what they link.
struct Library {
  std::string name;
  std::vector<std::string> links;  // only libraries of the project, without "soutenance::"
};
std::vector<Library> Libraries(absl::string_view cmake_lists);

}  // namespace soutenance::layering

#endif  // SOUTENANCE_TESTS_LAYERING_WALLS_H_
