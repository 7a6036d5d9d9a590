#include "services/scheduling/solver/constraints/back_to_back.h"

#include <algorithm>

#include "services/scheduling/solver/constraints/every_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// Unit: comings too many. For each person, the number of defences that he or she attends, placed or not, on
// site or on video, that do not follow on another one, beyond the first. A defence follows on another that
// the person attends if it is in the same room and starts as soon as the room allows: at the first start of
// the grid after the buffer, not over a break. So a person with n defences costs n - 1 less one for each that
// follows on; what is unplaced counts as one coming each, whichever defences those are. A defence for which
// the person was chosen counts as long as he or she is; the first is free only where a seat was given.
//
// Match: one a person who comes more than once, with the person and all his or her defences; amount: how
// often he or she comes; limit: 1.
class BackToBack final : public Constraint {
 public:
  int64_t Penalty(const Timetable& timetable) const override {
    int64_t penalty = 0;
    ForEachId<PersonId>(timetable.problem().PersonCount(),
                        [&](PersonId id) { penalty += OfPerson(timetable, id); });
    return penalty;
  }

  int64_t Delta(const Change& change) const override {
    int64_t delta = 0;
    for (const Change::OfDay<PersonId>& day : change.person_days()) {
      delta += Following(change.problem(), day.day, day.before);
      delta -= Following(change.problem(), day.day, day.after);
    }
    if (!change.problem().HasOpenSeats()) return delta;
    for (const Change::OfDefence& step : change.defences()) {
      const Defence& defence = change.problem().defence(step.defence);
      if (step.before) ForEachNewcomer(defence, step.before->holders, [&](const Attendee&) { --delta; });
      if (step.after) ForEachNewcomer(defence, step.after->holders, [&](const Attendee&) { ++delta; });
    }
    return delta;
  }

  void Matches(const Timetable& timetable, MatchSink report) const override {
    const Problem& problem = timetable.problem();
    ForEachId<PersonId>(problem.PersonCount(), [&](PersonId id) {
      const int64_t penalty = OfPerson(timetable, id);
      if (penalty == 0) return;
      Match match{.penalty = penalty, .persons = {id}, .amount = penalty + 1, .limit = 1};
      const std::vector<DefenceId>& defences = problem.person(id).defences;
      match.defences.assign(defences.begin(), defences.end());
      ForEachAttended(timetable, id, [&](DefenceId defence) {
        if (!std::binary_search(defences.begin(), defences.end(), defence)) match.defences.push_back(defence);
      });
      report(match);
    });
  }

 private:
  static int64_t OfPerson(const Timetable& timetable, PersonId id) {
    const Problem& problem = timetable.problem();
    const std::vector<DefenceId>& given = problem.person(id).defences;
    int64_t comings = given.empty() ? 0 : static_cast<int64_t>(given.size()) - 1;
    if (problem.HasOpenSeats()) {
      ForEachAttended(timetable, id, [&](DefenceId defence) {
        comings += static_cast<int64_t>(!std::binary_search(given.begin(), given.end(), defence));
      });
    }
    if (comings == 0) return 0;
    ForEachId<DayId>(problem.DayCount(),
                     [&](DayId day) { comings -= Following(problem, day, timetable.PersonDay(id, day)); });
    return comings;
  }

  // How many of a person's day follow on another one. Never all of them: each starts after the one it
  // follows.
  static int64_t Following(const Problem& problem, DayId day, absl::Span<const Placed> placed) {
    int64_t following = 0;
    for (std::size_t i = 1; i < placed.size(); ++i) {
      const auto before = placed.first(i);
      following += static_cast<int64_t>(std::any_of(before.begin(), before.end(), [&](const Placed& earlier) {
        return earlier.room == placed[i].room && FollowsOn(problem, day, earlier.end, placed[i].start);
      }));
    }
    return following;
  }
};

}  // namespace

bool FollowsOn(const Problem& problem, DayId day, Minute end, Minute start) {
  const Minute free = end + problem.buffer_minutes();
  const Minute grid = problem.grid_minutes();
  if (start < free || start - free >= grid) return false;
  if (start == free) return true;
  const std::vector<Interval>& opening = problem.day(day).opening;
  return std::none_of(opening.begin(), opening.end(), [&](const Interval& window) {
    const Minute steps = free <= window.from ? 0 : (free - window.from + grid - 1) / grid;
    const Minute next = window.from + steps * grid;
    return next < window.to && next < start;
  });
}

std::unique_ptr<Constraint> MakeBackToBack() { return std::make_unique<BackToBack>(); }

}  // namespace soutenance::scheduling::solver
