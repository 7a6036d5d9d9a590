#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "services/scheduling/solver/io/problem_text.h"
#include "services/scheduling/solver/io/timetable_text.h"
#include "services/scheduling/solver/testing/builders.h"
#include "services/scheduling/solver/testing/random_problem.h"
#include "tests/testing/process.h"

namespace soutenance::scheduling::solver {
namespace {

using ::soutenance::testing::Process;
using ::soutenance::testing::TemporaryFolder;
using ::testing::HasSubstr;

struct Ended {
  int exit_code;
  std::string output;
  std::string errors;
};

std::string ReadFile(const std::string& path) {
  std::stringstream content;
  content << std::ifstream(path).rdbuf();
  return content.str();
}

std::unique_ptr<Process> Begin(const TemporaryFolder& folder, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), SOUTENANCE_SOLVE);
  return *Process::Start(
      {.arguments = arguments, .environment = {}, .error_file = folder.path() + "/errors"});
}

Ended RunToEnd(const TemporaryFolder& folder, const std::vector<std::string>& arguments) {
  const std::unique_ptr<Process> process = Begin(folder, arguments);
  std::string output = process->ReadAll();
  return {process->Wait(), std::move(output), ReadFile(folder.path() + "/errors")};
}

std::string Write(const TemporaryFolder& folder, const Problem& problem) {
  const std::string path = folder.path() + "/problem";
  std::ofstream(path) << WriteProblem(problem);
  return path;
}

// Two defences, of which one has no place because Ana never comes.
Problem TwoDefences() {
  ProblemSpec spec = testing::ASmallProblem();
  spec.persons = {
      testing::APerson({.key = "ana", .blocked = {testing::Hours(0, 24), testing::Hours(0, 24, 1)}})};
  spec.defences = {testing::ADefence("lea", {"ana"}), testing::ADefence("tom", {"bo"})};
  return testing::Build(spec);
}

TEST(SoutenanceSolve, PrintsWhatItReached) {
  const TemporaryFolder folder;
  const Ended ended = RunToEnd(folder, {Write(folder, TwoDefences()), "--moves", "100"});
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_THAT(ended.output, HasSubstr("placed      1 of 2 (at most 1 is proven)\n"
                                      "score       0 hard, 1 unplaced, 0 strong, 0 soft\n"
                                      "bound       0 hard, 1 unplaced, 0 strong, 0 soft\n"
                                      "termination optimal\n"));
  EXPECT_EQ(ended.errors, "") << "no progress where there is no terminal";
}

TEST(SoutenanceSolve, WritesTheTimetableAsText) {
  const TemporaryFolder folder;
  const Problem problem = TwoDefences();
  const std::string out = folder.path() + "/timetable";
  const Ended ended = RunToEnd(folder, {Write(folder, problem), "--moves", "100", "--out", out});
  EXPECT_EQ(ended.exit_code, 0);
  const absl::StatusOr<Timetable> timetable = ParseTimetable(problem, ReadFile(out));
  ASSERT_TRUE(timetable.ok()) << timetable.status();
  EXPECT_EQ(timetable->PlacedCount(), 1);
}

TEST(SoutenanceSolve, PrintsTheTimetableAloneOnStandardOutput) {
  const TemporaryFolder folder;
  const Problem problem = TwoDefences();
  const Ended ended = RunToEnd(folder, {Write(folder, problem), "--moves", "100", "--out", "-"});
  EXPECT_TRUE(ParseTimetable(problem, ended.output).ok());
  EXPECT_THAT(ended.errors, HasSubstr("placed      1 of 2"));
}

TEST(SoutenanceSolve, BeginsFromATimetable) {
  const TemporaryFolder folder;
  const Problem problem = TwoDefences();
  const std::string start = folder.path() + "/start";
  std::ofstream(start) << WriteTimetable(testing::Arrange(problem, {{"tom", testing::At(11), "b12"}}));
  const Ended ended =
      RunToEnd(folder, {Write(folder, problem), "--moves", "1", "--start", start, "--out", "-"});
  EXPECT_EQ(ended.output, ReadFile(start));
}

TEST(SoutenanceSolve, BeginsWhereTheProblemSaysThatDefencesArePublished) {
  const TemporaryFolder folder;
  ProblemSpec spec = TwoDefences().spec();
  spec.defences[1].reference = ReferenceSpec{.start = testing::At(11), .room = "b12"};
  const Problem problem = testing::Build(spec);
  const Ended ended =
      RunToEnd(folder, {Write(folder, problem), "--moves", "1", "--start-published", "--out", "-"});
  EXPECT_EQ(ended.output, WriteTimetable(testing::Arrange(problem, {{"tom", testing::At(11), "b12"}})));
}

// Tom's defence, published at 11 in b12, can only take place on the second day; Max's is withdrawn.
std::pair<std::string, std::string> AnIncident(const TemporaryFolder& folder) {
  ProblemSpec spec = testing::ASmallProblem();
  spec.now = testing::At(9, 0, -2);
  spec.persons = {testing::APerson({.key = "bo", .name = "Bo Chen", .blocked = {testing::Hours(0, 24)}})};
  spec.defences = {testing::ADefence("tom", {"bo", "cy"}), testing::ADefence("zoe", {"dan"})};
  const std::string published = folder.path() + "/published";
  std::ofstream(published) << "soutenance timetable 1\n"
                              "placed \"max\" 2027-06-14 09:00 \"b12\"\n"
                              "placed \"tom\" 2027-06-14 11:00 \"b12\"\n"
                              "placed \"zoe\" 2027-06-14 14:00 \"b12\"\n"
                              "end\n";
  return {Write(folder, testing::Build(spec)), published};
}

TEST(SoutenanceSolve, ReplansAndSaysWhoMustBeTold) {
  const TemporaryFolder folder;
  const auto [problem, published] = AnIncident(folder);
  const Ended ended = RunToEnd(folder, {problem, "--replan", published});
  EXPECT_EQ(ended.exit_code, 0) << ended.errors;
  EXPECT_THAT(ended.output, HasSubstr("others      0 moved (at least 0 is proven)"));
  EXPECT_THAT(ended.output, HasSubstr("which is minimal"));
  EXPECT_THAT(ended.output, HasSubstr("withdrawn   max\n"));
  EXPECT_THAT(ended.output,
              HasSubstr("tom: 2027-06-14 11:00 b12 -> 2027-06-15 11:00 b12\n  tell Bo Chen, cy"));
}

TEST(SoutenanceSolve, PrintsAReplanAsJson) {
  const TemporaryFolder folder;
  const auto [problem, published] = AnIncident(folder);
  const Ended ended = RunToEnd(folder, {problem, "--replan", published, "--json"});
  EXPECT_THAT(ended.output, HasSubstr("\"replan\":{\"hit\":[\"tom\"],\"others_moved\":[]"));
  EXPECT_THAT(ended.output, HasSubstr("\"minimal\":true,\"withdrawn\":[\"max\"]"));
  EXPECT_THAT(ended.output, HasSubstr("\"told\":[{\"person\":\"bo\",\"defences\":[\"tom\"]}"));
}

TEST(SoutenanceSolve, ExplainsInFrenchAndEnglish) {
  const TemporaryFolder folder;
  const std::string problem = Write(folder, TwoDefences());
  EXPECT_THAT(RunToEnd(folder, {problem, "--moves", "9", "--explain", "--language", "fr"}).output,
              HasSubstr("ana n’est disponible à aucun moment de la campagne."));
  EXPECT_THAT(RunToEnd(folder, {problem, "--moves", "9", "--explain"}).output,
              HasSubstr("ana is at no time of the campaign available."));
}

TEST(SoutenanceSolve, PrintsJsonForPrograms) {
  const TemporaryFolder folder;
  const Ended ended = RunToEnd(folder, {Write(folder, TwoDefences()), "--moves", "9", "--json", "--explain"});
  EXPECT_THAT(ended.output, HasSubstr("{\"defences\":2,\"placed\":1,\"placed_bound\":1,"
                                      "\"score\":{\"hard\":0,\"unplaced\":1,\"strong\":0,\"soft\":0},"
                                      "\"bound\":{\"hard\":0,\"unplaced\":1,\"strong\":0,\"soft\":0},"
                                      "\"proven\":[\"hard\",\"unplaced\",\"strong\",\"soft\"],"));
  EXPECT_THAT(ended.output, HasSubstr("\"termination\":\"optimal\""));
  EXPECT_THAT(ended.output,
              HasSubstr("\"placements\":[{\"defence\":\"tom\",\"day\":\"2027-06-14\",\"time\":"));
  EXPECT_THAT(ended.output, HasSubstr("\"kind\":\"no_common_slot\""));
}

TEST(SoutenanceSolve, TellsReasonsAndRepairs) {
  const TemporaryFolder folder;
  const std::string problem = Write(folder, TwoDefences());
  EXPECT_THAT(RunToEnd(folder, {problem, "--moves", "9", "--explain"}).output,
              HasSubstr("    1. If ana is free on "));
  const Ended ended = RunToEnd(folder, {problem, "--moves", "9", "--json", "--explain"});
  EXPECT_THAT(ended.output, HasSubstr("\"is_minimal\":true"));
  EXPECT_THAT(ended.output, HasSubstr("{\"rule\":\"availability\",\"persons\":[\"ana\"]"));
  EXPECT_THAT(ended.output, HasSubstr("\"steps\":[{\"kind\":\"person_frees\",\"person\":\"ana\",\"day\":"));
}

TEST(SoutenanceSolve, GivesTheSameBytesForASeedAndAMoveLimit) {
  const TemporaryFolder folder;
  const std::string problem = Write(folder, testing::RandomProblem(3, {.defences = 12, .odd = false}));
  const std::vector<std::string> arguments = {problem, "--moves", "2000", "--seed", "7", "--out", "-"};
  std::vector<std::string> more_threads = arguments;
  more_threads.insert(more_threads.end(), {"--threads", "3"});
  EXPECT_EQ(RunToEnd(folder, arguments).output, RunToEnd(folder, more_threads).output);
}

TEST(SoutenanceSolve, RefusesWhatItCannotRead) {
  const TemporaryFolder folder;
  EXPECT_EQ(RunToEnd(folder, {folder.path() + "/absent"}).exit_code, 1);
  const std::string path = folder.path() + "/broken";
  std::ofstream(path) << "soutenance problem 1\nfirst_day 2027-06-14\nend\n";
  const Ended ended = RunToEnd(folder, {path});
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_THAT(ended.errors, HasSubstr("line 2"));
}

TEST(SoutenanceSolve, TellsHowItIsUsed) {
  const TemporaryFolder folder;
  EXPECT_EQ(RunToEnd(folder, {}).exit_code, 2);
  EXPECT_EQ(RunToEnd(folder, {"problem", "--threads", "0"}).exit_code, 2);
  const Ended help = RunToEnd(folder, {"--help"});
  EXPECT_EQ(help.exit_code, 0);
  EXPECT_THAT(help.output, HasSubstr("Examples:"));
}

TEST(SoutenanceSolve, KeepsTheBestWhenInterrupted) {
  const TemporaryFolder folder;
  // Never optimal: left alone it would search for ten minutes.
  const Problem problem =
      testing::RandomProblem(11, {.persons = 12, .rooms = 4, .defences = 30, .odd = false});
  const std::unique_ptr<Process> process = Begin(folder, {Write(folder, problem), "--time", "600", "--json"});
  // The signal may come before the program is ready for it; then it ends as any program does.
  EXPECT_FALSE(process->ReadLine(absl::Milliseconds(300)).ok());
  process->Signal(SIGINT);
  const std::string output = process->ReadAll();
  EXPECT_EQ(process->Wait(), 0);
  EXPECT_THAT(output, HasSubstr("\"termination\":\"cancelled\""));
}

}  // namespace
}  // namespace soutenance::scheduling::solver
