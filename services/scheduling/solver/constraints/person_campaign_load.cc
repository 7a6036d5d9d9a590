#include "services/scheduling/solver/constraints/every_rule.h"
#include "services/scheduling/solver/constraints/total_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: defences too many. For each person, the placed defences that he or she attends beyond the person's
// limit for the campaign. No limit costs nothing.
//
// Match: one a person, with all his or her placed defences; amount: how many; limit: the person's.
class PersonCampaignLoad final : public TotalRule<PersonCampaignLoad> {
 public:
  int64_t CountOf(const PersonTotals& totals) const { return totals.defences; }
  int64_t LimitOf(const Person& person) const { return person.max_total > 0 ? person.max_total : INT64_MAX; }
};

}  // namespace

std::unique_ptr<Constraint> MakePersonCampaignLoad() { return std::make_unique<PersonCampaignLoad>(); }

}  // namespace soutenance::scheduling::solver
