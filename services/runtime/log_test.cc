#include "services/runtime/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::runtime {
namespace {

using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Log, ACallIsOneLineOfJson) {
  std::vector<std::string> lines;
  const Log log(LogLevel::kInfo, [&](absl::string_view line) { lines.emplace_back(line); });
  log.Write({.start = absl::FromUnixMicros(1'800'000'000'123'456),
             .request_id = "r1",
             .service = "s",
             .method = "M",
             .caller = "accounts/ana",
             .peer = "unix:",
             .code = "NOT_FOUND",
             .reason = "THESIS_NOT_FOUND",
             .detail = "there is no thesis \"x\"\n",
             .duration = absl::Microseconds(1500),
             .bytes_in = 3,
             .bytes_out = 0});
  EXPECT_THAT(lines, ElementsAre(R"({"time":"2027-01-15T08:00:00.123456Z","level":"info","event":"call",)"
                                 R"("request_id":"r1","service":"s","method":"M","caller":"accounts/ana",)"
                                 R"("peer":"unix:","code":"NOT_FOUND","reason":"THESIS_NOT_FOUND",)"
                                 R"("detail":"there is no thesis \"x\"\u000a","ms":1.500,"bytes_in":3,)"
                                 R"("bytes_out":0})"));
}

TEST(Log, WritesOnlyWhatIsSevereEnough) {
  std::vector<std::string> lines;
  const Log log(LogLevel::kError, [&](absl::string_view line) { lines.emplace_back(line); });
  log.Write({.code = "OK"});
  log.Event(LogLevel::kWarning, "slow", {});
  log.Write({.request_id = "r2", .code = "INTERNAL"});
  EXPECT_THAT(lines, ElementsAre(HasSubstr("r2")));
}

TEST(Log, AppendsToItsFile) {
  const std::string path = absl::StrCat(::testing::TempDir(), "/soutenance-log-test.log");
  std::filesystem::remove(path);
  for (const char* event : {"start", "stop"}) {
    ASSERT_OK_AND_ASSIGN(const auto log, Log::Open(LogLevel::kInfo, path));
    log->Event(LogLevel::kInfo, event, {{"address", "unix:/run/s"}});
  }
  std::ifstream file(path);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  EXPECT_THAT(text, HasSubstr("\"event\":\"start\",\"address\":\"unix:/run/s\"}\n"));
  EXPECT_THAT(text, HasSubstr("\"event\":\"stop\""));
  std::filesystem::remove(path);
}

TEST(Log, RefusesAFileThatCannotBeWritten) {
  EXPECT_THAT(Log::Open(LogLevel::kInfo, "/proc/nowhere/log"),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("LOG_NOT_WRITABLE")));
}

}  // namespace
}  // namespace soutenance::runtime
