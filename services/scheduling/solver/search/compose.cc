#include "services/scheduling/solver/search/compose.h"

#include <algorithm>
#include <utility>

namespace soutenance::scheduling::solver {
namespace {

// The candidates of a seat who can hold it, by their position, best first.
using Choice = absl::InlinedVector<uint8_t, 16>;

// Gives each seat that is not shared one of its choices so that no person has two: augmenting paths, seat by
// seat, so that a seat gives up its best choice only for one that has no other.
class Matching {
 public:
  Matching(const Defence& defence, const std::vector<Choice>& choices)
      : defence_(defence), choices_(choices), held_(choices.size(), -1) {}

  bool Run() {
    for (std::size_t seat = 0; seat < choices_.size(); ++seat) {
      if (defence_.open_seats[seat].shared) continue;
      tried_.clear();
      if (!Seat(seat)) return false;
    }
    return true;
  }

  uint8_t HolderOf(std::size_t seat) const { return static_cast<uint8_t>(held_[seat]); }

 private:
  PersonId PersonOf(std::size_t seat, int choice) const {
    return defence_.open_seats[seat].candidates[static_cast<std::size_t>(choice)].person;
  }

  bool Seat(std::size_t seat) {
    for (const uint8_t choice : choices_[seat]) {
      const PersonId person = PersonOf(seat, choice);
      if (std::find(tried_.begin(), tried_.end(), person) != tried_.end()) continue;
      tried_.push_back(person);
      std::size_t other = 0;
      while (other < held_.size() && (held_[other] < 0 || PersonOf(other, held_[other]) != person)) ++other;
      if (other < held_.size() && !Seat(other)) continue;
      held_[seat] = choice;
      return true;
    }
    return false;
  }

  const Defence& defence_;
  const std::vector<Choice>& choices_;
  absl::InlinedVector<int, kOpenSeatsMax> held_;  // -1: nobody yet
  absl::InlinedVector<PersonId, 16> tried_;
};

bool IsGiven(const Defence& defence, PersonId person) {
  return std::any_of(defence.attendees.begin(), defence.attendees.end(),
                     [person](const Attendee& attendee) { return attendee.person == person; });
}

}  // namespace

bool CanBeHeld(const Problem& problem, DefenceId id, const Interval& time) {
  const Defence& defence = problem.defence(id);
  const bool minds_availability = problem.rule(RuleId::kAvailability).IsHard();
  const bool all_different = problem.rule(RuleId::kOneSeat).IsHard();
  std::vector<Choice> choices(defence.open_seats.size());
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const std::vector<Candidate>& candidates = defence.open_seats[i].candidates;
    for (std::size_t j = 0; j < candidates.size(); ++j) {
      const PersonId person = candidates[j].person;
      if (defence.open_seats[i].pinned.value_or(j) != j) continue;
      if (minds_availability && AnyOverlaps(problem.person(person).blocked, time)) continue;
      if (all_different && !defence.open_seats[i].shared && IsGiven(defence, person)) continue;
      choices[i].push_back(static_cast<uint8_t>(j));
    }
    if (choices[i].empty()) return false;
  }
  return !all_different || Matching(defence, choices).Run();
}

Composer::Composer(const Problem& problem, const Fit& fit)
    : problem_(problem),
      fit_(fit),
      boards_(problem, fit),
      presence_(problem),
      minds_cost_(problem.rule(RuleId::kSeatCost).IsOn()),
      minds_absence_(problem.rule(RuleId::kRoleAbsence).IsOn()),
      all_different_(problem.rule(RuleId::kOneSeat).IsHard()),
      minds_size_(problem.rule(RuleId::kJurySize).IsOn()) {}

// Shared seats go to people who have another seat of the defence or are its guests; else to whoever can hold
// most of those that are left.
void Composer::ShareSeats(const Timetable& timetable, const Move& moving, DefenceId id, Placement* to) const {
  const Defence& defence = problem_.defence(id);
  const Presence::At present = presence_.Of(id, to->start);
  std::vector<std::size_t> left;
  for (std::size_t i = 0; i < defence.open_seats.size(); ++i) {
    if (defence.open_seats[i].shared && !defence.open_seats[i].pinned) left.push_back(i);
  }
  const auto can_come = [&](PersonId person, bool remote) {
    return present.CanCome(person) && fit_.IsFree(timetable, moving, id, {person, remote}, *to);
  };
  const auto give = [&](PersonId person) {
    std::erase_if(left, [&](std::size_t i) {
      const std::optional<uint8_t> found = FindCandidate(defence.open_seats[i], person);
      if (!found || !can_come(person, defence.open_seats[i].remote)) return false;
      to->holders[i] = *found;
      return true;
    });
  };
  for (const Attendee& attendee : defence.attendees) give(attendee.person);
  for (std::size_t i = 0; i < defence.open_seats.size(); ++i) {
    if (!defence.open_seats[i].shared) give(HolderOf(defence, to->holders, i));
  }
  for (const Seat& guest : defence.guests) give(guest.person);
  while (!left.empty()) {
    const OpenSeat& first = defence.open_seats[left.front()];
    PersonId best = HolderOf(defence, to->holders, left.front());
    int most = 0;
    for (const Candidate& candidate : first.candidates) {
      const auto covers = static_cast<int>(std::count_if(left.begin(), left.end(), [&](std::size_t i) {
        return FindCandidate(defence.open_seats[i], candidate.person).has_value();
      }));
      if (covers <= most || !can_come(candidate.person, first.remote)) continue;
      most = covers;
      best = candidate.person;
    }
    const std::size_t before = left.size();
    if (most > 0) give(best);
    if (left.size() == before) left.erase(left.begin());  // as it is
  }
}

// Less is better: cost before load.
int64_t Composer::Reluctance(const Timetable& timetable, const Candidate& candidate) const {
  const Person& person = problem_.person(candidate.person);
  const int total = timetable.PersonTotal(candidate.person);
  const int64_t load = person.max_total > 0 ? int64_t{total} * 1000 / person.max_total : total;
  return (minds_cost_ ? int64_t{candidate.cost} << 20 : 0) + load;
}

int64_t Composer::AbsenceCost(const OpenSeat& seat, PersonId person, const Interval& time) const {
  if (!minds_absence_ || !seat.role_id) return 0;
  const int64_t cost = problem_.role(*seat.role_id).absence_cost;
  return cost > 0 && AnyOverlaps(problem_.person(person).blocked, time) ? cost : 0;
}

bool Composer::FillSeats(const Timetable& timetable, const Move& moving, DefenceId id, Placement* to,
                         Random& random) const {
  constexpr int64_t kTaken = int64_t{1} << 50;
  constexpr std::size_t kFewSeats = 3;
  const Defence& defence = problem_.defence(id);
  const std::optional<Placement>& now = timetable.PlacementOf(id);
  const Interval time = problem_.TimeOf(id, to->start);
  const Presence::At present = presence_.Of(id, to->start);
  const bool anybody = random.Below(8) == 0;
  std::vector<Choice> choices(defence.open_seats.size());
  // By rank, then by the place in a round that begins anywhere, so that those who are equally good come in
  // turn.
  struct Ranked {
    int64_t rank;
    std::size_t turn;
    uint8_t candidate;
    bool operator<(const Ranked& other) const {
      return rank != other.rank ? rank < other.rank : turn < other.turn;
    }
  };
  absl::InlinedVector<Ranked, 64> ranked;
  // Where a jury has many seats most people are candidates for several: each is asked once.
  enum : int8_t { kNotAsked, kAway, kBusy, kFree };
  std::vector<int8_t> known;  // by person
  if (defence.open_seats.size() > kFewSeats) known.assign(problem_.persons().size(), kNotAsked);
  const auto ask = [&](PersonId person, bool remote) -> int8_t {
    if (!present.CanCome(person)) return kAway;
    return fit_.IsFree(timetable, moving, id, {person, remote}, *to) ? kFree : kBusy;
  };
  const auto answer_of = [&](PersonId person, bool remote) -> int8_t {
    if (known.empty() || remote) return ask(person, remote);
    int8_t& answer = known[Index(person)];
    if (answer == kNotAsked) answer = ask(person, remote);
    return answer;
  };
  // Of the role of the seat before, whose seats are given in turn.
  std::optional<RoleId> role;
  People board;
  std::size_t turn = 0;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const OpenSeat& seat = defence.open_seats[i];
    std::optional<PersonId> sitting;
    if (boards_.Stays(seat)) {
      if (role != seat.role_id) {
        board = boards_.Sitting(timetable, moving, id, *seat.role_id, *to);
        turn = 0;
        role = seat.role_id;
      }
      if (!board.empty()) sitting = board[std::min(turn, board.size() - 1)];
      ++turn;
    }
    ranked.clear();
    for (std::size_t j = 0; j < seat.candidates.size(); ++j) {
      const Candidate& candidate = seat.candidates[j];
      if (seat.pinned.value_or(j) != j) continue;
      const int8_t answer = answer_of(candidate.person, seat.remote);
      if (answer == kAway) continue;
      if (all_different_ && !seat.shared && IsGiven(defence, candidate.person)) continue;
      int64_t rank = anybody ? static_cast<int64_t>(random.Below(1024)) : Reluctance(timetable, candidate);
      const int64_t absence = AbsenceCost(seat, candidate.person, time);
      if (now && now->holders[i] == j && !anybody) rank = -1;
      if (absence > 0) rank = std::max(rank, int64_t{0}) + (absence << 20);
      if (sitting == candidate.person) rank = -2;
      if (answer == kBusy ||
          (seat.role_id && !fit_.MayHold(timetable, moving, id, *seat.role_id, candidate.person, *to))) {
        rank += kTaken;
      }
      ranked.push_back({rank, 0, static_cast<uint8_t>(j)});
    }
    if (ranked.empty()) return false;
    const std::size_t first = random.Below(ranked.size());
    for (std::size_t n = 0; n < ranked.size(); ++n) {
      ranked[n].turn = n >= first ? n - first : n + ranked.size() - first;
    }
    std::sort(ranked.begin(), ranked.end());
    for (const Ranked& each : ranked) choices[i].push_back(each.candidate);
  }
  Matching matching(defence, choices);
  if (all_different_ && !matching.Run()) return false;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const bool is_matched = all_different_ && !defence.open_seats[i].shared;
    to->holders[i] = is_matched ? matching.HolderOf(i) : choices[i].front();
  }
  if (minds_size_ && !anybody) ShareSeats(timetable, moving, id, to);
  return true;
}

}  // namespace soutenance::scheduling::solver
