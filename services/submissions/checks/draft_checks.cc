#include "services/submissions/checks/draft_checks.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/record.h"

namespace soutenance::submissions {
namespace {

constexpr CheckMeaning kMeanings[] = {CheckMeaning::kNone, CheckMeaning::kRemark, CheckMeaning::kToCorrect};

// Endings that say what a file is, and the types that may have them.
struct Ending {
  absl::string_view ending;
  absl::string_view media_type;
};
constexpr Ending kEndings[] = {
    {"pdf", "application/pdf"},
    {"zip", "application/zip"},
    {"docx", "application/vnd.openxmlformats-officedocument"},
    {"xlsx", "application/vnd.openxmlformats-officedocument"},
    {"pptx", "application/vnd.openxmlformats-officedocument"},
    {"odt", "application/vnd.oasis.opendocument"},
    {"ods", "application/vnd.oasis.opendocument"},
    {"odp", "application/vnd.oasis.opendocument"},
    {"epub", "application/epub+zip"},
    {"txt", "text/plain"},
    {"md", "text/plain"},
    {"tex", "text/plain"},
    {"csv", "text/plain"},
    {"html", "text/html"},
    {"htm", "text/html"},
    {"png", "image/png"},
    {"jpg", "image/jpeg"},
    {"jpeg", "image/jpeg"},
    {"gz", "application/gzip"},
    {"7z", "application/x-7z-compressed"},
    {"rar", "application/vnd.rar"},
};

// The place of a check in the order in which they are shown.
std::size_t PlaceOf(absl::string_view check) {
  const auto all = AllChecks();
  return static_cast<std::size_t>(std::find(all.begin(), all.end(), check) - all.begin());
}

// Whether `findings` say something about what `ok`, a "nothing to say", is about.
bool IsContradicted(const Finding& ok, const std::vector<Finding>& findings) {
  return ok.reason == "OK" && std::any_of(findings.begin(), findings.end(), [&](const Finding& each) {
           return each.check == ok.check && each.reason != "OK";
         });
}

}  // namespace

std::string DraftChecks::DraftName() const { return absl::StrCat("theses/", thesis, "/drafts/", number); }

absl::string_view MeaningName(CheckMeaning meaning) {
  switch (meaning) {
    case CheckMeaning::kNone:
      return "none";
    case CheckMeaning::kRemark:
      return "remark";
    case CheckMeaning::kToCorrect:
      return "to_correct";
  }
  return "";
}

std::optional<CheckMeaning> MeaningOfName(absl::string_view name) {
  for (const CheckMeaning meaning : kMeanings) {
    if (MeaningName(meaning) == name) return meaning;
  }
  return std::nullopt;
}

CheckMeaning CheckPolicy::MeaningOf(const CheckReason& reason) const {
  const auto rule = rules.find(std::string(reason.name));
  if (rule != rules.end()) return rule->second;
  switch (reason.verdict) {
    case CheckVerdict::kOk:
      return CheckMeaning::kNone;
    case CheckVerdict::kWarning:
    case CheckVerdict::kUnchecked:
      return CheckMeaning::kRemark;
    case CheckVerdict::kRefused:
      return CheckMeaning::kToCorrect;
  }
  return CheckMeaning::kNone;
}

std::string CheckPolicy::Serialize() const {
  RecordWriter record;
  record.Text(milestone).Integer(pages_max).Integer(static_cast<int64_t>(media_types.size()));
  for (const std::string& type : media_types) record.Text(type);
  record.Integer(static_cast<int64_t>(rules.size()));
  for (const auto& [reason, meaning] : rules) record.Text(reason).Text(MeaningName(meaning));
  return record.bytes();
}

absl::StatusOr<CheckPolicy> CheckPolicy::Parse(absl::string_view bytes) {
  RecordReader record(bytes);
  CheckPolicy policy;
  policy.milestone = record.Text();
  policy.pages_max = static_cast<int>(record.Integer());
  for (int64_t left = record.Integer(); left > 0 && !record.IsAtEnd(); --left) {
    policy.media_types.push_back(record.Text());
  }
  bool known = true;
  for (int64_t left = record.Integer(); left > 0 && !record.IsAtEnd(); --left) {
    const std::string reason = record.Text();
    const std::optional<CheckMeaning> meaning = MeaningOfName(record.Text());
    known = known && meaning.has_value();
    if (meaning) policy.rules[reason] = *meaning;
  }
  if (!known || !record.IsComplete()) return absl::DataLossError("a remembered policy cannot be read");
  return policy;
}

void CheckCheckPolicy(const CheckPolicy& policy, std::vector<FieldViolation>& problems) {
  for (const auto& [reason, meaning] : policy.rules) {
    if (FindReason(reason) != nullptr && reason != "OK") continue;
    problems.push_back(
        {.field = "policy.rules",
         .description = absl::StrCat("\"", Shown(reason, 100), "\" is no reason that a check gives")});
  }
  if (policy.media_types.size() > CheckPolicy::kMediaTypesMax) {
    problems.push_back({.field = "policy.media_types", .description = "are more than 50"});
  }
  for (const std::string& type : policy.media_types) {
    if (absl::StrContains(type, '/') && type.size() <= 200 && Shown(type, 200) == type) continue;
    problems.push_back(
        {.field = "policy.media_types",
         .description = absl::StrCat("\"", Shown(type, 100), "\" is no type; application/pdf is one")});
  }
  if (policy.pages_max < 0 || policy.pages_max > CheckPolicy::kPagesMax) {
    problems.push_back({.field = "policy.pages_max", .description = "is not from 0 to 1000000"});
  }
}

const FindingDecision* OverrideOf(const Finding& finding, const std::vector<FindingDecision>& decisions) {
  const auto last = std::find_if(decisions.rbegin(), decisions.rend(),
                                 [&](const FindingDecision& each) { return each.finding == finding; });
  const bool is_in_force = last != decisions.rend() && last->kind == FindingDecision::Kind::kOverride;
  return is_in_force ? &*last : nullptr;
}

JudgedChecks Judge(DraftChecks checks, const CheckPolicy& policy, std::vector<FindingDecision> decisions) {
  JudgedChecks judged;
  if (!checks.pending) {
    const auto& accepted = policy.media_types;
    if (!accepted.empty() &&
        std::find(accepted.begin(), accepted.end(), checks.media_type) == accepted.end()) {
      checks.findings.push_back({"file_type", "TYPE_NOT_ACCEPTED", absl::StrJoin(accepted, ", ")});
    }
    if (policy.pages_max > 0 && checks.pages > policy.pages_max) {
      checks.findings.push_back(
          {"pages", "PAGES_TOO_MANY", absl::StrCat(checks.pages, " > ", policy.pages_max)});
    }
    std::stable_sort(
        checks.findings.begin(), checks.findings.end(),
        [](const Finding& left, const Finding& right) { return PlaceOf(left.check) < PlaceOf(right.check); });
    for (const Finding& finding : checks.findings) {
      const CheckReason* const reason = FindReason(finding.reason);
      if (reason == nullptr) continue;  // of another version of the program
      if (IsContradicted(finding, checks.findings)) continue;
      JudgedFinding each{finding, reason, policy.MeaningOf(*reason)};
      if (each.meaning == CheckMeaning::kToCorrect && !reason->is_final) {
        each.can_be_overridden = true;
        if (const FindingDecision* const decision = OverrideOf(finding, decisions)) {
          each.is_overridden = true;
          each.decision = *decision;
          each.meaning = CheckMeaning::kRemark;
        }
      }
      judged.outcome = std::max(judged.outcome, each.meaning);
      judged.findings.push_back(std::move(each));
    }
  }
  judged.decisions = std::move(decisions);
  judged.checks = std::move(checks);
  return judged;
}

void HideDealings(JudgedChecks& judged) {
  judged.decisions.clear();
  for (JudgedFinding& each : judged.findings) each.decision.reset();
}

bool NameFits(absl::string_view file_name, absl::string_view media_type) {
  const std::size_t dot = file_name.rfind('.');
  if (dot == absl::string_view::npos) return true;
  const std::string ending = absl::AsciiStrToLower(file_name.substr(dot + 1));
  for (const Ending& known : kEndings) {
    if (known.ending == ending) return absl::StartsWith(media_type, known.media_type);
  }
  return true;
}

}  // namespace soutenance::submissions
