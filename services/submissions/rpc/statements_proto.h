#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_RPC_STATEMENTS_PROTO_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_RPC_STATEMENTS_PROTO_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/base/page.h"
#include "services/submissions/statements/statements.h"
#include "soutenance/submissions/v1/statements.pb.h"

namespace soutenance::submissions {

namespace pb = ::soutenance::submissions::v1;

// What to decide about a statement.
struct DecisionToMake {
  StatementKey key;
  StatementDecision decision = StatementDecision::kValidate;
  std::string reason;
};
// Which statements: those of a thesis, or of a programme.
struct StatementList {
  std::string thesis;  // the id
  std::string programme;
  PageRequest page;
};
struct MissingList {
  std::string programme;
  std::string cohort;
  std::vector<StatementKind> kinds;
  PageRequest page;
};

// Read requests. INVALID_ARGUMENT, reason FIELD_INVALID, lists every field that says nothing we could
// understand. What may not be said is refused by the use case.
absl::StatusOr<Statement> FromProto(const pb::MakeStatementRequest& request);
absl::StatusOr<StatementList> FromProto(const pb::ListStatementsRequest& request);
absl::StatusOr<DecisionToMake> FromProto(const pb::DecideStatementRequest& request);
absl::StatusOr<MissingList> FromProto(const pb::ListMissingStatementsRequest& request);
absl::StatusOr<SimilarityReading> FromProto(const pb::RecordSimilarityReadingRequest& request);
absl::StatusOr<std::string> FromProto(const pb::ListSimilarityReadingsRequest& request);

pb::Statement ToProto(const Statement& statement);
pb::MissingStatement ToProto(const MissingStatement& missing);
pb::SimilarityReading ToProto(const SimilarityReading& reading);

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_RPC_STATEMENTS_PROTO_H_
