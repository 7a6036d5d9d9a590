#include "services/scheduling/solver/exact/column_lp.h"

#include <algorithm>
#include <limits>

// The other headers use types of the first without naming them.
// clang-format off
#include <ClpSimplex.hpp>
#include <ClpEventHandler.hpp>
// clang-format on

#include "absl/time/clock.h"

namespace soutenance::scheduling::solver {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::max();  // COIN_DBL_MAX
constexpr int kStopped = 5;                                       // of ClpSimplex: an event handler ended it

class StopAt : public ClpEventHandler {
 public:
  StopAt(absl::Time end, const std::atomic<bool>* stop) : end_(end), stop_(stop) {}
  int event(Event) override { return IsOver() ? kStopped : -1; }
  ClpEventHandler* clone() const override { return new StopAt(*this); }
  bool IsOver() const { return stop_->load(std::memory_order_relaxed) || absl::Now() >= end_; }

 private:
  absl::Time end_;
  const std::atomic<bool>* stop_;
};

struct Terms {
  std::vector<int> numbers;
  std::vector<double> factors;
};

Terms SplitOf(const std::vector<ColumnLp::Term>& terms) {
  Terms split;
  for (const ColumnLp::Term& term : terms) {
    split.numbers.push_back(term.number);
    split.factors.push_back(static_cast<double>(term.factor));
  }
  return split;
}

}  // namespace

struct ColumnLp::Solver {
  ClpSimplex simplex;
  StopAt stop;
  bool has_new_rows = false;
};

ColumnLp::ColumnLp(absl::Time end, const std::atomic<bool>* stop)
    : solver_(new Solver{.simplex = {}, .stop = StopAt(end, stop)}) {
  solver_->simplex.setLogLevel(0);
  solver_->simplex.passInEventHandler(&solver_->stop);
}

ColumnLp::ColumnLp(const ColumnLp& other) : solver_(new Solver(*other.solver_)) {}

ColumnLp::~ColumnLp() = default;

void ColumnLp::AddRow(const std::vector<Term>& columns, int64_t most) {
  const Terms terms = SplitOf(columns);
  solver_->simplex.addRow(static_cast<int>(columns.size()), terms.numbers.data(), terms.factors.data(),
                          -kInfinity, static_cast<double>(most));
  solver_->has_new_rows = true;
}

void ColumnLp::AddColumn(int64_t gain, const std::vector<Term>& rows) {
  const Terms terms = SplitOf(rows);
  solver_->simplex.addColumn(static_cast<int>(rows.size()), terms.numbers.data(), terms.factors.data(), 0,
                             kInfinity, -static_cast<double>(gain));
}

bool ColumnLp::Solve() {
  // What was best remains feasible for what is dual to it when rows are added, and for itself when columns
  // are.
  if (solver_->has_new_rows) {
    solver_->simplex.dual();
  } else {
    solver_->simplex.primal(1);
  }
  solver_->has_new_rows = false;
  return !solver_->stop.IsOver() && solver_->simplex.isProvenOptimal();
}

double ColumnLp::gain() const { return -solver_->simplex.objectiveValue(); }

std::vector<double> ColumnLp::values() const {
  const double* values = solver_->simplex.primalColumnSolution();
  return {values, values + solver_->simplex.numberColumns()};
}

std::vector<double> ColumnLp::prices() const {
  const double* prices = solver_->simplex.dualRowSolution();
  std::vector<double> all(prices, prices + solver_->simplex.numberRows());
  for (double& price : all) price = std::max(0.0, -price);
  return all;
}

}  // namespace soutenance::scheduling::solver
