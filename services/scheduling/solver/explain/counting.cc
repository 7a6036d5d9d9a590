#include "services/scheduling/solver/explain/counting.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/algorithm/container.h"

namespace soutenance::scheduling::solver {
namespace {

// Gives each item one of its points, by augmenting paths: at most `capacity` items a point, and at most as
// many as a group has room for in all points of the group.
class Matching {
 public:
  struct Point {
    int capacity;
    int group;
  };

  Matching(const std::vector<std::vector<int>>& points_of_items, const std::vector<Point>& points,
           const std::vector<int>& groups)
      : first_point_(points_of_items.size()),
        first_group_(first_point_ + points.size()),
        sink_(first_group_ + groups.size()),
        edges_of_(sink_ + 1) {
    for (std::size_t i = 0; i < points_of_items.size(); ++i) {
      for (const int point : points_of_items[i]) Link(i, first_point_ + static_cast<std::size_t>(point), 1);
    }
    for (std::size_t i = 0; i < points.size(); ++i) {
      Link(first_point_ + i, first_group_ + static_cast<std::size_t>(points[i].group), points[i].capacity);
    }
    for (std::size_t i = 0; i < groups.size(); ++i) Link(first_group_ + i, sink_, groups[i]);
  }

  // The items that together have too few points; empty if each has got one, or if `is_stopped` says so.
  template <typename IsStopped>
  std::vector<int> TooMany(IsStopped is_stopped) {
    for (std::size_t item = 0; item < first_point_; ++item) {
      if (is_stopped()) return {};
      seen_.assign(sink_ + 1, false);
      if (!Reach(item)) break;
      if (item + 1 == first_point_) return {};
    }
    std::vector<int> reached;
    for (std::size_t item = 0; item < first_point_ && !seen_.empty(); ++item) {
      if (seen_[item]) reached.push_back(static_cast<int>(item));
    }
    return reached;
  }

 private:
  struct Edge {
    std::size_t to;
    int left;
  };

  // The edge after an even one is its way back.
  void Link(std::size_t from, std::size_t to, int capacity) {
    edges_of_[from].push_back(edges_.size());
    edges_.push_back({to, capacity});
    edges_of_[to].push_back(edges_.size());
    edges_.push_back({from, 0});
  }

  bool Reach(std::size_t node) {
    if (node == sink_) return true;
    seen_[node] = true;
    for (const std::size_t number : edges_of_[node]) {
      if (edges_[number].left == 0 || seen_[edges_[number].to] || !Reach(edges_[number].to)) continue;
      --edges_[number].left;
      ++edges_[number ^ 1].left;
      return true;
    }
    return false;
  }

  const std::size_t first_point_;
  const std::size_t first_group_;
  const std::size_t sink_;
  std::vector<Edge> edges_;
  std::vector<std::vector<std::size_t>> edges_of_;  // by node: items, points, groups, the sink
  std::vector<bool> seen_;
};

// Points by their beginning, each once.
class Points {
 public:
  // The number of the point that starts at `start`.
  template <typename MakePoint>
  int NumberOf(Minute point, MakePoint make) {
    const auto [found, is_new] = numbers_.try_emplace(point, static_cast<int>(list_.size()));
    if (is_new) list_.push_back(make());
    return found->second;
  }
  const std::vector<Matching::Point>& list() const { return list_; }

 private:
  std::map<Minute, int> numbers_;
  std::vector<Matching::Point> list_;
};

void AddOnce(std::vector<int>& numbers, int number) {
  if (numbers.empty() || numbers.back() != number) numbers.push_back(number);
}

}  // namespace

struct Counting::Question {
  const std::vector<bool>& wanted;
  const std::vector<bool>& held;

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

// The beginning of the stretch of `step` minutes in which `start` lies: they follow on each other from the
// beginning of the window.
Minute StretchOf(const Day& day, Minute start, Minute step) {
  for (const Interval& window : day.opening) {
    if (start < window.from || start >= window.to) continue;
    return window.from + (start - window.from) / step * step;
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

std::optional<std::vector<int>> Counting::OfPerson(const Question& question, PersonId id) const {
  const Person& person = problem_.person(id);
  const int clash = facts_.OfPerson(RuleId::kPersonClash, id);
  const int day_load = facts_.OfPerson(RuleId::kPersonDayLoad, id);
  const int load = facts_.OfPerson(RuleId::kPersonCampaignLoad, id);
  if (!question.IsHeld(clash) && !question.IsHeld(day_load) && !question.IsHeld(load)) return std::nullopt;
  std::vector<DefenceId> those;
  for (const DefenceId defence : person.defences) {
    if (question.wanted[Index(defence)]) those.push_back(defence);
  }
  if (question.IsHeld(load) && static_cast<int>(those.size()) > person.max_total)
    return std::vector<int>{load};
  const std::vector<int> too_many = TooManyOf(question, id, those, /*only_first=*/false);
  if (too_many.empty()) return std::nullopt;
  std::vector<DefenceId> defences;
  for (const int item : too_many) defences.push_back(those[static_cast<std::size_t>(item)]);
  std::vector<int> facts = FactsOf(question, defences);
  for (const int fact : {clash, day_load}) {
    if (question.IsHeld(fact)) facts.push_back(fact);
  }
  std::sort(facts.begin(), facts.end());
  return facts;
}

std::vector<int> Counting::TooManyOf(const Question& question, PersonId id,
                                     const std::vector<DefenceId>& those, bool only_first) const {
  const Person& person = problem_.person(id);
  const int clash = facts_.OfPerson(RuleId::kPersonClash, id);
  const int day_load = facts_.OfPerson(RuleId::kPersonDayLoad, id);
  const auto count = static_cast<int>(those.size());
  const Minute shortest = ShortestOf(those);
  Points points;
  std::vector<std::vector<int>> points_of;
  for (const DefenceId defence : those) {
    points_of.emplace_back();
    for (const Start& start : starts_[Index(defence)]) {
      if (!question.Allows(start)) continue;
      const Minute point = StretchOf(problem_.day(start.at.day), start.at.start, shortest);
      if (only_first && point != start.at.start) continue;
      AddOnce(points_of.back(), points.NumberOf(point, [&] {
        return Matching::Point{question.IsHeld(clash) ? 1 : count, static_cast<int>(start.at.day)};
      }));
    }
  }
  const std::vector<int> days(problem_.days().size(), question.IsHeld(day_load) ? person.max_per_day : count);
  return Matching(points_of, points.list(), days).TooMany([] { return false; });
}

std::optional<PersonId> Counting::OnlyPerson(const std::vector<bool>& held) const {
  auto only = static_cast<PersonId>(-1);
  for (std::size_t i = 0; i < held.size(); ++i) {
    if (!held[i]) continue;
    const NamedFact& fact = facts_.list()[i];
    switch (fact.rule) {
      case RuleId::kAvailability:
      case RuleId::kIfNeeded:
      case RuleId::kSchoolWeeks:
      case RuleId::kNotice:
        break;
      case RuleId::kPinned:
        if (fact.aspect == PinAspect::kRoom) return std::nullopt;
        break;
      case RuleId::kPersonClash:
      case RuleId::kPersonDayLoad:
      case RuleId::kPersonCampaignLoad:
        if (static_cast<int>(only) >= 0 && only != *fact.person) return std::nullopt;
        only = *fact.person;
        break;
      default:
        return std::nullopt;
    }
  }
  return only;
}

bool Counting::SurelyFit(const std::vector<bool>& wanted, const std::vector<bool>& held) const {
  if (starts_.empty()) return false;
  const std::optional<PersonId> only = OnlyPerson(held);
  if (!only) return false;
  const Question question{wanted, held};
  bool fit = true;
  ForEachId<DefenceId>(problem_.DefenceCount(), [&](DefenceId id) {
    fit = fit && (!wanted[Index(id)] || absl::c_any_of(starts_[Index(id)], [&](const Start& start) {
            return question.Allows(start);
          }));
  });
  if (!fit || static_cast<int>(*only) < 0) return fit;
  std::vector<DefenceId> those;
  for (const DefenceId defence : problem_.person(*only).defences) {
    if (wanted[Index(defence)]) those.push_back(defence);
  }
  if (those.empty()) return true;
  const Minute shortest = ShortestOf(those);
  const bool are_alike =
      absl::c_all_of(those, [&](DefenceId id) { return problem_.defence(id).duration_minutes == shortest; });
  const bool is_over = question.IsHeld(facts_.OfPerson(RuleId::kPersonCampaignLoad, *only)) &&
                       static_cast<int>(those.size()) > problem_.person(*only).max_total;
  return are_alike && !is_over && TooManyOf(question, *only, those, /*only_first=*/true).empty();
}

Minute Counting::ShortestOf(const std::vector<DefenceId>& defences) const {
  Minute shortest = kMinutesPerDay;
  for (const DefenceId id : defences) shortest = std::min(shortest, problem_.defence(id).duration_minutes);
  return shortest;
}

std::optional<std::vector<int>> Counting::OfRooms(const Question& question) const {
  const int all = problem_.DefenceCount();
  std::vector<DefenceId> those;
  ForEachId<DefenceId>(all, [&](DefenceId id) {
    if (question.wanted[Index(id)]) those.push_back(id);
  });
  // Between two of one room lies the buffer.
  const Minute step = ShortestOf(those) + problem_.buffer_minutes();
  const auto capacity_at = [&](Minute from, const GridStart& at) {
    if (!question.IsHeld(facts_.OfRooms(at.day))) return all;
    const Minute last = std::min(from + step, at.window_end) - 1;
    int open = 0;
    ForEachId<RoomId>(problem_.RoomCount(), [&](RoomId room) {
      const bool is_closed = question.IsHeld(facts_.OfRoomDay(room, at.day)) &&
                             !AnyOverlaps(problem_.room(room).open, {from, last + 1});
      if (!is_closed) ++open;
    });
    return open;
  };
  Points points;
  std::vector<std::vector<int>> points_of;
  bool is_stopped = false;
  for (const DefenceId id : those) {
    is_stopped = is_stopped || IsStopped();
    if (is_stopped) return std::nullopt;
    points_of.emplace_back();
    for (const Start& start : starts_[Index(id)]) {
      if (!question.Allows(start)) continue;
      const Minute point = StretchOf(problem_.day(start.at.day), start.at.start, step);
      AddOnce(points_of.back(), points.NumberOf(point, [&] {
        return Matching::Point{capacity_at(point, start.at), 0};
      }));
    }
  }
  const std::vector<int> too_many =
      Matching(points_of, points.list(), {all}).TooMany([this] { return IsStopped(); });
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
  const Question question{wanted, held};
  for (const Attendee& attendee : problem_.defence(first).attendees) {
    if (auto conflict = OfPerson(question, attendee.person)) return conflict;
  }
  if (facts_.MindsRooms()) {
    if (auto conflict = OfRooms(question)) return conflict;
  }
  for (int i = 0; i < problem_.PersonCount() && !IsStopped(); ++i) {
    if (auto conflict = OfPerson(question, static_cast<PersonId>(i))) return conflict;
  }
  return std::nullopt;
}

}  // namespace soutenance::scheduling::solver
