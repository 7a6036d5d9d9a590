#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_STATE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_STATE_H_

#include <array>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "services/scheduling/solver/constraints/catalogue.h"
#include "services/scheduling/solver/model/change.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/score.h"
#include "services/scheduling/solver/model/timetable.h"

namespace soutenance::scheduling::solver {

// Where one walk of the search is: a timetable with its score by rule, kept up to date move by move.
//
//   Score delta = state.Try(move);        // asks every rule that the move may change
//   if (accepted) state.Accept();         // takes the move that was tried last
//
// Moves are made of Candidates and tested by Fit, so hard rules are not asked. Not safe for concurrent use.
class State {
 public:
  // With every defence unplaced. `problem` and `rules` must outlive it.
  State(const Problem& problem, const RuleSet& rules);

  // Starts from other placements. REQUIRES: they break no hard rule.
  void Reset(const Placements& placements);

  const Problem& problem() const { return timetable_.problem(); }
  const Timetable& timetable() const { return timetable_; }
  const Score& score() const { return score_; }
  absl::Span<const DefenceId> unplaced() const { return unplaced_; }

  // What the score gains if `move` is made.
  Score Try(const Move& move);
  // Makes the move that was tried last.
  void Accept();

  // Recomputes the score of every rule from scratch. Stops the program with the name of the rule whose
  // differences did not add up.
  void Verify() const;

 private:
  struct Asked {
    const Constraint* constraint;
    RuleInForce rule;
    int64_t penalty;     // of the timetable
    int64_t difference;  // of the move tried last
  };

  void SetPlaced(DefenceId defence, bool placed);

  const RuleSet& rules_;
  Timetable timetable_;
  Score score_;
  std::vector<Asked> asked_;
  Change change_;
  Move tried_;
  Score tried_delta_;
  std::vector<DefenceId> unplaced_;
  std::vector<int32_t> unplaced_position_;  // by defence; -1: placed
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_STATE_H_
