#ifndef SOUTENANCE_CLIENTS_LIB_TERMINAL_H_
#define SOUTENANCE_CLIENTS_LIB_TERMINAL_H_

#include <string>

#include "absl/strings/string_view.h"

namespace soutenance::clients {

// What may be done on one output.
struct Terminal {
  bool interactive = false;  // a person looks at it, and the cursor can be moved
  bool coloured = false;     // interactive, and neither NO_COLOR nor TERM=dumb says otherwise
  int width = 0;             // in cells; 0 if it is not a terminal: lines may be of any length
};

// The output with this file descriptor. COLUMNS, if set, decides over the width the terminal tells.
Terminal TerminalOf(int file_descriptor);

// How a word stands out.
enum class Mark { kBold, kFaint, kGood, kWarning, kBad };

// `text` with `mark` where colours are allowed, otherwise unchanged. The words alone must always carry the
// meaning.
std::string Marked(absl::string_view text, Mark mark, const Terminal& terminal);

}  // namespace soutenance::clients

#endif  // SOUTENANCE_CLIENTS_LIB_TERMINAL_H_
