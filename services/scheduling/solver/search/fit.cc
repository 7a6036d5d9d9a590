#include "services/scheduling/solver/search/fit.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "services/scheduling/solver/constraints/blocks.h"
#include "services/scheduling/solver/constraints/board_changes.h"
#include "services/scheduling/solver/constraints/catalogue.h"

namespace soutenance::scheduling::solver {
namespace {

bool TooClose(const Interval& a, const Interval& b, Minute apart) {
  return a.from < b.to + apart && b.from < a.to + apart;
}

// The parameter of a rule that is hard, else `otherwise`.
int64_t LimitOf(const RuleInForce& rule, int64_t otherwise) {
  return rule.IsHard() ? rule.parameter : otherwise;
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

// Two defences of one room and day: the campaign's buffer, and the break between windows.
bool Fit::TooCloseInRoom(const Interval& a, const Interval& b) const {
  if (TooClose(a, b, problem_.buffer_minutes())) return true;
  if (room_break_ == 0 || !TooClose(a, b, room_break_)) return false;
  const std::vector<Interval>& opening = problem_.day(*problem_.DayOf(a.from)).opening;
  return WindowOf(opening, a.from) != WindowOf(opening, b.from);
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

// Whether the rules about what a room has on a day are kept by all it will have then. Taking a defence out
// never breaks them: those that help most are in the way.
bool Fit::AskRoomRules(const Question& question, Random* random, Defences* blockers) const {
  std::vector<Placed> day;
  const auto add = [&](DefenceId id, const Placement& at) {
    const Interval time = problem_.TimeOf(id, at.start);
    InsertInOrder(day, {.defence = id,
                        .start = time.from,
                        .end = time.to,
                        .room = at.room,
                        .remote = false,
                        .holders = at.holders});
  };
  for (const Placed& placed : question.timetable.RoomDay(question.to.room, question.day)) {
    if (question.Stays(placed.defence, *blockers)) day.push_back(placed);
  }
  absl::InlinedVector<DefenceId, 16> staying;
  for (const Placed& placed : day) staying.push_back(placed.defence);
  for (const Step& step : question.moving) {
    if (!step.to || step.defence == question.defence || step.to->room != question.to.room) continue;
    if (problem_.DayOf(step.to->start) == question.day) add(step.defence, *step.to);
  }
  add(question.defence, question.to);
  for (const std::unique_ptr<Constraint>& rule : room_rules_) {
    const auto penalty_of = [&](const std::vector<Placed>& placed) {
      return rule->PenaltyOfRoomDay(problem_, question.to.room, question.day, placed);
    };
    int64_t penalty = penalty_of(day);
    while (penalty > 0) {
      if (random == nullptr || staying.empty() || blockers->size() == question.max) return false;
      const std::size_t first = random->Below(staying.size());
      std::size_t chosen = first;
      int64_t least = std::numeric_limits<int64_t>::max();
      for (std::size_t n = 0; n < staying.size(); ++n) {
        const std::size_t i = (first + n) % staying.size();
        std::vector<Placed> without = day;
        Remove(without, staying[i]);
        const int64_t left = penalty_of(without);
        if (left >= least) continue;
        least = left;
        chosen = i;
      }
      Remove(day, staying[chosen]);
      blockers->push_back(staying[chosen]);
      staying.erase(staying.begin() + static_cast<std::ptrdiff_t>(chosen));
      penalty = least;
    }
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

bool Fit::HasRoom(const Timetable& timetable, const Move& moving, DefenceId defence,
                  const Placement& to) const {
  const Interval time = problem_.TimeOf(defence, to.start);
  const std::optional<TopicId>& topic = problem_.defence(defence).topic;
  for (const Placed& placed : timetable.RoomDay(to.room, *problem_.DayOf(to.start))) {
    if (placed.defence == defence || FindStep(moving, placed.defence) != nullptr) continue;
    if (TooCloseInRoom(time, placed.time())) return false;
    const std::optional<TopicId>& other = problem_.defence(placed.defence).topic;
    if (minds_one_topic_ && topic && other && *topic != *other) return false;
  }
  return true;
}

bool Fit::AskRoom(const Question& question, Defences* blockers) const {
  for (const Placed& placed : question.timetable.RoomDay(question.to.room, question.day)) {
    if (TooCloseInRoom(question.time, {placed.start, placed.end}) &&
        !question.Add(placed.defence, blockers)) {
      return false;
    }
  }
  return true;
}

// Whether those who stay for a block are the same in both.
bool Fit::HaveOneBoard(DefenceId a, const Holders& of_a, DefenceId b, const Holders& of_b) const {
  for (int i = 0; i < problem_.RoleCount(); ++i) {
    const auto role = static_cast<RoleId>(i);
    if (problem_.role(role).change_cost == 0) continue;
    const People one = HoldersOfRole(problem_.defence(a), of_a, role);
    const People two = HoldersOfRole(problem_.defence(b), of_b, role);
    if (!one.empty() && !two.empty() && one != two) return false;
  }
  return true;
}

bool Fit::AskBoard(const Question& question, Defences* blockers) const {
  const std::vector<Interval>& opening = problem_.day(question.day).opening;
  const std::size_t window = WindowOf(opening, question.to.start);
  for (const Placed& placed : question.timetable.RoomDay(question.to.room, question.day)) {
    if (WindowOf(opening, placed.start) == window &&
        !HaveOneBoard(question.defence, question.to.holders, placed.defence, placed.holders) &&
        !question.Add(placed.defence, blockers)) {
      return false;
    }
  }
  return true;
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

bool Fit::AskBlock(const Question& question, Random* random, Defences* blockers) const {
  if (block_max_ == std::numeric_limits<int64_t>::max()) return true;
  const std::vector<Interval>& opening = problem_.day(question.day).opening;
  const std::size_t window = WindowOf(opening, question.to.start);
  Defences staying;
  for (const Placed& placed : question.timetable.RoomDay(question.to.room, question.day)) {
    if (WindowOf(opening, placed.start) == window && question.Stays(placed.defence, *blockers)) {
      staying.push_back(placed.defence);
    }
  }
  int64_t arriving = 1;
  for (const Step& step : question.moving) {
    const bool arrives = step.to && step.defence != question.defence && step.to->room == question.to.room &&
                         problem_.DayOf(step.to->start) == question.day;
    arriving += static_cast<int64_t>(arrives && WindowOf(opening, step.to->start) == window);
  }
  for (int64_t n = static_cast<int64_t>(staying.size()) + arriving - block_max_; n > 0; --n) {
    if (random == nullptr || staying.empty() || blockers->size() == question.max) return false;
    const std::size_t chosen = random->Below(staying.size());
    blockers->push_back(staying[chosen]);
    staying.erase(staying.begin() + static_cast<std::ptrdiff_t>(chosen));
  }
  return true;
}

// The days of rooms that are in use if the answer is yes.
class Fit::RoomUse {
 public:
  RoomUse(const Question& question, const Defences& blockers) : question_(question), blockers_(blockers) {
    const Problem& problem = question.timetable.problem();
    Touch(question.to.room, question.day);
    const auto leave = [&](DefenceId id) {
      const std::optional<Placement>& from = question_.timetable.PlacementOf(id);
      if (from) Touch(from->room, *problem.DayOf(from->start));
    };
    leave(question.defence);
    for (const DefenceId id : blockers) leave(id);
    for (const Step& step : question.moving) {
      leave(step.defence);
      if (step.to) Touch(step.to->room, *problem.DayOf(step.to->start));
    }
  }

  // The defences that stay on that day of that room.
  std::size_t Staying(RoomId room, DayId day) const {
    std::size_t count = 0;
    for (const Placed& placed : question_.timetable.RoomDay(room, day)) {
      count += static_cast<std::size_t>(question_.Stays(placed.defence, blockers_));
    }
    return count;
  }

  bool HasArrivals(RoomId room, DayId day) const {
    const Problem& problem = question_.timetable.problem();
    if (room == question_.to.room && day == question_.day) return true;
    return std::any_of(question_.moving.begin(), question_.moving.end(), [&](const Step& step) {
      return step.to && step.defence != question_.defence && step.to->room == room &&
             problem.DayOf(step.to->start) == day;
    });
  }

  int64_t Count() const {
    int64_t count = question_.timetable.RoomDayCount();
    for (const auto& [room, day] : touched_) {
      const bool after = Staying(room, day) > 0 || HasArrivals(room, day);
      count +=
          static_cast<int64_t>(after) - static_cast<int64_t>(!question_.timetable.RoomDay(room, day).empty());
    }
    return count;
  }

 private:
  void Touch(RoomId room, DayId day) {
    const std::pair<RoomId, DayId> at{room, day};
    if (std::find(touched_.begin(), touched_.end(), at) == touched_.end()) touched_.push_back(at);
  }

  const Question& question_;
  const Defences& blockers_;
  absl::InlinedVector<std::pair<RoomId, DayId>, 16> touched_;
};

bool Fit::AskRoomDays(const Question& question, Random* random, Defences* blockers) const {
  if (room_days_max_ == std::numeric_limits<int64_t>::max()) return true;
  const RoomUse use(question, *blockers);
  // Whatever arrives with the same move is counted: several may open a room together.
  if (use.Staying(question.to.room, question.day) > 0) return true;
  for (int64_t too_many = use.Count() - room_days_max_; too_many > 0; --too_many) {
    if (random == nullptr) return false;
    // The day of a room that is emptied with the fewest defences.
    std::size_t fewest = question.max - blockers->size() + 1;
    std::pair<RoomId, DayId> chosen;
    ForEachId<RoomId>(problem_.RoomCount(), [&](RoomId room) {
      ForEachId<DayId>(problem_.DayCount(), [&](DayId day) {
        const std::size_t staying = use.Staying(room, day);
        if (staying == 0 || staying >= fewest || use.HasArrivals(room, day)) return;
        fewest = staying;
        chosen = {room, day};
      });
    });
    if (fewest > question.max - blockers->size()) return false;
    for (const Placed& placed : question.timetable.RoomDay(chosen.first, chosen.second)) {
      if (question.Stays(placed.defence, *blockers)) blockers->push_back(placed.defence);
    }
  }
  return true;
}

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
