#ifndef SOUTENANCE_SERVICES_SCHEDULING_PROBLEM_BUILDER_H_
#define SOUTENANCE_SERVICES_SCHEDULING_PROBLEM_BUILDER_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/scheduling/campaign_time.h"
#include "services/scheduling/facts.h"
#include "services/scheduling/solver/model/problem_spec.h"

namespace soutenance::scheduling {

// From the facts of a campaign to what the solver works on. The keys of the solver are resource names:
//   persons   "people/ana"
//   rooms     "rooms/b12"
//   defences  "theses/42"      (DefenceName(campaign, key) is the name of the defence)
// and its minute 0 is midnight of Campaign::first_date(): see campaign_time.h for the conversions.

// Where one defence is in the timetable that a run starts from, and what of it must stay.
struct BasePlacement {
  std::string thesis;                      // "theses/42"
  std::optional<absl::CivilMinute> start;  // absent: unplaced
  std::string room;                        // "rooms/b12"; empty only if unplaced
  bool pin_day = false;
  bool pin_time = false;
  bool pin_room = false;
  std::vector<std::string> pin_jurors;  // "people/ana"
  std::vector<JurySeat> holders;        // of seats that were open
  std::optional<solver::Mode> pin_mode;
  // Of an unplaced one whose day, time or room is fixed: where.
  std::optional<absl::CivilMinute> pinned_start;
  std::string pinned_room;

  friend bool operator==(const BasePlacement&, const BasePlacement&) = default;
};

// Builds the problem. It is legal for every `facts` that GatherFacts returns: Problem::Create accepts it.
//
// Persons are the authors, those who hold a seat of the jury, and those who may be chosen for what the jury
// lacks; nobody else attends. A seat that nobody may hold gets a candidate who is never free (NobodyFor), so
// that the defence stays unplaced and says why. What a role costs that no seat has is left out. A thesis that
// is unknown, withdrawn or without author is not defended. A person who did not answer is treated as the
// campaign says. A room without openings is open whenever the campaign is; a room whose capacity is not known
// never refuses. `base` may be empty. Entries of theses that are no longer defended change nothing; a pin to
// a day or a room that the campaign no longer has holds nothing; a reference on such a day is left out.
solver::ProblemSpec BuildProblem(const CampaignFacts& facts, const std::vector<BasePlacement>& base);

// A room of `campaign` as the solver sees it.
solver::RoomSpec RoomSpecOf(const Campaign& campaign, const RoomFacts& room);

// The key of the candidate for seats that nobody may hold: "nobody/reviewer".
std::string NobodyFor(SeatRole role);
// Whether `person`, the holder of a seat, is such a candidate.
bool IsNobody(absl::string_view person);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_PROBLEM_BUILDER_H_
