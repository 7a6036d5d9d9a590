// The README promises only what works: its commands of the main job, run as they stand there.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/system/deployment.h"
#include "tests/testing/process.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::system_test {
namespace {

using ::soutenance::testing::IsOk;
using ::soutenance::testing::Process;

// The commands of the client in the README, in order.
std::vector<std::string> Commands() {
  std::ifstream readme(SOUTENANCE_SOURCE_DIR "/README.md");
  std::vector<std::string> commands;
  std::string line;
  while (std::getline(readme, line)) {
    if (absl::StartsWith(line, "soutenance ")) commands.push_back(line);
  }
  return commands;
}

TEST(Readme, TellsCommandsThatWork) {
  const Deployment deployment(Shape::kOneBinary);
  const testing::TemporaryFolder folder;
  std::filesystem::create_directory_symlink(SOUTENANCE_SOURCE_DIR "/tests", folder.path() + "/tests");
  const std::string client(SOUTENANCE);
  const std::string path = absl::StrCat(client.substr(0, client.rfind('/')), ":", getenv("PATH"));
  ASSERT_GE(Commands().size(), 10u);
  for (const std::string& command : Commands()) {
    const auto process =
        Process::Start({.arguments = {"/bin/bash", "-c", absl::StrCat("cd ", folder.path(), " && ", command)},
                        .environment = {{"PATH", path},
                                        {"SOUTENANCE_DATA_DIR", deployment.DataDir("directory")},
                                        {"LANG", "C.UTF-8"}},
                        .error_file = folder.path() + "/errors"});
    ASSERT_THAT(process, IsOk());
    const std::string output = (*process)->ReadAll();
    const int code = (*process)->Wait();
    EXPECT_NE(output, "") << command;
    // Whether that one place is free depends on the timetable that was found.
    if (absl::StrContains(command, " move ") && code == 1) continue;
    EXPECT_EQ(code, 0) << command << "\n" << output << std::ifstream(folder.path() + "/errors").rdbuf();
  }
  EXPECT_TRUE(std::filesystem::exists(folder.path() + "/documents"));
  EXPECT_TRUE(std::filesystem::exists(folder.path() + "/gabarits"));
}

}  // namespace
}  // namespace soutenance::system_test
