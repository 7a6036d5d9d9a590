#include "services/scheduling/documents/csv.h"

#include <csv.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "services/scheduling/documents/golden.h"
#include "services/scheduling/documents/sample_document.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::scheduling::documents {
namespace {

using Row = std::vector<std::string>;

// Reads a table with an independent, strict RFC 4180 parser.
std::vector<Row> Parse(const std::string& csv, char separator) {
  struct Table {
    std::vector<Row> rows = {{}};
  } table;
  csv_parser parser;
  csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL);
  csv_set_delim(&parser, static_cast<unsigned char>(separator));
  csv_set_space_func(&parser, [](unsigned char) { return 0; });
  const auto on_cell = [](void* cell, size_t size, void* to) {
    static_cast<Table*>(to)->rows.back().emplace_back(static_cast<char*>(cell), size);
  };
  const auto on_row = [](int, void* to) { static_cast<Table*>(to)->rows.emplace_back(); };
  EXPECT_EQ(csv_parse(&parser, csv.data(), csv.size(), on_cell, on_row, &table), csv.size());
  EXPECT_EQ(csv_fini(&parser, on_cell, on_row, &table), 0);
  csv_free(&parser);
  table.rows.pop_back();
  return table.rows;
}

std::vector<std::string> Parts(const std::string& cell) {
  return absl::StrSplit(cell, '|', absl::SkipEmpty());
}

JuryRole RoleOf(const std::string& name) {
  const std::map<std::string, JuryRole> roles = {
      {"president", JuryRole::kPresident},        {"supervisor", JuryRole::kSupervisor},
      {"reviewer", JuryRole::kReviewer},          {"examiner", JuryRole::kExaminer},
      {"company_tutor", JuryRole::kCompanyTutor}, {"guest", JuryRole::kGuest}};
  return roles.at(name);
}

// Reads what placed and unplaced defences share from a row of the machine flavour.
template <typename Defence>
void ReadCommon(const Row& row, Defence& defence) {
  defence.id = row[0];
  defence.title = row[10];
  defence.is_closed = row[11] == "true";
  const std::vector<std::string> student_names = Parts(row[9]);
  for (const std::string& person : Parts(row[8])) {
    defence.students.push_back({person, student_names.at(defence.students.size())});
  }
  const std::vector<std::string> jury_names = Parts(row[13]);
  for (const std::string& seat : Parts(row[12])) {
    const std::vector<std::string> words = absl::StrSplit(seat, ':');
    defence.jury.push_back(
        {words.at(0), jury_names.at(defence.jury.size()), RoleOf(words.at(1)), words.size() == 3});
  }
}

PlacedDefence ReadPlaced(const Row& row, absl::TimeZone zone) {
  PlacedDefence defence;
  ReadCommon(row, defence);
  defence.status = row[1] == "cancelled" ? DefenceStatus::kCancelled : DefenceStatus::kConfirmed;
  absl::Time start;
  absl::Time end;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, row[2], &start, &error)) << error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, row[3], &end, &error)) << error;
  defence.start = absl::ToCivilMinute(start, zone);
  defence.duration_minutes = std::stoi(row[4]);
  EXPECT_EQ(end - start, absl::Minutes(defence.duration_minutes));
  defence.room = row[5];
  defence.room_name = row[6];
  defence.site = row[7];
  defence.uid = row[14];
  defence.sequence = std::stoi(row[15]);
  return defence;
}

TEST(RenderCsv, MachineFlavourReadsBackToTheSameDefences) {
  const TimetableDocument document = SampleDocument();
  ASSERT_OK_AND_ASSIGN(const std::string csv, RenderCsv(document, CsvFlavour::kMachine));
  absl::TimeZone paris;
  ASSERT_TRUE(absl::LoadTimeZone("Europe/Paris", &paris));
  std::vector<PlacedDefence> placed;
  std::vector<UnplacedDefence> unplaced;
  const std::vector<Row> rows = Parse(csv, ',');
  for (size_t i = 1; i < rows.size(); ++i) {
    ASSERT_EQ(rows[i].size(), 17u);
    if (rows[i][1] != "unplaced") {
      placed.push_back(ReadPlaced(rows[i], paris));
      continue;
    }
    unplaced.push_back({.reason = rows[i][16]});
    ReadCommon(rows[i], unplaced.back());
  }
  EXPECT_THAT(placed, ::testing::UnorderedElementsAreArray(document.placed));
  EXPECT_EQ(unplaced, document.unplaced);
}

TEST(RenderCsv, MachineFlavourGivesTimesWithTheirOffset) {
  PlacedDefence defence = ADefence();
  defence.start = absl::CivilMinute(2027, 1, 14, 9, 0);
  ASSERT_OK_AND_ASSIGN(const std::string csv, RenderCsv(DocumentOf(defence), CsvFlavour::kMachine));
  EXPECT_EQ(Parse(csv, ',')[1][2], "2027-01-14T09:00:00+01:00");
  EXPECT_FALSE(absl::StartsWith(csv, "\xef\xbb\xbf"));
}

TEST(RenderCsv, KeepsLineEndsAndEdgeSpacesOfATitleInQuotes) {
  PlacedDefence defence = ADefence();
  defence.title = " deux\r\nlignes, \"ici\"";
  ASSERT_OK_AND_ASSIGN(const std::string csv, RenderCsv(DocumentOf(defence), CsvFlavour::kMachine));
  EXPECT_EQ(Parse(csv, ',')[1][10], " deux\r\nlignes, \"ici\"");
}

TEST(RenderCsv, HumanFlavourIsWhatAFrenchSpreadsheetOpens) {
  ASSERT_OK_AND_ASSIGN(const std::string csv, RenderCsv(SampleDocument(), CsvFlavour::kHumanFrench));
  ASSERT_TRUE(absl::StartsWith(csv, "\xef\xbb\xbfIdentifiant;Statut;Début;"));
  EXPECT_TRUE(absl::EndsWith(csv, "\r\n"));
  const std::vector<Row> rows = Parse(csv.substr(3), ';');
  const Row& last_placed = rows[5];
  EXPECT_EQ(last_placed[2], "15/06/2027 14:30");
  EXPECT_EQ(last_placed[3], "15/06/2027 15:45");
  EXPECT_EQ(last_placed[4], "1,25");
  EXPECT_EQ(rows[6][1], "sans créneau");
}

TEST(RenderCsv, HumanFlavourDisarmsFormulas) {
  for (const std::string title : {"=1+1", "+33", "-x", "@SUM(A1)", "\tx", "\rx"}) {
    PlacedDefence defence = ADefence();
    defence.title = title;
    ASSERT_OK_AND_ASSIGN(const std::string human, RenderCsv(DocumentOf(defence), CsvFlavour::kHumanFrench));
    EXPECT_EQ(Parse(human.substr(3), ';')[1][8], "'" + title);
    ASSERT_OK_AND_ASSIGN(const std::string machine, RenderCsv(DocumentOf(defence), CsvFlavour::kMachine));
    EXPECT_EQ(Parse(machine, ',')[1][10], title);
  }
}

TEST(RenderCsv, NeverPrintsTheTitleOfAClosedSession) {
  PlacedDefence defence = ADefence();
  defence.is_closed = true;
  defence.title = "Secret industriel";
  for (const CsvFlavour flavour : {CsvFlavour::kHumanFrench, CsvFlavour::kMachine}) {
    ASSERT_OK_AND_ASSIGN(const std::string csv, RenderCsv(DocumentOf(defence), flavour));
    EXPECT_FALSE(absl::StrContains(csv, "Secret")) << csv;
  }
}

TEST(RenderCsv, MatchesTheGoldenFiles) {
  ASSERT_OK_AND_ASSIGN(const std::string human, RenderCsv(SampleDocument(), CsvFlavour::kHumanFrench));
  ExpectGolden("timetable_human.csv", human);
  ASSERT_OK_AND_ASSIGN(const std::string machine, RenderCsv(SampleDocument(), CsvFlavour::kMachine));
  ExpectGolden("timetable_machine.csv", machine);
}

}  // namespace
}  // namespace soutenance::scheduling::documents
