#include "services/host/data_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "tests/testing/process.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::host {
namespace {

using ::soutenance::testing::IsOk;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::soutenance::testing::TemporaryFolder;
using ::testing::HasSubstr;

mode_t ModeOf(const std::string& path) {
  struct stat info = {};
  EXPECT_EQ(stat(path.c_str(), &info), 0) << path;
  return info.st_mode & 0777;
}

std::string Contents(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

class DataDirTest : public ::testing::Test {
 protected:
  TemporaryFolder folder_;
  const std::string path_ = absl::StrCat(folder_.path(), "/state/soutenance");
};

TEST_F(DataDirTest, IsMadeForItsOwnerOnly) {
  ASSERT_OK_AND_ASSIGN(const auto held, DataDir::Hold(path_));
  EXPECT_EQ(held->path(), path_);
  EXPECT_EQ(ModeOf(path_), 0700u);
}

TEST_F(DataDirTest, IsHeldByOneServerAtATime) {
  ASSERT_OK_AND_ASSIGN(auto held, DataDir::Hold(path_));
  const auto second = DataDir::Hold(path_);
  EXPECT_THAT(second, StatusIs(absl::StatusCode::kUnavailable, Reason("DATA_DIR_IN_USE")));
  EXPECT_THAT(std::string(second.status().message()), HasSubstr(absl::StrCat("process ", getpid())));
  held.reset();
  EXPECT_THAT(DataDir::Hold(path_), IsOk());
}

TEST_F(DataDirTest, RefusesAPlaceThatCannotBeAFolder) {
  std::ofstream(absl::StrCat(folder_.path(), "/file")) << "not a folder";
  const auto held = DataDir::Hold(absl::StrCat(folder_.path(), "/file/soutenance"));
  EXPECT_THAT(held, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("DATA_DIR_NOT_WRITABLE")));
  EXPECT_THAT(std::string(held.status().message()), HasSubstr("--data-dir"));
}

TEST_F(DataDirTest, KeepsSecretsForTheirOwnerOnly) {
  ASSERT_OK_AND_ASSIGN(const auto held, DataDir::Hold(path_));
  const std::string file = absl::StrCat(path_, "/administrator.token");
  ASSERT_OK(WriteSecretFile(file, "sout_first"));
  ASSERT_OK(WriteSecretFile(file, "sout_second"));
  EXPECT_EQ(Contents(file), "sout_second\n");
  EXPECT_EQ(ModeOf(file), 0600u);
  EXPECT_NE(access(absl::StrCat(file, ".new").c_str(), F_OK), 0);
}

TEST_F(DataDirTest, SaysWhereASecretCannotBeWritten) {
  const auto status = WriteSecretFile(absl::StrCat(path_, "/administrator.token"), "sout_secret");
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("SECRET_NOT_WRITTEN")));
  EXPECT_THAT(std::string(status.message()), HasSubstr(path_));
  EXPECT_THAT(std::string(status.message()), ::testing::Not(HasSubstr("sout_secret")));
}

}  // namespace
}  // namespace soutenance::host
