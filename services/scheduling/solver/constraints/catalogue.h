#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_CATALOGUE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_CATALOGUE_H_

#include <memory>
#include <vector>

#include "absl/types/span.h"
#include "services/scheduling/solver/constraints/constraint.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/rules.h"
#include "services/scheduling/solver/model/score.h"

namespace soutenance::scheduling::solver {

// Makes the rule `rule.id` with its parameter. The rulebook itself is data: model/rules.h.
std::unique_ptr<Constraint> MakeConstraint(const RuleInForce& rule);

// The rules in force in one problem, ready to be asked. Safe for concurrent use.
class RuleSet {
 public:
  struct Entry {
    RuleInForce rule;
    std::unique_ptr<Constraint> constraint;
  };

  // All rules of `problem` that are not off, in the order of the rulebook; notice and disturbance only if it
  // has a now.
  explicit RuleSet(const Problem& problem);
  RuleSet(RuleSet&&) = default;
  RuleSet& operator=(RuleSet&&) = default;

  // Valid as long as this set, which is why a temporary has none.
  absl::Span<const Entry> entries() const& { return entries_; }
  absl::Span<const Entry> entries() && = delete;

  // The score of `timetable`, from scratch.
  Score Evaluate(const Timetable& timetable) const;

  // What the score gains if the move of `change` is applied.
  Score Delta(const Change& change) const;

  // Whether some hard rule that looks at defences one by one forbids `to`, whatever else the timetable holds.
  bool ForbidsAlone(const Problem& problem, DefenceId defence, const Placement& to) const {
    return ForbidsStart(problem, defence, to.start) || ForbidsRoom(problem, defence, to.room) ||
           ForbidsBoth(problem, defence, to) || ForbidsHolders(problem, defence, to);
  }
  // Its parts, to be asked once for many candidates: whether `start` is forbidden in any room, `room` at any
  // time, that room at that time, and whoever holds the open seats then.
  bool ForbidsStart(const Problem& problem, DefenceId defence, Minute start) const;
  bool ForbidsRoom(const Problem& problem, DefenceId defence, RoomId room) const;
  bool ForbidsBoth(const Problem& problem, DefenceId defence, const Placement& to) const;
  bool ForbidsHolders(const Problem& problem, DefenceId defence, const Placement& to) const;

 private:
  std::vector<Entry> entries_;
  std::vector<const Entry*> hard_alone_;  // into entries_: hard rules that look at one defence
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_CATALOGUE_H_
