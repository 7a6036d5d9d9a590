#include "services/assignment/rpc/invitation_proto.h"

#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/assignment/rpc/assignment_proto.h"
#include "services/assignment/rpc/time_proto.h"
#include "services/base/error.h"
#include "services/base/id.h"
#include "services/runtime/wire/changes.h"
#include "services/runtime/wire/etags.h"
#include "services/runtime/wire/fields.h"
#include "services/runtime/wire/pages.h"
#include "services/runtime/wire/requests.h"

namespace soutenance::assignment {
namespace {

using runtime::IdFromName;
using runtime::Unless;
using Problems = std::vector<FieldViolation>;

constexpr int kCountDefault = 10;
constexpr int kCountMax = 100;

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Microseconds(time.nanos() / 1000);
}

InvitationKey KeyOf(const std::string& name, absl::string_view field, Problems& problems) {
  absl::StatusOr<InvitationKey> key = ParseInvitationName(name);
  if (key.ok()) return *std::move(key);
  problems.push_back({.field = std::string(field), .description = std::string(key.status().message())});
  return {};
}

// The id in "theses/{id}/jury".
std::string ThesisOfJury(const std::string& name, Problems& problems) {
  absl::string_view rest = name;
  if (absl::ConsumePrefix(&rest, "theses/") && absl::ConsumeSuffix(&rest, "/jury") && CheckId(rest).ok()) {
    return std::string(rest);
  }
  problems.push_back(
      {.field = "name", .description = absl::StrCat("\"", name, "\" is not \"theses/{thesis}/jury\"")});
  return "";
}

void CheckPerson(const std::string& name, const std::string& field, Problems& problems) {
  IdFromName(name, "people", field, problems);
}

std::optional<Seat::Mode> ModeOf(pb::Seat::Mode mode) {
  if (mode == pb::Seat::MODE_UNSPECIFIED) return std::nullopt;
  return mode == pb::Seat::MODE_REMOTE ? Seat::Mode::kRemote : Seat::Mode::kOnSite;
}

pb::Seat::Role RoleOf(Seat::Role role) { return static_cast<pb::Seat::Role>(static_cast<int>(role)); }

void Write(const SeatCount& seats, pb::Load::Seats& message) {
  message.set_programme(seats.programme);
  message.set_year(seats.year);
  message.set_role(RoleOf(seats.role));
  message.set_count(seats.count);
}

void Write(const Replacement& replacement, pb::Replacement& message) {
  message.set_person(replacement.person);
  message.set_mode(static_cast<pb::Seat::Mode>(static_cast<int>(replacement.mode)));
  message.set_expertise(replacement.expertise);
  for (const std::string& word : replacement.words) message.add_words(word);
  message.set_load_after(replacement.load_after);
  message.set_load_max(replacement.load_max);
  message.set_load_past(replacement.load_past);
  for (const std::string& reason : replacement.reasons) message.add_reasons(reason);
  for (const std::string& rule : replacement.tight_rules) message.add_tight_rules(rule);
  for (const std::string& warning : replacement.warnings) message.add_warnings(warning);
}

}  // namespace

absl::StatusOr<InvitationBatch> FromProto(const pb::InviteJurorsRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  InvitationBatch batch{.programme = request.programme(), .message = request.message()};
  IdFromName(request.programme(), "programmes", "programme", problems);
  if (request.theses().empty()) {
    problems.push_back({.field = "theses", .description = "is empty; say of whose juries"});
  }
  runtime::CheckCount(static_cast<std::size_t>(request.theses_size()), InvitationBatch::kThesesMax, "theses",
                      problems);
  for (int i = 0; i < request.theses_size(); ++i) {
    batch.theses.push_back(
        IdFromName(request.theses(i), "theses", absl::StrCat("theses[", i, "]"), problems));
  }
  for (int i = 0; i < request.people_size(); ++i) {
    CheckPerson(request.people(i), absl::StrCat("people[", i, "]"), problems);
    batch.people.push_back(request.people(i));
  }
  pb::Jury jury;
  jury.set_name("theses/x/jury");
  jury.set_programme(request.programme());
  *jury.mutable_seats() = request.seats();
  Problems of_seats;
  batch.seats = JuryFromProto(jury, "", of_seats).seats;
  for (FieldViolation& problem : of_seats) {
    if (!absl::StartsWith(problem.field, ".seats")) continue;
    problem.field.erase(0, 1);
    problems.push_back(std::move(problem));
  }
  if (request.has_respond_by_time()) batch.respond_by = TimeOf(request.respond_by_time());
  return Unless(problems, std::move(batch));
}

absl::StatusOr<InvitationKey> FromProto(const pb::GetInvitationRequest& request) {
  Problems problems;
  return Unless(problems, KeyOf(request.name(), "name", problems));
}

absl::StatusOr<InvitationQuery> FromProto(const pb::ListInvitationsRequest& request) {
  Problems problems;
  InvitationQuery query{.page = runtime::PageFromProto(request.page_size(), request.page_token(), problems)};
  if (absl::StartsWith(request.parent(), "theses/")) {
    query.thesis = IdFromName(request.parent(), "theses", "parent", problems);
  } else if (!request.parent().empty()) {
    IdFromName(request.parent(), "programmes", "parent", problems);
    query.programme = request.parent();
  }
  return Unless(problems, std::move(query));
}

absl::StatusOr<InvitationChange> FromProto(const pb::AnswerInvitationRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  InvitationChange change{.key = KeyOf(request.name(), "name", problems),
                          .reason = request.reason(),
                          .version = runtime::VersionFromEtag(request.etag())};
  if (request.answer() == pb::AnswerInvitationRequest::ANSWER_DECLINE) {
    change.step = InvitationStep::kDecline;
  } else if (request.answer() != pb::AnswerInvitationRequest::ANSWER_ACCEPT) {
    problems.push_back({.field = "answer", .description = "is missing; accept or decline"});
  }
  return Unless(problems, std::move(change));
}

absl::StatusOr<InvitationChange> FromProto(const pb::WithdrawInvitationRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  InvitationChange change{.key = KeyOf(request.name(), "name", problems),
                          .step = InvitationStep::kWithdraw,
                          .reason = request.reason(),
                          .version = runtime::VersionFromEtag(request.etag())};
  return Unless(problems, std::move(change));
}

absl::StatusOr<InvitationKey> FromProto(const pb::ListInvitationEventsRequest& request) {
  Problems problems;
  return Unless(problems, KeyOf(request.parent(), "parent", problems));
}

absl::StatusOr<ReminderQuery> FromProto(const pb::RemindJurorsRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  IdFromName(request.parent(), "programmes", "parent", problems);
  ReminderQuery query{.programme = request.parent()};
  query.days_before.assign(request.days_before().begin(), request.days_before().end());
  return Unless(problems, std::move(query));
}

absl::StatusOr<ReplacementQuery> FromProto(const pb::FindReplacementsRequest& request) {
  Problems problems;
  ReplacementQuery query{.thesis = ThesisOfJury(request.name(), problems), .person = request.person()};
  CheckPerson(request.person(), "person", problems);
  query.count = request.count_max() == 0 ? kCountDefault : request.count_max();
  if (query.count < 0 || query.count > kCountMax) {
    problems.push_back({.field = "count_max",
                        .description = absl::StrCat("is ", query.count, "; expected 0 to ", kCountMax)});
  }
  return Unless(problems, std::move(query));
}

absl::StatusOr<JurorReplacement> FromProto(const pb::ReplaceJurorRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  JurorReplacement replacement{.thesis = ThesisOfJury(request.name(), problems),
                               .person = request.person(),
                               .replacement = request.replacement(),
                               .mode = ModeOf(request.mode()),
                               .reason = request.reason(),
                               .message = request.message(),
                               .version = runtime::VersionFromEtag(request.etag())};
  CheckPerson(request.person(), "person", problems);
  CheckPerson(request.replacement(), "replacement", problems);
  if (request.has_respond_by_time()) replacement.respond_by = TimeOf(request.respond_by_time());
  return Unless(problems, std::move(replacement));
}

absl::StatusOr<std::string> FromProto(const pb::GetLoadRequest& request) {
  Problems problems;
  absl::string_view person = request.name();
  if (!absl::ConsumeSuffix(&person, "/load") || !ParseName(person, "people").ok()) {
    problems.push_back({.field = "name",
                        .description = absl::StrCat("\"", request.name(), "\" is not \"people/{id}/load\"")});
  }
  return Unless(problems, std::string(person));
}

absl::StatusOr<PageRequest> FromProto(const pb::ListLoadsRequest& request) {
  Problems problems;
  return Unless(problems, runtime::PageFromProto(request.page_size(), request.page_token(), problems));
}

absl::StatusOr<HeldJuries> FromProto(const pb::RecordHeldJuriesRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  IdFromName(request.programme(), "programmes", "programme", problems);
  return Unless(
      problems,
      HeldJuries{.programme = request.programme(), .cohort = request.cohort(), .year = request.year()});
}

absl::StatusOr<std::vector<LoadCorrection>> FromProto(const pb::CorrectLoadsRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  runtime::CheckCount(static_cast<std::size_t>(request.corrections_size()), Loads::kCorrectionsMax,
                      "corrections", problems);
  if (request.corrections().empty()) {
    problems.push_back({.field = "corrections", .description = "is empty"});
  }
  std::vector<LoadCorrection> corrections;
  for (int i = 0; i < request.corrections_size(); ++i) {
    const pb::LoadCorrection& message = request.corrections(i);
    if (message.role() < pb::Seat::ROLE_PRESIDENT || message.role() > pb::Seat::ROLE_GUEST) {
      problems.push_back({.field = absl::StrCat("corrections[", i, "].role"),
                          .description = "is missing or unknown; say as what people sat"});
      continue;
    }
    corrections.push_back({.person = message.person(),
                           .programme = message.programme(),
                           .year = message.year(),
                           .role = static_cast<Seat::Role>(static_cast<int>(message.role())),
                           .count = message.count(),
                           .reason = message.reason()});
  }
  return Unless(problems, std::move(corrections));
}

pb::Invitation ToProto(const Invitation& invitation) {
  pb::Invitation message;
  message.set_name(invitation.Name());
  message.set_etag(runtime::EtagFromVersion(invitation.version));
  message.set_programme(invitation.programme);
  message.set_person(invitation.person);
  message.set_role(RoleOf(invitation.role));
  message.set_state(static_cast<pb::Invitation::State>(static_cast<int>(invitation.state)));
  if (invitation.respond_by) SetTime(*invitation.respond_by, message.mutable_respond_by_time());
  if (invitation.invited) SetTime(*invitation.invited, message.mutable_invite_time());
  if (invitation.answered) SetTime(*invitation.answered, message.mutable_answer_time());
  message.set_reason(invitation.reason);
  message.set_replaced_by(invitation.replaced_by);
  message.set_message(invitation.message);
  return message;
}

pb::InviteJurorsResponse ToProto(const InvitedJurors& invited) {
  pb::InviteJurorsResponse response;
  for (const Invitation& invitation : invited.invitations) {
    *response.add_invitations() = ToProto(invitation);
  }
  response.set_unchanged_count(invited.unchanged);
  return response;
}

pb::ListInvitationsResponse ToProto(const Page<Invitation>& page) {
  pb::ListInvitationsResponse response;
  for (const Invitation& invitation : page.items) *response.add_invitations() = ToProto(invitation);
  response.set_next_page_token(runtime::PageToken(page.next));
  return response;
}

pb::ListInvitationEventsResponse ToProto(const std::vector<InvitationEvent>& events) {
  pb::ListInvitationEventsResponse response;
  for (const InvitationEvent& event : events) {
    pb::InvitationEvent& message = *response.add_events();
    message.set_event(event.event);
    SetTime(event.time, message.mutable_time());
    message.set_account(event.account);
    message.set_reason(event.reason);
  }
  return response;
}

pb::RemindJurorsResponse ToProto(const InvitationReminders& reminders) {
  pb::RemindJurorsResponse response;
  for (const InvitationReminder& reminder : reminders.items) {
    pb::InvitationReminder& message = *response.add_reminders();
    message.set_invitation(reminder.invitation.Name());
    message.set_person(reminder.invitation.person);
    if (reminder.invitation.respond_by) {
      SetTime(*reminder.invitation.respond_by, message.mutable_respond_by_time());
    }
    message.set_days_before(reminder.days_before);
  }
  return response;
}

pb::FindReplacementsResponse ToProto(const Replacements& replacements) {
  pb::FindReplacementsResponse response;
  response.set_role(RoleOf(replacements.role));
  for (const Replacement& replacement : replacements.best) Write(replacement, *response.add_replacements());
  for (const AlmostReplacement& almost : replacements.almost) {
    pb::AlmostReplacement& message = *response.add_almost();
    message.set_person(almost.person);
    message.set_obstacle(static_cast<pb::AlmostReplacement::Obstacle>(static_cast<int>(almost.obstacle)));
    message.set_rule(almost.rule);
    message.set_sentence(almost.sentence);
    message.set_expertise(almost.expertise);
  }
  response.set_replacement_count(replacements.best_count);
  response.set_almost_count(replacements.almost_count);
  return response;
}

pb::ReplaceJurorResponse ToProto(const ReplacedJuror& replaced) {
  pb::ReplaceJurorResponse response;
  *response.mutable_jury() = ToProto(replaced.jury);
  *response.mutable_closed() = ToProto(replaced.closed);
  if (replaced.invitation) *response.mutable_invitation() = ToProto(*replaced.invitation);
  return response;
}

pb::Load ToProto(const Load& load) {
  pb::Load message;
  message.set_name(absl::StrCat(load.person, "/load"));
  for (const SeatCount& seats : load.seats) Write(seats, *message.add_seats());
  message.set_current_count(load.current);
  message.set_past_count(load.past);
  message.set_weight(load.weight);
  message.set_weight_mean(load.mean);
  message.set_standing(static_cast<pb::Load::Standing>(static_cast<int>(load.standing)));
  return message;
}

pb::ListLoadsResponse ToProto(const Page<Load>& page) {
  pb::ListLoadsResponse response;
  for (const Load& load : page.items) *response.add_loads() = ToProto(load);
  response.set_next_page_token(runtime::PageToken(page.next));
  return response;
}

pb::RecordHeldJuriesResponse ToProto(const RecordedJuries& recorded) {
  pb::RecordHeldJuriesResponse response;
  *response.mutable_juries() = runtime::ToProto(recorded.juries);
  response.set_seats_count(recorded.seats);
  response.set_left_out_count(recorded.left_out);
  return response;
}

}  // namespace soutenance::assignment
