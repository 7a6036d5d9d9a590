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

// Several walks at once, on as many threads as there are, in each of the independent parts of a problem.
//
//   repeat in rounds, until each part is at its target, a limit is reached, or the brake is pulled:
//     every walk tries a fixed number of moves, in proportion to its part; threads take the walks in order
//     every second walk of a part takes over the part's best timetable; the others go their own way
//   the result of a part is the walk with the least score, the first of them if there are several
//
// Walks meet only between rounds, so nothing depends on which thread was faster: with a move limit the number
// of walks and the share of each come from the limit alone. Without one there is a walk for each thread.
class Portfolio {
 public:
  // A part of the problem, or all of it.
  struct Region {
    Anneal::Setup walk;  // its seed is what the walks' seeds are derived from
    Placements start;    // every walk begins with it
    Score score;         // of start
  };
  struct Setup {
    std::vector<Region> regions;  // at least one
    std::optional<int64_t> move_limit;
    std::optional<absl::Duration> time_limit;
    int threads;
    const Brake& brake;
  };
  // What the walks have reached so far in all regions together.
  struct Standing {
    int64_t moves;
    Score best;
    absl::Duration time_to_best;
    absl::Duration time_to_placed;  // until the best had as few unplaced as it has
  };

  // `first` tells what all starts cost together and when they were found.
  Portfolio(Setup setup, const Standing& first);
  ~Portfolio();

  // Runs to the end. On this thread calls `report` about ten times a second, and `meet` between rounds, which
  // may call SetTarget, Offer and End.
  void Run(absl::FunctionRef<void(const Standing&)> report, absl::FunctionRef<void()> meet);

  // No timetable is better than this; a walk that has it is the last. REQUIRES: there is one region.
  void SetTarget(const Score& target);
  // A timetable of a region from elsewhere, which breaks no hard rule; walks take it over if it is the best.
  void Offer(const Placements& placements, const Score& score, std::size_t region = 0);
  // Lets no further round begin.
  void End() { is_ended_ = true; }

  Standing standing() const;
  // REQUIRES: Run has returned, or has called `meet`.
  const Placements& best(std::size_t region = 0);
  const Score& best_score(std::size_t region = 0) const;

 private:
  struct Walk;
  class Crew;

  void RunWalk(std::size_t index, absl::FunctionRef<void()> between_polls);
  void Exchange();
  int64_t HorizonOf(const Walk& walk) const;
  bool IsOver() const;
  bool IsAtTarget(std::size_t region) const;
  std::size_t BestIndex(std::size_t region) const;
  std::size_t FirstOf(std::size_t region) const { return region * walks_a_region_; }

  const Setup setup_;
  const absl::Duration begun_;
  std::size_t walks_a_region_;
  bool is_ended_ = false;
  double moves_a_round_ = 0;                  // of all walks
  std::vector<std::unique_ptr<Walk>> walks_;  // region by region
  struct Board;
  std::unique_ptr<Board> board_;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_PORTFOLIO_H_
