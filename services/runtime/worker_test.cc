#include "services/runtime/worker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/testing/status_matchers.h"

namespace soutenance::runtime {
namespace {

using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;

class WorkerTest : public ::testing::Test {
 protected:
  std::vector<std::string> lines_;
  Log log_{LogLevel::kInfo, [this](absl::string_view line) { lines_.emplace_back(line); }};
};

TEST_F(WorkerTest, DoesItsJobsInOrder) {
  std::vector<int> done;
  std::promise<void> last;
  Worker worker("runs", 3, log_);
  for (int i = 0; i < 3; ++i) {
    ASSERT_OK(worker.Submit([&, i](std::stop_token) {
      done.push_back(i);
      if (i == 2) last.set_value();
    }));
  }
  last.get_future().wait();
  EXPECT_THAT(done, ::testing::ElementsAre(0, 1, 2));
}

TEST_F(WorkerTest, RefusesMoreJobsThanItsQueueHolds) {
  std::promise<void> started, release;
  Worker worker("runs", 1, log_);
  ASSERT_OK(worker.Submit([&](std::stop_token) {
    started.set_value();
    release.get_future().wait();
  }));
  started.get_future().wait();
  EXPECT_OK(worker.Submit([](std::stop_token) {}));
  EXPECT_THAT(worker.Submit([](std::stop_token) {}),
              StatusIs(absl::StatusCode::kResourceExhausted, Reason("QUEUE_FULL")));
  release.set_value();
}

TEST_F(WorkerTest, StopReachesTheRunningJobAndForgetsTheRest) {
  std::promise<void> started;
  bool second_ran = false;
  Worker worker("runs", 8, log_);
  ASSERT_OK(worker.Submit([&](std::stop_token stop) {
    started.set_value();
    while (!stop.stop_requested()) std::this_thread::yield();
  }));
  ASSERT_OK(worker.Submit([&](std::stop_token) { second_ran = true; }));
  started.get_future().wait();
  worker.Stop();
  EXPECT_FALSE(second_ran);
  EXPECT_THAT(worker.Submit([](std::stop_token) {}),
              StatusIs(absl::StatusCode::kUnavailable, Reason("STOPPING")));
}

TEST_F(WorkerTest, AJobThatThrowsIsLoggedAndTheNextOneRuns) {
  std::promise<void> next;
  Worker worker("runs", 8, log_);
  ASSERT_OK(worker.Submit([](std::stop_token) { throw std::runtime_error("disk full"); }));
  ASSERT_OK(worker.Submit([&](std::stop_token) { next.set_value(); }));
  next.get_future().wait();
  EXPECT_THAT(lines_, ::testing::ElementsAre(::testing::HasSubstr("disk full")));
}

}  // namespace
}  // namespace soutenance::runtime
