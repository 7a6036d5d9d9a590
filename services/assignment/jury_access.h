#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_JURY_ACCESS_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_JURY_ACCESS_H_

#include "services/assignment/jury.h"
#include "services/assignment/thesis_lookup.h"
#include "services/base/caller.h"

// Who may know of a jury. Every answer passes through these functions; nothing else decides.
namespace soutenance::assignment {

// Whether `caller` runs the programme of `jury`, sits on it, or has a part in its thesis. `thesis` is what
// the caller may know of that thesis, null if nothing; juries that the first two reasons show need no such
// question.
bool MaySee(const Caller& caller, const Jury& jury, const ThesisFacts* thesis);

// Whether what `caller` may know of a jury can depend on the thesis: somebody who could have a part in it,
// and who does not see all juries anyway.
bool NeedsThesis(const Caller& caller);

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_JURY_ACCESS_H_
