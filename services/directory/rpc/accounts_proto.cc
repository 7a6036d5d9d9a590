#include "services/directory/rpc/accounts_proto.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"
#include "services/base/id.h"
#include "services/directory/rpc/time_proto.h"
#include "services/directory/rpc/unless.h"
#include "services/runtime/wire/etags.h"
#include "services/runtime/wire/fields.h"
#include "services/runtime/wire/pages.h"
#include "services/runtime/wire/requests.h"

namespace soutenance::directory {
namespace {

namespace access = ::soutenance::access::v1;
using Problems = std::vector<FieldViolation>;
using runtime::IdFromName;

access::Role ToProto(Role role) {
  switch (role) {
    case Role::kStudent:
      return access::ROLE_STUDENT;
    case Role::kSupervisor:
      return access::ROLE_SUPERVISOR;
    case Role::kReviewer:
      return access::ROLE_REVIEWER;
    case Role::kJuror:
      return access::ROLE_JUROR;
    case Role::kCompanyTutor:
      return access::ROLE_COMPANY_TUTOR;
    case Role::kStaff:
      return access::ROLE_STAFF;
    case Role::kCompanyLiaison:
      return access::ROLE_COMPANY_LIAISON;
    case Role::kProgrammeHead:
      return access::ROLE_PROGRAMME_HEAD;
    case Role::kAdministrator:
      return access::ROLE_ADMINISTRATOR;
  }
  return access::ROLE_UNSPECIFIED;
}

// Takes the number: newer clients may send roles that we do not know.
Role RoleFromProto(int number, const std::string& field, Problems& problems) {
  for (const Role role : kAllRoles) {
    if (ToProto(role) == number) return role;
  }
  problems.push_back({field, absl::StrCat(number, " is not a role")});
  return Role::kStudent;
}

void AddGrants(const std::vector<Grant>& grants, google::protobuf::RepeatedPtrField<v1::RoleGrant>& to) {
  for (const Grant& grant : grants) {
    v1::RoleGrant& entry = *to.Add();
    entry.set_role(ToProto(grant.role));
    entry.set_programme(grant.programme);
  }
}

Account ValuesFromProto(const v1::Account& message, Problems& problems) {
  Account account = {.title = message.title(), .disabled = message.disabled()};
  if (!message.person().empty()) {
    account.person = IdFromName(message.person(), "people", "account.person", problems);
  }
  for (int i = 0; i < message.grants_size(); ++i) {
    const v1::RoleGrant& grant = message.grants(i);
    const std::string path = absl::StrCat("account.grants[", i, "].");
    if (!grant.programme().empty()) {
      IdFromName(grant.programme(), "programmes", absl::StrCat(path, "programme"), problems);
    }
    account.grants.push_back(
        {RoleFromProto(grant.role(), absl::StrCat(path, "role"), problems), grant.programme()});
  }
  return account;
}

}  // namespace

absl::StatusOr<std::string> FromProto(const v1::GetAccountRequest& request) {
  Problems problems;
  return Unless(problems, IdFromName(request.name(), "accounts", "name", problems));
}

absl::StatusOr<PageRequest> FromProto(const v1::ListAccountsRequest& request) {
  Problems problems;
  return Unless(problems, runtime::PageFromProto(request.page_size(), request.page_token(), problems));
}

absl::StatusOr<Account> FromProto(const v1::CreateAccountRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  Account account = ValuesFromProto(request.account(), problems);
  account.id = request.account_id();
  return Unless(problems, std::move(account));
}

absl::StatusOr<AccountUpdate> FromProto(const v1::UpdateAccountRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  AccountUpdate update = {.account = ValuesFromProto(request.account(), problems),
                          .expected_version = runtime::VersionFromEtag(request.account().etag())};
  update.account.id = IdFromName(request.account().name(), "accounts", "account.name", problems);
  return Unless(problems, std::move(update));
}

absl::StatusOr<TokenWish> FromProto(const v1::CreateTokenRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  TokenWish wish = {.title = request.title(), .valid_for = absl::Seconds(request.valid_seconds())};
  if (!request.parent().empty()) wish.account = IdFromName(request.parent(), "accounts", "parent", problems);
  for (int i = 0; i < request.scopes_size(); ++i) {
    wish.scopes.push_back(RoleFromProto(request.scopes(i), absl::StrCat("scopes[", i, "]"), problems));
  }
  return Unless(problems, std::move(wish));
}

absl::StatusOr<TokenQuery> FromProto(const v1::ListTokensRequest& request) {
  Problems problems;
  TokenQuery query = {.page = runtime::PageFromProto(request.page_size(), request.page_token(), problems)};
  if (!request.parent().empty()) query.account = IdFromName(request.parent(), "accounts", "parent", problems);
  return Unless(problems, std::move(query));
}

absl::StatusOr<TokenKey> FromProto(const v1::RevokeTokenRequest& request) {
  Problems problems;
  runtime::CheckRequestId(request.request_id(), problems);
  TokenKey key;
  const std::vector<absl::string_view> parts = absl::StrSplit(request.name(), '/');
  if (parts.size() == 4 && parts[0] == "accounts" && parts[2] == "tokens" && CheckId(parts[1]).ok() &&
      CheckId(parts[3]).ok()) {
    key = {std::string(parts[1]), std::string(parts[3])};
  } else {
    problems.push_back({"name", "expected accounts/{account}/tokens/{id}"});
  }
  return Unless(problems, std::move(key));
}

v1::Account ToProto(const Account& account) {
  v1::Account message;
  message.set_name(AccountName(account.id));
  message.set_etag(runtime::EtagFromVersion(account.version));
  if (!account.person.empty()) message.set_person(absl::StrCat("people/", account.person));
  message.set_title(account.title);
  AddGrants(account.grants, *message.mutable_grants());
  message.set_disabled(account.disabled);
  *message.mutable_create_time() = TimestampToProto(account.create_time);
  return message;
}

v1::ListAccountsResponse ToProto(const Page<Account>& page) {
  v1::ListAccountsResponse message;
  for (const Account& account : page.items) *message.add_accounts() = ToProto(account);
  message.set_next_page_token(runtime::PageToken(page.next));
  return message;
}

v1::Token ToProto(const Token& token) {
  v1::Token message;
  message.set_name(TokenName(token.account, token.id));
  message.set_title(token.title);
  for (const Role role : token.scopes) message.add_scopes(ToProto(role));
  *message.mutable_create_time() = TimestampToProto(token.create_time);
  *message.mutable_expire_time() = TimestampToProto(token.expire_time);
  if (token.revoke_time) *message.mutable_revoke_time() = TimestampToProto(*token.revoke_time);
  return message;
}

v1::Token ToProto(const NewToken& token) {
  v1::Token message = ToProto(token.token);
  message.set_secret(token.secret);
  return message;
}

v1::ListTokensResponse ToProto(const Page<Token>& page) {
  v1::ListTokensResponse message;
  for (const Token& token : page.items) *message.add_tokens() = ToProto(token);
  message.set_next_page_token(runtime::PageToken(page.next));
  return message;
}

v1::AuthenticateTokenResponse ToProto(const Caller& caller) {
  v1::AuthenticateTokenResponse message;
  message.set_account(caller.account);
  message.set_person(caller.person);
  AddGrants(caller.grants, *message.mutable_grants());
  return message;
}

}  // namespace soutenance::directory
