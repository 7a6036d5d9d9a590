#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_FIT_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_FIT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "services/scheduling/solver/constraints/constraint.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"
#include "services/scheduling/solver/search/random.h"

namespace soutenance::scheduling::solver {

using Defences = absl::InlinedVector<DefenceId, 8>;

// Whether defences go together: the hard rules that look at two defences, at a person's load or at what rooms
// have, and those that look at who holds the open seats of one. With Candidates these are all the hard rules
// but the few of RuleSet that Fit cannot see (see State). It answers about the timetable as it would be after
// a move in the making, without making it.
class Fit {
 public:
  explicit Fit(const Problem& problem);

  // Whether no hard rule keeps two defences apart, whatever else there is.
  bool GoTogether(DefenceId a, const Placement& at, DefenceId b, const Placement& to) const;

  // Whether `defence` can be at `to` once the steps of `moving` are taken.
  bool Fits(const Timetable& timetable, const Move& moving, DefenceId defence, const Placement& to) const;

  // Whether the room has the time for `defence` at `to` once those of `moving` have left, and no topic that
  // excludes it, whoever holds its open seats: what is asked first where places or holders are many.
  bool HasRoom(const Timetable& timetable, const Move& moving, DefenceId defence, const Placement& to) const;

  // Whether there are two defences that `person` may attend: who cannot be wanted in two places at once.
  bool MeetsOthers(PersonId person) const { return meets_others_[Index(person)] != 0; }

  // Whether `who` could attend `defence` at `to` once the steps of `moving` are taken: neither elsewhere then
  // nor at the limit of the day or the campaign.
  bool IsFree(const Timetable& timetable, const Move& moving, DefenceId defence, const Attendee& who,
              const Placement& to) const;

  // Whether `person` could hold `role` in `defence` at `to` once the steps of `moving` are taken, as far as
  // the limits of that role for him or her go.
  bool MayHold(const Timetable& timetable, const Move& moving, DefenceId defence, RoleId role,
               PersonId person, const Placement& to) const;

  // Collects into `blockers` the placed defences that must be taken out for `defence` to be at `to` once the
  // steps of `moving` are taken; where a person has too many and any would do, `random` chooses. Returns
  // false if there are more than `max` or if a step of `moving` is itself in the way.
  bool FindBlockers(const Timetable& timetable, const Move& moving, DefenceId defence, const Placement& to,
                    std::size_t max, Random& random, Defences* blockers) const;

 private:
  struct Question;
  class Load;
  class RoomUse;
  struct Role;

  bool Answer(const Question& question, Random* random, Defences* blockers) const;
  bool AskHolders(DefenceId defence, const Placement& to) const;
  static bool HaveOneSeatEach(const Defence& defence, const Holders& holders);
  bool AskRoom(const Question& question, Defences* blockers) const;
  bool AskPersons(const Question& question, Defences* blockers) const;
  bool HaveOneBoard(DefenceId a, const Holders& of_a, DefenceId b, const Holders& of_b) const;
  bool AskBoard(const Question& question, Defences* blockers) const;
  bool AskLoads(const Question& question, Random* random, Defences* blockers) const;
  int WillHaveToday(const Question& question, PersonId person, const Defences& blockers) const;
  bool AskRoles(const Question& question, Random* random, Defences* blockers) const;
  bool AskBlock(const Question& question, Random* random, Defences* blockers) const;
  bool AskRoomDays(const Question& question, Random* random, Defences* blockers) const;
  bool AskRoomRules(const Question& question, Random* random, Defences* blockers) const;
  bool TooCloseInRoom(const Interval& a, const Interval& b) const;

  const Problem& problem_;
  std::vector<char> meets_others_;  // by person: whether there are two defences that he or she may attend
  bool minds_day_load_;
  bool minds_campaign_load_;
  bool minds_roles_;  // and somebody is limited in some role
  bool minds_room_;   // one room for a person and day
  bool minds_days_;
  int64_t days_max_;
  bool minds_availability_;
  bool minds_if_needed_;
  bool minds_stability_;
  bool minds_one_seat_;
  bool minds_continuity_;
  bool minds_one_topic_;  // a room has one on a day
  Minute room_break_;     // 0: any
  int64_t block_max_;     // defences of a room in one window
  int64_t room_days_max_;
  std::vector<std::unique_ptr<Constraint>> room_rules_;  // hard ones about all that a room has on a day
};

// The step of `move` for `defence`, or null.
const Step* FindStep(const Move& move, DefenceId defence);

// Whether `person` attends `defence` at `at`.
bool Attends(const Problem& problem, PersonId person, DefenceId defence, const Placement& at);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_FIT_H_
