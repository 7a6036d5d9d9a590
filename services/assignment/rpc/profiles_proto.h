#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_RPC_PROFILES_PROTO_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_RPC_PROFILES_PROTO_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/assignment/profiles.h"
#include "services/base/page.h"
#include "soutenance/assignment/v1/profiles.pb.h"

namespace soutenance::assignment {

namespace pb = ::soutenance::assignment::v1;

// Read a request. INVALID_ARGUMENT, reason FIELD_INVALID, lists every field that says nothing we could
// understand. What may not be said is refused by the use case.
absl::StatusOr<std::string> FromProto(const pb::GetProfileRequest& request);  // the person's id
absl::StatusOr<ProfileQuery> FromProto(const pb::ListProfilesRequest& request);
absl::StatusOr<ProfileReplacement> FromProto(const pb::SetProfileRequest& request);
absl::StatusOr<std::vector<ProfileReplacement>> FromProto(const pb::BatchUpsertProfilesRequest& request);

// Write an answer. Cannot fail. What `profile` says is sent: hiding gender is the use case's.
pb::Profile ToProto(const Profile& profile);
pb::ListProfilesResponse ToProto(const Page<Profile>& page);

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_RPC_PROFILES_PROTO_H_
