#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_COLUMN_LP_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_COLUMN_LP_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/time/time.h"

namespace soutenance::scheduling::solver {

// A linear program to be maximised that grows between two solutions: columns are never negative, rows are
// sums that are at most something. Each solution begins from the last one.
class ColumnLp {
 public:
  struct Term {
    int number;  // of the row, or of the column
    int64_t factor;
  };

  // It ends, unsolved, when the flag is set or the time is over.
  ColumnLp(absl::Time end, const std::atomic<bool>* stop);
  ColumnLp(const ColumnLp& other);
  ColumnLp& operator=(const ColumnLp&) = delete;
  ~ColumnLp();

  // Numbers of both count from 0.
  void AddRow(const std::vector<Term>& columns, int64_t most);
  void AddColumn(int64_t gain, const std::vector<Term>& rows);

  // Returns whether it was solved: then the others tell what it found, as exactly as floating numbers do.
  bool Solve();
  double gain() const;
  std::vector<double> values() const;  // by column
  std::vector<double> prices() const;  // by row: what one more is worth; not negative

 private:
  struct Solver;

  std::unique_ptr<Solver> solver_;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_COLUMN_LP_H_
