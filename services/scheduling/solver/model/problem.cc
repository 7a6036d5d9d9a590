#include "services/scheduling/solver/model/problem.h"

#include <utility>

#include "services/base/error.h"
#include "services/scheduling/solver/model/problem_builder.h"
#include "services/scheduling/solver/model/problem_check.h"

namespace soutenance::scheduling::solver {
namespace {

template <typename Id>
std::optional<Id> Find(const absl::flat_hash_map<std::string, Id>& by_key, absl::string_view key) {
  const auto found = by_key.find(key);
  if (found == by_key.end()) return std::nullopt;
  return found->second;
}

}  // namespace

absl::StatusOr<Problem> Problem::Create(ProblemSpec spec) {
  std::vector<FieldViolation> violations = ProblemsOf(spec);
  if (!violations.empty()) return InvalidFields(std::move(violations));
  return ProblemBuilder::Build(Canonical(std::move(spec)));
}

std::optional<PersonId> Problem::FindPerson(absl::string_view key) const { return Find(person_by_key_, key); }
std::optional<RoomId> Problem::FindRoom(absl::string_view key) const { return Find(room_by_key_, key); }
std::optional<DefenceId> Problem::FindDefence(absl::string_view key) const {
  return Find(defence_by_key_, key);
}

}  // namespace soutenance::scheduling::solver
