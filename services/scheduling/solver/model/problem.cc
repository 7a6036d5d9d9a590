#include "services/scheduling/solver/model/problem.h"

#include <algorithm>
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

std::optional<uint8_t> FindCandidate(const OpenSeat& seat, PersonId person) {
  const auto found = std::lower_bound(seat.candidates.begin(), seat.candidates.end(), person,
                                      [](const Candidate& c, PersonId p) { return c.person < p; });
  if (found == seat.candidates.end() || found->person != person) return std::nullopt;
  return static_cast<uint8_t>(found - seat.candidates.begin());
}

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

std::optional<DayId> Problem::DayOf(Minute minute) const {
  if (minute < 0) return std::nullopt;
  const auto offset = static_cast<std::size_t>(minute / kMinutesPerDay);
  if (offset >= day_of_offset_.size() || day_of_offset_[offset] < 0) return std::nullopt;
  return static_cast<DayId>(day_of_offset_[offset]);
}

}  // namespace soutenance::scheduling::solver
