#include "services/host/directory_authenticator.h"

#include <grpcpp/client_context.h>

#include <memory>
#include <optional>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/base/status.h"
#include "soutenance/directory/v1/accounts.grpc.pb.h"

namespace soutenance::host {
namespace {

namespace pb = ::soutenance::directory::v1;

// An answer takes a millisecond; a directory that does not answer in this time keeps every call waiting.
constexpr absl::Duration kAnswerTimeMax = absl::Seconds(3);

// A role that this program does not know yet allows nothing here.
std::optional<Role> FromProto(access::v1::Role role) {
  // The values of Role are those of the contract, in its order, without the unspecified one.
  const int index = static_cast<int>(role) - 1;
  if (index < 0 || index >= static_cast<int>(std::size(kAllRoles))) return std::nullopt;
  return kAllRoles[index];
}

}  // namespace

absl::StatusOr<Caller> DirectoryAuthenticator::Identify(absl::string_view bearer_token) {
  return here_ ? here_(bearer_token) : Ask(bearer_token);
}

absl::StatusOr<Caller> DirectoryAuthenticator::Ask(absl::string_view bearer_token) {
  ASSIGN_OR_RETURN(const std::shared_ptr<grpc::Channel> channel, peers_.Channel("directory"));
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + kAnswerTimeMax));
  context.AddMetadata(runtime::kServiceTokenKey, identity_.Sign(module_, {}));
  pb::AuthenticateTokenRequest request;
  request.set_secret(bearer_token.data(), bearer_token.size());
  pb::AuthenticateTokenResponse answer;
  RETURN_IF_ERROR(runtime::FromPeer(
      "directory", pb::AccountService::NewStub(channel)->AuthenticateToken(&context, request, &answer)));
  Caller caller{.account = answer.account(), .person = answer.person()};
  for (const pb::RoleGrant& grant : answer.grants()) {
    if (const std::optional<Role> role = FromProto(grant.role())) {
      caller.grants.push_back({.role = *role, .programme = grant.programme()});
    }
  }
  return caller;
}

}  // namespace soutenance::host
