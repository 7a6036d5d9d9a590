#ifndef SOUTENANCE_SERVICES_SCHEDULING_EXPLANATION_H_
#define SOUTENANCE_SERVICES_SCHEDULING_EXPLANATION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/base/change.h"
#include "services/scheduling/solver/explain/repair.h"
#include "services/scheduling/solver/model/rules.h"
#include "services/scheduling/solver/model/score.h"
#include "services/scheduling/timetable_view.h"

// What a timetable costs and why, in a coordinator's words and in one language: the answers of explain, move
// and compare.
namespace soutenance::scheduling {

// One breach of one rule.
struct RuleMatch {
  int64_t points = 0;
  std::string sentence;
  std::vector<std::string> subjects;  // resource names
};

// Breaches that are listed of one rule; the others are counted.
inline constexpr int kMatchesMax = 100;

// What one rule costs.
struct RuleCost {
  solver::RuleId rule{};
  std::string sentence;  // of the rulebook
  solver::RuleLevel level = solver::RuleLevel::kOff;
  int64_t points = 0;
  std::vector<RuleMatch> matches;  // dearest first; at most kMatchesMax
  int match_count = 0;             // of all
};

// The change of what one rule costs.
struct RuleEffect {
  solver::RuleId rule{};
  std::string sentence;  // of the rulebook
  solver::RuleLevel level = solver::RuleLevel::kOff;
  int64_t points_before = 0;
  int64_t points_after = 0;
  std::vector<RuleMatch> matches;  // that there are after and were not before; at most kMatchesMax
};

// Why one defence has no place.
struct UnplacedReason {
  std::string defence;  // "campaigns/m2-2027/defences/42"
  std::string label;    // who defends
  std::string kind;     // "no_common_slot"
  std::string sentence;
  std::vector<std::string> facts;
  bool is_minimal = false;  // proven: without any one of the facts the others leave a place
};

// One thing that people can change: see solver/explain/repair.h.
struct RepairStep {
  solver::RepairStep::Kind kind = solver::RepairStep::Kind::kPersonFrees;
  std::string person;  // "people/ana"; for kPersonFrees only
  std::string room;    // for kExtraRoom only: which one it is, "rooms/b12"; empty: still to be found
  absl::CivilMinute start;
  absl::CivilMinute end;
  std::string sentence;  // not read where steps are asked to be applied
};

// Changes that make room for unplaced defences beside all that are placed.
struct Repair {
  std::vector<RepairStep> steps;  // empty: it is enough that others move
  int people = 0;                 // who is asked for something
  int minutes = 0;                // that they are asked for, one after the other
  std::vector<std::string> defences;
  std::string sentence;
};

struct Repairs {
  std::vector<Repair> repairs;       // fewest people first, then most defences
  std::vector<std::string> without;  // unplaced defences for which none was found, or time did not suffice
};

struct Explanation {
  solver::Score score;
  std::vector<RuleCost> rules;  // in the order of the rulebook
  std::vector<UnplacedReason> unplaced;
};

// Another place for a defence and its effect.
struct Alternative {
  Place place;
  std::string room_title;
  std::vector<AttendeeView> holders;  // whom the seats that are open would go to
  std::vector<RuleEffect> effects;
};

struct DefenceExplanation {
  PlacementView placement;
  std::vector<RuleCost> rules;  // that cost something because of this place
  std::optional<UnplacedReason> unplaced;
  std::vector<Alternative> alternatives;  // cheapest first
};

struct Comparison {
  // kRecomposed: same place, somebody else was chosen for a seat.
  enum class Kind { kNew, kMoved, kCancelled, kRecomposed };
  struct Difference {
    Kind kind = Kind::kMoved;
    std::optional<PlacementView> before;
    std::optional<PlacementView> after;
  };
  // Somebody who attends a defence that differs.
  struct Person {
    std::string person;
    std::string display_name;
    std::vector<std::string> defences;
  };
  std::vector<Difference> differences;  // by thesis
  std::vector<Person> people;           // by resource name
  std::vector<RuleEffect> effects;      // rules whose cost differs, in the order of the rulebook
  int unchanged_count = 0;
};

// What applying a repair did, or would do.
struct RepairOutcome {
  TimetableView timetable;  // the new draft; number 0 if nothing was written
  Comparison comparison;    // with the timetable that was repaired
};

// What writing juries did, or would do.
struct JuriesOutcome {
  ChangeList juries;
  int seat_count = 0;  // that were filled
};

// What a move by hand did, or would do.
struct MoveOutcome {
  TimetableView timetable;          // after the move; as it is if nothing was written
  std::vector<RuleEffect> effects;  // rules whose cost or breaches change
  solver::Score score_before;
  solver::Score score_after;
  std::vector<RuleMatch> needs_reason;  // breaches of rules that may not be broken
};

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_EXPLANATION_H_
