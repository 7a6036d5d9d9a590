#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_RPC_PROBLEMS_PROTO_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_RPC_PROBLEMS_PROTO_H_

#include <string>

#include "absl/status/statusor.h"
#include "services/submissions/problem.h"
#include "services/submissions/problem_bank.h"
#include "soutenance/submissions/v1/problems.pb.h"

namespace soutenance::submissions {

namespace pb = ::soutenance::submissions::v1;

// Read a request. INVALID_ARGUMENT, reason FIELD_INVALID, lists every field that says nothing we could
// understand. What may not be said is refused by the use case.
absl::StatusOr<std::string> FromProto(const pb::GetProblemRequest& request);  // the problem's id
absl::StatusOr<ProblemQuery> FromProto(const pb::ListProblemsRequest& request);
absl::StatusOr<Problem> FromProto(const pb::OfferProblemRequest& request);
absl::StatusOr<ProblemUpdate> FromProto(const pb::UpdateProblemRequest& request);
// The problem's id, and the version that is to be closed.
struct Closing {
  std::string id;
  std::optional<int64_t> version;
};
absl::StatusOr<Closing> FromProto(const pb::CloseProblemRequest& request);
absl::StatusOr<Wish> FromProto(const pb::WishProblemRequest& request, const std::string& person);
absl::StatusOr<WishKey> FromProto(const pb::CancelWishRequest& request);
absl::StatusOr<std::string> FromProto(const pb::ListWishesRequest& request);  // the problem's id
absl::StatusOr<WishAcceptance> FromProto(const pb::AcceptWishRequest& request);
absl::StatusOr<WishKey> FromProto(const pb::DeclineWishRequest& request);

// Write an answer. Cannot fail.
pb::Problem ToProto(const Problem& problem);
pb::Wish ToProto(const Wish& wish);

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_RPC_PROBLEMS_PROTO_H_
