#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/assignment/jury_bulk.h"
#include "services/assignment/jury_bulk_problems.h"
#include "services/base/error.h"
#include "services/base/programme_roles.h"
#include "services/base/status.h"

namespace soutenance::assignment {
namespace {

using Reader = AssignmentStore::Reader;

absl::Status BatchNotFound(const std::string& id) {
  return NotFound("batch", absl::StrCat("juryBatches/", id));
}

// Who runs all of its programmes may know of a batch.
bool MaySee(const Caller& caller, const JuryBatch& batch) {
  return std::all_of(batch.programmes.begin(), batch.programmes.end(),
                     [&](const std::string& programme) { return RunsProgramme(caller, programme); });
}

}  // namespace

absl::StatusOr<BulkResult> JuryBulk::Undo(const Caller& caller, const JuryUndo& undo,
                                          const Mutation& mutation) {
  RETURN_IF_ERROR(CheckTheReason(undo.reason));
  ASSIGN_OR_RETURN(BatchWithDecisions of_batch, GetBatch(caller, undo.batch));
  const JuryBatch& batch = of_batch.batch;
  ASSIGN_OR_RETURN(const std::optional<BulkResult> first,
                   FindFirstResult<BulkResult>(parts_.store, mutation));
  if (!first && parts_.clock.Now() > batch.time + JuryBatch::kUndoFor) {
    const std::string since = absl::FormatTime("%Y-%m-%d", batch.time, absl::UTCTimeZone());
    return Error(absl::StatusCode::kFailedPrecondition,
                 absl::StrCat(batch.Name(), " is of ", since,
                              "; what is older than 30 days is not undone: set the juries again"),
                 {.reason = "BATCH_TOO_OLD", .metadata = {{"batch", batch.Name()}, {"time", since}}});
  }
  std::vector<FieldViolation> foreign;
  std::set<std::string> of_others = undo.theses;
  for (const JuryDecision& decision : of_batch.decisions) of_others.erase(decision.thesis);
  for (const std::string& thesis : of_others) {
    foreign.push_back(
        {.field = "theses", .description = absl::StrCat(batch.Name(), " is not about theses/", thesis)});
  }
  if (!foreign.empty()) return InvalidFields(std::move(foreign));
  std::vector<const JuryDecision*> asked;
  Work work{.caller = caller,
            .grounds = {.way = DecisionWay::kUndo, .reason = undo.reason, .source = batch.Name()},
            .undoes = batch.id,
            .theses = {}};
  for (const JuryDecision& decision : of_batch.decisions) {
    if (!undo.theses.empty() && undo.theses.count(decision.thesis) == 0) continue;
    asked.push_back(&decision);
    work.theses.insert(decision.thesis);
  }
  const std::vector<std::string> ids(work.theses.begin(), work.theses.end());

  const auto planner = [&](const Reader& reader, const Theses& theses) -> absl::StatusOr<Plan> {
    Plan plan;
    ASSIGN_OR_RETURN(const std::vector<Jury> found, reader.FindAll(ids));
    std::map<std::string, const Jury*> stored;
    for (const Jury& jury : found) stored[jury.thesis] = &jury;
    ASSIGN_OR_RETURN(const std::vector<JuryDecision> later, reader.DecisionsAfter(batch.id));
    std::set<std::string> moved;
    for (const JuryDecision* decision : asked) {
      Planned planned{.thesis = decision->thesis, .after = decision->before};
      const auto at = stored.find(decision->thesis);
      if (at != stored.end()) planned.before = *at->second;
      if (!planned.Changes()) {
        plan.juries.push_back(std::move(planned));
        continue;
      }
      if (std::any_of(later.begin(), later.end(),
                      [&](const JuryDecision& other) { return other.thesis == decision->thesis; })) {
        moved.insert(decision->thesis);
        continue;
      }
      const auto thesis = theses.find(decision->thesis);
      if (thesis == theses.end()) {
        plan.problems.push_back(ThesisUnknown(decision->thesis, {}));
        continue;
      }
      const std::string& programme = thesis->second.programme;
      if (!RunsProgramme(caller, programme)) {
        plan.problems.push_back(NotYours(decision->thesis, {}, programme));
        continue;
      }
      if (planned.after && planned.after->programme != programme) {
        plan.problems.push_back(
            Refusal(decision->thesis, {}, "thesis_moved", decision->thesis,
                    {absl::StrCat("the thesis has moved to ", programme, " since; its jury was one of ",
                                  planned.after->programme, ": set it by hand"),
                     absl::StrCat("le mémoire a rejoint ", programme, " depuis ; son jury relevait de ",
                                  planned.after->programme, " : fixez-le à la main")}));
        continue;
      }
      plan.juries.push_back(std::move(planned));
    }
    for (const JuryDecision& decision : later) {
      if (moved.count(decision.thesis) > 0) plan.conflicts.push_back(decision);
    }
    return plan;
  };
  return Carry(work, planner, mutation);
}

absl::StatusOr<JuryBulk::BatchWithDecisions> JuryBulk::GetBatch(const Caller& caller,
                                                                const std::string& id) const {
  std::optional<JuryBatch> batch;
  std::vector<JuryDecision> decisions;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(batch, reader.FindBatch(id));
    if (!batch || !MaySee(caller, *batch)) return BatchNotFound(id);
    ASSIGN_OR_RETURN(decisions, reader.DecisionsOf(id));
    return absl::OkStatus();
  }));
  return BatchWithDecisions{.batch = *std::move(batch), .decisions = std::move(decisions)};
}

absl::StatusOr<Page<JuryBatch>> JuryBulk::ListBatches(const Caller& caller, const std::string& programme,
                                                      const PageRequest& page) const {
  Page<JuryBatch> list;
  if (!RunsProgramme(caller, programme)) return list;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    list = {};
    // Those of several programmes may be hidden: what they leave is filled with the next ones.
    PageRequest next{.size = page.size, .after = page.after};
    while (true) {
      ASSIGN_OR_RETURN(Page<JuryBatch> found, reader.ListBatches(programme, next));
      for (JuryBatch& batch : found.items) {
        if (!MaySee(caller, batch)) continue;
        if (list.items.size() == static_cast<std::size_t>(page.size)) {
          list.next = list.items.back().id;
          return absl::OkStatus();
        }
        list.items.push_back(std::move(batch));
      }
      if (found.next.empty()) return absl::OkStatus();
      next.after = found.next;
    }
  }));
  return list;
}

absl::StatusOr<Page<JuryDecision>> JuryBulk::ListDecisions(const Caller& caller,
                                                           const DecisionQuery& query) const {
  DecisionSelection selection{.all = RunsEveryProgramme(caller),
                              .programmes = ProgrammesRunBy(caller),
                              .thesis = query.thesis,
                              .person = query.person};
  if (!query.programme.empty()) {
    const bool may = RunsProgramme(caller, query.programme);
    selection.all = false;
    selection.programmes.clear();
    if (may) selection.programmes.push_back(query.programme);
  }
  Page<JuryDecision> list;
  RETURN_IF_ERROR(parts_.store.Read([&](const Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(list, reader.ListDecisions(selection, query.page));
    return absl::OkStatus();
  }));
  return list;
}

}  // namespace soutenance::assignment
