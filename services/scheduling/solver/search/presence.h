#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_PRESENCE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_PRESENCE_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "services/scheduling/solver/model/problem.h"

namespace soutenance::scheduling::solver {

// Who can come when, as far as the rule availability is hard: looked up in bits by start, because composing
// juries asks it of every candidate. Immutable; safe for concurrent use.
class Presence {
 public:
  // `problem` must outlive it. Where no seat is open, or the table would be large, there is none, and
  // calendars are searched.
  explicit Presence(const Problem& problem);

  // Of one time of one defence.
  class At {
   public:
    bool CanCome(PersonId person) const {
      if (row_ == nullptr) return !minds_ || !AnyOverlaps(problem_->person(person).blocked, time_);
      return (row_[Index(person) / 64] >> (Index(person) % 64) & 1) == 0;
    }

   private:
    friend class Presence;
    const Problem* problem_;
    bool minds_;
    Interval time_;
    const uint64_t* row_;  // who cannot come; null: not in the table
  };
  At Of(DefenceId defence, Minute start) const;

 private:
  std::size_t RowOf(std::size_t duration, std::size_t slot) const {
    return (duration * slots_ + slot) * words_;
  }

  const Problem& problem_;
  const bool minds_;
  std::size_t slots_ = 0;  // starts of the grid, from the first midnight on; 0: no table
  std::size_t words_ = 0;  // of a row
  std::map<int32_t, std::size_t> durations_;
  std::vector<std::size_t> duration_of_;  // by defence
  std::vector<uint64_t> bits_;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_PRESENCE_H_
