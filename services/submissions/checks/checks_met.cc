#include "services/submissions/checks/checks_met.h"

#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/status.h"

namespace soutenance::submissions {

absl::StatusOr<std::vector<Unmet>> ChecksMet::UnmetFor(ThesisEvent event, const Thesis& thesis) const {
  std::vector<Unmet> unmet;
  if (event != ThesisEvent::kReceive) return unmet;
  JudgedChecks judged;
  RETURN_IF_ERROR(store_.Read([&](const CheckStore::Reader& reader) -> absl::Status {
    judged = {};
    ASSIGN_OR_RETURN(const auto deposit, reader.FindDeposit(thesis.id));
    if (!deposit) return absl::OkStatus();
    ASSIGN_OR_RETURN(DraftChecks checks, reader.Find(thesis.id, deposit->number));
    ASSIGN_OR_RETURN(const CheckPolicy policy, reader.FindPolicy(deposit->milestone));
    ASSIGN_OR_RETURN(std::vector<FindingDecision> decisions,
                     reader.ListDecisions(thesis.id, deposit->number));
    judged = Judge(std::move(checks), policy, std::move(decisions));
    return absl::OkStatus();
  }));
  std::set<std::string> red;
  for (const JudgedFinding& each : judged.findings) {
    if (each.meaning == CheckMeaning::kToCorrect) red.insert(each.finding.reason);
  }
  if (red.empty()) return unmet;
  unmet.push_back({.word = "checks_met",
                   .explanation = absl::StrCat("version ", judged.checks.number, " has to be corrected (",
                                               absl::StrJoin(red, ", "),
                                               "); ask for its completion, or accept what can be accepted "
                                               "with OverrideFinding"),
                   .is_waivable = false});
  return unmet;
}

}  // namespace soutenance::submissions
