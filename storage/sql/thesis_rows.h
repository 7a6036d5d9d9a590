#ifndef SOUTENANCE_STORAGE_SQL_THESIS_ROWS_H_
#define SOUTENANCE_STORAGE_SQL_THESIS_ROWS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/submissions/thesis.h"
#include "storage/sql/session.h"

namespace soutenance::storage::sql {

// "SELECT <columns of ToThesis> FROM theses <rest>": every statement that reads theses, made once.
std::string SelectTheses(absl::string_view rest);

submissions::Thesis ToThesis(const Row& row);

// A list in one column, one entry a line, and back.
std::string JoinLines(const std::vector<std::string>& lines);
std::vector<std::string> SplitLines(absl::string_view text);

}  // namespace soutenance::storage::sql

#endif  // SOUTENANCE_STORAGE_SQL_THESIS_ROWS_H_
