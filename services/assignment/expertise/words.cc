#include "services/assignment/expertise/words.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <iterator>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace soutenance::assignment::expertise {
namespace {

// Folded, in order.
constexpr absl::string_view kLittleWords[] = {
    "about",   "above",  "after",  "afin",    "again",  "ainsi",   "alors", "also",    "an",       "and",
    "any",     "apres",  "are",    "as",      "at",     "au",      "aucun", "aussi",   "autre",    "autres",
    "aux",     "avant",  "avec",   "avoir",   "be",     "because", "been",  "before",  "being",    "below",
    "between", "both",   "but",    "by",      "can",    "car",     "ce",    "cela",    "celle",    "celui",
    "ces",     "cet",    "cette",  "ceux",    "chaque", "chez",    "comme", "comment", "could",    "dans",
    "de",      "depuis", "des",    "deux",    "did",    "do",      "does",  "doing",   "donc",     "dont",
    "down",    "du",     "during", "each",    "elle",   "elles",   "en",    "encore",  "entre",    "est",
    "et",      "ete",    "etre",   "eux",     "few",    "for",     "from",  "further", "had",      "has",
    "have",    "having", "he",     "her",     "here",   "hers",    "him",   "his",     "how",      "however",
    "if",      "il",     "ils",    "in",      "into",   "is",      "it",    "its",     "itself",   "je",
    "just",    "la",     "le",     "les",     "leur",   "leurs",   "lors",  "lui",     "mais",     "me",
    "meme",    "memes",  "mes",    "mon",     "more",   "most",    "my",    "ne",      "ni",       "no",
    "nor",     "nos",    "not",    "notre",   "nous",   "now",     "of",    "off",     "on",       "once",
    "only",    "ont",    "or",     "other",   "ou",     "our",     "ours",  "out",     "over",     "own",
    "par",     "parce",  "pas",    "pendant", "peu",    "peut",    "plus",  "pour",    "pourquoi", "quand",
    "que",     "quel",   "quelle", "quelles", "quels",  "qui",     "sa",    "same",    "sans",     "se",
    "selon",   "ses",    "she",    "should",  "si",     "so",      "some",  "son",     "sont",     "sous",
    "such",    "sur",    "tandis", "tel",     "telle",  "tels",    "than",  "that",    "the",      "their",
    "theirs",  "them",   "then",   "there",   "these",  "they",    "this",  "those",   "through",  "thus",
    "to",      "too",    "tous",   "tout",    "toute",  "toutes",  "tres",  "un",      "under",    "une",
    "until",   "up",     "us",     "very",    "via",    "vos",     "votre", "vous",    "was",      "we",
    "were",    "what",   "when",   "where",   "which",  "while",   "who",   "whom",    "why",      "will",
    "with",    "would",  "you",    "your",    "yours"};

bool IsLittle(absl::string_view folded) {
  return std::binary_search(std::begin(kLittleWords), std::end(kLittleWords), folded);
}

// Plurals of both languages that can be told without a dictionary.
std::string Singular(std::string word) {
  const size_t size = word.size();
  if (size > 4 && absl::EndsWith(word, "ies")) {
    word.replace(size - 3, 3, "y");
  } else if (size > 4 && absl::EndsWith(word, "eaux")) {
    word.pop_back();
  } else if (size > 4 && absl::EndsWith(word, "aux")) {
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
  const std::string folded = Utf8(Folded(word));
  if (folded.size() < 2 || IsLittle(folded)) return;
  if (std::all_of(folded.begin(), folded.end(), [](char c) { return c >= '0' && c <= '9'; })) return;
  icu::UnicodeString shown = word;
  words.push_back({Singular(folded), Utf8(shown.toLower())});
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
  return words;
}

}  // namespace soutenance::assignment::expertise
