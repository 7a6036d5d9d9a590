#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_CHECKS_FINDING_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_CHECKS_FINDING_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace soutenance::submissions {

// What one check says.
enum class CheckVerdict { kOk, kWarning, kRefused, kUnchecked };

// What a finding means for a version.
enum class CheckMeaning { kNone, kRemark, kToCorrect };

// One thing that was found. What its reason means is told by FindReason.
struct Finding {
  static constexpr std::size_t kDetailBytesMax = 300;

  std::string check;   // "pdf_fonts"
  std::string reason;  // "FONTS_NOT_EMBEDDED", or "OK"
  std::string detail;  // "Arial, Times"; may be empty

  friend bool operator==(const Finding&, const Finding&) = default;
};

// A reason that a check can give.
struct CheckReason {
  absl::string_view name;
  absl::string_view check;  // empty: any
  CheckVerdict verdict;
  absl::string_view sentence;  // what is so
  absl::string_view way_out;   // what would make it right; empty if there is nothing to do
  // Nobody may accept it where it has to be corrected: the file harms whoever opens it, or nobody can read
  // it.
  bool is_final = false;
};

// All of them, each once.
absl::Span<const CheckReason> AllReasons();

// Null if there is none of this name.
const CheckReason* FindReason(absl::string_view name);

// The names of the checks, in the order in which findings are shown.
absl::Span<const absl::string_view> AllChecks();

// What comes from a file as it may be shown: valid UTF-8 without control characters or characters that change
// the direction of writing, cut off after `bytes_max` bytes. What is not so is replaced by "?".
std::string Shown(absl::string_view text, std::size_t bytes_max);

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_CHECKS_FINDING_H_
