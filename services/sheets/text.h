#ifndef SOUTENANCE_SERVICES_SHEETS_TEXT_H_
#define SOUTENANCE_SERVICES_SHEETS_TEXT_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

// Characters of spreadsheets: from the bytes of a file to clean Unicode text.
namespace soutenance::sheets {

enum class Encoding {
  kUtf8,         // with or without byte order mark
  kWindows1252,  // what French Excel writes
  kUtf16,        // not read
  kWorkbook,     // not text at all: an .xlsx, .ods or .xls file
  kMixed,        // mostly UTF-8, with bytes that are not: two encodings in one file
};

struct DecodedText {
  Encoding encoding = Encoding::kUtf8;
  std::string text;  // UTF-8 in normal form NFC, without byte order mark; empty if the encoding is not read
  int bad_line = 0;  // for kMixed: the first physical line with a byte that is not UTF-8
};

// Recognises the encoding of a file and converts its text. Never fails on any bytes: what is not UTF-8 and is
// not recognisably something else is taken for Windows-1252.
DecodedText Decode(absl::string_view bytes);

// The physical lines of a text, without their ends (LF, CR LF, or CR alone). An end at the end of the text
// begins no further line. The views point into `text`.
std::vector<absl::string_view> SplitLines(absl::string_view text);

// Removes white space of every kind (no-break and zero-width included) at both ends.
absl::string_view Trimmed(absl::string_view text);

// Trimmed text in which every run of line ends, tabs and ordinary spaces is one space. No-break spaces inside
// stay: French typography uses them.
std::string OnOneLine(absl::string_view text);

// The form in which names of files, columns and words are compared: without case, accents, spaces of any
// kind, hyphens, underscores and apostrophes. "Prénom " and "PRENOM" are the same.
std::string Folded(absl::string_view text);

// `text` without case and accents, its parts between spaces, hyphens and apostrophes joined by "_": "Écran
// tactile" is "ecran_tactile".
std::string FoldedWord(absl::string_view text);

// `text` without case: two texts that differ in case only have the same.
std::string CaseFolded(absl::string_view text);

// Whether `text` is valid UTF-8.
bool IsUtf8(absl::string_view text);

// Whether `text` holds a control character other than tab and line ends.
bool HasControlCharacter(absl::string_view text);

// `text` without its control characters (tab and line ends stay).
std::string WithoutControlCharacters(absl::string_view text);

// The number of characters (code points). REQUIRES: valid UTF-8.
size_t CharacterCount(absl::string_view text);

// At most `characters_max` characters of `text`, the last one being "…" if something was left out; control
// characters are left out.
std::string Shortened(absl::string_view text, size_t characters_max);

}  // namespace soutenance::sheets

#endif  // SOUTENANCE_SERVICES_SHEETS_TEXT_H_
