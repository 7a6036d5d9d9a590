// The cohort is what its README says.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/directory/import/read_folder.h"

namespace soutenance::directory::import_folder {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;

constexpr char kFolder[] = SOUTENANCE_SOURCE_DIR "/tests/cohort";

std::string Bytes(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

const FolderReading& Reading() {
  static const auto* const reading = [] {
    std::vector<SourceFile> files;
    for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
      if (entry.path().extension() == ".csv" || entry.path().extension() == ".md") {
        files.push_back({entry.path().filename(), Bytes(entry.path())});
      }
    }
    return new FolderReading(ReadFolder(files));
  }();
  return *reading;
}

TEST(Cohort, CanBeImportedAndAsksForOneLook) {
  std::vector<std::string> problems;
  for (const ImportProblem& problem : Reading().problems)
    problems.push_back(Describe(problem, Language::kEnglish));
  EXPECT_THAT(problems, ElementsAre(::testing::HasSubstr("Zoé Dupont is also on line 22")));
  EXPECT_TRUE(Reading().IsAcceptable());
}

TEST(Cohort, HasTheSizeThatItsStoryTells) {
  const ImportBatch& batch = Reading().batch;
  std::set<std::string> students, jurors, tutors;
  for (const ThesisRow& thesis : batch.theses) students.insert(thesis.authors.begin(), thesis.authors.end());
  for (const JuryRow& seat : batch.juries) {
    (seat.role == JuryRole::kCompanyTutor ? tutors : jurors).insert(seat.person);
  }
  EXPECT_EQ(batch.theses.size(), 23u);
  EXPECT_EQ(students.size(), 24u);
  EXPECT_EQ(jurors.size(), 14u);
  EXPECT_EQ(tutors.size(), 20u);
  EXPECT_EQ(batch.rooms.size(), 3u);
}

TEST(Cohort, DefendsInsideSchoolWeeks) {
  const ImportBatch& batch = Reading().batch;
  EXPECT_THAT(batch.campaign.days, ElementsAre(absl::CivilDay(2027, 6, 15), absl::CivilDay(2027, 6, 16),
                                               absl::CivilDay(2027, 6, 17), absl::CivilDay(2027, 6, 22)));
  ASSERT_TRUE(batch.calendar.has_value());
  for (const absl::CivilDay day : batch.campaign.days) {
    EXPECT_TRUE(std::any_of(batch.calendar->begin(), batch.calendar->end(),
                            [&](const CalendarPeriod& period) {
                              return period.kind == PeriodKind::kSchool && period.first <= day &&
                                     day <= period.last;
                            }))
        << day;
  }
}

TEST(Cohort, HasItsSpecialCases) {
  const ImportBatch& batch = Reading().batch;
  const auto& theses = batch.theses;
  EXPECT_EQ(std::count_if(theses.begin(), theses.end(), [](const auto& t) { return t.confidential; }), 1);
  EXPECT_EQ(
      std::count_if(theses.begin(), theses.end(), [](const auto& t) { return t.duration_minutes == 80; }), 1);
  EXPECT_EQ(std::count_if(theses.begin(), theses.end(), [](const auto& t) { return t.authors.size() == 2; }),
            1);
  std::set<std::string> remote, answered;
  for (const JuryRow& seat : batch.juries) {
    if (seat.attendance == Attendance::kRemote) remote.insert(seat.person);
  }
  for (const AvailabilityRow& row : batch.availability) answered.insert(row.person);
  EXPECT_THAT(remote, ElementsAre("p-tremblay"));
  for (const JuryRow& seat : batch.juries) {
    const bool is_silent = seat.person == "p-hachemi" || seat.person == "t-iribarne";
    EXPECT_EQ(answered.count(seat.person), is_silent ? 0u : 1u) << seat.person;
  }
}

TEST(Cohort, KeepsItsCharacters) {
  const ImportBatch& batch = Reading().batch;
  EXPECT_THAT(batch.people, Contains(Field(&PersonRow::family_name, "Lœuillet")));
  EXPECT_THAT(batch.people, Contains(Field(&PersonRow::given_name, "Théo")));  // decomposed in the file
  EXPECT_THAT(batch.people, Contains(Field(&PersonRow::id, "00270101")));
  EXPECT_THAT(batch.theses,
              Contains(Field(&ThesisRow::title, "De la main-d'œuvre au robot : planifier un atelier mixte")));
  EXPECT_THAT(batch.theses, Contains(Field(&ThesisRow::title,
                                           "Le \"legacy\" raconte : rétro-documentation d'un mainframe")));
  // In the file this member is named by address, in capitals.
  EXPECT_THAT(Bytes(absl::StrCat(kFolder, "/jurys.csv")), ::testing::HasSubstr("@BORDS-DE-LOIRE.EXAMPLE"));
}

TEST(Cohort, NamesNobodyReal) {
  for (const PersonRow& person : Reading().batch.people) {
    EXPECT_TRUE(absl::EndsWithIgnoreCase(person.email, ".example")) << person.email;
  }
}

}  // namespace
}  // namespace soutenance::directory::import_folder
