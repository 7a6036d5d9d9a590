#include "services/submissions/inspect/zip_names.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/submissions/checks/utf8.h"

namespace soutenance::submissions::inspect {
namespace {

constexpr std::size_t kNameBytesMax = 4000;
constexpr std::size_t kPartBytesMax = 255;

bool IsDevice(absl::string_view part) {
  const std::string stem = absl::AsciiStrToLower(part.substr(0, part.find('.')));
  for (const absl::string_view device : {"con", "prn", "aux", "nul"}) {
    if (stem == device) return true;
  }
  return stem.size() == 4 && (absl::StartsWith(stem, "com") || absl::StartsWith(stem, "lpt")) &&
         stem[3] >= '1' && stem[3] <= '9';
}

bool IsAbsolute(absl::string_view name) {
  if (absl::StartsWith(name, "/") || absl::StartsWith(name, "\\")) return true;
  return name.size() >= 2 && absl::ascii_isalpha(static_cast<unsigned char>(name[0])) && name[1] == ':';
}

}  // namespace

void NameCheck::Check(const std::string& name) {
  if (name.empty()) return report_.Found("NAME_EMPTY");
  CheckCharacters(name);
  if (IsAbsolute(name)) report_.Found("NAME_ABSOLUTE", name);
  CheckParts(name);
  // "a" and "a/" are the same place.
  const std::string place(absl::StripSuffix(name, "/"));
  if (!names_.insert(place).second) {
    report_.Found("NAME_DUPLICATE", name);
  } else if (!folded_.insert(absl::AsciiStrToLower(place)).second) {
    report_.Found("NAME_CLASH", name);
  }
}

void NameCheck::CheckCharacters(absl::string_view name) {
  bool is_utf8 = true;
  for (absl::string_view rest = name; !rest.empty();) {
    const Utf8Character next = FirstCharacter(rest);
    is_utf8 = is_utf8 && next.valid;
    if (next.valid && IsControl(next.code)) report_.Found("NAME_CONTROL", name);
    if (next.valid && ChangesDirection(next.code)) report_.Found("NAME_DIRECTION", name);
    rest.remove_prefix(next.bytes);
  }
  if (!is_utf8) report_.Found("NAME_NOT_UTF8", name);
}

void NameCheck::CheckParts(const std::string& name) {
  if (name.size() > kNameBytesMax) report_.Found("NAME_TOO_LONG", name);
  const std::vector<std::string> parts = absl::StrSplit(absl::StrReplaceAll(name, {{"\\", "/"}}), '/');
  for (const std::string& part : parts) {
    if (part == "..") report_.Found("NAME_TRAVERSAL", name);
    if (part.size() > kPartBytesMax) report_.Found("NAME_TOO_LONG", name);
    if (part.empty() || part == "." || part == "..") continue;
    const bool has_reserved = part.find_first_of("<>:\"|?*") != std::string::npos;
    if (has_reserved || IsDevice(part) || part.back() == '.' || part.back() == ' ')
      report_.Found("NAME_RESERVED", name);
  }
  if (absl::StrContains(name, '\\')) report_.Found("NAME_RESERVED", name);
}

}  // namespace soutenance::submissions::inspect
