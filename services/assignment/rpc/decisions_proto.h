#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_RPC_DECISIONS_PROTO_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_RPC_DECISIONS_PROTO_H_

#include <string>

#include "absl/status/statusor.h"
#include "services/assignment/jury_bulk.h"
#include "services/base/page.h"
#include "services/sheets/problem.h"
#include "soutenance/assignment/v1/decisions.pb.h"

namespace soutenance::assignment {

// A request to list batches.
struct BatchQuery {
  std::string programme;
  PageRequest page;
};

// Read a request. INVALID_ARGUMENT, reason FIELD_INVALID, lists every field that says nothing we could
// understand, or too much.
absl::StatusOr<JuryImport> FromProto(const v1::ImportJuriesRequest& request);
absl::StatusOr<JuryExport> FromProto(const v1::ExportJuriesRequest& request);
absl::StatusOr<std::string> FromProto(const v1::GetJuryBatchRequest& request);  // the id
absl::StatusOr<BatchQuery> FromProto(const v1::ListJuryBatchesRequest& request);
absl::StatusOr<JuryUndo> FromProto(const v1::UndoJuryBatchRequest& request);
absl::StatusOr<DecisionQuery> FromProto(const v1::ListJuryDecisionsRequest& request);

// The language of "fr", "en" or "": the first.
sheets::Language LanguageOf(const std::string& language);

// Write an answer. Cannot fail.
v1::JuryBatchResult ToProto(const BulkResult& result, sheets::Language language);
v1::ExportJuriesResponse ToProto(const ExportedJuries& exported);
v1::JuryBatch ToProto(const JuryBulk::BatchWithDecisions& batch);
v1::ListJuryBatchesResponse ToProto(const Page<JuryBatch>& page);
v1::ListJuryDecisionsResponse ToProto(const Page<JuryDecision>& page);

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_RPC_DECISIONS_PROTO_H_
