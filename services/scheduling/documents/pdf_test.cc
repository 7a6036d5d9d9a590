#include "services/scheduling/documents/pdf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/scheduling/documents/sample_document.h"
#include "tests/testing/process.h"
#include "tests/testing/status_matchers.h"

namespace soutenance::scheduling::documents {
namespace {

using ::soutenance::testing::Process;
using ::soutenance::testing::TemporaryFolder;
using ::testing::HasSubstr;
using ::testing::Not;

// What a Poppler program prints about `pdf`. Poppler is a process of its own because of its licence.
std::string Poppler(const std::string& program, const std::string& pdf,
                    const std::vector<std::string>& options) {
  const TemporaryFolder folder;
  const std::string path = folder.path() + "/timetable.pdf";
  std::ofstream(path, std::ios::binary) << pdf;
  std::vector<std::string> arguments = {"/usr/bin/" + program};
  arguments.insert(arguments.end(), options.begin(), options.end());
  arguments.push_back(path);
  if (program == "pdftotext") arguments.push_back("-");
  const auto process = Process::Start({.arguments = arguments});
  EXPECT_OK(process);
  if (!process.ok()) return "";
  std::string output = (*process)->ReadAll();
  EXPECT_EQ((*process)->Wait(), 0) << program;
  return output;
}

std::string Pdf(const TimetableDocument& document) {
  const absl::StatusOr<std::string> pdf = RenderPdf(document);
  EXPECT_OK(pdf);
  return pdf.value_or("");
}

// The text of the pages in one line. pdftotext gives every kind of space as U+0020.
std::string TextOf(const TimetableDocument& document) {
  return absl::StrReplaceAll(Poppler("pdftotext", Pdf(document), {"-raw"}), {{"\n", " "}});
}

TEST(RenderPdf, PrintsTimesRoomsPeopleAndReasons) {
  const std::string text = TextOf(SampleDocument());
  for (const char* expected :
       {"Soutenances de mémoire, session 1, 2026-2027", "Lundi 14 juin 2027", "Mardi 15 juin 2027", "14 h 30",
        "A 12", "Loïc Étienne-Marchand, Mai d’Arc", "Bích Ngọc Nguyễn (présidence)",
        "Jürgen Weiß (examen, visio)", "Annulée", "Huis clos", "Soutenances sans créneau", "Page 1 sur 1"}) {
    EXPECT_THAT(text, HasSubstr(expected));
  }
}

TEST(RenderPdf, SetsTitlesInFrenchTypography) {
  PlacedDefence defence = ADefence();
  defence.title = "Qui décide ? Le \"vert\"";
  EXPECT_THAT(TextOf(DocumentOf(defence)), HasSubstr("Qui décide ? Le « vert »"));
}

TEST(RenderPdf, WritesTheFirstOfAMonth) {
  PlacedDefence defence = ADefence();
  defence.start = absl::CivilMinute(2027, 6, 1, 9, 0);
  EXPECT_THAT(TextOf(DocumentOf(defence)), HasSubstr("Mardi 1er juin 2027"));
}

TEST(RenderPdf, NeverPrintsTheTitleOfAClosedSession) {
  PlacedDefence defence = ADefence();
  defence.is_closed = true;
  defence.title = "Secret industriel";
  EXPECT_THAT(TextOf(DocumentOf(defence)), Not(HasSubstr("Secret")));
}

TEST(RenderPdf, PrintsMarkupAsText) {
  PlacedDefence defence = ADefence();
  defence.title = "<b>A & B</b>";
  EXPECT_THAT(TextOf(DocumentOf(defence)), HasSubstr("<b>A & B</b>"));
}

TEST(RenderPdf, GivesTheSameBytesForTheSameDocument) {
  EXPECT_EQ(Pdf(SampleDocument()), Pdf(SampleDocument()));
}

TEST(RenderPdf, DeclaresTitleTagsAndPaper) {
  const std::string pdf = Pdf(SampleDocument());
  const std::string facts = Poppler("pdfinfo", pdf, {});
  EXPECT_THAT(facts, ::testing::ContainsRegex("Title: +Soutenances de mémoire"));
  EXPECT_THAT(facts, ::testing::ContainsRegex("Tagged: +yes"));
  EXPECT_THAT(facts, HasSubstr("(A4)"));
  EXPECT_THAT(facts, ::testing::ContainsRegex("CreationDate: +Sat May 22"));
  EXPECT_THAT(pdf, HasSubstr("/Lang (fr)"));
  const std::string structure = Poppler("pdfinfo", pdf, {"-struct"});
  for (const char* element : {"Document", "H1", "H2", "Table", "TR", "TH", "TD"}) {
    EXPECT_THAT(structure, HasSubstr(element));
  }
}

TEST(RenderPdf, EmbedsItsFonts) {
  const std::string fonts = Poppler("pdffonts", Pdf(SampleDocument()), {});
  EXPECT_THAT(fonts, HasSubstr("DejaVuSans"));
  EXPECT_THAT(fonts, Not(::testing::ContainsRegex("(CID|Type|True)[^\n]* no +(yes|no) +(yes|no) +[0-9]")));
}

TEST(RenderPdf, BreaksALongDayBetweenDefencesAndNumbersThePages) {
  TimetableDocument document = DocumentOf(ADefence());
  document.placed.clear();
  for (int i = 0; i < 60; ++i) {
    PlacedDefence defence = ADefence();
    defence.id = absl::StrCat("m", i);
    defence.students[0].name = absl::StrCat("Personne numéro ", i, ".");
    defence.start += i * 5;
    document.placed.push_back(defence);
  }
  const std::string text = TextOf(document);
  for (int i = 0; i < 60; ++i) EXPECT_THAT(text, HasSubstr(absl::StrCat("Personne numéro ", i, ".")));
  EXPECT_THAT(text, HasSubstr("Page 4 sur 4"));
}

TEST(RenderPdf, PrintsAnEmptyTimetable) {
  TimetableDocument document = DocumentOf(ADefence());
  document.placed.clear();
  EXPECT_THAT(TextOf(document), HasSubstr("Aucune soutenance n’a encore de créneau."));
}

}  // namespace
}  // namespace soutenance::scheduling::documents
