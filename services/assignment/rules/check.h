#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_RULES_CHECK_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_RULES_CHECK_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "services/assignment/rules/facts.h"
#include "services/assignment/rules/rule.h"

// The one definition of a legal jury. Everything that proposes, writes, replaces or imports a jury asks it.
//
//   const Checker checker(rule_set);
//   const Verdict verdict = checker.Check(seats, context);
//   if (!verdict.IsAccepted()) ...
//
// A rule is a sum and a judgement: each member adds a Measure to each rule, independently of the others, and
// the total is judged. Whoever tries many juries keeps the totals, adds and subtracts what changes, and
// judges again, without building a jury:
//
//   total[r] += checker.MeasureOf(r, {.person = &bob, .roles = {Seat::Role::kExaminer}}, context);
//   if (checker.Judge(r, total[r], context) == Outcome::kBroken) ...
namespace soutenance::assignment::rules {

// What members add up to under one rule.
struct Measure {
  int counted = 0;  // members who count
  int of = 0;       // members among whom they are counted
  int open = 0;     // open seats among whose holders could be some who count
  int unknown = 0;  // of `of`: members of whom it is not known

  Measure& operator+=(const Measure& other);
  Measure& operator-=(const Measure& other);
  friend bool operator==(const Measure&, const Measure&) = default;
};

// The values are those of soutenance.assignment.v1.JuryRuleVerdict.Outcome.
enum class Outcome {
  kMet = 1,
  kBroken,
  kOpen,        // not yet met, and can still be by those who will hold the open seats
  kUnmeasured,  // what it asks for is not known: the day of the defence, the keywords of the thesis
  kLifted,      // broken, and lifted by a derogation
};

// What one rule says of one jury.
struct RuleVerdict {
  std::size_t rule = 0;  // in Checker: 0 is that no author judges their thesis
  Outcome outcome = Outcome::kMet;
  Measure measure;
  int missing = 0;                        // members too few, or days; 0 if there are enough
  int excess = 0;                         // members too many
  std::vector<std::string> who_counts;    // "people/ana"; empty for kBalance, which never says who
  std::vector<std::string> who_does_not;  // of those among whom is counted
  std::vector<std::string> unknown;       // of whom it is not known; part of who_does_not

  friend bool operator==(const RuleVerdict&, const RuleVerdict&) = default;
};

// What the rules say of one jury, in the order of the rules.
struct Verdict {
  std::vector<RuleVerdict> rules;

  friend bool operator==(const Verdict&, const Verdict&) = default;
};

// A rule set made ready to judge. Immutable; safe for concurrent use.
class Checker {
 public:
  // REQUIRES: CheckRuleSet has nothing against `set`. An empty set judges by rule 0 only.
  explicit Checker(const RuleSet& set);

  // Rule 0 is kAuthors, which no set contains; rule i is the set's rule i - 1.
  std::size_t rule_count() const { return rules_.size(); }
  const Rule& rule(std::size_t i) const { return rules_[i].rule; }

  // The strongest voice that `roles` give.
  Voice VoiceOf(Roles roles) const;

  // What `member` adds under rule `i`. Linear in the length of the rule's words, otherwise constant.
  Measure MeasureOf(std::size_t i, const Member& member, const Context& context) const;

  // What the total `measure` means; never kLifted. Constant time.
  Outcome Judge(std::size_t i, const Measure& measure, const Context& context) const;

  // How many more who count, or how many fewer, would meet rule `i` among as many members; 0 if it is met.
  // For kNotice: days. Constant time.
  int Missing(std::size_t i, const Measure& measure, const Context& context) const;
  int Excess(std::size_t i, const Measure& measure) const;

  // All rules on a whole jury. Does not depend on the order of `seats`.
  Verdict Check(const std::vector<SeatFacts>& seats, const Context& context) const;

 private:
  struct Prepared {
    Rule rule;
    std::vector<std::string> words;  // folded
  };

  // Whether rule `i` looks at `member`.
  bool IsAmong(const Rule& rule, const Member& member) const;
  // Whether a person counts, nothing if that is not known.
  std::optional<bool> Counts(const Prepared& prepared, const Member& member, const Context& context) const;
  std::optional<bool> IsExternal(const PersonFacts& person) const;
  // Whether what rule `i` compares with is known.
  bool IsMeasurable(const Prepared& prepared, const Context& context) const;

  std::vector<Prepared> rules_;
  std::vector<std::string> institutions_;  // folded
  Voice voices_[8];                        // by role
};

// Whether a jury with this verdict is refused on account of `rule`.
bool IsRefused(const Rule& rule, Outcome outcome);

}  // namespace soutenance::assignment::rules

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_RULES_CHECK_H_
