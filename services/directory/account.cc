#include "services/directory/account.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "services/base/id.h"
#include "services/directory/checks.h"

namespace soutenance::directory {
namespace {

constexpr std::size_t kGrantsMax = 200;

}  // namespace

std::string AccountName(absl::string_view id) { return absl::StrCat("accounts/", id); }

std::string TokenName(absl::string_view account, absl::string_view id) {
  return absl::StrCat("accounts/", account, "/tokens/", id);
}

bool IsFullAdministrator(const Account& account) {
  return !account.disabled &&
         std::any_of(account.grants.begin(), account.grants.end(), [](const Grant& grant) {
           return grant.role == Role::kAdministrator && grant.programme.empty();
         });
}

std::vector<Grant> WithinScopes(const std::vector<Grant>& grants, const std::vector<Role>& scopes) {
  if (scopes.empty()) return grants;
  std::vector<Grant> within;
  const auto add = [&](const Grant& grant) {
    if (std::find(within.begin(), within.end(), grant) == within.end()) within.push_back(grant);
  };
  for (const Grant& grant : grants) {
    const bool has_every_role = grant.role == Role::kAdministrator && grant.programme.empty();
    for (const Role role : scopes) {
      if (has_every_role || role == grant.role) add({role, grant.programme});
    }
  }
  return within;
}

void Check(const Account& account, absl::string_view prefix, std::vector<FieldViolation>& problems) {
  CheckText(account.title, Presence::kOptional, kTitleCharactersMax, absl::StrCat(prefix, "title"), problems);
  if (!account.person.empty()) CheckIdField(account.person, absl::StrCat(prefix, "person"), problems);
  const std::vector<Grant>& grants = account.grants;
  if (grants.size() > kGrantsMax) {
    problems.push_back({absl::StrCat(prefix, "grants"),
                        absl::StrCat("has ", grants.size(), " entries; at most ", kGrantsMax)});
  }
  for (std::size_t i = 0; i < grants.size(); ++i) {
    const auto here = grants.begin() + static_cast<std::ptrdiff_t>(i);
    if (!grants[i].programme.empty() && !ParseName(grants[i].programme, "programmes").ok()) {
      problems.push_back({absl::StrCat(prefix, "grants[", i, "].programme"),
                          "is not the name of a programme such as programmes/msi"});
    } else if (std::find(grants.begin(), here, grants[i]) != here) {
      problems.push_back({absl::StrCat(prefix, "grants[", i, "]"), "stands there twice"});
    }
  }
}

}  // namespace soutenance::directory
