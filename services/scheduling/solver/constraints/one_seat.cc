#include "services/scheduling/solver/constraints/every_rule.h"
#include "services/scheduling/solver/constraints/one_defence_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: seats. For each placed defence, the open seats whose holder has a given seat of that defence, too, or
// another open one that comes before it; of two open seats it does not matter if one of them is shared, of an
// open one and a given one if the open one is. One person in several given seats is nothing that this rule
// minds.
//
// Match: one a defence and seat, with its holder.
class OneSeat final : public OneDefenceRule {
 public:
  int64_t PenaltyOfHolders(const Problem& problem, DefenceId defence, const Placement& to) const override {
    int64_t seats = 0;
    ForEachDouble(problem.defence(defence), to.holders, [&](PersonId) { ++seats; });
    return seats;
  }

  void MatchesAlone(const Problem& problem, DefenceId defence, const Placement& to,
                    MatchSink report) const override {
    Match match = MatchOf(problem, defence, to, 1);
    ForEachDouble(problem.defence(defence), to.holders, [&](PersonId person) {
      match.persons = {person};
      report(match);
    });
  }

 private:
  template <typename Visit>
  static void ForEachDouble(const Defence& defence, const Holders& holders, Visit visit) {
    for (std::size_t i = 0; i < defence.open_seats.size(); ++i) {
      if (defence.open_seats[i].shared) continue;
      const PersonId person = HolderOf(defence, holders, i);
      bool has_other = false;
      for (const Attendee& attendee : defence.attendees) {
        has_other = has_other || attendee.person == person;
      }
      for (std::size_t j = 0; j < i; ++j) {
        has_other = has_other || (!defence.open_seats[j].shared && HolderOf(defence, holders, j) == person);
      }
      if (has_other) visit(person);
    }
  }
};

}  // namespace

std::unique_ptr<Constraint> MakeOneSeat() { return std::make_unique<OneSeat>(); }

}  // namespace soutenance::scheduling::solver
