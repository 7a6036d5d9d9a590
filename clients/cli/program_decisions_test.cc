#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "clients/cli/testing/program.h"
#include "soutenance/assignment/v1/decisions.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = assignment::v1;
using ::testing::AllOf;
using ::testing::HasSubstr;

class ProgramDecisionsTest : public ::testing::Test {
 protected:
  ProgramDecisionsTest() {
    std::string name = (std::filesystem::temp_directory_path() / "soutenance-decisions-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    file_ = (folder_ / "jurys.csv").string();
    std::ofstream(file_) << "thesis,person,role\n42,eva,guest\n";
  }
  ~ProgramDecisionsTest() override { std::filesystem::remove_all(folder_); }

  auto Run(const std::vector<std::string>& arguments) { return program_.Run(arguments); }
  clients::testing::FakeServer& server() { return program_.server(); }

  testing::Program program_;
  std::filesystem::path folder_;
  std::string file_;
};

pb::JuryDecision ADecision() {
  pb::JuryDecision decision;
  decision.set_thesis("theses/42");
  decision.set_way(pb::JURY_DECISION_WAY_FILE);
  decision.set_account("accounts/chief");
  decision.mutable_time()->set_seconds(1'800'000'000);
  decision.set_reason("council");
  decision.set_existed_before(true);
  decision.set_exists_after(true);
  pb::Seat& had = *decision.add_seats_before();
  had.set_person("people/bob");
  had.set_role(pb::Seat::ROLE_GUEST);
  pb::Seat& has = *decision.add_seats_after();
  has.set_person("people/eva");
  has.set_role(pb::Seat::ROLE_PRESIDENT);
  return decision;
}

TEST_F(ProgramDecisionsTest, ImportsAFileAndTellsWhatChangesAndHowToUndoIt) {
  pb::JuryBatchResult result;
  result.set_state(pb::JuryBatchResult::STATE_DONE);
  result.mutable_batch()->set_name("juryBatches/b1");
  result.mutable_batch()->set_updated_count(1);
  *result.mutable_batch()->add_decisions() = ADecision();
  server().Answers("ImportJuries", result);
  const auto outcome = Run({"juries", "import", file_, "--reason", "council"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const auto request = server().Requests<pb::ImportJuriesRequest>("ImportJuries")[0];
  EXPECT_EQ(request.file(), "jurys.csv");
  EXPECT_EQ(request.content(), "thesis,person,role\n42,eva,guest\n");
  EXPECT_EQ(request.kind(), pb::JURY_FILE_KIND_JURIES);
  EXPECT_EQ(request.reason(), "council");
  EXPECT_FALSE(request.validate_only());
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("42: - bob (guest), + eva (president)"), HasSubstr("1 changed"),
                                 HasSubstr("juries undo b1")));
}

TEST_F(ProgramDecisionsTest, EndsWithOneWhenAFileIsRefusedAndShowsEveryProblem) {
  pb::JuryBatchResult result;
  result.set_state(pb::JuryBatchResult::STATE_REFUSED);
  for (const char* const message : {"jurys.csv, line 2: nobody", "jurys.csv, line 3: a conflict"}) {
    pb::JuryProblem& problem = *result.add_problems();
    problem.set_severity(pb::JuryProblem::SEVERITY_ERROR);
    problem.set_message(message);
  }
  result.set_error_count(3);
  server().Answers("ImportJuries", result);
  const auto outcome = Run({"reviewers", "import", file_, "--dry-run"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("error: jurys.csv, line 2: nobody"), HasSubstr("line 3"),
                                 HasSubstr("1 more"), HasSubstr("nothing was written")));
  const auto request = server().Requests<pb::ImportJuriesRequest>("ImportJuries")[0];
  EXPECT_EQ(request.kind(), pb::JURY_FILE_KIND_REVIEWERS);
  EXPECT_TRUE(request.validate_only());
}

TEST_F(ProgramDecisionsTest, WritesAnExportToAFileOrToStandardOutput) {
  pb::ExportJuriesResponse exported;
  exported.set_content("memoire;personne\r\n42;eva\r\n");
  server().Answers("ExportJuries", exported);
  EXPECT_EQ(Run({"juries", "export", "m2"}).out, exported.content());
  const std::string path = (folder_ / "out.csv").string();
  ASSERT_EQ(Run({"juries", "export", "m2", "--thesis", "42", "--out", path}).exit_code, 0);
  std::stringstream written;
  written << std::ifstream(path, std::ios::binary).rdbuf();
  EXPECT_EQ(written.str(), exported.content());
  const auto request = server().Requests<pb::ExportJuriesRequest>("ExportJuries")[1];
  EXPECT_EQ(request.programme(), "programmes/m2");
  EXPECT_EQ(request.theses(0), "theses/42");
}

TEST_F(ProgramDecisionsTest, TellsWhoDecidedSinceWhenAnUndoIsRefused) {
  pb::JuryBatchResult result;
  result.set_state(pb::JuryBatchResult::STATE_REFUSED);
  *result.add_conflicts() = ADecision();
  server().Answers("UndoJuryBatch", result);
  const auto outcome = Run({"juries", "undo", "b1", "--thesis", "42", "--yes"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("decided since"), HasSubstr("chief"), HasSubstr("(council)"),
                                 HasSubstr("--thesis")));
  const auto request = server().Requests<pb::UndoJuryBatchRequest>("UndoJuryBatch")[0];
  EXPECT_EQ(request.name(), "juryBatches/b1");
  EXPECT_EQ(request.theses(0), "theses/42");
  // Without a terminal and without --yes nothing is sent.
  EXPECT_EQ(Run({"juries", "undo", "b1"}).exit_code, 2);
  EXPECT_EQ(server().Requests<pb::UndoJuryBatchRequest>("UndoJuryBatch").size(), 1u);
}

TEST_F(ProgramDecisionsTest, ListsDecisionsOfAThesisOrAPerson) {
  pb::ListJuryDecisionsResponse list;
  *list.add_decisions() = ADecision();
  server().Answers("ListJuryDecisions", list);
  const auto outcome = Run({"juries", "history", "42"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("council"), HasSubstr("chief"), HasSubstr("eva (president)")));
  EXPECT_EQ(Run({"reviewers", "history", "eva"}).exit_code, 0);
  const auto requests = server().Requests<pb::ListJuryDecisionsRequest>("ListJuryDecisions");
  EXPECT_EQ(requests[0].thesis(), "theses/42");
  EXPECT_EQ(requests[1].person(), "people/eva");
  EXPECT_EQ(Run({"juries", "history"}).exit_code, 2);
}

TEST_F(ProgramDecisionsTest, ListsAndShowsBatches) {
  pb::ListJuryBatchesResponse list;
  pb::JuryBatch& batch = *list.add_batches();
  batch.set_name("juryBatches/b1");
  batch.set_way(pb::JURY_DECISION_WAY_UNDO);
  batch.set_account("accounts/chief");
  batch.add_undone_by("juryBatches/b2");
  server().Answers("ListJuryBatches", list);
  EXPECT_THAT(Run({"juries", "batches", "m2"}).out,
              AllOf(HasSubstr("b1"), HasSubstr("undo"), HasSubstr("yes")));
  *batch.add_decisions() = ADecision();
  server().Answers("GetJuryBatch", batch);
  EXPECT_THAT(Run({"juries", "show-batch", "b1"}).out, AllOf(HasSubstr("eva (president)"), HasSubstr("b2")));
}

}  // namespace
}  // namespace soutenance::cli
