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

class StopLinear : public ClpEventHandler {
 public:
  explicit StopLinear(const std::atomic<bool>* stop) : stop_(stop) {}
  int event(Event) override { return stop_->load(std::memory_order_relaxed) ? kStopped : -1; }
  ClpEventHandler* clone() const override { return new StopLinear(*this); }

 private:
  const std::atomic<bool>* stop_;
};

// Told by CBC after each node and each solution. CBC also runs small searches of its own with copies of this:
// what those prove holds for them alone.
class Watch : public CbcEventHandler {
 public:
  Watch(const Mip::Limits* limits, int64_t* told) : limits_(limits), told_(told) {}

  CbcAction event(CbcEvent which) override {
    if (limits_->stop->load(std::memory_order_relaxed)) return stop;
    const bool is_inner = (model_->specialOptions() & 2048) != 0 || model_->parentModel() != nullptr;
    if (which == node && !is_inner) {
      const int64_t bound = GainBound(model_->getBestPossibleObjValue());
      if (bound < *told_) limits_->on_bound(*told_ = bound);
    }
    // Between two nodes only: inside of one CBC relies on its own.
    if (which == treeStatus && !is_inner) {
      const double cutoff = -static_cast<double>(limits_->wanted_above()) - kUnit;
      // The handler is given the model to change its course.
      if (cutoff < model_->getCutoff()) const_cast<CbcModel*>(model_)->setCutoff(cutoff);
    }
    return noAction;
  }
  CbcEventHandler* clone() const override { return new Watch(*this); }

 private:
  const Mip::Limits* limits_;
  int64_t* told_;
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

void AddHeuristics(CbcModel& model) {
  CbcRounding rounding(model);
  model.addHeuristic(&rounding);
  CbcHeuristicRINS rins(model);
  rins.setHowOften(100);
  model.addHeuristic(&rins);
}

}  // namespace

int Mip::AddColumn(int64_t gain) {
  gains_.push_back(gain);
  return columns() - 1;
}

void Mip::AddRow(std::vector<Term> terms, int64_t least, int64_t most) {
  rows_.push_back({std::move(terms), static_cast<double>(least), static_cast<double>(most)});
}

void Mip::AddAtMost(std::vector<Term> terms, int64_t most) {
  rows_.push_back({std::move(terms), -kInfinity, static_cast<double>(most)});
}

Mip::Answer Mip::Maximise(const Limits& limits) const {
  std::vector<int> row_of;
  std::vector<int> column_of;
  std::vector<double> factors;
  std::vector<double> least;
  std::vector<double> most;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    for (const Term& term : rows_[i].terms) {
      row_of.push_back(static_cast<int>(i));
      column_of.push_back(term.column);
      factors.push_back(term.factor);
    }
    least.push_back(rows_[i].least);
    most.push_back(rows_[i].most);
  }
  CoinPackedMatrix matrix(true, row_of.data(), column_of.data(), factors.data(),
                          static_cast<CoinBigIndex>(factors.size()));
  matrix.setDimensions(rows(), columns());
  const std::vector<double> zero(gains_.size(), 0.0);
  const std::vector<double> one(gains_.size(), 1.0);
  std::vector<double> costs;
  Answer answer;
  answer.bound = 0;
  for (const int64_t gain : gains_) {
    costs.push_back(-static_cast<double>(gain));
    *answer.bound += std::max<int64_t>(0, gain);
  }
  OsiClpSolverInterface solver;
  solver.messageHandler()->setLogLevel(0);
  solver.getModelPtr()->setLogLevel(0);
  solver.loadProblem(matrix, zero.data(), one.data(), costs.data(), least.data(), most.data());
  for (int i = 0; i < columns(); ++i) solver.setInteger(i);
  const StopLinear stop_linear(limits.stop);
  solver.getModelPtr()->passInEventHandler(&stop_linear);
  const absl::Time begin = absl::Now();
  solver.getModelPtr()->setMaximumSeconds(absl::ToDoubleSeconds(limits.time));
  solver.initialSolve();
  if (limits.stop->load() || solver.isAbandoned()) return answer;
  if (solver.isProvenPrimalInfeasible()) return {.bound = std::nullopt, .chosen = {}, .is_finished = true};
  if (!solver.isProvenOptimal()) return answer;
  answer.bound = std::min(*answer.bound, GainBound(solver.getObjValue()));
  limits.on_bound(*answer.bound);
  const int64_t wanted = limits.wanted_above();
  if (*answer.bound <= wanted) {
    answer.is_finished = true;
    return answer;
  }

  CbcModel model(solver);
  model.setLogLevel(0);
  model.messageHandler()->setLogLevel(0);
  model.solver()->messageHandler()->setLogLevel(0);
  AddCuts(model);
  AddHeuristics(model);
  int64_t told = *answer.bound;
  const Watch watch(&limits, &told);
  model.passInEventHandler(&watch);
  model.setDblParam(CbcModel::CbcCutoffIncrement, kUnit);
  model.setCutoff(-static_cast<double>(wanted) - kUnit);
  model.setMaximumSeconds(absl::ToDoubleSeconds(limits.time - (absl::Now() - begin)));
  model.setMaximumCutPassesAtRoot(-50);
  model.setMaximumCutPasses(3);
  model.setPrintFrequency(10);  // how often treeStatus is told
  model.setNumberBeforeTrust(5);
  model.setNumberStrong(8);
  model.branchAndBound();

  const bool is_done = model.status() == 0 && !limits.stop->load();
  if (model.bestSolution() != nullptr && model.getSolutionCount() > 0) {
    const double* values = model.bestSolution();
    for (int i = 0; i < columns(); ++i) {
      answer.chosen.push_back(values[i] > 0.5);
      if (answer.chosen.back()) answer.gain += gains_[static_cast<std::size_t>(i)];
    }
  }
  answer.is_finished = is_done;
  if (is_done) {
    // Whoever asks may have wanted more and more: what is not above it was not looked for.
    answer.bound = std::min(*answer.bound,
                            std::max(limits.wanted_above(), answer.chosen.empty() ? INT64_MIN : answer.gain));
    limits.on_bound(*answer.bound);
  } else {
    answer.bound = std::min(*answer.bound, told);
  }
  return answer;
}

}  // namespace soutenance::scheduling::solver
