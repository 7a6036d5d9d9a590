#include "services/scheduling/solver/explain/analysis.h"

#include <algorithm>

#include "services/scheduling/solver/constraints/catalogue.h"

namespace soutenance::scheduling::solver {

Analysis Analyse(const Timetable& timetable) {
  const Problem& problem = timetable.problem();
  const RuleSet rules(problem);
  Analysis analysis;
  for (const RuleSet::Entry& entry : rules.entries()) {
    RuleAnalysis of_rule{.rule = entry.rule.id,
                         .level = entry.rule.level,
                         .weight = entry.rule.weight,
                         .penalty = 0,
                         .points = 0,
                         .matches = {}};
    entry.constraint->Matches(timetable, [&](const Match& match) {
      of_rule.penalty += match.penalty;
      of_rule.matches.push_back({.points = entry.rule.weight * match.penalty,
                                 .match = match,
                                 .sentence = MatchSentence(problem, entry.rule.id, match)});
    });
    of_rule.points = entry.rule.weight * of_rule.penalty;
    std::stable_sort(of_rule.matches.begin(), of_rule.matches.end(),
                     [](const MatchLine& a, const MatchLine& b) { return a.points > b.points; });
    analysis.score.Add(of_rule.level, of_rule.points);
    analysis.rules.push_back(std::move(of_rule));
  }
  return analysis;
}

}  // namespace soutenance::scheduling::solver
