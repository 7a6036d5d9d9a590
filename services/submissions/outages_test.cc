#include "services/submissions/outages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/submissions/drafts.h"
#include "services/submissions/milestones.h"
#include "services/submissions/receipts/receipt.h"
#include "storage/files/content_store.h"
#include "storage/files/sha256.h"
#include "storage/open.h"
#include "storage/sql/draft_store.h"
#include "storage/sql/submission_store.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/process.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::submissions {
namespace {

using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kMsi[] = "programmes/msi";
constexpr char kFinal[] = "programmes/msi/milestones/final";

Caller Ana() {
  return {.account = "accounts/ana", .person = "people/ana", .grants = {{Role::kStudent, kMsi}}};
}
Caller Staff() { return {.account = "accounts/staff", .grants = {{Role::kStaff, kMsi}}}; }

class FakeUptime final : public Uptime {
 public:
  std::string Boot() const override { return boot_; }
  absl::Duration SinceBoot() const override { return since_boot_; }

  std::string boot_ = "first";
  absl::Duration since_boot_ = absl::Hours(100);
};

// Ana's thesis is due at `due_`; the service lives as long as it beats.
class OutagesTest : public ::testing::Test {
 protected:
  OutagesTest() {
    EXPECT_OK(thesis_store_.Write([&](SubmissionStore::Writer& writer) {
      return writer.Insert({.id = "42", .title = "T", .authors = {"people/ana"}, .programme = kMsi});
    }));
    EXPECT_OK(milestones_.Create(Staff(),
                                 {.programme = kMsi,
                                  .id = "final",
                                  .title = "Final thesis",
                                  .kind = DraftKind::kDeposit,
                                  .due = due_,
                                  .hard = due_ + absl::Minutes(15),
                                  .time_zone = "Europe/Paris"},
                                 {}));
  }

  // Lives until `end`, with a sign of life at it.
  void LiveUntil(absl::Time end) {
    EXPECT_OK(outages_.Beat());
    while (clock_.Now() < end) {
      Pass(std::min<absl::Duration>(Outages::kBeatEvery, end - clock_.Now()));
      EXPECT_OK(outages_.Beat());
    }
  }
  void Pass(absl::Duration time) {
    clock_.Advance(time);
    uptime_.since_boot_ += time;
  }

  // What a file that is begun now, for the first time, is told.
  Punctuality Begin() {
    storage::files::Sha256 sha256;
    sha256.Add(absl::StrCat(++files_));
    const auto upload = drafts_.CreateUpload(Ana(),
                                             {.thesis = "42",
                                              .kind = DraftKind::kDeposit,
                                              .milestone = kFinal,
                                              .content = {.sha256 = sha256.Finish(), .size = 1},
                                              .file_name = "memoire.pdf"},
                                             {});
    EXPECT_OK(upload.status());
    return upload.ok() ? upload->upload.punctuality : Punctuality();
  }
  std::vector<Outage> Found() {
    const auto page = outages_.List({.size = 100});
    EXPECT_OK(page.status());
    return page.ok() ? page->items : std::vector<Outage>();
  }

  const absl::Time due_ = absl::FromUnixSeconds(1'811'887'200);
  testing::FakeClock clock_{due_ - absl::Minutes(30)};
  FakeUptime uptime_;
  testing::TemporaryFolder folder_;
  std::unique_ptr<storage::sql::Database> database_ =
      *storage::OpenServiceDatabase("sqlite::memory:", "submissions");
  storage::sql::SubmissionStore thesis_store_{*database_};
  storage::sql::DraftStore store_{*database_};
  std::unique_ptr<storage::files::ContentStore> contents_ =
      *storage::files::ContentStore::Open(storage::files::PosixFileSystem(), folder_.path());
  const receipts::SigningKey key_ = *receipts::SigningKey::Create(std::string(64, 'a'));
  const std::string institution_ = "Université";
  Milestones milestones_{store_, clock_};
  Outages outages_{
      {.store = store_, .key = key_, .institution = institution_, .clock = clock_, .uptime = uptime_}};
  Drafts drafts_{{.store = store_,
                  .contents = *contents_,
                  .key = key_,
                  .institution = institution_,
                  .clock = clock_,
                  .outages = &outages_},
                 {}};
  int files_ = 0;
};

TEST_F(OutagesTest, FindsNoneWhileThereAreSignsOfLife) {
  LiveUntil(due_);
  EXPECT_THAT(Found(), IsEmpty());
  Pass(absl::Microseconds(1));
  EXPECT_EQ(Begin().verdict, Verdict::kLate);
}

TEST_F(OutagesTest, MakesNobodyLateAfterTwentyMinutesTenBeforeTheDeadline) {
  LiveUntil(due_ - absl::Minutes(10));
  Pass(absl::Minutes(20));  // down
  LiveUntil(due_ + absl::Minutes(20));
  EXPECT_EQ(Begin().Text(), "on_time");
  Pass(absl::Microseconds(1));
  EXPECT_EQ(Begin().Text(), "late 1 min");

  const auto statuses = milestones_.ListStatuses(Staff(), {kMsi, "final"}, "", {.size = 10});
  ASSERT_OK(statuses.status());
  EXPECT_EQ(statuses->items.at(0).limits.due, due_ + absl::Minutes(20));
  EXPECT_EQ(statuses->items.at(0).limits.hard, due_ + absl::Minutes(35));
}

TEST_F(OutagesTest, TellStudentsWhatTheyHaveToKeepAndWhy) {
  EXPECT_OK(thesis_store_.Write([&](SubmissionStore::Writer& writer) {
    return writer.Insert(
        {.id = "43", .title = "T", .authors = {"people/bob", "people/cleo"}, .programme = kMsi});
  }));
  const auto grant = [&](const std::string& person, absl::Duration more) {
    EXPECT_OK(milestones_.Grant(Staff(),
                                {.programme = kMsi,
                                 .milestone = "final",
                                 .person = person,
                                 .until = due_ + more,
                                 .reason = absl::StrCat("why ", person)},
                                {}));
  };
  grant("people/bob", absl::Hours(24));
  grant("people/cleo", absl::Hours(48));
  LiveUntil(due_ - absl::Minutes(10));
  Pass(absl::Minutes(18));  // down
  LiveUntil(due_ + absl::Minutes(9));
  const auto limits_of = [&](const Caller& caller) {
    const auto found = milestones_.GetWithLimits(caller, {kMsi, "final"});
    EXPECT_OK(found.status());
    const auto listed = milestones_.ListWithLimits(caller, kMsi, {.size = 10});
    EXPECT_OK(listed.status());
    EXPECT_EQ(listed->items.at(0).limits.size(), found->limits.size());
    EXPECT_EQ(listed->items.at(0).limits.at(0).limits.due, found->limits.at(0).limits.due);
    EXPECT_EQ(found->milestone.due, due_) << "what is shown stays";
    return found->limits.at(0);
  };

  const OwnLimits ana = limits_of(Ana());
  EXPECT_EQ(ana.thesis, "42");
  EXPECT_EQ(ana.limits.due, due_ + absl::Minutes(20));
  EXPECT_EQ(ana.limits.hard, due_ + absl::Minutes(35));
  EXPECT_FALSE(ana.extension.has_value());
  ASSERT_THAT(ana.outages, SizeIs(1));
  EXPECT_EQ(ana.outages[0].outage, Found().at(0));
  EXPECT_EQ(ana.outages[0].by, absl::Minutes(20)) << "18, counted up to a multiple of 5";

  Caller bob = Ana();
  bob.person = "people/bob";
  const OwnLimits of_bob = limits_of(bob);
  EXPECT_EQ(of_bob.limits.due, due_ + absl::Hours(48)) << "a thesis of two has the later extension";
  ASSERT_TRUE(of_bob.extension.has_value());
  EXPECT_EQ(of_bob.extension->person, "people/cleo");
  EXPECT_EQ(of_bob.extension->reason, "") << "why is for cleo";
  EXPECT_THAT(of_bob.outages, IsEmpty()) << "two days before: outside of the window";
  Caller cleo = Ana();
  cleo.person = "people/cleo";
  EXPECT_EQ(limits_of(cleo).extension->reason, "why people/cleo");

  const OwnLimits everybody = limits_of(Staff());
  EXPECT_EQ(everybody.thesis, "");
  EXPECT_EQ(everybody.limits.due, due_ + absl::Minutes(20));
  EXPECT_THAT(everybody.outages, SizeIs(1));
}

// The database was away, say: nobody started anything, and the first who comes back is judged before the next
// sign of life was due.
TEST_F(OutagesTest, IsNotedBeforeTheFirstWhoComesBackIsJudged) {
  LiveUntil(due_ - absl::Minutes(10));
  Pass(absl::Minutes(20));
  EXPECT_EQ(Begin().Text(), "on_time");
  EXPECT_THAT(Found(), SizeIs(1));
}

TEST_F(OutagesTest, GivesSignedEvidenceInTheLog) {
  LiveUntil(due_ - absl::Minutes(10));
  Pass(absl::Minutes(20));
  EXPECT_OK(outages_.Beat());
  const std::vector<Outage> found = Found();
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].begin, due_ - absl::Minutes(10));
  EXPECT_EQ(found[0].end, due_ + absl::Minutes(10));
  const auto receipt = receipts::Verify(found[0].evidence, key_.public_key());
  ASSERT_OK(receipt.status());
  EXPECT_EQ(receipt->statement.event, "outage");
  EXPECT_EQ(receipt->statement.version, found[0].Name());
  EXPECT_EQ(receipt->statement.begun, InstantText(found[0].begin));
  EXPECT_EQ(receipt->statement.received, InstantText(found[0].end));
  EXPECT_EQ(receipt->statement.verdict, "outage 20 min");
  const auto head = drafts_.LogHead();
  ASSERT_OK(head.status());
  EXPECT_EQ(head->size, 1);
}

TEST_F(OutagesTest, AreNotMadeBySettingTheClock) {
  LiveUntil(due_ - absl::Minutes(20));
  for (const absl::Duration step : {absl::Hours(1), -absl::Hours(2), absl::Hours(1)}) {
    clock_.Advance(step);
    EXPECT_OK(outages_.Beat());
  }
  EXPECT_THAT(Found(), IsEmpty());
}

TEST_F(OutagesTest, AreMeasuredByTheClockAcrossAStartOfTheMachine) {
  LiveUntil(due_ - absl::Minutes(10));
  clock_.Advance(absl::Minutes(7));
  uptime_.boot_ = "second";
  uptime_.since_boot_ = absl::Seconds(40);
  EXPECT_OK(outages_.Beat());
  ASSERT_THAT(Found(), SizeIs(1));
  EXPECT_EQ(Found()[0].end - Found()[0].begin, absl::Minutes(7));
}

TEST_F(OutagesTest, AreListedTheLatestFirstPageByPage) {
  for (int i = 0; i < 3; ++i) {
    EXPECT_OK(outages_.Beat());
    Pass(absl::Minutes(2 + i));
  }
  EXPECT_OK(outages_.Beat());
  std::vector<absl::Duration> lengths;
  PageRequest page{.size = 1};
  for (;;) {
    const auto found = outages_.List(page);
    ASSERT_OK(found.status());
    for (const Outage& each : found->items) lengths.push_back(each.end - each.begin);
    if (found->next.empty()) break;
    page.after = found->next;
  }
  EXPECT_THAT(lengths, ::testing::ElementsAre(absl::Minutes(4), absl::Minutes(3), absl::Minutes(2)));
}

TEST_F(OutagesTest, CountByTheRuleOfTheProgramme) {
  EXPECT_THAT(outages_.Update(Ana(), {.programme = kMsi}, {}, {}).status(),
              StatusIs(absl::StatusCode::kPermissionDenied, Reason("ROLE_NOT_ALLOWED")));
  EXPECT_THAT(outages_.Update(Staff(), {.programme = kMsi, .minutes_min = 0}, {}, {}).status(),
              StatusIs(absl::StatusCode::kInvalidArgument));
  const auto rule = outages_.Update(Staff(), {.programme = kMsi, .minutes_min = 30}, 0, {});
  ASSERT_OK(rule.status());
  EXPECT_EQ(*outages_.Rule(kMsi), *rule);
  EXPECT_THAT(outages_.Update(Staff(), {.programme = kMsi}, 0, {}).status(),
              StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));

  LiveUntil(due_ - absl::Minutes(10));
  Pass(absl::Minutes(20));
  EXPECT_EQ(Begin().Text(), "late 10 min");
}

// What was decided before an outage stays; what was begun before it and arrives after it is not worse for it.
TEST_F(OutagesTest, ChangeNothingThatWasDecided) {
  LiveUntil(due_ - absl::Minutes(1));
  EXPECT_EQ(Begin().Text(), "on_time");
  Pass(absl::Minutes(20));
  LiveUntil(due_ + absl::Minutes(21));
  EXPECT_EQ(Begin().Text(), "late 1 min");
}

Limits LimitsAt(absl::Time due) {
  return {.due = due, .grace_end = due + absl::Minutes(10), .hard = due + absl::Minutes(60)};
}
Outage From(absl::Time begin, absl::Duration length) { return {.begin = begin, .end = begin + length}; }

TEST(LengthenedLimits, MoveByLengthsCountedUp) {
  const absl::Time due = absl::FromUnixSeconds(1'811'887'200);
  const OutageRule rule;
  const auto moved = [&](const Outage& outage) {
    return absl::ToInt64Minutes(Lengthened(LimitsAt(due), rule, {outage}).due - due);
  };
  EXPECT_EQ(moved(From(due - absl::Minutes(20), absl::Minutes(5))), 5);
  EXPECT_EQ(moved(From(due - absl::Minutes(20), absl::Minutes(5) + absl::Microseconds(1))), 10);
  EXPECT_EQ(moved(From(due - absl::Minutes(20), absl::Minutes(5) - absl::Microseconds(1))), 0);
  // The edges of the window, and of the deadline.
  EXPECT_EQ(moved(From(due - absl::Minutes(250), absl::Minutes(10))), 0);
  EXPECT_EQ(moved(From(due - absl::Minutes(250), absl::Minutes(10) + absl::Microseconds(1))), 15);
  EXPECT_EQ(moved(From(due, absl::Hours(3))), 180);
  EXPECT_EQ(moved(From(due + absl::Microseconds(1), absl::Hours(3))), 0);
}

TEST(LengthenedLimits, KeepTheirOrderAndAreNeverBeforeTheEndOfWhatMovedThem) {
  const absl::Time due = absl::FromUnixSeconds(1'811'887'200);
  const OutageRule rule;
  for (int begin = -300; begin <= 120; begin += 7) {
    for (int length = 1; length < 400; length += 13) {
      for (int second = begin + length; second < begin + length + 200; second += 45) {
        const std::vector<Outage> outages = {From(due + absl::Minutes(begin), absl::Minutes(length)),
                                             From(due + absl::Minutes(second), absl::Minutes(9))};
        const Limits limits = Lengthened(LimitsAt(due), rule, outages);
        ASSERT_LE(due, limits.due);
        ASSERT_LE(limits.due, limits.grace_end);
        ASSERT_LE(limits.grace_end, *limits.hard);
        // Whoever had time when the service went down has it when it is back.
        if (length >= rule.minutes_min && begin <= 0 && begin + length > 0) {
          ASSERT_GE(limits.due, outages[0].end - absl::Minutes(begin));
        }
      }
    }
  }
}

}  // namespace
}  // namespace soutenance::submissions
