#include "storage/sql/draft_store.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "storage/sql/draft_rows.h"
#include "storage/sql/kept_bytes.h"
#include "storage/sql/requests.h"
#include "storage/sql/thesis_rows.h"

namespace soutenance::storage::sql {
namespace {

using submissions::Draft;
using submissions::DraftKind;
using submissions::Extension;
using submissions::Milestone;
using submissions::Outage;
using submissions::OutageRule;
using submissions::Pulse;
using submissions::Thesis;
using submissions::Upload;
using submissions::receipts::LogTree;

std::optional<absl::string_view> OrNull(absl::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
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

int64_t LimitOf(const PageRequest& page) { return int64_t{page.size} + 1; }

// Both halves of the port on one session. Its life is one call of Read or Write.
class Transaction final : public submissions::DraftStore::Writer {
 public:
  explicit Transaction(Session& session) : session_(session) {}

  absl::StatusOr<std::optional<Thesis>> FindThesis(absl::string_view id) const override {
    static const std::string& sql = *new std::string(SelectTheses("WHERE id = :id"));
    return One<Thesis>(sql, {id}, ToThesis);
  }

  absl::StatusOr<std::optional<Milestone>> FindMilestone(absl::string_view programme,
                                                         absl::string_view id) const override {
    static const std::string& sql =
        *new std::string(SelectMilestones("WHERE programme = :programme AND id = :id"));
    return One<Milestone>(sql, {programme, id}, ToMilestone);
  }

  absl::StatusOr<std::optional<Upload>> FindUpload(absl::string_view thesis,
                                                   absl::string_view id) const override {
    static const std::string& sql = *new std::string(SelectUploads("WHERE id = :id AND thesis = :thesis"));
    return One<Upload>(sql, {id, thesis}, ToUpload);
  }

  absl::StatusOr<std::optional<Draft>> FindDraft(absl::string_view thesis, int64_t number) const override {
    static const std::string& sql =
        *new std::string(SelectDrafts("WHERE d.thesis = :thesis AND d.number = :number"));
    return One<Draft>(sql, {thesis, number}, ToDraft);
  }

  absl::StatusOr<Page<Milestone>> ListMilestones(absl::string_view programme,
                                                 const PageRequest& page) const override {
    static const std::string& sql = *new std::string(
        SelectMilestones("WHERE programme = :programme AND id > :after ORDER BY id LIMIT :limit"));
    ASSIGN_OR_RETURN(auto found, All<Milestone>(sql, {programme, page.after, LimitOf(page)}, ToMilestone));
    return ToPage(std::move(found), page, [](const Milestone& each) { return each.id; });
  }

  absl::StatusOr<Page<Extension>> ListExtensions(const Milestone& milestone,
                                                 const PageRequest& page) const override {
    static const std::string& sql = *new std::string(
        SelectExtensions("WHERE programme = :programme AND milestone = :milestone AND person > :after "
                         "ORDER BY person LIMIT :limit"));
    ASSIGN_OR_RETURN(
        auto found,
        All<Extension>(sql, {milestone.programme, milestone.id, page.after, LimitOf(page)}, ToExtension));
    return ToPage(std::move(found), page, [](const Extension& each) { return each.person; });
  }

  absl::StatusOr<Page<Draft>> ListDrafts(absl::string_view thesis, const PageRequest& page) const override {
    static const std::string& sql = *new std::string(
        SelectDrafts("WHERE d.thesis = :thesis AND d.number > :after ORDER BY d.number LIMIT :limit"));
    int64_t after = 0;
    if (!page.after.empty() && !absl::SimpleAtoi(page.after, &after)) after = 0;
    ASSIGN_OR_RETURN(auto found, All<Draft>(sql, {thesis, after, LimitOf(page)}, ToDraft));
    return ToPage(std::move(found), page, [](const Draft& each) { return absl::StrCat(each.number); });
  }

  absl::StatusOr<Page<Thesis>> ListTheses(absl::string_view programme, absl::string_view cohort,
                                          const PageRequest& page) const override {
    static const std::string& sql = *new std::string(SelectTheses(
        "WHERE programme = :programme AND (:cohort = '' OR cohort = :cohort) AND id > :after "
        "AND state NOT IN ('withdrawn', 'abandoned', 'suspended', 'subject_refused') ORDER BY id LIMIT "
        ":limit"));
    ASSIGN_OR_RETURN(auto found, All<Thesis>(sql, {programme, cohort, page.after, LimitOf(page)}, ToThesis));
    return ToPage(std::move(found), page, [](const Thesis& each) { return each.id; });
  }

  absl::StatusOr<std::vector<Thesis>> ThesesWrittenBy(absl::string_view programme,
                                                      absl::string_view person) const override {
    // By the indexes of authors: with the programme in it, the planner would go through all of its theses.
    static const std::string& sql =
        *new std::string(SelectTheses("WHERE first_author = :person OR second_author = :person ORDER BY id"));
    std::vector<Thesis> theses;
    RETURN_IF_ERROR(session_.Query(sql, {person}, [&](const Row& row) {
      Thesis thesis = ToThesis(row);
      if (thesis.programme == programme) theses.push_back(std::move(thesis));
    }));
    return theses;
  }

  absl::StatusOr<std::optional<Extension>> FindExtension(const Milestone& milestone,
                                                         absl::string_view person) const override {
    static const std::string& sql = *new std::string(
        SelectExtensions("WHERE programme = :programme AND milestone = :milestone AND person = :person"));
    return One<Extension>(sql, {milestone.programme, milestone.id, person}, ToExtension);
  }

  absl::StatusOr<std::optional<absl::Time>> LatestExtension(
      const Milestone& milestone, const std::vector<std::string>& people) const override {
    std::optional<absl::Time> latest;
    for (const std::string& person : people) {
      RETURN_IF_ERROR(
          session_.Query("SELECT until_us FROM extensions WHERE programme = :programme AND milestone = "
                         ":milestone AND person = "
                         ":person",
                         {milestone.programme, milestone.id, person}, [&](const Row& row) {
                           if (!latest || row.Time(0) > *latest) latest = row.Time(0);
                         }));
    }
    return latest;
  }

  absl::StatusOr<std::optional<Upload>> FindOpenUploadLike(const Upload& upload) const override {
    static const std::string& sql = *new std::string(
        SelectUploads("WHERE state = 'open' AND thesis = :thesis AND sha256 = :sha256 AND size = :size AND "
                      "kind = :kind AND milestone = :milestone ORDER BY begun_us LIMIT 1"));
    return One<Upload>(
        sql,
        {upload.thesis, upload.content.sha256, upload.content.size, KindName(upload.kind), upload.milestone},
        ToUpload);
  }

  absl::StatusOr<std::optional<Draft>> FindLatestDraft(absl::string_view thesis,
                                                       DraftKind kind) const override {
    static const std::string& sql = *new std::string(
        SelectDrafts("WHERE d.thesis = :thesis AND d.kind = :kind ORDER BY d.number DESC LIMIT 1"));
    return One<Draft>(sql, {thesis, KindName(kind)}, ToDraft);
  }

  absl::StatusOr<std::map<std::string, Draft>> DraftsFor(const Milestone& milestone) const override {
    static const std::string& sql =
        *new std::string(SelectDrafts("WHERE d.milestone = :milestone ORDER BY d.thesis, d.number"));
    std::map<std::string, Draft> latest;
    RETURN_IF_ERROR(session_.Query(sql, {milestone.Name()}, [&](const Row& row) {
      Draft draft = ToDraft(row);
      latest.insert_or_assign(draft.thesis, std::move(draft));
    }));
    return latest;
  }

  absl::StatusOr<std::map<std::string, Upload>> OpenUploadsFor(const Milestone& milestone) const override {
    static const std::string& sql =
        *new std::string(SelectUploads("WHERE state = 'open' AND milestone = :milestone ORDER BY begun_us"));
    std::map<std::string, Upload> latest;
    RETURN_IF_ERROR(session_.Query(sql, {milestone.Name()}, [&](const Row& row) {
      Upload upload = ToUpload(row);
      latest.insert_or_assign(upload.thesis, std::move(upload));
    }));
    return latest;
  }

  absl::StatusOr<int64_t> CountDrafts(absl::string_view thesis) const override {
    // They are numbered from one on, and none is ever removed.
    return Number("SELECT COALESCE(MAX(number), 0) FROM drafts WHERE thesis = :thesis", {thesis});
  }

  absl::StatusOr<bool> HasContent(absl::string_view thesis, absl::string_view sha256) const override {
    return IsPositive("SELECT COUNT(*) FROM drafts WHERE thesis = :thesis AND sha256 = :sha256",
                      {thesis, sha256});
  }

  absl::StatusOr<bool> IsContentNeeded(absl::string_view sha256) const override {
    return IsPositive(
        "SELECT (SELECT COUNT(*) FROM drafts WHERE sha256 = :sha256) + "
        "(SELECT COUNT(*) FROM uploads WHERE sha256 = :sha256 AND state = 'open') + "
        "(SELECT COUNT(*) FROM reviews WHERE file_sha256 = :sha256) + "
        "(SELECT COUNT(*) FROM review_files WHERE sha256 = :sha256)",
        {sha256});
  }

  absl::StatusOr<int64_t> BytesOfAccount(absl::string_view account) const override {
    return KeptBytes(session_, account);
  }

  absl::StatusOr<int64_t> BytesOfProgramme(absl::string_view programme) const override {
    return KeptBytes(session_, programme);
  }

  absl::StatusOr<std::vector<Upload>> ExpiredUploads(absl::Time now) const override {
    static const std::string& sql =
        *new std::string(SelectUploads("WHERE state = 'open' AND expires_us < :now ORDER BY id"));
    return All<Upload>(sql, {now}, ToUpload);
  }

  absl::StatusOr<bool> IsOpen(absl::string_view upload_id) const override {
    return IsPositive(
        "SELECT (SELECT COUNT(*) FROM uploads WHERE id = :id AND state = 'open') + "
        "(SELECT COUNT(*) FROM review_files WHERE upload = :id)",
        {upload_id});
  }

  absl::StatusOr<std::optional<Pulse>> LastPulse() const override {
    return One<Pulse>("SELECT at_us, boot, since_boot_us FROM pulse WHERE id = 1", {}, [](const Row& row) {
      return Pulse{.at = row.Time(0), .boot = row.Text(1), .since_boot = absl::Microseconds(row.Integer(2))};
    });
  }

  absl::StatusOr<std::vector<Outage>> OutagesSince(absl::Time end) const override {
    static const std::string& sql =
        *new std::string(SelectOutages("WHERE end_us > :end ORDER BY begin_us, id"));
    return All<Outage>(sql, {end}, ToOutage);
  }

  absl::StatusOr<Page<Outage>> ListOutages(const PageRequest& page) const override {
    static const std::string& sql =
        *new std::string(SelectOutages("WHERE begin_us < :begin OR (begin_us = :begin AND id < :id) "
                                       "ORDER BY begin_us DESC, id DESC LIMIT :limit"));
    const std::pair<std::string, std::string> after = absl::StrSplit(page.after, absl::MaxSplits('/', 1));
    int64_t begin = std::numeric_limits<int64_t>::max();
    if (!page.after.empty() && !absl::SimpleAtoi(after.first, &begin)) begin = 0;
    ASSIGN_OR_RETURN(auto found, All<Outage>(sql, {begin, after.second, LimitOf(page)}, ToOutage));
    return ToPage(std::move(found), page, [](const Outage& each) {
      return absl::StrCat(absl::ToUnixMicros(each.begin), "/", each.id);
    });
  }

  absl::StatusOr<std::optional<OutageRule>> FindOutageRule(absl::string_view programme) const override {
    return One<OutageRule>(
        "SELECT programme, version, minutes_min, window_minutes, step_minutes FROM outage_rules "
        "WHERE programme = :programme",
        {programme}, [](const Row& row) {
          return OutageRule{.programme = row.Text(0),
                            .version = row.Integer(1),
                            .minutes_min = row.Int(2),
                            .window_minutes = row.Int(3),
                            .step_minutes = row.Int(4)};
        });
  }

  absl::StatusOr<LogTree> Log() const override {
    int64_t size = 0;
    std::string peaks;
    RETURN_IF_ERROR(
        session_.Query("SELECT size, peaks FROM receipt_log_head WHERE id = 1", {}, [&](const Row& row) {
          size = row.Integer(0);
          peaks = absl::HexStringToBytes(row.Text(1));
        }));
    return LogTree::Parse(size, peaks);
  }

  absl::StatusOr<std::vector<std::string>> LogLeaves(int64_t first, int count) const override {
    std::vector<std::string> leaves;
    RETURN_IF_ERROR(session_.Query(
        "SELECT leaf FROM receipt_log WHERE entry >= :first ORDER BY entry LIMIT :count", {first, count},
        [&](const Row& row) { leaves.push_back(absl::HexStringToBytes(row.Text(0))); }));
    return leaves;
  }

  absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const override {
    return sql::FindRequest(session_, key);
  }

  absl::Status InsertMilestone(const Milestone& milestone) override {
    ASSIGN_OR_RETURN(const int64_t inserted,
                     session_.ExecuteCounting(
                         "INSERT INTO milestones (programme, id, version, title, cohort, kind, due_us, "
                         "grace_minutes, hard_us, "
                         "time_zone, upload_window_minutes) VALUES (:programme, :id, 1, :title, :cohort, "
                         ":kind, :due, :grace, "
                         ":hard, :zone, :upload_window) ON CONFLICT (programme, id) DO NOTHING",
                         {milestone.programme, milestone.id, milestone.title, OrNull(milestone.cohort),
                          KindName(milestone.kind), milestone.due, milestone.grace_minutes, milestone.hard,
                          milestone.time_zone, milestone.upload_window_minutes}));
    return inserted == 1 ? absl::OkStatus() : submissions::MilestoneExists(milestone.Name());
  }

  absl::Status UpdateMilestone(const Milestone& milestone) override {
    ASSIGN_OR_RETURN(
        const int64_t updated,
        session_.ExecuteCounting(
            "UPDATE milestones SET title = :title, cohort = :cohort, kind = :kind, due_us = :due, "
            "grace_minutes = "
            ":grace, hard_us = :hard, time_zone = :zone, upload_window_minutes = :upload_window, version = "
            "version "
            "+ 1 WHERE programme = :programme AND id = :id AND version = :version",
            {milestone.title, OrNull(milestone.cohort), KindName(milestone.kind), milestone.due,
             milestone.grace_minutes, milestone.hard, milestone.time_zone, milestone.upload_window_minutes,
             milestone.programme, milestone.id, milestone.version}));
    return updated == 1 ? absl::OkStatus() : StaleEtag(milestone.Name());
  }

  absl::Status PutExtension(const Extension& extension) override {
    return session_.Execute(
        "INSERT INTO extensions (programme, milestone, person, until_us, reason, granted_by, granted_us) "
        "VALUES "
        "(:programme, :milestone, :person, :until, :reason, :granted_by, :granted) ON CONFLICT (programme, "
        "milestone, person) DO UPDATE SET until_us = excluded.until_us, reason = excluded.reason, granted_by "
        "= "
        "excluded.granted_by, granted_us = excluded.granted_us",
        {extension.programme, extension.milestone, extension.person, extension.until, extension.reason,
         extension.granted_by, extension.granted});
  }

  absl::Status InsertUpload(const Upload& upload) override {
    RETURN_IF_ERROR(AddKeptBytes(session_, upload.account, upload.thesis, upload.content.size));
    return session_.Execute(
        "INSERT INTO uploads (id, thesis, kind, milestone, sha256, size, file_name, state, known, begun_us, "
        "expires_us, verdict, late_minutes, account, draft, receipt) VALUES (:id, :thesis, :kind, "
        ":milestone, "
        ":sha256, :size, :file_name, 'open', :known, :begun, :expires, :verdict, :late_minutes, :account, "
        "NULL, "
        ":receipt)",
        {upload.id, upload.thesis, KindName(upload.kind), upload.milestone, upload.content.sha256,
         upload.content.size, upload.file_name, upload.known, upload.begun, upload.expires,
         VerdictName(upload.punctuality.verdict), upload.punctuality.late_minutes, upload.account,
         upload.receipt});
  }

  absl::Status CloseUpload(const Upload& upload) override {
    const std::optional<int64_t> draft = upload.draft == 0 ? std::nullopt : std::optional(upload.draft);
    ASSIGN_OR_RETURN(
        const int64_t closed,
        session_.ExecuteCounting(
            "UPDATE uploads SET state = :state, draft = :draft WHERE id = :id AND state = 'open'",
            {StateName(upload.state), draft, upload.id}));
    if (closed != 1) return StaleEtag(upload.Name());
    return AddKeptBytes(session_, upload.account, upload.thesis, -upload.content.size);
  }

  absl::Status InsertDraft(const Draft& draft) override {
    RETURN_IF_ERROR(AddKeptBytes(session_, draft.account, draft.thesis, draft.content.size));
    return session_.Execute(
        "INSERT INTO drafts (thesis, number, kind, milestone, sha256, size, file_name, media_type, begun_us, "
        "received_us, account, on_behalf, verdict, late_minutes, upload, receipt) VALUES (:thesis, :number, "
        ":kind, "
        ":milestone, :sha256, :size, :file_name, :media_type, :begun, :received, :account, :on_behalf, "
        ":verdict, "
        ":late_minutes, :upload, :receipt)",
        {draft.thesis, draft.number, KindName(draft.kind), draft.milestone, draft.content.sha256,
         draft.content.size, draft.file_name, draft.media_type, draft.begun, draft.received, draft.account,
         draft.on_behalf, VerdictName(draft.punctuality.verdict), draft.punctuality.late_minutes,
         draft.upload, draft.receipt});
  }

  absl::Status AppendToLog(const LogTree& log, absl::string_view leaf_hash) override {
    RETURN_IF_ERROR(session_.Execute("INSERT INTO receipt_log (entry, leaf) VALUES (:entry, :leaf)",
                                     {log.size() - 1, absl::BytesToHexString(leaf_hash)}));
    return session_.Execute("UPDATE receipt_log_head SET size = :size, peaks = :peaks WHERE id = 1",
                            {log.size(), absl::BytesToHexString(log.Serialize())});
  }

  absl::Status PutPulse(const Pulse& pulse) override {
    return session_.Execute(
        "INSERT INTO pulse (id, at_us, boot, since_boot_us) VALUES (1, :at, :boot, :since_boot) ON CONFLICT "
        "(id) DO "
        "UPDATE SET at_us = excluded.at_us, boot = excluded.boot, since_boot_us = excluded.since_boot_us",
        {pulse.at, pulse.boot, absl::ToInt64Microseconds(pulse.since_boot)});
  }

  absl::Status PutOutageRule(const OutageRule& rule) override {
    return session_.Execute(
        "INSERT INTO outage_rules (programme, version, minutes_min, window_minutes, step_minutes) VALUES "
        "(:programme, "
        ":version, :min, :window, :step) ON CONFLICT (programme) DO UPDATE SET version = excluded.version, "
        "minutes_min = "
        "excluded.minutes_min, window_minutes = excluded.window_minutes, step_minutes = "
        "excluded.step_minutes",
        {rule.programme, rule.version, rule.minutes_min, rule.window_minutes, rule.step_minutes});
  }

  absl::Status InsertOutage(const Outage& outage) override {
    return session_.Execute(
        "INSERT INTO outages (begin_us, id, end_us, evidence) VALUES (:begin, :id, :end, :evidence)",
        {outage.begin, outage.id, outage.end, outage.evidence});
  }

  absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) override {
    return sql::RememberRequest(session_, key, result, now);
  }

 private:
  template <typename T>
  absl::StatusOr<std::vector<T>> All(const std::string& sql, absl::Span<const Value> values,
                                     T (*to)(const Row&)) const {
    std::vector<T> found;
    RETURN_IF_ERROR(session_.Query(sql, values, [&](const Row& row) { found.push_back(to(row)); }));
    return found;
  }
  template <typename T>
  absl::StatusOr<std::optional<T>> One(absl::string_view sql, absl::Span<const Value> values,
                                       T (*to)(const Row&)) const {
    std::optional<T> found;
    RETURN_IF_ERROR(session_.Query(sql, values, [&](const Row& row) { found = to(row); }));
    return found;
  }
  absl::StatusOr<int64_t> Number(absl::string_view sql, absl::Span<const Value> values) const {
    int64_t number = 0;
    RETURN_IF_ERROR(session_.Query(sql, values, [&](const Row& row) { number = row.Integer(0); }));
    return number;
  }
  absl::StatusOr<bool> IsPositive(absl::string_view sql, absl::Span<const Value> values) const {
    ASSIGN_OR_RETURN(const int64_t number, Number(sql, values));
    return number > 0;
  }

  Session& session_;
};

}  // namespace

absl::Status DraftStore::Write(absl::FunctionRef<absl::Status(Writer&)> work) {
  return database_.Write([&](Session& session) {
    Transaction transaction(session);
    return work(transaction);
  });
}

absl::Status DraftStore::Read(absl::FunctionRef<absl::Status(const Reader&)> look) const {
  return database_.Read([&](Session& session) {
    const Transaction transaction(session);
    return look(transaction);
  });
}

}  // namespace soutenance::storage::sql
