// The power is cut before every operation of the real submission path, with everything lost, kept, reordered
// or torn that was not synced. And the test is tested: with one promise broken, it must find out.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iostream>
#include <memory>
#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "tests/crash/disk.h"
#include "tests/crash/image_check.h"
#include "tests/crash/sqlite_vfs.h"
#include "tests/crash/submission_run.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::crash {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;

constexpr int64_t kCuts = 200'000;

TEST(PowerCut, LosesNoAcknowledgedVersionAndShowsNoneByHalf) {
  int64_t cuts = 0, acknowledged = 0;
  unsigned seed = 0;
  while (cuts < kCuts) {
    const Cuts made = CutEverywhere(++seed, 4, 20);
    ASSERT_EQ(made.wrong, "");
    cuts += made.count;
    acknowledged += made.acknowledged;
  }
  RecordProperty("cuts", absl::StrCat(cuts));
  std::cout << cuts << " power cuts in " << seed << " runs, " << acknowledged << " acknowledgements kept\n";
  EXPECT_GT(acknowledged, cuts);
}

struct Broken {
  const char* name;
  Mutant mutant;
  const char* found;
};

class PowerCutMutants : public ::testing::TestWithParam<Broken> {};

TEST_P(PowerCutMutants, AreFound) {
  std::string wrong;
  for (unsigned seed = 1; seed <= 20 && wrong.empty(); ++seed) {
    wrong = CutEverywhere(seed, 3, 30, GetParam().mutant).wrong;
  }
  EXPECT_THAT(wrong, HasSubstr(GetParam().found));
}

INSTANTIATE_TEST_SUITE_P(
    Each, PowerCutMutants,
    ::testing::Values(Broken{"ContentNotSynced", Mutant::kContentNotSynced, "other content"},
                      Broken{"FolderNotSynced", Mutant::kFolderNotSynced, "has no content"},
                      Broken{"SynchronousLowered", Mutant::kSynchronousLowered,
                             "was acknowledged and is lost"},
                      Broken{"AcknowledgedBeforeCommit", Mutant::kAcknowledgedBeforeCommit,
                             "was acknowledged and is lost"}),
    [](const auto& broken) { return broken.param.name; });

// Every operation fails once, with an I/O error and with a full disk; then the client tries again. No restart
// is needed, nothing is lost, and every error says what is wrong.
TEST(FailingDisk, LosesNothingAndRecoversByItself) {
  for (const Disk::Failure failure : {Disk::Failure::kInputOutput, Disk::Failure::kFull}) {
    int failures = 0;
    for (int64_t number = 0;; ++number) {
      SCOPED_TRACE(absl::StrCat("operation ", number));
      Disk disk;
      auto run = std::make_unique<SubmissionRun>(disk, 7);
      ASSERT_OK(run->Submit());
      const int64_t before = disk.done();
      disk.FailAt(number, failure, false);
      const absl::Status status = run->Submit();
      disk.Heal();
      if (disk.done() - before <= number) break;  // it had fewer operations
      failures += !status.ok();
      if (!status.ok()) {
        EXPECT_THAT(status.code(), AnyOf(absl::StatusCode::kUnavailable, absl::StatusCode::kResourceExhausted,
                                         absl::StatusCode::kInternal, absl::StatusCode::kFailedPrecondition))
            << status;
      }
      ASSERT_OK(run->Submit(2));
      const std::string folder = run->folder();
      const auto contents = run->contents();
      const auto acknowledged = run->acknowledged();
      EXPECT_EQ(acknowledged.size(), status.ok() ? 3u : 2u);
      run.reset();
      PowerCut cut(disk);
      while (cut.Advance()) {
      }
      std::mt19937 random(1);
      EXPECT_EQ(WhatIsWrong(cut.Files(PowerCut::Mode::kDropAll, random), folder, contents, acknowledged), "");
    }
    UseDisk(nullptr);
    EXPECT_GT(failures, 10);
  }
}

}  // namespace
}  // namespace soutenance::crash
