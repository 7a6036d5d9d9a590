#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/assignment/invitation_steps.h"
#include "services/assignment/invitations.h"
#include "services/base/error.h"
#include "services/base/id.h"
#include "services/base/programme_roles.h"
#include "services/base/record.h"
#include "services/base/status.h"

namespace soutenance::assignment {
namespace {

using Reader = InvitationStore::Reader;
using Writer = InvitationStore::Writer;

std::vector<Seat>::iterator SeatOf(Jury& jury, const std::string& person) {
  return std::find_if(jury.seats.begin(), jury.seats.end(),
                      [&](const Seat& seat) { return seat.person == person; });
}

void CheckWords(const JurorReplacement& given, absl::Time now, std::vector<FieldViolation>& problems) {
  if (absl::StripAsciiWhitespace(given.reason).empty()) {
    problems.push_back({.field = "reason", .description = "is empty; say why"});
  }
  for (const auto& [field, text] :
       {std::pair("reason", &given.reason), std::pair("message", &given.message)}) {
    if (text->size() <= Invitation::kReasonBytesMax) continue;
    problems.push_back({.field = field,
                        .description = absl::StrCat("has ", text->size(), " bytes; at most ",
                                                    Invitation::kReasonBytesMax, " are kept")});
  }
  if (given.respond_by && *given.respond_by <= now) {
    problems.push_back({.field = "respond_by_time", .description = "has passed"});
  }
}

// How somebody takes part who is given a seat.
absl::StatusOr<Seat::Mode> ModeFor(const AssignmentStore::Reader& reader, const std::string& person) {
  const absl::StatusOr<std::string> id = ParseName(person, "people");
  if (!id.ok()) return Seat::Mode::kOnSite;
  ASSIGN_OR_RETURN(const std::vector<Profile> profiles, reader.FindProfiles({*id}));
  const bool is_remote = !profiles.empty() && profiles[0].attendance == Attendance::kRemoteOnly;
  return is_remote ? Seat::Mode::kRemote : Seat::Mode::kOnSite;
}

// Closes the invitation of who leaves `seat`. Somebody who was not invited gets a closed one, so that the
// history says why they left.
absl::StatusOr<Invitation> Close(const Reader& reader, Writer* writer, const Caller& caller,
                                 const Jury& before, const Seat& seat, const JurorReplacement& given,
                                 absl::Time now) {
  const InvitationKey key{.thesis = before.thesis, .person = seat.person};
  ASSIGN_OR_RETURN(std::optional<Invitation> stored, reader.FindInvitation(key));
  Invitation closed = stored ? AsOf(*stored, &before, now)
                             : Invitation{.thesis = before.thesis,
                                          .person = seat.person,
                                          .programme = before.programme,
                                          .role = seat.role};
  const bool is_of_this_seat =
      stored && closed.state != InvitationState::kUnseated && closed.state != InvitationState::kReplaced;
  if (is_of_this_seat) {
    RETURN_IF_ERROR(CheckInvitationStep(caller, closed, InvitationStep::kReplace, given.reason));
  }
  closed.role = seat.role;
  closed.state = StateAfter(InvitationStep::kReplace);
  closed.reason = given.reason;
  closed.replaced_by = given.replacement;
  if (writer != nullptr) {
    RETURN_IF_ERROR(RecordStep(*writer, caller, closed, InvitationStep::kReplace, now));
  }
  return closed;
}

}  // namespace

std::string ReplacedJuror::Serialize() const {
  RecordWriter out;
  out.Text(jury.Serialize()).Text(closed.Serialize()).Text(invitation ? invitation->Serialize() : "");
  return out.bytes();
}

absl::StatusOr<ReplacedJuror> ReplacedJuror::Parse(absl::string_view bytes) {
  RecordReader in(bytes);
  ReplacedJuror result;
  const std::string jury = in.Text();
  const std::string closed = in.Text();
  const std::string invitation = in.Text();
  if (!in.IsComplete()) return absl::DataLossError("a stored replacement cannot be read");
  ASSIGN_OR_RETURN(result.jury, Jury::Parse(jury));
  ASSIGN_OR_RETURN(result.closed, Invitation::Parse(closed));
  if (!invitation.empty()) {
    ASSIGN_OR_RETURN(result.invitation, Invitation::Parse(invitation));
  }
  return result;
}

absl::StatusOr<ReplacedJuror> Invitations::Replace(const Caller& caller, const JurorReplacement& given,
                                                   const Mutation& mutation) {
  ASSIGN_OR_RETURN(std::optional<ReplacedJuror> first,
                   FindFirstResult<ReplacedJuror>(parts_.store, mutation));
  if (first) return *std::move(first);
  const absl::Time now = ToWholeMicroseconds(parts_.clock.Now());
  std::vector<FieldViolation> problems;
  CheckWords(given, now, problems);

  ASSIGN_OR_RETURN(const Jury before, parts_.assignment.GetJury(caller, given.thesis));
  RETURN_IF_ERROR(CheckRunsProgramme(caller, before.programme));
  if (given.version && *given.version != before.version) return StaleEtag(before.Name());
  Jury after = before;
  const auto seat = SeatOf(after, given.person);
  if (seat == after.seats.end()) {
    problems.push_back(
        {.field = "person", .description = absl::StrCat(given.person, " does not sit on ", before.Name())});
  }
  if (before.Seats(given.replacement)) {
    problems.push_back(
        {.field = "replacement",
         .description = absl::StrCat(given.replacement, " sits on ", before.Name(), " already")});
  }
  if (!problems.empty()) return InvalidFields(std::move(problems));
  const Seat left = *seat;
  seat->person = given.replacement;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const Seat::Mode usual, ModeFor(reader.juries(), given.replacement));
    seat->mode = given.mode.value_or(usual);
    return absl::OkStatus();
  }));
  const Seat taken = *seat;
  // Who sits already was asked before; nobody else keeps this seat from being given.
  ASSIGN_OR_RETURN(const auto theses,
                   parts_.assignment.AdmitJuries(caller, {&after}, {{after.thesis, {given.replacement}}}));

  return Once<ReplacedJuror>(
      parts_.store, mutation, now,
      [&](const Reader& reader, Writer* writer) -> absl::StatusOr<ReplacedJuror> {
        ReplacedJuror result;
        ASSIGN_OR_RETURN(result.closed, Close(reader, writer, caller, before, left, given, now));
        ASSIGN_OR_RETURN(
            result.jury,
            Assignment::PutJury(reader.juries(), writer == nullptr ? nullptr : &writer->jury_writer(),
                                {.jury = after,
                                 .version = before.version,
                                 .grounds = {.way = DecisionWay::kReplacement, .reason = given.reason}},
                                theses, caller, now));
        if (given.respond_by) {
          ASSIGN_OR_RETURN(result.invitation,
                           InviteTo(reader, writer, caller, after, taken,
                                    {.respond_by = *given.respond_by, .message = given.message, .now = now}));
        }
        return result;
      });
}

}  // namespace soutenance::assignment
