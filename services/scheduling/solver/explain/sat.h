#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_SAT_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_SAT_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "absl/types/span.h"

namespace soutenance::scheduling::solver {

// A variable, or its negation if negative. Never 0.
using Literal = int;

// What is known after a question; kUnknown: it was given up.
enum class Answer { kYes, kNo, kUnknown };

// Clauses about true and false, asked again and again under assumptions. The same clauses and questions give
// the same answers. Not safe for concurrent use.
class Sat {
 public:
  Sat();
  ~Sat();
  Sat(const Sat&) = delete;
  Sat& operator=(const Sat&) = delete;

  Literal NewVariable();
  // A variable that is tried as `first` before its opposite.
  Literal NewVariable(bool first);
  void Prefer(Literal literal);

  // At least one of `literals` holds.
  void Add(absl::Span<const Literal> literals);
  // At most `limit` of `inputs` hold, if `enabled` does; 0: in any case.
  void AddAtMost(absl::Span<const Literal> inputs, int limit, Literal enabled);
  // Literals of which the k-th (from 0) holds if more than k of `inputs` do; `count` of them at most.
  std::vector<Literal> AddCounter(absl::Span<const Literal> inputs, int count);

  // Whether all clauses and `assumptions` can hold together; gives up after `conflicts` dead ends, or soon
  // after `should_stop` says so.
  Answer Solve(absl::Span<const Literal> assumptions, int64_t conflicts,
               const std::function<bool()>& should_stop);

  // After kYes.
  bool IsTrue(Literal literal) const;
  // After kNo: whether this assumption is among those that cannot hold together.
  bool IsInCore(Literal assumption) const;

  // Of all clauses so far: what the memory depends on.
  int64_t size() const { return size_; }

 private:
  class Engine;

  std::unique_ptr<Engine> engine_;
  int variables_ = 0;
  int64_t size_ = 0;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_SAT_H_
