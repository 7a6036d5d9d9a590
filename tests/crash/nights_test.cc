// Deadlines in the nights when the hour changes, through the real use cases and a real database: a
// microsecond around each limit, with a clock that somebody sets by an hour while the bytes arrive, and a
// restart before the version is made.

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/submissions/drafts.h"
#include "services/submissions/receipts/receipt.h"
#include "storage/files/content_store.h"
#include "storage/files/sha256.h"
#include "storage/open.h"
#include "storage/sql/draft_store.h"
#include "storage/sql/submission_store.h"
#include "tests/crash/disk.h"
#include "tests/crash/sqlite_vfs.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/process.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::crash {
namespace {

using submissions::Draft;
using submissions::DraftKind;

constexpr char kMsi[] = "programmes/msi";
constexpr absl::Duration kTick = absl::Microseconds(1);

Caller Ana() {
  return {.account = "accounts/ana", .person = "people/ana", .grants = {{Role::kStudent, kMsi}}};
}

// When the hour changes in Paris: 72 instants, of which the odd ones are in autumn.
std::vector<absl::Time> Changes() {
  absl::TimeZone paris;
  EXPECT_TRUE(absl::LoadTimeZone("Europe/Paris", &paris));
  std::vector<absl::Time> changes;
  absl::Time after = absl::FromCivil(absl::CivilDay(2020, 1, 1), paris);
  absl::TimeZone::CivilTransition change;
  while (paris.NextTransition(after, &change)) {
    const absl::Time moment = paris.At(change.from).trans;
    if (absl::ToCivilYear(moment, paris).year() > 2037) break;
    changes.push_back(moment);
    after = moment + absl::Hours(2);
  }
  return changes;
}

class Nights : public ::testing::Test {
 protected:
  Nights() {
    UseDisk(&disk_);
    Start();
    storage::sql::SubmissionStore theses(*database_);
    EXPECT_OK(theses.Write([&](submissions::SubmissionStore::Writer& writer) {
      return writer.Insert({.id = "42", .title = "T", .authors = {"people/ana"}, .programme = kMsi});
    }));
  }
  ~Nights() override {
    Stop();
    UseDisk(nullptr);
  }

  void Start() {
    database_ = *storage::OpenServiceDatabase(absl::StrCat("sqlite:", folder_.path()), "submissions");
    store_ = std::make_unique<storage::sql::DraftStore>(*database_);
    contents_ = *storage::files::ContentStore::Open(disk_, folder_.path());
    drafts_ = std::make_unique<submissions::Drafts>(submissions::Drafts::Parts{.store = *store_,
                                                                               .contents = *contents_,
                                                                               .key = key_,
                                                                               .institution = institution_,
                                                                               .clock = clock_},
                                                    submissions::DraftLimits{});
  }
  void Stop() {
    drafts_.reset();
    contents_.reset();
    store_.reset();
    database_.reset();
  }

  std::string AddMilestone(absl::Time due) {
    const std::string id = absl::StrCat("m", ++milestones_);
    EXPECT_OK(store_->Write([&](submissions::DraftStore::Writer& writer) {
      return writer.InsertMilestone({.programme = kMsi,
                                     .id = id,
                                     .title = "Final thesis",
                                     .kind = DraftKind::kDeposit,
                                     .due = due,
                                     .grace_minutes = 60,
                                     .hard = due + absl::Hours(3),
                                     .time_zone = "Europe/Paris"});
    }));
    return absl::StrCat(kMsi, "/milestones/", id);
  }

  // The verdict on a file that is begun at `begun`; in between, the clock is set by `step` and the server
  // starts again.
  std::string VerdictAt(const std::string& milestone, absl::Time begun, absl::Duration step) {
    const std::string bytes = absl::StrCat("file ", ++files_);
    storage::files::Sha256 sha256;
    sha256.Add(bytes);
    clock_.Set(begun);
    const auto upload = drafts_->CreateUpload(
        Ana(),
        {.thesis = "42",
         .kind = DraftKind::kDeposit,
         .milestone = milestone,
         .content = {.sha256 = sha256.Finish(), .size = static_cast<int64_t>(bytes.size())},
         .file_name = "memoire.pdf"},
        {});
    if (!upload.ok()) return FactsOf(upload.status()).reason;
    const submissions::UploadKey key{"42", upload->upload.id};
    EXPECT_OK((*drafts_->OpenUpload(Ana(), key))->Write(0, bytes));
    clock_.Advance(absl::Seconds(5) + step);
    Stop();
    UseDisk(&disk_);
    Start();
    const auto draft = drafts_->SubmitDraft(Ana(), key, {});
    if (!draft.ok()) return draft.status().ToString();
    EXPECT_EQ(draft->punctuality, upload->upload.punctuality);
    EXPECT_EQ(draft->begun, begun);
    EXPECT_GE(draft->received, draft->begun);
    const auto receipt = submissions::receipts::Verify(draft->receipt, key_.public_key());
    EXPECT_TRUE(receipt.ok() && receipt->statement.verdict == draft->punctuality.Text());
    EXPECT_TRUE(receipt.ok() && receipt->statement.begun == submissions::InstantText(begun));
    return draft->punctuality.Text();
  }

  Disk disk_;
  soutenance::testing::TemporaryFolder folder_;
  soutenance::testing::FakeClock clock_{absl::FromUnixSeconds(1'577'836'800)};
  const submissions::receipts::SigningKey key_ =
      *submissions::receipts::SigningKey::Create(std::string(64, 'a'));
  const std::string institution_ = "Université";
  std::unique_ptr<storage::sql::Database> database_;
  std::unique_ptr<storage::sql::DraftStore> store_;
  std::unique_ptr<storage::files::ContentStore> contents_;
  std::unique_ptr<submissions::Drafts> drafts_;
  int milestones_ = 0;
  int files_ = 0;
};

TEST_F(Nights, DecideByInstantsAloneWhateverHappensToTheClock) {
  const std::vector<absl::Time> changes = Changes();
  ASSERT_EQ(changes.size(), 36u);
  int turn = 0;
  for (const absl::Time change : changes) {
    // Half an hour into the hour that is missing or comes twice, both of its ends, and the hour before.
    for (const int minutes : {-60, -30, 0, 30, 60}) {
      const absl::Time due = change + absl::Minutes(minutes);
      SCOPED_TRACE(
          absl::StrCat(submissions::InstantText(due), " ", submissions::CivilText(due, "Europe/Paris")));
      const std::string milestone = AddMilestone(due);
      const absl::Duration steps[] = {absl::ZeroDuration(), absl::Hours(1), -absl::Hours(1)};
      const auto verdict = [&](absl::Duration after) {
        return VerdictAt(milestone, due + after, steps[++turn % 3]);
      };
      EXPECT_EQ(verdict(-kTick), "on_time");
      EXPECT_EQ(verdict(absl::ZeroDuration()), "on_time");
      EXPECT_EQ(verdict(kTick), "grace 1 min");
      EXPECT_EQ(verdict(absl::Minutes(60)), "grace 60 min");
      EXPECT_EQ(verdict(absl::Minutes(60) + kTick), "late 61 min");
      EXPECT_EQ(verdict(absl::Hours(3)), "late 180 min");
      EXPECT_EQ(verdict(absl::Hours(3) + kTick), "MILESTONE_CLOSED");
    }
  }
}

}  // namespace
}  // namespace soutenance::crash
