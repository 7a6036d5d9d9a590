#include <numeric>

#include "services/scheduling/solver/constraints/constraint.h"
#include "services/scheduling/solver/constraints/every_rule.h"
#include "services/scheduling/solver/constraints/waits.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: points. For each person who attends n > 0 placed defences: (n - 1) times the sum of his or her
// nearness points, less the points of each wait from a defence to the next one of the same day, times his or
// her weight. Never negative: a wait is worth one of the points, and there are at most n - 1.
//
// Match: one a person who costs something, with all placed defences that he or she attends; amount: the
// points.
class Nearness final : public Constraint {
 public:
  int64_t Penalty(const Timetable& timetable) const override {
    int64_t points = 0;
    ForEachId<PersonId>(timetable.problem().PersonCount(),
                        [&](PersonId id) { points += OfPerson(timetable, id); });
    return points;
  }

  int64_t Delta(const Change& change) const override {
    int64_t delta = 0;
    for (const Change::OfTotal& total : change.totals()) {
      const Person& person = change.problem().person(total.person);
      delta += OfTotal(person, total.after) - OfTotal(person, total.before);
    }
    for (const Change::OfDay<PersonId>& day : change.person_days()) {
      const Person& person = change.problem().person(day.id);
      delta += OfWaits(change.problem(), person, day.before) - OfWaits(change.problem(), person, day.after);
    }
    return delta;
  }

  void Matches(const Timetable& timetable, MatchSink report) const override {
    ForEachId<PersonId>(timetable.problem().PersonCount(), [&](PersonId id) {
      const int64_t points = OfPerson(timetable, id);
      if (points == 0) return;
      Match match{.penalty = points, .persons = {id}, .amount = points};
      ForEachAttended(timetable, id, [&](DefenceId defence) { match.defences.push_back(defence); });
      report(match);
    });
  }

 private:
  static int64_t OfPerson(const Timetable& timetable, PersonId id) {
    const Person& person = timetable.problem().person(id);
    int64_t points = OfTotal(person, timetable.PersonTotal(id));
    if (points == 0) return 0;
    ForEachId<DayId>(timetable.problem().DayCount(), [&](DayId day) {
      points -= OfWaits(timetable.problem(), person, timetable.PersonDay(id, day));
    });
    return points;
  }

  static int64_t OfTotal(const Person& person, int defences) {
    if (defences < 2 || person.nearness.empty()) return 0;
    const int64_t sum = std::accumulate(person.nearness.begin(), person.nearness.end(), int64_t{0});
    return person.weight * sum * (defences - 1);
  }

  static int64_t OfWaits(const Problem& problem, const Person& person, absl::Span<const Placed> placed) {
    if (person.nearness.empty()) return 0;
    int64_t points = 0;
    for (std::size_t i = 1; i < placed.size(); ++i) {
      points += PointsOfWait(problem, person.nearness, placed[i - 1], placed[i]);
    }
    return person.weight * points;
  }
};

}  // namespace

std::unique_ptr<Constraint> MakeNearness() { return std::make_unique<Nearness>(); }

}  // namespace soutenance::scheduling::solver
