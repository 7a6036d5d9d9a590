#include "services/scheduling/solver/solve_report.h"

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
  return absl::StrFormat("{\"hard\":%d,\"unplaced\":%d,\"strong\":%d,\"soft\":%d}", score.hard(),
                         score.unplaced(), score.strong(), score.soft());
}

// The levels at which nothing better exists: each is proven only if those above it are.
std::string JsonOfProven(const SolveResult& result) {
  constexpr absl::string_view kNames[] = {"hard", "unplaced", "strong", "soft"};
  std::vector<std::string> proven;
  for (std::size_t i = 0; i < Score::kLevels && result.score.points[i] == result.bound.points[i]; ++i) {
    proven.push_back(JsonQuoted(kNames[i]));
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

std::string ProgressLine(const Progress& progress) {
  return absl::StrFormat("%6.1f s  %d of %d placed (at most %d)  %s", absl::ToDoubleSeconds(progress.elapsed),
                         progress.placed, progress.defence_count, progress.placed_bound,
                         progress.best.ToString());
}

}  // namespace soutenance::scheduling::solver
