#ifndef SOUTENANCE_SERVICES_SCHEDULING_CAMPAIGN_CHANGES_H_
#define SOUTENANCE_SERVICES_SCHEDULING_CAMPAIGN_CHANGES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/base/change.h"
#include "services/scheduling/availability.h"
#include "services/scheduling/campaign.h"
#include "services/scheduling/defence.h"

// What differs between what is stored and what is asked for, as a person would read it.
namespace soutenance::scheduling {

// One setting of a campaign that may change.
struct Setting {
  absl::string_view name;  // as the contract calls the field: "grid_minutes"
  std::string (*text)(const Campaign&);
  void (*copy)(const Campaign& from, Campaign& to);
};

// All of them, in the order of the contract: everything but the name and the programme.
absl::Span<const Setting> Settings();

// Only the fields that differ. Versions and who entered an answer are no fields.
std::vector<Change::Field> DifferencesOf(const Campaign& before, const Campaign& after);
std::vector<Change::Field> DifferencesOf(const Defence& before, const Defence& after);
std::vector<Change::Field> DifferencesOf(const Availability& before, const Availability& after);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_CAMPAIGN_CHANGES_H_
