#include <algorithm>
#include <set>

#include "absl/algorithm/container.h"
#include "services/scheduling/solver/explain/placing_model.h"

// What people forbid: being in two places at once, and limits.
namespace soutenance::scheduling::solver {
namespace {

bool IsOnSite(const Defence& defence, PersonId person) {
  return absl::c_any_of(defence.attendees,
                        [&](const Attendee& a) { return a.person == person && !a.remote; });
}

}  // namespace

void PlacingModel::AddPersons() {
  ForEachId<PersonId>(problem_.PersonCount(), [&](PersonId id) {
    const int clash = facts_.OfPerson(RuleId::kPersonClash, id);
    if (clash < 0 || IsStopped()) return;
    const Literal held = of_fact_[static_cast<std::size_t>(clash)];
    ForEachId<DayId>(problem_.DayCount() + 1, [&](DayId day) {
      for (const Minute point : PointsOf(day)) {
        std::vector<Literal> inputs;
        for (const DefenceId defence : problem_.person(id).defences) {
          if (const Literal covers = Covers(defence, point, 0, -1); covers != 0) inputs.push_back(covers);
        }
        sat_.AddAtMost(inputs, 1, held);
      }
    });
    AddTravel(id);
    AddLoads(id);
  });
}

Literal PlacingModel::OnSite(const Start& start, SiteId site) {
  Literal& literal = on_site_[{start.literal, site}];
  if (literal != 0) return literal;
  literal = sat_.NewVariable(false);
  for (std::size_t i = 0; i < start.in_room.size(); ++i) {
    const SiteId of_class =
        i < classes_.size() ? problem_.room(classes_[i].front()).site : problem_.rooms().front().site;
    if (of_class == site && start.in_room[i] != 0) sat_.Add({-start.in_room[i], literal});
  }
  return literal;
}

// Two defences on two sites too soon one after the other, if somebody must travel:
//   ends(s, t)    some defence of the person ends at t on site s
//   starts(s, t)  ... starts ...
// and no start on another site follows too soon on an end.
void PlacingModel::AddTravel(PersonId id) {
  const Minute travel = problem_.travel_minutes();
  std::set<SiteId> sites;
  for (const Room& room : problem_.rooms()) sites.insert(room.site);
  if (travel == 0 || counts_rooms_ || sites.size() < 2) return;
  const Literal held = of_fact_[static_cast<std::size_t>(facts_.OfPerson(RuleId::kPersonClash, id))];
  std::map<std::pair<Minute, SiteId>, Literal> starts;
  std::map<std::pair<Minute, SiteId>, Literal> ends;
  const auto imply = [&](Literal literal, Literal& some) {
    if (some == 0) some = sat_.NewVariable(false);
    sat_.Add({-literal, some});
  };
  for (const DefenceId defence : problem_.person(id).defences) {
    if (IsStopped()) return;
    if (!IsOnSite(problem_.defence(defence), id)) continue;
    for (const Start& start : starts_[Index(defence)]) {
      const Interval time = problem_.TimeOf(defence, start.at.start);
      for (const SiteId site : sites) {
        const Literal there = OnSite(start, site);
        imply(there, starts[{time.from, site}]);
        imply(there, ends[{time.to, site}]);
      }
    }
  }
  for (const auto& [end, ended] : ends) {
    for (auto next = starts.lower_bound({end.first, SiteId{}}); next != starts.end(); ++next) {
      const auto& [start, started] = *next;
      if (start.first >= end.first + travel) break;
      const bool is_same_day = start.first / kMinutesPerDay == end.first / kMinutesPerDay;
      if (is_same_day && start.second != end.second) sat_.Add({-ended, -started, -held});
    }
  }
}

void PlacingModel::AddRoleLimit(PersonId id, const RoleLimit& limit) {
  const int fact = facts_.OfRole(id, limit.role);
  if (fact < 0) return;
  const Literal held = of_fact_[static_cast<std::size_t>(fact)];
  const std::vector<DefenceId> defences = DefencesInRole(problem_, id, limit.role);
  if (limit.max_total > 0) {
    std::vector<Literal> inputs;
    for (const DefenceId defence : defences) inputs.push_back(wanted_[Index(defence)]);
    sat_.AddAtMost(inputs, limit.max_total, held);
  }
  if (limit.max_per_day == 0) return;
  ForEachId<DayId>(problem_.DayCount() + 1, [&](DayId day) {
    std::vector<Literal> inputs;
    for (const DefenceId defence : defences) inputs.push_back(OnDay(defence, day));
    sat_.AddAtMost(inputs, limit.max_per_day, held);
  });
}

void PlacingModel::AddLoads(PersonId id) {
  const Person& person = problem_.person(id);
  const auto held = [&](RuleId rule) {
    const int fact = facts_.OfPerson(rule, id);
    return fact < 0 ? 0 : of_fact_[static_cast<std::size_t>(fact)];
  };
  if (const Literal total = held(RuleId::kPersonCampaignLoad); total != 0) {
    std::vector<Literal> inputs;
    for (const DefenceId defence : person.defences) inputs.push_back(wanted_[Index(defence)]);
    sat_.AddAtMost(inputs, person.max_total, total);
  }
  for (const RoleLimit& limit : person.role_limits) AddRoleLimit(id, limit);
  std::vector<Literal> days;
  ForEachId<DayId>(problem_.DayCount() + 1, [&](DayId day) {
    if (const Literal load = held(RuleId::kPersonDayLoad); load != 0) {
      std::vector<Literal> inputs;
      for (const DefenceId defence : person.defences) inputs.push_back(OnDay(defence, day));
      sat_.AddAtMost(inputs, person.max_per_day, load);
    }
    if (held(RuleId::kPersonDays) != 0) {
      days.push_back(sat_.NewVariable(false));
      for (const DefenceId defence : person.defences) sat_.Add({-OnDay(defence, day), days.back()});
    }
    const Literal one_room = held(RuleId::kConsecutiveRoom);
    if (one_room == 0) return;
    std::vector<Literal> rooms;
    for (std::size_t room = 0; room <= classes_.size(); ++room) {  // each alone in its class
      rooms.push_back(sat_.NewVariable(false));
      for (const DefenceId defence : person.defences) {
        if (!IsOnSite(problem_.defence(defence), id)) continue;
        for (const Start& start : starts_[Index(defence)]) {
          const Literal in = start.at.day == day ? start.in_room[room] : 0;
          if (in != 0) sat_.Add({-in, rooms.back()});
        }
      }
    }
    sat_.AddAtMost(rooms, 1, one_room);
  });
  if (const Literal few_days = held(RuleId::kPersonDays); few_days != 0) {
    sat_.AddAtMost(days, static_cast<int>(problem_.rule(RuleId::kPersonDays).parameter), few_days);
  }
}

}  // namespace soutenance::scheduling::solver
