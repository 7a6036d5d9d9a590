#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_RPC_ASSIGNMENT_PROTO_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_RPC_ASSIGNMENT_PROTO_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/assignment/assignment.h"
#include "services/assignment/jury.h"
#include "services/base/error.h"
#include "services/base/page.h"
#include "soutenance/assignment/v1/assignment.pb.h"

namespace soutenance::assignment {

namespace pb = ::soutenance::assignment::v1;

// Read a request. INVALID_ARGUMENT, reason FIELD_INVALID, lists every field that says nothing we could
// understand. What may not be said is refused by the use case. A seat without mode is on site.
absl::StatusOr<std::string> FromProto(const pb::GetJuryRequest& request);  // the thesis's id
absl::StatusOr<JuryQuery> FromProto(const pb::ListJuriesRequest& request);
absl::StatusOr<JuryReplacement> FromProto(const pb::SetJuryRequest& request);
absl::StatusOr<JuryDissolution> FromProto(const pb::DeleteJuryRequest& request);
absl::StatusOr<std::vector<Jury>> FromProto(const pb::BatchUpsertJuriesRequest& request);
// The programmes of theses, by id of the thesis.
absl::StatusOr<std::map<std::string, std::string>> FromProto(const pb::FollowThesesRequest& request);
// The theses of the request as they are to become, by id.
absl::StatusOr<std::map<std::string, ThesisFacts>> ToBecome(const pb::BatchUpsertJuriesRequest& request);

// A jury in a request, under the path `at`: appends to `problems` what could not be understood.
Jury JuryFromProto(const pb::Jury& message, absl::string_view at, std::vector<FieldViolation>& problems);

// Write an answer. Cannot fail.
pb::Jury ToProto(const Jury& jury);
pb::ListJuriesResponse ToProto(const Page<Jury>& page);

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_RPC_ASSIGNMENT_PROTO_H_
