#include "clients/lib/table.h"

#include <gtest/gtest.h>

#include "absl/strings/str_split.h"
#include "clients/lib/display_text.h"

namespace soutenance::clients {
namespace {

using Align = Column::Align;
using Fit = Column::Fit;

TEST(Table, AlignsColumnsByTheWidthSeen) {
  Table table({{"Salle"}, {"Places", Align::kRight}, {"Site"}});
  table.Row({"Amphi Zoé", "120", "Nord"});
  table.Row({"B2", "8", "Sud"});
  EXPECT_EQ(table.Text({}),
            "Salle      Places  Site\n"
            "Amphi Zoé     120  Nord\n"
            "B2              8  Sud\n");
}

TEST(Table, HasNoSpacesAtTheEndsOfLines) {
  Table table({{"A"}, {"Long title"}});
  table.Row({"x", "y"});
  EXPECT_EQ(table.Text({}), "A  Long title\nx  y\n");
}

TEST(Table, LeavesOutColumnsWithoutContent) {
  Table table({{"Id"}, {"Notes"}, {"Room"}});
  table.Row({"1", "", "A"});
  EXPECT_EQ(table.Text({}), "Id  Room\n1   A\n");
}

TEST(Table, ShrinksTheWidestShrinkableColumnToTheTerminal) {
  Table table({{"Id"}, {"Title", Align::kLeft, Fit::kShrink}, {"Jury", Align::kLeft, Fit::kShrink}});
  table.Row({"m2-017", "Ordonnancement de soutenances sous contraintes", "Bruno Petit"});
  const std::string text = table.Text({.width = 40});
  EXPECT_EQ(text,
            "Id      Title                Jury\n"
            "m2-017  Ordonnancement de …  Bruno Petit\n");
}

TEST(Table, ShrinksWhatMattersLessBeforeTheRest) {
  Table table({{"Id"}, {"Title", Align::kLeft, Fit::kShrinkFirst}, {"Jury", Align::kLeft, Fit::kShrink}});
  table.Row({"m2-017", "Ordonnancement", "Bruno Petit, Chloé Martin"});
  EXPECT_EQ(table.Text({.width = 45}),
            "Id      Title       Jury\n"
            "m2-017  Ordonnanc…  Bruno Petit, Chloé Martin\n");
}

TEST(Table, NeverCutsWhatIdentifiesEvenIfTheTerminalIsTooNarrow) {
  Table table({{"Id"}, {"Title", Align::kLeft, Fit::kShrink}});
  table.Row({"a-very-long-identifier", "A title that is long too"});
  const std::string text = table.Text({.width = 20});
  EXPECT_NE(text.find("a-very-long-identifier"), std::string::npos);
  EXPECT_NE(text.find("A title t…"), std::string::npos);
}

TEST(Table, IsAsWideAsItsContentsWithoutATerminal) {
  Table table({{"Title", Align::kLeft, Fit::kShrink}});
  table.Row({std::string(300, 'x')});
  EXPECT_NE(table.Text({}).find(std::string(300, 'x')), std::string::npos);
}

TEST(Table, MakesCellsHarmless) {
  Table table({{"Title"}});
  table.Row({"one\nline\x1B[2J"});
  EXPECT_EQ(table.Text({}), "Title\none line\uFFFD[2J\n");
}

TEST(Table, PrintsHeadingsOfGroups) {
  Table table({{"Time"}, {"Room"}});
  table.Section("Monday");
  table.Row({"09:00", "A"});
  table.Section("Tuesday");
  table.Row({"10:00", "B"});
  EXPECT_EQ(table.Text({}), "Time   Room\n\nMonday\n09:00  A\n\nTuesday\n10:00  B\n");
}

TEST(Table, MarksTheHeaderOnlyWhereColoursAreAllowed) {
  Table table({{"Id"}});
  table.Row({"1"});
  EXPECT_EQ(table.Text({.interactive = true, .coloured = true, .width = 80}), "\033[1mId\033[0m\n1\n");
  EXPECT_EQ(table.Text({.interactive = true, .coloured = false, .width = 80}), "Id\n1\n");
}

TEST(Table, CanBeIndented) {
  Table table({{"Id"}});
  table.Row({"1"});
  EXPECT_EQ(table.Text({}, 2), "  Id\n  1\n");
}

}  // namespace
}  // namespace soutenance::clients
