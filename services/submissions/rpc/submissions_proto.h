#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_RPC_SUBMISSIONS_PROTO_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_RPC_SUBMISSIONS_PROTO_H_

#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/base/page.h"
#include "services/submissions/submissions.h"
#include "services/submissions/thesis.h"
#include "soutenance/submissions/v1/submissions.pb.h"

namespace soutenance::submissions {

namespace pb = ::soutenance::submissions::v1;

// Read a request. INVALID_ARGUMENT, reason FIELD_INVALID, lists every field that says nothing we could
// understand. What may not be said is refused by the use case.
absl::StatusOr<std::string> FromProto(const pb::GetThesisRequest& request);  // the thesis's id
absl::StatusOr<ThesisQuery> FromProto(const pb::ListThesesRequest& request);
absl::StatusOr<Thesis> FromProto(const pb::CreateThesisRequest& request);
absl::StatusOr<ThesisUpdate> FromProto(const pb::UpdateThesisRequest& request);
absl::StatusOr<ThesisWithdrawal> FromProto(const pb::WithdrawThesisRequest& request);
absl::StatusOr<std::vector<Thesis>> FromProto(const pb::BatchUpsertThesesRequest& request);
// The ids of the theses whose juries follow. What is no name of a thesis is none of them.
std::set<std::string> JuriesFollow(const pb::BatchUpsertThesesRequest& request);

// Write an answer. Cannot fail.
pb::Thesis ToProto(const Thesis& thesis);
pb::ListThesesResponse ToProto(const Page<Thesis>& page);

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_RPC_SUBMISSIONS_PROTO_H_
