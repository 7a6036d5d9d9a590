#ifndef SOUTENANCE_STORAGE_SQL_CAMPAIGN_ROWS_H_
#define SOUTENANCE_STORAGE_SQL_CAMPAIGN_ROWS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/scheduling/availability.h"
#include "services/scheduling/campaign.h"

// How the lists of campaigns and availabilities stand in one column each: JSON arrays of short texts, so that
// a person can read a row. The Parse functions return DATA_LOSS for what the others did not write.
namespace soutenance::storage::sql {

// ["rooms/b12","rooms/b14"]
std::string ListText(const std::vector<std::string>& items);
absl::StatusOr<std::vector<std::string>> ParseList(absl::string_view text);

// ["2027-06-14"]
std::string DaysText(const std::vector<absl::CivilDay>& days);
absl::StatusOr<std::vector<absl::CivilDay>> ParseDays(absl::string_view text);

// ["09:00-12:30"]
std::string HoursText(const std::vector<scheduling::Hours>& hours);
absl::StatusOr<std::vector<scheduling::Hours>> ParseHours(absl::string_view text);

// ["gaps soft 5 30"]: rule, level, weight, parameter or -
std::string RulesText(const std::vector<scheduling::RuleSetting>& rules);
absl::StatusOr<std::vector<scheduling::RuleSetting>> ParseRules(absl::string_view text);

// ["2027-06-14 09:00-12:30 if_needed"]
std::string PeriodsText(const std::vector<scheduling::AvailabilityPeriod>& periods);
absl::StatusOr<std::vector<scheduling::AvailabilityPeriod>> ParsePeriods(absl::string_view text);

// "available", "if_needed", "unavailable"
absl::StatusOr<scheduling::SilentPolicy> ParseSilentPolicy(absl::string_view text);

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_CAMPAIGN_ROWS_H_
