#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_THESIS_ACCESS_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_THESIS_ACCESS_H_

#include <optional>

#include "services/base/caller.h"
#include "services/submissions/submission_store.h"
#include "services/submissions/thesis.h"

// Who may know what of a thesis. Every answer passes through AsSeenBy; nothing else decides.
namespace soutenance::submissions {

// Returns `thesis` as `caller` may see it; nothing if they may not know of it.
//   those who run its programme, its authors, supervisor, company tutor: all of it
//   company liaison of its programme:                                    all of it, but no title if
//   confidential services for themselves:                                             all of it
// A service that asks on behalf of an account sees what that account sees.
std::optional<Thesis> AsSeenBy(const Caller& caller, Thesis thesis);

// Whether `caller` may read what was written: those who run its programme, its authors, supervisor, company
// tutor. For others who know of a thesis it has no versions.
bool MayRead(const Caller& caller, const Thesis& thesis);

// The theses of which AsSeenBy returns something, as a store can find them. `programme`, if not empty, limits
// them.
ThesisSelection SeenBy(const Caller& caller, const std::string& programme);

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_THESIS_ACCESS_H_
