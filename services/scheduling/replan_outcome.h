#ifndef SOUTENANCE_SERVICES_SCHEDULING_REPLAN_OUTCOME_H_
#define SOUTENANCE_SERVICES_SCHEDULING_REPLAN_OUTCOME_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/scheduling/timetable_view.h"

namespace soutenance::scheduling {

// What one person must be told about one defence.
struct ToldChange {
  // Values are those of ToldChange.Kind of the contract.
  enum class Kind {
    kNew = 1,
    kMoved = 2,
    kRoomChanged = 3,
    kCancelled = 4,
    kJoined = 5,
    kLeft = 6,
    kDurationChanged = 7
  };
  std::string defence;  // "campaigns/m2-2027/defences/42"
  Kind kind = Kind::kMoved;
  std::optional<PlacementView> before;
  std::optional<PlacementView> after;
  int notice_days = 0;   // whole days until the earlier of both starts; 0: today, or before
  std::string sentence;  // in the language asked for
};

// Somebody who must be told.
struct ToldPerson {
  std::string person;  // "people/ana"
  std::string display_name;
  std::vector<ToldChange> changes;  // by defence
};

// What replanning found.
struct ReplanOutcome {
  TimetableView timetable;                // the draft; the timetable that was given if nothing must change
  bool created = false;                   // whether that is a new draft
  std::vector<ToldPerson> people;         // by display name
  std::vector<std::string> hit;           // defences that could not all stay, and new ones
  std::vector<std::string> others_moved;  // that make way for them
  int others_moved_bound = 0;             // no fewer can be moved; proven
  int64_t disturbance = 0;                // points: see the rule
  bool is_minimal = false;                // nothing disturbs less and places as many; proven
  std::vector<std::string> facts_changed;
  int64_t elapsed_ms = 0;
};

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_REPLAN_OUTCOME_H_
