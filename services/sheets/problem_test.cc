#include "services/sheets/problem.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace soutenance::sheets {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;

TEST(ColumnLetters, CountsAsSpreadsheetsDo) {
  EXPECT_EQ(ColumnLetters(1), "A");
  EXPECT_EQ(ColumnLetters(26), "Z");
  EXPECT_EQ(ColumnLetters(27), "AA");
  EXPECT_EQ(ColumnLetters(0), "");
}

TEST(DescribeProblem, SaysWhereWhatAndHowToCorrectItInBothLanguages) {
  const ImportProblem problem = {
      .kind = "email_invalid",
      .place = {.file = "personnes.csv", .line = 12, .column = "courriel", .column_number = 4},
      .found = "ana",
      .sentence = {"expected an address", "une adresse est attendue"}};
  EXPECT_EQ(Describe(problem, Language::kEnglish),
            "personnes.csv, line 12, column D (courriel), \"ana\": expected an address");
  EXPECT_EQ(Describe(problem, Language::kFrench),
            "personnes.csv, ligne 12, colonne D (courriel), « ana » : une adresse est attendue");
}

TEST(Problems, ListsAThousandAndCountsTheRest) {
  Problems problems;
  for (int line = 1; line <= 1500; ++line) problems.AddError("x", {.file = "a.csv", .line = line}, "", {});
  EXPECT_EQ(problems.Listed({"a.csv"}).size(), 1000u);
  EXPECT_EQ(problems.error_count(), 1500u);
  EXPECT_EQ(problems.unlisted_count(), 500u);
}

TEST(Problems, AreInTheOrderInWhichOneReadsTheFilesErrorsFirst) {
  Problems problems;
  problems.AddWarning("warning", {.file = "a.csv", .line = 1}, "", {});
  problems.AddError("third", {.file = "b.csv", .line = 1}, "", {});
  problems.AddError("second", {.file = "a.csv", .line = 9, .column_number = 2}, "", {});
  problems.AddError("first", {.file = "a.csv", .line = 9, .column_number = 1}, "", {});
  problems.AddError("whole folder", {}, "", {});
  EXPECT_THAT(problems.Listed({"a.csv", "b.csv"}),
              ElementsAre(Field(&ImportProblem::kind, "whole folder"), Field(&ImportProblem::kind, "first"),
                          Field(&ImportProblem::kind, "second"), Field(&ImportProblem::kind, "third"),
                          Field(&ImportProblem::kind, "warning")));
}

TEST(Problems, QuoteAtMostEightyCharactersOfWhatWasFound) {
  Problems problems;
  problems.AddError("x", {}, std::string(500, 'a') + "é", {});
  EXPECT_EQ(problems.Listed({}).front().found, std::string(79, 'a') + "…");
}

}  // namespace
}  // namespace soutenance::sheets
