#ifndef SOUTENANCE_CLIENTS_CLI_DRAFT_CHECKS_H_
#define SOUTENANCE_CLIENTS_CLI_DRAFT_CHECKS_H_

#include <string>

#include "clients/cli/command.h"
#include "clients/cli/session.h"
#include "soutenance/submissions/v1/checks.pb.h"

// What was found in versions of theses, and what differs between two of them.
namespace soutenance::cli {

// Commands of `drafts` and of `milestones`.
Command DraftsChecksCommand();
Command DraftsRecheckCommand();
Command DraftsOverrideCommand();
Command DraftsCompareCommand();
Command MilestonesChecksCommand();

// Waits a little for the checks of the version `name` and prints what was found. Whatever comes in the way is
// told and is no error: the version has been received.
void ShowChecksWhenDone(Session& session, const std::string& name);

// One version's checks, as people read them.
std::string ChecksText(const submissions::v1::DraftChecks& checks, const Session& session);

// A comparison: "[-removed-]" and "{+added+}", coloured where that is possible.
std::string ComparisonText(const submissions::v1::DraftComparison& comparison, Language language,
                           const clients::Terminal& terminal);

}  // namespace soutenance::cli

#endif  // SOUTENANCE_CLIENTS_CLI_DRAFT_CHECKS_H_
