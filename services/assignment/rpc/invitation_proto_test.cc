#include "services/assignment/rpc/invitation_proto.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/base/error.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::assignment {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> FieldsOf(const absl::Status& status) {
  std::vector<std::string> fields;
  for (const FieldViolation& field : FactsOf(status).fields) fields.push_back(field.field);
  return fields;
}

TEST(InvitationProto, NamesEveryFieldThatSaysNothing) {
  v1::InviteJurorsRequest invite;
  invite.set_programme("msi");
  invite.add_people("ana");
  invite.add_seats()->set_person("people/eva");
  EXPECT_THAT(FieldsOf(FromProto(invite).status()),
              ElementsAre("programme", "theses", "people[0]", "seats[0].role"));
  v1::AnswerInvitationRequest answer;
  answer.set_name("theses/42/invitation/eva");
  EXPECT_THAT(FieldsOf(FromProto(answer).status()), ElementsAre("name", "answer"));
  v1::FindReplacementsRequest find;
  find.set_name("theses/42");
  find.set_person("eva");
  find.set_count_max(101);
  EXPECT_THAT(FieldsOf(FromProto(find).status()), ElementsAre("name", "person", "count_max"));
  v1::ReplaceJurorRequest replace;
  replace.set_name("theses/42/jury");
  EXPECT_THAT(FieldsOf(FromProto(replace).status()), ElementsAre("person", "replacement"));
  v1::GetLoadRequest load;
  load.set_name("people/ana");
  EXPECT_THAT(FieldsOf(FromProto(load).status()), ElementsAre("name"));
  EXPECT_THAT(FieldsOf(FromProto(v1::CorrectLoadsRequest()).status()), ElementsAre("corrections"));
  v1::CorrectLoadsRequest correct;
  correct.add_corrections()->set_person("people/ana");
  EXPECT_THAT(FieldsOf(FromProto(correct).status()), ElementsAre("corrections[0].role"));
}

TEST(InvitationProto, ReadsWhoseInvitationsAreAskedFor) {
  v1::ListInvitationsRequest request;
  ASSERT_OK_AND_ASSIGN(InvitationQuery query, FromProto(request));
  EXPECT_EQ(query.thesis + query.programme, "");
  request.set_parent("theses/42");
  ASSERT_OK_AND_ASSIGN(query, FromProto(request));
  EXPECT_EQ(query.thesis, "42");
  request.set_parent("programmes/msi");
  ASSERT_OK_AND_ASSIGN(query, FromProto(request));
  EXPECT_EQ(query.programme, "programmes/msi");
  request.set_parent("people/ana");
  EXPECT_THAT(FieldsOf(FromProto(request).status()), ElementsAre("parent"));
}

TEST(InvitationProto, KeepsInstantsToTheMicrosecond) {
  v1::InviteJurorsRequest request;
  request.set_programme("programmes/msi");
  request.add_theses("theses/42");
  request.mutable_respond_by_time()->set_seconds(1'800'000'000);
  request.mutable_respond_by_time()->set_nanos(123'456'789);
  ASSERT_OK_AND_ASSIGN(const InvitationBatch batch, FromProto(request));
  EXPECT_EQ(batch.respond_by, absl::FromUnixMicros(1'800'000'000'123'456));
  const v1::Invitation shown = ToProto(
      Invitation{.thesis = "42", .person = "people/eva", .version = 2, .respond_by = batch.respond_by});
  EXPECT_EQ(shown.name(), "theses/42/invitations/eva");
  EXPECT_EQ(shown.respond_by_time().nanos(), 123'456'000);
  EXPECT_FALSE(shown.has_invite_time());
  EXPECT_FALSE(shown.has_answer_time());
}

// The numbers of the enumerations are those of the contract.
TEST(InvitationProto, TellsStatesStandingsAndObstaclesByTheirNumbers) {
  const auto state = [](InvitationState of) { return ToProto(Invitation{.state = of}).state(); };
  EXPECT_EQ(state(InvitationState::kInvited), v1::Invitation::STATE_INVITED);
  EXPECT_EQ(state(InvitationState::kAccepted), v1::Invitation::STATE_ACCEPTED);
  EXPECT_EQ(state(InvitationState::kDeclined), v1::Invitation::STATE_DECLINED);
  EXPECT_EQ(state(InvitationState::kExpired), v1::Invitation::STATE_EXPIRED);
  EXPECT_EQ(state(InvitationState::kWithdrawn), v1::Invitation::STATE_WITHDRAWN);
  EXPECT_EQ(state(InvitationState::kReplaced), v1::Invitation::STATE_REPLACED);
  EXPECT_EQ(state(InvitationState::kUnseated), v1::Invitation::STATE_UNSEATED);
  EXPECT_EQ(ToProto(Load{.standing = LoadStanding::kUnder}).standing(), v1::Load::STANDING_UNDER);
  EXPECT_EQ(ToProto(Load{.standing = LoadStanding::kOver}).standing(), v1::Load::STANDING_OVER);
  Replacements found;
  found.almost = {{.person = "people/a", .obstacle = AlmostReplacement::Obstacle::kRule},
                  {.person = "people/b", .obstacle = AlmostReplacement::Obstacle::kDeclined}};
  EXPECT_EQ(ToProto(found).almost(0).obstacle(), v1::AlmostReplacement::OBSTACLE_RULE);
  EXPECT_EQ(ToProto(found).almost(1).obstacle(), v1::AlmostReplacement::OBSTACLE_DECLINED);
}

TEST(InvitationProto, TellsALoadSeatBySeat) {
  const v1::Load load =
      ToProto(Load{.person = "people/ana",
                   .seats = {{"people/ana", "programmes/msi", 0, Seat::Role::kExaminer, 2},
                             {"people/ana", "programmes/msi", 2026, Seat::Role::kPresident, -1}},
                   .current = 2,
                   .past = -1,
                   .weight = 1.25,
                   .mean = 1});
  EXPECT_EQ(load.name(), "people/ana/load");
  ASSERT_EQ(load.seats_size(), 2);
  EXPECT_EQ(load.seats(0).year(), 0);
  EXPECT_EQ(load.seats(1).count(), -1);
  EXPECT_EQ(load.seats(1).role(), v1::Seat::ROLE_PRESIDENT);
  EXPECT_EQ(load.weight(), 1.25);
  EXPECT_THAT(load.seats(0).programme(), "programmes/msi");
}

}  // namespace
}  // namespace soutenance::assignment
