#include "services/scheduling/solver/explain/sat.h"

#include <algorithm>
#include <cadical.hpp>
#include <limits>

namespace soutenance::scheduling::solver {
namespace {

class Watch final : public CaDiCaL::Terminator {
 public:
  explicit Watch(const std::function<bool()>& should_stop) : should_stop_(should_stop) {}
  bool terminate() override { return should_stop_ && should_stop_(); }

 private:
  const std::function<bool()>& should_stop_;
};

}  // namespace

class Sat::Engine {
 public:
  CaDiCaL::Solver solver;
};

Sat::Sat() : engine_(std::make_unique<Engine>()) {
  // Hundreds of small questions are asked: to simplify the clauses for each takes longer than it saves.
  engine_->solver.configure("plain");
  engine_->solver.set("quiet", 1);
}
Sat::~Sat() = default;

Literal Sat::NewVariable() { return ++variables_; }

Literal Sat::NewVariable(bool first) {
  const Literal variable = NewVariable();
  engine_->solver.phase(first ? variable : -variable);
  return variable;
}

void Sat::Prefer(Literal literal) { engine_->solver.phase(literal); }

void Sat::Add(absl::Span<const Literal> literals) {
  for (const Literal literal : literals) engine_->solver.add(literal);
  engine_->solver.add(0);
  size_ += static_cast<int64_t>(literals.size());
}

void Sat::AddAtMost(absl::Span<const Literal> inputs, int limit, Literal enabled) {
  constexpr std::size_t kPairsMax = 6;
  if (static_cast<int>(inputs.size()) <= limit) return;
  const auto forbid = [&](std::vector<Literal> together) {
    for (Literal& literal : together) literal = -literal;
    if (enabled != 0) together.push_back(-enabled);
    Add(together);
  };
  if (limit == 0) {
    for (const Literal input : inputs) forbid({input});
    return;
  }
  if (limit == 1 && inputs.size() <= kPairsMax) {
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      for (std::size_t j = i + 1; j < inputs.size(); ++j) forbid({inputs[i], inputs[j]});
    }
    return;
  }
  // The registers say how many of the inputs so far hold.
  std::vector<Literal> before;
  for (const Literal input : inputs) {
    if (static_cast<int>(before.size()) == limit) forbid({input, before.back()});
    std::vector<Literal> now;
    const std::size_t count = std::min(before.size() + 1, static_cast<std::size_t>(limit));
    for (std::size_t k = 0; k < count; ++k) {
      now.push_back(NewVariable());
      if (k < before.size()) Add({-before[k], now[k]});
      if (k == 0) Add({-input, now[0]});
      if (k > 0) Add({-input, -before[k - 1], now[k]});
    }
    before = std::move(now);
  }
}

std::vector<Literal> Sat::AddCounter(absl::Span<const Literal> inputs, int count) {
  std::vector<Literal> before;
  for (const Literal input : inputs) {
    std::vector<Literal> now;
    const std::size_t size = std::min(before.size() + 1, static_cast<std::size_t>(count));
    for (std::size_t k = 0; k < size; ++k) {
      now.push_back(NewVariable());
      if (k < before.size()) Add({-before[k], now[k]});
      if (k == 0) Add({-input, now[0]});
      if (k > 0) Add({-input, -before[k - 1], now[k]});
    }
    before = std::move(now);
  }
  return before;
}

Answer Sat::Solve(absl::Span<const Literal> assumptions, int64_t conflicts,
                  const std::function<bool()>& should_stop) {
  CaDiCaL::Solver& solver = engine_->solver;
  Watch watch(should_stop);
  solver.connect_terminator(&watch);
  solver.limit("conflicts",
               static_cast<int>(std::clamp<int64_t>(conflicts, 0, std::numeric_limits<int>::max())));
  for (const Literal assumption : assumptions) solver.assume(assumption);
  const int answer = solver.solve();
  solver.disconnect_terminator();
  constexpr int kSatisfiable = 10;
  constexpr int kUnsatisfiable = 20;
  return answer == kSatisfiable ? Answer::kYes : answer == kUnsatisfiable ? Answer::kNo : Answer::kUnknown;
}

bool Sat::IsTrue(Literal literal) const { return engine_->solver.val(literal) > 0; }

bool Sat::IsInCore(Literal assumption) const { return engine_->solver.failed(assumption); }

}  // namespace soutenance::scheduling::solver
