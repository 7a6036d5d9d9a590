#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/scheduling/solver/check/checks.h"

namespace soutenance::scheduling::solver::checks {
namespace {

// The window of its day to which a defence counts, as the number of windows of that date that have begun.
int BlockOf(const Facts& facts, const PlacedDefence& placed) {
  int begun = 0;
  for (const Interval& window : facts.problem.spec().opening) {
    const bool is_that_day = window.from / kMinutesPerDay == placed.Date();
    if (is_that_day && window.from <= placed.time.from) ++begun;
  }
  return begun == 0 ? 1 : begun;
}

}  // namespace

void RoomDayLimit(const Facts& facts, Report report) {
  const int64_t most = facts.problem.rule(RuleId::kRoomDayLimit).parameter;
  std::set<std::pair<RoomId, int>> used;
  std::vector<DefenceId> all;
  for (const PlacedDefence& p : facts.placed) {
    used.insert({p.room_id, p.Date()});
    all.push_back(p.id);
  }
  if (static_cast<int64_t>(used.size()) <= most) return;
  report(std::move(all),
         absl::StrCat("rooms are used on ", used.size(), " days; at most ", most, " are possible"));
}

void RoomBreak(const Facts& facts, Report report) {
  const int64_t least = facts.problem.rule(RuleId::kRoomBreak).parameter;
  for (const PlacedDefence& a : facts.placed) {
    for (const PlacedDefence& b : facts.placed) {
      if (a.room_id != b.room_id || a.Date() != b.Date() || BlockOf(facts, a) >= BlockOf(facts, b)) continue;
      if (b.time.from - a.time.to >= least) continue;
      report({a.id, b.id},
             absl::StrCat("only ", b.time.from - a.time.to, " minutes lie between ", a.defence->key, " and ",
                          b.defence->key, " in ", a.room->key, "; at least ", least, " are needed"));
    }
  }
}

void RoomBlockLoad(const Facts& facts, Report report) {
  const int64_t most = facts.problem.rule(RuleId::kRoomBlockLoad).parameter;
  std::map<std::pair<RoomId, std::pair<int, int>>, std::vector<DefenceId>> blocks;
  for (const PlacedDefence& p : facts.placed) {
    blocks[{p.room_id, {p.Date(), BlockOf(facts, p)}}].push_back(p.id);
  }
  for (auto& [block, defences] : blocks) {
    const std::size_t count = defences.size();
    if (static_cast<int64_t>(count) <= most) continue;
    report(std::move(defences), absl::StrCat(facts.problem.room(block.first).key, " has ", count,
                                             " defences in one window; at most ", most, " are possible"));
  }
}

void RoomTopics(const Facts& facts, Report report) {
  const int64_t most = facts.problem.rule(RuleId::kRoomTopics).parameter;
  std::map<std::pair<RoomId, int>, std::pair<std::set<TopicId>, std::vector<DefenceId>>> days;
  for (const PlacedDefence& p : facts.placed) {
    auto& [topics, defences] = days[{p.room_id, p.Date()}];
    if (p.defence->topic) topics.insert(*p.defence->topic);
    defences.push_back(p.id);
  }
  for (auto& [day, found] : days) {
    const std::size_t count = found.first.size();
    if (static_cast<int64_t>(count) <= most) continue;
    report(std::move(found.second), absl::StrCat(facts.problem.room(day.first).key, " has ", count,
                                                 " topics on one day; at most ", most, " are possible"));
  }
}

}  // namespace soutenance::scheduling::solver::checks
