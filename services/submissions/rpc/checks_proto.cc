#include "services/submissions/rpc/checks_proto.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "services/runtime/wire/fields.h"
#include "services/runtime/wire/pages.h"
#include "services/runtime/wire/requests.h"
#include "services/submissions/rpc/instants.h"

namespace soutenance::submissions {
namespace {

using runtime::IdFromName;
using runtime::Unless;
using Problems = std::vector<FieldViolation>;

pb::CheckVerdict ToProto(CheckVerdict verdict) {
  switch (verdict) {
    case CheckVerdict::kOk:
      return pb::CHECK_VERDICT_OK;
    case CheckVerdict::kWarning:
      return pb::CHECK_VERDICT_WARNING;
    case CheckVerdict::kRefused:
      return pb::CHECK_VERDICT_REFUSED;
    case CheckVerdict::kUnchecked:
      return pb::CHECK_VERDICT_UNCHECKED;
  }
  return pb::CHECK_VERDICT_UNSPECIFIED;
}

pb::CheckMeaning ToProto(CheckMeaning meaning) {
  switch (meaning) {
    case CheckMeaning::kNone:
      return pb::CHECK_MEANING_NONE;
    case CheckMeaning::kRemark:
      return pb::CHECK_MEANING_REMARK;
    case CheckMeaning::kToCorrect:
      return pb::CHECK_MEANING_TO_CORRECT;
  }
  return pb::CHECK_MEANING_UNSPECIFIED;
}

std::optional<CheckMeaning> MeaningFromProto(pb::CheckMeaning meaning) {
  switch (meaning) {
    case pb::CHECK_MEANING_NONE:
      return CheckMeaning::kNone;
    case pb::CHECK_MEANING_REMARK:
      return CheckMeaning::kRemark;
    case pb::CHECK_MEANING_TO_CORRECT:
      return CheckMeaning::kToCorrect;
    default:
      return std::nullopt;
  }
}

pb::ComparedText::Kind ToProto(ComparedText::Kind kind) {
  switch (kind) {
    case ComparedText::Kind::kSame:
      return pb::ComparedText::KIND_SAME;
    case ComparedText::Kind::kRemoved:
      return pb::ComparedText::KIND_REMOVED;
    case ComparedText::Kind::kAdded:
      return pb::ComparedText::KIND_ADDED;
  }
  return pb::ComparedText::KIND_UNSPECIFIED;
}

pb::FindingDecision ToProto(const FindingDecision& decision) {
  pb::FindingDecision message;
  message.set_kind(decision.kind == FindingDecision::Kind::kOverride ? pb::FindingDecision::KIND_OVERRIDE
                                                                     : pb::FindingDecision::KIND_WITHDRAW);
  message.set_check(decision.finding.check);
  message.set_finding(decision.finding.reason);
  message.set_detail(decision.finding.detail);
  message.set_reason(decision.why);
  message.set_account(decision.account);
  SetTime(decision.decided, message.mutable_decision_time());
  return message;
}

template <typename Request>
absl::StatusOr<FindingKey> FindingFromProto(const Request& request) {
  ASSIGN_OR_RETURN(const DraftKey key, DraftFromName(request.name(), "name"));
  if (request.finding().empty()) {
    return InvalidFields(
        {{.field = "finding", .description = "is empty; name the reason of one, such as PDF_JAVASCRIPT"}});
  }
  return FindingKey{.thesis = key.thesis, .number = key.number, .reason = request.finding()};
}

std::string NameOf(const std::string& thesis, int64_t number) {
  return absl::StrCat("theses/", thesis, "/drafts/", number);
}

}  // namespace

absl::StatusOr<ListOf<std::string>> FromProto(const pb::ListDraftChecksRequest& request) {
  Problems problems;
  ListOf<std::string> list{
      .parent = IdFromName(request.parent(), "theses", "parent", problems),
      .page = runtime::PageFromProto(request.page_size(), request.page_token(), problems)};
  return Unless(problems, std::move(list));
}

absl::StatusOr<DraftPair> FromProto(const pb::CompareDraftsRequest& request) {
  ASSIGN_OR_RETURN(const DraftKey first, DraftFromName(request.name(), "name"));
  ASSIGN_OR_RETURN(const DraftKey second, DraftFromName(request.other(), "other"));
  if (first.thesis != second.thesis) {
    return InvalidFields({{.field = "other", .description = "is a version of another thesis"}});
  }
  return DraftPair{first.thesis, first.number, second.number};
}

absl::StatusOr<CheckPolicy> FromProto(const pb::SetCheckPolicyRequest& request) {
  Problems problems;
  const pb::CheckPolicy& given = request.policy();
  CheckPolicy policy{.milestone = given.milestone(), .pages_max = given.pages_max()};
  if (const auto key = ParseMilestoneName(given.milestone()); !key.ok()) {
    problems.push_back({.field = "policy.milestone", .description = std::string(key.status().message())});
  }
  for (const pb::CheckPolicy::Rule& rule : given.rules()) {
    const std::optional<CheckMeaning> meaning = MeaningFromProto(rule.meaning());
    if (!meaning) {
      problems.push_back({.field = "policy.rules.meaning", .description = "is missing or not known here"});
    } else if (!policy.rules.emplace(rule.reason(), *meaning).second) {
      problems.push_back({.field = "policy.rules", .description = "name a reason twice"});
    }
  }
  policy.media_types.assign(given.media_types().begin(), given.media_types().end());
  std::sort(policy.media_types.begin(), policy.media_types.end());
  return Unless(problems, std::move(policy));
}

absl::StatusOr<FindingKey> FromProto(const pb::OverrideFindingRequest& request) {
  return FindingFromProto(request);
}

absl::StatusOr<FindingKey> FromProto(const pb::WithdrawOverrideRequest& request) {
  return FindingFromProto(request);
}

pb::DraftChecks ToProto(const JudgedChecks& judged) {
  const DraftChecks& checks = judged.checks;
  pb::DraftChecks message;
  message.set_draft(checks.DraftName());
  message.set_state(checks.pending ? pb::DraftChecks::STATE_PENDING : pb::DraftChecks::STATE_DONE);
  for (const FindingDecision& each : judged.decisions) *message.add_decisions() = ToProto(each);
  if (checks.pending) return message;
  message.set_outcome(ToProto(judged.outcome));
  message.set_media_type(checks.media_type);
  message.set_pages(checks.pages);
  message.set_text_bytes(checks.text_bytes);
  message.set_text_cut_off(checks.text_cut_off);
  for (const JudgedFinding& each : judged.findings) {
    pb::CheckFinding& finding = *message.add_findings();
    finding.set_check(each.finding.check);
    finding.set_verdict(ToProto(each.reason->verdict));
    finding.set_reason(each.finding.reason);
    finding.set_detail(each.finding.detail);
    finding.set_sentence(std::string(each.reason->sentence));
    finding.set_way_out(std::string(each.reason->way_out));
    finding.set_meaning(ToProto(each.meaning));
    finding.set_can_be_overridden(each.can_be_overridden);
    finding.set_is_overridden(each.is_overridden);
    if (each.decision) *finding.mutable_decision() = ToProto(*each.decision);
  }
  SetTime(checks.checked, message.mutable_check_time());
  return message;
}

pb::DraftComparison ToProto(const DraftPair& pair, const DraftComparison& comparison) {
  pb::DraftComparison message;
  message.set_draft(NameOf(pair.thesis, pair.number));
  message.set_other(NameOf(pair.thesis, pair.other));
  for (const TextDifference& each : comparison.texts.differences) {
    pb::DraftDifference& difference = *message.add_differences();
    difference.set_page(each.page);
    difference.set_other_page(each.other_page);
    difference.set_line(each.line);
    difference.set_other_line(each.other_line);
    for (const ComparedText& part : each.parts) {
      difference.add_parts()->set_kind(ToProto(part.kind));
      difference.mutable_parts()->rbegin()->set_text(part.text);
    }
  }
  message.set_words_removed(comparison.texts.words_removed);
  message.set_words_added(comparison.texts.words_added);
  message.set_left_out(comparison.texts.left_out);
  message.set_cut_off(comparison.cut_off);
  return message;
}

pb::CheckPolicy ToProto(const CheckPolicy& policy) {
  pb::CheckPolicy message;
  message.set_milestone(policy.milestone);
  for (const auto& [reason, meaning] : policy.rules) {
    pb::CheckPolicy::Rule& rule = *message.add_rules();
    rule.set_reason(reason);
    rule.set_meaning(ToProto(meaning));
  }
  for (const std::string& type : policy.media_types) message.add_media_types(type);
  message.set_pages_max(policy.pages_max);
  return message;
}

}  // namespace soutenance::submissions
