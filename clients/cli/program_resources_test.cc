#include <gmock/gmock.h>
#include <google/protobuf/struct.pb.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "clients/cli/testing/program.h"
#include "clients/lib/json.h"
#include "google/protobuf/empty.pb.h"
#include "services/base/error.h"
#include "soutenance/assignment/v1/assignment.pb.h"
#include "soutenance/directory/v1/accounts.pb.h"
#include "soutenance/directory/v1/directory.pb.h"
#include "soutenance/directory/v1/imports.pb.h"
#include "soutenance/scheduling/v1/campaigns.pb.h"
#include "soutenance/submissions/v1/checks.pb.h"
#include "soutenance/submissions/v1/drafts.pb.h"
#include "soutenance/submissions/v1/problems.pb.h"
#include "soutenance/submissions/v1/submissions.pb.h"
#include "tests/testing/status_matchers.h"

// The program on everything but timetables: directory, accounts, submissions, assignment, campaigns, imports.
namespace soutenance::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::Outcome;
using ::testing::StartsWith;

class ProgramResourcesTest : public ::testing::Test {
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

// ---- directory

TEST_F(ProgramResourcesTest, CreatesWhatTheFlagsSay) {
  server().Answers("CreatePerson", Ana());
  const Outcome outcome =
      Run({"people", "create", "ana", "--family-name", "Martin", "--defences-per-day", "3", "--dry-run"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, StartsWith("Created. (dry run: nothing was written)\nAna Martin\n"));
  const auto request = server().Requests<directory::v1::CreatePersonRequest>("CreatePerson")[0];
  EXPECT_EQ(request.person_id(), "ana");
  EXPECT_EQ(request.person().family_name(), "Martin");
  EXPECT_EQ(request.person().defences_per_day_max(), 3);
  EXPECT_TRUE(request.validate_only());
  EXPECT_EQ(request.request_id().size(), 32u);
}

TEST_F(ProgramResourcesTest, ChangesOnlyTheFieldsThatAreGiven) {
  server().Answers("UpdatePerson", Ana());
  EXPECT_EQ(Run({"people", "update", "ana", "--email=", "--etag", "v1"}).exit_code, 0);
  const auto request = server().Requests<directory::v1::UpdatePersonRequest>("UpdatePerson")[0];
  EXPECT_EQ(request.person().name(), "people/ana");
  EXPECT_EQ(request.person().etag(), "v1");
  EXPECT_THAT(request.update_mask().paths(), ElementsAre("email"));
  EXPECT_EQ(Run({"people", "update", "ana"}).exit_code, 2);
}

TEST_F(ProgramResourcesTest, ReadsTheHoursOfARoom) {
  server().Answers("UpdateRoom", directory::v1::Room());
  ASSERT_EQ(
      Run({"rooms", "update", "a", "--open", "2027-06-14..2027-06-15 08:00-18:00", "--closed", "2027-06-16"})
          .exit_code,
      0);
  const auto room = server().Requests<directory::v1::UpdateRoomRequest>("UpdateRoom")[0].room();
  ASSERT_EQ(room.openings_size(), 3);
  EXPECT_EQ(room.openings(1).date(), "2027-06-15");
  EXPECT_EQ(room.openings(1).to(), "18:00");
  EXPECT_EQ(room.openings(1).kind(), directory::v1::RoomOpening::KIND_OPEN);
  EXPECT_EQ(room.openings(2).kind(), directory::v1::RoomOpening::KIND_CLOSED);
  EXPECT_EQ(Run({"rooms", "update", "a", "--open", "Monday"}).exit_code, 2);
}

TEST_F(ProgramResourcesTest, DoesNotDeleteWithoutConsent) {
  server().Answers("DeleteRoom", google::protobuf::Empty());
  const Outcome refused = Run({"rooms", "delete", "a"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.err, HasSubstr("add --yes"));
  EXPECT_THAT(server().Calls("DeleteRoom"), IsEmpty());
  EXPECT_EQ(Run({"rooms", "delete", "a", "--yes"}).exit_code, 0);
  EXPECT_EQ(Run({"rooms", "delete", "a", "--dry-run"}).exit_code, 0);
  EXPECT_EQ(server().Calls("DeleteRoom").size(), 2u);
}

TEST_F(ProgramResourcesTest, FindsTheProgrammeOfACohortAndSortsItsCalendar) {
  directory::v1::ListProgrammesResponse programmes;
  programmes.add_programmes()->set_name("programmes/m2");
  server().Answers("ListProgrammes", programmes);
  server().Answers("CreateCohort", directory::v1::Cohort());
  ASSERT_EQ(Run({"cohorts", "create", "2027", "--company", "2027-06-28..2027-07-09", "--school",
                 "14/06/2027..25/06/2027"})
                .exit_code,
            0);
  const auto request = server().Requests<directory::v1::CreateCohortRequest>("CreateCohort")[0];
  EXPECT_EQ(request.parent(), "programmes/m2");
  EXPECT_EQ(request.cohort().calendar(0).first_date(), "2027-06-14");
  EXPECT_EQ(request.cohort().calendar(0).kind(), directory::v1::CalendarPeriod::KIND_SCHOOL);
  EXPECT_EQ(request.cohort().calendar(1).kind(), directory::v1::CalendarPeriod::KIND_COMPANY);
}

// ---- accounts and tokens

TEST_F(ProgramResourcesTest, GivesAndTakesRolesOnWhatTheAccountIsNow) {
  directory::v1::Account account;
  account.set_name("accounts/ana");
  account.set_etag("v4");
  auto& staff = *account.add_grants();
  staff.set_role(access::v1::ROLE_STAFF);
  staff.set_programme("programmes/m2");
  account.add_grants()->set_role(access::v1::ROLE_JUROR);
  server().Answers("GetAccount", account);
  server().Answers("UpdateAccount", account);
  ASSERT_EQ(
      Run({"accounts", "update", "ana", "--revoke", "staff:m2", "--grant", "programme_head:m2"}).exit_code,
      0);
  const auto changed = server().Requests<directory::v1::UpdateAccountRequest>("UpdateAccount")[0].account();
  EXPECT_EQ(changed.etag(), "v4");
  ASSERT_EQ(changed.grants_size(), 2);
  EXPECT_EQ(changed.grants(0).role(), access::v1::ROLE_JUROR);
  EXPECT_EQ(changed.grants(1).role(), access::v1::ROLE_PROGRAMME_HEAD);
  EXPECT_EQ(Run({"accounts", "update", "ana", "--revoke", "student"}).exit_code, 2);
  EXPECT_EQ(Run({"accounts", "update", "ana", "--grant", "king"}).exit_code, 2);
}

directory::v1::Token AToken() {
  directory::v1::Token token;
  token.set_name("accounts/ana/tokens/7");
  token.set_secret("sout_new");
  return token;
}

TEST_F(ProgramResourcesTest, WritesTheSecretOfATokenToAPrivateFile) {
  server().Answers("CreateToken", AToken());
  const std::string path = program_.folder() + "/new.token";
  const Outcome outcome = Run({"tokens", "create", "--out", path, "--days", "30", "--scope", "staff"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, Not(HasSubstr("sout_new")));
  EXPECT_EQ(program_.Read(path), "sout_new\n");
  struct stat status {};
  ASSERT_EQ(stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  const auto request = server().Requests<directory::v1::CreateTokenRequest>("CreateToken")[0];
  EXPECT_EQ(request.valid_seconds(), 30 * 24 * 60 * 60);
  EXPECT_THAT(request.scopes(), ElementsAre(access::v1::ROLE_STAFF));
}

TEST_F(ProgramResourcesTest, MakesNoTokenThatWouldBeLost) {
  server().Answers("CreateToken", AToken());
  const std::string taken = program_.Write("taken.token", "mine");
  EXPECT_EQ(Run({"tokens", "create", "--out", taken}).exit_code, 1);
  EXPECT_EQ(program_.Read(taken), "mine");
  EXPECT_EQ(Run({"tokens", "create", "--out", program_.folder() + "/no/such/folder"}).exit_code, 1);
  EXPECT_EQ(Run({"tokens", "create"}).exit_code, 2);  // standard output is no terminal
  EXPECT_THAT(server().Calls("CreateToken"), IsEmpty());
}

TEST_F(ProgramResourcesTest, GivesTheSecretInJsonOnce) {
  server().Answers("CreateToken", AToken());
  EXPECT_THAT(Run({"tokens", "create", "--json"}).out, HasSubstr("\"secret\": \"sout_new\""));
}

TEST_F(ProgramResourcesTest, LeavesNoFileBehindWhenTheServerRefusesAToken) {
  server().Refuses("CreateToken", absl::PermissionDeniedError("not yours"));
  const std::string path = program_.folder() + "/new.token";
  EXPECT_EQ(Run({"tokens", "create", "--out", path}).exit_code, 1);
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(ProgramResourcesTest, RevokesAShortlyNamedTokenOfItsOwnAccount) {
  directory::v1::Account self;
  self.set_name("accounts/ana");
  server().Answers("WhoAmI", self);
  server().Answers("RevokeToken", AToken());
  ASSERT_EQ(Run({"tokens", "revoke", "7"}).exit_code, 0);
  ASSERT_EQ(Run({"tokens", "revoke", "8", "--account", "bruno"}).exit_code, 0);
  const auto requests = server().Requests<directory::v1::RevokeTokenRequest>("RevokeToken");
  EXPECT_EQ(requests[0].name(), "accounts/ana/tokens/7");
  EXPECT_EQ(requests[1].name(), "accounts/bruno/tokens/8");
}

TEST_F(ProgramResourcesTest, LogsInWithATokenThatTheServerKnows) {
  directory::v1::Account self;
  self.set_name("accounts/ana");
  server().Answers("WhoAmI", self);
  const std::string file = program_.Write("ana.token", "sout_ana");
  program_.Set("SOUTENANCE_TOKEN", "");
  ASSERT_EQ(Run({"login", "--token-file", file}).exit_code, 0);
  program_.Set("SOUTENANCE_SERVER", "");  // from now on the context tells server and token
  EXPECT_EQ(Run({"whoami"}).exit_code, 0);
  EXPECT_EQ(server().Calls("WhoAmI").back().metadata.at("authorization"), "Bearer sout_ana");
  EXPECT_EQ(Run({"logout"}).exit_code, 0);
  EXPECT_EQ(Run({"whoami"}).exit_code, 0);
  EXPECT_FALSE(server().Calls("WhoAmI").back().metadata.contains("authorization"));
}

TEST_F(ProgramResourcesTest, KeepsNoTokenThatTheServerRefuses) {
  server().Refuses("WhoAmI",
                   Error(absl::StatusCode::kUnauthenticated, "unknown token", {.reason = "TOKEN_INVALID"}));
  const std::string file = program_.Write("bad.token", "sout_bad");
  EXPECT_EQ(Run({"login", "--token-file", file}).exit_code, 1);
  EXPECT_FALSE(std::filesystem::exists(program_.folder() + "/.config/soutenance/context.json"));
}

TEST_F(ProgramResourcesTest, RemembersTheCampaignOfTheContext) {
  server().Answers("ListDefences", scheduling::v1::ListDefencesResponse());
  server().Answers("GetCampaign", scheduling::v1::Campaign());
  ASSERT_EQ(Run({"context", "set", "--campaign", "m2-2027"}).exit_code, 0);
  ASSERT_EQ(Run({"defences", "list"}).exit_code, 0);
  EXPECT_EQ(server().Requests<scheduling::v1::ListDefencesRequest>("ListDefences")[0].parent(),
            "campaigns/m2-2027");
}

// ---- submissions and assignment

TEST_F(ProgramResourcesTest, SetsAJuryWithTheProgrammeOfItsThesis) {
  submissions::v1::Thesis thesis;
  thesis.set_programme("programmes/m2");
  server().Answers("GetThesis", thesis);
  server().Answers("SetJury", assignment::v1::Jury());
  ASSERT_EQ(
      Run({"juries", "set", "42", "--seat", "bruno=president", "--seat", "chloe=examiner:remote"}).exit_code,
      0);
  const auto jury = server().Requests<assignment::v1::SetJuryRequest>("SetJury")[0].jury();
  EXPECT_EQ(jury.name(), "theses/42/jury");
  EXPECT_EQ(jury.programme(), "programmes/m2");
  ASSERT_EQ(jury.seats_size(), 2);
  EXPECT_EQ(jury.seats(0).person(), "people/bruno");
  EXPECT_EQ(jury.seats(0).mode(), assignment::v1::Seat::MODE_ON_SITE);
  EXPECT_EQ(jury.seats(1).role(), assignment::v1::Seat::ROLE_EXAMINER);
  EXPECT_EQ(jury.seats(1).mode(), assignment::v1::Seat::MODE_REMOTE);
  EXPECT_EQ(Run({"juries", "set", "42", "--seat", "bruno"}).exit_code, 2);
  EXPECT_EQ(Run({"juries", "set", "42", "--seat", "bruno=king"}).exit_code, 2);
}

TEST_F(ProgramResourcesTest, ShowsWhoSitsOnAJuryByName) {
  assignment::v1::Jury jury;
  jury.set_name("theses/42/jury");
  auto& seat = *jury.add_seats();
  seat.set_person("people/ana");
  seat.set_role(assignment::v1::Seat::ROLE_PRESIDENT);
  server().Answers("GetJury", jury);
  directory::v1::ListPeopleResponse people;
  *people.add_people() = Ana();
  server().Answers("ListPeople", people);
  EXPECT_EQ(Run({"juries", "show", "42", "--language", "fr"}).out,
            "Jury de 42\n  - Ana Martin (ana) : président\n");
}

TEST_F(ProgramResourcesTest, ShowsIdsWhereNamesCannotBeHad) {
  assignment::v1::Jury jury;
  jury.set_name("theses/42/jury");
  jury.add_seats()->set_person("people/ana");
  server().Answers("GetJury", jury);
  server().Refuses("ListPeople", absl::PermissionDeniedError("no"));
  const Outcome outcome = Run({"juries", "show", "42"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("- ana: "));
}

TEST_F(ProgramResourcesTest, WithdrawsAThesisWithItsReason) {
  server().Answers("WithdrawThesis", submissions::v1::Thesis());
  ASSERT_EQ(Run({"theses", "withdraw", "42", "--reason", "interruption", "--yes"}).exit_code, 0);
  const auto request = server().Requests<submissions::v1::WithdrawThesisRequest>("WithdrawThesis")[0];
  EXPECT_EQ(request.name(), "theses/42");
  EXPECT_EQ(request.reason(), "interruption");
}

TEST_F(ProgramResourcesTest, LetsAnEventHappenToAThesis) {
  submissions::v1::Thesis thesis;
  thesis.set_state(submissions::v1::Thesis::STATE_TO_CORRECT);
  server().Answers("TransitionThesis", thesis);
  const Outcome outcome =
      Run({"theses", "advance", "42", "ask_corrections", "--reason", "chapter 3", "--until",
           "2027-07-15T21:59:00Z", "--waive", "a", "--waive", "b", "--language", "fr"});
  ASSERT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("à corriger"));
  const auto request = server().Requests<submissions::v1::TransitionThesisRequest>("TransitionThesis")[0];
  EXPECT_EQ(request.name(), "theses/42");
  EXPECT_EQ(request.event(), submissions::v1::THESIS_EVENT_ASK_CORRECTIONS);
  EXPECT_EQ(request.until_time().seconds(), 1'815'688'740);
  EXPECT_EQ(request.waive_size(), 2);
  EXPECT_EQ(Run({"theses", "advance", "42", "explode"}).exit_code, 2);
}

TEST_F(ProgramResourcesTest, ShowsWhatCanHappenNextAndWhoCausesIt) {
  submissions::v1::ListThesisTransitionsResponse list;
  list.set_state(submissions::v1::Thesis::STATE_IN_REVIEW);
  auto& mine = *list.add_transitions();
  mine.set_event(submissions::v1::THESIS_EVENT_AUTHORISE);
  mine.set_from_here(true);
  mine.set_yours(true);
  mine.add_unmet()->set_explanation("one review is missing");
  auto& theirs = *list.add_transitions();
  theirs.set_event(submissions::v1::THESIS_EVENT_SUSPEND);
  theirs.set_from_here(true);
  theirs.add_who("programme_head");
  list.add_transitions()->set_event(submissions::v1::THESIS_EVENT_ARCHIVE);
  server().Answers("ListThesisTransitions", list);
  const Outcome outcome = Run({"theses", "next", "42"});
  EXPECT_THAT(outcome.out, HasSubstr("one review is missing"));
  EXPECT_THAT(outcome.out, HasSubstr("ask: programme head"));
  EXPECT_THAT(outcome.out, ::testing::Not(HasSubstr("archive")));
  EXPECT_THAT(Run({"theses", "next", "42", "--all"}).out, HasSubstr("archive"));
}

TEST_F(ProgramResourcesTest, CountsTheThesesOfACohortByState) {
  submissions::v1::ListThesesResponse list;
  for (int i = 0; i < 3; ++i) list.add_theses()->set_state(submissions::v1::Thesis::STATE_DEPOSITED);
  list.add_theses()->set_state(submissions::v1::Thesis::STATE_SUSPENDED);
  server().Answers("ListTheses", list);
  const Outcome outcome = Run({"theses", "status", "m2", "--cohort", "2027", "--state", "deposited"});
  EXPECT_THAT(outcome.out, HasSubstr("3 deposited, 1 suspended"));
  const auto request = server().Requests<submissions::v1::ListThesesRequest>("ListTheses")[0];
  EXPECT_EQ(request.programme(), "programmes/m2");
  EXPECT_EQ(request.cohort(), "programmes/m2/cohorts/2027");
  EXPECT_EQ(request.states(0), submissions::v1::Thesis::STATE_DEPOSITED);
}

TEST_F(ProgramResourcesTest, GivesAnOpinionForASide) {
  server().Answers("GiveOpinion", submissions::v1::Opinion());
  ASSERT_EQ(Run({"theses", "opinion", "42", "company", "reserved", "--comment", "too wide"}).exit_code, 0);
  const auto opinion = server().Requests<submissions::v1::GiveOpinionRequest>("GiveOpinion")[0].opinion();
  EXPECT_EQ(opinion.side(), submissions::v1::Opinion::SIDE_COMPANY);
  EXPECT_EQ(opinion.verdict(), submissions::v1::Opinion::VERDICT_RESERVED);
}

TEST_F(ProgramResourcesTest, TakesAProblemFromTheOfferToAThesis) {
  server().Answers("OfferProblem", submissions::v1::Problem());
  ASSERT_EQ(Run({"problems", "offer", "loads", "--title", "Loads", "--programme", "m2", "--level", "jury",
                 "--capacity", "2", "--keyword", "energy"})
                .exit_code,
            0);
  const auto offer = server().Requests<submissions::v1::OfferProblemRequest>("OfferProblem")[0];
  EXPECT_EQ(offer.problem_id(), "loads");
  EXPECT_EQ(offer.problem().level(), submissions::v1::CONFIDENTIALITY_JURY);
  EXPECT_EQ(offer.problem().capacity(), 2);
  server().Answers("WishProblem", submissions::v1::Wish());
  ASSERT_EQ(Run({"problems", "wish", "loads", "--with", "bob"}).exit_code, 0);
  EXPECT_EQ(server().Requests<submissions::v1::WishProblemRequest>("WishProblem")[0].wish().students(0),
            "people/bob");
  server().Answers("AcceptWish", submissions::v1::Wish());
  ASSERT_EQ(Run({"problems", "accept", "loads", "ana", "--thesis", "42"}).exit_code, 0);
  const auto accept = server().Requests<submissions::v1::AcceptWishRequest>("AcceptWish")[0];
  EXPECT_EQ(accept.name(), "problems/loads/wishes/ana");
  EXPECT_EQ(accept.thesis_id(), "42");
}

// ---- campaigns, defences, availability

TEST_F(ProgramResourcesTest, KeepsTheRestOfAnAnswer) {
  HasOneCampaign();
  scheduling::v1::Availability before;
  before.set_name("campaigns/m2/availabilities/bruno");
  before.set_etag("v4");
  auto& morning = *before.add_periods();
  morning.set_date("2027-06-14");
  morning.set_from("08:00");
  morning.set_to("12:00");
  morning.set_answer(scheduling::v1::AvailabilityPeriod::ANSWER_YES);
  *before.add_periods() = morning;
  before.mutable_periods(1)->set_date("2027-06-15");
  server().Answers("GetAvailability", before);
  server().Answers("SetAvailability", before);
  ASSERT_EQ(Run({"availability", "set", "bruno", "--keep", "--no", "2027-06-14 09:00-10:00"}).exit_code, 0);
  const auto request = server().Requests<scheduling::v1::SetAvailabilityRequest>("SetAvailability")[0];
  EXPECT_EQ(request.availability().etag(), "v4");
  std::vector<std::string> told;
  for (const auto& period : request.availability().periods()) {
    told.push_back(absl::StrCat(period.date(), " ", period.from(), " ", period.to(), " ", period.answer()));
  }
  EXPECT_THAT(told, ElementsAre("2027-06-14 08:00 09:00 1", "2027-06-14 10:00 12:00 1",
                                "2027-06-15 08:00 12:00 1", "2027-06-14 09:00 10:00 3"));
}

TEST_F(ProgramResourcesTest, WarnsOfAnAnswerAboutOtherDaysThanThoseOfTheCampaign) {
  HasOneCampaign();
  scheduling::v1::Campaign campaign;
  campaign.add_days("2027-06-14");
  server().Answers("GetCampaign", campaign);
  server().Answers("SetAvailability", scheduling::v1::Availability());
  const Outcome slip = Run({"availability", "set", "bruno", "--no", "2026-06-14"});
  EXPECT_EQ(slip.exit_code, 0);
  EXPECT_THAT(slip.err, HasSubstr("2026-06-14: no defence takes place then; the days of the campaign are "
                                  "2027-06-14"));
  EXPECT_EQ(Run({"availability", "set", "bruno", "--no", "2027-06-13..2027-06-15"}).err, "");
}

TEST_F(ProgramResourcesTest, CreatesACampaignFromItsFlags) {
  server().Answers("CreateCampaign", scheduling::v1::Campaign());
  const Outcome outcome = Run({"campaigns",
                               "create",
                               "m2-2027",
                               "--title",
                               "M2",
                               "--programme",
                               "m2",
                               "--cohort",
                               "2027",
                               "--days",
                               "2027-06-17..2027-06-21",
                               "--hours",
                               "09:00-12:30,14:00-18:00",
                               "--room",
                               "a101,a102",
                               "--silent",
                               "if_needed",
                               "--rule",
                               "gaps=soft:5:30",
                               "--rule",
                               "room_capacity=off"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const auto campaign =
      server().Requests<scheduling::v1::CreateCampaignRequest>("CreateCampaign")[0].campaign();
  EXPECT_EQ(campaign.programme(), "programmes/m2");
  EXPECT_EQ(campaign.cohort(), "programmes/m2/cohorts/2027");
  EXPECT_THAT(campaign.days(), ElementsAre("2027-06-17", "2027-06-18", "2027-06-21"));
  ASSERT_EQ(campaign.hours_size(), 2);
  EXPECT_EQ(campaign.hours(1).from(), "14:00");
  EXPECT_THAT(campaign.rooms(), ElementsAre("rooms/a101", "rooms/a102"));
  EXPECT_EQ(campaign.silent_policy(), scheduling::v1::Campaign::SILENT_POLICY_IF_NEEDED);
  ASSERT_EQ(campaign.rules_size(), 2);
  EXPECT_EQ(campaign.rules(0).weight(), 5);
  EXPECT_EQ(campaign.rules(0).parameter(), 30);
  EXPECT_EQ(campaign.rules(1).level(), scheduling::v1::RuleSetting::LEVEL_OFF);
}

TEST_F(ProgramResourcesTest, ChangesOneRuleAndKeepsTheOthers) {
  HasOneCampaign();
  scheduling::v1::Campaign now;
  now.set_name("campaigns/m2");
  now.set_etag("v3");
  for (const char* rule : {"gaps", "stability"}) {
    auto& setting = *now.add_rules();
    setting.set_rule(rule);
    setting.set_level(scheduling::v1::RuleSetting::LEVEL_SOFT);
  }
  server().Answers("GetCampaign", now);
  server().Answers("UpdateCampaign", now);
  ASSERT_EQ(Run({"campaigns", "update", "--rule", "gaps=default", "--rule", "day_load=hard"}).exit_code, 0);
  const auto request = server().Requests<scheduling::v1::UpdateCampaignRequest>("UpdateCampaign")[0];
  EXPECT_EQ(request.campaign().etag(), "v3");
  EXPECT_THAT(request.update_mask().paths(), ElementsAre("rules"));
  ASSERT_EQ(request.campaign().rules_size(), 2);
  EXPECT_EQ(request.campaign().rules(0).rule(), "stability");
  EXPECT_EQ(request.campaign().rules(1).rule(), "day_load");
  EXPECT_EQ(Run({"campaigns", "update", "--rule", "gaps=loud"}).exit_code, 2);
  EXPECT_EQ(Run({"campaigns", "update"}).exit_code, 2);
}

TEST_F(ProgramResourcesTest, SetsAndResetsRulesAndShowsWhatBecomesOfThem) {
  HasOneCampaign();
  scheduling::v1::ListRulesResponse rulebook;
  for (const char* rule : {"gaps", "person_days", "unplaced"}) {
    auto& line = *rulebook.add_rules();
    line.set_rule(rule);
    line.set_unit("days");
    line.set_unit_fr("jours");
    line.set_sentence_fr(absl::StrCat("Sens de ", rule));
    line.mutable_default_setting()->set_rule(rule);
    line.mutable_default_setting()->set_weight(120);
    if (std::string(rule) == "unplaced") continue;
    line.mutable_default_setting()->set_level(scheduling::v1::RuleSetting::LEVEL_SOFT);
    line.add_levels(scheduling::v1::RuleSetting::LEVEL_STRONG);
    line.add_levels(scheduling::v1::RuleSetting::LEVEL_SOFT_2);
  }
  server().Answers("ListRules", rulebook);
  scheduling::v1::Campaign now;
  now.set_name("campaigns/m2");
  now.set_etag("v3");
  auto& gaps = *now.add_rules();
  gaps.set_rule("gaps");
  gaps.set_level(scheduling::v1::RuleSetting::LEVEL_OFF);
  server().Answers("GetCampaign", now);
  scheduling::v1::Campaign changed = now;
  changed.mutable_rules(0)->set_rule("person_days");
  changed.mutable_rules(0)->set_level(scheduling::v1::RuleSetting::LEVEL_SOFT_2);
  server().Answers("UpdateCampaign", changed);

  const Outcome outcome = Run({"campaigns", "rules", "--reset", "gaps", "--set", "person_days=soft_2",
                               "--dry-run", "--language", "fr", "--changed"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const auto request = server().Requests<scheduling::v1::UpdateCampaignRequest>("UpdateCampaign")[0];
  EXPECT_TRUE(request.validate_only());
  EXPECT_EQ(request.campaign().etag(), "v3");
  EXPECT_THAT(request.update_mask().paths(), ElementsAre("rules"));
  ASSERT_EQ(request.campaign().rules_size(), 1);
  EXPECT_EQ(request.campaign().rules(0).rule(), "person_days");
  EXPECT_EQ(request.campaign().rules(0).level(), scheduling::v1::RuleSetting::LEVEL_SOFT_2);
  EXPECT_THAT(outcome.out, HasSubstr("souple de rang 2 × 120"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("gaps"))) << "it is as the rulebook has it";
  EXPECT_THAT(Run({"rules", "--long", "--language", "fr"}).out,
              HasSubstr("par défaut : souple × 120 ; compte : jours ; peut être : strong, soft_2"));
  EXPECT_EQ(Run({"campaigns", "rules", "--reset", "gap"}).exit_code, 2) << "there is no such rule";
  EXPECT_EQ(Run({"campaigns", "rules", "--set", "gaps=soft_7"}).exit_code, 2);
}

TEST_F(ProgramResourcesTest, SaysWhatCountsForPeopleOneByOne) {
  HasOneCampaign();
  scheduling::v1::Campaign now;
  now.set_name("campaigns/m2");
  now.set_etag("v3");
  now.add_people()->set_person("people/bo");
  now.add_people()->set_person("people/ana");
  server().Answers("GetCampaign", now);
  server().Answers("UpdateCampaign", now);
  ASSERT_EQ(Run({"campaigns", "update", "--person", "everybody=president:2/,nearness:3/1", "--person",
                 "ana=weight:3,day:4,campaign:9,president:/5,knows:Robots/IA", "--person", "bo=default"})
                .exit_code,
            0);
  const auto request = server().Requests<scheduling::v1::UpdateCampaignRequest>("UpdateCampaign")[0];
  EXPECT_EQ(request.campaign().etag(), "v3");
  EXPECT_THAT(request.update_mask().paths(), ElementsAre("people"));
  ASSERT_EQ(request.campaign().people_size(), 2);
  const auto& all = request.campaign().people(0);
  EXPECT_EQ(all.person(), "");
  EXPECT_EQ(all.role_limits(0).day_max(), 2);
  EXPECT_EQ(all.role_limits(0).campaign_max(), 0);
  EXPECT_THAT(all.nearness(), ElementsAre(3, 1));
  const auto& ana = request.campaign().people(1);
  EXPECT_EQ(ana.person(), "people/ana");
  EXPECT_EQ(ana.weight(), 3);
  EXPECT_EQ(ana.day_max(), 4);
  EXPECT_EQ(ana.campaign_max(), 9);
  EXPECT_EQ(ana.role_limits(0).campaign_max(), 5);
  EXPECT_THAT(ana.topics(), ElementsAre("Robots", "IA"));
  for (const char* wrong : {"ana", "ana=weight:x", "ana=president:2", "ana=nearness:a/b", "=weight:2"}) {
    EXPECT_EQ(Run({"campaigns", "update", "--person", wrong}).exit_code, 2) << wrong;
  }
}

TEST_F(ProgramResourcesTest, SaysWhatJuriesMustHaveRoleByRole) {
  HasOneCampaign();
  scheduling::v1::Campaign now;
  now.set_name("campaigns/m2");
  now.set_etag("v3");
  auto& guest = *now.add_seats();
  guest.set_role("guest");
  guest.set_count(1);
  server().Answers("GetCampaign", now);
  server().Answers("UpdateCampaign", now);
  ASSERT_EQ(
      Run({"campaigns", "update", "--seat", "reviewer:2:remote=ana,bruno:5", "--knows", "ana=Robots,Vision",
           "--role-cost", "president=absence:1000,load:4-9:10,combined:supervisor:2"})
          .exit_code,
      0);
  const auto request = server().Requests<scheduling::v1::UpdateCampaignRequest>("UpdateCampaign")[0];
  EXPECT_THAT(request.update_mask().paths(), ElementsAre("seats", "roles"));
  EXPECT_EQ(request.campaign().etag(), "v3");
  ASSERT_EQ(request.campaign().seats_size(), 2);
  EXPECT_EQ(request.campaign().seats(0).role(), "guest");
  const auto& need = request.campaign().seats(1);
  EXPECT_EQ(need.count(), 2);
  EXPECT_TRUE(need.remote());
  EXPECT_EQ(need.candidates(1).person(), "people/bruno");
  EXPECT_EQ(need.candidates(1).cost(), 5);
  EXPECT_THAT(need.candidates(0).topics(), ElementsAre("Robots", "Vision"));
  const auto& costs = request.campaign().roles(0);
  EXPECT_EQ(costs.absence_cost(), 1000);
  EXPECT_EQ(costs.load(0).high(), 9);
  EXPECT_EQ(costs.combined(0).role(), "supervisor");
  for (const char* wrong : {"reviewer:many=ana", "reviewer=ana:dear", "=ana"}) {
    EXPECT_EQ(Run({"campaigns", "update", "--seat", wrong}).exit_code, 2) << wrong;
  }
  EXPECT_EQ(Run({"campaigns", "update", "--knows", "nobody=Robots"}).exit_code, 2);
  EXPECT_EQ(Run({"campaigns", "update", "--role-cost", "president=grace:3"}).exit_code, 2);
}

TEST_F(ProgramResourcesTest, ShowsWhatTheJuryOfEachDefenceMustHave) {
  HasOneCampaign();
  scheduling::v1::Campaign campaign;
  campaign.set_name("campaigns/m2");
  auto& need = *campaign.add_seats();
  need.set_role("reviewer");
  need.set_count(1);
  need.add_candidates()->set_person("people/ana");
  server().Answers("GetCampaign", campaign);
  scheduling::v1::ListDefencesResponse list;
  list.add_defences()->set_name("campaigns/m2/defences/m2-001");
  auto& other = *list.add_defences();
  other.set_name("campaigns/m2/defences/m2-002");
  other.set_topic("Robots");
  auto& own = *other.add_seats();
  own.set_role("reviewer");
  own.set_count(2);
  server().Answers("ListDefences", list);
  const Outcome outcome = Run({"defences", "seats"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("1 reviewer among ana"));
  EXPECT_THAT(outcome.out, HasSubstr("2 reviewer among ana"));
  EXPECT_THAT(outcome.out, HasSubstr("Robots"));
}

TEST_F(ProgramResourcesTest, AsksWhichCampaignIfThereAreSeveral) {
  scheduling::v1::ListCampaignsResponse campaigns;
  campaigns.add_campaigns()->set_name("campaigns/m1");
  campaigns.add_campaigns()->set_name("campaigns/m2");
  server().Answers("ListCampaigns", campaigns);
  const Outcome outcome = Run({"campaigns", "show"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("say which one with --campaign: m1, m2"));
}

TEST_F(ProgramResourcesTest, SaysHowToBeginIfThereIsNoCampaign) {
  server().Answers("ListCampaigns", scheduling::v1::ListCampaignsResponse());
  const Outcome outcome = Run({"campaigns", "check"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("import a folder or create one first"));
}

TEST_F(ProgramResourcesTest, EndsACheckWithOneOnlyIfNothingCanBeComputed) {
  HasOneCampaign();
  using Finding = scheduling::v1::CheckCampaignResponse::Finding;
  scheduling::v1::CheckCampaignResponse check;
  auto& finding = *check.add_findings();
  finding.set_severity(Finding::SEVERITY_CONFLICT);
  finding.set_message("no common slot for 42");
  server().Answers("CheckCampaign", check);
  finding.set_severity(Finding::SEVERITY_ERROR);
  server().Answers("CheckCampaign", check);
  const Outcome conflict = Run({"campaigns", "check"});
  EXPECT_EQ(conflict.exit_code, 0);
  EXPECT_THAT(conflict.out, HasSubstr("  conflict: no common slot for 42\n"));
  EXPECT_EQ(Run({"campaigns", "check"}).exit_code, 1);
}

TEST_F(ProgramResourcesTest, ChangesADefenceAndKeepsWhatIsNotNamed) {
  HasOneCampaign();
  scheduling::v1::ListDefencesResponse defences;
  auto& now = *defences.add_defences();
  now.set_name("campaigns/m2/defences/42");
  now.set_thesis("theses/42");
  now.set_etag("v2");
  now.add_equipment("video");
  server().Answers("ListDefences", defences);
  server().Answers("SetDefence", now);
  ASSERT_EQ(Run({"defences", "set", "42", "--duration", "80"}).exit_code, 0);
  ASSERT_EQ(Run({"defences", "set", "theses/43"}).exit_code, 0);
  const auto requests = server().Requests<scheduling::v1::SetDefenceRequest>("SetDefence");
  EXPECT_EQ(requests[0].defence().duration_minutes(), 80);
  EXPECT_THAT(requests[0].defence().equipment(), ElementsAre("video"));
  EXPECT_EQ(requests[0].defence().etag(), "v2");
  EXPECT_EQ(requests[1].defence().name(), "campaigns/m2/defences/43");
  EXPECT_EQ(requests[1].defence().thesis(), "theses/43");
}

TEST_F(ProgramResourcesTest, SetsTheAvailabilityOfOneselfOrOfSomebody) {
  HasOneCampaign();
  directory::v1::Account self;
  self.set_person("people/ana");
  server().Answers("WhoAmI", self);
  server().Answers("SetAvailability", scheduling::v1::Availability());
  ASSERT_EQ(
      Run({"availability", "set", "--yes", "2027-06-14 08:00-12:00", "--if-needed", "2027-06-15"}).exit_code,
      0);
  ASSERT_EQ(Run({"availability", "set", "bruno", "--always"}).exit_code, 0);
  EXPECT_EQ(Run({"availability", "set", "bruno"}).exit_code, 2);
  const auto requests = server().Requests<scheduling::v1::SetAvailabilityRequest>("SetAvailability");
  ASSERT_EQ(requests.size(), 2u);
  EXPECT_EQ(requests[0].availability().name(), "campaigns/m2/availabilities/ana");
  EXPECT_EQ(requests[0].availability().person(), "people/ana");
  EXPECT_EQ(requests[0].availability().periods(0).to(), "12:00");
  EXPECT_EQ(requests[0].availability().periods(1).answer(),
            scheduling::v1::AvailabilityPeriod::ANSWER_IF_NEEDED);
  EXPECT_EQ(requests[1].availability().periods_size(), 0);
}

// ---- import

directory::v1::Import AnImport(directory::v1::Import::State state) {
  directory::v1::Import import;
  import.set_state(state);
  import.set_name("imports/1");
  return import;
}

TEST_F(ProgramResourcesTest, SendsTheFilesOfAFolderWithTheirNames) {
  server().Answers("CreateImport", AnImport(directory::v1::Import::STATE_VALIDATED));
  const std::string folder = program_.folder() + "/folder";
  std::filesystem::create_directories(folder + "/sub");
  program_.Write("folder/mémoires.csv", "a;b\r\n");
  program_.Write("folder/personnes.csv", std::string("\xE9\0", 2));  // any bytes
  program_.Write("folder/.hidden", "x");
  program_.Write("folder/sub/other.csv", "x");
  ASSERT_EQ(Run({"import", "check", folder, "--language", "fr"}).exit_code, 0);
  const auto request = server().Requests<directory::v1::CreateImportRequest>("CreateImport")[0];
  ASSERT_EQ(request.files_size(), 2);
  EXPECT_EQ(request.files(0).name(), "mémoires.csv");
  EXPECT_EQ(request.files(1).content(), std::string("\xE9\0", 2));
  EXPECT_TRUE(request.validate_only());
  EXPECT_EQ(request.language(), "fr");
}

TEST_F(ProgramResourcesTest, ReportsEveryProblemOfARefusedFolderAndEndsWithOne) {
  auto refused = AnImport(directory::v1::Import::STATE_REFUSED);
  refused.set_error_count(2);
  auto& problem = *refused.add_problems();
  problem.set_severity(directory::v1::ImportProblem::SEVERITY_ERROR);
  problem.set_message("personnes.csv, ligne 12 : courriel");
  server().Answers("CreateImport", refused);
  const std::string folder = program_.folder() + "/folder";
  std::filesystem::create_directories(folder);
  const Outcome outcome = Run({"import", "run", folder});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.out,
            "error: personnes.csv, ligne 12 : courriel\n"
            "… 1 more\n"
            "Refused, nothing was written: 2 errors, 0 warnings.\n");
  EXPECT_EQ(Run({"import", "run", folder, "--json"}).exit_code, 1);
}

TEST_F(ProgramResourcesTest, WaitsUntilAnAcceptedImportIsWritten) {
  server().Answers("CreateImport", AnImport(directory::v1::Import::STATE_APPLYING));
  server().Answers("GetImport", AnImport(directory::v1::Import::STATE_APPLYING));
  auto done = AnImport(directory::v1::Import::STATE_DONE);
  auto& people = *done.add_collections();
  people.set_collection("people");
  people.mutable_changes()->set_created_count(1);
  people.mutable_changes()->set_unchanged_count(57);
  auto& change = *people.mutable_changes()->add_changes();
  change.set_resource("people/ana");
  change.set_label("Ana Martin");
  change.set_kind(changes::v1::Change::KIND_CREATED);
  server().Answers("GetImport", done);
  const std::string folder = program_.folder() + "/folder";
  std::filesystem::create_directories(folder);
  const Outcome outcome = Run({"import", "run", folder});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.out,
            "people           1 added, 57 unchanged\n"
            "  + ana  Ana Martin\n"
            "Imported: 0 errors, 0 warnings.\n");
}

TEST_F(ProgramResourcesTest, RefusesOnlyFoldersThatCannotBeSent) {
  EXPECT_EQ(Run({"import", "run", program_.folder() + "/none"}).exit_code, 1);
  const std::string folder = program_.folder() + "/folder";
  std::filesystem::create_directories(folder);
  program_.Write("folder/huge.csv", "");
  std::filesystem::resize_file(folder + "/huge.csv", 65 << 20);
  const Outcome outcome = Run({"import", "run", folder});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("FOLDER_TOO_LARGE"));
  // What one message carries is less.
  std::filesystem::resize_file(folder + "/huge.csv", 16 << 20);
  const Outcome too_much = Run({"import", "run", folder});
  EXPECT_EQ(too_much.exit_code, 1);
  EXPECT_THAT(too_much.err, ::testing::AllOf(HasSubstr("FOLDER_TOO_LARGE"), HasSubstr("huge.csv (16777216)"),
                                             HasSubstr(folder)));
  EXPECT_THAT(server().Calls("CreateImport"), IsEmpty());
}

TEST_F(ProgramResourcesTest, WritesTemplatesIntoANewFolderOnly) {
  directory::v1::GetImportTemplatesResponse templates;
  auto& file = *templates.add_files();
  file.set_name("../personnes.csv");  // no name leads out of the folder
  file.set_content("nom\r\n");
  server().Answers("GetImportTemplates", templates);
  const std::string folder = program_.folder() + "/new/folder";
  ASSERT_EQ(Run({"import", "template", folder}).exit_code, 0);
  EXPECT_EQ(program_.Read(folder + "/personnes.csv"), "nom\r\n");
  program_.Write("new/folder/personnes.csv", "mine");
  EXPECT_EQ(Run({"import", "template", folder}).exit_code, 1);
  EXPECT_EQ(program_.Read(folder + "/personnes.csv"), "mine");
}

// ---- milestones

TEST_F(ProgramResourcesTest, TellsStudentsTheirOwnDeadlineAndWhyItIsLater) {
  submissions::v1::Milestone milestone;
  milestone.set_name("programmes/m2/milestones/final");
  milestone.set_title("Final thesis");
  milestone.set_kind(submissions::v1::DRAFT_KIND_DEPOSIT);
  milestone.set_time_zone("Europe/Paris");
  milestone.mutable_due_time()->set_seconds(1'811'887'140);
  milestone.mutable_hard_time()->set_seconds(1'811'890'740);
  submissions::v1::MilestoneLimits& limits = *milestone.add_limits();
  limits.set_thesis("theses/m2-017");
  limits.mutable_due_time()->set_seconds(1'811'975'040);
  limits.mutable_grace_end_time()->set_seconds(1'811'975'940);
  limits.mutable_hard_time()->set_seconds(1'811'975'940);
  limits.mutable_extension()->set_person("people/ana");
  limits.mutable_extension()->set_reason("illness");
  limits.mutable_extension()->mutable_until_time()->set_seconds(1'811'973'540);
  submissions::v1::CountedOutage& outage = *limits.add_outages();
  outage.set_outage("outages/o1");
  outage.mutable_begin_time()->set_seconds(1'811'972'940);
  outage.mutable_end_time()->set_seconds(1'811'974'200);
  outage.set_minutes(25);
  server().Answers("GetMilestone", milestone);
  const Outcome shown = Run({"milestones", "show", "m2/final"});
  EXPECT_EQ(shown.exit_code, 0) << shown.err;
  EXPECT_THAT(shown.out, HasSubstr("2027-06-01 23:59:00"));
  EXPECT_THAT(shown.out, HasSubstr("your deadline   2027-06-03 00:24:00"));
  EXPECT_THAT(shown.out, HasSubstr("late after      2027-06-03 00:39:00"));
  EXPECT_THAT(shown.out, HasSubstr("closes for you  2027-06-03 00:39:00"));
  EXPECT_THAT(shown.out, HasSubstr("extension for ana until 2027-06-02 23:59:00: illness"));
  EXPECT_THAT(shown.out, HasSubstr("outage o1 from 2027-06-02 23:49:00 to 2027-06-03 00:10:00: +25 min"));
  EXPECT_THAT(Run({"milestones", "show", "m2/final", "--language", "fr"}).out,
              HasSubstr("délai accordé à ana"));

  submissions::v1::ListMilestonesResponse list;
  *list.add_milestones() = milestone;
  list.mutable_milestones(0)->clear_limits();
  list.mutable_milestones(0)->mutable_due_time()->set_seconds(1'811'999'999);
  *list.add_milestones() = milestone;
  list.mutable_milestones(1)->set_name("programmes/m2/milestones/z-first");
  server().Answers("ListMilestones", list);
  const Outcome listed = Run({"milestones", "list", "m2"});
  EXPECT_EQ(listed.exit_code, 0) << listed.err;
  EXPECT_LT(listed.out.find("z-first"), listed.out.find("final")) << "in the order of the deadlines";
  EXPECT_THAT(listed.out, HasSubstr("2027-06-03 00:24:00"));
}

TEST_F(ProgramResourcesTest, AcceptsAFindingWithAReasonAndTakesThatBack) {
  submissions::v1::DraftChecks checks;
  checks.set_draft("theses/m2-017/drafts/3");
  checks.set_state(submissions::v1::DraftChecks::STATE_DONE);
  checks.set_outcome(submissions::v1::CHECK_MEANING_REMARK);
  submissions::v1::CheckFinding& finding = *checks.add_findings();
  finding.set_check("pdf_active_content");
  finding.set_verdict(submissions::v1::CHECK_VERDICT_REFUSED);
  finding.set_reason("PDF_JAVASCRIPT");
  finding.set_is_overridden(true);
  submissions::v1::FindingDecision& decision = *checks.add_decisions();
  decision.set_kind(submissions::v1::FindingDecision::KIND_OVERRIDE);
  decision.set_finding("PDF_JAVASCRIPT");
  decision.set_account("accounts/staff");
  decision.set_reason("a form");
  decision.mutable_decision_time()->set_seconds(1'811'887'140);
  server().Answers("OverrideFinding", checks);
  server().Answers("WithdrawOverride", checks);
  const Outcome outcome = Run({"drafts", "override", "m2-017/3", "pdf_javascript", "--reason", "a form"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("accepted by those who run the programme"));
  EXPECT_THAT(outcome.out, HasSubstr("accounts/staff accepts PDF_JAVASCRIPT: a form"));
  EXPECT_EQ(
      Run({"drafts", "override", "m2-017/3", "PDF_JAVASCRIPT", "--withdraw", "--reason", "no"}).exit_code, 0);
}

}  // namespace
}  // namespace soutenance::cli
