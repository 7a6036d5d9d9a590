#include "services/assignment/invitation.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "services/base/error.h"
#include "services/base/id.h"
#include "services/base/programme_roles.h"
#include "services/base/record.h"
#include "services/base/status.h"

namespace soutenance::assignment {
namespace {

using State = InvitationState;
using Step = InvitationStep;

enum class Actor { kInvited, kStaff };

struct Transition {
  Step step;
  absl::string_view name;
  std::vector<State> from;
  State to;
  Actor who;
  bool needs_reason;
};

const std::vector<Transition>& Transitions() {
  static const auto& transitions = *new std::vector<Transition>{
      {Step::kInvite,
       "invite",
       {State::kDeclined, State::kExpired, State::kWithdrawn, State::kReplaced, State::kUnseated},
       State::kInvited,
       Actor::kStaff,
       false},
      {Step::kAccept, "accept", {State::kInvited}, State::kAccepted, Actor::kInvited, false},
      {Step::kDecline,
       "decline",
       {State::kInvited, State::kAccepted},
       State::kDeclined,
       Actor::kInvited,
       true},
      {Step::kWithdraw,
       "withdraw",
       {State::kInvited, State::kExpired, State::kAccepted},
       State::kWithdrawn,
       Actor::kStaff,
       true},
      {Step::kReplace,
       "replace",
       {State::kInvited, State::kAccepted, State::kDeclined, State::kExpired, State::kWithdrawn},
       State::kReplaced,
       Actor::kStaff,
       true},
  };
  return transitions;
}

const Transition& Find(Step step) {
  const auto& all = Transitions();
  return *std::find_if(all.begin(), all.end(), [&](const Transition& each) { return each.step == step; });
}

bool IsPossible(const Transition& transition, State state) {
  return std::find(transition.from.begin(), transition.from.end(), state) != transition.from.end();
}

absl::Status CheckActor(const Caller& caller, const Invitation& invitation, Actor actor) {
  if (actor == Actor::kStaff) return CheckRunsProgramme(caller, invitation.programme);
  if (!caller.person.empty() && caller.person == invitation.person) return absl::OkStatus();
  return Error(absl::StatusCode::kPermissionDenied,
               absl::StrCat("only ", invitation.person,
                            " may answer this invitation, with an account of their own; withdraw it, or "
                            "replace them, if they told you otherwise"),
               {.reason = "NOT_THE_INVITED", .metadata = {{"invitation", invitation.Name()}}});
}

absl::Status Refused(const Transition& transition, const Invitation& invitation) {
  const std::string state(InvitationStateName(invitation.state));
  std::vector<std::string> possible;
  for (const Transition& each : Transitions()) {
    if (!IsPossible(each, invitation.state)) continue;
    possible.push_back(
        absl::StrCat(each.name, each.who == Actor::kStaff ? " (staff)" : " (the invited person)"));
  }
  const std::string way_out = absl::StrJoin(possible, ", ");
  return Error(
      absl::StatusCode::kFailedPrecondition,
      absl::StrCat("\"", transition.name, "\" is not possible: the invitation is ", state,
                   ". Possible: ", way_out),
      {.reason = "INVITATION_STEP_REFUSED",
       .metadata = {{"invitation", invitation.Name()},
                    {"state", state},
                    {"step", std::string(transition.name)},
                    {"possible", way_out}},
       .preconditions = {
           {.type = "STATE", .subject = invitation.Name(), .description = absl::StrCat("is ", state)}}});
}

void Write(const std::optional<absl::Time>& time, RecordWriter& out) {
  out.Integer(time ? 1 : 0).Integer(time ? absl::ToUnixMicros(*time) : 0);
}

std::optional<absl::Time> ReadTime(RecordReader& in) {
  const bool is_there = in.Integer() != 0;
  const int64_t micros = in.Integer();
  return is_there ? std::optional(absl::FromUnixMicros(micros)) : std::nullopt;
}

}  // namespace

absl::string_view InvitationStateName(InvitationState state) {
  switch (state) {
    case State::kInvited:
      return "invited";
    case State::kAccepted:
      return "accepted";
    case State::kDeclined:
      return "declined";
    case State::kExpired:
      return "expired";
    case State::kWithdrawn:
      return "withdrawn";
    case State::kReplaced:
      return "replaced";
    case State::kUnseated:
      return "unseated";
  }
  return "";
}

std::string InvitationKey::Name() const {
  return absl::StrCat("theses/", thesis, "/invitations/", person.substr(person.rfind('/') + 1));
}

absl::StatusOr<InvitationKey> ParseInvitationName(absl::string_view name) {
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  if (parts.size() == 4 && parts[0] == "theses" && parts[2] == "invitations" && CheckId(parts[1]).ok() &&
      CheckId(parts[3]).ok()) {
    return InvitationKey{.thesis = std::string(parts[1]), .person = absl::StrCat("people/", parts[3])};
  }
  return absl::InvalidArgumentError(
      absl::StrCat("\"", name, "\" is not \"theses/{thesis}/invitations/{person}\""));
}

bool Invitation::IsRefused() const {
  return state == State::kDeclined || state == State::kExpired || state == State::kWithdrawn;
}

std::string Invitation::Serialize() const {
  RecordWriter out;
  out.Text(thesis).Text(person).Integer(version).Text(programme);
  out.Integer(static_cast<int>(role)).Integer(static_cast<int>(state));
  Write(respond_by, out);
  Write(invited, out);
  Write(answered, out);
  out.Text(reason).Text(replaced_by).Text(message);
  return out.bytes();
}

absl::StatusOr<Invitation> Invitation::Parse(absl::string_view bytes) {
  RecordReader in(bytes);
  Invitation invitation;
  invitation.thesis = in.Text();
  invitation.person = in.Text();
  invitation.version = in.Integer();
  invitation.programme = in.Text();
  invitation.role = static_cast<Seat::Role>(in.Integer());
  invitation.state = static_cast<State>(in.Integer());
  invitation.respond_by = ReadTime(in);
  invitation.invited = ReadTime(in);
  invitation.answered = ReadTime(in);
  invitation.reason = in.Text();
  invitation.replaced_by = in.Text();
  invitation.message = in.Text();
  if (!in.IsComplete()) return absl::DataLossError("the bytes are not an invitation");
  return invitation;
}

Invitation AsOf(Invitation stored, const Jury* jury, absl::Time now) {
  // What was decided stays so, whoever holds the seat.
  if (!stored.IsOpen()) return stored;
  const bool is_seated =
      jury != nullptr && std::any_of(jury->seats.begin(), jury->seats.end(), [&](const Seat& seat) {
        return seat.person == stored.person && seat.role == stored.role;
      });
  if (!is_seated) {
    stored.state = State::kUnseated;
  } else if (stored.state == State::kInvited && stored.respond_by && now > *stored.respond_by) {
    stored.state = State::kExpired;
  }
  return stored;
}

absl::string_view InvitationStepName(InvitationStep step) { return Find(step).name; }

absl::Status CheckInvitationStep(const Caller& caller, const Invitation& invitation, InvitationStep step,
                                 absl::string_view reason) {
  const Transition& transition = Find(step);
  RETURN_IF_ERROR(CheckActor(caller, invitation, transition.who));
  if (!IsPossible(transition, invitation.state)) return Refused(transition, invitation);
  if (transition.needs_reason && absl::StripAsciiWhitespace(reason).empty()) {
    return InvalidFields({{.field = "reason", .description = "is empty; say why"}});
  }
  if (reason.size() > Invitation::kReasonBytesMax) {
    return InvalidFields({{.field = "reason",
                           .description = absl::StrCat("has ", reason.size(), " bytes; at most ",
                                                       Invitation::kReasonBytesMax, " are kept")}});
  }
  return absl::OkStatus();
}

InvitationState StateAfter(InvitationStep step) { return Find(step).to; }

}  // namespace soutenance::assignment
