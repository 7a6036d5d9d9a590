#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_BRUTE_FORCE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_BRUTE_FORCE_H_

#include <algorithm>
#include <optional>
#include <vector>

#include "services/scheduling/solver/constraints/catalogue.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"

// For tests: what the search looks for cleverly, looked for in every place.
namespace soutenance::scheduling::solver::testing {

// Calls visit(to) for every way to give the open seats from number `seat` on.
template <typename Visit>
void ForEachJury(const Problem& problem, DefenceId defence, Placement to, std::size_t seat, Visit visit) {
  const std::vector<OpenSeat>& seats = problem.defence(defence).open_seats;
  if (seat == seats.size()) {
    visit(to);
    return;
  }
  for (std::size_t i = 0; i < seats[seat].candidates.size(); ++i) {
    to.holders[seat] = static_cast<uint8_t>(i);
    ForEachJury(problem, defence, to, seat + 1, visit);
  }
}

// Every start, room and jury that breaks no hard rule in an empty timetable, five minutes by five minutes.
inline std::vector<Placement> PlacesAlone(const Problem& problem, DefenceId defence) {
  const RuleSet rules(problem);
  std::vector<Placement> places;
  for (const Day& day : problem.days()) {
    const Minute midnight = day.offset * kMinutesPerDay;
    for (Minute start = midnight; start < midnight + kMinutesPerDay; start += 5) {
      ForEachId<RoomId>(problem.RoomCount(), [&](RoomId room) {
        ForEachJury(problem, defence, {start, room}, 0, [&](const Placement& to) {
          if (!rules.ForbidsAlone(problem, defence, to)) places.push_back(to);
        });
      });
    }
  }
  return places;
}

// The least score of all timetables that break no hard rule. REQUIRES: a tiny problem.
class BruteForce {
 public:
  explicit BruteForce(const Problem& problem) : problem_(problem), rules_(problem), timetable_(problem) {
    ForEachId<DefenceId>(problem.DefenceCount(),
                         [&](DefenceId id) { places_.push_back(PlacesAlone(problem, id)); });
  }

  // Number of timetables that would be looked at, hard rules aside.
  double Size() const {
    double size = 1;
    for (const std::vector<Placement>& places : places_) size *= static_cast<double>(places.size() + 1);
    return size;
  }

  Score Best() {
    best_.reset();
    Try(0);
    return *best_;
  }

 private:
  void Try(int next) {
    if (next == problem_.DefenceCount()) {
      const Score score = rules_.Evaluate(timetable_);
      if (!best_ || score < *best_) best_ = score;
      return;
    }
    const auto id = static_cast<DefenceId>(next);
    Try(next + 1);
    for (const Placement& to : places_[Index(id)]) {
      const Move undo = timetable_.Apply({{id, to}});
      // More defences never mend a broken hard rule.
      if (rules_.Evaluate(timetable_).hard() == 0) Try(next + 1);
      timetable_.Apply(undo);
    }
  }

  const Problem& problem_;
  const RuleSet rules_;
  Timetable timetable_;
  std::vector<std::vector<Placement>> places_;
  std::optional<Score> best_;
};

}  // namespace soutenance::scheduling::solver::testing

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_BRUTE_FORCE_H_
