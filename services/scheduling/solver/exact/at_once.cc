#include "services/scheduling/solver/exact/at_once.h"

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>
#include <utility>

namespace soutenance::scheduling::solver {
namespace {

constexpr std::size_t kSetsMax = 120;
constexpr std::size_t kColumnsMax = 30'000;
constexpr std::size_t kTermsMax = 3'000'000;
// Of looking at defences or kinds, times and sets: what takes a second or so.
constexpr std::size_t kPlacesMax = 1'000'000;
constexpr std::size_t kLooksMax = 20'000'000;

// The terms of one row by kind, with the least that bounds it.
using Rows = std::map<std::vector<int>, int64_t>;

void Tighten(Rows* rows, std::vector<int> factors, int64_t most) {
  const auto [row, is_new] = rows->try_emplace(std::move(factors), most);
  if (!is_new) row->second = std::min(row->second, most);
}

// Adds need * n <= people, and what follows from it for whole numbers: dividing by a need and rounding down.
void AddRounded(Rows* rows, const std::vector<int>& needs, int64_t people) {
  std::set<int> divisors(needs.begin(), needs.end());
  divisors.erase(0);
  if (divisors.size() > 1) Tighten(rows, needs, people);
  for (const int divisor : divisors) {
    std::vector<int> factors = needs;
    for (int& factor : factors) factor /= divisor;
    Tighten(rows, std::move(factors), people / divisor);
  }
}

bool HaveCommon(const std::vector<PersonId>& a, const std::vector<PersonId>& b) {
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (*i == *j) return true;
    if (*i < *j) {
      ++i;
    } else {
      ++j;
    }
  }
  return false;
}

std::vector<PersonId> Union(const std::vector<PersonId>& a, const std::vector<PersonId>& b) {
  std::vector<PersonId> both;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both;
}

std::vector<PersonId> CandidatesOf(const OpenSeat& seat) {
  std::vector<PersonId> people;
  for (const Candidate& candidate : seat.candidates) people.push_back(candidate.person);
  return people;
}

}  // namespace

bool AtOnceModel::IsFor(const Problem& problem) {
  constexpr std::size_t kManySeats = 8;
  if (!problem.rule(RuleId::kPersonClash).IsHard() || !problem.rule(RuleId::kRoomClash).IsHard())
    return false;
  if (problem.HasPauses() && problem.rule(RuleId::kRoomPause).IsHard()) return true;
  if (problem.rule(RuleId::kRoomTopics).IsHard()) return true;
  return std::any_of(problem.defences().begin(), problem.defences().end(), [](const Defence& defence) {
    return defence.open_seats.size() >= kManySeats ||
           std::any_of(defence.open_seats.begin(), defence.open_seats.end(),
                       [](const OpenSeat& seat) { return seat.shared; });
  });
}

std::optional<AtOnceModel> AtOnceModel::Of(const Problem& problem, const Candidates& candidates) {
  AtOnceModel model(problem, candidates);
  if (!IsFor(problem) || !model.Build()) return std::nullopt;
  return model;
}

bool AtOnceModel::Build() {
  ForEachId<DefenceId>(problem_->DefenceCount(), [&](DefenceId id) {
    if (candidates_->StartCount(id) > 0) defences_.push_back(id);
  });
  if (defences_.size() < 2) return false;
  const RuleInForce& topics = problem_->rule(RuleId::kRoomTopics);
  minds_topics_ = topics.IsHard() && topics.parameter == 1;
  ListTimes();
  if (defences_.size() * times_.size() > kPlacesMax) return false;
  ListSets();
  if (sets_.empty() || !ListKinds()) return false;
  AddColumns();
  for (const Day& day : problem_->days()) AddRoomRows(day);
  AddPeopleRows();
  return true;
}

void AtOnceModel::ListTimes() {
  std::set<Minute> moments;
  std::set<Minute> edges;
  for (const DefenceId id : defences_) {
    for (int i = 0; i < candidates_->StartCount(id); ++i) moments.insert(candidates_->StartAt(id, i).start);
  }
  if (problem_->rule(RuleId::kAvailability).IsHard()) {
    for (const Person& person : problem_->persons()) {
      if (person.candidacies.empty()) continue;
      for (const Interval& blocked : person.blocked) edges.insert({blocked.from, blocked.to});
    }
  }
  for (const Minute moment : moments) times_.push_back({{moment, moment + 1}, true});
  for (const Minute edge : edges) {
    if (edge % kMinutesPerDay != 0) times_.push_back({{edge - 1, edge + 1}, false});
  }
}

// Those of seats that nobody with another one may hold come first, and their unions: they ask for most
// people.
void AtOnceModel::ListSets() {
  std::set<PeopleSet> seen;
  std::vector<PeopleSet> all;
  const auto add = [&](PeopleSet set) {
    if (all.size() < kSetsMax && seen.insert(set).second) all.push_back(std::move(set));
  };
  for (const bool shared : {false, true}) {
    for (const DefenceId id : defences_) {
      for (const OpenSeat& seat : problem_->defence(id).open_seats) {
        if (seat.shared == shared) add(CandidatesOf(seat));
      }
    }
    const std::size_t most = shared ? kSetsMax : kSetsMax / 2;
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (std::size_t j = 0; j < i && all.size() < most; ++j) {
        if (HaveCommon(all[i], all[j])) add(Union(all[i], all[j]));
      }
    }
  }
  for (PeopleSet& set : all) {
    if (Binds(set)) sets_.push_back(std::move(set));
  }
}

// Whether at some time fewer people of the set can come than could be needed.
bool AtOnceModel::Binds(const PeopleSet& set) const {
  int64_t most = 0;
  int64_t users = 0;
  for (const DefenceId id : defences_) {
    const int need = NeedOf(problem_->defence(id), set);
    most = std::max<int64_t>(most, need);
    users += static_cast<int64_t>(need > 0);
  }
  const int64_t wanted = most * std::min<int64_t>(users, problem_->RoomCount());
  return users > 1 && std::any_of(times_.begin(), times_.end(),
                                  [&](const Time& time) { return CanCome(set, time.span) < wanted; });
}

// How many people of `set` attend `defence` at least.
int AtOnceModel::NeedOf(const Defence& defence, const PeopleSet& set) const {
  const auto is_in = [&](PersonId person) { return std::binary_search(set.begin(), set.end(), person); };
  int given = 0;
  for (const Attendee& attendee : defence.attendees) given += static_cast<int>(is_in(attendee.person));
  int own = 0;
  bool any = given > 0;
  for (const OpenSeat& seat : defence.open_seats) {
    if (!std::all_of(seat.candidates.begin(), seat.candidates.end(),
                     [&](const Candidate& candidate) { return is_in(candidate.person); })) {
      continue;
    }
    any = true;
    own += static_cast<int>(!seat.shared);
  }
  if (!problem_->rule(RuleId::kOneSeat).IsHard()) own = 0;
  return std::max(given + own, static_cast<int>(any));
}

int64_t AtOnceModel::CanCome(const PeopleSet& set, const Interval& span) const {
  if (!problem_->rule(RuleId::kAvailability).IsHard()) return static_cast<int64_t>(set.size());
  return std::count_if(set.begin(), set.end(),
                       [&](PersonId person) { return !AnyOverlaps(problem_->person(person).blocked, span); });
}

// Defences that need the same are of one kind. Where these are too many only some of the sets are looked at.
bool AtOnceModel::ListKinds() {
  for (; !sets_.empty(); sets_.resize(sets_.size() / 2)) {
    std::map<std::tuple<int32_t, int, std::vector<int>>, Kind> kinds;
    for (const DefenceId id : defences_) {
      const Defence& defence = problem_->defence(id);
      const std::optional<TopicId> topic = minds_topics_ ? defence.topic : std::nullopt;
      std::vector<int> needs;
      for (const PeopleSet& set : sets_) needs.push_back(NeedOf(defence, set));
      const auto key = std::tuple(defence.duration_minutes, topic ? static_cast<int>(*topic) : -1, needs);
      Kind& kind =
          kinds.try_emplace(key, Kind{defence.duration_minutes, topic, needs, 0, {}, {}}).first->second;
      ++kind.count;
      for (int i = 0; i < candidates_->StartCount(id); ++i) ++kind.starts[candidates_->StartAt(id, i).start];
    }
    std::size_t columns = 0;
    for (const auto& [key, kind] : kinds) columns += kind.starts.size();
    if (columns > kColumnsMax || columns * sets_.size() > kTermsMax ||
        kinds.size() * times_.size() * sets_.size() > kLooksMax) {
      continue;
    }
    for (auto& [key, kind] : kinds) kinds_.push_back(std::move(kind));
    return true;
  }
  return false;
}

void AtOnceModel::AddColumns() {
  const int64_t rooms = problem_->RoomCount();
  for (Kind& kind : kinds_) {
    std::vector<Mip::Term> all;
    for (const auto& [start, count] : kind.starts) {
      kind.columns.emplace_back(start, mip_.AddCount(1, std::min(rooms, count)));
      all.push_back({kind.columns.back().second, 1});
    }
    mip_.AddAtMost(std::move(all), kind.count);
  }
}

// Of the defences that last through `span`, by the factor of their kind.
std::vector<Mip::Term> AtOnceModel::LastingThrough(const Interval& span,
                                                   const std::vector<int>& factors) const {
  std::vector<Mip::Term> terms;
  for (std::size_t k = 0; k < kinds_.size(); ++k) {
    if (factors[k] == 0) continue;
    const auto& columns = kinds_[k].columns;
    auto column = std::lower_bound(columns.begin(), columns.end(),
                                   std::pair(span.to - kinds_[k].duration, std::numeric_limits<int>::min()));
    for (; column != columns.end() && column->first <= span.from; ++column) {
      terms.push_back({column->second, factors[k]});
    }
  }
  return terms;
}

int64_t AtOnceModel::RoomsOpenAt(Minute minute) const {
  if (!problem_->rule(RuleId::kRoomOpening).IsHard()) return problem_->RoomCount();
  return std::count_if(problem_->rooms().begin(), problem_->rooms().end(), [&](const Room& room) {
    return AnyOverlaps(room.open, {minute, minute + 1});
  });
}

// Whether all rooms are open all that time.
bool AtOnceModel::AreRoomsOpen(const Interval& span) const {
  return !problem_->rule(RuleId::kRoomOpening).IsHard() ||
         std::all_of(problem_->rooms().begin(), problem_->rooms().end(),
                     [&](const Room& room) { return AnyContains(room.open, span); });
}

void AtOnceModel::AddRoomRows(const Day& day) {
  const int64_t rooms = problem_->RoomCount();
  std::map<TopicId, int> rooms_of;  // columns, by topic
  for (const Kind& kind : kinds_) {
    if (kind.topic && !rooms_of.contains(*kind.topic)) {
      rooms_of.emplace(*kind.topic, mip_.AddCount(0, rooms));
    }
  }
  std::vector<Mip::Term> sum;
  for (const auto& [topic, column] : rooms_of) sum.push_back({column, 1});
  if (!sum.empty()) mip_.AddAtMost(std::move(sum), rooms);
  // The whole of the rooms, then those of each topic.
  for (int of_topic = -1; of_topic < problem_->TopicCount(); ++of_topic) {
    std::optional<int> column;  // of the topic's rooms
    if (of_topic >= 0) {
      const auto found = rooms_of.find(static_cast<TopicId>(of_topic));
      if (found == rooms_of.end()) continue;
      column = found->second;
    }
    std::vector<int> factors;
    for (const Kind& kind : kinds_) {
      const bool counts = of_topic < 0 || (kind.topic && static_cast<int>(*kind.topic) == of_topic);
      factors.push_back(static_cast<int>(counts));
    }
    std::map<Minute, int> pauses;  // columns, by when they begin
    AddPause(day, column, &pauses);
    std::set<Minute> moments;
    for (const Time& time : times_) {
      if (time.is_moment && time.span.from / kMinutesPerDay == day.offset) moments.insert(time.span.from);
    }
    for (const auto& [start, pause] : pauses) moments.insert(start);
    const Minute least = day.pause ? day.pause->least_minutes : 0;
    for (const Minute moment : moments) {
      std::vector<Mip::Term> terms = LastingThrough({moment, moment + 1}, factors);
      for (auto at = pauses.upper_bound(moment - least); at != pauses.upper_bound(moment); ++at) {
        terms.push_back({at->second, 1});
      }
      if (terms.empty()) continue;
      if (column) terms.push_back({*column, -1});
      mip_.AddAtMost(std::move(terms), column ? 0 : RoomsOpenAt(moment));
    }
  }
}

// As many pauses as rooms, or as the number in `rooms` says. Each begins when something ends, or as soon as
// it may: sooner is no worse.
void AtOnceModel::AddPause(const Day& day, std::optional<int> rooms, std::map<Minute, int>* columns) {
  if (!day.pause || day.pause->least_minutes == 0 || !problem_->rule(RuleId::kRoomPause).IsHard()) return;
  const Minute close = day.opening.back().to;
  const Interval opening{day.opening.front().from, close};
  if (!AreRoomsOpen(opening)) return;
  const Minute last_end = std::min(close, day.pause->until.value_or(close));
  const Minute first = std::max(day.pause->begins.from, opening.from);
  std::set<Minute> starts{first};
  for (const Kind& kind : kinds_) {
    auto column = std::lower_bound(kind.columns.begin(), kind.columns.end(),
                                   std::pair(first - kind.duration, std::numeric_limits<int>::min()));
    for (; column != kind.columns.end() && column->first + kind.duration < day.pause->begins.to; ++column) {
      starts.insert(column->first + kind.duration);
    }
  }
  std::vector<Mip::Term> terms;
  for (const Minute start : starts) {
    if (start >= day.pause->begins.to || start + day.pause->least_minutes > last_end) continue;
    columns->emplace(start, mip_.AddCount(0, problem_->RoomCount()));
    terms.push_back({columns->at(start), 1});
  }
  if (terms.empty()) return;
  const int64_t all = rooms ? 0 : problem_->RoomCount();
  if (rooms) terms.push_back({*rooms, -1});
  mip_.AddRow(std::move(terms), all, all);
}

void AtOnceModel::AddPeopleRows() {
  for (const Time& time : times_) {
    Rows rows;
    const int64_t rooms = RoomsOpenAt(time.span.from);
    for (std::size_t set = 0; set < sets_.size(); ++set) {
      std::vector<int> needs;
      int most = 0;
      for (const Kind& kind : kinds_) {
        needs.push_back(kind.needs[set]);
        most = std::max(most, kind.needs[set]);
      }
      const int64_t people = CanCome(sets_[set], time.span);
      if (people < most * rooms) AddRounded(&rows, needs, people);
    }
    for (const auto& [factors, most] : rows) {
      const int largest = *std::max_element(factors.begin(), factors.end());
      if (largest * rooms <= most) continue;
      std::vector<Mip::Term> terms = LastingThrough(time.span, factors);
      if (!terms.empty()) mip_.AddAtMost(std::move(terms), most);
    }
  }
}

}  // namespace soutenance::scheduling::solver
