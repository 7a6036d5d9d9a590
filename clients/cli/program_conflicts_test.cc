#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/cli/testing/program.h"
#include "clients/lib/json.h"
#include "google/protobuf/empty.pb.h"
#include "services/base/error.h"
#include "soutenance/assignment/v1/assignment.pb.h"
#include "soutenance/assignment/v1/conflicts.pb.h"
#include "soutenance/assignment/v1/expertise.pb.h"
#include "soutenance/directory/v1/accounts.pb.h"
#include "soutenance/directory/v1/directory.pb.h"
#include "tests/testing/status_matchers.h"

// The program on conflicts of interest and expertise.
namespace soutenance::cli {
namespace {

namespace pb = assignment::v1;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Outcome;

class ProgramConflictsTest : public ::testing::Test {
 protected:
  ProgramConflictsTest() {
    directory::v1::ListProgrammesResponse programmes;
    programmes.add_programmes()->set_name("programmes/msi");
    server().Answers("ListProgrammes", programmes);
  }
  Outcome Run(const std::vector<std::string>& arguments) { return program_.Run(arguments); }
  clients::testing::FakeServer& server() { return program_.server(); }

  testing::Program program_;
};

// pia has the family name of ana, who wrote m1.
pb::Conflict AQuestion() {
  pb::Conflict conflict;
  conflict.set_name("theses/m1/conflicts/pia");
  conflict.set_state(pb::CONFLICT_STATE_QUESTION);
  conflict.set_answer(pb::ANSWER_STATE_NOT_ANSWERED);
  conflict.set_seated(true);
  pb::ConflictFinding& finding = *conflict.add_findings();
  finding.set_kind(pb::CONFLICT_KIND_SAME_FAMILY_NAME);
  finding.set_source(pb::CONFLICT_SOURCE_COMPUTED);
  finding.set_state(pb::CONFLICT_STATE_QUESTION);
  finding.set_author("people/ana");
  finding.set_detail("petit");
  return conflict;
}

TEST_F(ProgramConflictsTest, ListsWhatIsToBeConfirmed) {
  pb::ListConflictsResponse list;
  *list.add_conflicts() = AQuestion();
  server().Answers("ListConflicts", list);
  const Outcome outcome = Run({"conflicts", "list", "--to-confirm", "--seated", "--thesis", "m1"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("to confirm"));
  EXPECT_THAT(outcome.out, HasSubstr("not answered"));
  EXPECT_THAT(outcome.out, HasSubstr("same family name, computed, about ana: petit"));
  const auto request = server().Requests<pb::ListConflictsRequest>("ListConflicts")[0];
  EXPECT_EQ(request.parent(), "programmes/msi");
  EXPECT_THAT(request.states(), ElementsAre(pb::CONFLICT_STATE_QUESTION));
  EXPECT_THAT(request.theses(), ElementsAre("theses/m1"));
  EXPECT_TRUE(request.seated_only());
}

TEST_F(ProgramConflictsTest, AnEmptyListDoesNotSayThatThereIsNone) {
  server().Answers("ListConflicts", pb::ListConflictsResponse());
  EXPECT_EQ(Run({"conflicts", "list"}).out, "no conflict is known\n");
  EXPECT_EQ(Run({"conflicts", "list", "--to-confirm", "--language", "fr"}).out, "rien à confirmer\n");
}

TEST_F(ProgramConflictsTest, DecidesWithAReason) {
  server().Answers("PinConflict", AQuestion());
  EXPECT_EQ(Run({"conflicts", "dismiss", "m1", "pia", "--reason", "namesakes"}).exit_code, 0);
  EXPECT_EQ(Run({"conflicts", "confirm", "theses/m1", "people/pia", "--reason", "sisters"}).exit_code, 0);
  EXPECT_EQ(Run({"conflicts", "pin", "m1", "pia", "--no-conflict", "--reason", "r", "--dry-run"}).exit_code,
            0);
  EXPECT_EQ(Run({"conflicts", "pin", "m1", "pia", "--reason", "r"}).exit_code, 2);
  const auto requests = server().Requests<pb::PinConflictRequest>("PinConflict");
  ASSERT_EQ(requests.size(), 3u);
  EXPECT_EQ(requests[0].name(), "theses/m1/conflicts/pia");
  EXPECT_EQ(requests[0].verdict(), pb::ConflictDecision::VERDICT_NO_CONFLICT);
  EXPECT_EQ(requests[0].reason(), "namesakes");
  EXPECT_TRUE(requests[0].only_question());
  EXPECT_EQ(requests[1].name(), "theses/m1/conflicts/pia");
  EXPECT_EQ(requests[1].verdict(), pb::ConflictDecision::VERDICT_CONFLICT);
  EXPECT_FALSE(requests[2].only_question());
  EXPECT_TRUE(requests[2].validate_only());
}

TEST_F(ProgramConflictsTest, ShowsThatSomethingIsHeldBackWithoutTellingWhat) {
  pb::Conflict conflict;
  conflict.set_name("theses/m1/conflicts/pia");
  conflict.set_state(pb::CONFLICT_STATE_CONFLICT);
  conflict.add_findings()->set_state(pb::CONFLICT_STATE_CONFLICT);
  server().Answers("GetConflict", conflict);
  EXPECT_THAT(Run({"conflicts", "show", "m1", "pia"}).out, HasSubstr("something that is not yours to know"));
}

TEST_F(ProgramConflictsTest, SettingAJuryWarnsOfQuestionsAndSilence) {
  pb::Jury jury;
  jury.set_name("theses/m1/jury");
  jury.set_programme("programmes/msi");
  jury.add_seats()->set_person("people/pia");
  server().Answers("SetJury", jury);
  pb::ListConflictsResponse list;
  *list.add_conflicts() = AQuestion();
  server().Answers("ListConflicts", list);
  const Outcome outcome = Run({"juries", "set", "m1", "--programme", "msi", "--seat", "pia=examiner"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.err, HasSubstr("to confirm: pia (same family name)"));
  EXPECT_THAT(outcome.err, HasSubstr("have not told their conflicts: pia"));
}

TEST_F(ProgramConflictsTest, DeclaresAndTakesBack) {
  directory::v1::Account me;
  me.set_person("people/pia");
  server().Answers("WhoAmI", me);
  server().Answers("DeclareConflict", pb::Declaration());
  server().Answers("WithdrawDeclaration", google::protobuf::Empty());
  EXPECT_EQ(Run({"conflicts", "declare", "ana", "--kind", "past_work", "--year", "2025", "--reason",
                 "same project", "--programme", "law"})
                .exit_code,
            0);
  EXPECT_EQ(Run({"conflicts", "withdraw", "ana"}).exit_code, 0);
  const auto declared = server().Requests<pb::DeclareConflictRequest>("DeclareConflict")[0];
  EXPECT_EQ(declared.parent(), "programmes/law");
  EXPECT_EQ(declared.declaration().other(), "people/ana");
  EXPECT_EQ(declared.declaration().kind(), pb::CONFLICT_KIND_PAST_WORK);
  EXPECT_EQ(declared.declaration().year(), 2025);
  EXPECT_EQ(declared.request_id().size(), 32u);
  EXPECT_EQ(server().Requests<pb::WithdrawDeclarationRequest>("WithdrawDeclaration")[0].name(),
            "programmes/msi/people/pia/declarations/ana");
}

TEST_F(ProgramConflictsTest, AsksThoseWhoWereNeverAskedAndListsWhoIsSilent) {
  pb::ListConflictAnswersResponse silent;
  pb::ConflictAnswer& answer = *silent.add_answers();
  answer.set_person("people/pia");
  answer.set_state(pb::ANSWER_STATE_NOT_ASKED);
  server().Answers("ListConflictAnswers", silent);
  pb::AskForConflictsResponse asked;
  *asked.add_answers() = answer;
  server().Answers("AskForConflicts", asked);
  EXPECT_EQ(Run({"conflicts", "ask", "--jurors"}).out, "Asked.\n1 person\n");
  const auto request = server().Requests<pb::AskForConflictsRequest>("AskForConflicts")[0];
  EXPECT_THAT(request.people(), ElementsAre("people/pia"));
  EXPECT_TRUE(request.only_new());
  EXPECT_THAT(Run({"conflicts", "answers", "--missing", "--language", "fr"}).out, HasSubstr("pas interrogé"));
  EXPECT_THAT(server().Requests<pb::ListConflictAnswersRequest>("ListConflictAnswers")[1].states(),
              ElementsAre(pb::ANSWER_STATE_NOT_ASKED, pb::ANSWER_STATE_NOT_ANSWERED));
}

TEST_F(ProgramConflictsTest, ShowsAndSetsThePolicy) {
  pb::ConflictPolicy policy;
  policy.set_years(5);
  server().Answers("SetConflictPolicy", policy);
  server().Answers("GetConflictPolicy", policy);
  EXPECT_EQ(Run({"conflicts", "policy", "--years", "5"}).exit_code, 0);
  EXPECT_EQ(server().Requests<pb::SetConflictPolicyRequest>("SetConflictPolicy")[0].policy().years(), 5);
  EXPECT_THAT(Run({"conflicts", "policy", "--json"}).out, HasSubstr("\"years\": 5"));
}

TEST_F(ProgramConflictsTest, ShowsExpertiseWithTheWordsThatCount) {
  pb::ListExpertiseResponse list;
  pb::Expertise& expertise = *list.add_expertise();
  expertise.set_name("theses/m1/expertise/pia");
  expertise.set_score(0.9);
  expertise.set_computed_score(0.25);
  expertise.set_texts_count(3);
  expertise.mutable_overruled_by()->set_score(0.9);
  pb::ExpertiseReason& reason = *expertise.add_reasons();
  reason.set_word("federated learning");
  reason.set_share(0.41);
  server().Answers("ListExpertise", list);
  const Outcome outcome = Run({"reviewers", "expertise", "m1"});
  EXPECT_THAT(outcome.out, HasSubstr("0.900*"));
  EXPECT_THAT(outcome.out, HasSubstr("0.250"));
  EXPECT_THAT(outcome.out, HasSubstr("federated learning 41%"));
}

TEST_F(ProgramConflictsTest, OverrulesAScore) {
  pb::Expertise expertise;
  expertise.set_name("theses/m1/expertise/pia");
  server().Answers("OverrideExpertise", expertise);
  EXPECT_EQ(Run({"reviewers", "override", "m1", "pia", "--score", "0.8", "--reason", "r"}).exit_code, 0);
  EXPECT_EQ(Run({"reviewers", "override", "m1", "pia", "--clear", "--reason", "r"}).exit_code, 0);
  EXPECT_EQ(Run({"reviewers", "override", "m1", "pia", "--score", "much", "--reason", "r"}).exit_code, 2);
  EXPECT_EQ(Run({"reviewers", "override", "m1", "pia", "--reason", "r"}).exit_code, 2);
  const auto requests = server().Requests<pb::OverrideExpertiseRequest>("OverrideExpertise");
  ASSERT_EQ(requests.size(), 2u);
  EXPECT_EQ(requests[0].score(), 0.8);
  EXPECT_FALSE(requests[1].has_score());
}

}  // namespace
}  // namespace soutenance::cli
