#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_RPC_PROFILE_SERVICE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_RPC_PROFILE_SERVICE_H_

#include "services/assignment/profiles.h"
#include "services/runtime/calls.h"
#include "soutenance/assignment/v1/profiles.grpc.pb.h"

namespace soutenance::assignment {

// The wire side of Profiles; the contract is profiles.proto. Safe for concurrent use.
class ProfileService final : public v1::ProfileService::Service {
 public:
  // Both must outlive it.
  ProfileService(Profiles& profiles, const runtime::Calls& calls) : profiles_(profiles), calls_(calls) {}

  grpc::Status GetProfile(grpc::ServerContext* context, const v1::GetProfileRequest* request,
                          v1::Profile* response) override;
  grpc::Status ListProfiles(grpc::ServerContext* context, const v1::ListProfilesRequest* request,
                            v1::ListProfilesResponse* response) override;
  grpc::Status SetProfile(grpc::ServerContext* context, const v1::SetProfileRequest* request,
                          v1::Profile* response) override;
  grpc::Status BatchUpsertProfiles(grpc::ServerContext* context,
                                   const v1::BatchUpsertProfilesRequest* request,
                                   v1::BatchUpsertProfilesResponse* response) override;

 private:
  Profiles& profiles_;
  const runtime::Calls& calls_;
};

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_RPC_PROFILE_SERVICE_H_
