#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_STATEMENTS_STATEMENT_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_STATEMENTS_STATEMENT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/error.h"

namespace soutenance::submissions {

// About what an author declares something.
enum class StatementKind { kOriginality, kAiUse, kConfidentiality, kDataProtection };
inline constexpr StatementKind kStatementKinds[] = {StatementKind::kOriginality, StatementKind::kAiUse,
                                                    StatementKind::kConfidentiality,
                                                    StatementKind::kDataProtection};
// "ai_use": for names, the database and sentences.
absl::string_view KindName(StatementKind kind);
std::optional<StatementKind> StatementKindOf(absl::string_view name);

// How far a statement is.
enum class StatementState { kMade, kValidated, kRefused, kRevoked };
absl::string_view StateName(StatementState state);
std::optional<StatementState> StatementStateOf(absl::string_view name);

// Which statement.
struct StatementKey {
  std::string thesis;  // the id
  std::string author;  // "people/ana"
  StatementKind kind = StatementKind::kOriginality;

  std::string Name() const;  // "theses/42/statements/ana.ai_use"
};
// Reads a name. INVALID_ARGUMENT.
absl::StatusOr<StatementKey> ParseStatementName(absl::string_view name);

// What one author declares about one thing.
struct Statement {
  static constexpr std::size_t kTextBytesMax = 10'000;
  static constexpr std::size_t kReasonBytesMax = 2000;
  // The legal basis of who used no personal data.
  static constexpr absl::string_view kNoPersonalData = "none";

  StatementKey key;
  int64_t version = 0;  // counts its changes from 1; 0: not stored yet
  StatementState state = StatementState::kMade;
  std::string text;
  std::string legal_basis;
  std::string controller;
  std::string until_date;  // "2030-12-31", or empty
  absl::Time made;
  std::string decided_by;  // "accounts/staff", or empty
  std::string reason;

  // Whether it counts as made: the author has nothing to do.
  bool IsInForce() const { return state == StatementState::kMade || state == StatementState::kValidated; }

  std::string Serialize() const;
  static absl::StatusOr<Statement> Parse(absl::string_view bytes);
};

// Appends what may not be filled in to `problems`, under the path "statement".
void CheckStatement(const Statement& statement, std::vector<FieldViolation>& problems);

// What a person concludes from a similarity report.
enum class Conclusion { kNoFollowUp, kToExplain, kReported };
absl::string_view ConclusionName(Conclusion conclusion);
std::optional<Conclusion> ConclusionOf(absl::string_view name);

struct SimilarityReading {
  std::string thesis;  // the id
  int64_t number = 0;  // from 1 within the thesis; 0: not stored yet
  int64_t draft = 0;   // the version that was read
  std::string tool;
  int rate_per_mille = 0;
  std::string excluded_sources;
  bool indexed = false;
  Conclusion conclusion = Conclusion::kNoFollowUp;
  std::string comment;
  std::string reader;  // "accounts/staff"
  absl::Time read;

  std::string Name() const;  // "theses/42/similarityReadings/1"

  std::string Serialize() const;
  static absl::StatusOr<SimilarityReading> Parse(absl::string_view bytes);
};

// Appends what may not be filled in to `problems`, under the path "reading".
void CheckReading(const SimilarityReading& reading, std::vector<FieldViolation>& problems);

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_STATEMENTS_STATEMENT_H_
