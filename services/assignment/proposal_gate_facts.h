#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_PROPOSAL_GATE_FACTS_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_PROPOSAL_GATE_FACTS_H_

#include <memory>
#include <string>
#include <vector>

#include "services/assignment/conflict_gate.h"
#include "services/assignment/expertise_desk.h"
#include "services/assignment/proposal_facts.h"

namespace soutenance::assignment {

// ProposalFacts from the gate through which everybody comes onto a jury, and from the expertise that staff
// see. Safe for concurrent use.
class FactsFromGate final : public ProposalFacts {
 public:
  // Both must outlive it.
  FactsFromGate(const ConflictGate& gate, const ExpertiseDesk& expertise)
      : gate_(gate), expertise_(expertise) {}

  absl::StatusOr<std::unique_ptr<Table>> Look(const std::string& programme,
                                              const std::vector<ThesisFacts>& theses,
                                              const std::vector<Profile>& profiles,
                                              const std::set<std::string>& people) const override;

 private:
  const ConflictGate& gate_;
  const ExpertiseDesk& expertise_;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_PROPOSAL_GATE_FACTS_H_
