#ifndef SOUTENANCE_CLIENTS_LIB_DISPLAY_TEXT_H_
#define SOUTENANCE_CLIENTS_LIB_DISPLAY_TEXT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

// Text as a terminal shows it: in cells, not bytes. All functions take UTF-8; bytes that are not UTF-8 count
// and show as U+FFFD.
namespace soutenance::clients {

// Whether `text` is valid UTF-8.
bool IsUtf8(absl::string_view text);

// `text` without what could steer a terminal: each control character and each bidirectional override becomes
// U+FFFD, line ends and tabs become one space. Everything that comes from a server or a file goes through
// here before it is shown to a person.
std::string Printable(absl::string_view text);

// How many cells `text` takes: 0 for combining marks, 2 for wide East Asian characters and emoji, otherwise 1
// each.
int DisplayWidth(absl::string_view text);

// `text` if it takes at most `cells`, otherwise its beginning and "…". Never cuts between a letter and its
// accents.
std::string Shortened(absl::string_view text, int cells);

// `text` with spaces at its end (or at its beginning) so that it takes at least `cells`.
std::string PaddedRight(absl::string_view text, int cells);
std::string PaddedLeft(absl::string_view text, int cells);

// What puts names in the order people expect: without case and accents, "Éa" before "Ezra".
std::string SortKey(absl::string_view text);

// `text` broken at spaces into lines of at most `cells` each; a longer word has a line of its own. `cells` 0:
// one line.
std::vector<std::string> Wrapped(absl::string_view text, int cells);

}  // namespace soutenance::clients

#endif  // SOUTENANCE_CLIENTS_LIB_DISPLAY_TEXT_H_
