#include "services/submissions/checks/checks.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/programme_roles.h"
#include "services/base/record.h"
#include "services/base/status.h"
#include "services/submissions/thesis_access.h"
#include "services/submissions/thesis_lives.h"

namespace soutenance::submissions {
namespace {

using Reader = CheckStore::Reader;
using Writer = CheckStore::Writer;

// The result of a change that is remembered: there is nothing to say but that it was done.
struct Done {
  std::string Serialize() const { return RecordWriter().Integer(1).bytes(); }
  static absl::StatusOr<Done> Parse(absl::string_view) { return Done{}; }
};

absl::Status TextMissing(const Draft& draft, absl::string_view why) {
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("version ", draft.number, " cannot be compared: ", why),
               {.reason = "TEXT_MISSING", .metadata = {{"draft", draft.Name()}}});
}

// What is known of a version, judged for somebody who may know all of it, as if `supposed` had been decided.
absl::StatusOr<JudgedChecks> JudgedAll(const Reader& reader, const Draft& draft,
                                       const std::vector<FindingDecision>& supposed = {}) {
  ASSIGN_OR_RETURN(DraftChecks checks, reader.Find(draft.thesis, draft.number));
  ASSIGN_OR_RETURN(const CheckPolicy policy, reader.FindPolicy(draft.milestone));
  ASSIGN_OR_RETURN(std::vector<FindingDecision> decisions, reader.ListDecisions(draft.thesis, draft.number));
  decisions.insert(decisions.end(), supposed.begin(), supposed.end());
  return Judge(std::move(checks), policy, std::move(decisions));
}

ErrorFacts FactsOn(absl::string_view reason, const JudgedChecks& judged, const FindingKey& key) {
  return {.reason = std::string(reason),
          .metadata = {{"draft", judged.checks.DraftName()}, {"finding", Shown(key.reason, 100)}}};
}

// The findings with one reason that are to be accepted: there may be several, one for each part of the file.
absl::StatusOr<std::vector<Finding>> ToAccept(const JudgedChecks& judged, const FindingKey& key) {
  if (judged.checks.pending) {
    return Error(absl::StatusCode::kFailedPrecondition,
                 "the version is still to be looked at; decide when it is known what is found",
                 FactsOn("CHECKS_PENDING", judged, key));
  }
  std::vector<Finding> findings;
  bool is_there = false;
  bool is_accepted = false;
  for (const JudgedFinding& each : judged.findings) {
    if (each.finding.reason != key.reason) continue;
    is_there = true;
    is_accepted = is_accepted || each.is_overridden;
    if (each.meaning != CheckMeaning::kToCorrect) continue;
    if (each.reason->is_final) {
      return Error(absl::StatusCode::kFailedPrecondition,
                   absl::StrCat("nobody may accept this: ", each.reason->sentence, "; ", each.reason->way_out,
                                ", after the event ASK_COMPLETION if it is deposited"),
                   FactsOn("FINDING_FINAL", judged, key));
    }
    findings.push_back(each.finding);
  }
  if (!findings.empty()) return findings;
  if (!is_there) {
    return Error(absl::StatusCode::kNotFound,
                 "no such thing was found in the version; GetDraftChecks tells what was",
                 FactsOn("FINDING_NOT_FOUND", judged, key));
  }
  if (is_accepted) {
    return Error(absl::StatusCode::kAlreadyExists, "this finding is accepted already",
                 FactsOn("OVERRIDE_EXISTS", judged, key));
  }
  return Error(absl::StatusCode::kFailedPrecondition, "nothing has to be corrected because of this finding",
               FactsOn("FINDING_NOT_RED", judged, key));
}

// The findings with one reason that were accepted and are no longer to be; those that are gone included.
absl::StatusOr<std::vector<Finding>> ToWithdraw(const JudgedChecks& judged, const FindingKey& key) {
  std::vector<Finding> findings;
  for (const FindingDecision& each : judged.decisions) {
    if (each.finding.reason == key.reason && OverrideOf(each.finding, judged.decisions) == &each) {
      findings.push_back(each.finding);
    }
  }
  if (!findings.empty()) return findings;
  return Error(absl::StatusCode::kNotFound, "nobody accepted such a finding of the version",
               FactsOn("OVERRIDE_NOT_FOUND", judged, key));
}

}  // namespace

absl::StatusOr<JudgedChecks> Checks::Judged(const Caller& caller, const Draft& draft) const {
  JudgedChecks judged;
  bool may_know_why = false;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(judged, JudgedAll(reader, draft));
    if (judged.decisions.empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(const std::optional<Thesis> thesis, reader.FindThesis(draft.thesis));
    may_know_why = thesis && MayRead(caller, *thesis);
    return absl::OkStatus();
  }));
  if (!may_know_why) HideDealings(judged);
  return judged;
}

absl::StatusOr<JudgedChecks> Checks::Get(const Caller& caller, absl::string_view thesis,
                                         int64_t number) const {
  ASSIGN_OR_RETURN(const Draft draft, parts_.drafts.GetDraft(caller, thesis, number));
  return Judged(caller, draft);
}

absl::StatusOr<Page<JudgedChecks>> Checks::List(const Caller& caller, absl::string_view thesis,
                                                const PageRequest& page) const {
  ASSIGN_OR_RETURN(const Page<Draft> drafts, parts_.drafts.ListDrafts(caller, thesis, page));
  Page<JudgedChecks> all;
  for (const Draft& draft : drafts.items) {
    ASSIGN_OR_RETURN(JudgedChecks judged, Judged(caller, draft));
    all.items.push_back(std::move(judged));
  }
  all.next = drafts.next;
  return all;
}

absl::StatusOr<JudgedChecks> Checks::Recheck(const Caller& caller, absl::string_view thesis, int64_t number,
                                             const Mutation& mutation) {
  ASSIGN_OR_RETURN(const Draft draft, parts_.drafts.GetDraft(caller, thesis, number));
  const auto recheck = [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Done> {
    ASSIGN_OR_RETURN(const std::string programme, reader.ProgrammeOf(thesis));
    RETURN_IF_ERROR(CheckRunsProgramme(caller, programme));
    if (writer != nullptr) {
      RETURN_IF_ERROR(writer->Put({.thesis = draft.thesis, .number = draft.number, .pending = true}));
    }
    return Done{};
  };
  RETURN_IF_ERROR(Once<Done>(parts_.store, mutation, parts_.clock.Now(), recheck).status());
  return Judged(caller, draft);
}

absl::StatusOr<JudgedChecks> Checks::Override(const Caller& caller, const FindingKey& finding,
                                              const std::string& why, const Mutation& mutation) {
  return Decide(caller, finding, {.kind = FindingDecision::Kind::kOverride, .why = why}, mutation);
}

absl::StatusOr<JudgedChecks> Checks::WithdrawOverride(const Caller& caller, const FindingKey& finding,
                                                      const std::string& why, const Mutation& mutation) {
  return Decide(caller, finding, {.kind = FindingDecision::Kind::kWithdraw, .why = why}, mutation);
}

absl::StatusOr<JudgedChecks> Checks::Decide(const Caller& caller, const FindingKey& key,
                                            FindingDecision decision, const Mutation& mutation) {
  ASSIGN_OR_RETURN(const Draft draft, parts_.drafts.GetDraft(caller, key.thesis, key.number));
  const absl::Time now = ToMicroseconds(parts_.clock.Now());
  decision.account = AccountOf(caller);
  decision.decided = now;
  std::vector<FindingDecision> made;
  const auto decide = [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Done> {
    made.clear();
    ASSIGN_OR_RETURN(const std::string programme, reader.ProgrammeOf(draft.thesis));
    RETURN_IF_ERROR(CheckRunsProgramme(caller, programme));
    std::vector<FieldViolation> problems;
    if (absl::StripAsciiWhitespace(decision.why).empty()) {
      problems.push_back({.field = "reason", .description = "is empty; say why, the authors will see it"});
    }
    CheckText(decision.why, FindingDecision::kWhyBytesMax, true, "reason", problems);
    if (!problems.empty()) return InvalidFields(std::move(problems));
    ASSIGN_OR_RETURN(const JudgedChecks judged, JudgedAll(reader, draft));
    ASSIGN_OR_RETURN(const std::vector<Finding> findings, decision.kind == FindingDecision::Kind::kOverride
                                                              ? ToAccept(judged, key)
                                                              : ToWithdraw(judged, key));
    for (const Finding& finding : findings) {
      decision.finding = finding;
      made.push_back(decision);
      if (writer != nullptr) RETURN_IF_ERROR(writer->AddDecision(draft.thesis, draft.number, decision));
    }
    return Done{};
  };
  RETURN_IF_ERROR(Once<Done>(parts_.store, mutation, now, decide).status());
  if (!mutation.validate_only) return Judged(caller, draft);
  JudgedChecks supposed;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(supposed, JudgedAll(reader, draft, made));
    return absl::OkStatus();
  }));
  return supposed;
}

absl::StatusOr<std::string> Checks::TextOf(const Draft& draft, bool& cut_off) const {
  DraftChecks checks;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(checks, reader.Find(draft.thesis, draft.number));
    return absl::OkStatus();
  }));
  if (checks.pending) return TextMissing(draft, "it is still to be looked at; try again in a moment");
  if (checks.text_bytes == 0) return TextMissing(draft, "no text was found in it");
  ASSIGN_OR_RETURN(std::optional<std::string> text, parts_.texts.Find(draft.content.sha256));
  if (!text) return TextMissing(draft, "its text is gone; have it looked at again");
  cut_off = cut_off || checks.text_cut_off;
  return *std::move(text);
}

absl::StatusOr<DraftComparison> Checks::Compare(const Caller& caller, absl::string_view thesis,
                                                int64_t number, int64_t other) const {
  ASSIGN_OR_RETURN(const Draft first, parts_.drafts.GetDraft(caller, thesis, number));
  ASSIGN_OR_RETURN(const Draft second, parts_.drafts.GetDraft(caller, thesis, other));
  DraftComparison comparison;
  ASSIGN_OR_RETURN(const std::string first_text, TextOf(first, comparison.cut_off));
  ASSIGN_OR_RETURN(const std::string second_text, TextOf(second, comparison.cut_off));
  comparison.texts = CompareTexts(first_text, second_text);
  return comparison;
}

absl::StatusOr<CheckPolicy> Checks::GetPolicy(const Caller& caller, const MilestoneKey& milestone) const {
  ASSIGN_OR_RETURN(const Milestone found, parts_.milestones.Get(caller, milestone));
  CheckPolicy policy;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(policy, reader.FindPolicy(found.Name()));
    return absl::OkStatus();
  }));
  return policy;
}

absl::StatusOr<CheckPolicy> Checks::SetPolicy(const Caller& caller, const CheckPolicy& policy,
                                              const Mutation& mutation) {
  std::vector<FieldViolation> problems;
  CheckCheckPolicy(policy, problems);
  if (!problems.empty()) return InvalidFields(std::move(problems));
  ASSIGN_OR_RETURN(const MilestoneKey key, ParseMilestoneName(policy.milestone));
  ASSIGN_OR_RETURN(const Milestone milestone, parts_.milestones.Get(caller, key));
  RETURN_IF_ERROR(CheckRunsProgramme(caller, milestone.programme));
  const auto set = [&](const Reader&, Writer* writer) -> absl::StatusOr<CheckPolicy> {
    if (writer != nullptr) RETURN_IF_ERROR(writer->PutPolicy(policy));
    return policy;
  };
  return Once<CheckPolicy>(parts_.store, mutation, parts_.clock.Now(), set);
}

absl::StatusOr<Inspection> Checks::Inspect(const ContentId& id, std::stop_token stop) {
  const auto content = parts_.contents.Open(id.sha256);
  // Nothing that waiting for would mend: the other versions must not wait for it.
  if (absl::IsNotFound(content.status()))
    return Inspection{.findings = {{"file_type", "CONTENT_MISSING", ""}}};
  RETURN_IF_ERROR(content.status());
  ASSIGN_OR_RETURN(Inspection inspection, parts_.inspector.Inspect(id, std::move(stop)));
  if (parts_.scanner != nullptr) inspection.findings.push_back(parts_.scanner->Scan(**content));
  return inspection;
}

absl::StatusOr<std::optional<CheckStore::Pending>> Checks::Take() {
  // Asked under the lock: what another caller has just finished is no longer pending when it is released.
  const absl::MutexLock lock(&mutex_);
  for (std::size_t count = in_hand_.size() + 1;; count *= 8) {
    std::vector<CheckStore::Pending> pending;
    RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
      ASSIGN_OR_RETURN(pending, reader.FindPending(static_cast<int>(count)));
      return absl::OkStatus();
    }));
    for (CheckStore::Pending& each : pending) {
      if (in_hand_.insert(each.thesis).second) return std::move(each);
    }
    if (pending.size() < count) return std::nullopt;
  }
}

void Checks::Release(const std::string& thesis) {
  const absl::MutexLock lock(&mutex_);
  in_hand_.erase(thesis);
}

absl::StatusOr<bool> Checks::CheckNext(std::stop_token stop) {
  ASSIGN_OR_RETURN(const std::optional<CheckStore::Pending> draft, Take());
  if (!draft) return false;
  const absl::Status status = Check(*draft, std::move(stop));
  Release(draft->thesis);
  if (!status.ok()) return status;
  return true;
}

absl::Status Checks::Check(const CheckStore::Pending& draft, std::stop_token stop) {
  ASSIGN_OR_RETURN(Inspection inspection, Inspect(draft.content, std::move(stop)));
  if (!inspection.media_type.empty() && !NameFits(draft.file_name, inspection.media_type)) {
    inspection.findings.push_back({"file_type", "TYPE_MISMATCH", inspection.media_type});
  }
  // The text first: what is remembered of a version must be there.
  if (!inspection.text.empty()) RETURN_IF_ERROR(parts_.texts.Put(draft.content.sha256, inspection.text));
  const DraftChecks checks{.thesis = draft.thesis,
                           .number = draft.number,
                           .pending = false,
                           .media_type = std::move(inspection.media_type),
                           .pages = inspection.pages,
                           .text_bytes = static_cast<int64_t>(inspection.text.size()),
                           .text_cut_off = inspection.text_cut_off,
                           .findings = std::move(inspection.findings),
                           .checked = ToMicroseconds(parts_.clock.Now())};
  return parts_.store.Write([&](Writer& writer) { return writer.Put(checks); });
}

}  // namespace soutenance::submissions
