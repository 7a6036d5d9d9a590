#include "services/assignment/conflict_access.h"

#include <algorithm>

#include "services/base/programme_roles.h"

namespace soutenance::assignment {
namespace {

bool IsConcerned(const Caller& caller, const conflicts::Thesis& thesis, absl::string_view person) {
  return !caller.person.empty() && (caller.person == person || thesis.IsBy(caller.person));
}

}  // namespace

bool MaySeeConflicts(const Caller& caller, const conflicts::Thesis& thesis) {
  return RunsProgramme(caller, thesis.programme);
}

bool MayKnowFinding(const Caller& caller, const conflicts::Thesis& thesis, absl::string_view person,
                    const conflicts::Finding& finding) {
  const std::string& programme = finding.programme.empty() ? thesis.programme : finding.programme;
  if (!RunsProgramme(caller, programme)) return false;
  if (caller.person.empty()) return true;
  switch (finding.source) {
    case conflicts::Source::kComputed:
      return true;
    case conflicts::Source::kDeclaredByJuror:
      return caller.person != finding.author;
    case conflicts::Source::kDeclaredByAuthor:
      return caller.person != person;
  }
  return false;
}

bool MayReadDecision(const Caller& caller, const conflicts::Thesis& thesis, absl::string_view person) {
  return MaySeeConflicts(caller, thesis) && !IsConcerned(caller, thesis, person);
}

bool MaySeeDeclaration(const Caller& caller, const conflicts::Declaration& declaration) {
  if (!caller.person.empty() && caller.person == declaration.declarer) return true;
  return RunsProgramme(caller, declaration.programme) &&
         (caller.person.empty() || caller.person != declaration.other);
}

bool MaySeeAnswer(const Caller& caller, absl::string_view programme, absl::string_view person) {
  return RunsProgramme(caller, programme) || (!caller.person.empty() && caller.person == person);
}

bool TakesPartIn(const Caller& caller, absl::string_view programme) {
  return !caller.person.empty() &&
         std::any_of(caller.grants.begin(), caller.grants.end(), [&](const Grant& grant) {
           return grant.programme.empty() || grant.programme == programme;
         });
}

}  // namespace soutenance::assignment
