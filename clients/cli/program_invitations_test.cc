#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <string>
#include <vector>

#include "absl/synchronization/notification.h"
#include "clients/cli/testing/program.h"
#include "soutenance/assignment/v1/invitations.pb.h"
#include "soutenance/assignment/v1/loads.pb.h"
#include "soutenance/assignment/v1/proposals.pb.h"
#include "soutenance/directory/v1/accounts.pb.h"
#include "tests/testing/process.h"

namespace soutenance::cli {
namespace {

namespace pb = assignment::v1;
using clients::testing::Answer;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class ProgramInvitationsTest : public ::testing::Test {
 protected:
  auto Run(const std::vector<std::string>& arguments) { return program_.Run(arguments); }
  clients::testing::FakeServer& server() { return program_.server(); }

  testing::Program program_;
};

pb::Invitation AnInvitation(pb::Invitation::State state) {
  pb::Invitation invitation;
  invitation.set_name("theses/42/invitations/eva");
  invitation.set_person("people/eva");
  invitation.set_role(pb::Seat::ROLE_REVIEWER);
  invitation.set_state(state);
  invitation.set_reason("abroad");
  return invitation;
}

TEST_F(ProgramInvitationsTest, InvitesTheJuriesThatAreNamedOrAllOfTheProgramme) {
  pb::InviteJurorsResponse response;
  *response.add_invitations() = AnInvitation(pb::Invitation::STATE_INVITED);
  response.set_unchanged_count(2);
  server().Answers("InviteJurors", response);
  const auto outcome = Run({"juries", "invite", "m2", "--thesis", "42", "--seat", "eva=reviewer:remote",
                            "--respond-by", "2027-06-01T18:00", "--dry-run"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("dry run"));
  EXPECT_THAT(outcome.out, HasSubstr("2 invited before"));
  pb::ListJuriesResponse juries;
  juries.add_juries()->set_name("theses/7/jury");
  juries.add_juries()->set_name("theses/8/jury");
  server().Answers("ListJuries", juries);
  ASSERT_EQ(Run({"juries", "invite", "m2", "--respond-by", "2027-06-01T18:00"}).exit_code, 0);
  const auto requests = server().Requests<pb::InviteJurorsRequest>("InviteJurors");
  ASSERT_THAT(requests, SizeIs(2));
  EXPECT_EQ(requests[0].theses(0), "theses/42");
  EXPECT_EQ(requests[0].seats(0).mode(), pb::Seat::MODE_REMOTE);
  EXPECT_TRUE(requests[0].validate_only());
  EXPECT_EQ(requests[1].theses_size(), 2);
  EXPECT_GT(requests[1].respond_by_time().seconds(), 0);
  EXPECT_EQ(Run({"juries", "invite", "m2", "--thesis", "42", "--seat", "eva=king", "--respond-by",
                 "2027-06-01T18:00"})
                .exit_code,
            2);
}

TEST_F(ProgramInvitationsTest, AnswersForTheCallerAndShowsItInFrench) {
  directory::v1::Account me;
  me.set_person("people/eva");
  server().Answers("WhoAmI", me);
  server().Answers("AnswerInvitation", AnInvitation(pb::Invitation::STATE_DECLINED));
  const auto outcome = Run({"juries", "answer", "42", "decline", "--reason", "abroad", "--language", "fr"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("décliné"));
  const auto request = server().Requests<pb::AnswerInvitationRequest>("AnswerInvitation")[0];
  EXPECT_EQ(request.name(), "theses/42/invitations/eva");
  EXPECT_EQ(request.answer(), pb::AnswerInvitationRequest::ANSWER_DECLINE);
  EXPECT_EQ(request.reason(), "abroad");
  EXPECT_EQ(Run({"juries", "answer", "42", "perhaps"}).exit_code, 2);
}

TEST_F(ProgramInvitationsTest, ListsOnlyWhatIsAskedFor) {
  pb::ListInvitationsResponse list;
  *list.add_invitations() = AnInvitation(pb::Invitation::STATE_DECLINED);
  *list.add_invitations() = AnInvitation(pb::Invitation::STATE_ACCEPTED);
  list.mutable_invitations(1)->set_name("theses/43/invitations/eva");
  server().Answers("ListInvitations", list);
  const auto outcome = Run({"juries", "invitations", "--programme", "m2", "--only", "declined"});
  ASSERT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("42"));
  EXPECT_THAT(outcome.out, HasSubstr("abroad"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("43")));
  EXPECT_THAT(Run({"juries", "invitations", "--json"}).out, HasSubstr("STATE_ACCEPTED"));
}

TEST_F(ProgramInvitationsTest, ShowsWhoCouldReplaceSomebodyAndWhatForbidsTheOthers) {
  pb::FindReplacementsResponse found;
  found.set_role(pb::Seat::ROLE_REVIEWER);
  found.set_replacement_count(1);
  found.set_almost_count(1);
  pb::Replacement& fred = *found.add_replacements();
  fred.set_person("people/fred");
  fred.set_expertise(0.5);
  fred.add_words("networks");
  fred.set_load_after(3);
  fred.set_load_max(8);
  fred.add_reasons("the jury keeps all 3 rules");
  fred.add_tight_rules("externals: 1 of 1");
  pb::AlmostReplacement& bob = *found.add_almost();
  bob.set_person("people/bob");
  bob.set_sentence("externals: required at least 1");
  server().Answers("FindReplacements", found);
  const auto outcome = Run({"juries", "replacements", "42", "eva", "--count", "5"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  for (const char* const told : {"1 could sit as reviewer", "fred", "networks", "3 of 8", "all 3 rules",
                                 "nothing to spare: externals", "1 almost could", "bob", "at least 1"}) {
    EXPECT_THAT(outcome.out, HasSubstr(told));
  }
  EXPECT_EQ(server().Requests<pb::FindReplacementsRequest>("FindReplacements")[0].count_max(), 5);
  pb::ReplaceJurorResponse replaced;
  *replaced.mutable_closed() = AnInvitation(pb::Invitation::STATE_REPLACED);
  server().Answers("ReplaceJuror", replaced);
  ASSERT_EQ(Run({"juries", "replace", "42", "eva", "--by", "fred", "--reason", "abroad", "--respond-by",
                 "2027-06-01T18:00"})
                .exit_code,
            0);
  const auto request = server().Requests<pb::ReplaceJurorRequest>("ReplaceJuror")[0];
  EXPECT_EQ(request.name(), "theses/42/jury");
  EXPECT_EQ(request.replacement(), "people/fred");
  EXPECT_TRUE(request.has_respond_by_time());
}

TEST_F(ProgramInvitationsTest, ShowsWhoIsFarFromTheMeanWithTheMostFirst) {
  pb::ListLoadsResponse list;
  const auto add = [&](const char* name, double weight, pb::Load::Standing standing) {
    pb::Load& load = *list.add_loads();
    load.set_name(name);
    load.set_weight(weight);
    load.set_standing(standing);
  };
  add("people/ana/load", 1, pb::Load::STANDING_UNDER);
  add("people/bob/load", 3, pb::Load::STANDING_EVEN);
  add("people/eva/load", 9, pb::Load::STANDING_OVER);
  server().Answers("ListLoads", list);
  const auto outcome = Run({"reviewers", "load"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_LT(outcome.out.find("eva"), outcome.out.find("ana"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("bob")));
  EXPECT_THAT(Run({"reviewers", "load", "--all"}).out, HasSubstr("bob"));
}

TEST_F(ProgramInvitationsTest, ReadsCorrectionsFromAFile) {
  server().Answers("CorrectLoads", pb::CorrectLoadsResponse());
  const soutenance::testing::TemporaryFolder folder;
  const std::string file = folder.path() + "/past.csv";
  std::ofstream(file) << "person,programme,year,role,count,reason\r\n"
                         "ana,m2,2025,president,3,\"old, \"\"paper\"\" list\"\r\n"
                         "bob,m2,2024,examiner,-1,twice\n";
  const auto outcome = Run({"reviewers", "correct-load", "--file", file});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const auto request = server().Requests<pb::CorrectLoadsRequest>("CorrectLoads")[0];
  ASSERT_EQ(request.corrections_size(), 2);
  EXPECT_EQ(request.corrections(0).person(), "people/ana");
  EXPECT_EQ(request.corrections(0).role(), pb::Seat::ROLE_PRESIDENT);
  EXPECT_EQ(request.corrections(0).reason(), "old, \"paper\" list");
  EXPECT_EQ(request.corrections(1).count(), -1);
  std::ofstream(file) << "person,programme,year,role,count,reason\nana,m2,soon,president,3,x\n";
  const auto bad = Run({"reviewers", "correct-load", "--file", file});
  EXPECT_EQ(bad.exit_code, 2);
  EXPECT_THAT(bad.err, HasSubstr("past.csv:2"));
}

TEST_F(ProgramInvitationsTest, StopsAProposalOnInterruptAndSaysThatNothingWasWritten) {
  pb::ComposeJuriesResponse progress;
  progress.mutable_progress()->set_phase(pb::CompositionProgress::PHASE_COMPOSING);
  server().Answers("ComposeJuries", {.messages = {progress.SerializeAsString()}, .end = Answer::End::kHold});
  absl::Notification begun;
  server().Before("ComposeJuries", [&] { begun.Notify(); });
  const auto process = program_.Start({"juries", "propose", "m2"});
  begun.WaitForNotification();
  process->Signal(SIGINT);
  process->ReadAll();
  EXPECT_NE(process->Wait(), 0);
  EXPECT_FALSE(server().Requests<pb::ComposeJuriesRequest>("ComposeJuries")[0].request_id().empty());
}

}  // namespace
}  // namespace soutenance::cli
