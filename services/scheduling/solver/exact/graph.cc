#include "services/scheduling/solver/exact/graph.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "services/scheduling/solver/constraints/back_to_back.h"

namespace soutenance::scheduling::solver {
namespace {

int64_t PeopleInCommon(const Defence& a, const Defence& b) {
  int64_t common = 0;
  auto i = a.attendees.begin();
  auto j = b.attendees.begin();
  while (i != a.attendees.end() && j != b.attendees.end()) {
    if (i->person < j->person) {
      ++i;
    } else if (j->person < i->person) {
      ++j;
    } else {
      ++common, ++i, ++j;
    }
  }
  return common;
}

bool ShareARoom(absl::Span<const RoomId> a, absl::Span<const RoomId> b) {
  auto i = a.begin();
  auto j = b.begin();
  while (i != a.end() && j != b.end()) {
    if (*i == *j) return true;
    if (*i < *j) {
      ++i;
    } else {
      ++j;
    }
  }
  return false;
}

// Adds a row for each moment of `starts`: what covers it is at most `capacity(moment)`. Rows that cannot bind
// are left out.
template <typename Capacity>
void AddCoverRowsOf(absl::Span<const Cover> covers, Capacity capacity, Mip* mip) {
  std::set<Minute> moments;
  for (const auto& [time, column] : covers) moments.insert(time.from);
  for (const Minute moment : moments) {
    std::map<int, int> factors;
    for (const auto& [time, column] : covers) {
      if (time.from <= moment && moment < time.to) ++factors[column];
    }
    const int64_t most = capacity(moment);
    int64_t sum = 0;
    std::vector<Mip::Term> terms;
    for (const auto& [column, factor] : factors) {
      terms.push_back({column, factor});
      sum += factor;
    }
    if (sum > most) mip->AddAtMost(std::move(terms), most);
  }
}

}  // namespace

void AddCoverRows(absl::Span<const Cover> covers, int64_t most, Mip* mip) {
  AddCoverRowsOf(
      covers, [most](Minute) { return most; }, mip);
}

Interval WithPause(const Interval& time, Minute pause) {
  const Minute midnight = (time.from / kMinutesPerDay + 1) * kMinutesPerDay;
  return {time.from, std::max(time.to, std::min(time.to + pause, midnight))};
}

Graph::Graph(const Problem& problem, const Candidates& candidates) : problem_(problem) {
  ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) {
    first_.push_back(static_cast<int>(positions_.size()));
    for (int i = 0; i < candidates.StartCount(id); ++i) {
      const Candidates::Start start = candidates.StartAt(id, i);
      positions_.push_back({id, start.start, problem.TimeOf(id, start.start).to, start.rooms});
    }
  });
  first_.push_back(static_cast<int>(positions_.size()));
  longest_chain_ = ChainBound();
}

bool Graph::Follows(int from, int to) const {
  const Position& a = position(from);
  const Position& b = position(to);
  const std::optional<DayId> day = problem_.DayOf(a.start);
  return day == problem_.DayOf(b.start) && FollowsOn(problem_, *day, a.end, b.start) &&
         ShareARoom(a.rooms, b.rooms);
}

bool Graph::ListArcs(std::size_t most) {
  arcs_.clear();
  pairs_.clear();
  std::set<std::pair<DefenceId, DefenceId>> seen;
  for (const Person& person : problem_.persons()) {
    for (const DefenceId a : person.defences) {
      for (const DefenceId b : person.defences) {
        if (a != b) seen.insert({a, b});
      }
    }
  }
  std::map<std::pair<DefenceId, DefenceId>, int64_t> gains;
  for (const auto& [a, b] : seen) {
    const int64_t gain = PeopleInCommon(problem_.defence(a), problem_.defence(b));
    int to = FirstOf(b);
    for (int from = FirstOf(a); from < EndOf(a); ++from) {
      while (to < EndOf(b) && position(to).start < position(from).end + problem_.buffer_minutes()) ++to;
      if (to == EndOf(b)) break;
      if (!Follows(from, to)) continue;
      arcs_.push_back({from, to, gain});
      gains[{std::min(a, b), std::max(a, b)}] = gain;
      if (arcs_.size() > most) {
        arcs_.clear();
        return false;
      }
    }
  }
  for (const auto& [pair, gain] : gains) pairs_.push_back({pair.first, pair.second, gain});
  return true;
}

void Graph::AddSharedRows(absl::Span<const Use> uses, Mip* mip) const {
  AddPersonRows(uses, {}, mip);
  AddRoomRows(uses, mip);
}

namespace {

// What lies at least between two defences that a person attends on site: in one room the buffer, in two the
// travel, if no two rooms are on one site.
Minute ApartOnSite(const Problem& problem) {
  std::set<SiteId> sites;
  for (const Room& room : problem.rooms()) sites.insert(room.site);
  return sites.size() == problem.rooms().size() ? std::min(problem.buffer_minutes(), problem.travel_minutes())
                                                : 0;
}

}  // namespace

void Graph::AddPersonRows(absl::Span<const Use> uses, absl::Span<const Seated> seated, Mip* mip) const {
  std::map<PersonId, std::vector<Seated>> by_person;
  for (const Use& use : uses) {
    for (const Attendee& attendee : problem_.defence(position(use.position).defence).attendees) {
      by_person[attendee.person].push_back({use.column, use.position, attendee.person, attendee.remote});
    }
  }
  for (const Seated& seat : seated) by_person[seat.person].push_back(seat);
  const Minute apart = ApartOnSite(problem_);
  for (const auto& [id, own] : by_person) {
    const Person& person = problem_.person(id);
    if (person.defences.size() + person.candidacies.size() < 2) continue;
    // Nobody travels to a video.
    const bool is_remote =
        std::any_of(own.begin(), own.end(), [](const Seated& seat) { return seat.remote; });
    std::vector<Cover> covers;
    std::map<Minute, std::vector<Mip::Term>> by_day;
    std::vector<Mip::Term> all;
    for (const Seated& seat : own) {
      const Position& at = position(seat.position);
      covers.push_back({WithPause({at.start, at.end}, is_remote ? 0 : apart), seat.column});
      by_day[at.start / kMinutesPerDay].push_back({seat.column, 1});
      all.push_back({seat.column, 1});
    }
    AddCoverRows(covers, 1, mip);
    if (person.max_per_day > 0 && problem_.rule(RuleId::kPersonDayLoad).IsHard()) {
      for (auto& [day, terms] : by_day) mip->AddAtMost(std::move(terms), person.max_per_day);
    }
    if (person.max_total > 0 && problem_.rule(RuleId::kPersonCampaignLoad).IsHard()) {
      mip->AddAtMost(std::move(all), person.max_total);
    }
  }
}

// A room serves at most one at any moment, with the buffer behind each: at a moment at most as many defences
// as there are rooms that one of those covering it could have.
void Graph::AddRoomRows(absl::Span<const Use> uses, Mip* mip) const {
  std::vector<Cover> covers;
  for (const Use& use : uses) {
    const Position& at = position(use.position);
    covers.push_back({WithPause({at.start, at.end}, problem_.buffer_minutes()), use.column});
  }
  const auto rooms_at = [&](Minute moment) {
    std::set<RoomId> rooms;
    for (const Use& use : uses) {
      const Position& at = position(use.position);
      if (at.start <= moment && moment < at.end + problem_.buffer_minutes())
        rooms.insert(at.rooms.begin(), at.rooms.end());
    }
    return static_cast<int64_t>(rooms.size());
  };
  AddCoverRowsOf(covers, rooms_at, mip);
}

int Graph::ChainBound() const {
  int32_t shortest = kMinutesPerDay;
  for (const Position& at : positions_) shortest = std::min(shortest, at.end - at.start);
  const Minute buffer = problem_.buffer_minutes();
  Minute longest = 0;
  for (const Day& day : problem_.days()) {
    Minute from = day.opening.front().from;
    Minute to = from;
    for (const Interval& window : day.opening) {
      // Over a break that is longer nothing follows on anything.
      if (window.from - to >= problem_.grid_minutes() + buffer) from = window.from;
      to = window.to;
      longest = std::max(longest, to - from);
    }
  }
  return std::max(1, (longest + buffer) / (shortest + buffer));
}

}  // namespace soutenance::scheduling::solver
