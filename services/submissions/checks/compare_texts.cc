#include "services/submissions/checks/compare_texts.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace soutenance::submissions {
namespace {

// Words of unchanged text around a difference; changes that are nearer to each other are one difference.
constexpr int kContextWords = 6;
// More edits than this are not looked for between two places that agree: the passage counts as replaced.
constexpr int kEditsMax = 1000;
// Longer runs are shown with their middle left out.
constexpr std::size_t kRunBytesMax = 4000;

struct Word {
  absl::string_view text;
  int key = 0;  // the same for words that count as the same
  int page = 1;
  int line = 1;
};

// What words are compared by: without hyphens, because where lines break is no difference.
std::string KeyOf(absl::string_view word) {
  std::string key;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const absl::string_view rest = word.substr(i);
    if (rest[0] == '-') continue;
    if (rest.substr(0, 2) == "\xc2\xad") {  // soft hyphen
      ++i;
    } else if (rest.substr(0, 3) == "\xe2\x80\x90") {  // hyphen
      i += 2;
    } else {
      key += rest[0];
    }
  }
  return key.empty() ? std::string(word) : key;
}

bool EndsWithHyphen(absl::string_view word) {
  const auto ends = [&](absl::string_view end) {
    return word.size() > end.size() && word.substr(word.size() - end.size()) == end;
  };
  return ends("-") || ends("\xc2\xad") || ends("\xe2\x80\x90");
}

class Keys {
 public:
  int Of(std::string text) {
    return keys_.try_emplace(std::move(text), static_cast<int>(keys_.size())).first->second;
  }

 private:
  absl::flat_hash_map<std::string, int> keys_;
};

std::vector<Word> WordsOf(absl::string_view text, Keys& keys) {
  std::vector<Word> words;
  int page = 1;
  int line = 1;
  bool broken = false;  // the last word ends with a hyphen at the end of its line
  for (std::size_t i = 0; i < text.size();) {
    const unsigned char c = static_cast<unsigned char>(text[i]);
    if (absl::ascii_isspace(c)) {
      if (c == '\n') ++line;
      if (c == '\f') ++page;
      if (c == '\n' && !words.empty() && EndsWithHyphen(words.back().text)) broken = true;
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && !absl::ascii_isspace(static_cast<unsigned char>(text[end]))) ++end;
    const absl::string_view word = text.substr(i, end - i);
    if (broken) {
      Word& first = words.back();
      // Both parts and what is between them, which is only space.
      const std::size_t begin = static_cast<std::size_t>(first.text.data() - text.data());
      first.key = keys.Of(KeyOf(absl::StrCat(first.text, word)));
      first.text = text.substr(begin, end - begin);
    } else {
      words.push_back({word, keys.Of(KeyOf(word)), page, line});
    }
    broken = false;
    i = end;
  }
  return words;
}

// A pair of words that count as the same.
struct Match {
  int a = 0;
  int b = 0;
};

// Finds matches between two ranges of words, in order.
class Matcher {
 public:
  Matcher(const std::vector<Word>& a, const std::vector<Word>& b) : a_(a), b_(b) {}

  std::vector<Match> Find() {
    Between({0, static_cast<int>(a_.size())}, {0, static_cast<int>(b_.size())}, 4);
    return std::move(matches_);
  }

 private:
  struct Range {
    int begin = 0;
    int end = 0;
    int size() const { return end - begin; }
  };

  bool Same(int a, int b) const {
    return a_[static_cast<std::size_t>(a)].key == b_[static_cast<std::size_t>(b)].key;
  }

  // What agrees at both ends, then runs of `length` words that each text has once, then edits.
  void Between(Range a, Range b, int length) {
    while (a.size() > 0 && b.size() > 0 && Same(a.begin, b.begin)) matches_.push_back({a.begin++, b.begin++});
    int same_at_end = 0;
    while (a.size() > 0 && b.size() > 0 && Same(a.end - 1, b.end - 1)) {
      --a.end;
      --b.end;
      ++same_at_end;
    }
    if (a.size() > 0 && b.size() > 0) {
      const std::vector<Match> anchors = length > 0 ? Anchors(a, b, length) : std::vector<Match>();
      if (anchors.empty() && length > 1) {
        Between(a, b, 1);
      } else if (anchors.empty()) {
        Edits(a, b);
      } else {
        BetweenAnchors(a, b, anchors, length);
      }
    }
    for (int i = 0; i < same_at_end; ++i) matches_.push_back({a.end + i, b.end + i});
  }

  void BetweenAnchors(Range a, Range b, const std::vector<Match>& anchors, int length) {
    for (const Match& anchor : anchors) {
      if (anchor.a < a.begin || anchor.b < b.begin) continue;  // inside of what agreed already
      Between({a.begin, anchor.a}, {b.begin, anchor.b}, length > 1 ? 1 : 0);
      a.begin = anchor.a;
      b.begin = anchor.b;
      while (a.size() > 0 && b.size() > 0 && Same(a.begin, b.begin))
        matches_.push_back({a.begin++, b.begin++});
    }
    Between(a, b, length > 1 ? 1 : 0);
  }

  static uint64_t HashOf(const std::vector<Word>& words, int at, int length) {
    uint64_t hash = 1469598103934665603u;
    for (int i = 0; i < length; ++i) {
      hash = (hash ^ static_cast<uint64_t>(words[static_cast<std::size_t>(at + i)].key)) * 1099511628211u;
    }
    return hash;
  }

  // Where runs of `length` words stand that are once in each range: the longest chain in the order of both.
  std::vector<Match> Anchors(Range a, Range b, int length) const {
    struct Seen {
      int in_a = 0;
      int in_b = 0;
      int at_b = 0;
    };
    absl::flat_hash_map<uint64_t, Seen> seen;
    for (int i = a.begin; i + length <= a.end; ++i) ++seen[HashOf(a_, i, length)].in_a;
    for (int j = b.begin; j + length <= b.end; ++j) {
      const auto found = seen.find(HashOf(b_, j, length));
      if (found == seen.end()) continue;
      ++found->second.in_b;
      found->second.at_b = j;
    }
    std::vector<Match> candidates;
    for (int i = a.begin; i + length <= a.end; ++i) {
      const Seen& run = seen[HashOf(a_, i, length)];
      bool same = run.in_a == 1 && run.in_b == 1;
      for (int k = 0; same && k < length; ++k) same = Same(i + k, run.at_b + k);
      if (same) candidates.push_back({i, run.at_b});
    }
    return LongestChain(candidates);
  }

  static std::vector<Match> LongestChain(const std::vector<Match>& candidates) {
    std::vector<int> tails;  // by length of a chain, the candidate with the smallest `b` that ends one
    std::vector<int> before(candidates.size(), -1);
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      const auto place = std::lower_bound(
          tails.begin(), tails.end(), candidates[i].b,
          [&](int tail, int value) { return candidates[static_cast<std::size_t>(tail)].b < value; });
      if (place != tails.begin()) before[i] = *(place - 1);
      if (place == tails.end()) {
        tails.push_back(static_cast<int>(i));
      } else {
        *place = static_cast<int>(i);
      }
    }
    std::vector<Match> chain;
    for (int at = tails.empty() ? -1 : tails.back(); at >= 0; at = before[static_cast<std::size_t>(at)]) {
      chain.push_back(candidates[static_cast<std::size_t>(at)]);
    }
    std::reverse(chain.begin(), chain.end());
    return chain;
  }

  // Myers' greedy algorithm: the fewest edits, or no match at all if these are too many.
  void Edits(Range a, Range b) {
    const int n = a.size();
    const int m = b.size();
    const int edits_max = std::min(kEditsMax, n + m);
    std::vector<std::vector<int>> trace;  // by number of edits, how far each diagonal reached
    std::vector<int> reach(2 * static_cast<std::size_t>(edits_max) + 3, 0);
    const auto at = [&](int diagonal) -> int& {
      return reach[static_cast<std::size_t>(diagonal + edits_max + 1)];
    };
    for (int edits = 0; edits <= edits_max; ++edits) {
      trace.emplace_back(reach.begin() + (edits_max + 1 - edits - 1),
                         reach.begin() + (edits_max + 1 + edits + 2));
      for (int diagonal = -edits; diagonal <= edits; diagonal += 2) {
        const bool down = diagonal == -edits || (diagonal != edits && at(diagonal - 1) < at(diagonal + 1));
        int x = down ? at(diagonal + 1) : at(diagonal - 1) + 1;
        while (x < n && x - diagonal < m && x - diagonal >= 0 && Same(a.begin + x, b.begin + x - diagonal))
          ++x;
        at(diagonal) = x;
        if (x >= n && x - diagonal >= m) return WalkBack(a, b, trace, edits);
      }
    }
  }

  void WalkBack(Range a, Range b, const std::vector<std::vector<int>>& trace, int edits) {
    std::vector<Match> found;
    int x = a.size();
    int y = b.size();
    for (; edits >= 0; --edits) {
      const std::vector<int>& reach = trace[static_cast<std::size_t>(edits)];
      const auto at = [&](int diagonal) { return reach[static_cast<std::size_t>(diagonal + edits + 1)]; };
      const int diagonal = x - y;
      const bool down = diagonal == -edits || (diagonal != edits && at(diagonal - 1) < at(diagonal + 1));
      const int from = down ? diagonal + 1 : diagonal - 1;
      const int from_x = edits == 0 ? 0 : at(from);
      const int from_y = edits == 0 ? 0 : from_x - from;
      while (x > from_x && y > from_y) found.push_back({a.begin + --x, b.begin + --y});
      x = from_x;
      y = from_y;
    }
    matches_.insert(matches_.end(), found.rbegin(), found.rend());
  }

  const std::vector<Word>& a_;
  const std::vector<Word>& b_;
  std::vector<Match> matches_;
};

// The words from `begin` to `end`, with single spaces.
std::string TextOf(const std::vector<Word>& words, int begin, int end) {
  std::string text;
  for (int i = begin; i < end; ++i) {
    if (!text.empty()) text += ' ';
    for (const char c : words[static_cast<std::size_t>(i)].text) {
      if (!absl::ascii_isspace(static_cast<unsigned char>(c))) text += c;
    }
  }
  if (text.size() <= kRunBytesMax) return text;
  // Not inside of a character.
  const auto boundary = [&](std::size_t i) {
    while (i > 0 && (static_cast<unsigned char>(text[i]) & 0xc0) == 0x80) --i;
    return i;
  };
  return absl::StrCat(text.substr(0, boundary(kRunBytesMax / 2)), " [...] ",
                      text.substr(boundary(text.size() - kRunBytesMax / 2)));
}

// A stretch of both texts without a match.
struct Change {
  int a_begin;
  int a_end;
  int b_begin;
  int b_end;
};

std::vector<Change> ChangesOf(const std::vector<Match>& matches, int a_size, int b_size) {
  std::vector<Change> changes;
  int a = 0;
  int b = 0;
  const auto until = [&](int a_end, int b_end) {
    if (a < a_end || b < b_end) changes.push_back({a, a_end, b, b_end});
  };
  for (const Match& match : matches) {
    until(match.a, match.b);
    a = match.a + 1;
    b = match.b + 1;
  }
  until(a_size, b_size);
  return changes;
}

class Writer {
 public:
  Writer(const std::vector<Word>& a, const std::vector<Word>& b) : a_(a), b_(b) {}

  // One difference from the changes that are near to each other.
  TextDifference Write(const std::vector<Change>& changes) const {
    const Change& first = changes.front();
    TextDifference difference;
    Place(a_, first.a_begin, difference.page, difference.line);
    Place(b_, first.b_begin, difference.other_page, difference.other_line);
    Add(difference, ComparedText::Kind::kSame, a_, std::max(0, first.a_begin - kContextWords), first.a_begin);
    int same_from = first.a_begin;
    for (const Change& change : changes) {
      Add(difference, ComparedText::Kind::kSame, a_, same_from, change.a_begin);
      Add(difference, ComparedText::Kind::kRemoved, a_, change.a_begin, change.a_end);
      Add(difference, ComparedText::Kind::kAdded, b_, change.b_begin, change.b_end);
      same_from = change.a_end;
    }
    Add(difference, ComparedText::Kind::kSame, a_, same_from,
        std::min(same_from + kContextWords, static_cast<int>(a_.size())));
    return difference;
  }

 private:
  static void Place(const std::vector<Word>& words, int at, int& page, int& line) {
    if (words.empty()) return;
    const Word& word = words[std::min(static_cast<std::size_t>(at), words.size() - 1)];
    page = word.page;
    line = word.line;
  }
  static void Add(TextDifference& difference, ComparedText::Kind kind, const std::vector<Word>& words,
                  int begin, int end) {
    if (begin < end) difference.parts.push_back({kind, TextOf(words, begin, end)});
  }

  const std::vector<Word>& a_;
  const std::vector<Word>& b_;
};

std::size_t BytesOf(const TextDifference& difference) {
  std::size_t bytes = 0;
  for (const ComparedText& part : difference.parts) bytes += part.text.size();
  return bytes;
}

}  // namespace

TextComparison CompareTexts(absl::string_view text, absl::string_view other) {
  Keys keys;
  const std::vector<Word> a = WordsOf(text, keys);
  const std::vector<Word> b = WordsOf(other, keys);
  const std::vector<Change> changes =
      ChangesOf(Matcher(a, b).Find(), static_cast<int>(a.size()), static_cast<int>(b.size()));
  const Writer writer(a, b);
  TextComparison comparison;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < changes.size();) {
    std::vector<Change> near;
    do {
      comparison.words_removed += changes[i].a_end - changes[i].a_begin;
      comparison.words_added += changes[i].b_end - changes[i].b_begin;
      near.push_back(changes[i++]);
    } while (i < changes.size() && changes[i].a_begin - near.back().a_end <= 2 * kContextWords &&
             near.size() < 100);
    if (comparison.differences.size() == TextComparison::kDifferencesMax ||
        bytes > TextComparison::kBytesMax) {
      ++comparison.left_out;
      continue;
    }
    comparison.differences.push_back(writer.Write(near));
    bytes += BytesOf(comparison.differences.back());
  }
  return comparison;
}

}  // namespace soutenance::submissions
