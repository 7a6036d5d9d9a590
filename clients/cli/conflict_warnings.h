#ifndef SOUTENANCE_CLIENTS_CLI_CONFLICT_WARNINGS_H_
#define SOUTENANCE_CLIENTS_CLI_CONFLICT_WARNINGS_H_

#include <string>

#include "clients/cli/session.h"
#include "soutenance/assignment/v1/assignment.pb.h"

namespace soutenance::cli {

// Warns, on standard error, of what does not refuse a jury and should be thought of: questions about
// conflicts of its members, and members who have not told theirs. If the server does not say, nothing is
// said.
void WarnOfConflicts(Session& session, const assignment::v1::Jury& jury);
// The same about one who was invited to review "theses/{id}".
void WarnOfConflicts(Session& session, const std::string& thesis, const std::string& person);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_CONFLICT_WARNINGS_H_
