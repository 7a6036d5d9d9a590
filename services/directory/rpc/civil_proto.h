#ifndef SOUTENANCE_SERVICES_DIRECTORY_RPC_CIVIL_PROTO_H_
#define SOUTENANCE_SERVICES_DIRECTORY_RPC_CIVIL_PROTO_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

// Civil dates and times of the contract.
namespace soutenance::directory {

// "2027-06-14", a day that exists, from 2000 to 2199; otherwise nothing.
std::optional<absl::CivilDay> DateFromProto(absl::string_view text);

// Minutes since midnight of "08:00" to "24:00"; otherwise nothing.
std::optional<int> TimeFromProto(absl::string_view text);

std::string DateToProto(absl::CivilDay day);
std::string TimeToProto(int minutes);

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_RPC_CIVIL_PROTO_H_
