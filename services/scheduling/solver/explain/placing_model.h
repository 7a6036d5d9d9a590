#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_PLACING_MODEL_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_PLACING_MODEL_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "services/scheduling/solver/explain/named_facts.h"
#include "services/scheduling/solver/explain/sat.h"
#include "services/scheduling/solver/explain/scope.h"
#include "services/scheduling/solver/model/timetable.h"

namespace soutenance::scheduling::solver {

// A time that a person is asked to free.
struct FreedTime {
  PersonId person;
  Interval time;

  friend bool operator==(const FreedTime&, const FreedTime&) = default;
};

// What a question may change about the facts that people can change. By default: nothing.
struct Concessions {
  int people_max = 0;                                // how many people free times
  std::vector<PersonId> not_these;                   // who do not
  std::optional<std::vector<FreedTime>> only_these;  // instead of any times of anybody
  std::vector<DayId> extra_rooms;                    // one more room on each of these days
  bool extra_day = false;
  std::optional<DefenceId> extra_day_only_for;  // no other defence is on it
};

// The question whether some defences can all be placed while some of the facts hold, as clauses: made once
// for a problem, asked many times.
//
//   at(d, s)    d starts at s of the grid: for every start that fits into the opening hours
//   in(d, s, c) ... in a room of class c, only if it matters which room is which: rooms of a class do not
//   differ in
//               anything that some fact is about, so that they are counted
//   a defence that is wanted has some start (and room)
//   at(d, s) is forbidden by each fact about d and s that is held
//   no point of time of a person is covered twice, nor one of a class by more than it has rooms, if the fact
//   that says so is held
//
// If rooms do not differ and it does not matter which one a defence gets, they are counted at each point of
// time: intervals of which at most k overlap can be shared out among k rooms. All clauses forbid things but
// those of the first kind, so that whatever is more than enough in an answer can be left out.
class PlacingModel {
 public:
  // Refers to everything given, which must outlive it. Gives up if there were more than `literals_max`, or
  // when `should_stop`, which may be null, says so.
  PlacingModel(const Timetable& timetable, const NamedFacts& facts, const Scope& scope, int64_t literals_max,
               const std::function<bool()>& should_stop);

  // Whether a model of `problem` would be, whatever its facts are.
  static bool IsSurelyTooLarge(const Problem& problem, const Scope& scope, int64_t literals_max);

  // Whether nothing can be asked: it is too large, or making it was given up.
  bool IsTooLarge() const { return is_too_large_; }

  // Of all clauses: what freeing it costs.
  int64_t size() const { return sat_.size(); }

  // Whether all defences that are `wanted` can be placed while the facts that are `held` hold.
  Answer Solve(const std::vector<bool>& wanted, const std::vector<bool>& held, const Concessions& concessions,
               int64_t conflicts, const std::function<bool()>& should_stop);

  // After kNo: facts, ascending, of those that were held, that suffice for this answer.
  std::vector<int> Core(const std::vector<bool>& held) const;

  // After kYes, without concessions left out: where the wanted ones are; rooms count on after those of the
  // problem for the extra room.
  struct Answered {
    std::vector<std::pair<DefenceId, GridStart>> placed;
    std::vector<FreedTime> freed;
    std::vector<DefenceId> on_extra_day;
    // By defence; the room is one after the last for the extra room. Only if a room was found for each.
    Placements placements;
    bool is_whole = true;
  };
  Answered Read(const std::vector<bool>& wanted, const std::vector<bool>& held,
                const Concessions& concessions) const;

 private:
  struct Start {
    GridStart at;
    Literal literal;
    // By class, then the extra room; empty if all rooms are counted. 0: it cannot be there.
    std::vector<Literal> in_room;
  };

  static bool Fits(const GridStart& at, int32_t duration) { return at.start + duration <= at.window_end; }
  void Prepare(int64_t literals_max);
  void ClassifyRooms();
  bool IsStopped();
  void AddStarts(DefenceId id);
  void AddStart(DefenceId id, const GridStart& at);
  // Whether the extra room and day are for it: if only what is near is looked at, for the unplaced.
  bool MayBeExtra(DefenceId id) const { return !scope_.only_these_free || !timetable_.PlacementOf(id); }
  // Whether it is known to be impossible in every question that will be asked.
  bool IsImpossible(const std::vector<int>& facts) const;
  void AddExtraDayStarts(DefenceId id);
  void AddRoomsOf(DefenceId id, Start& start);
  void AddExtraRoomOf(DefenceId id, const Start& start);
  void AddPersons();
  Literal OnSite(const Start& start, SiteId site);
  void AddTravel(PersonId person);
  void AddLoads(PersonId person);
  void AddRoleLimit(PersonId person, const RoleLimit& limit);
  void AddCountedRooms();
  void AddEachRoom();
  void PreferTimetable();
  Literal Unit(PersonId person, const Interval& time);
  // Some start of `defence` covers `point`, if it keeps `gap` after its end; 0: none does. `room`: a class,
  // or one more for the extra room; -1: in whatever room.
  Literal Covers(DefenceId defence, Minute point, Minute gap, int room);
  Literal OnDay(DefenceId defence, DayId day);
  std::vector<Minute> PointsOf(DayId day) const;
  bool IsAligned() const;
  // Gives each of those of a class one of its rooms, by `class_of`.
  bool ShareClasses(Answered& answered, const std::vector<std::size_t>& class_of) const;
  bool ShareRooms(Answered& answered, const std::vector<bool>& held, const Concessions& concessions) const;
  std::vector<Literal> Assumed(const std::vector<bool>& wanted, const std::vector<bool>& held,
                               const Concessions& concessions) const;

  const Timetable& timetable_;
  const Problem& problem_;
  const NamedFacts& facts_;
  const Scope& scope_;
  const std::function<bool()>& should_stop_;  // while it is made
  Sat sat_;
  std::vector<Literal> of_fact_;
  std::vector<Literal> wanted_;             // by defence
  std::vector<Literal> on_extra_day_;       // by defence
  std::vector<std::vector<Start>> starts_;  // by defence, ascending
  std::vector<Literal> no_extra_room_;      // by day, then the extra day
  std::map<PersonId, Literal> frees_;       // persons who can free something
  std::vector<Literal> more_people_than_;   // the k-th: more than k free something
  std::map<std::tuple<PersonId, Minute, Minute>, Literal> units_;
  absl::flat_hash_map<std::pair<Literal, SiteId>, Literal> on_site_;
  absl::flat_hash_map<std::tuple<DefenceId, Minute, Minute, int>, Literal> covers_;
  std::map<std::pair<DefenceId, DayId>, Literal> on_day_;
  std::vector<Interval> extra_day_;
  std::vector<std::vector<RoomId>> classes_;
  std::vector<std::size_t> class_of_;  // by room
  bool counts_rooms_ = false;
  bool is_too_large_ = false;
};

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_PLACING_MODEL_H_
