#include <algorithm>

#include "services/scheduling/solver/constraints/every_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: people. How many more people have a seat of the placed defences than are expected, each counted once
// a defence, guests included, over the whole campaign: fewer at one defence make up for more at another.
//
// Match: one for the campaign; amount: how many; limit: how many are expected.
class JurySize final : public Constraint {
 public:
  int64_t Penalty(const Timetable& timetable) const override { return Excess(timetable.ExtraPeople()); }

  int64_t Delta(const Change& change) const override {
    const int64_t before = change.timetable().ExtraPeople();
    return Excess(before + change.extra_people_difference()) - Excess(before);
  }

  void Matches(const Timetable& timetable, MatchSink report) const override {
    const int64_t excess = Penalty(timetable);
    if (excess == 0) return;
    int64_t expected = 0;
    ForEachId<DefenceId>(timetable.problem().DefenceCount(), [&](DefenceId id) {
      if (timetable.PlacementOf(id)) expected += timetable.problem().defence(id).expected_people;
    });
    report({.penalty = excess,
            .defences = {},
            .persons = {},
            .rooms = {},
            .time = {},
            .amount = expected + excess,
            .limit = expected});
  }

 private:
  static int64_t Excess(int64_t people) { return std::max<int64_t>(0, people); }
};

}  // namespace

std::unique_ptr<Constraint> MakeJurySize() { return std::make_unique<JurySize>(); }

}  // namespace soutenance::scheduling::solver
