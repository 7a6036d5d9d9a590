#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_GRAPH_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_GRAPH_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "services/scheduling/solver/exact/mip.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/model/timetable.h"
#include "services/scheduling/solver/search/candidates.h"

namespace soutenance::scheduling::solver {

// What the exact models are made of: where each defence could be once availabilities are intersected, and
// what could follow on what. Refers to problem and candidates, which must outlive it.
class Graph {
 public:
  // A start of one defence, with the rooms it could have.
  struct Position {
    DefenceId defence;
    Minute start;
    Minute end;
    absl::Span<const RoomId> rooms;
  };
  // The defence of position `to` may follow on that of `from` in one room (see the rule back_to_back), and
  // `gain` people attend both.
  struct Arc {
    int from;
    int to;
    int64_t gain;
  };
  // Two defences that have people in common and some arc between them.
  struct Pair {
    DefenceId a;
    DefenceId b;
    int64_t gain;
  };
  // A column of a model that puts a defence at a position.
  struct Use {
    int column;
    int position;
  };

  // A column of a model that gives an open seat of a defence to a person, at the time of a position.
  struct Seated {
    int column;
    int position;
    PersonId person;
    bool remote;
  };

  Graph(const Problem& problem, const Candidates& candidates);

  const Problem& problem() const { return problem_; }
  const std::vector<Position>& positions() const { return positions_; }
  const Position& position(int i) const { return positions_[static_cast<std::size_t>(i)]; }
  // Those of one defence, ascending by start: numbers from first to last - 1.
  int FirstOf(DefenceId defence) const { return first_[Index(defence)]; }
  int EndOf(DefenceId defence) const { return first_[Index(defence) + 1]; }

  // Lists the arcs between defences that share people, unless there are more than `most`: then none.
  // Returns whether it did.
  bool ListArcs(std::size_t most);
  const std::vector<Arc>& arcs() const { return arcs_; }
  const std::vector<Pair>& pairs() const { return pairs_; }

  // Whether position `to` follows on position `from`, and whether some room could have both.
  bool Follows(int from, int to) const;

  // No more defences than this follow on each other in one room.
  int LongestChain() const { return longest_chain_; }

  // Adds to `mip` what keeps people from being in two places, rooms from being short (they are only counted),
  // and limits of persons: for all columns of `uses` at once.
  void AddSharedRows(absl::Span<const Use> uses, Mip* mip) const;
  // Of these rows, those of people: for all columns of `uses` and of `seated`. REQUIRES: where `seated` is
  // not empty nobody may hold two seats of one defence.
  void AddPersonRows(absl::Span<const Use> uses, absl::Span<const Seated> seated, Mip* mip) const;

 private:
  void AddRoomRows(absl::Span<const Use> uses, Mip* mip) const;
  int ChainBound() const;

  const Problem& problem_;
  std::vector<Position> positions_;
  std::vector<int> first_;  // by defence, and one more
  std::vector<Arc> arcs_;
  std::vector<Pair> pairs_;
  int longest_chain_;
};

// A column of a model that stands for something in use during `time`.
struct Cover {
  Interval time;
  int column;
};

// Adds to `mip` that at any moment at most `most` of what `covers` stands for is in use. Rows that cannot
// bind are left out, if the columns are 0 or 1.
void AddCoverRows(absl::Span<const Cover> covers, int64_t most, Mip* mip);

// `time` and the pause behind it, which does not reach over midnight.
Interval WithPause(const Interval& time, Minute pause);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_GRAPH_H_
