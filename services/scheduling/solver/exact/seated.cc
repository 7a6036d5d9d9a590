#include "services/scheduling/solver/exact/seated.h"

#include <algorithm>
#include <set>

namespace soutenance::scheduling::solver {

bool SeatedModel::IsFor(const Problem& problem) {
  return problem.rule(RuleId::kOneSeat).IsHard() && problem.rule(RuleId::kPersonClash).IsHard() &&
         problem.rule(RuleId::kRoomClash).IsHard();
}

SeatedModel::SeatedModel(const Graph& graph, absl::Span<const int> positions, Detail detail,
                         std::size_t columns_most, std::optional<int> placed)
    : graph_(graph), problem_(graph.problem()), columns_most_(columns_most), placed_(placed) {
  ListTimes(positions);
  AddRooms();
  if (detail == Detail::kDefences) AddDefences();
  AddSeats(detail);
  if (!is_complete_) mip_ = Mip();
}

void SeatedModel::ListTimes(absl::Span<const int> positions) {
  std::map<std::pair<Minute, Minute>, std::vector<int>> by_time;
  for (const int i : positions) {
    const Graph::Position& at = graph_.position(i);
    by_time[{at.start, at.end}].push_back(i);
  }
  for (auto& [time, own] : by_time) {
    const auto defences = static_cast<int64_t>(own.size());
    times_.push_back({{time.first, time.second}, std::move(own), mip_.AddCount(placed_ ? 0 : 1, defences)});
  }
  if (!placed_) return;
  std::vector<Mip::Term> all;
  for (const Time& time : times_) all.push_back({time.column, 1});
  mip_.AddRow(std::move(all), *placed_, *placed_);
}

void SeatedModel::AddRooms() {
  std::map<RoomId, std::vector<std::size_t>> times_of;
  for (std::size_t t = 0; t < times_.size(); ++t) {
    std::set<RoomId> rooms;
    for (const int i : times_[t].positions) {
      rooms.insert(graph_.position(i).rooms.begin(), graph_.position(i).rooms.end());
    }
    for (const RoomId room : rooms) times_of[room].push_back(t);
  }
  std::map<std::vector<std::size_t>, int64_t> groups;
  for (auto& [room, times] : times_of) ++groups[std::move(times)];
  std::vector<std::vector<Mip::Term>> taken(times_.size());
  for (const auto& [times, rooms] : groups) {
    std::vector<Cover> covers;
    for (const std::size_t t : times) {
      const Interval& time = times_[t].interval;
      taken[t].push_back({mip_.AddShare(0, rooms), 1});
      covers.push_back({WithPause(time, problem_.buffer_minutes()), taken[t].back().column});
    }
    AddCoverRows(covers, rooms, &mip_);
  }
  for (std::size_t t = 0; t < times_.size(); ++t) {
    taken[t].push_back({times_[t].column, -1});
    mip_.AddRow(std::move(taken[t]), 0, 0);
  }
}

void SeatedModel::AddDefences() {
  std::map<DefenceId, std::vector<Mip::Term>> of_defence;
  for (const Time& time : times_) {
    std::vector<Mip::Term> all{{time.column, -1}};
    for (const int i : time.positions) {
      const int column = column_of_[i] = mip_.AddShare(0, 1);
      all.push_back({column, 1});
      of_defence[graph_.position(i).defence].push_back({column, 1});
    }
    mip_.AddRow(std::move(all), 0, 0);
  }
  for (auto& [defence, terms] : of_defence) mip_.AddAtMost(std::move(terms), 1);
}

std::vector<SeatedModel::Kind> SeatedModel::SeatsOf(DefenceId id, const Interval& time) const {
  const bool minds_availability = problem_.rule(RuleId::kAvailability).IsHard();
  std::vector<Kind> seats;
  for (const OpenSeat& seat : problem_.defence(id).open_seats) {
    // Somebody sits there who may hold another seat, too: that is left out, which can only allow more.
    if (seat.shared) continue;
    seats.push_back({{seat.role, seat.remote}, {}});
    for (std::size_t c = 0; c < seat.candidates.size(); ++c) {
      const PersonId person = seat.candidates[c].person;
      if (seat.pinned.value_or(c) != c) continue;
      if (minds_availability && AnyOverlaps(problem_.person(person).blocked, time)) continue;
      seats.back().people.push_back(person);
    }
  }
  return seats;
}

void SeatedModel::AddSeats(Detail detail) {
  std::vector<Graph::Seated> seated;
  for (const Time& time : times_) {
    AddSeatsAt(time, detail, &seated);
    if (static_cast<std::size_t>(mip_.columns()) > columns_most_) {
      is_complete_ = false;
      return;
    }
  }
  std::vector<Graph::Use> uses;
  for (const auto& [position, column] : column_of_) uses.push_back({column, position});
  graph_.AddPersonRows(uses, seated, &mip_);
  if (placed_) AddLoads(uses, seated);
}

void SeatedModel::AddLoads(absl::Span<const Graph::Use> uses, absl::Span<const Graph::Seated> seated) {
  std::map<PersonId, std::vector<Mip::Term>> seats;
  for (const Graph::Seated& seat : seated) seats[seat.person].push_back({seat.column, 1});
  for (const Graph::Use& use : uses) {
    for (const Attendee& attendee : problem_.defence(graph_.position(use.position).defence).attendees) {
      seats[attendee.person].push_back({use.column, 1});
    }
  }
  for (auto& [id, terms] : seats) {
    const Person& person = problem_.person(id);
    const std::size_t most = std::min({terms.size(), person.defences.size() + person.candidacies.size(),
                                       static_cast<std::size_t>(*placed_)});
    for (std::size_t k = 1; k <= most; ++k) {
      terms.push_back({mip_.AddShare(-int64_t{person.weight} * (2 * static_cast<int64_t>(k) - 1), 1), -1});
    }
    mip_.AddAtMost(std::move(terms), 0);
  }
}

void SeatedModel::AddSeatsAt(const Time& time, Detail detail, std::vector<Graph::Seated>* seated) {
  std::map<std::pair<std::string, bool>, Role> roles;
  for (const int i : time.positions) {
    std::map<std::pair<std::string, bool>, int> counts;
    for (const Kind& seat : SeatsOf(graph_.position(i).defence, time.interval)) {
      Role& role = roles[seat.role];
      ++counts[seat.role];
      role.people.insert(seat.people.begin(), seat.people.end());
      if (detail == Detail::kDefences) ++role.kinds[seat.people][column_of_.at(i)];
    }
    for (const auto& [name, count] : counts) {
      Role& role = roles[name];
      role.least = role.defences++ == 0 ? count : std::min(role.least, count);
    }
  }
  for (const auto& [name, role] : roles) {
    std::map<PersonId, int> columns;
    for (const PersonId person : role.people) {
      columns[person] = mip_.AddColumn(0);
      seated->push_back({columns[person], time.positions.front(), person, name.second});
    }
    if (detail == Detail::kDefences) {
      AddKinds(role, columns);
    } else if (role.defences == time.positions.size()) {
      std::vector<Mip::Term> terms{{time.column, role.least}};
      for (const auto& [person, column] : columns) terms.push_back({column, -1});
      mip_.AddAtMost(std::move(terms), 0);
    }
  }
}

void SeatedModel::AddKinds(const Role& role, const std::map<PersonId, int>& columns) {
  const bool is_one = role.kinds.size() == 1;
  std::map<PersonId, std::vector<Mip::Term>> of_person;
  for (const auto& [people, asked] : role.kinds) {
    std::vector<Mip::Term> terms;
    for (const auto& [column, count] : asked) terms.push_back({column, -count});
    for (const PersonId person : people) {
      const int column = is_one ? columns.at(person) : mip_.AddShare(0, 1);
      terms.push_back({column, 1});
      if (!is_one) of_person[person].push_back({column, 1});
    }
    mip_.AddRow(std::move(terms), 0, 0);
  }
  for (auto& [person, terms] : of_person) {
    terms.push_back({columns.at(person), -1});
    mip_.AddAtMost(std::move(terms), 0);
  }
}

void SeatedModel::AddCap(const Cap& cap) {
  std::set<int> positions(cap.positions.begin(), cap.positions.end());
  std::vector<Mip::Term> terms;
  for (const Time& time : times_) {
    const bool is_in = std::all_of(time.positions.begin(), time.positions.end(),
                                   [&](int position) { return positions.count(position) > 0; });
    if (is_in) terms.push_back({time.column, 1});
  }
  if (!terms.empty()) mip_.AddAtMost(std::move(terms), cap.most);
}

std::vector<std::vector<int>> ClustersOf(const Graph& graph) {
  std::vector<int> order;
  for (std::size_t i = 0; i < graph.positions().size(); ++i) order.push_back(static_cast<int>(i));
  std::stable_sort(order.begin(), order.end(),
                   [&](int a, int b) { return graph.position(a).start < graph.position(b).start; });
  const Minute apart = std::max(graph.problem().buffer_minutes(), graph.problem().travel_minutes());
  std::vector<std::vector<int>> clusters;
  Minute end = 0;
  for (const int i : order) {
    if (clusters.empty() || graph.position(i).start >= end) clusters.emplace_back();
    clusters.back().push_back(i);
    end = std::max(end, graph.position(i).end + apart);
  }
  return clusters;
}

}  // namespace soutenance::scheduling::solver
