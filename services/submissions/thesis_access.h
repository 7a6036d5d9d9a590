#ifndef SOUTENANCE_SERVICES_SUBMISSIONS_THESIS_ACCESS_H_
#define SOUTENANCE_SERVICES_SUBMISSIONS_THESIS_ACCESS_H_

#include <map>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "services/base/caller.h"
#include "services/base/confidentiality.h"
#include "services/submissions/submission_store.h"
#include "services/submissions/thesis.h"

// Who a caller is to a thesis, and what follows from it. What somebody of a standing may see, is decided in
// services/base/confidentiality.h; every answer passes through AsSeenBy.
namespace soutenance::submissions {

// What a caller is asked to judge, by the id of the thesis. Who is invited to review it and has not answered,
// knows of it; who accepted reads what a member of its jury reads.
enum class Seat { kInvited, kGuest, kMember, kPresident };
using Seats = std::map<std::string, Seat>;

Standing StandingOf(const Caller& caller, const Thesis& thesis, const Seats& seats = {});
// Who the caller is in the table of transitions.
Actors ActorsOf(const Caller& caller, const Thesis& thesis, const Seats& seats = {});

// What `caller` may see of `thesis`. Whoever does not know the time, takes the one at which most is hidden.
Sight SightOn(const Caller& caller, const Thesis& thesis, const Seats& seats = {},
              absl::Time now = absl::InfinitePast());

// Returns `thesis` as `caller` may see it; nothing if they may not know of it. Its level is the one in force.
std::optional<Thesis> AsSeenBy(const Caller& caller, Thesis thesis, const Seats& seats = {},
                               absl::Time now = absl::InfinitePast());

// Whether `caller` may read all that was written: those who run its programme, its authors, supervisor,
// company tutor. Others may see some of its versions: SightOn.
bool MayRead(const Caller& caller, const Thesis& thesis);

// The theses of which AsSeenBy may return something, as a store can find them. `programme`, if not empty,
// limits them.
ThesisSelection SeenBy(const Caller& caller, const std::string& programme, const Seats& seats = {});

}  // namespace soutenance::submissions

#endif  // SOUTENANCE_SERVICES_SUBMISSIONS_THESIS_ACCESS_H_
