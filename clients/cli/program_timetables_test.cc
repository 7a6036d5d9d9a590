#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "clients/cli/testing/program.h"
#include "clients/lib/json.h"
#include "google/protobuf/empty.pb.h"
#include "services/base/error.h"
#include "soutenance/scheduling/v1/campaigns.pb.h"
#include "soutenance/scheduling/v1/timetables.pb.h"
#include "tests/testing/status_matchers.h"

// The program on timetables, with and without a terminal.
namespace soutenance::cli {
namespace {

namespace pb = scheduling::v1;
using clients::testing::Answer;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::Outcome;
using ::testing::StartsWith;
using testing::TerminalProgram;

pb::TimetableRun ARun(pb::TimetableRun::State state, int placed) {
  pb::TimetableRun run;
  run.set_name("campaigns/m2/runs/7");
  run.set_state(state);
  run.mutable_progress()->set_placed_count(placed);
  run.mutable_progress()->set_defence_count(24);
  run.mutable_progress()->set_elapsed_ms(1500);
  auto& level = *run.mutable_progress()->add_score();
  level.set_level("soft");
  level.set_points(340);
  if (state == pb::TimetableRun::STATE_SUCCEEDED || state == pb::TimetableRun::STATE_CANCELLED) {
    run.set_timetable("campaigns/m2/timetables/3");
  }
  return run;
}

Answer StreamOf(const std::vector<pb::TimetableRun>& runs, Answer::End end = Answer::End::kFinish) {
  Answer answer{.end = end};
  for (const auto& run : runs) answer.messages.push_back(run.SerializeAsString());
  return answer;
}

class ProgramTimetablesTest : public ::testing::Test {
 protected:
  ProgramTimetablesTest() {
    pb::ListCampaignsResponse campaigns;
    campaigns.add_campaigns()->set_name("campaigns/m2");
    server().Answers("ListCampaigns", campaigns);
  }

  // A draft, number 3, with one defence.
  pb::Timetable Draft(pb::Timetable::State state = pb::Timetable::STATE_DRAFT) {
    pb::Timetable timetable;
    timetable.set_name("campaigns/m2/timetables/3");
    timetable.set_etag("v5");
    timetable.set_state(state);
    timetable.set_placed_count(1);
    timetable.set_defence_count(1);
    auto& placement = *timetable.add_placements();
    placement.set_defence("campaigns/m2/defences/m2-017");
    placement.add_students("Ana Martin");
    placement.set_start("2027-06-14T09:30");
    placement.set_duration_minutes(60);
    placement.set_room("rooms/a101");
    placement.set_room_title("A 101");
    return timetable;
  }

  pb::MoveDefenceResponse Moved() {
    pb::MoveDefenceResponse response;
    *response.mutable_timetable() = Draft();
    auto& effect = *response.add_effects();
    effect.set_rule("gaps");
    effect.set_sentence("Nobody waits.");
    effect.set_level("soft");
    effect.set_points_before(380);
    effect.set_points_after(470);
    return response;
  }

  Outcome Run(const std::vector<std::string>& arguments) { return program_.Run(arguments); }
  clients::testing::FakeServer& server() { return program_.server(); }

  testing::Program program_;
};

TEST_F(ProgramTimetablesTest, RunsAndFollowsUntilThereIsATimetable) {
  server().Answers("CreateTimetableRun", ARun(pb::TimetableRun::STATE_QUEUED, 0));
  server().Answers("FollowTimetableRun", StreamOf({ARun(pb::TimetableRun::STATE_RUNNING, 20),
                                                   ARun(pb::TimetableRun::STATE_SUCCEEDED, 23)}));
  const Outcome outcome =
      Run({"timetables", "run", "--time", "5", "--seed", "1", "--threads", "2", "--moves", "1000"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.err, "");  // no progress where nobody looks
  EXPECT_EQ(outcome.out,
            "Run 7: finished, 23 of 24 defences placed in 1.5 s\n"
            "  Score: soft 340\n"
            "  Timetable 3 is a draft: soutenance timetables show 3\n"
            "  Why not all have a place: soutenance timetables explain --timetable 3\n");
  const auto request = server().Requests<pb::CreateTimetableRunRequest>("CreateTimetableRun")[0];
  EXPECT_EQ(request.parent(), "campaigns/m2");
  EXPECT_EQ(request.parameters().time_seconds_max(), 5);
  EXPECT_EQ(request.parameters().seed(), 1);
  EXPECT_EQ(request.parameters().threads(), 2);
  EXPECT_EQ(request.parameters().moves_max(), 1000);
}

TEST_F(ProgramTimetablesTest, PrintsTheFinishedRunAsJson) {
  server().Answers("CreateTimetableRun", ARun(pb::TimetableRun::STATE_QUEUED, 0));
  server().Answers("FollowTimetableRun", StreamOf({ARun(pb::TimetableRun::STATE_SUCCEEDED, 23)}));
  const Outcome outcome = Run({"timetables", "run", "--json"});
  pb::TimetableRun run;
  ASSERT_OK(clients::FromJson(outcome.out, run));
  EXPECT_EQ(run.progress().placed_count(), 23);
  EXPECT_THAT(outcome.out, HasSubstr("\"placedCount\": 23"));
}

TEST_F(ProgramTimetablesTest, FollowsAcrossARestartOfTheServer) {
  server().Answers("CreateTimetableRun", ARun(pb::TimetableRun::STATE_RUNNING, 0));
  Answer broken = StreamOf({ARun(pb::TimetableRun::STATE_RUNNING, 5)});
  broken.status = absl::UnavailableError("stopping");
  server().Answers("FollowTimetableRun", broken);
  server().Answers("FollowTimetableRun", StreamOf({ARun(pb::TimetableRun::STATE_SUCCEEDED, 24)}));
  EXPECT_EQ(Run({"timetables", "run"}).exit_code, 0);
}

TEST_F(ProgramTimetablesTest, EndsWithOneAndTheReasonWhenARunFails) {
  auto failed = ARun(pb::TimetableRun::STATE_FAILED, 0);
  failed.set_error("a jury has no available slot");
  failed.set_error_reason("INFEASIBLE");
  server().Answers("CreateTimetableRun", ARun(pb::TimetableRun::STATE_QUEUED, 0));
  server().Answers("FollowTimetableRun", StreamOf({failed}));
  const Outcome outcome = Run({"timetables", "run"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.err, "soutenance: refused: a jury has no available slot\n  reason: INFEASIBLE\n");
}

TEST_F(ProgramTimetablesTest, ReturnsAtOnceIfAsked) {
  server().Answers("CreateTimetableRun", ARun(pb::TimetableRun::STATE_QUEUED, 0));
  EXPECT_THAT(Run({"timetables", "run", "--no-wait"}).out,
              HasSubstr("Follow it: soutenance timetables follow 7\n"));
  EXPECT_THAT(server().Calls("FollowTimetableRun"), IsEmpty());
}

TEST_F(ProgramTimetablesTest, CancelsTheRunAndKeepsTheBestOnInterrupt) {
  server().Answers("CreateTimetableRun", ARun(pb::TimetableRun::STATE_RUNNING, 0));
  server().Answers("FollowTimetableRun",
                   StreamOf({ARun(pb::TimetableRun::STATE_RUNNING, 20)}, Answer::End::kHold));
  server().Answers("CancelTimetableRun", ARun(pb::TimetableRun::STATE_CANCELLED, 22));
  server().Before("CancelTimetableRun", [&] {
    server().Release("FollowTimetableRun", ARun(pb::TimetableRun::STATE_CANCELLED, 22));
  });
  absl::Notification followed;
  server().Before("FollowTimetableRun", [&] { followed.Notify(); });
  const auto process = program_.Start({"timetables", "run"});
  followed.WaitForNotification();
  process->Signal(SIGINT);
  EXPECT_THAT(process->ReadAll(), StartsWith("Run 7: cancelled, 22 of 24 defences placed"));
  EXPECT_EQ(process->Wait(), 0);
  EXPECT_EQ(server().Requests<pb::CancelTimetableRunRequest>("CancelTimetableRun")[0].name(),
            "campaigns/m2/runs/7");
}

TEST_F(ProgramTimetablesTest, LeavesNoRunBehindWhenItIsInterruptedWhileStartingOne) {
  server().Answers("CreateTimetableRun", ARun(pb::TimetableRun::STATE_QUEUED, 0));
  server().Answers("FollowTimetableRun",
                   StreamOf({ARun(pb::TimetableRun::STATE_RUNNING, 20)}, Answer::End::kHold));
  server().Answers("CancelTimetableRun", ARun(pb::TimetableRun::STATE_CANCELLED, 22));
  server().Before("CancelTimetableRun", [&] {
    server().Release("FollowTimetableRun", ARun(pb::TimetableRun::STATE_CANCELLED, 22));
  });
  std::unique_ptr<soutenance::testing::Process> process;
  absl::Notification started;
  server().Before("CreateTimetableRun", [&] {
    started.WaitForNotification();
    process->Signal(SIGINT);
  });
  process = program_.Start({"timetables", "run"});
  started.Notify();
  EXPECT_THAT(process->ReadAll(), StartsWith("Run 7: cancelled"));
  EXPECT_EQ(process->Wait(), 0);
}

TEST_F(ProgramTimetablesTest, FollowsTheLastRunOrTheOneNamed) {
  pb::ListTimetableRunsResponse runs;
  *runs.add_runs() = ARun(pb::TimetableRun::STATE_SUCCEEDED, 1);
  runs.mutable_runs(0)->set_name("campaigns/m2/runs/6");
  *runs.add_runs() = ARun(pb::TimetableRun::STATE_SUCCEEDED, 24);
  server().Answers("ListTimetableRuns", runs);
  server().Answers("GetTimetableRun", ARun(pb::TimetableRun::STATE_SUCCEEDED, 24));
  EXPECT_THAT(Run({"timetables", "follow"}).out, StartsWith("Run 7: finished"));
  EXPECT_EQ(Run({"timetables", "runs", "6"}).exit_code, 0);
  EXPECT_EQ(server().Requests<pb::GetTimetableRunRequest>("GetTimetableRun")[0].name(),
            "campaigns/m2/runs/6");
}

TEST_F(ProgramTimetablesTest, ShowsTheLatestUnlessOneIsNamed) {
  server().Answers("GetTimetable", Draft());
  EXPECT_THAT(Run({"timetables", "show"}).out,
              HasSubstr("Mon 14 Jun  09:30-10:30  A 101  m2-017   Ana Martin\n"));
  EXPECT_EQ(Run({"timetables", "show", "3", "--by", "day"}).exit_code, 0);
  EXPECT_EQ(Run({"timetables", "show", "published", "--campaign", "m1"}).exit_code, 0);
  EXPECT_EQ(Run({"timetables", "show", "campaigns/x/timetables/2"}).exit_code, 0);
  std::vector<std::string> names;
  for (const auto& request : server().Requests<pb::GetTimetableRequest>("GetTimetable"))
    names.push_back(request.name());
  EXPECT_THAT(names, ElementsAre("campaigns/m2/timetables/latest", "campaigns/m2/timetables/3",
                                 "campaigns/m1/timetables/published", "campaigns/x/timetables/2"));
}

TEST_F(ProgramTimetablesTest, ExplainsATimetableOrADefenceInTheReadersLanguage) {
  server().Answers("GetTimetable", Draft());
  server().Answers("ExplainTimetable", pb::Explanation());
  server().Answers("ExplainDefence", pb::DefenceExplanation());
  ASSERT_EQ(Run({"timetables", "explain", "--language", "fr"}).exit_code, 0);
  ASSERT_EQ(Run({"timetables", "explain", "campaigns/m2/defences/m2-017", "--alternatives", "9", "--json"})
                .exit_code,
            0);
  EXPECT_EQ(server().Requests<pb::ExplainTimetableRequest>("ExplainTimetable")[0].language(), "fr");
  const auto request = server().Requests<pb::ExplainDefenceRequest>("ExplainDefence")[0];
  EXPECT_EQ(request.name(), "campaigns/m2/timetables/3");
  EXPECT_EQ(request.defence(), "campaigns/m2/defences/m2-017");
  EXPECT_EQ(request.alternative_count(), 9);
}

TEST_F(ProgramTimetablesTest, ShowsTheEffectOfAMoveWithoutMoving) {
  server().Answers("GetTimetable", Draft());
  server().Answers("MoveDefence", Moved());
  const Outcome outcome =
      Run({"timetables", "move", "m2-017", "--to", "14/06/2027 10:30", "--room", "b2", "--dry-run"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(
      outcome.out,
      HasSubstr(
          "m2-017 (Ana Martin): Mon 14 Jun 09:30, A 101 → Mon 14 Jun 10:30, b2\n  soft 380 → 470 (+90)\n"));
  const auto request = server().Requests<pb::MoveDefenceRequest>("MoveDefence")[0];
  EXPECT_TRUE(request.validate_only());
  EXPECT_EQ(request.start(), "2027-06-14T10:30");
  EXPECT_EQ(request.room(), "rooms/b2");
  EXPECT_EQ(request.etag(), "v5");
}

TEST_F(ProgramTimetablesTest, MovesWithConsentInOneCall) {
  server().Answers("GetTimetable", Draft());
  server().Answers("MoveDefence", Moved());
  const Outcome outcome = Run({"timetables", "move", "m2-017", "--to", "2027-06-14T10:30", "--room", "b2",
                               "--reason", "demande du jury", "--yes"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("Moved. Timetable 3 of m2 (draft)\n"));
  const auto requests = server().Requests<pb::MoveDefenceRequest>("MoveDefence");
  ASSERT_EQ(requests.size(), 1u);
  EXPECT_EQ(requests[0].override_reason(), "demande du jury");
  EXPECT_FALSE(requests[0].validate_only());
}

TEST_F(ProgramTimetablesTest, MovesInTheSameRoomOrAtTheSameTimeIfOnlyOneIsGiven) {
  server().Answers("GetTimetable", Draft());
  server().Answers("MoveDefence", Moved());
  const pb::Placement now = Draft().placements(0);
  ASSERT_EQ(Run({"timetables", "move", "m2-017", "--to", "2027-06-14T10:30", "--yes"}).exit_code, 0);
  ASSERT_EQ(Run({"timetables", "move", "m2-017", "--room", "b2", "--yes"}).exit_code, 0);
  const auto requests = server().Requests<pb::MoveDefenceRequest>("MoveDefence");
  EXPECT_EQ(requests[0].start(), "2027-06-14T10:30");
  EXPECT_EQ(requests[0].room(), now.room());
  EXPECT_EQ(requests[1].start(), now.start());
  EXPECT_EQ(requests[1].room(), "rooms/b2");
}

TEST_F(ProgramTimetablesTest, SaysHowToExplainATimetableIfItsNumberIsGivenAsADefence) {
  server().Answers("GetTimetable", Draft());
  const Outcome outcome = Run({"timetables", "explain", "3"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("soutenance timetables explain --timetable 3"));
}

TEST_F(ProgramTimetablesTest, MovesNothingWhereNobodyCanBeAsked) {
  server().Answers("GetTimetable", Draft());
  server().Answers("MoveDefence", Moved());
  EXPECT_EQ(Run({"timetables", "move", "m2-017", "--to", "2027-06-14T10:30", "--room", "b2"}).exit_code, 2);
  for (const auto& request : server().Requests<pb::MoveDefenceRequest>("MoveDefence"))
    EXPECT_TRUE(request.validate_only());
  EXPECT_EQ(Run({"timetables", "move", "m2-017"}).exit_code, 2);
}

TEST_F(ProgramTimetablesTest, SaysThatAMoveInAPublishedTimetableMadeANewDraft) {
  server().Answers("GetTimetable", Draft(pb::Timetable::STATE_PUBLISHED));
  pb::MoveDefenceResponse moved = Moved();
  moved.mutable_timetable()->set_name("campaigns/m2/timetables/4");
  server().Answers("MoveDefence", moved);
  EXPECT_THAT(Run({"timetables", "unplace", "m2-017", "--yes"}).out, HasSubstr("It is a new draft"));
  EXPECT_EQ(server().Requests<pb::MoveDefenceRequest>("MoveDefence")[0].start(), "");
}

TEST_F(ProgramTimetablesTest, PrintsWhyAMoveIsRefusedAndWhatHelps) {
  server().Answers("GetTimetable", Draft());
  server().Refuses("MoveDefence", Error(absl::StatusCode::kFailedPrecondition, "another rule would be broken",
                                        {.reason = "REASON_REQUIRED",
                                         .preconditions = {{"room_opening", "rooms/b2", "closed then"}}}));
  const Outcome outcome =
      Run({"timetables", "move", "m2-017", "--to", "2027-06-14T10:30", "--room", "b2", "--yes"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.err,
            "soutenance: refused: another rule would be broken\n"
            "  - room_opening, rooms/b2: closed then\n"
            "  reason: REASON_REQUIRED\n"
            "  hint: --reason TEXT says why\n");
}

pb::FindRepairsResponse TwoRepairs() {
  pb::FindRepairsResponse found;
  for (const char* person : {"people/ana", "people/bruno"}) {
    pb::Repair& repair = *found.add_repairs();
    repair.set_people_count(1);
    repair.set_minutes(60);
    repair.add_defences("campaigns/m2/defences/m2-009");
    repair.set_sentence(absl::StrCat("If ", person, " is free on Tuesday, 1 more defence fits."));
    pb::RepairStep& step = *repair.add_steps();
    step.set_kind("person_frees");
    step.set_person(person);
    step.set_start("2027-06-15T10:00");
    step.set_end("2027-06-15T11:00");
  }
  return found;
}

pb::ApplyRepairResponse Applied(const pb::Timetable& draft) {
  pb::ApplyRepairResponse response;
  *response.mutable_timetable() = draft;
  response.mutable_timetable()->set_name("campaigns/m2/timetables/4");
  response.mutable_timetable()->add_assumptions("Bruno is free on Tuesday.");
  auto& difference = *response.mutable_comparison()->add_differences();
  difference.set_kind(pb::Comparison::KIND_NEW);
  *difference.mutable_after() = draft.placements(0);
  return response;
}

TEST_F(ProgramTimetablesTest, FindsRepairsAndSaysHowToApplyOne) {
  server().Answers("GetTimetable", Draft());
  server().Answers("FindRepairs", TwoRepairs());
  const Outcome outcome = Run({"timetables", "repair", "3", "--defence", "m2-009"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.out,
            "Timetable 3 of m2 (draft)\n"
            "  1. If people/ana is free on Tuesday, 1 more defence fits. [1 person asked, 60 min]\n"
            "  2. If people/bruno is free on Tuesday, 1 more defence fits. [1 person asked, 60 min]\n"
            "\n"
            "To make a draft of the first: soutenance timetables repair 3 --apply 1 --defence m2-009\n");
  const auto request = server().Requests<pb::FindRepairsRequest>("FindRepairs")[0];
  EXPECT_EQ(request.name(), "campaigns/m2/timetables/3");
  EXPECT_EQ(request.defence(), "campaigns/m2/defences/m2-009");
}

TEST_F(ProgramTimetablesTest, MakesADraftOfTheRepairThatWasChosen) {
  server().Answers("GetTimetable", Draft());
  server().Answers("FindRepairs", TwoRepairs());
  server().Answers("ApplyRepair", Applied(Draft()));
  const Outcome outcome = Run({"timetables", "repair", "--apply", "2", "--yes"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("If people/bruno is free on Tuesday"));
  EXPECT_THAT(outcome.out, HasSubstr("Assumes what is still to be made so\n  - Bruno is free on Tuesday.\n"));
  EXPECT_THAT(outcome.out, HasSubstr("Made: Timetable 4 of m2 (draft)\n"));
  EXPECT_THAT(outcome.out, HasSubstr("Nobody was asked and nothing else changed."));
  const auto requests = server().Requests<pb::ApplyRepairRequest>("ApplyRepair");
  ASSERT_EQ(requests.size(), 1u);
  EXPECT_EQ(requests[0].steps(0).person(), "people/bruno");
  EXPECT_EQ(requests[0].defences(0), "campaigns/m2/defences/m2-009");
  EXPECT_EQ(requests[0].etag(), "v5");
  EXPECT_FALSE(requests[0].validate_only());
}

TEST_F(ProgramTimetablesTest, RefusesARepairThatIsNotInTheList) {
  server().Answers("GetTimetable", Draft());
  server().Answers("FindRepairs", TwoRepairs());
  const Outcome outcome = Run({"timetables", "repair", "--apply", "3", "--yes"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("--apply 3: expected 1 to 2"));
}

TEST_F(ProgramTimetablesTest, NamesTheRoomThatARepairNeeds) {
  server().Answers("GetTimetable", Draft());
  pb::FindRepairsResponse found = TwoRepairs();
  found.mutable_repairs(0)->mutable_steps(0)->set_kind("extra_room");
  server().Answers("FindRepairs", found);
  server().Answers("ApplyRepair", Applied(Draft()));
  ASSERT_EQ(Run({"timetables", "repair", "--apply", "1", "--room", "b204", "--yes"}).exit_code, 0);
  ASSERT_EQ(Run({"timetables", "repair", "3", "--found", "extra-1=b204", "--yes"}).exit_code, 0);
  const auto requests = server().Requests<pb::ApplyRepairRequest>("ApplyRepair");
  EXPECT_EQ(requests[0].steps(0).room(), "rooms/b204");
  EXPECT_EQ(requests[1].found_rooms(0).placeholder(), "rooms/extra-1");
  EXPECT_EQ(requests[1].found_rooms(0).room(), "rooms/b204");
  EXPECT_EQ(Run({"timetables", "repair", "--apply", "2", "--room", "b204", "--yes"}).exit_code, 2);
}

TEST_F(ProgramTimetablesTest, MakesThoseWhoWereChosenMembersOfTheJuries) {
  pb::Timetable draft = Draft();
  pb::Attendee& chosen = *draft.mutable_placements(0)->add_jury();
  chosen.set_person("people/rita");
  chosen.set_display_name("Rita Noor");
  chosen.set_role("reviewer");
  chosen.set_composed(true);
  server().Answers("GetTimetable", draft);
  pb::ApplyJuriesResponse response;
  response.set_seat_count(1);
  response.mutable_juries()->set_updated_count(1);
  server().Answers("ApplyJuries", response);
  const Outcome tried = Run({"timetables", "juries", "--dry-run"});
  ASSERT_EQ(tried.exit_code, 0) << tried.err;
  EXPECT_THAT(tried.out, HasSubstr("Rita Noor, reviewer"));
  EXPECT_THAT(tried.out, HasSubstr("1 seat; "));
  ASSERT_EQ(Run({"timetables", "juries", "--yes"}).exit_code, 0);
  const auto requests = server().Requests<pb::ApplyJuriesRequest>("ApplyJuries");
  EXPECT_TRUE(requests[0].validate_only());
  EXPECT_FALSE(requests[1].validate_only());
  EXPECT_EQ(requests[1].etag(), "v5");
  EXPECT_THAT(Run({"timetables", "show"}).out, HasSubstr("Rita Noor*"));
}

TEST_F(ProgramTimetablesTest, ChoosesSomebodyElseForASeat) {
  server().Answers("GetTimetable", Draft());
  pb::MoveDefenceResponse response;
  *response.mutable_timetable() = Draft();
  server().Answers("MoveDefence", response);
  ASSERT_EQ(Run({"timetables", "move", "m2-017", "--seat", "reviewer=sam", "--yes"}).exit_code, 0);
  const auto request = server().Requests<pb::MoveDefenceRequest>("MoveDefence")[0];
  EXPECT_EQ(request.holders(0).role(), "reviewer");
  EXPECT_EQ(request.holders(0).person(), "people/sam");
  EXPECT_EQ(request.start(), "");
}

TEST_F(ProgramTimetablesTest, PinsOneAspectAndKeepsTheOthers) {
  pb::Timetable draft = Draft();
  draft.mutable_placements(0)->mutable_pin()->set_room(true);
  server().Answers("GetTimetable", draft);
  server().Answers("PinDefence", draft);
  EXPECT_THAT(Run({"timetables", "pin", "m2-017", "--day"}).out,
              HasSubstr("m2-017: pinned: room, Timetable"));
  ASSERT_EQ(Run({"timetables", "unpin", "m2-017"}).exit_code, 0);
  const auto requests = server().Requests<pb::PinDefenceRequest>("PinDefence");
  EXPECT_TRUE(requests[0].pin().day());
  EXPECT_FALSE(requests[0].pin().time());
  EXPECT_TRUE(requests[0].pin().room());
  EXPECT_FALSE(requests[1].pin().day() || requests[1].pin().time() || requests[1].pin().room());
}

TEST_F(ProgramTimetablesTest, PinsAJurorAndTheModeByThemselves) {
  pb::Timetable draft = Draft();
  draft.mutable_placements(0)->mutable_pin()->add_jurors("people/ana");
  server().Answers("GetTimetable", draft);
  server().Answers("PinDefence", draft);
  ASSERT_EQ(Run({"timetables", "pin", "m2-017", "--juror", "bob", "--mode"}).exit_code, 0);
  ASSERT_EQ(Run({"timetables", "unpin", "m2-017", "--juror", "ana"}).exit_code, 0);
  const auto requests = server().Requests<pb::PinDefenceRequest>("PinDefence");
  EXPECT_THAT(requests[0].pin().jurors(), ElementsAre("people/ana", "people/bob"));
  EXPECT_TRUE(requests[0].pin().mode());
  EXPECT_FALSE(requests[0].pin().day());
  EXPECT_THAT(requests[1].pin().jurors(), IsEmpty());
}

TEST_F(ProgramTimetablesTest, ReplansWhatIsPublishedAndSaysWhoMustBeTold) {
  server().Answers("GetTimetable", Draft(pb::Timetable::STATE_PUBLISHED));
  pb::ReplanTimetableResponse response;
  *response.mutable_timetable() = Draft();
  response.set_created(true);
  pb::ToldPerson& person = *response.add_people();
  person.set_display_name("Eve Noir");
  pb::ToldChange& change = *person.add_changes();
  change.set_defence("campaigns/m2/defences/m2-017");
  change.set_kind(pb::ToldChange::KIND_MOVED);
  change.set_sentence("The defence of Ana now takes place on Tuesday.");
  change.set_notice_days(3);
  server().Answers("ReplanTimetable", response);
  const Outcome outcome = Run({"timetables", "replan", "--now", "10/06/2027 08:00"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out,
              HasSubstr("Eve Noir (notice: 3 days)\n    - The defence of Ana now takes place on Tuesday."));
  EXPECT_THAT(outcome.out, HasSubstr("soutenance timetables publish 3"));
  const auto request = server().Requests<pb::ReplanTimetableRequest>("ReplanTimetable")[0];
  EXPECT_EQ(request.name(), "campaigns/m2/timetables/3");
  EXPECT_EQ(request.etag(), "v5");
  EXPECT_EQ(request.now(), "2027-06-10T08:00");
  EXPECT_FALSE(request.validate_only());
  EXPECT_EQ(server().Requests<pb::GetTimetableRequest>("GetTimetable")[0].name(),
            "campaigns/m2/timetables/published");
}

TEST_F(ProgramTimetablesTest, ReplansWithoutWritingInADryRun) {
  server().Answers("GetTimetable", Draft(pb::Timetable::STATE_PUBLISHED));
  server().Answers("ReplanTimetable", pb::ReplanTimetableResponse());
  const Outcome outcome = Run({"timetables", "replan", "--dry-run"});
  EXPECT_THAT(outcome.out, HasSubstr("dry run: nothing was written"));
  EXPECT_TRUE(server().Requests<pb::ReplanTimetableRequest>("ReplanTimetable")[0].validate_only());
}

TEST_F(ProgramTimetablesTest, PublishesWhatItHasRead) {
  server().Answers("GetTimetable", Draft());
  pb::Timetable published = Draft(pb::Timetable::STATE_PUBLISHED);
  published.add_facts_changed("room b2 has 20 seats now");
  server().Answers("PublishTimetable", published);
  const Outcome outcome = Run({"timetables", "publish", "--allow-incomplete"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("Published: everybody concerned may see it.\nTimetable 3 of m2 "
                                     "(published): 1 of 1 defence placed\n"));
  EXPECT_THAT(outcome.out, HasSubstr("  - room b2 has 20 seats now\n"));
  const auto request = server().Requests<pb::PublishTimetableRequest>("PublishTimetable")[0];
  EXPECT_EQ(request.name(), "campaigns/m2/timetables/3");
  EXPECT_EQ(request.etag(), "v5");
  EXPECT_TRUE(request.allow_incomplete());
}

pb::ExportTimetableResponse ADocument(const std::string& file_name) {
  pb::ExportTimetableResponse document;
  document.set_file_name(file_name);
  document.set_content("content");
  document.set_media_type("text/plain");
  return document;
}

TEST_F(ProgramTimetablesTest, ExportsEveryDocumentOfThePublishedTimetable) {
  server().Answers("GetTimetable", Draft(pb::Timetable::STATE_PUBLISHED));
  for (const char* name : {"s.html", "s.csv", "s.csv", "s.ics", "s.pdf"})
    server().Answers("ExportTimetable", ADocument(name));
  const std::string folder = program_.folder() + "/out/documents";
  const Outcome outcome = Run({"timetables", "export", "--all", "--out", folder, "--json"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    names.push_back(entry.path().filename());
  EXPECT_THAT(names, ::testing::UnorderedElementsAre("s.html", "s.csv", "s-machine.csv", "s.ics", "s.pdf"));
  EXPECT_THAT(outcome.out, HasSubstr("{\"format\":\"html\",\"path\":\"" + folder +
                                     "/s.html\",\"mediaType\":\"text/plain\",\"bytes\":7}"));
  EXPECT_EQ(server().Requests<pb::GetTimetableRequest>("GetTimetable")[0].name(),
            "campaigns/m2/timetables/published");
  EXPECT_EQ(server().Requests<pb::ExportTimetableRequest>("ExportTimetable")[0].language(),
            "");  // the campaign's own
}

TEST_F(ProgramTimetablesTest, ExportsTheLatestIfNothingIsPublished) {
  server().Refuses("GetTimetable", NotFound("timetable", "campaigns/m2/timetables/published"));
  server().Answers("GetTimetable", Draft());
  server().Answers("ExportTimetable", ADocument("s.ics"));
  const Outcome outcome = Run({"timetables", "export", "--format", "ics", "--only", "people/bruno", "--out",
                               "-", "--language", "fr"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.out, "content");
  const auto request = server().Requests<pb::ExportTimetableRequest>("ExportTimetable")[0];
  EXPECT_EQ(request.only(), "people/bruno");
  EXPECT_EQ(request.language(), "fr");
  EXPECT_EQ(request.format(), pb::ExportTimetableRequest::FORMAT_ICS);
}

TEST_F(ProgramTimetablesTest, WritesNoDocumentOutsideTheFolder) {
  server().Answers("GetTimetable", Draft());
  server().Answers("ExportTimetable", ADocument("../../escaped.html"));
  const std::string folder = program_.folder() + "/a/b";
  ASSERT_EQ(Run({"timetables", "export", "--format", "html", "--out", folder}).exit_code, 0);
  EXPECT_TRUE(std::filesystem::exists(folder + "/escaped.html"));
}

TEST_F(ProgramTimetablesTest, SaysWhatToExport) {
  EXPECT_EQ(Run({"timetables", "export"}).exit_code, 2);
  EXPECT_EQ(Run({"timetables", "export", "--all", "--out", "-"}).exit_code, 2);
}

TEST_F(ProgramTimetablesTest, DeletesADraftWithConsentOnly) {
  server().Answers("GetTimetable", Draft());
  server().Answers("DeleteTimetable", google::protobuf::Empty());
  EXPECT_EQ(Run({"timetables", "delete", "3"}).exit_code, 2);
  EXPECT_EQ(Run({"timetables", "delete", "3", "--yes"}).exit_code, 0);
  EXPECT_EQ(server().Requests<pb::DeleteTimetableRequest>("DeleteTimetable")[0].etag(), "v5");
}

// ---- at a terminal

TEST_F(ProgramTimetablesTest, ShowsProgressInOneLineOfTheTerminal) {
  server().Answers("CreateTimetableRun", ARun(pb::TimetableRun::STATE_RUNNING, 0));
  server().Answers("FollowTimetableRun", StreamOf({ARun(pb::TimetableRun::STATE_RUNNING, 20),
                                                   ARun(pb::TimetableRun::STATE_SUCCEEDED, 23)}));
  TerminalProgram terminal(program_, {"timetables", "run"});
  EXPECT_EQ(terminal.Wait(), 0);
  EXPECT_THAT(terminal.shown(), HasSubstr("\r\033[Krunning 1.5 s: 20/24 placed; soft 340"));
  EXPECT_THAT(terminal.shown(), HasSubstr("\r\033[KRun 7: finished"));
}

TEST_F(ProgramTimetablesTest, StopsTheRunOnCtrlC) {
  server().Answers("CreateTimetableRun", ARun(pb::TimetableRun::STATE_RUNNING, 0));
  server().Answers("FollowTimetableRun",
                   StreamOf({ARun(pb::TimetableRun::STATE_RUNNING, 20)}, Answer::End::kHold));
  server().Answers("CancelTimetableRun", ARun(pb::TimetableRun::STATE_CANCELLED, 22));
  server().Before("CancelTimetableRun", [&] {
    server().Release("FollowTimetableRun", ARun(pb::TimetableRun::STATE_CANCELLED, 22));
  });
  TerminalProgram terminal(program_, {"timetables", "run"});
  ASSERT_TRUE(terminal.WaitFor("20/24 placed"));
  terminal.Type("\x03");
  EXPECT_EQ(terminal.Wait(), 0);
  EXPECT_THAT(terminal.shown(), HasSubstr("cancelling, keeping the best so far…"));
  EXPECT_THAT(terminal.shown(), HasSubstr("Run 7: cancelled, 22 of 24"));
}

TEST_F(ProgramTimetablesTest, AsksForTheReasonAndForConsent) {
  server().Answers("GetTimetable", Draft());
  pb::MoveDefenceResponse effect = Moved();
  effect.add_needs_reason()->set_sentence("Room b2 is closed then.");
  server().Answers("MoveDefence", effect);
  server().Answers("MoveDefence", Moved());
  TerminalProgram terminal(program_, {"timetables", "move", "m2-017", "--to", "2027-06-14T10:30", "--room",
                                      "b2", "--language", "fr"});
  ASSERT_TRUE(terminal.WaitFor("Motif :"));
  EXPECT_THAT(terminal.shown(), HasSubstr("Room b2 is closed then."));
  terminal.Type("demande du jury\n");
  ASSERT_TRUE(terminal.WaitFor("La déplacer ? [o/N]"));
  terminal.Type("o\n");
  EXPECT_EQ(terminal.Wait(), 0);
  const auto requests = server().Requests<pb::MoveDefenceRequest>("MoveDefence");
  ASSERT_EQ(requests.size(), 2u);
  EXPECT_TRUE(requests[0].validate_only());
  EXPECT_FALSE(requests[1].validate_only());
  EXPECT_EQ(requests[1].override_reason(), "demande du jury");
}

TEST_F(ProgramTimetablesTest, DoesNothingWithoutAClearYes) {
  server().Answers("GetTimetable", Draft());
  server().Answers("MoveDefence", Moved());
  TerminalProgram terminal(program_, {"timetables", "unplace", "m2-017"});
  ASSERT_TRUE(terminal.WaitFor("Unplace it? [y/N]"));
  terminal.Type("\n");
  EXPECT_EQ(terminal.Wait(), 1);
  EXPECT_EQ(server().Calls("MoveDefence").size(), 1u);
}

TEST_F(ProgramTimetablesTest, ColoursOnlyWhereTheyAreWelcome) {
  server().Answers("GetTimetable", Draft());
  TerminalProgram coloured(program_, {"timetables", "show"});
  EXPECT_EQ(coloured.Wait(), 0);
  EXPECT_THAT(coloured.shown(), HasSubstr("\033[1mTimetable 3 of m2 (draft)\033[0m"));
  program_.Set("NO_COLOR", "1");
  TerminalProgram plain(program_, {"timetables", "show"});
  EXPECT_EQ(plain.Wait(), 0);
  EXPECT_THAT(plain.shown(), Not(HasSubstr("\033[1m")));
}

TEST_F(ProgramTimetablesTest, FitsTheTerminal) {
  pb::Timetable timetable = Draft();
  timetable.mutable_placements(0)->set_title(std::string(200, 'x'));
  server().Answers("GetTimetable", timetable);
  TerminalProgram terminal(program_, {"timetables", "show"});
  EXPECT_EQ(terminal.Wait(), 0);
  EXPECT_THAT(terminal.shown(), HasSubstr("xxx…"));
  EXPECT_THAT(terminal.shown(), Not(HasSubstr(std::string(60, 'x'))));
}

}  // namespace
}  // namespace soutenance::cli
