#include <algorithm>

#include "absl/container/inlined_vector.h"
#include "services/scheduling/solver/constraints/constraint.h"
#include "services/scheduling/solver/constraints/every_rule.h"

namespace soutenance::scheduling::solver {
namespace {

// In how many defences a person holds one role, by day and in all.
class Count {
 public:
  void Add(DayId day) {
    ++total_;
    for (auto& [known, count] : by_day_) {
      if (known != day) continue;
      ++count;
      return;
    }
    by_day_.emplace_back(day, 1);
  }

  int64_t TooManyInAll(const RoleLimit& limit) const {
    return limit.max_total > 0 ? std::max(total_ - limit.max_total, 0) : 0;
  }

  int64_t TooMany(const RoleLimit& limit) const {
    int64_t penalty = TooManyInAll(limit);
    if (limit.max_per_day == 0) return penalty;
    for (const auto& [day, count] : by_day_) penalty += std::max(count - limit.max_per_day, 0);
    return penalty;
  }

 private:
  int total_ = 0;
  absl::InlinedVector<std::pair<DayId, int>, 16> by_day_;
};

// Unit: defences too many. For each person and each role that is limited for him or her: the placed defences
// in which he or she holds a seat of the role, given or open, beyond the limit of the campaign, and on each
// day beyond that of a day.
//
// Match: one a person, role and limit that is passed, with the placed defences in which the role is held (of
// that day); time: the whole date, or empty for the campaign; amount: how many; limit: the person's.
class RoleLimits final : public Constraint {
 public:
  int64_t Penalty(const Timetable& timetable) const override {
    int64_t penalty = 0;
    ForEachLimit(timetable.problem(), [&](PersonId person, const RoleLimit& limit) {
      penalty += CountNow(timetable, person, limit.role).TooMany(limit);
    });
    return penalty;
  }

  int64_t Delta(const Change& change) const override {
    const Problem& problem = change.problem();
    absl::InlinedVector<PersonId, 16> seen;
    int64_t delta = 0;
    const auto look = [&](const Defence& defence, const std::optional<Placement>& at) {
      if (!at) return;
      for (const Attendee& attendee : Attendees(defence, at->holders)) {
        if (problem.person(attendee.person).role_limits.empty()) continue;
        if (std::find(seen.begin(), seen.end(), attendee.person) != seen.end()) continue;
        seen.push_back(attendee.person);
        for (const RoleLimit& limit : problem.person(attendee.person).role_limits) {
          delta += CountAfter(change, attendee.person, limit.role).TooMany(limit) -
                   CountNow(change.timetable(), attendee.person, limit.role).TooMany(limit);
        }
      }
    };
    for (const Change::OfDefence& changed : change.defences()) {
      look(problem.defence(changed.defence), changed.before);
      look(problem.defence(changed.defence), changed.after);
    }
    return delta;
  }

  void Matches(const Timetable& timetable, MatchSink report) const override {
    ForEachLimit(timetable.problem(), [&](PersonId person, const RoleLimit& limit) {
      Match all{.persons = {person}, .limit = limit.max_total};
      all.role = limit.role;
      absl::InlinedVector<Match, 4> days;
      ForEachHeld(timetable, person, limit.role, [&](DefenceId defence, const Placement& at) {
        all.defences.push_back(defence);
        const Minute midnight = at.start / kMinutesPerDay * kMinutesPerDay;
        auto of_day =
            std::find_if(days.begin(), days.end(), [&](const Match& m) { return m.time.from == midnight; });
        if (of_day == days.end()) {
          days.push_back({.persons = {person}, .time = {midnight, midnight + kMinutesPerDay}});
          of_day = days.end() - 1;
          of_day->role = limit.role;
          of_day->limit = limit.max_per_day;
        }
        of_day->defences.push_back(defence);
      });
      Tell(all, report);
      std::sort(days.begin(), days.end(),
                [](const Match& a, const Match& b) { return a.time.from < b.time.from; });
      for (Match& of_day : days) Tell(of_day, report);
    });
  }

 private:
  template <typename Visit>
  static void ForEachLimit(const Problem& problem, Visit visit) {
    ForEachId<PersonId>(problem.PersonCount(), [&](PersonId person) {
      for (const RoleLimit& limit : problem.person(person).role_limits) visit(person, limit);
    });
  }

  // Calls visit(defence, placement) for each placed defence in which `person` holds `role`.
  template <typename Visit>
  static void ForEachHeld(const Timetable& timetable, PersonId person, RoleId role, Visit visit) {
    ForEachAttended(timetable, person, [&](DefenceId id) {
      const Placement& at = *timetable.PlacementOf(id);
      if (HoldsRole(timetable.problem().defence(id), at.holders, role, person)) visit(id, at);
    });
  }

  static Count CountNow(const Timetable& timetable, PersonId person, RoleId role) {
    Count count;
    ForEachHeld(timetable, person, role,
                [&](DefenceId, const Placement& at) { count.Add(*timetable.problem().DayOf(at.start)); });
    return count;
  }

  static Count CountAfter(const Change& change, PersonId person, RoleId role) {
    const Problem& problem = change.problem();
    Count count;
    ForEachHeld(change.timetable(), person, role, [&](DefenceId id, const Placement& at) {
      for (const Change::OfDefence& changed : change.defences()) {
        if (changed.defence == id) return;
      }
      count.Add(*problem.DayOf(at.start));
    });
    for (const Change::OfDefence& changed : change.defences()) {
      if (changed.after &&
          HoldsRole(problem.defence(changed.defence), changed.after->holders, role, person)) {
        count.Add(*problem.DayOf(changed.after->start));
      }
    }
    return count;
  }

  // If it is a breach.
  static void Tell(Match& match, MatchSink report) {
    match.amount = static_cast<int64_t>(match.defences.size());
    match.penalty = match.limit > 0 ? match.amount - match.limit : 0;
    if (match.penalty > 0) report(match);
  }
};

}  // namespace

std::unique_ptr<Constraint> MakeRoleLimit() { return std::make_unique<RoleLimits>(); }

}  // namespace soutenance::scheduling::solver
