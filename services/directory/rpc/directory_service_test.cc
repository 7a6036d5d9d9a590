#include "services/directory/rpc/directory_service.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <memory>

#include "services/directory/testing/callers.h"
#include "services/runtime/status_wire.h"
#include "services/runtime/testing/pipeline.h"
#include "storage/sql/database.h"
#include "storage/sql/directory_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::directory {
namespace {

using ::soutenance::testing::FakeClock;
using ::soutenance::testing::IsOk;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Stub = v1::DirectoryService::Stub;

class DirectoryServiceTest : public ::testing::Test {
 protected:
  DirectoryServiceTest() {
    pipeline_.authenticator().Add("admin", testing::AnAdministrator());
    pipeline_.authenticator().Add("staff", testing::Staff("programmes/msi"));
    pipeline_.authenticator().Add("student", testing::AStudent());
    stub_ = v1::DirectoryService::NewStub(pipeline_.Serve({&service_}));
  }

  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                                const Request& request, const std::string& token = "admin") {
    grpc::ClientContext context;
    pipeline_.Prepare(context, token);
    Response response;
    const absl::Status status = runtime::FromGrpc((stub_.get()->*method)(&context, request, &response));
    if (!status.ok()) return status;
    return response;
  }
  v1::Person Create(const std::string& id, const std::string& family_name) {
    v1::CreatePersonRequest request;
    request.set_person_id(id);
    request.mutable_person()->set_family_name(family_name);
    request.mutable_person()->set_email(id + "@example.org");
    const absl::StatusOr<v1::Person> person = Call(&Stub::CreatePerson, request);
    EXPECT_OK(person);
    return *person;
  }

  runtime::testing::Pipeline pipeline_{"directory", {v1::DirectoryService::service_full_name()}};
  FakeClock clock_{absl::UnixEpoch() + absl::Hours(500000)};
  std::unique_ptr<storage::sql::Database> database_ =
      *storage::sql::Database::Open("sqlite::memory:", {.service = "directory"});
  storage::sql::DirectoryStore store_{*database_};
  Directory directory_{store_, clock_};
  DirectoryService service_{directory_, pipeline_.calls()};
  std::unique_ptr<Stub> stub_;
};

bool SameMessage(const google::protobuf::Message& a, const google::protobuf::Message& b) {
  return google::protobuf::util::MessageDifferencer::Equals(a, b);
}

TEST_F(DirectoryServiceTest, CreatesReadsAndUpdatesAPerson) {
  const v1::Person ana = Create("ana", "Martin");
  EXPECT_EQ(ana.name(), "people/ana");
  v1::UpdatePersonRequest update;
  *update.mutable_person() = ana;
  update.mutable_person()->set_organisation("ACME");
  update.mutable_person()->set_family_name("ignored");
  update.mutable_update_mask()->add_paths("organisation");
  ASSERT_OK_AND_ASSIGN(const v1::Person updated, Call(&Stub::UpdatePerson, update, "staff"));
  EXPECT_EQ(updated.organisation(), "ACME");
  EXPECT_EQ(updated.family_name(), "Martin");
  EXPECT_THAT(Call(&Stub::UpdatePerson, update), StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  v1::GetPersonRequest get;
  get.set_name("people/ana");
  ASSERT_OK_AND_ASSIGN(const v1::Person read, Call(&Stub::GetPerson, get));
  EXPECT_TRUE(SameMessage(read, updated));
}

TEST_F(DirectoryServiceTest, HidesAddressesFromStudents) {
  Create("ana", "Martin");
  ASSERT_OK_AND_ASSIGN(const v1::ListPeopleResponse seen,
                       Call(&Stub::ListPeople, v1::ListPeopleRequest(), "student"));
  EXPECT_EQ(seen.people(0).family_name(), "Martin");
  EXPECT_EQ(seen.people(0).email(), "");
  v1::CreatePersonRequest request;
  EXPECT_THAT(Call(&Stub::CreatePerson, request, "student"),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
}

TEST_F(DirectoryServiceTest, WalksThroughPagesWithOpaqueTokens) {
  for (const char* id : {"a", "b", "c"}) Create(id, "X");
  v1::ListPeopleRequest request;
  request.set_page_size(2);
  ASSERT_OK_AND_ASSIGN(const v1::ListPeopleResponse first, Call(&Stub::ListPeople, request));
  EXPECT_EQ(first.people_size(), 2);
  request.set_page_token(first.next_page_token());
  ASSERT_OK_AND_ASSIGN(const v1::ListPeopleResponse second, Call(&Stub::ListPeople, request));
  EXPECT_EQ(second.people_size(), 1);
  EXPECT_EQ(second.next_page_token(), "");
  request.set_page_token("forged");
  EXPECT_THAT(Call(&Stub::ListPeople, request), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(DirectoryServiceTest, NamesEveryFieldItDoesNotUnderstand) {
  v1::CreateRoomRequest request;
  request.set_room_id("b12");
  request.mutable_room()->set_title("B 12");
  v1::RoomOpening& opening = *request.mutable_room()->add_openings();
  opening.set_date("14/06/2027");
  opening.set_from("8:00");
  opening.set_to("25:00");
  request.mutable_room()->add_openings()->set_date("2027-02-30");
  const absl::Status status = Call(&Stub::CreateRoom, request).status();
  std::vector<std::string> fields;
  for (const FieldViolation& field : FactsOf(status).fields) fields.push_back(field.field);
  EXPECT_THAT(fields, ElementsAre("room.openings[0].date", "room.openings[0].from", "room.openings[0].to",
                                  "room.openings[0].kind", "room.openings[1].date", "room.openings[1].kind"));
}

TEST_F(DirectoryServiceTest, RefusesNamesOfOtherCollections) {
  v1::GetRoomRequest room;
  room.set_name("people/ana");
  EXPECT_THAT(Call(&Stub::GetRoom, room), StatusIs(absl::StatusCode::kInvalidArgument));
  v1::GetCohortRequest cohort;
  for (const char* name : {"", "programmes/msi", "programmes/msi/cohorts/", "programmes//cohorts/a",
                           "programmes/msi/cohorts/a/b"}) {
    cohort.set_name(name);
    EXPECT_THAT(Call(&Stub::GetCohort, cohort), StatusIs(absl::StatusCode::kInvalidArgument)) << name;
  }
}

TEST_F(DirectoryServiceTest, GivesBackProgrammesCohortsAndRoomsAsTheyWereSent) {
  v1::CreateProgrammeRequest programme;
  programme.set_programme_id("msi");
  programme.mutable_programme()->set_title("Master");
  ASSERT_OK_AND_ASSIGN(const v1::Programme msi, Call(&Stub::CreateProgramme, programme));
  EXPECT_EQ(msi.time_zone(), "Europe/Paris");
  EXPECT_EQ(msi.language(), "fr");

  v1::CreateCohortRequest cohort;
  cohort.set_parent("programmes/msi");
  cohort.set_cohort_id("2027");
  v1::CalendarPeriod& period = *cohort.mutable_cohort()->add_calendar();
  period.set_first_date("2027-01-04");
  period.set_last_date("2027-01-08");
  period.set_kind(v1::CalendarPeriod::KIND_COMPANY);
  ASSERT_OK_AND_ASSIGN(v1::Cohort kept, Call(&Stub::CreateCohort, cohort, "staff"));
  EXPECT_EQ(kept.name(), "programmes/msi/cohorts/2027");
  EXPECT_TRUE(SameMessage(kept.calendar(0), period));
  v1::ListCohortsRequest list;
  list.set_parent("programmes/msi");
  ASSERT_OK_AND_ASSIGN(const v1::ListCohortsResponse cohorts, Call(&Stub::ListCohorts, list, "student"));
  EXPECT_EQ(cohorts.cohorts_size(), 1);

  v1::CreateRoomRequest room;
  room.set_room_id("b12");
  room.mutable_room()->set_title("B 12");
  room.mutable_room()->set_capacity(12);
  room.mutable_room()->add_equipment("video");
  v1::RoomOpening& morning = *room.mutable_room()->add_openings();
  morning.set_date("2027-06-14");
  morning.set_from("08:00");
  morning.set_to("24:00");
  morning.set_kind(v1::RoomOpening::KIND_OPEN);
  v1::RoomOpening& whole_day = *room.mutable_room()->add_openings();
  whole_day.set_date("2027-06-15");
  whole_day.set_kind(v1::RoomOpening::KIND_CLOSED);
  ASSERT_OK_AND_ASSIGN(v1::Room b12, Call(&Stub::CreateRoom, room));
  const v1::Room answered = b12;
  b12.clear_name();
  b12.clear_etag();
  EXPECT_TRUE(SameMessage(b12, room.room())) << b12.DebugString();
  v1::DeleteRoomRequest deletion;
  deletion.set_name("rooms/b12");
  deletion.set_etag(answered.etag());
  EXPECT_OK(Call(&Stub::DeleteRoom, deletion));
  EXPECT_THAT(Call(&Stub::DeleteRoom, deletion), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(DirectoryServiceTest, TellsWhatABatchChanges) {
  v1::BatchUpsertDirectoryRequest request;
  request.add_programmes()->set_name("programmes/msi");
  request.mutable_programmes(0)->set_title("Master");
  request.add_cohorts()->set_name("programmes/msi/cohorts/2027");
  request.add_people()->set_name("people/ana");
  request.mutable_people(0)->set_family_name("Martin");
  request.add_rooms()->set_name("rooms/b12");
  request.mutable_rooms(0)->set_title("B 12");
  request.set_validate_only(true);
  ASSERT_OK_AND_ASSIGN(const v1::BatchUpsertDirectoryResponse dry,
                       Call(&Stub::BatchUpsertDirectory, request));
  EXPECT_EQ(dry.people().created_count(), 1);
  request.set_validate_only(false);
  request.set_request_id("r1");
  ASSERT_OK_AND_ASSIGN(const v1::BatchUpsertDirectoryResponse first,
                       Call(&Stub::BatchUpsertDirectory, request));
  EXPECT_TRUE(SameMessage(first, dry));
  ASSERT_OK_AND_ASSIGN(const v1::BatchUpsertDirectoryResponse second,
                       Call(&Stub::BatchUpsertDirectory, request));
  EXPECT_TRUE(SameMessage(second, first));
  request.mutable_people(0)->set_family_name("Durand");
  EXPECT_THAT(Call(&Stub::BatchUpsertDirectory, request),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("REQUEST_ID_REUSED")));
}

TEST_F(DirectoryServiceTest, AnswersServices) {
  Create("ana", "Martin");
  grpc::ClientContext context;
  pipeline_.PrepareAsService(context, "scheduling");
  v1::ListPeopleResponse response;
  v1::ListPeopleRequest request;
  request.add_names("people/ana");
  ASSERT_TRUE(stub_->ListPeople(&context, request, &response).ok());
  EXPECT_EQ(response.people(0).email(), "ana@example.org");
}

}  // namespace
}  // namespace soutenance::directory
