#include "services/scheduling/solver/search/compose.h"

#include <algorithm>
#include <utility>

namespace soutenance::scheduling::solver {
namespace {

// The candidates of a seat who can hold it, by their position, best first.
using Choice = absl::InlinedVector<uint8_t, 16>;

// Gives each seat one of its choices so that no person has two: augmenting paths, seat by seat, so that a
// seat gives up its best choice only for one that has no other.
class Matching {
 public:
  Matching(const Defence& defence, const std::vector<Choice>& choices)
      : defence_(defence), choices_(choices), held_(choices.size(), -1) {}

  bool Run() {
    for (std::size_t seat = 0; seat < choices_.size(); ++seat) {
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
      if (all_different && IsGiven(defence, person)) continue;
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
      minds_availability_(problem.rule(RuleId::kAvailability).IsHard()),
      minds_cost_(problem.rule(RuleId::kSeatCost).IsOn()),
      minds_absence_(problem.rule(RuleId::kRoleAbsence).IsOn()),
      all_different_(problem.rule(RuleId::kOneSeat).IsHard()) {}

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
  const Defence& defence = problem_.defence(id);
  const std::optional<Placement>& now = timetable.PlacementOf(id);
  const Interval time = problem_.TimeOf(id, to->start);
  const bool anybody = random.Below(8) == 0;
  std::vector<Choice> choices(defence.open_seats.size());
  std::vector<std::pair<int64_t, uint8_t>> ranked;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const OpenSeat& seat = defence.open_seats[i];
    const std::optional<PersonId> sitting =
        boards_.Stays(seat) ? boards_.Sitting(timetable, moving, id, *seat.role_id, *to) : std::nullopt;
    ranked.clear();
    for (std::size_t j = 0; j < seat.candidates.size(); ++j) {
      const Candidate& candidate = seat.candidates[j];
      if (seat.pinned.value_or(j) != j) continue;
      if (minds_availability_ && AnyOverlaps(problem_.person(candidate.person).blocked, time)) continue;
      if (all_different_ && IsGiven(defence, candidate.person)) continue;
      int64_t rank = anybody ? static_cast<int64_t>(random.Below(1024)) : Reluctance(timetable, candidate);
      const int64_t absence = AbsenceCost(seat, candidate.person, time);
      if (now && now->holders[i] == j && !anybody) rank = -1;
      if (absence > 0) rank = std::max(rank, int64_t{0}) + (absence << 20);
      if (sitting == candidate.person) rank = -2;
      if (!fit_.IsFree(timetable, moving, id, {candidate.person, seat.remote}, *to) ||
          (seat.role_id && !fit_.MayHold(timetable, moving, id, *seat.role_id, candidate.person, *to))) {
        rank += kTaken;
      }
      ranked.emplace_back(rank, static_cast<uint8_t>(j));
    }
    // From anywhere, so that those who are equally good come in turn.
    if (ranked.empty()) return false;
    std::rotate(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(random.Below(ranked.size())),
                ranked.end());
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [rank, candidate] : ranked) choices[i].push_back(candidate);
  }
  Matching matching(defence, choices);
  if (all_different_ && !matching.Run()) return false;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    to->holders[i] = all_different_ ? matching.HolderOf(i) : choices[i].front();
  }
  return true;
}

}  // namespace soutenance::scheduling::solver
