#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_MODEL_PROBLEM_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_MODEL_PROBLEM_H_

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/assignment/compose/model/slots.h"

namespace soutenance::assignment::compose {

// What seats and juries are worth, in units of the caller's choice: sums are exact. A good seat is best worth
// about a million, so that rounded prices lose nothing.
using Value = int64_t;
inline constexpr Value kValueMax = 1'000'000'000'000;  // of a seat, and of what a place costs

inline constexpr int kThesesMax = 10'000;
inline constexpr int kPeopleMax = 10'000;
inline constexpr int kRolesMax = 16;
inline constexpr int kRulesMax = 100'000;
inline constexpr int kOpenSeatsMax = 12;  // of a thesis
inline constexpr int kUnlimited = std::numeric_limits<int>::max();

// Somebody who may be given seats. What they hold already is no matter here: limits and costs are of what is
// added.
struct PersonSpec {
  std::string key;
  int most = 0;                   // seats
  std::vector<int> most_in_role;  // by role; empty: no limits but `most`
  int most_in_day = kUnlimited;
  // What the first, second, ... seat costs, never less than the one before: whoever has much should get
  // little. The last goes on. Empty: nothing.
  std::vector<Value> costs;
  Slots free;  // when they can come
};

// Something that is counted on every jury it applies to: so many people of some kind in some roles. A share
// is a count, too: at least half of them external is a least of 0 where externals weigh 1 and others -1.
struct RuleSpec {
  std::string key;
  std::string text;          // for witnesses: "at least one external"
  std::vector<int> weights;  // by role, then by person: what somebody counts who sits as that
  int least = std::numeric_limits<int>::min();
  int most = std::numeric_limits<int>::max();
};

struct Candidate {
  int person = 0;
  Value value = 0;  // of this person on this seat
};

// A seat to be given to one of its candidates.
struct SeatSpec {
  int role = 0;
  bool is_optional = false;           // it may stay empty
  std::vector<Candidate> candidates;  // each person once
};

struct GivenSeat {
  int person = 0;
  int role = 0;
};

struct ThesisSpec {
  std::string key;
  std::vector<GivenSeat> given;  // each person once; they stay whatever the rules say of them alone
  std::vector<SeatSpec> open;
  std::vector<int> rules;  // that the jury must obey
  Slots slots;             // when it could be heard
};

struct ProblemSpec {
  std::vector<std::string> roles;  // names
  std::vector<PersonSpec> people;
  std::vector<RuleSpec> rules;
  std::vector<ThesisSpec> theses;
  // Empty: time does not matter. Else the day of each slot, ascending, and how many juries it can hear.
  std::vector<int> slot_days;
  std::vector<int> slot_places;
  // What a jury gains when its people have one, two, ... slots in common, never less than with one fewer; it
  // must have one.
  std::vector<Value> slot_values;
};

// Theses, people and what a legal jury is. Immutable and checked; everything is numbered from 0 in the order
// of the spec. Safe for concurrent use.
class Problem {
 public:
  // INVALID_ARGUMENT with a violation for each fault: empty or repeated keys, numbers out of range, somebody
  // twice on a jury or among candidates, costs that fall.
  static absl::StatusOr<Problem> Create(ProblemSpec spec);

  int theses() const { return static_cast<int>(spec_.theses.size()); }
  int people() const { return static_cast<int>(spec_.people.size()); }
  int roles() const { return static_cast<int>(spec_.roles.size()); }
  const ThesisSpec& thesis(int number) const { return spec_.theses[static_cast<size_t>(number)]; }
  const PersonSpec& person(int number) const { return spec_.people[static_cast<size_t>(number)]; }
  const RuleSpec& rule(int number) const { return spec_.rules[static_cast<size_t>(number)]; }
  // What somebody counts for a rule.
  int Weight(int rule, int role, int person) const {
    return this->rule(rule).weights[static_cast<size_t>(role * people() + person)];
  }
  bool HasSlots() const { return !spec_.slot_days.empty(); }

  // How many seats somebody can be given: their limit, and not more than their days and slots allow.
  int Places(int person) const { return places_[static_cast<size_t>(person)]; }
  // kUnlimited if only Places limits it.
  int PlacesInRole(int person, int role) const;
  // What the n-th seat costs, from 0.
  Value Cost(int person, int nth) const;

  // The slots in which a thesis can be heard and its given people can come.
  const Slots& SlotsOf(int thesis) const { return slots_[static_cast<size_t>(thesis)]; }
  // What so many common slots are worth.
  Value SlotValue(int slots) const;

  const ProblemSpec& spec() const { return spec_; }

 private:
  explicit Problem(ProblemSpec spec);

  ProblemSpec spec_;
  std::vector<int> places_;
  std::vector<Slots> slots_;
};

}  // namespace soutenance::assignment::compose

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_COMPOSE_MODEL_PROBLEM_H_
