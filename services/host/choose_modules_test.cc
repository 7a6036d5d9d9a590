#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/host/modules.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::host {
namespace {

using ::soutenance::testing::IsOk;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::vector<Module>& Table() {
  static const auto* const table = new std::vector<Module>{
      {.name = "directory"},
      {.name = "records", .needs = {"directory"}},
      {.name = "scheduling", .needs = {"directory", "records"}},
  };
  return *table;
}

std::vector<std::string> Names(const absl::StatusOr<std::vector<const Module*>>& modules) {
  EXPECT_THAT(modules, IsOk());
  std::vector<std::string> names;
  if (modules.ok()) {
    for (const Module* module : *modules) names.push_back(module->name);
  }
  return names;
}

TEST(ChooseModules, HostsAllWhenNothingIsSaid) {
  EXPECT_THAT(Names(ChooseModules(Table(), {})), ElementsAre("directory", "records", "scheduling"));
}

TEST(ChooseModules, KeepsTheOrderOfTheTable) {
  EXPECT_THAT(Names(ChooseModules(Table(), {.services = {"scheduling", "records", "directory"}})),
              ElementsAre("directory", "records", "scheduling"));
}

TEST(ChooseModules, LetsOtherProcessesHostWhatIsNeeded) {
  EXPECT_THAT(Names(ChooseModules(Table(), {.services = {"scheduling"},
                                            .peers = {{"directory", "unix:/d"}, {"records", "unix:/r"}},
                                            .service_key_file = "/key"})),
              ElementsAre("scheduling"));
}

TEST(ChooseModules, RefusesAModuleThatDoesNotExist) {
  const auto modules = ChooseModules(Table(), {.services = {"planning"}});
  EXPECT_THAT(modules, StatusIs(absl::StatusCode::kInvalidArgument, Reason("CONFIG_INVALID")));
  EXPECT_THAT(std::string(modules.status().message()),
              HasSubstr("\"planning\"; there are directory, records, scheduling"));
}

TEST(ChooseModules, RefusesAPeerThatDoesNotExist) {
  EXPECT_THAT(ChooseModules(Table(), {.peers = {{"planning", "unix:/p"}}, .service_key_file = "/key"}),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("CONFIG_INVALID")));
}

TEST(ChooseModules, RefusesAPeerThatIsHostedHere) {
  EXPECT_THAT(ChooseModules(Table(), {.peers = {{"records", "unix:/r"}}, .service_key_file = "/key"}),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("CONFIG_INVALID")));
}

TEST(ChooseModules, RefusesAModuleThatCannotReachWhatItCalls) {
  const auto modules = ChooseModules(
      Table(), {.services = {"scheduling"}, .peers = {{"directory", "unix:/d"}}, .service_key_file = "/key"});
  EXPECT_THAT(modules, StatusIs(absl::StatusCode::kFailedPrecondition, Reason("PEER_MISSING")));
  EXPECT_THAT(std::string(modules.status().message()), HasSubstr("--peer records=ADDRESS"));
}

TEST(ChooseModules, RefusesPeersWithoutAKeyToProveItselfToThem) {
  EXPECT_THAT(ChooseModules(Table(), {.services = {"records"}, .peers = {{"directory", "unix:/d"}}}),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("KEY_MISSING")));
}

}  // namespace
}  // namespace soutenance::host
