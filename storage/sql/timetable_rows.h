#ifndef SOUTENANCE_STORAGE_SQL_TIMETABLE_ROWS_H_
#define SOUTENANCE_STORAGE_SQL_TIMETABLE_ROWS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/scheduling/timetable_record.h"
#include "services/scheduling/timetable_run.h"
#include "storage/sql/session.h"

// The rows of the tables of timetables, and the lists in them as text: one line an entry, its fields
// separated by tabs, so that a person can read them. What is read back is DATA_LOSS if it was not written by
// its counterpart.
namespace soutenance::storage::sql {

// The columns that RunOf reads, and those that TimetableOf reads: all but placements and calendar.
inline constexpr absl::string_view kRunColumns =
    "campaign, number, state, seconds_max, moves_max, seed, threads, base_timetable, base, progress, "
    "timetable, error, error_reason, created_us, started_us, ended_us, account, facts, cancel_requested, "
    "interruptions";
inline constexpr absl::string_view kTimetableColumns =
    "campaign, number, version, state, score_hard, score_unplaced, score_strong, score_soft, placed_count, "
    "defence_count, placed_count_bound, is_optimal, run, base, seed, solver_version, problem_digest, "
    "computed_from, shown_with, created_us, published_us, facts_changed, assumptions, bound_hard, "
    "bound_unplaced, bound_strong, bound_soft, work_max, lower_levels";

absl::StatusOr<scheduling::TimetableRun> RunOf(const Row& row);
absl::StatusOr<scheduling::TimetableRecord> TimetableOf(const Row& row);

std::string PlacementsText(const std::vector<scheduling::StoredPlacement>& placements);
absl::StatusOr<std::vector<scheduling::StoredPlacement>> ParsePlacements(absl::string_view text);

std::string CalendarText(const std::vector<scheduling::CalendarEntry>& calendar);
absl::StatusOr<std::vector<scheduling::CalendarEntry>> ParseCalendar(absl::string_view text);

// The levels of a score and of what is proven of it below soft, one a line; none for those of which there is
// nothing to say.
std::string LowerLevelsText(const scheduling::solver::Score& score, const scheduling::solver::Score& bound);
absl::Status ParseLowerLevels(absl::string_view text, scheduling::solver::Score& score,
                              scheduling::solver::Score& bound);

// One line a sentence.
std::string SentencesText(const std::vector<std::string>& sentences);
absl::StatusOr<std::vector<std::string>> ParseSentences(absl::string_view text);

std::optional<std::string> ProgressText(const std::optional<scheduling::RunProgress>& progress);
absl::StatusOr<std::optional<scheduling::RunProgress>> ParseProgress(const std::optional<std::string>& text);

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_TIMETABLE_ROWS_H_
