// Moving one defence by hand.
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "services/scheduling/campaign_time.h"
#include "services/scheduling/defence.h"
#include "services/scheduling/fresh_facts.h"
#include "services/scheduling/insist.h"
#include "services/scheduling/language.h"
#include "services/scheduling/loaded_timetable.h"
#include "services/scheduling/move_result.h"
#include "services/scheduling/solver/explain/analysis.h"
#include "services/scheduling/solver/explain/why_not.h"
#include "services/scheduling/solver/io/problem_text.h"
#include "services/scheduling/telling.h"
#include "services/scheduling/timetables.h"
#include "services/scheduling/transactions.h"

namespace soutenance::scheduling {
namespace {

// A draft and the facts it stands on.
struct Draft {
  TimetableRecord timetable;
  StoredFacts facts;
};

// The same facts, but what must stay close to something must stay close to `published`.
absl::StatusOr<Draft> DraftFrom(const TimetableRecord& published, const StoredFacts& facts, absl::Time now) {
  ASSIGN_OR_RETURN(const LoadedTimetable loaded, LoadedTimetable::Load(published, facts));
  const solver::Problem& problem = loaded.problem();
  solver::ProblemSpec spec = problem.spec();
  for (solver::DefenceSpec& defence : spec.defences) {
    const StoredPlacement* const placement = FindPlacement(published, defence.key);
    defence.reference.reset();
    if (placement == nullptr || !placement->place) continue;
    defence.reference = solver::ReferenceSpec{
        .start = MinuteOf(problem.first_date(), placement->place->start), .room = placement->place->room};
  }
  ASSIGN_OR_RETURN(const solver::Problem close, solver::Problem::Create(std::move(spec)));
  Draft draft{
      .timetable = published,
      .facts = MakeStoredFacts(solver::WriteProblem(close), facts.cast_text, WriteBase(BaseOf(published)))};
  draft.timetable = {.key = {.campaign = published.key.campaign},
                     .placements = published.placements,
                     .placed_count_bound = published.placed_count_bound,
                     .base = published.key.number,
                     .problem_digest = draft.facts.problem_digest,
                     .computed_from = draft.facts.id,
                     .shown_with = draft.facts.id,
                     .created = now};
  return draft;
}

// OK unless something that is pinned would change.
absl::Status CheckPins(const StoredPlacement& placement, const std::optional<Place>& to,
                       absl::string_view defence, std::optional<Language> language) {
  const std::optional<Place>& fixed = placement.place ? placement.place : placement.pin.to;
  // What has no place may stay without.
  if (!fixed || !placement.pin.IsAny() || (!placement.place && !to)) return absl::OkStatus();
  const absl::CivilMinute is = fixed->start;
  struct Aspect {
    std::string name;
    std::string french;
  };
  std::vector<Aspect> pinned;
  if (placement.pin.day && (!to || absl::CivilDay(to->start) != absl::CivilDay(is)))
    pinned.push_back({"day", "le jour"});
  if (placement.pin.time && (!to || to->start.hour() != is.hour() || to->start.minute() != is.minute())) {
    pinned.push_back({"time", "l’heure"});
  }
  if (placement.pin.room && (!to || to->room != fixed->room)) pinned.push_back({"room", "la salle"});
  if (pinned.empty()) return absl::OkStatus();
  std::vector<PreconditionViolation> violations;
  const auto sentence = [&](const Aspect& aspect, absl::string_view whose) {
    return InAsked(language,
                   absl::StrCat(aspect.french, " de ", defence, " est fixé(e) ; libérez-la d’abord"),
                   absl::StrCat(whose, aspect.name, whose == "the " ? absl::StrCat(" of ", defence) : "",
                                " is pinned; unpin it first"));
  };
  for (const Aspect& aspect : pinned) {
    violations.push_back(
        {.type = "pinned", .subject = std::string(defence), .description = sentence(aspect, "its ")});
  }
  return Error(absl::StatusCode::kFailedPrecondition, sentence(pinned.front(), "the "),
               {.reason = "PINNED",
                .metadata = {{"defence", std::string(defence)}, {"aspect", pinned.front().name}},
                .preconditions = std::move(violations)});
}

// Puts those of `chosen` onto the open seats of `to` that are of their role, from the first on; the other
// seats stay as they are. INVALID_ARGUMENT names who cannot be chosen.
absl::Status Seat(const solver::Problem& problem, solver::DefenceId defence,
                  const std::vector<JurySeat>& chosen, solver::Placement& to) {
  const solver::Defence& facts = problem.defence(defence);
  std::vector<bool> is_given(facts.open_seats.size(), false);
  std::vector<FieldViolation> wrong;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const std::string field = absl::StrCat("holders[", i, "]");
    std::size_t seat = 0;
    while (seat < is_given.size() &&
           (is_given[seat] || facts.open_seats[seat].role != SeatRoleName(chosen[i].role))) {
      ++seat;
    }
    if (seat == is_given.size()) {
      wrong.push_back({.field = field,
                       .description = absl::StrCat("the jury has no (other) open seat of the role ",
                                                   SeatRoleName(chosen[i].role))});
      continue;
    }
    const std::optional<solver::PersonId> person = problem.FindPerson(chosen[i].person);
    const std::optional<uint8_t> position =
        person ? solver::FindCandidate(facts.open_seats[seat], *person) : std::nullopt;
    if (!position) {
      wrong.push_back(
          {.field = field, .description = absl::StrCat(chosen[i].person, " is no candidate for this seat")});
      continue;
    }
    is_given[seat] = true;
    to.holders[seat] = *position;
  }
  return wrong.empty() ? absl::OkStatus() : InvalidFields(std::move(wrong));
}

// The first of the rooms, for a refusal.
std::vector<std::string> RoomsOf(const solver::Problem& problem) {
  constexpr std::size_t kToldMax = 20;
  std::vector<std::string> rooms;
  for (const solver::Room& room : problem.rooms()) {
    if (rooms.size() == kToldMax) break;
    rooms.push_back(room.key);
  }
  return rooms;
}

// Where the defence shall be in the problem, and with whom: those who hold open seats stay if they can come.
// INVALID_ARGUMENT if it cannot even be written there.
absl::StatusOr<std::optional<solver::Placement>> TargetOf(const solver::Timetable& timetable,
                                                          solver::DefenceId defence,
                                                          const std::optional<Place>& to,
                                                          const std::vector<JurySeat>& holders) {
  if (!to) return std::nullopt;
  const solver::Problem& problem = timetable.problem();
  std::optional<solver::Placement> target = PlacementOf(problem, *to);
  if (!target) {
    return InvalidFields({{.field = "room",
                           .description = absl::StrCat("\"", to->room, "\" is none of the campaign's rooms: ",
                                                       absl::StrJoin(RoomsOf(problem), ", "))}});
  }
  const absl::Status fits = solver::CheckPlacement(problem, defence, *target);
  if (!fits.ok()) return fits;
  const std::optional<solver::Placement>& now = timetable.PlacementOf(defence);
  if (now) target->holders = now->holders;
  if (holders.empty()) return solver::WithHolders(timetable, defence, *target).value_or(*target);
  RETURN_IF_ERROR(Seat(problem, defence, holders, *target));
  return target;
}

// The new breaches of the rules for which `is_wanted`, told and as conditions that are not met.
struct Breaches {
  std::vector<RuleMatch> matches;
  std::vector<PreconditionViolation> violations;
};
template <typename Wanted>
Breaches BreachesOf(const solver::MoveEffect& effect, const Telling& telling, Wanted is_wanted) {
  Breaches breaches;
  for (const solver::RuleEffect& rule : effect.effects) {
    if (!is_wanted(rule)) continue;
    for (const solver::MatchLine& match : rule.matches) {
      breaches.matches.push_back(telling.MatchOf(match));
      breaches.violations.push_back(telling.ViolationOf(rule.rule, match));
    }
  }
  return breaches;
}

absl::Status Clash(absl::string_view defence, Breaches breaches, std::optional<Language> language) {
  const std::string first = breaches.matches.empty() ? "" : breaches.matches[0].sentence;
  return Error(absl::StatusCode::kFailedPrecondition,
               InAsked(language,
                       absl::StrCat("quelqu’un ou une salle serait à deux endroits à la fois : ", first,
                                    " Choisissez une autre place pour ", defence),
                       absl::StrCat("somebody or a room would be in two places: ", first,
                                    " Choose another place for ", defence)),
               {.reason = "CLASH",
                .metadata = {{"defence", std::string(defence)}},
                .preconditions = std::move(breaches.violations)});
}

absl::Status ReasonRequired(absl::string_view defence, Breaches breaches, std::optional<Language> language) {
  const std::string& first = breaches.matches[0].sentence;
  return Error(
      absl::StatusCode::kFailedPrecondition,
      InAsked(language,
              absl::StrCat("une règle stricte serait enfreinte : ", first,
                           " Dites pourquoi (override_reason), ou choisissez une autre place pour ", defence),
              absl::StrCat("a rule that may not be broken would be: ", first,
                           " Say why in override_reason, or choose another place for ", defence)),
      {.reason = "REASON_REQUIRED",
       .metadata = {{"defence", std::string(defence)}},
       .preconditions = std::move(breaches.violations)});
}

// A move seen against the timetable that it would change.
struct Plan {
  Draft draft;
  bool is_new;  // the draft is made for this move
  LoadedTimetable loaded;
  solver::DefenceId defence;
  solver::Move move;
  solver::MoveEffect effect;
  bool stays;  // the defence is there already
};

absl::StatusOr<Plan> PlanOf(const TimetableRecord& timetable, const StoredFacts& facts,
                            const Timetables::MoveRequest& request, absl::Time now) {
  ASSIGN_OR_RETURN(const DefenceKey key, ParseDefenceName(request.defence));
  const StoredPlacement* const placement = FindPlacement(timetable, key.thesis);
  if (placement == nullptr || key.campaign != timetable.key.campaign) {
    return NotFound("defence", request.defence);
  }
  // Who only names people wants the defence to stay.
  const std::optional<Place>& wanted = request.to || request.holders.empty() ? request.to : placement->place;
  if (!wanted && !request.holders.empty()) {
    return InvalidFields(
        {{.field = "holders",
          .description = absl::StrCat(request.defence, " has no place; say where it goes")}});
  }
  RETURN_IF_ERROR(CheckPins(*placement, wanted, request.defence, request.language));
  Draft draft{.timetable = timetable, .facts = facts};
  const bool is_new = timetable.state != TimetableState::kDraft;
  if (is_new) {
    ASSIGN_OR_RETURN(draft, DraftFrom(timetable, facts, now));
  }
  ASSIGN_OR_RETURN(LoadedTimetable loaded, LoadedTimetable::Load(draft.timetable, draft.facts));
  const std::optional<solver::DefenceId> defence = loaded.problem().FindDefence(key.thesis);
  if (!defence) return NotFound("defence", request.defence);
  ASSIGN_OR_RETURN(const std::optional<solver::Placement> to,
                   TargetOf(loaded.timetable(), *defence, wanted, request.holders));
  const solver::Move move = {{.defence = *defence, .to = to}};
  solver::MoveEffect effect = solver::EffectOfMove(loaded.timetable(), move);
  const bool stays = loaded.timetable().PlacementOf(*defence) == to;
  return Plan{.draft = std::move(draft),
              .is_new = is_new,
              .loaded = std::move(loaded),
              .defence = *defence,
              .move = move,
              .effect = std::move(effect),
              .stays = stays};
}

// Takes away the reasons of those that break nothing any more.
void DropStaleReasons(const solver::Timetable& timetable, TimetableRecord& record) {
  std::set<std::string> breaking;
  if (record.score.hard() > 0) {
    for (const solver::RuleAnalysis& rule : solver::Analyse(timetable).rules) {
      if (rule.level != solver::RuleLevel::kHard) continue;
      for (const solver::MatchLine& line : rule.matches) {
        for (const solver::DefenceId defence : line.match.defences) {
          breaking.insert(timetable.problem().defence(defence).key);
        }
      }
    }
  }
  for (StoredPlacement& placement : record.placements) {
    if (breaking.count(placement.thesis) == 0) placement.override_reason.clear();
  }
}

// Makes the move in the plan's draft. `reason` is empty if no rule is broken.
void MakeMove(Plan& plan, absl::string_view reason) {
  TimetableRecord& timetable = plan.draft.timetable;
  const bool was_optimal = timetable.is_optimal;
  plan.loaded.timetable().Apply(plan.move);
  TakeFrom(plan.loaded.timetable(), timetable);
  timetable.is_optimal = was_optimal && plan.effect.after == plan.effect.before;
  if (!reason.empty()) {
    const std::string& thesis = plan.loaded.problem().defence(plan.defence).key;
    FindPlacement(timetable, thesis)->override_reason = std::string(reason);
  }
  DropStaleReasons(plan.loaded.timetable(), timetable);
}

// Returns the name of what was written.
absl::StatusOr<std::string> WriteDraft(TimetableWriter& writer, const Draft& draft, bool is_new) {
  TimetableRecord timetable = draft.timetable;
  if (is_new) {
    ASSIGN_OR_RETURN(timetable.key.number, writer.NextTimetableNumber(timetable.key.campaign));
    RETURN_IF_ERROR(writer.PutFacts(draft.facts));
    RETURN_IF_ERROR(writer.InsertTimetable(timetable));
  } else {
    RETURN_IF_ERROR(writer.UpdateTimetable(timetable));
  }
  return TimetableName(timetable.key);
}

MoveOutcome OutcomeOf(TimetableView timetable, MoveResult result) {
  return {.timetable = std::move(timetable),
          .effects = std::move(result.effects),
          .score_before = result.score_before,
          .score_after = result.score_after,
          .needs_reason = std::move(result.needs_reason)};
}

}  // namespace

absl::StatusOr<MoveOutcome> Timetables::Move(const Caller& caller, const MoveRequest& request) {
  ASSIGN_OR_RETURN(const std::optional<std::string> first, FirstResult(request.request));
  if (first) return RepeatMove(caller, *first);
  return Insist(request.version, [&] { return MoveOnce(caller, request); });
}

absl::StatusOr<MoveOutcome> Timetables::RepeatMove(const Caller& caller, absl::string_view first) const {
  ASSIGN_OR_RETURN(MoveResult result, ParseMoveResult(first));
  ASSIGN_OR_RETURN(const TimetableReference reference, ParseTimetableName(result.timetable));
  ASSIGN_OR_RETURN(TimetableView timetable, Get(caller, reference));
  return OutcomeOf(std::move(timetable), std::move(result));
}

absl::StatusOr<MoveOutcome> Timetables::MoveOnce(const Caller& caller, const MoveRequest& request) {
  ASSIGN_OR_RETURN(const Seen seen, SeeAsStaff(caller, request.timetable));
  RETURN_IF_ERROR(CheckMayChange(seen.timetable));
  RETURN_IF_ERROR(CheckVersion(seen.timetable, request.version));
  ASSIGN_OR_RETURN(Plan plan, PlanOf(seen.timetable, seen.facts, request, clock_.Now()));
  const Telling telling(plan.loaded.problem(), seen.campaign.name,
                        LanguageOr(request.language, seen.campaign));
  if (plan.effect.HasClash()) {
    return Clash(request.defence,
                 BreachesOf(plan.effect, telling,
                            [](const solver::RuleEffect& rule) { return solver::IsClash(rule.rule); }),
                 request.language);
  }
  const Breaches breaches = BreachesOf(plan.effect, telling, [](const solver::RuleEffect& rule) {
    return rule.level == solver::RuleLevel::kHard && !solver::IsClash(rule.rule);
  });
  const bool needs_reason = !breaches.matches.empty();
  if (needs_reason && request.override_reason.empty() && !request.validate_only) {
    return ReasonRequired(request.defence, breaches, request.language);
  }
  MoveResult result{.timetable = TimetableName(seen.timetable.key),
                    .effects = telling.EffectsOf(plan.effect),
                    .score_before = plan.effect.before,
                    .score_after = plan.effect.after,
                    .needs_reason = breaches.matches};
  if (request.validate_only)
    return OutcomeOf(ViewOf(seen.timetable, seen.cast, seen.viewer), std::move(result));
  if (!plan.stays) MakeMove(plan, needs_reason ? request.override_reason : "");

  const auto write = [&](TimetableWriter& writer) -> absl::StatusOr<std::string> {
    ASSIGN_OR_RETURN(const std::optional<std::string> meanwhile, writer.FindRequest(request.request));
    if (meanwhile) return *meanwhile;
    if (!plan.stays) {
      ASSIGN_OR_RETURN(result.timetable, WriteDraft(writer, plan.draft, plan.is_new));
    }
    std::string bytes = WriteMoveResult(result);
    RETURN_IF_ERROR(writer.RememberRequest(request.request, bytes, clock_.Now()));
    return bytes;
  };
  ASSIGN_OR_RETURN(const std::string written, WriteTo(store_, write));
  return RepeatMove(caller, written);
}

}  // namespace soutenance::scheduling
