#ifndef SOUTENANCE_SERVICES_SCHEDULING_LANGUAGE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_LANGUAGE_H_

#include <optional>
#include <string>
#include <utility>

#include "services/scheduling/campaign.h"
#include "services/scheduling/documents/timetable_document.h"

namespace soutenance::scheduling {

// The language of the campaign.
inline documents::Language LanguageOf(const Campaign& campaign) {
  return campaign.language == "en" ? documents::Language::kEnglish : documents::Language::kFrench;
}

// The language asked for; if none, that of the campaign.
inline documents::Language LanguageOr(std::optional<documents::Language> asked, const Campaign& campaign) {
  return asked ? *asked : LanguageOf(campaign);
}

// What is said of an error: in French if the caller asked for it, otherwise in English, as all errors are.
inline std::string InAsked(std::optional<documents::Language> asked, std::string french,
                           std::string english) {
  return asked == documents::Language::kFrench ? std::move(french) : std::move(english);
}

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_LANGUAGE_H_
