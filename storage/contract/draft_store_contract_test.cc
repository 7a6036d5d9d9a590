#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/submissions/receipts/merkle.h"
#include "storage/contract/backends.h"
#include "storage/sql/draft_store.h"
#include "storage/sql/submission_store.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::storage {
namespace {

using namespace submissions;  // NOLINT: the test speaks of nothing else
using ::soutenance::testing::IsOkAndHolds;
using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Writer = submissions::DraftStore::Writer;

const absl::Time kNoon = absl::FromUnixMicros(1'800'000'000'123'456);

Milestone AMilestone(const std::string& id = "final") {
  return {.programme = "programmes/msi",
          .id = id,
          .version = 1,
          .title = "Final",
          .kind = DraftKind::kDeposit,
          .due = kNoon,
          .grace_minutes = 15,
          .time_zone = "Europe/Paris"};
}

Upload AnUpload(const std::string& id, const std::string& digit = "a") {
  return {.thesis = "42",
          .id = id,
          .kind = DraftKind::kDeposit,
          .milestone = AMilestone().Name(),
          .content = {.sha256 = std::string(64, digit[0]), .size = 100},
          .file_name = "mémoire.pdf",
          .begun = kNoon,
          .expires = kNoon + absl::Hours(24),
          .punctuality = {.verdict = Verdict::kGrace, .late_minutes = 3},
          .account = "accounts/ana",
          .receipt = "receipt\n"};
}

Draft ADraft(int64_t number, const Upload& upload) {
  return {.thesis = "42",
          .number = number,
          .kind = upload.kind,
          .milestone = upload.milestone,
          .content = upload.content,
          .file_name = upload.file_name,
          .media_type = "application/pdf",
          .begun = upload.begun,
          .received = kNoon + absl::Minutes(number),
          .account = upload.account,
          .punctuality = upload.punctuality,
          .upload = upload.id,
          .receipt = "receipt\n",
          .current = true};
}

class DraftStoreContract : public contract::OnEveryBackend {
 protected:
  DraftStoreContract() {
    sql::SubmissionStore theses(*database_);
    EXPECT_OK(theses.Write([](SubmissionStore::Writer& writer) {
      return writer.Insert({.id = "42",
                            .title = "T",
                            .authors = {"people/ana"},
                            .supervisor = "people/sam",
                            .programme = "programmes/msi"});
    }));
  }

  absl::Status Write(absl::FunctionRef<absl::Status(Writer&)> work) { return store_.Write(work); }
  template <typename F>
  auto Read(F look) {
    decltype(look(std::declval<const submissions::DraftStore::Reader&>())) answer = absl::UnknownError("");
    EXPECT_OK(store_.Read([&](const submissions::DraftStore::Reader& reader) {
      answer = look(reader);
      return answer.status();
    }));
    return answer;
  }

  std::unique_ptr<sql::Database> database_ = OpenDatabase("submissions");
  sql::DraftStore store_{*database_};
};

TEST_P(DraftStoreContract, KeepsMilestonesAndCountsTheirChanges) {
  Milestone milestone = AMilestone();
  ASSERT_OK(Write([&](Writer& writer) { return writer.InsertMilestone(milestone); }));
  EXPECT_THAT(Write([&](Writer& writer) { return writer.InsertMilestone(milestone); }),
              StatusIs(absl::StatusCode::kAlreadyExists, Reason("MILESTONE_EXISTS")));
  EXPECT_EQ(*Read([&](const auto& reader) { return reader.FindMilestone("programmes/msi", "final"); }),
            milestone);
  milestone.hard = kNoon + absl::Hours(1);
  milestone.cohort = "programmes/msi/cohorts/2027";
  ASSERT_OK(Write([&](Writer& writer) { return writer.UpdateMilestone(milestone); }));
  EXPECT_THAT(Write([&](Writer& writer) { return writer.UpdateMilestone(milestone); }),
              StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  milestone.version = 2;
  EXPECT_EQ(*Read([&](const auto& reader) { return reader.FindMilestone("programmes/msi", "final"); }),
            milestone);
  ASSERT_OK(Write([&](Writer& writer) { return writer.InsertMilestone(AMilestone("draft")); }));
  const auto page =
      Read([&](const auto& reader) { return reader.ListMilestones("programmes/msi", {.size = 1}); });
  EXPECT_THAT(page->items, ElementsAre(AMilestone("draft")));
  EXPECT_EQ(page->next, "draft");
}

TEST_P(DraftStoreContract, KeepsTheLatestExtensionOfEachPerson) {
  ASSERT_OK(Write([&](Writer& writer) { return writer.InsertMilestone(AMilestone()); }));
  Extension extension{.programme = "programmes/msi",
                      .milestone = "final",
                      .person = "people/ana",
                      .until = kNoon + absl::Hours(1),
                      .reason = "illness",
                      .granted_by = "accounts/staff",
                      .granted = kNoon};
  ASSERT_OK(Write([&](Writer& writer) { return writer.PutExtension(extension); }));
  extension.until = kNoon + absl::Hours(2);
  ASSERT_OK(Write([&](Writer& writer) { return writer.PutExtension(extension); }));
  EXPECT_THAT(Read([&](const auto& reader) { return reader.ListExtensions(AMilestone(), {}); })->items,
              ElementsAre(extension));
  EXPECT_EQ(*Read([&](const auto& reader) {
    return reader.LatestExtension(AMilestone(), {"people/bob", "people/ana"});
  }),
            extension.until);
  EXPECT_EQ(*Read([&](const auto& reader) { return reader.LatestExtension(AMilestone(), {"people/bob"}); }),
            std::nullopt);
}

TEST_P(DraftStoreContract, ClosesAnUploadOnce) {
  Upload upload = AnUpload("u");
  ASSERT_OK(Write([&](Writer& writer) { return writer.InsertUpload(upload); }));
  EXPECT_EQ(*Read([&](const auto& reader) { return reader.FindUpload("42", "u"); }), upload);
  EXPECT_EQ(*Read([&](const auto& reader) { return reader.FindUpload("43", "u"); }), std::nullopt);
  EXPECT_EQ(*Read([&](const auto& reader) { return reader.FindOpenUploadLike(AnUpload("other")); }), upload);
  EXPECT_THAT(Read([&](const auto& reader) { return reader.IsOpen("u"); }), IsOkAndHolds(true));
  EXPECT_THAT(Read([&](const auto& reader) { return reader.ExpiredUploads(kNoon + absl::Hours(25)); }),
              IsOkAndHolds(ElementsAre(upload)));
  EXPECT_THAT(Read([&](const auto& reader) { return reader.ExpiredUploads(kNoon + absl::Hours(24)); }),
              IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(Read([&](const auto& reader) { return reader.BytesOfAccount("accounts/ana"); }),
              IsOkAndHolds(100));
  EXPECT_THAT(Read([&](const auto& reader) { return reader.BytesOfProgramme("programmes/msi"); }),
              IsOkAndHolds(100));
  upload.state = UploadState::kCancelled;
  ASSERT_OK(Write([&](Writer& writer) { return writer.CloseUpload(upload); }));
  EXPECT_THAT(Write([&](Writer& writer) { return writer.CloseUpload(upload); }),
              StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  EXPECT_EQ(*Read([&](const auto& reader) { return reader.FindUpload("42", "u"); }), upload);
  EXPECT_EQ(*Read([&](const auto& reader) { return reader.FindOpenUploadLike(AnUpload("other")); }),
            std::nullopt);
  EXPECT_THAT(Read([&](const auto& reader) { return reader.BytesOfAccount("accounts/ana"); }),
              IsOkAndHolds(0));
}

// Whatever happens to uploads, versions and theses, the sums that are kept are those of what is there.
TEST_P(DraftStoreContract, KeepsSumsOfBytesThatEqualTheSumOfBytes) {
  sql::SubmissionStore theses(*database_);
  std::vector<std::string> ids = {"42"};
  for (const std::string id : {"43", "44", "45"}) {
    ASSERT_OK(theses.Write([&](SubmissionStore::Writer& writer) {
      return writer.Insert({.id = id,
                            .title = "T",
                            .authors = {"people/ana"},
                            .supervisor = "people/sam",
                            .programme = id == "45" ? "programmes/law" : "programmes/msi"});
    }));
    ids.push_back(id);
  }
  const std::vector<std::string> accounts = {"accounts/ana", "accounts/bob"};
  const std::vector<std::string> programmes = {"programmes/law", "programmes/msi"};
  std::map<std::string, int64_t> versions;
  std::vector<Upload> open;
  std::mt19937 random(7);
  const auto one_of = [&](const std::vector<std::string>& all) { return all[random() % all.size()]; };
  const auto sum = [&](const std::string& column, const std::string& owner) {
    const std::string of_drafts = absl::StrCat(
        "SELECT CAST(COALESCE(SUM(d.size), 0) AS BIGINT) FROM drafts d JOIN theses t ON t.id = d.thesis "
        "WHERE ",
        column == "account" ? "d.account" : "t.programme", " = :owner");
    const std::string of_uploads = absl::StrCat(
        "SELECT CAST(COALESCE(SUM(u.size), 0) AS BIGINT) FROM uploads u JOIN theses t ON t.id = u.thesis "
        "WHERE "
        "u.state = 'open' AND ",
        column == "account" ? "u.account" : "t.programme", " = :owner");
    int64_t bytes = 0;
    EXPECT_OK(database_->Read([&](sql::Session& session) -> absl::Status {
      bytes = 0;
      for (const std::string& query : {of_drafts, of_uploads}) {
        const absl::Status status =
            session.Query(query, {owner}, [&](const sql::Row& row) { bytes += row.Integer(0); });
        if (!status.ok()) return status;
      }
      return absl::OkStatus();
    }));
    return bytes;
  };
  int64_t moved = 0;
  for (int step = 0; step < 300; ++step) {
    const unsigned what = random() % 4;
    if (what == 0 || open.empty()) {
      Upload upload = AnUpload(absl::StrCat("u", step));
      upload.thesis = one_of(ids);
      upload.account = one_of(accounts);
      upload.content.size = 1 + static_cast<int64_t>(random() % 5'000'000'000);
      ASSERT_OK(Write([&](Writer& writer) { return writer.InsertUpload(upload); }));
      open.push_back(upload);
    } else if (what == 1) {
      ASSERT_OK(theses.Write([&](SubmissionStore::Writer& writer) -> absl::Status {
        auto thesis = writer.Find(one_of(ids));
        if (!thesis.ok()) return thesis.status();
        thesis->value().programme = one_of(programmes);
        ++moved;
        return writer.Update(thesis->value());
      }));
    } else {
      Upload upload = open.back();
      open.pop_back();
      upload.state = what == 2 ? UploadState::kFinished : UploadState::kExpired;
      ASSERT_OK(Write([&](Writer& writer) -> absl::Status {
        if (what == 2) {
          Draft draft = ADraft(upload.draft = ++versions[upload.thesis], upload);
          draft.thesis = upload.thesis;
          if (absl::Status status = writer.InsertDraft(draft); !status.ok()) return status;
        }
        return writer.CloseUpload(upload);
      }));
      // What is rolled back leaves no trace.
      EXPECT_THAT(Write([&](Writer& writer) -> absl::Status {
                    if (absl::Status status = writer.InsertUpload(AnUpload("lost")); !status.ok())
                      return status;
                    return absl::CancelledError("rolled back");
                  }),
                  StatusIs(absl::StatusCode::kCancelled));
    }
    for (const std::string& account : accounts) {
      ASSERT_THAT(Read([&](const auto& reader) { return reader.BytesOfAccount(account); }),
                  IsOkAndHolds(sum("account", account)))
          << account << " at step " << step;
    }
    for (const std::string& programme : programmes) {
      ASSERT_THAT(Read([&](const auto& reader) { return reader.BytesOfProgramme(programme); }),
                  IsOkAndHolds(sum("programme", programme)))
          << programme << " at step " << step;
    }
  }
  EXPECT_GT(moved, 20);
}

TEST_P(DraftStoreContract, KeepsVersionsAndSaysWhichIsCurrent) {
  Draft first, second;
  ASSERT_OK(Write([&](Writer& writer) -> absl::Status {
    Upload a = AnUpload("a", "a"), b = AnUpload("b", "b");
    first = ADraft(1, a);
    second = ADraft(2, b);
    for (const Upload& upload : {a, b}) {
      if (absl::Status status = writer.InsertUpload(upload); !status.ok()) return status;
    }
    if (absl::Status status = writer.InsertDraft(first); !status.ok()) return status;
    return writer.InsertDraft(second);
  }));
  first.current = false;
  EXPECT_THAT(Read([&](const auto& reader) { return reader.ListDrafts("42", {}); })->items,
              ElementsAre(first, second));
  EXPECT_THAT(
      Read([&](const auto& reader) { return reader.ListDrafts("42", {.size = 1, .after = "1"}); })->items,
      ElementsAre(second));
  EXPECT_EQ(*Read([&](const auto& reader) { return reader.FindLatestDraft("42", DraftKind::kDeposit); }),
            second);
  EXPECT_EQ(*Read([&](const auto& reader) { return reader.FindLatestDraft("42", DraftKind::kDraft); }),
            std::nullopt);
  EXPECT_EQ(Read([&](const auto& reader) { return reader.DraftsFor(AMilestone()); })->at("42"), second);
  EXPECT_EQ(Read([&](const auto& reader) { return reader.OpenUploadsFor(AMilestone()); })->at("42").thesis,
            "42");
  EXPECT_THAT(Read([&](const auto& reader) { return reader.CountDrafts("42"); }), IsOkAndHolds(2));
  EXPECT_THAT(Read([&](const auto& reader) { return reader.HasContent("42", std::string(64, 'b')); }),
              IsOkAndHolds(true));
  EXPECT_THAT(Read([&](const auto& reader) { return reader.HasContent("43", std::string(64, 'b')); }),
              IsOkAndHolds(false));
  EXPECT_THAT(Read([&](const auto& reader) { return reader.IsContentNeeded(std::string(64, 'a')); }),
              IsOkAndHolds(true));
  EXPECT_THAT(Read([&](const auto& reader) { return reader.IsContentNeeded(std::string(64, 'c')); }),
              IsOkAndHolds(false));
  EXPECT_EQ(
      Read([&](const auto& reader) { return reader.ListTheses("programmes/msi", "", {}); })->items.size(),
      1u);
}

TEST_P(DraftStoreContract, KeepsTheLogInItsOrder) {
  receipts::LogTree log;
  for (int i = 0; i < 11; ++i) {
    const std::string leaf = receipts::LeafHash(absl::StrCat(i));
    log.Append(leaf);
    ASSERT_OK(Write([&](Writer& writer) { return writer.AppendToLog(log, leaf); }));
  }
  EXPECT_EQ(Read([&](const auto& reader) { return reader.Log(); })->Root(), log.Root());
  EXPECT_THAT(Read([&](const auto& reader) { return reader.LogLeaves(9, 10); }),
              IsOkAndHolds(ElementsAre(receipts::LeafHash("9"), receipts::LeafHash("10"))));
}

TEST_P(DraftStoreContract, KeepsTheLastSignOfLifeAndTheOutages) {
  EXPECT_THAT(Read([&](const auto& reader) { return reader.LastPulse(); }), IsOkAndHolds(std::nullopt));
  const auto pulse_at = [](int second) {
    return Pulse{.at = kNoon + absl::Seconds(second),
                 .boot = absl::StrCat("boot ", second),
                 .since_boot = absl::Microseconds(second)};
  };
  for (const int second : {1, 2}) {
    ASSERT_OK(Write([&](Writer& writer) { return writer.PutPulse(pulse_at(second)); }));
  }
  EXPECT_THAT(Read([&](const auto& reader) { return reader.LastPulse(); }), IsOkAndHolds(pulse_at(2)));

  const auto outage = [](const std::string& id, int begin) {
    return Outage{.id = id,
                  .begin = kNoon + absl::Minutes(begin),
                  .end = kNoon + absl::Minutes(begin + 5),
                  .evidence = "receipt\n"};
  };
  const Outage first = outage("a", 0), second = outage("b", 10), third = outage("c", 10);
  for (const Outage& each : {second, first, third}) {
    ASSERT_OK(Write([&](Writer& writer) { return writer.InsertOutage(each); }));
  }
  EXPECT_THAT(Read([&](const auto& reader) { return reader.OutagesSince(first.end); }),
              IsOkAndHolds(ElementsAre(second, third)));
  EXPECT_THAT(
      Read([&](const auto& reader) { return reader.OutagesSince(first.end - absl::Microseconds(1)); }),
      IsOkAndHolds(ElementsAre(first, second, third)));
  const auto page = Read([&](const auto& reader) { return reader.ListOutages({.size = 2}); });
  ASSERT_OK(page.status());
  EXPECT_THAT(page->items, ElementsAre(third, second));
  const auto rest =
      Read([&](const auto& reader) { return reader.ListOutages({.size = 2, .after = page->next}); });
  ASSERT_OK(rest.status());
  EXPECT_THAT(rest->items, ElementsAre(first));
  EXPECT_EQ(rest->next, "");
}

TEST_P(DraftStoreContract, ReplacesTheRuleAboutOutagesOfAProgramme) {
  EXPECT_THAT(Read([&](const auto& reader) { return reader.FindOutageRule("programmes/msi"); }),
              IsOkAndHolds(std::nullopt));
  const auto rule = [](int version) {
    return OutageRule{.programme = "programmes/msi",
                      .version = version,
                      .minutes_min = 10 + version,
                      .window_minutes = 0,
                      .step_minutes = 1};
  };
  for (const int version : {1, 2}) {
    ASSERT_OK(Write([&](Writer& writer) { return writer.PutOutageRule(rule(version)); }));
  }
  EXPECT_THAT(Read([&](const auto& reader) { return reader.FindOutageRule("programmes/msi"); }),
              IsOkAndHolds(rule(2)));
}

SOUTENANCE_ON_EVERY_BACKEND(DraftStoreContract);

}  // namespace
}  // namespace soutenance::storage
