#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_AT_ONCE_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_AT_ONCE_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "services/scheduling/solver/exact/mip.h"
#include "services/scheduling/solver/model/problem.h"
#include "services/scheduling/solver/search/candidates.h"

namespace soutenance::scheduling::solver {

// How many defences can be placed at most, by how many can take place at once: which ones, with whom and in
// which room is left open. For juries that are composed from so many people that a column for each of them in
// each seat at each time (SeatedModel) would be too many.
//
//   maximise  sum n[k,s]
//   n[k,s]    defences of kind k that begin at s: those of one duration and topic that need as many of each
//             set of people. Sets: the candidates of a seat, and unions of such sets that have people in
//             common
//   kind      sum of n[k,.] <= defences of the kind
//   rooms     at any moment: those that take place + rooms that have their pause <= rooms that are open
//   topics    where a room has one topic a day: r[p,d] rooms have topic p on day d, at most all together;
//             at any moment: those of the topic + its rooms that have their pause <= r[p,d]
//   people    sum of need[k,H] n[k,s] over those that last through a time <= people of H who can come
//             for all of it; rounded down where all who need some of H need many
//
// Times for people are the moments at which something may begin, and the two minutes around each time at
// which somebody comes or goes.
class AtOnceModel {
 public:
  // Whether it is likely to prove what SeatedModel does not: that one knows neither pauses nor what shares a
  // room or a seat, and has a column for each person in each seat.
  static bool IsFor(const Problem& problem);
  // Nothing if no set of people can be too small, or if the model would be too large.
  static std::optional<AtOnceModel> Of(const Problem& problem, const Candidates& candidates);

  const Mip& mip() const { return mip_; }

 private:
  using PeopleSet = std::vector<PersonId>;  // ascending
  // Of one day. Defences that last through all of it are counted.
  struct Time {
    Interval span;
    bool is_moment;  // at which something may begin
  };
  struct Kind {
    int32_t duration;
    std::optional<TopicId> topic;
    std::vector<int> needs;  // by set
    int64_t count = 0;
    std::map<Minute, int64_t> starts;             // with how many may begin then
    std::vector<std::pair<Minute, int>> columns;  // by start
  };

  AtOnceModel(const Problem& problem, const Candidates& candidates)
      : problem_(&problem), candidates_(&candidates) {}

  bool Build();
  void ListTimes();
  void ListSets();
  bool Binds(const PeopleSet& set) const;
  int NeedOf(const Defence& defence, const PeopleSet& set) const;
  int64_t CanCome(const PeopleSet& set, const Interval& span) const;
  bool ListKinds();
  void AddColumns();
  void AddRoomRows(const Day& day);
  void AddPause(const Day& day, std::optional<int> rooms, std::map<Minute, int>* columns);
  void AddPeopleRows();
  std::vector<Mip::Term> LastingThrough(const Interval& span, const std::vector<int>& factors) const;
  int64_t RoomsOpenAt(Minute minute) const;
  bool AreRoomsOpen(const Interval& span) const;

  const Problem* problem_;
  const Candidates* candidates_;
  std::vector<DefenceId> defences_;
  std::vector<Time> times_;
  std::vector<PeopleSet> sets_;
  std::vector<Kind> kinds_;
  bool minds_topics_ = false;
  Mip mip_;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXACT_AT_ONCE_H_
