#include "services/sheets/text.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace soutenance::sheets {
namespace {

// Calls `visit(code_point, bytes)` for every character; the code point is negative for a byte that is not
// UTF-8.
template <typename Visit>
void ForEachCharacter(absl::string_view text, Visit visit) {
  const char* const data = text.data();
  const auto size = static_cast<int64_t>(text.size());
  for (int64_t at = 0; at < size;) {
    const int64_t begin = at;
    UChar32 character = 0;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // The macro of ICU narrows its own intermediate values.
    U8_NEXT(data, at, size, character);
#pragma GCC diagnostic pop
    visit(character, text.substr(static_cast<size_t>(begin), static_cast<size_t>(at - begin)));
  }
}

struct Utf8Census {
  int64_t valid_sequences = 0;  // of two bytes or more
  int64_t invalid_bytes = 0;
  int first_bad_line = 0;
};

Utf8Census Census(absl::string_view bytes) {
  Utf8Census census;
  int line = 1;
  ForEachCharacter(bytes, [&](UChar32 character, absl::string_view sequence) {
    if (character == '\n') ++line;
    if (character < 0) {
      ++census.invalid_bytes;
      if (census.first_bad_line == 0) census.first_bad_line = line;
    } else if (sequence.size() > 1) {
      ++census.valid_sequences;
    }
  });
  return census;
}

std::string InNfc(std::string text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* const nfc = icu::Normalizer2::getNFCInstance(error);
  if (U_FAILURE(error)) return text;
  const icu::StringPiece piece(text.data(), static_cast<int32_t>(text.size()));
  if (nfc->isNormalizedUTF8(piece, error) && U_SUCCESS(error)) return text;
  error = U_ZERO_ERROR;
  std::string normalised;
  icu::StringByteSink<std::string> sink(&normalised);
  nfc->normalizeUTF8(0, piece, sink, nullptr, error);
  return U_SUCCESS(error) ? normalised : text;
}

bool IsBlank(UChar32 character) {
  return u_isUWhiteSpace(character) || character == 0x200B || character == 0xFEFF || character == 0x2060;
}

bool IsForbiddenControl(UChar32 character) {
  if (character == '\t' || character == '\n' || character == '\r') return false;
  return (character >= 0 && character < 0x20) || (character >= 0x7F && character < 0xA0);
}

bool IsAscii(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

DecodedText Decode(absl::string_view bytes) {
  if (absl::StartsWith(bytes, "PK\x03\x04") || absl::StartsWith(bytes, "\xD0\xCF\x11\xE0")) {
    return {.encoding = Encoding::kWorkbook};
  }
  if (absl::StartsWith(bytes, "\xFF\xFE") || absl::StartsWith(bytes, "\xFE\xFF")) {
    return {.encoding = Encoding::kUtf16};
  }
  const bool marked = absl::StartsWith(bytes, "\xEF\xBB\xBF");
  if (marked) bytes.remove_prefix(3);
  const Utf8Census census = Census(bytes);
  if (census.invalid_bytes == 0) return {.encoding = Encoding::kUtf8, .text = InNfc(std::string(bytes))};
  // A letter with accent in Windows-1252 followed by exactly the symbols that would complete a UTF-8 sequence
  // is next to unknown in real text, so a file with more sequences than strays was joined from two files.
  if (marked || census.valid_sequences > census.invalid_bytes) {
    return {.encoding = Encoding::kMixed, .bad_line = census.first_bad_line};
  }
  const icu::UnicodeString unicode(bytes.data(), static_cast<int32_t>(bytes.size()), "windows-1252");
  std::string text;
  unicode.toUTF8String(text);
  return {.encoding = Encoding::kWindows1252, .text = InNfc(std::move(text))};
}

std::vector<absl::string_view> SplitLines(absl::string_view text) {
  std::vector<absl::string_view> lines;
  while (!text.empty()) {
    const size_t end = text.find_first_of("\r\n");
    lines.push_back(text.substr(0, end));
    if (end == absl::string_view::npos) break;
    text.remove_prefix(absl::StartsWith(text.substr(end), "\r\n") ? end + 2 : end + 1);
  }
  return lines;
}

absl::string_view Trimmed(absl::string_view text) {
  const absl::string_view ascii = absl::StripAsciiWhitespace(text);
  if (IsAscii(ascii)) return ascii;
  size_t first = ascii.size();
  size_t last = 0;
  size_t at = 0;
  ForEachCharacter(ascii, [&](UChar32 character, absl::string_view sequence) {
    if (!IsBlank(character)) {
      first = std::min(first, at);
      last = at + sequence.size();
    }
    at += sequence.size();
  });
  return first < last ? ascii.substr(first, last - first) : absl::string_view();
}

std::string OnOneLine(absl::string_view text) {
  std::string line(Trimmed(text));
  absl::RemoveExtraAsciiWhitespace(&line);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return line;
}

std::string Folded(absl::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  const auto keep = [&](char c) {
    if (!absl::ascii_isspace(static_cast<unsigned char>(c)) && c != '_' && c != '-' && c != '\'') {
      folded.push_back(absl::ascii_tolower(static_cast<unsigned char>(c)));
    }
  };
  if (IsAscii(text)) {
    for (const char c : text) keep(c);
    return folded;
  }
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* const nfkd = icu::Normalizer2::getNFKDInstance(error);
  icu::UnicodeString unicode =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  if (U_SUCCESS(error)) unicode = nfkd->normalize(unicode, error);
  unicode.foldCase();
  for (int32_t at = 0; at < unicode.length(); at = unicode.moveIndex32(at, 1)) {
    const UChar32 character = unicode.char32At(at);
    if (character < 0x80) {
      keep(static_cast<char>(character));
    } else if (u_charType(character) != U_NON_SPACING_MARK && !IsBlank(character) && character != 0x2019 &&
               character != 0x2010 && character != 0x2011) {
      icu::UnicodeString(character).toUTF8String(folded);
    }
  }
  return folded;
}

std::string FoldedWord(absl::string_view text) {
  const std::vector<absl::string_view> parts =
      absl::StrSplit(text, absl::ByAnyChar(" -_'"), absl::SkipEmpty());
  return absl::StrJoin(parts, "_",
                       [](std::string* out, absl::string_view part) { out->append(Folded(part)); });
}

std::string CaseFolded(absl::string_view text) {
  if (IsAscii(text)) return absl::AsciiStrToLower(text);
  icu::UnicodeString unicode =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  unicode.foldCase();
  std::string folded;
  unicode.toUTF8String(folded);
  return folded;
}

bool IsUtf8(absl::string_view text) { return IsAscii(text) || Census(text).invalid_bytes == 0; }

bool HasControlCharacter(absl::string_view text) {
  if (IsAscii(text)) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return IsForbiddenControl(static_cast<unsigned char>(c)); });
  }
  bool found = false;
  ForEachCharacter(text,
                   [&](UChar32 character, absl::string_view) { found |= IsForbiddenControl(character); });
  return found;
}

std::string WithoutControlCharacters(absl::string_view text) {
  std::string clean;
  ForEachCharacter(text, [&](UChar32 character, absl::string_view sequence) {
    if (!IsForbiddenControl(character)) clean.append(sequence.data(), sequence.size());
  });
  return clean;
}

size_t CharacterCount(absl::string_view text) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string Shortened(absl::string_view text, size_t characters_max) {
  std::string clean = HasControlCharacter(text) ? WithoutControlCharacters(text) : std::string(text);
  if (CharacterCount(clean) <= characters_max) return clean;
  std::string start;
  size_t count = 0;
  ForEachCharacter(clean, [&](UChar32, absl::string_view sequence) {
    if (++count < characters_max) start.append(sequence.data(), sequence.size());
  });
  return absl::StrCat(start, "…");
}

}  // namespace soutenance::sheets
