#include "services/submissions/checks/checks.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/programme_roles.h"
#include "services/base/record.h"
#include "services/base/status.h"

namespace soutenance::submissions {
namespace {

using Reader = CheckStore::Reader;
using Writer = CheckStore::Writer;

// The result of Recheck that is remembered: there is nothing to say but that it was done.
struct Rechecked {
  std::string Serialize() const { return RecordWriter().Integer(1).bytes(); }
  static absl::StatusOr<Rechecked> Parse(absl::string_view) { return Rechecked{}; }
};

absl::Status TextMissing(const Draft& draft, absl::string_view why) {
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("version ", draft.number, " cannot be compared: ", why),
               {.reason = "TEXT_MISSING", .metadata = {{"draft", draft.Name()}}});
}

}  // namespace

absl::StatusOr<JudgedChecks> Checks::Judged(const Draft& draft) const {
  DraftChecks checks;
  CheckPolicy policy;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(checks, reader.Find(draft.thesis, draft.number));
    ASSIGN_OR_RETURN(policy, reader.FindPolicy(draft.milestone));
    return absl::OkStatus();
  }));
  return Judge(std::move(checks), policy);
}

absl::StatusOr<JudgedChecks> Checks::Get(const Caller& caller, absl::string_view thesis,
                                         int64_t number) const {
  ASSIGN_OR_RETURN(const Draft draft, parts_.drafts.GetDraft(caller, thesis, number));
  return Judged(draft);
}

absl::StatusOr<Page<JudgedChecks>> Checks::List(const Caller& caller, absl::string_view thesis,
                                                const PageRequest& page) const {
  ASSIGN_OR_RETURN(const Page<Draft> drafts, parts_.drafts.ListDrafts(caller, thesis, page));
  Page<JudgedChecks> all;
  for (const Draft& draft : drafts.items) {
    ASSIGN_OR_RETURN(JudgedChecks judged, Judged(draft));
    all.items.push_back(std::move(judged));
  }
  all.next = drafts.next;
  return all;
}

absl::StatusOr<JudgedChecks> Checks::Recheck(const Caller& caller, absl::string_view thesis, int64_t number,
                                             const Mutation& mutation) {
  ASSIGN_OR_RETURN(const Draft draft, parts_.drafts.GetDraft(caller, thesis, number));
  const auto recheck = [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Rechecked> {
    ASSIGN_OR_RETURN(const std::string programme, reader.ProgrammeOf(thesis));
    RETURN_IF_ERROR(CheckRunsProgramme(caller, programme));
    if (writer != nullptr) {
      RETURN_IF_ERROR(writer->Put({.thesis = draft.thesis, .number = draft.number, .pending = true}));
    }
    return Rechecked{};
  };
  RETURN_IF_ERROR(Once<Rechecked>(parts_.store, mutation, parts_.clock.Now(), recheck).status());
  return Judged(draft);
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

absl::StatusOr<bool> Checks::CheckNext(std::stop_token stop) {
  std::vector<CheckStore::Pending> pending;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(pending, reader.FindPending(1));
    return absl::OkStatus();
  }));
  if (pending.empty()) return false;
  const CheckStore::Pending& draft = pending.front();
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
  RETURN_IF_ERROR(parts_.store.Write([&](Writer& writer) { return writer.Put(checks); }));
  return true;
}

}  // namespace soutenance::submissions
