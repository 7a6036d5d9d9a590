#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "tests/layering/walls.h"

namespace soutenance::layering {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kRoot[] = SOUTENANCE_SOURCE_DIR;

std::string Read(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(absl::StrCat(kRoot, "/", path)).rdbuf();
  return text.str();
}

// The files of the project that end with one of `ends`, as paths from its root, in order.
std::vector<std::string> Files(const std::vector<std::string>& ends) {
  std::set<std::string> files;
  for (const char* top : {"services", "storage", "clients", "tests"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(absl::StrCat(kRoot, "/", top))) {
      const std::string path = entry.path().lexically_relative(kRoot);
      for (const std::string& end : ends) {
        if (entry.is_regular_file() && absl::EndsWith(path, end)) files.insert(path);
      }
    }
  }
  return {files.begin(), files.end()};
}

struct Example {
  const char* file;
  const char* included;
  const char* sentence;  // empty: allowed
};

class Walls : public ::testing::TestWithParam<Example> {};

TEST_P(Walls, SayWhoMayIncludeWhom) {
  EXPECT_EQ(WhyNot(GetParam().file, GetParam().included).value_or(""), GetParam().sentence);
}

INSTANTIATE_TEST_SUITE_P(
    Examples, Walls,
    ::testing::Values(
        Example{"services/base/id.cc", "services/base/id.h", ""},
        Example{"services/base/id.cc", "string", ""},
        Example{"services/base/id.cc", "services/assignment/jury.h",
                "services/base/id.cc includes services/assignment/jury.h: base may not know a service"},
        Example{"services/assignment/assignment.cc", "services/assignment/jury.h", ""},
        Example{"services/assignment/assignment.cc", "storage/sql/database.h",
                "services/assignment/assignment.cc includes storage/sql/database.h: a service core may not "
                "know SQL"},
        Example{"services/assignment/assignment.cc", "services/submissions/thesis.h",
                "services/assignment/assignment.cc includes services/submissions/thesis.h: a service core "
                "may not "
                "know another service"},
        Example{"services/assignment/assignment.cc", "services/assignment/rpc/assignment_proto.h",
                "services/assignment/assignment.cc includes services/assignment/rpc/assignment_proto.h: a "
                "service "
                "core may not know the wire"},
        Example{"services/directory/token_secret.cc", "sodium.h", ""},
        Example{"services/directory/accounts.cc", "curl/curl.h",
                "services/directory/accounts.cc includes curl/curl.h: a service core may not know a library"},
        Example{"services/assignment/assignment.cc", "thread",
                "services/assignment/assignment.cc includes thread: a service core may not know threads"},
        Example{"services/assignment/assignment.cc", "services/runtime/worker.h",
                "services/assignment/assignment.cc includes services/runtime/worker.h: a service core may "
                "not know "
                "the runtime"},
        Example{
            "services/assignment/assignment.cc", "soutenance/assignment/v1/assignment.pb.h",
            "services/assignment/assignment.cc includes soutenance/assignment/v1/assignment.pb.h: a service "
            "core may not know the wire"},
        Example{"services/assignment/rpc/assignment_proto.h", "soutenance/assignment/v1/assignment.pb.h", ""},
        Example{"services/assignment/rpc/assignment_proto.h", "services/assignment/jury.h", ""},
        Example{"services/assignment/rpc/assignment_service.cc", "services/runtime/calls.h", ""},
        Example{"services/assignment/rpc/assignment_service.cc", "storage/open.h",
                "services/assignment/rpc/assignment_service.cc includes storage/open.h: an rpc folder may "
                "not know "
                "SQL"},
        Example{"services/scheduling/solver/search/anneal.cc", "services/scheduling/solver/model/problem.h",
                ""},
        Example{"services/scheduling/solver/search/portfolio.cc", "thread", ""},
        Example{
            "services/scheduling/solver/explain/why_not.cc", "thread",
            "services/scheduling/solver/explain/why_not.cc includes thread: the solver may not know threads"},
        Example{
            "services/scheduling/solver/model/problem.cc", "services/base/clock.h",
            "services/scheduling/solver/model/problem.cc includes services/base/clock.h: the solver may not "
            "know services/base/clock.h"},
        Example{"services/scheduling/solver/model/problem.cc", "services/scheduling/campaign.h",
                "services/scheduling/solver/model/problem.cc includes services/scheduling/campaign.h: the "
                "solver may "
                "not know services/scheduling/campaign.h"},
        Example{"services/scheduling/problem_builder.cc", "services/scheduling/solver/model/problem.h", ""},
        Example{"services/runtime/calls.h", "services/directory/accounts.h",
                "services/runtime/calls.h includes services/directory/accounts.h: the runtime may not know a "
                "service"},
        Example{"storage/sql/directory_store.cc", "services/directory/directory_store.h", ""},
        Example{"storage/sql/directory_store.cc", "grpcpp/grpcpp.h",
                "storage/sql/directory_store.cc includes grpcpp/grpcpp.h: a database adapter may not know "
                "the wire"},
        Example{"storage/sql/database.h", "sqlite3.h",
                "storage/sql/database.h includes sqlite3.h: a header may not know a database's own library; "
                "include "
                "it in the source"},
        Example{"services/host/directory_module.cc", "storage/sql/directory_store.h", ""},
        Example{
            "services/runtime/server.cc", "services/host/host.h",
            "services/runtime/server.cc includes services/host/host.h: the runtime may not know the host"},
        Example{"clients/cli/main.cc", "services/runtime/status_wire.h", ""},
        Example{
            "clients/cli/main.cc", "services/scheduling/campaign.h",
            "clients/cli/main.cc includes services/scheduling/campaign.h: a client may not know a service"},
        Example{"services/base/id.h", "tests/testing/fake_clock.h",
                "services/base/id.h includes tests/testing/fake_clock.h: base may not know the tests"},
        Example{"services/assignment/assignment_test.cc", "storage/sql/assignment_store.h", ""},
        Example{"services/common/strings.h", "string",
                "services/common/strings.h stands in no room of the house; see tests/layering/walls.cc"}));

TEST(Includes, FindsWhatAFileIncludes) {
  EXPECT_THAT(
      Includes("#include \"a/b.h\"\n# include <string>\n  #include <c.h>  // why\n// #include \"d.h\"\n"),
      ElementsAre("a/b.h", "string", "c.h"));
}

TEST(Libraries, FindsWhatACMakeListsLinks) {
  const std::vector<Library> libraries = Libraries(
      "soutenance_library(runtime\n  SOURCES calls.cc\n  LINKS soutenance::base gRPC::grpc++\n"
      "  PRIVATE_LINKS soutenance::proto)\nsoutenance_library(wire SOURCES a.cc)\n");
  ASSERT_EQ(libraries.size(), 2u);
  EXPECT_EQ(libraries[0].name, "runtime");
  EXPECT_THAT(libraries[0].links, ElementsAre("base", "proto"));
  EXPECT_EQ(libraries[1].name, "wire");
}

TEST(House, KeepsItsWallsInEveryInclude) {
  const std::vector<std::string> files = Files({".h", ".cc"});
  ASSERT_GT(files.size(), 100u) << "the sources are not where this test looks";
  std::vector<std::string> refusals;
  for (const std::string& file : files) {
    for (const std::string& included : Includes(Read(file))) {
      if (const auto refusal = WhyNot(file, included)) refusals.push_back(*refusal);
    }
  }
  EXPECT_THAT(refusals, IsEmpty()) << absl::StrJoin(refusals, "\n");
}

TEST(House, GivesEachAdapterOneService) {
  for (const std::string& file : Files({".h", ".cc"})) {
    if (!absl::StartsWith(file, "storage/sql/")) continue;
    std::set<std::string> services;
    for (const std::string& included : Includes(Read(file))) {
      const std::vector<std::string> parts = absl::StrSplit(included, '/');
      if (parts.front() == "services" && parts[1] != "base") services.insert(parts[1]);
    }
    EXPECT_LE(services.size(), 1u) << file << " knows " << absl::StrJoin(services, " and ");
  }
}

TEST(House, LinksOnlyWhatItMayInclude) {
  std::map<std::string, std::string> folders;  // by library
  for (const std::string& file : Files({"CMakeLists.txt"})) {
    const std::string folder = file.substr(0, file.rfind('/') + 1);
    for (const Library& library : Libraries(Read(file))) folders[library.name] = folder;
  }
  std::vector<std::string> refusals;
  for (const std::string& file : Files({"CMakeLists.txt"})) {
    const std::string folder = file.substr(0, file.rfind('/') + 1);
    for (const Library& library : Libraries(Read(file))) {
      for (const std::string& link : library.links) {
        const auto linked = folders.find(link);
        // A single header of status_wire and of base is what a client or the solver may include.
        if (linked == folders.end() || link == "status_wire" || link == "base") continue;
        if (const auto refusal =
                WhyNot(absl::StrCat(folder, library.name), absl::StrCat(linked->second, link))) {
          refusals.push_back(*refusal);
        }
      }
    }
  }
  EXPECT_THAT(refusals, IsEmpty()) << absl::StrJoin(refusals, "\n");
}

}  // namespace
}  // namespace soutenance::layering
