#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_PROBLEM_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_PROBLEM_H_

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/scheduling/solver/model/ids.h"
#include "services/scheduling/solver/model/problem_spec.h"
#include "services/scheduling/solver/model/rules.h"
#include "services/scheduling/solver/model/time.h"

namespace soutenance::scheduling::solver {

// One day of the campaign.
struct Day {
  int32_t offset;                                 // days since the first date
  std::vector<Interval> opening;                  // normalised; at least one
  std::optional<PauseSpec> pause = std::nullopt;  // that each room has
};

struct RoleLimit {
  RoleId role;
  int32_t max_per_day;  // 0: no limit
  int32_t max_total;    // 0: no limit
};

struct Person {
  std::string key;
  std::string name;
  std::vector<Interval> blocked;       // normalised
  std::vector<Interval> if_needed;     // normalised
  int32_t max_per_day;                 // 0: no limit
  int32_t max_total;                   // 0: no limit
  int32_t weight;                      // at least 1
  std::vector<SubjectId> subjects;     // ascending
  std::vector<int32_t> nearness;       // points by wait in steps of the grid
  std::vector<int32_t> room_change;    // likewise
  std::vector<RoleLimit> role_limits;  // by role, ascending; only those that limit something
  std::vector<DefenceId> defences;     // those in which he or she has a given seat, ascending
  std::vector<DefenceId> candidacies;  // those with an open seat that he or she may hold, ascending
};

struct Room {
  std::string key;
  std::string name;
  SiteId site;
  int32_t capacity;
  std::vector<std::string> equipment;  // sorted
  std::vector<Interval> open;          // normalised; may reach beyond the campaign's opening
};

struct CombinedRole {
  RoleId role;
  int32_t cost;
};

struct LoadBand {
  int32_t low;
  int32_t high;
  int32_t cost;
  std::vector<PersonId> only;  // ascending; empty: everybody

  // What it costs if `person` holds `count` seats of the role.
  int64_t CostOf(PersonId person, int count) const {
    if (count >= low && count <= high) return 0;
    return only.empty() || std::binary_search(only.begin(), only.end(), person) ? cost : 0;
  }
};

// A role for which something is said.
struct Role {
  std::string name;
  int32_t absence_cost;
  int32_t change_cost;
  std::vector<LoadBand> load;
  std::vector<CombinedRole> combined;  // by role, ascending
  int32_t mix_cost = 0;
  int32_t day_change_cost = 0;
  // Of a role with load bands: everybody who has a given seat of it or may hold an open one, ascending.
  std::vector<PersonId> people;
};

struct Seat {
  PersonId person;
  std::string role;
  bool remote;
  std::optional<RoleId> role_id = std::nullopt;  // if something is said about the role
};

struct Candidate {
  PersonId person;
  int32_t cost;
};

// A seat whose holder is chosen together with the timetable.
struct OpenSeat {
  std::string role;
  bool remote;
  std::vector<Candidate> candidates;             // by person, ascending; at least one
  std::optional<uint8_t> pinned;                 // the position of the one who must hold it: a pinned juror
  bool shared = false;                           // may be held by somebody with another seat
  std::optional<RoleId> role_id = std::nullopt;  // if something is said about the role
};

// The position of `person` among the candidates of `seat`; absent if he or she is none.
std::optional<uint8_t> FindCandidate(const OpenSeat& seat, PersonId person);

// A person who attends a defence, once, whatever the number of seats.
struct Attendee {
  PersonId person;
  bool remote;  // all seats are remote
};

struct Reference {
  Minute start;
  std::optional<RoomId> room;  // absent: a room that is none of the problem's
};

struct Pin {
  std::optional<int32_t> day;  // days since the first date
  std::optional<Minute> time;  // minutes since midnight of the day
  std::optional<RoomId> room;
  std::vector<PersonId> jurors;  // who must attend, ascending
  std::optional<Mode> mode;

  bool IsEmpty() const { return !day && !time && !room && jurors.empty() && !mode; }
};

struct Defence {
  std::string key;
  std::string label;
  int32_t duration_minutes;
  std::vector<Seat> seats;             // those that are given, in that order
  std::vector<Attendee> attendees;     // of these seats, by person, ascending
  std::vector<OpenSeat> open_seats;    // in the order given; at most kOpenSeatsMax
  std::vector<Seat> guests;            // seats of people who are wanted, but without whom it takes place, too
  std::vector<std::string> equipment;  // sorted
  int32_t capacity;
  std::optional<TopicId> topic;
  std::vector<SubjectId> subjects;  // ascending
  int32_t expected_people = 0;
  int32_t cohort = -1;            // a number; -1: none
  std::vector<Interval> allowed;  // normalised; empty: any time
  std::optional<Reference> reference;
  Pin pin;
};

// Whether all pinned jurors can attend `defence`: each has a given seat or a reserved open one.
bool KeepsPinnedJurors(const Defence& defence);
// Whether `defence`, which has no open seat, has the mode that is pinned.
bool KeepsPinnedMode(const Defence& defence);

// The facts of a campaign, validated once and immutable: what the solver works on. Persons, rooms and
// defences are numbered in the order of their keys. Safe for concurrent use.
class Problem {
 public:
  // Returns INVALID_ARGUMENT with one field violation for each thing that is wrong, all of them at once: a
  // key that is empty, given twice or unknown, a number out of range, an opening that spans two dates, an
  // unknown rule, a level it may not have, or more of something than model/limits.h allows. A problem without
  // days, rooms or defences is legal.
  static absl::StatusOr<Problem> Create(ProblemSpec spec);

  // The facts in canonical form: sorted and merged, an empty name or label replaced by the key, only rules
  // that differ from the rulebook. Problem::Create of it gives an equal problem.
  const ProblemSpec& spec() const { return spec_; }

  int PersonCount() const { return static_cast<int>(persons_.size()); }
  int RoomCount() const { return static_cast<int>(rooms_.size()); }
  int DefenceCount() const { return static_cast<int>(defences_.size()); }
  // Whether some defence has an open seat.
  bool HasOpenSeats() const { return has_open_seats_; }
  // Whether rooms have a pause on some day.
  bool HasPauses() const { return !spec_.pauses.empty(); }
  int DayCount() const { return static_cast<int>(days_.size()); }
  int SubjectCount() const { return static_cast<int>(subjects_.size()); }
  int TopicCount() const { return static_cast<int>(topics_.size()); }
  int RoleCount() const { return static_cast<int>(roles_.size()); }

  const Person& person(PersonId id) const { return persons_[Index(id)]; }
  const Room& room(RoomId id) const { return rooms_[Index(id)]; }
  const Defence& defence(DefenceId id) const { return defences_[Index(id)]; }
  const Day& day(DayId id) const { return days_[Index(id)]; }
  const Role& role(RoleId id) const { return roles_[Index(id)]; }
  const std::string& site(SiteId id) const { return sites_[Index(id)]; }
  const std::string& subject(SubjectId id) const { return subjects_[Index(id)]; }
  const std::string& topic(TopicId id) const { return topics_[Index(id)]; }

  const std::vector<Person>& persons() const { return persons_; }
  const std::vector<Room>& rooms() const { return rooms_; }
  const std::vector<Defence>& defences() const { return defences_; }
  const std::vector<Day>& days() const { return days_; }
  const std::vector<Role>& roles() const { return roles_; }

  std::optional<PersonId> FindPerson(absl::string_view key) const;
  std::optional<RoomId> FindRoom(absl::string_view key) const;
  std::optional<DefenceId> FindDefence(absl::string_view key) const;

  // When the timetable is made.
  std::optional<Minute> now() const { return spec_.now; }
  int32_t grid_minutes() const { return spec_.grid_minutes; }
  int32_t buffer_minutes() const { return spec_.buffer_minutes; }
  int32_t travel_minutes() const { return spec_.travel_minutes; }

  // The campaign's day of `minute`; absent if defences may not take place on that date.
  std::optional<DayId> DayOf(Minute minute) const {
    const auto offset = static_cast<std::size_t>(minute / kMinutesPerDay);
    if (minute < 0 || offset >= day_of_offset_.size() || day_of_offset_[offset] < 0) return std::nullopt;
    return static_cast<DayId>(day_of_offset_[offset]);
  }

  // The date of `minute`, for people. REQUIRES: minute >= 0.
  absl::CivilDay DateOf(Minute minute) const { return first_date_ + minute / kMinutesPerDay; }
  absl::CivilDay first_date() const { return first_date_; }

  // The time that `defence` takes if it starts at `start`.
  Interval TimeOf(DefenceId defence, Minute start) const {
    return {start, start + defences_[Index(defence)].duration_minutes};
  }

  const RuleInForce& rule(RuleId id) const { return rules_[static_cast<std::size_t>(id)]; }
  const std::vector<RuleInForce>& rules() const { return rules_; }

 private:
  Problem() = default;
  friend class ProblemBuilder;

  ProblemSpec spec_;
  absl::CivilDay first_date_;
  std::vector<Day> days_;
  std::vector<int32_t> day_of_offset_;  // by days since the first date; -1: closed
  std::vector<Person> persons_;
  std::vector<Room> rooms_;
  std::vector<Defence> defences_;
  std::vector<std::string> sites_;
  std::vector<std::string> topics_;
  std::vector<std::string> subjects_;
  std::vector<Role> roles_;
  bool has_open_seats_ = false;
  std::vector<RuleInForce> rules_;
  absl::flat_hash_map<std::string, PersonId> person_by_key_;
  absl::flat_hash_map<std::string, RoomId> room_by_key_;
  absl::flat_hash_map<std::string, DefenceId> defence_by_key_;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_PROBLEM_H_
