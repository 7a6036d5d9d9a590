#ifndef SOUTENANCE_CLIENTS_CLI_DAY_FLAGS_H_
#define SOUTENANCE_CLIENTS_CLI_DAY_FLAGS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "clients/cli/command.h"
#include "soutenance/scheduling/v1/campaigns.pb.h"

// How a day of a campaign is meant to go, as people type and read it.
namespace soutenance::cli {

// --pause "11:30-13:00=45/60" (begins then; 45 minutes at least, 60 wanted; "/14:30" at the end: over by
// then), --early "09:00=5", --late "17:00=3" (points for what begins before, or ends after); each "none".
std::vector<Flag> DayFlags();
bool HasDayFlags(const Input& input);

// Replaces what the flags name; the rest stays.
absl::Status ApplyDayFlags(const Input& input, clients::Language language, scheduling::v1::DayShape& day);

// "pause from 11:30-13:00, 45 min, 60 wanted; before 09:00 5; after 17:00 3"; empty if there is nothing.
std::string DayShapeText(const scheduling::v1::DayShape& day, clients::Language language);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_DAY_FLAGS_H_
