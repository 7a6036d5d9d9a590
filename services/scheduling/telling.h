#ifndef SOUTENANCE_SERVICES_SCHEDULING_TELLING_H_
#define SOUTENANCE_SERVICES_SCHEDULING_TELLING_H_

#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/base/error.h"
#include "services/scheduling/documents/timetable_document.h"
#include "services/scheduling/explanation.h"
#include "services/scheduling/solver/explain/analysis.h"
#include "services/scheduling/solver/explain/why_not.h"
#include "services/scheduling/solver/model/problem.h"

namespace soutenance::scheduling {

// Tells what the solver found about one problem: its dense numbers as resource names, its sentences in one
// language. The problem and the name of the campaign must outlive it.
class Telling {
 public:
  Telling(const solver::Problem& problem, absl::string_view campaign, documents::Language language)
      : problem_(problem), campaign_(campaign), language_(language) {}

  const std::string& InLanguage(const solver::Text& text) const;

  // What the rule asks.
  std::string RuleSentence(solver::RuleId rule) const;

  RuleMatch MatchOf(const solver::MatchLine& line) const;

  // What a rule costs; with `only`, what the breaches that involve this defence cost.
  RuleCost CostOf(const solver::RuleAnalysis& analysis) const;
  RuleCost CostOf(const solver::RuleAnalysis& analysis, solver::DefenceId only) const;

  RuleEffect EffectOf(const solver::RuleEffect& effect) const;
  std::vector<RuleEffect> EffectsOf(const solver::MoveEffect& effect) const;

  // A breach as a condition that is not met; its subject is the first defence concerned.
  PreconditionViolation ViolationOf(solver::RuleId rule, const solver::MatchLine& line) const;

 private:
  std::vector<std::string> SubjectsOf(const solver::Match& match) const;

  const solver::Problem& problem_;
  const absl::string_view campaign_;
  const documents::Language language_;
};

// What makes two breaches the same one, also in timetables of different problems: rule, resources
// concerned, time and penalty.
std::string BreachKey(const solver::Problem& problem, solver::RuleId rule, const solver::Match& match);

// The keys of all breaches.
std::multiset<std::string> BreachKeys(const solver::Problem& problem, const solver::Analysis& analysis);

}  // namespace soutenance::scheduling

#endif  // SOUTENANCE_SERVICES_SCHEDULING_TELLING_H_
