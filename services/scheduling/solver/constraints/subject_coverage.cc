#include <algorithm>

#include "services/scheduling/solver/constraints/every_rule.h"
#include "services/scheduling/solver/constraints/one_defence_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: subjects. For each placed defence, the number of its subjects that nobody who attends knows.
//
// Match: one a defence with such subjects; amount: how many; limit: how many subjects it has.
class SubjectCoverage final : public OneDefenceRule {
 public:
  // Where a seat is open all depends on who holds it.
  int64_t PenaltyOfStart(const Problem& problem, DefenceId id, Minute) const override {
    const Defence& defence = problem.defence(id);
    return defence.open_seats.empty() ? Uncovered(problem, defence, Holders{}) : 0;
  }

  int64_t PenaltyOfHolders(const Problem& problem, DefenceId id, const Placement& to) const override {
    return Uncovered(problem, problem.defence(id), to.holders);
  }

  void MatchesAlone(const Problem& problem, DefenceId id, const Placement& to,
                    MatchSink report) const override {
    const int64_t uncovered = PenaltyAlone(problem, id, to);
    if (uncovered == 0) return;
    Match match = MatchOf(problem, id, to, uncovered);
    match.amount = uncovered;
    match.limit = static_cast<int64_t>(problem.defence(id).subjects.size());
    report(match);
  }

 private:
  static bool Knows(const Problem& problem, PersonId person, SubjectId subject) {
    const std::vector<SubjectId>& known = problem.person(person).subjects;
    return std::binary_search(known.begin(), known.end(), subject);
  }

  static bool IsCovered(const Problem& problem, const Defence& defence, const Holders& holders,
                        SubjectId subject) {
    for (const Attendee& attendee : defence.attendees) {
      if (Knows(problem, attendee.person, subject)) return true;
    }
    for (std::size_t i = 0; i < defence.open_seats.size(); ++i) {
      if (Knows(problem, HolderOf(defence, holders, i), subject)) return true;
    }
    return false;
  }

  static int64_t Uncovered(const Problem& problem, const Defence& defence, const Holders& holders) {
    return std::count_if(defence.subjects.begin(), defence.subjects.end(),
                         [&](SubjectId subject) { return !IsCovered(problem, defence, holders, subject); });
  }
};

}  // namespace

std::unique_ptr<Constraint> MakeSubjectCoverage() { return std::make_unique<SubjectCoverage>(); }

}  // namespace soutenance::scheduling::solver
