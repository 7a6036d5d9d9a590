#ifndef SOUTENANCE_SERVICES_SCHEDULING_DAY_SHAPE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_DAY_SHAPE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/error.h"
#include "services/scheduling/campaign_time.h"

// How a day of a campaign is meant to go, beside its hours. The contract stands in campaigns.proto.
namespace soutenance::scheduling {

// The pause that the rules room_pause, short_pause and person_pause ask for on each day.
struct DayPause {
  MinuteOfDay from = 0;  // when it may begin, to `to`
  MinuteOfDay to = 0;
  int least_minutes = 0;             // 0 to kEndOfDay: what is shorter is no pause
  int wanted_minutes = 0;            // least_minutes to kEndOfDay
  std::optional<MinuteOfDay> until;  // when it must be over; absent: when the last window of the day closes

  friend bool operator==(const DayPause&, const DayPause&) = default;
};

// What a time of the day costs.
struct HourCost {
  MinuteOfDay time = 0;
  int cost = 0;  // points: 0 to kHourCostMax

  friend bool operator==(const HourCost&, const HourCost&) = default;
};

struct DayShape {
  std::optional<DayPause> pause;
  std::vector<HourCost> early;  // rule "hours": for whatever begins before that time; costs add up
  std::vector<HourCost> late;   // for whatever ends after it; costs add up

  bool IsEmpty() const { return !pause && early.empty() && late.empty(); }
  friend bool operator==(const DayShape&, const DayShape&) = default;
};

inline constexpr int kHourCostMax = 1'000'000;
inline constexpr std::size_t kHourCostsMax = 48;  // of each kind

// By time.
void Normalise(DayShape& day);

// Appends what is wrong, each named as a field below `path` ("campaign.day").
void CheckDay(const DayShape& day, absl::string_view path, std::vector<FieldViolation>& problems);

// As lines for people and for storage, and back: "pause 11:30 13:00 45 60", with "14:30" at the end if it
// must be over by then, "early 09:00 5", "late 17:00 3". DATA_LOSS for lines that the other did not write.
std::vector<std::string> DayLines(const DayShape& day);
absl::StatusOr<DayShape> ParseDayLines(const std::vector<std::string>& lines);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_DAY_SHAPE_H_
