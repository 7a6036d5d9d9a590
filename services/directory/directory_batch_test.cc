#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "absl/strings/str_cat.h"
#include "services/directory/directory.h"
#include "services/directory/testing/callers.h"
#include "storage/sql/database.h"
#include "storage/sql/directory_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::directory {
namespace {

using ::soutenance::testing::FakeClock;
using ::soutenance::testing::IsOk;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using testing::AnAdministrator;
using testing::AService;
using testing::AStudent;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using testing::Repeatable;
using testing::Staff;
using testing::With;

class DirectoryBatchTest : public ::testing::Test {
 protected:
  absl::StatusOr<DirectoryChanges> Upsert(const DirectoryBatch& batch, const Mutation& mutation = {}) {
    return directory_.BatchUpsert(AnAdministrator(), batch, mutation);
  }
  std::vector<FieldViolation> Violations(const DirectoryBatch& batch) {
    return FactsOf(Upsert(batch).status()).fields;
  }

  FakeClock clock_{absl::UnixEpoch() + absl::Hours(500000)};
  std::unique_ptr<storage::sql::Database> database_ =
      *storage::sql::Database::Open("sqlite::memory:", {.service = "directory"});
  storage::sql::DirectoryStore store_{*database_};
  Directory directory_{store_, clock_};
};

DirectoryBatch ABatch() {
  return {.people = {{.id = "ana", .family_name = "Martin", .given_name = "Ana", .email = "ana@example.org"},
                     {.id = "bob", .family_name = "Durand", .email = "bob@example.org"}},
          .rooms = {{.id = "b12", .title = "B 12", .equipment = {"video"}}},
          .programmes = {{.id = "msi", .title = "Master"}},
          .cohorts = {{.programme = "msi", .id = "2027", .title = "M2"}}};
}

TEST_F(DirectoryBatchTest, TellsWhatIsCreated) {
  ASSERT_OK_AND_ASSIGN(const DirectoryChanges changes, Upsert(ABatch()));
  EXPECT_EQ(changes.people.created_count(), 2);
  EXPECT_THAT(changes.people.changes()[0],
              (Change{.kind = Change::Kind::kCreated, .resource = "people/ana", .label = "Ana Martin"}));
  EXPECT_THAT(changes.cohorts.changes(),
              ElementsAre(Change{
                  .kind = Change::Kind::kCreated, .resource = "programmes/msi/cohorts/2027", .label = "M2"}));
}

TEST_F(DirectoryBatchTest, ChangesNothingTheSecondTime) {
  ASSERT_OK(Upsert(ABatch()));
  ASSERT_OK_AND_ASSIGN(const DirectoryChanges again, Upsert(ABatch()));
  EXPECT_TRUE(again.people.IsEmpty() && again.rooms.IsEmpty() && again.programmes.IsEmpty() &&
              again.cohorts.IsEmpty());
  EXPECT_EQ(again.people.unchanged_count(), 2);
  EXPECT_EQ(directory_.GetPerson(Staff(), "ana")->version, 1);
}

TEST_F(DirectoryBatchTest, TellsFieldByFieldWhatIsUpdated) {
  ASSERT_OK(Upsert(ABatch()));
  DirectoryBatch batch = ABatch();
  batch.people[0].given_name = "Anna";
  batch.people[0].email = "";
  batch.rooms[0].capacity_seats = 12;
  ASSERT_OK_AND_ASSIGN(const DirectoryChanges changes, Upsert(batch));
  ASSERT_EQ(changes.people.updated_count(), 1);
  EXPECT_THAT(changes.people.changes()[0].fields, ElementsAre(Change::Field{"given_name", "Ana", "Anna"},
                                                              Change::Field{"email", "ana@example.org", ""}));
  EXPECT_THAT(changes.rooms.changes()[0].fields, ElementsAre(Change::Field{"capacity", "", "12"}));
  EXPECT_EQ(directory_.GetPerson(Staff(), "ana")->version, 2);
}

TEST_F(DirectoryBatchTest, LetsAddressesChangeHands) {
  ASSERT_OK(Upsert(ABatch()));
  DirectoryBatch batch = ABatch();
  std::swap(batch.people[0].email, batch.people[1].email);
  ASSERT_OK(Upsert(batch));
  EXPECT_EQ(directory_.GetPerson(Staff(), "ana")->email, "bob@example.org");
}

TEST_F(DirectoryBatchTest, RefusesTheAddressOfSomebodyWhoIsNotInTheBatch) {
  ASSERT_OK(Upsert(ABatch()));
  EXPECT_THAT(Violations({.people = {{.id = "eve", .family_name = "E"},
                                     {.id = "eva", .family_name = "E", .email = "ANA@example.org"}}}),
              ElementsAre(FieldViolation{"people[1].email", "belongs to people/ana (Ana Martin)"}));
}

TEST_F(DirectoryBatchTest, NamesEveryEntryThatCannotBeAccepted) {
  DirectoryBatch batch = ABatch();
  batch.people[0].family_name = "";
  batch.people.push_back({.id = "bob", .family_name = "Again", .email = "BOB@example.org"});
  batch.rooms[0].title = "";
  batch.cohorts.push_back({.programme = "msi", .id = "2027"});
  EXPECT_THAT(Violations(batch),
              ElementsAre(FieldViolation{"people[0].family_name", "is required"},
                          FieldViolation{"people[2].name", "is also the name of people[1]"},
                          FieldViolation{"people[2].email", "is also the e-mail address of people[1]"},
                          FieldViolation{"rooms[0].title", "is required"},
                          FieldViolation{"cohorts[1].name", "is also the name of cohorts[0]"}));
  EXPECT_THAT(directory_.GetPerson(Staff(), "bob"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(DirectoryBatchTest, RefusesACohortWithoutProgramme) {
  EXPECT_THAT(
      Violations({.cohorts = {{.programme = "law", .id = "2027"}}}),
      ElementsAre(Field(&FieldViolation::description, HasSubstr("programmes/law, which does not exist"))));
}

TEST_F(DirectoryBatchTest, WritesNothingWhenOnlyAskedToValidate) {
  ASSERT_OK_AND_ASSIGN(const DirectoryChanges changes, Upsert(ABatch(), {.validate_only = true}));
  EXPECT_EQ(changes.people.created_count(), 2);
  EXPECT_THAT(directory_.GetPerson(Staff(), "ana"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(DirectoryBatchTest, ReturnsTheFirstResultOfARepeatedRequest) {
  ASSERT_OK_AND_ASSIGN(const DirectoryChanges first, Upsert(ABatch(), Repeatable("r1")));
  ASSERT_OK_AND_ASSIGN(const DirectoryChanges second, Upsert(ABatch(), Repeatable("r1")));
  EXPECT_EQ(first, second);
  EXPECT_EQ(second.people.created_count(), 2);
}

TEST_F(DirectoryBatchTest, LetsStaffChangePeopleAndTheirCohortsButNoProgramme) {
  EXPECT_THAT(directory_.BatchUpsert(Staff("programmes/msi"), ABatch(), {}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
  ASSERT_OK(directory_.CreateProgramme(AnAdministrator(), ABatch().programmes[0], {}));
  EXPECT_THAT(directory_.BatchUpsert(Staff("programmes/law"), ABatch(), {}),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(directory_.BatchUpsert(Staff("programmes/msi"), ABatch(), {}), IsOk());
  DirectoryBatch renamed = ABatch();
  renamed.programmes[0].title = "Another";
  EXPECT_THAT(directory_.BatchUpsert(Staff("programmes/msi"), renamed, {}),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(directory_.BatchUpsert(With(Role::kProgrammeHead, "programmes/msi"), renamed, {}), IsOk());
}

TEST_F(DirectoryBatchTest, IsForServicesThemselvesButNotForStudentsBehindThem) {
  EXPECT_THAT(directory_.BatchUpsert(AService(), ABatch(), {}), IsOk());
  Caller for_student = AStudent();
  for_student.service = "scheduling";
  EXPECT_THAT(directory_.BatchUpsert(for_student, {}, {}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
}

TEST_F(DirectoryBatchTest, TakesThousandsOfPeople) {
  DirectoryBatch batch;
  for (int i = 0; i < 3000; ++i) {
    batch.people.push_back({.id = absl::StrCat("p", i),
                            .family_name = "Martin",
                            .given_name = absl::StrCat("n", i),
                            .email = absl::StrCat("p", i, "@example.org")});
  }
  ASSERT_OK_AND_ASSIGN(const DirectoryChanges first, Upsert(batch));
  EXPECT_EQ(first.people.created_count(), 3000);
  EXPECT_EQ(first.people.changes().size(), 1000u);
  batch.people[1234].given_name = "changed";
  ASSERT_OK_AND_ASSIGN(const DirectoryChanges second, Upsert(batch));
  EXPECT_EQ(second.people.updated_count(), 1);
  EXPECT_EQ(second.people.unchanged_count(), 2999);
}

}  // namespace
}  // namespace soutenance::directory
