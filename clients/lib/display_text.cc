#include "clients/lib/display_text.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <cstddef>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace soutenance::clients {
namespace {

constexpr absl::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD
constexpr absl::string_view kEllipsis = "\xE2\x80\xA6";     // U+2026

// One character of a text: its code point (negative if the bytes are not UTF-8) and its bytes.
struct Character {
  UChar32 code;
  absl::string_view bytes;
};

Character NextCharacter(absl::string_view& rest) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(rest.data());
  const auto size = static_cast<int32_t>(rest.size());
  int32_t length = 0;
  UChar32 code = 0;
  U8_NEXT(bytes, length, size, code);
  const Character character{code, rest.substr(0, static_cast<std::size_t>(length))};
  rest.remove_prefix(static_cast<std::size_t>(length));
  return character;
}

int CellsOf(UChar32 code) {
  if (code < 0) return 1;
  switch (u_charType(code)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
      return 0;
    default:
      break;
  }
  const int width = u_getIntPropertyValue(code, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

// Marks that reorder what follows can make a text read as another one (CVE-2021-42574).
bool Reorders(UChar32 code) {
  return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

// The words of `text`. French sets some signs apart by a space that must not become a line end: it stays in
// the word.
std::vector<std::string> Words(absl::string_view text) {
  std::vector<std::string> words;
  for (const absl::string_view word : absl::StrSplit(text, ' ', absl::SkipEmpty())) {
    const bool belongs_to_last = word == ":" || word == ";" || word == "!" || word == "?" || word == "»";
    if (!words.empty() && (belongs_to_last || words.back() == "«")) {
      absl::StrAppend(&words.back(), " ", word);
    } else {
      words.emplace_back(word);
    }
  }
  return words;
}

}  // namespace

bool IsUtf8(absl::string_view text) {
  while (!text.empty()) {
    if (NextCharacter(text).code < 0) return false;
  }
  return true;
}

std::string Printable(absl::string_view text) {
  std::string printable;
  while (!text.empty()) {
    const Character character = NextCharacter(text);
    if (character.code == '\n' || character.code == '\r' || character.code == '\t') {
      printable += ' ';
    } else if (character.code < 0 || u_charType(character.code) == U_CONTROL_CHAR ||
               Reorders(character.code)) {
      absl::StrAppend(&printable, kReplacement);
    } else {
      absl::StrAppend(&printable, character.bytes);
    }
  }
  return printable;
}

int DisplayWidth(absl::string_view text) {
  int cells = 0;
  while (!text.empty()) cells += CellsOf(NextCharacter(text).code);
  return cells;
}

std::string Shortened(absl::string_view text, int cells) {
  if (DisplayWidth(text) <= cells) return std::string(text);
  if (cells <= 0) return "";
  std::string beginning;
  int taken = 0;
  while (!text.empty()) {
    const Character character = NextCharacter(text);
    const int width = CellsOf(character.code);
    if (taken + width > cells - 1) break;
    taken += width;
    absl::StrAppend(&beginning, character.bytes);
  }
  return absl::StrCat(beginning, kEllipsis);
}

std::string PaddedRight(absl::string_view text, int cells) {
  const int missing = cells - DisplayWidth(text);
  return absl::StrCat(text, std::string(missing > 0 ? static_cast<std::size_t>(missing) : 0, ' '));
}

std::string PaddedLeft(absl::string_view text, int cells) {
  const int missing = cells - DisplayWidth(text);
  return absl::StrCat(std::string(missing > 0 ? static_cast<std::size_t>(missing) : 0, ' '), text);
}

std::string SortKey(absl::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* const decomposition = icu::Normalizer2::getNFKDInstance(error);
  if (U_FAILURE(error)) return std::string(text);
  icu::UnicodeString letters = decomposition->normalize(
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size()))), error);
  letters.foldCase();
  icu::UnicodeString key;
  for (int32_t i = 0; i < letters.length(); i = letters.moveIndex32(i, 1)) {
    if (u_charType(letters.char32At(i)) != U_NON_SPACING_MARK) key.append(letters.char32At(i));
  }
  std::string bytes;
  key.toUTF8String(bytes);
  return bytes;
}

std::vector<std::string> Wrapped(absl::string_view text, int cells) {
  if (cells <= 0) return {std::string(text)};
  std::vector<std::string> lines(1);
  int taken = 0;
  for (const std::string& word : Words(text)) {
    const int width = DisplayWidth(word);
    if (!lines.back().empty() && taken + 1 + width > cells) {
      lines.emplace_back();
      taken = 0;
    }
    if (!lines.back().empty()) {
      lines.back() += ' ';
      ++taken;
    }
    absl::StrAppend(&lines.back(), word);
    taken += width;
  }
  return lines;
}

}  // namespace soutenance::clients
