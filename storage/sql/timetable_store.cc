#include "storage/sql/timetable_store.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "services/scheduling/resource_names.h"
#include "storage/sql/requests.h"
#include "storage/sql/session.h"
#include "storage/sql/timetable_rows.h"

namespace soutenance::storage::sql {
namespace {

using scheduling::IdOf;
using scheduling::RunKey;
using scheduling::StoredFacts;
using scheduling::TimetableKey;
using scheduling::TimetableRecord;
using scheduling::TimetableRun;

// "SELECT <columns> <rest>": the text of a statement, made once.
std::string Select(absl::string_view columns, absl::string_view rest) {
  return absl::StrCat("SELECT ", columns, " ", rest);
}

// Instants that have not come are stored as nothing.
std::optional<absl::Time> Instant(absl::Time time) {
  if (time == absl::InfinitePast()) return std::nullopt;
  return time;
}

// The number after which a page begins. Tokens are ours: what is no number, is none of them.
absl::StatusOr<int> AfterOf(const PageRequest& page) {
  int after = 0;
  if (page.after.empty() || absl::SimpleAtoi(page.after, &after)) return after;
  return InvalidFields({{.field = "page_token", .description = "is not a token of this list"}});
}

// Cuts off the item that only tells that there is another page.
template <typename Item>
Page<Item> PageOf(std::vector<Item> items, const PageRequest& page) {
  Page<Item> result;
  if (items.size() > static_cast<std::size_t>(page.size)) {
    items.resize(static_cast<std::size_t>(page.size));
    result.next = absl::StrCat(items.back().key.number);
  }
  result.items = std::move(items);
  return result;
}

class Timetables : public scheduling::TimetableWriter {
 public:
  explicit Timetables(Session& session) : session_(session) {}

  absl::StatusOr<std::optional<TimetableRun>> FindRun(const RunKey& key) const override {
    std::optional<TimetableRun> run;
    static const std::string kSql =
        Select(kRunColumns, "FROM timetable_runs WHERE campaign = :campaign AND number = :number");
    RETURN_IF_ERROR(
        session_.Query(kSql, {IdOf(key.campaign), key.number}, [&](const Row& row) -> absl::Status {
          ASSIGN_OR_RETURN(run, RunOf(row));
          return absl::OkStatus();
        }));
    return run;
  }

  absl::StatusOr<Page<TimetableRun>> ListRuns(absl::string_view campaign,
                                              const PageRequest& page) const override {
    ASSIGN_OR_RETURN(const int after, AfterOf(page));
    static const std::string kSql =
        Select(kRunColumns,
               "FROM timetable_runs WHERE campaign = :campaign AND number > :after "
               "ORDER BY number LIMIT :limit");
    ASSIGN_OR_RETURN(std::vector<TimetableRun> runs, Runs(kSql, {IdOf(campaign), after, page.size + 1}));
    return PageOf(std::move(runs), page);
  }

  absl::StatusOr<std::vector<TimetableRun>> UnfinishedRuns() const override {
    static const std::string kSql = Select(kRunColumns,
                                           "FROM timetable_runs WHERE state IN ('queued', 'running') "
                                           "ORDER BY created_us, campaign, number");
    return Runs(kSql, {});
  }

  absl::StatusOr<std::optional<TimetableRecord>> FindTimetable(const TimetableKey& key) const override {
    std::optional<TimetableRecord> timetable;
    const auto read = [&](const Row& row) -> absl::Status {
      ASSIGN_OR_RETURN(timetable, TimetableOf(row));
      ASSIGN_OR_RETURN(timetable->placements, ParsePlacements(row.Text(29)));
      ASSIGN_OR_RETURN(timetable->calendar, ParseCalendar(row.Text(30)));
      return absl::OkStatus();
    };
    static const std::string kSql = Select(kTimetableColumns,
                                           ", placements, calendar FROM timetables "
                                           "WHERE campaign = :campaign AND number = :number");
    RETURN_IF_ERROR(session_.Query(kSql, {IdOf(key.campaign), key.number}, read));
    return timetable;
  }

  absl::StatusOr<Page<TimetableRecord>> ListTimetables(absl::string_view campaign, bool published_only,
                                                       const PageRequest& page) const override {
    ASSIGN_OR_RETURN(const int after, AfterOf(page));
    std::vector<TimetableRecord> timetables;
    const auto read = [&](const Row& row) -> absl::Status {
      ASSIGN_OR_RETURN(TimetableRecord timetable, TimetableOf(row));
      timetables.push_back(std::move(timetable));
      return absl::OkStatus();
    };
    static const std::string kSql =
        Select(kTimetableColumns,
               "FROM timetables WHERE campaign = :campaign AND number > :after "
               "AND (:published_only = 0 OR state = 'published') ORDER BY number LIMIT :limit");
    RETURN_IF_ERROR(
        session_.Query(kSql, {IdOf(campaign), after, published_only ? 1 : 0, page.size + 1}, read));
    return PageOf(std::move(timetables), page);
  }

  absl::StatusOr<std::optional<int>> PublishedTimetable(absl::string_view campaign) const override {
    return Number("SELECT number FROM timetables WHERE campaign = :campaign AND state = 'published'",
                  campaign);
  }

  absl::StatusOr<std::optional<int>> LatestTimetable(absl::string_view campaign) const override {
    return Number("SELECT max(number) FROM timetables WHERE campaign = :campaign", campaign);
  }

  absl::StatusOr<std::optional<StoredFacts>> FindFacts(absl::string_view id) const override {
    std::optional<StoredFacts> facts;
    RETURN_IF_ERROR(session_.Query(
        "SELECT problem_text, problem_digest, cast_text, base_text FROM timetable_facts WHERE id = :id", {id},
        [&](const Row& row) {
          facts = StoredFacts{.id = std::string(id),
                              .problem_text = row.Text(0),
                              .problem_digest = row.Text(1),
                              .cast_text = row.Text(2),
                              .base_text = row.Text(3)};
        }));
    return facts;
  }

  absl::StatusOr<std::optional<std::string>> FindRequest(const RequestKey& key) const override {
    return sql::FindRequest(session_, key);
  }

  absl::StatusOr<int> NextRunNumber(absl::string_view campaign) override {
    return NextNumber(
        "INSERT INTO timetable_numbers (campaign, last_run, last_timetable) VALUES (:campaign, 1, 0) "
        "ON CONFLICT (campaign) DO UPDATE SET last_run = timetable_numbers.last_run + 1 RETURNING last_run",
        campaign);
  }

  absl::StatusOr<int> NextTimetableNumber(absl::string_view campaign) override {
    return NextNumber(
        "INSERT INTO timetable_numbers (campaign, last_run, last_timetable) VALUES (:campaign, 0, 1) "
        "ON CONFLICT (campaign) DO UPDATE SET last_timetable = timetable_numbers.last_timetable + 1 "
        "RETURNING last_timetable",
        campaign);
  }

  absl::Status InsertRun(const TimetableRun& run) override {
    static const std::string kSql = absl::StrCat(
        "INSERT INTO timetable_runs (", kRunColumns,
        ") VALUES (:campaign, :number, :state, :seconds, :moves, :seed, :threads, :base_timetable, :base, "
        ":progress, :timetable, :error, :reason, :created, :started, :ended, :account, :facts, "
        ":cancel_requested, :interruptions)");
    return session_.Execute(kSql, {IdOf(run.key.campaign),
                                   run.key.number,
                                   RunStateName(run.state),
                                   run.parameters.seconds_max,
                                   run.parameters.moves_max,
                                   run.parameters.seed,
                                   run.parameters.threads,
                                   run.parameters.base_timetable,
                                   run.base,
                                   ProgressText(run.progress),
                                   run.timetable,
                                   run.error,
                                   run.error_reason,
                                   run.created,
                                   Instant(run.started),
                                   Instant(run.ended),
                                   run.account,
                                   run.facts,
                                   run.cancel_requested,
                                   run.interruptions});
  }

  // What a run was asked for never changes.
  absl::Status UpdateRun(const TimetableRun& run) override {
    ASSIGN_OR_RETURN(
        const int64_t changed,
        session_.ExecuteCounting(
            "UPDATE timetable_runs SET state = :state, progress = :progress, timetable = :timetable, "
            "error = :error, error_reason = :reason, started_us = :started, ended_us = :ended, "
            "cancel_requested = :cancel_requested, interruptions = :interruptions "
            "WHERE campaign = :campaign AND number = :number",
            {RunStateName(run.state), ProgressText(run.progress), run.timetable, run.error, run.error_reason,
             Instant(run.started), Instant(run.ended), run.cancel_requested, run.interruptions,
             IdOf(run.key.campaign), run.key.number}));
    return changed == 1 ? absl::OkStatus() : NotFound("run", RunName(run.key));
  }

  absl::Status DeleteRun(const RunKey& key) override {
    return session_.Execute("DELETE FROM timetable_runs WHERE campaign = :campaign AND number = :number",
                            {IdOf(key.campaign), key.number});
  }

  absl::Status InsertTimetable(const TimetableRecord& timetable) override {
    const std::string facts_changed = SentencesText(timetable.facts_changed);
    const std::string assumptions = SentencesText(timetable.assumptions);
    const std::string placements = PlacementsText(timetable.placements);
    const std::string calendar = CalendarText(timetable.calendar);
    static const std::string kSql = absl::StrCat(
        "INSERT INTO timetables (", kTimetableColumns,
        ", placements, calendar) VALUES (:campaign, :number, 1, :state, :hard, :unplaced, :strong, :soft, "
        ":placed, :defences, :bound, :optimal, :run, :base, :seed, :solver, :digest, :computed_from, "
        ":shown_with, :created, :published, :facts_changed, :assumptions, :bound_hard, :bound_unplaced, "
        ":bound_strong, :bound_soft, :work_max, :lower_levels, :placements, :calendar)");
    RETURN_IF_ERROR(session_.Execute(kSql, {IdOf(timetable.key.campaign),
                                            timetable.key.number,
                                            TimetableStateName(timetable.state),
                                            timetable.score.hard(),
                                            timetable.score.unplaced(),
                                            timetable.score.strong(),
                                            timetable.score.soft(),
                                            timetable.placed_count,
                                            timetable.defence_count,
                                            timetable.placed_count_bound,
                                            timetable.is_optimal,
                                            timetable.run,
                                            timetable.base,
                                            timetable.seed,
                                            timetable.solver_version,
                                            timetable.problem_digest,
                                            timetable.computed_from,
                                            timetable.shown_with,
                                            timetable.created,
                                            Instant(timetable.published),
                                            facts_changed,
                                            assumptions,
                                            timetable.bound.hard(),
                                            timetable.bound.unplaced(),
                                            timetable.bound.strong(),
                                            timetable.bound.soft(),
                                            timetable.work_max,
                                            LowerLevelsText(timetable.score, timetable.bound),
                                            placements,
                                            calendar}));
    return TellCampaign(timetable.key.campaign);
  }

  // Where it comes from never changes.
  absl::Status UpdateTimetable(const TimetableRecord& timetable) override {
    const std::string facts_changed = SentencesText(timetable.facts_changed);
    const std::string assumptions = SentencesText(timetable.assumptions);
    const std::string placements = PlacementsText(timetable.placements);
    const std::string calendar = CalendarText(timetable.calendar);
    ASSIGN_OR_RETURN(
        const int64_t changed,
        session_.ExecuteCounting(
            "UPDATE timetables SET version = version + 1, state = :state, score_hard = :hard, "
            "score_unplaced = :unplaced, score_strong = :strong, score_soft = :soft, placed_count = :placed, "
            "defence_count = :defences, placed_count_bound = :bound, is_optimal = :optimal, "
            "shown_with = :shown_with, published_us = :published, facts_changed = :facts_changed, "
            "assumptions = :assumptions, bound_hard = :bound_hard, bound_unplaced = :bound_unplaced, "
            "bound_strong = :bound_strong, bound_soft = :bound_soft, lower_levels = :lower_levels, "
            "placements = :placements, calendar = :calendar "
            "WHERE campaign = :campaign AND number = :number AND version = :version",
            {TimetableStateName(timetable.state),
             timetable.score.hard(),
             timetable.score.unplaced(),
             timetable.score.strong(),
             timetable.score.soft(),
             timetable.placed_count,
             timetable.defence_count,
             timetable.placed_count_bound,
             timetable.is_optimal,
             timetable.shown_with,
             Instant(timetable.published),
             facts_changed,
             assumptions,
             timetable.bound.hard(),
             timetable.bound.unplaced(),
             timetable.bound.strong(),
             timetable.bound.soft(),
             LowerLevelsText(timetable.score, timetable.bound),
             placements,
             calendar,
             IdOf(timetable.key.campaign),
             timetable.key.number,
             timetable.version}));
    if (changed != 1) return StaleEtag(TimetableName(timetable.key));
    return TellCampaign(timetable.key.campaign);
  }

  absl::Status DeleteTimetable(const TimetableKey& key, int64_t version) override {
    ASSIGN_OR_RETURN(
        const int64_t deleted,
        session_.ExecuteCounting(
            "DELETE FROM timetables WHERE campaign = :campaign AND number = :number AND version = :version",
            {IdOf(key.campaign), key.number, version}));
    if (deleted != 1) return StaleEtag(TimetableName(key));
    return TellCampaign(key.campaign);
  }

  absl::Status PutFacts(const StoredFacts& facts) override {
    return session_.Execute(
        "INSERT INTO timetable_facts (id, problem_text, problem_digest, cast_text, base_text) "
        "VALUES (:id, :problem, :digest, :cast, :base) ON CONFLICT (id) DO NOTHING",
        {facts.id, facts.problem_text, facts.problem_digest, facts.cast_text, facts.base_text});
  }

  absl::Status RemoveUnusedFacts() override {
    return session_.Execute(
        "DELETE FROM timetable_facts "
        "WHERE NOT EXISTS (SELECT 1 FROM timetable_runs WHERE facts = timetable_facts.id) "
        "AND NOT EXISTS (SELECT 1 FROM timetables WHERE computed_from = timetable_facts.id) "
        "AND NOT EXISTS (SELECT 1 FROM timetables WHERE shown_with = timetable_facts.id)");
  }

  absl::Status RememberRequest(const RequestKey& key, absl::string_view result, absl::Time now) override {
    return sql::RememberRequest(session_, key, result, now);
  }

  absl::Status ForgetRequest(const RequestKey& key) override {
    if (!key.IsProtected()) return absl::OkStatus();
    return session_.Execute("DELETE FROM requests WHERE account = :account AND request_id = :id",
                            {key.account, key.request_id});
  }

 private:
  absl::StatusOr<std::vector<TimetableRun>> Runs(absl::string_view sql,
                                                 absl::Span<const Value> values) const {
    std::vector<TimetableRun> runs;
    RETURN_IF_ERROR(session_.Query(sql, values, [&](const Row& row) -> absl::Status {
      ASSIGN_OR_RETURN(TimetableRun run, RunOf(row));
      runs.push_back(std::move(run));
      return absl::OkStatus();
    }));
    return runs;
  }

  absl::StatusOr<std::optional<int>> Number(absl::string_view sql, absl::string_view campaign) const {
    std::optional<int> number;
    RETURN_IF_ERROR(session_.Query(sql, {IdOf(campaign)}, [&](const Row& row) {
      if (!row.IsNull(0)) number = row.Int(0);
    }));
    return number;
  }

  absl::StatusOr<int> NextNumber(absl::string_view sql, absl::string_view campaign) {
    int number = 0;
    RETURN_IF_ERROR(session_.Query(sql, {IdOf(campaign)}, [&](const Row& row) { number = row.Int(0); }));
    return number;
  }

  // The campaign names the timetable that is published.
  absl::Status TellCampaign(absl::string_view campaign) {
    ASSIGN_OR_RETURN(const std::optional<int> number, PublishedTimetable(campaign));
    const std::string name = number ? scheduling::TimetableName({std::string(campaign), *number}) : "";
    return session_.Execute("UPDATE campaigns SET published_timetable = :name WHERE id = :id",
                            {name, IdOf(campaign)});
  }

  Session& session_;
};

}  // namespace

absl::Status TimetableStore::Write(absl::FunctionRef<absl::Status(scheduling::TimetableWriter&)> work) {
  return database_.Write([&](Session& session) {
    Timetables timetables(session);
    return work(timetables);
  });
}

absl::Status TimetableStore::Read(
    absl::FunctionRef<absl::Status(const scheduling::TimetableReader&)> look) const {
  return database_.Read([&](Session& session) {
    const Timetables timetables(session);
    return look(timetables);
  });
}

}  // namespace soutenance::storage::sql
