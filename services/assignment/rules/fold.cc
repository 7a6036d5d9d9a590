#include "services/assignment/rules/fold.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "absl/strings/ascii.h"

namespace soutenance::assignment::rules {
namespace {

std::string WithSingleSpaces(std::string text) {
  absl::RemoveExtraAsciiWhitespace(&text);
  return text;
}

bool IsAscii(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

std::string Fold(absl::string_view text) {
  if (IsAscii(text)) return WithSingleSpaces(absl::AsciiStrToLower(text));
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* const decompose = icu::Normalizer2::getNFKDInstance(error);
  if (U_FAILURE(error)) return std::string(text);
  const auto unicode =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  icu::UnicodeString decomposed = decompose->normalize(unicode, error);
  if (U_FAILURE(error)) return std::string(text);
  decomposed.foldCase();
  icu::UnicodeString folded;
  for (int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
    const UChar32 character = decomposed.char32At(i);
    if (u_charType(character) != U_NON_SPACING_MARK) folded.append(character);
  }
  std::string bytes;
  folded.toUTF8String(bytes);
  return WithSingleSpaces(std::move(bytes));
}

}  // namespace soutenance::assignment::rules
