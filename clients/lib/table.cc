#include "clients/lib/table.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "clients/lib/display_text.h"

namespace soutenance::clients {
namespace {

constexpr int kGap = 2;  // cells between two columns

std::string Fitted(const std::string& text, const Column& column, int width) {
  const std::string shortened = Shortened(text, width);
  return column.align == Column::Align::kRight ? PaddedLeft(shortened, width) : PaddedRight(shortened, width);
}

}  // namespace

void Table::Row(std::vector<std::string> cells) {
  cells.resize(columns_.size());
  for (std::string& cell : cells) cell = Printable(cell);
  rows_.push_back(std::move(cells));
}

void Table::Section(const std::string& heading) { groups_.push_back({rows_.size(), Printable(heading)}); }

// Widths by column; 0 leaves the column out.
std::vector<int> Table::Widths(int width_max) const {
  std::vector<int> widths(columns_.size(), 0);
  int total = -kGap;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    for (const auto& row : rows_) widths[i] = std::max(widths[i], DisplayWidth(row[i]));
    if (widths[i] == 0) continue;
    widths[i] = std::max(widths[i], DisplayWidth(columns_[i].title));
    total += widths[i] + kGap;
  }
  if (width_max > 0) {
    int excess = total - width_max;
    Shrink(Column::Fit::kShrinkFirst, excess, widths);
    Shrink(Column::Fit::kShrink, excess, widths);
  }
  return widths;
}

// Takes `excess` cells from the columns of this fit, always from the widest, as far as they go.
void Table::Shrink(Column::Fit fit, int& excess, std::vector<int>& widths) const {
  for (; excess > 0; --excess) {
    std::size_t widest = columns_.size();
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i].fit != fit || widths[i] <= kShrunkMin) continue;
      if (widest == columns_.size() || widths[i] > widths[widest]) widest = i;
    }
    if (widest == columns_.size()) return;
    --widths[widest];
  }
}

std::string Table::Text(const Terminal& terminal, int indent) const {
  const std::vector<int> widths = Widths(terminal.width > 0 ? std::max(terminal.width - indent, 1) : 0);
  const std::string margin(static_cast<std::size_t>(indent), ' ');
  std::string text;
  const auto line = [&](const auto& cell_at, bool is_header) {
    std::string cells;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (widths[i] == 0) continue;
      if (!cells.empty()) cells.append(kGap, ' ');
      absl::StrAppend(&cells, Fitted(cell_at(i), columns_[i], widths[i]));
    }
    absl::StripTrailingAsciiWhitespace(&cells);
    absl::StrAppend(&text, margin, is_header ? Marked(cells, Mark::kBold, terminal) : cells, "\n");
  };
  line([&](std::size_t i) -> const std::string& { return columns_[i].title; }, true);
  auto group = groups_.begin();
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    for (; group != groups_.end() && group->first_row == r; ++group) {
      absl::StrAppend(&text, "\n", margin, Marked(group->heading, Mark::kBold, terminal), "\n");
    }
    line([&](std::size_t i) -> const std::string& { return rows_[r][i]; }, false);
  }
  return text;
}

}  // namespace soutenance::clients
