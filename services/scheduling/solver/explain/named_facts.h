#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_NAMED_FACTS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_NAMED_FACTS_H_

#include <functional>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "services/scheduling/solver/constraints/catalogue.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"

namespace soutenance::scheduling::solver {

enum class PinAspect { kNone, kDay, kTime, kRoom, kJurors, kMode };

// A fact that a coordinator can name, of a rule that is hard:
//   availability, if_needed            what a person cannot do on a day        person, day
//   person_clash                       a person attends one at a time          person
//   person_day_load, _campaign_load,
//   person_days, consecutive_room      a limit of a person                     person
//   role_limit                         how often a person holds a role at most        person, role
//   room_clash                         there are no more rooms than these      day
//   room_opening                       a room is closed at times of a day      room, day
//   pinned                             an aspect of a pin                      defence, aspect
//   others                             what one defence asks for               defence
// Taken for granted: the hours and the grid of the campaign.
struct NamedFact {
  RuleId rule;
  std::optional<PersonId> person;
  std::optional<RoomId> room;
  std::optional<DefenceId> defence;
  std::optional<DayId> day;
  PinAspect aspect = PinAspect::kNone;
  std::optional<RoleId> role = std::nullopt;
};

// A start of the grid, with the end of its opening window.
struct GridStart {
  Minute start;
  Minute window_end;
  DayId day;
};

// The facts of a problem, numbered from 0, and which of them forbid what. Refers to its problem and rules.
class NamedFacts {
 public:
  // `should_stop`, which may be null, is asked now and then; once it says so, facts are missing.
  // Without `minds_rooms` there are none about rooms.
  NamedFacts(const Problem& problem, const RuleSet& rules, const std::function<bool()>& should_stop = nullptr,
             bool minds_rooms = true);

  const std::vector<NamedFact>& list() const { return list_; }
  int count() const { return static_cast<int>(list_.size()); }

  // Every start of the grid, ascending.
  const std::vector<GridStart>& starts() const { return starts_; }

  // The facts that forbid `defence` at that start in any room; in that room at any time; there and then.
  std::vector<int> OfStart(DefenceId defence, const GridStart& start) const;
  std::vector<int> OfRoom(DefenceId defence, RoomId room) const;
  std::vector<int> OfBoth(DefenceId defence, const GridStart& start, RoomId room) const;

  // The number of a fact; -1: there is none.
  int OfPerson(RuleId rule, PersonId person) const { return Find(rule, static_cast<int>(person), -1); }
  int OfPersonDay(RuleId rule, PersonId person, DayId day) const {
    return Find(rule, static_cast<int>(person), static_cast<int>(day));
  }
  int OfRole(PersonId person, RoleId role) const {
    return Find(RuleId::kRoleLimit, static_cast<int>(person), static_cast<int>(role));
  }
  int OfRooms(DayId day) const { return Find(RuleId::kRoomClash, -1, static_cast<int>(day)); }
  int OfRoomDay(RoomId room, DayId day) const {
    return Find(RuleId::kRoomOpening, static_cast<int>(room), static_cast<int>(day));
  }
  int OfDefence(RuleId rule, DefenceId defence, PinAspect aspect = PinAspect::kNone) const {
    return Find(rule, static_cast<int>(defence), static_cast<int>(aspect));
  }

  // Whether some fact is about one room more than another, so that it matters which room is which.
  bool HasRoomDemands() const { return has_room_demands_; }
  bool HasClosures() const { return has_closures_; }

  bool MindsRooms() const { return minds_rooms_; }

  // Whether every hard rule is among the facts, and everybody who attends is known. If not, what cannot hold
  // together still cannot, but what can here may not in truth: of open seats, nothing is said.
  bool IsComplete() const { return is_complete_; }

  // Whether it was asked to stop while it was made: nothing can be told from the facts.
  bool IsCutShort() const { return is_cut_short_; }

 private:
  bool IsStopped(const std::function<bool()>& should_stop) {
    is_cut_short_ = is_cut_short_ || (should_stop && should_stop());
    return is_cut_short_;
  }
  int Find(RuleId rule, int a, int b) const;
  void Add(const NamedFact& fact, int a, int b);
  void AddPersons(const std::function<bool()>& should_stop);
  void AddRoleLimits(PersonId person);
  void AddRooms();
  void AddDefences(const std::function<bool()>& should_stop);
  void AddOfDefence(DefenceId id);
  const Constraint& Ask(RuleId rule) const { return *constraints_[static_cast<std::size_t>(rule)]; }

  const Problem& problem_;
  const bool minds_rooms_;
  std::vector<const Constraint*> constraints_;  // by rule; null: off
  std::vector<NamedFact> list_;
  std::map<std::tuple<RuleId, int, int>, int> numbers_;
  std::vector<GridStart> starts_;
  bool has_room_demands_ = false;
  bool has_closures_ = false;
  bool is_complete_ = true;
  bool is_cut_short_ = false;
};

// Whether NamedFacts know every hard rule of `problem`, and everybody who attends.
bool KnowsAllHardRules(const Problem& problem, const RuleSet& rules);

// The defences in which `person` has a given seat of `role`, ascending.
std::vector<DefenceId> DefencesInRole(const Problem& problem, PersonId person, RoleId role);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_NAMED_FACTS_H_
