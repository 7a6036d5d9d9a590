#include "services/scheduling/solver/constraints/disturbance.h"

#include <algorithm>

#include "services/scheduling/solver/constraints/every_rule.h"

namespace soutenance::scheduling::solver {

int64_t DisturbanceOfOne::ByStart(const Problem& problem, Minute start) const {
  if (!problem.now()) return 1;
  const int64_t notice = std::max<int64_t>(0, int64_t{start} - *problem.now()) / kMinutesPerDay;
  return 1 + std::max<int64_t>(0, days_ - notice);
}

int64_t DisturbanceOfOne::Of(const Problem& problem, const Defence& defence, const Placement& to,
                             const Attendee& attendee) const {
  if (!defence.reference) return ByStart(problem, to.start);
  const bool moved = defence.reference->start != to.start;
  const bool other_room = defence.reference->room != to.room;
  if (!moved && (!other_room || attendee.remote)) return 0;
  return ByStart(problem, std::min(to.start, defence.reference->start));
}

namespace {

// Unit: points. For each person who must be told of a change, the change of shortest notice: see
// DisturbanceOfOne; and 1 for each further change. A problem without a now costs nothing: how short a notice
// is, cannot be told. Unplaced defences do not count: that they are unplaced weighs more.
//
// Match: one a person, with the defences that he or she must be told of; amount: how many, limit: days.
class Disturbance final : public Constraint {
 public:
  explicit Disturbance(int64_t days) : days_(days), of_one_(days) {}

  int64_t Penalty(const Timetable& timetable) const override {
    int64_t penalty = 0;
    if (!timetable.problem().now()) return 0;
    ForEachId<PersonId>(timetable.problem().PersonCount(), [&](PersonId person) {
      penalty += Told(timetable, person, [](DefenceId) {}).Points();
    });
    return penalty;
  }

  // Persons come in the totals only if their number of defences or days changes, so they are taken from the
  // defences; each once, at the first of the defences that touches him or her.
  int64_t Delta(const Change& change) const override {
    int64_t delta = 0;
    if (!change.problem().now()) return 0;
    const auto steps = change.defences();
    for (std::size_t i = 0; i < steps.size(); ++i) {
      ForEachTouched(change, i, [&](PersonId person) {
        for (std::size_t j = 0; j < i; ++j) {
          bool seen = false;
          ForEachTouched(change, j, [&](PersonId other) { seen = seen || other == person; });
          if (seen) return;
        }
        delta += DeltaOf(change, person);
      });
    }
    return delta;
  }

  void Matches(const Timetable& timetable, MatchSink report) const override {
    if (!timetable.problem().now()) return;
    ForEachId<PersonId>(timetable.problem().PersonCount(), [&](PersonId person) {
      Match match{.persons = {person}};
      const Sum sum = Told(timetable, person, [&](DefenceId defence) { match.defences.push_back(defence); });
      if (sum.Points() == 0) return;
      match.penalty = sum.Points();
      match.amount = sum.changes;
      match.limit = days_;
      report(match);
    });
  }

 private:
  struct Sum {
    int64_t most = 0;
    int64_t changes = 0;

    void Add(int64_t points) {
      if (points == 0) return;
      most = std::max(most, points);
      ++changes;
    }
    int64_t Points() const { return changes == 0 ? 0 : most + changes - 1; }
  };

  int64_t PointsOf(const Problem& problem, DefenceId id, const Placement& to, PersonId person) const {
    const Defence& defence = problem.defence(id);
    for (const Attendee& attendee : Attendees(defence, to.holders)) {
      if (attendee.person == person) return of_one_.Of(problem, defence, to, attendee);
    }
    return 0;
  }

  template <typename Visit>
  Sum Told(const Timetable& timetable, PersonId person, Visit visit) const {
    Sum sum;
    ForEachAttended(timetable, person, [&](DefenceId id) {
      const int64_t points = PointsOf(timetable.problem(), id, *timetable.PlacementOf(id), person);
      sum.Add(points);
      if (points > 0) visit(id);
    });
    return sum;
  }

  // Calls visit(person) for everybody who attends the `i`-th defence of `change` before or after.
  template <typename Visit>
  static void ForEachTouched(const Change& change, std::size_t i, Visit visit) {
    const Change::OfDefence& step = change.defences()[i];
    const Defence& defence = change.problem().defence(step.defence);
    for (const Attendee& attendee : defence.attendees) visit(attendee.person);
    if (defence.open_seats.empty()) return;
    if (step.before)
      ForEachNewcomer(defence, step.before->holders, [&](const Attendee& a) { visit(a.person); });
    if (!step.after) return;
    ForEachNewcomer(defence, step.after->holders, [&](const Attendee& a) {
      bool seen = false;
      if (step.before)
        ForEachNewcomer(defence, step.before->holders,
                        [&](const Attendee& b) { seen = seen || a.person == b.person; });
      if (!seen) visit(a.person);
    });
  }

  int64_t DeltaOf(const Change& change, PersonId person) const {
    Sum before;
    Sum after;
    ForEachAttended(change.timetable(), person, [&](DefenceId id) {
      const int64_t points = PointsOf(change.problem(), id, *change.timetable().PlacementOf(id), person);
      before.Add(points);
      bool moves = false;
      for (const Change::OfDefence& step : change.defences()) moves = moves || step.defence == id;
      if (!moves) after.Add(points);
    });
    for (const Change::OfDefence& step : change.defences()) {
      if (step.after) after.Add(PointsOf(change.problem(), step.defence, *step.after, person));
    }
    return after.Points() - before.Points();
  }

  const int64_t days_;
  const DisturbanceOfOne of_one_;
};

}  // namespace

std::unique_ptr<Constraint> MakeDisturbance(int64_t days) { return std::make_unique<Disturbance>(days); }

}  // namespace soutenance::scheduling::solver
