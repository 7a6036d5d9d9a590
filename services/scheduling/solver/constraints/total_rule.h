#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_TOTAL_RULE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_TOTAL_RULE_H_

#include "services/scheduling/solver/constraints/constraint.h"

namespace soutenance::scheduling::solver {

// What one person has in the whole campaign.
struct PersonTotals {
  int defences;
  int days;
};

// A rule whose penalty is a sum over persons of how far a total exceeds a limit. `Rule` is the class that
// derives from this and has
//   int64_t CountOf(const PersonTotals& totals) const;
//   int64_t LimitOf(const Person& person) const;
// A match names the person, all placed defences that he or she attends, the count and the limit.
template <typename Rule>
class TotalRule : public Constraint {
 public:
  int64_t Penalty(const Timetable& timetable) const final {
    int64_t penalty = 0;
    ForEachId<PersonId>(timetable.problem().PersonCount(), [&](PersonId person) {
      penalty += Excess(timetable.problem().person(person), TotalsOf(timetable, person));
    });
    return penalty;
  }

  int64_t Delta(const Change& change) const final {
    int64_t delta = 0;
    for (const Change::OfTotal& total : change.totals()) {
      const Person& person = change.problem().person(total.person);
      delta += Excess(person, {total.after, total.days_after});
      delta -= Excess(person, {total.before, total.days_before});
    }
    return delta;
  }

  void Matches(const Timetable& timetable, MatchSink report) const final {
    ForEachId<PersonId>(timetable.problem().PersonCount(), [&](PersonId id) {
      const Person& person = timetable.problem().person(id);
      const PersonTotals totals = TotalsOf(timetable, id);
      const int64_t excess = Excess(person, totals);
      if (excess == 0) return;
      Match match{.penalty = excess, .persons = {id}};
      ForEachAttended(timetable, id, [&](DefenceId defence) { match.defences.push_back(defence); });
      match.amount = rule().CountOf(totals);
      match.limit = rule().LimitOf(person);
      report(match);
    });
  }

 private:
  const Rule& rule() const { return static_cast<const Rule&>(*this); }

  static PersonTotals TotalsOf(const Timetable& timetable, PersonId person) {
    return {timetable.PersonTotal(person), timetable.PersonDayCount(person)};
  }

  int64_t Excess(const Person& person, const PersonTotals& totals) const {
    const int64_t excess = rule().CountOf(totals) - rule().LimitOf(person);
    return excess > 0 ? excess : 0;
  }
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_CONSTRAINTS_TOTAL_RULE_H_
