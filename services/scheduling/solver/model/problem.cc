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

bool KeepsPinnedJurors(const Defence& defence) {
  return std::all_of(defence.pin.jurors.begin(), defence.pin.jurors.end(), [&](PersonId juror) {
    const bool given = std::any_of(defence.attendees.begin(), defence.attendees.end(),
                                   [juror](const Attendee& attendee) { return attendee.person == juror; });
    return given ||
           std::any_of(defence.open_seats.begin(), defence.open_seats.end(), [juror](const OpenSeat& seat) {
             return seat.pinned && seat.candidates[*seat.pinned].person == juror;
           });
  });
}

bool KeepsPinnedMode(const Defence& defence) {
  if (!defence.pin.mode) return true;
  const bool on_video = std::any_of(defence.attendees.begin(), defence.attendees.end(),
                                    [](const Attendee& attendee) { return attendee.remote; });
  return on_video == (*defence.pin.mode == Mode::kVideo);
}

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

}  // namespace soutenance::scheduling::solver
