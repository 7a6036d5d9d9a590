#include "services/scheduling/solver/explain/around.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/algorithm/container.h"
#include "services/scheduling/solver/explain/repairer.h"

namespace soutenance::scheduling::solver {
namespace {

// Many questions are asked of each, most of which are easy.
constexpr int64_t kPartOfBudget = 10;

std::vector<PersonId> PeopleOf(const Problem& part, const std::vector<PersonId>& people,
                               const Problem& whole) {
  std::vector<PersonId> there;
  for (const PersonId id : people) {
    if (const auto found = part.FindPerson(whole.person(id).key)) there.push_back(*found);
  }
  std::sort(there.begin(), there.end());
  return there;
}

}  // namespace

Explainer::Around::Around(State& whole, const std::vector<DefenceId>& centre,
                          const std::vector<PersonId>& free)
    : whole_(whole), centre_(centre), free_(free), surroundings_(whole.timetable, whole.parts(), centre) {
  if (!surroundings_.IsThere()) return;
  ExplainBudget budget = whole.budget;
  budget.literals_max = kLiteralsMaxNear;
  budget.conflicts /= kPartOfBudget;
  explainer_ = std::unique_ptr<Explainer>(new Explainer(
      surroundings_.timetable(), std::move(budget),
      {.minds_rooms = true, .only_these_free = PeopleOf(surroundings_.problem(), free, whole.problem)}));
  if (explainer_->state_->IsLarge()) explainer_.reset();
}

int64_t Explainer::Around::Size() const { return explainer_ ? explainer_->state_->Size() : 0; }

DefenceId Explainer::Around::InPart(DefenceId id) const {
  return *surroundings_.problem().FindDefence(whole_.problem.defence(id).key);
}

DefenceId Explainer::Around::InWhole(DefenceId id) const {
  return *whole_.problem.FindDefence(surroundings_.problem().defence(id).key);
}

std::vector<RepairStep> Explainer::Around::StepsInWhole(std::vector<RepairStep> steps) const {
  for (RepairStep& step : steps) {
    if (step.person)
      step.person = whole_.problem.FindPerson(surroundings_.problem().person(*step.person).key);
  }
  return steps;
}

bool Explainer::Around::Fits() {
  if (explainer_ == nullptr) return false;
  const std::optional<Repairer::Found> found =
      Repairer(*explainer_->state_, InPart(centre_.front())).Nothing();
  return found && Proven({}, found->placements, false).has_value();
}

std::vector<Repair> Explainer::Around::Repairs() {
  std::vector<Repair> proven;
  if (explainer_ == nullptr) return proven;
  for (Repairer::Found& found : Repairer(*explainer_->state_, InPart(centre_.front())).Find()) {
    Repair& repair = found.repair;
    if (!Proven(repair.steps, found.placements, false)) continue;
    repair.steps = StepsInWhole(std::move(repair.steps));
    for (DefenceId& id : repair.more) id = InWhole(id);
    absl::c_sort(repair.more, [&](DefenceId a, DefenceId b) {
      return std::pair(a != centre_.front(), a) < std::pair(b != centre_.front(), b);
    });
    repair.sentence = RepairSentence(whole_.problem, repair);
    proven.push_back(std::move(repair));
  }
  return proven;
}

std::optional<Placements> Explainer::Around::Applied(const std::vector<RepairStep>& steps,
                                                     const std::vector<DefenceId>& more) {
  if (explainer_ == nullptr) return std::nullopt;
  State& state = *explainer_->state_;
  std::vector<bool> wanted = state.Wanted(InPart(more.front()));
  for (const DefenceId id : more) wanted[Index(InPart(id))] = true;
  std::vector<RepairStep> own = steps;
  for (RepairStep& step : own) {
    if (!step.person) continue;
    step.person = surroundings_.problem().FindPerson(whole_.problem.person(*step.person).key);
    if (!step.person) return std::nullopt;
  }
  const std::optional<Placements> placements =
      Repairer(state, InPart(more.front()), std::move(wanted)).Apply(own);
  return placements ? Proven(own, *placements, true) : std::nullopt;
}

std::optional<Placements> Explainer::Around::Proven(const std::vector<RepairStep>& steps,
                                                    const Placements& own, bool all) const {
  const Problem& whole = whole_.problem;
  const absl::StatusOr<Problem> own_changed = Problem::Create(Repaired(surroundings_.problem(), steps));
  if (!own_changed.ok()) return std::nullopt;
  // All that share people or the day of a room with one that changed: rules look no further.
  std::set<DefenceId> touched;
  std::set<DefenceId> changed;
  ForEachId<DefenceId>(own_changed->DefenceCount(), [&](DefenceId id) {
    const DefenceId there = InWhole(id);
    const std::optional<Placement>& before = whole_.timetable.PlacementOf(there);
    const std::optional<Placement>& now = own[Index(id)];
    if (!now || (before && before->start == now->start &&
                 whole.room(before->room).key == own_changed->room(now->room).key)) {
      return;
    }
    changed.insert(there);
    for (const Attendee& attendee : whole.defence(there).attendees) {
      const std::vector<DefenceId>& others = whole.person(attendee.person).defences;
      touched.insert(others.begin(), others.end());
    }
    const std::optional<RoomId> room = whole.FindRoom(own_changed->room(now->room).key);
    const std::optional<DayId> day = whole.DayOf(now->start);
    if (!room || !day) return;
    for (const Placed& placed : whole_.timetable.RoomDay(*room, *day)) touched.insert(placed.defence);
  });
  if (all || !whole_.IsComplete()) {
    ForEachId<DefenceId>(whole.DefenceCount(), [&](DefenceId id) { touched.insert(id); });
  }
  const absl::StatusOr<Problem> part = Problem::Create(whole_.parts().SpecOf(touched));
  if (!part.ok()) return std::nullopt;
  std::vector<RepairStep> part_steps;
  for (RepairStep step : steps) {
    if (step.person) {
      step.person = part->FindPerson(surroundings_.problem().person(*step.person).key);
      if (!step.person) continue;  // attends nothing that changed
    }
    part_steps.push_back(step);
  }
  const absl::StatusOr<Problem> then = Problem::Create(Repaired(*part, part_steps));
  if (!then.ok()) return std::nullopt;
  Placements placements(static_cast<std::size_t>(then->DefenceCount()));
  for (std::size_t i = 0; i < placements.size(); ++i) {
    const DefenceId there = *whole.FindDefence(then->defences()[i].key);
    std::optional<Placement> at = whole_.timetable.PlacementOf(there);
    std::optional<RoomId> room;
    if (changed.count(there) > 0) {
      const Placement& now = *own[Index(InPart(there))];
      room = then->FindRoom(own_changed->room(now.room).key);
      at = Placement{now.start, {}, at ? at->holders : Holders()};
    } else if (at) {
      room = then->FindRoom(whole.room(at->room).key);
    } else {
      continue;
    }
    if (!room) return std::nullopt;
    at->room = *room;
    if (!CheckPlacement(*then, static_cast<DefenceId>(i), *at).ok()) return std::nullopt;
    placements[i] = at;
  }
  const Timetable timetable(*then, placements);
  if (RuleSet(*then).Evaluate(timetable).hard() != 0) return std::nullopt;
  return placements;
}

}  // namespace soutenance::scheduling::solver
