#include "services/scheduling/rpc/timetable_service.h"

#include <future>
#include <thread>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/runtime/status_wire.h"
#include "services/runtime/testing/pipeline.h"
#include "services/scheduling/rpc/timetable_proto.h"
#include "services/scheduling/testing/timetable_house.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::scheduling {
namespace {

using namespace testing;  // NOLINT: the house and what is in it

using ::soutenance::testing::IsOk;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// The service over a house, behind the pipeline and a channel. Tokens: "staff", "ana".
class TimetableServiceTest : public ::testing::Test {
 protected:
  explicit TimetableServiceTest(const CampaignFacts& facts = ThreeDefences(), Runs::Solver solver = nullptr)
      : house_(facts, std::move(solver)) {
    pipeline_.authenticator().Add("staff", Staff());
    pipeline_.authenticator().Add("ana", Ana());
  }

  template <typename Request, typename Answer>
  absl::Status Call(grpc::Status (pb::TimetableService::Stub::*method)(grpc::ClientContext*, const Request&,
                                                                       Answer*),
                    const Request& request, Answer& answer, absl::string_view token = "staff") {
    grpc::ClientContext context;
    pipeline_.Prepare(context, token);
    return runtime::FromGrpc((*stub_.*method)(&context, request, &answer));
  }

  pb::TimetableRun CreateRun(const std::string& request_id = "") {
    pb::CreateTimetableRunRequest request;
    request.set_parent("campaigns/m2");
    request.mutable_parameters()->set_moves_max(500);
    request.mutable_parameters()->set_threads(1);
    request.set_request_id(request_id);
    pb::TimetableRun run;
    EXPECT_OK(Call(&pb::TimetableService::Stub::CreateTimetableRun, request, run));
    return run;
  }

  pb::Timetable Compute() {
    CreateRun();
    house_.queue.DoAll();
    return Get("campaigns/m2/timetables/latest");
  }

  pb::Timetable Get(const std::string& name) {
    pb::GetTimetableRequest request;
    request.set_name(name);
    pb::Timetable timetable;
    EXPECT_OK(Call(&pb::TimetableService::Stub::GetTimetable, request, timetable));
    return timetable;
  }

  House house_;
  runtime::testing::Pipeline pipeline_{"scheduling", {pb::TimetableService::service_full_name()}};
  TimetableService service_{house_.runs, house_.timetables, pipeline_.calls()};
  std::unique_ptr<pb::TimetableService::Stub> stub_ =
      pb::TimetableService::NewStub(pipeline_.Serve({&service_}));
};

TEST_F(TimetableServiceTest, ComputesFollowsAndShows) {
  pb::TimetableRun run = CreateRun();
  EXPECT_EQ(run.name(), "campaigns/m2/runs/1");
  EXPECT_EQ(run.state(), pb::TimetableRun::STATE_QUEUED);
  EXPECT_EQ(run.account(), "accounts/staff");
  EXPECT_TRUE(run.has_create_time());
  EXPECT_FALSE(run.has_start_time());
  EXPECT_FALSE(run.has_progress());
  house_.queue.DoAll();

  pb::GetTimetableRunRequest request;
  request.set_name(run.name());
  ASSERT_OK(Call(&pb::TimetableService::Stub::GetTimetableRun, request, run));
  EXPECT_EQ(run.state(), pb::TimetableRun::STATE_SUCCEEDED);
  EXPECT_EQ(run.timetable(), "campaigns/m2/timetables/1");
  EXPECT_EQ(run.progress().placed_count(), 3);
  ASSERT_EQ(run.progress().score_size(), 9);
  EXPECT_EQ(run.progress().score(0).level(), "hard");
  EXPECT_EQ(run.progress().score(3).level(), "soft");
  EXPECT_EQ(run.progress().score(8).level(), "soft_6");
  for (const pb::LevelScore& level : run.progress().score()) {
    EXPECT_LE(level.bound(), level.points()) << level.level();
  }
  EXPECT_TRUE(run.progress().score(1).proven()) << "all are placed";

  const pb::Timetable timetable = Get(run.timetable());
  EXPECT_EQ(timetable.etag(), "v1");
  EXPECT_EQ(timetable.state(), pb::Timetable::STATE_DRAFT);
  EXPECT_EQ(timetable.run(), run.name());
  ASSERT_EQ(timetable.score_size(), 9);
  for (int i = 0; i < timetable.score_size(); ++i) {
    EXPECT_EQ(timetable.score(i).bound(), run.progress().score(i).bound());
    EXPECT_EQ(timetable.score(i).proven(), run.progress().score(i).proven());
  }
  ASSERT_EQ(timetable.placements_size(), 3);
  EXPECT_EQ(timetable.placements(0).start().size(), std::string("2027-06-14T09:30").size());
  EXPECT_FALSE(timetable.placements(0).has_pin());
}

TEST_F(TimetableServiceTest, RepeatsACallWithTheSameRequestId) {
  EXPECT_EQ(CreateRun("r-1").name(), "campaigns/m2/runs/1");
  EXPECT_EQ(CreateRun("r-1").name(), "campaigns/m2/runs/1");
  EXPECT_EQ(CreateRun("r-2").name(), "campaigns/m2/runs/2");
}

TEST_F(TimetableServiceTest, ListsRunsAndTimetables) {
  Compute();
  Compute();
  pb::ListTimetableRunsRequest runs_request;
  runs_request.set_parent("campaigns/m2");
  runs_request.set_page_size(1);
  pb::ListTimetableRunsResponse runs;
  ASSERT_OK(Call(&pb::TimetableService::Stub::ListTimetableRuns, runs_request, runs));
  ASSERT_EQ(runs.runs_size(), 1);
  runs_request.set_page_token(runs.next_page_token());
  ASSERT_OK(Call(&pb::TimetableService::Stub::ListTimetableRuns, runs_request, runs));
  ASSERT_EQ(runs.runs_size(), 1);
  EXPECT_EQ(runs.runs(0).name(), "campaigns/m2/runs/2");
  EXPECT_EQ(runs.next_page_token(), "");

  pb::ListTimetablesRequest request;
  request.set_parent("campaigns/m2");
  pb::ListTimetablesResponse timetables;
  ASSERT_OK(Call(&pb::TimetableService::Stub::ListTimetables, request, timetables));
  ASSERT_EQ(timetables.timetables_size(), 2);
  EXPECT_EQ(timetables.timetables(0).placements_size(), 0);
}

TEST_F(TimetableServiceTest, ReplansAfterAJurorFellIll) {
  const pb::Timetable draft = Compute();
  pb::PublishTimetableRequest publish;
  publish.set_name(draft.name());
  pb::Timetable published;
  ASSERT_OK(Call(&pb::TimetableService::Stub::PublishTimetable, publish, published));

  pb::ReplanTimetableRequest replan;
  replan.set_name("campaigns/m2/timetables/published");
  replan.set_now("2027-06-07T08:00");
  replan.set_language("en");
  pb::ReplanTimetableResponse response;
  ASSERT_OK(Call(&pb::TimetableService::Stub::ReplanTimetable, replan, response));
  EXPECT_FALSE(response.created());
  EXPECT_EQ(response.people_size(), 0);

  std::string day;
  for (const pb::Placement& placement : published.placements()) {
    if (placement.thesis() == "theses/3") day = placement.start().substr(0, 10);
  }
  house_.SetAvailability("people/eve", {Period(day, "00:00", "24:00", Answer::kNo)});
  ASSERT_OK(Call(&pb::TimetableService::Stub::ReplanTimetable, replan, response));
  EXPECT_TRUE(response.created());
  EXPECT_TRUE(response.minimal());
  EXPECT_EQ(response.timetable().base_timetable(), published.name());
  ASSERT_EQ(response.people_size(), 2);
  EXPECT_EQ(response.people(0).person(), "people/eve");
  EXPECT_EQ(response.people(0).changes(0).kind(), pb::ToldChange::KIND_MOVED);
  EXPECT_EQ(response.people(0).changes(0).before().start().substr(0, 10), day);
  EXPECT_NE(response.people(0).changes(0).after().start().substr(0, 10), day);

  replan.set_time_ms_max(31'000);
  replan.set_now("soon");
  EXPECT_THAT(Call(&pb::TimetableService::Stub::ReplanTimetable, replan, response),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
}

class WithoutEveTest : public TimetableServiceTest {
 protected:
  static CampaignFacts Facts() {
    CampaignFacts facts = ThreeDefences();
    Answered(facts, "people/eve",
             {Period("2027-06-14", "00:00", "24:00", Answer::kNo),
              Period("2027-06-15", "00:00", "24:00", Answer::kNo)});
    return facts;
  }
  WithoutEveTest() : TimetableServiceTest(Facts()) {}
};

TEST_F(WithoutEveTest, ExplainsFindsRepairsAndAppliesOne) {
  const pb::Timetable draft = Compute();
  pb::ExplainTimetableRequest explain;
  explain.set_name(draft.name());
  explain.set_language("en");
  pb::Explanation explanation;
  ASSERT_OK(Call(&pb::TimetableService::Stub::ExplainTimetable, explain, explanation));
  ASSERT_EQ(explanation.unplaced_size(), 1);
  EXPECT_TRUE(explanation.unplaced(0).minimal());

  pb::FindRepairsRequest find;
  find.set_name(draft.name());
  find.set_language("en");
  pb::FindRepairsResponse found;
  ASSERT_OK(Call(&pb::TimetableService::Stub::FindRepairs, find, found));
  ASSERT_GT(found.repairs_size(), 0);
  EXPECT_EQ(found.without_repair_size(), 0);
  const pb::Repair& repair = found.repairs(0);
  EXPECT_EQ(repair.steps(0).kind(), "person_frees");
  EXPECT_EQ(repair.steps(0).person(), "people/eve");
  EXPECT_EQ(repair.people_count(), 1);
  EXPECT_THAT(repair.sentence(), HasSubstr("1 more defence fits"));

  pb::ApplyRepairRequest apply;
  apply.set_name(draft.name());
  *apply.mutable_steps() = repair.steps();
  *apply.mutable_defences() = repair.defences();
  apply.set_etag(draft.etag());
  pb::ApplyRepairResponse applied;
  ASSERT_OK(Call(&pb::TimetableService::Stub::ApplyRepair, apply, applied));
  EXPECT_EQ(applied.timetable().name(), "campaigns/m2/timetables/2");
  EXPECT_EQ(applied.timetable().base_timetable(), draft.name());
  EXPECT_EQ(applied.timetable().placed_count(), 3);
  EXPECT_EQ(applied.timetable().assumptions_size(), 1);
  EXPECT_GT(applied.comparison().differences_size(), 0);

  find.set_repair_count(51);
  EXPECT_THAT(Call(&pb::TimetableService::Stub::FindRepairs, find, found),
              StatusIs(absl::StatusCode::kInvalidArgument));
  apply.mutable_steps(0)->set_kind("miracle");
  apply.mutable_steps(0)->set_end("noon");
  apply.clear_defences();
  const absl::Status wrong = Call(&pb::TimetableService::Stub::ApplyRepair, apply, applied);
  EXPECT_THAT(wrong, StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
  EXPECT_EQ(FactsOf(wrong).fields.size(), 3u);
  EXPECT_THAT(Call(&pb::TimetableService::Stub::FindRepairs, find, found, "ana"),
              StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST_F(TimetableServiceTest, SaysWhyItRefusesInTheLanguageAskedFor) {
  const pb::Timetable draft = Compute();
  pb::MoveDefenceRequest move;
  move.set_name(draft.name());
  move.set_defence("campaigns/m2/defences/3");
  move.set_start("2027-06-15T12:00");
  move.set_room("rooms/b");
  pb::MoveDefenceResponse moved;
  EXPECT_THAT(std::string(Call(&pb::TimetableService::Stub::MoveDefence, move, moved).message()),
              HasSubstr("a rule that may not be broken would be"));
  move.set_language("fr");
  EXPECT_THAT(std::string(Call(&pb::TimetableService::Stub::MoveDefence, move, moved).message()),
              HasSubstr("une règle stricte serait enfreinte : "));
  pb::ApplyJuriesRequest apply;
  apply.set_name(draft.name());
  pb::ApplyJuriesResponse applied;
  EXPECT_THAT(Call(&pb::TimetableService::Stub::ApplyJuries, apply, applied),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("NOBODY_CHOSEN")));
  EXPECT_THAT(Call(&pb::TimetableService::Stub::ApplyJuries, apply, applied, "ana"),
              StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST_F(TimetableServiceTest, MovesPinsPublishesAndExports) {
  const pb::Timetable draft = Compute();
  pb::MoveDefenceRequest move;
  move.set_name(draft.name());
  move.set_defence("campaigns/m2/defences/3");
  move.set_start("2027-06-15T16:00");
  move.set_room("rooms/b");
  move.set_etag(draft.etag());
  pb::MoveDefenceResponse moved;
  ASSERT_OK(Call(&pb::TimetableService::Stub::MoveDefence, move, moved));
  EXPECT_EQ(moved.timetable().etag(), "v2");
  EXPECT_GE(moved.score_after_size(), 4);
  EXPECT_THAT(Call(&pb::TimetableService::Stub::MoveDefence, move, moved),
              StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));

  pb::PinDefenceRequest pin;
  pin.set_name(draft.name());
  pin.set_defence("campaigns/m2/defences/3");
  pin.mutable_pin()->set_room(true);
  pb::Timetable pinned;
  ASSERT_OK(Call(&pb::TimetableService::Stub::PinDefence, pin, pinned));
  move.clear_etag();
  move.set_room("rooms/a");
  EXPECT_THAT(Call(&pb::TimetableService::Stub::MoveDefence, move, moved),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("PINNED")));

  pb::PublishTimetableRequest publish;
  publish.set_name(draft.name());
  publish.set_etag(pinned.etag());
  pb::Timetable published;
  ASSERT_OK(Call(&pb::TimetableService::Stub::PublishTimetable, publish, published));
  EXPECT_EQ(published.state(), pb::Timetable::STATE_PUBLISHED);
  EXPECT_TRUE(published.has_publish_time());
  EXPECT_EQ(Get("campaigns/m2/timetables/published").name(), draft.name());

  pb::ExportTimetableRequest request;
  request.set_name("campaigns/m2/timetables/published");
  request.set_format(pb::ExportTimetableRequest::FORMAT_ICS);
  request.set_only("people/eve");
  pb::ExportTimetableResponse file;
  ASSERT_OK(Call(&pb::TimetableService::Stub::ExportTimetable, request, file, "ana"));
  EXPECT_EQ(file.file_name(), "soutenances-m2-eve.ics");
  EXPECT_THAT(file.content(), HasSubstr("20270615T160000"));

  pb::DeleteTimetableRequest remove;
  remove.set_name(draft.name());
  google::protobuf::Empty empty;
  EXPECT_THAT(Call(&pb::TimetableService::Stub::DeleteTimetable, remove, empty),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("PUBLISHED")));
}

TEST_F(TimetableServiceTest, ExplainsAndCompares) {
  Compute();
  Compute();
  pb::ExplainTimetableRequest explain;
  explain.set_name("campaigns/m2/timetables/1");
  explain.set_language("en");
  pb::Explanation explanation;
  ASSERT_OK(Call(&pb::TimetableService::Stub::ExplainTimetable, explain, explanation));
  ASSERT_GT(explanation.rules_size(), 10);
  EXPECT_EQ(explanation.rules(0).rule(), "room_clash");
  EXPECT_EQ(explanation.rules(0).level(), "hard");
  EXPECT_THAT(explanation.rules(0).sentence(), HasSubstr("one defence at a time"));

  pb::ExplainDefenceRequest defence;
  defence.set_name("campaigns/m2/timetables/1");
  defence.set_defence("campaigns/m2/defences/1");
  pb::DefenceExplanation why;
  ASSERT_OK(Call(&pb::TimetableService::Stub::ExplainDefence, defence, why));
  EXPECT_EQ(why.alternatives_size(), 5);
  EXPECT_NE(why.alternatives(0).start(), "");

  pb::CompareTimetablesRequest compare;
  compare.set_before("campaigns/m2/timetables/1");
  compare.set_after("campaigns/m2/timetables/2");
  pb::Comparison comparison;
  ASSERT_OK(Call(&pb::TimetableService::Stub::CompareTimetables, compare, comparison));
  EXPECT_EQ(comparison.unchanged_count() + comparison.differences_size(), 3);
}

TEST_F(TimetableServiceTest, HidesDraftsFromOthersAndStaffMethodsFromThem) {
  Compute();
  pb::GetTimetableRequest get;
  get.set_name("campaigns/m2/timetables/1");
  pb::Timetable timetable;
  EXPECT_THAT(Call(&pb::TimetableService::Stub::GetTimetable, get, timetable, "ana"),
              StatusIs(absl::StatusCode::kNotFound, Reason("TIMETABLE_NOT_FOUND")));
  pb::ExplainTimetableRequest explain;
  explain.set_name(get.name());
  pb::Explanation explanation;
  EXPECT_THAT(Call(&pb::TimetableService::Stub::ExplainTimetable, explain, explanation, "ana"),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
}

TEST_F(TimetableServiceTest, NamesEveryFieldThatIsWrong) {
  pb::MoveDefenceRequest move;
  move.set_name("x");
  move.set_defence("y");
  move.set_start("tomorrow");
  move.set_language("de");
  move.set_override_reason(std::string(501, 'a'));
  move.set_request_id(std::string(64, 'a'));
  pb::MoveDefenceResponse moved;
  const absl::Status status = Call(&pb::TimetableService::Stub::MoveDefence, move, moved);
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
  std::vector<std::string> fields;
  for (const FieldViolation& field : FactsOf(status).fields) fields.push_back(field.field);
  EXPECT_THAT(fields,
              ElementsAre("request_id", "name", "defence", "room", "start", "language", "override_reason"));
}

TEST_F(TimetableServiceTest, StreamsARunUntilItHasFinished) {
  const pb::TimetableRun created = CreateRun();
  grpc::ClientContext context;
  pipeline_.Prepare(context, "staff");
  pb::FollowTimetableRunRequest request;
  request.set_name(created.name());
  const auto stream = stub_->FollowTimetableRun(&context, request);
  pb::TimetableRun run;
  ASSERT_TRUE(stream->Read(&run));
  EXPECT_EQ(run.state(), pb::TimetableRun::STATE_QUEUED);
  house_.queue.DoAll();
  while (stream->Read(&run)) {
  }
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(run.state(), pb::TimetableRun::STATE_SUCCEEDED);
}

TEST_F(TimetableServiceTest, LetsAFollowerGo) {
  const pb::TimetableRun created = CreateRun();
  pb::FollowTimetableRunRequest request;
  request.set_name(created.name());
  {
    grpc::ClientContext context;
    pipeline_.Prepare(context, "staff");
    const auto stream = stub_->FollowTimetableRun(&context, request);
    pb::TimetableRun run;
    ASSERT_TRUE(stream->Read(&run));
    context.TryCancel();
    EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
  // The handler has ended soon after: one line in the log.
  for (int i = 0; i < 100 && pipeline_.LogLines().size() < 2; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  ASSERT_GE(pipeline_.LogLines().size(), 2u);
  EXPECT_THAT(pipeline_.LogLines().back(), HasSubstr("FollowTimetableRun"));
}

TEST_F(TimetableServiceTest, CancelsARunThatWaits) {
  pb::CancelTimetableRunRequest request;
  request.set_name(CreateRun().name());
  pb::TimetableRun run;
  ASSERT_OK(Call(&pb::TimetableService::Stub::CancelTimetableRun, request, run));
  EXPECT_EQ(run.state(), pb::TimetableRun::STATE_CANCELLED);
  EXPECT_EQ(run.timetable(), "");
}

// Names as long as they get: 5,000 defences before juries of 12.
CampaignFacts ALargeCampaign() {
  CampaignFacts facts{.campaign = ACampaign()};
  facts.rooms["rooms/a"] = {
      .name = "rooms/a", .title = "Amphithéâtre Simone-Veil, bâtiment B", .capacity_seats = 99};
  const auto person = [](int i) { return absl::StrCat("people/", 1'000'000'000 + i, "-etablissement"); };
  for (int i = 0; i < 400; ++i) {
    facts.people[person(i)] = {
        .name = person(i),
        .display_name = absl::StrCat("Marie-Antoinette de La Rochefoucauld-Doudeauville ", i)};
  }
  for (int i = 0; i < 5000; ++i) {
    const std::string thesis = absl::StrCat("theses/", 10'000 + i);
    facts.defences.push_back({.campaign = "campaigns/m2", .thesis = thesis, .version = 1});
    facts.theses[thesis] = {.name = thesis,
                            .title = std::string(250, 't'),
                            .authors = {person(i % 400), person((i + 1) % 400)},
                            .supervisor = person((i + 2) % 400),
                            .programme = "programmes/msi"};
    JuryFacts& jury = facts.juries[thesis];
    jury.thesis = thesis;
    for (int j = 0; j < 12; ++j) {
      jury.seats.push_back(
          {.person = person((i + 2 + j) % 400), .role = SeatRole::kCompanyTutor, .is_remote = true});
    }
  }
  return facts;
}

TimetableRecord LargeRecord(const Cast& cast) {
  TimetableRecord timetable{.key = {"campaigns/m2", 1}, .created = absl::FromUnixSeconds(1'800'000'000)};
  for (const auto& [thesis, shown] : cast.theses) {
    timetable.placements.push_back({.thesis = thesis, .place = At("2027-06-14T09:00", "rooms/a")});
  }
  return timetable;
}

TEST(LargestTimetable, FitsIntoOneMessage) {
  const Cast cast = CastOf(ALargeCampaign());
  const TimetableRecord timetable = LargeRecord(cast);
  ASSERT_EQ(timetable.placements.size(), 5000u);
  const pb::Timetable message = ToProto(ViewOf(timetable, cast, {.is_staff = true}));
  EXPECT_LT(message.ByteSizeLong(), TimetableService::kAnswerBytesMax);
  EXPECT_GT(message.ByteSizeLong(), std::size_t{6} << 20);
}

TEST_F(TimetableServiceTest, SendsTheLargestTimetable) {
  const Cast cast = CastOf(ALargeCampaign());
  const StoredFacts facts = MakeStoredFacts("problem", WriteCast(cast), "");
  TimetableRecord timetable = LargeRecord(cast);
  timetable.computed_from = facts.id;
  timetable.shown_with = facts.id;
  ASSERT_OK(house_.store.Write([&](TimetableWriter& writer) -> absl::Status {
    const absl::Status put = writer.PutFacts(facts);
    return put.ok() ? writer.InsertTimetable(timetable) : put;
  }));
  EXPECT_EQ(Get("campaigns/m2/timetables/1").placements_size(), 5000);
}

}  // namespace
}  // namespace soutenance::scheduling
