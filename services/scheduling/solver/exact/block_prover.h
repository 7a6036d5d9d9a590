#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_BLOCK_PROVER_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_BLOCK_PROVER_H_

#include <cstdint>
#include <memory>
#include <optional>

#include "absl/time/time.h"
#include "services/scheduling/solver/exact/background.h"
#include "services/scheduling/solver/exact/blocks.h"
#include "services/scheduling/solver/model/timetable.h"

namespace soutenance::scheduling::solver {

// Solves a BlockModel on a thread of its own while a search goes on:
//
//   how slots are used alone, where that tells enough (UseSearch): mostly finds what is best and proves it,
//   and only if it does not the linear program with all patterns: those that are missing are added where
//   prices say so with the patterns that its prices favour, for part of the time, and then with cheap
//   patterns only, branch and cut: mostly finds what is best with every pattern that may be in something
//   better, unless there are too many: proves it
//
// What it finds depends on time: not for searches whose result must not. The methods are for one thread, the
// search's.
class BlockProver {
 public:
  // `known` is what the search's timetable costs at the level of the model.
  BlockProver(BlockModel model, int64_t known, std::optional<absl::Duration> time);

  // A better timetable costs this at the level of the model.
  void Tell(int64_t known);
  // Every timetable with all defences placed costs at least this at that level.
  int64_t bound() const;
  // A timetable to look at, once; it may break hard rules that the model does not know.
  std::optional<Placements> TakeOffer();

 private:
  struct Shared;
  class Work;

  std::shared_ptr<Shared> shared_;
  std::optional<Background> background_;  // last: it ends first
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_BLOCK_PROVER_H_
