#include "clients/cli/names.h"

#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace soutenance::cli {
namespace {

bool IsBelow(absl::string_view collection, absl::string_view text) {
  return absl::ConsumePrefix(&text, collection) && absl::StartsWith(text, "/");
}

}  // namespace

std::string TopName(absl::string_view collection, absl::string_view text) {
  if (text.empty() || IsBelow(collection, text)) return std::string(text);
  return absl::StrCat(collection, "/", text);
}

std::string ChildName(absl::string_view parent, absl::string_view collection, absl::string_view text) {
  const absl::string_view top = parent.substr(0, parent.find('/'));
  if (text.empty() || IsBelow(top, text)) return std::string(text);
  return absl::StrCat(parent, "/", TopName(collection, text));
}

std::string DefenceName(absl::string_view campaign, absl::string_view text) {
  absl::ConsumePrefix(&text, "theses/");
  return ChildName(campaign, "defences", text);
}

std::string JuryName(absl::string_view text) {
  absl::ConsumeSuffix(&text, "/jury");
  return absl::StrCat(TopName("theses", text), "/jury");
}

std::string CohortName(absl::string_view programme, absl::string_view text) {
  if (text.empty() || IsBelow("programmes", text)) return std::string(text);
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '/');
  if (parts.size() == 2 && parts[0] != "cohorts")
    return absl::StrCat("programmes/", parts[0], "/cohorts/", parts[1]);
  return ChildName(programme, "cohorts", text);
}

std::string ParentIn(absl::string_view collection, absl::string_view text) {
  if (!IsBelow(collection, text)) return "";
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '/');
  return absl::StrCat(parts[0], "/", parts[1]);
}

std::string ShortName(absl::string_view name) {
  absl::ConsumeSuffix(&name, "/jury");
  return std::string(name.substr(name.rfind('/') + 1));  // npos + 1 is 0
}

}  // namespace soutenance::cli
