#include <gtest/gtest.h>

#include <chrono>
#include <iostream>
#include <random>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/directory/import/read_folder.h"
#include "services/directory/import/templates.h"

namespace soutenance::directory::import_folder {
namespace {

TEST(ReadFolderProperty, SurvivesRandomBytes) {
  std::mt19937 random(20270614);
  constexpr char kLetters[] = "\";,\t\n\r#|0a\xE9\xC3\xA9\0\xFF=@";
  const std::string alphabet(kLetters, sizeof(kLetters) - 1);
  for (int round = 0; round < 300; ++round) {
    std::vector<SourceFile> folder = ImportTemplates(Language::kFrench);
    SourceFile& file = folder[random() % folder.size()];
    const bool raw = random() % 4 == 0;
    if (random() % 2 == 0) file.bytes.clear();
    for (int i = 0; i < 200; ++i) {
      file.bytes.push_back(raw ? static_cast<char>(random() % 256) : alphabet[random() % alphabet.size()]);
    }
    const FolderReading reading = ReadFolder(folder);
    EXPECT_EQ(reading.problems.size() + reading.unlisted_count(),
              reading.error_count + reading.warning_count);
  }
}

TEST(ReadFolderProperty, OneChangedByteIsReadOrIsAProblemOfItsFile) {
  std::mt19937 random(42);
  for (int round = 0; round < 300; ++round) {
    std::vector<SourceFile> folder = ImportTemplates(Language::kEnglish);
    SourceFile& file = folder[random() % folder.size()];
    file.bytes[random() % file.bytes.size()] = static_cast<char>(random() % 256);
    const FolderReading reading = ReadFolder(folder);
    for (const ImportProblem& problem : reading.problems) {
      EXPECT_FALSE(problem.kind.empty());
      EXPECT_FALSE(problem.sentence.en.empty());
      EXPECT_FALSE(problem.sentence.fr.empty());
    }
  }
}

TEST(ReadFolderProperty, TheSameTextReadsTheSameInEveryDress) {
  const auto folder_with = [](const std::string& line_end, const std::string& mark) {
    std::vector<SourceFile> folder = ImportTemplates(Language::kFrench);
    for (SourceFile& file : folder) {
      file.bytes = absl::StrCat(mark, absl::StrReplaceAll(file.bytes.substr(3), {{"\r\n", line_end}}));
    }
    return folder;
  };
  const ImportBatch expected = ReadFolder(ImportTemplates(Language::kFrench)).batch;
  for (const char* line_end : {"\n", "\r\n", "\r"}) {
    for (const char* mark : {"", "\xEF\xBB\xBF"}) {
      const FolderReading reading = ReadFolder(folder_with(line_end, mark));
      EXPECT_TRUE(reading.IsAcceptable());
      EXPECT_EQ(reading.batch, expected);
    }
  }
}

// A file in which every line opens a quotation mark must not take quadratic time.
TEST(ReadFolderProperty, ForgottenQuotesCostLittle) {
  std::string people = "id;family_name\n";
  for (int i = 0; i < 100'000; ++i) people += "\"a\"\"\n";
  const FolderReading reading = ReadFolder({{"people.csv", people}});
  EXPECT_FALSE(reading.IsAcceptable());
}

std::vector<SourceFile> ALargeFolder(int people, int theses) {
  std::string people_csv = "id;family_name;given_name;email\n";
  for (int i = 0; i < people; ++i)
    absl::StrAppend(&people_csv, "p", i, ";Lefèvre", i, ";Anaïs;p", i, "@example.org\n");
  std::string theses_csv = "id;title;authors;supervisor\n";
  std::string juries_csv = "thesis;person;role\n";
  std::string availability_csv = "person;day;from;to;answer\n";
  for (int i = 0; i < theses; ++i) {
    absl::StrAppend(&theses_csv, "t", i, ";Un titre de mémoire assez long pour être vrai;p", i, ";p",
                    people - 1 - i, "\n");
    for (int seat = 0; seat < 4; ++seat) {
      absl::StrAppend(&juries_csv, "t", i, ";p", theses + (i + seat * 7) % (people - theses), ";",
                      seat == 0 ? "président" : "examinateur", "\n");
      absl::StrAppend(&availability_csv, "p", i, ";", 14 + seat, "/06/2027;9h00;12h30;oui\n");
    }
  }
  return {
      {"people.csv", people_csv},
      {"theses.csv", theses_csv},
      {"juries.csv", juries_csv},
      {"availability.csv", availability_csv},
      {"rooms.csv", "id;name\nR1;Salle\n"},
      {"campaign.csv", "key;value\nid;c\ntitle;C\nprogramme;p\ndays;14/06/2027..18/06/2027\nhours;9h-18h\n"}};
}

TEST(ReadFolderProperty, ReadsTenThousandPeopleAndFiveThousandTheses) {
  const std::vector<SourceFile> folder = ALargeFolder(10'000, 5'000);
  const auto start = std::chrono::steady_clock::now();
  const FolderReading reading = ReadFolder(folder);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  std::cout << "read in " << taken.count() << " s\n";
  for (const ImportProblem& problem : reading.problems)
    ADD_FAILURE() << Describe(problem, Language::kEnglish);
  EXPECT_EQ(reading.batch.juries.size(), 20'000u);
  // Generous: also holds for sanitizer builds on a busy machine.
  EXPECT_LT(taken.count(), 15.0);
}

}  // namespace
}  // namespace soutenance::directory::import_folder
