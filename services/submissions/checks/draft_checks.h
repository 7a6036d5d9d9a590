#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_CHECKS_DRAFT_CHECKS_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_CHECKS_DRAFT_CHECKS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/error.h"
#include "services/submissions/checks/finding.h"

namespace soutenance::submissions {

// What was found in one version, as it is kept.
struct DraftChecks {
  std::string thesis;  // the id
  int64_t number = 0;
  bool pending = true;     // it will be looked at; then nothing below is said
  std::string media_type;  // as in Inspection
  int pages = 0;
  int64_t text_bytes = 0;
  bool text_cut_off = false;
  std::vector<Finding> findings;
  absl::Time checked;

  std::string DraftName() const;  // "theses/42/drafts/3"

  friend bool operator==(const DraftChecks&, const DraftChecks&) = default;
};

// What somebody who runs the programme decided about a finding, as it was then.
struct FindingDecision {
  enum class Kind { kOverride, kWithdraw };
  static constexpr std::size_t kWhyBytesMax = 2000;

  Kind kind = Kind::kOverride;
  Finding finding;
  std::string why;
  std::string account;
  absl::Time decided;

  friend bool operator==(const FindingDecision&, const FindingDecision&) = default;
};

// The decision in force about `finding`; null if it was never accepted, or is no longer. `decisions` are
// those about its version, oldest first.
const FindingDecision* OverrideOf(const Finding& finding, const std::vector<FindingDecision>& decisions);

// What findings mean for the versions that are submitted for one milestone.
struct CheckPolicy {
  static constexpr std::size_t kMediaTypesMax = 50;
  static constexpr int kPagesMax = 1'000'000;

  std::string milestone;                      // "programmes/msi/milestones/final"; empty: none
  std::map<std::string, CheckMeaning> rules;  // by reason
  std::vector<std::string> media_types;       // in order; empty: all
  int pages_max = 0;                          // 0: any

  // What the findings of `reason` mean.
  CheckMeaning MeaningOf(const CheckReason& reason) const;

  std::string Serialize() const;
  static absl::StatusOr<CheckPolicy> Parse(absl::string_view bytes);

  friend bool operator==(const CheckPolicy&, const CheckPolicy&) = default;
};

// Appends to `problems` what may not be so, under the path "policy".
void CheckCheckPolicy(const CheckPolicy& policy, std::vector<FieldViolation>& problems);

// One finding with what follows from it.
struct JudgedFinding {
  Finding finding;
  const CheckReason* reason;  // never null
  CheckMeaning meaning;       // a remark if it was accepted
  // Whether it may be accepted, and whether it was, although it has to be corrected.
  bool can_be_overridden = false;
  bool is_overridden = false;
  std::optional<FindingDecision> decision = std::nullopt;  // nothing for those who may not know
};

// What the caller of a check is told.
struct JudgedChecks {
  DraftChecks checks;
  std::vector<JudgedFinding> findings;  // those of the policy included, in the order of AllChecks
  CheckMeaning outcome = CheckMeaning::kNone;
  std::vector<FindingDecision> decisions = {};  // oldest first; nothing for those who may not know
};
JudgedChecks Judge(DraftChecks checks, const CheckPolicy& policy, std::vector<FindingDecision> decisions);

// Takes out who decided what about findings, and why.
void HideDealings(JudgedChecks& judged);

// Whether a file of this type may have this name: names without a known ending fit everything.
bool NameFits(absl::string_view file_name, absl::string_view media_type);

// "remark".
absl::string_view MeaningName(CheckMeaning meaning);
std::optional<CheckMeaning> MeaningOfName(absl::string_view name);

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_CHECKS_DRAFT_CHECKS_H_
