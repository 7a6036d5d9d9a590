#ifndef SOUTENANCE_CLIENTS_CLI_PERSON_FLAGS_H_
#define SOUTENANCE_CLIENTS_CLI_PERSON_FLAGS_H_

#include <string>

#include "absl/status/status.h"
#include "clients/cli/command.h"
#include "soutenance/scheduling/v1/campaigns.pb.h"

// The flag that says what the rules of a campaign count for people and how often they take part at most.
namespace soutenance::cli {

using PersonSettings = google::protobuf::RepeatedPtrField<scheduling::v1::PersonSetting>;

// --person ana=weight:3,day:4,campaign:9,president:2/5,nearness:3/2/1,room_change:2/1,knows:Robotics/Vision;
// "everybody=..." for all, "ana=default" says nothing any more.
Flag PersonFlag();

// Changes the people that the flag names; the others stay.
absl::Status ApplyPersonFlags(const Input& input, Language language, PersonSettings& people);

// "everybody: president at most 2 a day; ana: weight 3", in one line.
std::string PeopleText(const PersonSettings& people, Language language);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_PERSON_FLAGS_H_
