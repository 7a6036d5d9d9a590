#include "services/scheduling/solver/search/construct.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "services/scheduling/solver/search/compose.h"

namespace soutenance::scheduling::solver {
namespace {

constexpr int kStartsCompared = 24;
constexpr std::size_t kRoomsCompared = 2;  // that fit, for each start
// Finding people for more open seats than this takes so long that only so many places are tried for a
// defence.
constexpr std::size_t kSeatsMany = 8;
constexpr int kCompositionsMax = 60;

// What it takes to look at one place of `defence`: 1 but for large juries.
int64_t EffortOf(const Defence& defence) {
  if (defence.open_seats.size() <= kSeatsMany) return 1;
  int64_t candidates = 0;
  for (const OpenSeat& seat : defence.open_seats) candidates += static_cast<int64_t>(seat.candidates.size());
  return 1 + candidates / 4;
}

// The order in which defences are placed.
class Queue {
 public:
  Queue(const Problem& problem, const Candidates& candidates, absl::Span<const DefenceId> unplaced)
      : problem_(problem), candidates_(candidates), key_(problem.defences().size()) {
    for (const DefenceId id : unplaced) {
      key_[Index(id)] = {candidates.StartCount(id), -Crowd(id), id};
      waiting_.insert(key_[Index(id)]);
    }
  }

  std::optional<DefenceId> Pop() {
    if (waiting_.empty()) return std::nullopt;
    const DefenceId first = std::get<DefenceId>(*waiting_.begin());
    waiting_.erase(waiting_.begin());
    return first;
  }

  // The people of `placed` are taken during `time`.
  void Occupy(DefenceId placed, const Interval& time) {
    for (const Attendee& attendee : problem_.defence(placed).attendees) {
      for (const DefenceId other : problem_.person(attendee.person).defences) {
        const auto found = waiting_.find(key_[Index(other)]);
        if (other == placed || found == waiting_.end()) continue;
        waiting_.erase(found);
        std::get<0>(key_[Index(other)]) -= Colliding(other, time);
        waiting_.insert(key_[Index(other)]);
      }
    }
  }

 private:
  using Key = std::tuple<int, int, DefenceId>;

  // Most defences that one of its people attends.
  int Crowd(DefenceId id) const {
    std::size_t most = 0;
    for (const Attendee& attendee : problem_.defence(id).attendees) {
      most = std::max(most, problem_.person(attendee.person).defences.size());
    }
    return static_cast<int>(most);
  }

  // Starts of `id` at which it would overlap `time`.
  int Colliding(DefenceId id, const Interval& time) const {
    const std::optional<int> first =
        candidates_.FirstFrom(id, time.from - problem_.defence(id).duration_minutes + 1);
    const std::optional<int> last = candidates_.LastUntil(id, time.to - 1);
    return first && last ? std::max(0, *last - *first + 1) : 0;
  }

  const Problem& problem_;
  const Candidates& candidates_;
  std::vector<Key> key_;
  std::set<Key> waiting_;
};

// Looks for the cheapest of the places that fit one defence.
class Chooser {
 public:
  Chooser(const Construction& construction, const Composer& composer, State* state, DefenceId defence)
      : construction_(construction),
        composer_(composer),
        state_(*state),
        defence_(defence),
        is_large_(EffortOf(construction.problem.defence(defence)) > 1) {}

  bool found() const { return best_.has_value(); }

  void LookAt(int start_index) {
    const Candidates::Start start = construction_.candidates.StartAt(defence_, start_index);
    const std::size_t first = construction_.random.Below(start.rooms.size());
    std::size_t fitting = 0;
    for (std::size_t i = 0; i < start.rooms.size() && fitting < kRoomsCompared; ++i) {
      if (LookAt({start.start, start.rooms[(first + i) % start.rooms.size()]})) ++fitting;
    }
  }

  // Returns whether the start and the room of `at` fit, with whoever can hold the open seats.
  bool LookAt(const Placement& at) {
    Placement place{at.start, at.room};
    if (is_large_) {
      if (compositions_ == kCompositionsMax ||
          !construction_.fit.HasRoom(state_.timetable(), {}, defence_, at))
        return false;
      ++compositions_;
    }
    if (!composer_.Fill(state_.timetable(), {}, defence_, &place, construction_.random, Composer::Who::kFree))
      return false;
    if (!construction_.fit.Fits(state_.timetable(), {}, defence_, place)) return false;
    const Score gain = state_.Try({{defence_, place}});
    if (!best_ || gain < best_gain_) {
      best_ = place;
      best_gain_ = gain;
    }
    return true;
  }

  // Right before and after what its people have already, in the same room.
  void LookBesideCompanions() {
    constexpr std::size_t kCompanionsMax = 12;
    const Candidates& candidates = construction_.candidates;
    std::size_t seen = 0;
    for (const Attendee& attendee : construction_.problem.defence(defence_).attendees) {
      for (const DefenceId other : construction_.problem.person(attendee.person).defences) {
        const std::optional<Placement>& there = state_.timetable().PlacementOf(other);
        if (!there || ++seen > kCompanionsMax) continue;
        const Minute buffer = construction_.problem.buffer_minutes();
        const Interval time = construction_.problem.TimeOf(other, there->start);
        const Minute before = time.from - buffer - construction_.problem.defence(defence_).duration_minutes;
        if (const auto after = candidates.FirstFrom(defence_, time.to + buffer)) LookInRoom(*after, *there);
        if (const auto last = candidates.LastUntil(defence_, before)) LookInRoom(*last, *there);
      }
    }
  }

  std::optional<Placement> best() const { return best_; }

 private:
  void LookInRoom(int start_index, const Placement& there) {
    const Candidates::Start start = construction_.candidates.StartAt(defence_, start_index);
    if (start.start / kMinutesPerDay != there.start / kMinutesPerDay) return;
    if (std::binary_search(start.rooms.begin(), start.rooms.end(), there.room)) {
      LookAt(Placement{start.start, there.room});
    }
  }

  const Construction& construction_;
  const Composer& composer_;
  State& state_;
  DefenceId defence_;
  bool is_large_;
  int compositions_ = 0;
  std::optional<Placement> best_;
  Score best_gain_;
};

std::optional<Placement> CheapestPlace(const Construction& construction, const Composer& composer,
                                       DefenceId defence, State* state) {
  const int count = construction.candidates.StartCount(defence);
  if (count == 0) return std::nullopt;
  Chooser chooser(construction, composer, state, defence);
  chooser.LookBesideCompanions();
  // Spread over all starts, from anywhere; if none of these fits, all of them.
  const auto offset = static_cast<int>(construction.random.Below(static_cast<std::size_t>(count)));
  const int stride = std::max(1, count / kStartsCompared);
  for (int i = 0; i < count; i += stride) chooser.LookAt((offset + i) % count);
  for (int i = 0; i < count && stride > 1 && !chooser.found(); ++i) chooser.LookAt((offset + i) % count);
  return chooser.best();
}

int TakeOverRank(const Problem& problem, DefenceId id, const Placement& at) {
  const Defence& defence = problem.defence(id);
  if (!defence.pin.IsEmpty()) return 0;
  const bool as_published =
      defence.reference && defence.reference->start == at.start && defence.reference->room == at.room;
  return as_published ? 1 : 2;
}

}  // namespace

void TakeOver(const Construction& construction, const Placements& start, State* state) {
  std::vector<std::pair<int, DefenceId>> order;
  ForEachId<DefenceId>(construction.problem.DefenceCount(), [&](DefenceId id) {
    if (Index(id) >= start.size() || !start[Index(id)]) return;
    order.emplace_back(TakeOverRank(construction.problem, id, *start[Index(id)]), id);
  });
  std::sort(order.begin(), order.end());
  for (const auto& [rank, id] : order) {
    const Placement& at = *start[Index(id)];
    if (construction.rules.ForbidsAlone(construction.problem, id, at) ||
        !construction.fit.Fits(state->timetable(), {}, id, at)) {
      continue;
    }
    state->Try({{id, at}});
    state->Accept();
  }
}

void PlaceGreedily(const Construction& construction, State* state) {
  const Composer composer(construction.problem, construction.fit);
  Queue queue(construction.problem, construction.candidates, state->unplaced());
  ForEachId<DefenceId>(construction.problem.DefenceCount(), [&](DefenceId id) {
    const std::optional<Placement>& at = state->timetable().PlacementOf(id);
    if (at) queue.Occupy(id, construction.problem.TimeOf(id, at->start));
  });
  while (const std::optional<DefenceId> next = queue.Pop()) {
    if (construction.should_stop()) return;
    const std::optional<Placement> place = CheapestPlace(construction, composer, *next, state);
    if (!place) continue;
    state->Try({{*next, *place}});
    state->Accept();
    queue.Occupy(*next, construction.problem.TimeOf(*next, place->start));
  }
}

namespace {

constexpr int kCandidatesCompared = 40;
constexpr std::size_t kBlockersMax = 4;
constexpr int kStepsPerUnplaced = 100;
// Starts looked at in all: where far too much is left over, walks find more in the same time.
constexpr int64_t kStartsLookedAtMax = 500'000;

// What Repair keeps from step to step.
class Repairer {
 public:
  Repairer(const Construction& construction, State* state)
      : construction_(construction),
        composer_(construction.problem, construction.fit),
        state_(*state),
        taken_out_(construction.problem.defences().size()) {
    for (const DefenceId id : state->unplaced()) {
      if (construction.candidates.StartCount(id) > 0) waiting_.push_back(id);
    }
  }

  bool IsDone() const { return waiting_.empty() || looked_at_ > kStartsLookedAtMax; }
  std::size_t waiting() const { return waiting_.size(); }

  void Step() {
    const DefenceId defence = waiting_.front();
    waiting_.erase(waiting_.begin());
    const int64_t effort = EffortOf(construction_.problem.defence(defence));
    const int64_t places = construction_.candidates.StartCount(defence) + kCandidatesCompared;
    looked_at_ +=
        effort == 1 ? places : effort * std::min<int64_t>(places, kCompositionsMax + kCandidatesCompared);
    if (const std::optional<Placement> free = CheapestPlace(construction_, composer_, defence, &state_)) {
      state_.Try({{defence, *free}});
      state_.Accept();
      return;
    }
    const Move move = LeastResented(defence);
    if (move.empty()) {
      waiting_.push_back(defence);
      return;
    }
    state_.Try(move);
    state_.Accept();
    for (const solver::Step& step : move) {
      if (step.to) continue;
      ++taken_out_[Index(step.defence)];
      waiting_.push_back(step.defence);
    }
  }

 private:
  Move LeastResented(DefenceId defence) {
    Move best;
    int64_t least = std::numeric_limits<int64_t>::max();
    const auto count = static_cast<std::size_t>(construction_.candidates.StartCount(defence));
    Defences blockers;
    for (int i = 0; i < kCandidatesCompared; ++i) {
      const Candidates::Start start =
          construction_.candidates.StartAt(defence, static_cast<int>(construction_.random.Below(count)));
      Placement to{start.start, start.rooms[construction_.random.Below(start.rooms.size())]};
      if (!composer_.Fill(state_.timetable(), {}, defence, &to, construction_.random) ||
          !construction_.fit.FindBlockers(state_.timetable(), {}, defence, to, kBlockersMax,
                                          construction_.random, &blockers)) {
        continue;
      }
      int64_t resentment = 0;
      for (const DefenceId blocker : blockers) resentment += 1 + taken_out_[Index(blocker)];
      if (resentment >= least) continue;
      least = resentment;
      best = {{defence, to}};
      for (const DefenceId blocker : blockers) best.push_back({blocker, std::nullopt});
    }
    return best;
  }

  const Construction& construction_;
  const Composer composer_;
  State& state_;
  std::vector<int64_t> taken_out_;
  int64_t looked_at_ = 0;
  std::vector<DefenceId> waiting_;  // longest first
};

}  // namespace

void Repair(const Construction& construction, State* state) {
  Repairer repairer(construction, state);
  if (repairer.waiting() == 0) return;
  Score best_score = state->score();
  Placements best = state->timetable().placements();
  const auto steps = static_cast<int>(repairer.waiting()) * kStepsPerUnplaced;
  for (int i = 0; i < steps && !repairer.IsDone() && !construction.should_stop(); ++i) {
    repairer.Step();
    if (state->score() >= best_score) continue;
    best_score = state->score();
    best = state->timetable().placements();
  }
  if (state->score() != best_score) state->Reset(best);
}

}  // namespace soutenance::scheduling::solver
