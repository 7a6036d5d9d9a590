#include "services/submissions/rpc/jury_lookup_grpc.h"

#include "absl/strings/str_cat.h"
#include "services/base/id.h"
#include "services/base/page.h"
#include "services/base/status.h"

namespace soutenance::submissions {
namespace {

namespace pb = ::soutenance::assignment::v1;

Seat SeatOf(pb::Seat::Role role) {
  switch (role) {
    case pb::Seat::ROLE_PRESIDENT:
      return Seat::kPresident;
    case pb::Seat::ROLE_SUPERVISOR:
    case pb::Seat::ROLE_REVIEWER:
    case pb::Seat::ROLE_EXAMINER:
    case pb::Seat::ROLE_COMPANY_TUTOR:
      return Seat::kMember;
    default:
      // Guests, and what is not known here.
      return Seat::kGuest;
  }
}

}  // namespace

absl::StatusOr<Seats> JuryLookupGrpc::SeatsOf(const std::string& person,
                                              const std::vector<std::string>& theses) const {
  pb::ListJuriesRequest request;
  request.set_page_size(kPageSizeMax);
  for (const std::string& id : theses) request.add_theses(absl::StrCat("theses/", id));
  Seats seats;
  do {
    ASSIGN_OR_RETURN(const pb::ListJuriesResponse page,
                     assignment_.Call(&pb::AssignmentService::Stub::ListJuries, request));
    for (const pb::Jury& jury : page.juries()) {
      // "theses/{thesis}/jury"
      const auto id = ParseName(jury.name().substr(0, jury.name().rfind('/')), "theses");
      if (!id.ok()) continue;
      for (const pb::Seat& seat : jury.seats()) {
        if (seat.person() == person) seats[*id] = SeatOf(seat.role());
      }
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return seats;
}

}  // namespace soutenance::submissions
