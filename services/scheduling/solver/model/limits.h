#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_LIMITS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_LIMITS_H_

#include <cstdint>

#include "services/scheduling/solver/model/time.h"

namespace soutenance::scheduling::solver {

// What a problem may hold at most. Far beyond any campaign; they keep sums from overflowing and a hostile
// text from taking all memory.
inline constexpr int32_t kPersonsMax = 100'000;
inline constexpr int32_t kRoomsMax = 10'000;
inline constexpr int32_t kDefencesMax = 100'000;
inline constexpr int32_t kSeatsMax = 100;       // of one defence
inline constexpr int32_t kOpenSeatsMax = 64;    // of one defence
inline constexpr int32_t kCandidatesMax = 255;  // of one open seat
inline constexpr int32_t kRolesMax = 100;
inline constexpr int32_t kLoadBandsMax = 1'000;  // of one role
inline constexpr int32_t kSubjectsMax = 100;     // of one person or defence
inline constexpr int32_t kWaitsMax = 100;        // for which a person has points
inline constexpr int32_t kHourCostsMax = 300;    // of early and of late hours
// Days of the campaign times persons, and times rooms: a timetable keeps a list for each.
inline constexpr int64_t kPersonDaysMax = 5'000'000;
inline constexpr int32_t kDayOffsetMax = 3'660;  // ten years
inline constexpr Minute kMinuteMax = (kDayOffsetMax + 1) * kMinutesPerDay;
inline constexpr int32_t kNumberMax = 1'000'000;  // seats, limits, weights, parameters
inline constexpr int32_t kTextBytesMax = 1'000;   // of one key, name, role, site, piece of equipment

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_LIMITS_H_
