#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_IDS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_IDS_H_

#include <cstddef>
#include <cstdint>

namespace soutenance::scheduling::solver {

// Dense numbers of the things of one problem, from 0, in the order of their keys. Distinct types, so that a
// room cannot be taken for a person. They mean nothing outside their problem: keys are what is stored.
enum class PersonId : int32_t {};
enum class RoomId : int32_t {};
enum class DefenceId : int32_t {};
enum class SiteId : int32_t {};
enum class TopicId : int32_t {};
enum class SubjectId : int32_t {};
// A role for which something is said.
enum class RoleId : int32_t {};
// A day on which the campaign is open.
enum class DayId : int32_t {};

template <typename Id>
constexpr std::size_t Index(Id id) {
  return static_cast<std::size_t>(id);
}

// Calls visit(id) for the ids 0 to count - 1.
template <typename Id, typename Visit>
void ForEachId(int count, Visit visit) {
  for (int i = 0; i < count; ++i) visit(static_cast<Id>(i));
}

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_MODEL_IDS_H_
