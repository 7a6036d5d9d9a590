#include "services/scheduling/telling.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "services/scheduling/campaign_time.h"
#include "services/scheduling/defence.h"

namespace soutenance::scheduling {
namespace {

bool Involves(const solver::Match& match, solver::DefenceId defence) {
  return std::count(match.defences.begin(), match.defences.end(), defence) > 0;
}

}  // namespace

const std::string& Telling::InLanguage(const solver::Text& text) const {
  return language_ == documents::Language::kFrench ? text.fr : text.en;
}

std::string Telling::RuleSentence(solver::RuleId rule) const {
  const solver::RuleLine& line = solver::LineOf(rule);
  return std::string(language_ == documents::Language::kFrench ? line.sentence_fr : line.sentence_en);
}

std::vector<std::string> Telling::SubjectsOf(const solver::Match& match) const {
  std::vector<std::string> subjects;
  for (const solver::DefenceId defence : match.defences) {
    subjects.push_back(DefenceName(campaign_, problem_.defence(defence).key));
  }
  for (const solver::PersonId person : match.persons) subjects.push_back(problem_.person(person).key);
  for (const solver::RoomId room : match.rooms) subjects.push_back(problem_.room(room).key);
  return subjects;
}

RuleMatch Telling::MatchOf(const solver::MatchLine& line) const {
  return {.points = line.points, .sentence = InLanguage(line.sentence), .subjects = SubjectsOf(line.match)};
}

RuleCost Telling::CostOf(const solver::RuleAnalysis& analysis) const {
  RuleCost cost{.rule = analysis.rule,
                .sentence = RuleSentence(analysis.rule),
                .level = analysis.level,
                .points = analysis.points};
  cost.match_count = static_cast<int>(analysis.matches.size());
  const std::size_t listed = std::min(analysis.matches.size(), static_cast<std::size_t>(kMatchesMax));
  for (std::size_t i = 0; i < listed; ++i) cost.matches.push_back(MatchOf(analysis.matches[i]));
  return cost;
}

RuleCost Telling::CostOf(const solver::RuleAnalysis& analysis, solver::DefenceId only) const {
  solver::RuleAnalysis part{.rule = analysis.rule,
                            .level = analysis.level,
                            .weight = analysis.weight,
                            .penalty = 0,
                            .points = 0,
                            .matches = {}};
  for (const solver::MatchLine& line : analysis.matches) {
    if (!Involves(line.match, only)) continue;
    part.points += line.points;
    part.matches.push_back(line);
  }
  return CostOf(part);
}

RuleEffect Telling::EffectOf(const solver::RuleEffect& effect) const {
  RuleEffect told{.rule = effect.rule,
                  .sentence = RuleSentence(effect.rule),
                  .level = effect.level,
                  .points_before = effect.points_before,
                  .points_after = effect.points_after};
  for (const solver::MatchLine& line : effect.matches) {
    if (told.matches.size() == static_cast<std::size_t>(kMatchesMax)) break;
    told.matches.push_back(MatchOf(line));
  }
  return told;
}

std::vector<RuleEffect> Telling::EffectsOf(const solver::MoveEffect& effect) const {
  std::vector<RuleEffect> told;
  for (const solver::RuleEffect& rule : effect.effects) told.push_back(EffectOf(rule));
  return told;
}

PreconditionViolation Telling::ViolationOf(solver::RuleId rule, const solver::MatchLine& line) const {
  const std::vector<std::string> subjects = SubjectsOf(line.match);
  return {.type = std::string(solver::LineOf(rule).name),
          .subject = subjects.empty() ? std::string(campaign_) : subjects.front(),
          .description = InLanguage(line.sentence)};
}

std::string BreachKey(const solver::Problem& problem, solver::RuleId rule, const solver::Match& match) {
  // Sorted: problems number their persons, rooms and defences differently.
  std::vector<std::string> subjects;
  for (const solver::DefenceId defence : match.defences) subjects.push_back(problem.defence(defence).key);
  for (const solver::PersonId person : match.persons) subjects.push_back(problem.person(person).key);
  for (const solver::RoomId room : match.rooms) subjects.push_back(problem.room(room).key);
  std::sort(subjects.begin(), subjects.end());
  std::string key = std::string(solver::LineOf(rule).name);
  for (const std::string& subject : subjects) absl::StrAppend(&key, " ", subject);
  if (match.time.from != match.time.to) {
    // As a moment: minutes count from the first date, which may be another one in the other problem.
    absl::StrAppend(&key, " ", MomentText(MomentOf(problem.first_date(), match.time.from)));
  }
  return absl::StrCat(key, " ", match.penalty);
}

std::multiset<std::string> BreachKeys(const solver::Problem& problem, const solver::Analysis& analysis) {
  std::multiset<std::string> keys;
  for (const solver::RuleAnalysis& rule : analysis.rules) {
    for (const solver::MatchLine& line : rule.matches) keys.insert(BreachKey(problem, rule.rule, line.match));
  }
  return keys;
}

}  // namespace soutenance::scheduling
