#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "services/assignment/conflicts/conflicts.h"

namespace soutenance::assignment::conflicts {
namespace {

icu::UnicodeString Decomposed(absl::string_view text) {
  const icu::UnicodeString whole =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* const decompose = icu::Normalizer2::getNFKDInstance(error);
  if (U_FAILURE(error)) return whole;
  icu::UnicodeString decomposed = decompose->normalize(whole, error);
  if (U_FAILURE(error)) return whole;
  return decomposed.foldCase();
}

}  // namespace

std::string Folded(absl::string_view text) {
  const icu::UnicodeString decomposed = Decomposed(text);
  icu::UnicodeString folded;
  for (int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
    const UChar32 c = decomposed.char32At(i);
    if (u_isalnum(c) != 0) {
      folded.append(c);
    } else if (u_charType(c) != U_NON_SPACING_MARK && !folded.isEmpty() &&
               folded.char32At(folded.length() - 1) != ' ') {
      folded.append(static_cast<UChar32>(' '));
    }
  }
  folded.trim();
  std::string utf8;
  folded.toUTF8String(utf8);
  return utf8;
}

std::string FoldedAddress(absl::string_view address) {
  const size_t at = address.rfind('@');
  if (at == absl::string_view::npos) return Folded(address);
  // Dots and accents are part of a mailbox's name: only case and the label go.
  std::string mailbox(address.substr(0, std::min(at, address.find('+'))));
  mailbox.append(address.data() + at, address.size() - at);
  std::string folded;
  icu::UnicodeString::fromUTF8(mailbox).trim().foldCase().toUTF8String(folded);
  return folded;
}

}  // namespace soutenance::assignment::conflicts
