#include "services/assignment/jury.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/assignment/jury_access.h"
#include "services/assignment/jury_rules.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::assignment {
namespace {

using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Jury AJury() {
  return {.thesis = "42",
          .programme = "programmes/msi",
          .seats = {{.person = "people/pia", .role = Seat::Role::kPresident},
                    {.person = "people/sam", .role = Seat::Role::kSupervisor},
                    {.person = "people/tom", .role = Seat::Role::kGuest, .mode = Seat::Mode::kRemote}}};
}

ThesisFacts TheThesis() {
  return {.id = "42",
          .programme = "programmes/msi",
          .authors = {"people/ana", "people/bob"},
          .supervisor = "people/sam"};
}

std::vector<std::string> Refused(const Jury& jury) {
  std::vector<FieldViolation> problems;
  CheckJury(jury, "jury", problems);
  std::vector<std::string> fields;
  for (const FieldViolation& problem : problems) fields.push_back(problem.field);
  return fields;
}

TEST(CheckJury, AcceptsTwelveSeatsAndNone) {
  Jury jury = AJury();
  EXPECT_THAT(Refused(jury), IsEmpty());
  jury.seats.clear();
  EXPECT_THAT(Refused(jury), IsEmpty());
  for (int i = 0; i < 12; ++i) jury.seats.push_back({.person = absl::StrCat("people/p", i)});
  EXPECT_THAT(Refused(jury), IsEmpty());
  jury.seats.push_back({.person = "people/p12"});
  EXPECT_THAT(Refused(jury), ElementsAre("jury.seats"));
}

TEST(CheckJury, RefusesAPersonWhoSitsTwiceWhateverTheRole) {
  Jury jury = AJury();
  jury.seats.push_back({.person = "people/pia", .role = Seat::Role::kExaminer});
  EXPECT_THAT(Refused(jury), ElementsAre("jury.seats[3].person"));
}

TEST(CheckJury, RefusesNamesThatAreNone) {
  Jury jury = AJury();
  jury.programme = "msi";
  jury.seats[0].person = "rooms/a";
  jury.seats[1].person = "";
  EXPECT_THAT(Refused(jury), ElementsAre("jury.programme", "jury.seats[0].person", "jury.seats[1].person"));
}

TEST(Jury, ComesBackFromItsBytes) {
  Jury jury = AJury();
  jury.version = 7;
  EXPECT_THAT(Jury::Parse(jury.Serialize()), IsOkAndHolds(jury));
  jury.seats.clear();
  EXPECT_THAT(Jury::Parse(jury.Serialize()), IsOkAndHolds(jury));
  EXPECT_THAT(Jury::Parse(jury.Serialize() + "1:x"), StatusIs(absl::StatusCode::kDataLoss));
}

TEST(Differences, ShowTheSeatsAsAPersonWouldReadThem) {
  Jury after = AJury();
  after.programme = "programmes/law";
  after.seats.pop_back();
  after.seats[0] = {.person = "people/eve", .role = Seat::Role::kCompanyTutor};
  EXPECT_THAT(Differences(AJury(), after),
              ElementsAre(Change::Field{"programme", "msi", "law"},
                          Change::Field{"seats", "pia (president), sam (supervisor), tom (guest, remote)",
                                        "eve (company_tutor), sam (supervisor)"}));
  EXPECT_THAT(Differences(after, after), IsEmpty());
}

TEST(Differences, ShowAChangeOfOrder) {
  Jury after = AJury();
  std::swap(after.seats[0], after.seats[1]);
  EXPECT_EQ(Differences(AJury(), after).size(), 1u);
}

TEST(JuryRules, AnAuthorMayNotSitOnTheJuryOfTheirOwnThesis) {
  std::vector<PreconditionViolation> broken;
  AppendBrokenRules(AJury(), TheThesis(), broken);
  EXPECT_THAT(broken, IsEmpty());

  Jury jury = AJury();
  jury.seats.push_back({.person = "people/bob", .role = Seat::Role::kGuest});
  jury.seats.push_back({.person = "people/ana"});
  AppendBrokenRules(jury, TheThesis(), broken);
  EXPECT_THAT(broken,
              ElementsAre(PreconditionViolation{
                  .type = "author_on_jury",
                  .subject = "theses/42/jury",
                  .description = "an author of theses/42 cannot sit on its jury; give the seat to somebody "
                                 "else: people/ana, people/bob"}));
  EXPECT_THAT(JuryRuleBroken(broken),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("JURY_RULE_BROKEN")));
}

struct SightRow {
  const char* who;
  Caller caller;
  bool sees;
};

TEST(MaySee, IsForThoseWhoRunItSitOnItOrHaveAPartInItsThesis) {
  const std::string msi = "programmes/msi";
  const auto account = [](std::vector<Grant> grants, std::string person = "") {
    return Caller{.account = "accounts/x", .person = std::move(person), .grants = std::move(grants)};
  };
  ThesisFacts thesis = TheThesis();
  thesis.company_tutor = "people/cleo";
  const SightRow rows[] = {
      {"staff", account({{Role::kStaff, msi}}), true},
      {"head", account({{Role::kProgrammeHead, msi}}), true},
      {"administrator", account({{Role::kAdministrator, ""}}), true},
      {"staff of another programme", account({{Role::kStaff, "programmes/law"}}), false},
      {"president", account({{Role::kJuror, msi}}, "people/pia"), true},
      {"guest", account({}, "people/tom"), true},
      {"author", account({{Role::kStudent, msi}}, "people/ana"), true},
      {"supervisor", account({}, "people/sam"), true},
      {"company tutor", account({{Role::kCompanyTutor, msi}}, "people/cleo"), true},
      {"another juror", account({{Role::kJuror, msi}}, "people/zoe"), false},
      {"another student", account({{Role::kStudent, msi}}, "people/zoe"), false},
      {"company liaison", account({{Role::kCompanyLiaison, msi}}), false},
      {"account without role and person", account({}), false},
      {"service for itself", {.service = "scheduling"}, true},
      {"service for a student",
       {.account = "accounts/x", .person = "people/zoe", .service = "scheduling"},
       false},
  };
  for (const SightRow& row : rows) EXPECT_EQ(MaySee(row.caller, AJury(), &thesis), row.sees) << row.who;
}

}  // namespace
}  // namespace soutenance::assignment
