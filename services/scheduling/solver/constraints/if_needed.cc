#include "services/scheduling/solver/constraints/every_rule.h"
#include "services/scheduling/solver/constraints/one_defence_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: people. For each placed defence, the number of people who attend it and come during some part of it
// only if there is no better time, each as often as his or her weight says. Who holds several seats counts
// once.
//
// Match: one a defence and person.
class IfNeeded final : public OneDefenceRule {
 public:
  int64_t PenaltyOfStart(const Problem& problem, DefenceId defence, Minute start) const override {
    const Interval time = problem.TimeOf(defence, start);
    int64_t people = 0;
    for (const Attendee& attendee : problem.defence(defence).attendees) {
      people += CountOf(problem.person(attendee.person), time);
    }
    return people;
  }

  int64_t PenaltyOfHolders(const Problem& problem, DefenceId defence, const Placement& to) const override {
    const Interval time = problem.TimeOf(defence, to.start);
    int64_t people = 0;
    ForEachNewcomer(problem.defence(defence), to.holders, [&](const Attendee& attendee) {
      people += CountOf(problem.person(attendee.person), time);
    });
    return people;
  }

  void MatchesAlone(const Problem& problem, DefenceId defence, const Placement& to,
                    MatchSink report) const override {
    Match match = MatchOf(problem, defence, to, 0);
    for (const Attendee& attendee : Attendees(problem.defence(defence), to.holders)) {
      match.penalty = CountOf(problem.person(attendee.person), match.time);
      if (match.penalty == 0) continue;
      match.persons = {attendee.person};
      report(match);
    }
  }

 private:
  static int64_t CountOf(const Person& person, const Interval& time) {
    return AnyOverlaps(person.if_needed, time) ? person.weight : 0;
  }
};

}  // namespace

std::unique_ptr<Constraint> MakeIfNeeded() { return std::make_unique<IfNeeded>(); }

}  // namespace soutenance::scheduling::solver
