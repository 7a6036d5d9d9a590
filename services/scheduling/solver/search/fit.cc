#include "services/scheduling/solver/search/fit.h"

#include <algorithm>

namespace soutenance::scheduling::solver {
namespace {

bool TooClose(const Interval& a, const Interval& b, Minute apart) {
  return a.from < b.to + apart && b.from < a.to + apart;
}

bool Contains(const Defences& defences, DefenceId defence) {
  return std::find(defences.begin(), defences.end(), defence) != defences.end();
}

}  // namespace

const Step* FindStep(const Move& move, DefenceId defence) {
  for (const Step& step : move) {
    if (step.defence == defence) return &step;
  }
  return nullptr;
}

bool Attends(const Problem& problem, PersonId person, DefenceId defence, const Placement& at) {
  const std::vector<Attendee>& given = problem.defence(defence).attendees;
  return std::any_of(given.begin(), given.end(),
                     [person](const Attendee& attendee) { return attendee.person == person; }) ||
         Holds(problem.defence(defence), at.holders, person);
}

// May `defence` be at `to` if `moving` were made?
struct Fit::Question {
  const Timetable& timetable;
  const Move& moving;
  DefenceId defence;
  const Placement& to;
  std::size_t max;  // blockers
  DayId day;
  Interval time;

  // Adds `found`, which is in the way, unless it moves away anyhow. Returns false if there are too many.
  bool Add(DefenceId found, Defences* blockers) const {
    if (found == defence || FindStep(moving, found) != nullptr || Contains(*blockers, found)) return true;
    if (blockers->size() == max) return false;
    blockers->push_back(found);
    return true;
  }

  // Whether `other` stays in the timetable as it is.
  bool Stays(DefenceId other, const Defences& blockers) const {
    return other != defence && FindStep(moving, other) == nullptr && !Contains(blockers, other);
  }
};

Fit::Fit(const Problem& problem)
    : problem_(problem),
      minds_day_load_(problem.rule(RuleId::kPersonDayLoad).IsHard()),
      minds_campaign_load_(problem.rule(RuleId::kPersonCampaignLoad).IsHard()),
      minds_availability_(problem.rule(RuleId::kAvailability).IsHard()),
      minds_one_seat_(problem.rule(RuleId::kOneSeat).IsHard()) {}

bool Fit::GoTogether(DefenceId a, const Placement& at, DefenceId b, const Placement& to) const {
  const Interval first = problem_.TimeOf(a, at.start);
  const Interval second = problem_.TimeOf(b, to.start);
  if (at.start / kMinutesPerDay != to.start / kMinutesPerDay) return true;
  if (at.room == to.room && TooClose(first, second, problem_.buffer_minutes())) return false;
  const Minute travel =
      problem_.room(at.room).site == problem_.room(to.room).site ? 0 : problem_.travel_minutes();
  if (!TooClose(first, second, travel)) return true;
  const bool overlap = first.Overlaps(second);
  const Attendees one(problem_.defence(a), at.holders);
  const Attendees two(problem_.defence(b), to.holders);
  for (const Attendee *i = one.begin(), *j = two.begin(); i != one.end() && j != two.end();) {
    if (i->person < j->person) {
      ++i;
    } else if (j->person < i->person) {
      ++j;
    } else if (overlap || (!i->remote && !j->remote)) {
      return false;
    } else {
      ++i, ++j;
    }
  }
  return true;
}

bool Fit::Fits(const Timetable& timetable, const Move& moving, DefenceId defence, const Placement& to) const {
  Defences none;
  const Question question{
      timetable, moving, defence, to, 0, *problem_.DayOf(to.start), problem_.TimeOf(defence, to.start)};
  return Answer(question, nullptr, &none);
}

bool Fit::FindBlockers(const Timetable& timetable, const Move& moving, DefenceId defence, const Placement& to,
                       std::size_t max, Random& random, Defences* blockers) const {
  blockers->clear();
  const Question question{
      timetable, moving, defence, to, max, *problem_.DayOf(to.start), problem_.TimeOf(defence, to.start)};
  return Answer(question, &random, blockers);
}

bool Fit::Answer(const Question& question, Random* random, Defences* blockers) const {
  for (const Step& step : question.moving) {
    if (step.to && step.defence != question.defence &&
        !GoTogether(step.defence, *step.to, question.defence, question.to)) {
      return false;
    }
  }
  return AskHolders(question.defence, question.to) && AskRoom(question, blockers) && AskPersons(question, blockers) &&
         ((!minds_day_load_ && !minds_campaign_load_) || AskLoads(question, random, blockers));
}

bool Fit::AskHolders(DefenceId id, const Placement& to) const {
  const Defence& defence = problem_.defence(id);
  if (defence.open_seats.empty()) return true;
  const Interval time = problem_.TimeOf(id, to.start);
  std::size_t newcomers = 0;
  bool all_come = true;
  ForEachNewcomer(defence, to.holders, [&](const Attendee& attendee) {
    ++newcomers;
    if (minds_availability_) {
      all_come = all_come && !AnyOverlaps(problem_.person(attendee.person).blocked, time);
    }
  });
  return all_come && (!minds_one_seat_ || newcomers == defence.open_seats.size());
}

bool Fit::IsFree(const Timetable& timetable, const Move& moving, DefenceId defence, const Attendee& who,
                 const Placement& to) const {
  const DayId day = *problem_.DayOf(to.start);
  const Interval time = problem_.TimeOf(defence, to.start);
  const SiteId site = problem_.room(to.room).site;
  const Person& person = problem_.person(who.person);
  const auto too_close = [&](const Interval& other, RoomId room, bool remote) {
    const bool travels = !who.remote && !remote && problem_.room(room).site != site;
    return TooClose(time, other, travels ? problem_.travel_minutes() : 0);
  };
  int today = 0;
  int total = timetable.PersonTotal(who.person);
  for (const Placed& placed : timetable.PersonDay(who.person, day)) {
    if (placed.defence == defence || FindStep(moving, placed.defence) != nullptr) continue;
    if (too_close(placed.time(), placed.room, placed.remote)) return false;
    ++today;
  }
  const std::optional<Placement>& now = timetable.PlacementOf(defence);
  if (now && Attends(problem_, who.person, defence, *now)) --total;
  for (const Step& step : moving) {
    if (step.defence == defence) continue;
    const std::optional<Placement>& before = timetable.PlacementOf(step.defence);
    if (before && Attends(problem_, who.person, step.defence, *before)) --total;
    if (!step.to || !Attends(problem_, who.person, step.defence, *step.to)) continue;
    ++total;
    if (problem_.DayOf(step.to->start) != day) continue;
    if (too_close(problem_.TimeOf(step.defence, step.to->start), step.to->room, false)) return false;
    ++today;
  }
  if (minds_day_load_ && person.max_per_day > 0 && today >= person.max_per_day) return false;
  return !minds_campaign_load_ || person.max_total == 0 || total < person.max_total;
}

bool Fit::AskRoom(const Question& question, Defences* blockers) const {
  for (const Placed& placed : question.timetable.RoomDay(question.to.room, question.day)) {
    if (TooClose(question.time, {placed.start, placed.end}, problem_.buffer_minutes()) &&
        !question.Add(placed.defence, blockers)) {
      return false;
    }
  }
  return true;
}

bool Fit::AskPersons(const Question& question, Defences* blockers) const {
  const SiteId site = problem_.room(question.to.room).site;
  for (const Attendee& attendee : Attendees(problem_.defence(question.defence), question.to.holders)) {
    for (const Placed& placed : question.timetable.PersonDay(attendee.person, question.day)) {
      const bool travels = !attendee.remote && !placed.remote && problem_.room(placed.room).site != site;
      const Minute apart = travels ? problem_.travel_minutes() : 0;
      if (TooClose(question.time, {placed.start, placed.end}, apart) &&
          !question.Add(placed.defence, blockers)) {
        return false;
      }
    }
  }
  return true;
}

bool Fit::AskLoads(const Question& question, Random* random, Defences* blockers) const {
  const auto take_out = [&](int too_many, const Defences& those_who_stay) {
    Defences choice = those_who_stay;
    for (int i = 0; i < too_many; ++i) {
      if (random == nullptr || choice.empty() || blockers->size() == question.max) return false;
      const std::size_t chosen = random->Below(choice.size());
      blockers->push_back(choice[chosen]);
      choice.erase(choice.begin() + static_cast<std::ptrdiff_t>(chosen));
    }
    return true;
  };
  for (const Attendee& attendee : Attendees(problem_.defence(question.defence), question.to.holders)) {
    const Person& person = problem_.person(attendee.person);
    const int day_max = minds_day_load_ ? person.max_per_day : 0;
    const int total_max = minds_campaign_load_ ? person.max_total : 0;
    if (day_max == 0 && total_max == 0) continue;
    int arriving_today = 1;
    int arriving = 1;
    for (const Step& step : question.moving) {
      if (!step.to || step.defence == question.defence || !Attends(problem_, attendee.person, step.defence, *step.to)) {
        continue;
      }
      ++arriving;
      if (problem_.DayOf(step.to->start) == question.day) ++arriving_today;
    }
    if (day_max > 0) {
      Defences staying;
      for (const Placed& placed : question.timetable.PersonDay(attendee.person, question.day)) {
        if (question.Stays(placed.defence, *blockers)) staying.push_back(placed.defence);
      }
      if (!take_out(static_cast<int>(staying.size()) + arriving_today - day_max, staying)) return false;
    }
    if (total_max > 0) {
      Defences staying;
      ForEachAttended(question.timetable, attendee.person, [&](DefenceId other) {
        if (question.Stays(other, *blockers)) staying.push_back(other);
      });
      if (!take_out(static_cast<int>(staying.size()) + arriving - total_max, staying)) return false;
    }
  }
  return true;
}

}  // namespace soutenance::scheduling::solver
