#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "clients/cli/testing/program.h"
#include "soutenance/assignment/v1/proposals.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = assignment::v1;
using ::testing::HasSubstr;
using ::testing::Not;

class ProgramProposalsTest : public ::testing::Test {
 protected:
  auto Run(const std::vector<std::string>& arguments) { return program_.Run(arguments); }
  clients::testing::FakeServer& server() { return program_.server(); }

  testing::Program program_;
};

pb::Proposal AProposal() {
  pb::Proposal proposal;
  proposal.set_name("proposals/p1");
  proposal.set_programme("programmes/m2");
  proposal.set_value(1.5);
  proposal.set_value_max(1.75);
  proposal.set_theses_count(2);
  proposal.set_complete_count(1);
  pb::ProposedJury& jury = *proposal.add_juries();
  jury.set_thesis("theses/42");
  pb::ProposedSeat& seat = *jury.add_seats();
  seat.mutable_seat()->set_person("people/eva");
  seat.mutable_seat()->set_role(pb::Seat::ROLE_PRESIDENT);
  seat.set_expertise(0.5);
  seat.add_words("networks");
  seat.set_load_after(3);
  seat.set_load_max(8);
  seat.add_alternatives()->set_person("people/bob");
  proposal.add_juries()->set_thesis("theses/43");
  pb::ProposalShortage& shortage = *proposal.add_shortages();
  shortage.set_sentence("1 thesis needs 1 seat");
  shortage.add_way_out("1 more place with eva");
  return proposal;
}

TEST_F(ProgramProposalsTest, AsksForJuriesAndTellsWhyAndWhatIsMissing) {
  pb::ComposeJuriesResponse progress;
  progress.mutable_progress()->set_phase(pb::CompositionProgress::PHASE_COMPOSING);
  pb::ComposeJuriesResponse last;
  *last.mutable_proposal() = AProposal();
  server().Answers("ComposeJuries", {.messages = {progress.SerializeAsString(), last.SerializeAsString()}});
  const auto outcome = Run({"juries", "propose", "m2", "--role", "reviewer=2", "--role", "examiner=0-1",
                            "--without", "42=bob", "--without", "carl", "--withdrawn", "dan", "--dry-run"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const auto whole = server().Requests<pb::ComposeJuriesRequest>("ComposeJuries")[0];
  const pb::ProposeJuriesRequest& request = whole.juries();
  EXPECT_EQ(request.programme(), "programmes/m2");
  ASSERT_EQ(request.roles_size(), 2);
  EXPECT_EQ(request.roles(0).role(), pb::Seat::ROLE_REVIEWER);
  EXPECT_EQ(request.roles(0).min(), 2);
  EXPECT_EQ(request.roles(1).max(), 1);
  EXPECT_EQ(request.excluded(0).thesis(), "theses/42");
  EXPECT_EQ(request.excluded(1).person(), "people/carl");
  EXPECT_EQ(request.withdrawn(0), "people/dan");
  EXPECT_TRUE(whole.validate_only());
  for (const char* const told : {"42", "networks", "3 of 8", "at most 1.75", "1 thesis needs 1 seat",
                                 "1 more place with eva", "43: no jury"}) {
    EXPECT_THAT(outcome.out, HasSubstr(told));
  }
  EXPECT_EQ(Run({"juries", "propose", "m2", "--role", "king=2"}).exit_code, 2);
}

TEST_F(ProgramProposalsTest, AcceptsSomeOfAProposal) {
  pb::AcceptProposalResponse response;
  response.mutable_juries()->set_created_count(1);
  server().Answers("AcceptProposal", response);
  ASSERT_EQ(Run({"juries", "accept", "p1", "--thesis", "42", "--etag", "v1"}).exit_code, 0);
  const auto request = server().Requests<pb::AcceptProposalRequest>("AcceptProposal")[0];
  EXPECT_EQ(request.name(), "proposals/p1");
  EXPECT_EQ(request.theses(0), "theses/42");
  EXPECT_EQ(request.etag(), "v1");
}

TEST_F(ProgramProposalsTest, ShowsWhatJuriesLackAsATableAndAllAsCsv) {
  pb::JuryOverview overview;
  auto& bad = *overview.add_theses();
  bad.set_thesis("theses/42");
  bad.add_broken_rules("externals: at least 1, \"0\" found");
  bad.add_questions("people/eva");
  bad.add_unanswered("people/dan");
  bad.add_refusals("people/fred");
  auto& good = *overview.add_theses();
  good.set_thesis("theses/99");
  good.set_seats_count(3);
  good.set_is_complete(true);
  auto& busy = *overview.add_people();
  busy.set_person("people/ana");
  busy.set_load(9);
  busy.set_load_max(8);
  server().Answers("GetJuryOverview", overview);
  const auto table = Run({"juries", "status", "m2"});
  ASSERT_EQ(table.exit_code, 0);
  EXPECT_THAT(table.out, HasSubstr("42"));
  EXPECT_THAT(table.out, HasSubstr("eva"));
  EXPECT_THAT(table.out, HasSubstr("ana"));
  EXPECT_THAT(table.out, Not(HasSubstr("99")));
  server().Answers("GetJuryOverview", overview);
  EXPECT_EQ(Run({"juries", "status", "m2", "--csv", "theses"}).out,
            "thesis,seats,complete,broken_rules,conflicts,questions,unanswered,refusals\r\n"
            "42,0,0,\"externals: at least 1, \"\"0\"\" found\",,eva,dan,fred\r\n"
            "99,3,1,,,,,\r\n");
}

TEST_F(ProgramProposalsTest, AsksForTheFairestReviewers) {
  server().Answers("ProposeReviewers", AProposal());
  ASSERT_EQ(Run({"reviewers", "propose", "m2", "--count", "2", "--aim", "fair"}).exit_code, 0);
  const auto request = server().Requests<pb::ProposeReviewersRequest>("ProposeReviewers")[0];
  EXPECT_EQ(request.reviewers(), 2);
  EXPECT_EQ(request.aim(), pb::ProposeReviewersRequest::AIM_FAIR);
}

}  // namespace
}  // namespace soutenance::cli
