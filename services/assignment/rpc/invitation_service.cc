#include "services/assignment/rpc/invitation_service.h"

#include <string>
#include <vector>

#include "services/assignment/rpc/invitation_proto.h"
#include "services/base/status.h"
#include "services/runtime/wire/changes.h"
#include "services/runtime/wire/requests.h"

namespace soutenance::assignment {
namespace {

namespace pb = ::soutenance::assignment::v1;
using runtime::Call;
using runtime::MakeMutation;

constexpr auto kInvitations = &pb::InvitationService::service_full_name;
constexpr auto kLoads = &pb::LoadService::service_full_name;

}  // namespace

grpc::Status InvitationService::InviteJurors(grpc::ServerContext* context,
                                             const pb::InviteJurorsRequest* request,
                                             pb::InviteJurorsResponse* response) {
  return calls_.Unary(
      *context, kInvitations(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const InvitationBatch batch, FromProto(*request));
        ASSIGN_OR_RETURN(
            const InvitedJurors result,
            invitations_.Invite(call.caller(), batch, MakeMutation(call.caller(), "InviteJurors", *request)));
        *response = ToProto(result);
        return absl::OkStatus();
      },
      response);
}

grpc::Status InvitationService::GetInvitation(grpc::ServerContext* context,
                                              const pb::GetInvitationRequest* request,
                                              pb::Invitation* response) {
  return calls_.Unary(
      *context, kInvitations(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const InvitationKey key, FromProto(*request));
        ASSIGN_OR_RETURN(const Invitation result, invitations_.Get(call.caller(), key));
        *response = ToProto(result);
        return absl::OkStatus();
      },
      response);
}

grpc::Status InvitationService::ListInvitations(grpc::ServerContext* context,
                                                const pb::ListInvitationsRequest* request,
                                                pb::ListInvitationsResponse* response) {
  return calls_.Unary(
      *context, kInvitations(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const InvitationQuery query, FromProto(*request));
        Page<Invitation> page;
        if (query.thesis.empty()) {
          ASSIGN_OR_RETURN(page, invitations_.List(call.caller(), query.programme, query.page));
        } else {
          // A jury has few: all of them are one page.
          ASSIGN_OR_RETURN(page.items, invitations_.ListOfThesis(call.caller(), query.thesis));
        }
        *response = ToProto(page);
        return absl::OkStatus();
      },
      response);
}

grpc::Status InvitationService::AnswerInvitation(grpc::ServerContext* context,
                                                 const pb::AnswerInvitationRequest* request,
                                                 pb::Invitation* response) {
  return calls_.Unary(
      *context, kInvitations(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const InvitationChange change, FromProto(*request));
        ASSIGN_OR_RETURN(const Invitation result,
                         invitations_.Change(call.caller(), change,
                                             MakeMutation(call.caller(), "AnswerInvitation", *request)));
        *response = ToProto(result);
        return absl::OkStatus();
      },
      response);
}

grpc::Status InvitationService::WithdrawInvitation(grpc::ServerContext* context,
                                                   const pb::WithdrawInvitationRequest* request,
                                                   pb::Invitation* response) {
  return calls_.Unary(
      *context, kInvitations(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const InvitationChange change, FromProto(*request));
        ASSIGN_OR_RETURN(const Invitation result,
                         invitations_.Change(call.caller(), change,
                                             MakeMutation(call.caller(), "WithdrawInvitation", *request)));
        *response = ToProto(result);
        return absl::OkStatus();
      },
      response);
}

grpc::Status InvitationService::ListInvitationEvents(grpc::ServerContext* context,
                                                     const pb::ListInvitationEventsRequest* request,
                                                     pb::ListInvitationEventsResponse* response) {
  return calls_.Unary(
      *context, kInvitations(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const InvitationKey key, FromProto(*request));
        ASSIGN_OR_RETURN(const std::vector<InvitationEvent> result,
                         invitations_.ListEvents(call.caller(), key));
        *response = ToProto(result);
        return absl::OkStatus();
      },
      response);
}

grpc::Status InvitationService::RemindJurors(grpc::ServerContext* context,
                                             const pb::RemindJurorsRequest* request,
                                             pb::RemindJurorsResponse* response) {
  return calls_.Unary(
      *context, kInvitations(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const ReminderQuery query, FromProto(*request));
        ASSIGN_OR_RETURN(const InvitationReminders reminders,
                         invitations_.Remind(call.caller(), query.programme, query.days_before,
                                             MakeMutation(call.caller(), "RemindJurors", *request)));
        *response = ToProto(reminders);
        return absl::OkStatus();
      },
      response);
}

grpc::Status InvitationService::FindReplacements(grpc::ServerContext* context,
                                                 const pb::FindReplacementsRequest* request,
                                                 pb::FindReplacementsResponse* response) {
  return calls_.Unary(
      *context, kInvitations(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const ReplacementQuery query, FromProto(*request));
        ASSIGN_OR_RETURN(const Replacements result, proposals_.FindReplacements(call.caller(), query));
        *response = ToProto(result);
        return absl::OkStatus();
      },
      response);
}

grpc::Status InvitationService::ReplaceJuror(grpc::ServerContext* context,
                                             const pb::ReplaceJurorRequest* request,
                                             pb::ReplaceJurorResponse* response) {
  return calls_.Unary(
      *context, kInvitations(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const JurorReplacement replacement, FromProto(*request));
        ASSIGN_OR_RETURN(const ReplacedJuror result,
                         invitations_.Replace(call.caller(), replacement,
                                              MakeMutation(call.caller(), "ReplaceJuror", *request)));
        *response = ToProto(result);
        return absl::OkStatus();
      },
      response);
}

grpc::Status LoadService::GetLoad(grpc::ServerContext* context, const pb::GetLoadRequest* request,
                                  pb::Load* response) {
  return calls_.Unary(
      *context, kLoads(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string person, FromProto(*request));
        ASSIGN_OR_RETURN(const Load result, loads_.GetLoad(call.caller(), person));
        *response = ToProto(result);
        return absl::OkStatus();
      },
      response);
}

grpc::Status LoadService::ListLoads(grpc::ServerContext* context, const pb::ListLoadsRequest* request,
                                    pb::ListLoadsResponse* response) {
  return calls_.Unary(
      *context, kLoads(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const PageRequest page, FromProto(*request));
        ASSIGN_OR_RETURN(const Page<Load> result, loads_.ListLoads(call.caller(), page));
        *response = ToProto(result);
        return absl::OkStatus();
      },
      response);
}

grpc::Status LoadService::RecordHeldJuries(grpc::ServerContext* context,
                                           const pb::RecordHeldJuriesRequest* request,
                                           pb::RecordHeldJuriesResponse* response) {
  return calls_.Unary(
      *context, kLoads(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const HeldJuries held, FromProto(*request));
        ASSIGN_OR_RETURN(const RecordedJuries result,
                         loads_.RecordHeld(call.caller(), held,
                                           MakeMutation(call.caller(), "RecordHeldJuries", *request)));
        *response = ToProto(result);
        return absl::OkStatus();
      },
      response);
}

grpc::Status LoadService::CorrectLoads(grpc::ServerContext* context, const pb::CorrectLoadsRequest* request,
                                       pb::CorrectLoadsResponse* response) {
  return calls_.Unary(
      *context, kLoads(), __func__, *request,
      [&](const Call& call) -> absl::Status {
        ASSIGN_OR_RETURN(const std::vector<LoadCorrection> corrections, FromProto(*request));
        ASSIGN_OR_RETURN(const ChangeList changes,
                         loads_.Correct(call.caller(), corrections,
                                        MakeMutation(call.caller(), "CorrectLoads", *request)));
        *response->mutable_people() = runtime::ToProto(changes);
        return absl::OkStatus();
      },
      response);
}

}  // namespace soutenance::assignment
