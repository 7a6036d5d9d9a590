#ifndef SOUTENANCE_SERVICES_DIRECTORY_RPC_DIRECTORY_SERVICE_H_
#define SOUTENANCE_SERVICES_DIRECTORY_RPC_DIRECTORY_SERVICE_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include "services/directory/directory.h"
#include "services/runtime/calls.h"
#include "soutenance/directory/v1/directory.grpc.pb.h"

namespace soutenance::directory {

// The wire of Directory (directory.proto): one short method per RPC. Safe for concurrent use.
class DirectoryService final : public v1::DirectoryService::Service {
 public:
  // Both must outlive the service.
  DirectoryService(Directory& directory, const runtime::Calls& calls)
      : directory_(directory), calls_(calls) {}

  grpc::Status GetPerson(grpc::ServerContext* context, const v1::GetPersonRequest* request,
                         v1::Person* response) override;
  grpc::Status ListPeople(grpc::ServerContext* context, const v1::ListPeopleRequest* request,
                          v1::ListPeopleResponse* response) override;
  grpc::Status CreatePerson(grpc::ServerContext* context, const v1::CreatePersonRequest* request,
                            v1::Person* response) override;
  grpc::Status UpdatePerson(grpc::ServerContext* context, const v1::UpdatePersonRequest* request,
                            v1::Person* response) override;
  grpc::Status GetProgramme(grpc::ServerContext* context, const v1::GetProgrammeRequest* request,
                            v1::Programme* response) override;
  grpc::Status ListProgrammes(grpc::ServerContext* context, const v1::ListProgrammesRequest* request,
                              v1::ListProgrammesResponse* response) override;
  grpc::Status CreateProgramme(grpc::ServerContext* context, const v1::CreateProgrammeRequest* request,
                               v1::Programme* response) override;
  grpc::Status UpdateProgramme(grpc::ServerContext* context, const v1::UpdateProgrammeRequest* request,
                               v1::Programme* response) override;
  grpc::Status GetCohort(grpc::ServerContext* context, const v1::GetCohortRequest* request,
                         v1::Cohort* response) override;
  grpc::Status ListCohorts(grpc::ServerContext* context, const v1::ListCohortsRequest* request,
                           v1::ListCohortsResponse* response) override;
  grpc::Status CreateCohort(grpc::ServerContext* context, const v1::CreateCohortRequest* request,
                            v1::Cohort* response) override;
  grpc::Status UpdateCohort(grpc::ServerContext* context, const v1::UpdateCohortRequest* request,
                            v1::Cohort* response) override;
  grpc::Status GetRoom(grpc::ServerContext* context, const v1::GetRoomRequest* request,
                       v1::Room* response) override;
  grpc::Status ListRooms(grpc::ServerContext* context, const v1::ListRoomsRequest* request,
                         v1::ListRoomsResponse* response) override;
  grpc::Status CreateRoom(grpc::ServerContext* context, const v1::CreateRoomRequest* request,
                          v1::Room* response) override;
  grpc::Status UpdateRoom(grpc::ServerContext* context, const v1::UpdateRoomRequest* request,
                          v1::Room* response) override;
  grpc::Status DeleteRoom(grpc::ServerContext* context, const v1::DeleteRoomRequest* request,
                          google::protobuf::Empty* response) override;
  grpc::Status BatchUpsertDirectory(grpc::ServerContext* context,
                                    const v1::BatchUpsertDirectoryRequest* request,
                                    v1::BatchUpsertDirectoryResponse* response) override;

 private:
  Directory& directory_;
  const runtime::Calls& calls_;
};

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_RPC_DIRECTORY_SERVICE_H_
