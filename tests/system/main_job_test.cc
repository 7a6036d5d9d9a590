// The main job, from a folder of spreadsheets to a published timetable, as an administrator does it. Written
// once and run in process, as one binary, as a binary per service, and on PostgreSQL.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/system/client.h"
#include "tests/system/databases.h"
#include "tests/system/deployment.h"
#include "tests/system/folders.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::system_test {
namespace {

namespace dir = ::soutenance::directory::v1;
namespace sched = ::soutenance::scheduling::v1;
using ::soutenance::testing::IsOk;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kCampaign[] = "campaigns/m2-alternance-2027";
constexpr int kDefences = 23;

enum class Store { kSqlite, kPostgres };

struct Where {
  const char* name;
  Shape shape;
  Store store;
};

class MainJob : public ::testing::TestWithParam<Where> {
 protected:
  MainJob()
      : deployment_(GetParam().shape, GetParam().store == Store::kPostgres ? FreshPostgresDatabase() : "") {}

  Client Administrator() const { return Client(deployment_, deployment_.administrator_token()); }

  // A client of a new account of `person` (a name, or empty) with `role` in every programme.
  Client NewAccount(access::v1::Role role, const std::string& person) {
    dir::CreateAccountRequest account;
    account.mutable_account()->set_person(person);
    account.mutable_account()->set_title("somebody");
    account.mutable_account()->add_grants()->set_role(role);
    const auto created = Administrator().Call(&AccountStub::CreateAccount, account);
    EXPECT_THAT(created, IsOk());
    if (!created.ok()) return Client(deployment_, "");
    dir::CreateTokenRequest token;
    token.set_parent(created->name());
    token.set_title("test");
    const auto secret = Administrator().Call(&AccountStub::CreateToken, token);
    EXPECT_THAT(secret, IsOk());
    return Client(deployment_, secret.ok() ? secret->secret() : "");
  }

  dir::Import ImportCohort() {
    const auto import = Administrator().Call(&ImportStub::CreateImport, Cohort());
    EXPECT_THAT(import, IsOk());
    if (!import.ok()) return {};
    EXPECT_EQ(import->state(), dir::Import::STATE_DONE) << import->ShortDebugString();
    return *import;
  }

  // Computes a timetable and returns the run when it has finished.
  sched::TimetableRun Compute(int seconds_max) {
    sched::CreateTimetableRunRequest request;
    request.set_parent(kCampaign);
    request.mutable_parameters()->set_seed(1);
    request.mutable_parameters()->set_threads(1);
    request.mutable_parameters()->set_time_seconds_max(seconds_max);
    const auto run = Administrator().Call(&TimetableStub::CreateTimetableRun, request);
    EXPECT_THAT(run, IsOk());
    if (!run.ok()) return {};
    const auto finished =
        Administrator().Follow(run->name(), [](const sched::TimetableRun&) { return true; });
    EXPECT_THAT(finished, IsOk());
    return finished.ok() ? *finished : sched::TimetableRun();
  }

  sched::Timetable Get(const std::string& name) {
    sched::GetTimetableRequest request;
    request.set_name(name);
    const auto timetable = Administrator().Call(&TimetableStub::GetTimetable, request);
    EXPECT_THAT(timetable, IsOk());
    return timetable.ok() ? *timetable : sched::Timetable();
  }

  std::string Export(const std::string& name, sched::ExportTimetableRequest::Format format) {
    sched::ExportTimetableRequest request;
    request.set_name(name);
    request.set_format(format);
    const auto document = Administrator().Call(&TimetableStub::ExportTimetable, request);
    EXPECT_THAT(document, IsOk());
    return document.ok() ? document->content() : "";
  }

  // What follows the import of juries: one is composed again and accepted, its people are invited, one of
  // them declines and is replaced, the other comes, and what was held is remembered.
  void ProposeInviteAndReplace();

  Deployment deployment_;
};

void MainJob::ProposeInviteAndReplace() {
  namespace asg = ::soutenance::assignment::v1;
  const std::string programme = "programmes/m2-si-alternance";
  const std::string thesis = "theses/MEM-01";
  const std::string jury = thesis + "/jury";
  for (const char* id : {"p-fouquet", "p-guenole", "p-quere", "p-jaouen"}) {
    asg::SetProfileRequest profile;
    profile.mutable_profile()->set_name(absl::StrCat("people/", id, "/profile"));
    profile.mutable_profile()->set_rank(asg::Profile::RANK_A);
    profile.mutable_profile()->set_may_preside(true);
    ASSERT_THAT(Administrator().Call(&ProfileStub::SetProfile, profile), IsOk());
  }
  asg::DeleteJuryRequest dissolve;
  dissolve.set_name(jury);
  ASSERT_THAT(Administrator().Call(&AssignmentStub::DeleteJury, dissolve), IsOk());

  asg::ComposeJuriesRequest compose;
  compose.mutable_juries()->set_programme(programme);
  compose.mutable_juries()->add_theses(thesis);
  compose.set_request_id("compose-1");
  ASSERT_OK_AND_ASSIGN(const auto told, Administrator().ReadAll(&ProposalStub::ComposeJuries, compose));
  ASSERT_GE(told.size(), 2u);
  EXPECT_EQ(told.front().progress().phase(), asg::CompositionProgress::PHASE_READING);
  ASSERT_EQ(told.back().proposal().complete_count(), 1) << told.back().ShortDebugString();
  asg::AcceptProposalRequest accept;
  accept.set_name(told.back().proposal().name());
  ASSERT_OK_AND_ASSIGN(const auto accepted, Administrator().Call(&ProposalStub::AcceptProposal, accept));
  EXPECT_EQ(accepted.juries().created_count(), 1);

  asg::InviteJurorsRequest invite;
  invite.set_programme(programme);
  invite.add_theses(thesis);
  invite.mutable_respond_by_time()->set_seconds(absl::ToUnixSeconds(absl::Now() + absl::Hours(48)));
  ASSERT_OK_AND_ASSIGN(const auto invited, Administrator().Call(&InvitationStub::InviteJurors, invite));
  ASSERT_EQ(invited.invitations_size(), 2) << invited.ShortDebugString();
  const asg::Invitation& first = invited.invitations(0);
  const Client leaving = NewAccount(access::v1::ROLE_JUROR, first.person());
  const Client staying = NewAccount(access::v1::ROLE_JUROR, invited.invitations(1).person());
  asg::AnswerInvitationRequest answer;
  answer.set_name(first.name());
  answer.set_answer(asg::AnswerInvitationRequest::ANSWER_DECLINE);
  answer.set_reason("à l'étranger");
  EXPECT_THAT(Administrator().Call(&InvitationStub::AnswerInvitation, answer),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("NOT_THE_INVITED")));
  EXPECT_THAT(staying.Call(&InvitationStub::AnswerInvitation, answer),
              StatusIs(absl::StatusCode::kNotFound, Reason("INVITATION_NOT_FOUND")));
  EXPECT_THAT(leaving.Call(&InvitationStub::AnswerInvitation, answer), IsOk());
  answer.set_name(invited.invitations(1).name());
  answer.set_answer(asg::AnswerInvitationRequest::ANSWER_ACCEPT);
  EXPECT_THAT(staying.Call(&InvitationStub::AnswerInvitation, answer), IsOk());

  asg::GetJuryOverviewRequest overview;
  overview.set_programme(programme);
  ASSERT_OK_AND_ASSIGN(auto seen, Administrator().Call(&ProposalStub::GetJuryOverview, overview));
  EXPECT_EQ(seen.refusals_count(), 1);
  asg::FindReplacementsRequest find;
  find.set_name(jury);
  find.set_person(first.person());
  ASSERT_OK_AND_ASSIGN(const auto found, Administrator().Call(&InvitationStub::FindReplacements, find));
  ASSERT_GE(found.replacements_size(), 1) << found.ShortDebugString();
  asg::ReplaceJurorRequest replace;
  replace.set_name(jury);
  replace.set_person(first.person());
  replace.set_replacement(found.replacements(0).person());
  replace.set_reason("a décliné");
  *replace.mutable_respond_by_time() = invite.respond_by_time();
  ASSERT_OK_AND_ASSIGN(const auto replaced, Administrator().Call(&InvitationStub::ReplaceJuror, replace));
  EXPECT_EQ(replaced.closed().state(), asg::Invitation::STATE_REPLACED);
  EXPECT_EQ(replaced.invitation().state(), asg::Invitation::STATE_INVITED);
  ASSERT_OK_AND_ASSIGN(seen, Administrator().Call(&ProposalStub::GetJuryOverview, overview));
  EXPECT_EQ(seen.refusals_count(), 0);
  EXPECT_EQ(seen.unanswered_count(), 1);

  asg::RecordHeldJuriesRequest record;
  record.set_programme(programme);
  record.set_year(static_cast<int>(absl::ToCivilYear(absl::Now(), absl::UTCTimeZone()).year()));
  ASSERT_OK_AND_ASSIGN(const auto recorded, Administrator().Call(&LoadStub::RecordHeldJuries, record));
  EXPECT_EQ(recorded.juries().created_count(), kDefences);
  asg::GetLoadRequest own;
  own.set_name(invited.invitations(1).person() + "/load");
  ASSERT_OK_AND_ASSIGN(const auto load, staying.Call(&LoadStub::GetLoad, own));
  EXPECT_GE(load.past_count(), 1);
  EXPECT_EQ(load.current_count(), 0);
  EXPECT_THAT(leaving.Call(&LoadStub::GetLoad, own), StatusIs(absl::StatusCode::kNotFound));
}

const dir::CollectionChanges* Find(const dir::Import& import, const std::string& collection) {
  for (const auto& changes : import.collections()) {
    if (changes.collection() == collection) return &changes;
  }
  return nullptr;
}

std::map<std::string, int> Created(const dir::Import& import) {
  std::map<std::string, int> created;
  for (const auto& changes : import.collections())
    created[changes.collection()] = changes.changes().created_count();
  return created;
}

TEST_P(MainJob, ChecksAFolderWithoutWritingAnything) {
  dir::CreateImportRequest request = Cohort();
  request.set_validate_only(true);
  ASSERT_OK_AND_ASSIGN(const dir::Import checked, Administrator().Call(&ImportStub::CreateImport, request));
  EXPECT_EQ(checked.state(), dir::Import::STATE_VALIDATED) << checked.ShortDebugString();
  EXPECT_EQ(checked.error_count(), 0);
  EXPECT_EQ(checked.warning_count(), 1);
  EXPECT_EQ(Created(checked)["people"], 58);
  EXPECT_EQ(Created(checked)["theses"], kDefences);
  EXPECT_EQ(Created(checked)["defences"], kDefences);
  ASSERT_OK_AND_ASSIGN(const auto people,
                       Administrator().Call(&DirectoryStub::ListPeople, dir::ListPeopleRequest()));
  EXPECT_EQ(people.people_size(), 0);
  ASSERT_OK_AND_ASSIGN(const auto campaigns,
                       Administrator().Call(&CampaignStub::ListCampaigns, sched::ListCampaignsRequest()));
  EXPECT_EQ(campaigns.campaigns_size(), 0);
}

TEST_P(MainJob, ImportsTheSameFolderTwiceWithoutAnyChangeAndInvitesItsJuries) {
  const dir::Import first = ImportCohort();
  EXPECT_EQ(first.campaign(), kCampaign);
  EXPECT_EQ(Created(first)["people"], 58);
  EXPECT_EQ(Created(first)["juries"], kDefences);
  const dir::Import second = ImportCohort();
  for (const auto& changes : second.collections()) {
    EXPECT_EQ(changes.changes().changes_size(), 0) << changes.collection();
    EXPECT_EQ(changes.changes().created_count() + changes.changes().updated_count(), 0)
        << changes.collection();
  }
  ProposeInviteAndReplace();
}

TEST_P(MainJob, UpdatesFromACorrectedFolder) {
  ImportCohort();
  dir::CreateImportRequest corrected = Cohort();
  for (auto& file : *corrected.mutable_files()) {
    if (file.name() != "salles.csv") continue;
    std::string& bytes = *file.mutable_content();
    bytes.replace(bytes.find("\t18\t"), 4, "\t20\t");
  }
  ASSERT_OK_AND_ASSIGN(const dir::Import import, Administrator().Call(&ImportStub::CreateImport, corrected));
  ASSERT_NE(Find(import, "rooms"), nullptr);
  EXPECT_EQ(Find(import, "rooms")->changes().updated_count(), 1);
  dir::GetRoomRequest request;
  request.set_name("rooms/T-114");
  ASSERT_OK_AND_ASSIGN(const dir::Room room, Administrator().Call(&DirectoryStub::GetRoom, request));
  EXPECT_EQ(room.capacity(), 20);
}

TEST_P(MainJob, RefusesAFolderWithErrorsAndTellsThemAll) {
  dir::CreateImportRequest broken = Cohort();
  for (auto& file : *broken.mutable_files()) {
    if (file.name() == "jurys.csv")
      file.mutable_content()->append("MEM-99,p-arnaud,roi,\nMEM-01,p-nobody,invité,\n");
  }
  ASSERT_OK_AND_ASSIGN(const dir::Import import, Administrator().Call(&ImportStub::CreateImport, broken));
  EXPECT_EQ(import.state(), dir::Import::STATE_REFUSED);
  EXPECT_GE(import.error_count(), 3);
  ASSERT_OK_AND_ASSIGN(const auto people,
                       Administrator().Call(&DirectoryStub::ListPeople, dir::ListPeopleRequest()));
  EXPECT_EQ(people.people_size(), 0);
}

TEST_P(MainJob, GoesFromAFolderToAPublishedTimetable) {
  ImportCohort();

  sched::CheckCampaignRequest check;
  check.set_name(kCampaign);
  ASSERT_OK_AND_ASSIGN(const auto checked, Administrator().Call(&CampaignStub::CheckCampaign, check));
  EXPECT_EQ(checked.defence_count(), kDefences);
  EXPECT_EQ(checked.placeable_count_bound(), kDefences);
  for (const auto& finding : checked.findings()) {
    EXPECT_EQ(finding.severity(), sched::CheckCampaignResponse::Finding::SEVERITY_WARNING)
        << finding.message();
  }

  const sched::TimetableRun run = Compute(2);
  ASSERT_EQ(run.state(), sched::TimetableRun::STATE_SUCCEEDED) << run.ShortDebugString();
  EXPECT_EQ(run.progress().placed_count(), kDefences);

  sched::Timetable timetable = Get(run.timetable());
  EXPECT_EQ(timetable.state(), sched::Timetable::STATE_DRAFT);
  ASSERT_EQ(timetable.placements_size(), kDefences);
  ASSERT_GE(timetable.score_size(), 2);
  EXPECT_EQ(timetable.score(0).points(), 0) << "hard rules are kept";
  std::set<std::string> places;
  for (const sched::Placement& placement : timetable.placements()) {
    EXPECT_NE(placement.start(), "") << placement.ShortDebugString();
    EXPECT_TRUE(places.insert(absl::StrCat(placement.start(), placement.room())).second);
  }

  sched::ExplainTimetableRequest explain;
  explain.set_name(timetable.name());
  explain.set_language("fr");
  ASSERT_OK_AND_ASSIGN(const auto explanation,
                       Administrator().Call(&TimetableStub::ExplainTimetable, explain));
  EXPECT_EQ(explanation.unplaced_size(), 0);
  EXPECT_GE(explanation.rules_size(), 10);

  // The first defence that can go elsewhere goes there.
  sched::MoveDefenceRequest move;
  move.set_name(timetable.name());
  for (const sched::Placement& placement : timetable.placements()) {
    sched::ExplainDefenceRequest why;
    why.set_name(timetable.name());
    why.set_defence(placement.defence());
    ASSERT_OK_AND_ASSIGN(const auto answer, Administrator().Call(&TimetableStub::ExplainDefence, why));
    if (answer.alternatives_size() == 0) continue;
    move.set_defence(placement.defence());
    move.set_start(answer.alternatives(0).start());
    move.set_room(answer.alternatives(0).room());
    break;
  }
  ASSERT_NE(move.defence(), "") << "no defence has another place";
  move.set_etag(timetable.etag());
  move.set_validate_only(true);
  ASSERT_OK_AND_ASSIGN(const auto tried, Administrator().Call(&TimetableStub::MoveDefence, move));
  EXPECT_EQ(Get(timetable.name()).etag(), timetable.etag()) << "trying changes nothing";
  move.set_validate_only(false);
  move.set_override_reason("demande du jury");
  ASSERT_OK_AND_ASSIGN(const auto moved, Administrator().Call(&TimetableStub::MoveDefence, move));
  EXPECT_NE(moved.timetable().etag(), timetable.etag());
  EXPECT_THAT(Administrator().Call(&TimetableStub::MoveDefence, move),
              StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  timetable = moved.timetable();

  const Client student = NewAccount(access::v1::ROLE_STUDENT, "people/00270101");
  sched::GetTimetableRequest get;
  get.set_name(timetable.name());
  EXPECT_THAT(student.Call(&TimetableStub::GetTimetable, get), StatusIs(absl::StatusCode::kNotFound));

  sched::PublishTimetableRequest publish;
  publish.set_name(timetable.name());
  publish.set_etag(timetable.etag());
  ASSERT_OK_AND_ASSIGN(const auto published, Administrator().Call(&TimetableStub::PublishTimetable, publish));
  EXPECT_EQ(published.state(), sched::Timetable::STATE_PUBLISHED);
  EXPECT_EQ(published.facts_changed_size(), 0);
  publish.set_etag("");
  EXPECT_THAT(Administrator().Call(&TimetableStub::PublishTimetable, publish), IsOk());
  get.set_name(absl::StrCat(kCampaign, "/timetables/published"));
  ASSERT_OK_AND_ASSIGN(const auto seen, student.Call(&TimetableStub::GetTimetable, get));
  EXPECT_EQ(seen.name(), timetable.name());

  // A later run starts from the published one and stays close to it.
  const sched::TimetableRun again = Compute(1);
  ASSERT_EQ(again.state(), sched::TimetableRun::STATE_SUCCEEDED) << again.ShortDebugString();
  sched::CompareTimetablesRequest compare;
  compare.set_before(timetable.name());
  compare.set_after(again.timetable());
  ASSERT_OK_AND_ASSIGN(const auto comparison,
                       Administrator().Call(&TimetableStub::CompareTimetables, compare));
  EXPECT_EQ(comparison.differences_size() + comparison.unchanged_count(), kDefences);
}

TEST_P(MainJob, ExportsEveryDocumentWithoutTheConfidentialTitle) {
  ImportCohort();
  const sched::TimetableRun run = Compute(1);
  ASSERT_EQ(run.state(), sched::TimetableRun::STATE_SUCCEEDED) << run.ShortDebugString();
  const std::string& name = run.timetable();

  const std::string html = Export(name, sched::ExportTimetableRequest::FORMAT_HTML);
  EXPECT_THAT(html, HasSubstr("<html"));
  EXPECT_THAT(html, HasSubstr("Lœuillet"));
  const std::string excel = Export(name, sched::ExportTimetableRequest::FORMAT_CSV_FR);
  EXPECT_THAT(excel, StartsWith("\xEF\xBB\xBF"));
  EXPECT_THAT(excel, HasSubstr(";"));
  const std::string csv = Export(name, sched::ExportTimetableRequest::FORMAT_CSV);
  EXPECT_THAT(csv, HasSubstr("2027-06-"));
  const std::string calendar = Export(name, sched::ExportTimetableRequest::FORMAT_ICS);
  EXPECT_THAT(calendar, StartsWith("BEGIN:VCALENDAR"));
  EXPECT_THAT(Export(name, sched::ExportTimetableRequest::FORMAT_PDF), StartsWith("%PDF"));
  EXPECT_THAT(Export(name, sched::ExportTimetableRequest::FORMAT_PROBLEM), HasSubstr("MEM-16"));
  for (const std::string* document : {&html, &excel, &csv, &calendar}) {
    EXPECT_THAT(*document, Not(HasSubstr("tection de fraude")));
  }
}

// What happens around a timetable: juries that it composes, an incident after publication, a repair.
class AroundATimetable : public MainJob {
 protected:
  // `person` cannot come on these days; none: always can.
  void SetAway(const std::string& person, const std::set<std::string>& days) {
    sched::SetAvailabilityRequest request;
    request.mutable_availability()->set_name(
        absl::StrCat(kCampaign, "/availabilities/", person.substr(person.rfind('/') + 1)));
    for (const std::string& day : days) {
      sched::AvailabilityPeriod& period = *request.mutable_availability()->add_periods();
      period.set_date(day);
      period.set_answer(sched::AvailabilityPeriod::ANSWER_NO);
    }
    EXPECT_THAT(Administrator().Call(&CampaignStub::SetAvailability, request), IsOk());
  }

  sched::Timetable Publish(const std::string& name) {
    sched::PublishTimetableRequest request;
    request.set_name(name);
    const auto published = Administrator().Call(&TimetableStub::PublishTimetable, request);
    EXPECT_THAT(published, IsOk());
    return published.ok() ? *published : sched::Timetable();
  }

  static const sched::Placement& PlacementOf(const sched::Timetable& timetable, const std::string& thesis) {
    for (const sched::Placement& placement : timetable.placements()) {
      if (placement.thesis() == thesis) return placement;
    }
    ADD_FAILURE() << "no placement of " << thesis;
    return sched::Placement::default_instance();
  }
};

TEST_P(AroundATimetable, ComposesJuriesReplansAndRepairs) {
  ImportCohort();
  // The jury of MEM-01 loses its reviewer; two may be chosen.
  assignment::v1::GetJuryRequest get_jury;
  get_jury.set_name("theses/MEM-01/jury");
  ASSERT_OK_AND_ASSIGN(assignment::v1::Jury jury, Administrator().Call(&AssignmentStub::GetJury, get_jury));
  const int seats = jury.seats_size();
  assignment::v1::SetJuryRequest set_jury;
  for (const assignment::v1::Seat& seat : jury.seats()) {
    if (seat.role() != assignment::v1::Seat::ROLE_REVIEWER) *set_jury.mutable_jury()->add_seats() = seat;
  }
  set_jury.mutable_jury()->set_name(jury.name());
  set_jury.mutable_jury()->set_programme(jury.programme());
  ASSERT_THAT(Administrator().Call(&AssignmentStub::SetJury, set_jury), IsOk());
  sched::UpdateCampaignRequest update;
  update.mutable_campaign()->set_name(kCampaign);
  sched::SeatNeed& need = *update.mutable_campaign()->add_seats();
  need.set_role("reviewer");
  need.set_count(1);
  for (const char* person : {"people/p-quere", "people/p-jaouen"}) need.add_candidates()->set_person(person);
  update.mutable_update_mask()->add_paths("seats");
  ASSERT_THAT(Administrator().Call(&CampaignStub::UpdateCampaign, update), IsOk());

  const sched::TimetableRun run = Compute(1);
  ASSERT_EQ(run.progress().placed_count(), kDefences) << run.ShortDebugString();
  const sched::Timetable computed = Get(run.timetable());
  const auto& members = PlacementOf(computed, "theses/MEM-01").jury();
  ASSERT_GT(members.size(), 0);
  const sched::Attendee& chosen = members[members.size() - 1];
  EXPECT_TRUE(chosen.composed()) << chosen.ShortDebugString();
  EXPECT_EQ(chosen.role(), "reviewer");
  sched::ApplyJuriesRequest apply;
  apply.set_name(run.timetable());
  apply.set_validate_only(true);
  ASSERT_OK_AND_ASSIGN(const auto tried, Administrator().Call(&TimetableStub::ApplyJuries, apply));
  EXPECT_EQ(tried.seat_count(), 1);
  apply.set_validate_only(false);
  ASSERT_OK_AND_ASSIGN(const auto applied, Administrator().Call(&TimetableStub::ApplyJuries, apply));
  EXPECT_EQ(applied.juries().updated_count(), 1) << applied.ShortDebugString();
  ASSERT_OK_AND_ASSIGN(jury, Administrator().Call(&AssignmentStub::GetJury, get_jury));
  EXPECT_EQ(jury.seats_size(), seats);
  EXPECT_EQ(jury.seats(seats - 1).person(), chosen.person());
  const sched::Timetable published = Publish(run.timetable());

  // An incident: whoever was chosen cannot come on that day after all.
  const std::string day = PlacementOf(published, "theses/MEM-01").start().substr(0, 10);
  SetAway(chosen.person(), {day});
  sched::ReplanTimetableRequest replan;
  replan.set_name(published.name());
  replan.set_now("2027-06-01T08:00");
  replan.set_time_ms_max(5000);
  ASSERT_OK_AND_ASSIGN(const auto replanned, Administrator().Call(&TimetableStub::ReplanTimetable, replan));
  ASSERT_TRUE(replanned.created());
  EXPECT_GE(replanned.people_size(), 2);
  EXPECT_NE(PlacementOf(replanned.timetable(), "theses/MEM-01").start().substr(0, 10), day);
  SetAway(chosen.person(), {});

  // A student is away for all of it: one defence has no place until he or she frees a time.
  const std::string author = [&] {
    submissions::v1::GetThesisRequest get;
    get.set_name("theses/MEM-02");
    const auto thesis = Administrator().Call(&SubmissionsStub::GetThesis, get);
    EXPECT_THAT(thesis, IsOk());
    return thesis.ok() ? thesis->authors(0) : std::string();
  }();
  SetAway(author, {"2027-06-15", "2027-06-16", "2027-06-17", "2027-06-22"});
  const sched::TimetableRun without = Compute(1);
  EXPECT_EQ(without.progress().placed_count(), kDefences - 1) << without.ShortDebugString();
  sched::FindRepairsRequest find;
  find.set_name(without.timetable());
  ASSERT_OK_AND_ASSIGN(const auto found, Administrator().Call(&TimetableStub::FindRepairs, find));
  ASSERT_GE(found.repairs_size(), 1);
  sched::ApplyRepairRequest repair;
  repair.set_name(without.timetable());
  *repair.mutable_steps() = found.repairs(0).steps();
  *repair.mutable_defences() = found.repairs(0).defences();
  ASSERT_OK_AND_ASSIGN(const auto repaired, Administrator().Call(&TimetableStub::ApplyRepair, repair));
  EXPECT_EQ(repaired.timetable().placed_count(), kDefences);
  EXPECT_GE(repaired.timetable().assumptions_size(), 1);
  sched::PublishTimetableRequest too_early;
  too_early.set_name(repaired.timetable().name());
  EXPECT_THAT(Administrator().Call(&TimetableStub::PublishTimetable, too_early),
              StatusIs(absl::StatusCode::kFailedPrecondition, Reason("ASSUMPTION_OPEN")));
  SetAway(author, {});
  EXPECT_EQ(Publish(repaired.timetable().name()).placed_count(), kDefences);
}

// What is special here is that the services call each other, and that both back ends remember.
INSTANTIATE_TEST_SUITE_P(InTwoShapes, AroundATimetable,
                         ::testing::Values(Where{"BinaryPerService", Shape::kBinaryPerService,
                                                 Store::kSqlite},
                                           Where{"InProcessOnPostgres", Shape::kInProcess, Store::kPostgres}),
                         [](const auto& where) { return where.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Everywhere, MainJob,
    ::testing::Values(Where{"InProcess", Shape::kInProcess, Store::kSqlite},
                      Where{"OneBinary", Shape::kOneBinary, Store::kSqlite},
                      Where{"BinaryPerService", Shape::kBinaryPerService, Store::kSqlite},
                      Where{"InProcessOnPostgres", Shape::kInProcess, Store::kPostgres},
                      Where{"BinaryPerServiceOnPostgres", Shape::kBinaryPerService, Store::kPostgres}),
    [](const auto& where) { return where.param.name; });

}  // namespace
}  // namespace soutenance::system_test
