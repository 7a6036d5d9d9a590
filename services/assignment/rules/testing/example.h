#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_RULES_TESTING_EXAMPLE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_RULES_TESTING_EXAMPLE_H_

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/assignment/rules/check.h"
#include "services/assignment/rules/facts.h"
#include "services/assignment/rules/rule.h"

// Example juries as people write them, see examples/README.md.
namespace soutenance::assignment::rules {

// What is expected of one rule.
struct Expectation {
  Outcome outcome = Outcome::kMet;
  std::optional<int> counted;
  std::optional<int> of;
};

struct Example {
  RuleSet set;
  Context context;
  std::deque<PersonFacts> people;  // what seats point to
  std::vector<SeatFacts> seats;
  std::map<std::string, Expectation> expected;  // by rule; the others are met
  bool is_accepted = true;
  std::string problem;  // what could not be read; empty: all of it was
};

// Reads one example; `people` is the text of the file "people".
Example ReadExample(absl::string_view text, absl::string_view people);

}  // namespace soutenance::assignment::rules

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_RULES_TESTING_EXAMPLE_H_
