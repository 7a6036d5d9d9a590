#ifndef SOUTENANCE_SERVICES_DIRECTORY_RPC_DIRECTORY_PROTO_H_
#define SOUTENANCE_SERVICES_DIRECTORY_RPC_DIRECTORY_PROTO_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "services/base/page.h"
#include "services/directory/directory.h"
#include "soutenance/directory/v1/directory.pb.h"

namespace soutenance::directory {

// Which cohort is meant.
struct CohortKey {
  std::string programme;
  std::string id;
};

// Which cohorts are wanted.
struct CohortQuery {
  std::string programme;
  PageRequest page;
};

// Which room is to be deleted.
struct RoomDeletion {
  std::string id;
  std::optional<int64_t> expected_version;
};

// Read a request. INVALID_ARGUMENT, reason FIELD_INVALID, lists every field that says nothing we could
// understand. What may not be said is refused by the use case. A single string is an id.
absl::StatusOr<std::string> FromProto(const v1::GetPersonRequest& request);
absl::StatusOr<PeopleQuery> FromProto(const v1::ListPeopleRequest& request);
absl::StatusOr<Person> FromProto(const v1::CreatePersonRequest& request);
absl::StatusOr<Update<Person>> FromProto(const v1::UpdatePersonRequest& request);
absl::StatusOr<std::string> FromProto(const v1::GetProgrammeRequest& request);
absl::StatusOr<PageRequest> FromProto(const v1::ListProgrammesRequest& request);
absl::StatusOr<Programme> FromProto(const v1::CreateProgrammeRequest& request);
absl::StatusOr<Update<Programme>> FromProto(const v1::UpdateProgrammeRequest& request);
absl::StatusOr<CohortKey> FromProto(const v1::GetCohortRequest& request);
absl::StatusOr<CohortQuery> FromProto(const v1::ListCohortsRequest& request);
absl::StatusOr<Cohort> FromProto(const v1::CreateCohortRequest& request);
absl::StatusOr<Update<Cohort>> FromProto(const v1::UpdateCohortRequest& request);
absl::StatusOr<std::string> FromProto(const v1::GetRoomRequest& request);
absl::StatusOr<PageRequest> FromProto(const v1::ListRoomsRequest& request);
absl::StatusOr<Room> FromProto(const v1::CreateRoomRequest& request);
absl::StatusOr<Update<Room>> FromProto(const v1::UpdateRoomRequest& request);
absl::StatusOr<RoomDeletion> FromProto(const v1::DeleteRoomRequest& request);
absl::StatusOr<DirectoryBatch> FromProto(const v1::BatchUpsertDirectoryRequest& request);

// Write an answer. Cannot fail.
v1::Person ToProto(const Person& person);
v1::ListPeopleResponse ToProto(const Page<Person>& page);
v1::Programme ToProto(const Programme& programme);
v1::ListProgrammesResponse ToProto(const Page<Programme>& page);
v1::Cohort ToProto(const Cohort& cohort);
v1::ListCohortsResponse ToProto(const Page<Cohort>& page);
v1::Room ToProto(const Room& room);
v1::ListRoomsResponse ToProto(const Page<Room>& page);
v1::BatchUpsertDirectoryResponse ToProto(const DirectoryChanges& changes);

}  // namespace soutenance::directory

#endif  // SOUTENANCE_SERVICES_DIRECTORY_RPC_DIRECTORY_PROTO_H_
