#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_EXPERTISE_EXPERTISE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_EXPERTISE_EXPERTISE_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace soutenance::assignment::expertise {

// A title and whatever is known of the rest: an abstract, keywords, extracted text.
struct Text {
  std::string title;
  std::string body;
};

struct PersonTexts {
  std::vector<Text> texts;  // theses supervised or reviewed, publications, keywords
};

struct Expertise {
  double score = 0;  // 0 to 1
  struct Reason {
    std::string word;  // a word, or two in a row, as they stand in the thesis
    double share = 0;  // of the score, 0 to 1
  };
  std::vector<Reason> reasons;  // what counts most, first
};

// How well people know what theses are about, computed from texts alone and on this machine.
//
// A text is a vector of its words and pairs of neighbouring words, weighted by BM25 among all texts given
// here and of length 1; two texts are as near as the cosine of their angle. The texts of a person count in
// the order of nearness, the n-th with 1/n, up to 20 of them: one text on the subject says most, several say
// more. Copies the texts' words; safe for concurrent use after it was made.
class Expertises {
 public:
  Expertises(const std::vector<Text>& theses, const std::vector<PersonTexts>& people);

  // REQUIRES: both below the numbers given. The text `without` of the person, if it is one, does not count:
  // who supervises or judges the thesis has it among their texts and knows it no better for that.
  static constexpr size_t kNoText = static_cast<size_t>(-1);
  Expertise Of(size_t thesis, size_t person, size_t reasons_max = 5, size_t without = kNoText) const;

 private:
  struct Entry {
    int term;
    double weight;
  };
  using Vector = std::vector<Entry>;  // by term, ascending

  // A text while its terms have no numbers yet.
  struct Counted {
    std::map<std::string, int> counts;
    std::map<std::string, std::string> shown;
    double length = 0;
  };
  static Counted Count(const Text& text);
  Vector Weighed(const Counted& counted, double mean_length) const;

  std::map<std::string, int> numbers_;  // of terms
  std::vector<double> rarity_;          // by term
  std::vector<Vector> theses_;
  std::vector<std::vector<std::string>> shown_;  // by thesis, parallel to its vector
  std::vector<std::vector<Vector>> people_;
};

}  // namespace soutenance::assignment::expertise

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_EXPERTISE_EXPERTISE_H_
