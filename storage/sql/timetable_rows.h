#ifndef SOUTENANCE_STORAGE_SQL_TIMETABLE_ROWS_H_
#define SOUTENANCE_STORAGE_SQL_TIMETABLE_ROWS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/scheduling/timetable_record.h"
#include "services/scheduling/timetable_run.h"

// The lists in the tables of timetables as text: one line an entry, its fields separated by tabs, so that a
// person can read them. What is read back is DATA_LOSS if it was not written by its counterpart.
namespace soutenance::storage::sql {

std::string PlacementsText(const std::vector<scheduling::StoredPlacement>& placements);
absl::StatusOr<std::vector<scheduling::StoredPlacement>> ParsePlacements(absl::string_view text);

std::string CalendarText(const std::vector<scheduling::CalendarEntry>& calendar);
absl::StatusOr<std::vector<scheduling::CalendarEntry>> ParseCalendar(absl::string_view text);

// One line a sentence.
std::string SentencesText(const std::vector<std::string>& sentences);
absl::StatusOr<std::vector<std::string>> ParseSentences(absl::string_view text);

std::optional<std::string> ProgressText(const std::optional<scheduling::RunProgress>& progress);
absl::StatusOr<std::optional<scheduling::RunProgress>> ParseProgress(const std::optional<std::string>& text);

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_TIMETABLE_ROWS_H_
