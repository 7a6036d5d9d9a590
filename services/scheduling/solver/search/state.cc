#include "services/scheduling/solver/search/state.h"

#include <cstdio>
#include <cstdlib>
#include <string>

#include "absl/strings/string_view.h"

namespace soutenance::scheduling::solver {
namespace {

[[noreturn]] void StopFor(RuleId rule, int64_t kept, int64_t found) {
  const std::string name(LineOf(rule).name);
  std::fprintf(
      stderr,
      "The differences of the rule \"%s\" do not add up: the search counted a penalty of %lld, a full "
      "evaluation gives %lld. Its Delta, or what a move is tested with, is wrong.\n",
      name.c_str(), static_cast<long long>(kept), static_cast<long long>(found));
  std::abort();
}

}  // namespace

State::State(const Problem& problem, const RuleSet& rules)
    : rules_(rules), timetable_(problem), change_(problem) {
  for (const RuleSet::Entry& entry : rules.entries()) {
    if (!entry.rule.IsHard()) asked_.push_back({entry.constraint.get(), entry.rule, 0, 0});
  }
  Reset(Placements(problem.defences().size()));
}

void State::Reset(const Placements& placements) {
  timetable_ = Timetable(problem(), placements);
  score_ = Score();
  for (Asked& asked : asked_) {
    asked.penalty = asked.constraint->Penalty(timetable_);
    score_.Add(asked.rule.level, asked.penalty * asked.rule.weight);
  }
  unplaced_.clear();
  unplaced_position_.assign(placements.size(), -1);
  ForEachId<DefenceId>(problem().DefenceCount(), [&](DefenceId id) {
    if (!placements[Index(id)]) SetPlaced(id, false);
  });
}

Score State::Try(const Move& move) {
  tried_ = move;
  tried_delta_ = Score();
  change_.Reset(timetable_, move);
  for (Asked& asked : asked_) {
    asked.difference = asked.constraint->Delta(change_);
    tried_delta_.Add(asked.rule.level, asked.difference * asked.rule.weight);
  }
  return tried_delta_;
}

void State::Accept() {
  for (const Step& step : tried_) {
    const bool was_placed = timetable_.PlacementOf(step.defence).has_value();
    if (was_placed != step.to.has_value()) SetPlaced(step.defence, step.to.has_value());
  }
  timetable_.Apply(tried_);
  for (Asked& asked : asked_) asked.penalty += asked.difference;
  score_ += tried_delta_;
}

void State::SetPlaced(DefenceId defence, bool placed) {
  int32_t& position = unplaced_position_[Index(defence)];
  if (!placed) {
    position = static_cast<int32_t>(unplaced_.size());
    unplaced_.push_back(defence);
    return;
  }
  const DefenceId last = unplaced_.back();
  unplaced_[static_cast<std::size_t>(position)] = last;
  unplaced_position_[Index(last)] = position;
  unplaced_.pop_back();
  position = -1;
}

void State::Verify() const {
  // From the placements alone, so that a timetable that lost count shows, too.
  const Timetable fresh(problem(), timetable_.placements());
  for (const RuleSet::Entry& entry : rules_.entries()) {
    int64_t kept = 0;
    for (const Asked& asked : asked_) {
      if (asked.rule.id == entry.rule.id) kept = asked.penalty;
    }
    const int64_t found = entry.constraint->Penalty(fresh);
    if (kept != found) StopFor(entry.rule.id, kept, found);
  }
}

}  // namespace soutenance::scheduling::solver
