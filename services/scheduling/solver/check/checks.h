#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CHECK_CHECKS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CHECK_CHECKS_H_

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"

// The checks, one a hard rule, written as naively as possible: loops over everything, no counter that has
// to be kept.
// Internal to check/.
namespace soutenance::scheduling::solver::checks {

// A seat and who holds it.
struct Taken {
  PersonId person;
  bool remote;
  bool open;    // the holder was chosen
  bool shared;  // and may hold another seat
  std::string role;
};

// A placed defence with its facts at hand.
struct PlacedDefence {
  DefenceId id;
  const Defence* defence;
  std::vector<Taken> seats;
  const Room* room;
  RoomId room_id;
  Interval time;

  int Date() const { return time.from / kMinutesPerDay; }
};

struct Facts {
  const Problem& problem;
  std::vector<PlacedDefence> placed;
};

// Everybody who holds a seat, once.
std::vector<PersonId> PeopleOf(const PlacedDefence& placed);

// "2027-06-14 09:30".
std::string Moment(const Facts& facts, Minute minute);

// What is broken: the defences concerned and a sentence.
using Report = absl::FunctionRef<void(std::vector<DefenceId> defences, std::string text)>;

// About one defence (one_defence.cc).
void Pins(const Facts& facts, Report report);
void OpeningHours(const Facts& facts, Report report);
void Availability(const Facts& facts, Report report);
void IfNeeded(const Facts& facts, Report report);
void SchoolWeeks(const Facts& facts, Report report);
void RoomOpening(const Facts& facts, Report report);
void RoomCapacity(const Facts& facts, Report report);
void RoomEquipment(const Facts& facts, Report report);
void Stability(const Facts& facts, Report report);
void OneSeat(const Facts& facts, Report report);
void Notice(const Facts& facts, Report report);

// About two (pairs.cc).
void RoomClash(const Facts& facts, Report report);
void PersonClash(const Facts& facts, Report report);
void ConsecutiveRoom(const Facts& facts, Report report);

// About what rooms have (rooms.cc).
void RoomDayLimit(const Facts& facts, Report report);
void RoomBreak(const Facts& facts, Report report);
void RoomBlockLoad(const Facts& facts, Report report);
void RoomTopics(const Facts& facts, Report report);

// About boards and pauses (boards.cc).
void RoomPause(const Facts& facts, Report report);
void BlockContinuity(const Facts& facts, Report report);

// About all defences of a person (totals.cc).
void PersonDayLoad(const Facts& facts, Report report);
void PersonCampaignLoad(const Facts& facts, Report report);
void PersonDays(const Facts& facts, Report report);
void RoleLimits(const Facts& facts, Report report);

}  // namespace soutenance::scheduling::solver::checks

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CHECK_CHECKS_H_
