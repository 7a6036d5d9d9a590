#include "tests/testing/status_matchers.h"

#include "absl/strings/str_cat.h"
#include "services/base/error.h"

namespace soutenance::testing {

std::string ReasonOf(const absl::Status& status) { return FactsOf(status).reason; }

std::string Describe(const absl::Status& status) {
  const ErrorFacts facts = FactsOf(status);
  std::string text = status.ToString(absl::StatusToStringMode::kWithNoExtraData);
  if (!facts.reason.empty()) absl::StrAppend(&text, " reason ", facts.reason);
  for (const auto& [key, value] : facts.metadata) absl::StrAppend(&text, " ", key, "=", value);
  for (const FieldViolation& v : facts.fields)
    absl::StrAppend(&text, "\n  field ", v.field, ": ", v.description);
  for (const PreconditionViolation& v : facts.preconditions) {
    absl::StrAppend(&text, "\n  ", v.type, " ", v.subject, ": ", v.description);
  }
  return text;
}

}  // namespace soutenance::testing
