#include "services/scheduling/solver/search/eject.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace soutenance::scheduling::solver {
namespace {

constexpr std::size_t kBlockersMax = 12;
constexpr int64_t kWorkBetweenLooks = 2000;

}  // namespace

// One call of Run: where the search is, and the best it has seen.
struct Ejection::Task {
  Timetable timetable;
  const Count count;
  const Limits limits;
  Random& random;
  const absl::FunctionRef<bool()> should_stop;
  std::vector<DefenceId> open;
  std::vector<bool> fixed;         // placed, or given up, on the way here
  std::vector<bool> may_stay;      // open from the beginning: may also go back to where it was published
  std::vector<DefenceId> changed;  // before Run and on the way here, open ones excluded
  int64_t unplaced;                // given up, before Run and on the way here
  int taken_out = 0;
  ChangeCost best;
  std::optional<Placements> better;
  int64_t work = 0;
  int64_t next_look = kWorkBetweenLooks;
  bool is_complete = true;
  bool is_stopped = false;
};

Ejection::Ejection(const Problem& problem, const Candidates& candidates, const Fit& fit,
                   const Placements& published)
    : problem_(problem),
      candidates_(candidates),
      fit_(fit),
      composer_(problem, fit),
      published_(published),
      told_(problem),
      least_(problem.defences().size()) {}

// Once for each defence that matters. Every change concerns the start that was published, so no change costs
// less than that start says; one to an earlier start costs more.
const Ejection::Least& Ejection::LeastOf(DefenceId id) {
  Least& least = least_[Index(id)];
  if (least.is_known) return least;
  least.is_known = true;
  const Defence& defence = problem_.defence(id);
  const int starts = candidates_.StartCount(id);
  if (starts == 0) return least;
  const Minute last = candidates_.StartAt(id, starts - 1).start;
  const std::optional<Placement>& published = published_[Index(id)];
  bool other_room = false;
  if (published) {
    const std::optional<int> same = candidates_.FindStart(id, published->start);
    const auto rooms = same ? candidates_.StartAt(id, *same).rooms : absl::Span<const RoomId>();
    other_room =
        std::any_of(rooms.begin(), rooms.end(), [&](RoomId room) { return room != published->room; });
  }
  const int64_t other_places =
      candidates_.Count(id) - (published && candidates_.Allows(id, *published) ? 1 : 0);
  least.can_move = other_places > 0 || !defence.open_seats.empty();
  const Minute earliest = defence.reference ? std::min(last, defence.reference->start) : last;
  least.on_site = told_.of_one().ByStart(problem_, earliest);
  least.remote = other_room ? 0 : least.on_site;
  return least;
}

void Ejection::AddLeast(DefenceId id) {
  const Least& least = LeastOf(id);
  for (const Attendee& attendee : problem_.defence(id).attendees) {
    told_.Add(attendee.person, attendee.remote ? least.remote : least.on_site);
  }
}

void Ejection::AddAll(const Placements& placements) {
  told_.Clear();
  ForEachId<DefenceId>(problem_.DefenceCount(), [&](DefenceId id) {
    if (placements[Index(id)] != published_[Index(id)] || !published_[Index(id)])
      told_.AddPlace(id, placements[Index(id)]);
  });
}

ChangeCost Ejection::CostOf(const Placements& placements) {
  AddAll(placements);
  return {std::count(placements.begin(), placements.end(), std::nullopt), told_.points()};
}

int64_t Ejection::LeastPoints(absl::Span<const DefenceId> open) {
  told_.Clear();
  for (const DefenceId id : open) {
    const std::optional<Placement>& published = published_[Index(id)];
    if (!published || !candidates_.Allows(id, *published)) AddLeast(id);
  }
  return told_.points();
}

int Ejection::PeopleTold(const Placements& placements) {
  AddAll(placements);
  return told_.people();
}

Ejection::Outcome Ejection::Run(const Placements& from, absl::Span<const DefenceId> open, Count count,
                                const ChangeCost& to_beat, const Limits& limits, Random& random,
                                absl::FunctionRef<bool()> should_stop) {
  Task task{.timetable = Timetable(problem_, from),
            .count = count,
            .limits = limits,
            .random = random,
            .should_stop = should_stop,
            .open = {open.begin(), open.end()},
            .fixed = std::vector<bool>(from.size()),
            .may_stay = std::vector<bool>(from.size()),
            .changed = {},
            .unplaced = 0,
            .best = to_beat};
  for (const DefenceId id : open) task.may_stay[Index(id)] = true;
  // What has nowhere to go is given up at once.
  const auto hopeless = std::stable_partition(
      task.open.begin(), task.open.end(), [this](DefenceId id) { return candidates_.StartCount(id) > 0; });
  for (auto i = hopeless; i != task.open.end(); ++i) {
    task.changed.push_back(*i);
    ++task.unplaced;
  }
  task.open.erase(hopeless, task.open.end());
  ForEachId<DefenceId>(problem_.DefenceCount(), [&](DefenceId id) {
    if (task.may_stay[Index(id)] || (from[Index(id)] && from[Index(id)] == published_[Index(id)])) return;
    task.changed.push_back(id);
    task.fixed[Index(id)] = true;
    if (!from[Index(id)]) ++task.unplaced;
  });
  Visit(task);
  const bool is_exact = !problem_.HasOpenSeats();
  return {.better = std::move(task.better),
          .cost = task.best,
          .is_proven = is_exact && task.is_complete && !task.is_stopped,
          .work = task.work};
}

void Ejection::Visit(Task& task) {
  if (task.open.empty()) {
    Leaf(task);
    return;
  }
  const DefenceId chosen = Choose(task);
  std::vector<Option> options = OptionsOf(task, chosen);
  int tried = 0;
  for (const Option& option : options) {
    if (task.is_stopped) return;
    if (!(ChangeCost{task.unplaced, option.points} < task.best)) break;
    if (task.limits.width > 0 && tried++ == task.limits.width) {
      task.is_complete = false;
      break;
    }
    Take(task, chosen, option);
  }
  if (!task.is_stopped) Leave(task, chosen);
}

void Ejection::Leaf(Task& task) {
  ChangeCost cost{task.unplaced, task.taken_out};
  if (task.count == Count::kDisturbance) cost = CostOf(task.timetable.placements());
  if (!(cost < task.best)) return;
  task.best = cost;
  task.better = task.timetable.placements();
}

DefenceId Ejection::Choose(const Task& task) const {
  return *std::min_element(task.open.begin(), task.open.end(), [&](DefenceId a, DefenceId b) {
    return std::pair(candidates_.Count(a), a) < std::pair(candidates_.Count(b), b);
  });
}

// Counts all changes but that of `chosen`.
void Ejection::CountOthers(const Task& task, DefenceId chosen) {
  told_.Clear();
  for (const DefenceId id : task.changed) told_.AddPlace(id, task.timetable.PlacementOf(id));
  for (const DefenceId id : task.open) {
    if (id != chosen && !(task.may_stay[Index(id)] && published_[Index(id)] &&
                          candidates_.Allows(id, *published_[Index(id)]))) {
      AddLeast(id);
    }
  }
}

std::vector<Ejection::Option> Ejection::OptionsOf(Task& task, DefenceId defence) {
  std::vector<Option> options;
  if (task.count == Count::kDisturbance) CountOthers(task, defence);
  for (int i = 0; i < candidates_.StartCount(defence) && !task.is_stopped; ++i) {
    const Candidates::Start start = candidates_.StartAt(defence, i);
    for (const RoomId room : start.rooms) Consider(task, defence, {start.start, room}, &options);
  }
  std::sort(options.begin(), options.end(), [](const Option& a, const Option& b) {
    return std::tuple(a.points, a.blockers.size(), a.rank, a.to.start, a.to.room) <
           std::tuple(b.points, b.blockers.size(), b.rank, b.to.start, b.to.room);
  });
  return options;
}

void Ejection::Consider(Task& task, DefenceId defence, Placement to, std::vector<Option>* options) {
  if (++task.work >= task.next_look) {
    task.next_look += kWorkBetweenLooks;
    task.is_stopped = task.work >= task.limits.work || task.should_stop();
    if (task.is_stopped) return;
  }
  const std::optional<Placement>& published = published_[Index(defence)];
  if (published && published->start == to.start && published->room == to.room)
    to.holders = published->holders;
  if (!problem_.defence(defence).open_seats.empty() && !(published && to == *published)) {
    if (published) to.holders = published->holders;
    if (!fit_.Fits(task.timetable, {}, defence, to) &&
        !composer_.Fill(task.timetable, {}, defence, &to, task.random)) {
      return;
    }
  }
  // What d costs there is known before who is in the way: most candidates end here.
  const std::size_t mark = told_.mark();
  if (task.count == Count::kDisturbance) told_.AddPlace(defence, to);
  if (ChangeCost{task.unplaced, task.count == Count::kDisturbance ? told_.points() : task.taken_out} <
      task.best) {
    Defences blockers;
    const auto most = static_cast<std::size_t>(
        std::clamp(task.limits.taken_out_max - task.taken_out, 0, static_cast<int>(kBlockersMax)));
    const bool all = fit_.FindBlockers(task.timetable, {}, defence, to, most, task.random, &blockers);
    if (MayTakeOut(task, defence, to, blockers)) {
      int64_t points = task.taken_out + static_cast<int64_t>(blockers.size());
      if (task.count == Count::kDisturbance) {
        for (const DefenceId blocker : blockers) AddLeast(blocker);
        points = told_.points();
      }
      const bool is_less = ChangeCost{task.unplaced, points} < task.best;
      if (is_less && all) options->push_back({points, Rank(defence, to), to, blockers});
      if (is_less && !all) task.is_complete = false;
    }
  }
  told_.BackTo(mark);
}

// Whether `blockers` can be taken out at all. Of a person who has too many defences some are taken out by
// chance: others would have done.
bool Ejection::MayTakeOut(Task& task, DefenceId defence, const Placement& to, const Defences& blockers) {
  bool may = true;
  for (const DefenceId blocker : blockers) {
    if (fit_.GoTogether(defence, to, blocker, *task.timetable.PlacementOf(blocker))) task.is_complete = false;
    may = may && !task.fixed[Index(blocker)] && LeastOf(blocker).can_move;
  }
  return may;
}

// A day close to the one that was published, a time close to that, then the same room.
int64_t Ejection::Rank(DefenceId defence, const Placement& to) const {
  const std::optional<Reference>& published = problem_.defence(defence).reference;
  if (!published) return 0;
  const int64_t minutes =
      std::abs(to.start / kMinutesPerDay - published->start / kMinutesPerDay) * kMinutesPerDay +
      std::abs(to.start % kMinutesPerDay - published->start % kMinutesPerDay);
  return 2 * minutes + static_cast<int64_t>(published->room != to.room);
}

void Ejection::Take(Task& task, DefenceId defence, const Option& option) {
  Move move = {{defence, option.to}};
  for (const DefenceId blocker : option.blockers) move.push_back({blocker, std::nullopt});
  const Move undo = task.timetable.Apply(move);
  const std::vector<DefenceId> open = task.open;
  const int taken_out = task.taken_out;
  task.open.erase(std::find(task.open.begin(), task.open.end(), defence));
  task.open.insert(task.open.end(), option.blockers.begin(), option.blockers.end());
  task.taken_out += static_cast<int>(option.blockers.size());
  task.fixed[Index(defence)] = true;
  task.changed.push_back(defence);
  Visit(task);
  task.changed.pop_back();
  task.fixed[Index(defence)] = false;
  task.taken_out = taken_out;
  task.open = open;
  task.timetable.Apply(undo);
}

void Ejection::Leave(Task& task, DefenceId defence) {
  ChangeCost least{task.unplaced + 1, task.taken_out};
  if (task.count == Count::kDisturbance && !(task.best < least)) {
    CountOthers(task, defence);
    told_.AddPlace(defence, std::nullopt);
    least.points = told_.points();
  }
  if (!(least < task.best)) return;
  const std::vector<DefenceId> open = task.open;
  task.open.erase(std::find(task.open.begin(), task.open.end(), defence));
  task.fixed[Index(defence)] = true;
  task.changed.push_back(defence);
  ++task.unplaced;
  Visit(task);
  --task.unplaced;
  task.changed.pop_back();
  task.fixed[Index(defence)] = false;
  task.open = open;
}

}  // namespace soutenance::scheduling::solver
