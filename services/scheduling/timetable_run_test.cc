#include "services/scheduling/timetable_run.h"

#include <functional>

#include "tests/testing/status_matchers.h"

namespace soutenance::scheduling {
namespace {

using ::soutenance::testing::IsOk;
using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

TimetableRun InState(RunState state) {
  return {.key = {"campaigns/m2", 7}, .state = state, .progress = RunProgress{.moves = 3}};
}

struct Transition {
  std::string name;
  std::function<absl::Status(TimetableRun&)> take;
  RunState from;
  RunState to;         // if it is legal
  std::string reason;  // if it is not
};

std::vector<Transition> AllTransitions() {
  using State = RunState;
  const auto begin = [](TimetableRun& run) { return Begin(run, kNow); };
  const auto succeed = [](TimetableRun& run) { return Succeed(run, 4, kNow); };
  const auto cancel = [](TimetableRun& run) { return Cancel(run, 4, kNow); };
  const auto fail = [](TimetableRun& run) { return Fail(run, "INTERNAL", "it broke", kNow); };
  const auto requeue = [](TimetableRun& run) { return Requeue(run); };
  std::vector<Transition> all = {
      {"begin", begin, State::kQueued, State::kRunning, ""},
      {"begin", begin, State::kRunning, State::kRunning, "RUN_RUNNING"},
      {"succeed", succeed, State::kQueued, State::kQueued, "RUN_QUEUED"},
      {"succeed", succeed, State::kRunning, State::kSucceeded, ""},
      {"cancel", cancel, State::kQueued, State::kCancelled, ""},
      {"cancel", cancel, State::kRunning, State::kCancelled, ""},
      {"fail", fail, State::kQueued, State::kQueued, "RUN_QUEUED"},
      {"fail", fail, State::kRunning, State::kFailed, ""},
      {"requeue", requeue, State::kQueued, State::kQueued, "RUN_QUEUED"},
      {"requeue", requeue, State::kRunning, State::kQueued, ""},
  };
  for (const State finished : {State::kSucceeded, State::kCancelled, State::kFailed}) {
    all.push_back({"begin", begin, finished, finished, "RUN_FINISHED"});
    all.push_back({"succeed", succeed, finished, finished, "RUN_FINISHED"});
    all.push_back({"cancel", cancel, finished, finished, "RUN_FINISHED"});
    all.push_back({"fail", fail, finished, finished, "RUN_FINISHED"});
    all.push_back({"requeue", requeue, finished, finished, "RUN_FINISHED"});
  }
  return all;
}

TEST(TimetableRun, TakesExactlyTheLegalTransitions) {
  const std::vector<Transition> all = AllTransitions();
  EXPECT_EQ(all.size(), 5 * std::size(kAllRunStates));
  for (const Transition& transition : all) {
    SCOPED_TRACE(transition.name + " from " + std::string(RunStateName(transition.from)));
    TimetableRun run = InState(transition.from);
    const TimetableRun before = run;
    const absl::Status status = transition.take(run);
    EXPECT_EQ(run.state, transition.to);
    if (transition.reason.empty()) {
      EXPECT_OK(status);
    } else {
      EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition, Reason(transition.reason)));
      EXPECT_THAT(std::string(status.message()), HasSubstr("campaigns/m2/runs/7"));
      EXPECT_EQ(run, before);
    }
  }
}

TEST(TimetableRun, SaysTheWayOutOfARefusal) {
  TimetableRun finished = InState(RunState::kSucceeded);
  EXPECT_THAT(std::string(Cancel(finished, 0, kNow).message()), HasSubstr("create another run"));
  TimetableRun running = InState(RunState::kRunning);
  EXPECT_THAT(std::string(Begin(running, kNow).message()), HasSubstr("follow it or cancel it"));
  TimetableRun queued = InState(RunState::kQueued);
  EXPECT_THAT(std::string(Succeed(queued, 1, kNow).message()), HasSubstr("wait until it runs"));
}

TEST(TimetableRun, RemembersWhenAndWhatItFound) {
  TimetableRun run = InState(RunState::kQueued);
  ASSERT_OK(Begin(run, kNow));
  ASSERT_OK(Succeed(run, 4, kNow + absl::Seconds(3)));

  EXPECT_EQ(run.started, kNow);
  EXPECT_EQ(run.ended, kNow + absl::Seconds(3));
  EXPECT_EQ(run.timetable, 4);
}

TEST(TimetableRun, ForgetsItsProgressWhenItGoesBackToTheQueue) {
  TimetableRun run = InState(RunState::kRunning);
  run.started = kNow;
  ASSERT_OK(Requeue(run));

  EXPECT_EQ(run.progress, std::nullopt);
  EXPECT_EQ(run.started, absl::InfinitePast());
}

TEST(TimetableRun, ReadsItsName) {
  EXPECT_EQ(RunName({"campaigns/m2", 7}), "campaigns/m2/runs/7");
  EXPECT_THAT(ParseRunName("campaigns/m2/runs/7"), IsOkAndHolds(RunKey{"campaigns/m2", 7}));
  for (const char* name :
       {"", "campaigns/m2", "campaigns/m2/runs/", "campaigns/m2/runs/07", "campaigns/m2/runs/x",
        "campaigns/m 2/runs/7", "rooms/m2/runs/7", "campaigns/m2/runs/7/x"}) {
    EXPECT_THAT(ParseRunName(name), StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")))
        << name;
  }
}

TEST(RunParameters, NameEveryNumberThatIsOutOfRange) {
  std::vector<FieldViolation> problems;
  CheckRunParameters({.seconds_max = 3601, .moves_max = -1, .threads = 65}, "parameters.", problems);

  EXPECT_THAT(problems, ElementsAre(Field(&FieldViolation::field, "parameters.time_seconds_max"),
                                    Field(&FieldViolation::field, "parameters.moves_max"),
                                    Field(&FieldViolation::field, "parameters.threads")));
  problems.clear();
  CheckRunParameters({.seconds_max = 3600, .moves_max = 1, .seed = -5, .threads = 64}, "", problems);
  EXPECT_THAT(problems, ElementsAre());
}

}  // namespace
}  // namespace soutenance::scheduling
