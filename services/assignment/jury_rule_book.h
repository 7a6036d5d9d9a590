#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_JURY_RULE_BOOK_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_JURY_RULE_BOOK_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/assignment/assignment_store.h"
#include "services/assignment/derogation.h"
#include "services/assignment/jury.h"
#include "services/assignment/jury_rules.h"
#include "services/assignment/programme_lookup.h"
#include "services/assignment/rule_store.h"
#include "services/assignment/rules/rule.h"
#include "services/assignment/thesis_lookup.h"
#include "services/base/caller.h"
#include "services/base/clock.h"
#include "services/base/mutation.h"
#include "services/base/page.h"

namespace soutenance::assignment {

// Rules in place of those a programme has, or has not.
struct RuleSetReplacement {
  rules::RuleSet set;              // its own version is not read
  std::optional<int64_t> version;  // refused if the stored one has another now, or there is none
};

// Which juries are to be judged.
struct CheckQuery {
  static constexpr std::size_t kJuriesMax = 200;

  std::string programme;                    // "programmes/msi"
  std::vector<std::string> theses;          // ids: the stored juries of these; at most kJuriesMax
  std::vector<Jury> juries;                 // as they could be; at most kJuriesMax
  PageRequest page;                         // of all stored juries of the programme, if neither is given
  std::optional<absl::CivilDay> posted_on;  // today if not given
  std::optional<absl::CivilDay> defence_on;
};

// A verdict and what may be said about it when it is shown.
struct Judgements {
  std::vector<JudgedJury> juries;
  std::string next;  // as Page::next
};

// The use cases about rules and derogations, with every refusal. Callers have passed the call pipeline. Rules
// are no secret; verdicts and derogations are known to those who run the programme. Safe for concurrent use.
//
// All return what the stores and, where noted, submissions return when they cannot be reached: UNAVAILABLE.
class JuryRuleBook {
 public:
  // All must outlive it; the stores are those of one database.
  JuryRuleBook(RuleStore& rules, const AssignmentStore& juries, const ThesisLookup& theses,
               const ProgrammeLookup& programmes, const Clock& clock)
      : rules_(rules), juries_(juries), theses_(theses), programmes_(programmes), clock_(clock) {}

  // `programme` is an id. NOT_FOUND, reason JURY_RULES_NOT_FOUND, if it has none.
  absl::StatusOr<rules::RuleSet> GetRules(absl::string_view programme) const;

  // PERMISSION_DENIED, reason ROLE_NOT_ALLOWED, if `caller` is neither head nor administrator of the
  // programme; INVALID_ARGUMENT, reason FIELD_INVALID, as rules::CheckRuleSet or for a programme that the
  // directory does not know; ABORTED, reason STALE_ETAG.
  // The same rules again leave the version as it is. Juries are not looked at.
  absl::StatusOr<rules::RuleSet> SetRules(const Caller& caller, const RuleSetReplacement& replacement,
                                          const Mutation& mutation);

  // Asks submissions. PERMISSION_DENIED if `caller` does not run the programme; INVALID_ARGUMENT for a jury
  // that names another one, or that CheckJury refuses. Theses without jury are left out.
  absl::StatusOr<Judgements> CheckJuries(const Caller& caller, const CheckQuery& query) const;

  // Asks submissions. Reads `thesis`, `rule` and `reason` of `derogation`. NOT_FOUND, reason THESIS_NOT_FOUND
  // or RULE_NOT_FOUND; PERMISSION_DENIED as SetRules; FAILED_PRECONDITION, reason RULE_NOT_DEROGABLE;
  // INVALID_ARGUMENT without reason. Granting again replaces the reason.
  absl::StatusOr<Derogation> GrantDerogation(const Caller& caller, const Derogation& derogation,
                                             const Mutation& mutation);

  // Returns what was taken back. NOT_FOUND, reason DEROGATION_NOT_FOUND, if there is none or `caller` does
  // not run the programme; PERMISSION_DENIED as SetRules.
  absl::StatusOr<Derogation> RevokeDerogation(const Caller& caller, const std::string& thesis,
                                              const std::string& rule, const Mutation& mutation);

  // `programme` is an id. PERMISSION_DENIED if `caller` does not run it.
  absl::StatusOr<Page<Derogation>> ListDerogations(const Caller& caller, const std::string& programme,
                                                   const PageRequest& page) const;

  // Whether `derogation` does not hold any more, because the rule asks for something else or is gone.
  absl::StatusOr<bool> HasLapsed(const Derogation& derogation) const;

 private:
  RuleStore& rules_;
  const AssignmentStore& juries_;
  const ThesisLookup& theses_;
  const ProgrammeLookup& programmes_;
  const Clock& clock_;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_JURY_RULE_BOOK_H_
