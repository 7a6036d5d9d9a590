#ifndef SOUTENANCE_CLIENTS_CLI_SEAT_FLAGS_H_
#define SOUTENANCE_CLIENTS_CLI_SEAT_FLAGS_H_

#include <string>

#include "absl/status/status.h"
#include "clients/cli/command.h"
#include "soutenance/scheduling/v1/campaigns.pb.h"

// The flags that say what juries must have, who may be chosen for it, and what roles cost.
namespace soutenance::cli {

using SeatNeeds = google::protobuf::RepeatedPtrField<scheduling::v1::SeatNeed>;
using RoleSettings = google::protobuf::RepeatedPtrField<scheduling::v1::RoleSetting>;

// --seat ROLE[:COUNT][:remote][=PERSON[:COST],...]; "reviewer=default" takes what is said about the role out.
Flag SeatFlag();
// --knows PERSON=TOPIC,...: what a candidate knows.
Flag KnowsFlag();
// --role-cost ROLE=absence:1000,change:1000,load:4-9:10,combined:supervisor:2,off_topic:5, or ROLE=default.
Flag RoleCostFlag();

// Change the roles and candidates that the flags name; the others stay.
absl::Status ApplySeatFlags(const Input& input, Language language, SeatNeeds& seats);
absl::Status ApplyRoleCostFlags(const Input& input, Language language, RoleSettings& roles);

// "reviewer, 1: ana (3; Robotics), bo", one line a role.
std::string SeatsText(const SeatNeeds& seats, Language language);
// "president: absence 1000, change 1000, load 4-9 costs 10", one line a role.
std::string RoleCostsText(const RoleSettings& roles, Language language);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_SEAT_FLAGS_H_
