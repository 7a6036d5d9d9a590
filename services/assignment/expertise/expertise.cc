#include "services/assignment/expertise/expertise.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/assignment/expertise/words.h"

namespace soutenance::assignment::expertise {
namespace {

// The usual values of BM25.
constexpr double kSaturation = 1.2;
constexpr double kLengthPart = 0.75;
constexpr size_t kTextsMax = 20;

// 1 + 1/2 + ... + 1/20: what a person with twenty copies of the thesis would have.
double Perfect() {
  double sum = 0;
  for (size_t i = 1; i <= kTextsMax; ++i) sum += 1.0 / static_cast<double>(i);
  return sum;
}

}  // namespace

Expertises::Counted Expertises::Count(const Text& text) {
  Counted counted;
  const auto add = [&counted](const std::string& term, const std::string& shown) {
    ++counted.counts[term];
    counted.shown.emplace(term, shown);
    ++counted.length;
  };
  const std::vector<Word> words = WordsOf(absl::StrCat(text.title, "\n", text.body));
  for (size_t i = 0; i < words.size(); ++i) {
    add(words[i].root, words[i].shown);
    if (i == 0) continue;
    add(absl::StrCat(words[i - 1].root, " ", words[i].root),
        absl::StrCat(words[i - 1].shown, " ", words[i].shown));
  }
  return counted;
}

Expertises::Expertises(const std::vector<Text>& theses, const std::vector<PersonTexts>& people) {
  std::vector<Counted> counted;
  for (const Text& thesis : theses) counted.push_back(Count(thesis));
  for (const PersonTexts& person : people) {
    for (const Text& text : person.texts) counted.push_back(Count(text));
  }
  std::map<std::string, int> texts_with;
  double length = 0;
  for (const Counted& text : counted) {
    for (const auto& [term, count] : text.counts) ++texts_with[term];
    length += text.length;
  }
  const double texts = static_cast<double>(counted.size());
  for (const auto& [term, with] : texts_with) {
    numbers_.emplace(term, static_cast<int>(rarity_.size()));
    rarity_.push_back(std::log(1 + (texts - with + 0.5) / (with + 0.5)));
  }
  const double mean_length = texts > 0 ? std::max(length / texts, 1.0) : 1.0;
  size_t next = 0;
  for (size_t i = 0; i < theses.size(); ++i) {
    const Counted& text = counted[next++];
    theses_.push_back(Weighed(text, mean_length));
    std::vector<std::string>& shown = shown_.emplace_back();
    for (const auto& [term, form] : text.shown) shown.push_back(form);
  }
  for (const PersonTexts& person : people) {
    std::vector<Vector>& vectors = people_.emplace_back();
    for (size_t i = 0; i < person.texts.size(); ++i) vectors.push_back(Weighed(counted[next++], mean_length));
  }
}

Expertises::Vector Expertises::Weighed(const Counted& counted, double mean_length) const {
  Vector vector;
  double squares = 0;
  for (const auto& [term, count] : counted.counts) {
    const int number = numbers_.at(term);
    const double long_text = 1 - kLengthPart + kLengthPart * counted.length / mean_length;
    const double weight =
        rarity_[static_cast<size_t>(number)] * count * (kSaturation + 1) / (count + kSaturation * long_text);
    vector.push_back({number, weight});
    squares += weight * weight;
  }
  for (Entry& entry : vector) entry.weight /= std::sqrt(squares);
  return vector;
}

Expertise Expertises::Of(size_t thesis, size_t person, size_t reasons_max, size_t without) const {
  const Vector& subject = theses_[thesis];
  // By text: how near it is, and what of that each term of the thesis brings.
  struct Near {
    double nearness = 0;
    std::vector<std::pair<size_t, double>> parts;
  };
  std::vector<Near> texts;
  for (size_t number = 0; number < people_[person].size(); ++number) {
    if (number == without) continue;
    const Vector& text = people_[person][number];
    Near near;
    auto at = text.begin();
    for (size_t i = 0; i < subject.size(); ++i) {
      while (at != text.end() && at->term < subject[i].term) ++at;
      if (at == text.end()) break;
      if (at->term != subject[i].term) continue;
      near.parts.emplace_back(i, subject[i].weight * at->weight);
      near.nearness += near.parts.back().second;
    }
    texts.push_back(std::move(near));
  }
  std::stable_sort(texts.begin(), texts.end(),
                   [](const Near& a, const Near& b) { return a.nearness > b.nearness; });
  if (texts.size() > kTextsMax) texts.resize(kTextsMax);
  double sum = 0;
  std::vector<double> of_term(subject.size(), 0.0);
  for (size_t rank = 0; rank < texts.size(); ++rank) {
    const double weight = 1.0 / static_cast<double>(rank + 1);
    sum += weight * texts[rank].nearness;
    for (const auto& [term, part] : texts[rank].parts) of_term[term] += weight * part;
  }
  Expertise expertise{std::min(sum / Perfect(), 1.0), {}};
  std::vector<size_t> order;
  for (size_t i = 0; i < of_term.size(); ++i) {
    if (of_term[i] > 0) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&of_term](size_t a, size_t b) { return of_term[a] > of_term[b]; });
  if (order.size() > reasons_max) order.resize(reasons_max);
  for (const size_t i : order) expertise.reasons.push_back({shown_[thesis][i], of_term[i] / sum});
  return expertise;
}

}  // namespace soutenance::assignment::expertise
