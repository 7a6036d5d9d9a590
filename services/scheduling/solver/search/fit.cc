#include "services/scheduling/solver/search/fit.h"

#include <algorithm>
#include <limits>

#include "services/scheduling/solver/constraints/blocks.h"
#include "services/scheduling/solver/constraints/catalogue.h"
#include "services/scheduling/solver/search/fit_question.h"

namespace soutenance::scheduling::solver {
namespace {

// The parameter of a rule that is hard, else `otherwise`.
int64_t LimitOf(const RuleInForce& rule, int64_t otherwise) {
  return rule.IsHard() ? rule.parameter : otherwise;
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

Fit::Fit(const Problem& problem)
    : problem_(problem),
      minds_day_load_(problem.rule(RuleId::kPersonDayLoad).IsHard()),
      minds_campaign_load_(problem.rule(RuleId::kPersonCampaignLoad).IsHard()),
      minds_roles_(problem.rule(RuleId::kRoleLimit).IsHard() &&
                   std::any_of(problem.persons().begin(), problem.persons().end(),
                               [](const Person& person) { return !person.role_limits.empty(); })),
      minds_room_(problem.rule(RuleId::kConsecutiveRoom).IsHard()),
      minds_days_(problem.rule(RuleId::kPersonDays).IsHard()),
      days_max_(problem.rule(RuleId::kPersonDays).parameter),
      minds_availability_(problem.rule(RuleId::kAvailability).IsHard()),
      minds_if_needed_(problem.rule(RuleId::kIfNeeded).IsHard()),
      minds_stability_(problem.rule(RuleId::kStability).IsHard()),
      minds_one_seat_(problem.rule(RuleId::kOneSeat).IsHard()),
      minds_continuity_(problem.rule(RuleId::kBlockContinuity).IsHard() &&
                        (!problem.HasPauses() || problem.rule(RuleId::kBlockContinuity).parameter == 0)),
      minds_one_topic_(problem.rule(RuleId::kRoomTopics).IsHard() &&
                       problem.rule(RuleId::kRoomTopics).parameter == 1),
      room_break_(static_cast<Minute>(LimitOf(problem.rule(RuleId::kRoomBreak), 0))),
      block_max_(LimitOf(problem.rule(RuleId::kRoomBlockLoad), std::numeric_limits<int64_t>::max())),
      room_days_max_(LimitOf(problem.rule(RuleId::kRoomDayLimit), std::numeric_limits<int64_t>::max())) {
  for (const Person& person : problem.persons()) {
    meets_others_.push_back(static_cast<char>(person.defences.size() + person.candidacies.size() > 1));
  }
  for (const RuleId rule : {RuleId::kRoomTopics, RuleId::kRoomPause, RuleId::kBlockContinuity}) {
    // Without pauses continuity is about two defences.
    if (!problem.rule(rule).IsHard() || (rule == RuleId::kBlockContinuity && minds_continuity_)) continue;
    room_rules_.push_back(MakeConstraint(problem.rule(rule)));
  }
}

bool Fit::GoTogether(DefenceId a, const Placement& at, DefenceId b, const Placement& to) const {
  if (at.start / kMinutesPerDay != to.start / kMinutesPerDay) return true;
  const Interval first = problem_.TimeOf(a, at.start);
  const Interval second = problem_.TimeOf(b, to.start);
  if (at.room == to.room && TooCloseInRoom(first, second)) return false;
  if (minds_continuity_ && at.room == to.room) {
    const std::vector<Interval>& opening = problem_.day(*problem_.DayOf(at.start)).opening;
    if (WindowOf(opening, at.start) == WindowOf(opening, to.start) &&
        !HaveOneBoard(a, at.holders, b, to.holders)) {
      return false;
    }
  }
  const bool same_site = problem_.room(at.room).site == problem_.room(to.room).site;
  const bool overlap = first.Overlaps(second);
  const bool apart_on_site = TooClose(first, second, same_site ? 0 : problem_.travel_minutes()) ||
                             (minds_room_ && at.room != to.room);
  if (!overlap && !apart_on_site) return true;
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
  const bool minds_loads = minds_day_load_ || minds_campaign_load_ || minds_days_;
  return AskHolders(question.defence, question.to) && AskRoom(question, blockers) &&
         (!minds_continuity_ || AskBoard(question, blockers)) && AskPersons(question, blockers) &&
         (!minds_loads || AskLoads(question, random, blockers)) &&
         (!minds_roles_ || AskRoles(question, random, blockers)) && AskBlock(question, random, blockers) &&
         AskRoomDays(question, random, blockers) &&
         (room_rules_.empty() || AskRoomRules(question, random, blockers));
}

bool Fit::AskHolders(DefenceId id, const Placement& to) const {
  const Defence& defence = problem_.defence(id);
  if (defence.open_seats.empty()) return true;
  const Interval time = problem_.TimeOf(id, to.start);
  const bool moved = defence.reference && defence.reference->start != to.start;
  const bool other_room = defence.reference && defence.reference->room != to.room;
  bool all_fit = true;
  for (std::size_t i = 0; i < defence.open_seats.size(); ++i) {
    const std::optional<uint8_t>& pinned = defence.open_seats[i].pinned;
    if (pinned && *pinned != to.holders[i]) return false;
  }
  if (defence.pin.mode) {
    bool on_video = false;
    for (const Attendee& attendee : Attendees(defence, to.holders)) on_video = on_video || attendee.remote;
    if (on_video != (*defence.pin.mode == Mode::kVideo)) return false;
  }
  ForEachNewcomer(defence, to.holders, [&](const Attendee& attendee) {
    const Person& person = problem_.person(attendee.person);
    const bool absent = minds_availability_ && AnyOverlaps(person.blocked, time);
    const bool unwilling = minds_if_needed_ && AnyOverlaps(person.if_needed, time);
    const bool told = minds_stability_ && (moved || (other_room && !attendee.remote));
    all_fit = all_fit && !absent && !unwilling && !told;
  });
  return all_fit && (!minds_one_seat_ || HaveOneSeatEach(defence, to.holders));
}

// Whether whoever holds an open seat that is not shared has no other such seat and no given one.
bool Fit::HaveOneSeatEach(const Defence& defence, const Holders& holders) {
  absl::InlinedVector<PersonId, 16> seated;
  for (const Attendee& attendee : defence.attendees) seated.push_back(attendee.person);
  for (std::size_t i = 0; i < defence.open_seats.size(); ++i) {
    if (defence.open_seats[i].shared) continue;
    const PersonId person = HolderOf(defence, holders, i);
    if (std::find(seated.begin(), seated.end(), person) != seated.end()) return false;
    seated.push_back(person);
  }
  return true;
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

bool Fit::AskPersons(const Question& question, Defences* blockers) const {
  const SiteId site = problem_.room(question.to.room).site;
  for (const Attendee& attendee : Attendees(problem_.defence(question.defence), question.to.holders)) {
    if (!MeetsOthers(attendee.person)) continue;
    for (const Placed& placed : question.timetable.PersonDay(attendee.person, question.day)) {
      const bool both_on_site = !attendee.remote && !placed.remote;
      const bool travels = both_on_site && problem_.room(placed.room).site != site;
      const Minute apart = travels ? problem_.travel_minutes() : 0;
      const bool in_the_way = TooClose(question.time, {placed.start, placed.end}, apart) ||
                              (minds_room_ && both_on_site && placed.room != question.to.room);
      if (in_the_way && !question.Add(placed.defence, blockers)) return false;
    }
  }
  return true;
}

}  // namespace soutenance::scheduling::solver
