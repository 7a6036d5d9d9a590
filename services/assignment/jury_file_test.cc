#include "services/assignment/jury_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace soutenance::assignment {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

JuryFileReading Read(const std::string& bytes, JuryFileKind kind = JuryFileKind::kJuries) {
  return ReadJuryFile(kind, "jurys.csv", bytes);
}
std::vector<std::string> Kinds(const JuryFileReading& reading) {
  std::vector<std::string> kinds;
  for (const sheets::ImportProblem& problem : reading.problems.Listed({"jurys.csv"})) {
    kinds.push_back(absl::StrCat(problem.place.line, " ", problem.kind));
  }
  return kinds;
}

TEST(ReadJuryFile, ReadsBothLanguagesSeparatorsAndEncodingsAsTheSame) {
  for (const std::string text : {
           "thesis,person,role,mode\nt1,bob,president,remote\nt1,zoe,company_tutor,\n",
           "M\xE9moire;Personne;R\xF4le;Mode\r\nt1;bob;Pr\xE9sident;Visio\r\nt1;zoe;Tuteur entreprise;sur "
           "place\r\n",
           "\xEF\xBB\xBFmémoire\tpersonne\trôle\tmode\nt1\tbob\tPRESIDENT\tvisio\nt1\tzoe\tTuteur_"
           "Entreprise\t\n",
       }) {
    const JuryFileReading reading = Read(text);
    EXPECT_THAT(Kinds(reading), IsEmpty()) << text;
    ASSERT_THAT(reading.juries, SizeIs(1));
    const FiledJury& jury = reading.juries[0];
    EXPECT_EQ(jury.thesis, "t1");
    ASSERT_THAT(jury.seats, SizeIs(2));
    EXPECT_EQ(jury.seats[0].seat,
              (Seat{.person = "people/bob", .role = Seat::Role::kPresident, .mode = Seat::Mode::kRemote}));
    EXPECT_EQ(jury.seats[1].seat, (Seat{.person = "people/zoe", .role = Seat::Role::kCompanyTutor}));
    EXPECT_EQ(jury.seats[1].place.line, 3);
  }
}

TEST(ReadJuryFile, FindsTheLinesOfAThesisWhereverTheyStand) {
  const JuryFileReading reading =
      Read("memoire;personne;revision\n# les rapporteurs\nt1;ana;4\n\nt2;bob;\nt1;eva;4\n",
           JuryFileKind::kReviewers);
  ASSERT_THAT(reading.juries, SizeIs(2));
  EXPECT_THAT(reading.juries[0].seats, SizeIs(2));
  EXPECT_EQ(reading.juries[0].base, 4);
  EXPECT_EQ(reading.juries[0].seats[1].seat.role, Seat::Role::kReviewer);
  EXPECT_EQ(reading.juries[1].base, std::nullopt);
}

TEST(ReadJuryFile, TellsWhatIsNoFileOfJuries) {
  EXPECT_THAT(Kinds(Read("")), ElementsAre("0 header_missing"));
  EXPECT_THAT(Kinds(Read("PK\x03\x04 a workbook")), ElementsAre("0 encoding_workbook"));
  EXPECT_THAT(Kinds(Read("thesis,person\nt1,bob\n")), ElementsAre("1 column_missing"));
  EXPECT_THAT(Kinds(Read("thesis,person,role,salary\nt1,bob,guest,3\n")), ElementsAre("1 column_unknown"));
  EXPECT_THAT(Kinds(Read("thesis,person,role\nt1,\"bob,guest\n")), ElementsAre("2 quote_not_closed"));
}

TEST(ReadJuryFile, RefusesMoreMembersThanAJuryHas) {
  std::string text = "thesis,person,role\n";
  for (int i = 0; i < 13; ++i) absl::StrAppend(&text, "t1,p", i, ",guest\n");
  EXPECT_THAT(Kinds(Read(text)), ElementsAre("14 jury_too_large"));
}

TEST(ReadJuryFile, ReadsAsManyThesesAsItSaysQuickly) {
  std::string text = "thesis,person,role\n";
  for (int t = 0; t < 5000; ++t) {
    for (int p = 0; p < 12; ++p) absl::StrAppend(&text, "t", t, ",p", p, ",guest\n");
  }
  const absl::Time start = absl::Now();
  const JuryFileReading reading = Read(text);
  EXPECT_LT(absl::Now() - start, absl::Seconds(20));  // far more than it takes
  EXPECT_THAT(Kinds(reading), IsEmpty());
  EXPECT_THAT(reading.juries, SizeIs(5000));
  EXPECT_THAT(reading.juries.back().seats, SizeIs(12));
  EXPECT_THAT(Kinds(Read(text + "one-more,p1,guest\n")), ElementsAre("60002 theses_too_many"));
}

TEST(ReadJuryFile, TellsAThousandProblemsOfAHostileFileAndCountsTheRest) {
  std::string text = "thesis,person,role\n";
  for (int i = 0; i < 3000; ++i) absl::StrAppend(&text, "=cmd|' /C calc'!A", i, ",\xFF\xFE\x01,\x02\n");
  const JuryFileReading reading = Read(text);
  EXPECT_GE(reading.problems.error_count(), 3000u);
  EXPECT_THAT(reading.problems.Listed({"jurys.csv"}), SizeIs(sheets::Problems::kListedMax));
  EXPECT_THAT(reading.juries, IsEmpty());
}

TEST(WriteJuryFile, WritesWhatItReads) {
  const Jury jury{
      .thesis = "t1",
      .version = 7,
      .programme = "programmes/msi",
      .seats = {{.person = "people/bob", .role = Seat::Role::kPresident},
                {.person = "people/=x", .role = Seat::Role::kReviewer, .mode = Seat::Mode::kRemote}}};
  EXPECT_EQ(WriteJuryFile(JuryFileKind::kJuries, {jury}, sheets::Language::kFrench),
            "\xEF\xBB\xBFmemoire;personne;role;mode;revision\r\nt1;bob;president;sur place;7\r\n"
            "t1;=x;rapporteur;visio;7\r\n");
  EXPECT_EQ(WriteJuryFile(JuryFileKind::kReviewers, {jury}, sheets::Language::kEnglish),
            "thesis,person,mode,revision\r\nt1,=x,remote,7\r\n");
}

}  // namespace
}  // namespace soutenance::assignment
