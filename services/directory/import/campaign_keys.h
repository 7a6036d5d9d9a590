#ifndef SOUTENANCE_SERVICES_DIRECTORY_IMPORT_CAMPAIGN_KEYS_H_
#define SOUTENANCE_SERVICES_DIRECTORY_IMPORT_CAMPAIGN_KEYS_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "services/directory/import/format.h"

// The settings that the campaign file may hold, besides rules ("rule.gaps", "regle.gaps").
namespace soutenance::directory::import_folder {

enum class CampaignKey {
  kId,
  kTitle,
  kProgramme,
  kProgrammeTitle,
  kCohort,
  kCohortTitle,
  kInstitution,
  kYear,
  kSession,
  kZone,
  kLanguage,
  kDays,
  kHours,
  kGrid,
  kDuration,
  kBuffer,
  kTravel,
  kSilent,
  kRooms,
};

struct CampaignKeyFormat {
  CampaignKey key = CampaignKey::kId;
  Name name;
  Need need = Need::kOptional;
};

// All of them, in the order of the templates.
const std::vector<CampaignKeyFormat>& CampaignKeyFormats();

// The format of the setting called `text`, in either language, or null.
const CampaignKeyFormat* FindCampaignKey(absl::string_view text);

}  // namespace soutenance::directory::import_folder

#endif  // SOUTENANCE_SERVICES_DIRECTORY_IMPORT_CAMPAIGN_KEYS_H_
