#include "services/scheduling/solver/constraints/every_rule.h"
#include "services/scheduling/solver/constraints/one_defence_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: people. For each placed defence, the number of people who attend it and cannot come during some part
// of it. Who holds several seats counts once.
//
// Match: one a defence and person.
class Availability final : public OneDefenceRule {
 public:
  int64_t PenaltyOfStart(const Problem& problem, DefenceId defence, Minute start) const override {
    const Interval time = problem.TimeOf(defence, start);
    int64_t people = 0;
    for (const Attendee& attendee : problem.defence(defence).attendees) {
      people += static_cast<int64_t>(AnyOverlaps(problem.person(attendee.person).blocked, time));
    }
    return people;
  }

  int64_t PenaltyOfHolders(const Problem& problem, DefenceId defence, const Placement& to) const override {
    const Interval time = problem.TimeOf(defence, to.start);
    int64_t people = 0;
    ForEachNewcomer(problem.defence(defence), to.holders, [&](const Attendee& attendee) {
      people += static_cast<int64_t>(AnyOverlaps(problem.person(attendee.person).blocked, time));
    });
    return people;
  }

  void MatchesAlone(const Problem& problem, DefenceId defence, const Placement& to,
                    MatchSink report) const override {
    Match match = MatchOf(problem, defence, to, 1);
    for (const Attendee& attendee : Attendees(problem.defence(defence), to.holders)) {
      if (!AnyOverlaps(problem.person(attendee.person).blocked, match.time)) continue;
      match.persons = {attendee.person};
      report(match);
    }
  }
};

}  // namespace

std::unique_ptr<Constraint> MakeAvailability() { return std::make_unique<Availability>(); }

}  // namespace soutenance::scheduling::solver
