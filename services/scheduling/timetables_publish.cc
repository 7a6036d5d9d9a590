// Publishing: the facts of the moment decide, not those of the day on which the timetable was computed.
#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "services/scheduling/calendar.h"
#include "services/scheduling/defence.h"
#include "services/scheduling/facts_difference.h"
#include "services/scheduling/fresh_facts.h"
#include "services/scheduling/insist.h"
#include "services/scheduling/language.h"
#include "services/scheduling/loaded_timetable.h"
#include "services/scheduling/resource_names.h"
#include "services/scheduling/solver/check/check.h"
#include "services/scheduling/solver/explain/analysis.h"
#include "services/scheduling/solver/explain/repair.h"
#include "services/scheduling/solver/search/bound.h"
#include "services/scheduling/telling.h"
#include "services/scheduling/timetables.h"
#include "services/scheduling/transactions.h"

namespace soutenance::scheduling {
namespace {

// Violations that one error can carry; of further ones only the number is told.
constexpr std::size_t kViolationsMax = 30;

absl::Status InputChanged(const TimetableRecord& timetable, std::vector<PreconditionViolation> violations,
                          std::optional<Language> language) {
  const std::string name = TimetableName(timetable.key);
  const std::size_t count = violations.size();
  if (count > kViolationsMax) violations.resize(kViolationsMax);
  const std::string& first = violations.front().description;
  const std::string sentence = InAsked(
      language,
      absl::StrCat("des données ont changé depuis le calcul de ", name, ", qui enfreint désormais ", count,
                   count == 1 ? " règle : " : " règles : ", first,
                   " Replanifiez le planning publié, lancez un calcul à partir de celui-ci, ou déplacez les "
                   "soutenances concernées"),
      absl::StrCat("the facts have changed since ", name, " was computed, and it breaks ", count,
                   count == 1 ? " rule" : " rules", " now: ", first,
                   " Replan the published timetable, start a run from this one, or move the defences "
                   "concerned"));
  return Error(absl::StatusCode::kFailedPrecondition, sentence,
               {.reason = "INPUT_CHANGED",
                .metadata = {{"timetable", name}, {"breach_count", absl::StrCat(count)}},
                .preconditions = std::move(violations)});
}

// The draft stands on something that is not so.
absl::Status AssumptionOpen(const TimetableRecord& timetable, std::vector<PreconditionViolation> violations,
                            std::optional<Language> language) {
  const std::string name = TimetableName(timetable.key);
  const std::size_t count = violations.size();
  if (count > kViolationsMax) violations.resize(kViolationsMax);
  const std::string assumed = absl::StrJoin(timetable.assumptions, " ");
  const std::string& first = violations.front().description;
  const std::string sentence = InAsked(
      language,
      absl::StrCat(name, " suppose ce qui n’est pas encore : ", assumed, " En l’état il enfreint ", count,
                   count == 1 ? " règle : " : " règles : ", first,
                   " Faites qu’il en soit ainsi (réponses des personnes, salles et jours de la campagne) et "
                   "publiez de nouveau, ou lancez un calcul à partir de lui"),
      absl::StrCat(name, " assumes what is not so yet: ", assumed, " As things are it breaks ", count,
                   count == 1 ? " rule: " : " rules: ", first,
                   " Make it so (the answers of people, the rooms and days of the campaign) and publish "
                   "again, or start a run from it"));
  return Error(absl::StatusCode::kFailedPrecondition, sentence,
               {.reason = "ASSUMPTION_OPEN",
                .metadata = {{"timetable", name}, {"breach_count", absl::StrCat(count)}},
                .preconditions = std::move(violations)});
}

absl::Status Incomplete(const TimetableRecord& timetable, std::optional<Language> language) {
  const std::string name = TimetableName(timetable.key);
  const int unplaced = timetable.defence_count - timetable.placed_count;
  std::vector<PreconditionViolation> violations;
  for (const StoredPlacement& placement : timetable.placements) {
    if (placement.place || violations.size() == kViolationsMax) continue;
    violations.push_back({.type = "UNPLACED",
                          .subject = DefenceName(timetable.key.campaign, placement.thesis),
                          .description = InAsked(language, "elle n’a pas de place", "it has no place")});
  }
  return Error(absl::StatusCode::kFailedPrecondition,
               InAsked(language,
                       absl::StrCat(unplaced, " des ", timetable.defence_count,
                                    " soutenances n’ont pas de place dans ", name,
                                    " ; placez-les, ou demandez allow_incomplete pour publier quand même"),
                       absl::StrCat(unplaced, " of ", timetable.defence_count, " defences have no place in ",
                                    name, "; place them, or set allow_incomplete to publish all the same")),
               {.reason = "INCOMPLETE",
                .metadata = {{"timetable", name}, {"unplaced_count", absl::StrCat(unplaced)}},
                .preconditions = std::move(violations)});
}

// Two programs that share no code must agree on whether a rule that may not be broken is.
absl::Status CheckAgreement(const LoadedTimetable& loaded, const solver::Analysis& analysis) {
  const bool is_proven = solver::Check(loaded.problem(), loaded.timetable().placements()).empty();
  if (is_proven == (analysis.score.hard() == 0)) return absl::OkStatus();
  return absl::InternalError(
      "the rules and the independent check disagree on whether the timetable keeps them");
}

// The breaches of hard rules in `now` that `known` does not have: those that somebody gave a reason for, are
// known.
std::vector<PreconditionViolation> NewBreaches(const LoadedTimetable& now, const solver::Analysis& analysis,
                                               std::multiset<std::string> known, const Telling& telling) {
  std::vector<PreconditionViolation> violations;
  for (const solver::RuleAnalysis& rule : analysis.rules) {
    if (rule.level != solver::RuleLevel::kHard) continue;
    for (const solver::MatchLine& line : rule.matches) {
      const auto found = known.find(BreachKey(now.problem(), rule.rule, line.match));
      if (found != known.end()) {
        known.erase(found);
      } else {
        violations.push_back(telling.ViolationOf(rule.rule, line));
      }
    }
  }
  return violations;
}

// What is wrong with a place, and for a room that is still to be found, how to name it.
std::string WayOutOf(const Fit::Misfit& misfit, const TimetableRecord& timetable,
                     std::optional<Language> language) {
  const StoredPlacement* const placement = FindPlacement(timetable, misfit.thesis);
  if (placement == nullptr || !placement->place) return misfit.sentence;
  const std::string& room = placement->place->room;
  if (solver::IsAddedRoom(room)) {
    const std::string command =
        absl::StrCat("timetables repair ", timetable.key.number, " --found ", IdOf(room), "=");
    return InAsked(
        language,
        absl::StrCat(room, " tient lieu d’une salle qui est encore à trouver ; nommez-la (", command,
                     "SALLE), ajoutez-la à la campagne, et publiez le brouillon qui en résulte"),
        absl::StrCat(room, " stands for a room that is still to be found; name it (", command,
                     "ROOM), add it to the campaign, and publish the draft that this makes"));
  }
  return misfit.sentence;
}

// Puts `timetable`, a draft that was made from the facts `stored`, onto the facts of now and says what
// changed. INPUT_CHANGED if it breaks a rule there that it did not break.
absl::Status TakeUp(const FreshFacts& fresh, const StoredFacts& stored, const Campaign& campaign,
                    std::optional<Language> asked, TimetableRecord& timetable) {
  const documents::Language language = LanguageOf(campaign);
  ASSIGN_OR_RETURN(const LoadedTimetable was, LoadedTimetable::Load(timetable, stored));
  std::vector<Fit::Misfit> misfits;
  ASSIGN_OR_RETURN(const LoadedTimetable is, LoadedTimetable::LoadOnto(*fresh.problem, timetable, misfits));
  const solver::Analysis analysis = solver::Analyse(is.timetable());
  RETURN_IF_ERROR(CheckAgreement(is, analysis));
  std::vector<PreconditionViolation> violations;
  for (const Fit::Misfit& misfit : misfits) {
    violations.push_back({.type = "MISFIT",
                          .subject = DefenceName(campaign.name, misfit.thesis),
                          .description = WayOutOf(misfit, timetable, asked)});
  }
  const Telling telling(is.problem(), campaign.name, asked.value_or(language));
  const std::vector<PreconditionViolation> breaches =
      NewBreaches(is, analysis, BreachKeys(was.problem(), solver::Analyse(was.timetable())), telling);
  violations.insert(violations.end(), breaches.begin(), breaches.end());
  if (!violations.empty()) {
    return timetable.assumptions.empty() ? InputChanged(timetable, std::move(violations), asked)
                                         : AssumptionOpen(timetable, std::move(violations), asked);
  }
  ASSIGN_OR_RETURN(const solver::Problem known, Comparable(was.problem(), fresh));
  timetable.facts_changed = FactsDifference(known, *fresh.problem, language);
  // What was proven, was proven for other facts.
  timetable.is_optimal = false;
  TakeFrom(is.timetable(), timetable);
  timetable.placed_count_bound = solver::PlacedBound(*fresh.problem);
  timetable.bound = solver::Score();
  const int64_t weight = fresh.problem->rule(solver::RuleId::kUnplaced).weight;
  timetable.bound.Add(solver::RuleLevel::kUnplaced,
                      weight * (fresh.problem->DefenceCount() - timetable.placed_count_bound));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<TimetableView> Timetables::Publish(const Caller& caller, const PublishRequest& request) {
  ASSIGN_OR_RETURN(const std::optional<std::string> first, FirstResult(request.request));
  if (first) {
    ASSIGN_OR_RETURN(const TimetableReference reference, ParseTimetableName(*first));
    return Get(caller, reference);
  }
  return Insist(request.version, [&] { return PublishOnce(caller, request); });
}

absl::StatusOr<TimetableView> Timetables::PublishOnce(const Caller& caller, const PublishRequest& request) {
  ASSIGN_OR_RETURN(Seen seen, SeeAsStaff(caller, request.timetable));
  RETURN_IF_ERROR(CheckMayPublish(seen.timetable));
  // Also with the etag it had before it was published: the caller may not have got the first answer.
  if (seen.timetable.state == TimetableState::kPublished) {
    if (request.request.IsProtected())
      RETURN_IF_ERROR(RememberPublished(seen.timetable.key, request.request));
    return ViewOf(seen.timetable, seen.cast, seen.viewer);
  }
  RETURN_IF_ERROR(CheckVersion(seen.timetable, request.version));
  ASSIGN_OR_RETURN(const std::vector<BasePlacement> base, ParseBase(seen.facts.base_text));
  ASSIGN_OR_RETURN(const FreshFacts fresh, GatherFreshFacts(facts_, seen.campaign.name, base,
                                                            {.now = WallTime(seen.campaign, clock_.Now())}));
  if (fresh.stored.problem_digest != seen.facts.problem_digest) {
    RETURN_IF_ERROR(TakeUp(fresh, seen.facts, seen.campaign, request.language, seen.timetable));
  }
  if (!seen.timetable.IsComplete() && !request.allow_incomplete)
    return Incomplete(seen.timetable, request.language);
  seen.timetable.shown_with = fresh.stored.id;
  seen.timetable.assumptions.clear();
  if (request.validate_only) {
    seen.timetable.state = TimetableState::kPublished;
    seen.timetable.published = clock_.Now();
    return ViewOf(seen.timetable, fresh.cast, seen.viewer);
  }
  ASSIGN_OR_RETURN(const TimetableKey written, WritePublished(seen.timetable, fresh, request.request));
  return Get(caller, {.campaign = written.campaign, .number = written.number});
}

absl::Status Timetables::RememberPublished(const TimetableKey& key, const RequestKey& request) {
  return store_.Write([&](TimetableWriter& writer) -> absl::Status {
    ASSIGN_OR_RETURN(const std::optional<std::string> meanwhile, writer.FindRequest(request));
    if (meanwhile) return absl::OkStatus();
    return writer.RememberRequest(request, TimetableName(key), clock_.Now());
  });
}

absl::StatusOr<TimetableKey> Timetables::WritePublished(const TimetableRecord& timetable,
                                                        const FreshFacts& fresh, const RequestKey& request) {
  const auto write = [&](TimetableWriter& writer) -> absl::StatusOr<TimetableKey> {
    ASSIGN_OR_RETURN(const std::optional<std::string> meanwhile, writer.FindRequest(request));
    if (meanwhile) return timetable.key;
    TimetableRecord published = timetable;
    published.state = TimetableState::kPublished;
    published.published = clock_.Now();
    std::vector<CalendarEntry> told;
    ASSIGN_OR_RETURN(const std::optional<int> number, writer.PublishedTimetable(timetable.key.campaign));
    if (number) {
      ASSIGN_OR_RETURN(std::optional<TimetableRecord> previous,
                       writer.FindTimetable({timetable.key.campaign, *number}));
      if (!previous) return absl::DataLossError("the published timetable was lost");
      // Somebody else published this very timetable meanwhile.
      if (previous->key == timetable.key) return StaleEtag(TimetableName(timetable.key));
      told = previous->calendar;
      previous->state = TimetableState::kSuperseded;
      RETURN_IF_ERROR(writer.UpdateTimetable(*previous));
    }
    published.calendar = NextCalendar(told, published, fresh.cast);
    RETURN_IF_ERROR(writer.PutFacts(fresh.stored));
    RETURN_IF_ERROR(writer.UpdateTimetable(published));
    RETURN_IF_ERROR(writer.RememberRequest(request, TimetableName(published.key), published.published));
    return published.key;
  };
  return WriteTo(store_, write);
}

}  // namespace soutenance::scheduling
