#include "clients/lib/connection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>

#include "absl/time/clock.h"
#include "clients/lib/failure.h"
#include "clients/lib/testing/fake_server.h"
#include "google/protobuf/empty.pb.h"
#include "services/base/error.h"
#include "soutenance/directory/v1/directory.pb.h"
#include "soutenance/scheduling/v1/timetables.pb.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::clients {
namespace {

namespace pb = directory::v1;
using clients::testing::Answer;
using clients::testing::FakeServer;
using soutenance::testing::Reason;
using soutenance::testing::StatusIs;
using soutenance::testing::TemporaryFolder;

ConnectionOptions OptionsFor(const std::string& address) {
  return {.server = {.target = address}, .token = "sout_secret", .retry_time_max = absl::Seconds(5)};
}

pb::Room ARoom(const std::string& id) {
  pb::Room room;
  room.set_name("rooms/" + id);
  return room;
}

pb::GetRoomRequest GetA101() {
  pb::GetRoomRequest request;
  request.set_name("rooms/a101");
  return request;
}

TEST(Connection, CallsTheMethodThatTakesTheRequestWithTokenAndRequestId) {
  FakeServer server;
  server.Answers("GetRoom", ARoom("a101"));
  Connection connection(OptionsFor(server.address()));
  ASSERT_OK_AND_ASSIGN(const pb::Room room, connection.Call<pb::Room>(GetA101()));
  EXPECT_EQ(room.name(), "rooms/a101");
  const auto calls = server.Calls("GetRoom");
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_EQ(calls[0].metadata.at("authorization"), "Bearer sout_secret");
  EXPECT_EQ(calls[0].metadata.at("x-request-id").size(), 32u);
}

TEST(Connection, RefusesToSendMoreThanAServerTakesAtOnce) {
  FakeServer server;
  server.Answers("CreateRoom", ARoom("a101"));
  Connection connection(OptionsFor(server.address()));
  pb::CreateRoomRequest request;
  request.set_request_id(std::string(32, '1'));
  request.mutable_room()->set_title(std::string((16 << 20) - 44, 'x'));
  ASSERT_EQ(request.ByteSizeLong(), std::size_t{16 << 20});
  EXPECT_OK(connection.Call<pb::Room>(request));
  request.mutable_room()->mutable_title()->push_back('x');
  const absl::Status refused = connection.Call<pb::Room>(request).status();
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument, Reason("REQUEST_TOO_LARGE")));
  EXPECT_EQ(refused.message(),
            "what is to be sent has 16777217 bytes; at most 16777216 can be sent at once: "
            "send it in smaller parts");
  EXPECT_EQ(server.Calls("CreateRoom").size(), 1u);
}

TEST(Connection, GivesTheServersRefusalWithItsFactsAndTheRequestId) {
  FakeServer server;
  server.Refuses("GetRoom", NotFound("room", "rooms/a101"));
  Connection connection(OptionsFor(server.address()));
  const absl::Status status = connection.Call<pb::Room>(GetA101()).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kNotFound, Reason("ROOM_NOT_FOUND")));
  EXPECT_EQ(RequestIdOf(status), server.Calls("GetRoom")[0].metadata.at("x-request-id"));
}

TEST(Connection, RepeatsAMutatingCallWithTheSameRequestIdWhileTheServerIsUnavailable) {
  FakeServer server;
  server.Refuses("CreateRoom", absl::UnavailableError("starting"));
  server.Refuses("CreateRoom", absl::UnavailableError("starting"));
  server.Answers("CreateRoom", ARoom("a101"));
  int waits = 0;
  ConnectionOptions options = OptionsFor(server.address());
  options.on_wait = [&] { ++waits; };
  Connection connection(std::move(options));
  ASSERT_OK(connection.Call<pb::Room>(pb::CreateRoomRequest()));
  const auto requests = server.Requests<pb::CreateRoomRequest>("CreateRoom");
  ASSERT_EQ(requests.size(), 3u);
  EXPECT_EQ(requests[0].request_id().size(), 32u);
  EXPECT_EQ(requests[1].request_id(), requests[0].request_id());
  EXPECT_EQ(requests[2].request_id(), requests[0].request_id());
  EXPECT_EQ(waits, 2);
}

TEST(Connection, DoesNotRepeatWhatTheServerRefused) {
  FakeServer server;
  server.Refuses("CreateRoom", absl::AbortedError("stale"));
  Connection connection(OptionsFor(server.address()));
  EXPECT_THAT(connection.Call<pb::Room>(pb::CreateRoomRequest()), StatusIs(absl::StatusCode::kAborted));
  EXPECT_EQ(server.Calls("CreateRoom").size(), 1u);
}

TEST(Connection, SaysThatNoServerAnswersAndWhere) {
  TemporaryFolder folder;
  ConnectionOptions options = OptionsFor("unix:" + folder.path() + "/none.sock");
  options.retry_time_max = absl::Milliseconds(200);
  Connection connection(std::move(options));
  const absl::Status status = connection.Call<pb::Room>(GetA101()).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable, Reason("SERVER_UNREACHABLE")));
  EXPECT_EQ(status.message(), "no server answers at unix:" + folder.path() + "/none.sock");
}

TEST(Connection, WaitsForAServerThatIsBeingStarted) {
  TemporaryFolder folder;
  const std::string path = folder.path() + "/late.sock";
  Connection connection(OptionsFor("unix:" + path));
  std::unique_ptr<FakeServer> server;
  std::thread starter([&] {
    absl::SleepFor(absl::Milliseconds(300));
    server = std::make_unique<FakeServer>(path);
    server->Answers("GetRoom", ARoom("a101"));
  });
  EXPECT_OK(connection.Call<pb::Room>(GetA101()));
  starter.join();
}

TEST(Connection, EveryCallHasADeadline) {
  FakeServer server;
  server.Answers("GetRoom", {.end = Answer::End::kHold});
  ConnectionOptions options = OptionsFor(server.address());
  options.time_max = absl::Milliseconds(200);
  Connection connection(std::move(options));
  EXPECT_THAT(connection.Call<pb::Room>(GetA101()),
              StatusIs(absl::StatusCode::kDeadlineExceeded, Reason("DEADLINE_EXCEEDED")));
}

TEST(Connection, ListsAllPagesAsOne) {
  FakeServer server;
  pb::ListRoomsResponse first;
  *first.add_rooms() = ARoom("a");
  first.set_next_page_token("next");
  pb::ListRoomsResponse second;
  *second.add_rooms() = ARoom("b");
  server.Answers("ListRooms", first);
  server.Answers("ListRooms", second);
  Connection connection(OptionsFor(server.address()));
  ASSERT_OK_AND_ASSIGN(const auto all, connection.List<pb::ListRoomsResponse>(pb::ListRoomsRequest()));
  ASSERT_EQ(all.rooms_size(), 2);
  EXPECT_EQ(all.rooms(1).name(), "rooms/b");
  EXPECT_EQ(all.next_page_token(), "");
  EXPECT_EQ(server.Requests<pb::ListRoomsRequest>("ListRooms")[1].page_token(), "next");
}

TEST(Connection, TakesAnswersLargerThanGrpcAllowsByItself) {
  FakeServer server;
  pb::Room room = ARoom("a101");
  room.set_title(std::string(6 << 20, 'x'));
  server.Answers("GetRoom", room);
  Connection connection(OptionsFor(server.address()));
  ASSERT_OK_AND_ASSIGN(const pb::Room answer, connection.Call<pb::Room>(GetA101()));
  EXPECT_EQ(answer.title().size(), room.title().size());
}

TEST(Connection, RefusesAnAnswerOfAnotherTypeThanTheMethodHas) {
  Connection connection(OptionsFor("unix:/nowhere"));
  EXPECT_THAT(connection.Call<pb::Person>(GetA101()), StatusIs(absl::StatusCode::kInternal));
}

// Follows a run and notes how many placements each message tells.
class FollowTest : public ::testing::Test {
 protected:
  static Answer Runs(std::vector<int> placed, absl::Status status = absl::OkStatus(),
                     Answer::End end = Answer::End::kFinish) {
    Answer answer{.status = std::move(status), .end = end};
    for (const int count : placed) {
      scheduling::v1::TimetableRun run;
      run.mutable_progress()->set_placed_count(count);
      answer.messages.push_back(run.SerializeAsString());
    }
    return answer;
  }

  absl::Status Follow(Connection::Follower follower = {}) {
    Connection connection(OptionsFor(server_.address()));
    scheduling::v1::TimetableRun run;
    if (!follower.on_message) {
      follower.on_message = [] { return Connection::Next::kGoOn; };
    }
    const auto on_message = follower.on_message;
    follower.on_message = [&] {
      placed_.push_back(run.progress().placed_count());
      return on_message();
    };
    return connection.Follow(scheduling::v1::FollowTimetableRunRequest(), run, follower);
  }

  FakeServer server_;
  std::vector<int> placed_;
};

TEST_F(FollowTest, ReadsEveryMessageToTheEnd) {
  server_.Answers("FollowTimetableRun", Runs({1, 2, 3}));
  EXPECT_OK(Follow());
  EXPECT_THAT(placed_, ::testing::ElementsAre(1, 2, 3));
}

TEST_F(FollowTest, BeginsAgainAfterTheConnectionBroke) {
  server_.Answers("FollowTimetableRun", Runs({1}, absl::UnavailableError("restarting")));
  server_.Answers("FollowTimetableRun", Runs({2}));
  EXPECT_OK(Follow());
  EXPECT_THAT(placed_, ::testing::ElementsAre(1, 2));
}

TEST_F(FollowTest, EndsWithTheServersRefusal) {
  server_.Answers("FollowTimetableRun", Runs({}, NotFound("run", "campaigns/c/runs/1")));
  EXPECT_THAT(Follow(), StatusIs(absl::StatusCode::kNotFound, Reason("RUN_NOT_FOUND")));
}

TEST_F(FollowTest, StopsWhenTheFollowerHasSeenEnough) {
  server_.Answers("FollowTimetableRun", Runs({1, 2}, absl::OkStatus(), Answer::End::kHold));
  EXPECT_OK(Follow({.on_message = [&] {
    return placed_.size() == 2 ? Connection::Next::kStop : Connection::Next::kGoOn;
  }}));
  EXPECT_THAT(placed_, ::testing::ElementsAre(1, 2));
}

TEST_F(FollowTest, TicksWhileNothingComes) {
  server_.Answers("FollowTimetableRun", Runs({1}, absl::OkStatus(), Answer::End::kHold));
  int ticks = 0;
  EXPECT_OK(
      Follow({.on_tick = [&] { return ++ticks == 3 ? Connection::Next::kStop : Connection::Next::kGoOn; }}));
  EXPECT_EQ(ticks, 3);
}

TEST(CheckHealth, TellsWhatTheServerSaysOfEachService) {
  FakeServer server;
  server.SetServing("soutenance.directory.v1.DirectoryService", true);
  server.SetServing("soutenance.scheduling.v1.CampaignService", false);
  Connection connection(OptionsFor(server.address()));
  EXPECT_THAT(connection.CheckHealth("soutenance.directory.v1.DirectoryService"),
              soutenance::testing::IsOkAndHolds(Connection::Health::kServing));
  EXPECT_THAT(connection.CheckHealth("soutenance.scheduling.v1.CampaignService"),
              soutenance::testing::IsOkAndHolds(Connection::Health::kNotServing));
  EXPECT_THAT(connection.CheckHealth("soutenance.nobody.v1.NobodyService"),
              soutenance::testing::IsOkAndHolds(Connection::Health::kUnknownService));
}

}  // namespace
}  // namespace soutenance::clients
