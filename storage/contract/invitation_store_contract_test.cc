#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/status.h"
#include "storage/contract/backends.h"
#include "storage/sql/assignment_store.h"
#include "storage/sql/invitation_store.h"
#include "storage/sql/load_store.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::storage::sql {
namespace {

using assignment::HeldSeat;
using assignment::Invitation;
using assignment::InvitationKey;
using assignment::InvitationState;
using assignment::Jury;
using assignment::Seat;
using assignment::SeatCount;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const absl::Time kDay = absl::FromUnixMicros(1'800'000'000'123'456);

class InvitationStoreContract : public contract::OnEveryBackend {
 protected:
  absl::Status Put(const Invitation& invitation) {
    return store_.Write([&](InvitationStore::Writer& writer) { return writer.PutInvitation(invitation); });
  }
  void PutJury(const std::string& thesis, const std::vector<Seat>& seats,
               const std::string& programme = "programmes/msi") {
    ASSERT_OK(store_.Write([&](InvitationStore::Writer& writer) {
      return writer.jury_writer().Insert({.thesis = thesis, .programme = programme, .seats = seats}).status();
    }));
  }
  // What `ask` returns of a reader of `store`.
  template <typename T, typename Store, typename Ask>
  T Read(Store& store, Ask ask) {
    T value{};
    EXPECT_OK(store.Read([&](const typename Store::Reader& reader) -> absl::Status {
      ASSIGN_OR_RETURN(value, ask(reader));
      return absl::OkStatus();
    }));
    return value;
  }
  std::vector<SeatCount> Standing(const std::string& person = "") {
    return Read<std::vector<SeatCount>>(
        loads_, [&](const LoadStore::Reader& reader) { return reader.CountStanding(person); });
  }
  std::vector<SeatCount> Past(const std::string& person = "") {
    return Read<std::vector<SeatCount>>(
        loads_, [&](const LoadStore::Reader& reader) { return reader.CountPast(person); });
  }

  std::unique_ptr<Database> database_ = OpenDatabase("assignment");
  InvitationStore store_{*database_};
  LoadStore loads_{*database_};
};

TEST_P(InvitationStoreContract, KeepsEveryFieldOfAnInvitation) {
  Invitation invitation{.thesis = "42",
                        .person = "people/eva",
                        .programme = "programmes/msi",
                        .role = Seat::Role::kReviewer,
                        .state = InvitationState::kReplaced,
                        .respond_by = kDay,
                        .invited = kDay - absl::Hours(1),
                        .answered = kDay + absl::Microseconds(1),
                        .reason = "L'été : \"Œ\"; --'",
                        .replaced_by = "people/fred",
                        .message = "Bonjour"};
  EXPECT_OK(Put(invitation));
  invitation.version = 1;
  const auto find = [](const InvitationStore::Reader& reader) {
    return reader.FindInvitation({"42", "people/eva"});
  };
  EXPECT_EQ(Read<std::optional<Invitation>>(store_, find), invitation);
  Invitation bare{.thesis = "42", .person = "people/eva", .version = 1, .programme = "programmes/law"};
  EXPECT_OK(Put(bare));
  bare.version = 2;
  EXPECT_EQ(Read<std::optional<Invitation>>(store_, find), bare);
  bare.version = 1;
  EXPECT_THAT(Put(bare), StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  bare.version = 0;
  EXPECT_THAT(Put(bare), StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
}

TEST_P(InvitationStoreContract, ListsPageByPageOfAProgrammeAndOfAPerson) {
  for (const char* thesis : {"a", "b"}) {
    for (const char* person : {"people/ana", "people/bob"}) {
      EXPECT_OK(Put({.thesis = thesis, .person = person, .programme = "programmes/msi"}));
    }
  }
  EXPECT_OK(Put({.thesis = "c", .person = "people/ana", .programme = "programmes/law"}));
  std::vector<std::string> names;
  PageRequest page{.size = 3};
  do {
    const auto list = Read<Page<Invitation>>(store_, [&](const InvitationStore::Reader& reader) {
      return reader.ListOfProgramme("programmes/msi", page);
    });
    for (const Invitation& each : list.items) names.push_back(each.Name());
    page.after = list.next;
  } while (!page.after.empty());
  EXPECT_THAT(names, ElementsAre("theses/a/invitations/ana", "theses/a/invitations/bob",
                                 "theses/b/invitations/ana", "theses/b/invitations/bob"));
  EXPECT_THAT(Read<Page<Invitation>>(store_,
                                     [](const InvitationStore::Reader& reader) {
                                       return reader.ListOfPerson("people/ana", {.size = 10});
                                     })
                  .items,
              SizeIs(3));
  EXPECT_THAT(Read<std::vector<Invitation>>(store_,
                                            [](const InvitationStore::Reader& reader) {
                                              return reader.ListOfTheses({"b", "b", "none"});
                                            }),
              SizeIs(2));
}

TEST_P(InvitationStoreContract, KeepsHistoryAndRemindersInOrder) {
  const InvitationKey key{"42", "people/eva"};
  EXPECT_OK(Put({.thesis = "42", .person = "people/eva", .programme = "programmes/msi"}));
  EXPECT_OK(store_.Write([&](InvitationStore::Writer& writer) -> absl::Status {
    RETURN_IF_ERROR(writer.AddEvent(key, {.event = "invite", .time = kDay, .account = "accounts/s"}));
    RETURN_IF_ERROR(
        writer.AddEvent(key, {.event = "decline", .time = kDay, .account = "accounts/e", .reason = "r"}));
    return writer.RememberReminder({.invitation = key, .days_before = 3, .respond_by = kDay}, kDay);
  }));
  const auto events = Read<std::vector<assignment::InvitationEvent>>(
      store_, [&](const InvitationStore::Reader& reader) { return reader.ListEvents(key); });
  ASSERT_THAT(events, SizeIs(2));
  EXPECT_EQ(events[1].event, "decline");
  EXPECT_EQ(events[1].reason, "r");
  for (const int days : {3, 1}) {
    EXPECT_EQ(
        Read<bool>(store_,
                   [&](const InvitationStore::Reader& reader) {
                     return reader.WasReminded({.invitation = key, .days_before = days, .respond_by = kDay});
                   }),
        days == 3);
  }
}

TEST_P(InvitationStoreContract, ChangesJuriesAndInvitationsTogetherOrNotAtAll) {
  const absl::Status failed = store_.Write([&](InvitationStore::Writer& writer) -> absl::Status {
    RETURN_IF_ERROR(writer.jury_writer()
                        .Insert({.thesis = "42",
                                 .programme = "programmes/msi",
                                 .seats = {{"people/eva", Seat::Role::kReviewer}}})
                        .status());
    EXPECT_EQ(writer.juries().Find("42")->has_value(), true);
    RETURN_IF_ERROR(writer.PutInvitation({.thesis = "42", .person = "people/eva", .programme = "p"}));
    return absl::CancelledError("no");
  });
  EXPECT_THAT(failed, StatusIs(absl::StatusCode::kCancelled));
  AssignmentStore juries(*database_);
  EXPECT_EQ(Read<std::optional<Jury>>(juries, [](const auto& reader) { return reader.Find("42"); }),
            std::nullopt);
  EXPECT_THAT(Read<std::vector<Invitation>>(
                  store_, [](const InvitationStore::Reader& reader) { return reader.ListOfTheses({"42"}); }),
              IsEmpty());
}

TEST_P(InvitationStoreContract, CountsWhatStandsWithoutWhatWasDeclinedOrRecorded) {
  PutJury("1", {{"people/ana", Seat::Role::kPresident}, {"people/eva", Seat::Role::kReviewer}});
  PutJury("2", {{"people/ana", Seat::Role::kPresident}, {"people/eva", Seat::Role::kExaminer}});
  PutJury("3", {{"people/ana", Seat::Role::kExaminer}}, "programmes/law");
  EXPECT_OK(Put({.thesis = "1",
                 .person = "people/eva",
                 .programme = "programmes/msi",
                 .role = Seat::Role::kReviewer,
                 .state = InvitationState::kDeclined}));
  const SeatCount presides{"people/ana", "programmes/msi", 0, Seat::Role::kPresident, 2};
  const SeatCount elsewhere{"people/ana", "programmes/law", 0, Seat::Role::kExaminer, 1};
  const SeatCount examines{"people/eva", "programmes/msi", 0, Seat::Role::kExaminer, 1};
  EXPECT_THAT(Standing(), ElementsAre(elsewhere, presides, examines));
  EXPECT_THAT(Standing("people/eva"), ElementsAre(examines));
  EXPECT_OK(loads_.Write([&](LoadStore::Writer& writer) {
    return writer.PutHeld("2", {{"2", "people/ana", "programmes/msi", 2026, Seat::Role::kPresident}}, kDay);
  }));
  EXPECT_THAT(Standing("people/eva"), IsEmpty());
  EXPECT_THAT(Past(),
              ElementsAre(SeatCount{"people/ana", "programmes/msi", 2026, Seat::Role::kPresident, 1}));
}

TEST_P(InvitationStoreContract, AddsCorrectionsToWhatWasHeld) {
  const HeldSeat held{"1", "people/ana", "programmes/msi", 2026, Seat::Role::kExaminer};
  EXPECT_OK(loads_.Write([&](LoadStore::Writer& writer) -> absl::Status {
    RETURN_IF_ERROR(writer.PutHeld("1", {held}, kDay));
    for (const int count : {5, -2}) {
      RETURN_IF_ERROR(writer.AddCorrection({.person = "people/ana",
                                            .programme = "programmes/msi",
                                            .year = 2026,
                                            .role = Seat::Role::kExaminer,
                                            .count = count,
                                            .reason = "old"},
                                           "accounts/s", kDay));
    }
    return writer.PutHeld("1", {held}, kDay);
  }));
  EXPECT_THAT(Past("people/ana"),
              ElementsAre(SeatCount{"people/ana", "programmes/msi", 2026, Seat::Role::kExaminer, 4}));
  EXPECT_THAT(Past("people/eva"), IsEmpty());
  EXPECT_THAT(Read<std::vector<HeldSeat>>(loads_,
                                          [](const LoadStore::Reader& reader) {
                                            return reader.FindHeld({"1", "2"});
                                          }),
              ElementsAre(held));
  EXPECT_THAT(Read<std::set<std::string>>(loads_,
                                          [](const LoadStore::Reader& reader) {
                                            return reader.FindRecorded({"1", "2"});
                                          }),
              ElementsAre("1"));
}

SOUTENANCE_ON_EVERY_BACKEND(InvitationStoreContract);

}  // namespace
}  // namespace soutenance::storage::sql
