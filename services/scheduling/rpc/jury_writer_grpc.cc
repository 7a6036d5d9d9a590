#include "services/scheduling/rpc/jury_writer_grpc.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/status.h"

namespace soutenance::scheduling {
namespace {

namespace pb = ::soutenance::assignment::v1;

pb::Seat::Role RoleToProto(SeatRole role) {
  switch (role) {
    case SeatRole::kPresident:
      return pb::Seat::ROLE_PRESIDENT;
    case SeatRole::kSupervisor:
      return pb::Seat::ROLE_SUPERVISOR;
    case SeatRole::kReviewer:
      return pb::Seat::ROLE_REVIEWER;
    case SeatRole::kExaminer:
      return pb::Seat::ROLE_EXAMINER;
    case SeatRole::kCompanyTutor:
      return pb::Seat::ROLE_COMPANY_TUTOR;
    case SeatRole::kGuest:
      return pb::Seat::ROLE_GUEST;
  }
  return pb::Seat::ROLE_UNSPECIFIED;
}

Change ChangeOf(const changes::v1::Change& message) {
  Change change{.kind = static_cast<Change::Kind>(message.kind()),
                .resource = message.resource(),
                .label = message.label()};
  for (const auto& field : message.fields()) {
    change.fields.push_back({.name = field.name(), .before = field.before(), .after = field.after()});
  }
  return change;
}

ChangeList ChangesOf(const changes::v1::ChangeList& message) {
  ChangeList list;
  for (const changes::v1::Change& change : message.changes()) list.Add(ChangeOf(change));
  // Those beyond the longest list are only counted; they stand behind every name.
  const auto count = [&](Change::Kind kind, int counted, int wanted) {
    for (; counted < wanted; ++counted) list.Add({.kind = kind, .resource = "~"});
  };
  count(Change::Kind::kCreated, list.created_count(), message.created_count());
  count(Change::Kind::kUpdated, list.updated_count(), message.updated_count());
  for (int i = 0; i < message.unchanged_count(); ++i) list.AddUnchanged();
  return list;
}

}  // namespace

absl::StatusOr<ChangeList> JuryWriterGrpc::SetJuries(absl::Span<const JuryToSet> juries,
                                                     absl::string_view request_id, bool validate_only) {
  pb::BatchUpsertJuriesRequest request;
  for (const JuryToSet& jury : juries) {
    pb::Jury& message = *request.add_juries();
    message.set_name(absl::StrCat(jury.thesis, "/jury"));
    message.set_programme(jury.programme);
    for (const JurySeat& seat : jury.seats) {
      pb::Seat& added = *message.add_seats();
      added.set_person(seat.person);
      added.set_role(RoleToProto(seat.role));
      added.set_mode(seat.is_remote ? pb::Seat::MODE_REMOTE : pb::Seat::MODE_ON_SITE);
    }
  }
  request.set_request_id(std::string(request_id));
  request.set_validate_only(validate_only);
  ASSIGN_OR_RETURN(const pb::BatchUpsertJuriesResponse response,
                   assignment_.Call(&pb::AssignmentService::Stub::BatchUpsertJuries, request));
  return ChangesOf(response.juries());
}

}  // namespace soutenance::scheduling
