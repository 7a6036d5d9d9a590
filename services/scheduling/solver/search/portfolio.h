#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_PORTFOLIO_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_PORTFOLIO_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/functional/function_ref.h"
#include "services/scheduling/solver/search/anneal.h"
#include "services/scheduling/solver/search/brake.h"

namespace soutenance::scheduling::solver {

// Several walks at once, on as many threads as there are.
//
//   repeat in rounds, until a walk has reached the target, a limit is reached, or the brake is pulled:
//     every walk tries a fixed number of moves; threads take the walks in order
//     every second walk takes over the best timetable of all; the others go their own way
//   the result is the walk with the least score, the first of them if there are several
//
// Walks meet only between rounds, so nothing depends on which thread was faster: with a move limit the number
// of walks and the share of each come from the limit alone. Without one there is a walk for each thread.
class Portfolio {
 public:
  struct Setup {
    Anneal::Setup walk;  // its seed is what the walks' seeds are derived from
    std::optional<int64_t> move_limit;
    std::optional<absl::Duration> time_limit;
    int threads;
    const Brake& brake;
  };
  // What the walks have reached so far.
  struct Standing {
    int64_t moves;
    Score best;
    absl::Duration time_to_best;
  };

  Portfolio(const Setup& setup, const Placements& start, const Score& start_score);
  ~Portfolio();

  // Runs to the end. On this thread calls `report` about ten times a second, and `meet` between rounds, which
  // may call SetTarget and Offer.
  void Run(absl::FunctionRef<void(const Standing&)> report, absl::FunctionRef<void()> meet);

  // No timetable is better than this; a walk that has it is the last.
  void SetTarget(const Score& target);
  // A timetable from elsewhere, which breaks no hard rule; walks take it over if it is the best.
  void Offer(const Placements& placements, const Score& score);

  Standing standing() const;
  // REQUIRES: Run has returned, or has called `meet`.
  const Placements& best();
  const Score& best_score() const;
  bool IsAtTarget() const;

 private:
  struct Walk;
  class Crew;

  void RunWalk(std::size_t index, absl::FunctionRef<void()> between_polls);
  void Exchange();
  int64_t HorizonOf(const Walk& walk) const;
  bool IsExhausted() const;
  std::size_t BestIndex() const;

  const Setup setup_;
  const absl::Duration begun_;
  std::vector<std::unique_ptr<Walk>> walks_;
  struct Board;
  std::unique_ptr<Board> board_;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_PORTFOLIO_H_
