#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_SEATED_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_SEATED_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "services/scheduling/solver/exact/graph.h"
#include "services/scheduling/solver/exact/mip.h"
#include "services/scheduling/solver/model/problem.h"

namespace soutenance::scheduling::solver {

// How many defences can be placed where seats are open and nobody may hold two of one defence. What makes
// such a model hard is that defences are much alike: who comes when decides, and then which defence they sit
// in is nearly a matching. So the whole numbers are those of people and times, and no defence has one:
//
//   maximise    sum n[t]
//   n[t]        so many defences have time t (a start and an end)
//   z[t,o,p]    person p, who can come then, holds a seat of role o at time t
//   r[t,g]      so many rooms of group g, which are open at the same times, are taken at t
//   rooms       n[t] = sum of r[t,g] over g; at any moment, the r of one group that cover it, with the buffer
//               behind each: at most its rooms
//   person      at any moment, the seats of one person that cover it: at most one; limits of a day, of all
//   y[i]        a share of a defence at position i; the sum of its positions at t is n[t]
//   defence     sum of y[i] over the positions of d <= 1
//   x[t,k,p]    so many seats of kind k, which have the same role and candidates, are p's at t;
//               their sum over p is that of y over what has such seats, and their sum over k <= z
//
// Without the last three, where every role asks for no more people than the defence that needs fewest, it is
// a model of counts: tiny, and close where most people may sit in most defences.
class SeatedModel {
 public:
  enum class Detail { kCounts, kDefences };
  // No more than `most` of the defences have the times of `positions`.
  struct Cap {
    std::vector<int> positions;
    int64_t most;
  };

  // Whether the model holds for `problem`.
  static bool IsFor(const Problem& problem);

  // Of `positions` alone. With more columns than `columns_most` it has none, and proves nothing. With
  // `placed` it is another aim: so many are placed, and what is maximised is minus the squares of the
  // people's loads (see the rule squared_load):
  //
  //   h[p,k]      the load of p is at least k: costs weight (2k - 1)
  //   load        the seats of p <= sum of h[p,k] over k
  SeatedModel(const Graph& graph, absl::Span<const int> positions, Detail detail, std::size_t columns_most,
              std::optional<int> placed = std::nullopt);
  bool is_complete() const { return is_complete_; }
  const Mip& mip() const { return mip_; }

  void AddCap(const Cap& cap);

 private:
  struct Time {
    Interval interval;
    std::vector<int> positions;
    int column = 0;  // n
  };
  // Seats of one role and mode, and who can hold them at some time, ascending.
  struct Kind {
    std::pair<std::string, bool> role;
    std::vector<PersonId> people;
  };
  // Of one role and mode at one time: the seats that each defence has at least, who may hold some seat, and
  // who may hold each kind.
  struct Role {
    int least = 0;
    std::size_t defences = 0;
    std::set<PersonId> people;
    std::map<std::vector<PersonId>, std::map<int, int>> kinds;  // how many each column asks for
  };

  void ListTimes(absl::Span<const int> positions);
  void AddRooms();
  void AddDefences();
  void AddSeats(Detail detail);
  void AddLoads(absl::Span<const Graph::Use> uses, absl::Span<const Graph::Seated> seated);
  void AddSeatsAt(const Time& time, Detail detail, std::vector<Graph::Seated>* seated);
  void AddKinds(const Role& role, const std::map<PersonId, int>& columns);
  std::vector<Kind> SeatsOf(DefenceId id, const Interval& time) const;

  const Graph& graph_;
  const Problem& problem_;
  const std::size_t columns_most_;
  const std::optional<int> placed_;
  std::vector<Time> times_;
  std::map<int, int> column_of_;  // of y, by position
  bool is_complete_ = true;
  Mip mip_;
};

// The positions in clusters: nobody and no room has to do with two of them at once, limits aside.
std::vector<std::vector<int>> ClustersOf(const Graph& graph);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_SEATED_H_
