#include "clients/cli/testing/program.h"

#include <gmock/gmock.h>
#include <google/protobuf/struct.pb.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "clients/lib/json.h"
#include "google/protobuf/empty.pb.h"
#include "services/base/error.h"
#include "soutenance/assignment/v1/assignment.pb.h"
#include "soutenance/directory/v1/accounts.pb.h"
#include "soutenance/directory/v1/directory.pb.h"
#include "soutenance/directory/v1/imports.pb.h"
#include "soutenance/scheduling/v1/campaigns.pb.h"
#include "soutenance/submissions/v1/submissions.pb.h"
#include "tests/testing/status_matchers.h"

// The program as people and scripts use it: what every command shares. Commands one by one are in
// program_resources_test.cc and program_timetables_test.cc.
namespace soutenance::cli {
namespace {

using clients::testing::Answer;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::Outcome;
using ::testing::StartsWith;

class ProgramTest : public ::testing::Test {
 protected:
  void HasOneCampaign() {
    scheduling::v1::ListCampaignsResponse campaigns;
    campaigns.add_campaigns()->set_name("campaigns/m2");
    server().Answers("ListCampaigns", campaigns);
  }

  Outcome Run(const std::vector<std::string>& arguments) { return program_.Run(arguments); }
  clients::testing::FakeServer& server() { return program_.server(); }

  testing::Program program_;
};

directory::v1::Person Ana() {
  directory::v1::Person person;
  person.set_name("people/ana");
  person.set_given_name("Ana");
  person.set_family_name("Martin");
  person.set_email("ana@example.org");
  person.set_etag("v1");
  return person;
}

TEST_F(ProgramTest, PrintsATableForPeople) {
  directory::v1::ListPeopleResponse people;
  *people.add_people() = Ana();
  auto& zoe = *people.add_people();
  zoe.set_name("people/00270121");
  zoe.set_family_name("Lœuillet");
  zoe.set_given_name("Zoé");
  server().Answers("ListPeople", people);
  const Outcome outcome = Run({"people", "list", "--query", "é"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.out,
            "Id        Family name  Given name  E-mail\n"
            "ana       Martin       Ana         ana@example.org\n"
            "00270121  Lœuillet     Zoé\n");
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(server().Requests<directory::v1::ListPeopleRequest>("ListPeople")[0].query(), "é");
}

TEST_F(ProgramTest, PrintsTheAnswerAsJsonForPrograms) {
  server().Answers("GetPerson", Ana());
  const Outcome outcome = Run({"people", "show", "ana", "--json"});
  EXPECT_EQ(outcome.exit_code, 0);
  directory::v1::Person read;
  ASSERT_OK(clients::FromJson(outcome.out, read));
  EXPECT_EQ(read.SerializeAsString(), Ana().SerializeAsString());
  EXPECT_THAT(outcome.out, HasSubstr("\"familyName\": \"Martin\""));
}

TEST_F(ProgramTest, SpeaksFrenchByLocaleOrFlag) {
  server().Answers("GetPerson", Ana());
  program_.Set("LC_ALL", "fr_FR.UTF-8");
  EXPECT_THAT(Run({"people", "show", "ana"}).out, HasSubstr("identifiant"));
  EXPECT_THAT(Run({"people", "show", "ana", "--language", "en"}).out, Not(HasSubstr("identifiant")));
  program_.Set("LC_ALL", "C");
  EXPECT_THAT(Run({"people", "show", "ana", "--language=fr"}).out, HasSubstr("identifiant"));
}

TEST_F(ProgramTest, EndsWithOneAndTheServersSentenceWhenItIsRefused) {
  server().Refuses("GetPerson", NotFound("person", "people/ana"));
  const Outcome outcome = Run({"people", "show", "ana"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err,
            "soutenance: refused: there is no person people/ana\n"
            "  reason: PERSON_NOT_FOUND\n"
            "  hint: \"soutenance people list\" tells who is known\n");
}

TEST_F(ProgramTest, PrintsErrorsAsJsonOnStandardErrorWithJson) {
  server().Refuses("GetPerson", NotFound("person", "people/ana"));
  const Outcome outcome = Run({"people", "show", "ana", "--json"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(
      outcome.err,
      StartsWith("{\"error\":{\"code\":\"NOT_FOUND\",\"reason\":\"PERSON_NOT_FOUND\","
                 "\"message\":\"there is no person people/ana\",\"metadata\":{\"name\":\"people/ana\"},"
                 "\"requestId\":\""));
}

TEST_F(ProgramTest, EndsWithTwoWhenItIsNotUnderstood) {
  EXPECT_EQ(Run({"people", "shwo"}).exit_code, 2);
  EXPECT_EQ(Run({"people", "show", "caf\xE9"}).exit_code, 2);
  const Outcome nothing = Run({});
  EXPECT_EQ(nothing.exit_code, 2);
  EXPECT_EQ(nothing.out, "");
  EXPECT_THAT(nothing.err, HasSubstr("Usage"));
  EXPECT_EQ(Run({"people"}).exit_code, 2);
  EXPECT_EQ(Run({"whoami", "--server", "example.org:7001"}).exit_code, 2);
  EXPECT_THAT(Run({"people", "shwo", "--json"}).err,
              StartsWith("{\"error\":{\"code\":\"INVALID_ARGUMENT\",\"reason\":\"USAGE\""));
}

TEST_F(ProgramTest, EndsWithThreeWhenNoServerAnswers) {
  const Outcome outcome = Run({"whoami", "--server", "unix:/nowhere/s.sock"});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_THAT(outcome.err,
              StartsWith("soutenance: unavailable: no server answers at unix:/nowhere/s.sock\n"));
}

TEST_F(ProgramTest, EndsWithThreeWhenTheServerIsTooSlow) {
  server().Answers("WhoAmI", {.end = Answer::End::kHold});
  const Outcome outcome = Run({"whoami", "--timeout", "1"});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_THAT(outcome.err, HasSubstr("--timeout SECONDS gives it more time"));
}

TEST_F(ProgramTest, GivesTheRequestIdToQuoteWhenTheServerIsBroken) {
  server().Refuses("WhoAmI", absl::InternalError("internal error"));
  const Outcome outcome = Run({"whoami"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err,
              HasSubstr("request to quote: " + server().Calls("WhoAmI")[0].metadata.at("x-request-id")));
}

TEST_F(ProgramTest, PrintsEveryFieldThatCannotBeAccepted) {
  server().Refuses("CreateRoom",
                   InvalidFields({{"room.capacity", "-1 is negative"}, {"room.title", "missing"}}));
  const Outcome outcome = Run({"rooms", "create", "a", "--capacity", "-1"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("  - room.capacity: -1 is negative\n  - room.title: missing\n"));
}

TEST_F(ProgramTest, NeverShowsTheToken) {
  server().Refuses("WhoAmI", absl::UnauthenticatedError("no"));
  for (const std::vector<std::string>& words : {std::vector<std::string>{"whoami"},
                                                {"whoami", "--json"},
                                                {"context", "show"},
                                                {"context", "show", "--json"}}) {
    const Outcome outcome = Run(words);
    EXPECT_THAT(outcome.out + outcome.err, Not(HasSubstr("sout_test")));
  }
}

TEST_F(ProgramTest, WarnsOfATokenFileThatOthersCanRead) {
  const std::string path = program_.Write("ana.token", "sout_ana\n");
  chmod(path.c_str(), 0644);
  server().Answers("WhoAmI", directory::v1::Account());
  EXPECT_THAT(Run({"whoami", "--token-file", path}).err, HasSubstr("can be read by others"));
  chmod(path.c_str(), 0600);
  EXPECT_EQ(Run({"whoami", "--token-file", path}).err, "");
  EXPECT_EQ(server().Calls("WhoAmI")[0].metadata.at("authorization"), "Bearer sout_ana");
}

TEST_F(ProgramTest, SaysThatAnAnswerCouldNotBeWritten) {
  server().Answers("GetPerson", Ana());
  const auto process = soutenance::testing::Process::Start(
      {.arguments = {"/bin/sh", "-c", testing::Program::Binary() + " people show ana > /dev/full"},
       .environment = program_.environment(),
       .error_file = program_.folder() + "/full"});
  ASSERT_OK(process);
  EXPECT_EQ((*process)->Wait(), 1);
  EXPECT_THAT(program_.Read(program_.folder() + "/full"), HasSubstr("standard output"));
}

// ---- rules, health, completion

TEST_F(ProgramTest, ShowsTheRulebookInTheLanguageOfTheReader) {
  scheduling::v1::ListRulesResponse rules;
  auto& rule = *rules.add_rules();
  rule.set_rule("gaps");
  rule.set_sentence_fr("Personne n’attend.");
  rule.set_sentence_en("Nobody waits.");
  rule.set_unit("minutes");
  rule.mutable_default_setting()->set_level(scheduling::v1::RuleSetting::LEVEL_SOFT);
  rule.mutable_default_setting()->set_weight(2);
  rule.mutable_default_setting()->set_parameter(30);
  server().Answers("ListRules", rules);
  EXPECT_EQ(Run({"rules"}).out,
            "Rule  Default        Unit     What it asks\ngaps  soft × 2 (30)  minutes  Nobody waits.\n");
  EXPECT_THAT(Run({"rules", "--language", "fr"}).out,
              HasSubstr("souple × 2 (30)  minutes  Personne n’attend."));
}

TEST_F(ProgramTest, TellsTheHealthOfEveryServiceByItsExitCode) {
  server().SetServing("soutenance.directory.v1.DirectoryService", true);
  const Outcome healthy = Run({"health"});
  EXPECT_EQ(healthy.exit_code, 0);
  EXPECT_THAT(healthy.out, HasSubstr("soutenance.directory.v1.DirectoryService      serving\n"));
  EXPECT_THAT(healthy.out, HasSubstr("soutenance.scheduling.v1.TimetableService     not on this server\n"));
  server().SetServing("soutenance.scheduling.v1.TimetableService", false);
  const Outcome sick = Run({"health", "--json"});
  EXPECT_EQ(sick.exit_code, 3);
  EXPECT_THAT(sick.out, HasSubstr("\"soutenance.scheduling.v1.TimetableService\":\"NOT_SERVING\""));
}

TEST_F(ProgramTest, CompletesNamesFromTheServer) {
  HasOneCampaign();
  directory::v1::ListPeopleResponse people;
  *people.add_people() = Ana();
  server().Answers("ListPeople", people);
  EXPECT_EQ(Run({"__complete", "people", "show", "a"}).out, "ana\tAna Martin\n");
  EXPECT_EQ(Run({"__complete", "import", "run", ""}).out, ":folders\n");
  EXPECT_EQ(Run({"__complete", "rooms", "show", ""}).out,
            "");  // the server knows nothing: no candidate, no complaint
}

// Sources the script in a shell and completes the last word of `line`.
class ShellCompletionTest : public ProgramTest {
 protected:
  std::string Complete(const std::string& setup) {
    program_.Set("PATH",
                 std::filesystem::path(testing::Program::Binary()).parent_path().string() + ":/usr/bin:/bin");
    const auto bash = soutenance::testing::Process::Start(
        {.arguments = {"/bin/bash", "-c",
                       "source <(soutenance completion bash); " + setup +
                           "; _soutenance; printf '%s|' \"${COMPREPLY[@]}\""},
         .environment = program_.environment()});
    return bash.ok() ? (*bash)->ReadAll() : "";
  }
};

TEST_F(ShellCompletionTest, CompletesVerbsInBash) {
  EXPECT_EQ(Complete("COMP_WORDS=(soutenance timetables un) COMP_CWORD=2"), "unplace|unpin|");
}

TEST_F(ShellCompletionTest, CompletesAnEmptyWordInBash) {
  EXPECT_EQ(Complete("COMP_WORDS=(soutenance tokens '') COMP_CWORD=2"), "create|list|revoke|");
}

TEST_F(ShellCompletionTest, CompletesValuesAfterAnEqualsSignInBash) {
  // bash hands over "--by=d" as three words.
  EXPECT_EQ(Complete("COMP_WORDS=(soutenance timetables show --by = d) COMP_CWORD=5"), "day|");
  EXPECT_EQ(Complete("COMP_WORDS=(soutenance timetables show --by =) COMP_CWORD=4"),
            "table|day|room|person|");
}

TEST_F(ShellCompletionTest, CompletesFoldersWithSpacesInBash) {
  std::filesystem::create_directories(program_.folder() + "/my folder");
  EXPECT_EQ(Complete("cd " + program_.folder() + "; COMP_WORDS=(soutenance import run my) COMP_CWORD=3"),
            "my folder|");
}

TEST_F(ShellCompletionTest, CompletesNamesFromTheServerInBash) {
  directory::v1::ListPeopleResponse people;
  *people.add_people() = Ana();
  server().Answers("ListPeople", people);
  EXPECT_EQ(Complete("COMP_WORDS=(soutenance people show a) COMP_CWORD=3"), "ana|");
}

// What a script of completion/ says in its own shell; skipped where that shell is not installed.
TEST_F(ShellCompletionTest, CompletesInZsh) {
  if (!std::filesystem::exists("/usr/bin/zsh")) GTEST_SKIP() << "zsh is not installed";
  program_.Set("PATH",
               std::filesystem::path(testing::Program::Binary()).parent_path().string() + ":/usr/bin:/bin");
  const auto zsh = soutenance::testing::Process::Start(
      {.arguments =
           {"/usr/bin/zsh", "-f", "-c",
            "compdef() {}; _describe() { print -l -- \"${(@P)3}\" }; _files() { print \"files $@\" }; "
            "source <(soutenance completion zsh); words=(soutenance timetables un); CURRENT=3; _soutenance; "
            "words=(soutenance import run ''); CURRENT=4; _soutenance"},
       .environment = program_.environment()});
  ASSERT_OK(zsh);
  EXPECT_EQ((*zsh)->ReadAll(),
            "unplace:Take a defence out of the timetable\nunpin:Let later runs place a defence freely "
            "again\nfiles -/\n");
}

TEST_F(ShellCompletionTest, CompletesInFish) {
  if (!std::filesystem::exists("/usr/bin/fish")) GTEST_SKIP() << "fish is not installed";
  program_.Set("PATH",
               std::filesystem::path(testing::Program::Binary()).parent_path().string() + ":/usr/bin:/bin");
  const auto fish = soutenance::testing::Process::Start(
      {.arguments = {"/usr/bin/fish", "--no-config", "-c",
                     "soutenance completion fish | source; complete -C 'soutenance tokens re'; "
                     "complete -C 'soutenance timetables show --by=d'"},
       .environment = program_.environment()});
  ASSERT_OK(fish);
  EXPECT_EQ((*fish)->ReadAll(), "revoke\tRevoke a token, from the next call on\n--by=day\n");
}

}  // namespace
}  // namespace soutenance::cli
