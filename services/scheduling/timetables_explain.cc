// Explaining and comparing: what timetables cost and why.
#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "services/scheduling/defence.h"
#include "services/scheduling/language.h"
#include "services/scheduling/loaded_timetable.h"
#include "services/scheduling/solver/explain/analysis.h"
#include "services/scheduling/solver/explain/reason.h"
#include "services/scheduling/solver/explain/why_not.h"
#include "services/scheduling/telling.h"
#include "services/scheduling/timetables.h"

namespace soutenance::scheduling {
namespace {

// Why what is unplaced in one timetable is, looked for as long as there is time.
class ReasonFinder {
 public:
  ReasonFinder(const LoadedTimetable& loaded, absl::string_view campaign, const Telling& telling,
               const Clock& clock)
      : problem_(loaded.problem()),
        campaign_(campaign),
        telling_(telling),
        is_late_([&clock, until = clock.Now() + kReasonPatience] { return clock.Now() > until; }),
        reasons_(loaded.timetable(), is_late_) {}

  // REQUIRES: it is unplaced.
  UnplacedReason Of(const StoredPlacement& placement) {
    UnplacedReason reason{.defence = DefenceName(campaign_, placement.thesis)};
    const std::optional<solver::DefenceId> defence = problem_.FindDefence(placement.thesis);
    if (!defence) return reason;
    reason.label = problem_.defence(*defence).label;
    // What was found out when the timetable was made is better than to let the caller wait.
    if (placement.unplaced && is_late_()) {
      reason.kind = placement.unplaced->kind;
      reason.sentence = telling_.InLanguage(placement.unplaced->sentence);
      for (const solver::Text& fact : placement.unplaced->facts) {
        reason.facts.push_back(telling_.InLanguage(fact));
      }
      return reason;
    }
    const solver::Reason found = reasons_.Of(*defence);
    reason.kind = found.kind;
    reason.sentence = telling_.InLanguage(found.sentence);
    reason.is_minimal = found.is_minimal;
    for (const solver::Reason::Fact& fact : found.facts) {
      reason.facts.push_back(telling_.InLanguage(fact.sentence));
    }
    return reason;
  }

 private:
  const solver::Problem& problem_;
  const absl::string_view campaign_;
  const Telling& telling_;
  const std::function<bool()> is_late_;
  solver::Reasons reasons_;
};

// One of the two timetables that are compared, with what it costs.
struct Side {
  LoadedTimetable loaded;
  solver::Analysis analysis;
};

absl::StatusOr<Side> SideOf(const TimetableRecord& timetable, const StoredFacts& facts) {
  ASSIGN_OR_RETURN(LoadedTimetable loaded, LoadedTimetable::Load(timetable, facts));
  solver::Analysis analysis = solver::Analyse(loaded.timetable());
  return Side{.loaded = std::move(loaded), .analysis = std::move(analysis)};
}

const solver::RuleAnalysis* Find(const solver::Analysis& analysis, solver::RuleId rule) {
  for (const solver::RuleAnalysis& line : analysis.rules) {
    if (line.rule == rule) return &line;
  }
  return nullptr;
}

// The rules whose cost differs. A rule that is not in force on one side costs nothing there.
std::vector<RuleEffect> EffectsBetween(const Side& before, const Side& after, const Telling& telling) {
  std::multiset<std::string> known = BreachKeys(before.loaded.problem(), before.analysis);
  std::vector<RuleEffect> effects;
  for (const solver::RuleLine& line : solver::Rulebook()) {
    const solver::RuleAnalysis* const was = Find(before.analysis, line.id);
    const solver::RuleAnalysis* const is = Find(after.analysis, line.id);
    RuleEffect effect{.rule = line.id,
                      .sentence = telling.RuleSentence(line.id),
                      .level = is != nullptr    ? is->level
                               : was != nullptr ? was->level
                                                : solver::RuleLevel::kOff,
                      .points_before = was != nullptr ? was->points : 0,
                      .points_after = is != nullptr ? is->points : 0};
    if (effect.points_before == effect.points_after) continue;
    for (const solver::MatchLine& match : is != nullptr ? is->matches : std::vector<solver::MatchLine>{}) {
      const auto found = known.find(BreachKey(after.loaded.problem(), line.id, match.match));
      if (found != known.end()) {
        known.erase(found);
      } else if (effect.matches.size() < static_cast<std::size_t>(kMatchesMax)) {
        effect.matches.push_back(telling.MatchOf(match));
      }
    }
    effects.push_back(std::move(effect));
  }
  return effects;
}

std::optional<Comparison::Kind> KindOf(const StoredPlacement* before, const StoredPlacement* after) {
  const bool was = before != nullptr && before->place;
  const bool is = after != nullptr && after->place;
  if (was && is) {
    if (*before->place != *after->place) return Comparison::Kind::kMoved;
    if (before->holders != after->holders) return Comparison::Kind::kRecomposed;
    return std::nullopt;
  }
  if (is) return Comparison::Kind::kNew;
  if (was) return Comparison::Kind::kCancelled;
  return std::nullopt;
}

// Those who attend the defence of `thesis` in one of the versions.
std::set<std::string> AttendeesOf(const std::string& thesis, const StoredPlacement* placement,
                                  const Cast& cast) {
  std::set<std::string> attendees;
  if (placement != nullptr) {
    for (const JurySeat& seat : placement->holders) attendees.insert(seat.person);
  }
  const auto found = cast.theses.find(thesis);
  if (found == cast.theses.end()) return attendees;
  attendees.insert(found->second.authors.begin(), found->second.authors.end());
  for (const JurySeat& seat : found->second.jury) attendees.insert(seat.person);
  return attendees;
}

std::vector<AttendeeView> HoldersShown(const solver::Problem& problem, solver::DefenceId defence,
                                       const solver::Placement& at, const Cast& cast) {
  std::vector<AttendeeView> shown;
  for (const JurySeat& seat : HoldersOf(problem, defence, at)) {
    shown.push_back({.person = seat.person,
                     .display_name = cast.NameOf(seat.person),
                     .role = seat.role,
                     .is_remote = seat.is_remote,
                     .is_composed = true});
  }
  return shown;
}

}  // namespace

absl::StatusOr<Explanation> Timetables::Explain(const Caller& caller, const TimetableReference& reference,
                                                std::optional<Language> language) const {
  ASSIGN_OR_RETURN(const Seen seen, SeeAsStaff(caller, reference));
  ASSIGN_OR_RETURN(const LoadedTimetable loaded, LoadedTimetable::Load(seen.timetable, seen.facts));
  const Telling telling(loaded.problem(), seen.campaign.name, LanguageOr(language, seen.campaign));
  const solver::Analysis analysis = solver::Analyse(loaded.timetable());
  Explanation explanation{.score = analysis.score};
  for (const solver::RuleAnalysis& rule : analysis.rules) explanation.rules.push_back(telling.CostOf(rule));
  ReasonFinder reasons(loaded, seen.campaign.name, telling, clock_);
  for (const StoredPlacement& placement : seen.timetable.placements) {
    if (!placement.place) explanation.unplaced.push_back(reasons.Of(placement));
  }
  return explanation;
}

absl::StatusOr<DefenceExplanation> Timetables::ExplainDefence(const Caller& caller,
                                                              const DefenceQuestion& question) const {
  ASSIGN_OR_RETURN(const Seen seen, SeeAsStaff(caller, question.timetable));
  ASSIGN_OR_RETURN(const DefenceKey key, ParseDefenceName(question.defence));
  ASSIGN_OR_RETURN(const LoadedTimetable loaded, LoadedTimetable::Load(seen.timetable, seen.facts));
  const solver::Problem& problem = loaded.problem();
  const std::optional<solver::DefenceId> defence = problem.FindDefence(key.thesis);
  const StoredPlacement* const placement = FindPlacement(seen.timetable, key.thesis);
  if (!defence || placement == nullptr || key.campaign != seen.campaign.name) {
    return NotFound("defence", question.defence);
  }
  const Telling telling(problem, seen.campaign.name, LanguageOr(question.language, seen.campaign));
  DefenceExplanation explanation{.placement = ViewOf(*placement, seen.campaign.name, seen.cast, seen.viewer)};
  for (const solver::RuleAnalysis& rule : solver::Analyse(loaded.timetable()).rules) {
    RuleCost cost = telling.CostOf(rule, *defence);
    if (cost.match_count > 0) explanation.rules.push_back(std::move(cost));
  }
  if (!placement->place) {
    explanation.unplaced = ReasonFinder(loaded, seen.campaign.name, telling, clock_).Of(*placement);
  }
  for (const solver::Alternative& other :
       solver::Alternatives(loaded.timetable(), *defence, question.alternative_count)) {
    const Place place = PlaceOf(problem, other.placement);
    explanation.alternatives.push_back(
        {.place = place,
         .room_title = seen.cast.TitleOf(place.room),
         .holders = HoldersShown(problem, *defence, other.placement, seen.cast),
         .effects = telling.EffectsOf(other.effect)});
  }
  return explanation;
}

absl::StatusOr<Comparison> Timetables::Compare(const Caller& caller,
                                               const ComparisonQuestion& question) const {
  if (question.before.campaign != question.after.campaign) {
    return InvalidFields({{.field = "after",
                           .description = absl::StrCat("is a timetable of ", question.after.campaign,
                                                       ", not of ", question.before.campaign)}});
  }
  ASSIGN_OR_RETURN(const Seen before, SeeAsStaff(caller, question.before));
  ASSIGN_OR_RETURN(const Seen after, SeeAsStaff(caller, question.after));
  return CompareSeen(before, after, question.language);
}

absl::StatusOr<Comparison> Timetables::CompareSeen(const Seen& before, const Seen& after,
                                                   std::optional<Language> language) {
  ASSIGN_OR_RETURN(const Side was, SideOf(before.timetable, before.facts));
  ASSIGN_OR_RETURN(const Side is, SideOf(after.timetable, after.facts));
  const std::string& campaign = after.campaign.name;
  const Telling telling(is.loaded.problem(), campaign, LanguageOr(language, after.campaign));

  Comparison comparison{.effects = EffectsBetween(was, is, telling)};
  std::set<std::string> theses;
  for (const Seen* side : {&before, &after}) {
    for (const StoredPlacement& placement : side->timetable.placements) theses.insert(placement.thesis);
  }
  std::map<std::string, std::vector<std::string>> defences_of;  // by person
  for (const std::string& thesis : theses) {
    const StoredPlacement* const from = FindPlacement(before.timetable, thesis);
    const StoredPlacement* const to = FindPlacement(after.timetable, thesis);
    const std::optional<Comparison::Kind> kind = KindOf(from, to);
    if (!kind) {
      ++comparison.unchanged_count;
      continue;
    }
    Comparison::Difference difference{.kind = *kind};
    if (from != nullptr) difference.before = ViewOf(*from, campaign, before.cast, before.viewer);
    if (to != nullptr) difference.after = ViewOf(*to, campaign, after.cast, after.viewer);
    comparison.differences.push_back(std::move(difference));
    std::set<std::string> attendees = AttendeesOf(thesis, from, before.cast);
    attendees.merge(AttendeesOf(thesis, to, after.cast));
    for (const std::string& person : attendees) defences_of[person].push_back(DefenceName(campaign, thesis));
  }
  for (auto& [person, defences] : defences_of) {
    const Cast& cast = after.cast.people.count(person) > 0 ? after.cast : before.cast;
    comparison.people.push_back(
        {.person = person, .display_name = cast.NameOf(person), .defences = std::move(defences)});
  }
  return comparison;
}

}  // namespace soutenance::scheduling
