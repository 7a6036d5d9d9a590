#include "services/scheduling/rpc/jury_lookup_grpc.h"

#include <algorithm>

#include "absl/strings/strip.h"
#include "services/base/page.h"
#include "services/base/status.h"
#include "services/scheduling/rpc/name_chunks.h"

namespace soutenance::scheduling {
namespace {

namespace pb = ::soutenance::assignment::v1;

// A role that this program does not know yet attends like a guest: it must be there, and nothing more is
// said.
SeatRole RoleOf(pb::Seat::Role role) {
  switch (role) {
    case pb::Seat::ROLE_PRESIDENT:
      return SeatRole::kPresident;
    case pb::Seat::ROLE_SUPERVISOR:
      return SeatRole::kSupervisor;
    case pb::Seat::ROLE_REVIEWER:
      return SeatRole::kReviewer;
    case pb::Seat::ROLE_EXAMINER:
      return SeatRole::kExaminer;
    case pb::Seat::ROLE_COMPANY_TUTOR:
      return SeatRole::kCompanyTutor;
    case pb::Seat::ROLE_GUEST:
    case pb::Seat::ROLE_UNSPECIFIED:
    case pb::Seat_Role_Seat_Role_INT_MIN_SENTINEL_DO_NOT_USE_:
    case pb::Seat_Role_Seat_Role_INT_MAX_SENTINEL_DO_NOT_USE_:
      break;
  }
  return SeatRole::kGuest;
}

JuryFacts FactsOf(const pb::Jury& jury) {
  JuryFacts facts{.thesis = std::string(absl::StripSuffix(jury.name(), "/jury"))};
  for (const pb::Seat& seat : jury.seats()) {
    facts.seats.push_back({.person = seat.person(),
                           .role = RoleOf(seat.role()),
                           .is_remote = seat.mode() == pb::Seat::MODE_REMOTE});
  }
  return facts;
}

}  // namespace

absl::StatusOr<std::vector<JuryFacts>> JuryLookupGrpc::Juries(absl::Span<const std::string> theses) const {
  std::vector<JuryFacts> juries;
  RETURN_IF_ERROR(ForEachChunk(theses, [&](absl::Span<const std::string> chunk) -> absl::Status {
    pb::ListJuriesRequest request;
    request.set_page_size(kPageSizeMax);
    for (const std::string& thesis : chunk) request.add_theses(thesis);
    do {
      ASSIGN_OR_RETURN(const pb::ListJuriesResponse page,
                       assignment_.Call(&pb::AssignmentService::Stub::ListJuries, request));
      for (const pb::Jury& jury : page.juries()) juries.push_back(FactsOf(jury));
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return absl::OkStatus();
  }));
  std::sort(juries.begin(), juries.end(),
            [](const JuryFacts& a, const JuryFacts& b) { return a.thesis < b.thesis; });
  return juries;
}

}  // namespace soutenance::scheduling
