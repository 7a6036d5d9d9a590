#include "services/scheduling/composition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/scheduling/problem_builder.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/testing/samples.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::scheduling {
namespace {

using namespace testing;  // NOLINT: small legal things

using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Ana may with 3 points and knows robots, Bo may.
SeatNeed Reviewers(int count) {
  return {.role = SeatRole::kReviewer,
          .count = count,
          .candidates = {{.person = "people/ana", .cost = 3, .topics = {"Robots"}}, {.person = "people/bo"}}};
}

std::vector<std::string> PeopleOf(const OpenSeat& seat) {
  std::vector<std::string> people;
  for (const Candidate& candidate : seat.candidates) people.push_back(candidate.person);
  return people;
}

TEST(OpenSeats, AreThoseThatTheJuryLacks) {
  const std::vector<JurySeat> jury = {{.person = "people/zed", .role = SeatRole::kReviewer}};
  EXPECT_THAT(OpenSeatsOf({Reviewers(1)}, {}, jury, {}), IsEmpty());
  const std::vector<OpenSeat> open = OpenSeatsOf({Reviewers(3)}, {}, jury, {});
  ASSERT_EQ(open.size(), 2U);
  EXPECT_EQ(open[0].role, SeatRole::kReviewer);
  EXPECT_THAT(PeopleOf(open[1]), ElementsAre("people/ana", "people/bo"));
}

TEST(OpenSeats, GoNeitherToAuthorsNorToWhoSitsThereAlready) {
  const std::vector<OpenSeat> open = OpenSeatsOf(
      {Reviewers(1)}, {}, {{.person = "people/ana", .role = SeatRole::kPresident}}, {"people/bo"});
  ASSERT_EQ(open.size(), 1U);
  EXPECT_THAT(PeopleOf(open[0]), IsEmpty());
}

TEST(OpenSeats, ADefenceSaysOtherwiseThanTheCampaignRoleByRole) {
  const SeatNeed president{.role = SeatRole::kPresident, .count = 1, .candidates = {{.person = "people/cy"}}};
  const std::vector<SeatNeed> campaign = {president, Reviewers(1)};
  EXPECT_THAT(OpenSeatsOf(campaign, {{.role = SeatRole::kReviewer, .count = 0}}, {}, {}).size(), 1);
  // Without candidates of its own it has those of the campaign.
  const std::vector<OpenSeat> two =
      OpenSeatsOf(campaign, {{.role = SeatRole::kReviewer, .count = 2}}, {}, {});
  ASSERT_EQ(two.size(), 3U);
  EXPECT_THAT(PeopleOf(two[2]), ElementsAre("people/ana", "people/bo"));
}

TEST(CheckSeats, NamesEverythingThatIsWrong) {
  std::vector<FieldViolation> problems;
  CheckSeats(
      {{.role = SeatRole::kReviewer,
        .count = 9,
        .candidates = {{.person = "ana", .cost = -1, .topics = {" "}}, {.person = "people/bo"}}},
       {.role = SeatRole::kReviewer, .candidates = {{.person = "people/bo"}, {.person = "people/bo"}}}},
      "campaign.seats", problems);
  std::vector<std::string> fields;
  for (const FieldViolation& problem : problems) fields.push_back(problem.field);
  EXPECT_THAT(fields, ElementsAre("campaign.seats[0].count", "campaign.seats[0].candidates[0].person",
                                  "campaign.seats[0].candidates[0].cost",
                                  "campaign.seats[0].candidates[0].topics[0]", "campaign.seats[1].role",
                                  "campaign.seats[1].candidates[1].person", "campaign.seats"));
}

TEST(CheckRoles, NamesEverythingThatIsWrong) {
  std::vector<FieldViolation> problems;
  CheckRoles({{.role = SeatRole::kPresident,
               .absence_cost = -1,
               .load = {{.low = 3, .high = 2, .cost = 1}},
               .combined = {{.role = SeatRole::kPresident, .cost = 2}}}},
             "campaign.roles", problems);
  std::vector<std::string> fields;
  for (const FieldViolation& problem : problems) fields.push_back(problem.field);
  EXPECT_THAT(fields, ElementsAre("campaign.roles[0].absence_cost", "campaign.roles[0].load[0].high",
                                  "campaign.roles[0].combined[0].role"));
}

TEST(Lines, OfSeatsAndRolesComeBackAsTheyWere) {
  const std::vector<SeatNeed> seats = {
      Reviewers(2), {.role = SeatRole::kGuest, .count = 1, .is_remote = true, .candidates = {}}};
  EXPECT_THAT(SeatLines(seats), ElementsAre("seat reviewer 2 on_site", "candidate people/ana 3",
                                            "topic Robots", "candidate people/bo 0", "seat guest 1 remote"));
  ASSERT_OK_AND_ASSIGN(const std::vector<SeatNeed> read, ParseSeatLines(SeatLines(seats)));
  EXPECT_EQ(read, seats);
  const std::vector<RoleSetting> roles = {{.role = SeatRole::kPresident,
                                           .absence_cost = 1000,
                                           .change_cost = 10,
                                           .load = {{.low = 4, .high = 9, .cost = 7}},
                                           .combined = {{.role = SeatRole::kSupervisor, .cost = 2}},
                                           .off_topic_cost = 5}};
  ASSERT_OK_AND_ASSIGN(const std::vector<RoleSetting> again, ParseRoleLines(RoleLines(roles)));
  EXPECT_EQ(again, roles);
}

TEST(Lines, ThatAreDamagedAreRefused) {
  for (const std::string line :
       {"seat", "seat reviewer x on_site", "seat dancer 1 on_site", "candidate people/a 1", "topic Robots",
        "seat reviewer 1 above", "nonsense"}) {
    EXPECT_THAT(ParseSeatLines({line}), StatusIs(absl::StatusCode::kDataLoss)) << line;
  }
  EXPECT_THAT(ParseRoleLines({"role president 1 2"}), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(ParseRoleLines({"load 1 2 3"}), StatusIs(absl::StatusCode::kDataLoss));
}

TEST(BuildProblem, WhatAJuryLacksAreOpenSeats) {
  CampaignFacts facts = SmallFacts();
  facts.people["people/bo"] = {.name = "people/bo", .display_name = "Bo Lind"};
  facts.campaign.seats = {{.role = SeatRole::kReviewer,
                           .is_remote = true,
                           .candidates = {{.person = "people/ana"},
                                          {.person = "people/bo", .cost = 3, .topics = {"Robots"}},
                                          {.person = "people/cy"}}}};
  facts.campaign.roles = {{.role = SeatRole::kReviewer, .off_topic_cost = 10}};
  facts.defences[0].topic = "Robots";
  ASSERT_OK_AND_ASSIGN(const solver::Problem problem, solver::Problem::Create(BuildProblem(facts, {})));
  const solver::Defence& defence = problem.defences().front();
  ASSERT_EQ(defence.open_seats.size(), 1U);
  const solver::OpenSeat& seat = defence.open_seats[0];
  EXPECT_EQ(seat.role, "reviewer");
  EXPECT_TRUE(seat.remote);
  EXPECT_THAT(defence.equipment, ElementsAre("video"));
  // Ana sits in the jury already.
  ASSERT_EQ(seat.candidates.size(), 2U);
  EXPECT_EQ(problem.person(seat.candidates[0].person).name, "Bo Lind");
  EXPECT_EQ(seat.candidates[0].cost, 3);
  EXPECT_EQ(seat.candidates[1].cost, 10) << "who does not know the topic costs more";
  EXPECT_THAT(problem.spec().defences.at(0).subjects, ElementsAre("Robots"));
  EXPECT_THAT(problem.spec().persons.at(static_cast<std::size_t>(seat.candidates[0].person)).subjects,
              ElementsAre("Robots"));
}

TEST(BuildProblem, ASeatThatNobodyMayHoldIsHeldByNobodyWhoIsNeverFree) {
  CampaignFacts facts = SmallFacts();
  facts.campaign.seats = {{.role = SeatRole::kReviewer, .candidates = {{.person = "people/ana"}}}};
  ASSERT_OK_AND_ASSIGN(const solver::Problem problem, solver::Problem::Create(BuildProblem(facts, {})));
  const solver::OpenSeat& seat = problem.defences().front().open_seats.at(0);
  const solver::Person& nobody = problem.person(seat.candidates.at(0).person);
  EXPECT_TRUE(IsNobody(nobody.key));
  EXPECT_THAT(nobody.name, HasSubstr("rapporteur à trouver"));
  EXPECT_FALSE(nobody.blocked.empty());
}

}  // namespace
}  // namespace soutenance::scheduling
