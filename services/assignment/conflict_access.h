#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_CONFLICT_ACCESS_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_CONFLICT_ACCESS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "services/assignment/conflicts/conflicts.h"
#include "services/base/caller.h"

// Who may know what about conflicts. Every answer and every refusal passes through these functions; nothing
// else decides.
namespace soutenance::assignment {

// Whether `caller` may know what there is between `thesis` and anybody: those who run its programme.
bool MaySeeConflicts(const Caller& caller, const conflicts::Thesis& thesis);

// Whether `caller`, who may see the conflict of `thesis` and `person`, may also know this finding's kind,
// source and detail: not if it belongs to a programme that they do not run, and not if somebody else declared
// it about the caller.
bool MayKnowFinding(const Caller& caller, const conflicts::Thesis& thesis, absl::string_view person,
                    const conflicts::Finding& finding);

// Whether `caller`, who may see the conflict, may read why something was decided about it: not if it is about
// themselves, because the reason may tell what others declared.
bool MayReadDecision(const Caller& caller, const conflicts::Thesis& thesis, absl::string_view person);

// Whether `caller` may read a declaration: who made it, and those who run the programme unless it is about
// them.
bool MaySeeDeclaration(const Caller& caller, const conflicts::Declaration& declaration);

// Whether `caller` may see the answer of `person` in `programme`.
bool MaySeeAnswer(const Caller& caller, absl::string_view programme, absl::string_view person);

// Whether `caller` is somebody in `programme`: a person with a role in it.
bool TakesPartIn(const Caller& caller, absl::string_view programme);

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_CONFLICT_ACCESS_H_
