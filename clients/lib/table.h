#ifndef SOUTENANCE_CLIENTS_LIB_TABLE_H_
#define SOUTENANCE_CLIENTS_LIB_TABLE_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "clients/lib/terminal.h"

namespace soutenance::clients {

// One column of a table.
struct Column {
  enum class Align { kLeft, kRight };
  enum class Fit {
    kKeep,         // what identifies something: never cut
    kShrink,       // cut with "…" when the terminal is too narrow
    kShrinkFirst,  // the same, before any of the others
  };
  std::string title;
  Align align = Align::kLeft;
  Fit fit = Fit::kKeep;
};

// A table for people: one line per row, columns as wide as their contents need. Cells are made printable;
// columns without any content are left out.
//   Table table({{"Room"}, {"Seats", Column::Align::kRight}});
//   table.Row({"A 101", "24"});
//   std::cout << table.Text(TerminalOf(STDOUT_FILENO));
class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  // Adds a row; missing cells are empty. REQUIRES: at most as many cells as columns.
  void Row(std::vector<std::string> cells);

  // Begins a group of rows with a heading of its own.
  void Section(const std::string& heading);

  bool empty() const { return rows_.empty(); }

  // The whole table, each line ended; `indent` spaces before each. On a terminal narrower than the table the
  // widest columns that may shrink do so, down to kShrunkMin; what is still too wide is left to the terminal.
  std::string Text(const Terminal& terminal, int indent = 0) const;

  static constexpr int kShrunkMin = 10;  // cells

 private:
  std::vector<int> Widths(int width_max) const;
  void Shrink(Column::Fit fit, int& excess, std::vector<int>& widths) const;

  struct Group {
    std::size_t first_row;  // index into rows_
    std::string heading;
  };

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
  std::vector<Group> groups_;
};

}  // namespace soutenance::clients

#endif  // SOUTENANCE_CLIENTS_LIB_TABLE_H_
