#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_FLOW_SHORTAGE_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_FLOW_SHORTAGE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/assignment/solver/model/problem.h"

namespace soutenance::assignment::solver {

// Why no assignment exists, such that anybody can count it, and what would make one possible.
struct Shortage {
  enum class Kind {
    kTooFewPlaces,  // these theses need more reviewers than these reviewers and a few single pairs can give
    kTooMuchWork,   // these reviewers must have more theses than these theses and a few single pairs can give
    kPinned,        // these theses or reviewers have more pins than they may
  };
  Kind kind = Kind::kTooFewPlaces;
  std::vector<int> theses;     // ascending
  std::vector<int> reviewers;  // ascending
  int64_t needed = 0;          // by the theses, or by the reviewers; without pins
  int64_t offered = 0;         // by the others, all together; less than what is needed; without pins
  int64_t single_pairs = 0;    // of them: what those outside of the two lists can give, one for each pair

  // A change that makes an assignment possible: as few units as can be for one kind of shortage.
  struct Step {
    enum class Kind { kMorePlaces, kFewerReviewers, kLessWork };
    Kind kind = Kind::kMorePlaces;
    int number = 0;  // of the reviewer, or of the thesis for kFewerReviewers
    int by = 0;

    friend bool operator==(const Step&, const Step&) = default;
  };
  // Taken together they make an assignment possible; empty for kPinned.
  std::vector<Step> way_out;
};

// The first shortage; nothing if an assignment exists. Too few places and too much work never hide each
// other: if neither is found alone, an assignment exists that meets both. The way out covers both.
std::optional<Shortage> FindShortage(const Problem& problem);

// "9 theses need 18 reviewers: t1, ...; 3 reviewers may have them, with 6 places: ana (2), ..." and what
// would help, in English, with keys; long lists are cut.
std::string Sentence(const Problem& problem, const Shortage& shortage);

// Counts a shortage again, naively: whether what it says of needs and offers is true, so that no assignment
// exists.
bool IsTrue(const Problem& problem, const Shortage& shortage);

}  // namespace soutenance::assignment::solver

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_FLOW_SHORTAGE_H_
