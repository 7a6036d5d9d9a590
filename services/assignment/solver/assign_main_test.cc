#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "tests/testing/process.h"

namespace soutenance::assignment::solver {
namespace {

using ::soutenance::testing::Process;
using ::soutenance::testing::TemporaryFolder;
using ::testing::HasSubstr;

struct Ended {
  int exit_code;
  std::string output;
  std::string errors;
};

Ended RunOn(const std::string& problem, std::vector<std::string> arguments) {
  const TemporaryFolder folder;
  const std::string path = folder.path() + "/problem";
  std::ofstream(path) << problem;
  arguments.insert(arguments.begin(), {SOUTENANCE_ASSIGN, path});
  const std::unique_ptr<Process> process =
      *Process::Start({.arguments = arguments, .environment = {}, .error_file = folder.path() + "/errors"});
  std::string output = process->ReadAll();
  const int exit_code = process->Wait();
  std::stringstream errors;
  errors << std::ifstream(folder.path() + "/errors").rdbuf();
  return {exit_code, std::move(output), errors.str()};
}

constexpr char kTwo[] =
    "soutenance assignment 1\nreviewer ana 0 1\nreviewer bo 0 1\nthesis networks 1\nthesis compilers 1\n"
    "scores networks 1 0.5\nscores compilers 0.55 0.1\nheld networks ana\nend\n";

TEST(SoutenanceAssign, PrintsTheBestTotalAndItsProof) {
  const Ended ended = RunOn(kTwo, {});
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_EQ(
      ended.output,
      "networks: ana 1.0\ncompilers: bo 0.1\ntotal      1.1  (proven: nothing is better)\nworst off  0.1\n");
}

TEST(SoutenanceAssign, PutsTheWorstOffFirstIfAsked) {
  EXPECT_EQ(RunOn(kTwo, {"--fair"}).output,
            "networks: bo 0.5\ncompilers: ana 0.55\ntotal      1.05  (proven: nothing is better)\n"
            "worst off  0.5  (proven: nothing is better)\n");
}

TEST(SoutenanceAssign, KeepsWhatIsHeldIfAsked) {
  EXPECT_THAT(RunOn(kTwo, {"--repair"}).output,
              HasSubstr("changes    0 gone, 1 added; fewer are impossible\n"));
}

TEST(SoutenanceAssign, PrintsACertificateForPrograms) {
  const Ended ended = RunOn(kTwo, {"--fair", "--json"});
  EXPECT_THAT(ended.output, HasSubstr("\"total\": 1.05,\n \"worst_off\": 0.5,\n \"bound\": 1.05,\n"));
  EXPECT_THAT(ended.output, HasSubstr("\"assignment\": [[1], [0]]"));
  EXPECT_THAT(ended.output, HasSubstr("\"certificate\": {\"bound\": 1.05, \"least_score\": 0.5"));
}

TEST(SoutenanceAssign, TellsWhyNothingIsPossible) {
  const Ended ended = RunOn("soutenance assignment 1\nreviewer ana 0 1\nthesis a 1\nthesis b 1\nend\n", {});
  EXPECT_EQ(ended.exit_code, 3);
  EXPECT_EQ(ended.output,
            "No assignment exists. 2 theses need 2 reviewers: a, b. 1 reviewer may have them, with 1 place: "
            "ana (1). "
            "It would be possible with 1 more place with ana.\n");
}

TEST(SoutenanceAssign, RefusesWhatItCannotRead) {
  const Ended ended = RunOn("soutenance assignment 1\nreviewer\n", {});
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_THAT(ended.errors, HasSubstr("line 2: \"\" is not a whole number"));
  EXPECT_EQ(RunOn(kTwo, {"--fair", "--repair"}).exit_code, 2);
}

}  // namespace
}  // namespace soutenance::assignment::solver
