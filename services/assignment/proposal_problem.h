#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_PROPOSAL_PROBLEM_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_PROPOSAL_PROBLEM_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "services/assignment/compose/model/problem.h"
#include "services/assignment/derogation.h"
#include "services/assignment/jury.h"
#include "services/assignment/profile.h"
#include "services/assignment/proposal_facts.h"
#include "services/assignment/rules/check.h"
#include "services/assignment/rules/facts.h"
#include "services/assignment/slot_lookup.h"
#include "services/assignment/thesis_lookup.h"

// From what a programme is to what the engine composes: the same rules, seen as sums.
namespace soutenance::assignment {

// How many of a role a jury is to have.
struct WantedRole {
  Seat::Role role = Seat::Role::kExaminer;
  int min = 0;
  int max = 0;  // at least min

  friend bool operator==(const WantedRole&, const WantedRole&) = default;
};

// Everything a proposal is made from, read at one moment.
struct ProposalWorld {
  std::vector<ThesisFacts> theses;     // that need somebody, by id
  std::map<std::string, Jury> held;    // by thesis (id): the seats that stay; those without jury are missing
  std::map<std::string, Jury> wished;  // by thesis: who should stay if possible
  std::vector<Profile> people;         // who may be given seats, by person
  std::map<std::string, rules::PersonFacts> facts;  // of all of them and of whoever sits
  rules::RuleSet rule_set;
  std::vector<Derogation> derogations;
  const ProposalFacts::Table* pairs = nullptr;
  std::map<std::string, int> in_campaign;  // by person: seats on other juries of the same campaign
  std::map<std::string, int> elsewhere;    // by person: seats on all other juries that stand
  std::map<std::string, double> past;      // by person: what the ledger of loads remembers, weighed
  std::vector<WantedRole> roles;           // empty: as the rules ask
  int load_max = 12;                       // of those who said nothing
  double balance = 1;
  std::optional<CampaignSlots> slots;                      // nothing: time does not matter
  std::set<std::pair<std::string, std::string>> excluded;  // thesis (id, or empty for any) and person
};

// What the rules of a programme ask for, role by role; if they ask for nobody, a president and a reviewer.
std::vector<WantedRole> RolesAsked(const rules::RuleSet& set);

// How many juries of a campaign somebody accepts.
int LoadMaxOf(const rules::PersonFacts& person, const rules::RuleSet& set, int otherwise);

// The problem, and which things its numbers mean.
struct ProposalProblem {
  compose::Problem problem;
  std::vector<std::string> people;  // by number: "people/ana"
};

// Roles of the problem are numbered as Seat::Role less one; theses and people are called by their ids.
// INVALID_ARGUMENT if somebody sits twice or the like, which stored juries do not.
absl::StatusOr<ProposalProblem> ToProblem(const ProposalWorld& world);

// How somebody takes part who is given a seat.
Seat::Mode ModeOf(const Profile& profile);

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_PROPOSAL_PROBLEM_H_
