#include "services/submissions/statements/statements_made.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/status.h"

namespace soutenance::submissions {
namespace {

using Reader = StatementStore::Reader;

// What each author still has to declare: "ana.ai_use".
absl::StatusOr<std::vector<std::string>> MissingOf(const Reader& reader, const Thesis& thesis) {
  std::vector<std::string> missing;
  for (const std::string& author : thesis.authors) {
    for (const StatementKind kind : {StatementKind::kOriginality, StatementKind::kAiUse}) {
      const StatementKey key{.thesis = thesis.id, .author = author, .kind = kind};
      ASSIGN_OR_RETURN(const std::optional<Statement> statement, reader.FindStatement(key));
      if (statement && statement->IsInForce()) continue;
      const std::string name = key.Name();
      missing.push_back(name.substr(name.rfind('/') + 1));
    }
  }
  return missing;
}

absl::StatusOr<bool> IsReported(const Reader& reader, const Thesis& thesis) {
  ASSIGN_OR_RETURN(const std::vector<SimilarityReading> readings, reader.ListReadings(thesis.id));
  return !readings.empty() && readings.back().conclusion == Conclusion::kReported;
}

}  // namespace

absl::StatusOr<std::vector<Unmet>> StatementsMade::UnmetFor(ThesisEvent event, const Thesis& thesis) const {
  std::vector<Unmet> unmet;
  if (event != ThesisEvent::kDeposit && event != ThesisEvent::kAuthorise) return unmet;
  RETURN_IF_ERROR(store_.Read([&](const Reader& reader) -> absl::Status {
    unmet.clear();
    if (event == ThesisEvent::kAuthorise) {
      ASSIGN_OR_RETURN(const bool is_reported, IsReported(reader, thesis));
      if (is_reported) {
        unmet.push_back({"similarity_concluded",
                         "the latest similarity reading reports something; record what became of it", true});
      }
      return absl::OkStatus();
    }
    ASSIGN_OR_RETURN(const std::vector<std::string> missing, MissingOf(reader, thesis));
    if (!missing.empty()) {
      unmet.push_back({"statements_made",
                       absl::StrCat("statements are missing: ", absl::StrJoin(missing, ", "),
                                    "; each author makes their own with MakeStatement"),
                       true});
    }
    return absl::OkStatus();
  }));
  return unmet;
}

}  // namespace soutenance::submissions
