#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_RELAXATION_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_RELAXATION_H_

#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/search/candidates.h"

namespace soutenance::scheduling::solver {

// How many defences can be placed at most, by Lagrangian relaxation of a model in which rooms are only
// counted:
//
//   maximise   the number of chosen (defence, start), at most one start a defence, such that
//   moment     a person attends at most one defence at any moment,
//   seats      the defences with seats for the same candidates take at most those who can come then,
//   rooms      the defences that need one of a set of rooms occupy at most as many as the set has open then,
//              with the buffer behind each,
//   day, all   a person has at most as many defences in a day, and in all, as the limits say.
//
// Every timetable without broken hard rules is a choice of this model. For any prices >= 0 of its
// constraints,
//
//   sum over defences of max(0, max over starts of 1 - the prices of all that the start uses)
//     + sum over constraints of price times capacity
//
// is at least the maximum. Prices are integers in units of 1/2^20, so the bound is exact. They are raised
// where the best choices use more than there is and lowered where they use less (subgradient steps towards
// the next smaller number), which approaches the bound of linear programming.
class Relaxation {
 public:
  // REQUIRES: problem and candidates outlive it. If `should_stop` says so, the model is left unfinished and
  // Improve knows nothing but the number of defences that have candidates.
  Relaxation(const Problem& problem, const Candidates& candidates, absl::FunctionRef<bool()> should_stop);

  // Improves the bound for at most `work` elementary steps, until it is `enough` or less, or until
  // `should_stop`. Returns the least bound proven so far.
  int Improve(int64_t work, int enough, absl::FunctionRef<bool()> should_stop);

 private:
  using Price = int64_t;  // in units of 1 / kOne

  // Prices along the day of something that is used for a stretch of time.
  struct Line {
    std::vector<int32_t> capacity;  // by moment
    std::vector<Price> price;
    std::vector<Price> sum;  // sum[i]: of the prices before moment i
    std::vector<int32_t> used;
  };
  // A limit without a moment.
  struct Limit {
    int32_t capacity;
    Price price = 0;
    int32_t used = 0;
  };
  // One start of one defence, in moments: attended from `from` until before `to`, its room free again at
  // `free`.
  struct Stretch {
    int32_t from;
    int32_t to;
    int32_t free;
    int32_t day;
  };
  // What one defence uses, wherever it is.
  struct OfDefence {
    DefenceId id;
    std::vector<Stretch> stretches;    // one for each start
    std::vector<int32_t> persons;      // lines
    std::vector<int32_t> room_sets;    // lines
    std::vector<int32_t> day_persons;  // whose limits of the day matter: positions in day_limits_, of day 0
    std::vector<int32_t> totals;       // positions in totals_
  };

  bool Build(absl::FunctionRef<bool()> should_stop);
  void ListMoments();
  bool AddStretches(absl::FunctionRef<bool()> should_stop);
  void AddPersons();
  void AddSeats();
  bool AddRoomSets(absl::FunctionRef<bool()> should_stop);
  std::vector<int32_t> RoomCapacity(const std::vector<RoomId>& rooms) const;
  int32_t MomentFrom(Minute minute) const;

  Price Evaluate();  // the bound at the present prices; sets used
  Price PriceOf(const OfDefence& defence, const Stretch& stretch) const;
  void Use(const OfDefence& defence, const Stretch& stretch);
  void ClearUsed();
  void Step(Price step_numerator, int64_t step_denominator);
  int64_t SquaredViolation() const;
  int64_t WorkOfStep() const;

  const Problem& problem_;
  const Candidates& candidates_;
  std::vector<Minute> moments_;
  std::vector<OfDefence> defences_;
  std::vector<Line> lines_;
  std::vector<Limit> day_limits_;
  std::vector<Limit> totals_;
  int best_;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_RELAXATION_H_
