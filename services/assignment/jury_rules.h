#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_JURY_RULES_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_JURY_RULES_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "services/assignment/assignment_store.h"
#include "services/assignment/jury.h"
#include "services/assignment/rules/check.h"
#include "services/assignment/rules/facts.h"
#include "services/assignment/rules/words.h"
#include "services/assignment/thesis_lookup.h"
#include "services/base/error.h"

// What the rules of its programme say of a jury. Every path that writes a jury passes through CheckJuryRules,
// inside its transaction, and everything that only asks passes through JudgeJuries: they cannot disagree.
namespace soutenance::assignment {

// What one rule says of one jury, with the rule.
struct JudgedRule {
  rules::Rule rule;
  rules::RuleVerdict verdict;
  std::string derogation_reason;  // if lifted
};

// What all rules say of one jury.
struct JudgedJury {
  std::string thesis;  // id
  rules::Context context;
  std::vector<JudgedRule> rules;  // that no author judges their thesis first, then as in the rule set

  // Whether it may be written.
  bool IsAccepted() const;
};

// What is known beyond the store.
struct JudgedBy {
  // By id: of the theses to be judged and of others on whose jury the same people sit. What is missing is
  // judged as a thesis of which nothing is known; a seat elsewhere counts if programme and cohort are the
  // same, as far as known.
  const std::map<std::string, ThesisFacts>& theses;
  std::optional<absl::CivilDay> posted_on;
  std::optional<absl::CivilDay> defence_on;
};

// The facts about each of `people` ("people/ana"), without seats elsewhere: from their profiles, and those
// who have none.
absl::StatusOr<std::map<std::string, rules::PersonFacts>> FindPeopleFacts(
    const AssignmentStore::Reader& reader, const std::set<std::string>& people);

// What a rule may ask about a thesis; null: nothing is known of it.
rules::Context ContextOf(const ThesisFacts* thesis);

// The verdicts on `juries`, in their order, as if all of them were written at once: seats elsewhere are those
// of other stored juries and of the others among `juries`.
absl::StatusOr<std::vector<JudgedJury>> JudgeJuries(const AssignmentStore::Reader& reader,
                                                    const std::vector<const Jury*>& juries,
                                                    const JudgedBy& by);

// What a rule says of a jury, in one sentence: what is required and measured, who counts, the source and the
// way out; if it is lifted, why.
std::string SentenceOf(const JudgedJury& jury, const JudgedRule& rule, rules::Language language);

// The verdicts on one jury for who tries many: `people` has everybody on it with their seats elsewhere,
// `derogations` those for its thesis. The same code judges the juries that are written.
JudgedJury JudgeJury(const rules::Checker& checker, const Jury& jury,
                     const std::map<std::string, rules::PersonFacts>& people, const rules::Context& context,
                     const std::vector<Derogation>& derogations);

// OK if all of `juries` may be written; otherwise FAILED_PRECONDITION, reason JURY_RULE_BROKEN, with one
// violation a rule and jury that says what is required and measured, who counts, the source and the way out.
absl::Status CheckJuryRules(const AssignmentStore::Reader& reader, const std::vector<const Jury*>& juries,
                            const JudgedBy& by);

// The ids of theses, other than those of `juries`, that JudgeJuries wants to know for seats elsewhere; none
// if no rule asks.
absl::StatusOr<std::set<std::string>> ThesesElsewhere(const AssignmentStore::Reader& reader,
                                                      const std::vector<const Jury*>& juries);

// Appends the rules that hold whatever the programme asks, and that `jury` breaks: "author_on_jury".
void AppendBrokenRules(const Jury& jury, const ThesisFacts& thesis,
                       std::vector<PreconditionViolation>& broken);

// FAILED_PRECONDITION, reason JURY_RULE_BROKEN, with one violation a rule and jury. REQUIRES: `broken` is not
// empty.
absl::Status JuryRuleBroken(std::vector<PreconditionViolation> broken);

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_JURY_RULES_H_
