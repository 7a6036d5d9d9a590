#include "services/scheduling/solver/constraints/every_rule.h"
#include "services/scheduling/solver/constraints/one_defence_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: defences. A placed defence counts if it is not at the start that was published and
//   - it begins less than the parameter's minutes after now, or
//   - it had begun by now where it was published: what has taken place cannot be moved.
// A problem without a now has no such defence.
//
// Match: one a defence, with its room and its time as they are.
class Notice final : public OneDefenceRule {
 public:
  explicit Notice(int64_t minutes) : minutes_(minutes) {}

  int64_t PenaltyOfStart(const Problem& problem, DefenceId id, Minute start) const override {
    if (!problem.now()) return 0;
    const std::optional<Reference>& published = problem.defence(id).reference;
    if (published && published->start == start) return 0;
    const bool too_soon = start < *problem.now() + minutes_;
    const bool is_over = published && published->start < *problem.now();
    return static_cast<int64_t>(too_soon || is_over);
  }

 private:
  const int64_t minutes_;
};

}  // namespace

std::unique_ptr<Constraint> MakeNotice(int64_t minutes) { return std::make_unique<Notice>(minutes); }

}  // namespace soutenance::scheduling::solver
