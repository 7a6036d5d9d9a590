#ifndef SOUTENANCE_SERVICES_ASSIGNMENT_JURY_WRITING_H_
#define SOUTENANCE_SERVICES_ASSIGNMENT_JURY_WRITING_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/assignment/assignment_store.h"
#include "services/assignment/decision.h"
#include "services/assignment/jury.h"
#include "services/base/caller.h"

// The one way in which juries are written, so that none changes without a decision.
namespace soutenance::assignment {

// Who decides, when and why.
struct Deciding {
  const Caller& caller;
  absl::Time now;
  const Grounds& grounds;
  std::string batch;  // id, or empty
};

// What writing `after` in place of `before` decides; nothing is no jury. Its version is what it would be if
// no jury had been dissolved before, until WriteJury knows better. REQUIRES: one of them is there.
JuryDecision DecisionOf(const std::optional<Jury>& before, const std::optional<Jury>& after,
                        const Deciding& deciding);

// Writes `after` in place of `before`, which is what is stored: inserts, replaces or dissolves, and adds the
// decision, which it returns; the version of its `after` is the stored one. ABORTED, reason STALE_ETAG, if
// `before` is not what is stored; ALREADY_EXISTS, reason JURY_EXISTS.
absl::StatusOr<JuryDecision> WriteJury(AssignmentStore::Writer& writer, const std::optional<Jury>& before,
                                       const std::optional<Jury>& after, const Deciding& deciding);

}  // namespace soutenance::assignment

#endif  // SOUTENANCE_SERVICES_ASSIGNMENT_JURY_WRITING_H_
