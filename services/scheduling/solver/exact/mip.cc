#include "services/scheduling/solver/exact/mip.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

// The other headers use types of the first without naming them.
// clang-format off
#include <CbcModel.hpp>
#include <CbcCutGenerator.hpp>
#include <CbcEventHandler.hpp>
#include <CbcHeuristic.hpp>
#include <CbcHeuristicDiveCoefficient.hpp>
#include <CbcHeuristicDiveFractional.hpp>
#include <CbcHeuristicRINS.hpp>
#include <CglClique.hpp>
#include <CglGomory.hpp>
#include <CglKnapsackCover.hpp>
#include <CglProbing.hpp>
#include <CglZeroHalf.hpp>
#include <ClpEventHandler.hpp>
#include <CoinPackedMatrix.hpp>
#include <OsiClpSolverInterface.hpp>
// clang-format on

#include "absl/time/clock.h"

namespace soutenance::scheduling::solver {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::max();  // COIN_DBL_MAX
// The gains are integers: what is a little below one is that one. Generous, so that rounding errors of the
// linear programs never make a bound too small.
constexpr double kSlack = 1e-3;
// A solution must gain a whole unit more than the last.
constexpr double kUnit = 1 - 1e-3;
constexpr int kStopped = 5;  // of ClpSimplex: an event handler ended it

// CBC minimises: `value` is a lower bound on minus the gain.
int64_t GainBound(double value) { return static_cast<int64_t>(std::floor(-value + kSlack)); }

// Gains above `wanted` are below this cost, whether or not CBC takes its increment off once more.
double CutoffOf(int64_t wanted) { return -static_cast<double>(wanted) - (1 - kUnit) / 2; }

class StopLinear : public ClpEventHandler {
 public:
  StopLinear(const std::atomic<bool>* stop, absl::Time end) : stop_(stop), end_(end) {}
  int event(Event) override {
    return stop_->load(std::memory_order_relaxed) || absl::Now() >= end_ ? kStopped : -1;
  }
  ClpEventHandler* clone() const override { return new StopLinear(*this); }

 private:
  const std::atomic<bool>* stop_;
  // By the wall: CBC counts the processor's time, to which the walks of the search add.
  absl::Time end_;
};

// Told by CBC as it goes on. It must not be given a better cutoff on the way: then CBC now and then loses
// count of its cuts and aborts the program. What it says of its bound on the way is not used: while a node is
// being looked at it is in no list, and small searches that CBC runs inside of itself tell theirs, too.
class Watch : public CbcEventHandler {
 public:
  explicit Watch(const Mip::Limits* limits) : limits_(limits) {}

  CbcAction event(CbcEvent which) override {
    if (limits_->stop->load(std::memory_order_relaxed)) return stop;
    const bool is_inner = (model_->specialOptions() & 2048) != 0 || model_->parentModel() != nullptr;
    // Between two nodes only: inside of one CBC relies on its own cutoff.
    const bool is_found = which == CbcEventHandler::solution || which == CbcEventHandler::heuristicSolution;
    if (is_found && !is_inner && limits_->on_solution && model_->bestSolution() != nullptr) {
      const double* values = model_->bestSolution();
      limits_->on_solution(std::vector<double>(values, values + model_->getNumCols()));
    }
    return noAction;
  }
  CbcEventHandler* clone() const override { return new Watch(*this); }

 private:
  const Mip::Limits* limits_;
};

void AddCuts(CbcModel& model) {
  // Off (-99) where a first try at the root brings nothing.
  CglProbing probing;
  probing.setUsingObjective(1);
  probing.setMaxPass(1);
  probing.setMaxPassRoot(1);
  probing.setMaxProbe(10);
  probing.setMaxProbeRoot(50);
  probing.setMaxLook(10);
  probing.setMaxLookRoot(20);
  probing.setMaxElements(200);
  probing.setRowCuts(3);
  model.addCutGenerator(&probing, -1, "Probing");
  CglGomory gomory;
  gomory.setLimitAtRoot(512);
  gomory.setLimit(50);
  model.addCutGenerator(&gomory, -98, "Gomory");
  CglClique clique;
  clique.setStarCliqueReport(false);
  clique.setRowCliqueReport(false);
  model.addCutGenerator(&clique, -98, "Clique");
  CglZeroHalf zero_half;
  model.addCutGenerator(&zero_half, -98, "ZeroHalf");
  CglKnapsackCover cover;
  model.addCutGenerator(&cover, -98, "Knapsack");
}

void AddHeuristics(CbcModel& model, bool dives) {
  CbcRounding rounding(model);
  model.addHeuristic(&rounding);
  CbcHeuristicRINS rins(model);
  rins.setHowOften(100);
  model.addHeuristic(&rins);
  if (!dives) return;
  CbcHeuristicDiveCoefficient by_coefficient(model);
  model.addHeuristic(&by_coefficient);
  CbcHeuristicDiveFractional by_fraction(model);
  model.addHeuristic(&by_fraction);
}

}  // namespace

int Mip::AddColumn(int64_t gain) { return AddCount(gain, 1); }

int Mip::AddCount(int64_t gain, int64_t most) {
  const int column = AddShare(gain, most);
  is_whole_.back() = true;
  return column;
}

int Mip::AddShare(int64_t gain, int64_t most) {
  gains_.push_back(gain);
  most_.push_back(static_cast<double>(most));
  is_whole_.push_back(false);
  return columns() - 1;
}

void Mip::AddRow(std::vector<Term> terms, int64_t least, int64_t most) {
  rows_.push_back({std::move(terms), static_cast<double>(least), static_cast<double>(most)});
}

void Mip::AddAtMost(std::vector<Term> terms, int64_t most) {
  rows_.push_back({std::move(terms), -kInfinity, static_cast<double>(most)});
}

Mip Mip::Only(const std::vector<bool>& kept, std::vector<int>* numbers) const {
  Mip smaller;
  std::vector<int> number_of(gains_.size(), -1);
  numbers->clear();
  for (std::size_t i = 0; i < gains_.size(); ++i) {
    if (!kept[i]) continue;
    number_of[i] = smaller.AddColumn(gains_[i]);
    smaller.most_.back() = most_[i];
    smaller.is_whole_.back() = is_whole_[i];
    numbers->push_back(static_cast<int>(i));
  }
  for (const Row& row : rows_) {
    Row left{{}, row.least, row.most};
    for (const Term& term : row.terms) {
      const int number = number_of[static_cast<std::size_t>(term.column)];
      if (number >= 0) left.terms.push_back({number, term.factor});
    }
    if (!left.terms.empty() || row.least > 0) smaller.rows_.push_back(std::move(left));
  }
  return smaller;
}

// The linear program, in the solver's own form.
class Mip::Linear {
 public:
  Linear(const Mip& mip, absl::Time end, const std::atomic<bool>* stop)
      : stop_(stop), end_(end), most_gain_(0) {
    solver_.messageHandler()->setLogLevel(0);
    solver_.getModelPtr()->setLogLevel(0);
    Load(mip);
    for (int i = 0; i < mip.columns(); ++i) {
      if (mip.is_whole_[static_cast<std::size_t>(i)]) solver_.setInteger(i);
    }
    const StopLinear stop_linear(stop, end);
    solver_.getModelPtr()->passInEventHandler(&stop_linear);
    solver_.initialSolve();
  }

  OsiClpSolverInterface& solver() { return solver_; }
  bool IsStopped() const { return stop_->load() || absl::Now() >= end_; }
  bool IsInfeasible() const { return !IsStopped() && solver_.isProvenPrimalInfeasible(); }
  bool IsSolved() const { return !IsStopped() && !solver_.isAbandoned() && solver_.isProvenOptimal(); }
  // Proven, solved or not.
  int64_t bound() const {
    return IsSolved() ? std::min(most_gain_, GainBound(solver_.getObjValue())) : most_gain_;
  }

 private:
  void Load(const Mip& mip) {
    std::vector<int> row_of;
    std::vector<int> column_of;
    std::vector<double> factors;
    std::vector<double> least;
    std::vector<double> most;
    for (std::size_t i = 0; i < mip.rows_.size(); ++i) {
      for (const Term& term : mip.rows_[i].terms) {
        row_of.push_back(static_cast<int>(i));
        column_of.push_back(term.column);
        factors.push_back(term.factor);
      }
      least.push_back(mip.rows_[i].least);
      most.push_back(mip.rows_[i].most);
    }
    CoinPackedMatrix matrix(true, row_of.data(), column_of.data(), factors.data(),
                            static_cast<CoinBigIndex>(factors.size()));
    matrix.setDimensions(mip.rows(), mip.columns());
    const std::vector<double> zero(mip.gains_.size(), 0.0);
    std::vector<double> costs;
    for (std::size_t i = 0; i < mip.gains_.size(); ++i) {
      costs.push_back(-static_cast<double>(mip.gains_[i]));
      most_gain_ += std::max<int64_t>(0, mip.gains_[i]) * static_cast<int64_t>(mip.most_[i]);
    }
    solver_.loadProblem(matrix, zero.data(), mip.most_.data(), costs.data(), least.data(), most.data());
  }

  const std::atomic<bool>* stop_;
  const absl::Time end_;
  int64_t most_gain_;
  OsiClpSolverInterface solver_;
};

std::optional<Mip::Relaxed> Mip::Relax(absl::Duration time, const std::atomic<bool>* stop) const {
  Linear linear(*this, absl::Now() + time, stop);
  if (!linear.IsSolved()) return std::nullopt;
  const double* values = linear.solver().getColSolution();
  const double* prices = linear.solver().getRowPrice();
  return Relaxed{linear.bound(), -linear.solver().getObjValue(),
                 std::vector<double>(values, values + columns()),
                 std::vector<double>(prices, prices + rows())};
}

Mip::Answer Mip::Maximise(const Limits& limits) const {
  const absl::Time end = absl::Now() + limits.time;
  Linear linear(*this, end, limits.stop);
  if (linear.IsInfeasible()) return {.bound = std::nullopt, .chosen = {}, .is_finished = true};
  Answer answer{.bound = linear.bound()};
  if (!linear.IsSolved()) return answer;
  limits.on_bound(*answer.bound);
  const int64_t wanted = limits.wanted_above();
  if (*answer.bound <= wanted) {
    answer.is_finished = true;
    return answer;
  }

  if (!limits.stops_linear) {
    const ClpEventHandler deaf;
    linear.solver().getModelPtr()->passInEventHandler(&deaf);
  }
  CbcModel model(linear.solver());
  model.setLogLevel(0);
  model.messageHandler()->setLogLevel(0);
  model.solver()->messageHandler()->setLogLevel(0);
  AddCuts(model);
  AddHeuristics(model, limits.dives);
  const Watch watch(&limits);
  model.passInEventHandler(&watch);
  model.setDblParam(CbcModel::CbcCutoffIncrement, kUnit);
  model.setCutoff(CutoffOf(wanted));
  model.setUseElapsedTime(true);
  model.setMaximumSeconds(absl::ToDoubleSeconds(end - absl::Now()));
  model.setMaximumCutPassesAtRoot(-50);
  model.setMaximumCutPasses(3);
  model.setNumberBeforeTrust(5);
  model.setNumberStrong(8);
  model.branchAndBound();

  const bool is_done = model.status() == 0 && !linear.IsStopped();
  if (model.bestSolution() != nullptr && model.getSolutionCount() > 0) {
    const double* values = model.bestSolution();
    answer.values.assign(values, values + columns());
    double gain = 0;
    for (int i = 0; i < columns(); ++i) {
      answer.chosen.push_back(values[i] > 0.5);
      gain += values[i] * static_cast<double>(gains_[static_cast<std::size_t>(i)]);
    }
    answer.gain = static_cast<int64_t>(std::llround(gain));
  }
  answer.is_finished = is_done;
  if (is_done) {
    // Whoever asks may have wanted more and more: what is not above it was not looked for.
    const int64_t reached = std::max(limits.wanted_above(), answer.chosen.empty() ? INT64_MIN : answer.gain);
    answer.bound = std::min(*answer.bound, reached);
    limits.on_bound(*answer.bound);
  }
  return answer;
}

}  // namespace soutenance::scheduling::solver
