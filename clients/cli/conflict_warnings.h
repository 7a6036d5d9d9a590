#ifndef SOUTENANCE_CLIENTS_CLI_CONFLICT_WARNINGS_H_
#define SOUTENANCE_CLIENTS_CLI_CONFLICT_WARNINGS_H_

#include "clients/cli/session.h"
#include "soutenance/assignment/v1/assignment.pb.h"

namespace soutenance::cli {

// Warns, on standard error, of what does not refuse a jury and should be thought of: questions about
// conflicts of its members, and members who have not told theirs. If the server does not say, nothing is
// said.
void WarnOfConflicts(Session& session, const assignment::v1::Jury& jury);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_CONFLICT_WARNINGS_H_
