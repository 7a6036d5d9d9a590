#include "services/assignment/solver/fair/mip.h"

#include <string>

// The other headers use types of the first without naming them.
// clang-format off
#include <CbcModel.hpp>
#include <CbcSolver.hpp>
#include <CoinPackedMatrix.hpp>
#include <OsiClpSolverInterface.hpp>
// clang-format on

#include "absl/strings/str_format.h"

namespace soutenance::assignment::solver {

int Mip::AddRow(double least, double most) {
  least_.push_back(least);
  most_.push_back(most);
  return static_cast<int>(least_.size()) - 1;
}

int Mip::AddColumn(double gain, const std::vector<Term>& terms) {
  gains_.push_back(gain);
  terms_.push_back(terms);
  return columns() - 1;
}

void Mip::AddRowOver(const std::vector<int>& columns, double most) {
  const int row = AddRow(-std::numeric_limits<double>::max(), most);
  for (const int column : columns) terms_[static_cast<size_t>(column)].push_back({row, 1});
}

Mip::Answer Mip::Maximise(double above, int nodes) const {
  OsiClpSolverInterface solver;
  solver.messageHandler()->setLogLevel(0);
  solver.getModelPtr()->setLogLevel(0);
  std::vector<int> rows;
  std::vector<double> factors;
  std::vector<int> starts = {0};
  for (const std::vector<Term>& column : terms_) {
    for (const Term& term : column) {
      rows.push_back(term.row);
      factors.push_back(term.factor);
    }
    starts.push_back(static_cast<int>(rows.size()));
  }
  const CoinPackedMatrix matrix(true, static_cast<int>(least_.size()), columns(),
                                static_cast<CoinBigIndex>(rows.size()), factors.data(), rows.data(),
                                starts.data(), nullptr);
  const std::vector<double> zero(gains_.size(), 0.0);
  const std::vector<double> one(gains_.size(), 1.0);
  std::vector<double> costs;
  for (const double gain : gains_) costs.push_back(-gain);
  solver.loadProblem(matrix, zero.data(), one.data(), costs.data(), least_.data(), most_.data());
  for (int i = 0; i < columns(); ++i) solver.setInteger(i);
  solver.setHintParam(OsiDoReducePrint, true, OsiHintTry);

  CbcModel model(solver);
  CbcSolverUsefulData data;
  data.noPrinting_ = true;
  data.useSignalHandler_ = false;
  CbcMain0(model, data);
  const std::string cutoff = absl::StrFormat("%.12g", -above);
  const std::string most_nodes = std::to_string(nodes);
  std::vector<const char*> arguments = {
      "soutenance", "-log", "0", "-maxNodes", most_nodes.c_str(), "-ratioGap", "0", "-allowableGap", "0"};
  if (above > -1e15) {
    arguments.push_back("-cutoff");
    arguments.push_back(cutoff.c_str());
  }
  arguments.push_back("-solve");
  arguments.push_back("-quit");
  model.setLogLevel(0);
  CbcMain1(static_cast<int>(arguments.size()), arguments.data(), model, nullptr, data);

  Answer answer;
  answer.is_finished = model.status() == 0;
  if (model.bestSolution() != nullptr) {
    for (int i = 0; i < columns(); ++i) answer.chosen.push_back(model.bestSolution()[i] > 0.5);
  }
  return answer;
}

}  // namespace soutenance::assignment::solver
