#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/runtime/peers.h"
#include "services/runtime/testing/pipeline.h"
#include "services/scheduling/rpc/directory_lookup_grpc.h"
#include "services/scheduling/rpc/jury_lookup_grpc.h"
#include "services/scheduling/rpc/thesis_lookup_grpc.h"
#include "services/scheduling/testing/samples.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::scheduling {
namespace {

namespace directory_pb = ::soutenance::directory::v1;
namespace submissions_pb = ::soutenance::submissions::v1;
namespace assignment_pb = ::soutenance::assignment::v1;

using ::soutenance::runtime::testing::Pipeline;
using ::soutenance::scheduling::testing::Day;
using ::soutenance::scheduling::testing::Time;
using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;

// Gives two entries a page, and counts pages and names.
template <typename Request, typename Response, typename F>
grpc::Status Paged(const Request& request, int count, Response& response, int& pages, F&& add) {
  ++pages;
  const int begin = request.page_token().empty() ? 0 : std::stoi(request.page_token());
  for (int i = begin; i < std::min(begin + 2, count); ++i) add(i);
  if (begin + 2 < count) response.set_next_page_token(std::to_string(begin + 2));
  return grpc::Status::OK;
}

class FakeDirectory : public directory_pb::DirectoryService::Service {
 public:
  grpc::Status ListPeople(grpc::ServerContext*, const directory_pb::ListPeopleRequest* request,
                          directory_pb::ListPeopleResponse* response) override {
    EXPECT_LE(request->names_size(), 1'000);
    ++pages;
    for (const std::string& name : request->names()) {
      if (name == "people/gone") continue;
      directory_pb::Person& person = *response->add_people();
      person.set_name(name);
      person.set_family_name("Ruiz");
      if (name != "people/solo") person.set_given_name("Ana");
      person.set_defences_per_day_max(3);
      person.set_defences_per_campaign_max(9);
    }
    return grpc::Status::OK;
  }
  grpc::Status ListRooms(grpc::ServerContext*, const directory_pb::ListRoomsRequest* request,
                         directory_pb::ListRoomsResponse* response) override {
    return Paged(*request, static_cast<int>(rooms.size()), *response, pages,
                 [&](int i) { *response->add_rooms() = rooms[static_cast<std::size_t>(i)]; });
  }
  grpc::Status GetProgramme(grpc::ServerContext*, const directory_pb::GetProgrammeRequest* request,
                            directory_pb::Programme* response) override {
    if (request->name() != "programmes/msi") return {grpc::StatusCode::NOT_FOUND, "no"};
    response->set_name(request->name());
    response->set_title("Master SI");
    response->set_institution("Rive-Neuve");
    return grpc::Status::OK;
  }
  grpc::Status GetCohort(grpc::ServerContext*, const directory_pb::GetCohortRequest* request,
                         directory_pb::Cohort* response) override {
    if (request->name() != "programmes/msi/cohorts/2027") return {grpc::StatusCode::NOT_FOUND, "no"};
    response->set_name(request->name());
    for (const bool school : {true, false}) {
      directory_pb::CalendarPeriod& period = *response->add_calendar();
      period.set_first_date("2027-06-14");
      period.set_last_date("2027-06-18");
      period.set_kind(school ? directory_pb::CalendarPeriod::KIND_SCHOOL
                             : directory_pb::CalendarPeriod::KIND_COMPANY);
    }
    return grpc::Status::OK;
  }

  std::vector<directory_pb::Room> rooms;
  int pages = 0;
};

class FakeSubmissions : public submissions_pb::SubmissionsService::Service {
 public:
  grpc::Status ListTheses(grpc::ServerContext*, const submissions_pb::ListThesesRequest* request,
                          submissions_pb::ListThesesResponse* response) override {
    EXPECT_LE(request->names_size(), 1'000);
    return Paged(*request, request->names_size(), *response, pages, [&](int i) {
      if (request->names(i) == "theses/gone") return;
      submissions_pb::Thesis& thesis = *response->add_theses();
      thesis.set_name(request->names(i));
      thesis.set_title("T");
      thesis.add_authors("people/lea");
      thesis.set_supervisor("people/ana");
      thesis.set_company_tutor("people/eve");
      thesis.set_programme("programmes/msi");
      thesis.set_cohort("programmes/msi/cohorts/2027");
      thesis.set_confidential(true);
      thesis.set_state(submissions_pb::Thesis::STATE_WITHDRAWN);
    });
  }
  int pages = 0;
};

class FakeAssignment : public assignment_pb::AssignmentService::Service {
 public:
  grpc::Status ListJuries(grpc::ServerContext*, const assignment_pb::ListJuriesRequest* request,
                          assignment_pb::ListJuriesResponse* response) override {
    EXPECT_LE(request->theses_size(), 1'000);
    for (const std::string& thesis : request->theses()) {
      if (thesis == "theses/gone") continue;
      assignment_pb::Jury& jury = *response->add_juries();
      jury.set_name(thesis + "/jury");
      assignment_pb::Seat& seat = *jury.add_seats();
      seat.set_person("people/bob");
      seat.set_role(assignment_pb::Seat::ROLE_PRESIDENT);
      seat.set_mode(assignment_pb::Seat::MODE_REMOTE);
    }
    return grpc::Status::OK;
  }
};

class Lookups : public ::testing::Test {
 protected:
  Lookups() {
    const std::shared_ptr<grpc::Channel> channel =
        pipeline_.Serve({&directory_, &submissions_, &assignment_});
    peers_.SetHosted({"directory", "submissions", "assignment"}, [channel] { return channel; });
  }

  FakeDirectory directory_;
  FakeSubmissions submissions_;
  FakeAssignment assignment_;
  Pipeline pipeline_{"scheduling", {}};
  runtime::Peers peers_{{}};
  DirectoryLookupGrpc directory_lookup_{peers_, pipeline_.calls()};
  ThesisLookupGrpc thesis_lookup_{peers_, pipeline_.calls()};
  JuryLookupGrpc jury_lookup_{peers_, pipeline_.calls()};
};

TEST_F(Lookups, FindThesesThroughSeveralPages) {
  const ThesisFacts facts{.title = "T",
                          .authors = {"people/lea"},
                          .supervisor = "people/ana",
                          .company_tutor = "people/eve",
                          .programme = "programmes/msi",
                          .cohort = "programmes/msi/cohorts/2027",
                          .level = Confidentiality::kClosedSession,
                          .is_withdrawn = true};
  const auto named = [&](const std::string& name) {
    ThesisFacts copy = facts;
    copy.name = name;
    return copy;
  };
  EXPECT_THAT(thesis_lookup_.Theses({"theses/3", "theses/1", "theses/gone", "theses/2", "theses/1"}),
              IsOkAndHolds(ElementsAre(named("theses/1"), named("theses/2"), named("theses/3"))));
  EXPECT_EQ(submissions_.pages, 2);
}

TEST_F(Lookups, AskForAThousandNamesAtMost) {
  std::vector<std::string> people;
  std::vector<std::string> theses;
  for (int i = 0; i < 2'500; ++i) {
    people.push_back(absl::StrFormat("people/%04d", i));
    theses.push_back(absl::StrFormat("theses/%04d", i));
  }
  EXPECT_THAT(directory_lookup_.People(people), IsOkAndHolds(SizeIs(2'500)));
  EXPECT_EQ(directory_.pages, 3);
  EXPECT_THAT(thesis_lookup_.Theses(theses), IsOkAndHolds(SizeIs(2'500)));
  EXPECT_THAT(jury_lookup_.Juries(theses), IsOkAndHolds(SizeIs(2'500)));
}

TEST_F(Lookups, AskNothingAboutNobody) {
  EXPECT_THAT(directory_lookup_.People({}), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(directory_lookup_.Rooms({}), IsOkAndHolds(IsEmpty()));
  EXPECT_EQ(directory_.pages, 0);
}

TEST_F(Lookups, FindPeopleWithTheirNamesAndLimits) {
  EXPECT_THAT(
      directory_lookup_.People({"people/solo", "people/ana", "people/gone"}),
      IsOkAndHolds(ElementsAre(
          PersonFacts{
              .name = "people/ana", .display_name = "Ana Ruiz", .per_day_max = 3, .per_campaign_max = 9},
          PersonFacts{
              .name = "people/solo", .display_name = "Ruiz", .per_day_max = 3, .per_campaign_max = 9})));
}

TEST_F(Lookups, FindJuriesWithTheirSeats) {
  EXPECT_THAT(jury_lookup_.Juries({"theses/2", "theses/gone"}),
              IsOkAndHolds(ElementsAre(JuryFacts{
                  .thesis = "theses/2",
                  .seats = {{.person = "people/bob", .role = SeatRole::kPresident, .is_remote = true}}})));
}

TEST_F(Lookups, FindRoomsWithTheirOpenings) {
  for (const char* name : {"rooms/a", "rooms/b", "rooms/c", "rooms/d", "rooms/e"}) {
    directory_pb::Room& room = directory_.rooms.emplace_back();
    room.set_name(name);
    room.set_title("Room");
    room.set_site("Nord");
    room.set_capacity(12);
    room.add_equipment("video");
    directory_pb::RoomOpening& opening = *room.add_openings();
    opening.set_date("2027-06-14");
    opening.set_kind(directory_pb::RoomOpening::KIND_CLOSED);
    directory_pb::RoomOpening& evening = *room.add_openings();
    evening.set_date("2027-06-15");
    evening.set_from("18:00");
    evening.set_to("24:00");
    evening.set_kind(directory_pb::RoomOpening::KIND_OPEN);
  }
  ASSERT_OK_AND_ASSIGN(const std::vector<RoomFacts> rooms,
                       directory_lookup_.Rooms({"rooms/c", "rooms/a", "rooms/zz"}));
  ASSERT_THAT(rooms, ElementsAre(Field(&RoomFacts::name, "rooms/a"), Field(&RoomFacts::name, "rooms/c")));
  EXPECT_EQ(rooms[0], (RoomFacts{.name = "rooms/a",
                                 .title = "Room",
                                 .site = "Nord",
                                 .capacity_seats = 12,
                                 .equipment = {"video"},
                                 .openings = {{.date = Day("2027-06-14"), .is_open = false},
                                              {.date = Day("2027-06-15"), .from = Time("18:00")}}}));
}

TEST_F(Lookups, SayWhenTheDirectorySaysNonsense) {
  directory_pb::Room& room = directory_.rooms.emplace_back();
  room.set_name("rooms/a");
  room.add_openings()->set_date("tomorrow");
  EXPECT_THAT(directory_lookup_.Rooms({"rooms/a"}), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(Lookups, FindProgrammeAndCohortOrNothing) {
  EXPECT_THAT(directory_lookup_.Programme("programmes/msi"),
              IsOkAndHolds(Optional(ProgrammeFacts{
                  .name = "programmes/msi", .title = "Master SI", .institution = "Rive-Neuve"})));
  EXPECT_THAT(directory_lookup_.Programme("programmes/law"), IsOkAndHolds(Eq(std::nullopt)));
  EXPECT_THAT(
      directory_lookup_.Cohort("programmes/msi/cohorts/2027"),
      IsOkAndHolds(Optional(Field(
          &CohortFacts::calendar,
          ElementsAre(
              CalendarPeriod{.first = Day("2027-06-14"), .last = Day("2027-06-18")},
              CalendarPeriod{.first = Day("2027-06-14"), .last = Day("2027-06-18"), .is_school = false})))));
  EXPECT_THAT(directory_lookup_.Cohort("programmes/msi/cohorts/1999"), IsOkAndHolds(Eq(std::nullopt)));
}

TEST_F(Lookups, SayThatAPeerIsAway) {
  runtime::Peers nowhere{{}};
  const ThesisLookupGrpc lookup(nowhere, pipeline_.calls());
  EXPECT_THAT(lookup.Theses({"theses/1"}), StatusIs(absl::StatusCode::kUnavailable, Reason("PEER_UNKNOWN")));
}

}  // namespace
}  // namespace soutenance::scheduling
