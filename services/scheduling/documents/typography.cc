#include "services/scheduling/documents/typography.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"

namespace soutenance::scheduling::documents {
namespace {

constexpr char kNarrowNoBreak[] = "\u202f";

// Replaces straight double quotes by `open` and `close` in turn; leaves them if one has no partner.
std::string PairQuotes(absl::string_view text, absl::string_view open, absl::string_view close) {
  if (std::count(text.begin(), text.end(), '"') % 2 != 0) return std::string(text);
  std::string set;
  bool is_open = false;
  for (const char c : text) {
    if (c == '"') {
      set.append(is_open ? close.data() : open.data(), is_open ? close.size() : open.size());
      is_open = !is_open;
    } else {
      set.push_back(c);
    }
  }
  return set;
}

// Length in bytes of the well-formed sequence at the start of `text`, 0 if there is none (Unicode, table
// 3-7).
size_t SequenceLength(absl::string_view text) {
  const auto byte = [&](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const auto follows = [&](size_t i, unsigned low, unsigned high) {
    return byte(i) >= low && byte(i) <= high;
  };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return follows(1, 0x80, 0xbf) ? 2 : 0;
  if (lead >= 0xe0 && lead <= 0xef) {
    const unsigned low = lead == 0xe0 ? 0xa0 : 0x80;
    const unsigned high = lead == 0xed ? 0x9f : 0xbf;
    return follows(1, low, high) && follows(2, 0x80, 0xbf) ? 3 : 0;
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    const unsigned low = lead == 0xf0 ? 0x90 : 0x80;
    const unsigned high = lead == 0xf4 ? 0x8f : 0xbf;
    return follows(1, low, high) && follows(2, 0x80, 0xbf) && follows(3, 0x80, 0xbf) ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::string Typeset(absl::string_view text, Language language) {
  if (language == Language::kEnglish) {
    return absl::StrReplaceAll(PairQuotes(text, "“", "”"), {{"'", "’"}});
  }
  const std::string quoted = PairQuotes(text, absl::string_view("«\u202f"), absl::string_view("\u202f»"));
  std::vector<std::pair<std::string, std::string>> spaces = {{"'", "’"},
                                                             {"« ", std::string("«") + kNarrowNoBreak}};
  for (const char* mark : {";", ":", "?", "!", "»"}) {
    spaces.emplace_back(std::string(" ") + mark, std::string(kNarrowNoBreak) + mark);
    spaces.emplace_back(std::string("\u00a0") + mark, std::string(kNarrowNoBreak) + mark);
  }
  return absl::StrReplaceAll(quoted, spaces);
}

bool IsPrintableUtf8(absl::string_view text) {
  while (!text.empty()) {
    const size_t length = SequenceLength(text);
    if (length == 0) return false;
    const char first = text[0];
    const bool is_control = length == 1 && (static_cast<unsigned char>(first) < 0x20 || first == 0x7f);
    if (is_control && first != '\t' && first != '\n' && first != '\r') return false;
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace soutenance::scheduling::documents
