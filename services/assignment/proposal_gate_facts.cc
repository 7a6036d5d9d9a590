#include "services/assignment/proposal_gate_facts.h"

#include <set>
#include <utility>

#include "services/base/status.h"

namespace soutenance::assignment {
namespace {

class GateTable final : public ProposalFacts::Table {
 public:
  GateTable(ConflictTable conflicts, ExpertiseTable expertise)
      : conflicts_(std::move(conflicts)), expertise_(std::move(expertise)) {}

  PairFacts Of(const ThesisFacts& thesis, const std::string& person, Seat::Role role) const override {
    PairFacts facts;
    switch (conflicts_.Of(ForConflicts(thesis), person, ChairOf(role)).state) {
      case conflicts::State::kNone:
        break;
      case conflicts::State::kQuestion:
        facts.conflict = PairFacts::Conflict::kQuestion;
        break;
      case conflicts::State::kConflict:
        facts.conflict = PairFacts::Conflict::kConflict;
        break;
    }
    if (!expertise_.HasThesis(thesis.id) || !expertise_.Knows(person)) return facts;
    const PersonExpertise known = expertise_.Of(thesis.id, person);
    facts.expertise = known.score;
    for (const auto& reason : known.computed.reasons) facts.words.push_back(reason.word);
    return facts;
  }

 private:
  const ConflictTable conflicts_;
  const ExpertiseTable expertise_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<ProposalFacts::Table>> FactsFromGate::Look(
    const std::string& programme, const std::vector<ThesisFacts>& theses, const std::vector<Profile>&,
    const std::set<std::string>& people) const {
  std::vector<conflicts::Thesis> asked;
  for (const ThesisFacts& thesis : theses) asked.push_back(ForConflicts(thesis));
  ASSIGN_OR_RETURN(ConflictTable conflicts, gate_.Look(asked, people));
  ASSIGN_OR_RETURN(ExpertiseTable expertise, expertise_.Look(programme, people));
  return std::make_unique<GateTable>(std::move(conflicts), std::move(expertise));
}

}  // namespace soutenance::assignment
