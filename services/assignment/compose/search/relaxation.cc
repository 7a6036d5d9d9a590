#include "services/assignment/compose/search/relaxation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <utility>

// clang-format off
#include <ClpSimplex.hpp>
#include <CoinPackedMatrix.hpp>
// clang-format on

#include "services/assignment/compose/search/state.h"

namespace soutenance::assignment::compose {
namespace {

constexpr int kRoundsMax = 300;
// How much of the best prices stays in those that are tried next: the last solution's alone jump about.
constexpr double kStays = 0.6;

class Program {
 public:
  Program(const Problem& problem, const std::vector<JurySearch>& searches)
      : problem_(problem),
        searches_(searches),
        cost_of_unseated_(CostOfUnseated(problem)),
        seen_(static_cast<size_t>(problem.theses())) {
    for (const ThesisSpec& thesis : problem.spec().theses) {
      for (const SeatSpec& seat : thesis.open) {
        for (const Candidate& candidate : seat.candidates) {
          unit_ = std::max(unit_, static_cast<double>(std::abs(candidate.value)));
        }
      }
    }
    model_.setLogLevel(0);
    model_.setPerturbation(100);
    AddRows();
    AddPlaces();
  }

  Relaxed Run(const std::vector<Column>& first, const std::function<bool()>& should_stop, int64_t& work) {
    std::vector<Column> start = first;
    Relaxed relaxed{Prices::Zero(problem_), std::numeric_limits<Value>::max(), 0, {}};
    Evaluate(
        Prices::Zero(problem_), relaxed, start, [] { return false; }, work);
    AddColumns(start);
    if (model_.numberColumns() == 0) return relaxed;  // no theses; Clp needs some column
    bool is_smoothed = true;
    for (int round = 0; round < kRoundsMax; ++round) {
      model_.primal(0);
      if (model_.status() != 0) break;
      relaxed.reached = -model_.objectiveValue() * unit_;
      if (static_cast<double>(relaxed.bound) <= relaxed.reached + 1e-6 * unit_ || should_stop()) break;
      const Prices last = LastPrices();
      std::vector<Column> found;
      Evaluate(is_smoothed ? Mix(relaxed.prices, last) : last, relaxed, found, should_stop, work);
      const int added = AddColumns(found);
      if (added == 0 && !is_smoothed) break;
      is_smoothed = added > 0;
    }
    for (size_t i = 0; i < columns_.size(); ++i) {
      columns_[i].part = model_.primalColumnSolution()[number_of_[i]];
    }
    relaxed.columns = std::move(columns_);
    return relaxed;
  }

 private:
  void AddRows() {
    const int theses = problem_.theses();
    role_row_.assign(static_cast<size_t>(problem_.people() * problem_.roles()), -1);
    int rows = theses + problem_.people();
    for (int p = 0; p < problem_.people(); ++p) {
      for (int r = 0; r < problem_.roles(); ++r) {
        if (problem_.PlacesInRole(p, r) >= problem_.Places(p)) continue;
        role_row_[static_cast<size_t>(p * problem_.roles() + r)] = rows++;
      }
    }
    model_.resize(rows, 0);
    for (int t = 0; t < theses; ++t) model_.setRowBounds(t, 1, 1);
    for (int p = 0; p < problem_.people(); ++p) {
      model_.setRowBounds(theses + p, -COIN_DBL_MAX, 0);
      for (int r = 0; r < problem_.roles(); ++r) {
        const int row = role_row_[static_cast<size_t>(p * problem_.roles() + r)];
        if (row >= 0) model_.setRowBounds(row, -COIN_DBL_MAX, problem_.PlacesInRole(p, r));
      }
    }
  }

  void AddColumn(const std::vector<int>& rows, const std::vector<double>& factors, double most, Value gain) {
    model_.addColumn(static_cast<int>(rows.size()), rows.data(), factors.data(), 0, most,
                     -static_cast<double>(gain) / unit_);
  }

  // A place costs more the more somebody has; places that cost the same are one column.
  void AddPlaces() {
    for (int t = 0; t < problem_.theses(); ++t) AddColumn({t}, {1}, COIN_DBL_MAX, -cost_of_unseated_);
    for (int p = 0; p < problem_.people(); ++p) {
      const int places = std::min(problem_.Places(p), problem_.theses());
      for (int n = 0; n < places;) {
        int end = n + 1;
        while (end < places && problem_.Cost(p, end) == problem_.Cost(p, n)) ++end;
        AddColumn({problem_.theses() + p}, {-1}, end - n, -problem_.Cost(p, n));
        n = end;
      }
    }
  }

  int AddColumns(const std::vector<Column>& found) {
    int added = 0;
    for (const Column& column : found) {
      if (!seen_[static_cast<size_t>(column.thesis)].insert(column.jury.seating).second) continue;
      std::vector<int> rows = {column.thesis};
      for (size_t s = 0; s < column.jury.seating.size(); ++s) {
        const int person = column.jury.seating[s];
        if (person == kNobody) continue;
        rows.push_back(problem_.theses() + person);
        const int role = problem_.thesis(column.thesis).open[s].role;
        const int row = role_row_[static_cast<size_t>(person * problem_.roles() + role)];
        if (row >= 0) rows.push_back(row);
      }
      number_of_.push_back(model_.numberColumns());
      AddColumn(rows, std::vector<double>(rows.size(), 1.0), COIN_DBL_MAX, column.jury.value);
      columns_.push_back(column);
      ++added;
    }
    return added;
  }

  Prices LastPrices() const {
    Prices prices = Prices::Zero(problem_);
    const double* dual = model_.dualRowSolution();
    for (int p = 0; p < problem_.people(); ++p) {
      prices.of[static_cast<size_t>(p)] =
          std::max<Value>(0, std::llround(-dual[problem_.theses() + p] * unit_));
    }
    for (size_t i = 0; i < role_row_.size(); ++i) {
      if (role_row_[i] < 0) continue;
      prices.in_role[i] = std::max<Value>(0, std::llround(-dual[role_row_[i]] * unit_));
    }
    return prices;
  }

  static Prices Mix(const Prices& best, const Prices& last) {
    Prices mixed = best;
    const auto mix = [](std::vector<Value>& into, const std::vector<Value>& from) {
      for (size_t i = 0; i < into.size(); ++i) {
        into[i] =
            std::llround(kStays * static_cast<double>(into[i]) + (1 - kStays) * static_cast<double>(from[i]));
      }
    };
    mix(mixed.of, last.of);
    mix(mixed.in_role, last.in_role);
    return mixed;
  }

  // The bound at these prices, unless it is asked to stop, and the juries that gain most.
  void Evaluate(const Prices& prices, Relaxed& relaxed, std::vector<Column>& found,
                const std::function<bool()>& should_stop, int64_t& work) {
    Value bound = PaidToPlaces(problem_, prices);
    for (int t = 0; t < problem_.theses(); ++t) {
      if (should_stop()) return;
      JuryAnswer answer = searches_[static_cast<size_t>(t)].Best(prices, work, -cost_of_unseated_);
      bound += answer.is_impossible ? -cost_of_unseated_ : std::max(-cost_of_unseated_, answer.bound);
      if (answer.best) found.push_back({t, *std::move(answer.best), 0});
    }
    if (bound >= relaxed.bound) return;
    relaxed.bound = bound;
    relaxed.prices = prices;
  }

  const Problem& problem_;
  const std::vector<JurySearch>& searches_;
  const Value cost_of_unseated_;
  double unit_ = 1;
  ClpSimplex model_;
  std::vector<int> role_row_;
  std::vector<Column> columns_;
  std::vector<int> number_of_;
  std::vector<std::set<Seating>> seen_;
};

}  // namespace

Value PaidToPlaces(const Problem& problem, const Prices& prices) {
  Value paid = 0;
  for (int p = 0; p < problem.people(); ++p) {
    const int places = std::min(problem.Places(p), problem.theses());
    for (int n = 0; n < places; ++n) {
      const Value more = prices.of[static_cast<size_t>(p)] - problem.Cost(p, n);
      if (more <= 0) break;
      paid += more;
    }
    for (int r = 0; r < problem.roles(); ++r) {
      const Value price = prices.in_role[static_cast<size_t>(p * problem.roles() + r)];
      if (price > 0) paid += price * std::min(problem.PlacesInRole(p, r), places);
    }
  }
  return paid;
}

Value BoundAt(const Problem& problem, const std::vector<JurySearch>& searches, const Prices& prices,
              int64_t& work) {
  const Value cost_of_unseated = CostOfUnseated(problem);
  Value bound = PaidToPlaces(problem, prices);
  for (const JurySearch& search : searches) {
    const JuryAnswer answer = search.Best(prices, work, -cost_of_unseated);
    bound += answer.is_impossible ? -cost_of_unseated : std::max(-cost_of_unseated, answer.bound);
  }
  return bound;
}

Relaxed Relax(const Problem& problem, const std::vector<JurySearch>& searches,
              const std::vector<Column>& first, const std::function<bool()>& should_stop, int64_t& work) {
  return Program(problem, searches).Run(first, should_stop, work);
}

}  // namespace soutenance::assignment::compose
