#include "services/scheduling/solver/io/lines.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "services/scheduling/solver/model/utf8.h"

namespace soutenance::scheduling::solver {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t'; }

bool HasControls(absl::string_view line) {
  for (const char c : line) {
    if (absl::ascii_iscntrl(static_cast<unsigned char>(c)) && c != '\t') return true;
  }
  return false;
}

// Resolves "\u0041"; `digits` are the four after the u.
bool AppendCharacter(absl::string_view digits, std::string& out) {
  uint32_t character = 0;
  if (digits.size() != 4) return false;
  for (const char c : digits) {
    if (!absl::ascii_isxdigit(static_cast<unsigned char>(c))) return false;
    const int value = absl::ascii_isdigit(static_cast<unsigned char>(c)) ? c - '0' : (c | 0x20) - 'a' + 10;
    character = character * 16 + static_cast<uint32_t>(value);
  }
  if (character >= 0xD800 && character <= 0xDFFF) return false;
  if (character < 0x80) {
    out.push_back(static_cast<char>(character));
  } else if (character < 0x800) {
    out.push_back(static_cast<char>(0xC0 | (character >> 6)));
    out.push_back(static_cast<char>(0x80 | (character & 0x3F)));
  } else {
    out.push_back(static_cast<char>(0xE0 | (character >> 12)));
    out.push_back(static_cast<char>(0x80 | ((character >> 6) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (character & 0x3F)));
  }
  return true;
}

// Takes an escape off `line`, which begins with a backslash.
bool TakeEscape(absl::string_view& line, std::string& out) {
  if (line.size() < 2) return false;
  const char kind = line[1];
  if (kind == 'u') {
    if (!AppendCharacter(line.substr(2, 4), out)) return false;
    line.remove_prefix(6);
    return true;
  }
  constexpr absl::string_view kKinds = "\"\\nrt";
  constexpr absl::string_view kMeanings = "\"\\\n\r\t";
  const std::size_t known = kKinds.find(kind);
  if (known == absl::string_view::npos) return false;
  out.push_back(kMeanings[known]);
  line.remove_prefix(2);
  return true;
}

// The backslash at the beginning of `line` and the character after it, all of its bytes.
absl::string_view EscapeAt(absl::string_view line) {
  std::size_t end = std::min<std::size_t>(line.size(), 2);
  while (end < line.size() && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) ++end;
  return line.substr(0, end);
}

// Takes a quoted word off `line`, which begins with a quote. Returns what is wrong, or nothing.
std::string TakeQuoted(absl::string_view& line, Word& word) {
  word.quoted = true;
  line.remove_prefix(1);
  while (!line.empty() && line[0] != '"') {
    if (line[0] != '\\') {
      word.text.push_back(line[0]);
      line.remove_prefix(1);
    } else if (!TakeEscape(line, word.text)) {
      return absl::StrCat("the escape ", EscapeAt(line),
                          R"( is not known; expected \", \\, \n, \r, \t or \u and four hexadecimal digits)");
    }
  }
  if (line.empty()) return "a quote is not closed; a line break in a name is written \\n";
  line.remove_prefix(1);
  if (!line.empty() && !IsBlank(line[0])) return "there is no blank after a closing quote";
  return "";
}

}  // namespace

LineReader::LineReader(absl::string_view text, absl::string_view title, int version) : rest_(text) {
  if (text.size() > kTextSizeMax) {
    faults_.push_back({.field = "text",
                       .description = absl::StrCat("is ", text.size(), " bytes long; at most ", kTextSizeMax,
                                                   " are read")});
    stopped_ = true;
    return;
  }
  absl::ConsumePrefix(&rest_, "\xEF\xBB\xBF");
  ReadTitle(title, version);
}

bool LineReader::Next() {
  while (!stopped_ && ReadLine()) {
    if (ended_) {
      Fault("comes after \"end\"; nothing may");
      stopped_ = true;
    } else if (words_.size() == 1 && !words_[0].quoted && words_[0].text == "end") {
      ended_ = true;
    } else {
      return true;
    }
  }
  if (!stopped_ && !ended_) {
    ++number_;
    Fault("the text is cut off: its last line must be \"end\"");
  }
  stopped_ = true;
  return false;
}

void LineReader::Fault(std::string description) {
  faults_.push_back({.field = absl::StrCat("line ", number_), .description = std::move(description)});
  if (faults_.size() >= kFaultsMax) stopped_ = true;
}

void LineReader::ReadTitle(absl::string_view title, int version) {
  const std::string expected = absl::StrCat(title, " ", version);
  std::string found;
  if (ReadLine()) {
    for (const Word& word : words_) absl::StrAppend(&found, found.empty() ? "" : " ", word.text);
  }
  if (found == expected || !ok()) {
    stopped_ = !ok();
    return;
  }
  if (number_ == 0) number_ = 1;
  if (absl::StartsWith(found, absl::StrCat(title, " "))) {
    Fault(absl::StrCat("this is another version of the format; this program reads \"", expected, "\""));
  } else {
    Fault(absl::StrCat("the first line must be \"", expected, "\""));
  }
  stopped_ = true;
}

// Goes to the next line that is neither blank nor a comment nor a fault.
bool LineReader::ReadLine() {
  while (!rest_.empty() && !stopped_) {
    const std::size_t end = rest_.find('\n');
    absl::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end == absl::string_view::npos ? rest_.size() : end + 1);
    ++number_;
    absl::ConsumeSuffix(&line, "\r");
    words_.clear();
    if (SplitLine(line) && !words_.empty()) return true;
  }
  return false;
}

bool LineReader::SplitLine(absl::string_view line) {
  if (!IsUtf8(line)) {
    Fault("is not UTF-8");
    return false;
  }
  if (HasControls(line)) {
    Fault("holds a control character; in a name it is written as an escape like \\u0007");
    return false;
  }
  while (true) {
    while (!line.empty() && IsBlank(line[0])) line.remove_prefix(1);
    if (line.empty() || (words_.empty() && line[0] == '#')) return true;
    Word word;
    if (line[0] == '"') {
      std::string fault = TakeQuoted(line, word);
      if (!fault.empty()) {
        Fault(std::move(fault));
        return false;
      }
    } else {
      const std::size_t end = line.find_first_of(" \t");
      word.text = std::string(line.substr(0, end));
      line.remove_prefix(word.text.size());
    }
    words_.push_back(std::move(word));
  }
}

std::string Quoted(absl::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
        quoted += "\\\"";
        break;
      case '\\':
        quoted += "\\\\";
        break;
      case '\n':
        quoted += "\\n";
        break;
      case '\r':
        quoted += "\\r";
        break;
      case '\t':
        quoted += "\\t";
        break;
      default:
        if (absl::ascii_iscntrl(static_cast<unsigned char>(c))) {
          absl::StrAppendFormat(&quoted, "\\u%04x", static_cast<unsigned>(c));
        } else {
          quoted.push_back(c);
        }
    }
  }
  quoted.push_back('"');
  return quoted;
}

}  // namespace soutenance::scheduling::solver
