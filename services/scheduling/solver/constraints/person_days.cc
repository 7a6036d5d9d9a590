#include "services/scheduling/solver/constraints/every_rule.h"
#include "services/scheduling/solver/constraints/total_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: days too many. For each person, the number of days with at least one defence that he or she attends,
// on site or on video, beyond the parameter.
//
// Match: one a person, with all his or her placed defences; amount: on how many days; limit: the parameter.
class PersonDays final : public TotalRule<PersonDays> {
 public:
  explicit PersonDays(int64_t free_days) : free_days_(free_days) {}

  int64_t CountOf(const PersonTotals& totals) const { return totals.days; }
  int64_t LimitOf(const Person&) const { return free_days_; }

 private:
  int64_t free_days_;
};

}  // namespace

std::unique_ptr<Constraint> MakePersonDays(int64_t free_days) {
  return std::make_unique<PersonDays>(free_days);
}

}  // namespace soutenance::scheduling::solver
