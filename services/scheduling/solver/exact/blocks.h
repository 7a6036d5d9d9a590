#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_BLOCKS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_BLOCKS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "services/scheduling/solver/constraints/catalogue.h"
#include "services/scheduling/solver/exact/mip.h"
#include "services/scheduling/solver/exact/slot_use.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"
#include "services/scheduling/solver/search/candidates.h"

namespace soutenance::scheduling::solver {

// What rooms may have in a window of the opening, as an exact model: for the rules room_gaps, topic_changes,
// topic_blocks and room_days. Which topic a room has in each slot of a block is its pattern, or that it is
// free then. Rooms are interchangeable, and so are defences of one topic but for their times:
//
//   minimise  sum cost(q) x[b,q] + sum cost(d,s) y[d,s] + room_days * sum n[day]
//   x[b,q]    how many rooms have pattern q in block b: a window of a day
//   y[d,s]    defence d is in slot s, at what its rules about its start cost
//   n[day]    rooms in use
//   defence   sum of y[d,s] over s = 1
//   slot      sum of y[d,s] over the d of a topic = sum of x[b,q] over the q that have the topic in s
//   window    sum of x[b,q] over q <= n[day]
//   break     for each end of a slot too close to the next window: the patterns that are used then or later,
//             and those of the next window that begin too early after it, in all <= n[day]
//   days      sum n[day] <= the limit of room_day_limit
//   topic, m  sum of ceil(k(q) / m) x[b,q] over b and q >= ceil(n / m) for m from 2 on: k(q) of the n
//   defences
//             of the topic are in q. So says the sum of the slots; rounding up makes it strong.
//
// There are far more patterns than are useful: columns are made for cheap ones, and prices of the rows tell
// which others matter. Other rules are left out, so what it proves holds for every timetable that places all
// defences without broken hard rules. A copy of all facts: it refers to nothing.
class BlockModel {
 public:
  struct Pattern {
    std::vector<int8_t> topics;  // by slot; -1: free. At least one is not.
    int64_t cost;
    int first;  // slot in use
    int last;
  };
  struct Column {
    int block;
    int pattern;  // of those of its block
  };

  // Absent if none of these rules is on, or the problem is not of this form: one duration, which is also the
  // grid; windows that it fills; no buffer, no open seats; few enough patterns; the rules at one level.
  static std::optional<BlockModel> Of(const Problem& problem, const Candidates& candidates,
                                      const RuleSet& rules);

  RuleLevel level() const { return level_; }
  int blocks() const { return static_cast<int>(blocks_.size()); }
  const std::vector<Pattern>& PatternsOf(int block) const {
    return patterns_[static_cast<std::size_t>(blocks_[static_cast<std::size_t>(block)].kind)];
  }
  // The cheapest patterns of all blocks, about `count`.
  std::vector<Column> Cheapest(std::size_t count) const;
  std::size_t PatternCount() const;

  // With these columns, after all y and n. Gains are minus the costs.
  Mip With(const std::vector<Column>& columns) const;
  // What a column would cost less its worth at the prices of the rows of With: if none is below 0, the linear
  // program with all patterns has no better solution.
  double ReducedCost(const Column& column, const std::vector<double>& prices) const;
  // No choice has more patterns.
  int UsedAtMost() const;

  // Makes a timetable of a solution of With(columns).
  Placements PlacementsOf(const std::vector<Column>& columns, const std::vector<double>& values) const;

  // The same seen from far; no timetable costs less, twice, than the cheapest SlotUse. Absent if it would not
  // tell enough: defences without a topic, topics that are free, rooms that may not be full, gaps that cost
  // less than changes.
  std::optional<SlotUse> Use() const;
  // Makes a timetable of one: which slot each defence is in, by topic as in Use().
  struct Made {
    Placements placements;
    int64_t cost;
  };
  Made TimetableOf(const std::vector<std::vector<int>>& slots) const;

 private:
  struct Block {
    int day;
    int kind;        // which patterns: one for each number of slots
    int first_slot;  // of all
    int slots;
  };
  struct Slot {
    Minute start;
    int block;
  };
  struct Option {  // a column y
    int defence;
    int slot;
    int64_t cost;
  };
  struct Break {  // between two blocks of a day
    int before;
    int after;
    int last;   // patterns of `before` that are used in this slot or later,
    int first;  // and of `after` that are used before this one, are too close
  };
  struct Weights {
    int64_t gaps = 0;
    int64_t changes = 0;
    int64_t topics = 0;
    int64_t free_topics = 0;
    int64_t room_days = 0;
  };

  BlockModel() = default;
  bool ReadRules(const Problem& problem, const RuleSet& rules);
  bool ReadDays(const Problem& problem);
  void ReadBreaks(const Problem& problem);
  bool ReadDefences(const Problem& problem, const Candidates& candidates, const RuleSet& rules);
  bool ListPatterns();
  bool Extend(Pattern* pattern, std::size_t slots, std::vector<Pattern>* all) const;
  int64_t CostOf(const Pattern& pattern) const;

  int SlotRow(int topic, int slot) const {
    return defences_ + topic * static_cast<int>(slots_.size()) + slot;
  }
  int WindowRow(int block) const { return SlotRow(topics_, 0) + block; }
  int BreakRow(int i) const { return WindowRow(blocks()) + i; }
  int DaysRow() const { return BreakRow(static_cast<int>(breaks_.size())); }
  int TopicRow(int topic, int m) const { return DaysRow() + 1 + topic * kRounds + m - 2; }
  // Calls visit(row, factor) for each row that a column is in.
  template <typename Visit>
  void ForEachRow(const Column& column, Visit visit) const;
  // What rooms have in each block.
  using Arrangement = std::vector<std::vector<Pattern>>;
  Pattern PatternOf(std::vector<int8_t> topics) const;
  std::vector<Pattern> Arrange(const Block& block, const std::vector<std::vector<int>>& counts) const;
  std::vector<std::size_t> RoomsInUse(const Arrangement& arrangement) const;
  std::vector<std::vector<int>> RoomOfPatterns(Arrangement* arrangement) const;
  Placements Place(Arrangement arrangement, const std::vector<int>& slot_of) const;

  static constexpr int kRounds = 6;  // m from 2 to 7

  RuleLevel level_ = RuleLevel::kSoft;
  Weights weights_;
  int64_t block_max_ = 0;
  int64_t room_days_max_ = 0;
  int rooms_ = 0;
  int days_ = 0;
  int defences_ = 0;
  int topics_ = 0;  // those without one are of a topic of their own, the last
  bool has_none_ = false;
  std::vector<int> topic_of_;  // by defence
  std::vector<int> count_of_;  // by topic
  std::vector<Block> blocks_;
  std::vector<Slot> slots_;
  std::vector<Break> breaks_;
  std::vector<Option> options_;
  std::vector<std::vector<Pattern>> patterns_;  // by kind, cheapest first
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_BLOCKS_H_
