#include "services/submissions/thesis_access.h"

#include <set>
#include <string>
#include <utility>

#include "services/base/programme_roles.h"

namespace soutenance::submissions {

bool MayRead(const Caller& caller, const Thesis& thesis) {
  return RunsProgramme(caller, thesis.programme) || thesis.HasPart(caller.person);
}

std::optional<Thesis> AsSeenBy(const Caller& caller, Thesis thesis) {
  if (MayRead(caller, thesis)) return thesis;
  if (!caller.HasRole(Role::kCompanyLiaison, thesis.programme)) return std::nullopt;
  if (thesis.confidential) thesis.title.clear();
  return thesis;
}

ThesisSelection SeenBy(const Caller& caller, const std::string& programme) {
  ThesisSelection selection{.person = caller.person, .only_programme = programme};
  selection.all = RunsEveryProgramme(caller) || caller.HasRole(Role::kCompanyLiaison, "");
  std::set<std::string> programmes;
  for (const Grant& grant : caller.grants) {
    const bool seen = grant.role == Role::kCompanyLiaison || RunsProgramme(caller, grant.programme);
    if (seen && !grant.programme.empty()) programmes.insert(grant.programme);
  }
  selection.programmes.assign(programmes.begin(), programmes.end());
  return selection;
}

}  // namespace soutenance::submissions
