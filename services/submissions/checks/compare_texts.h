#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_CHECKS_COMPARE_TEXTS_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_CHECKS_COMPARE_TEXTS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace soutenance::submissions {

// A run of words of a comparison.
struct ComparedText {
  enum class Kind { kSame, kRemoved, kAdded };
  Kind kind = Kind::kSame;
  std::string text;

  friend bool operator==(const ComparedText&, const ComparedText&) = default;
};

// One place where two texts differ, with a few words around it.
struct TextDifference {
  int page = 1;  // where it begins; pages end with a form feed, and are counted from 1
  int other_page = 1;
  int line = 1;  // from 1 within the whole text
  int other_line = 1;
  std::vector<ComparedText> parts;
};

struct TextComparison {
  static constexpr std::size_t kDifferencesMax = 1000;
  static constexpr std::size_t kBytesMax = 1 << 20;

  std::vector<TextDifference> differences;
  int64_t words_removed = 0;
  int64_t words_added = 0;
  int left_out = 0;  // differences that are not listed
};

// Compares word by word: how words are spread over lines and pages makes no difference. Time and memory are
// bounded: where two texts have little in common, a whole passage counts as replaced.
TextComparison CompareTexts(absl::string_view text, absl::string_view other);

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_CHECKS_COMPARE_TEXTS_H_
