#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_JURY_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_JURY_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/change.h"
#include "services/base/error.h"

namespace soutenance::assignment {

// One place on a jury and who holds it.
struct Seat {
  // As what somebody sits. The values are those of soutenance.assignment.v1.Seat.Role.
  enum class Role { kPresident = 1, kSupervisor, kReviewer, kExaminer, kCompanyTutor, kGuest };
  // How they take part. The values are those of soutenance.assignment.v1.Seat.Mode.
  enum class Mode { kOnSite = 1, kRemote };

  std::string person;  // "people/{id}"
  Role role = Role::kExaminer;
  Mode mode = Mode::kOnSite;

  friend bool operator==(const Seat&, const Seat&) = default;
};

inline constexpr Seat::Role kSeatRoles[] = {Seat::Role::kPresident,    Seat::Role::kSupervisor,
                                            Seat::Role::kReviewer,     Seat::Role::kExaminer,
                                            Seat::Role::kCompanyTutor, Seat::Role::kGuest};
inline constexpr Seat::Mode kSeatModes[] = {Seat::Mode::kOnSite, Seat::Mode::kRemote};

// "company_tutor", "remote": how they are stored and shown.
absl::string_view SeatRoleName(Seat::Role role);
absl::string_view SeatModeName(Seat::Mode mode);

// The people who judge one thesis. References to other things are their resource names.
struct Jury {
  static constexpr std::size_t kSeatsMax = 12;

  std::string thesis;  // id of the thesis, which is also the jury's: a thesis has at most one
  int64_t version =
      0;  // counts its changes; never repeats, also not after it was dissolved; 0: not stored yet
  std::string programme;    // "programmes/{id}" of the thesis
  std::vector<Seat> seats;  // in the order in which they are shown; each person once

  // "theses/{thesis}/jury".
  std::string Name() const;
  // "theses/{thesis}".
  std::string ThesisName() const;
  // Whether `person` holds a seat. The empty person never does.
  bool Seats(absl::string_view person) const;

  // All of it as bytes, for the result that is kept under a request id, and back. DATA_LOSS if `bytes` does
  // not come from Serialize.
  std::string Serialize() const;
  static absl::StatusOr<Jury> Parse(absl::string_view bytes);

  friend bool operator==(const Jury&, const Jury&) = default;
};

// ALREADY_EXISTS, reason JURY_EXISTS: the thesis has a jury.
absl::Status JuryExists(absl::string_view thesis);

// What a person filled in that may not be: a name that is none, too many seats, a person who sits twice.
// Appends each to `problems` under the path `at`: "jury.seats[2].person".
void CheckJury(const Jury& jury, absl::string_view at, std::vector<FieldViolation>& problems);

// The fields in which `after` differs from `before`, as a person would read them: "ana (president), bob
// (guest, remote)".
std::vector<Change::Field> Differences(const Jury& before, const Jury& after);

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_JURY_H_
