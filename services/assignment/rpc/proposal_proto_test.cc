#include "services/assignment/rpc/proposal_proto.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/base/error.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::assignment {
namespace {

namespace pb = ::soutenance::assignment::v1;
using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

std::vector<std::string> FieldsOf(const absl::Status& status) {
  std::vector<std::string> fields;
  for (const FieldViolation& violation : FactsOf(status).fields) fields.push_back(violation.field);
  return fields;
}

TEST(ProposeJuriesRequest, IsReadWithWhatItLeavesOut) {
  pb::ProposeJuriesRequest request;
  request.set_programme("programmes/msi");
  request.add_theses("theses/1");
  pb::RoleCount& role = *request.add_roles();
  role.set_role(pb::Seat::ROLE_REVIEWER);
  role.set_min(2);
  request.add_excluded()->set_person("people/ana");
  ASSERT_OK_AND_ASSIGN(const JuriesWanted wanted, FromProto(request));
  EXPECT_EQ(wanted.scope.programme, "programmes/msi");
  EXPECT_THAT(wanted.scope.theses, ElementsAre("1"));
  EXPECT_THAT(wanted.roles, ElementsAre(WantedRole{Seat::Role::kReviewer, 2, 2}));
  EXPECT_THAT(wanted.excluded, ElementsAre(Pair("", "people/ana")));
  EXPECT_EQ(wanted.load_max, 12);
  EXPECT_EQ(wanted.balance, 1);
}

TEST(ProposeJuriesRequest, NamesEveryFieldThatSaysNothing) {
  pb::ProposeJuriesRequest request;
  request.set_programme("msi");
  request.add_theses("1");
  request.add_roles()->set_min(-1);
  pb::RoleCount& role = *request.add_roles();
  role.set_role(pb::Seat::ROLE_REVIEWER);
  role.set_min(3);
  role.set_max(2);
  request.set_load_max(-1);
  request.set_balance(11);
  request.add_frozen("theses/1");
  request.add_withdrawn("ana");
  request.set_campaign("c");
  EXPECT_THAT(FieldsOf(FromProto(request).status()),
              UnorderedElementsAre("programme", "theses[0]", "roles[0].role", "roles[1].max", "load_max",
                                   "balance", "from", "withdrawn[0]", "campaign"));
}

TEST(Proposal, IsWrittenInSeatsAndWithItsCounts) {
  Proposal proposal{.id = "p", .version = 2, .programme = "programmes/msi"};
  proposal.kind = Proposal::Kind::kReviewers;
  proposal.created = absl::FromUnixMicros(1'500'000);
  proposal.value = 1'250'000;
  proposal.juries = {{.thesis = "1",
                      .base_version = 0,
                      .seats = {{.seat = {.person = "people/ana",
                                          .role = Seat::Role::kReviewer,
                                          .mode = Seat::Mode::kRemote}}}},
                     {.thesis = "2"}};
  const pb::Proposal message = ToProto(proposal);
  EXPECT_EQ(message.name(), "proposals/p");
  EXPECT_EQ(message.kind(), pb::Proposal::KIND_REVIEWERS);
  EXPECT_EQ(message.create_time().seconds(), 1);
  EXPECT_EQ(message.create_time().nanos(), 500'000'000);
  EXPECT_EQ(message.value(), 1.25);
  EXPECT_EQ(message.theses_count(), 2);
  EXPECT_EQ(message.complete_count(), 1);
  EXPECT_EQ(message.juries(0).base_etag(), "");
  EXPECT_EQ(message.juries(0).seats(0).seat().role(), pb::Seat::ROLE_REVIEWER);
  EXPECT_EQ(message.juries(0).seats(0).seat().mode(), pb::Seat::MODE_REMOTE);
  EXPECT_EQ(ToProto(Page<Proposal>{.items = {proposal}, .next = ""}).proposals(0).juries_size(), 0);
}

TEST(JuryOverview, CountsWhatIsToBeDone) {
  JuryOverview overview;
  overview.theses = {{.thesis = "1", .seats = 3, .is_complete = true},
                     {.thesis = "2",
                      .broken_rules = {"externals: 0 of 1"},
                      .conflicts = {"people/ana"},
                      .questions = {"people/bob", "people/eva"}}};
  overview.people = {{.person = "people/ana", .load = 4, .load_max = 3}, {.person = "people/bob"}};
  const pb::JuryOverview message = ToProto(overview);
  EXPECT_EQ(message.complete_count(), 1);
  EXPECT_EQ(message.incomplete_count(), 1);
  EXPECT_EQ(message.broken_rules_count(), 1);
  EXPECT_EQ(message.conflicts_count(), 1);
  EXPECT_EQ(message.questions_count(), 2);
  EXPECT_EQ(message.over_load_count(), 1);
  EXPECT_EQ(message.without_load_count(), 1);
}

}  // namespace
}  // namespace soutenance::assignment
