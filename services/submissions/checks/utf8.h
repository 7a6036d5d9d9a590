#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_CHECKS_UTF8_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_CHECKS_UTF8_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"

namespace soutenance::submissions {

// One character of a text, or one byte that is none.
struct Utf8Character {
  bool valid = false;
  uint32_t code = 0;      // if it is valid
  std::size_t bytes = 1;  // to go on after
};

// The first character of `text`. Too long forms, surrogates and what is beyond U+10FFFF are not valid.
// REQUIRES: `text` is not empty.
Utf8Character FirstCharacter(absl::string_view text);

bool IsUtf8(absl::string_view text);

// Control characters, line and paragraph separators and the byte order mark included.
bool IsControl(uint32_t code);

// Marks that make what follows be shown in the other direction.
bool ChangesDirection(uint32_t code);

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_CHECKS_UTF8_H_
