#include "services/sheets/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace soutenance::sheets {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Reading {
  Table table;
  std::vector<ImportProblem> problems;
};

Reading Read(absl::string_view text) {
  Problems problems;
  Table table = ReadTable(
      "t.csv", text, [](absl::string_view header) { return header == "id" || header == "name"; }, problems);
  return {std::move(table), problems.Listed({"t.csv"})};
}

std::vector<std::string> Cells(const Table& table, int row) {
  std::vector<std::string> cells;
  for (int i = 0; i < table.row(row).cell_count; ++i) cells.emplace_back(table.Text(table.row(row), i));
  return cells;
}

MATCHER_P3(IsProblem, kind, line, column, "") {
  *result_listener << arg.kind << " line " << arg.place.line << " column " << arg.place.column_number;
  return arg.kind == kind && arg.place.line == line && arg.place.column_number == column;
}

TEST(ReadTable, DetectsTheSeparatorFromTheHeader) {
  for (const char* text : {"id;name\n7;a,b\tc\n", "id,name\n7,\"a,b\tc\"\n", "id\tname\n7\t\"a,b\tc\"\n"}) {
    const Reading reading = Read(text);
    EXPECT_THAT(reading.problems, IsEmpty());
    EXPECT_THAT(Cells(reading.table, 0), ElementsAre("7", "a,b\tc")) << text;
  }
}

TEST(ReadTable, BelievesASeparatorLineOfASpreadsheetProgram) {
  const Reading reading = Read("sep=,\nid,name;x\n1,2\n");
  EXPECT_THAT(Cells(reading.table, 0), ElementsAre("1", "2"));
  EXPECT_EQ(reading.table.header_line(), 2);
}

TEST(ReadTable, PassesOverCommentsBlankLinesAndEmptyRows) {
  const Reading reading = Read("# about; \"this\nid;name\n\n;;;\n# x\n1;a\n\"# saved ; again\";\n  \n2;b");
  EXPECT_THAT(reading.problems, IsEmpty());
  ASSERT_EQ(reading.table.row_count(), 2);
  EXPECT_EQ(reading.table.row(0).line, 6);
  EXPECT_EQ(reading.table.row(1).line, 9);
}

TEST(ReadTable, KnowsTheLineOfEachCellOfARowOverSeveralLines) {
  const Reading reading = Read("id;name;x\n1;\"a\n# not a comment\nc\";z\n2;b;c\n");
  EXPECT_THAT(reading.problems, IsEmpty());
  EXPECT_THAT(Cells(reading.table, 0), ElementsAre("1", "a\n# not a comment\nc", "z"));
  EXPECT_EQ(reading.table.Line(reading.table.row(0), 1), 2);
  EXPECT_EQ(reading.table.Line(reading.table.row(0), 2), 4);
  EXPECT_EQ(reading.table.row(1).line, 5);
}

TEST(ReadTable, KeepsDoubledQuotesAndTrimsCells) {
  EXPECT_THAT(Cells(Read("id;name\n 1 ; \"say \"\"hi\"\"\" \n").table, 0), ElementsAre("1", "say \"hi\""));
}

TEST(ReadTable, SaysWhereAQuoteIsOpenedAndNeverClosedAndReadsOn) {
  const Reading reading = Read("id;name\n1;\"a\n2;b\n3;c\n");
  EXPECT_THAT(reading.problems, ElementsAre(IsProblem("quote_not_closed", 2, 2)));
  ASSERT_EQ(reading.table.row_count(), 2);
  EXPECT_EQ(reading.table.row(0).line, 3);
}

TEST(ReadTable, SaysWhereAQuoteIsForgottenBeforeAnotherQuotedCell) {
  const Reading reading = Read("id;name\n1;\"a\n2;\"b\"\n3;c\n");
  EXPECT_THAT(reading.problems, ElementsAre(IsProblem("quote_not_closed", 2, 2)));
  EXPECT_EQ(reading.table.row_count(), 2);
}

TEST(ReadTable, RefusesAQuoteInsideAnUnquotedText) {
  EXPECT_THAT(Read("id;name\n1;the \"best\" one\n2;b\n").problems,
              ElementsAre(IsProblem("quote_misplaced", 2, 2)));
  EXPECT_THAT(Read("id;name\n1;\"the\" best\n").problems, ElementsAre(IsProblem("quote_misplaced", 2, 2)));
}

TEST(ReadTable, RefusesMoreCellsThanColumnsUnlessTheyAreEmpty) {
  EXPECT_THAT(Read("id;name\n1;a;;\n2;b;c\n").problems, ElementsAre(IsProblem("cells_too_many", 3, 3)));
}

TEST(ReadTable, RefusesControlCharactersAndLongCells) {
  const Reading reading =
      Read(absl::StrCat("id;name\n1;a\x01", "b\n2;", std::string(1001, 'x'), "\n3;", std::string(1000, 'x')));
  EXPECT_THAT(reading.problems,
              ElementsAre(IsProblem("control_character", 2, 2), IsProblem("cell_too_long", 3, 2)));
  EXPECT_THAT(Cells(reading.table, 0), ElementsAre("1", "ab"));
}

TEST(ReadTable, AnEmptyFileHasNoHeader) {
  EXPECT_THAT(Read("").problems, ElementsAre(IsProblem("header_missing", 0, 0)));
  EXPECT_THAT(Read("# nothing\n\n").problems, ElementsAre(IsProblem("header_missing", 0, 0)));
}

TEST(ReadTable, BoundsRowsAndColumns) {
  std::string many = "id;name\n";
  for (int i = 0; i < kRowsMax + 5; ++i) many += "1;a\n";
  const Reading rows = Read(many);
  EXPECT_EQ(rows.table.row_count(), kRowsMax);
  EXPECT_THAT(rows.problems, ElementsAre(IsProblem("rows_too_many", kRowsMax + 2, 0)));
  std::string wide = "id";
  for (int i = 0; i < 200; ++i) wide += ";x";
  EXPECT_THAT(Read(wide).problems, ElementsAre(IsProblem("columns_too_many", 1, 0)));
}

}  // namespace
}  // namespace soutenance::sheets
