#include "services/assignment/solver/fair/relaxation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

// clang-format off
#include <ClpSimplex.hpp>
#include <CoinPackedMatrix.hpp>
// clang-format on

#include "services/assignment/solver/model/assignment.h"

namespace soutenance::assignment::solver {
namespace {

constexpr double kTolerance = 1e-7;
// Of the duals; more precise than a score's ninth digit is not worth a round.
constexpr double kGainTolerance = 1e-9;
constexpr int kPairsAdded = 8;  // of a thesis, in a round
constexpr int kRoundsMax = 400;
// What a missing score or reviewer costs, in the largest scores.
constexpr double kPenalty = 1e4;

// Columns to add at a time.
struct Columns {
  std::vector<int> starts = {0};
  std::vector<int> rows;
  std::vector<double> factors;
  std::vector<double> upper;
  std::vector<double> costs;

  int count() const { return static_cast<int>(costs.size()); }
  void Term(int row, double factor) {
    rows.push_back(row);
    factors.push_back(factor);
  }
  void End(double most, double cost) {
    starts.push_back(static_cast<int>(rows.size()));
    upper.push_back(most);
    costs.push_back(cost);
  }
};

// Which nodes a basis connects already.
class Forest {
 public:
  explicit Forest(int nodes) : parent_(static_cast<size_t>(nodes)) {
    std::iota(parent_.begin(), parent_.end(), 0);
  }
  // False if they were connected.
  bool Connect(int a, int b) {
    a = Root(a);
    b = Root(b);
    parent_[static_cast<size_t>(a)] = b;
    return a != b;
  }

 private:
  int Root(int node) {
    while (parent_[static_cast<size_t>(node)] != node) {
      parent_[static_cast<size_t>(node)] = parent_[static_cast<size_t>(parent_[static_cast<size_t>(node)])];
      node = parent_[static_cast<size_t>(node)];
    }
    return node;
  }
  std::vector<int> parent_;
};

}  // namespace

class Relaxation::Program {
 public:
  Program(const Problem& problem, const Choices& choices, const FlowResult& flow)
      : problem_(problem), choices_(choices), unit_(1.0 / static_cast<double>(problem.scale())) {
    CountPlaces();
    is_in_.assign(static_cast<size_t>(problem.theses()) * static_cast<size_t>(problem.reviewers()), false);
    level_row_.assign(static_cast<size_t>(problem.theses()), -1);
    has_choices_.assign(static_cast<size_t>(problem.theses()), false);
    prices_ = flow.reviewer_prices;
    for (int64_t& price : prices_) price *= kPriceUnits;
    model_.setLogLevel(0);
    model_.setPerturbation(100);
    Load(flow);
  }

  Outcome Solve() { return Optimise(); }

  Outcome Strengthen() {
    is_strong_ = true;
    for (int t = 0; t < problem_.theses(); ++t) {
      if (level_row_[static_cast<size_t>(t)] >= 0) held_now_.push_back(t);
    }
    for (const int t : held_now_) UseChoices(t);
    held_now_.clear();
    // Few choices to begin with may leave some without the least they must have.
    for (int r = 0; r < problem_.reviewers(); ++r) {
      if (least_[static_cast<size_t>(r)] > 0) AddArtificial(ReviewerRow(r), 1, penalty_);
    }
    return Optimise();
  }

  const std::vector<int64_t>& prices() const { return prices_; }
  const std::vector<Column>& columns() const { return columns_; }
  std::vector<double> values() const {
    const double* solution = model_.primalColumnSolution();
    std::vector<double> values;
    values.reserve(columns_.size());
    for (const int number : number_of_) values.push_back(solution[number]);
    return values;
  }
  bool IsHeld(int thesis) const {
    return level_row_[static_cast<size_t>(thesis)] >= 0 || has_choices_[static_cast<size_t>(thesis)];
  }

  std::optional<Assignment> Whole() const {
    Assignment assignment(static_cast<size_t>(problem_.theses()));
    for (const Pair& pin : problem_.pinned()) {
      assignment[static_cast<size_t>(pin.thesis)].push_back(pin.reviewer);
    }
    const std::vector<double> parts = values();
    for (size_t i = 0; i < columns_.size(); ++i) {
      if (parts[i] < 1e-6) continue;
      if (parts[i] < 1 - 1e-6) return std::nullopt;
      std::vector<int>& of_thesis = assignment[static_cast<size_t>(columns_[i].thesis)];
      of_thesis.insert(of_thesis.end(), columns_[i].reviewers.begin(), columns_[i].reviewers.end());
    }
    for (int t = 0; t < problem_.theses(); ++t) {
      std::vector<int>& reviewers = assignment[static_cast<size_t>(t)];
      if (static_cast<int>(reviewers.size()) != problem_.thesis(t).needed) return std::nullopt;
      if (ThesisScore(problem_, assignment, t) < choices_.level()) return std::nullopt;
      std::sort(reviewers.begin(), reviewers.end());
    }
    return assignment;
  }

 private:
  int ReviewerRow(int reviewer) const { return problem_.theses() + reviewer; }
  double Gain(int thesis, int reviewer) const {
    return static_cast<double>(problem_.score(thesis, reviewer)) * unit_;
  }
  size_t At(int thesis, int reviewer) const {
    return static_cast<size_t>(thesis) * static_cast<size_t>(problem_.reviewers()) +
           static_cast<size_t>(reviewer);
  }

  void CountPlaces() {
    for (int t = 0; t < problem_.theses(); ++t) {
      needed_.push_back(problem_.thesis(t).needed);
      level_.push_back(choices_.level());
    }
    for (int r = 0; r < problem_.reviewers(); ++r) {
      least_.push_back(std::max(0, problem_.reviewer(r).least - problem_.PinsOf(r)));
      most_.push_back(problem_.OpenPlaces(r));
    }
    for (const Pair& pin : problem_.pinned()) {
      --needed_[static_cast<size_t>(pin.thesis)];
      level_[static_cast<size_t>(pin.thesis)] -= problem_.score(pin.thesis, pin.reviewer);
    }
    double largest = 0;
    for (const Score score : problem_.spec().scores) {
      if (score != kForbidden) largest = std::max(largest, std::abs(static_cast<double>(score)));
    }
    penalty_ = std::max(largest * unit_, 1e-3) * kPenalty;
  }

  // The flow's pairs, its solution, and a basis that belongs to it.
  void Load(const FlowResult& flow) {
    const int rows = problem_.theses() + problem_.reviewers();
    model_.resize(rows, 0);
    for (int t = 0; t < problem_.theses(); ++t) {
      model_.setRowBounds(t, needed_[static_cast<size_t>(t)], needed_[static_cast<size_t>(t)]);
    }
    for (int r = 0; r < problem_.reviewers(); ++r) {
      model_.setRowBounds(ReviewerRow(r), least_[static_cast<size_t>(r)], most_[static_cast<size_t>(r)]);
    }
    Columns batch;
    for (int t = 0; t < problem_.theses(); ++t) {
      for (const int r : flow.offered[static_cast<size_t>(t)]) AddPair(t, r, batch);
    }
    Flush(batch);
    SetBasis(flow);
  }

  void SetBasis(const FlowResult& flow) {
    const int theses = problem_.theses();
    model_.createStatus();
    const int root = theses + problem_.reviewers();
    Forest forest(root + 1);
    std::vector<int> loads(static_cast<size_t>(problem_.reviewers()), 0);
    std::vector<bool> is_used(columns_.size());
    for (size_t i = 0; i < columns_.size(); ++i) {
      const Column& column = columns_[i];
      const std::vector<int>& reviewers = flow.assignment[static_cast<size_t>(column.thesis)];
      is_used[i] = std::binary_search(reviewers.begin(), reviewers.end(), column.reviewers[0]);
      if (is_used[i]) ++loads[static_cast<size_t>(column.reviewers[0])];
    }
    for (int t = 0; t < theses; ++t) model_.setRowStatus(t, ClpSimplex::isFixed);
    const auto place_slack = [&](int r, bool only_between) {
      const size_t i = static_cast<size_t>(r);
      const bool is_between = loads[i] > least_[i] && loads[i] < most_[i];
      if (only_between != is_between) return;
      const bool is_basic = forest.Connect(ReviewerRow(r), root);
      model_.setRowStatus(ReviewerRow(r), is_basic               ? ClpSimplex::basic
                                          : loads[i] >= most_[i] ? ClpSimplex::atUpperBound
                                                                 : ClpSimplex::atLowerBound);
    };
    for (int r = 0; r < problem_.reviewers(); ++r) place_slack(r, true);
    for (size_t i = 0; i < columns_.size(); ++i) {
      const int t = columns_[i].thesis;
      const int r = columns_[i].reviewers[0];
      const int64_t reduced = int64_t{problem_.score(t, r)} - flow.reviewer_prices[static_cast<size_t>(r)] -
                              flow.thesis_values[static_cast<size_t>(t)];
      const bool is_basic = reduced == 0 && forest.Connect(t, ReviewerRow(r));
      model_.setColumnStatus(static_cast<int>(i), is_basic     ? ClpSimplex::basic
                                                  : is_used[i] ? ClpSimplex::atUpperBound
                                                               : ClpSimplex::atLowerBound);
    }
    for (int r = 0; r < problem_.reviewers(); ++r) place_slack(r, false);
    for (int t = 0; t < theses; ++t) {
      if (forest.Connect(t, root)) model_.setRowStatus(t, ClpSimplex::basic);
    }
  }

  void AddPair(int thesis, int reviewer, Columns& batch) {
    batch.Term(thesis, 1);
    batch.Term(ReviewerRow(reviewer), 1);
    const int row = level_row_[static_cast<size_t>(thesis)];
    if (row >= 0) batch.Term(row, Gain(thesis, reviewer));
    batch.End(1, -Weight() * Gain(thesis, reviewer));
    number_of_.push_back(model_.numberColumns() + batch.count() - 1);
    columns_.push_back({thesis, {reviewer}});
    is_in_[At(thesis, reviewer)] = true;
  }

  void AddChoice(int thesis, const Choice& choice, Columns& batch) {
    Column column{thesis, {}, true};
    double gain = 0;
    batch.Term(thesis, needed_[static_cast<size_t>(thesis)]);
    for (const int r : choice.reviewers) {
      if (problem_.IsPinned(thesis, r)) continue;
      batch.Term(ReviewerRow(r), 1);
      gain += Gain(thesis, r);
      column.reviewers.push_back(r);
    }
    batch.End(COIN_DBL_MAX, -Weight() * gain);
    number_of_.push_back(model_.numberColumns() + batch.count() - 1);
    columns_.push_back(std::move(column));
  }

  void Flush(const Columns& batch) {
    if (batch.count() == 0) return;
    const std::vector<double> zero(batch.upper.size(), 0.0);
    model_.addColumns(batch.count(), zero.data(), batch.upper.data(), batch.costs.data(), batch.starts.data(),
                      batch.rows.data(), batch.factors.data());
  }

  // Scores weigh nothing once it only matters whether the level can be reached.
  double Weight() const { return is_feasibility_ ? 0 : 1; }

  Outcome Optimise() {
    if (columns_.empty()) return Outcome::kSolved;  // everything is pinned
    for (int round = 0; round < kRoundsMax; ++round) {
      model_.primal(1);
      if (model_.status() != 0) return Outcome::kFailed;
      const bool has_more_rows = AddLevels();
      if (has_more_rows) continue;
      if (Price()) continue;
      if (Shortfall() <= 1e-6 || is_feasibility_) return Conclude();
      AskOnlyWhetherPossible();
    }
    return Outcome::kFailed;
  }

  Outcome Conclude() {
    TakePrices();
    if (Shortfall() <= 1e-6) {
      if (is_feasibility_) return Outcome::kFailed;  // the penalties were too small to tell
      return Outcome::kSolved;
    }
    return AreImpossible(problem_, choices_, prices_) ? Outcome::kImpossible : Outcome::kFailed;
  }

  double Shortfall() const {
    double sum = 0;
    for (const int column : artificial_) sum += model_.primalColumnSolution()[column];
    return sum;
  }

  void AskOnlyWhetherPossible() {
    is_feasibility_ = true;
    for (int i = 0; i < model_.numberColumns(); ++i) model_.setObjectiveCoefficient(i, 0);
    for (const int column : artificial_) model_.setObjectiveCoefficient(column, 1);
  }

  void TakePrices() {
    const double factor = static_cast<double>(problem_.scale()) * static_cast<double>(kPriceUnits);
    for (int r = 0; r < problem_.reviewers(); ++r) {
      prices_[static_cast<size_t>(r)] = std::llround(-model_.dualRowSolution()[ReviewerRow(r)] * factor);
    }
  }

  void AddArtificial(int row, double factor, double cost) {
    Columns batch;
    batch.Term(row, factor);
    batch.End(COIN_DBL_MAX, is_feasibility_ ? 1 : cost);
    artificial_.push_back(model_.numberColumns());
    Flush(batch);
  }

  // Theses that the solution leaves below the level get a row, or choices.
  bool AddLevels() {
    std::vector<double> reached(level_.size(), 0.0);
    const double* solution = model_.primalColumnSolution();
    for (size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i].is_choice) continue;
      reached[static_cast<size_t>(columns_[i].thesis)] +=
          solution[number_of_[i]] * Gain(columns_[i].thesis, columns_[i].reviewers[0]);
    }
    bool added = false;
    for (int t = 0; t < problem_.theses(); ++t) {
      const size_t i = static_cast<size_t>(t);
      if (needed_[i] == 0 || has_choices_[i] || level_row_[i] >= 0) continue;
      if (reached[i] >= static_cast<double>(level_[i]) * unit_ - kTolerance) continue;
      added = true;
      if (is_strong_) {
        UseChoices(t);
      } else {
        AddLevelRow(t);
      }
    }
    return added;
  }

  void AddLevelRow(int thesis) {
    if (columns_of_.empty()) columns_of_.resize(level_.size());
    for (; indexed_ < columns_.size(); ++indexed_) {
      columns_of_[static_cast<size_t>(columns_[indexed_].thesis)].push_back(static_cast<int>(indexed_));
    }
    std::vector<int> numbers;
    std::vector<double> factors;
    for (const int i : columns_of_[static_cast<size_t>(thesis)]) {
      numbers.push_back(number_of_[static_cast<size_t>(i)]);
      factors.push_back(Gain(thesis, columns_[static_cast<size_t>(i)].reviewers[0]));
    }
    level_row_[static_cast<size_t>(thesis)] = model_.numberRows();
    model_.addRow(static_cast<int>(numbers.size()), numbers.data(), factors.data(),
                  static_cast<double>(level_[static_cast<size_t>(thesis)]) * unit_, COIN_DBL_MAX);
    AddArtificial(model_.numberRows() - 1, 1, penalty_);
  }

  // From now on the thesis takes choices, not pairs.
  void UseChoices(int thesis) {
    const size_t t = static_cast<size_t>(thesis);
    has_choices_[t] = true;
    for (size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i].thesis == thesis && !columns_[i].is_choice) model_.setColumnUpper(number_of_[i], 0);
    }
    if (level_row_[t] >= 0) {
      model_.setRowBounds(level_row_[t], -COIN_DBL_MAX, COIN_DBL_MAX);
      level_row_[t] = -1;
    }
    AddArtificial(thesis, needed_[t], penalty_ * needed_[t]);
    if (const std::optional<Choice> choice = choices_.Best(thesis, prices_)) {
      Columns batch;
      AddChoice(thesis, *choice, batch);
      Flush(batch);
    }
  }

  bool Price() {
    const double* dual = model_.dualRowSolution();
    Columns batch;
    std::vector<int64_t> rounded;
    std::vector<std::pair<double, int>> found;
    for (int t = 0; t < problem_.theses(); ++t) {
      const size_t i = static_cast<size_t>(t);
      if (needed_[i] == 0) continue;
      if (has_choices_[i]) {
        if (rounded.empty()) {
          TakePrices();
          rounded = prices_;
        }
        PriceChoice(t, dual, rounded, batch);
        continue;
      }
      const double factor = Weight() + (level_row_[i] >= 0 ? dual[level_row_[i]] : 0.0);
      found.clear();
      const absl::Span<const Score> scores = problem_.scores(t);
      for (int r = 0; r < problem_.reviewers(); ++r) {
        if (is_in_[At(t, r)] || most_[static_cast<size_t>(r)] <= 0) continue;
        const Score score = scores[static_cast<size_t>(r)];
        if (score == kForbidden || problem_.IsPinned(t, r)) continue;
        const double surplus = factor * static_cast<double>(score) * unit_ + dual[ReviewerRow(r)] + dual[t];
        if (surplus > kGainTolerance) found.push_back({-surplus, r});
      }
      const size_t count = std::min(found.size(), static_cast<size_t>(kPairsAdded));
      std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count), found.end());
      for (size_t j = 0; j < count; ++j) AddPair(t, found[j].second, batch);
    }
    Flush(batch);
    return batch.count() > 0;
  }

  void PriceChoice(int thesis, const double* dual, const std::vector<int64_t>& prices, Columns& batch) {
    const std::optional<Choice> choice = choices_.Best(thesis, prices, !is_feasibility_);
    if (!choice) return;
    double surplus = needed_[static_cast<size_t>(thesis)] * dual[thesis];
    for (const int r : choice->reviewers) {
      if (!problem_.IsPinned(thesis, r)) surplus += Weight() * Gain(thesis, r) + dual[ReviewerRow(r)];
    }
    if (surplus > kGainTolerance) AddChoice(thesis, *choice, batch);
  }

  const Problem& problem_;
  const Choices& choices_;
  const double unit_;
  double penalty_ = 0;
  ClpSimplex model_;
  std::vector<int> needed_;
  std::vector<int64_t> level_;
  std::vector<int> least_;
  std::vector<int> most_;
  std::vector<Column> columns_;
  std::vector<int> number_of_;  // by column: its number in the program
  std::vector<std::vector<int>> columns_of_;
  size_t indexed_ = 0;
  std::vector<bool> is_in_;
  std::vector<int> level_row_;
  std::vector<bool> has_choices_;
  std::vector<int> artificial_;
  std::vector<int> held_now_;
  std::vector<int64_t> prices_;
  bool is_strong_ = false;
  bool is_feasibility_ = false;
};

Relaxation::Relaxation(const Problem& problem, const Choices& choices, const FlowResult& flow)
    : program_(std::make_unique<Program>(problem, choices, flow)) {}
Relaxation::~Relaxation() = default;
Relaxation::Outcome Relaxation::Solve() { return program_->Solve(); }
Relaxation::Outcome Relaxation::Strengthen() { return program_->Strengthen(); }
const std::vector<int64_t>& Relaxation::prices() const { return program_->prices(); }
std::optional<Assignment> Relaxation::Whole() const { return program_->Whole(); }
const std::vector<Relaxation::Column>& Relaxation::columns() const { return program_->columns(); }
std::vector<double> Relaxation::values() const { return program_->values(); }
bool Relaxation::IsHeld(int thesis) const { return program_->IsHeld(thesis); }

namespace {

__extension__ using Wide = __int128;

std::optional<Wide> SumOfChoices(const Problem& problem, const Choices& choices,
                                 const std::vector<int64_t>& prices, bool scores_weigh) {
  Wide sum = 0;
  for (int t = 0; t < problem.theses(); ++t) {
    const std::optional<Choice> choice = choices.Best(t, prices, scores_weigh);
    if (!choice) return std::nullopt;
    sum += choice->value;
  }
  for (int r = 0; r < problem.reviewers(); ++r) {
    const int64_t price = prices[static_cast<size_t>(r)];
    const int least = std::max(problem.reviewer(r).least, problem.PinsOf(r));
    sum += Wide{price} * (price > 0 ? problem.reviewer(r).most : least);
  }
  return sum;
}

}  // namespace

std::optional<int64_t> BoundByChoices(const Problem& problem, const Choices& choices,
                                      const std::vector<int64_t>& prices) {
  const std::optional<Wide> sum = SumOfChoices(problem, choices, prices, true);
  if (!sum) return std::nullopt;
  const Wide unit = Wide{kPriceUnits} * problem.step();
  Wide steps = *sum / unit;
  if (*sum % unit < 0) --steps;
  return static_cast<int64_t>(steps * problem.step());
}

bool AreImpossible(const Problem& problem, const Choices& choices, const std::vector<int64_t>& prices) {
  const std::optional<Wide> sum = SumOfChoices(problem, choices, prices, false);
  return !sum || *sum < 0;
}

}  // namespace soutenance::assignment::solver
