#include "services/assignment/rpc/profile_service.h"

#include <string>
#include <vector>

#include "services/assignment/rpc/profiles_proto.h"
#include "services/base/status.h"
#include "services/runtime/wire/changes.h"
#include "services/runtime/wire/requests.h"

namespace soutenance::assignment {
namespace {

using runtime::Call;
using runtime::MakeMutation;

constexpr auto kService = &pb::ProfileService::service_full_name;

}  // namespace

grpc::Status ProfileService::GetProfile(grpc::ServerContext* context, const pb::GetProfileRequest* request,
                                        pb::Profile* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string person, FromProto(*request));
        ASSIGN_OR_RETURN(const Profile profile, profiles_.GetProfile(call.caller(), person));
        *response = ToProto(profile);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ProfileService::ListProfiles(grpc::ServerContext* context,
                                          const pb::ListProfilesRequest* request,
                                          pb::ListProfilesResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const ProfileQuery query, FromProto(*request));
        ASSIGN_OR_RETURN(const Page<Profile> page, profiles_.ListProfiles(call.caller(), query));
        *response = ToProto(page);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ProfileService::SetProfile(grpc::ServerContext* context, const pb::SetProfileRequest* request,
                                        pb::Profile* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const ProfileReplacement replacement, FromProto(*request));
        ASSIGN_OR_RETURN(const Profile profile,
                         profiles_.SetProfile(call.caller(), replacement,
                                              MakeMutation(call.caller(), "SetProfile", *request)));
        *response = ToProto(profile);
        return absl::OkStatus();
      },
      response);
}

grpc::Status ProfileService::BatchUpsertProfiles(grpc::ServerContext* context,
                                                 const pb::BatchUpsertProfilesRequest* request,
                                                 pb::BatchUpsertProfilesResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const std::vector<ProfileReplacement> replacements, FromProto(*request));
        ASSIGN_OR_RETURN(
            const ChangeList changes,
            profiles_.BatchUpsertProfiles(call.caller(), replacements,
                                          MakeMutation(call.caller(), "BatchUpsertProfiles", *request)));
        *response->mutable_profiles() = runtime::ToProto(changes);
        return absl::OkStatus();
      },
      response);
}

}  // namespace soutenance::assignment
