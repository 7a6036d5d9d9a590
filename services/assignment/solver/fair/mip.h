#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_FAIR_MIP_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_FAIR_MIP_H_

#include <limits>
#include <optional>
#include <vector>

namespace soutenance::assignment::solver {

// A linear program in variables that are 0 or 1, to be maximised with CBC.
class Mip {
 public:
  struct Term {
    int row;
    double factor;
  };
  struct Answer {
    std::vector<bool> chosen;  // by column; empty: nothing was found
    bool is_finished = false;  // `chosen` is best, or nothing gains more than what was wanted
  };

  int AddRow(double least, double most);
  int AddColumn(double gain, const std::vector<Term>& terms);
  // A row of ones over the columns, at most `most`.
  void AddRowOver(const std::vector<int>& columns, double most);
  int columns() const { return static_cast<int>(gains_.size()); }

  // Looks for the best choice that gains more than `above`, through at most so many nodes. Always the same
  // answer to the same question.
  Answer Maximise(double above, int nodes) const;

 private:
  std::vector<double> gains_;
  std::vector<std::vector<Term>> terms_;  // by column
  std::vector<double> least_;
  std::vector<double> most_;
};

}  // namespace soutenance::assignment::solver

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_SOLVER_FAIR_MIP_H_
