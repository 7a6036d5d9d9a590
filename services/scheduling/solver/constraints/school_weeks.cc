#include "services/scheduling/solver/constraints/every_rule.h"
#include "services/scheduling/solver/constraints/one_defence_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: defences. The number of placed defences that have allowed times and do not lie within one of them.
//
// Match: one a defence.
class SchoolWeeks final : public OneDefenceRule {
 public:
  int64_t PenaltyOfStart(const Problem& problem, DefenceId defence, Minute start) const override {
    const std::vector<Interval>& allowed = problem.defence(defence).allowed;
    return static_cast<int64_t>(!allowed.empty() && !AnyContains(allowed, problem.TimeOf(defence, start)));
  }
};

}  // namespace

std::unique_ptr<Constraint> MakeSchoolWeeks() { return std::make_unique<SchoolWeeks>(); }

}  // namespace soutenance::scheduling::solver
