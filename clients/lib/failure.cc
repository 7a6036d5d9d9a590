#include "clients/lib/failure.h"

#include <vector>

#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/lib/display_text.h"
#include "clients/lib/json.h"
#include "clients/lib/phrasebook.h"
#include "services/base/error.h"

namespace soutenance::clients {
namespace {

constexpr absl::string_view kRequestIdPayload = "soutenance/request-id";
constexpr char kUsageReason[] = "USAGE";

Text KindOf(const absl::Status& status) {
  switch (ExitCodeOf(status)) {
    case kUsage:
      return {"usage", "utilisation"};
    case kUnavailable:
      return {"unavailable", "indisponible"};
    default:
      break;
  }
  const bool is_internal = status.code() == absl::StatusCode::kInternal ||
                           status.code() == absl::StatusCode::kUnknown ||
                           status.code() == absl::StatusCode::kDataLoss;
  return is_internal ? Text{"error", "erreur"} : Text{"refused", "refusé"};
}

std::string Labelled(Text label, absl::string_view text, Language language) {
  const bool french = language == Language::kFrench;
  return absl::StrCat("  ", label.In(language), french ? " : " : ": ", Printable(text), "\n");
}

}  // namespace

absl::Status UsageError(absl::string_view sentence) {
  return Error(absl::StatusCode::kInvalidArgument, sentence, {.reason = kUsageReason});
}

absl::Status LocalError(absl::string_view reason, absl::string_view sentence) {
  return Error(absl::StatusCode::kFailedPrecondition, sentence, {.reason = std::string(reason)});
}

std::string RequestIdOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kRequestIdPayload);
  return payload.has_value() ? std::string(*payload) : "";
}

absl::Status WithRequestId(absl::Status status, absl::string_view request_id) {
  if (!status.ok()) status.SetPayload(kRequestIdPayload, absl::Cord(request_id));
  return status;
}

ExitCode ExitCodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return kDone;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
      return kUnavailable;
    default:
      return FactsOf(status).reason == kUsageReason ? kUsage : kRefused;
  }
}

namespace {

// The sentence of `status`, which for fields that cannot be accepted begins with the first of them.
std::string Sentence(const absl::Status& status, const ErrorFacts& facts, Language language) {
  if (language != Language::kFrench) return std::string(status.message());
  if (facts.fields.empty()) return InFrench(status.message());
  const FieldViolation& first = facts.fields.front();
  if (!absl::StartsWith(status.message(), absl::StrCat(first.field, ": ", first.description))) {
    return InFrench(status.message());
  }
  const std::size_t more = facts.fields.size() - 1;
  return absl::StrCat(first.field, " : ", InFrench(first.description),
                      more > 0 ? absl::StrCat(" (et ", more, more > 1 ? " autres)" : " autre)") : "");
}

}  // namespace

std::string FailureText(const absl::Status& status, absl::string_view hint, const FailureStyle& style) {
  const ErrorFacts facts = FactsOf(status);
  const Language language = style.language;
  const absl::string_view colon = language == Language::kFrench ? " : " : ": ";
  std::string text =
      absl::StrCat(style.program, colon, Marked(KindOf(status).In(language), Mark::kBad, style.terminal),
                   colon, Printable(Sentence(status, facts, language)), "\n");
  // A single violation is often the sentence itself; nobody wants to read it twice.
  const bool is_single = facts.fields.size() + facts.preconditions.size() == 1;
  const auto is_told = [&](const std::string& description) {
    return is_single && absl::StrContains(status.message(), description);
  };
  const auto say = [&](const std::string& sentence) {
    return Printable(language == Language::kFrench ? InFrench(sentence) : sentence);
  };
  for (const FieldViolation& violation : facts.fields) {
    if (is_told(violation.description)) continue;
    absl::StrAppend(&text, "  - ", Printable(violation.field), colon, say(violation.description), "\n");
  }
  for (const PreconditionViolation& violation : facts.preconditions) {
    if (is_told(violation.description)) continue;
    const absl::string_view gap = violation.subject.empty() ? "" : ", ";
    absl::StrAppend(&text, "  - ", Printable(violation.type), gap, Printable(violation.subject), colon,
                    say(violation.description), "\n");
  }
  if (ExitCodeOf(status) == kUsage) return text;
  if (!facts.reason.empty()) absl::StrAppend(&text, Labelled({"reason", "raison"}, facts.reason, language));
  if (!hint.empty()) absl::StrAppend(&text, Labelled({"hint", "conseil"}, hint, language));
  const std::string request_id = RequestIdOf(status);
  const bool is_ours =
      status.code() == absl::StatusCode::kInternal || status.code() == absl::StatusCode::kUnknown;
  if (is_ours && !request_id.empty()) {
    absl::StrAppend(&text, Labelled({"request to quote", "requête à citer"}, request_id, language));
  }
  return text;
}

std::string FailureJson(const absl::Status& status) {
  const ErrorFacts facts = FactsOf(status);
  JsonObject error;
  error.Text("code", absl::StatusCodeToString(status.code()))
      .Text("reason", facts.reason)
      .Text("message", std::string(status.message()));
  if (!facts.metadata.empty()) {
    JsonObject metadata;
    for (const auto& [key, value] : facts.metadata) metadata.Raw(key, JsonQuoted(value));
    error.Raw("metadata", metadata.Done());
  }
  std::vector<std::string> fields;
  for (const FieldViolation& violation : facts.fields) {
    fields.push_back(
        JsonObject().Text("field", violation.field).Text("description", violation.description).Done());
  }
  if (!fields.empty()) error.Raw("fieldViolations", JsonArray(fields));
  std::vector<std::string> preconditions;
  for (const PreconditionViolation& violation : facts.preconditions) {
    preconditions.push_back(JsonObject()
                                .Text("type", violation.type)
                                .Text("subject", violation.subject)
                                .Text("description", violation.description)
                                .Done());
  }
  if (!preconditions.empty()) error.Raw("preconditionViolations", JsonArray(preconditions));
  error.Text("requestId", RequestIdOf(status));
  return absl::StrCat(JsonObject().Raw("error", error.Done()).Done(), "\n");
}

}  // namespace soutenance::clients
