#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_MIP_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_MIP_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "absl/time/time.h"

namespace soutenance::scheduling::solver {

// A linear program in variables that are 0 or 1, or in larger whole numbers, or between 0 and 1, to be
// maximised. The gains of what is chosen add up to an integer, so a bound is one, too.
class Mip {
 public:
  struct Term {
    int column;
    int factor;
  };
  struct Limits {
    absl::Duration time;            // of processor and wall, roughly
    const std::atomic<bool>* stop;  // asked every few milliseconds; outlives the call
    // Only solutions that gain more are looked for. Asked when it begins and when it ends: it may grow
    // meanwhile.
    std::function<int64_t()> wanted_above;
    // Told each time a smaller bound is proven: no choice gains more.
    std::function<void(int64_t)> on_bound;
    // Whether CBC's linear programs are cut short at a stop, too, not only its tree. It does not always
    // survive that: not for models whose linear programs are quick.
    bool stops_linear = true;
    // Whether CBC dives for solutions, too: for models that have many good ones.
    bool dives = false;
    // If it is there: told the values of each solution on the way, by column.
    std::function<void(const std::vector<double>&)> on_solution = nullptr;
  };
  struct Answer {
    // No choice gains more; absent: none exists at all. Proven.
    std::optional<int64_t> bound;
    // The best choice found that gains more than what was wanted; empty: none was found.
    std::vector<bool> chosen;
    std::vector<double> values;  // of the same choice; where columns are not 0 or 1
    int64_t gain = 0;
    bool is_finished = false;  // `chosen` is best, or nothing gains more than what was wanted
  };

  // Returns the number of the column, from 0.
  int AddColumn(int64_t gain);
  // A whole number from 0 to `most`.
  int AddCount(int64_t gain, int64_t most);
  // Any number from 0 to `most`; whole ones are best for it once the others are whole.
  int AddShare(int64_t gain, int64_t most);
  // least <= the sum of the terms <= most.
  void AddRow(std::vector<Term> terms, int64_t least, int64_t most);
  // The sum of the terms is at most `most`.
  void AddAtMost(std::vector<Term> terms, int64_t most);

  // The same without the columns that are not kept, as if they were 0. `numbers` gets the old number of each
  // new column.
  Mip Only(const std::vector<bool>& kept, std::vector<int>* numbers) const;

  int columns() const { return static_cast<int>(gains_.size()); }
  int rows() const { return static_cast<int>(rows_.size()); }

  // The linear program alone: values by column. Empty if there are none or it was stopped.
  struct Relaxed {
    int64_t bound;  // no choice gains more; proven
    double gain;    // of `values`
    std::vector<double> values;
    std::vector<double> prices;  // by row: what one unit more on the right costs
  };
  std::optional<Relaxed> Relax(absl::Duration time, const std::atomic<bool>* stop) const;

  // Branch and cut with CBC. Independent calls may run at once. Does not change this.
  Answer Maximise(const Limits& limits) const;

 private:
  class Linear;
  struct Row {
    std::vector<Term> terms;
    double least;
    double most;
  };

  std::vector<int64_t> gains_;
  std::vector<double> most_;
  std::vector<bool> is_whole_;
  std::vector<Row> rows_;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_MIP_H_
