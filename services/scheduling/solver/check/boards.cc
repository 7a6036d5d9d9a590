#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/scheduling/solver/check/checks.h"

namespace soutenance::scheduling::solver::checks {
namespace {

using RoomDays = std::map<std::pair<RoomId, int>, std::vector<const PlacedDefence*>>;

RoomDays ByRoomAndDate(const Facts& facts) {
  RoomDays days;
  for (const PlacedDefence& p : facts.placed) days[{p.room_id, p.Date()}].push_back(&p);
  return days;
}

// How many windows of its day have begun when it starts; before the first one it counts as begun.
int WindowOf(const Facts& facts, const PlacedDefence& placed) {
  int begun = 0;
  for (const Interval& window : facts.problem.spec().opening) {
    const bool today = window.from / kMinutesPerDay == placed.Date();
    if (today && window.from <= placed.time.from) ++begun;
  }
  return std::max(begun, 1);
}

const PauseSpec* PauseOf(const Facts& facts, int date) {
  for (const PauseSpec& pause : facts.problem.spec().pauses) {
    if (pause.begins.from / kMinutesPerDay == date) return &pause;
  }
  return nullptr;
}

// When the opening of a date begins and when it ends.
Minute OpenOf(const Facts& facts, int date) {
  Minute open = (date + 1) * kMinutesPerDay;
  for (const Interval& window : facts.problem.spec().opening) {
    if (window.from / kMinutesPerDay == date) open = std::min(open, window.from);
  }
  return open;
}
Minute CloseOf(const Facts& facts, int date) {
  Minute close = 0;
  for (const Interval& window : facts.problem.spec().opening) {
    if (window.from / kMinutesPerDay == date) close = std::max(close, window.to);
  }
  return close;
}

// The minutes at which a pause of the room could begin: each minute is tried.
std::vector<Minute> Beginnings(const Facts& facts, int date,
                               const std::vector<const PlacedDefence*>& placed) {
  std::vector<Minute> found;
  const PauseSpec* pause = PauseOf(facts, date);
  if (pause == nullptr) return found;
  for (Minute from = pause->begins.from; from < pause->begins.to; ++from) {
    const Minute to = from + pause->least_minutes;
    bool is_free =
        OpenOf(facts, date) <= from && to <= std::min(CloseOf(facts, date), pause->until.value_or(to));
    for (const PlacedDefence* p : placed) is_free = is_free && (p->time.to <= from || to <= p->time.from);
    if (is_free) found.push_back(from);
  }
  return found;
}

std::set<PersonId> HoldersOf(const PlacedDefence& placed, const std::string& role) {
  std::set<PersonId> people;
  for (const Taken& seat : placed.seats) {
    if (seat.role == role) people.insert(seat.person);
  }
  return people;
}

// Whether two defences of one room and date have other people in a role that has to stay.
bool Differ(const Facts& facts, const PlacedDefence& a, const PlacedDefence& b) {
  for (const RoleSpec& role : facts.problem.spec().roles) {
    if (role.change_cost == 0) continue;
    const std::set<PersonId> one = HoldersOf(a, role.name);
    const std::set<PersonId> two = HoldersOf(b, role.name);
    if (!one.empty() && !two.empty() && one != two) return true;
  }
  return false;
}

}  // namespace

void RoomPause(const Facts& facts, Report report) {
  for (const auto& [key, placed] : ByRoomAndDate(facts)) {
    if (PauseOf(facts, key.second) == nullptr || !Beginnings(facts, key.second, placed).empty()) continue;
    std::vector<DefenceId> defences;
    for (const PlacedDefence* p : placed) defences.push_back(p->id);
    report(std::move(defences), absl::StrCat(facts.problem.room(key.first).key, " has no pause on a day"));
  }
}

// Two boards in one block mean that somewhere in that block the board changes. Boards may change at one of
// the possible pauses: if it helps at one, nothing is said.
void BlockContinuity(const Facts& facts, Report report) {
  for (const auto& [key, placed] : ByRoomAndDate(facts)) {
    const auto broken = [&](Minute pause) {
      std::vector<std::pair<const PlacedDefence*, const PlacedDefence*>> pairs;
      for (const PlacedDefence* a : placed) {
        for (const PlacedDefence* b : placed) {
          if (a->id >= b->id || WindowOf(facts, *a) != WindowOf(facts, *b)) continue;
          if (pause >= 0 && (a->time.from < pause) != (b->time.from < pause)) continue;
          if (Differ(facts, *a, *b)) pairs.emplace_back(a, b);
        }
      }
      return pairs;
    };
    auto least = broken(-1);
    const bool changes_at_pauses = facts.problem.rule(RuleId::kBlockContinuity).parameter != 0;
    for (const Minute pause :
         changes_at_pauses ? Beginnings(facts, key.second, placed) : std::vector<Minute>()) {
      auto pairs = broken(pause);
      if (pairs.size() < least.size()) least = std::move(pairs);
    }
    for (const auto& [a, b] : least) {
      report({a->id, b->id},
             absl::StrCat("in ", facts.problem.room(key.first).key, " the board changes between ",
                          a->defence->key, " and ", b->defence->key));
    }
  }
}

}  // namespace soutenance::scheduling::solver::checks
