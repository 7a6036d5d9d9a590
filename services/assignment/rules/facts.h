#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_RULES_FACTS_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_RULES_FACTS_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/assignment/jury.h"
#include "services/assignment/profile.h"
#include "services/assignment/rules/rule.h"

// What a jury is judged by: who its members are and what they judge.
namespace soutenance::assignment::rules {

// One person, as far as a rule asks.
struct PersonFacts {
  std::string person;     // "people/ana"
  bool is_known = false;  // has a profile
  Rank rank = Rank::kUnknown;
  Sector sector = Sector::kUnknown;
  std::string institution;  // as Fold makes it
  std::string company;
  bool may_preside = false;
  bool emeritus = false;
  bool habilitated = false;
  std::vector<std::string> languages;
  std::vector<std::string> keywords;  // as Fold makes them
  Gender gender = Gender::kUnknown;
  LoadLimits load;
  // Seats on other juries of the same campaign, by role.
  std::map<Seat::Role, int> seats_elsewhere;
};

// The facts of `profile`, without seats elsewhere; of somebody without profile: PersonFacts{.person = ...}.
PersonFacts FactsOf(const Profile& profile);

// The thesis that is judged and its defence, as far as a rule asks.
struct Context {
  bool knows_thesis = true;  // false: the next four are not known, and what needs them is not measured
  std::vector<std::string> authors;  // "people/ana"
  std::string supervisor;
  std::string company_tutor;
  std::string language;                     // "fr", or empty
  std::vector<std::string> keywords;        // as Fold makes them; empty: not known
  std::optional<absl::CivilDay> posted_on;  // the day on which the composition was or will be posted
  std::optional<absl::CivilDay> defence_on;
};

// One seat of a jury.
struct SeatFacts {
  const PersonFacts* person = nullptr;  // null: the seat is open, somebody will hold it
  Seat::Role role = Seat::Role::kExaminer;
  Seat::Mode mode = Seat::Mode::kOnSite;
};

// One person on a jury with everything they hold, or one open seat.
struct Member {
  const PersonFacts* person = nullptr;  // null: an open seat
  Roles roles;
  bool is_remote = false;
};

// The members that hold `seats`: each person once, whatever their roles, then the open seats; in an order
// that does not depend on that of `seats`. Somebody with two seats is on site if one of them is.
std::vector<Member> MembersOf(const std::vector<SeatFacts>& seats);

}  // namespace soutenance::assignment::rules

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_RULES_FACTS_H_
