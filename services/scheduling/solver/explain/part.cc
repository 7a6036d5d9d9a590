#include "services/scheduling/solver/explain/part.h"

#include <algorithm>
#include <utility>

namespace soutenance::scheduling::solver {

PartMaker::PartMaker(const Problem& whole) : whole_(whole), head_(whole.spec()) {
  head_.persons.clear();
  head_.defences.clear();
  for (RoleSpec& role : head_.roles) role.load.clear();
}

ProblemSpec PartMaker::SpecOf(const std::set<DefenceId>& defences) const {
  ProblemSpec spec = head_;
  std::set<PersonId> people;
  for (const DefenceId id : defences) {
    spec.defences.push_back(whole_.spec().defences[Index(id)]);
    for (const SeatSpec& seat : spec.defences.back().seats) {
      if (const auto person = whole_.FindPerson(seat.person)) people.insert(*person);
      for (const CandidateSpec& candidate : seat.candidates) {
        if (const auto person = whole_.FindPerson(candidate.person)) people.insert(*person);
      }
    }
    for (const PersonId juror : whole_.defence(id).pin.jurors) people.insert(juror);
  }
  for (const PersonId id : people) spec.persons.push_back(whole_.spec().persons[Index(id)]);
  return spec;
}

bool CanBeIn(const Problem& problem, const Defence& defence, RoomId id) {
  const Room& room = problem.room(id);
  if (problem.rule(RuleId::kPinned).IsHard() && defence.pin.room && *defence.pin.room != id) return false;
  if (problem.rule(RuleId::kRoomCapacity).IsHard() && room.capacity < defence.capacity) return false;
  return !problem.rule(RuleId::kRoomEquipment).IsHard() ||
         std::includes(room.equipment.begin(), room.equipment.end(), defence.equipment.begin(),
                       defence.equipment.end());
}

Timetable PartOf(const Timetable& whole, const Problem& part) {
  Timetable timetable(part);
  ForEachId<DefenceId>(part.DefenceCount(), [&](DefenceId id) {
    const std::optional<DefenceId> there = whole.problem().FindDefence(part.defence(id).key);
    if (!there || !whole.PlacementOf(*there)) return;
    Placement at = *whole.PlacementOf(*there);
    const std::optional<RoomId> room = part.FindRoom(whole.problem().room(at.room).key);
    if (!room) return;
    at.room = *room;
    if (CheckPlacement(part, id, at).ok()) timetable.Apply({{id, at}});
  });
  return timetable;
}

}  // namespace soutenance::scheduling::solver
