#include "services/directory/imports.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/directory/import/templates.h"
#include "services/directory/testing/callers.h"
#include "storage/sql/database.h"
#include "storage/sql/directory_store.h"
#include "storage/sql/import_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::directory {
namespace {

using import_folder::ImportBatch;
using import_folder::SourceFile;
using sheets::ImportProblem;
using sheets::Language;
using sheets::Severity;
using ::soutenance::testing::FakeClock;
using ::soutenance::testing::IsOk;
using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::AllOf;
using testing::AnAdministrator;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using testing::Repeatable;
using ::testing::SizeIs;
using testing::Staff;

// The other services: they remember what they were given, and refuse what a test tells them to.
class FakeTargets : public ImportTargets {
 public:
  absl::StatusOr<ChangeList> UpsertTheses(const ImportBatch& batch, const ImportStep& step) override {
    return Upsert("theses", batch.theses.size(), step);
  }
  absl::StatusOr<ChangeList> UpsertJuries(const ImportBatch& batch, const ImportStep& step) override {
    return Upsert("juries", batch.juries.size(), step);
  }
  absl::StatusOr<CampaignChanges> UpsertCampaign(const ImportBatch&, const ImportStep& step) override {
    const absl::StatusOr<ChangeList> campaigns = Upsert("campaigns", 1, step);
    if (!campaigns.ok()) return campaigns.status();
    return CampaignChanges{.campaigns = *campaigns};
  }

  // How `collection` answers, when asked to validate and when asked to write.
  std::map<std::string, absl::Status> refuses_to_validate;
  std::map<std::string, absl::Status> refuses_to_write;
  // The steps that were written: "theses import-...-theses".
  std::vector<std::string> written;
  std::map<std::string, std::size_t> stored;
  // Called before each step is written.
  std::function<void()> before_writing = [] {};

 private:
  absl::StatusOr<ChangeList> Upsert(const std::string& collection, std::size_t count,
                                    const ImportStep& step) {
    const absl::Status refusal =
        step.validate_only ? refuses_to_validate[collection] : refuses_to_write[collection];
    if (!refusal.ok()) return refusal;
    ChangeList changes;
    for (std::size_t i = 0; i < count; ++i) {
      if (i < stored[collection]) {
        changes.AddUnchanged();
      } else {
        changes.Add({.resource = absl::StrCat(collection, "/", i)});
      }
    }
    if (step.validate_only) return changes;
    before_writing();
    written.push_back(absl::StrCat(collection, " ", step.request_id));
    stored[collection] = count;
    return changes;
  }
};

using Files = std::map<std::string, std::string>;

std::vector<SourceFile> AFolder(const Files& replaced = {}) {
  Files files = {
      {"people.csv",
       "id,family_name,given_name,email\n001,Lefèvre,Ana,ana@example.org\n002,Durand,Luc,\n003,Petit,Zoé,\n"},
      {"rooms.csv", "id,name,equipment\nR1,Room 1,video\nR2,Room 2,\n"},
      {"theses.csv", "id,title,authors,supervisor\nT1,Title,001,002\n"},
      {"juries.csv", "thesis,person,role\nT1,002,supervisor\nT1,003,president\n"},
      {"availability.csv", "person,day,answer\n002,2027-06-14,yes\n003,2027-06-14,yes\n"},
      {"campaign.csv",
       "key,value\nid,c1\ntitle,Campaign\nprogramme,msi\nprogramme_title,Master\ncohort,2027\n"
       "days,2027-06-14\nhours,09:00-12:00\n"},
  };
  for (const auto& [name, text] : replaced) files[name] = text;
  std::vector<SourceFile> folder;
  for (const auto& [name, text] : files) folder.push_back({name, text});
  return folder;
}

class ImportsTest : public ::testing::Test {
 protected:
  absl::StatusOr<Import> Run(const std::vector<SourceFile>& files, const Mutation& mutation = {},
                             const Caller& caller = AnAdministrator()) {
    clock_.Advance(absl::Seconds(1));
    return imports_.CreateImport(caller, files, Language::kEnglish, mutation);
  }
  const ChangeList& Changes(const Import& import, const std::string& collection) {
    for (const CollectionChanges& entry : import.collections) {
      if (entry.collection == collection) return entry.changes;
    }
    ADD_FAILURE() << "no collection " << collection;
    static const ChangeList none;
    return none;
  }

  FakeClock clock_{absl::FromCivil(absl::CivilDay(2027, 5, 3), absl::UTCTimeZone())};
  std::unique_ptr<storage::sql::Database> database_ =
      *storage::sql::Database::Open("sqlite::memory:", {.service = "directory"});
  storage::sql::DirectoryStore people_{*database_};
  storage::sql::ImportStore store_{*database_};
  Directory directory_{people_, clock_};
  FakeTargets targets_;
  int resume_count_ = 0;
  Imports imports_{{store_, directory_, targets_, clock_}, [this] { ++resume_count_; }};
};

absl::Status Down() { return Error(absl::StatusCode::kUnavailable, "down", {.reason = "PEER_DOWN"}); }

TEST_F(ImportsTest, WritesEverythingInOrder) {
  ASSERT_OK_AND_ASSIGN(const Import import, Run(AFolder()));
  EXPECT_EQ(import.state, Import::State::kDone);
  EXPECT_EQ(import.campaign, "c1");
  EXPECT_EQ(import.account, "accounts/zoe");
  EXPECT_EQ(import.done_time, clock_.Now());
  EXPECT_EQ(Changes(import, "people").created_count(), 3);
  EXPECT_EQ(Changes(import, "theses").created_count(), 1);
  EXPECT_THAT(targets_.written, ElementsAre(absl::StrCat("theses import-", import.id, "-theses"),
                                            absl::StrCat("juries import-", import.id, "-juries"),
                                            absl::StrCat("campaigns import-", import.id, "-campaign")));
  EXPECT_EQ(directory_.GetPerson(Staff(), "001")->family_name, "Lefèvre");
  EXPECT_EQ(directory_.GetProgramme("msi")->title, "Master");
  EXPECT_EQ(directory_.GetCohort("msi", "2027")->title, "2027");
  EXPECT_THAT(imports_.GetImport(Staff(), import.id), IsOkAndHolds(import));
}

TEST_F(ImportsTest, ChangesNothingTheSecondTime) {
  ASSERT_OK(Run(AFolder()));
  ASSERT_OK_AND_ASSIGN(const Import again, Run(AFolder()));
  EXPECT_EQ(again.state, Import::State::kDone);
  for (const CollectionChanges& entry : again.collections)
    EXPECT_TRUE(entry.changes.IsEmpty()) << entry.collection;
  EXPECT_EQ(Changes(again, "people").unchanged_count(), 3);
}

TEST_F(ImportsTest, UpdatesFromACorrectedFolder) {
  ASSERT_OK(Run(AFolder()));
  ASSERT_OK_AND_ASSIGN(const Import corrected,
                       Run(AFolder({{"rooms.csv", "id,name,capacity\nR1,Room 1,\nR2,Room 2,30\n"}})));
  EXPECT_EQ(Changes(corrected, "rooms").updated_count(), 2);
  EXPECT_EQ(directory_.GetRoom("R2")->capacity_seats, 30);
  EXPECT_THAT(directory_.GetRoom("R1")->equipment, IsEmpty());
}

TEST_F(ImportsTest, OnlyChecksWhenAskedTo) {
  ASSERT_OK_AND_ASSIGN(const Import import, Run(AFolder(), {.validate_only = true}));
  EXPECT_EQ(import.state, Import::State::kValidated);
  EXPECT_EQ(import.id, "");
  EXPECT_EQ(Changes(import, "people").created_count(), 3);
  EXPECT_THAT(targets_.written, IsEmpty());
  EXPECT_THAT(directory_.GetPerson(Staff(), "001"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(ImportsTest, RefusesFilesWithErrorsAndWritesNothing) {
  ASSERT_OK_AND_ASSIGN(const Import import, Run(AFolder({{"rooms.csv", "id,name\nR1,\n"}})));
  EXPECT_EQ(import.state, Import::State::kRefused);
  EXPECT_EQ(import.id, "");
  EXPECT_EQ(import.error_count, 1);
  EXPECT_EQ(import.campaign, "c1");
  EXPECT_THAT(import.problems, ElementsAre(Field(&ImportProblem::kind, "value_missing")));
  EXPECT_THAT(targets_.written, IsEmpty());
  EXPECT_THAT(imports_.ListImports(Staff(), {}), IsOkAndHolds(Field(&Page<Import>::items, IsEmpty())));
}

TEST_F(ImportsTest, TellsWhatEveryServiceRefusesAtTheLineItIsAbout) {
  ASSERT_OK(directory_.CreatePerson(Staff(),
                                    {.id = "900", .family_name = "Other", .email = "ana@example.org"}, {}));
  targets_.refuses_to_validate["theses"] = InvalidFields({{"theses[0].title", "is too long"}});
  targets_.refuses_to_validate["juries"] = InvalidFields({{"juries[0].seats[1].person", "sits twice"}});
  targets_.refuses_to_validate["campaigns"] =
      Error(absl::StatusCode::kFailedPrecondition, "no",
            {.reason = "RULE", .preconditions = {{"jury_rule", "theses/T1/jury", "has no president"}}});
  ASSERT_OK_AND_ASSIGN(const Import import, Run(AFolder()));
  EXPECT_EQ(import.state, Import::State::kRefused);
  EXPECT_EQ(import.error_count, 4);
  std::vector<std::string> told;
  for (const ImportProblem& problem : import.problems)
    told.push_back(sheets::Describe(problem, Language::kEnglish));
  EXPECT_THAT(told, ElementsAre("people.csv, line 2: email belongs to people/900 (Other)",
                                "theses.csv, line 2: title is too long",
                                "juries.csv, line 2: theses/T1/jury: has no president",
                                "juries.csv, line 3: person sits twice"));
  EXPECT_THAT(import.collections, IsEmpty());
  EXPECT_THAT(targets_.written, IsEmpty());
}

TEST_F(ImportsTest, FailsIfAServiceCannotBeAsked) {
  targets_.refuses_to_validate["juries"] = Down();
  EXPECT_THAT(Run(AFolder()), StatusIs(absl::StatusCode::kUnavailable, Reason("PEER_DOWN")));
  EXPECT_THAT(directory_.GetPerson(Staff(), "001"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(ImportsTest, IsForThoseWhoRunTheProgramme) {
  EXPECT_THAT(Run(AFolder(), {}, Staff("programmes/msi")),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
  ASSERT_OK(directory_.CreateProgramme(AnAdministrator(), {.id = "msi", .title = "Master"}, {}));
  EXPECT_THAT(Run(AFolder(), {}, Staff("programmes/law")),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
  EXPECT_THAT(Run(AFolder(), {}, testing::AStudent()), StatusIs(absl::StatusCode::kPermissionDenied));
  ASSERT_OK_AND_ASSIGN(const Import import, Run(AFolder(), {}, Staff("programmes/msi")));
  EXPECT_THAT(imports_.GetImport(Staff("programmes/law"), import.id), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(imports_.ListImports(Staff("programmes/law"), {}),
              IsOkAndHolds(Field(&Page<Import>::items, IsEmpty())));
}

TEST_F(ImportsTest, KeepsWhatTheFolderDoesNotSay) {
  ASSERT_OK(directory_.CreateProgramme(
      AnAdministrator(), {.id = "msi", .title = "Kept", .institution = "Kept", .language = "en"}, {}));
  ASSERT_OK(directory_.CreateRoom(
      Staff(), {.id = "R1", .title = "Old", .openings = {{absl::CivilDay(2027, 6, 14), 0, 60}}}, {}));
  ASSERT_OK(Run(AFolder(
      {{"campaign.csv", "key,value\nid,c1\ntitle,C\nprogramme,msi\ndays,2027-06-14\nhours,09:00-12:00\n"}})));
  EXPECT_EQ(directory_.GetProgramme("msi")->version, 1);
  EXPECT_THAT(directory_.GetRoom("R1")->openings, SizeIs(1));
  EXPECT_EQ(directory_.GetRoom("R1")->title, "Room 1");
}

TEST_F(ImportsTest, ReplacesOpeningsAndCalendarThatTheFolderHas) {
  ASSERT_OK(Run(AFolder(
      {{"openings.csv", "room,day,from,to,kind\nR1,2027-06-14,08:00,12:00,open\n"},
       {"calendar.csv", "from,to,kind\n2027-06-21,2027-06-25,company\n2027-06-14,2027-06-18,school\n"}})));
  EXPECT_THAT(directory_.GetRoom("R1")->openings,
              ElementsAre(RoomOpening{absl::CivilDay(2027, 6, 14), 480, 720, RoomOpening::Kind::kOpen}));
  EXPECT_EQ(directory_.GetCohort("msi", "2027")->calendar[0].first_day, absl::CivilDay(2027, 6, 14));
  ASSERT_OK(Run(AFolder({{"openings.csv", "room,day,from,to,kind\n"}})));
  EXPECT_THAT(directory_.GetRoom("R1")->openings, IsEmpty());
  EXPECT_THAT(directory_.GetCohort("msi", "2027")->calendar, SizeIs(2));
}

TEST_F(ImportsTest, WarnsAboutACalendarOfNoCohort) {
  ASSERT_OK_AND_ASSIGN(
      const Import import,
      Run(AFolder({{"calendar.csv", "from,to,kind\n2027-06-14,2027-06-18,school\n"},
                   {"campaign.csv",
                    "key,value\nid,c1\ntitle,C\nprogramme,msi\ndays,2027-06-14\nhours,09:00-12:00\n"}})));
  EXPECT_EQ(import.state, Import::State::kDone);
  EXPECT_EQ(import.warning_count, 1);
  EXPECT_THAT(import.problems, ElementsAre(Field(&ImportProblem::kind, "calendar_without_cohort")));
}

TEST_F(ImportsTest, ReturnsTheFirstResultOfARepeatedRequest) {
  ASSERT_OK_AND_ASSIGN(const Import first, Run(AFolder(), Repeatable("r1")));
  ASSERT_OK_AND_ASSIGN(const Import second, Run(AFolder(), Repeatable("r1")));
  EXPECT_EQ(second, first);
  EXPECT_THAT(targets_.written, SizeIs(3));
}

TEST_F(ImportsTest, IsFinishedLaterIfAServiceGoesDownInBetween) {
  targets_.refuses_to_write["juries"] = Down();
  ASSERT_OK_AND_ASSIGN(const Import import, Run(AFolder(), Repeatable("r1")));
  EXPECT_EQ(import.state, Import::State::kApplying);
  EXPECT_EQ(resume_count_, 1);
  EXPECT_THAT(imports_.ResumeUnfinished(), StatusIs(absl::StatusCode::kUnavailable));
  targets_.refuses_to_write.clear();
  EXPECT_OK(imports_.ResumeUnfinished());
  ASSERT_OK_AND_ASSIGN(const Import done, Run(AFolder(), Repeatable("r1")));
  EXPECT_EQ(done.id, import.id);
  EXPECT_EQ(done.state, Import::State::kDone);
  EXPECT_EQ(done.collections, import.collections);
}

TEST_F(ImportsTest, IsFinishedAfterARestart) {
  targets_.refuses_to_write["theses"] = Down();
  ASSERT_OK_AND_ASSIGN(const Import import, Run(AFolder()));
  targets_.refuses_to_write.clear();
  Imports restarted({store_, directory_, targets_, clock_}, [] {});
  EXPECT_OK(restarted.ResumeUnfinished());
  EXPECT_EQ(restarted.GetImport(Staff(), import.id)->state, Import::State::kDone);
  EXPECT_EQ(targets_.stored["campaigns"], 1u);
  EXPECT_OK(restarted.ResumeUnfinished());
  EXPECT_THAT(targets_.written, SizeIs(3));
}

TEST_F(ImportsTest, KeepsOthersWaitingWhileOneIsCarriedOut) {
  targets_.refuses_to_write["theses"] = Down();
  ASSERT_OK(Run(AFolder()));
  EXPECT_THAT(Run(AFolder()), StatusIs(absl::StatusCode::kFailedPrecondition, Reason("IMPORT_IN_PROGRESS")));
  EXPECT_OK(Run(AFolder(), {.validate_only = true}));
  targets_.refuses_to_write.clear();
  ASSERT_OK(imports_.ResumeUnfinished());
  EXPECT_OK(Run(AFolder()));
}

TEST_F(ImportsTest, IsNotCarriedOutTwiceAtOnce) {
  targets_.before_writing = [&] { EXPECT_OK(imports_.ResumeUnfinished()); };
  ASSERT_OK_AND_ASSIGN(const Import import, Run(AFolder()));
  EXPECT_EQ(import.state, Import::State::kDone);
  EXPECT_THAT(targets_.written, SizeIs(3));
}

TEST_F(ImportsTest, EndsRefusedIfAServiceChangesItsMind) {
  targets_.refuses_to_write["juries"] = Error(absl::StatusCode::kFailedPrecondition,
                                              "the thesis was withdrawn", {.reason = "THESIS_WITHDRAWN"});
  ASSERT_OK_AND_ASSIGN(const Import import, Run(AFolder()));
  EXPECT_EQ(import.state, Import::State::kRefused);
  EXPECT_FALSE(import.id.empty());
  EXPECT_THAT(import.problems, ElementsAre(Field(&ImportProblem::kind, "thesis_withdrawn")));
  EXPECT_THAT(imports_.GetImport(Staff(), import.id), IsOkAndHolds(import));
  EXPECT_OK(Run(AFolder(), {.validate_only = true}));
}

TEST_F(ImportsTest, ListsTheOldestFirstWithoutDetails) {
  ASSERT_OK_AND_ASSIGN(const Import first, Run(AFolder()));
  ASSERT_OK_AND_ASSIGN(const Import second, Run(AFolder()));
  ASSERT_OK_AND_ASSIGN(const Page<Import> page, imports_.ListImports(Staff(), {.size = 1}));
  EXPECT_THAT(page.items,
              ElementsAre(AllOf(Field(&Import::id, first.id), Field(&Import::collections, IsEmpty()))));
  EXPECT_THAT(imports_.ListImports(Staff(), {.after = page.next}),
              IsOkAndHolds(Field(&Page<Import>::items, ElementsAre(Field(&Import::id, second.id)))));
}

TEST_F(ImportsTest, TakesItsOwnTemplates) {
  for (const Language language : {Language::kFrench, Language::kEnglish}) {
    ASSERT_OK_AND_ASSIGN(const Import import, Run(import_folder::ImportTemplates(language)));
    EXPECT_EQ(import.state, Import::State::kDone);
    EXPECT_THAT(import.problems, IsEmpty());
  }
}

TEST_F(ImportsTest, RefusesMoreThanSixteenMebibytes) {
  EXPECT_THAT(Run({{"people.csv", std::string(import_folder::kFolderBytesMax + 1, 'x')}}),
              StatusIs(absl::StatusCode::kResourceExhausted, Reason("FOLDER_TOO_LARGE")));
}

}  // namespace
}  // namespace soutenance::directory
