#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_TESTING_BUILDERS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_TESTING_BUILDERS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"

// Small problems in few lines, for tests: what a test does not care about has a default, what it cares about
// stands in the test.
//
//   ProblemSpec spec = ASmallProblem();
//   spec.persons = {APerson({.key = "ana", .max_per_day = 1})};
//   spec.defences = {ADefence("lea", {"ana"}), ADefence("tom", {"ana"})};
//   const Problem problem = Build(spec);
//   const Timetable timetable = Arrange(problem, {{"lea", At(9), "b12"}, {"tom", At(10), "b12"}});
namespace soutenance::scheduling::solver::testing {

// Minutes: At(9, 30) is 09:30 on the first date, At(9, 30, 2) two dates later.
constexpr Minute At(int hour, int minute = 0, int day = 0) {
  return day * kMinutesPerDay + hour * 60 + minute;
}

// From one hour to another on one date.
constexpr Interval Hours(int from, int to, int day = 0) { return {At(from, 0, day), At(to, 0, day)}; }

// Two days from Monday 14 June 2027, 9 to 12 and 13 to 17; a grid of 30 minutes, no buffer, no travel; the
// room "b12" of 20 seats, open all day; no person and no defence.
ProblemSpec ASmallProblem();

// A person who can always come. The key is also the name.
PersonSpec APerson(PersonSpec person);
PersonSpec APerson(const char* key);

// A room of 20 seats that is open on the dates 0 to 9, day and night, unless the spec says otherwise.
RoomSpec ARoom(RoomSpec room);
RoomSpec ARoom(const char* key);

// A defence of 60 minutes, at any time, that these people attend on site, each with the role "juror".
DefenceSpec ADefence(std::string key, const std::vector<std::string>& people);
// The same of another duration.
DefenceSpec ADefence(std::string key, const std::vector<std::string>& people, int32_t minutes);

// An open seat that one of these people is to hold, at no cost.
SeatSpec AnOpenSeat(std::string role, const std::vector<std::string>& candidates);

// Adds to `spec` each person that a seat names and `spec` does not have.
void AddMissingPeople(ProblemSpec& spec);

// Sets a rule of `spec` to a level, with its default weight and parameter, or with others.
void SetRule(ProblemSpec& spec, absl::string_view rule, RuleLevel level, int64_t weight = 0,
             std::optional<int64_t> parameter = std::nullopt);

// The problem of `spec`, after AddMissingPeople. Fails the test and stops the program if it is refused.
Problem Build(ProblemSpec spec);

// One placed defence, by keys.
struct PlacedAt {
  std::string defence;
  Minute start;
  std::string room;
  std::vector<std::string>
      holders{};  // of the open seats, in their order; those left out: the first candidate
};

// Fail the test and stop the program if a key is unknown or CheckPlacement refuses.
Timetable Arrange(const Problem& problem, const std::vector<PlacedAt>& placed);
Move AMove(const Problem& problem, const std::vector<PlacedAt>& placed);
Step Unplace(const Problem& problem, absl::string_view defence);

PersonId PersonOf(const Problem& problem, absl::string_view key);
RoomId RoomOf(const Problem& problem, absl::string_view key);
DefenceId DefenceOf(const Problem& problem, absl::string_view key);

}  // namespace soutenance::scheduling::solver::testing

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_TESTING_BUILDERS_H_
