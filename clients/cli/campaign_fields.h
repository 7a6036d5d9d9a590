#ifndef SOUTENANCE_CLIENTS_CLI_CAMPAIGN_FIELDS_H_
#define SOUTENANCE_CLIENTS_CLI_CAMPAIGN_FIELDS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "clients/cli/fields.h"
#include "soutenance/scheduling/v1/campaigns.pb.h"

// The flags that set a campaign: days, hours, rooms, rules.
namespace soutenance::cli {

// What the flags are for: some fields cannot change after creation.
enum class Purpose { kCreate, kUpdate };

const std::vector<Field>& CampaignFields(Purpose purpose);

// --rule RULE=SETTING: "gaps=soft:5:30", "gaps=soft_2", "room_clash=hard", "gaps=off", "gaps=default".
Flag RuleFlag();

// Changes the rules that `flag`, which is --rule or has its values, names; the others stay.
absl::Status ApplyRuleFlags(const Input& input, const char* flag, Language language,
                            scheduling::v1::Campaign& campaign);

// Takes what the campaign sets of `rule` out: its default applies again.
void ResetRule(const std::string& rule, scheduling::v1::Campaign& campaign);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_CAMPAIGN_FIELDS_H_
