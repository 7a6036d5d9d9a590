// Repairs: what people could change so that more defences fit, and drafts that take it for granted.
#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "services/scheduling/campaign_time.h"
#include "services/scheduling/defence.h"
#include "services/scheduling/insist.h"
#include "services/scheduling/language.h"
#include "services/scheduling/loaded_timetable.h"
#include "services/scheduling/problem_builder.h"
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
constexpr absl::string_view kStability = "stability";
constexpr absl::Duration kSearchMax = absl::Seconds(10);

constexpr std::size_t kManyUnplaced = 10;

absl::Status AlreadyPlaced(const TimetableRecord& timetable, absl::string_view defence,
                           std::optional<Language> language) {
  const std::string name = TimetableName(timetable.key);
  return Error(
      absl::StatusCode::kFailedPrecondition,
      InAsked(language,
              absl::StrCat(defence, " a une place dans ", name,
                           " ; demandez son explication pour en voir d’autres, ou les réparations de "
                           "toutes"),
              absl::StrCat(defence, " has a place in ", name,
                           "; explain it to see others, or ask for the repairs of all")),
      {.reason = "PLACED", .metadata = {{"defence", std::string(defence)}}});
}

absl::Status DoesNotHold(const TimetableRecord& timetable, std::optional<Language> language) {
  const std::string name = TimetableName(timetable.key);
  return Error(absl::StatusCode::kFailedPrecondition,
               InAsked(language,
                       absl::StrCat("ces mesures ne font pas de place à ces soutenances dans ", name,
                                    ", ou le temps a manqué pour le savoir ; cherchez de nouveau ses "
                                    "réparations"),
                       absl::StrCat("these steps do not make room for these defences in ", name,
                                    ", or it was not found out in time; find its repairs again")),
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
                                                          const std::vector<std::string>& names,
                                                          std::optional<Language> language) {
  std::vector<solver::DefenceId> defences;
  for (const std::string& name : names) {
    ASSIGN_OR_RETURN(const DefenceKey key, ParseDefenceName(name));
    const std::optional<solver::DefenceId> defence = loaded.problem().FindDefence(key.thesis);
    if (!defence || key.campaign != timetable.key.campaign) return NotFound("defence", name);
    if (loaded.timetable().PlacementOf(*defence)) return AlreadyPlaced(timetable, name, language);
    defences.push_back(*defence);
  }
  return defences;
}

// What is published stays what defences should stay close to.
void StayClose(const LoadedTimetable& loaded, const TimetableRecord& timetable, solver::ProblemSpec& spec) {
  const solver::Problem& problem = loaded.problem();
  if (timetable.state != TimetableState::kPublished || problem.rule(solver::RuleId::kStability).IsHard())
    return;
  for (solver::DefenceSpec& defence : spec.defences) {
    const StoredPlacement* const placement = FindPlacement(timetable, defence.key);
    defence.reference.reset();
    if (placement == nullptr || !placement->place) continue;
    defence.reference = solver::ReferenceSpec{
        .start = MinuteOf(problem.first_date(), placement->place->start), .room = placement->place->room};
  }
}

// A draft that nobody knows may change all of it; but whoever applies a repair to it wants what it makes room
// for, and the rest to stay. So for the search alone it is as if `stays`, what it is now, were published.
// What is published is close to itself already.
solver::ProblemSpec AsIfPublished(const solver::Problem& problem, const solver::Timetable& stays,
                                  const std::map<std::string, RoomFacts>& named) {
  solver::ProblemSpec spec = problem.spec();
  for (solver::DefenceSpec& defence : spec.defences) {
    defence.reference.reset();
    const std::optional<solver::DefenceId> id = stays.problem().FindDefence(defence.key);
    const std::optional<solver::Placement> at = id ? stays.PlacementOf(*id) : std::nullopt;
    if (!at) continue;
    const std::string& room = stays.problem().room(at->room).key;
    const auto found = named.find(room);
    defence.reference =
        solver::ReferenceSpec{.start = at->start, .room = found == named.end() ? room : found->second.name};
  }
  std::erase_if(spec.rules, [](const auto& rule) { return rule.rule == kStability; });
  spec.rules.push_back({.rule = std::string(kStability), .level = solver::RuleLevel::kStrong});
  return spec;
}

// Rooms that are still to be found are called so; those of `named` get their own name and facts.
void NameRooms(const std::vector<std::string>& added, const std::map<std::string, RoomFacts>& named,
               const Campaign& campaign, solver::ProblemSpec& spec, Cast& cast) {
  const bool is_french = LanguageOf(campaign) == Language::kFrench;
  for (solver::RoomSpec& room : spec.rooms) {
    const auto found = named.find(room.key);
    if (found != named.end()) {
      cast.rooms.erase(room.key);
      room = RoomSpecOf(campaign, found->second);
      cast.rooms[room.key] = {.title = found->second.title, .site = found->second.site};
    } else if (std::count(added.begin(), added.end(), room.key) > 0) {
      const absl::string_view number = absl::string_view(room.key).substr(room.key.rfind('-') + 1);
      room.name = absl::StrCat(is_french ? "à trouver " : "to be found ", number);
      cast.rooms[room.key] = {.title = absl::StrCat(is_french ? "Salle " : "Room ", room.name), .site = ""};
    }
  }
  const auto rename = [&](std::string& key) {
    const auto found = named.find(key);
    if (found != named.end()) key = found->second.name;
  };
  for (solver::DefenceSpec& defence : spec.defences) {
    if (defence.reference) rename(defence.reference->room);
    if (defence.pin.room) rename(*defence.pin.room);
  }
}

// `placements` of `before` in `after`, where rooms may have other keys, and so other numbers.
solver::Placements Renumbered(const solver::Problem& before, solver::Placements placements,
                              const std::map<std::string, RoomFacts>& named, const solver::Problem& after) {
  for (std::optional<solver::Placement>& placement : placements) {
    if (!placement) continue;
    const std::string& key = before.room(placement->room).key;
    const auto found = named.find(key);
    placement->room = *after.FindRoom(found == named.end() ? key : found->second.name);
  }
  return placements;
}

// The same for what is stored.
void Rename(const std::map<std::string, RoomFacts>& named, TimetableRecord& timetable) {
  for (StoredPlacement& placement : timetable.placements) {
    if (!placement.place) continue;
    const auto found = named.find(placement.place->room);
    if (found != named.end()) placement.place->room = found->second.name;
  }
}

absl::Status RoomDoesNotDo(const TimetableRecord& timetable, const std::vector<solver::Violation>& broken,
                           std::optional<Language> language) {
  const std::string name = TimetableName(timetable.key);
  std::vector<PreconditionViolation> violations;
  for (const solver::Violation& violation : broken) {
    violations.push_back({.type = violation.rule, .subject = name, .description = violation.text});
  }
  return Error(absl::StatusCode::kFailedPrecondition,
               InAsked(language,
                       absl::StrCat("une salle nommée ne convient pas : ", broken.front().text,
                                    " ; nommez-en une autre, ou aucune"),
                       absl::StrCat("a room that was named will not do: ", broken.front().text,
                                    "; name another one, or none")),
               {.reason = "ROOM_DOES_NOT_DO",
                .metadata = {{"timetable", name}},
                .preconditions = std::move(violations)});
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

// The same for a draft, of which as much stays as can: nothing more is proven of it than how many have a
// place.
absl::StatusOr<solver::SolveResult> ImprovedDraft(const solver::Problem& problem,
                                                  const solver::Placements& start,
                                                  solver::ProblemSpec as_if_published) {
  ASSIGN_OR_RETURN(const solver::Problem close, solver::Problem::Create(std::move(as_if_published)));
  solver::SolveResult result = Improved(close, start);
  result.best = solver::Timetable(problem, result.best.placements());
  result.termination = solver::Termination::kFeasible;
  result.bound = solver::Score();
  result.bound.Add(solver::RuleLevel::kUnplaced, problem.rule(solver::RuleId::kUnplaced).weight *
                                                     (problem.DefenceCount() - result.placed_bound));
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
    ASSIGN_OR_RETURN(asked, UnplacedOf(loaded, seen.timetable, {question.defence}, question.language));
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

absl::StatusOr<std::map<std::string, RoomFacts>> Timetables::NamedRooms(
    const solver::Problem& problem, const RepairRequest& request,
    const std::vector<std::string>& added) const {
  std::map<std::string, std::string> names = request.found_rooms;
  std::vector<FieldViolation> wrong;
  for (const auto& [placeholder, room] : names) {
    if (solver::IsAddedRoom(placeholder) && problem.FindRoom(placeholder)) continue;
    wrong.push_back({.field = "found_rooms",
                     .description = absl::StrCat("\"", placeholder,
                                                 "\" is no room of the draft that is still to be found")});
  }
  // Added rooms are in the order of the steps that add them, and have numbers in it.
  std::size_t next = 0;
  for (const RepairStep& step : request.steps) {
    if (step.kind != solver::RepairStep::Kind::kExtraRoom || next == added.size()) continue;
    if (!step.room.empty()) names[added[next]] = step.room;
    ++next;
  }
  std::vector<std::string> asked;
  for (const auto& [placeholder, room] : names) asked.push_back(room);
  ASSIGN_OR_RETURN(const std::vector<RoomFacts> found, facts_.directory.Rooms(asked));
  std::map<std::string, RoomFacts> named;
  for (const auto& [placeholder, room] : names) {
    const auto facts =
        std::find_if(found.begin(), found.end(), [&](const RoomFacts& known) { return known.name == room; });
    const bool is_taken =
        problem.FindRoom(room).has_value() || std::count(asked.begin(), asked.end(), room) > 1;
    if (facts != found.end() && !is_taken) {
      named.emplace(placeholder, *facts);
      continue;
    }
    wrong.push_back({.field = "room",
                     .description = is_taken
                                        ? absl::StrCat(room,
                                                       " is a room of the timetable already; name one "
                                                       "that is not")
                                        : absl::StrCat("there is no ", room, "; create the room first")});
  }
  if (!wrong.empty()) return InvalidFields(std::move(wrong));
  return named;
}

absl::StatusOr<Timetables::Seen> Timetables::Repaired(const Seen& seen, const RepairRequest& request) const {
  ASSIGN_OR_RETURN(const LoadedTimetable loaded, LoadedTimetable::Load(seen.timetable, seen.facts));
  ASSIGN_OR_RETURN(const std::vector<solver::RepairStep> steps, StepsOf(loaded.problem(), request.steps));
  ASSIGN_OR_RETURN(const std::vector<solver::DefenceId> defences,
                   UnplacedOf(loaded, seen.timetable, request.defences, request.language));
  const absl::Time until = clock_.Now() + kReasonPatience;
  solver::Reasons reasons(loaded.timetable(), [&] { return clock_.Now() > until; });
  // Whoever only names rooms wants everything to stay.
  const bool only_names = steps.empty() && defences.empty();
  const std::optional<solver::Placements> placements =
      only_names ? loaded.timetable().placements() : reasons.Applied(steps, defences);
  if (!placements) return DoesNotHold(seen.timetable, request.language);

  Seen draft = seen;
  const Language language = LanguageOf(seen.campaign);
  solver::ProblemSpec spec = solver::Repaired(loaded.problem(), steps);
  ASSIGN_OR_RETURN(const solver::Problem unnamed, solver::Problem::Create(spec));
  StayClose(loaded, seen.timetable, spec);
  const std::vector<std::string> added = solver::AddedRooms(loaded.problem(), steps);
  ASSIGN_OR_RETURN(const auto named, NamedRooms(loaded.problem(), request, added));
  NameRooms(added, named, seen.campaign, spec, draft.cast);
  ASSIGN_OR_RETURN(const solver::Problem problem, solver::Problem::Create(std::move(spec)));
  const solver::Placements start = Renumbered(unnamed, *placements, named, problem);
  if (!named.empty()) {
    const std::vector<solver::Violation> broken = solver::Check(problem, start);
    if (!broken.empty()) return RoomDoesNotDo(seen.timetable, broken, request.language);
  }
  const bool is_draft = seen.timetable.state == TimetableState::kDraft;
  ASSIGN_OR_RETURN(const solver::SolveResult result,
                   is_draft && !problem.rule(solver::RuleId::kStability).IsHard()
                       ? ImprovedDraft(problem, start, AsIfPublished(problem, loaded.timetable(), named))
                       : absl::StatusOr<solver::SolveResult>(Improved(problem, start)));
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
  Rename(named, draft.timetable);
  // Why something has no place is told anew: it may have been one of the facts that are changed.
  for (StoredPlacement& placement : draft.timetable.placements) placement.unplaced.reset();
  TakeFrom(result.best, draft.timetable);
  DropStaleNotes(seen.timetable, draft.timetable);
  const Telling telling(loaded.problem(), seen.campaign.name, language);
  for (const solver::RepairStep& step : steps) {
    draft.timetable.assumptions.push_back(Told(step, loaded.problem(), telling).sentence);
  }
  for (const auto& [placeholder, room] : named) {
    draft.timetable.assumptions.push_back(language == Language::kFrench
                                              ? absl::StrCat("La campagne dispose de ", room.title, ".")
                                              : absl::StrCat("The campaign has ", room.title, "."));
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
