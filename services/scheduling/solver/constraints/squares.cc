#include "services/scheduling/solver/constraints/constraint.h"
#include "services/scheduling/solver/constraints/every_rule.h"

namespace soutenance::scheduling::solver {
namespace {

enum class Counted { kDefences, kDays };

// squared_load and squared_days. Unit: points. For each person the square of the number of placed defences
// that he or she attends, or of the days with at least one, times his or her weight.
//
// Match: one a person who attends something, with all placed defences that he or she attends; amount: how
// many defences or days.
template <Counted counted>
class Squares final : public Constraint {
 public:
  int64_t Penalty(const Timetable& timetable) const override {
    int64_t points = 0;
    ForEachId<PersonId>(timetable.problem().PersonCount(), [&](PersonId id) {
      points += PointsOf(timetable.problem().person(id), CountOf(timetable, id));
    });
    return points;
  }

  int64_t Delta(const Change& change) const override {
    int64_t delta = 0;
    for (const Change::OfTotal& total : change.totals()) {
      const Person& person = change.problem().person(total.person);
      if constexpr (counted == Counted::kDefences) {
        delta += PointsOf(person, total.after) - PointsOf(person, total.before);
      } else {
        delta += PointsOf(person, total.days_after) - PointsOf(person, total.days_before);
      }
    }
    return delta;
  }

  void Matches(const Timetable& timetable, MatchSink report) const override {
    ForEachId<PersonId>(timetable.problem().PersonCount(), [&](PersonId id) {
      const int64_t count = CountOf(timetable, id);
      if (count == 0) return;
      Match match{
          .penalty = PointsOf(timetable.problem().person(id), count), .persons = {id}, .amount = count};
      ForEachAttended(timetable, id, [&](DefenceId defence) { match.defences.push_back(defence); });
      report(match);
    });
  }

 private:
  static int64_t CountOf(const Timetable& timetable, PersonId id) {
    return counted == Counted::kDefences ? timetable.PersonTotal(id) : timetable.PersonDayCount(id);
  }

  static int64_t PointsOf(const Person& person, int64_t count) { return person.weight * count * count; }
};

}  // namespace

std::unique_ptr<Constraint> MakeSquaredLoad() { return std::make_unique<Squares<Counted::kDefences>>(); }
std::unique_ptr<Constraint> MakeSquaredDays() { return std::make_unique<Squares<Counted::kDays>>(); }

}  // namespace soutenance::scheduling::solver
