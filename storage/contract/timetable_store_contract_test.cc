#include <chrono>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/scheduling/timetable_store.h"
#include "services/scheduling/transactions.h"
#include "storage/contract/backends.h"
#include "storage/sql/timetable_store.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::storage::sql {
namespace {

using scheduling::CalendarEntry;
using scheduling::Place;
using scheduling::ReadFrom;
using scheduling::RunKey;
using scheduling::RunState;
using scheduling::StoredFacts;
using scheduling::StoredPlacement;
using scheduling::TimetableKey;
using scheduling::TimetableReader;
using scheduling::TimetableRecord;
using scheduling::TimetableRun;
using scheduling::TimetableState;
using scheduling::TimetableWriter;
using scheduling::WriteTo;
using ::soutenance::testing::IsOk;
using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::Optional;

constexpr char kCampaign[] = "campaigns/m2";
const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);
const Place kNineInA{.start = absl::CivilMinute(2027, 6, 14, 9, 0), .room = "rooms/a"};

StoredFacts Facts(const std::string& problem = "problem") {
  return scheduling::MakeStoredFacts(problem, "cast of é", "base");
}

TimetableRun ARun(int number) {
  return {.key = {kCampaign, number}, .created = kNow + absl::Seconds(number), .facts = Facts().id};
}

TimetableRecord ATimetable(int number, TimetableState state = TimetableState::kDraft) {
  return {.key = {kCampaign, number},
          .version = 1,
          .state = state,
          .placements = {{.thesis = "theses/1", .place = kNineInA}},
          .placed_count = 1,
          .defence_count = 1,
          .problem_digest = Facts().problem_digest,
          .computed_from = Facts().id,
          .shown_with = Facts().id,
          .created = kNow};
}

class TimetableStoreContract : public contract::OnEveryBackend {
 protected:
  void SetUp() override {
    ASSERT_OK(store_.Write([](TimetableWriter& writer) { return writer.PutFacts(Facts()); }));
  }

  absl::Status Insert(const TimetableRecord& timetable) {
    return store_.Write([&](TimetableWriter& writer) { return writer.InsertTimetable(timetable); });
  }
  absl::Status Update(const TimetableRecord& timetable) {
    return store_.Write([&](TimetableWriter& writer) { return writer.UpdateTimetable(timetable); });
  }
  absl::StatusOr<std::optional<TimetableRecord>> Find(int number) {
    return ReadFrom(store_, [&](const TimetableReader& reader) {
      return reader.FindTimetable({kCampaign, number});
    });
  }
  absl::Status Insert(const TimetableRun& run) {
    return store_.Write([&](TimetableWriter& writer) { return writer.InsertRun(run); });
  }
  absl::StatusOr<std::optional<TimetableRun>> FindRun(int number) {
    return ReadFrom(store_, [&](const TimetableReader& reader) {
      return reader.FindRun({kCampaign, number});
    });
  }

  std::unique_ptr<Database> database_ = OpenDatabase("scheduling");
  TimetableStore store_{*database_};
};

TEST_P(TimetableStoreContract, KeepsARunWithEverythingInIt) {
  TimetableRun run = ARun(1);
  run.state = RunState::kFailed;
  run.parameters = {.seconds_max = 30,
                    .moves_max = int64_t{1} << 40,
                    .seed = -7,
                    .threads = 2,
                    .base_timetable = "campaigns/m2/timetables/3"};
  run.progress = scheduling::RunProgress{.score = {.points = {0, 1, 2, 3, 4, 5, 6, 7, 8}},
                                         .bound = {.points = {0, 1, 1, int64_t{1} << 45}},
                                         .placed_count = 4,
                                         .defence_count = 5,
                                         .placed_count_bound = 5,
                                         .moves = int64_t{1} << 41,
                                         .elapsed_ms = 1234};
  run.timetable = 8;
  run.base = 3;
  run.error = "it broke; l'été\n\"again\"";
  run.error_reason = "INTERNAL";
  run.started = kNow + absl::Microseconds(1);
  run.ended = kNow + absl::Microseconds(2);
  run.account = "accounts/ana";
  run.cancel_requested = true;
  run.interruptions = 1;
  ASSERT_OK(Insert(run));
  EXPECT_THAT(FindRun(1), IsOkAndHolds(Optional(run)));
  EXPECT_THAT(FindRun(2), IsOkAndHolds(std::nullopt));
}

TEST_P(TimetableStoreContract, KeepsARunThatHasNotBegun) {
  ASSERT_OK(Insert(ARun(1)));
  EXPECT_THAT(FindRun(1), IsOkAndHolds(Optional(ARun(1))));
}

TEST_P(TimetableStoreContract, UpdatesAndDeletesRuns) {
  TimetableRun run = ARun(1);
  ASSERT_OK(Insert(run));
  run.state = RunState::kRunning;
  run.started = kNow;
  run.progress = scheduling::RunProgress{.moves = 9};
  ASSERT_OK(store_.Write([&](TimetableWriter& writer) { return writer.UpdateRun(run); }));
  EXPECT_THAT(FindRun(1), IsOkAndHolds(Optional(run)));
  EXPECT_THAT(store_.Write([&](TimetableWriter& writer) { return writer.UpdateRun(ARun(2)); }),
              StatusIs(absl::StatusCode::kNotFound, Reason("RUN_NOT_FOUND")));
  ASSERT_OK(store_.Write([&](TimetableWriter& writer) { return writer.DeleteRun(run.key); }));
  EXPECT_THAT(FindRun(1), IsOkAndHolds(std::nullopt));
}

TEST_P(TimetableStoreContract, ListsRunsByNumberInPages) {
  for (const int number : {10, 2, 1}) ASSERT_OK(Insert(ARun(number)));
  const auto list = [&](const PageRequest& page) {
    return *ReadFrom(store_, [&](const TimetableReader& reader) { return reader.ListRuns(kCampaign, page); });
  };
  const auto numbered = [](int number) { return Field(&TimetableRun::key, RunKey{kCampaign, number}); };
  const Page<TimetableRun> first = list({.size = 2});
  EXPECT_THAT(first.items, ElementsAre(numbered(1), numbered(2)));
  EXPECT_EQ(first.next, "2");
  const Page<TimetableRun> last = list({.size = 2, .after = first.next});
  EXPECT_THAT(last.items, ElementsAre(numbered(10)));
  EXPECT_EQ(last.next, "");
}

TEST_P(TimetableStoreContract, FindsUnfinishedRunsOfAllCampaignsOldestFirst) {
  TimetableRun running = ARun(3);
  running.state = RunState::kRunning;
  TimetableRun done = ARun(2);
  done.state = RunState::kSucceeded;
  TimetableRun other = ARun(1);
  other.key.campaign = "campaigns/law";
  other.created = kNow;
  for (const TimetableRun& run : {running, done, other, ARun(1)}) ASSERT_OK(Insert(run));

  ASSERT_OK_AND_ASSIGN(
      const std::vector<TimetableRun> found,
      ReadFrom(store_, [](const TimetableReader& reader) { return reader.UnfinishedRuns(); }));
  EXPECT_THAT(found, ElementsAre(other, ARun(1), running));
}

TEST_P(TimetableStoreContract, KeepsATimetableWithEverythingInIt) {
  TimetableRecord timetable = ATimetable(1, TimetableState::kPublished);
  timetable.placements = {
      {.thesis = "theses/1",
       .place = kNineInA,
       .pin = {.day = true,
               .room = true,
               .jurors = {"people/ana", "people/bob"},
               .mode = scheduling::solver::Mode::kVideo},
       .override_reason = "Tab\there,\nline there, l'été \\ \"quoted\""},
      {.thesis = "theses/1b",
       .place = kNineInA,
       .holders = {{.person = "people/eve", .role = scheduling::SeatRole::kReviewer, .is_remote = true},
                   {.person = "people/tom", .role = scheduling::SeatRole::kGuest}}},
      {.thesis = "theses/2",
       .unplaced =
           scheduling::UnplacedNote{.kind = "all_taken",
                                    .sentence = {.fr = "Tout est pris\n", .en = "All\ttaken"},
                                    .facts = {{.fr = "un", .en = "one"}, {.fr = "deux", .en = "two"}}}},
      {.thesis = "theses/3",
       .pin = {.room = true, .jurors = {"people/ana"}, .to = kNineInA},
       .unplaced = scheduling::UnplacedNote{.kind = "free", .sentence = {.fr = "", .en = ""}}},
      {.thesis = "theses/4"}};
  timetable.score = {.points = {1, 2, 3, int64_t{1} << 50, 12, 0, 7, 0, int64_t{1} << 45}};
  timetable.bound = {.points = {0, 2, 1, int64_t{1} << 49, 10, 0, 0, 0, int64_t{1} << 44}};
  timetable.placed_count = 1;
  timetable.defence_count = 4;
  timetable.placed_count_bound = 3;
  timetable.is_optimal = true;
  timetable.run = 5;
  timetable.base = 6;
  timetable.seed = -1;
  timetable.work_max = int64_t{1} << 40;
  timetable.solver_version = "v1";
  timetable.published = kNow + absl::Seconds(5);
  timetable.facts_changed = {"Une phrase.", "Une autre\nen deux lignes."};
  timetable.assumptions = {"Ana se libère."};
  timetable.calendar = {
      {.thesis = "theses/1", .sequence = 2, .place = kNineInA, .duration_minutes = 60, .shown_by = 1},
      {.thesis = "theses/9",
       .sequence = 3,
       .is_cancelled = true,
       .place = kNineInA,
       .duration_minutes = 45,
       .shown_by = 1}};
  ASSERT_OK(Insert(timetable));
  EXPECT_THAT(Find(1), IsOkAndHolds(Optional(timetable)));
  EXPECT_THAT(Find(2), IsOkAndHolds(std::nullopt));
}

TEST_P(TimetableStoreContract, UpdatesOnlyTheVersionThatWasRead) {
  ASSERT_OK(Insert(ATimetable(1)));
  TimetableRecord timetable = ATimetable(1);
  timetable.placements[0].place.reset();
  ASSERT_OK(Update(timetable));
  EXPECT_THAT(Update(timetable), StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  timetable.version = 2;
  EXPECT_THAT(Find(1), IsOkAndHolds(Optional(timetable)));
  EXPECT_THAT(Update(ATimetable(7)), StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
}

TEST_P(TimetableStoreContract, DeletesOnlyTheVersionThatWasRead) {
  ASSERT_OK(Insert(ATimetable(1)));
  const auto remove = [&](int64_t version) {
    return store_.Write([&](TimetableWriter& writer) {
      return writer.DeleteTimetable({kCampaign, 1}, version);
    });
  };
  EXPECT_THAT(remove(2), StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  EXPECT_OK(remove(1));
  EXPECT_THAT(Find(1), IsOkAndHolds(std::nullopt));
}

TEST_P(TimetableStoreContract, ListsTimetablesWithoutTheirPlacements) {
  for (const int number : {1, 2, 10}) {
    ASSERT_OK(Insert(ATimetable(number, number == 2 ? TimetableState::kPublished : TimetableState::kDraft)));
  }
  const auto list = [&](bool published_only, const PageRequest& page) {
    return *ReadFrom(store_, [&](const TimetableReader& reader) {
      return reader.ListTimetables(kCampaign, published_only, page);
    });
  };
  TimetableRecord first = ATimetable(1);
  first.placements.clear();
  const Page<TimetableRecord> page = list(false, {.size = 2});
  ASSERT_EQ(page.items.size(), 2u);
  EXPECT_EQ(page.items[0], first);
  EXPECT_EQ(page.next, "2");
  EXPECT_EQ(list(false, {.size = 2, .after = "2"}).items.size(), 1u);
  ASSERT_EQ(list(true, {}).items.size(), 1u);
  EXPECT_EQ(list(true, {}).items[0].key.number, 2);
}

TEST_P(TimetableStoreContract, KnowsTheLatestAndThePublishedOne) {
  const auto published = [&] {
    return *ReadFrom(store_,
                     [](const TimetableReader& reader) { return reader.PublishedTimetable(kCampaign); });
  };
  const auto latest = [&] {
    return *ReadFrom(store_, [](const TimetableReader& reader) { return reader.LatestTimetable(kCampaign); });
  };
  EXPECT_EQ(latest(), std::nullopt);
  EXPECT_EQ(published(), std::nullopt);
  ASSERT_OK(Insert(ATimetable(9)));
  ASSERT_OK(Insert(ATimetable(10)));
  EXPECT_EQ(latest(), 10);
  EXPECT_EQ(published(), std::nullopt);
  ASSERT_OK(Update(ATimetable(9, TimetableState::kPublished)));
  EXPECT_EQ(published(), 9);
}

TEST_P(TimetableStoreContract, RefusesASecondPublishedTimetable) {
  ASSERT_OK(Insert(ATimetable(1, TimetableState::kPublished)));
  EXPECT_THAT(Insert(ATimetable(2, TimetableState::kPublished)), StatusIs(absl::StatusCode::kAlreadyExists));
  TimetableRecord other = ATimetable(1, TimetableState::kPublished);
  other.key.campaign = "campaigns/law";
  EXPECT_OK(Insert(other));
}

TEST_P(TimetableStoreContract, TellsTheCampaignWhatIsPublished) {
  ASSERT_OK(database_->Write([](Session& session) {
    return session.Execute(
        "INSERT INTO campaigns (id, version, title, programme, cohort, year, session, time_zone, language, "
        "days, "
        "hours, grid_minutes, duration_minutes, buffer_minutes, travel_minutes, silent_policy, rooms, rules, "
        "published_timetable) VALUES ('m2', 1, '', '', '', 2027, 1, '', 'fr', '[]', '[]', 15, 60, 0, 0, "
        "'available', '[]', '[]', '')");
  }));
  const auto told = [&] {
    std::string name;
    EXPECT_OK(database_->Read([&](Session& session) {
      return session.Query("SELECT published_timetable FROM campaigns", {},
                           [&](const Row& row) { name = row.Text(0); });
    }));
    return name;
  };
  ASSERT_OK(Insert(ATimetable(1)));
  EXPECT_EQ(told(), "");
  ASSERT_OK(Update(ATimetable(1, TimetableState::kPublished)));
  EXPECT_EQ(told(), "campaigns/m2/timetables/1");
  TimetableRecord superseded = ATimetable(1, TimetableState::kSuperseded);
  superseded.version = 2;
  ASSERT_OK(Update(superseded));
  EXPECT_EQ(told(), "");
}

TEST_P(TimetableStoreContract, NeverGivesANumberTwice) {
  const auto next = [&](absl::string_view campaign) {
    return *WriteTo(store_, [&](TimetableWriter& writer) { return writer.NextTimetableNumber(campaign); });
  };
  const auto next_run = [&](absl::string_view campaign) {
    return *WriteTo(store_, [&](TimetableWriter& writer) { return writer.NextRunNumber(campaign); });
  };
  EXPECT_EQ(next(kCampaign), 1);
  EXPECT_EQ(next(kCampaign), 2);
  EXPECT_EQ(next_run(kCampaign), 1);
  EXPECT_EQ(next("campaigns/law"), 1);
  EXPECT_EQ(next(kCampaign), 3);
  EXPECT_EQ(next_run(kCampaign), 2);
}

TEST_P(TimetableStoreContract, SharesFactsAndRemovesThoseThatNobodyUses) {
  const StoredFacts shown = Facts("shown");
  const StoredFacts of_run = Facts("of a run");
  const StoredFacts unused = Facts("unused");
  ASSERT_OK(store_.Write([&](TimetableWriter& writer) -> absl::Status {
    for (const StoredFacts& facts : {shown, of_run, unused, Facts()}) {
      const absl::Status put = writer.PutFacts(facts);
      if (!put.ok()) return put;
    }
    return absl::OkStatus();
  }));
  TimetableRecord timetable = ATimetable(1);
  timetable.shown_with = shown.id;
  ASSERT_OK(Insert(timetable));
  TimetableRun run = ARun(1);
  run.facts = of_run.id;
  ASSERT_OK(Insert(run));
  ASSERT_OK(store_.Write([](TimetableWriter& writer) { return writer.RemoveUnusedFacts(); }));

  const auto find = [&](const StoredFacts& facts) {
    return *ReadFrom(store_, [&](const TimetableReader& reader) { return reader.FindFacts(facts.id); });
  };
  EXPECT_EQ(find(Facts()), Facts());
  EXPECT_EQ(find(shown), shown);
  EXPECT_EQ(find(of_run), of_run);
  EXPECT_EQ(find(unused), std::nullopt);
}

TEST_P(TimetableStoreContract, RemembersAndForgetsRequests) {
  const RequestKey key{.request_id = "r", .account = "accounts/ana", .method = "M", .fingerprint = "f"};
  const auto find = [&] {
    return *ReadFrom(store_, [&](const TimetableReader& reader) { return reader.FindRequest(key); });
  };
  EXPECT_EQ(find(), std::nullopt);
  ASSERT_OK(
      store_.Write([&](TimetableWriter& writer) { return writer.RememberRequest(key, "result", kNow); }));
  EXPECT_EQ(find(), "result");
  ASSERT_OK(store_.Write([&](TimetableWriter& writer) { return writer.ForgetRequest(key); }));
  EXPECT_EQ(find(), std::nullopt);
}

TEST_P(TimetableStoreContract, WritesNothingOfATransactionThatFails) {
  const absl::Status failed = store_.Write([&](TimetableWriter& writer) -> absl::Status {
    const absl::Status inserted = writer.InsertTimetable(ATimetable(1));
    return inserted.ok() ? absl::CancelledError("changed my mind") : inserted;
  });
  EXPECT_THAT(failed, StatusIs(absl::StatusCode::kCancelled));
  EXPECT_THAT(Find(1), IsOkAndHolds(std::nullopt));
}

TEST_P(TimetableStoreContract, RemembersAfterClosing) {
  if (!RemembersAfterClosing()) return;
  ASSERT_OK(Insert(ATimetable(1)));
  database_.reset();
  database_ = OpenDatabase("scheduling");
  TimetableStore reopened(*database_);
  const auto found = ReadFrom(reopened, [](const TimetableReader& reader) {
    return reader.FindTimetable({kCampaign, 1});
  });
  EXPECT_THAT(found, IsOkAndHolds(Optional(ATimetable(1))));
}

// A timetable of 5,000 defences is one row: it must not take a statement a defence.
TEST_P(TimetableStoreContract, KeepsALargeTimetableFast) {
  TimetableRecord timetable = ATimetable(1, TimetableState::kPublished);
  timetable.published = kNow;
  timetable.placements.clear();
  for (int i = 0; i < 5000; ++i) {
    const std::string thesis = absl::StrCat("theses/", 10000 + i);
    timetable.placements.push_back({.thesis = thesis, .place = kNineInA});
    timetable.calendar.push_back(
        {.thesis = thesis, .place = kNineInA, .duration_minutes = 60, .shown_by = 1});
  }
  const auto start = std::chrono::steady_clock::now();
  ASSERT_OK(Insert(timetable));
  const auto found = Find(1);
  const auto took = std::chrono::steady_clock::now() - start;
  EXPECT_THAT(found, IsOkAndHolds(Optional(timetable)));
  // Some tens of milliseconds, with sanitizers and on a busy machine somewhat more.
  EXPECT_LT(took, std::chrono::seconds(2));
}

SOUTENANCE_ON_EVERY_BACKEND(TimetableStoreContract);

}  // namespace
}  // namespace soutenance::storage::sql
