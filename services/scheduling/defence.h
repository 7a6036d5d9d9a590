#ifndef SOUTENANCE_SERVICES_SCHEDULING_DEFENCE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_DEFENCE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/error.h"
#include "services/scheduling/composition.h"

namespace soutenance::scheduling {

// How one thesis is defended in a campaign.
struct Defence {
  std::string campaign;                // "campaigns/m2-2027"
  std::string thesis;                  // "theses/42"
  int64_t version = 0;                 // the etag. 0: not stored yet
  int duration_minutes = 0;            // 5 to 480; 0: the campaign's. Nothing tells why it differs
  std::vector<std::string> equipment;  // what the room must have, besides "video" for remote jurors; sorted
  std::vector<SeatNeed> seats;         // what its jury must have, instead of what the campaign says; by role
  std::string topic;                   // specialisation or the like; may be empty

  // As bytes, for the time the result of a call is kept, and back. Parse returns DATA_LOSS if `bytes` does
  // not come from Serialize.
  std::string Serialize() const;
  static absl::StatusOr<Defence> Parse(absl::string_view bytes);

  friend bool operator==(const Defence&, const Defence&) = default;
};

inline constexpr int kDefenceMinutesMin = 5;
inline constexpr int kDefenceMinutesMax = 480;

// "campaigns/m2-2027/defences/42" of the thesis "theses/42" in "campaigns/m2-2027".
std::string DefenceName(absl::string_view campaign, absl::string_view thesis);

// The campaign and the thesis in the name of a defence, as resource names.
struct DefenceKey {
  std::string campaign;
  std::string thesis;

  friend bool operator==(const DefenceKey&, const DefenceKey&) = default;
};

// INVALID_ARGUMENT if `name` is not "campaigns/<id>/defences/<id>".
absl::StatusOr<DefenceKey> ParseDefenceName(absl::string_view name);

// Sorts the equipment and drops repetitions; puts seats into their order.
void Normalise(Defence& defence);

// Appends to `problems` everything that is wrong with `defence`, each named as a field below `path`.
void CheckDefence(const Defence& defence, absl::string_view path, std::vector<FieldViolation>& problems);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_DEFENCE_H_
