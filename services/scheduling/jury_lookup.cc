#include "services/scheduling/jury_lookup.h"

namespace soutenance::scheduling {

absl::string_view SeatRoleName(SeatRole role) {
  switch (role) {
    case SeatRole::kPresident:
      return "president";
    case SeatRole::kSupervisor:
      return "supervisor";
    case SeatRole::kReviewer:
      return "reviewer";
    case SeatRole::kExaminer:
      return "examiner";
    case SeatRole::kCompanyTutor:
      return "company_tutor";
    case SeatRole::kGuest:
      return "guest";
  }
  return "";
}

}  // namespace soutenance::scheduling
