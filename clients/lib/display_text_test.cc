#include "clients/lib/display_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace soutenance::clients {
namespace {

using ::testing::ElementsAre;

TEST(DisplayWidth, CountsCellsAndNotBytes) {
  EXPECT_EQ(DisplayWidth("Zoé"), 3);
  EXPECT_EQ(DisplayWidth("L’étude"), 7);
  EXPECT_EQ(DisplayWidth(""), 0);
}

TEST(DisplayWidth, CountsACombiningAccentWithItsLetter) { EXPECT_EQ(DisplayWidth("Zoe\xCC\x81"), 3); }

TEST(DisplayWidth, CountsWideCharactersTwice) {
  EXPECT_EQ(DisplayWidth("日本"), 4);
  EXPECT_EQ(DisplayWidth("🎓"), 2);
}

TEST(DisplayWidth, CountsEachByteThatIsNotUtf8AsOneCell) {
  EXPECT_EQ(DisplayWidth("a\xFF"
                         "b"),
            3);
}

TEST(IsUtf8, RefusesOverlongFormsSurrogatesAndCutCharacters) {
  EXPECT_TRUE(IsUtf8("mémoire n° 7 🎓"));
  EXPECT_FALSE(IsUtf8("\xC0\xAF"));
  EXPECT_FALSE(IsUtf8("\xED\xA0\x80"));
  EXPECT_FALSE(IsUtf8("caf\xC3"));
  EXPECT_FALSE(IsUtf8("caf\xE9"));
}

TEST(Printable, TakesAwayWhatSteersATerminal) {
  EXPECT_EQ(Printable("a\x1B[31mred"), "a\uFFFD[31mred");
  EXPECT_EQ(Printable("bell\x07"), "bell\uFFFD");
  EXPECT_EQ(Printable("two\nlines\tand tab"), "two lines and tab");
  EXPECT_EQ(Printable("\xE2\x80\xAEtxt.exe"), "\uFFFDtxt.exe");  // right-to-left override
}

TEST(Printable, LeavesAccentsAndTypographyAlone) {
  EXPECT_EQ(Printable("« L’été » – œuvre"), "« L’été » – œuvre");
}

TEST(Shortened, EndsInAnEllipsisWithinTheGivenCells) {
  EXPECT_EQ(Shortened("Ordonnancement", 8), "Ordonna…");
  EXPECT_EQ(Shortened("Ordo", 8), "Ordo");
  EXPECT_EQ(Shortened("Ordonnancement", 1), "…");
  EXPECT_EQ(Shortened("Ordonnancement", 0), "");
}

TEST(Shortened, KeepsAnAccentWithItsLetter) { EXPECT_EQ(Shortened("e\xCC\x81t\xC3\xA9s", 2), "e\xCC\x81…"); }

TEST(Shortened, NeverTakesMoreThanTheCellsForWideCharacters) {
  EXPECT_EQ(Shortened("日本語", 4), "日…");
  EXPECT_LE(DisplayWidth(Shortened("日本語", 4)), 4);
}

TEST(Padded, FillsUpToTheWidthSeen) {
  EXPECT_EQ(PaddedRight("été", 5), "été  ");
  EXPECT_EQ(PaddedLeft("été", 5), "  été");
  EXPECT_EQ(PaddedRight("longer", 3), "longer");
}

TEST(SortKey, PutsNamesInTheOrderPeopleExpect) {
  EXPECT_LT(SortKey("Aïssata"), SortKey("Aymeric"));
  EXPECT_LT(SortKey("éa"), SortKey("Ezra"));
  EXPECT_EQ(SortKey("ÉLODIE"), SortKey("e\xCC\x81lodie"));
}

TEST(Wrapped, BreaksAtSpacesAndKeepsLongWordsWhole) {
  EXPECT_THAT(Wrapped("un deux trois", 8), ElementsAre("un deux", "trois"));
  EXPECT_THAT(Wrapped("indivisiblement vrai", 5), ElementsAre("indivisiblement", "vrai"));
  EXPECT_THAT(Wrapped("one line", 0), ElementsAre("one line"));
  EXPECT_THAT(Wrapped("", 10), ElementsAre(""));
}

TEST(Wrapped, DoesNotPartFrenchSignsFromTheirWords) {
  EXPECT_THAT(Wrapped("voir ici : « context show » ; fin", 12),
              ElementsAre("voir ici :", "« context", "show » ; fin"));
}

}  // namespace
}  // namespace soutenance::clients
