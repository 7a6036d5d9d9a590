#include "services/assignment/jury_writing.h"

#include "services/base/status.h"

namespace soutenance::assignment {

JuryDecision DecisionOf(const std::optional<Jury>& before, const std::optional<Jury>& after,
                        const Deciding& deciding) {
  JuryDecision decision{.thesis = (after ? after : before)->thesis,
                        .version = (before ? before->version : 0) + 1,
                        .programme = (after ? after : before)->programme,
                        .way = deciding.grounds.way,
                        .account = deciding.caller.account,
                        .time = deciding.now,
                        .reason = deciding.grounds.reason,
                        .source = deciding.grounds.source,
                        .batch = deciding.batch,
                        .before = before,
                        .after = after};
  if (decision.after) decision.after->version = decision.version;
  return decision;
}

absl::StatusOr<JuryDecision> WriteJury(AssignmentStore::Writer& writer, const std::optional<Jury>& before,
                                       const std::optional<Jury>& after, const Deciding& deciding) {
  JuryDecision decision = DecisionOf(before, after, deciding);
  if (!before) {
    ASSIGN_OR_RETURN(decision.version, writer.Insert(*after));
    decision.after->version = decision.version;
  } else if (after) {
    Jury replacing = *after;
    replacing.version = before->version;
    RETURN_IF_ERROR(writer.Update(replacing));
  } else {
    RETURN_IF_ERROR(writer.Dissolve(*before));
  }
  RETURN_IF_ERROR(writer.AddDecision(decision));
  return decision;
}

}  // namespace soutenance::assignment
