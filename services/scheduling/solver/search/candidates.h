#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_CANDIDATES_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_CANDIDATES_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/types/span.h"
#include "services/scheduling/solver/constraints/catalogue.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"

namespace soutenance::scheduling::solver {

// Where each defence could be: the starts and rooms that keep every hard rule that looks at one defence
// alone. What is no candidate is in no timetable that the search makes, so the search never asks these rules
// again.
//
//   for each kind of defence (duration, seats, equipment, pinned room):
//     starts of the grid where the duration fits into the opening hours, each with the suitable rooms open
//     then
//   for each defence:
//     time = allowed weeks, minus what is blocked for anybody who attends, cut to the pinned day and time,
//       where each open seat has somebody who can come
//     keep the starts of its kind that lie in that time and have a room
//
// Rooms are listed once a kind and start, not once a defence: ten thousand defences of two months fit into
// memory. Immutable; safe for concurrent use.
class Candidates {
 public:
  struct Start {
    Minute start;
    absl::Span<const RoomId> rooms;  // ascending, at least one
  };

  Candidates(const Problem& problem, const RuleSet& rules)
      : Candidates(problem, rules, [] { return false; }) {}
  // Of one defence only; the others seem to have none.
  Candidates(const Problem& problem, const RuleSet& rules, DefenceId only);
  // Stops when `should_stop` says so: then it is not complete, and defences not yet looked at have no
  // candidates.
  Candidates(const Problem& problem, const RuleSet& rules, absl::FunctionRef<bool()> should_stop);

  int StartCount(DefenceId defence) const { return static_cast<int>(StartsOf(defence).size()); }
  // Its starts, ascending.
  absl::Span<const Minute> StartsOf(DefenceId defence) const { return defences_[Index(defence)].starts; }
  // The `i`-th start of `defence`, ascending.
  Start StartAt(DefenceId defence, int i) const;
  // The position of `start` among those of `defence`.
  std::optional<int> FindStart(DefenceId defence, Minute start) const;
  // The first start of `defence` at or after `minute`, and the last one at or before it.
  std::optional<int> FirstFrom(DefenceId defence, Minute minute) const;
  std::optional<int> LastUntil(DefenceId defence, Minute minute) const;
  bool Allows(DefenceId defence, const Placement& to) const;

  bool IsComplete() const { return is_complete_; }

  // Pairs of a start and a room.
  int64_t Count(DefenceId defence) const { return defences_[Index(defence)].count; }
  int64_t TotalCount() const { return total_; }

 private:
  // A start with its rooms, of one kind of defence.
  struct Slot {
    Minute start;
    int32_t rooms_begin;
    int32_t rooms_count;
  };
  struct Kind {
    std::vector<Slot> slots;
    std::vector<RoomId> rooms;
  };
  struct OfDefence {
    int32_t kind = 0;
    int64_t count = 0;
    std::vector<Minute> starts;
    std::vector<int32_t> slots;  // of the kind, one for each start
  };

  // Number of starts of `defence` before `minute`.
  int CountBefore(DefenceId defence, Minute minute) const;
  using KindKey = std::tuple<int32_t, int32_t, std::vector<std::string>, int32_t, int32_t>;

  void Add(const Problem& problem, const RuleSet& rules, DefenceId defence);
  Kind MakeKind(const Problem& problem, DefenceId sample) const;
  OfDefence Select(const Problem& problem, DefenceId defence, int32_t kind) const;
  void KeepAllowed(const Problem& problem, const RuleSet& rules, DefenceId defence, Kind* kind) const;

  std::map<KindKey, int32_t> kind_of_key_;
  std::vector<Kind> kinds_;
  std::vector<OfDefence> defences_;
  int64_t total_ = 0;
  bool is_complete_ = true;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_SEARCH_CANDIDATES_H_
