#include "services/runtime/access_policy.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "soutenance/access/v1/access.pb.h"

namespace soutenance::runtime {
namespace {

std::optional<Role> FromProto(access::v1::Role role) {
  switch (role) {
    case access::v1::ROLE_STUDENT:
      return Role::kStudent;
    case access::v1::ROLE_SUPERVISOR:
      return Role::kSupervisor;
    case access::v1::ROLE_REVIEWER:
      return Role::kReviewer;
    case access::v1::ROLE_JUROR:
      return Role::kJuror;
    case access::v1::ROLE_COMPANY_TUTOR:
      return Role::kCompanyTutor;
    case access::v1::ROLE_STAFF:
      return Role::kStaff;
    case access::v1::ROLE_COMPANY_LIAISON:
      return Role::kCompanyLiaison;
    case access::v1::ROLE_PROGRAMME_HEAD:
      return Role::kProgrammeHead;
    case access::v1::ROLE_ADMINISTRATOR:
      return Role::kAdministrator;
    default:  // unspecified, or a number that this program does not know
      return std::nullopt;
  }
}

absl::Status WithoutAccess(const std::string& method, absl::string_view why) {
  return Error(absl::StatusCode::kFailedPrecondition, absl::StrCat("method ", method, " ", why),
               {.reason = "METHOD_WITHOUT_ACCESS", .metadata = {{"method", method}}});
}

absl::StatusOr<MethodAccess> Read(const google::protobuf::MethodDescriptor& method) {
  const access::v1::Access& option = method.options().GetExtension(access::v1::access);
  if (option.roles().empty() && !option.authenticated() && !option.services()) {
    return WithoutAccess(method.full_name(),
                         "does not say who may call it: give it the option (soutenance.access.v1.access)");
  }
  MethodAccess access{.authenticated = option.authenticated(),
                      .services = option.services(),
                      .streams = method.server_streaming() || method.client_streaming()};
  for (const int role_number : option.roles()) {
    const std::optional<Role> role = FromProto(static_cast<access::v1::Role>(role_number));
    if (!role) return WithoutAccess(method.full_name(), "allows a role that does not exist");
    access.roles.push_back(*role);
  }
  if (option.request_bytes_max() > 0) access.request_bytes_max = option.request_bytes_max();
  if (option.time_ms_max() > 0) access.time_max = absl::Milliseconds(option.time_ms_max());
  return access;
}

}  // namespace

absl::StatusOr<AccessPolicy> AccessPolicy::Create(const std::vector<std::string>& services) {
  AccessPolicy policy;
  for (const std::string& name : services) {
    const google::protobuf::ServiceDescriptor* service =
        google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(name);
    if (service == nullptr) return NotFound("service", name);
    for (int i = 0; i < service->method_count(); ++i) {
      ASSIGN_OR_RETURN(MethodAccess access, Read(*service->method(i)));
      policy.methods_[absl::StrCat(name, "/", service->method(i)->name())] = std::move(access);
    }
  }
  return policy;
}

const MethodAccess* AccessPolicy::Find(absl::string_view service, absl::string_view method) const {
  const auto found = methods_.find(absl::StrCat(service, "/", method));
  return found == methods_.end() ? nullptr : &found->second;
}

absl::Status Allow(const MethodAccess& access, const Caller& caller, absl::string_view method) {
  if (caller.IsService()) {
    if (access.services) return absl::OkStatus();
    return Error(absl::StatusCode::kPermissionDenied,
                 absl::StrCat("service ", caller.service, " may not call ", method,
                              "; other services may not call it at all"),
                 {.reason = "SERVICE_NOT_ALLOWED",
                  .metadata = {{"method", std::string(method)}, {"service", caller.service}}});
  }
  if (access.authenticated) return absl::OkStatus();
  const bool has_role = std::any_of(access.roles.begin(), access.roles.end(),
                                    [&](Role role) { return caller.HasRoleAnywhere(role); });
  const bool has_every_role = !access.roles.empty() && caller.HasRole(Role::kAdministrator, "");
  if (has_role || has_every_role) return absl::OkStatus();
  const std::string roles = absl::StrJoin(
      access.roles, ", ", [](std::string* out, Role role) { absl::StrAppend(out, RoleName(role)); });
  return Error(
      absl::StatusCode::kPermissionDenied,
      access.roles.empty() ? absl::StrCat("only other services may call ", method)
                           : absl::StrCat(method, " needs one of the roles ", roles,
                                          "; an administrator can give it to the account"),
      {.reason = "ROLE_NOT_ALLOWED", .metadata = {{"method", std::string(method)}, {"roles", roles}}});
}

}  // namespace soutenance::runtime
