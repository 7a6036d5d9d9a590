// The commands of ops/backup.md, run as they stand there.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/system/client.h"
#include "tests/system/databases.h"
#include "tests/system/deployment.h"
#include "tests/system/folders.h"
#include "tests/testing/process.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::system_test {
namespace {

namespace dir = ::soutenance::directory::v1;
namespace sched = ::soutenance::scheduling::v1;
using ::soutenance::testing::IsOk;
using ::soutenance::testing::Process;
using ::soutenance::testing::StatusIs;

// The block of the document that begins with "```sh <name>".
std::string Block(const std::string& name) {
  std::ifstream document(SOUTENANCE_SOURCE_DIR "/ops/backup.md");
  std::string line, block;
  bool inside = false;
  while (std::getline(document, line)) {
    if (inside && line == "```") return block;
    if (inside) absl::StrAppend(&block, line, "\n");
    inside |= line == absl::StrCat("```sh ", name);
  }
  ADD_FAILURE() << "ops/backup.md has no block " << name;
  return "exit 1";
}

class Backup : public ::testing::Test {
 protected:
  void Run(const std::string& block, const Deployment& deployment, const std::string& store) {
    const auto process =
        Process::Start({.arguments = {"/bin/bash", "-euo", "pipefail", "-c", Block(block)},
                        .environment = {{"DATA_DIR", deployment.DataDir("directory")},
                                        {"BACKUP_DIR", absl::StrCat(folder_.path(), "/backup")},
                                        {"STORE", store}}});
    ASSERT_THAT(process, IsOk());
    EXPECT_EQ((*process)->Wait(), 0) << block;
  }

  static void CreateRoom(const Deployment& deployment, const std::string& id) {
    dir::CreateRoomRequest request;
    request.set_room_id(id);
    request.mutable_room()->set_title("Room");
    EXPECT_THAT(
        Client(deployment, deployment.administrator_token()).Call(&DirectoryStub::CreateRoom, request),
        IsOk());
  }

  static absl::Status FindRoom(const Deployment& deployment, const std::string& id) {
    dir::GetRoomRequest request;
    request.set_name(absl::StrCat("rooms/", id));
    return Client(deployment, deployment.administrator_token())
        .Call(&DirectoryStub::GetRoom, request)
        .status();
  }

  // Imports, backs up while the server runs, changes something, restores, and looks.
  void BringsBackWhatWasThere(Deployment& deployment, const std::string& kind, const std::string& store) {
    const Client administrator(deployment, deployment.administrator_token());
    ASSERT_THAT(administrator.Call(&ImportStub::CreateImport, Cohort()), IsOk());
    CreateRoom(deployment, "before");
    Run(absl::StrCat("backup-", kind), deployment, store);
    CreateRoom(deployment, "after");
    deployment.Stop();
    Run(absl::StrCat("restore-", kind), deployment, store);
    deployment.Start();
    EXPECT_THAT(FindRoom(deployment, "before"), IsOk());
    EXPECT_THAT(FindRoom(deployment, "after"), StatusIs(absl::StatusCode::kNotFound));
    sched::ListDefencesRequest defences;
    defences.set_parent("campaigns/m2-alternance-2027");
    ASSERT_OK_AND_ASSIGN(
        const auto page,
        Client(deployment, deployment.administrator_token()).Call(&CampaignStub::ListDefences, defences));
    EXPECT_EQ(page.defences_size(), 23);
  }

  testing::TemporaryFolder folder_;
};

TEST_F(Backup, OfSqliteFilesBringsBackWhatWasThere) {
  Deployment deployment(Shape::kOneBinary);
  BringsBackWhatWasThere(deployment, "sqlite", "");
}

TEST_F(Backup, OfPostgresqlBringsBackWhatWasThere) {
  const std::string store = FreshPostgresDatabase();
  Deployment deployment(Shape::kOneBinary, store);
  BringsBackWhatWasThere(deployment, "postgresql", store);
}

}  // namespace
}  // namespace soutenance::system_test
