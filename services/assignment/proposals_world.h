#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_PROPOSALS_WORLD_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_PROPOSALS_WORLD_H_

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "services/assignment/compose/search/compose.h"
#include "services/assignment/proposal.h"
#include "services/assignment/proposal_problem.h"
#include "services/assignment/proposals.h"

// Shared by the sources of Proposals alone.
namespace soutenance::assignment {

struct Proposals::World {
  ProposalWorld facts;
  std::unique_ptr<ProposalFacts::Table> pairs;
  std::map<std::string, Jury> juries;             // all of the scope as they are, by thesis
  std::map<std::string, ThesisFacts> all_theses;  // of the programme, by id
  // To these juries, as they are now, by thesis and person.
  std::map<std::pair<std::string, std::string>, Invitation> invitations;
};

// One seat as it is told, with what there is to say of its person.
ProposedSeat TellSeat(const ProposalWorld& world, const ThesisFacts& thesis, const Seat& seat, bool is_held,
                      int load_after);
// The rules that `jury` meets without any to spare: "externals: 1 of 4: ana".
std::vector<std::string> TightRules(const ProposalWorld& world, const ThesisFacts& thesis, const Jury& jury);

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_PROPOSALS_WORLD_H_
