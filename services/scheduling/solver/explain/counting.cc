#include "services/scheduling/solver/explain/counting.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/algorithm/container.h"

namespace soutenance::scheduling::solver {
namespace {

// Gives each item one of its points, at most `capacity` items a point, by augmenting paths.
class Matching {
 public:
  Matching(std::vector<std::vector<int>> points, std::vector<int> capacity)
      : points_(std::move(points)), capacity_(std::move(capacity)), taken_(capacity_.size()) {}

  // The items that together have too few points; empty if each has got one, or if `is_stopped` says so.
  template <typename IsStopped>
  std::vector<int> TooMany(IsStopped is_stopped) {
    for (std::size_t item = 0; item < points_.size(); ++item) {
      if (is_stopped()) return {};
      seen_.assign(capacity_.size(), false);
      reached_ = {static_cast<int>(item)};
      if (!Place(static_cast<int>(item))) return reached_;
    }
    return {};
  }

 private:
  bool Place(int item) {
    for (const int point : points_[static_cast<std::size_t>(item)]) {
      const auto at = static_cast<std::size_t>(point);
      if (seen_[at]) continue;
      seen_[at] = true;
      if (static_cast<int>(taken_[at].size()) < capacity_[at]) {
        taken_[at].push_back(item);
        return true;
      }
      for (int& other : taken_[at]) {
        reached_.push_back(other);
        if (!Place(other)) continue;
        other = item;
        return true;
      }
    }
    return false;
  }

  std::vector<std::vector<int>> points_;
  std::vector<int> capacity_;
  std::vector<std::vector<int>> taken_;
  std::vector<bool> seen_;
  std::vector<int> reached_;
};

}  // namespace

struct Counting::Question {
  const std::vector<bool>& wanted;
  const std::vector<bool>& held;
  Minute shortest;

  bool IsHeld(int fact) const { return fact >= 0 && held[static_cast<std::size_t>(fact)]; }
  bool Allows(const Start& start) const {
    return absl::c_none_of(start.forbidding, [this](int fact) { return IsHeld(fact); });
  }
};

Counting::Counting(const Problem& problem, const NamedFacts& facts, const std::function<bool()>& should_stop)
    : problem_(problem), facts_(facts), should_stop_(should_stop) {
  const auto size = static_cast<int64_t>(facts.starts().size()) * problem.DefenceCount();
  if (size > kStartsMax) return;
  bool is_stopped = facts.IsCutShort();
  ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) {
    is_stopped = is_stopped || IsStopped();
    if (is_stopped) return;
    starts_.emplace_back();
    for (const GridStart& at : facts.starts()) {
      if (problem.TimeOf(id, at.start).to > at.window_end) continue;
      starts_.back().push_back({at, facts.OfStart(id, at)});
    }
  });
  if (is_stopped) starts_.clear();
}

namespace {

// The first point at or after `start`; points lie every `step` minutes from the beginning of the window.
Minute FirstPoint(const Day& day, Minute start, Minute step) {
  for (const Interval& window : day.opening) {
    if (start < window.from || start >= window.to) continue;
    return window.from + (start - window.from + step - 1) / step * step;
  }
  return start;
}

}  // namespace

std::vector<int> Counting::FactsOf(const Question& question, const std::vector<DefenceId>& defences) const {
  std::set<int> facts;
  for (const DefenceId id : defences) {
    for (const Start& start : starts_[Index(id)]) {
      for (const int fact : start.forbidding) {
        if (question.IsHeld(fact)) facts.insert(fact);
      }
    }
  }
  return {facts.begin(), facts.end()};
}

std::optional<std::vector<int>> Counting::OfPerson(const Question& question, PersonId person) const {
  const int clash = facts_.OfPerson(RuleId::kPersonClash, person);
  if (!question.IsHeld(clash)) return std::nullopt;
  std::map<Minute, int> numbers;
  std::vector<std::vector<int>> points;
  std::vector<DefenceId> those;
  for (const DefenceId id : problem_.person(person).defences) {
    if (!question.wanted[Index(id)]) continue;
    those.push_back(id);
    points.emplace_back();
    for (const Start& start : starts_[Index(id)]) {
      if (!question.Allows(start)) continue;
      const Minute point = FirstPoint(problem_.day(start.at.day), start.at.start, question.shortest);
      const int number = numbers.try_emplace(point, static_cast<int>(numbers.size())).first->second;
      points.back().push_back(number);
    }
  }
  const std::vector<int> too_many =
      Matching(std::move(points), std::vector<int>(numbers.size(), 1)).TooMany([] { return false; });
  if (too_many.empty()) return std::nullopt;
  std::vector<DefenceId> defences;
  for (const int item : too_many) defences.push_back(those[static_cast<std::size_t>(item)]);
  std::vector<int> facts = FactsOf(question, defences);
  facts.push_back(clash);
  std::sort(facts.begin(), facts.end());
  return facts;
}

std::optional<std::vector<int>> Counting::OfRooms(const Question& question) const {
  const int all = problem_.DefenceCount();
  std::map<Minute, int> numbers;
  std::vector<int> capacity;
  std::vector<std::vector<int>> points;
  std::vector<DefenceId> those;
  const auto capacity_at = [&](Minute point, DayId day) {
    if (!question.IsHeld(facts_.OfRooms(day))) return all;
    int open = 0;
    ForEachId<RoomId>(problem_.RoomCount(), [&](RoomId room) {
      const bool is_closed = question.IsHeld(facts_.OfRoomDay(room, day)) &&
                             !AnyContains(problem_.room(room).open, {point, point + 1});
      if (!is_closed) ++open;
    });
    return open;
  };
  bool is_stopped = false;
  ForEachId<DefenceId>(all, [&](DefenceId id) {
    is_stopped = is_stopped || IsStopped();
    if (is_stopped || !question.wanted[Index(id)]) return;
    those.push_back(id);
    points.emplace_back();
    for (const Start& start : starts_[Index(id)]) {
      if (!question.Allows(start)) continue;
      const Minute point = FirstPoint(problem_.day(start.at.day), start.at.start, question.shortest);
      const auto [found, is_new] = numbers.try_emplace(point, static_cast<int>(numbers.size()));
      if (is_new) capacity.push_back(capacity_at(point, start.at.day));
      points.back().push_back(found->second);
    }
  });
  if (is_stopped) return std::nullopt;
  const std::vector<int> too_many =
      Matching(std::move(points), std::move(capacity)).TooMany([this] { return IsStopped(); });
  if (too_many.empty()) return std::nullopt;
  std::vector<DefenceId> defences;
  for (const int item : too_many) defences.push_back(those[static_cast<std::size_t>(item)]);
  const std::vector<int> own = FactsOf(question, defences);
  std::set<int> facts(own.begin(), own.end());
  for (int i = 0; i < facts_.count(); ++i) {
    const RuleId rule = facts_.list()[static_cast<std::size_t>(i)].rule;
    if (question.IsHeld(i) && (rule == RuleId::kRoomClash || rule == RuleId::kRoomOpening)) facts.insert(i);
  }
  return std::vector<int>(facts.begin(), facts.end());
}

std::optional<std::vector<int>> Counting::Conflict(const std::vector<bool>& wanted,
                                                   const std::vector<bool>& held, DefenceId first) const {
  if (starts_.empty()) return std::nullopt;
  Minute shortest = kMinutesPerDay;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i]) shortest = std::min(shortest, problem_.defences()[i].duration_minutes);
  }
  const Question question{wanted, held, shortest};
  for (const Attendee& attendee : problem_.defence(first).attendees) {
    if (auto conflict = OfPerson(question, attendee.person)) return conflict;
  }
  if (auto conflict = OfRooms(question)) return conflict;
  for (int i = 0; i < problem_.PersonCount() && !IsStopped(); ++i) {
    if (auto conflict = OfPerson(question, static_cast<PersonId>(i))) return conflict;
  }
  return std::nullopt;
}

}  // namespace soutenance::scheduling::solver
