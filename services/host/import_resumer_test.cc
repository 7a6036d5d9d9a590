#include "services/host/import_resumer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "absl/strings/string_view.h"
#include "absl/time/clock.h"

namespace soutenance::host {
namespace {

constexpr ImportResumer::Pauses kShort{.first = absl::Milliseconds(1), .longest = absl::Milliseconds(4)};

class ImportResumerTest : public ::testing::Test {
 protected:
  std::atomic<int> lines_ = 0;
  const runtime::Log log_{runtime::LogLevel::kInfo, [this](absl::string_view) { ++lines_; }};
};

TEST_F(ImportResumerTest, TriesUntilNothingIsLeft) {
  std::promise<void> done;
  int tries = 0;
  ImportResumer resumer(log_, kShort);
  resumer.Set([&]() -> absl::Status {
    if (++tries < 4) return absl::UnavailableError("scheduling cannot be reached");
    done.set_value();
    return absl::OkStatus();
  });
  resumer.ResumeSoon();
  done.get_future().wait();
  resumer.Stop();
  EXPECT_EQ(tries, 4);
  EXPECT_EQ(lines_, 3);
}

TEST_F(ImportResumerTest, DoesNothingUntilAsked) {
  std::atomic<int> tries = 0;
  {
    ImportResumer resumer(log_, kShort);
    resumer.Set([&] {
      ++tries;
      return absl::OkStatus();
    });
  }
  EXPECT_EQ(tries, 0);
}

TEST_F(ImportResumerTest, StopsInTheMiddleOfAPause) {
  std::promise<void> tried;
  ImportResumer resumer(log_, {.first = absl::Hours(1), .longest = absl::Hours(1)});
  resumer.Set([&] {
    tried.set_value();
    return absl::UnavailableError("scheduling cannot be reached");
  });
  resumer.ResumeSoon();
  tried.get_future().wait();
  const absl::Time begin = absl::Now();
  resumer.Stop();
  EXPECT_LT(absl::Now() - begin, absl::Seconds(10));
}

TEST_F(ImportResumerTest, MayBeAskedOften) {
  std::atomic<int> tries = 0;
  ImportResumer resumer(log_, kShort);
  resumer.Set([&] {
    ++tries;
    return absl::OkStatus();
  });
  for (int i = 0; i < 100; ++i) resumer.ResumeSoon();
  while (tries == 0) absl::SleepFor(absl::Milliseconds(1));
  resumer.Stop();
  EXPECT_LE(tries, 100);
}

}  // namespace
}  // namespace soutenance::host
