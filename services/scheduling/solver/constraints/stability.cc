#include "services/scheduling/solver/constraints/every_rule.h"
#include "services/scheduling/solver/constraints/one_defence_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: people to tell. For each placed defence with a reference: if it starts at another time, the number of
// people who attend it as it is; if only its room is another one, the number of those who attend it on site.
// A reference in a room that is none of the problem's is always another room. An unplaced defence costs
// nothing here: that it is unplaced weighs more than any move.
//
// Match: one a defence, with the people to tell, its room and its time as they are.
class Stability final : public OneDefenceRule {
 public:
  int64_t PenaltyOfBoth(const Problem& problem, DefenceId defence, const Placement& to) const override {
    int64_t people = 0;
    ForEachToTell(problem, defence, to, problem.defence(defence).attendees, [&](PersonId) { ++people; });
    return people;
  }

  int64_t PenaltyOfHolders(const Problem& problem, DefenceId defence, const Placement& to) const override {
    const Attendees all(problem.defence(defence), to.holders);
    int64_t people = 0;
    ForEachToTell(problem, defence, to, {all.begin(), all.size()}, [&](PersonId) { ++people; });
    return people - PenaltyOfBoth(problem, defence, to);
  }

  void MatchesAlone(const Problem& problem, DefenceId defence, const Placement& to,
                    MatchSink report) const override {
    const int64_t penalty = PenaltyAlone(problem, defence, to);
    if (penalty == 0) return;
    Match match = MatchOf(problem, defence, to, penalty);
    const Attendees all(problem.defence(defence), to.holders);
    ForEachToTell(problem, defence, to, {all.begin(), all.size()},
                  [&](PersonId person) { match.persons.push_back(person); });
    report(match);
  }

 private:
  template <typename Visit>
  static void ForEachToTell(const Problem& problem, DefenceId id, const Placement& to,
                            absl::Span<const Attendee> attendees, Visit visit) {
    const Defence& defence = problem.defence(id);
    if (!defence.reference) return;
    const bool moved = to.start != defence.reference->start;
    if (!moved && defence.reference->room == to.room) return;
    for (const Attendee& attendee : attendees) {
      if (moved || !attendee.remote) visit(attendee.person);
    }
  }
};

}  // namespace

std::unique_ptr<Constraint> MakeStability() { return std::make_unique<Stability>(); }

}  // namespace soutenance::scheduling::solver
