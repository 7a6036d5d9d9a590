#include "services/assignment/solver/io/problem_text.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/charconv.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/base/error.h"

namespace soutenance::assignment::solver {
namespace {

constexpr absl::string_view kTitle = "soutenance assignment 1";
constexpr size_t kFaultsMax = 100;
// The largest scale that leaves every score in range.
constexpr int64_t kScaleMax = kScoreMax;

// Words of a line, one by one.
class Words {
 public:
  explicit Words(absl::string_view line) : rest_(line) {}

  // Empty at the end.
  absl::string_view Next() {
    size_t begin = 0;
    while (begin < rest_.size() && IsBlank(rest_[begin])) ++begin;
    size_t end = begin;
    while (end < rest_.size() && !IsBlank(rest_[end])) ++end;
    const absl::string_view word = rest_.substr(begin, end - begin);
    rest_.remove_prefix(end);
    return word;
  }

 private:
  static bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

  absl::string_view rest_;
};

class Reader {
 public:
  explicit Reader(absl::string_view text) : rest_(text) {}

  absl::StatusOr<ProblemText> Read() {
    while (!rest_.empty() && !ended_ && faults_.size() < kFaultsMax) {
      const size_t end = std::min(rest_.find('\n'), rest_.size());
      absl::string_view line = rest_.substr(0, end);
      rest_.remove_prefix(std::min(end + 1, rest_.size()));
      ++number_;
      line = line.substr(0, line.find('#'));
      ReadLine(line);
      if (number_ == 1 && !faults_.empty()) break;
    }
    if (!ended_ && faults_.empty()) Fault("the text ends without the line \"end\": it was cut off");
    if (!faults_.empty()) return InvalidFields(std::move(faults_));
    return Finish();
  }

 private:
  void Fault(std::string description) {
    if (faults_.size() < kFaultsMax) {
      faults_.push_back({absl::StrCat("line ", number_), std::move(description)});
    }
  }

  void ReadLine(absl::string_view line) {
    if (number_ == 1) {
      while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.remove_suffix(1);
      if (line != kTitle) Fault(absl::StrCat("expected \"", kTitle, "\""));
      return;
    }
    Words words(line);
    const absl::string_view what = words.Next();
    if (what.empty()) return;
    if (what == "reviewer") return ReadReviewer(words);
    if (what == "thesis") return ReadThesis(words);
    if (what == "scores") return ReadScores(words);
    if (what == "score") return ReadScore(words);
    if (what == "forbid" || what == "pin" || what == "held") return ReadPair(what, words);
    if (what == "end") {
      ended_ = true;
      return;
    }
    Fault(absl::StrCat(
        "\"", what, "\" is not known; expected reviewer, thesis, scores, score, forbid, pin, held or end"));
  }

  std::optional<int> Number(absl::string_view word) {
    int number = 0;
    if (absl::SimpleAtoi(word, &number)) return number;
    Fault(absl::StrCat("\"", word, "\" is not a whole number"));
    return std::nullopt;
  }

  std::optional<double> Decimal(absl::string_view word) {
    double value = 0;
    const absl::from_chars_result read = absl::from_chars(word.data(), word.data() + word.size(), value);
    if (!word.empty() && read.ec == std::errc() && read.ptr == word.data() + word.size() &&
        std::abs(value) <= static_cast<double>(kScoreMax)) {
      return value;
    }
    Fault(absl::StrCat("\"", word, "\" is not a score; expected a decimal from -1e9 to 1e9"));
    return std::nullopt;
  }

  void ReadReviewer(Words& words) {
    ReviewerSpec reviewer{.key = std::string(words.Next())};
    const std::optional<int> least = Number(words.Next());
    const std::optional<int> most = Number(words.Next());
    if (!least || !most) return;
    if (!spec_.theses.empty()) return Fault("reviewers stand before the first thesis");
    reviewer.least = *least;
    reviewer.most = *most;
    reviewers_.emplace(reviewer.key, static_cast<int>(spec_.reviewers.size()));
    spec_.reviewers.push_back(std::move(reviewer));
  }

  void ReadThesis(Words& words) {
    ThesisSpec thesis{.key = std::string(words.Next())};
    const std::optional<int> needed = Number(words.Next());
    if (!needed) return;
    thesis.needed = *needed;
    if (static_cast<int64_t>((spec_.theses.size() + 1) * spec_.reviewers.size()) > kPairsMax) {
      faults_.resize(std::min(faults_.size(), kFaultsMax - 1));
      Fault(absl::StrCat("more than ", kPairsMax, " pairs of a thesis and a reviewer"));
      rest_ = {};
      return;
    }
    theses_.emplace(thesis.key, static_cast<int>(spec_.theses.size()));
    spec_.theses.push_back(std::move(thesis));
    values_.resize(spec_.theses.size() * spec_.reviewers.size(), 0.0F);
    details_.resize(values_.size(), 0.0F);
  }

  std::optional<int> Find(const absl::flat_hash_map<std::string, int>& numbers, absl::string_view kind,
                          absl::string_view key) {
    const auto found = numbers.find(key);
    if (found != numbers.end()) return found->second;
    Fault(absl::StrCat("there is no ", kind, " \"", key, "\" above"));
    return std::nullopt;
  }

  size_t At(int thesis, int reviewer) const {
    return static_cast<size_t>(thesis) * spec_.reviewers.size() + static_cast<size_t>(reviewer);
  }

  // A score is kept as two floats, which together are as exact as is needed and small for large matrices.
  void Set(size_t at, double value) {
    values_[at] = static_cast<float>(value);
    details_[at] = static_cast<float>(value - static_cast<double>(values_[at]));
    largest_ = std::max(largest_, std::abs(value));
  }

  void ReadScores(Words& words) {
    const std::optional<int> thesis = Find(theses_, "thesis", words.Next());
    if (!thesis) return;
    for (int r = 0; r < static_cast<int>(spec_.reviewers.size()); ++r) {
      const absl::string_view word = words.Next();
      if (word.empty()) {
        return Fault(
            absl::StrCat("has ", r, " scores; expected ", spec_.reviewers.size(), ", one for each reviewer"));
      }
      if (word == "-") {
        values_[At(*thesis, r)] = kNone;
        continue;
      }
      const std::optional<double> value = Decimal(word);
      if (!value) return;
      Set(At(*thesis, r), *value);
    }
    if (!words.Next().empty()) Fault("has more scores than there are reviewers");
  }

  void ReadScore(Words& words) {
    const std::optional<int> thesis = Find(theses_, "thesis", words.Next());
    const std::optional<int> reviewer = Find(reviewers_, "reviewer", words.Next());
    const std::optional<double> value = Decimal(words.Next());
    if (thesis && reviewer && value) Set(At(*thesis, *reviewer), *value);
  }

  void ReadPair(absl::string_view what, Words& words) {
    const std::optional<int> thesis = Find(theses_, "thesis", words.Next());
    const std::optional<int> reviewer = Find(reviewers_, "reviewer", words.Next());
    if (!thesis || !reviewer) return;
    if (what == "forbid") values_[At(*thesis, *reviewer)] = kNone;
    if (what == "pin") spec_.pinned.push_back({*thesis, *reviewer});
    if (what == "held") held_.push_back({*thesis, *reviewer});
  }

  absl::StatusOr<ProblemText> Finish() {
    spec_.scale = kScaleMax;
    while (spec_.scale > 1 &&
           largest_ * static_cast<double>(spec_.scale) > static_cast<double>(kScoreMax) * (1 + 1e-9)) {
      spec_.scale /= 10;
    }
    spec_.scores.reserve(values_.size());
    for (size_t i = 0; i < values_.size(); ++i) {
      if (values_[i] == kNone) {
        spec_.scores.push_back(kForbidden);
        continue;
      }
      const double value = static_cast<double>(values_[i]) + static_cast<double>(details_[i]);
      const double scaled = std::round(value * static_cast<double>(spec_.scale));
      const double most = static_cast<double>(kScoreMax);
      spec_.scores.push_back(static_cast<Score>(std::clamp(scaled, -most, most)));
    }
    values_ = {};
    details_ = {};
    absl::StatusOr<Problem> problem = Problem::Create(std::move(spec_));
    if (!problem.ok()) return problem.status();
    return ProblemText{*std::move(problem), std::move(held_)};
  }

  static constexpr float kNone = std::numeric_limits<float>::infinity();

  absl::string_view rest_;
  int number_ = 0;
  bool ended_ = false;
  ProblemSpec spec_;
  std::vector<float> values_;
  std::vector<float> details_;
  double largest_ = 0;
  std::vector<Pair> held_;
  absl::flat_hash_map<std::string, int> theses_;
  absl::flat_hash_map<std::string, int> reviewers_;
  std::vector<FieldViolation> faults_;
};

}  // namespace

absl::StatusOr<ProblemText> ParseProblem(absl::string_view text) { return Reader(text).Read(); }

std::string WriteProblem(const Problem& problem, const std::vector<Pair>& held) {
  std::string text = absl::StrCat(kTitle, "\n");
  for (int r = 0; r < problem.reviewers(); ++r) {
    const ReviewerSpec& reviewer = problem.reviewer(r);
    absl::StrAppend(&text, "reviewer ", reviewer.key, " ", reviewer.least, " ", reviewer.most, "\n");
  }
  for (int t = 0; t < problem.theses(); ++t) {
    absl::StrAppend(&text, "thesis ", problem.thesis(t).key, " ", problem.thesis(t).needed, "\n");
  }
  for (int t = 0; t < problem.theses(); ++t) {
    absl::StrAppend(&text, "scores ", problem.thesis(t).key);
    for (const Score score : problem.scores(t)) {
      if (score == kForbidden) {
        absl::StrAppend(&text, " -");
      } else {
        absl::StrAppendFormat(&text, " %.10g",
                              static_cast<double>(score) / static_cast<double>(problem.scale()));
      }
    }
    text.push_back('\n');
  }
  const auto write = [&](absl::string_view what, const std::vector<Pair>& pairs) {
    for (const Pair& pair : pairs) {
      absl::StrAppend(&text, what, " ", problem.thesis(pair.thesis).key, " ",
                      problem.reviewer(pair.reviewer).key, "\n");
    }
  };
  write("pin", problem.pinned());
  write("held", held);
  absl::StrAppend(&text, "end\n");
  return text;
}

}  // namespace soutenance::assignment::solver
