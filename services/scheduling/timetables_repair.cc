// Repairs: what people could change so that more defences fit, and drafts that take it for granted.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "services/scheduling/campaign_time.h"
#include "services/scheduling/defence.h"
#include "services/scheduling/insist.h"
#include "services/scheduling/language.h"
#include "services/scheduling/loaded_timetable.h"
#include "services/scheduling/solver/check/check.h"
#include "services/scheduling/solver/explain/reason.h"
#include "services/scheduling/solver/io/problem_text.h"
#include "services/scheduling/solver/search/solve.h"
#include "services/scheduling/telling.h"
#include "services/scheduling/timetables.h"
#include "services/scheduling/transactions.h"

namespace soutenance::scheduling {
namespace {

// What a draft is improved with once its defences have places. The moves end it long before the time on any
// campaign of ordinary size, so that the same repair gives the same draft.
constexpr int64_t kMovesMax = 50'000;
constexpr absl::Duration kSearchMax = absl::Seconds(10);

constexpr std::size_t kManyUnplaced = 10;

absl::Status AlreadyPlaced(const TimetableRecord& timetable, absl::string_view defence) {
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat(defence, " has a place in ", TimetableName(timetable.key),
                            "; explain it to see others, or ask for the repairs of all"),
               {.reason = "PLACED", .metadata = {{"defence", std::string(defence)}}});
}

absl::Status DoesNotHold(const TimetableRecord& timetable) {
  const std::string name = TimetableName(timetable.key);
  return Error(absl::StatusCode::kFailedPrecondition,
               absl::StrCat("these steps do not make room for these defences in ", name,
                            ", or it was not found out in time; find its repairs again"),
               {.reason = "REPAIR_DOES_NOT_HOLD", .metadata = {{"timetable", name}}});
}

// Repairs found for several defences, each once, with the most defences that it was found to make room for.
class Collected {
 public:
  void Add(solver::Repair repair) {
    const auto same = std::find_if(list_.begin(), list_.end(),
                                   [&](const solver::Repair& other) { return other.steps == repair.steps; });
    if (same == list_.end()) {
      list_.push_back(std::move(repair));
    } else if (same->more.size() < repair.more.size()) {
      *same = std::move(repair);
    }
  }

  bool Helps(solver::DefenceId defence) const {
    return std::any_of(list_.begin(), list_.end(), [&](const solver::Repair& repair) {
      return std::find(repair.more.begin(), repair.more.end(), defence) != repair.more.end();
    });
  }

  std::vector<solver::Repair> Take(int count) {
    std::stable_sort(list_.begin(), list_.end(), solver::IsLighter);
    if (list_.size() > static_cast<std::size_t>(count)) list_.resize(static_cast<std::size_t>(count));
    return std::move(list_);
  }

 private:
  std::vector<solver::Repair> list_;
};

RepairStep Told(const solver::RepairStep& step, const solver::Problem& problem, const Telling& telling) {
  const std::string sentence = telling.InLanguage(solver::StepPhrase(problem, step));
  return {.kind = step.kind,
          .person = step.person ? problem.person(*step.person).key : std::string(),
          .start = MomentOf(problem.first_date(), step.time.from),
          .end = MomentOf(problem.first_date(), step.time.to),
          .sentence = absl::StrCat(sentence, ".")};
}

Repair Told(const solver::Repair& repair, const solver::Problem& problem, absl::string_view campaign,
            const Telling& telling) {
  Repair told{
      .people = repair.people, .minutes = repair.minutes, .sentence = telling.InLanguage(repair.sentence)};
  for (const solver::RepairStep& step : repair.steps) told.steps.push_back(Told(step, problem, telling));
  for (const solver::DefenceId id : repair.more) {
    told.defences.push_back(DefenceName(campaign, problem.defence(id).key));
  }
  return told;
}

// What is wrong with a step for this problem; empty: nothing.
std::string ProblemOf(const solver::Problem& problem, const solver::RepairStep& step) {
  if (step.time.from < 0 || step.time.from >= step.time.to ||
      step.time.from / solver::kMinutesPerDay != (step.time.to - 1) / solver::kMinutesPerDay) {
    return "must end after it starts, on the same date";
  }
  switch (step.kind) {
    case solver::RepairStep::Kind::kPersonFrees:
      return step.person ? "" : "names a person who attends no defence of the timetable";
    case solver::RepairStep::Kind::kExtraRoom:
      return problem.DayOf(step.time.from) ? "" : "is on none of the campaign's days";
    case solver::RepairStep::Kind::kExtraDay: {
      const std::vector<solver::Interval> day = solver::ExtraDayOf(problem);
      const bool fits = !day.empty() && day.front().from == step.time.from && day.back().to == step.time.to;
      return fits ? "" : "is not the day after the campaign's last one, with its hours";
    }
  }
  return "";
}

absl::StatusOr<std::vector<solver::RepairStep>> StepsOf(const solver::Problem& problem,
                                                        const std::vector<RepairStep>& asked) {
  std::vector<solver::RepairStep> steps;
  std::vector<FieldViolation> wrong;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    solver::RepairStep step{.kind = asked[i].kind,
                            .person = std::nullopt,
                            .time = {MinuteOf(problem.first_date(), asked[i].start),
                                     MinuteOf(problem.first_date(), asked[i].end)}};
    if (step.kind == solver::RepairStep::Kind::kPersonFrees)
      step.person = problem.FindPerson(asked[i].person);
    const std::string what = ProblemOf(problem, step);
    if (!what.empty()) wrong.push_back({.field = absl::StrCat("steps[", i, "]"), .description = what});
    steps.push_back(std::move(step));
  }
  if (!wrong.empty()) return InvalidFields(std::move(wrong));
  return steps;
}

// The defences called `names`, which must be unplaced ones of the timetable.
absl::StatusOr<std::vector<solver::DefenceId>> UnplacedOf(const LoadedTimetable& loaded,
                                                          const TimetableRecord& timetable,
                                                          const std::vector<std::string>& names) {
  std::vector<solver::DefenceId> defences;
  for (const std::string& name : names) {
    ASSIGN_OR_RETURN(const DefenceKey key, ParseDefenceName(name));
    const std::optional<solver::DefenceId> defence = loaded.problem().FindDefence(key.thesis);
    if (!defence || key.campaign != timetable.key.campaign) return NotFound("defence", name);
    if (loaded.timetable().PlacementOf(*defence)) return AlreadyPlaced(timetable, name);
    defences.push_back(*defence);
  }
  return defences;
}

// The problem as the steps make it. What is published stays what defences should stay close to, and rooms
// that are still to be found are called so.
solver::ProblemSpec SpecOf(const LoadedTimetable& loaded, const TimetableRecord& timetable,
                           const std::vector<solver::RepairStep>& steps, Language language, Cast& cast) {
  const solver::Problem& problem = loaded.problem();
  solver::ProblemSpec spec = solver::Repaired(problem, steps);
  if (timetable.state == TimetableState::kPublished && !problem.rule(solver::RuleId::kStability).IsHard()) {
    for (solver::DefenceSpec& defence : spec.defences) {
      const StoredPlacement* const placement = FindPlacement(timetable, defence.key);
      defence.reference.reset();
      if (placement == nullptr || !placement->place) continue;
      defence.reference = solver::ReferenceSpec{
          .start = MinuteOf(problem.first_date(), placement->place->start), .room = placement->place->room};
    }
  }
  int number = 0;
  for (const std::string& key : solver::AddedRooms(problem, steps)) {
    const bool is_french = language == Language::kFrench;
    const std::string name = absl::StrCat(is_french ? "à trouver " : "to be found ", ++number);
    for (solver::RoomSpec& room : spec.rooms) {
      if (room.key == key) room.name = name;
    }
    cast.rooms[key] = {.title = absl::StrCat(is_french ? "Salle " : "Room ", name), .site = ""};
  }
  return spec;
}

// Improves `start`, which keeps all hard rules, and keeps everything placed that is placed in it.
solver::SolveResult Improved(const solver::Problem& problem, const solver::Placements& start) {
  solver::SolveParams params;
  params.move_limit = kMovesMax;
  params.time_limit = kSearchMax;
  params.start = start;
  solver::SolveResult result = solver::Solve(problem, params, {}, [](const solver::Progress&) {});
  for (std::size_t i = 0; i < start.size(); ++i) {
    if (!start[i] || result.best.PlacementOf(static_cast<solver::DefenceId>(i))) continue;
    // As many are placed, but others.
    result.best = solver::Timetable(problem, start);
    result.termination = solver::Termination::kFeasible;
    break;
  }
  return result;
}

// What was true of places that are others now, or of other facts.
void DropStaleNotes(const TimetableRecord& before, TimetableRecord& after) {
  for (StoredPlacement& placement : after.placements) {
    const StoredPlacement* const was = FindPlacement(before, placement.thesis);
    if (was == nullptr || was->place != placement.place) placement.override_reason.clear();
  }
}

}  // namespace

absl::StatusOr<Repairs> Timetables::FindRepairs(const Caller& caller, const RepairsQuestion& question) const {
  ASSIGN_OR_RETURN(const Seen seen, SeeAsStaff(caller, question.timetable));
  ASSIGN_OR_RETURN(const LoadedTimetable loaded, LoadedTimetable::Load(seen.timetable, seen.facts));
  const solver::Problem& problem = loaded.problem();
  const Telling telling(problem, seen.campaign.name, LanguageOr(question.language, seen.campaign));
  std::vector<solver::DefenceId> asked;
  if (!question.defence.empty()) {
    ASSIGN_OR_RETURN(asked, UnplacedOf(loaded, seen.timetable, {question.defence}));
  } else {
    solver::ForEachId<solver::DefenceId>(problem.DefenceCount(), [&](solver::DefenceId id) {
      if (!loaded.timetable().PlacementOf(id)) asked.push_back(id);
    });
  }
  const absl::Time until = clock_.Now() + kReasonPatience;
  solver::Reasons reasons(loaded.timetable(), [&] { return clock_.Now() > until; });
  Collected found;
  for (const solver::DefenceId id : asked) {
    // Where many have no place, time goes to those that nothing helps yet.
    if (asked.size() > kManyUnplaced && found.Helps(id)) continue;
    for (solver::Repair& repair : reasons.RepairsOf(id)) found.Add(std::move(repair));
  }
  Repairs repairs;
  for (const solver::DefenceId id : asked) {
    if (!found.Helps(id)) repairs.without.push_back(DefenceName(seen.campaign.name, problem.defence(id).key));
  }
  for (const solver::Repair& repair : found.Take(question.count)) {
    repairs.repairs.push_back(Told(repair, problem, seen.campaign.name, telling));
  }
  return repairs;
}

absl::StatusOr<Timetables::Seen> Timetables::Repaired(const Seen& seen, const RepairRequest& request) const {
  ASSIGN_OR_RETURN(const LoadedTimetable loaded, LoadedTimetable::Load(seen.timetable, seen.facts));
  ASSIGN_OR_RETURN(const std::vector<solver::RepairStep> steps, StepsOf(loaded.problem(), request.steps));
  ASSIGN_OR_RETURN(const std::vector<solver::DefenceId> defences,
                   UnplacedOf(loaded, seen.timetable, request.defences));
  const absl::Time until = clock_.Now() + kReasonPatience;
  solver::Reasons reasons(loaded.timetable(), [&] { return clock_.Now() > until; });
  const std::optional<solver::Placements> placements = reasons.Applied(steps, defences);
  if (!placements) return DoesNotHold(seen.timetable);

  Seen draft = seen;
  const Language language = LanguageOf(seen.campaign);
  ASSIGN_OR_RETURN(const solver::Problem problem,
                   solver::Problem::Create(SpecOf(loaded, seen.timetable, steps, language, draft.cast)));
  const solver::SolveResult result = Improved(problem, *placements);
  if (!solver::Check(problem, result.best.placements()).empty()) {
    return absl::InternalError("the rules and the independent check disagree on a repair");
  }
  draft.facts = MakeStoredFacts(solver::WriteProblem(problem), WriteCast(draft.cast),
                                WriteBase(BaseOf(seen.timetable)));
  draft.timetable = {.key = {.campaign = seen.campaign.name},
                     .placements = seen.timetable.placements,
                     .bound = result.bound,
                     .placed_count_bound = result.placed_bound,
                     .is_optimal = result.termination == solver::Termination::kOptimal,
                     .base = seen.timetable.key.number,
                     .solver_version = std::string(solver::SolverVersion()),
                     .problem_digest = draft.facts.problem_digest,
                     .computed_from = draft.facts.id,
                     .shown_with = draft.facts.id,
                     .created = clock_.Now(),
                     .assumptions = seen.timetable.assumptions};
  // Why something has no place is told anew: it may have been one of the facts that are changed.
  for (StoredPlacement& placement : draft.timetable.placements) placement.unplaced.reset();
  TakeFrom(result.best, draft.timetable);
  DropStaleNotes(seen.timetable, draft.timetable);
  const Telling telling(loaded.problem(), seen.campaign.name, language);
  for (const solver::RepairStep& step : steps) {
    draft.timetable.assumptions.push_back(Told(step, loaded.problem(), telling).sentence);
  }
  return draft;
}

absl::StatusOr<RepairOutcome> Timetables::ApplyRepair(const Caller& caller, const RepairRequest& request) {
  ASSIGN_OR_RETURN(const std::optional<std::string> first, FirstResult(request.request));
  if (first) return RepeatRepair(caller, *first, request.language);
  return Insist(request.version, [&] { return ApplyRepairOnce(caller, request); });
}

absl::StatusOr<RepairOutcome> Timetables::RepeatRepair(const Caller& caller, absl::string_view first,
                                                       std::optional<Language> language) const {
  ASSIGN_OR_RETURN(const TimetableReference reference, ParseTimetableName(first));
  ASSIGN_OR_RETURN(const Seen made, SeeAsStaff(caller, reference));
  RepairOutcome outcome{.timetable = ViewOf(made.timetable, made.cast, made.viewer)};
  const absl::StatusOr<Seen> from =
      SeeAsStaff(caller, {.campaign = reference.campaign, .number = made.timetable.base});
  // The draft that was repaired may have been deleted since.
  if (absl::IsNotFound(from.status())) return outcome;
  RETURN_IF_ERROR(from.status());
  ASSIGN_OR_RETURN(outcome.comparison, CompareSeen(*from, made, language));
  return outcome;
}

absl::StatusOr<RepairOutcome> Timetables::ApplyRepairOnce(const Caller& caller,
                                                          const RepairRequest& request) {
  ASSIGN_OR_RETURN(const Seen seen, SeeAsStaff(caller, request.timetable));
  RETURN_IF_ERROR(CheckMayChange(seen.timetable));
  RETURN_IF_ERROR(CheckVersion(seen.timetable, request.version));
  ASSIGN_OR_RETURN(const Seen draft, Repaired(seen, request));
  if (request.validate_only) {
    RepairOutcome outcome{.timetable = ViewOf(draft.timetable, draft.cast, draft.viewer)};
    ASSIGN_OR_RETURN(outcome.comparison, CompareSeen(seen, draft, request.language));
    return outcome;
  }
  const auto write = [&](TimetableWriter& writer) -> absl::StatusOr<std::string> {
    ASSIGN_OR_RETURN(const std::optional<std::string> meanwhile, writer.FindRequest(request.request));
    if (meanwhile) return *meanwhile;
    TimetableRecord made = draft.timetable;
    ASSIGN_OR_RETURN(made.key.number, writer.NextTimetableNumber(made.key.campaign));
    RETURN_IF_ERROR(writer.PutFacts(draft.facts));
    RETURN_IF_ERROR(writer.InsertTimetable(made));
    std::string name = TimetableName(made.key);
    RETURN_IF_ERROR(writer.RememberRequest(request.request, name, clock_.Now()));
    return name;
  };
  ASSIGN_OR_RETURN(const std::string written, WriteTo(store_, write));
  return RepeatRepair(caller, written, request.language);
}

}  // namespace soutenance::scheduling
