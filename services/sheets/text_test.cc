#include "services/sheets/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace soutenance::sheets {
namespace {

using ::testing::ElementsAre;

TEST(Decode, ReadsUtf8WithAndWithoutByteOrderMark) {
  EXPECT_EQ(Decode("Zoé").text, "Zoé");
  EXPECT_EQ(Decode("\xEF\xBB\xBFZoé").text, "Zoé");
  EXPECT_EQ(Decode("\xEF\xBB\xBFZoé").encoding, Encoding::kUtf8);
}

TEST(Decode, ReadsWindows1252IncludingItsOwnSigns) {
  const DecodedText decoded = Decode(
      "Zo\xE9 N\x92"
      "Diaye \x80 c\x9Cur");
  EXPECT_EQ(decoded.encoding, Encoding::kWindows1252);
  EXPECT_EQ(decoded.text, "Zoé N’Diaye € cœur");
}

TEST(Decode, ComposesAccents) { EXPECT_EQ(Decode("Zoe\xCC\x81").text, "Zo\xC3\xA9"); }

TEST(Decode, FindsTheLineAtWhichAUtf8FileStopsBeingOne) {
  const DecodedText decoded = Decode("é\né\nZo\xE9;x\n");
  EXPECT_EQ(decoded.encoding, Encoding::kMixed);
  EXPECT_EQ(decoded.bad_line, 3);
}

TEST(Decode, RecognisesWhatIsNotText) {
  EXPECT_EQ(Decode("PK\x03\x04zip").encoding, Encoding::kWorkbook);
  EXPECT_EQ(Decode("\xD0\xCF\x11\xE0old").encoding, Encoding::kWorkbook);
  EXPECT_EQ(Decode(absl::string_view("\xFF\xFEi\0d\0", 6)).encoding, Encoding::kUtf16);
}

TEST(SplitLines, KnowsTheLineEndsOfEverySystem) {
  EXPECT_THAT(SplitLines("a\nb\r\nc\rd"), ElementsAre("a", "b", "c", "d"));
  EXPECT_THAT(SplitLines("a\n\n"), ElementsAre("a", ""));
  EXPECT_THAT(SplitLines(""), ElementsAre());
}

TEST(Trimmed, RemovesNoBreakAndZeroWidthSpaces) {
  EXPECT_EQ(Trimmed(" \u00A0\u202F a b \uFEFF\u200B"), "a b");
  EXPECT_EQ(Trimmed("\u00A0"), "");
}

TEST(OnOneLine, TurnsALineBreakInACellIntoASpace) {
  EXPECT_EQ(OnOneLine("Un titre\n  long"), "Un titre long");
}

TEST(CaseFolded, DropsCaseAndNothingElse) {
  EXPECT_EQ(CaseFolded("Ana@Example.ORG"), "ana@example.org");
  EXPECT_EQ(CaseFolded("É@x.fr"), CaseFolded("é@X.FR"));
  EXPECT_NE(CaseFolded("é@x.fr"), CaseFolded("e@x.fr"));
}

TEST(IsUtf8, KnowsWholeSequences) {
  EXPECT_TRUE(IsUtf8(""));
  EXPECT_TRUE(IsUtf8("é€𝄞"));
  EXPECT_FALSE(IsUtf8("caf\xE9"));
  EXPECT_FALSE(IsUtf8("\xC3"));
  EXPECT_FALSE(IsUtf8("\xED\xA0\x80"));
}

TEST(Folded, MakesNamesComparable) {
  EXPECT_EQ(Folded("Prénom "), "prenom");
  EXPECT_EQ(Folded("Tuteur_Entreprise"), Folded("tuteur entreprise"));
  EXPECT_EQ(Folded("E-mail"), "email");
  EXPECT_EQ(Folded("Cœur"), "cœur");
  EXPECT_EQ(FoldedWord("Écran tactile"), "ecran_tactile");
}

TEST(ControlCharacters, AreFoundAndRemoved) {
  EXPECT_TRUE(HasControlCharacter(absl::string_view("a\0b", 3)));
  EXPECT_TRUE(HasControlCharacter("é\x07"));
  EXPECT_TRUE(HasControlCharacter("\xC2\x81"));
  EXPECT_FALSE(HasControlCharacter("é\tb\r\n"));
  EXPECT_EQ(WithoutControlCharacters(absl::string_view("a\0b", 3)), "ab");
}

TEST(Shortened, CutsBetweenCharacters) {
  EXPECT_EQ(Shortened("éééé", 3), "éé…");
  EXPECT_EQ(Shortened("ééé", 3), "ééé");
}

}  // namespace
}  // namespace soutenance::sheets
