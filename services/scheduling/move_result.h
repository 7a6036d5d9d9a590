#ifndef SOUTENANCE_SERVICES_SCHEDULING_MOVE_RESULT_H_
#define SOUTENANCE_SERVICES_SCHEDULING_MOVE_RESULT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/scheduling/explanation.h"

namespace soutenance::scheduling {

// What is remembered of a move under its request id: everything but the timetable, which is told by name.
struct MoveResult {
  std::string timetable;  // "campaigns/m2-2027/timetables/4"
  std::vector<RuleEffect> effects;
  solver::Score score_before;
  solver::Score score_after;
  std::vector<RuleMatch> needs_reason;
};

// The result as bytes, and back. DATA_LOSS if `bytes` does not come from WriteMoveResult.
std::string WriteMoveResult(const MoveResult& result);
absl::StatusOr<MoveResult> ParseMoveResult(absl::string_view bytes);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_MOVE_RESULT_H_
