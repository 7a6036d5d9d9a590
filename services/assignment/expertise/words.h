#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_EXPERTISE_WORDS_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_EXPERTISE_WORDS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace soutenance::assignment::expertise {

// A word of a text.
struct Word {
  std::string root;   // what is compared: small letters without accents, in the singular
  std::string shown;  // as it stands in the text, in small letters
};

// The words of a French or English text that say something, in order: without the little words of both
// languages, numbers and single letters. Accents, case, ligatures and full-width forms make no difference.
// What is not UTF-8 ends a word.
std::vector<Word> WordsOf(absl::string_view text);

}  // namespace soutenance::assignment::expertise

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_EXPERTISE_WORDS_H_
