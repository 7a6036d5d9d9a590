#include "services/submissions/checks/compare_texts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"

namespace soutenance::submissions {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Kind = ComparedText::Kind;

ComparedText Same(const std::string& text) { return {Kind::kSame, text}; }
ComparedText Removed(const std::string& text) { return {Kind::kRemoved, text}; }
ComparedText Added(const std::string& text) { return {Kind::kAdded, text}; }

TEST(CompareTexts, FindsNothingInEqualTexts) {
  EXPECT_THAT(CompareTexts("", "").differences, IsEmpty());
  EXPECT_THAT(CompareTexts("le mémoire", "le mémoire").differences, IsEmpty());
}

TEST(CompareTexts, FindsNothingWhereWordsOnlyMovedToOtherLinesAndPages) {
  EXPECT_THAT(
      CompareTexts("un deux trois\nquatre cinq\n\f six", "un deux\ntrois quatre\fcinq six").differences,
      IsEmpty());
  EXPECT_THAT(CompareTexts("une biblio-\nthèque utile", "une bibliothèque\nutile").differences, IsEmpty())
      << "nor where a word is broken at the end of a line";
}

TEST(CompareTexts, ShowsWordsThatChangedAmongTheirNeighbours) {
  const TextComparison comparison =
      CompareTexts("a b c d e f g h le protocole initial est décrit i j k l m n o p",
                   "a b c d e f g h le protocole révisé est bien décrit i j k l m n o p");
  ASSERT_EQ(comparison.differences.size(), 1u);
  EXPECT_THAT(comparison.differences[0].parts,
              ElementsAre(Same("e f g h le protocole"), Removed("initial"), Added("révisé"), Same("est"),
                          Added("bien"), Same("décrit i j k l m")));
  EXPECT_EQ(comparison.words_removed, 1);
  EXPECT_EQ(comparison.words_added, 2);
}

TEST(CompareTexts, SaysOnWhichPageAndLine) {
  const TextComparison comparison = CompareTexts("un\ndeux\n\ftrois\nquatre", "un\ndeux\n\ftrois\n\fcinq");
  ASSERT_EQ(comparison.differences.size(), 1u);
  EXPECT_EQ(comparison.differences[0].page, 2);
  EXPECT_EQ(comparison.differences[0].line, 4);
  EXPECT_EQ(comparison.differences[0].other_page, 3);
  EXPECT_EQ(comparison.differences[0].other_line, 4);
}

TEST(CompareTexts, KeepsDistantChangesApart) {
  std::vector<std::string> words;
  for (int i = 0; i < 100; ++i) words.push_back(absl::StrCat("w", i));
  std::vector<std::string> other = words;
  other[10] = "x";
  other[80] = "y";
  EXPECT_EQ(CompareTexts(absl::StrJoin(words, " "), absl::StrJoin(other, " ")).differences.size(), 2u);
}

// Words of one side, put together from a comparison that lists everything with all of its context.
std::string Side(const TextComparison& comparison, Kind kind) {
  std::string side;
  for (const TextDifference& difference : comparison.differences) {
    for (const ComparedText& part : difference.parts) {
      if (part.kind == Kind::kSame || part.kind == kind) absl::StrAppend(&side, part.text, " ");
    }
  }
  return side;
}

TEST(CompareTexts, LosesNoWordOfEitherText) {
  std::mt19937 random(1);
  for (int run = 0; run < 3000; ++run) {
    // Short texts of few words: everything is within the context of a change.
    const auto text = [&] {
      std::vector<std::string> words(random() % 6);
      for (std::string& word : words) word = std::string(1, static_cast<char>('a' + random() % 3));
      return absl::StrJoin(words, " ");
    };
    const std::string a = text();
    const std::string b = text();
    const TextComparison comparison = CompareTexts(a, b);
    if (a == b) {
      EXPECT_THAT(comparison.differences, IsEmpty());
      continue;
    }
    EXPECT_EQ(Side(comparison, Kind::kRemoved), a.empty() ? "" : absl::StrCat(a, " ")) << a << " | " << b;
    EXPECT_EQ(Side(comparison, Kind::kAdded), b.empty() ? "" : absl::StrCat(b, " ")) << a << " | " << b;
  }
}

TEST(CompareTexts, CountsTheFewestChangesInShortTexts) {
  EXPECT_EQ(CompareTexts("a b c a b b a", "c b a b a c").words_removed, 3);
  EXPECT_EQ(CompareTexts("a b c a b b a", "c b a b a c").words_added, 2);
}

TEST(CompareTexts, IsQuickAndBoundedForLongTextsThatHaveNothingInCommon) {
  std::mt19937 random(2);
  std::string a;
  std::string b;
  while (a.size() < 1'000'000) absl::StrAppend(&a, "w", random() % 500, " ");
  while (b.size() < 1'000'000) absl::StrAppend(&b, "w", random() % 500, " ");
  const absl::Time begin = absl::Now();
  const TextComparison comparison = CompareTexts(a, b);
  EXPECT_LT(absl::Now() - begin, absl::Seconds(60));
  EXPECT_LE(comparison.differences.size(), TextComparison::kDifferencesMax);
  EXPECT_GT(comparison.words_added, 100'000);
}

}  // namespace
}  // namespace soutenance::submissions
