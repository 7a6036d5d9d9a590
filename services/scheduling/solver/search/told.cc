#include "services/scheduling/solver/search/told.h"

#include <algorithm>

namespace soutenance::scheduling::solver {

Told::Told(const Problem& problem)
    : problem_(problem),
      of_one_(problem.rule(RuleId::kDisturbance).parameter),
      most_(problem.persons().size()),
      changes_(problem.persons().size()) {}

void Told::Clear() { BackTo(0); }

void Told::Add(PersonId person, int64_t points) {
  if (points == 0) return;
  int64_t& most = most_[Index(person)];
  int32_t& changes = changes_[Index(person)];
  added_.push_back({person, most});
  if (changes++ == 0) {
    ++people_;
  } else {
    ++points_;
  }
  points_ += std::max<int64_t>(0, points - most);
  most = std::max(most, points);
}

void Told::BackTo(std::size_t mark) {
  while (added_.size() > mark) {
    const Added& last = added_.back();
    int64_t& most = most_[Index(last.person)];
    points_ -= most - last.most_before;
    most = last.most_before;
    if (--changes_[Index(last.person)] == 0) {
      --people_;
    } else {
      --points_;
    }
    added_.pop_back();
  }
}

void Told::AddPlace(DefenceId id, const std::optional<Placement>& to) {
  const Defence& defence = problem_.defence(id);
  if (to) {
    for (const Attendee& attendee : Attendees(defence, to->holders)) {
      Add(attendee.person, of_one_.Of(problem_, defence, *to, attendee));
    }
    return;
  }
  if (!defence.reference) return;
  for (const Attendee& attendee : defence.attendees) {
    Add(attendee.person, of_one_.ByStart(problem_, defence.reference->start));
  }
}

}  // namespace soutenance::scheduling::solver
