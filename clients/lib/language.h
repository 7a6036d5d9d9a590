#ifndef SOUTENANCE_CLIENTS_LIB_LANGUAGE_H_
#define SOUTENANCE_CLIENTS_LIB_LANGUAGE_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace soutenance::clients {

// The languages in which clients speak. What the server says is passed on as it is.
enum class Language { kEnglish, kFrench };

// Words of ours in both languages.
struct Text {
  const char* en = "";
  const char* fr = "";

  const char* In(Language language) const { return language == Language::kFrench ? fr : en; }
  bool empty() const { return *en == '\0'; }
};

// "en" or "fr", as the contract writes it.
std::string CodeOf(Language language);

// The language called "fr" or "en", or nothing.
std::optional<Language> ParseLanguage(absl::string_view code);

// The language of a POSIX environment: the first of LC_ALL, LC_MESSAGES and LANG that is set and not empty
// decides; French if it begins with "fr", otherwise English.
Language LanguageOfEnvironment();

}  // namespace soutenance::clients

#endif  // SOUTENANCE_CLIENTS_LIB_LANGUAGE_H_
