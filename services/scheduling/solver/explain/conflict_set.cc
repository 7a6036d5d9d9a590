#include "services/scheduling/solver/explain/conflict_set.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "services/scheduling/solver/explain/around.h"
#include "services/scheduling/solver/explain/explainer_state.h"
#include "services/scheduling/solver/explain/nearby.h"
#include "services/scheduling/solver/explain/phrases.h"
#include "services/scheduling/solver/explain/shrinker.h"

namespace soutenance::scheduling::solver {

absl::string_view ConflictKindName(ConflictSet::Kind kind) {
  switch (kind) {
    case ConflictSet::Kind::kConflict:
      return "conflict";
    case ConflictSet::Kind::kPlaceable:
      return "placeable";
    case ConflictSet::Kind::kUnknown:
      return "unknown";
  }
  return "";
}

namespace {

std::vector<DefenceId> DefencesOf(const Problem& problem, const NamedFact& fact,
                                  const std::vector<bool>& wanted) {
  std::vector<DefenceId> defences;
  if (fact.defence) return {*fact.defence};
  if (!fact.person || fact.day) return defences;
  const std::vector<DefenceId>& attended = problem.person(*fact.person).defences;
  for (const DefenceId id : fact.role ? DefencesInRole(problem, *fact.person, *fact.role) : attended) {
    if (wanted[Index(id)]) defences.push_back(id);
  }
  return defences;
}

// The days of one person, or of the rooms, are told in one sentence.
bool IsToldTogether(const NamedFact& a, const NamedFact& b) {
  return a.rule == b.rule && a.day && b.day && a.person == b.person && a.room == b.room;
}

Text ConflictSentence(const Problem& problem, const ConflictSet& conflict) {
  const Text defence = DefencePhrase(problem, conflict.defence);
  Text text =
      Capitalised(Text{absl::StrCat(defence.fr, " ne peut pas avoir lieu en plus de celles qui sont placées",
                                    kNarrowNoBreak, ": tout ceci ne tient pas ensemble."),
                       absl::StrCat(defence.en,
                                    " cannot take place beside those that are placed: all this does not hold "
                                    "together.")});
  for (std::size_t i = 0; i < conflict.facts.size();) {
    std::size_t end = i + 1;
    while (end < conflict.facts.size() && IsToldTogether(conflict.facts[i].fact, conflict.facts[end].fact))
      ++end;
    std::vector<NamedFact> together;
    for (std::size_t k = i; k < end; ++k) together.push_back(conflict.facts[k].fact);
    const Text told = FactsSentence(problem, together, conflict.facts[i].defences);
    absl::StrAppend(&text.fr, " ", told.fr);
    absl::StrAppend(&text.en, " ", told.en);
    i = end;
  }
  return text;
}

Text OtherSentence(const Problem& problem, const ConflictSet& conflict) {
  const Text defence = DefencePhrase(problem, conflict.defence);
  if (conflict.kind == ConflictSet::Kind::kPlaceable) {
    return Capitalised(
        Text{absl::StrCat(defence.fr, " peut être placée si d’autres sont déplacées", kNarrowNoBreak,
                          "; une recherche plus longue la placerait."),
             absl::StrCat(defence.en, " can be placed if others move; a longer search would place it.")});
  }
  return NotEstablished(problem, conflict.defence);
}

}  // namespace

Explainer::Explainer(const Timetable& timetable, ExplainBudget budget)
    : Explainer(timetable, std::move(budget), Scope()) {}

Explainer::Explainer(const Timetable& timetable, ExplainBudget budget, Scope scope)
    : state_(std::make_unique<State>(timetable, std::move(budget), std::move(scope))) {}

// Nothing of it looks at the timetable any more.
Explainer::~Explainer() {
  const int64_t size = state_->Size();
  FreeLater(std::move(state_), size);
}

ConflictSet Explainer::Conflict(DefenceId defence) {
  return state_->IsLarge() ? ConflictInLarge(defence) : ConflictInAll(defence);
}

ConflictSet Explainer::ConflictInLarge(DefenceId defence) {
  Nearby nearby(*state_, defence);
  if (std::optional<ConflictSet> counted = nearby.OfOnePerson()) return *std::move(counted);
  ConflictSet conflict{.defence = defence, .kind = {}, .facts = {}, .is_minimal = false, .sentence = {}};
  if (!state_->IsStopped() && state_->AroundOf({defence}, AttendeesOf(state_->problem, defence)).Fits()) {
    conflict.kind = ConflictSet::Kind::kPlaceable;
  } else if (std::optional<ConflictSet> found = nearby.OfAll()) {
    return *std::move(found);
  } else {
    conflict.kind = ConflictSet::Kind::kUnknown;
  }
  conflict.sentence = OtherSentence(state_->problem, conflict);
  return conflict;
}

ConflictSet Explainer::ConflictInAll(DefenceId defence) {
  Shrinker shrinker(*state_, defence);
  std::vector<int> all;
  for (int i = 0; i < state_->facts().count(); ++i) all.push_back(i);
  ConflictSet conflict{.defence = defence, .kind = {}, .facts = {}, .is_minimal = false, .sentence = {}};
  auto [answer, core] = shrinker.Ask(all);
  const bool is_complete = state_->IsComplete();
  if (answer != Answer::kNo) {
    conflict.kind =
        answer == Answer::kYes && is_complete ? ConflictSet::Kind::kPlaceable : ConflictSet::Kind::kUnknown;
    conflict.sentence = OtherSentence(state_->problem, conflict);
    return conflict;
  }
  conflict.kind = ConflictSet::Kind::kConflict;
  const auto [facts, is_minimal] = shrinker.Shrink(std::move(core));
  conflict.is_minimal = is_minimal && is_complete;
  const std::vector<bool> wanted = state_->Wanted(defence);
  for (const int number : facts) {
    const NamedFact& fact = state_->facts().list()[static_cast<std::size_t>(number)];
    const std::vector<DefenceId> defences = DefencesOf(state_->problem, fact, wanted);
    conflict.facts.push_back({fact, defences, FactsSentence(state_->problem, {fact}, defences)});
  }
  // In the order of what is told together, the person's limits after his or her days.
  std::stable_sort(conflict.facts.begin(), conflict.facts.end(), [](const auto& a, const auto& b) {
    const auto key = [](const NamedFact& fact) {
      return std::tuple(!fact.person.has_value(), fact.person.value_or(PersonId{}), fact.rule, fact.room,
                        fact.defence, fact.day);
    };
    return key(a.fact) < key(b.fact);
  });
  conflict.sentence = ConflictSentence(state_->problem, conflict);
  return conflict;
}

}  // namespace soutenance::scheduling::solver
