#include "services/assignment/invitations.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/assignment/invitation_steps.h"
#include "services/assignment/jury_rules.h"
#include "services/base/error.h"
#include "services/base/programme_roles.h"
#include "services/base/record.h"
#include "services/base/status.h"

namespace soutenance::assignment {
namespace {

using Reader = InvitationStore::Reader;
using Writer = InvitationStore::Writer;

absl::Status InvitationNotFound(const InvitationKey& key) { return NotFound("invitation", key.Name()); }

bool MaySee(const Caller& caller, const Invitation& invitation) {
  return (!caller.person.empty() && caller.person == invitation.person) ||
         RunsProgramme(caller, invitation.programme);
}

// Those of `stored` that `caller` may know of, as they are now.
absl::StatusOr<std::vector<Invitation>> Shown(const Reader& reader, const Caller& caller,
                                              std::vector<Invitation> stored, absl::Time now) {
  std::vector<std::string> theses;
  for (const Invitation& invitation : stored) theses.push_back(invitation.thesis);
  std::map<std::string, Jury> juries;
  ASSIGN_OR_RETURN(std::vector<Jury> found, reader.juries().FindAll(theses));
  for (Jury& jury : found) juries.emplace(jury.thesis, std::move(jury));
  std::vector<Invitation> shown;
  for (Invitation& invitation : stored) {
    if (!MaySee(caller, invitation)) continue;
    const auto jury = juries.find(invitation.thesis);
    shown.push_back(AsOf(std::move(invitation), jury == juries.end() ? nullptr : &jury->second, now));
  }
  return shown;
}

// The invitation as it is now. NOT_FOUND also if `caller` may not know of it.
absl::StatusOr<Invitation> FindFor(const Reader& reader, const Caller& caller, const InvitationKey& key,
                                   absl::Time now) {
  ASSIGN_OR_RETURN(std::optional<Invitation> stored, reader.FindInvitation(key));
  if (!stored) return InvitationNotFound(key);
  ASSIGN_OR_RETURN(std::vector<Invitation> shown, Shown(reader, caller, {*std::move(stored)}, now));
  if (shown.empty()) return InvitationNotFound(key);
  return std::move(shown.front());
}

void CheckMessage(const std::string& message, std::vector<FieldViolation>& problems) {
  if (message.size() <= Invitation::kMessageBytesMax) return;
  problems.push_back({.field = "message",
                      .description = absl::StrCat("has ", message.size(), " bytes; at most 2,000 are kept")});
}

}  // namespace

// ---- Shared with the other source ----

absl::Status RecordStep(InvitationStore::Writer& writer, const Caller& caller, Invitation& invitation,
                        InvitationStep step, absl::Time now) {
  RETURN_IF_ERROR(writer.PutInvitation(invitation));
  ++invitation.version;
  return writer.AddEvent(invitation.Key(), {.event = std::string(InvitationStepName(step)),
                                            .time = now,
                                            .account = caller.account,
                                            .reason = invitation.reason});
}

absl::StatusOr<std::optional<Invitation>> InviteTo(const Reader& reader, Writer* writer, const Caller& caller,
                                                   const Jury& jury, const Seat& seat,
                                                   const InvitationWords& words) {
  const InvitationKey key{.thesis = jury.thesis, .person = seat.person};
  ASSIGN_OR_RETURN(const std::optional<Invitation> stored, reader.FindInvitation(key));
  if (stored) {
    const Invitation now = AsOf(*stored, &jury, words.now);
    if (now.IsOpen()) return std::nullopt;
    RETURN_IF_ERROR(CheckInvitationStep(caller, now, InvitationStep::kInvite, ""));
  }
  Invitation invitation{.thesis = jury.thesis,
                        .person = seat.person,
                        .version = stored ? stored->version : 0,
                        .programme = jury.programme,
                        .role = seat.role,
                        .respond_by = words.respond_by,
                        .invited = words.now,
                        .message = words.message};
  if (writer != nullptr) {
    RETURN_IF_ERROR(RecordStep(*writer, caller, invitation, InvitationStep::kInvite, words.now));
  }
  return invitation;
}

// ---- Results of calls ----

std::string InvitedJurors::Serialize() const {
  RecordWriter out;
  out.Integer(unchanged);
  for (const Invitation& invitation : invitations) out.Text(invitation.Serialize());
  return out.bytes();
}

absl::StatusOr<InvitedJurors> InvitedJurors::Parse(absl::string_view bytes) {
  RecordReader in(bytes);
  InvitedJurors result;
  result.unchanged = static_cast<int>(in.Integer());
  while (!in.IsAtEnd()) {
    ASSIGN_OR_RETURN(Invitation invitation, Invitation::Parse(in.Text()));
    result.invitations.push_back(std::move(invitation));
  }
  if (!in.IsComplete()) return absl::DataLossError("stored invitations cannot be read");
  return result;
}

// ---- To invite ----

// What is invited, as it was before the other services were asked.
struct Invitations::Plan {
  std::vector<Jury> juries;                          // by thesis, with the seats that are added
  std::map<std::string, std::set<std::string>> who;  // by thesis
  std::map<std::string, ThesisFacts> theses;         // for the rules
};

absl::StatusOr<Invitations::Plan> Invitations::PlanInvitations(const Caller& caller,
                                                               const InvitationBatch& batch) const {
  std::vector<FieldViolation> problems;
  CheckMessage(batch.message, problems);
  if (batch.respond_by <= parts_.clock.Now()) {
    problems.push_back({.field = "respond_by_time", .description = "is missing or has passed"});
  }
  if (!batch.seats.empty() && batch.theses.size() != 1) {
    problems.push_back({.field = "seats", .description = "are added to the jury of one thesis only"});
  }
  if (!problems.empty()) return InvalidFields(std::move(problems));

  Plan plan;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(plan.juries, reader.juries().FindAll(batch.theses));
    return absl::OkStatus();
  }));
  if (plan.juries.empty() && !batch.seats.empty()) {
    plan.juries.push_back({.thesis = batch.theses[0], .programme = batch.programme});
  }
  std::set<std::string> left(batch.theses.begin(), batch.theses.end());
  std::set<std::string> absent(batch.people.begin(), batch.people.end());
  for (Jury& jury : plan.juries) {
    // A jury of another programme is not this caller's to know of.
    if (jury.programme != batch.programme) continue;
    left.erase(jury.thesis);
    std::set<std::string>& who = plan.who[jury.thesis];
    for (const Seat& seat : batch.seats) {
      jury.seats.push_back(seat);
      who.insert(seat.person);
    }
    for (const Seat& seat : jury.seats) {
      const bool follows = seat.role == Seat::Role::kSupervisor || seat.role == Seat::Role::kCompanyTutor;
      if (absent.erase(seat.person) > 0 ||
          std::count(batch.people.begin(), batch.people.end(), seat.person) > 0 ||
          (batch.people.empty() && batch.seats.empty() && !follows)) {
        who.insert(seat.person);
      }
    }
  }
  for (const std::string& thesis : left) {
    problems.push_back({.field = "theses",
                        .description = absl::StrCat("theses/", thesis, " has no jury in ", batch.programme,
                                                    "; set it, or accept a proposal, first")});
  }
  for (const std::string& person : absent) {
    problems.push_back(
        {.field = "people", .description = absl::StrCat(person, " sits on none of these juries")});
  }
  if (!problems.empty()) return InvalidFields(std::move(problems));

  std::vector<const Jury*> juries;
  for (const Jury& jury : plan.juries) juries.push_back(&jury);
  ASSIGN_OR_RETURN(plan.theses, parts_.assignment.AdmitJuries(caller, juries, plan.who));
  return plan;
}

absl::StatusOr<InvitedJurors> Invitations::Invite(const Caller& caller, const InvitationBatch& batch,
                                                  const Mutation& mutation) {
  RETURN_IF_ERROR(CheckRunsProgramme(caller, batch.programme));
  ASSIGN_OR_RETURN(std::optional<InvitedJurors> first,
                   FindFirstResult<InvitedJurors>(parts_.store, mutation));
  if (first) return *std::move(first);
  ASSIGN_OR_RETURN(const Plan plan, PlanInvitations(caller, batch));
  const InvitationWords words{.respond_by = batch.respond_by,
                              .message = batch.message,
                              .now = ToWholeMicroseconds(parts_.clock.Now())};
  return Once<InvitedJurors>(
      parts_.store, mutation, words.now,
      [&](const Reader& reader, Writer* writer) -> absl::StatusOr<InvitedJurors> {
        InvitedJurors result;
        std::vector<const Jury*> asked;
        for (const Jury& jury : plan.juries) {
          if (!batch.seats.empty()) {
            RETURN_IF_ERROR(
                Assignment::PutJury(
                    reader.juries(), writer == nullptr ? nullptr : &writer->jury_writer(),
                    {.jury = jury, .version = jury.version, .grounds = {.way = DecisionWay::kReplacement}},
                    plan.theses, caller, words.now)
                    .status());
          } else {
            ASSIGN_OR_RETURN(const std::optional<Jury> stored, reader.juries().Find(jury.thesis));
            if (!stored || stored->version != jury.version) return StaleEtag(jury.Name());
          }
          std::size_t invited = result.invitations.size();
          for (const Seat& seat : jury.seats) {
            if (plan.who.at(jury.thesis).count(seat.person) == 0) continue;
            ASSIGN_OR_RETURN(std::optional<Invitation> invitation,
                             InviteTo(reader, writer, caller, jury, seat, words));
            if (invitation) {
              result.invitations.push_back(*std::move(invitation));
            } else {
              ++result.unchanged;
            }
          }
          if (result.invitations.size() > invited) asked.push_back(&jury);
        }
        // Nobody is invited to a jury that may not be.
        RETURN_IF_ERROR(CheckJuryRules(reader.juries(), asked, {.theses = plan.theses}));
        return result;
      });
}

// ---- To look ----

absl::StatusOr<Invitation> Invitations::Get(const Caller& caller, const InvitationKey& key) const {
  Invitation found;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(found, FindFor(reader, caller, key, parts_.clock.Now()));
    return absl::OkStatus();
  }));
  return found;
}

absl::StatusOr<std::vector<Invitation>> Invitations::ListOfThesis(const Caller& caller,
                                                                  const std::string& thesis) const {
  std::vector<Invitation> shown;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(std::vector<Invitation> stored, reader.ListOfTheses({thesis}));
    ASSIGN_OR_RETURN(shown, Shown(reader, caller, std::move(stored), parts_.clock.Now()));
    return absl::OkStatus();
  }));
  return shown;
}

absl::StatusOr<Page<Invitation>> Invitations::List(const Caller& caller, const std::string& programme,
                                                   const PageRequest& page) const {
  Page<Invitation> list;
  if (!programme.empty()) RETURN_IF_ERROR(CheckRunsProgramme(caller, programme));
  if (programme.empty() && caller.person.empty()) return list;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(list, programme.empty() ? reader.ListOfPerson(caller.person, page)
                                             : reader.ListOfProgramme(programme, page));
    ASSIGN_OR_RETURN(list.items, Shown(reader, caller, std::move(list.items), parts_.clock.Now()));
    return absl::OkStatus();
  }));
  return list;
}

absl::StatusOr<std::vector<InvitationEvent>> Invitations::ListEvents(const Caller& caller,
                                                                     const InvitationKey& key) const {
  std::vector<InvitationEvent> events;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const Invitation invitation, FindFor(reader, caller, key, parts_.clock.Now()));
    RETURN_IF_ERROR(CheckRunsProgramme(caller, invitation.programme));
    ASSIGN_OR_RETURN(events, reader.ListEvents(key));
    return absl::OkStatus();
  }));
  return events;
}

// ---- To answer and to take back ----

absl::Status Invitations::AdmitAgain(const Caller& caller, const Invitation& invitation) const {
  ASSIGN_OR_RETURN(const auto theses, parts_.conflicts.facts().Theses({invitation.thesis}));
  const auto thesis = theses.find(invitation.thesis);
  if (thesis == theses.end()) return NotFound("thesis", absl::StrCat("theses/", invitation.thesis));
  return parts_.conflicts
      .Admit(caller,
             {{.thesis = thesis->second, .person = invitation.person, .chair = ChairOf(invitation.role)}})
      .status();
}

absl::StatusOr<Invitation> Invitations::Change(const Caller& caller, const InvitationChange& change,
                                               const Mutation& mutation) {
  ASSIGN_OR_RETURN(std::optional<Invitation> first, FindFirstResult<Invitation>(parts_.store, mutation));
  if (first) return *std::move(first);
  const absl::Time now = ToWholeMicroseconds(parts_.clock.Now());
  ASSIGN_OR_RETURN(const Invitation before, Get(caller, change.key));
  RETURN_IF_ERROR(CheckInvitationStep(caller, before, change.step, change.reason));
  if (change.step == InvitationStep::kAccept) RETURN_IF_ERROR(AdmitAgain(caller, before));
  return Once<Invitation>(
      parts_.store, mutation, now, [&](const Reader& reader, Writer* writer) -> absl::StatusOr<Invitation> {
        ASSIGN_OR_RETURN(Invitation invitation, FindFor(reader, caller, change.key, now));
        RETURN_IF_ERROR(CheckInvitationStep(caller, invitation, change.step, change.reason));
        if (change.version && *change.version != invitation.version) return StaleEtag(invitation.Name());
        invitation.state = StateAfter(change.step);
        invitation.reason = change.reason;
        if (change.step != InvitationStep::kWithdraw) invitation.answered = now;
        if (writer != nullptr) RETURN_IF_ERROR(RecordStep(*writer, caller, invitation, change.step, now));
        return invitation;
      });
}

}  // namespace soutenance::assignment
