#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_PROBLEM_SPEC_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_PROBLEM_SPEC_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/scheduling/solver/model/rules.h"
#include "services/scheduling/solver/model/time.h"

namespace soutenance::scheduling::solver {

// The facts of a campaign as they are handed to the solver. Order of persons, rooms, defences and roles does
// not matter: a Problem sorts them by key. Intervals may overlap and come in any order.

// How often a person holds a role at most: in how many defences.
struct RoleLimitSpec {
  std::string role;         // one of the roles listed; once for each person
  int32_t max_per_day = 0;  // 0: no limit
  int32_t max_total = 0;    // in the campaign; 0: no limit

  friend bool operator==(const RoleLimitSpec&, const RoleLimitSpec&) = default;
};

struct PersonSpec {
  std::string key;                  // opaque and unique among persons: "people/ana"
  std::string name;                 // for sentences: "Ana Ruiz"
  std::vector<Interval> blocked;    // cannot come
  std::vector<Interval> if_needed;  // comes if there is no better time
  int32_t max_per_day = 0;          // defences in one day; 0: no limit
  int32_t max_total = 0;            // defences in the campaign; 0: no limit
  // Times as much as for others count for this person if_needed, squared_load, squared_days, nearness and
  // quick_room_change: 1 to 1,000,000.
  int32_t weight = 1;
  std::vector<std::string> subjects;  // that he or she knows; in any order
  // Points by the wait from one defence to the next of a day, in whole steps of the grid from 0 on; none for
  // longer waits. Each 0 to 1,000,000. What nearness counts for a short wait, and what quick_room_change does
  // if the room changes meanwhile.
  std::vector<int32_t> nearness;
  std::vector<int32_t> room_change;
  std::vector<RoleLimitSpec> role_limits;  // in any order

  friend bool operator==(const PersonSpec&, const PersonSpec&) = default;
};

struct RoomSpec {
  std::string key;                     // unique among rooms: "rooms/b12"
  std::string name;                    // what the door says
  std::string site;                    // rooms of one site need no travel; may be empty
  int32_t capacity = 0;                // seats; at least 0
  std::vector<std::string> equipment;  // "video"
  std::vector<Interval> open;          // when it may be used; outside the campaign's opening changes nothing

  friend bool operator==(const RoomSpec&, const RoomSpec&) = default;
};

// What it costs if somebody holds a role seldom or often.
struct LoadBandSpec {
  int32_t low = 0;                     // seats of the role that he or she holds in the campaign: fewer cost
  int32_t high = 0;                    // and more cost; at least low
  int32_t cost = 0;                    // points, once for each person outside the band: 0 to 1,000,000
  std::vector<std::string> only = {};  // keys of the persons it is about; empty: everybody

  friend bool operator==(const LoadBandSpec&, const LoadBandSpec&) = default;
};

// Whoever holds the role it belongs to is wanted in another role of the same defence, too.
struct CombinedRoleSpec {
  std::string role;  // one of the roles listed; once
  int32_t cost = 0;  // points if somebody else holds it: 0 to 1,000,000

  friend bool operator==(const CombinedRoleSpec&, const CombinedRoleSpec&) = default;
};

// What the rules about roles count for one role. A role that seats name and the list does not costs nothing.
struct RoleSpec {
  std::string name;                        // as seats name it; unique among roles
  int32_t absence_cost = 0;                // points if the holder cannot come: 0 to 1,000,000
  int32_t change_cost = 0;                 // points if the holder changes within a block: 0 to 1,000,000
  std::vector<LoadBandSpec> load;          // their costs add up
  std::vector<CombinedRoleSpec> combined;  // in any order
  // Points for each two defences of one room and day whose holders differ: 0 to 1,000,000.
  int32_t mix_cost = 0;
  // Points if the holder changes from one defence of a room to the next of that day: 0 to 1,000,000.
  int32_t day_change_cost = 0;

  friend bool operator==(const RoleSpec&, const RoleSpec&) = default;
};

// Somebody who may hold an open seat.
struct CandidateSpec {
  std::string person;  // key; once for each seat
  int32_t cost = 0;    // what the rule seat_cost counts if he or she holds it: 0 to 1,000,000

  friend bool operator==(const CandidateSpec&, const CandidateSpec&) = default;
};

// Somebody who must attend: a person who is given, or one who is chosen among candidates together with the
// timetable. One person may hold several given seats of a defence; the rule one_seat tells whether whoever is
// chosen may hold another one.
struct SeatSpec {
  std::string person;  // key; empty: the seat is open
  std::string role;    // "president", "supervisor", "student", ...
  bool remote =
      false;  // attends on video: needs no travel. The equipment it takes is to be listed with the defence.
  std::vector<CandidateSpec> candidates;  // of an open seat: 1 to 255, in any order; of a given one: none
  bool shared = false;  // of an open seat: whoever holds it may hold another one, whatever one_seat says
  // Of a given seat: a guest, who is wanted and told, but without whom the defence takes place as well. No
  // rule minds where guests are or whether they can come, but role_absence and jury_size, which count them.
  bool guest = false;

  friend bool operator==(const SeatSpec&, const SeatSpec&) = default;
};

// Where a defence is in the published timetable.
struct ReferenceSpec {
  Minute start = 0;
  std::string room;  // key, or empty: a room that is none of the problem's

  friend bool operator==(const ReferenceSpec&, const ReferenceSpec&) = default;
};

// Whether everybody attends a defence on site, or somebody on video.
enum class Mode { kOnSite, kVideo };

// Which aspects of a placement are fixed, each by itself.
struct PinSpec {
  std::optional<int32_t> day;  // days since the first date
  std::optional<Minute> time;  // start, in minutes since midnight of its day: 0 to 1439
  std::optional<std::string> room;
  std::vector<std::string> jurors;  // keys of persons who must attend
  std::optional<Mode> mode;

  friend bool operator==(const PinSpec&, const PinSpec&) = default;
};

struct DefenceSpec {
  std::string key;                     // unique among defences: "theses/42"
  std::string label;                   // for sentences: "Léa Martin"
  int32_t duration_minutes = 60;       // 1 to 1440
  std::vector<SeatSpec> seats;         // at least one that is no guest's; at most 64 are open
  std::vector<std::string> equipment;  // what the room must have
  int32_t capacity = 0;                // seats the room must have
  std::string topic;  // specialisation, programme, ...; defences of one go together; may be empty
  std::vector<std::string> subjects;  // that somebody who attends should know; in any order
  int32_t expected_people = 0;        // for the rule jury_size: 0 to 1,000,000
  std::string cohort;                 // degree, year, ...; a room's day has one of them rather; may be empty
  std::vector<Interval> allowed;      // school weeks of the cohort; empty: any time
  std::optional<ReferenceSpec> reference;
  PinSpec pin;

  friend bool operator==(const DefenceSpec&, const DefenceSpec&) = default;
};

// The break that each room has on one date, between two defences, before the first or after the last one.
struct PauseSpec {
  Interval begins;             // when it may begin; within one date
  int32_t least_minutes = 0;   // 0 to 1440: what is shorter is no break; of 0: that nothing lasts through it
  int32_t wanted_minutes = 0;  // least_minutes to 1440
  // When it must be over; absent: when the last window of the date closes.
  std::optional<Minute> until = std::nullopt;

  friend bool operator==(const PauseSpec&, const PauseSpec&) = default;
};

// What a time of the day costs.
struct HourCostSpec {
  Minute time = 0;   // minutes since midnight: 0 to 1440
  int32_t cost = 0;  // points: 0 to 1,000,000

  friend bool operator==(const HourCostSpec&, const HourCostSpec&) = default;
};

struct ProblemSpec {
  std::string first_date;  // "2027-06-14"
  // When the timetable is made, for how short the notice of a change is and what has taken place already; may
  // lie before the first date. Absent: before all that is known.
  std::optional<Minute> now;
  std::vector<Interval> opening;  // when defences may take place (hours minus breaks); each within one date
  int32_t grid_minutes = 15;      // starts are at multiples of this from the beginning of each opening window
  int32_t buffer_minutes = 0;     // between two defences in one room
  int32_t travel_minutes = 0;     // what a person needs between two defences on different sites
  std::vector<PersonSpec> persons;
  std::vector<RoomSpec> rooms;
  std::vector<DefenceSpec> defences;
  std::vector<RuleSetting> rules;   // only those that differ from the rulebook
  std::vector<RoleSpec> roles;      // only those that cost something or are limited
  std::vector<PauseSpec> pauses;    // at most one a date
  std::vector<HourCostSpec> early;  // for whatever begins before that time; costs add up
  std::vector<HourCostSpec> late;   // for whatever ends after it; costs add up

  friend bool operator==(const ProblemSpec&, const ProblemSpec&) = default;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_PROBLEM_SPEC_H_
