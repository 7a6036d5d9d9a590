#include "services/scheduling/solver/explain/compare.h"

#include <map>

#include "services/scheduling/solver/constraints/catalogue.h"

namespace soutenance::scheduling::solver {
namespace {

std::optional<DefenceDifference> DifferenceOf(const Timetable& before, const Timetable& after, DefenceId id) {
  using Kind = DefenceDifference::Kind;
  const std::optional<Placement>& was = before.PlacementOf(id);
  const std::optional<Placement>& is = after.PlacementOf(id);
  if (was == is) return std::nullopt;
  const Kind kind = !was ? Kind::kNew : !is ? Kind::kCancelled : Kind::kMoved;
  return DefenceDifference{id, kind, was, is};
}

}  // namespace

Comparison Compare(const Timetable& before, const Timetable& after) {
  const Problem& problem = before.problem();
  const RuleSet rules(problem);
  Comparison comparison;
  for (const RuleSet::Entry& entry : rules.entries()) {
    const int64_t points_before = entry.rule.weight * entry.constraint->Penalty(before);
    const int64_t points_after = entry.rule.weight * entry.constraint->Penalty(after);
    comparison.before.Add(entry.rule.level, points_before);
    comparison.after.Add(entry.rule.level, points_after);
    if (points_before != points_after) {
      comparison.rules.push_back({entry.rule.id, entry.rule.level, points_before, points_after});
    }
  }
  std::map<PersonId, std::vector<DefenceId>> concerned;
  ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) {
    const std::optional<DefenceDifference> difference = DifferenceOf(before, after, id);
    if (!difference) {
      ++comparison.unchanged_count;
      return;
    }
    comparison.defences.push_back(*difference);
    for (const Attendee& attendee : problem.defence(id).attendees) concerned[attendee.person].push_back(id);
  });
  for (const auto& [person, defences] : concerned) comparison.people.push_back({person, defences});
  return comparison;
}

}  // namespace soutenance::scheduling::solver
