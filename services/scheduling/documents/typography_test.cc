#include "services/scheduling/documents/typography.h"

#include <gtest/gtest.h>

namespace soutenance::scheduling::documents {
namespace {

TEST(Typeset, NarrowsTheSpaceBeforeFrenchPunctuation) {
  EXPECT_EQ(Typeset("Qui ? Quoi ! Où ; quand : ici", Language::kFrench),
            "Qui\u202f? Quoi\u202f! Où\u202f; quand\u202f: ici");
  EXPECT_EQ(Typeset("Qui\u00a0?", Language::kFrench), "Qui\u202f?");
}

TEST(Typeset, AddsNoSpaceWhereTheAuthorWroteNone) {
  EXPECT_EQ(Typeset("Scheduling: a survey of https://example.org", Language::kFrench),
            "Scheduling: a survey of https://example.org");
}

TEST(Typeset, TurnsPairsOfStraightQuotesIntoGuillemets) {
  EXPECT_EQ(Typeset("le \"vert\" et le « bleu »", Language::kFrench),
            "le «\u202fvert\u202f» et le «\u202fbleu\u202f»");
  EXPECT_EQ(Typeset("un écran de 27\"", Language::kFrench), "un écran de 27\"");
  EXPECT_EQ(Typeset("the \"green\" one", Language::kEnglish), "the “green” one");
}

TEST(Typeset, CurvesApostrophes) { EXPECT_EQ(Typeset("L'Hostis", Language::kFrench), "L’Hostis"); }

TEST(IsPrintableUtf8, AcceptsTextOfAnyScript) {
  EXPECT_TRUE(IsPrintableUtf8(""));
  EXPECT_TRUE(IsPrintableUtf8("É à œ 日本 😀\tligne\r\n"));
}

TEST(IsPrintableUtf8, RefusesBrokenSequencesAndControlCharacters) {
  EXPECT_FALSE(IsPrintableUtf8("caf\xe9"));           // Windows-1252
  EXPECT_FALSE(IsPrintableUtf8("\xc3"));              // cut
  EXPECT_FALSE(IsPrintableUtf8("\xc0\xaf"));          // overlong
  EXPECT_FALSE(IsPrintableUtf8("\xed\xa0\x80"));      // surrogate
  EXPECT_FALSE(IsPrintableUtf8("\xf4\x90\x80\x80"));  // beyond U+10FFFF
  EXPECT_FALSE(IsPrintableUtf8(std::string("a\0b", 3)));
  EXPECT_FALSE(IsPrintableUtf8("\x1b[31m"));
}

}  // namespace
}  // namespace soutenance::scheduling::documents
