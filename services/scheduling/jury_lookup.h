#ifndef SOUTENANCE_SERVICES_SCHEDULING_JURY_LOOKUP_H_
#define SOUTENANCE_SERVICES_SCHEDULING_JURY_LOOKUP_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace soutenance::scheduling {

// As what somebody sits on a jury.
enum class SeatRole { kPresident, kSupervisor, kReviewer, kExaminer, kCompanyTutor, kGuest };

// "president", "supervisor", "reviewer", "examiner", "company_tutor", "guest".
absl::string_view SeatRoleName(SeatRole role);
std::optional<SeatRole> ParseSeatRole(absl::string_view name);

inline constexpr SeatRole kAllSeatRoles[] = {SeatRole::kPresident,    SeatRole::kSupervisor,
                                             SeatRole::kReviewer,     SeatRole::kExaminer,
                                             SeatRole::kCompanyTutor, SeatRole::kGuest};

struct JurySeat {
  std::string person;  // "people/ana"
  SeatRole role = SeatRole::kExaminer;
  bool is_remote = false;  // takes part by video

  friend bool operator==(const JurySeat&, const JurySeat&) = default;
};

// Seats in one word, without blanks, and back: "reviewer=people/ana,guest:remote=people/bo". DATA_LOSS if
// `text` does not come from SeatsText.
std::string SeatsText(const std::vector<JurySeat>& seats);
absl::StatusOr<std::vector<JurySeat>> ParseSeatsText(absl::string_view text);

// Who judges one thesis.
struct JuryFacts {
  std::string thesis;           // "theses/42"
  std::vector<JurySeat> seats;  // in the order in which they are shown; each person once

  friend bool operator==(const JuryFacts&, const JuryFacts&) = default;
};

// PORT: asks about juries. Answers for the caller of the current call. Safe for concurrent use.
class JuryLookup {
 public:
  virtual ~JuryLookup() = default;

  // The juries of these theses, in ascending order of thesis; theses without one are left out. Any number of
  // theses. UNAVAILABLE, reason PEER_DOWN.
  virtual absl::StatusOr<std::vector<JuryFacts>> Juries(absl::Span<const std::string> theses) const = 0;
};

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_JURY_LOOKUP_H_
