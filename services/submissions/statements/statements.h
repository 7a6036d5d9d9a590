#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_STATEMENTS_STATEMENTS_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_STATEMENTS_STATEMENTS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/caller.h"
#include "services/base/clock.h"
#include "services/base/mutation.h"
#include "services/base/page.h"
#include "services/submissions/statements/statement_store.h"

namespace soutenance::submissions {

// What staff decide about a statement.
enum class StatementDecision { kValidate, kRefuse, kRevoke };

// A statement that an author has yet to make, or make again.
struct MissingStatement {
  StatementKey key;
  std::optional<StatementState> state;  // none: never made
};

// The use cases about statements and similarity readings, with every rule and refusal. Safe for concurrent
// use. All return what the store returns when it cannot be reached. Those with a Mutation return
// INVALID_ARGUMENT, reason REQUEST_ID_REUSED, for the id of another request. What `caller` may not see is
// NOT_FOUND, reason THESIS_NOT_FOUND or STATEMENT_NOT_FOUND.
class Statements {
 public:
  // Both must outlive it.
  Statements(StatementStore& store, const Clock& clock) : store_(store), clock_(clock) {}

  // `given` has thesis, kind, text and what the kind asks for; the author is the caller. PERMISSION_DENIED,
  // reason NOT_AN_AUTHOR; FAILED_PRECONDITION, reason STATEMENT_VALIDATED.
  absl::StatusOr<Statement> Make(const Caller& caller, const Statement& given, const Mutation& mutation);
  // Of a thesis that the caller may read.
  absl::StatusOr<std::vector<Statement>> ListOfThesis(const Caller& caller, absl::string_view thesis) const;
  // Of all theses of a programme, page by page of theses.
  absl::StatusOr<Page<Statement>> ListOfProgramme(const Caller& caller, absl::string_view programme,
                                                  const PageRequest& page) const;
  // FAILED_PRECONDITION, reason STATEMENT_DECIDED; INVALID_ARGUMENT without a reason where one is needed.
  absl::StatusOr<Statement> Decide(const Caller& caller, const StatementKey& key, StatementDecision decision,
                                   const std::string& reason, const Mutation& mutation);
  // By thesis. `kinds` empty: originality, AI use and data protection, and confidentiality where the thesis
  // is confidential.
  absl::StatusOr<Page<MissingStatement>> ListMissing(const Caller& caller, absl::string_view programme,
                                                     absl::string_view cohort,
                                                     std::vector<StatementKind> kinds,
                                                     const PageRequest& page) const;

  // FAILED_PRECONDITION, reason CONFIDENTIAL_NOT_INDEXED.
  absl::StatusOr<SimilarityReading> RecordReading(const Caller& caller, const SimilarityReading& given,
                                                  const Mutation& mutation);
  absl::StatusOr<std::vector<SimilarityReading>> ListReadings(const Caller& caller,
                                                              absl::string_view thesis) const;

 private:
  StatementStore& store_;
  const Clock& clock_;
};

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_STATEMENTS_STATEMENTS_H_
