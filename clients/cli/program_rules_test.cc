#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "clients/cli/testing/program.h"
#include "clients/lib/json.h"
#include "google/protobuf/empty.pb.h"
#include "services/base/error.h"
#include "soutenance/assignment/v1/profiles.pb.h"
#include "soutenance/assignment/v1/rules.pb.h"
#include "soutenance/submissions/v1/submissions.pb.h"
#include "tests/testing/status_matchers.h"

// The program on profiles of people and the rules about juries.
namespace soutenance::cli {
namespace {

namespace pb = assignment::v1;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Outcome;

class ProgramRulesTest : public ::testing::Test {
 protected:
  Outcome Run(const std::vector<std::string>& arguments) { return program_.Run(arguments); }
  clients::testing::FakeServer& server() { return program_.server(); }

  testing::Program program_;
};

pb::JuryRules SomeRules() {
  pb::JuryRules rules;
  rules.set_name("programmes/msi/juryRules");
  rules.set_etag("v2");
  rules.set_title("Master");
  rules.add_institutions("Cnam");
  pb::JuryRule& rule = *rules.add_rules();
  rule.set_id("external");
  rule.set_kind(pb::JuryRule::KIND_EXTERNALS);
  rule.set_level(pb::JuryRule::LEVEL_DEROGABLE);
  rule.set_min(1);
  rule.set_sentence("at least 1 from another institution");
  rule.mutable_source()->set_text("Code de l’éducation");
  rule.mutable_source()->set_article("L613-1");
  return rules;
}

TEST_F(ProgramRulesTest, ShowsTheRulesOfAProgrammeWithTheirSources) {
  server().Answers("GetJuryRules", SomeRules());
  const Outcome outcome = Run({"rules", "show", "msi"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("- external (derogation allowed): at least 1 from another institution\n"
                                     "    Code de l’éducation, L613-1\n"));
  EXPECT_THAT(Run({"rules", "show", "msi", "--language", "fr"}).out, HasSubstr("(dérogation possible)"));
  const auto requests = server().Requests<pb::GetJuryRulesRequest>("GetJuryRules");
  EXPECT_EQ(requests[0].name(), "programmes/msi/juryRules");
  EXPECT_EQ(requests[1].language(), "fr");
}

TEST_F(ProgramRulesTest, SetsTheRulesThatAreShippedForAnInstitution) {
  pb::ListDefaultJuryRulesResponse defaults;
  *defaults.add_defaults() = SomeRules();
  defaults.mutable_defaults(0)->set_name("juryRuleDefaults/alternance");
  defaults.mutable_defaults(0)->clear_institutions();
  server().Answers("ListDefaultJuryRules", defaults);
  server().Answers("SetJuryRules", SomeRules());
  EXPECT_THAT(Run({"rules", "defaults"}).out, HasSubstr("alternance      1  Master"));
  EXPECT_EQ(
      Run({"rules", "set", "msi", "--default", "alternance", "--institution", "Cnam", "--dry-run"}).exit_code,
      0);
  const auto request = server().Requests<pb::SetJuryRulesRequest>("SetJuryRules")[0];
  EXPECT_EQ(request.jury_rules().name(), "programmes/msi/juryRules");
  EXPECT_THAT(request.jury_rules().institutions(), ElementsAre("Cnam"));
  EXPECT_EQ(request.jury_rules().rules(0).id(), "external");
  EXPECT_TRUE(request.validate_only());
  EXPECT_EQ(Run({"rules", "set", "msi", "--default", "nothing"}).exit_code, 2);
  EXPECT_EQ(Run({"rules", "set", "msi"}).exit_code, 2) << "neither rules nor a name of rules";
}

TEST_F(ProgramRulesTest, SetsTheRulesOfAFileThatShowPrinted) {
  server().Answers("GetJuryRules", SomeRules());
  server().Answers("SetJuryRules", SomeRules());
  const std::string file = program_.Write("rules.json", Run({"rules", "show", "msi", "--json"}).out);
  EXPECT_EQ(Run({"rules", "set", "law", "--file", file, "--etag", "v7"}).exit_code, 0);
  const auto request = server().Requests<pb::SetJuryRulesRequest>("SetJuryRules")[0];
  EXPECT_EQ(request.jury_rules().name(), "programmes/law/juryRules");
  EXPECT_EQ(request.jury_rules().etag(), "v7");
  EXPECT_EQ(request.jury_rules().rules(0).min(), 1);
}

TEST_F(ProgramRulesTest, ChecksJuriesAndEndsWithOneIfOneIsNotLegal) {
  pb::CheckJuriesResponse response;
  pb::JuryVerdict& verdict = *response.add_verdicts();
  verdict.set_jury("theses/42/jury");
  pb::JuryRuleVerdict& rule = *verdict.add_rules();
  rule.set_rule("external");
  rule.set_level(pb::JuryRule::LEVEL_DEROGABLE);
  rule.set_outcome(pb::JuryRuleVerdict::OUTCOME_BROKEN);
  rule.set_required("at least 1");
  rule.set_measured("0 of 3");
  rule.set_way_out("have 1 more");
  rule.mutable_source()->set_text("Law");
  server().Answers("CheckJuries", response);
  submissions::v1::Thesis thesis;
  thesis.set_programme("programmes/msi");
  server().Answers("GetThesis", thesis);

  const Outcome outcome = Run({"rules", "check", "42", "--defence-date", "2027-06-30"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.out, HasSubstr("42: breaks the rules\n"));
  EXPECT_THAT(outcome.out, HasSubstr("required at least 1"));
  EXPECT_THAT(outcome.out, HasSubstr("1 jury, of which not legal: 1\n"));
  auto request = server().Requests<pb::CheckJuriesRequest>("CheckJuries")[0];
  EXPECT_EQ(request.programme(), "programmes/msi");
  EXPECT_THAT(request.theses(), ElementsAre("theses/42"));
  EXPECT_TRUE(request.only_not_met());
  EXPECT_EQ(request.defence_date(), "2027-06-30");

  EXPECT_EQ(Run({"rules", "check", "--programme", "msi", "--all", "--json"}).exit_code, 1);
  request = server().Requests<pb::CheckJuriesRequest>("CheckJuries")[1];
  EXPECT_EQ(request.theses_size(), 0);
  EXPECT_FALSE(request.only_not_met());
  EXPECT_EQ(Run({"rules", "check"}).exit_code, 2);
}

TEST_F(ProgramRulesTest, LiftsARuleWithAReasonAndTakesItBack) {
  pb::Derogation derogation;
  derogation.set_name("theses/42/jury/derogations/external");
  derogation.set_required("at least 1");
  derogation.set_reason("both are ill");
  server().Answers("GrantDerogation", derogation);
  server().Answers("RevokeDerogation", google::protobuf::Empty());
  pb::ListDerogationsResponse list;
  *list.add_derogations() = derogation;
  server().Answers("ListDerogations", list);
  EXPECT_THAT(Run({"rules", "lift", "42", "external", "--reason", "both are ill"}).out,
              HasSubstr("Lifted for this jury.\n"));
  const auto granted = server().Requests<pb::GrantDerogationRequest>("GrantDerogation")[0];
  EXPECT_EQ(granted.derogation().name(), "theses/42/jury/derogations/external");
  EXPECT_EQ(granted.derogation().reason(), "both are ill");
  EXPECT_EQ(Run({"rules", "restore", "42", "external"}).exit_code, 0);
  EXPECT_EQ(server().Requests<pb::RevokeDerogationRequest>("RevokeDerogation")[0].name(), derogation.name());
  EXPECT_THAT(Run({"rules", "lifted", "msi"}).out, HasSubstr("42      external  yes"));
}

pb::Profile Bruno() {
  pb::Profile profile;
  profile.set_name("people/bruno/profile");
  profile.set_etag("v3");
  profile.set_rank(pb::Profile::RANK_A);
  profile.add_keywords("networks");
  profile.mutable_load()->set_per_campaign_max(6);
  return profile;
}

TEST_F(ProgramRulesTest, ShowsProfilesInBothLanguages) {
  server().Answers("GetProfile", Bruno());
  pb::ListProfilesResponse list;
  *list.add_profiles() = Bruno();
  server().Answers("ListProfiles", list);
  EXPECT_THAT(Run({"reviewers", "show", "bruno"}).out, HasSubstr("A (professor)"));
  EXPECT_THAT(Run({"reviewers", "show", "bruno", "--language", "fr"}).out, HasSubstr("A (professeur)"));
  EXPECT_THAT(Run({"reviewers", "list"}).out, HasSubstr("6 a campaign"));
  EXPECT_EQ(server().Requests<pb::GetProfileRequest>("GetProfile")[0].name(), "people/bruno/profile");
}

TEST_F(ProgramRulesTest, SetsTheFieldsOfAProfileThatAreNamedAndKeepsTheOthers) {
  server().Answers("GetProfile", Bruno());
  server().Answers("SetProfile", Bruno());
  EXPECT_EQ(Run({"reviewers", "set", "bruno", "--sector", "academic", "--speaks", "fr,en", "--per-day", "2",
                 "--role-limit", "president=3"})
                .exit_code,
            0);
  const pb::Profile sent = server().Requests<pb::SetProfileRequest>("SetProfile")[0].profile();
  EXPECT_EQ(sent.etag(), "v3");
  EXPECT_EQ(sent.rank(), pb::Profile::RANK_A);
  EXPECT_EQ(sent.sector(), pb::Profile::SECTOR_ACADEMIC);
  EXPECT_THAT(sent.languages(), ElementsAre("fr", "en"));
  EXPECT_EQ(sent.load().per_campaign_max(), 6);
  EXPECT_EQ(sent.load().per_day_max(), 2);
  EXPECT_EQ(sent.load().roles(0).role(), pb::Seat::ROLE_PRESIDENT);
  EXPECT_FALSE(sent.has_gender());
  EXPECT_EQ(Run({"reviewers", "set", "bruno", "--role-limit", "king=3"}).exit_code, 2);
}

TEST_F(ProgramRulesTest, SetsTheFirstProfileOfSomebody) {
  server().Answers("GetProfile", {.status = NotFound("profile", "people/zoe/profile")});
  server().Answers("SetProfile", Bruno());
  EXPECT_EQ(Run({"reviewers", "set", "zoe", "--gender", "woman"}).exit_code, 0);
  const pb::Profile sent = server().Requests<pb::SetProfileRequest>("SetProfile")[0].profile();
  EXPECT_EQ(sent.name(), "people/zoe/profile");
  EXPECT_EQ(sent.gender(), pb::Profile::GENDER_WOMAN);
  EXPECT_EQ(Run({"reviewers", "set", "zoe", "--gender", "unspecified"}).exit_code, 0);
  EXPECT_TRUE(server().Requests<pb::SetProfileRequest>("SetProfile")[1].profile().has_gender());
}

}  // namespace
}  // namespace soutenance::cli
