#ifndef SOUTENANCE_SERVICES_DIRECTORY_IMPORT_SHEET_H_
#define SOUTENANCE_SERVICES_DIRECTORY_IMPORT_SHEET_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/directory/import/batch.h"
#include "services/directory/import/format.h"
#include "services/directory/import/problem.h"
#include "services/directory/import/table.h"
#include "services/directory/import/text.h"

namespace soutenance::directory::import_folder {

// A table whose columns have been recognised.
class Sheet {
 public:
  // Adds a problem for each unknown, repeated or missing column. Rows can be read if none is missing.
  Sheet(Table table, const SheetFormat& format, Problems& problems);

  const std::string& file() const { return table_.file(); }
  const Table& table() const { return table_; }
  const SheetFormat& format() const { return format_; }
  bool IsReadable() const { return readable_; }

  // The column of the table that holds column `column` of the format, or -1.
  int TableColumn(int column) const { return table_columns_[static_cast<size_t>(column)]; }

 private:
  Table table_;
  const SheetFormat& format_;
  std::vector<int> table_columns_;
  bool readable_ = true;
};

// One value that a cell may have, with its names.
template <typename E>
struct Choice {
  Name name;
  E value;
};

// Reads the cells of one row, adding a problem for each that cannot be read. Columns are numbers of the
// sheet's format. A cell that cannot be read gives the default, so that the rest of the row is still checked.
class RowReader {
 public:
  RowReader(const Sheet& sheet, int row, Problems& problems)
      : sheet_(sheet), row_(sheet.table().row(row)), problems_(problems) {}

  int line() const { return row_.line; }

  // Whether every cell so far could be read.
  bool ok() const { return ok_; }

  // The cell as it stands; empty if it is missing.
  absl::string_view Raw(int column) const { return sheet_.table().Text(row_, sheet_.TableColumn(column)); }
  bool IsEmpty(int column) const { return Raw(column).empty(); }

  // Text on one line. An empty cell is a problem if the column is required.
  std::string Text(int column);

  // A legal identifier (services/base/id.h), kept as written; empty if it is not one.
  std::string Id(int column);

  // Empty if the cell is empty or no address.
  std::string Email(int column);

  // No value if the cell is empty or not a whole number from `min` to `max`.
  std::optional<int> Number(int column, int min, int max);

  bool YesNo(int column);
  std::optional<absl::CivilDay> Day(int column);

  // From `from_column` to `to_column`. Both empty: the whole day, if `may_be_empty`.
  std::optional<MinuteSpan> Span(int from_column, int to_column, bool may_be_empty);

  // Parts between `|`; a required column must have at least one; repetitions are a problem.
  std::vector<std::string> Values(int column);

  // Words such as "video|projector": lower-case letters, digits and _, accents removed, in order, once each.
  // The French words for video link and projector are read as "video" and "projector".
  std::vector<std::string> Words(int column);

  // One of the choices; `fallback` if the cell is empty and the column is not required.
  template <typename E>
  E OneOf(int column, const std::vector<Choice<E>>& choices, E fallback);

  Place PlaceOf(int column) const;
  void Refuse(int column, std::string kind, Sentence sentence);
  void Warn(int column, std::string kind, Sentence sentence);

 private:
  bool RefuseIfMissing(int column);
  void RefuseChoice(int column, const std::vector<Name>& names);

  const Sheet& sheet_;
  const Table::Row& row_;
  Problems& problems_;
  bool ok_ = true;
};

template <typename E>
E RowReader::OneOf(int column, const std::vector<Choice<E>>& choices, E fallback) {
  if (RefuseIfMissing(column) || IsEmpty(column)) return fallback;
  const std::string folded = Folded(Raw(column));
  for (const Choice<E>& choice : choices) {
    if (folded == Folded(choice.name.en) || folded == Folded(choice.name.fr)) return choice.value;
  }
  std::vector<Name> names;
  for (const Choice<E>& choice : choices) names.push_back(choice.name);
  RefuseChoice(column, names);
  return fallback;
}

}  // namespace soutenance::directory::import_folder

#endif  // SOUTENANCE_SERVICES_DIRECTORY_IMPORT_SHEET_H_
