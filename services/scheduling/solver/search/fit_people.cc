// What Fit asks about how much people have: in a day, in all, and in a role.

#include <algorithm>

#include "services/scheduling/solver/search/fit_question.h"

namespace soutenance::scheduling::solver {

// What one attendee will have if the answer is yes, and who is taken out because it would be too much.
class Fit::Load {
 public:
  Load(const Question& question, Random* random, PersonId person, Defences* blockers)
      : question_(question), problem_(question.timetable.problem()), random_(random), blockers_(blockers) {
    ForEachAttended(question.timetable, person, [&](DefenceId other) {
      if (question.Stays(other, *blockers)) staying_.push_back(other);
    });
    for (const Step& step : question.moving) {
      if (step.to && step.defence != question.defence && Attends(problem_, person, step.defence, *step.to)) {
        arriving_days_.push_back(DayOf(*step.to));
      }
    }
    arriving_days_.push_back(question.day);
  }

  bool LimitDay(int max) {
    const auto arriving = std::count(arriving_days_.begin(), arriving_days_.end(), question_.day);
    Defences today;
    for (const DefenceId id : staying_) {
      if (DayOf(id) == question_.day) today.push_back(id);
    }
    return TakeOut(static_cast<int>(today.size()) + static_cast<int>(arriving) - max, today);
  }

  bool LimitTotal(int max) {
    return TakeOut(static_cast<int>(staying_.size() + arriving_days_.size()) - max, Defences(staying_));
  }

  // Days are given up whole, and only those on which nothing arrives.
  bool LimitDays(int64_t max) {
    Days kept = arriving_days_;
    std::sort(kept.begin(), kept.end());
    kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
    Days others;
    for (const DefenceId id : staying_) {
      const DayId day = DayOf(id);
      if (!Has(kept, day) && !Has(others, day)) others.push_back(day);
    }
    int64_t too_many = static_cast<int64_t>(kept.size() + others.size()) - max;
    for (; too_many > 0; --too_many) {
      if (random_ == nullptr || others.empty()) return false;
      const std::size_t chosen = random_->Below(others.size());
      Defences that_day;
      for (const DefenceId id : staying_) {
        if (DayOf(id) == others[chosen]) that_day.push_back(id);
      }
      if (!TakeOut(static_cast<int>(that_day.size()), that_day)) return false;
      others.erase(others.begin() + static_cast<std::ptrdiff_t>(chosen));
    }
    return true;
  }

 private:
  using Days = absl::InlinedVector<DayId, 8>;

  static bool Has(const Days& days, DayId day) {
    return std::find(days.begin(), days.end(), day) != days.end();
  }
  DayId DayOf(const Placement& at) const { return *problem_.DayOf(at.start); }
  DayId DayOf(DefenceId id) const { return DayOf(*question_.timetable.PlacementOf(id)); }

  // Takes out `count` of `choice`, which all stay so far.
  bool TakeOut(int count, Defences choice) {
    for (; count > 0; --count) {
      if (random_ == nullptr || choice.empty() || blockers_->size() == question_.max) return false;
      const std::size_t chosen = random_->Below(choice.size());
      blockers_->push_back(choice[chosen]);
      staying_.erase(std::find(staying_.begin(), staying_.end(), choice[chosen]));
      choice.erase(choice.begin() + static_cast<std::ptrdiff_t>(chosen));
    }
    return true;
  }

  const Question& question_;
  const Problem& problem_;
  Random* const random_;
  Defences* const blockers_;
  Defences staying_;
  Days arriving_days_;  // one for each defence
};

// How many defences the person has on the day of the question if the answer is yes.
int Fit::WillHaveToday(const Question& question, PersonId person, const Defences& blockers) const {
  int count = 1;
  for (const Placed& placed : question.timetable.PersonDay(person, question.day)) {
    count += static_cast<int>(question.Stays(placed.defence, blockers));
  }
  for (const Step& step : question.moving) {
    count += static_cast<int>(step.to && step.defence != question.defence &&
                              Attends(problem_, person, step.defence, *step.to) &&
                              problem_.DayOf(step.to->start) == question.day);
  }
  return count;
}

bool Fit::AskLoads(const Question& question, Random* random, Defences* blockers) const {
  for (const Attendee& attendee : Attendees(problem_.defence(question.defence), question.to.holders)) {
    if (!minds_days_ && !MeetsOthers(attendee.person)) continue;
    const Person& person = problem_.person(attendee.person);
    const int day_max = minds_day_load_ ? person.max_per_day : 0;
    const int total_max = minds_campaign_load_ ? person.max_total : 0;
    if (day_max == 0 && total_max == 0 && !minds_days_) continue;
    // Far from any limit, whatever arrives with the same move: the usual case, and cheap to see.
    const int arriving = 1 + static_cast<int>(question.moving.size());
    const auto today = static_cast<int>(question.timetable.PersonDay(attendee.person, question.day).size());
    const bool far_from_others =
        !minds_days_ &&
        (total_max == 0 || question.timetable.PersonTotal(attendee.person) + arriving <= total_max);
    if (far_from_others && (day_max == 0 || today + arriving <= day_max)) continue;
    // Only the day can be too full: count who will be there before listing all the person has.
    if (far_from_others) {
      if (WillHaveToday(question, attendee.person, *blockers) <= day_max) continue;
      if (random == nullptr) return false;
    }
    Load load(question, random, attendee.person, blockers);
    if (minds_days_ && !load.LimitDays(days_max_)) return false;
    if (day_max > 0 && !load.LimitDay(day_max)) return false;
    if (total_max > 0 && !load.LimitTotal(total_max)) return false;
  }
  return true;
}

// The defences in which a person holds a role if the answer is yes, but for that of the question: those that
// stay, which may be taken out, and the days of those that arrive with the same move.
struct Fit::Role {
  Defences staying;
  absl::InlinedVector<DayId, 8> arriving_days;

  Role(const Timetable& timetable, const Move& moving, DefenceId defence, RoleId role, PersonId person) {
    const Problem& problem = timetable.problem();
    ForEachAttended(timetable, person, [&](DefenceId other) {
      if (other == defence || FindStep(moving, other) != nullptr) return;
      if (HoldsRole(problem.defence(other), timetable.PlacementOf(other)->holders, role, person)) {
        staying.push_back(other);
      }
    });
    for (const Step& step : moving) {
      if (!step.to || step.defence == defence) continue;
      if (HoldsRole(problem.defence(step.defence), step.to->holders, role, person)) {
        arriving_days.push_back(*problem.DayOf(step.to->start));
      }
    }
  }

  // How many too many there are with one more on `day`; in all if `day` is absent. Lists those that stay.
  int TooMany(const Timetable& timetable, std::optional<DayId> day, int most, Defences* those) const {
    const Problem& problem = timetable.problem();
    int count = 1;
    for (const DayId arriving : arriving_days) count += static_cast<int>(!day || arriving == *day);
    for (const DefenceId id : staying) {
      if (!day || problem.DayOf(timetable.PlacementOf(id)->start) == *day) those->push_back(id);
    }
    return most > 0 ? count + static_cast<int>(those->size()) - most : 0;
  }
};

bool Fit::MayHold(const Timetable& timetable, const Move& moving, DefenceId defence, RoleId role,
                  PersonId person, const Placement& to) const {
  if (!minds_roles_) return true;
  for (const RoleLimit& limit : problem_.person(person).role_limits) {
    if (limit.role != role) continue;
    const Role held(timetable, moving, defence, role, person);
    Defences today;
    Defences all;
    return held.TooMany(timetable, problem_.DayOf(to.start), limit.max_per_day, &today) <= 0 &&
           held.TooMany(timetable, std::nullopt, limit.max_total, &all) <= 0;
  }
  return true;
}

bool Fit::AskRoles(const Question& question, Random* random, Defences* blockers) const {
  const Defence& defence = problem_.defence(question.defence);
  for (const Attendee& attendee : Attendees(defence, question.to.holders)) {
    for (const RoleLimit& limit : problem_.person(attendee.person).role_limits) {
      if (!HoldsRole(defence, question.to.holders, limit.role, attendee.person)) continue;
      Role held(question.timetable, question.moving, question.defence, limit.role, attendee.person);
      const auto keep = [&](std::optional<DayId> day, int most) {
        held.staying.erase(std::remove_if(held.staying.begin(), held.staying.end(),
                                          [&](DefenceId id) { return Contains(*blockers, id); }),
                           held.staying.end());
        Defences those;
        for (int n = held.TooMany(question.timetable, day, most, &those); n > 0; --n) {
          if (random == nullptr || those.empty() || blockers->size() == question.max) return false;
          const std::size_t chosen = random->Below(those.size());
          blockers->push_back(those[chosen]);
          those.erase(those.begin() + static_cast<std::ptrdiff_t>(chosen));
        }
        return true;
      };
      if (!keep(question.day, limit.max_per_day) || !keep(std::nullopt, limit.max_total)) return false;
    }
  }
  return true;
}

}  // namespace soutenance::scheduling::solver
