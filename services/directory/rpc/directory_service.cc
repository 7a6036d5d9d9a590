#include "services/directory/rpc/directory_service.h"

#include <string>
#include <utility>

#include "services/base/status.h"
#include "services/directory/rpc/directory_proto.h"
#include "services/runtime/wire/requests.h"

namespace soutenance::directory {
namespace {

using runtime::Call;
using runtime::MakeMutation;

constexpr auto kService = &v1::DirectoryService::service_full_name;

}  // namespace

grpc::Status DirectoryService::GetPerson(grpc::ServerContext* context, const v1::GetPersonRequest* request,
                                         v1::Person* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id, FromProto(*request));
        ASSIGN_OR_RETURN(const Person person, directory_.GetPerson(call.caller(), id));
        *response = ToProto(person);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DirectoryService::ListPeople(grpc::ServerContext* context, const v1::ListPeopleRequest* request,
                                          v1::ListPeopleResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const PeopleQuery query, FromProto(*request));
        ASSIGN_OR_RETURN(const Page<Person> page, directory_.ListPeople(call.caller(), query));
        *response = ToProto(page);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DirectoryService::CreatePerson(grpc::ServerContext* context,
                                            const v1::CreatePersonRequest* request, v1::Person* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(Person given, FromProto(*request));
        ASSIGN_OR_RETURN(const Person person,
                         directory_.CreatePerson(call.caller(), std::move(given),
                                                 MakeMutation(call.caller(), "CreatePerson", *request)));
        *response = ToProto(person);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DirectoryService::UpdatePerson(grpc::ServerContext* context,
                                            const v1::UpdatePersonRequest* request, v1::Person* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const Update<Person> update, FromProto(*request));
        ASSIGN_OR_RETURN(const Person person,
                         directory_.UpdatePerson(call.caller(), update,
                                                 MakeMutation(call.caller(), "UpdatePerson", *request)));
        *response = ToProto(person);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DirectoryService::GetProgramme(grpc::ServerContext* context,
                                            const v1::GetProgrammeRequest* request, v1::Programme* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call&) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id, FromProto(*request));
        ASSIGN_OR_RETURN(const Programme programme, directory_.GetProgramme(id));
        *response = ToProto(programme);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DirectoryService::ListProgrammes(grpc::ServerContext* context,
                                              const v1::ListProgrammesRequest* request,
                                              v1::ListProgrammesResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call&) -> absl::Status {
        ASSIGN_OR_RETURN(const PageRequest query, FromProto(*request));
        ASSIGN_OR_RETURN(const Page<Programme> page, directory_.ListProgrammes(query));
        *response = ToProto(page);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DirectoryService::CreateProgramme(grpc::ServerContext* context,
                                               const v1::CreateProgrammeRequest* request,
                                               v1::Programme* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(Programme given, FromProto(*request));
        ASSIGN_OR_RETURN(
            const Programme programme,
            directory_.CreateProgramme(call.caller(), std::move(given),
                                       MakeMutation(call.caller(), "CreateProgramme", *request)));
        *response = ToProto(programme);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DirectoryService::UpdateProgramme(grpc::ServerContext* context,
                                               const v1::UpdateProgrammeRequest* request,
                                               v1::Programme* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const Update<Programme> update, FromProto(*request));
        ASSIGN_OR_RETURN(
            const Programme programme,
            directory_.UpdateProgramme(call.caller(), update,
                                       MakeMutation(call.caller(), "UpdateProgramme", *request)));
        *response = ToProto(programme);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DirectoryService::GetCohort(grpc::ServerContext* context, const v1::GetCohortRequest* request,
                                         v1::Cohort* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call&) -> absl::Status {
        ASSIGN_OR_RETURN(const CohortKey key, FromProto(*request));
        ASSIGN_OR_RETURN(const Cohort cohort, directory_.GetCohort(key.programme, key.id));
        *response = ToProto(cohort);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DirectoryService::ListCohorts(grpc::ServerContext* context,
                                           const v1::ListCohortsRequest* request,
                                           v1::ListCohortsResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call&) -> absl::Status {
        ASSIGN_OR_RETURN(const CohortQuery query, FromProto(*request));
        ASSIGN_OR_RETURN(const Page<Cohort> page, directory_.ListCohorts(query.programme, query.page));
        *response = ToProto(page);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DirectoryService::CreateCohort(grpc::ServerContext* context,
                                            const v1::CreateCohortRequest* request, v1::Cohort* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(Cohort given, FromProto(*request));
        ASSIGN_OR_RETURN(const Cohort cohort,
                         directory_.CreateCohort(call.caller(), std::move(given),
                                                 MakeMutation(call.caller(), "CreateCohort", *request)));
        *response = ToProto(cohort);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DirectoryService::UpdateCohort(grpc::ServerContext* context,
                                            const v1::UpdateCohortRequest* request, v1::Cohort* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const Update<Cohort> update, FromProto(*request));
        ASSIGN_OR_RETURN(const Cohort cohort,
                         directory_.UpdateCohort(call.caller(), update,
                                                 MakeMutation(call.caller(), "UpdateCohort", *request)));
        *response = ToProto(cohort);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DirectoryService::GetRoom(grpc::ServerContext* context, const v1::GetRoomRequest* request,
                                       v1::Room* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call&) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id, FromProto(*request));
        ASSIGN_OR_RETURN(const Room room, directory_.GetRoom(id));
        *response = ToProto(room);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DirectoryService::ListRooms(grpc::ServerContext* context, const v1::ListRoomsRequest* request,
                                         v1::ListRoomsResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call&) -> absl::Status {
        ASSIGN_OR_RETURN(const PageRequest query, FromProto(*request));
        ASSIGN_OR_RETURN(const Page<Room> page, directory_.ListRooms(query));
        *response = ToProto(page);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DirectoryService::CreateRoom(grpc::ServerContext* context, const v1::CreateRoomRequest* request,
                                          v1::Room* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(Room given, FromProto(*request));
        ASSIGN_OR_RETURN(const Room room,
                         directory_.CreateRoom(call.caller(), std::move(given),
                                               MakeMutation(call.caller(), "CreateRoom", *request)));
        *response = ToProto(room);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DirectoryService::UpdateRoom(grpc::ServerContext* context, const v1::UpdateRoomRequest* request,
                                          v1::Room* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const Update<Room> update, FromProto(*request));
        ASSIGN_OR_RETURN(const Room room,
                         directory_.UpdateRoom(call.caller(), update,
                                               MakeMutation(call.caller(), "UpdateRoom", *request)));
        *response = ToProto(room);
        return absl::OkStatus();
      },
      response);
}

grpc::Status DirectoryService::DeleteRoom(grpc::ServerContext* context, const v1::DeleteRoomRequest* request,
                                          google::protobuf::Empty* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const RoomDeletion deletion, FromProto(*request));
        return directory_.DeleteRoom(call.caller(), deletion.id, deletion.expected_version,
                                     MakeMutation(call.caller(), "DeleteRoom", *request));
      },
      response);
}

grpc::Status DirectoryService::BatchUpsertDirectory(grpc::ServerContext* context,
                                                    const v1::BatchUpsertDirectoryRequest* request,
                                                    v1::BatchUpsertDirectoryResponse* response) {
  return calls_.Unary(
      *context, kService(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const DirectoryBatch batch, FromProto(*request));
        ASSIGN_OR_RETURN(
            const DirectoryChanges changes,
            directory_.BatchUpsert(call.caller(), batch,
                                   MakeMutation(call.caller(), "BatchUpsertDirectory", *request)));
        *response = ToProto(changes);
        return absl::OkStatus();
      },
      response);
}

}  // namespace soutenance::directory
