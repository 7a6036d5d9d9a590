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

bool Attends(const Problem& problem, PersonId person, DefenceId defence) {
  const std::vector<Attendee>& attendees = problem.defence(defence).attendees;
  return std::any_of(attendees.begin(), attendees.end(),
                     [person](const Attendee& attendee) { return attendee.person == person; });
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
      minds_campaign_load_(problem.rule(RuleId::kPersonCampaignLoad).IsHard()) {}

bool Fit::GoTogether(DefenceId a, const Placement& at, DefenceId b, const Placement& to) const {
  const Interval first = problem_.TimeOf(a, at.start);
  const Interval second = problem_.TimeOf(b, to.start);
  if (at.start / kMinutesPerDay != to.start / kMinutesPerDay) return true;
  if (at.room == to.room && TooClose(first, second, problem_.buffer_minutes())) return false;
  const Minute travel =
      problem_.room(at.room).site == problem_.room(to.room).site ? 0 : problem_.travel_minutes();
  if (!TooClose(first, second, travel)) return true;
  const bool overlap = first.Overlaps(second);
  const std::vector<Attendee>& one = problem_.defence(a).attendees;
  const std::vector<Attendee>& two = problem_.defence(b).attendees;
  for (auto i = one.begin(), j = two.begin(); i != one.end() && j != two.end();) {
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
  return AskRoom(question, blockers) && AskPersons(question, blockers) &&
         ((!minds_day_load_ && !minds_campaign_load_) || AskLoads(question, random, blockers));
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
  for (const Attendee& attendee : problem_.defence(question.defence).attendees) {
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
  for (const Attendee& attendee : problem_.defence(question.defence).attendees) {
    const Person& person = problem_.person(attendee.person);
    const int day_max = minds_day_load_ ? person.max_per_day : 0;
    const int total_max = minds_campaign_load_ ? person.max_total : 0;
    if (day_max == 0 && total_max == 0) continue;
    int arriving_today = 1;
    int arriving = 1;
    for (const Step& step : question.moving) {
      if (!step.to || step.defence == question.defence || !Attends(problem_, attendee.person, step.defence)) {
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
      for (const DefenceId other : person.defences) {
        if (question.timetable.PlacementOf(other) && question.Stays(other, *blockers))
          staying.push_back(other);
      }
      if (!take_out(static_cast<int>(staying.size()) + arriving - total_max, staying)) return false;
    }
  }
  return true;
}

}  // namespace soutenance::scheduling::solver
