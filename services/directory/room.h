#ifndef SOUTENANCE_SERVICES_DIRECTORY_ROOM_H_
#define SOUTENANCE_SERVICES_DIRECTORY_ROOM_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "services/base/error.h"
#include "services/directory/field.h"

namespace soutenance::directory {

inline constexpr int kMinutesOfDay = 24 * 60;

// A time on one day in which a room is open or closed, in minutes since midnight of the programme's zone.
struct RoomOpening {
  enum class Kind { kOpen, kClosed };

  absl::CivilDay day;
  int from_minutes = 0;
  int to_minutes = kMinutesOfDay;  // after `from_minutes`
  Kind kind = Kind::kOpen;

  friend bool operator==(const RoomOpening&, const RoomOpening&) = default;
};

// A place where a defence may be held.
struct Room {
  std::string id;
  int64_t version = 0;
  std::string title;  // not empty
  std::string site;
  int capacity_seats = 0;              // 0: not known
  std::vector<std::string> equipment;  // lower-case words
  // If there is an open one, the room may be used inside open ones only; never inside closed ones.
  std::vector<RoomOpening> openings;

  friend bool operator==(const Room&, const Room&) = default;
};

// "rooms/{id}".
std::string RoomName(absl::string_view id);

// The fields that an update may change.
absl::Span<const Field<Room>> RoomFields();

// Appends everything that is wrong with `room`; the paths begin with `prefix`.
void Check(const Room& room, absl::string_view prefix, std::vector<FieldViolation>& problems);

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_ROOM_H_
