#include "services/scheduling/solver/solve_report.h"

#include <map>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/scheduling/solver/explain/analysis.h"
#include "services/scheduling/solver/solve_json.h"
#include "services/scheduling/solver/solve_reasons.h"

namespace soutenance::scheduling::solver {
namespace {

absl::string_view NameOf(Termination termination) {
  switch (termination) {
    case Termination::kOptimal:
      return "optimal";
    case Termination::kFeasible:
      return "feasible";
    case Termination::kCancelled:
      return "cancelled";
  }
  return "";
}

std::string Explanation(const Timetable& timetable, const std::string& language) {
  std::string text;
  const Analysis analysis = Analyse(timetable);
  for (const RuleAnalysis& rule : analysis.rules) {
    if (rule.points == 0 || rule.rule == RuleId::kUnplaced) continue;
    const RuleLine& line = LineOf(rule.rule);
    absl::StrAppend(&text, "\n", std::string(line.name), " (", std::string(RuleLevelName(rule.level)),
                    "): ", rule.points, "\n");
    for (const MatchLine& match : rule.matches) {
      absl::StrAppend(&text, absl::StrFormat("  %6d  %s\n", match.points, In(language, match.sentence)));
    }
  }
  const std::string reasons = ReasonLines(timetable, language);
  if (!reasons.empty()) absl::StrAppend(&text, "\nunplaced\n", reasons);
  return text;
}

std::string Lines(const SolveResult& result, const SolveOptions& options) {
  const int count = result.best.problem().DefenceCount();
  std::string text = absl::StrFormat(
      "placed      %d of %d (at most %d is proven)\nscore       %s\nbound       %s\ntermination %s\nmoves    "
      "   %d in %.2f "
      "s, best after "
      "%.2f s\n",
      result.best.PlacedCount(), count, result.placed_bound, result.score.ToString(), result.bound.ToString(),
      std::string(NameOf(result.termination)), result.stats.moves,
      absl::ToDoubleSeconds(result.stats.elapsed), absl::ToDoubleSeconds(result.stats.time_to_best));
  if (options.explain) absl::StrAppend(&text, Explanation(result.best, options.language));
  return text;
}

std::string JsonOfRules(const Timetable& timetable, const std::string& language) {
  std::vector<std::string> rules;
  for (const RuleAnalysis& rule : Analyse(timetable).rules) {
    std::vector<std::string> matches;
    for (const MatchLine& match : rule.matches) {
      matches.push_back(absl::StrCat("{\"points\":", match.points,
                                     ",\"sentence\":", JsonQuoted(In(language, match.sentence)), "}"));
    }
    rules.push_back(absl::StrCat("{\"rule\":", JsonQuoted(LineOf(rule.rule).name), ",\"level\":",
                                 JsonQuoted(RuleLevelName(rule.level)), ",\"points\":", rule.points,
                                 ",\"matches\":[", absl::StrJoin(matches, ","), "]}"));
  }
  return absl::StrCat("[", absl::StrJoin(rules, ","), "]");
}

std::string JsonOfScore(const Score& score) {
  std::vector<std::string> levels;
  for (std::size_t i = 0; i < score.points.size(); ++i) {
    // Levels that few campaigns use are told only if there is something to tell.
    const auto level = static_cast<RuleLevel>(i + 1);
    if (level > RuleLevel::kSoft && score.points[i] == 0) continue;
    levels.push_back(absl::StrCat(JsonQuoted(RuleLevelName(level)), ":", score.points[i]));
  }
  return absl::StrCat("{", absl::StrJoin(levels, ","), "}");
}

// The levels at which nothing better exists: each is proven only if those above it are.
std::string JsonOfProven(const SolveResult& result) {
  std::vector<std::string> proven;
  for (std::size_t i = 0; i < Score::kLevels && result.score.points[i] == result.bound.points[i]; ++i) {
    const auto level = static_cast<RuleLevel>(i + 1);
    if (level <= RuleLevel::kSoft) proven.push_back(JsonQuoted(RuleLevelName(level)));
  }
  return absl::StrCat("[", absl::StrJoin(proven, ","), "]");
}

std::string JsonOfPoints(const Timetable& timetable) {
  std::vector<std::string> points;
  for (const RuleAnalysis& rule : Analyse(timetable).rules) {
    points.push_back(absl::StrCat(JsonQuoted(LineOf(rule.rule).name), ":", rule.points));
  }
  return absl::StrCat("{", absl::StrJoin(points, ","), "}");
}

// Who holds the open seats, in their order.
std::string JsonOfHolders(const Problem& problem, const Defence& defence, const Holders& holders) {
  if (defence.open_seats.empty()) return "";
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < defence.open_seats.size(); ++i) {
    keys.push_back(JsonQuoted(problem.person(HolderOf(defence, holders, i)).key));
  }
  return absl::StrCat(",\"holders\":[", absl::StrJoin(keys, ","), "]");
}

std::string JsonOfPlacements(const Timetable& timetable) {
  const Problem& problem = timetable.problem();
  std::vector<std::string> placed;
  ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) {
    const std::optional<Placement>& at = timetable.PlacementOf(id);
    if (!at) return;
    const Minute minute = at->start % kMinutesPerDay;
    placed.push_back(absl::StrFormat("{\"defence\":%s,\"day\":\"%s\",\"time\":\"%02d:%02d\",\"room\":%s%s}",
                                     JsonQuoted(problem.defence(id).key),
                                     absl::FormatCivilTime(problem.DateOf(at->start)), minute / 60,
                                     minute % 60, JsonQuoted(problem.room(at->room).key),
                                     JsonOfHolders(problem, problem.defence(id), at->holders)));
  });
  return absl::StrCat("[", absl::StrJoin(placed, ","), "]");
}

std::string Json(const SolveResult& result, const SolveOptions& options) {
  std::string text = absl::StrFormat(
      "{\"defences\":%d,\"placed\":%d,\"placed_bound\":%d,\"score\":%s,\"bound\":%s,\"proven\":%s,\"points\":"
      "%s,"
      "\"termination\":\"%s\",\"moves\":%d,\"seconds\":%.3f,\"seconds_to_best\":%.3f,\"seconds_to_placed\":%."
      "3f,\"candidates\":%d,"
      "\"seed\":%d,\"solver_version\":%s,\"placements\":%s",
      result.best.problem().DefenceCount(), result.best.PlacedCount(), result.placed_bound,
      JsonOfScore(result.score), JsonOfScore(result.bound), JsonOfProven(result), JsonOfPoints(result.best),
      std::string(NameOf(result.termination)), result.stats.moves,
      absl::ToDoubleSeconds(result.stats.elapsed), absl::ToDoubleSeconds(result.stats.time_to_best),
      absl::ToDoubleSeconds(result.stats.time_to_placed), result.stats.candidate_count, options.seed,
      JsonQuoted(SolverVersion()), JsonOfPlacements(result.best));
  if (options.explain) {
    absl::StrAppend(&text, ",\"rules\":", JsonOfRules(result.best, options.language),
                    ",\"unplaced\":", JsonOfReasons(result.best, options.language));
  }
  return text + "}\n";
}

}  // namespace

std::string Report(const SolveResult& result, const SolveOptions& options) {
  return options.json ? Json(result, options) : Lines(result, options);
}

namespace {

// What is different of one defence.
struct Difference {
  DefenceId defence;
  absl::string_view kind;  // "new", "moved", "unplaced"
  std::vector<PersonId> people;
};

std::vector<Difference> DifferencesOf(const Timetable& timetable) {
  const Problem& problem = timetable.problem();
  std::vector<Difference> differences;
  ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) {
    const Defence& defence = problem.defence(id);
    const std::optional<Placement>& at = timetable.PlacementOf(id);
    const std::optional<Reference>& was = defence.reference;
    const bool moved = at && was && at->start != was->start;
    const bool stays = at && was && !moved && at->room == was->room;
    if (stays || (!at && !was)) return;
    Difference difference{id, !was ? "new" : !at ? "unplaced" : "moved", {}};
    for (const Attendee& attendee : Attendees(defence, at ? at->holders : Holders{})) {
      if (!at || !was || moved || !attendee.remote) difference.people.push_back(attendee.person);
    }
    differences.push_back(std::move(difference));
  });
  return differences;
}

std::string PlaceJson(const Problem& problem, Minute start, absl::string_view room) {
  const Minute minute = start % kMinutesPerDay;
  return absl::StrFormat("{\"day\":\"%s\",\"time\":\"%02d:%02d\",\"room\":%s}",
                         absl::FormatCivilTime(problem.DateOf(start)), minute / 60, minute % 60,
                         JsonQuoted(room));
}

// Before and after as JSON; "null" where there is none.
std::pair<std::string, std::string> PlacesJson(const Timetable& timetable, DefenceId id) {
  const Problem& problem = timetable.problem();
  const std::optional<Reference>& was = problem.defence(id).reference;
  const std::optional<Placement>& is = timetable.PlacementOf(id);
  return {was ? PlaceJson(problem, was->start, was->room ? problem.room(*was->room).key : "") : "null",
          is ? PlaceJson(problem, is->start, problem.room(is->room).key) : "null"};
}

std::string KeysJson(const Problem& problem, const std::vector<DefenceId>& defences) {
  return absl::StrCat("[",
                      absl::StrJoin(defences, ",",
                                    [&](std::string* out, DefenceId id) {
                                      out->append(JsonQuoted(problem.defence(id).key));
                                    }),
                      "]");
}

std::string ReplanJson(const ReplanResult& result, const PublishedTimetable& published) {
  const Timetable& timetable = result.solved.best;
  const Problem& problem = timetable.problem();
  std::vector<std::string> changes;
  std::map<PersonId, std::vector<DefenceId>> told;
  for (const Difference& difference : DifferencesOf(timetable)) {
    const auto [before, after] = PlacesJson(timetable, difference.defence);
    changes.push_back(absl::StrCat("{\"defence\":", JsonQuoted(problem.defence(difference.defence).key),
                                   ",\"kind\":", JsonQuoted(difference.kind), ",\"before\":", before,
                                   ",\"after\":", after, "}"));
    for (const PersonId person : difference.people) told[person].push_back(difference.defence);
  }
  std::vector<std::string> people;
  for (const auto& [person, defences] : told) {
    people.push_back(absl::StrCat("{\"person\":", JsonQuoted(problem.person(person).key),
                                  ",\"defences\":", KeysJson(problem, defences), "}"));
  }
  const std::string withdrawn =
      absl::StrJoin(published.withdrawn, ",",
                    [](std::string* out, const std::string& key) { out->append(JsonQuoted(key)); });
  return absl::StrCat(
      "{\"hit\":", KeysJson(problem, result.hit),
      ",\"others_moved\":", KeysJson(problem, result.others_moved),
      ",\"others_moved_bound\":", result.others_bound, ",\"people_told\":", result.people_told,
      ",\"disturbance\":", result.disturbance, ",\"disturbance_bound\":", result.disturbance_bound,
      ",\"minimal\":", result.is_minimal ? "true" : "false", ",\"withdrawn\":[", withdrawn, "],\"changes\":[",
      absl::StrJoin(changes, ","), "],\"told\":[", absl::StrJoin(people, ","), "]}");
}

std::string PlaceText(const Problem& problem, Minute start, absl::string_view room) {
  const Minute minute = start % kMinutesPerDay;
  return absl::StrFormat("%s %02d:%02d %s", absl::FormatCivilTime(problem.DateOf(start)), minute / 60,
                         minute % 60, room.empty() ? "?" : std::string(room));
}

std::string ReplanLines(const ReplanResult& result, const PublishedTimetable& published, bool french) {
  const Timetable& timetable = result.solved.best;
  const Problem& problem = timetable.problem();
  std::string text = absl::StrFormat(
      "hit         %d\nothers      %d moved (at least %d is proven)\ntold        %d people, %d points%s\n",
      result.hit.size(), result.others_moved.size(), result.others_bound, result.people_told,
      result.disturbance, result.is_minimal ? ", which is minimal" : "");
  for (const std::string& key : published.withdrawn) absl::StrAppend(&text, "withdrawn   ", key, "\n");
  for (const Difference& difference : DifferencesOf(timetable)) {
    const Defence& defence = problem.defence(difference.defence);
    const std::optional<Placement>& is = timetable.PlacementOf(difference.defence);
    const absl::string_view nowhere = french ? "sans place" : "unplaced";
    const std::string was =
        !defence.reference
            ? (french ? "nouvelle" : "new")
            : PlaceText(problem, defence.reference->start,
                        defence.reference->room ? problem.room(*defence.reference->room).name : "");
    absl::StrAppend(
        &text, "\n", defence.label, french ? " : " : ": ", was, " -> ",
        is ? PlaceText(problem, is->start, problem.room(is->room).name) : std::string(nowhere), "\n  ",
        french ? "prévenir " : "tell ",
        absl::StrJoin(difference.people, ", ",
                      [&](std::string* out, PersonId person) { out->append(problem.person(person).name); }),
        "\n");
  }
  return text;
}

}  // namespace

std::string ReplanReport(const ReplanResult& result, const PublishedTimetable& published,
                         const SolveOptions& options) {
  const std::string report = Report(result.solved, options);
  if (!options.json) return absl::StrCat(report, ReplanLines(result, published, options.language == "fr"));
  return absl::StrCat(report.substr(0, report.size() - 2), ",\"replan\":", ReplanJson(result, published),
                      "}\n");
}

std::string ProgressLine(const Progress& progress) {
  return absl::StrFormat("%6.1f s  %d of %d placed (at most %d)  %s", absl::ToDoubleSeconds(progress.elapsed),
                         progress.placed, progress.defence_count, progress.placed_bound,
                         progress.best.ToString());
}

}  // namespace soutenance::scheduling::solver
