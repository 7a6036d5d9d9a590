#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_RPC_SUBMISSIONS_PROTO_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_RPC_SUBMISSIONS_PROTO_H_

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/base/page.h"
#include "services/submissions/submissions.h"
#include "services/submissions/thesis.h"
#include "services/submissions/thesis_lives.h"
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

// A proposal, and whether it is a draft.
struct Proposal {
  Thesis thesis;
  bool is_draft = false;
};
absl::StatusOr<Proposal> FromProto(const pb::ProposeThesisRequest& request);
absl::StatusOr<Opinion> FromProto(const pb::GiveOpinionRequest& request);
absl::StatusOr<ThesisTransition> FromProto(const pb::TransitionThesisRequest& request);
absl::StatusOr<Consent> FromProto(const pb::SetConsentRequest& request);
// Which part of the list of a thesis (its id), or of a programme ("programmes/msi", or empty).
struct PartOf {
  std::string parent;
  PageRequest page;
};
absl::StatusOr<PartOf> FromProto(const pb::ListOpinionsRequest& request);
absl::StatusOr<PartOf> FromProto(const pb::ListThesisTransitionsRequest& request);
absl::StatusOr<PartOf> FromProto(const pb::ListThesisHistoryRequest& request);
absl::StatusOr<PartOf> FromProto(const pb::ListNoticesRequest& request);

// Fields that theses and problems have in common: a level (what is not said is kInternal), and an instant.
Confidentiality LevelFromProto(pb::Confidentiality level);
pb::Confidentiality LevelToProto(Confidentiality level);
std::optional<absl::Time> TimeFromProto(bool is_set, const google::protobuf::Timestamp& time,
                                        absl::string_view field, std::vector<FieldViolation>& problems);
void SetTime(const std::optional<absl::Time>& time, google::protobuf::Timestamp* message);

// Write an answer. Cannot fail.
pb::Thesis ToProto(const Thesis& thesis);
pb::ListThesesResponse ToProto(const Page<Thesis>& page);
pb::Opinion ToProto(const Opinion& opinion);
pb::ThesisChange ToProto(const ThesisChange& change);
pb::Notice ToProto(const Notice& notice);
pb::ListThesisTransitionsResponse ToProto(const Possibilities& possibilities);

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_RPC_SUBMISSIONS_PROTO_H_
