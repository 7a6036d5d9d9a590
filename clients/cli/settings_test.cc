#include "clients/cli/settings.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>

#include "clients/cli/context_file.h"
#include "tests/testing/process.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::cli {
namespace {

using testing::Reason;
using testing::StatusIs;

// An environment with a home of its own and none of our variables.
class SettingsTest : public ::testing::Test {
 protected:
  SettingsTest() {
    for (const char* name : {"SOUTENANCE_SERVER", "SOUTENANCE_DATA_DIR", "SOUTENANCE_TOKEN",
                             "SOUTENANCE_TOKEN_FILE", "XDG_CONFIG_HOME", "XDG_DATA_HOME"}) {
      unsetenv(name);
    }
    setenv("HOME", folder_.path().c_str(), 1);
  }

  std::string Write(const std::string& name, const std::string& content) {
    const std::string path = folder_.path() + "/" + name;
    std::ofstream(path) << content;
    return path;
  }

  Settings Find(const Input& input = {}) {
    const auto settings = FindSettings(input, Language::kEnglish);
    EXPECT_OK(settings);
    return settings.ok() ? *settings : Settings{};
  }

  testing::TemporaryFolder folder_;
};

Input With(const std::string& flag, const std::string& value) {
  Input input;
  input.Add(flag, value);
  return input;
}

TEST_F(SettingsTest, WithoutAnythingTheServerOfThisMachineIsMeant) {
  const Settings settings = Find();
  EXPECT_EQ(settings.server, "unix:/var/lib/soutenance/soutenance.sock");
  EXPECT_EQ(settings.server_origin, Origin::kDataFolder);
}

TEST_F(SettingsTest, AServerOfOnesOwnComesBeforeTheMachines) {
  const std::string own = folder_.path() + "/.local/share/soutenance";
  ASSERT_EQ(std::system(("mkdir -p " + own + " && touch " + own + "/soutenance.sock").c_str()), 0);
  EXPECT_EQ(Find().server, "unix:" + own + "/soutenance.sock");
}

TEST_F(SettingsTest, FlagsComeBeforeTheEnvironmentAndThatBeforeTheContext) {
  ASSERT_OK(WriteContextFile({.server = "unix:/context.sock"}, Language::kEnglish));
  EXPECT_EQ(Find().server, "unix:/context.sock");
  setenv("SOUTENANCE_DATA_DIR", "/data", 1);
  EXPECT_EQ(Find().server, "unix:/data/soutenance.sock");
  setenv("SOUTENANCE_SERVER", "unix:/environment.sock", 1);
  EXPECT_EQ(Find().server, "unix:/environment.sock");
  EXPECT_EQ(Find(With("--server", "unix:/flag.sock")).server, "unix:/flag.sock");
}

TEST_F(SettingsTest, ARelativeDataFolderBecomesAbsolute) {
  setenv("SOUTENANCE_DATA_DIR", "build/demo/data", 1);
  EXPECT_EQ(Find().server.substr(0, 6), "unix:/");
}

TEST_F(SettingsTest, TheTokenComesFromTheFirstPlaceThatHasOne) {
  const std::string flag_file = Write("flag.token", "sout_flag\n");
  const std::string environment_file = Write("environment.token", "  sout_file \n");
  const std::string context_file = Write("context.token", "sout_context");
  ASSERT_OK(WriteContextFile({.server = "unix:/s.sock", .token_file = context_file}, Language::kEnglish));
  EXPECT_EQ(Find().token, "sout_context");
  setenv("SOUTENANCE_TOKEN", "sout_variable", 1);
  EXPECT_EQ(Find().token, "sout_variable");
  setenv("SOUTENANCE_TOKEN_FILE", environment_file.c_str(), 1);
  EXPECT_EQ(Find().token, "sout_file");
  EXPECT_EQ(Find(With("--token-file", flag_file)).token, "sout_flag");
}

TEST_F(SettingsTest, TheContextsTokenAndCampaignNeverGoToAnotherServer) {
  const std::string file = Write("context.token", "sout_context");
  ASSERT_OK(WriteContextFile(
      {.server = "https://real.example.org", .token_file = file, .campaign = "campaigns/real"},
      Language::kEnglish));
  EXPECT_EQ(Find().token, "sout_context");
  EXPECT_EQ(Find().campaign, "campaigns/real");
  const Settings other = Find(With("--server", "127.0.0.1:7001"));
  EXPECT_EQ(other.token, "");
  EXPECT_EQ(other.campaign, "");
  EXPECT_EQ(other.token_origin, Origin::kNone);
}

TEST_F(SettingsTest, TheAdministratorsTokenBesideTheSocketIsUsedWithThatSocketOnly) {
  Write("administrator.token", "sout_first\n");
  setenv("SOUTENANCE_DATA_DIR", folder_.path().c_str(), 1);
  EXPECT_EQ(Find().token, "sout_first");
  EXPECT_EQ(Find().token_origin, Origin::kDataFolder);
  EXPECT_EQ(Find(With("--server", "127.0.0.1:7001")).token, "");
}

TEST_F(SettingsTest, AFileThatWasNamedMustBeThere) {
  EXPECT_THAT(FindSettings(With("--token-file", folder_.path() + "/none"), Language::kEnglish),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("FILE_UNREADABLE")));
}

TEST_F(SettingsTest, WhatIsNoTokenIsNotSentAndNotShown) {
  const std::string file = Write("letter.txt", "Dear Ana,\nsecret words");
  const auto settings = FindSettings(With("--token-file", file), Language::kEnglish);
  EXPECT_THAT(settings, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("TOKEN_UNREADABLE")));
  EXPECT_EQ(settings.status().message(), file + " does not hold a token");
}

TEST_F(SettingsTest, TheContextFileIsForItsOwnerOnly) {
  ASSERT_OK(WriteContextFile({.server = "unix:/s.sock", .campaign = "campaigns/été"}, Language::kEnglish));
  struct stat status {};
  ASSERT_EQ(stat((folder_.path() + "/.config/soutenance/context.json").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  ASSERT_OK_AND_ASSIGN(const ContextFile read, ReadContextFile(Language::kEnglish));
  EXPECT_EQ(read, (ContextFile{.server = "unix:/s.sock", .campaign = "campaigns/été"}));
}

TEST_F(SettingsTest, AContextFileThatIsNoneIsRefusedByName) {
  ASSERT_OK(WriteContextFile({}, Language::kEnglish));
  for (const char* content : {"{", "[]", "{\"sever\": \"x\"}", "{\"server\": 7}"}) {
    Write(".config/soutenance/context.json", content);
    const auto read = ReadContextFile(Language::kEnglish);
    EXPECT_THAT(read, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("CONTEXT_UNREADABLE")))
        << content;
    EXPECT_NE(std::string(read.status().message()).find("context.json"), std::string::npos);
  }
}

}  // namespace
}  // namespace soutenance::cli
