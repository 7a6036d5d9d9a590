#include "services/assignment/jury_access.h"

#include "services/base/programme_roles.h"

namespace soutenance::assignment {

bool MaySee(const Caller& caller, const Jury& jury, const ThesisFacts* thesis) {
  return RunsProgramme(caller, jury.programme) || jury.Seats(caller.person) ||
         (thesis != nullptr && thesis->HasPart(caller.person));
}

bool NeedsThesis(const Caller& caller) { return !caller.person.empty() && !RunsEveryProgramme(caller); }

}  // namespace soutenance::assignment
