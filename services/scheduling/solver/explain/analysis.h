#ifndef SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_ANALYSIS_H_
#define SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_ANALYSIS_H_

#include <cstdint>
#include <vector>

#include "services/scheduling/solver/constraints/constraint.h"
#include "services/scheduling/solver/explain/text.h"
#include "services/scheduling/solver/model/rules.h"
#include "services/scheduling/solver/model/score.h"

namespace soutenance::scheduling::solver {

// One breach of one rule, told.
struct MatchLine {
  int64_t points;  // weight times penalty
  Match match;
  Text sentence;
};

// What one rule costs.
struct RuleAnalysis {
  RuleId rule;
  RuleLevel level;
  int64_t weight;
  int64_t penalty;                 // in units of the rule
  int64_t points;                  // weight times penalty
  std::vector<MatchLine> matches;  // dearest first; their points add up to `points`
};

// What a timetable costs and why.
struct Analysis {
  Score score;
  std::vector<RuleAnalysis> rules;  // every rule in force, in the order of the rulebook
};

Analysis Analyse(const Timetable& timetable);

// Tells `match` of `rule` in a coordinator's words.
Text MatchSentence(const Problem& problem, RuleId rule, const Match& match);

}  // namespace soutenance::scheduling::solver

#endif  // SOUTENANCE_SERVICES_SCHEDULING_SOLVER_EXPLAIN_ANALYSIS_H_
