#include "services/scheduling/solver/explain/why_not.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "absl/algorithm/container.h"
#include "services/scheduling/solver/constraints/catalogue.h"
#include "services/scheduling/solver/search/candidates.h"
#include "services/scheduling/solver/search/compose.h"
#include "services/scheduling/solver/search/fit.h"
#include "services/scheduling/solver/search/random.h"

namespace soutenance::scheduling::solver {
namespace {

auto Key(const Match& match) {
  return std::tie(match.defences, match.persons, match.rooms, match.time.from, match.time.to, match.penalty,
                  match.amount, match.limit);
}

bool Less(const Match& a, const Match& b) { return Key(a) < Key(b); }

// All breaches of one rule, in an order of their own.
std::vector<Match> SortedMatches(const Constraint& constraint, const Timetable& timetable) {
  std::vector<Match> matches;
  constraint.Matches(timetable, [&matches](const Match& match) { matches.push_back(match); });
  std::sort(matches.begin(), matches.end(), Less);
  return matches;
}

int64_t PenaltyOf(const std::vector<Match>& matches) {
  int64_t penalty = 0;
  for (const Match& match : matches) penalty += match.penalty;
  return penalty;
}

// Whether `before` was as bad as `after` is: the same people at the same time, with all these defences and
// perhaps more. Whoever has seven defences in a day instead of eight is better off, though the breach reads
// differently.
bool Covers(const Match& before, const Match& after) {
  return before.penalty >= after.penalty && before.time == after.time && before.persons == after.persons &&
         absl::c_all_of(after.defences,
                        [&](DefenceId id) { return absl::c_linear_search(before.defences, id); });
}

// The breaches of a timetable, rule by rule, that moves are compared with.
class Baseline {
 public:
  explicit Baseline(const Timetable& timetable) : timetable_(timetable), rules_(timetable.problem()) {
    for (const RuleSet::Entry& entry : rules_.entries()) {
      matches_.push_back(SortedMatches(*entry.constraint, timetable));
      score_.Add(entry.rule.level, entry.rule.weight * PenaltyOf(matches_.back()));
    }
  }

  const RuleSet& rules() const { return rules_; }

  MoveEffect EffectOf(const Move& move) const {
    Timetable moved = timetable_;
    moved.Apply(move);
    MoveEffect effect{.before = score_, .after = {}, .effects = {}};
    for (std::size_t i = 0; i < rules_.entries().size(); ++i) {
      const RuleSet::Entry& entry = rules_.entries()[i];
      const std::vector<Match> after = SortedMatches(*entry.constraint, moved);
      effect.after.Add(entry.rule.level, entry.rule.weight * PenaltyOf(after));
      if (after != matches_[i]) effect.effects.push_back(Compare(entry.rule, matches_[i], after));
    }
    return effect;
  }

 private:
  RuleEffect Compare(const RuleInForce& rule, const std::vector<Match>& before,
                     const std::vector<Match>& after) const {
    RuleEffect effect{.rule = rule.id,
                      .level = rule.level,
                      .points_before = rule.weight * PenaltyOf(before),
                      .points_after = rule.weight * PenaltyOf(after),
                      .matches = {},
                      .is_broken_anew = false};
    std::vector<Match> added;
    std::vector<Match> gone;
    std::set_difference(after.begin(), after.end(), before.begin(), before.end(), std::back_inserter(added),
                        Less);
    std::set_difference(before.begin(), before.end(), after.begin(), after.end(), std::back_inserter(gone),
                        Less);
    for (const Match& match : added) {
      effect.matches.push_back({.points = rule.weight * match.penalty,
                                .match = match,
                                .sentence = MatchSentence(timetable_.problem(), rule.id, match)});
      effect.is_broken_anew |=
          absl::c_none_of(gone, [&match](const Match& old) { return Covers(old, match); });
    }
    std::stable_sort(effect.matches.begin(), effect.matches.end(),
                     [](const MatchLine& a, const MatchLine& b) { return a.points > b.points; });
    return effect;
  }

  const Timetable& timetable_;
  const RuleSet rules_;
  std::vector<std::vector<Match>> matches_;  // by entry of rules_
  Score score_;
};

// Chooses who would hold the open seats of one defence elsewhere.
class Seating {
 public:
  Seating(const Timetable& timetable, const RuleSet& rules, DefenceId defence)
      : timetable_(timetable),
        rules_(rules),
        defence_(defence),
        has_open_seats_(!timetable.problem().defence(defence).open_seats.empty()),
        fit_(timetable.problem()),
        composer_(timetable.problem(), fit_),
        change_(timetable.problem()) {}

  // As WithHolders.
  std::optional<Placement> At(Placement to) {
    if (!has_open_seats_) return to;
    const Move leaving = {{defence_, std::nullopt}};
    const std::optional<Placement>& now = timetable_.PlacementOf(defence_);
    if (now) {
      to.holders = now->holders;
      if (fit_.Fits(timetable_, leaving, defence_, to)) return to;
    }
    std::optional<Placement> best;
    Score least;
    for (int i = 0; i < kTries; ++i) {
      if (now) to.holders = now->holders;
      if (!composer_.Fill(timetable_, leaving, defence_, &to, random_)) return best;
      change_.Reset(timetable_, {{defence_, to}});
      const Score gain = rules_.Delta(change_);
      if (best && !(gain < least)) continue;
      best = to;
      least = gain;
    }
    return best;
  }

 private:
  // The composer does not always choose the same people.
  static constexpr int kTries = 8;

  const Timetable& timetable_;
  const RuleSet& rules_;
  const DefenceId defence_;
  const bool has_open_seats_;
  const Fit fit_;
  const Composer composer_;
  Change change_;
  Random random_{1};
};

// A place and what the score gains there.
struct Ranked {
  Score gain;
  Placement placement;

  auto Order() const { return std::tie(gain, placement.start, placement.room); }
};

// Places that seem to break nothing anew, cheapest first.
std::vector<Ranked> RankPlaces(const Timetable& timetable, const RuleSet& rules, DefenceId defence) {
  const Candidates candidates(timetable.problem(), rules, defence);
  std::vector<Ranked> ranked;
  Change change(timetable.problem());
  Seating seating(timetable, rules, defence);
  const std::optional<Placement>& now = timetable.PlacementOf(defence);
  for (int i = 0; i < candidates.StartCount(defence); ++i) {
    const Candidates::Start start = candidates.StartAt(defence, i);
    for (const RoomId room : start.rooms) {
      if (now && now->start == start.start && now->room == room) continue;
      const std::optional<Placement> to = seating.At({start.start, room});
      if (!to) continue;
      change.Reset(timetable, {{defence, *to}});
      const Score gain = rules.Delta(change);
      if (gain.hard() <= 0) ranked.push_back({gain, *to});
    }
  }
  std::sort(ranked.begin(), ranked.end(),
            [](const Ranked& a, const Ranked& b) { return a.Order() < b.Order(); });
  return ranked;
}

}  // namespace

bool MoveEffect::HasClash() const {
  return absl::c_any_of(
      effects, [](const RuleEffect& effect) { return IsClash(effect.rule) && effect.is_broken_anew; });
}

bool MoveEffect::NeedsReason() const {
  return absl::c_any_of(effects, [](const RuleEffect& effect) {
    return effect.level == RuleLevel::kHard && !IsClash(effect.rule) && effect.is_broken_anew;
  });
}

MoveEffect EffectOfMove(const Timetable& timetable, const Move& move) {
  return Baseline(timetable).EffectOf(move);
}

MoveEffect WhyNot(const Timetable& timetable, DefenceId defence, const Placement& to) {
  return EffectOfMove(timetable, {{defence, to}});
}

std::optional<Placement> WithHolders(const Timetable& timetable, DefenceId defence, const Placement& to) {
  const RuleSet rules(timetable.problem());
  return Seating(timetable, rules, defence).At(to);
}

std::vector<Alternative> Alternatives(const Timetable& timetable, DefenceId defence, int count) {
  const Baseline baseline(timetable);
  std::vector<Alternative> alternatives;
  for (const Ranked& ranked : RankPlaces(timetable, baseline.rules(), defence)) {
    if (static_cast<int>(alternatives.size()) >= count) break;
    MoveEffect effect = baseline.EffectOf({{defence, ranked.placement}});
    // One breach may have taken the place of another: the sum does not show it.
    if (effect.HasClash() || effect.NeedsReason()) continue;
    alternatives.push_back({ranked.placement, std::move(effect)});
  }
  return alternatives;
}

}  // namespace soutenance::scheduling::solver
