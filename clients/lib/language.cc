#include "clients/lib/language.h"

#include <cstdlib>

#include "absl/strings/match.h"

namespace soutenance::clients {

std::string CodeOf(Language language) { return language == Language::kFrench ? "fr" : "en"; }

std::optional<Language> ParseLanguage(absl::string_view code) {
  if (code == "fr") return Language::kFrench;
  if (code == "en") return Language::kEnglish;
  return std::nullopt;
}

Language LanguageOfEnvironment() {
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(variable);
    if (value == nullptr || *value == '\0') continue;
    const absl::string_view locale(value);
    const bool french =
        absl::StartsWithIgnoreCase(locale, "fr") &&
        (locale.size() == 2 || absl::string_view("_.@-").find(locale[2]) != absl::string_view::npos);
    return french ? Language::kFrench : Language::kEnglish;
  }
  return Language::kEnglish;
}

}  // namespace soutenance::clients
