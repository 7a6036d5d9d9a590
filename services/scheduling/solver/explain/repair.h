#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_REPAIR_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_REPAIR_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/scheduling/solver/explain/text.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"

namespace soutenance::scheduling::solver {

// One thing that people can change about the facts of a campaign.
struct RepairStep {
  enum class Kind {
    kPersonFrees,  // `person` can come during `time` after all
    kExtraRoom,    // one more room during `time`, the hours of one of the campaign's days, for any defence
    kExtraDay,     // one more date, with the opening hours of the last day: `time` is from the first to the
                   // last of them; every room is open
  };
  Kind kind;
  std::optional<PersonId> person;
  Interval time;

  friend bool operator==(const RepairStep&, const RepairStep&) = default;
};

// "person_frees", "extra_room", "extra_day".
absl::string_view RepairKindName(RepairStep::Kind kind);

// Changes that make room for an unplaced defence; none of them can be left out.
struct Repair {
  std::vector<RepairStep> steps;  // empty: it is enough that others move
  int people = 0;   // who is asked for something: those who free a time, those who attend on the extra day
  int minutes = 0;  // that they are asked for, one after the other
  // What was unplaced and has a place then, together with all that is placed: the defence it was looked for
  // first. At least these; the search may find place for more.
  std::vector<DefenceId> more;
  Text sentence;
};

// Whether `a` is told before `b`: fewest people first, then most defences; then no extra day before one, and
// least time.
bool IsLighter(const Repair& a, const Repair& b);

// The facts of `problem` as if `steps` were so.
ProblemSpec Repaired(const Problem& problem, const std::vector<RepairStep>& steps);

// The rooms that `steps` add to `problem`: keys of rooms of Repaired that `problem` does not have.
std::vector<std::string> AddedRooms(const Problem& problem, const std::vector<RepairStep>& steps);

// Whether a room of this key was added by a step: it is still to be found.
bool IsAddedRoom(absl::string_view key);

// The windows of the date that an extra day adds: the next one after the last day, not on a weekend unless
// the campaign has such days, with the hours of the last day. Empty if there is none.
std::vector<Interval> ExtraDayOf(const Problem& problem);

// One step as a sentence without its end: "Ana Ruiz est libre le mardi 15 juin 2027 de 10 h à 11 h".
Text StepPhrase(const Problem& problem, const RepairStep& step);

Text RepairSentence(const Problem& problem, const Repair& repair);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_REPAIR_H_
