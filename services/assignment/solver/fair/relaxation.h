#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_FAIR_RELAXATION_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_FAIR_RELAXATION_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "services/assignment/solver/fair/choices.h"
#include "services/assignment/solver/flow/network.h"
#include "services/assignment/solver/model/problem.h"

namespace soutenance::assignment::solver {

// The linear program of the best total in which every thesis reaches a level. Begins with the flow that does
// not care for the level and adds what turns out to matter: a row for a thesis below the level, pairs that
// would gain (column generation). Strengthen replaces the row of a thesis by all its choices, which is as
// sharp as a linear program of this kind gets: where the row lets a thesis have fractions of reviewers, the
// choices are whole.
class Relaxation {
 public:
  // A pair, or a choice of a thesis, that takes part; pins are left out.
  struct Column {
    int thesis;
    std::vector<int> reviewers;
    bool is_choice = false;
  };
  enum class Outcome {
    kSolved,
    kImpossible,  // prices() prove that no assignment reaches the level
    kFailed,      // the program was not solved within its limits
  };

  // Both must outlive this. REQUIRES: `flow` is complete and of the same problem.
  Relaxation(const Problem& problem, const Choices& choices, const FlowResult& flow);
  ~Relaxation();

  Outcome Solve();
  // REQUIRES: Solve was successful. The prices are the best seen, also if it fails.
  Outcome Strengthen();

  // The prices of the last solution, or those that bounded best, in price units.
  const std::vector<int64_t>& prices() const;
  // Whether the last solution is whole; it is then an assignment that reaches the level.
  std::optional<std::vector<std::vector<int>>> Whole() const;

  const std::vector<Column>& columns() const;
  // By column: its part in the last solution.
  std::vector<double> values() const;
  // Whether the thesis was found to be held back by the level.
  bool IsHeld(int thesis) const;

 private:
  class Program;
  std::unique_ptr<Program> program_;
};

// The bound that prices prove, in units of score, by the choices; nothing if a thesis has none. The sharp
// bound of check/bound.h, computed by other means.
std::optional<int64_t> BoundByChoices(const Problem& problem, const Choices& choices,
                                      const std::vector<int64_t>& prices);
// Whether they prove that no assignment reaches the level.
bool AreImpossible(const Problem& problem, const Choices& choices, const std::vector<int64_t>& prices);

}  // namespace soutenance::assignment::solver

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_FAIR_RELAXATION_H_
