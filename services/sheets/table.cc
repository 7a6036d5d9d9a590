#include "services/sheets/table.h"

#include <csv.h>

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/sheets/text.h"

namespace soutenance::sheets {
namespace {

// A quotation mark that is closed only after this many bytes was forgotten. Also bounds the work of reading a
// file in which every line opens one.
constexpr size_t kRowBytesMax = 64 * 1024;

// Splits a line outside quotation marks; good enough to recognise a header.
std::vector<std::string> SplitRoughly(absl::string_view line, char separator) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == separator && !quoted) {
      cells.emplace_back();
    } else {
      cells.back().push_back(c);
    }
  }
  return cells;
}

char DetectSeparator(absl::string_view header, const std::function<bool(absl::string_view)>& known_column) {
  char best = ';';
  std::pair<size_t, size_t> best_score = {0, 0};
  for (const char separator : {';', ',', '\t'}) {
    const std::vector<std::string> cells = SplitRoughly(header, separator);
    size_t known = 0;
    for (const std::string& cell : cells) known += known_column(cell) ? 1 : 0;
    const std::pair<size_t, size_t> score = {known, cells.size()};
    if (score > best_score) {
      best_score = score;
      best = separator;
    }
  }
  return best;
}

bool IsComment(absl::string_view line) { return absl::StartsWith(line, "#"); }

}  // namespace

absl::string_view Table::Text(const Row& row, int column) const {
  if (column < 0 || column >= row.cell_count) return {};
  const Cell& cell = cells_[row.first_cell + static_cast<size_t>(column)];
  return absl::string_view(text_).substr(cell.begin, cell.size);
}

int Table::Line(const Row& row, int column) const {
  if (column < 0 || column >= row.cell_count) return row.line;
  return cells_[row.first_cell + static_cast<size_t>(column)].line;
}

// Feeds libcsv one physical line at a time. Since no chunk holds more than one line, the line of a field is
// the one that was being fed when the field before it ended.
class TableReader {
 public:
  TableReader(absl::string_view file, Problems& problems) : problems_(problems) {
    table_.file_ = std::string(file);
  }
  ~TableReader() { csv_free(&parser_); }
  TableReader(const TableReader&) = delete;
  TableReader& operator=(const TableReader&) = delete;

  Table Read(absl::string_view text, const std::function<bool(absl::string_view)>& known_column);

 private:
  static void OnField(void* bytes, size_t size, void* self);
  static void OnRowEnd(int terminator, void* self);

  void Open(char separator);
  size_t SkipToHeader(const std::vector<absl::string_view>& lines, char& declared_separator) const;
  void ReadRows(const std::vector<absl::string_view>& lines, size_t first);
  bool Feed(absl::string_view line);
  void AddField(absl::string_view field);
  void EndRow();
  void RefuseQuotes(size_t line_index, bool never_closed);
  void DropRow();
  bool KeepsMoreRows();

  Problems& problems_;
  Table table_;
  csv_parser parser_ = {};
  char separator_ = ';';
  int line_ = 0;         // being fed, from 1
  int field_line_ = 0;   // on which the field being read began
  Table::Row row_;       // being read
  int field_count_ = 0;  // of the row being read, those beyond kColumnsMax included
  bool row_open_ = false;
  bool has_header_ = false;
  bool full_ = false;
};

void TableReader::OnField(void* bytes, size_t size, void* self) {
  static_cast<TableReader*>(self)->AddField(absl::string_view(static_cast<const char*>(bytes), size));
}

void TableReader::OnRowEnd(int /*terminator*/, void* self) { static_cast<TableReader*>(self)->EndRow(); }

void TableReader::Open(char separator) {
  csv_free(&parser_);
  csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI);
  csv_set_delim(&parser_, static_cast<unsigned char>(separator));
  separator_ = separator;
}

// Spreadsheet programs may say the separator on a line of its own: "sep=;".
size_t TableReader::SkipToHeader(const std::vector<absl::string_view>& lines,
                                 char& declared_separator) const {
  size_t index = 0;
  for (; index < lines.size(); ++index) {
    const absl::string_view line = Trimmed(lines[index]);
    if (line.size() == 5 && absl::StartsWithIgnoreCase(line, "sep=")) {
      declared_separator = line[4];
    } else if (lines[index] == "sep=\t") {
      declared_separator = '\t';
    } else if (!line.empty() && !IsComment(line)) {
      break;
    }
  }
  return index;
}

Table TableReader::Read(absl::string_view text, const std::function<bool(absl::string_view)>& known_column) {
  const std::vector<absl::string_view> lines = SplitLines(text);
  char separator = '\0';
  const size_t header = SkipToHeader(lines, separator);
  if (header == lines.size()) {
    problems_.AddError("header_missing", {.file = table_.file_}, "",
                       {"the file is empty; its first row must name the columns",
                        "le fichier est vide ; sa première ligne doit nommer les colonnes"});
    return std::move(table_);
  }
  if (separator != ';' && separator != ',' && separator != '\t') {
    separator = DetectSeparator(lines[header], known_column);
  }
  Open(separator);
  table_.text_.reserve(text.size());
  ReadRows(lines, header);
  if (!has_header_) table_.header_ = {};
  return std::move(table_);
}

void TableReader::ReadRows(const std::vector<absl::string_view>& lines, size_t first) {
  size_t row_start = first;
  size_t row_bytes = 0;
  for (size_t index = first; index < lines.size() && !full_;) {
    const absl::string_view line = lines[index];
    line_ = static_cast<int>(index) + 1;
    if (!row_open_) {
      if (IsComment(line) || Trimmed(line).empty()) {
        ++index;
        continue;
      }
      if (!KeepsMoreRows()) return;
      row_start = index;
      row_bytes = 0;
      row_ = {.first_cell = static_cast<uint32_t>(table_.cells_.size()), .line = line_};
      field_line_ = line_;
      field_count_ = 0;
      row_open_ = true;
    }
    row_bytes += line.size() + 1;
    const bool read = Feed(line);
    const bool lost = row_open_ && (row_bytes > kRowBytesMax || index + 1 == lines.size());
    if (read && !lost) {
      ++index;
      continue;
    }
    RefuseQuotes(index, read);
    index = row_start + 1;
  }
}

bool TableReader::Feed(absl::string_view line) {
  const auto feed = [&](const char* bytes, size_t size) {
    return csv_parse(&parser_, bytes, size, &OnField, &OnRowEnd, this) == size;
  };
  return (line.empty() || feed(line.data(), line.size())) && feed("\n", 1);
}

void TableReader::AddField(absl::string_view field) {
  const Place place = {.file = table_.file_, .line = field_line_, .column_number = field_count_ + 1};
  field_line_ = line_;
  ++field_count_;
  if (field_count_ > kColumnsMax) return;
  std::string clean;
  if (HasControlCharacter(field)) {
    problems_.AddError("control_character", place, field,
                       {"the cell holds a control character (invisible); type the cell again",
                        "la cellule contient un caractère de contrôle (invisible) ; ressaisissez-la"});
    clean = WithoutControlCharacters(field);
    field = clean;
  }
  field = Trimmed(field);
  if (field.size() > kCellCharactersMax && CharacterCount(field) > kCellCharactersMax) {
    problems_.AddError("cell_too_long", place, field,
                       {absl::StrCat("the cell has ", CharacterCount(field), " characters; at most ",
                                     kCellCharactersMax, " are accepted"),
                        absl::StrCat("la cellule compte ", CharacterCount(field), " caractères ; ",
                                     kCellCharactersMax, " au plus sont acceptés")});
  }
  table_.cells_.push_back({.begin = static_cast<uint32_t>(table_.text_.size()),
                           .size = static_cast<uint32_t>(field.size()),
                           .line = place.line});
  table_.text_.append(field.data(), field.size());
  ++row_.cell_count;
}

void TableReader::EndRow() {
  row_open_ = false;
  // Spreadsheets end rows with empty cells up to the widest row; they say nothing.
  while (row_.cell_count > 0 && table_.cells_.back().size == 0) {
    table_.cells_.pop_back();
    --row_.cell_count;
  }
  // A comment that a spreadsheet program has put between quotation marks.
  const bool comment = row_.cell_count == 1 && IsComment(table_.Text(row_, 0));
  if (row_.cell_count == 0 || comment) return DropRow();
  if (field_count_ > kColumnsMax && row_.cell_count == kColumnsMax) {
    problems_.AddError("columns_too_many", {.file = table_.file_, .line = row_.line}, "",
                       {absl::StrCat("the row has more than ", kColumnsMax, " columns"),
                        absl::StrCat("la ligne compte plus de ", kColumnsMax, " colonnes")});
  }
  if (!has_header_) {
    has_header_ = true;
    table_.header_ = row_;
    return;
  }
  if (row_.cell_count > table_.header_.cell_count) {
    const int extra = table_.header_.cell_count;
    problems_.AddError(
        "cells_too_many",
        {.file = table_.file_, .line = table_.Line(row_, extra), .column_number = extra + 1},
        table_.Text(row_, extra),
        {absl::StrCat("the row has more cells than the header has columns (", extra,
                      "); a text that contains the separator must be put between quotation marks"),
         absl::StrCat("la ligne a plus de cellules que l'en-tête n'a de colonnes (", extra,
                      ") ; un texte qui contient le séparateur doit être mis entre guillemets droits")});
  }
  table_.rows_.push_back(row_);
}

void TableReader::DropRow() {
  table_.cells_.resize(row_.first_cell);
  row_open_ = false;
}

void TableReader::RefuseQuotes(size_t line_index, bool never_closed) {
  const Place place = {.file = table_.file_, .line = field_line_, .column_number = field_count_ + 1};
  const bool over_lines = static_cast<int>(line_index) + 1 > field_line_;
  if (never_closed || over_lines) {
    problems_.AddError("quote_not_closed", place, "",
                       {"a quotation mark is opened here and not closed where the cell ends",
                        "un guillemet droit est ouvert ici et n'est pas fermé à la fin de la cellule"});
  } else {
    problems_.AddError("quote_misplaced", place, "",
                       {"a quotation mark stands inside the text; put the whole cell between quotation marks "
                        "and double those "
                        "inside",
                        "un guillemet droit se trouve dans le texte ; mettez toute la cellule entre "
                        "guillemets droits et doublez "
                        "ceux de l'intérieur"});
  }
  DropRow();
  Open(separator_);
  // A header that cannot be read leaves nothing to compare the rows with.
  if (!has_header_) full_ = true;
  if (!problems_.WouldList()) full_ = true;
}

bool TableReader::KeepsMoreRows() {
  if (table_.row_count() < kRowsMax) return true;
  problems_.AddError("rows_too_many", {.file = table_.file_, .line = line_}, "",
                     {absl::StrCat("the file has more than ", kRowsMax, " rows"),
                      absl::StrCat("le fichier compte plus de ", kRowsMax, " lignes")});
  return false;
}

Table ReadTable(absl::string_view file, absl::string_view text,
                const std::function<bool(absl::string_view)>& known_column, Problems& problems) {
  return TableReader(file, problems).Read(text, known_column);
}

}  // namespace soutenance::sheets
