#ifndef SOUTENANCE_SERVICES_SHEETS_SHEET_H_
#define SOUTENANCE_SERVICES_SHEETS_SHEET_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/sheets/columns.h"
#include "services/sheets/problem.h"
#include "services/sheets/table.h"
#include "services/sheets/text.h"

namespace soutenance::sheets {

// A table whose columns have been recognised.
class Sheet {
 public:
  // Adds a problem for each unknown, repeated or missing column. Rows can be read if none is missing.
  // `columns` must outlive it.
  Sheet(Table table, const std::vector<ColumnFormat>& columns, Problems& problems);

  const std::string& file() const { return table_.file(); }
  const Table& table() const { return table_; }
  const std::vector<ColumnFormat>& columns() const { return columns_; }
  bool IsReadable() const { return readable_; }

  // The column of the table that holds column `column` of the format, or -1.
  int TableColumn(int column) const { return table_columns_[static_cast<size_t>(column)]; }

 private:
  Table table_;
  const std::vector<ColumnFormat>& columns_;
  std::vector<int> table_columns_;
  bool readable_ = true;
};

// The sheet that the bytes of a file hold: UTF-8 or Windows-1252, separated by `;`, `,` or TAB. Adds to
// `problems` what ReadTable and Sheet find; nothing, with a problem, if the file is in no encoding that is
// read.
std::optional<Sheet> ReadSheet(const std::string& file, absl::string_view bytes,
                               const std::vector<ColumnFormat>& columns, Problems& problems);

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

  // One of the choices; `fallback` if the cell is empty and the column is not required.
  template <typename E>
  E OneOf(int column, const std::vector<Choice<E>>& choices, E fallback);

  Place PlaceOf(int column) const;
  void Refuse(int column, std::string kind, Sentence sentence);
  void Warn(int column, std::string kind, Sentence sentence);

 protected:
  bool RefuseIfMissing(int column);

 private:
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

}  // namespace soutenance::sheets

#endif  // SOUTENANCE_SERVICES_SHEETS_SHEET_H_
