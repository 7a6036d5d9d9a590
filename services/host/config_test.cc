#include "services/host/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "tests/testing/process.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::host {
namespace {

using ::soutenance::testing::IsOk;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::soutenance::testing::TemporaryFolder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

Config Read(const std::vector<std::string>& arguments) {
  const absl::StatusOr<CommandLine> line = ReadCommandLine(arguments);
  EXPECT_THAT(line, IsOk());
  return line.ok() ? line->config : Config{};
}

std::string Refusal(const std::vector<std::string>& arguments) {
  const absl::StatusOr<CommandLine> line = ReadCommandLine(arguments);
  EXPECT_THAT(line, StatusIs(absl::StatusCode::kInvalidArgument, Reason("CONFIG_INVALID")));
  return std::string(line.status().message());
}

class ConfigFileTest : public ::testing::Test {
 protected:
  std::string Write(const std::string& text) {
    const std::string path = absl::StrCat(folder_.path(), "/soutenanced.conf");
    std::ofstream(path) << text;
    return path;
  }

  TemporaryFolder folder_;
};

TEST(Config, HostsEverythingInTheDataFolderByDefault) {
  const Config config = Read({"--data-dir", "/srv/soutenance"});
  EXPECT_THAT(config.services, IsEmpty());
  EXPECT_THAT(config.listen, ElementsAre("unix:/srv/soutenance/soutenance.sock"));
  EXPECT_EQ(config.store, "sqlite:/srv/soutenance");
  EXPECT_EQ(config.log_level, runtime::LogLevel::kInfo);
  EXPECT_EQ(config.metrics_listen, "");
}

TEST(Config, ReadsEveryFlag) {
  const Config config = Read({"--services",
                              "scheduling,assignment",
                              "--peer",
                              "directory=unix:/run/d.sock",
                              "--peer=submissions=dns:///s:7001",
                              "--listen",
                              "127.0.0.1:7000",
                              "--listen",
                              "[::1]:7000",
                              "--public-listener-behind",
                              "nginx",
                              "--data-dir",
                              "/d",
                              "--store",
                              "postgresql://u@h/n",
                              "--service-key-file",
                              "/k",
                              "--log-level",
                              "warning",
                              "--log-file",
                              "/l",
                              "--metrics-listen",
                              "127.0.0.1:9464",
                              "--calls-max",
                              "7",
                              "--streams-max",
                              "8",
                              "--run-queue-max",
                              "9",
                              "--calendar-domain",
                              "univ.example"});
  EXPECT_THAT(config.services, ElementsAre("scheduling", "assignment"));
  EXPECT_THAT(config.peers,
              ElementsAre(Pair("directory", "unix:/run/d.sock"), Pair("submissions", "dns:///s:7001")));
  EXPECT_THAT(config.listen, ElementsAre("127.0.0.1:7000", "[::1]:7000"));
  EXPECT_EQ(config.public_listener_behind, "nginx");
  EXPECT_EQ(config.store, "postgresql://u@h/n");
  EXPECT_EQ(config.service_key_file, "/k");
  EXPECT_EQ(config.log_level, runtime::LogLevel::kWarning);
  EXPECT_EQ(config.log_file, "/l");
  EXPECT_EQ(config.metrics_listen, "127.0.0.1:9464");
  EXPECT_EQ(config.calls_max, 7);
  EXPECT_EQ(config.streams_max, 8);
  EXPECT_EQ(config.run_queue_max, 9);
  EXPECT_EQ(config.calendar_domain, "univ.example");
}

TEST(Config, TakesTheDataFolderFromTheEnvironmentUnlessAFlagSaysOtherwise) {
  setenv("SOUTENANCE_DATA_DIR", "/from/environment", 1);
  EXPECT_EQ(Read({}).data_dir, "/from/environment");
  EXPECT_EQ(Read({"--data-dir", "/from/flag"}).data_dir, "/from/flag");
  unsetenv("SOUTENANCE_DATA_DIR");
}

TEST(Config, MakesARelativeDataFolderAbsoluteBecauseItsSocketMustBe) {
  EXPECT_THAT(Read({"--data-dir", "here"}).data_dir, ::testing::MatchesRegex("/.*/here"));
}

TEST_F(ConfigFileTest, GivesWhatNoFlagSays) {
  const std::string file = Write(
      "# The folder.\n"
      "data_dir = \"/srv/soutenance\"\n"
      "listen = [\"unix:/run/soutenance.sock\", \"127.0.0.1:7000\"]\n"
      "peer = [\"directory=unix:/run/d.sock\"]\n"
      "log_level = \"error\"\n"
      "calls_max = 7\n");
  const Config config = Read({"--config", file, "--log-level", "warning"});
  EXPECT_EQ(config.data_dir, "/srv/soutenance");
  EXPECT_THAT(config.listen, ElementsAre("unix:/run/soutenance.sock", "127.0.0.1:7000"));
  EXPECT_THAT(config.peers, ElementsAre(Pair("directory", "unix:/run/d.sock")));
  EXPECT_EQ(config.calls_max, 7);
  EXPECT_EQ(config.log_level, runtime::LogLevel::kWarning);
}

TEST_F(ConfigFileTest, RefusesUnknownKeysAndNamesThemAll) {
  const std::string refusal =
      Refusal({"--config", Write("data_dri = \"/d\"\nport = 7\nlog_level = \"info\"\n")});
  EXPECT_THAT(refusal, HasSubstr("soutenanced.conf: unknown keys data_dri, port"));
  EXPECT_THAT(refusal, HasSubstr("known are"));
  EXPECT_THAT(refusal, HasSubstr("data_dir"));
}

TEST_F(ConfigFileTest, RefusesActionsAsKeys) {
  EXPECT_THAT(Refusal({"--config", Write("check_config = true\n")}), HasSubstr("unknown key check_config"));
}

TEST_F(ConfigFileTest, RefusesAKeyInASection) {
  EXPECT_THAT(Refusal({"--config", Write("[server]\ndata_dir = \"/d\"\n")}), HasSubstr("server.data_dir"));
}

TEST_F(ConfigFileTest, RefusesAFileThatIsNotThere) {
  EXPECT_THAT(Refusal({"--config", "/nowhere/soutenanced.conf"}), HasSubstr("/nowhere/soutenanced.conf"));
}

TEST_F(ConfigFileTest, IsShownCompleteInTheExample) {
  // Every key of the example is known, and every line of it may be taken as it is.
  std::ifstream example(absl::StrCat(SOUTENANCE_SOURCE_DIR, "/ops/soutenanced.conf.example"));
  ASSERT_TRUE(example.good());
  std::string line, uncommented;
  int keys = 0;
  while (std::getline(example, line)) {
    if (line.rfind("#", 0) == 0 && line.rfind("# ", 0) != 0) line = line.substr(1);
    if (line.find('=') != std::string::npos && line[0] != '#') ++keys;
    absl::StrAppend(&uncommented, line, "\n");
  }
  EXPECT_EQ(keys, 21);
  EXPECT_THAT(ReadCommandLine({"--config", Write(uncommented)}), IsOk());
}

struct Refused {
  const char* name;
  std::vector<std::string> arguments;
  const char* sentence;
};

class ConfigRefuses : public ::testing::TestWithParam<Refused> {};

TEST_P(ConfigRefuses, WithASentenceThatNamesTheFlag) {
  EXPECT_THAT(Refusal(GetParam().arguments), HasSubstr(GetParam().sentence));
}

INSTANTIATE_TEST_SUITE_P(
    Flags, ConfigRefuses,
    ::testing::Values(Refused{"UnknownFlag", {"--colour"}, "--colour"},
                      Refused{"UnknownWord", {"serve"}, "serve"},
                      Refused{"PeerWithoutAddress", {"--peer", "directory"}, "--peer directory"},
                      Refused{"PeerWithEmptyAddress", {"--peer", "directory="}, "--peer directory="},
                      Refused{"PeerTwice", {"--peer", "directory=a", "--peer", "directory=b"}, "already"},
                      Refused{"LogLevel", {"--log-level", "loud"}, "--log-level"},
                      Refused{"TooManyCalls", {"--calls-max", "100000"}, "--calls-max"},
                      Refused{"NoQueue", {"--run-queue-max", "0"}, "--run-queue-max"},
                      Refused{"NoDomain", {"--calendar-domain", "a b"}, "--calendar-domain"},
                      Refused{"FlagWithoutValue", {"--data-dir"}, "--data-dir"}),
    [](const auto& refused) { return refused.param.name; });

TEST(Config, PrintsHelpWithExamplesAndTheVersion) {
  const absl::StatusOr<CommandLine> help = ReadCommandLine({"--help"});
  ASSERT_THAT(help, IsOk());
  EXPECT_EQ(help->action, CommandLine::Action::kPrint);
  EXPECT_THAT(help->text, HasSubstr("--services"));
  EXPECT_THAT(help->text, HasSubstr("Examples:"));
  const absl::StatusOr<CommandLine> version = ReadCommandLine({"--version"});
  ASSERT_THAT(version, IsOk());
  EXPECT_EQ(version->text, absl::StrCat("soutenanced ", SOUTENANCE_VERSION, "\n"));
}

TEST(Config, IsOnlyCheckedWhenAsked) {
  const absl::StatusOr<CommandLine> line = ReadCommandLine({"--check-config", "--data-dir", "/d"});
  ASSERT_THAT(line, IsOk());
  EXPECT_EQ(line->action, CommandLine::Action::kCheckConfig);
}

}  // namespace
}  // namespace soutenance::host
