// Profiles and jury rules over the wire: every field there and back, and what only the wire can refuse.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "services/assignment/rpc/jury_rule_service.h"
#include "services/assignment/rpc/profile_service.h"
#include "services/assignment/rpc/profiles_proto.h"
#include "services/assignment/rpc/rules_proto.h"
#include "services/assignment/rules/defaults.h"
#include "services/runtime/status_wire.h"
#include "services/runtime/testing/pipeline.h"
#include "storage/open.h"
#include "storage/sql/assignment_store.h"
#include "storage/sql/profile_store.h"
#include "storage/sql/rule_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::assignment {
namespace {

using runtime::testing::Pipeline;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class OneThesis : public ThesisLookup, public PeopleLookup, public ProgrammeLookup {
 public:
  absl::StatusOr<bool> HasProgramme(const std::string&) const override { return true; }
  absl::StatusOr<std::map<std::string, ThesisFacts>> Find(const std::set<std::string>& ids) const override {
    std::map<std::string, ThesisFacts> found;
    if (ids.count("42") > 0)
      found["42"] = {.id = "42", .programme = "programmes/msi", .authors = {"people/ana"}};
    return found;
  }
  absl::StatusOr<std::vector<ThesisFacts>> Visible(const std::string&) const override {
    return std::vector<ThesisFacts>();
  }
  absl::StatusOr<std::set<std::string>> KnownPeople(const std::set<std::string>& people) const override {
    return people;
  }
};

class RulesServiceTest : public ::testing::Test {
 protected:
  RulesServiceTest() {
    const std::string msi = "programmes/msi";
    pipeline_.authenticator().Add("staff", {.account = "accounts/s", .grants = {{Role::kStaff, msi}}});
    pipeline_.authenticator().Add("head", {.account = "accounts/h", .grants = {{Role::kProgrammeHead, msi}}});
    pipeline_.authenticator().Add(
        "pia", {.account = "accounts/p", .person = "people/pia", .grants = {{Role::kJuror, msi}}});
    channel_ = pipeline_.Serve({&profile_service_, &rule_service_});
    profile_stub_ = pb::ProfileService::NewStub(channel_);
    rule_stub_ = pb::JuryRuleService::NewStub(channel_);
  }

  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Call(Stub& stub, const std::string& token,
                                grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                                const Request& request) {
    grpc::ClientContext context;
    Pipeline::Prepare(context, token);
    Response response;
    const absl::Status status = runtime::FromGrpc((stub.*method)(&context, request, &response));
    if (!status.ok()) return status;
    return response;
  }

  std::unique_ptr<storage::sql::Database> database_ =
      *storage::OpenServiceDatabase("sqlite::memory:", "assignment");
  storage::sql::AssignmentStore juries_{*database_};
  storage::sql::ProfileStore profile_store_{*database_};
  storage::sql::RuleStore rule_store_{*database_};
  soutenance::testing::FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  Pipeline pipeline_{"assignment",
                     {pb::ProfileService::service_full_name(), pb::JuryRuleService::service_full_name()}};
  OneThesis world_;
  Profiles profiles_{profile_store_, world_, clock_};
  JuryRuleBook book_{rule_store_, juries_, world_, world_, clock_};
  ProfileService profile_service_{profiles_, pipeline_.calls()};
  JuryRuleService rule_service_{book_, pipeline_.calls()};
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<pb::ProfileService::Stub> profile_stub_;
  std::unique_ptr<pb::JuryRuleService::Stub> rule_stub_;
};

pb::Profile APiaOfEverything() {
  pb::Profile profile;
  profile.set_name("people/pia/profile");
  profile.set_rank(pb::Profile::RANK_B);
  profile.set_sector(pb::Profile::SECTOR_ACADEMIC);
  profile.set_institution("Cnam");
  profile.set_company("Airbus");
  profile.set_may_preside(true);
  profile.set_emeritus(true);
  profile.set_habilitated(true);
  profile.add_languages("fr");
  profile.set_attendance(pb::Profile::ATTENDANCE_REMOTE_ONLY);
  profile.add_keywords("networks");
  profile.set_expertise("Routers");
  profile.add_past_theses()->set_title("T");
  profile.mutable_past_theses(0)->set_year(2025);
  profile.mutable_load()->set_per_campaign_max(4);
  profile.mutable_load()->add_roles()->set_role(pb::Seat::ROLE_PRESIDENT);
  profile.mutable_load()->mutable_roles(0)->set_per_campaign_max(2);
  profile.set_gender(pb::Profile::GENDER_WOMAN);
  return profile;
}

TEST_F(RulesServiceTest, EveryFieldOfAProfileComesBackButGender) {
  pb::SetProfileRequest set;
  *set.mutable_profile() = APiaOfEverything();
  ASSERT_OK(Call(*profile_stub_, "staff", &pb::ProfileService::Stub::SetProfile, set));
  pb::GetProfileRequest get;
  get.set_name("people/pia/profile");
  ASSERT_OK_AND_ASSIGN(const pb::Profile seen,
                       Call(*profile_stub_, "staff", &pb::ProfileService::Stub::GetProfile, get));
  ASSERT_OK_AND_ASSIGN(const pb::Profile own,
                       Call(*profile_stub_, "pia", &pb::ProfileService::Stub::GetProfile, get));
  pb::Profile expected = APiaOfEverything();
  expected.set_etag("v1");
  EXPECT_EQ(own.DebugString(), expected.DebugString());
  expected.clear_gender();
  EXPECT_EQ(seen.DebugString(), expected.DebugString());
  get.set_name("people/zoe/profile");
  EXPECT_THAT(Call(*profile_stub_, "pia", &pb::ProfileService::Stub::GetProfile, get),
              StatusIs(absl::StatusCode::kNotFound, Reason("PROFILE_NOT_FOUND")));
}

TEST_F(RulesServiceTest, WritesManyProfilesOrNone) {
  pb::BatchUpsertProfilesRequest batch;
  *batch.add_profiles() = APiaOfEverything();
  batch.add_profiles()->set_name("people/sam/profile");
  ASSERT_OK_AND_ASSIGN(const auto written,
                       Call(*profile_stub_, "staff", &pb::ProfileService::Stub::BatchUpsertProfiles, batch));
  EXPECT_EQ(written.profiles().created_count(), 2);
  batch.add_profiles()->set_name("sam");
  EXPECT_THAT(Call(*profile_stub_, "staff", &pb::ProfileService::Stub::BatchUpsertProfiles, batch),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
  pb::ListProfilesRequest list;
  list.add_people("people/sam");
  ASSERT_OK_AND_ASSIGN(const auto listed,
                       Call(*profile_stub_, "staff", &pb::ProfileService::Stub::ListProfiles, list));
  EXPECT_EQ(listed.profiles_size(), 1);
}

TEST_F(RulesServiceTest, EveryShippedRuleComesBackAsItWasSet) {
  ASSERT_OK_AND_ASSIGN(const auto defaults,
                       Call(*rule_stub_, "pia", &pb::JuryRuleService::Stub::ListDefaultJuryRules,
                            pb::ListDefaultJuryRulesRequest()));
  ASSERT_GE(defaults.defaults_size(), 3);
  for (const pb::JuryRules& rules : defaults.defaults()) {
    pb::SetJuryRulesRequest set;
    *set.mutable_jury_rules() = rules;
    set.mutable_jury_rules()->set_name("programmes/msi/juryRules");
    set.mutable_jury_rules()->add_institutions("Cnam");
    ASSERT_OK_AND_ASSIGN(const auto stored,
                         Call(*rule_stub_, "head", &pb::JuryRuleService::Stub::SetJuryRules, set));
    pb::GetJuryRulesRequest get;
    get.set_name("programmes/msi/juryRules");
    ASSERT_OK_AND_ASSIGN(const auto read,
                         Call(*rule_stub_, "pia", &pb::JuryRuleService::Stub::GetJuryRules, get));
    EXPECT_EQ(read.DebugString(), stored.DebugString());
    set.mutable_jury_rules()->set_etag(stored.etag());
    EXPECT_EQ(read.DebugString(), set.jury_rules().DebugString());
  }
}

TEST_F(RulesServiceTest, RefusesWhatIsNoRule) {
  pb::SetJuryRulesRequest set;
  set.mutable_jury_rules()->set_name("programmes/msi");
  pb::JuryRule& rule = *set.mutable_jury_rules()->add_rules();
  rule.set_sector(static_cast<pb::Profile::Sector>(99));
  rule.add_roles(pb::Seat::ROLE_UNSPECIFIED);
  const absl::Status refused =
      Call(*rule_stub_, "head", &pb::JuryRuleService::Stub::SetJuryRules, set).status();
  std::vector<std::string> fields;
  for (const FieldViolation& violation : FactsOf(refused).fields) fields.push_back(violation.field);
  EXPECT_THAT(fields, ElementsAre("jury_rules.name", "jury_rules.rules[0].kind", "jury_rules.rules[0].level",
                                  "jury_rules.rules[0].roles[0]", "jury_rules.rules[0].sector"));
}

TEST_F(RulesServiceTest, JudgesAJuryThatIsOnlyThoughtOfInTheLanguageAskedFor) {
  pb::SetJuryRulesRequest set;
  set.mutable_jury_rules()->set_name("programmes/msi/juryRules");
  pb::JuryRule& rule = *set.mutable_jury_rules()->add_rules();
  rule.set_id("members");
  rule.set_kind(pb::JuryRule::KIND_MEMBERS);
  rule.set_level(pb::JuryRule::LEVEL_DEROGABLE);
  rule.set_min(2);
  rule.mutable_source()->set_text("M3C");
  rule.mutable_source()->set_page("p. 2");
  ASSERT_OK(Call(*rule_stub_, "head", &pb::JuryRuleService::Stub::SetJuryRules, set));

  pb::CheckJuriesRequest check;
  check.set_programme("programmes/msi");
  check.set_only_not_met(true);
  check.set_language("fr");
  pb::Jury& jury = *check.add_juries();
  jury.set_name("theses/42/jury");
  jury.set_programme("programmes/msi");
  jury.add_seats()->set_person("people/pia");
  jury.mutable_seats(0)->set_role(pb::Seat::ROLE_PRESIDENT);
  ASSERT_OK_AND_ASSIGN(const auto judged,
                       Call(*rule_stub_, "staff", &pb::JuryRuleService::Stub::CheckJuries, check));
  ASSERT_EQ(judged.verdicts_size(), 1);
  EXPECT_FALSE(judged.verdicts(0).accepted());
  ASSERT_EQ(judged.verdicts(0).rules_size(), 1);
  const pb::JuryRuleVerdict& verdict = judged.verdicts(0).rules(0);
  EXPECT_EQ(verdict.required(), "au moins 2 membres à voix délibérative");
  EXPECT_EQ(verdict.measured(), "1 : pia");
  EXPECT_THAT(verdict.way_out(), HasSubstr("ajouter 1"));
  EXPECT_THAT(verdict.who_counts(), ElementsAre("people/pia"));
  EXPECT_EQ(verdict.source().page(), "p. 2");

  pb::GrantDerogationRequest grant;
  grant.mutable_derogation()->set_name("theses/42/jury/derogations/members");
  grant.mutable_derogation()->set_reason("Only one can come");
  ASSERT_OK_AND_ASSIGN(const auto granted,
                       Call(*rule_stub_, "head", &pb::JuryRuleService::Stub::GrantDerogation, grant));
  EXPECT_EQ(granted.account(), "accounts/h");
  EXPECT_EQ(granted.grant_time().seconds(), 1'800'000'000);
  ASSERT_OK_AND_ASSIGN(const auto lifted,
                       Call(*rule_stub_, "staff", &pb::JuryRuleService::Stub::CheckJuries, check));
  EXPECT_TRUE(lifted.verdicts(0).accepted());
  EXPECT_EQ(lifted.verdicts(0).rules(0).derogation_reason(), "Only one can come");

  pb::ListDerogationsRequest list;
  list.set_programme("programmes/msi");
  ASSERT_OK_AND_ASSIGN(const auto listed,
                       Call(*rule_stub_, "staff", &pb::JuryRuleService::Stub::ListDerogations, list));
  ASSERT_EQ(listed.derogations_size(), 1);
  EXPECT_FALSE(listed.derogations(0).lapsed());
  pb::RevokeDerogationRequest revoke;
  revoke.set_name(granted.name());
  EXPECT_OK(Call(*rule_stub_, "head", &pb::JuryRuleService::Stub::RevokeDerogation, revoke));
  revoke.set_name("theses/42/jury");
  EXPECT_THAT(Call(*rule_stub_, "head", &pb::JuryRuleService::Stub::RevokeDerogation, revoke),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
}

TEST_F(RulesServiceTest, RefusesADateThatIsNone) {
  pb::CheckJuriesRequest check;
  check.set_programme("programmes/msi");
  check.set_defence_date("tomorrow");
  EXPECT_THAT(Call(*rule_stub_, "staff", &pb::JuryRuleService::Stub::CheckJuries, check),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
}

}  // namespace
}  // namespace soutenance::assignment
