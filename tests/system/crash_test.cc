// The server is killed (kill -9) at many moments of an import, a run and a publication. After a restart on
// what was written, nothing is half done.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/system/client.h"
#include "tests/system/deployment.h"
#include "tests/system/folders.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::system_test {
namespace {

namespace dir = ::soutenance::directory::v1;
namespace sched = ::soutenance::scheduling::v1;
using ::soutenance::testing::IsOk;
using ::testing::AnyOf;

class Crash : public ::testing::TestWithParam<Shape> {
 protected:
  Client Administrator() const { return Client(*deployment_, deployment_->administrator_token()); }

  // Calls `work` on a thread of its own and kills the server `delay` after it began; then starts it again.
  template <typename F>
  void KillDuring(absl::Duration delay, F work) {
    std::thread caller(work);
    absl::SleepFor(delay);
    deployment_->Kill();
    caller.join();
    deployment_->Start();
  }

  // Waits until no import is being carried out.
  void WaitForImports() {
    const absl::Time end = absl::Now() + absl::Seconds(60);
    while (absl::Now() < end) {
      const auto imports = Administrator().Call(&ImportStub::ListImports, dir::ListImportsRequest());
      ASSERT_THAT(imports, IsOk());
      bool busy = false;
      for (const dir::Import& import : imports->imports())
        busy |= import.state() == dir::Import::STATE_APPLYING;
      if (!busy) return;
      absl::SleepFor(absl::Milliseconds(50));
    }
    FAIL() << "an import is not carried out to its end";
  }

  struct Limits {
    int seconds = 0;
    int moves = 0;  // 0: none
  };
  sched::TimetableRun Run(const std::string& campaign, const Limits& limits) {
    sched::CreateTimetableRunRequest request;
    request.set_parent(campaign);
    request.mutable_parameters()->set_time_seconds_max(limits.seconds);
    request.mutable_parameters()->set_moves_max(limits.moves);
    request.mutable_parameters()->set_threads(1);
    const auto run = Administrator().Call(&TimetableStub::CreateTimetableRun, request);
    EXPECT_THAT(run, IsOk());
    return run.ok() ? *run : sched::TimetableRun();
  }

  sched::TimetableRun Finish(const std::string& run) {
    const auto finished = Administrator().Follow(run, [](const sched::TimetableRun&) { return true; });
    EXPECT_THAT(finished, IsOk());
    return finished.ok() ? *finished : sched::TimetableRun();
  }

  std::unique_ptr<Deployment> deployment_ = std::make_unique<Deployment>(GetParam());
};

// What of the large campaign is there, by kind of resource.
struct Written {
  int people = 0;
  int theses = 0;
  int juries = 0;
  int defences = 0;
};

template <typename Stub, typename Request, typename Response, typename Count>
int CountAll(const Client& client,
             grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*), Request request,
             Count count) {
  int all = 0;
  request.set_page_size(1000);
  do {
    const absl::StatusOr<Response> page = client.Call(method, request);
    if (!page.ok()) {
      // A list of what does not exist.
      EXPECT_TRUE(absl::IsNotFound(page.status())) << page.status();
      return 0;
    }
    all += count(*page);
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return all;
}

Written Look(const Client& client) {
  Written written;
  written.people = CountAll(client, &DirectoryStub::ListPeople, dir::ListPeopleRequest(),
                            [](const auto& page) { return page.people_size(); });
  written.theses = CountAll(client, &SubmissionsStub::ListTheses, submissions::v1::ListThesesRequest(),
                            [](const auto& page) { return page.theses_size(); });
  written.juries = CountAll(client, &AssignmentStub::ListJuries, assignment::v1::ListJuriesRequest(),
                            [](const auto& page) { return page.juries_size(); });
  sched::ListDefencesRequest defences;
  defences.set_parent("campaigns/large");
  written.defences = CountAll(client, &CampaignStub::ListDefences, defences,
                              [](const auto& page) { return page.defences_size(); });
  return written;
}

TEST_P(Crash, LeavesAnImportDoneOrNotBegun) {
  constexpr int kTheses = 300;
  const dir::CreateImportRequest folder = LargeCampaign(kTheses, 40);
  const absl::Time begin = absl::Now();
  ASSERT_THAT(Administrator().Call(&ImportStub::CreateImport, folder), IsOk());
  const absl::Duration whole = absl::Now() - begin;

  // Killed at every twentieth of it, each time on a system without anything.
  int not_begun = 0, done_before = 0, done_after = 0;
  bool is_done = true;
  for (int part = 1; part <= 20; ++part) {
    // What an import that was not begun left is a system without anything, as was just looked at.
    if (is_done) deployment_ = std::make_unique<Deployment>(GetParam());
    // The answer is lost; whatever it was does not matter.
    KillDuring(whole * part / 20, [&] { (void)Administrator().Call(&ImportStub::CreateImport, folder); });
    const absl::Time restart = absl::Now();
    WaitForImports();
    const auto imports = Administrator().Call(&ImportStub::ListImports, dir::ListImportsRequest());
    ASSERT_THAT(imports, IsOk());
    is_done = imports->imports_size() > 0;
    const Written written = Look(Administrator());
    EXPECT_EQ(written.people, is_done ? 4 * kTheses : 0) << "killed after " << part << "/20";
    EXPECT_EQ(written.theses, is_done ? kTheses : 0) << "killed after " << part << "/20";
    EXPECT_EQ(written.juries, is_done ? kTheses : 0) << "killed after " << part << "/20";
    EXPECT_EQ(written.defences, is_done ? kTheses : 0) << "killed after " << part << "/20";
    if (!is_done) {
      ++not_begun;
    } else if (imports->imports(0).done_time().seconds() * 1000 +
                   imports->imports(0).done_time().nanos() / 1'000'000 <
               absl::ToUnixMillis(restart - absl::Milliseconds(200))) {
      ++done_before;
    } else {
      ++done_after;
    }
  }
  RecordProperty("not_begun", not_begun);
  RecordProperty("done_before", done_before);
  RecordProperty("done_after", done_after);
  // Otherwise the moments were not those that matter.
  EXPECT_GT(not_begun, 0);
  EXPECT_GT(done_after, 0);
}

TEST_P(Crash, TakesUpARunOnceAndThenSaysThatItWasInterrupted) {
  ASSERT_THAT(Administrator().Call(&ImportStub::CreateImport, Cohort()), IsOk());
  const std::string name = Run("campaigns/m2-alternance-2027", {.seconds = 3600}).name();
  for (int kills = 0; kills < 2; ++kills) {
    const auto running = Administrator().Follow(name, [](const sched::TimetableRun& run) {
      return run.state() == sched::TimetableRun::STATE_QUEUED || run.progress().placed_count() == 0;
    });
    ASSERT_THAT(running, IsOk());
    ASSERT_EQ(running->state(), sched::TimetableRun::STATE_RUNNING) << running->ShortDebugString();
    deployment_->Kill();
    deployment_->Start();
  }
  const sched::TimetableRun run = Finish(name);
  EXPECT_EQ(run.state(), sched::TimetableRun::STATE_FAILED);
  EXPECT_EQ(run.error_reason(), "INTERRUPTED");
  EXPECT_EQ(run.timetable(), "");
  sched::ListTimetablesRequest list;
  list.set_parent("campaigns/m2-alternance-2027");
  const auto timetables = Administrator().Call(&TimetableStub::ListTimetables, list);
  ASSERT_THAT(timetables, IsOk());
  EXPECT_EQ(timetables->timetables_size(), 0);
}

TEST_P(Crash, FinishesARunThatWasKilledOnce) {
  ASSERT_THAT(Administrator().Call(&ImportStub::CreateImport, Cohort()), IsOk());
  const std::string name = Run("campaigns/m2-alternance-2027", {.seconds = 2}).name();
  absl::SleepFor(absl::Milliseconds(500));
  deployment_->Kill();
  deployment_->Start();
  const sched::TimetableRun run = Finish(name);
  ASSERT_EQ(run.state(), sched::TimetableRun::STATE_SUCCEEDED) << run.ShortDebugString();
  sched::GetTimetableRequest get;
  get.set_name(run.timetable());
  const auto timetable = Administrator().Call(&TimetableStub::GetTimetable, get);
  ASSERT_THAT(timetable, IsOk());
  EXPECT_EQ(timetable->placements_size(), 23);
}

TEST_P(Crash, LeavesATimetablePublishedOrNot) {
  ASSERT_THAT(Administrator().Call(&ImportStub::CreateImport, Cohort()), IsOk());
  int published = 0, rounds = 0;
  for (const int delay_ms : {0, 1, 2, 3, 4, 6, 8, 10, 13, 17, 22, 30, 50, 80}) {
    ++rounds;
    const std::string name =
        Finish(Run("campaigns/m2-alternance-2027", {.seconds = 60, .moves = 200}).name()).timetable();
    ASSERT_NE(name, "");
    KillDuring(absl::Milliseconds(delay_ms), [&] {
      sched::PublishTimetableRequest publish;
      publish.set_name(name);
      publish.set_allow_incomplete(true);
      (void)Administrator().Call(&TimetableStub::PublishTimetable, publish);
    });
    sched::GetTimetableRequest get;
    get.set_name(name);
    const auto timetable = Administrator().Call(&TimetableStub::GetTimetable, get);
    ASSERT_THAT(timetable, IsOk());
    EXPECT_THAT(timetable->state(), AnyOf(sched::Timetable::STATE_DRAFT, sched::Timetable::STATE_PUBLISHED));
    const bool is_published = timetable->state() == sched::Timetable::STATE_PUBLISHED;
    published += is_published;

    // The campaign says the same, and exactly one timetable is published if any ever was.
    sched::GetCampaignRequest get_campaign;
    get_campaign.set_name("campaigns/m2-alternance-2027");
    const auto campaign = Administrator().Call(&CampaignStub::GetCampaign, get_campaign);
    ASSERT_THAT(campaign, IsOk());
    EXPECT_EQ(campaign->published_timetable() == name, is_published) << "killed after " << delay_ms << " ms";
    sched::ListTimetablesRequest list;
    list.set_parent("campaigns/m2-alternance-2027");
    const auto timetables = Administrator().Call(&TimetableStub::ListTimetables, list);
    ASSERT_THAT(timetables, IsOk());
    int now = 0;
    for (const auto& each : timetables->timetables())
      now += each.state() == sched::Timetable::STATE_PUBLISHED;
    EXPECT_EQ(now, published > 0 ? 1 : 0) << "killed after " << delay_ms << " ms";
  }
  // Otherwise the moments were not those that matter.
  EXPECT_GT(published, 0);
  EXPECT_LT(published, rounds);
}

TEST_P(Crash, LosesNothingThatWasAcknowledged) {
  std::vector<std::string> acknowledged;
  for (int round = 0; round < 5; ++round) {
    KillDuring(absl::Milliseconds(150), [&] {
      for (int i = 0; i < 10'000; ++i) {
        dir::CreateRoomRequest request;
        request.set_room_id(absl::StrCat("room-", round, "-", i));
        request.mutable_room()->set_title("A room");
        const auto room = Administrator().Call(&DirectoryStub::CreateRoom, request);
        if (!room.ok()) return;
        acknowledged.push_back(room->name());
      }
    });
  }
  EXPECT_GT(acknowledged.size(), 5u);
  for (const std::string& name : acknowledged) {
    dir::GetRoomRequest request;
    request.set_name(name);
    EXPECT_THAT(Administrator().Call(&DirectoryStub::GetRoom, request), IsOk()) << name;
  }
}

TEST_P(Crash, StopsInOrderWhenAsked) {
  for (const int code : deployment_->Stop()) EXPECT_EQ(code, 0);
  deployment_->Start();
  EXPECT_THAT(Administrator().Call(&AccountStub::WhoAmI, dir::WhoAmIRequest()), IsOk());
}

INSTANTIATE_TEST_SUITE_P(Everywhere, Crash, ::testing::Values(Shape::kOneBinary, Shape::kBinaryPerService),
                         [](const auto& shape) {
                           return shape.param == Shape::kOneBinary ? "OneBinary" : "BinaryPerService";
                         });

}  // namespace
}  // namespace soutenance::system_test
