#include "clients/cli/reviewers.h"

#include "clients/cli/decisions.h"
#include "clients/cli/invitations.h"
#include "clients/cli/nouns.h"
#include "clients/cli/proposals.h"

namespace soutenance::cli {

Noun ReviewersNoun() {
  std::vector<Command> commands;
  for (const auto& part : {ReviewerProfileCommands(), ReviewerExpertiseCommands(), ReviewerProposalCommands(),
                           ReviewerLoadCommands(), ReviewerDecisionCommands()}) {
    commands.insert(commands.end(), part.begin(), part.end());
  }
  return {
      .name = "reviewers",
      .summary = {"what is known of those who read and judge", "ce qu’on sait de ceux qui lisent et jugent"},
      .commands = std::move(commands)};
}

}  // namespace soutenance::cli
