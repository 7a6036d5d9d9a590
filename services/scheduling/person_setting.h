#ifndef SOUTENANCE_SERVICES_SCHEDULING_PERSON_SETTING_H_
#define SOUTENANCE_SERVICES_SCHEDULING_PERSON_SETTING_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/error.h"
#include "services/scheduling/jury_lookup.h"

// What the rules of a campaign count for people, and how often they take part at most. The contract stands in
// campaigns.proto.
namespace soutenance::scheduling {

// How often somebody holds a role at most.
struct RoleLimit {
  SeatRole role = SeatRole::kPresident;
  int day_max = 0;       // 0: no limit
  int campaign_max = 0;  // 0: no limit

  friend bool operator==(const RoleLimit&, const RoleLimit&) = default;
};

// What is said about one person, or about everybody.
struct PersonSetting {
  std::string person;                  // "people/ana"; empty: everybody
  int weight = 0;                      // 1 to kPersonNumberMax; 0: as for everybody
  int day_max = 0;                     // defences; 0: as for everybody
  int campaign_max = 0;                // likewise
  std::vector<RoleLimit> role_limits;  // by role
  std::vector<int> nearness;           // points by wait in steps of the grid; empty: as for everybody
  std::vector<int> room_change;        // likewise
  std::vector<std::string> topics;     // what he or she knows; sorted, each once; empty: as for everybody

  friend bool operator==(const PersonSetting&, const PersonSetting&) = default;
};

inline constexpr int kPeopleSettingsMax = 1'000;
inline constexpr int kPersonNumberMax = 1'000'000;
inline constexpr int kWaitsMax = 50;

// What holds for `person`: what is said about everybody with what is said about him or her in its place. Of a
// role that both limit, the person's own limits count.
PersonSetting SettingFor(const std::vector<PersonSetting>& people, absl::string_view person);

// Puts into one order what has none: by person, limits by role.
void Normalise(std::vector<PersonSetting>& people);

// Appends what is wrong, each named as a field below `path` ("campaign.people"). Whether people exist is
// another question.
void CheckPeople(const std::vector<PersonSetting>& people, absl::string_view path,
                 std::vector<FieldViolation>& problems);

// Entries that a message with `people` carries.
std::size_t WeightOf(const std::vector<PersonSetting>& people);

// As lines for people and for storage, and back: "person people/ana 3 0 9" (weight, in a day, in the
// campaign; "-" is everybody), below it "role_limit president 2 5", "nearness 3 2 1", "room_change 1" and
// "topic Robotics". DATA_LOSS for lines that the other did not write.
std::vector<std::string> PeopleLines(const std::vector<PersonSetting>& people);
absl::StatusOr<std::vector<PersonSetting>> ParsePeopleLines(const std::vector<std::string>& lines);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_PERSON_SETTING_H_
