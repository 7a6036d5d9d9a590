#include "services/assignment/expertise/words.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace soutenance::assignment::expertise {
namespace {

// The little words of each language, folded, in order. They also tell which language a text is in.
constexpr absl::string_view kEnglish[] = {
    "about",  "above", "after", "again", "all",     "also",    "am",     "an",      "and",    "any",
    "are",    "as",    "at",    "be",    "because", "been",    "before", "being",   "below",  "between",
    "both",   "but",   "by",    "can",   "could",   "did",     "do",     "does",    "doing",  "down",
    "during", "each",  "few",   "for",   "from",    "further", "had",    "has",     "have",   "having",
    "he",     "her",   "here",  "hers",  "him",     "his",     "how",    "however", "if",     "in",
    "into",   "is",    "it",    "its",   "itself",  "just",    "me",     "more",    "most",   "my",
    "no",     "nor",   "not",   "now",   "of",      "off",     "on",     "once",    "only",   "or",
    "other",  "our",   "ours",  "out",   "over",    "own",     "same",   "she",     "should", "so",
    "some",   "such",  "than",  "that",  "the",     "their",   "theirs", "them",    "then",   "there",
    "these",  "they",  "this",  "those", "through", "thus",    "to",     "too",     "under",  "until",
    "up",     "us",    "very",  "via",   "was",     "we",      "were",   "what",    "when",   "where",
    "which",  "while", "who",   "whom",  "why",     "will",    "with",   "would",   "you",    "your",
    "yours"};
constexpr absl::string_view kFrench[] = {
    "afin",   "ainsi",   "alors",  "apres", "au",     "aucun",   "aussi",    "autre",  "autres", "aux",
    "avant",  "avec",    "avoir",  "car",   "ce",     "cela",    "celle",    "celui",  "ces",    "cet",
    "cette",  "ceux",    "chaque", "chez",  "comme",  "comment", "dans",     "de",     "depuis", "des",
    "deux",   "donc",    "dont",   "du",    "elle",   "elles",   "en",       "encore", "entre",  "est",
    "et",     "ete",     "etre",   "eux",   "il",     "ils",     "je",       "la",     "le",     "les",
    "leur",   "leurs",   "lors",   "lui",   "mais",   "me",      "meme",     "memes",  "mes",    "mon",
    "ne",     "ni",      "nos",    "notre", "nous",   "on",      "ont",      "ou",     "par",    "parce",
    "pas",    "pendant", "peu",    "peut",  "plus",   "pour",    "pourquoi", "quand",  "que",    "quel",
    "quelle", "quelles", "quels",  "qui",   "sa",     "sans",    "se",       "selon",  "ses",    "si",
    "son",    "sont",    "sous",   "sur",   "tandis", "tel",     "telle",    "tels",   "tous",   "tout",
    "toute",  "toutes",  "tres",   "un",    "une",    "vos",     "votre",    "vous"};

template <typename List>
bool IsIn(const List& list, absl::string_view folded) {
  return std::binary_search(std::begin(list), std::end(list), folded);
}

// Plurals that can be told without a dictionary.
std::string Singular(std::string word, bool is_french) {
  const size_t size = word.size();
  if (!is_french && size > 4 && absl::EndsWith(word, "ies")) {
    word.replace(size - 3, 3, "y");
  } else if (is_french && size > 4 && (absl::EndsWith(word, "eaux") || absl::EndsWith(word, "eux"))) {
    word.pop_back();
  } else if (is_french && size > 4 && absl::EndsWith(word, "aux")) {
    word.replace(size - 3, 3, "al");
  } else if (size > 3 && absl::EndsWith(word, "s") && !absl::EndsWith(word, "ss") &&
             !absl::EndsWith(word, "us") && !absl::EndsWith(word, "is")) {
    word.pop_back();
  }
  return word;
}

std::string Utf8(const icu::UnicodeString& text) {
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

// Small letters, compatible forms made equal, and without marks such as accents.
icu::UnicodeString Folded(const icu::UnicodeString& word) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* const decompose = icu::Normalizer2::getNFKDInstance(error);
  if (U_FAILURE(error)) return word;
  icu::UnicodeString decomposed = decompose->normalize(word, error);
  if (U_FAILURE(error)) return word;
  decomposed.foldCase();
  icu::UnicodeString folded;
  for (int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
    const UChar32 character = decomposed.char32At(i);
    if (character == 0x153) {  // the ligature oe is a letter of its own to Unicode
      folded.append("oe");
    } else if (u_charType(character) != U_NON_SPACING_MARK) {
      folded.append(character);
    }
  }
  return folded;
}

void Take(const icu::UnicodeString& word, std::vector<Word>& words) {
  icu::UnicodeString shown = word;
  words.push_back({Utf8(Folded(word)), Utf8(shown.toLower())});
}

// Out of all words, which are folded: those that say something, as roots.
std::vector<Word> Telling(std::vector<Word> words) {
  int64_t french = 0;
  for (const Word& word : words) {
    french += (IsIn(kFrench, word.root) ? 1 : 0) - (IsIn(kEnglish, word.root) ? 1 : 0);
  }
  const bool is_french = french > 0;
  std::vector<Word> telling;
  for (Word& word : words) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (word.root.size() < 2 || std::all_of(word.root.begin(), word.root.end(), is_digit)) continue;
    if (is_french ? IsIn(kFrench, word.root) : IsIn(kEnglish, word.root)) continue;
    word.root = Singular(std::move(word.root), is_french);
    telling.push_back(std::move(word));
  }
  return telling;
}

}  // namespace

std::vector<Word> WordsOf(absl::string_view text) {
  const icu::UnicodeString unicode =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  std::vector<Word> words;
  icu::UnicodeString word;
  for (int32_t i = 0; i < unicode.length(); i = unicode.moveIndex32(i, 1)) {
    const UChar32 character = unicode.char32At(i);
    const bool is_mark = u_charType(character) == U_NON_SPACING_MARK;
    if ((u_isalnum(character) && character != 0xFFFD) || (is_mark && !word.isEmpty())) {
      word.append(character);
    } else if (!word.isEmpty()) {
      Take(word, words);
      word.remove();
    }
  }
  if (!word.isEmpty()) Take(word, words);
  return Telling(std::move(words));
}

}  // namespace soutenance::assignment::expertise
