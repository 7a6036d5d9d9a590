#ifndef SOUTENANCE_TESTS_SYSTEM_CLIENT_H_
#define SOUTENANCE_TESTS_SYSTEM_CLIENT_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/runtime/status_wire.h"
#include "soutenance/assignment/v1/assignment.grpc.pb.h"
#include "soutenance/assignment/v1/invitations.grpc.pb.h"
#include "soutenance/assignment/v1/loads.grpc.pb.h"
#include "soutenance/assignment/v1/profiles.grpc.pb.h"
#include "soutenance/assignment/v1/proposals.grpc.pb.h"
#include "soutenance/directory/v1/accounts.grpc.pb.h"
#include "soutenance/directory/v1/directory.grpc.pb.h"
#include "soutenance/directory/v1/imports.grpc.pb.h"
#include "soutenance/scheduling/v1/campaigns.grpc.pb.h"
#include "soutenance/scheduling/v1/timetables.grpc.pb.h"
#include "soutenance/submissions/v1/drafts.grpc.pb.h"
#include "soutenance/submissions/v1/reviews.grpc.pb.h"
#include "soutenance/submissions/v1/statements.grpc.pb.h"
#include "soutenance/submissions/v1/submissions.grpc.pb.h"
#include "tests/system/deployment.h"

namespace soutenance::system_test {

using AccountStub = directory::v1::AccountService::Stub;
using DirectoryStub = directory::v1::DirectoryService::Stub;
using ImportStub = directory::v1::ImportService::Stub;
using SubmissionsStub = submissions::v1::SubmissionsService::Stub;
using AssignmentStub = assignment::v1::AssignmentService::Stub;
using InvitationStub = assignment::v1::InvitationService::Stub;
using LoadStub = assignment::v1::LoadService::Stub;
using ProfileStub = assignment::v1::ProfileService::Stub;
using ProposalStub = assignment::v1::ProposalService::Stub;
using CampaignStub = scheduling::v1::CampaignService::Stub;
using TimetableStub = scheduling::v1::TimetableService::Stub;

// Somebody with a token who calls a deployment:
//   ASSERT_OK_AND_ASSIGN(const auto room, client.Call(&DirectoryStub::GetRoom, request));
// A client belongs to one start of the deployment: make a new one after a restart.
class Client {
 public:
  // An empty token calls without any.
  Client(const Deployment& deployment, std::string token)
      : deployment_(deployment), token_(std::move(token)) {}

  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                                const Request& request) const {
    grpc::ClientContext context;
    Prepare(context);
    Response response;
    Stub stub(deployment_.ChannelTo(ModuleOf<Stub>()));
    const absl::Status status = runtime::FromGrpc((stub.*method)(&context, request, &response));
    if (!status.ok()) return status;
    return response;
  }

  // Reads all messages of an answer that is a stream.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<std::vector<Response>> ReadAll(
      std::unique_ptr<grpc::ClientReader<Response>> (Stub::*method)(grpc::ClientContext*, const Request&),
      const Request& request) const {
    grpc::ClientContext context;
    Prepare(context);
    Stub stub(deployment_.ChannelTo(ModuleOf<Stub>()));
    const auto stream = (stub.*method)(&context, request);
    std::vector<Response> messages;
    for (Response message; stream->Read(&message);) messages.push_back(message);
    const absl::Status status = runtime::FromGrpc(stream->Finish());
    if (!status.ok()) return status;
    return messages;
  }

  // Follows a run until it has finished or `look` returns false; returns it as it was last.
  absl::StatusOr<scheduling::v1::TimetableRun> Follow(
      const std::string& run, const std::function<bool(const scheduling::v1::TimetableRun&)>& look) const {
    grpc::ClientContext context;
    Prepare(context);
    scheduling::v1::FollowTimetableRunRequest request;
    request.set_name(run);
    TimetableStub stub(deployment_.ChannelTo("scheduling"));
    const auto stream = stub.FollowTimetableRun(&context, request);
    scheduling::v1::TimetableRun now;
    while (stream->Read(&now)) {
      if (!look(now)) {
        context.TryCancel();
        stream->Finish();
        return now;
      }
    }
    const absl::Status status = runtime::FromGrpc(stream->Finish());
    if (!status.ok()) return status;
    return now;
  }

 private:
  template <typename Stub>
  static std::string ModuleOf() {
    if constexpr (std::is_same_v<Stub, SubmissionsStub> ||
                  std::is_same_v<Stub, submissions::v1::DraftService::Stub> ||
                  std::is_same_v<Stub, submissions::v1::ReviewService::Stub> ||
                  std::is_same_v<Stub, submissions::v1::StatementService::Stub>)
      return "submissions";
    if constexpr (std::is_same_v<Stub, AssignmentStub> || std::is_same_v<Stub, InvitationStub> ||
                  std::is_same_v<Stub, LoadStub> || std::is_same_v<Stub, ProfileStub> ||
                  std::is_same_v<Stub, ProposalStub>)
      return "assignment";
    if constexpr (std::is_same_v<Stub, CampaignStub> || std::is_same_v<Stub, TimetableStub>)
      return "scheduling";
    return "directory";
  }

  void Prepare(grpc::ClientContext& context) const {
    context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Minutes(3)));
    if (!token_.empty()) context.AddMetadata("authorization", absl::StrCat("Bearer ", token_));
  }

  const Deployment& deployment_;
  const std::string token_;
};

}  // namespace soutenance::system_test

#endif  // SOUTENANCE_TESTS_SYSTEM_CLIENT_H_
