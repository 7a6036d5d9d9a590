#include "services/scheduling/runs.h"

#include <atomic>
#include <future>
#include <thread>

#include "services/base/error.h"
#include "services/scheduling/solver/search/solve.h"
#include "services/scheduling/stored_facts.h"
#include "services/scheduling/testing/timetable_house.h"
#include "services/scheduling/transactions.h"
#include "tests/testing/process.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::scheduling {
namespace {

using namespace testing;  // NOLINT: the house and what is in it

using ::soutenance::testing::IsOk;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Not;

Runs::Request ARequest(RunParameters parameters = {.moves_max = 500, .threads = 1}) {
  return {.campaign = "campaigns/m2", .parameters = std::move(parameters)};
}

RunKey TheRun(int number) { return {"campaigns/m2", number}; }

using ProgressSink = absl::FunctionRef<void(const solver::Progress&)>;

// Searches shortly, whatever the parameters say.
solver::SolveResult SearchShortly(const solver::Problem& problem, solver::SolveParams params) {
  params.move_limit = 500;
  return solver::Solve(problem, params, {}, [](const solver::Progress&) {});
}

// A solver that goes on until it is stopped, then returns what a short search finds. `begun` is set when it
// is called.
Runs::Solver UntilStopped(std::promise<void>& begun) {
  return [&begun](const solver::Problem& problem, const solver::SolveParams& params, std::stop_token stop,
                  ProgressSink) {
    std::promise<void> stopped;
    const std::stop_callback on_stop(stop, [&] { stopped.set_value(); });
    begun.set_value();
    stopped.get_future().wait();
    solver::SolveResult result = SearchShortly(problem, params);
    result.termination = solver::Termination::kCancelled;
    return result;
  };
}

TEST(Runs, ComputeATimetable) {
  House house(ThreeDefences());
  ASSERT_OK_AND_ASSIGN(const TimetableRun run,
                       house.runs.Create(Staff(), ARequest({.moves_max = 500, .seed = 7, .threads = 1})));
  EXPECT_EQ(run.state, RunState::kQueued);
  EXPECT_EQ(run.key, TheRun(1));
  EXPECT_EQ(run.account, "accounts/staff");
  EXPECT_EQ(house.queue.DoAll(), 1);

  ASSERT_OK_AND_ASSIGN(const TimetableRun ended, house.runs.Get(Staff(), run.key));
  EXPECT_EQ(ended.state, RunState::kSucceeded);
  EXPECT_EQ(ended.timetable, 1);
  ASSERT_TRUE(ended.progress.has_value());
  EXPECT_EQ(ended.progress->placed_count, 3);
  ASSERT_OK_AND_ASSIGN(const TimetableView timetable, house.Get(1));
  EXPECT_EQ(timetable.timetable.state, TimetableState::kDraft);
  EXPECT_EQ(timetable.timetable.placed_count, 3);
  EXPECT_EQ(timetable.timetable.defence_count, 3);
  EXPECT_EQ(timetable.timetable.run, 1);
  EXPECT_EQ(timetable.timetable.seed, 7);
  EXPECT_EQ(timetable.timetable.solver_version, std::string(solver::SolverVersion()));
}

TEST(Runs, KeepTheExactProblem) {
  House house(ThreeDefences());
  const TimetableView timetable = house.Compute();
  ASSERT_OK_AND_ASSIGN(
      const Timetables::Document problem,
      house.timetables.Export(Staff(), {.timetable = Number(1), .format = Timetables::Format::kProblem}));
  EXPECT_EQ(DigestOf(problem.content), timetable.timetable.problem_digest);
}

TEST(Runs, FindTheSameTimetableForTheSameFactsAndSeed) {
  House house(ThreeDefences());
  House twin(ThreeDefences());
  const TimetableView one = house.Compute({.seed = 3});
  const TimetableView two = twin.Compute({.seed = 3});
  for (const char* thesis : {"theses/1", "theses/2", "theses/3"}) {
    EXPECT_EQ(PlaceText(one, thesis), PlaceText(two, thesis));
  }
  EXPECT_EQ(one.timetable.problem_digest, two.timetable.problem_digest);
}

TEST(Runs, AskNobodyWhileTheyAreExecuted) {
  House house(ThreeDefences());
  ASSERT_OK(house.runs.Create(Staff(), ARequest()).status());
  house.theses.failure = absl::UnavailableError("down");
  house.directory.failure = absl::UnavailableError("down");
  house.queue.DoAll();

  ASSERT_OK_AND_ASSIGN(const TimetableRun run, house.runs.Get(Staff(), TheRun(1)));
  EXPECT_EQ(run.state, RunState::kSucceeded);
}

TEST(CreateRun, SaysThatAPeerIsDown) {
  House house(ThreeDefences());
  house.theses.failure = absl::UnavailableError("submissions are down");
  EXPECT_THAT(house.runs.Create(Staff(), ARequest()), StatusIs(absl::StatusCode::kUnavailable));
}

TEST(CreateRun, RefusesACampaignThatIsNotReadyWithEveryReason) {
  CampaignFacts facts = ThreeDefences();
  facts.rooms.clear();
  for (auto& [name, thesis] : facts.theses) thesis.is_withdrawn = true;
  House house(facts);

  const auto run = house.runs.Create(Staff(), ARequest());
  EXPECT_THAT(run, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("CAMPAIGN_NOT_READY")));
  EXPECT_THAT(FactsOf(run.status()).preconditions,
              ElementsAre(Field(&PreconditionViolation::type, "NO_ROOM"),
                          Field(&PreconditionViolation::type, "NO_DEFENCE")));
  ASSERT_OK_AND_ASSIGN(const Page<TimetableRun> runs, house.runs.List(Staff(), "campaigns/m2", {}));
  EXPECT_THAT(runs.items, ElementsAre());
}

TEST(CreateRun, IsForTheStaffOfTheProgramme) {
  House house(ThreeDefences());
  EXPECT_THAT(house.runs.Create(Stranger(), ARequest()),
              StatusIs(absl::StatusCode::kNotFound, Reason("CAMPAIGN_NOT_FOUND")));
  EXPECT_THAT(house.runs.Create(Ana(), ARequest()),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
  ASSERT_OK(house.runs.Create(Staff(), ARequest()).status());
  EXPECT_THAT(house.runs.Get(Stranger(), TheRun(1)), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(house.runs.List(Stranger(), "campaigns/m2", {}), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(house.runs.Cancel(Stranger(), TheRun(1), {}), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(house.runs.Follow(
                  Stranger(), TheRun(1), [] { return false; }, [](const TimetableRun&) { return true; }),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST(CreateRun, WritesNothingIfItOnlyValidates) {
  House house(ThreeDefences());
  Runs::Request request = ARequest();
  request.validate_only = true;
  ASSERT_OK_AND_ASSIGN(const TimetableRun run, house.runs.Create(Staff(), request));
  EXPECT_EQ(run.key.number, 0);
  EXPECT_EQ(house.queue.DoAll(), 0);
  EXPECT_THAT(house.runs.Get(Staff(), TheRun(1)),
              StatusIs(absl::StatusCode::kNotFound, Reason("RUN_NOT_FOUND")));
}

TEST(CreateRun, ReturnsTheFirstRunForTheSameRequestId) {
  House house(ThreeDefences());
  Runs::Request request = ARequest();
  request.request = Once("r-1");
  ASSERT_OK_AND_ASSIGN(const TimetableRun first, house.runs.Create(Staff(), request));
  // A repetition does not depend on what peers say today.
  house.theses.failure = absl::UnavailableError("down");
  ASSERT_OK_AND_ASSIGN(const TimetableRun second, house.runs.Create(Staff(), request));
  EXPECT_EQ(first, second);
  EXPECT_EQ(house.queue.DoAll(), 1);

  request.request = Once("r-1", "another content");
  EXPECT_THAT(house.runs.Create(Staff(), request),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("REQUEST_ID_REUSED")));
}

TEST(CreateRun, LeavesNothingBehindIfTheQueueIsFull) {
  House house(ThreeDefences());
  house.queue.size_max = 0;
  Runs::Request request = ARequest();
  request.request = Once("r-1");
  EXPECT_THAT(house.runs.Create(Staff(), request),
              StatusIs(absl::StatusCode::kResourceExhausted, Reason("QUEUE_FULL")));
  ASSERT_OK_AND_ASSIGN(const Page<TimetableRun> runs, house.runs.List(Staff(), "campaigns/m2", {}));
  EXPECT_THAT(runs.items, ElementsAre());

  house.queue.size_max = 8;
  ASSERT_OK_AND_ASSIGN(const TimetableRun run, house.runs.Create(Staff(), request));
  EXPECT_EQ(run.state, RunState::kQueued);
  EXPECT_EQ(house.queue.DoAll(), 1);
}

TEST(CreateRun, RefusesParametersOutOfRange) {
  House house(ThreeDefences());
  EXPECT_THAT(house.runs.Create(Staff(), ARequest({.seconds_max = 4000})),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
}

TEST(RunBase, IsThePublishedTimetableIfNoneIsNamed) {
  House house(ThreeDefences());
  house.Published();
  ASSERT_OK_AND_ASSIGN(const TimetableRun run, house.runs.Create(Staff(), ARequest()));
  EXPECT_EQ(run.base, 1);
  EXPECT_EQ(run.parameters.base_timetable, "campaigns/m2/timetables/1");
  house.queue.DoAll();

  ASSERT_OK_AND_ASSIGN(const TimetableView timetable, house.Get(2));
  EXPECT_EQ(timetable.timetable.base, 1);
}

TEST(RunBase, MustExistInTheCampaign) {
  House house(ThreeDefences());
  EXPECT_THAT(house.runs.Create(Staff(), ARequest({.base_timetable = "campaigns/m2/timetables/9"})),
              StatusIs(absl::StatusCode::kNotFound, Reason("TIMETABLE_NOT_FOUND")));
  EXPECT_THAT(house.runs.Create(Staff(), ARequest({.base_timetable = "campaigns/m2/timetables/published"})),
              StatusIs(absl::StatusCode::kNotFound, Reason("TIMETABLE_NOT_FOUND")));
  EXPECT_THAT(house.runs.Create(Staff(), ARequest({.base_timetable = "campaigns/m3/timetables/1"})),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
}

TEST(RunBase, StaysWhereItWasAndKeepsItsPins) {
  House house(ThreeDefences());
  house.Compute();
  // To where no search would put it.
  ASSERT_OK(house.timetables.Move(Staff(), {.timetable = Number(1),
                                            .defence = "campaigns/m2/defences/3",
                                            .to = At("2027-06-15T16:00", "rooms/b")}));
  ASSERT_OK(house.timetables.Pin(Staff(), {.timetable = Number(1),
                                           .defence = "campaigns/m2/defences/3",
                                           .pin = {.day = true, .time = true, .room = true}}));
  const TimetableView later = house.Compute({.seed = 99, .base_timetable = "campaigns/m2/timetables/1"});
  EXPECT_EQ(PlaceText(later, "theses/3"), "2027-06-15T16:00 rooms/b");
  EXPECT_TRUE(PlacementOf(later, "theses/3").pin.room);
  EXPECT_FALSE(PlacementOf(later, "theses/1").pin.IsAny());
}

TEST(CancelRun, EndsOneThatWaits) {
  House house(ThreeDefences());
  ASSERT_OK(house.runs.Create(Staff(), ARequest()).status());
  ASSERT_OK_AND_ASSIGN(const TimetableRun run, house.runs.Cancel(Staff(), TheRun(1), Once("c-1")));
  EXPECT_EQ(run.state, RunState::kCancelled);
  EXPECT_EQ(run.timetable, 0);
  house.queue.DoAll();
  ASSERT_OK_AND_ASSIGN(const TimetableRun after, house.runs.Get(Staff(), TheRun(1)));
  EXPECT_EQ(after, run);
  EXPECT_OK(house.runs.Cancel(Staff(), TheRun(1), Once("c-1")).status());
}

TEST(CancelRun, KeepsTheBestOfOneThatRuns) {
  std::promise<void> begun;
  House house(ThreeDefences(), UntilStopped(begun));
  ASSERT_OK(house.runs.Create(Staff(), ARequest()).status());
  std::jthread worker([&] { house.queue.DoAll(); });
  begun.get_future().wait();

  ASSERT_OK_AND_ASSIGN(const TimetableRun run, house.runs.Cancel(Staff(), TheRun(1), {}));
  EXPECT_EQ(run.state, RunState::kCancelled);
  EXPECT_EQ(run.timetable, 1);
  ASSERT_OK_AND_ASSIGN(const TimetableView timetable, house.Get(1));
  EXPECT_EQ(timetable.timetable.placed_count, 3);
  EXPECT_FALSE(timetable.timetable.is_optimal);
}

TEST(CancelRun, ChangesNothingOnceItHasFinished) {
  House house(ThreeDefences());
  house.Compute();
  ASSERT_OK_AND_ASSIGN(const TimetableRun run, house.runs.Cancel(Staff(), TheRun(1), {}));
  EXPECT_EQ(run.state, RunState::kSucceeded);
  EXPECT_EQ(run.timetable, 1);
}

TEST(CancelRun, EndsOneThatNobodyExecutesAnyMore) {
  House house(ThreeDefences());
  ASSERT_OK_AND_ASSIGN(TimetableRun run, house.runs.Create(Staff(), ARequest()));
  ASSERT_OK(Begin(run, house.clock.Now()));
  ASSERT_OK(house.store.Write([&](TimetableWriter& writer) { return writer.UpdateRun(run); }));

  ASSERT_OK_AND_ASSIGN(const TimetableRun ended, house.runs.Cancel(Staff(), TheRun(1), {}));
  EXPECT_EQ(ended.state, RunState::kCancelled);
}

TEST(ExecuteRun, GoesBackToTheQueueWhenTheServerStops) {
  std::promise<void> begun;
  House house(ThreeDefences(), UntilStopped(begun));
  ASSERT_OK(house.runs.Create(Staff(), ARequest()).status());
  std::stop_source server;
  server.request_stop();
  house.queue.DoAll(server.get_token());

  ASSERT_OK_AND_ASSIGN(const TimetableRun run, house.runs.Get(Staff(), TheRun(1)));
  EXPECT_EQ(run.state, RunState::kQueued);
  EXPECT_EQ(run.interruptions, 0);
  EXPECT_THAT(house.Get(1), StatusIs(absl::StatusCode::kNotFound));
}

// A solver that puts all defences into the first room at the same time and is proud of it.
solver::SolveResult Cheat(const solver::Problem& problem, const solver::SolveParams& params, std::stop_token,
                          ProgressSink) {
  solver::SolveResult result = SearchShortly(problem, params);
  solver::Placements placements(static_cast<std::size_t>(problem.DefenceCount()));
  for (auto& placement : placements) placement = solver::Placement{.start = 540, .room = solver::RoomId{0}};
  result.best = solver::Timetable(problem, placements);
  return result;
}

TEST(ExecuteRun, StoresNoTimetableThatTheCheckDisproves) {
  House house(ThreeDefences(), Cheat);
  ASSERT_OK(house.runs.Create(Staff(), ARequest()).status());
  house.queue.DoAll();

  ASSERT_OK_AND_ASSIGN(const TimetableRun run, house.runs.Get(Staff(), TheRun(1)));
  EXPECT_EQ(run.state, RunState::kFailed);
  EXPECT_EQ(run.error_reason, "INTERNAL");
  EXPECT_THAT(run.error, HasSubstr("_clash"));
  EXPECT_THAT(run.error, HasSubstr("report it"));
  EXPECT_THAT(house.Get(1), StatusIs(absl::StatusCode::kNotFound));
  // The problem is there to be looked at.
  ASSERT_OK_AND_ASSIGN(
      const std::optional<StoredFacts> facts,
      ReadFrom(house.store, [&](const TimetableReader& reader) { return reader.FindFacts(run.facts); }));
  ASSERT_TRUE(facts.has_value());
  EXPECT_THAT(facts->problem_text, HasSubstr("theses/3"));
}

TEST(ExecuteRun, StoresNoTimetableWhoseScoreIsWrong) {
  House house(ThreeDefences(), [](const solver::Problem& problem, const solver::SolveParams& params,
                                  std::stop_token, ProgressSink) {
    solver::SolveResult result = SearchShortly(problem, params);
    result.score.points[3] -= 1;
    return result;
  });
  ASSERT_OK(house.runs.Create(Staff(), ARequest()).status());
  house.queue.DoAll();

  ASSERT_OK_AND_ASSIGN(const TimetableRun run, house.runs.Get(Staff(), TheRun(1)));
  EXPECT_EQ(run.state, RunState::kFailed);
  EXPECT_EQ(run.error_reason, "INTERNAL");
  EXPECT_EQ(run.timetable, 0);
}

TEST(ExecuteRun, StoresProgressOnceASecondAndShowsItTwice) {
  struct Seen {
    int64_t shown;
    int64_t stored;
  };
  std::vector<Seen> seen;
  House* the_house = nullptr;
  House house(ThreeDefences(), [&](const solver::Problem& problem, const solver::SolveParams& params,
                                   std::stop_token, ProgressSink progress) {
    for (const int ms : {100, 500, 900, 1000, 1500, 1900}) {
      progress({.elapsed = absl::Milliseconds(ms)});
      const auto shown = the_house->runs.Get(Staff(), TheRun(1));
      const auto stored =
          ReadFrom(the_house->store, [](const TimetableReader& reader) { return reader.FindRun(TheRun(1)); });
      const auto elapsed = [](const TimetableRun& run) {
        return run.progress ? run.progress->elapsed_ms : 0;
      };
      seen.push_back({elapsed(*shown), elapsed(**stored)});
    }
    return SearchShortly(problem, params);
  });
  the_house = &house;
  ASSERT_OK(house.runs.Create(Staff(), ARequest()).status());
  house.queue.DoAll();

  std::vector<int64_t> shown;
  std::vector<int64_t> stored;
  for (const Seen& moment : seen) {
    shown.push_back(moment.shown);
    stored.push_back(moment.stored);
  }
  EXPECT_THAT(shown, ElementsAre(0, 500, 500, 1000, 1500, 1500));
  EXPECT_THAT(stored, ElementsAre(0, 0, 0, 1000, 1000, 1000));
}

TEST(FollowRun, SendsTheRunUntilItHasFinished) {
  std::promise<void> begun;
  House house(ThreeDefences(), UntilStopped(begun));
  ASSERT_OK(house.runs.Create(Staff(), ARequest()).status());
  std::promise<void> seen_queued;
  std::vector<RunState> states;
  std::jthread follower([&] {
    EXPECT_OK(house.runs.Follow(
        Staff(), TheRun(1), [] { return false; },
        [&](const TimetableRun& run) {
          states.push_back(run.state);
          if (states.size() == 1) seen_queued.set_value();
          return true;
        }));
  });
  seen_queued.get_future().wait();
  std::jthread worker([&] { house.queue.DoAll(); });
  begun.get_future().wait();
  ASSERT_OK(house.runs.Cancel(Staff(), TheRun(1), {}).status());
  follower.join();

  ASSERT_FALSE(states.empty());
  EXPECT_EQ(states.front(), RunState::kQueued);
  EXPECT_EQ(states.back(), RunState::kCancelled);
  EXPECT_LE(states.size(), 3u);
}

TEST(FollowRun, SendsAFinishedRunOnce) {
  House house(ThreeDefences());
  house.Compute();
  int count = 0;
  EXPECT_OK(house.runs.Follow(
      Staff(), TheRun(1), [] { return false; },
      [&](const TimetableRun& run) {
        ++count;
        EXPECT_EQ(run.state, RunState::kSucceeded);
        return true;
      }));
  EXPECT_EQ(count, 1);
}

TEST(FollowRun, EndsWhenTheCallerGoes) {
  House house(ThreeDefences());
  ASSERT_OK(house.runs.Create(Staff(), ARequest()).status());
  EXPECT_THAT(house.runs.Follow(
                  Staff(), TheRun(1), [] { return true; }, [](const TimetableRun&) { return true; }),
              StatusIs(absl::StatusCode::kCancelled));
  EXPECT_OK(house.runs.Follow(
      Staff(), TheRun(1), [] { return false; }, [](const TimetableRun&) { return false; }));
}

TEST(ListRuns, GivesPagesOldestFirst) {
  House house(ThreeDefences());
  for (int i = 0; i < 3; ++i) ASSERT_OK(house.runs.Create(Staff(), ARequest()).status());
  ASSERT_OK_AND_ASSIGN(const Page<TimetableRun> first, house.runs.List(Staff(), "campaigns/m2", {.size = 2}));
  ASSERT_OK_AND_ASSIGN(const Page<TimetableRun> second,
                       house.runs.List(Staff(), "campaigns/m2", {.size = 2, .after = first.next}));
  const auto numbered = [](int number) { return Field(&TimetableRun::key, TheRun(number)); };
  EXPECT_THAT(first.items, ElementsAre(numbered(1), numbered(2)));
  EXPECT_THAT(second.items, ElementsAre(numbered(3)));
  EXPECT_EQ(second.next, "");
}

// Servers that die: one house is left in the middle of a run, another one opens the same file.
class Restart : public ::testing::Test {
 protected:
  std::string Uri() const { return "sqlite:" + folder_.path() + "/scheduling.db"; }

  // Leaves a run running, as a server does that is killed while it computes.
  void DieWhileRunning() {
    House house(ThreeDefences(), nullptr, Uri());
    if (!house.runs.Get(Staff(), TheRun(1)).ok()) {
      ASSERT_OK(house.runs.Create(Staff(), ARequest()).status());
    }
    ASSERT_OK_AND_ASSIGN(TimetableRun run, house.runs.Get(Staff(), TheRun(1)));
    ASSERT_OK(Begin(run, house.clock.Now()));
    ASSERT_OK(house.store.Write([&](TimetableWriter& writer) { return writer.UpdateRun(run); }));
  }

  soutenance::testing::TemporaryFolder folder_;
};

TEST_F(Restart, TakesUpARunThatWasRunning) {
  DieWhileRunning();
  House house(ThreeDefences(), nullptr, Uri());
  ASSERT_OK(house.runs.RecoverAtStart());
  ASSERT_OK_AND_ASSIGN(const TimetableRun queued, house.runs.Get(Staff(), TheRun(1)));
  EXPECT_EQ(queued.state, RunState::kQueued);
  EXPECT_EQ(house.queue.DoAll(), 1);

  ASSERT_OK_AND_ASSIGN(const TimetableRun run, house.runs.Get(Staff(), TheRun(1)));
  EXPECT_EQ(run.state, RunState::kSucceeded);
  EXPECT_EQ(run.timetable, 1);
}

TEST_F(Restart, GivesUpARunThatWasInterruptedTwice) {
  DieWhileRunning();
  {
    House house(ThreeDefences(), nullptr, Uri());
    ASSERT_OK(house.runs.RecoverAtStart());
  }
  DieWhileRunning();
  House house(ThreeDefences(), nullptr, Uri());
  ASSERT_OK(house.runs.RecoverAtStart());

  EXPECT_EQ(house.queue.DoAll(), 0);
  ASSERT_OK_AND_ASSIGN(const TimetableRun run, house.runs.Get(Staff(), TheRun(1)));
  EXPECT_EQ(run.state, RunState::kFailed);
  EXPECT_EQ(run.error_reason, "INTERRUPTED");
  EXPECT_THAT(run.error, HasSubstr("create another run"));
}

TEST_F(Restart, QueuesWhatWaited) {
  {
    House house(ThreeDefences(), nullptr, Uri());
    ASSERT_OK(house.runs.Create(Staff(), ARequest()).status());
    ASSERT_OK(house.runs.Create(Staff(), ARequest()).status());
  }
  House house(ThreeDefences(), nullptr, Uri());
  ASSERT_OK(house.runs.RecoverAtStart());
  EXPECT_EQ(house.queue.DoAll(), 2);
  ASSERT_OK_AND_ASSIGN(const TimetableRun run, house.runs.Get(Staff(), TheRun(2)));
  EXPECT_EQ(run.state, RunState::kSucceeded);
}

TEST_F(Restart, EndsWhatWasBeingCancelled) {
  DieWhileRunning();
  {
    House house(ThreeDefences(), nullptr, Uri());
    ASSERT_OK_AND_ASSIGN(TimetableRun run, house.runs.Get(Staff(), TheRun(1)));
    run.cancel_requested = true;
    ASSERT_OK(house.store.Write([&](TimetableWriter& writer) { return writer.UpdateRun(run); }));
  }
  House house(ThreeDefences(), nullptr, Uri());
  ASSERT_OK(house.runs.RecoverAtStart());
  EXPECT_EQ(house.queue.DoAll(), 0);
  ASSERT_OK_AND_ASSIGN(const TimetableRun run, house.runs.Get(Staff(), TheRun(1)));
  EXPECT_EQ(run.state, RunState::kCancelled);
}

TEST_F(Restart, FailsWhatTheQueueCannotHold) {
  {
    House house(ThreeDefences(), nullptr, Uri());
    ASSERT_OK(house.runs.Create(Staff(), ARequest()).status());
    ASSERT_OK(house.runs.Create(Staff(), ARequest()).status());
  }
  House house(ThreeDefences(), nullptr, Uri());
  house.queue.size_max = 1;
  ASSERT_OK(house.runs.RecoverAtStart());
  ASSERT_OK_AND_ASSIGN(const TimetableRun first, house.runs.Get(Staff(), TheRun(1)));
  ASSERT_OK_AND_ASSIGN(const TimetableRun second, house.runs.Get(Staff(), TheRun(2)));
  EXPECT_EQ(first.state, RunState::kQueued);
  EXPECT_EQ(second.state, RunState::kFailed);
  EXPECT_EQ(second.error_reason, "INTERRUPTED");
}

TEST_F(Restart, IsNotDisturbedByWhatADeadServerStillWrites) {
  std::promise<void> begun;
  House dead(ThreeDefences(), UntilStopped(begun), Uri());
  ASSERT_OK(dead.runs.Create(Staff(), ARequest()).status());
  std::stop_source server;
  std::jthread worker([&] { dead.queue.DoAll(server.get_token()); });
  begun.get_future().wait();
  House house(ThreeDefences(), nullptr, Uri());
  ASSERT_OK(house.runs.RecoverAtStart());
  house.queue.DoAll();
  server.request_stop();
  worker.join();

  ASSERT_OK_AND_ASSIGN(const TimetableRun run, house.runs.Get(Staff(), TheRun(1)));
  EXPECT_EQ(run.state, RunState::kSucceeded);
  EXPECT_EQ(run.timetable, 1);
}

// What the run of `house` works on.
std::string ProblemOf(House& house) {
  const TimetableView made = house.Compute();
  const auto text = house.timetables.Export(
      Staff(), {.timetable = Number(made.timetable.key.number), .format = Timetables::Format::kProblem});
  return text.ok() ? text->content : std::string(text.status().message());
}

TEST(Runs, KnowWhenItIsOnlyIfItMatters) {
  CampaignFacts facts = ThreeDefences();
  {
    House house(facts);
    EXPECT_THAT(ProblemOf(house), Not(HasSubstr("\nnow ")));
  }
  facts.campaign.rules = {{.rule = "notice", .level = solver::RuleLevel::kHard, .parameter = 1440}};
  {
    House house(facts);
    EXPECT_THAT(ProblemOf(house), HasSubstr("\nnow 2027-01-15 "));
  }
  facts.campaign.rules.clear();
  House house(facts);
  house.Published();
  // Once it has begun, what took place stays.
  house.clock.Advance(absl::Hours(24 * 152));
  EXPECT_THAT(ProblemOf(house), HasSubstr("\nnow 2027-06-16 "));
}

}  // namespace
}  // namespace soutenance::scheduling
