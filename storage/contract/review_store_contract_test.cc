#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/status.h"
#include "storage/contract/backends.h"
#include "storage/sql/review_store.h"
#include "storage/sql/statement_store.h"
#include "storage/sql/submission_store.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::storage::sql {
namespace {

using ::soutenance::testing::Reason;
using ::soutenance::testing::StatusIs;
using submissions::Grid;
using submissions::Review;
using submissions::ReviewKey;
using submissions::Statement;
using ::testing::ElementsAre;
using ::testing::SizeIs;

const absl::Time kDay = absl::FromUnixMicros(1'800'000'000'123'456);

class ReviewStoreContract : public contract::OnEveryBackend {
 protected:
  ReviewStoreContract() {
    SubmissionStore theses(*database_);
    EXPECT_OK(theses.Write([](SubmissionStore::Writer& writer) -> absl::Status {
      for (const char* id : {"41", "42", "43"}) {
        RETURN_IF_ERROR(
            writer.Insert({.id = id,
                           .title = "T",
                           .authors = {"people/ana"},
                           .supervisor = "people/sam",
                           .programme = *id == '4' && id[1] == '3' ? "programmes/law" : "programmes/msi"}));
      }
      return absl::OkStatus();
    }));
  }

  absl::Status Put(const Review& review) {
    return store_.Write([&](ReviewStore::Writer& writer) { return writer.PutReview(review); });
  }
  // What `ask` returns of a reader.
  template <typename T, typename Ask>
  T Read(Ask ask) {
    T value{};
    EXPECT_OK(store_.Read([&](const ReviewStore::Reader& reader) -> absl::Status {
      ASSIGN_OR_RETURN(value, ask(reader));
      return absl::OkStatus();
    }));
    return value;
  }

  std::unique_ptr<Database> database_ = OpenDatabase("submissions");
  ReviewStore store_{*database_};
};

TEST_P(ReviewStoreContract, KeepsEveryFieldOfAReview) {
  Review review{.thesis = "42",
                .reviewer = "people/rita",
                .state = submissions::ReviewState::kReopened,
                .respond_by = kDay,
                .due = kDay + absl::Hours(1),
                .grid = "programmes/msi/grids/g",
                .draft = "theses/42/drafts/3",
                .opinion = submissions::ReviewOpinion::kUnfavourable,
                .student_comment = "L'été : \"Œ\"; --'",
                .staff_comment = "s",
                .marks = {{"method", 0, "é"}, {"text", 20, ""}},
                .file = {{.file_name = "ñ.pdf", .content = {.sha256 = std::string(64, 'a'), .size = 7}}},
                .reason = "r",
                .submitted = kDay};
  EXPECT_OK(Put(review));
  review.version = 1;
  const auto find = [](const ReviewStore::Reader& reader) {
    return reader.FindReview({.thesis = "42", .reviewer = "people/rita"});
  };
  EXPECT_EQ(Read<std::optional<Review>>(find), review);
  EXPECT_THAT(Put({.thesis = "42", .reviewer = "people/rita"}),
              StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  review = {.thesis = "42", .reviewer = "people/rita", .version = 1, .due = kDay};
  EXPECT_OK(Put(review));
  review.version = 2;
  EXPECT_EQ(Read<std::optional<Review>>(find), review);
}

TEST_P(ReviewStoreContract, ListsReviewsByProgrammeAndReviewerInPages) {
  for (const char* thesis : {"43", "42", "41"}) {
    for (const char* person : {"people/rita", "people/remi"}) {
      EXPECT_OK(Put({.thesis = thesis, .reviewer = person, .due = kDay}));
    }
  }
  const auto names = [&](bool of_programme) {
    std::vector<std::string> found;
    PageRequest page{.size = 1};
    do {
      const auto part = Read<Page<Review>>([&](const ReviewStore::Reader& reader) {
        return of_programme ? reader.ListOfProgramme("programmes/msi", page)
                            : reader.ListOfReviewer("people/rita", page);
      });
      for (const Review& each : part.items) found.push_back(each.Name());
      page.after = part.next;
    } while (!page.after.empty());
    return found;
  };
  EXPECT_THAT(names(true), ElementsAre("theses/41/reviews/remi", "theses/41/reviews/rita",
                                       "theses/42/reviews/remi", "theses/42/reviews/rita"));
  EXPECT_THAT(names(false),
              ElementsAre("theses/41/reviews/rita", "theses/42/reviews/rita", "theses/43/reviews/rita"));
}

TEST_P(ReviewStoreContract, KeepsGridsEventsAndReminders) {
  Grid grid{.programme = "programmes/msi",
            .id = "g",
            .title = "É",
            .criteria = {{.id = "a", .title = "Œ", .points_max = 5, .comment_required = true},
                         {.id = "b", .title = "B"}}};
  const ReviewKey key{.thesis = "42", .reviewer = "people/rita"};
  const submissions::ReminderKey reminder{.review = key, .missing = "answer", .days_before = 3, .due = kDay};
  EXPECT_OK(Put({.thesis = "42", .reviewer = "people/rita", .due = kDay}));
  EXPECT_OK(store_.Write([&](ReviewStore::Writer& writer) -> absl::Status {
    RETURN_IF_ERROR(writer.PutGrid(grid));
    RETURN_IF_ERROR(writer.AddEvent(key, {.event = "invite", .time = kDay, .account = "accounts/s"}));
    RETURN_IF_ERROR(
        writer.AddEvent(key, {.event = "decline", .time = kDay, .account = "accounts/r", .reason = "no"}));
    return writer.RememberReminder(reminder, kDay);
  }));
  grid.version = 1;
  EXPECT_EQ(
      Read<std::optional<Grid>>([](const auto& reader) { return reader.FindGrid("programmes/msi", "g"); }),
      grid);
  const auto events =
      Read<std::vector<submissions::ReviewEvent>>([&](const auto& reader) { return reader.ListEvents(key); });
  ASSERT_THAT(events, SizeIs(2));
  EXPECT_EQ(events[1], (submissions::ReviewEvent{"decline", kDay, "accounts/r", "no"}));
  auto other = reminder;
  other.days_before = 1;
  EXPECT_TRUE(Read<bool>([&](const auto& reader) { return reader.WasReminded(reminder); }));
  EXPECT_FALSE(Read<bool>([&](const auto& reader) { return reader.WasReminded(other); }));
}

TEST_P(ReviewStoreContract, KeepsStatementsAndReadings) {
  StatementStore store(*database_);
  Statement statement{
      .key = {.thesis = "42", .author = "people/ana", .kind = submissions::StatementKind::kDataProtection},
      .state = submissions::StatementState::kRevoked,
      .text = "Œ",
      .legal_basis = "consent",
      .controller = "c",
      .until_date = "2030-12-31",
      .made = kDay,
      .decided_by = "accounts/s",
      .reason = "r"};
  const submissions::SimilarityReading reading{.thesis = "42",
                                               .number = 1,
                                               .draft = 2,
                                               .tool = "t",
                                               .rate_per_mille = 999,
                                               .excluded_sources = "e",
                                               .indexed = true,
                                               .conclusion = submissions::Conclusion::kReported,
                                               .comment = "c",
                                               .reader = "accounts/s",
                                               .read = kDay};
  EXPECT_OK(store.Write([&](StatementStore::Writer& writer) -> absl::Status {
    RETURN_IF_ERROR(writer.PutStatement(statement));
    return writer.InsertReading(reading);
  }));
  EXPECT_THAT(store.Write([&](StatementStore::Writer& writer) { return writer.PutStatement(statement); }),
              StatusIs(absl::StatusCode::kAborted, Reason("STALE_ETAG")));
  EXPECT_OK(store.Read([&](const StatementStore::Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const auto statements, reader.ListStatements("42"));
    ASSIGN_OR_RETURN(const auto readings, reader.ListReadings("42"));
    statement.version = 1;
    EXPECT_EQ(statements.size(), 1u);
    EXPECT_EQ(statements[0].Serialize(), statement.Serialize());
    EXPECT_EQ(readings.size(), 1u);
    EXPECT_EQ(readings[0].Serialize(), reading.Serialize());
    return absl::OkStatus();
  }));
}

SOUTENANCE_ON_EVERY_BACKEND(ReviewStoreContract);

}  // namespace
}  // namespace soutenance::storage::sql
