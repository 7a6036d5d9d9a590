#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/status.h"
#include "storage/contract/backends.h"
#include "storage/sql/directory_store.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::storage::sql {
namespace {

using directory::CalendarPeriod;
using directory::Cohort;
using directory::Person;
using directory::Programme;
using directory::Room;
using directory::RoomOpening;
using ::soutenance::testing::IsOk;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;
using Reader = DirectoryStore::Reader;
using Writer = DirectoryStore::Writer;

class DirectoryStoreContract : public contract::OnEveryBackend {
 protected:
  void Put(std::vector<Person> people) {
    ASSERT_OK(store_->Write([&](Writer& writer) { return writer.PutPeople(people); }));
  }
  // What `look(reader)` returns.
  template <typename Look>
  auto Read(Look look) {
    std::invoke_result_t<Look, const Reader&> result = absl::UnknownError("not run");
    EXPECT_OK(store_->Read([&](const Reader& reader) {
      result = look(reader);
      return result.status();
    }));
    return *std::move(result);
  }
  std::vector<std::string> Search(const std::string& key) {
    const Page<Person> page = Read([&](const Reader& reader) { return reader.ListPeople({}, key); });
    std::vector<std::string> ids;
    for (const Person& person : page.items) ids.push_back(person.id);
    return ids;
  }
  std::optional<Person> Find(const std::string& id) {
    return Read([&](const Reader& reader) { return reader.FindPerson(id); });
  }
  void Reopen() {
    store_.reset();
    database_.reset();
    database_ = OpenDatabase("directory");
    store_ = std::make_unique<DirectoryStore>(*database_);
  }

  std::unique_ptr<Database> database_ = OpenDatabase("directory");
  std::unique_ptr<DirectoryStore> store_ = std::make_unique<DirectoryStore>(*database_);
};

Person Ana() {
  return {.id = "007",
          .version = 1,
          .family_name = "Lefèvre",
          .given_name = "Ana",
          .email = "Ana@Example.org",
          .organisation = "L'Atelier \"5%\"",
          .defences_per_day_max = 3,
          .defences_per_campaign_max = 9};
}

TEST_P(DirectoryStoreContract, KeepsEveryFieldAlsoWhenReopened) {
  Put({Ana()});
  const Programme programme = {.id = "msi",
                               .version = 2,
                               .title = "Mastère",
                               .institution = "École",
                               .time_zone = "Indian/Reunion",
                               .language = "en"};
  const Cohort cohort = {
      .programme = "msi",
      .id = "2027",
      .version = 3,
      .title = "M2",
      .calendar = {{absl::CivilDay(2027, 1, 4), absl::CivilDay(2027, 1, 8), CalendarPeriod::Kind::kCompany},
                   {absl::CivilDay(2027, 1, 9), absl::CivilDay(2027, 1, 9), CalendarPeriod::Kind::kSchool}}};
  const Room room = {.id = "b12",
                     .version = 4,
                     .title = "B 12",
                     .site = "Campus",
                     .capacity_seats = 20,
                     .equipment = {"video", "projector"},
                     .openings = {{absl::CivilDay(2027, 6, 14), 480, 720, RoomOpening::Kind::kClosed},
                                  {absl::CivilDay(2027, 6, 1)}}};
  ASSERT_OK(store_->Write([&](Writer& writer) -> absl::Status {
    RETURN_IF_ERROR(writer.PutProgrammes({programme}));
    RETURN_IF_ERROR(writer.PutCohorts({cohort}));
    return writer.PutRooms({room});
  }));
  if (RemembersAfterClosing()) Reopen();
  EXPECT_THAT(Find("007"), Optional(Ana()));
  EXPECT_THAT(Read([](const Reader& reader) { return reader.FindProgramme("msi"); }), Optional(programme));
  EXPECT_THAT(Read([](const Reader& reader) { return reader.FindCohort("msi", "2027"); }), Optional(cohort));
  EXPECT_THAT(Read([](const Reader& reader) { return reader.FindRoom("b12"); }), Optional(room));
  EXPECT_THAT(Read([](const Reader& reader) { return reader.ListProgrammes({}); }).items,
              ElementsAre(programme));
  EXPECT_THAT(Read([](const Reader& reader) { return reader.ListCohorts("msi", {}); }).items,
              ElementsAre(cohort));
  EXPECT_THAT(Read([](const Reader& reader) { return reader.ListRooms({}); }).items, ElementsAre(room));
}

TEST_P(DirectoryStoreContract, FindsNothingWithoutError) {
  EXPECT_EQ(Find("x"), std::nullopt);
  EXPECT_EQ(Read([](const Reader& reader) { return reader.FindProgramme("x"); }), std::nullopt);
  EXPECT_EQ(Read([](const Reader& reader) { return reader.FindCohort("x", "y"); }), std::nullopt);
  EXPECT_EQ(Read([](const Reader& reader) { return reader.FindRoom("x"); }), std::nullopt);
  EXPECT_THAT(Read([](const Reader& reader) { return reader.FindPeople({}); }), IsEmpty());
}

TEST_P(DirectoryStoreContract, ReplacesARoomWithAllThatBelongsToIt) {
  const auto put = [&](const Room& room) {
    ASSERT_OK(store_->Write([&](Writer& writer) { return writer.PutRooms({room}); }));
  };
  put({.id = "a", .title = "A", .equipment = {"video"}, .openings = {{absl::CivilDay(2027, 6, 1)}}});
  const Room replaced = {.id = "a", .version = 2, .title = "A", .equipment = {"piano"}};
  put(replaced);
  EXPECT_THAT(Read([](const Reader& reader) { return reader.FindRoom("a"); }), Optional(replaced));
  ASSERT_OK(store_->Write([](Writer& writer) { return writer.DeleteRoom("a"); }));
  EXPECT_EQ(Read([](const Reader& reader) { return reader.FindRoom("a"); }), std::nullopt);
}

TEST_P(DirectoryStoreContract, FindsManyPeopleInTheOrderAskedFor) {
  std::vector<Person> people;
  std::vector<std::string> ids;
  std::vector<std::string> keys;
  for (int i = 0; i < 450; ++i) {
    people.push_back({.id = absl::StrCat("p", i),
                      .version = 1,
                      .family_name = "X",
                      .email = absl::StrCat("P", i, "@example.org")});
    ids.insert(ids.begin(), people.back().id);
    keys.push_back(directory::EmailKey(people.back().email));
  }
  Put(people);
  ids.insert(ids.begin() + 100, "unknown");
  keys.push_back("unknown@example.org");
  const std::vector<Person> found = Read([&](const Reader& reader) { return reader.FindPeople(ids); });
  ASSERT_THAT(found, SizeIs(450));
  EXPECT_EQ(found.front().id, "p449");
  EXPECT_EQ(found.back().id, "p0");
  EXPECT_THAT(Read([&](const Reader& reader) { return reader.FindPeopleByEmail(keys); }), SizeIs(450));
}

TEST_P(DirectoryStoreContract, FindsRoomsWithWhatBelongsToEach) {
  std::vector<Room> rooms;
  std::vector<std::string> ids;
  for (int i = 0; i < 120; ++i) {
    rooms.push_back(
        {.id = absl::StrCat("r", i), .version = 1, .title = "R", .equipment = {absl::StrCat("e", i)}});
    ids.push_back(rooms.back().id);
  }
  ASSERT_OK(store_->Write([&](Writer& writer) { return writer.PutRooms(rooms); }));
  EXPECT_EQ(Read([&](const Reader& reader) { return reader.FindRooms(ids); }), rooms);
}

TEST_P(DirectoryStoreContract, OrdersIdsByteByByteInPages) {
  for (const char* id : {"b", "B", "10", "9", "a"}) Put({{.id = id, .version = 1, .family_name = "X"}});
  std::vector<std::string> ids;
  PageRequest page = {.size = 2};
  do {
    const Page<Person> part = Read([&](const Reader& reader) { return reader.ListPeople(page, ""); });
    for (const Person& person : part.items) ids.push_back(person.id);
    page.after = part.next;
  } while (!page.after.empty());
  EXPECT_THAT(ids, ElementsAre("10", "9", "B", "a", "b"));
}

TEST_P(DirectoryStoreContract, SearchesForEveryCharacterAsItIs) {
  Put({{.id = "1", .version = 1, .family_name = "Lefèvre", .given_name = "Zoé"},
       {.id = "2", .version = 1, .family_name = "100% \\ X"}});
  EXPECT_THAT(Search("lefevrezoe"), ElementsAre("1"));
  EXPECT_THAT(Search("%"), ElementsAre("2"));
  EXPECT_THAT(Search("\\"), ElementsAre("2"));
  EXPECT_THAT(Search("1_0"), IsEmpty());
  EXPECT_THAT(Search("l%e"), IsEmpty());
}

TEST_P(DirectoryStoreContract, LetsAddressesChangeHands) {
  Put({{.id = "a", .version = 1, .family_name = "A", .email = "a@x.org"},
       {.id = "b", .version = 1, .family_name = "B", .email = "b@x.org"}});
  Put({{.id = "a", .version = 2, .family_name = "A", .email = "B@x.org"},
       {.id = "b", .version = 2, .family_name = "B", .email = "a@x.org"}});
  EXPECT_EQ(Find("a")->email, "B@x.org");
}

TEST_P(DirectoryStoreContract, RefusesTheSameAddressTwice) {
  Put({Ana()});
  EXPECT_THAT(store_->Write([](Writer& writer) {
    return writer.PutPeople({{.id = "b", .version = 1, .family_name = "B", .email = "ana@EXAMPLE.org"}});
  }),
              StatusIs(absl::StatusCode::kAlreadyExists));
}

TEST_P(DirectoryStoreContract, WritesAllOrNothing) {
  EXPECT_THAT(store_->Write([](Writer& writer) -> absl::Status {
    RETURN_IF_ERROR(writer.PutPeople({Ana()}));
    return absl::AbortedError("enough");
  }),
              StatusIs(absl::StatusCode::kAborted));
  EXPECT_EQ(Find("007"), std::nullopt);
}

TEST_P(DirectoryStoreContract, RemembersRequests) {
  const RequestKey key = {.request_id = "r1", .account = "accounts/ana", .method = "M", .fingerprint = "f"};
  ASSERT_OK(store_->Write(
      [&](Writer& writer) { return writer.RememberRequest(key, "result", absl::UnixEpoch()); }));
  ASSERT_OK(store_->Write([&](Writer& writer) -> absl::Status {
    ASSIGN_OR_RETURN(const std::optional<std::string> first, writer.FindRequest(key));
    EXPECT_THAT(first, Optional(std::string("result")));
    return absl::OkStatus();
  }));
}

SOUTENANCE_ON_EVERY_BACKEND(DirectoryStoreContract);

}  // namespace
}  // namespace soutenance::storage::sql
