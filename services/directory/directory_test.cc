#include "services/directory/directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "services/directory/testing/callers.h"
#include "storage/sql/database.h"
#include "storage/sql/directory_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::directory {
namespace {

using ::soutenance::testing::FakeClock;
using ::soutenance::testing::IsOk;
using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using testing::AnAdministrator;
using testing::AService;
using testing::AStudent;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using testing::Repeatable;
using ::testing::SizeIs;
using testing::Staff;
using testing::With;

class DirectoryTest : public ::testing::Test {
 protected:
  void Add(const Person& person) { ASSERT_OK(directory_.CreatePerson(Staff(), person, {})); }

  std::vector<std::string> Search(const std::string& text) {
    const absl::StatusOr<Page<Person>> page = directory_.ListPeople(Staff(), {.text = text});
    EXPECT_OK(page);
    std::vector<std::string> ids;
    for (const Person& person : page->items) ids.push_back(person.id);
    return ids;
  }

  FakeClock clock_{absl::UnixEpoch() + absl::Hours(500000)};
  std::unique_ptr<storage::sql::Database> database_ =
      *storage::sql::Database::Open("sqlite::memory:", {.service = "directory"});
  storage::sql::DirectoryStore store_{*database_};
  Directory directory_{store_, clock_};
};

std::vector<std::string> FieldsOf(const absl::Status& status) {
  std::vector<std::string> fields;
  for (const FieldViolation& violation : FactsOf(status).fields) fields.push_back(violation.field);
  return fields;
}

TEST_F(DirectoryTest, ReturnsWhatWasCreated) {
  const Person ana = {.id = "007",
                      .family_name = "Lefèvre",
                      .given_name = "Ana",
                      .email = "Ana@Example.org",
                      .organisation = "Lycée d'Alembert",
                      .defences_per_day_max = 3,
                      .defences_per_campaign_max = 9};
  ASSERT_OK_AND_ASSIGN(const Person created, directory_.CreatePerson(Staff(), ana, {}));
  EXPECT_EQ(created.version, 1);
  EXPECT_THAT(directory_.GetPerson(Staff(), "007"), IsOkAndHolds(created));
}

TEST_F(DirectoryTest, ListsEveryProblemOfANewPersonAtOnce) {
  const absl::Status status =
      directory_
          .CreatePerson(Staff(),
                        {.id = "a b", .given_name = "A\nB", .email = "ana", .defences_per_day_max = -1}, {})
          .status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument, Reason("FIELD_INVALID")));
  EXPECT_THAT(FieldsOf(status), ElementsAre("person_id", "person.family_name", "person.given_name",
                                            "person.email", "person.defences_per_day_max"));
}

TEST_F(DirectoryTest, RefusesAnIdOrAnAddressThatIsTaken) {
  Add({.id = "ana", .family_name = "Martin", .email = "ana@example.org"});
  EXPECT_THAT(directory_.CreatePerson(Staff(), {.id = "ana", .family_name = "Other"}, {}),
              StatusIs(absl::StatusCode::kAlreadyExists, Reason("PERSON_EXISTS")));
  EXPECT_THAT(
      directory_.CreatePerson(Staff(), {.id = "bob", .family_name = "Other", .email = "ANA@example.ORG"}, {}),
      StatusIs(absl::StatusCode::kAlreadyExists, Reason("EMAIL_TAKEN")));
}

TEST_F(DirectoryTest, LetsSeveralPeopleHaveNoAddress) {
  Add({.id = "ana", .family_name = "Martin"});
  Add({.id = "bob", .family_name = "Martin"});
  EXPECT_THAT(Search(""), ElementsAre("ana", "bob"));
}

TEST_F(DirectoryTest, ShowsNamesAndOrganisationsOnlyToThoseWhoAreNotStaff) {
  const Person ana = {.id = "ana",
                      .version = 1,
                      .family_name = "Martin",
                      .given_name = "Ana",
                      .email = "ana@example.org",
                      .organisation = "ACME",
                      .defences_per_day_max = 2};
  Add(ana);
  const Person seen = {
      .id = "ana", .version = 1, .family_name = "Martin", .given_name = "Ana", .organisation = "ACME"};
  EXPECT_THAT(directory_.GetPerson(AStudent(), "ana"), IsOkAndHolds(seen));
  EXPECT_THAT(directory_.ListPeople(AStudent(), {}),
              IsOkAndHolds(Field(&Page<Person>::items, ElementsAre(seen))));
  EXPECT_THAT(directory_.GetPerson({.account = "accounts/a", .person = "people/ana"}, "ana"),
              IsOkAndHolds(ana));
  EXPECT_THAT(directory_.GetPerson(With(Role::kProgrammeHead, "programmes/law"), "ana"), IsOkAndHolds(ana));
  EXPECT_THAT(directory_.GetPerson(AService(), "ana"), IsOkAndHolds(ana));
  Caller for_student = AStudent();
  for_student.service = "scheduling";
  EXPECT_THAT(directory_.GetPerson(for_student, "ana"), IsOkAndHolds(seen));
}

TEST_F(DirectoryTest, FindsNamesWithoutCaseAndAccents) {
  Add({.id = "1", .family_name = "Lefèvre", .given_name = "Zoé"});
  Add({.id = "2", .family_name = "D'Alembert", .given_name = "Jean-Luc"});
  Add({.id = "3", .family_name = "100%_sure"});
  EXPECT_THAT(Search("LEFEVRE"), ElementsAre("1"));
  EXPECT_THAT(Search("zoe lef"), ElementsAre("1"));
  EXPECT_THAT(Search("lefèvre zoé"), ElementsAre("1"));
  EXPECT_THAT(Search("d’alembert"), ElementsAre("2"));
  EXPECT_THAT(Search("jean luc"), ElementsAre("2"));
  EXPECT_THAT(Search("0%"), ElementsAre("3"));
  EXPECT_THAT(Search("%"), ElementsAre("3"));
  EXPECT_THAT(Search("1%0"), IsEmpty());
}

TEST_F(DirectoryTest, ListsNamedPeopleInTheirOrderAndLeavesOutUnknownOnes) {
  Add({.id = "ana", .family_name = "Martin"});
  Add({.id = "bob", .family_name = "Martin"});
  ASSERT_OK_AND_ASSIGN(const Page<Person> page,
                       directory_.ListPeople(Staff(), {.page = {.size = 1}, .ids = {"bob", "eve", "ana"}}));
  EXPECT_THAT(page.items, ElementsAre(Field(&Person::id, "bob"), Field(&Person::id, "ana")));
  EXPECT_EQ(page.next, "");
}

TEST_F(DirectoryTest, WalksThroughPagesInTheOrderOfNames) {
  for (const char* id : {"b", "a", "B", "10", "9"}) Add({.id = id, .family_name = "X"});
  std::vector<std::string> ids;
  PageRequest request = {.size = 2};
  do {
    ASSERT_OK_AND_ASSIGN(const Page<Person> page, directory_.ListPeople(Staff(), {.page = request}));
    for (const Person& person : page.items) ids.push_back(person.id);
    request.after = page.next;
  } while (!request.after.empty());
  EXPECT_THAT(ids, ElementsAre("10", "9", "B", "a", "b"));
}

TEST_F(DirectoryTest, ChangesOnlyTheNamedFields) {
  Add({.id = "ana", .family_name = "Martin", .given_name = "Ana", .organisation = "ACME"});
  ASSERT_OK_AND_ASSIGN(
      const Person changed,
      directory_.UpdatePerson(
          Staff(), {.resource = {.id = "ana", .family_name = "Durand"}, .mask = {"family_name"}}, {}));
  EXPECT_EQ(
      changed,
      (Person{
          .id = "ana", .version = 2, .family_name = "Durand", .given_name = "Ana", .organisation = "ACME"}));
  ASSERT_OK_AND_ASSIGN(
      const Person replaced,
      directory_.UpdatePerson(Staff(), {.resource = {.id = "ana", .family_name = "Petit"}}, {}));
  EXPECT_EQ(replaced, (Person{.id = "ana", .version = 3, .family_name = "Petit"}));
}

TEST_F(DirectoryTest, KeepsTheVersionOfWhatDoesNotChange) {
  Add({.id = "ana", .family_name = "Martin"});
  ASSERT_OK_AND_ASSIGN(
      const Person same,
      directory_.UpdatePerson(Staff(), {.resource = {.id = "ana", .family_name = "Martin"}}, {}));
  EXPECT_EQ(same.version, 1);
}

TEST_F(DirectoryTest, RefusesAStaleVersionAndAnUnknownField) {
  Add({.id = "ana", .family_name = "Martin"});
  EXPECT_THAT(directory_.UpdatePerson(
                  Staff(), {.resource = {.id = "ana", .family_name = "D"}, .expected_version = 7}, {}),
              StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  EXPECT_THAT(
      directory_.UpdatePerson(Staff(), {.resource = {.id = "ana", .family_name = "D"}, .mask = {"nose"}}, {}),
      StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(directory_.UpdatePerson(Staff(), {.resource = {.id = "eve", .family_name = "D"}}, {}),
              StatusIs(absl::StatusCode::kNotFound, Reason("PERSON_NOT_FOUND")));
}

TEST_F(DirectoryTest, ReturnsTheFirstResultOfARepeatedRequest) {
  const Person ana = {.id = "ana", .family_name = "Martin"};
  ASSERT_OK_AND_ASSIGN(const Person first, directory_.CreatePerson(Staff(), ana, Repeatable("r1")));
  EXPECT_THAT(directory_.CreatePerson(Staff(), ana, Repeatable("r1")), IsOkAndHolds(first));
  EXPECT_THAT(directory_.CreatePerson(Staff(), ana, Repeatable("r1", "other")),
              StatusIs(absl::StatusCode::kInvalidArgument, Reason("REQUEST_ID_REUSED")));
}

TEST_F(DirectoryTest, WritesNothingWhenOnlyAskedToValidate) {
  ASSERT_OK_AND_ASSIGN(
      const Person ana,
      directory_.CreatePerson(Staff(), {.id = "ana", .family_name = "Martin"}, {.validate_only = true}));
  EXPECT_EQ(ana.id, "ana");
  EXPECT_THAT(directory_.GetPerson(Staff(), "ana"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(DirectoryTest, LetsOnlyAdministratorsCreateProgrammesAndHeadsChangeThem) {
  const Programme msi = {.id = "msi", .title = "Master"};
  EXPECT_THAT(directory_.CreateProgramme(With(Role::kAdministrator, "programmes/law"), msi, {}),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
  ASSERT_OK(directory_.CreateProgramme(AnAdministrator(), msi, {}));
  const Update<Programme> renamed = {.resource = {.id = "msi", .title = "Mastère"}, .mask = {"title"}};
  EXPECT_THAT(directory_.UpdateProgramme(With(Role::kProgrammeHead, "programmes/law"), renamed, {}),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(directory_.UpdateProgramme(With(Role::kProgrammeHead, "programmes/msi"), renamed, {}), IsOk());
  EXPECT_THAT(directory_.ListProgrammes({}), IsOkAndHolds(Field(&Page<Programme>::items, SizeIs(1))));
}

TEST_F(DirectoryTest, RefusesAZoneThatDoesNotExist) {
  for (const char* zone : {"Europe/Atlantis", "../../etc/passwd", "/etc/localtime", ""}) {
    EXPECT_THAT(
        directory_.CreateProgramme(AnAdministrator(), {.id = "msi", .title = "M", .time_zone = zone}, {}),
        StatusIs(absl::StatusCode::kInvalidArgument))
        << zone;
  }
}

TEST_F(DirectoryTest, KeepsTheCalendarOfACohort) {
  ASSERT_OK(directory_.CreateProgramme(AnAdministrator(), {.id = "msi", .title = "Master"}, {}));
  const Cohort cohort = {
      .programme = "msi",
      .id = "2027",
      .title = "M2",
      .calendar = {
          {absl::CivilDay(2027, 1, 4), absl::CivilDay(2027, 1, 8), CalendarPeriod::Kind::kSchool},
          {absl::CivilDay(2027, 1, 11), absl::CivilDay(2027, 2, 5), CalendarPeriod::Kind::kCompany}}};
  EXPECT_THAT(directory_.CreateCohort(Staff("programmes/law"), cohort, {}),
              StatusIs(absl::StatusCode::kPermissionDenied));
  ASSERT_OK_AND_ASSIGN(const Cohort created, directory_.CreateCohort(Staff("programmes/msi"), cohort, {}));
  EXPECT_THAT(directory_.GetCohort("msi", "2027"), IsOkAndHolds(created));
  ASSERT_OK_AND_ASSIGN(
      const Cohort emptied,
      directory_.UpdateCohort(Staff(), {.resource = {.programme = "msi", .id = "2027"}, .mask = {"calendar"}},
                              {}));
  EXPECT_THAT(emptied.calendar, IsEmpty());
  EXPECT_EQ(emptied.title, "M2");
}

TEST_F(DirectoryTest, RefusesPeriodsThatOverlapOrRunBackwards) {
  ASSERT_OK(directory_.CreateProgramme(AnAdministrator(), {.id = "msi", .title = "Master"}, {}));
  const absl::CivilDay monday(2027, 1, 4);
  const Cohort cohort = {.programme = "msi",
                         .id = "2027",
                         .calendar = {{monday, monday + 4, CalendarPeriod::Kind::kSchool},
                                      {monday + 4, monday + 2, CalendarPeriod::Kind::kSchool}}};
  EXPECT_THAT(FieldsOf(directory_.CreateCohort(Staff(), cohort, {}).status()),
              ElementsAre("cohort.calendar[1].last_date", "cohort.calendar[1].first_date"));
}

TEST_F(DirectoryTest, HasNoCohortInAProgrammeThatDoesNotExist) {
  EXPECT_THAT(directory_.CreateCohort(Staff(), {.programme = "msi", .id = "2027"}, {}),
              StatusIs(absl::StatusCode::kNotFound, Reason("PROGRAMME_NOT_FOUND")));
  EXPECT_THAT(directory_.ListCohorts("msi", {}),
              StatusIs(absl::StatusCode::kNotFound, Reason("PROGRAMME_NOT_FOUND")));
}

TEST_F(DirectoryTest, KeepsEquipmentAndOpeningsOfARoomInTheirOrder) {
  const absl::CivilDay day(2027, 6, 14);
  const Room room = {.id = "b12",
                     .title = "B 12",
                     .site = "Campus",
                     .capacity_seats = 20,
                     .equipment = {"video", "projector"},
                     .openings = {{day, 8 * 60, 12 * 60, RoomOpening::Kind::kOpen},
                                  {day + 1, 0, kMinutesOfDay, RoomOpening::Kind::kClosed}}};
  ASSERT_OK_AND_ASSIGN(const Room created, directory_.CreateRoom(Staff(), room, {}));
  EXPECT_THAT(directory_.GetRoom("b12"), IsOkAndHolds(created));
  ASSERT_OK_AND_ASSIGN(const Page<Room> page, directory_.ListRooms({}));
  EXPECT_THAT(page.items, ElementsAre(created));
}

TEST_F(DirectoryTest, RefusesEquipmentThatIsNoLowerCaseWord) {
  const Room room = {.id = "b12", .title = "B 12", .equipment = {"Video", "video", "video", ""}};
  EXPECT_THAT(FieldsOf(directory_.CreateRoom(Staff(), room, {}).status()),
              ElementsAre("room.equipment[0]", "room.equipment[2]", "room.equipment[3]"));
}

TEST_F(DirectoryTest, DeletesARoomOnce) {
  ASSERT_OK(directory_.CreateRoom(Staff(), {.id = "b12", .title = "B 12", .equipment = {"video"}}, {}));
  EXPECT_THAT(directory_.DeleteRoom(Staff(), "b12", 7, {}), StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(directory_.DeleteRoom(Staff(), "b12", 1, {.validate_only = true}), IsOk());
  EXPECT_THAT(directory_.DeleteRoom(Staff(), "b12", 1, Repeatable("r1")), IsOk());
  EXPECT_THAT(directory_.DeleteRoom(Staff(), "b12", 1, Repeatable("r1")), IsOk());
  EXPECT_THAT(directory_.DeleteRoom(Staff(), "b12", {}, {}), StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace soutenance::directory
