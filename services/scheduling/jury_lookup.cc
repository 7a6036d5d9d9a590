#include "services/scheduling/jury_lookup.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

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

std::optional<SeatRole> ParseSeatRole(absl::string_view name) {
  for (const SeatRole role : kAllSeatRoles) {
    if (SeatRoleName(role) == name) return role;
  }
  return std::nullopt;
}

namespace {
constexpr absl::string_view kRemote = ":remote";
}  // namespace

std::string SeatsText(const std::vector<JurySeat>& seats) {
  return absl::StrJoin(seats, ",", [](std::string* out, const JurySeat& seat) {
    absl::StrAppend(out, SeatRoleName(seat.role), seat.is_remote ? kRemote : "", "=", seat.person);
  });
}

absl::StatusOr<std::vector<JurySeat>> ParseSeatsText(absl::string_view text) {
  std::vector<JurySeat> seats;
  for (const absl::string_view entry : absl::StrSplit(text, ',', absl::SkipEmpty())) {
    std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(entry, absl::MaxSplits('=', 1));
    JurySeat seat{.person = std::string(parts.second)};
    seat.is_remote = absl::ConsumeSuffix(&parts.first, kRemote);
    const std::optional<SeatRole> role = ParseSeatRole(parts.first);
    if (!role || seat.person.empty()) {
      return absl::DataLossError(absl::StrCat("the seats of a jury cannot be read: \"", text, "\""));
    }
    seat.role = *role;
    seats.push_back(std::move(seat));
  }
  return seats;
}

}  // namespace soutenance::scheduling
