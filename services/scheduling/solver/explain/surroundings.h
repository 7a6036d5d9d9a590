#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_SURROUNDINGS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_SURROUNDINGS_H_

#include <optional>
#include <set>
#include <vector>

#include "services/scheduling/solver/explain/part.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"

namespace soutenance::scheduling::solver {

// A small problem in a large timetable: a few defences and those who share people with them may move, all
// others stay. Whatever is possible in it is possible in the large one; what is not may be if more move.
//
//   a defence may only be when nobody who attends it has one that stays, nor a full day of them
//   a room is closed while one that stays is in it
//   rooms that none of the defences could use are left out
class Surroundings {
 public:
  // `centre`: those that are asked about, unplaced ones among them. Refers to `whole`.
  Surroundings(const Timetable& whole, const PartMaker& parts, const std::vector<DefenceId>& centre);
  Surroundings(const Surroundings&) = delete;
  Surroundings& operator=(const Surroundings&) = delete;

  // Nothing if it could not be told as a problem.
  bool IsThere() const { return problem_.has_value(); }
  // REQUIRES: IsThere().
  const Problem& problem() const { return *problem_; }
  const Timetable& timetable() const { return *timetable_; }

 private:
  void AddNear(const std::vector<DefenceId>& centre);
  // When `defence` may take place, in any room.
  std::vector<Interval> TimesOf(DefenceId defence) const;
  void AddBusyTimes(DefenceId defence, const Attendee& attendee, std::vector<Interval>& busy) const;
  std::vector<Interval> TimesOf(RoomId room) const;
  bool IsUseful(RoomId room) const;

  const Timetable& whole_;
  const Problem& large_;
  std::vector<Interval> hours_;  // of the campaign, and of one more day
  bool has_sites_ = false;
  std::set<DefenceId> near_;
  std::optional<Problem> problem_;
  std::optional<Timetable> timetable_;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_SURROUNDINGS_H_
