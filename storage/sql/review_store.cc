#include "storage/sql/review_store.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "storage/sql/draft_rows.h"
#include "storage/sql/requests.h"
#include "storage/sql/thesis_rows.h"

namespace soutenance::storage::sql {
namespace {

using submissions::Draft;
using submissions::Grid;
using submissions::ReminderKey;
using submissions::Review;
using submissions::ReviewEvent;
using submissions::ReviewKey;
using submissions::Thesis;

constexpr absl::Duration kFileKept = absl::Hours(24);

absl::StatusOr<Grid> ToGrid(const Row& row) {
  Grid grid{.programme = row.Text(0), .id = row.Text(1), .version = row.Integer(2), .title = row.Text(3)};
  ASSIGN_OR_RETURN(grid.criteria, submissions::CriteriaOf(row.Text(4)));
  return grid;
}

std::string SelectReviews(absl::string_view rest) {
  return absl::StrCat(
      "SELECT r.thesis, r.reviewer, r.version, r.state, r.respond_by_us, r.due_us, r.grid, r.draft, "
      "r.opinion, "
      "r.student_comment, r.staff_comment, r.marks, r.file_name, r.file_sha256, r.file_size, r.reason, "
      "r.submitted_us FROM reviews r ",
      rest);
}

absl::StatusOr<Review> ToReview(const Row& row) {
  const auto state = submissions::ReviewStateOf(row.Text(3));
  const auto opinion = submissions::ReviewOpinionOf(row.Text(8));
  if (!state || !opinion) return absl::DataLossError("a stored review is in no known state");
  Review review{.thesis = row.Text(0),
                .reviewer = row.Text(1),
                .version = row.Integer(2),
                .state = *state,
                .respond_by = row.OptionalTime(4),
                .due = row.Time(5),
                .grid = row.Text(6),
                .draft = row.Text(7),
                .opinion = *opinion,
                .student_comment = row.Text(9),
                .staff_comment = row.Text(10)};
  ASSIGN_OR_RETURN(review.marks, submissions::MarksOf(row.Text(11)));
  if (!row.IsNull(12)) {
    review.file = {.file_name = row.Text(12), .content = {.sha256 = row.Text(13), .size = row.Integer(14)}};
  }
  review.reason = row.Text(15);
  review.submitted = row.OptionalTime(16);
  return review;
}

// A page from the `size + 1` entries that were asked for; `key` says where the next one begins.
template <typename T, typename Key>
Page<T> ToPage(std::vector<T> found, const PageRequest& request, Key key) {
  Page<T> page{.items = std::move(found)};
  if (page.items.size() > static_cast<std::size_t>(request.size)) {
    page.items.pop_back();
    page.next = key(page.items.back());
  }
  return page;
}

// Both halves of the port on one session. Its life is one call of Read or Write.
class Transaction final : public submissions::ReviewStore::Writer {
 public:
  explicit Transaction(Session& session) : session_(session) {}

  absl::StatusOr<std::optional<Thesis>> FindThesis(absl::string_view id) const override {
    static const std::string& sql = *new std::string(SelectTheses("WHERE id = :id"));
    std::optional<Thesis> found;
    RETURN_IF_ERROR(session_.Query(sql, {id}, [&](const Row& row) { found = ToThesis(row); }));
    return found;
  }

  absl::StatusOr<std::optional<Draft>> FindDraft(absl::string_view thesis, int64_t number) const override {
    static const std::string& sql =
        *new std::string(SelectDrafts("WHERE d.thesis = :thesis AND d.number = :number"));
    std::optional<Draft> found;
    RETURN_IF_ERROR(session_.Query(sql, {thesis, number}, [&](const Row& row) { found = ToDraft(row); }));
    return found;
  }

  absl::StatusOr<std::optional<Grid>> FindGrid(absl::string_view programme,
                                               absl::string_view id) const override {
    ASSIGN_OR_RETURN(auto found,
                     All<Grid>("SELECT programme, id, version, title, criteria FROM grids WHERE programme = "
                               ":programme AND id = :id",
                               {programme, id}, ToGrid));
    return First(std::move(found));
  }

  absl::StatusOr<std::optional<Review>> FindReview(const ReviewKey& key) const override {
    static const std::string& sql =
        *new std::string(SelectReviews("WHERE r.thesis = :thesis AND r.reviewer = :reviewer"));
    ASSIGN_OR_RETURN(auto found, All<Review>(sql, {key.thesis, key.reviewer}, ToReview));
    return First(std::move(found));
  }

  absl::StatusOr<Page<Grid>> ListGrids(absl::string_view programme, const PageRequest& page) const override {
    ASSIGN_OR_RETURN(auto found,
                     All<Grid>("SELECT programme, id, version, title, criteria FROM grids WHERE programme = "
                               ":programme AND id > :after ORDER BY id LIMIT :limit",
                               {programme, page.after, int64_t{page.size} + 1}, ToGrid));
    return ToPage(std::move(found), page, [](const Grid& each) { return each.id; });
  }

  absl::StatusOr<std::vector<Review>> ListOfThesis(absl::string_view thesis) const override {
    static const std::string& sql =
        *new std::string(SelectReviews("WHERE r.thesis = :thesis ORDER BY r.reviewer"));
    return All<Review>(sql, {thesis}, ToReview);
  }

  absl::StatusOr<Page<Review>> ListOfProgramme(absl::string_view programme,
                                               const PageRequest& page) const override {
    static const std::string& sql = *new std::string(SelectReviews(
        "JOIN theses t ON t.id = r.thesis WHERE t.programme = :programme AND (r.thesis > :thesis OR "
        "(r.thesis = :thesis AND r.reviewer > :reviewer)) ORDER BY r.thesis, r.reviewer LIMIT :limit"));
    return PageOf(sql, programme, page);
  }

  absl::StatusOr<Page<Review>> ListOfReviewer(absl::string_view person,
                                              const PageRequest& page) const override {
    static const std::string& sql = *new std::string(SelectReviews(
        "WHERE r.reviewer = :person AND (r.thesis > :thesis OR (r.thesis = :thesis AND r.reviewer > "
        ":reviewer)) ORDER BY r.thesis, r.reviewer LIMIT :limit"));
    return PageOf(sql, person, page);
  }

  absl::StatusOr<std::vector<Review>> ListHandedInBy(absl::string_view grid) const override {
    static const std::string& sql = *new std::string(SelectReviews(
        "WHERE r.grid = :grid AND r.state IN ('submitted', 'validated') ORDER BY r.thesis, r.reviewer"));
    return All<Review>(sql, {grid}, ToReview);
  }

  absl::StatusOr<std::vector<ReviewEvent>> ListEvents(const ReviewKey& key) const override {
    std::vector<ReviewEvent> events;
    RETURN_IF_ERROR(session_.Query(
        "SELECT event, time_us, account, reason FROM review_events WHERE thesis = :thesis AND reviewer = "
        ":reviewer "
        "ORDER BY number",
        {key.thesis, key.reviewer}, [&](const Row& row) {
          events.push_back(
              {.event = row.Text(0), .time = row.Time(1), .account = row.Text(2), .reason = row.Text(3)});
        }));
    return events;
  }

  absl::StatusOr<bool> WasReminded(const ReminderKey& key) const override {
    bool found = false;
    RETURN_IF_ERROR(
        session_.Query("SELECT 1 FROM review_reminders WHERE thesis = :thesis AND reviewer = :reviewer AND "
                       "missing = :missing AND "
                       "days_before = :days AND due_us = :due",
                       {key.review.thesis, key.review.reviewer, key.missing, key.days_before, key.due},
                       [&](const Row&) { found = true; }));
    return found;
  }

  absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const override {
    return sql::FindRequest(session_, key);
  }

  absl::Status PutGrid(const Grid& grid) override {
    const std::string criteria = submissions::CriteriaText(grid.criteria);
    ASSIGN_OR_RETURN(
        const int64_t changed,
        grid.version == 0
            ? session_.ExecuteCounting("INSERT INTO grids (programme, id, version, title, criteria) VALUES "
                                       "(:programme, :id, 1, :title, "
                                       ":criteria) ON CONFLICT (programme, id) DO NOTHING",
                                       {grid.programme, grid.id, grid.title, criteria})
            : session_.ExecuteCounting("UPDATE grids SET title = :title, criteria = :criteria, version = "
                                       "version + 1 WHERE programme = "
                                       ":programme AND id = :id AND version = :version",
                                       {grid.title, criteria, grid.programme, grid.id, grid.version}));
    return changed == 1 ? absl::OkStatus() : StaleEtag(grid.Name());
  }

  absl::Status PutReview(const Review& review) override {
    if (review.version == 0) {
      ASSIGN_OR_RETURN(const int64_t inserted,
                       session_.ExecuteCounting("INSERT INTO reviews (thesis, reviewer, version, state, "
                                                "due_us, grid, draft, opinion, student_comment, "
                                                "staff_comment, marks, reason) VALUES (:thesis, :reviewer, "
                                                "0, '', 0, '', '', '', '', '', '', '') ON "
                                                "CONFLICT (thesis, reviewer) DO NOTHING",
                                                {review.thesis, review.reviewer}));
      if (inserted != 1) return StaleEtag(review.Name());
    }
    using Text = std::optional<absl::string_view>;
    const auto& file = review.file;
    ASSIGN_OR_RETURN(const int64_t updated,
                     session_.ExecuteCounting(
                         "UPDATE reviews SET state = :state, respond_by_us = :respond_by, due_us = :due, "
                         "grid = :grid, draft = :draft, "
                         "opinion = :opinion, student_comment = :student_comment, staff_comment = "
                         ":staff_comment, marks = :marks, "
                         "file_name = :file_name, file_sha256 = :file_sha256, file_size = :file_size, reason "
                         "= :reason, submitted_us "
                         "= :submitted, version = version + 1 WHERE thesis = :thesis AND reviewer = "
                         ":reviewer AND version = :version",
                         {StateName(review.state), review.respond_by, review.due, review.grid, review.draft,
                          OpinionName(review.opinion), review.student_comment, review.staff_comment,
                          submissions::MarksText(review.marks), file ? Text(file->file_name) : std::nullopt,
                          file ? Text(file->content.sha256) : std::nullopt,
                          file ? std::optional(file->content.size) : std::nullopt, review.reason,
                          review.submitted, review.thesis, review.reviewer, review.version}));
    return updated == 1 ? absl::OkStatus() : StaleEtag(review.Name());
  }

  absl::Status AddEvent(const ReviewKey& key, const ReviewEvent& event) override {
    return session_.Execute(
        "INSERT INTO review_events (thesis, reviewer, number, event, time_us, account, reason) SELECT "
        ":thesis, :reviewer, "
        "COUNT(*) + 1, :event, :time, :account, :reason FROM review_events WHERE thesis = :thesis AND "
        "reviewer = "
        ":reviewer",
        {key.thesis, key.reviewer, event.event, event.time, event.account, event.reason});
  }

  absl::Status RememberReminder(const ReminderKey& key, absl::Time now) override {
    return session_.Execute(
        "INSERT INTO review_reminders (thesis, reviewer, missing, days_before, due_us, reminded_us) VALUES "
        "(:thesis, "
        ":reviewer, :missing, :days, :due, :now)",
        {key.review.thesis, key.review.reviewer, key.missing, key.days_before, key.due, now});
  }

  absl::Status BeginFile(absl::string_view upload_id, absl::string_view sha256, absl::Time now) override {
    RETURN_IF_ERROR(session_.Execute("DELETE FROM review_files WHERE begun_us < :limit", {now - kFileKept}));
    return session_.Execute(
        "INSERT INTO review_files (upload, sha256, begun_us) VALUES (:upload, :sha256, :now)",
        {upload_id, sha256, now});
  }

  absl::Status EndFile(absl::string_view upload_id) override {
    return session_.Execute("DELETE FROM review_files WHERE upload = :upload", {upload_id});
  }

  absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) override {
    return sql::RememberRequest(session_, key, result, now);
  }

 private:
  template <typename T>
  absl::StatusOr<std::vector<T>> All(absl::string_view sql, absl::Span<const Value> values,
                                     absl::StatusOr<T> (*to)(const Row&)) const {
    std::vector<T> found;
    RETURN_IF_ERROR(session_.Query(sql, values, [&](const Row& row) -> absl::Status {
      ASSIGN_OR_RETURN(T value, to(row));
      found.push_back(std::move(value));
      return absl::OkStatus();
    }));
    return found;
  }
  template <typename T>
  static std::optional<T> First(std::vector<T> found) {
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
  }

  // `page.after` is "thesis reviewer", as Page::next is.
  absl::StatusOr<Page<Review>> PageOf(const std::string& sql, absl::string_view of,
                                      const PageRequest& page) const {
    const std::pair<std::string, std::string> after = absl::StrSplit(page.after, absl::MaxSplits(' ', 1));
    ASSIGN_OR_RETURN(auto found,
                     All<Review>(sql, {of, after.first, after.second, int64_t{page.size} + 1}, ToReview));
    return ToPage(std::move(found), page,
                  [](const Review& each) { return absl::StrCat(each.thesis, " ", each.reviewer); });
  }

  Session& session_;
};

}  // namespace

absl::Status ReviewStore::Write(absl::FunctionRef<absl::Status(Writer&)> work) {
  return database_.Write([&](Session& session) {
    Transaction transaction(session);
    return work(transaction);
  });
}

absl::Status ReviewStore::Read(absl::FunctionRef<absl::Status(const Reader&)> look) const {
  return database_.Read([&](Session& session) {
    const Transaction transaction(session);
    return look(transaction);
  });
}

}  // namespace soutenance::storage::sql
