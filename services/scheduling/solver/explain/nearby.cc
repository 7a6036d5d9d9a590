#include "services/scheduling/solver/explain/nearby.h"

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "services/scheduling/solver/explain/part.h"
#include "services/scheduling/solver/explain/shrinker.h"

namespace soutenance::scheduling::solver {
namespace {

constexpr int kRoundsMax = 4;
constexpr std::size_t kNearMax = 150;
constexpr int kFewRooms = 3;

// A reason found in a part, in the ids of the whole. Days, rooms and roles are the same in both.
ConflictSet InWhole(const Problem& part, const Problem& whole, ConflictSet conflict) {
  const auto defence_of = [&](DefenceId id) { return *whole.FindDefence(part.defence(id).key); };
  conflict.defence = defence_of(conflict.defence);
  for (ConflictSet::Told& told : conflict.facts) {
    if (told.fact.person) told.fact.person = whole.FindPerson(part.person(*told.fact.person).key);
    if (told.fact.defence) told.fact.defence = defence_of(*told.fact.defence);
    for (DefenceId& id : told.defences) id = defence_of(id);
  }
  return conflict;
}

// Facts of persons, but for what one day has, are about all their defences.
bool IsAboutAllOfPerson(const NamedFact& fact) { return fact.person.has_value() && !fact.day.has_value(); }

}  // namespace

std::optional<ConflictSet> Explainer::Nearby::OfOnePerson() {
  for (const Attendee& attendee : state_.problem.defence(defence_).attendees) {
    std::set<DefenceId> near = AllOf(attendee.person);
    if (near.size() < 2) continue;
    Question question{.near = std::move(near), .only_counted = true, .literals_max = kLiteralsMaxNear};
    if (std::optional<ConflictSet> found = Among(std::move(question))) return found;
  }
  return std::nullopt;
}

std::optional<ConflictSet> Explainer::Nearby::OfAll() {
  Question question{.near = {defence_}, .literals_max = kLiteralsMaxNear};
  for (const Attendee& attendee : state_.problem.defence(defence_).attendees) {
    question.near.merge(AllOf(attendee.person));
  }
  if (std::optional<ConflictSet> found = Among(question)) return found;
  question.minds_rooms = true;
  AddRivals(question.near);
  return Among(std::move(question));
}

std::optional<ConflictSet> Explainer::Nearby::Among(Question question) {
  for (int round = 0; round < kRoundsMax && question.near.size() <= kNearMax && !state_.IsStopped();
       ++round) {
    const absl::StatusOr<Problem> part = Problem::Create(state_.parts().SpecOf(question.near));
    if (!part.ok()) return std::nullopt;
    const Timetable timetable = PartOf(state_.timetable, *part);
    ExplainBudget budget = state_.budget;
    budget.literals_max = question.literals_max;
    Explainer explainer(timetable, std::move(budget), {.minds_rooms = question.minds_rooms});
    const DefenceId own = *part->FindDefence(state_.problem.defence(defence_).key);
    if (question.only_counted && !Shrinker(*explainer.state_, own).IsCounted()) return std::nullopt;
    if (!question.only_counted && explainer.state_->IsLarge()) return std::nullopt;
    ConflictSet found = explainer.ConflictInAll(own);
    if (found.kind != ConflictSet::Kind::kConflict) return std::nullopt;
    found = InWhole(*part, state_.problem, std::move(found));
    const std::size_t before = question.near.size();
    for (const ConflictSet::Told& told : found.facts) {
      if (IsAboutAllOfPerson(told.fact)) question.near.merge(AllOf(*told.fact.person));
    }
    // What is new may change what is needed.
    if (question.near.size() > before) continue;
    found.is_minimal = found.is_minimal && !state_.problem.HasOpenSeats() && OthersFit(found, question.near);
    return found;
  }
  return std::nullopt;
}

std::set<DefenceId> Explainer::Nearby::AllOf(PersonId person) const {
  std::set<DefenceId> all;
  for (const DefenceId id : state_.problem.person(person).defences) {
    if (wanted_[Index(id)]) all.insert(id);
  }
  return all;
}

// If few rooms will do, those that are in them.
void Explainer::Nearby::AddRivals(std::set<DefenceId>& near) const {
  const Problem& problem = state_.problem;
  std::set<RoomId> rooms;
  ForEachId<RoomId>(problem.RoomCount(), [&](RoomId room) {
    if (CanBeIn(problem, problem.defence(defence_), room)) rooms.insert(room);
  });
  if (static_cast<int>(rooms.size()) > kFewRooms) return;
  ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) {
    const std::optional<Placement>& at = state_.timetable.PlacementOf(id);
    if (at && rooms.count(at->room) > 0) near.insert(id);
  });
}

// Whether those that are left out find a place on some day, whatever else happens, while only these facts
// hold.
bool Explainer::Nearby::OthersFit(const ConflictSet& conflict, const std::set<DefenceId>& near) const {
  const Problem& problem = state_.problem;
  std::vector<bool> has_rooms(problem.days().size(), true);  // as many as one likes
  std::set<std::pair<PersonId, DayId>> told_days;
  for (const ConflictSet::Told& told : conflict.facts) {
    if (told.fact.rule == RuleId::kRoomClash) has_rooms[Index(*told.fact.day)] = false;
    if (told.fact.person && told.fact.day) told_days.emplace(*told.fact.person, *told.fact.day);
  }
  bool all_fit = true;
  ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) {
    if (!wanted_[Index(id)] || near.count(id) > 0 || !all_fit) return;
    const Defence& defence = problem.defence(id);
    bool fits = false;
    ForEachId<DayId>(problem.DayCount(), [&](DayId day) {
      if (fits || !has_rooms[Index(day)]) return;
      const bool is_told = absl::c_any_of(defence.attendees, [&](const Attendee& attendee) {
        return told_days.count({attendee.person, day}) > 0;
      });
      fits = !is_told && absl::c_any_of(problem.day(day).opening, [&](const Interval& window) {
        return window.to - window.from >= defence.duration_minutes;
      });
    });
    all_fit = fits;
  });
  return all_fit;
}

}  // namespace soutenance::scheduling::solver
