#ifndef SOUTENANCE_SERVICES_SHEETS_TABLE_H_
#define SOUTENANCE_SERVICES_SHEETS_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/sheets/problem.h"

namespace soutenance::sheets {

inline constexpr int kRowsMax = 200'000;
inline constexpr int kColumnsMax = 64;
inline constexpr int kCellCharactersMax = 1000;

// One spreadsheet: a header and rows, every cell with the physical line on which it begins. Comments, blank
// lines and rows without any text are left out. Moves, does not copy cheaply.
class Table {
 public:
  struct Cell {
    uint32_t begin = 0;  // in the text of the table
    uint32_t size = 0;
    int32_t line = 0;
  };
  struct Row {
    uint32_t first_cell = 0;
    int32_t cell_count = 0;
    int32_t line = 0;  // on which the row begins
  };

  const std::string& file() const { return file_; }
  int header_line() const { return header_.line; }
  int column_count() const { return header_.cell_count; }
  absl::string_view Header(int column) const { return Text(header_, column); }

  int row_count() const { return static_cast<int>(rows_.size()); }
  const Row& row(int index) const { return rows_[static_cast<size_t>(index)]; }

  // The text of a cell, with white space removed at both ends; empty if the row ends before the column.
  // Columns count from 0. The view lives as long as the table.
  absl::string_view Text(const Row& row, int column) const;

  // The physical line of a cell; that of the row if the row ends before the column.
  int Line(const Row& row, int column) const;

 private:
  friend class TableReader;
  std::string file_;
  std::string text_;
  std::vector<Cell> cells_;
  std::vector<Row> rows_;
  Row header_;
};

// Reads CSV. `text` is UTF-8 in NFC. `known_column` says whether a header is one that this file may have; it
// decides between separators (`;`, `,`, TAB). Strict about quotation marks: after a line that cannot be read
// the next one is tried, so that one missing quotation mark does not hide the other problems of the file.
// Adds to `problems`: rows that cannot be read, a missing header, control characters, cells, rows and columns
// beyond the limits above. A table without header has column_count() 0.
Table ReadTable(absl::string_view file, absl::string_view text,
                const std::function<bool(absl::string_view)>& known_column, Problems& problems);

}  // namespace soutenance::sheets

#endif  // SOUTENANCE_SERVICES_SHEETS_TABLE_H_
