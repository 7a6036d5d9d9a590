#include "services/scheduling/solver/explain/placing_model.h"

#include <algorithm>
#include <set>

#include "absl/algorithm/container.h"
#include "services/scheduling/solver/explain/repair.h"

namespace soutenance::scheduling::solver {
namespace {

// People who may be asked to free times, at once.
constexpr int kFreersMax = 4;

}  // namespace

PlacingModel::PlacingModel(const Timetable& timetable, const NamedFacts& facts, const Scope& scope,
                           int64_t literals_max, const std::function<bool()>& should_stop)
    : timetable_(timetable),
      problem_(timetable.problem()),
      facts_(facts),
      scope_(scope),
      should_stop_(should_stop),
      extra_day_(ExtraDayOf(timetable.problem())) {
  for (int i = 0; i < facts_.count(); ++i) of_fact_.push_back(sat_.NewVariable(false));
  counts_rooms_ = !facts_.HasRoomDemands() && (!facts_.HasClosures() || IsAligned());
  ClassifyRooms();
  Prepare(literals_max);
  if (is_too_large_ || facts_.IsCutShort()) {
    is_too_large_ = true;
    return;
  }
  for (int i = 0; i <= problem_.DayCount(); ++i) no_extra_room_.push_back(sat_.NewVariable(true));
  ForEachId<DefenceId>(problem_.DefenceCount(), [&](DefenceId id) {
    if (!IsStopped()) AddStarts(id);
  });
  if (!is_too_large_) AddPersons();
  if (!is_too_large_) {
    if (!scope_.minds_rooms) {
      // There are enough.
    } else if (counts_rooms_) {
      AddCountedRooms();
    } else {
      AddEachRoom();
    }
  }
  if (is_too_large_) return;
  std::vector<Literal> freers;
  for (const auto& [person, literal] : frees_) freers.push_back(literal);
  more_people_than_ = sat_.AddCounter(freers, kFreersMax + 1);
  PreferTimetable();
}

bool PlacingModel::IsStopped() {
  is_too_large_ = is_too_large_ || (should_stop_ && should_stop_());
  return is_too_large_;
}

namespace {

constexpr int64_t kLiteralsOfStart = 6;

}  // namespace

bool PlacingModel::IsSurelyTooLarge(const Problem& problem, const Scope& scope, int64_t literals_max) {
  if (scope.only_these_free) return false;
  int64_t starts = 0;
  for (const Day& day : problem.days()) {
    for (const Interval& window : day.opening) starts += (window.to - window.from) / problem.grid_minutes();
  }
  return starts * problem.DefenceCount() * kLiteralsOfStart > literals_max;
}

// Estimates before anything is built.
void PlacingModel::Prepare(int64_t literals_max) {
  const auto starts = static_cast<int64_t>(facts_.starts().size());
  // To count to k takes k for each; a class that has room for all is not counted.
  const auto counted = [this](std::size_t count) {
    return static_cast<int64_t>(static_cast<int>(count) < problem_.DefenceCount() ? count : 0);
  };
  int64_t rooms = counted(problem_.rooms().size());
  if (!counts_rooms_) {
    rooms = 4 * (static_cast<int64_t>(classes_.size()) + 1) + (classes_.size() > 1 ? rooms : 0);
    for (const std::vector<RoomId>& alike : classes_) rooms += alike.size() > 1 ? counted(alike.size()) : 0;
  }
  if (!scope_.minds_rooms) rooms = 0;
  // Most of the starts are impossible where all facts hold; they are counted while they are added.
  const int64_t size =
      starts * problem_.DefenceCount() * (kLiteralsOfStart + (scope_.only_these_free ? 0 : 6 * rooms));
  is_too_large_ = size > literals_max;
}

Literal PlacingModel::Unit(PersonId person, const Interval& time) {
  Literal& unit = units_[{person, time.from, time.to}];
  if (unit == 0) {
    unit = sat_.NewVariable(false);
    Literal& frees = frees_[person];
    if (frees == 0) frees = sat_.NewVariable(false);
    sat_.Add({-unit, frees});
  }
  return unit;
}

void PlacingModel::AddStarts(DefenceId id) {
  wanted_.push_back(sat_.NewVariable(true));
  on_extra_day_.push_back(sat_.NewVariable(false));
  starts_.emplace_back();
  for (const GridStart& at : facts_.starts()) {
    if (Fits(at, problem_.defence(id).duration_minutes)) AddStart(id, at);
  }
  if (MayBeExtra(id)) AddExtraDayStarts(id);
  std::vector<Literal> some = {-wanted_.back()};
  for (const Start& start : starts_.back()) some.push_back(start.literal);
  sat_.Add(some);
}

bool PlacingModel::IsImpossible(const std::vector<int>& facts) const {
  if (!scope_.only_these_free) return false;
  std::size_t frees = 0;
  for (const int fact : facts) {
    const NamedFact& named = facts_.list()[static_cast<std::size_t>(fact)];
    if (named.rule != RuleId::kAvailability) return true;
    if (!absl::c_binary_search(*scope_.only_these_free, *named.person)) return true;
    ++frees;
  }
  return frees > static_cast<std::size_t>(kFreersMax);
}

void PlacingModel::AddStart(DefenceId id, const GridStart& at) {
  const std::vector<int> facts = facts_.OfStart(id, at);
  if (IsImpossible(facts)) return;
  starts_.back().push_back({at, sat_.NewVariable(false), {}});
  Start& start = starts_.back().back();
  const Interval time = problem_.TimeOf(id, at.start);
  for (const int fact : facts) {
    const NamedFact& named = facts_.list()[static_cast<std::size_t>(fact)];
    const Literal held = of_fact_[static_cast<std::size_t>(fact)];
    if (named.rule == RuleId::kAvailability) {
      sat_.Add({-start.literal, -held, Unit(*named.person, time)});
    } else {
      sat_.Add({-start.literal, -held});
    }
  }
  if (!counts_rooms_) AddRoomsOf(id, start);
}

// On the extra day everything that is known about people and the defence holds: nobody is asked twice.
void PlacingModel::AddExtraDayStarts(DefenceId id) {
  const Defence& defence = problem_.defence(id);
  const bool minds_time = problem_.rule(RuleId::kPinned).IsHard();
  const auto can = [&](const Interval& time) {
    if (minds_time && defence.pin.day) return false;
    const bool keeps_mode = !defence.open_seats.empty() || KeepsPinnedMode(defence);
    if (minds_time && (!keeps_mode || !KeepsPinnedJurors(defence))) return false;
    if (minds_time && defence.pin.time && *defence.pin.time != time.from % kMinutesPerDay) return false;
    if (problem_.rule(RuleId::kStability).IsHard() && defence.reference) return false;
    if (problem_.rule(RuleId::kSchoolWeeks).IsHard() && !defence.allowed.empty() &&
        !AnyContains(defence.allowed, time)) {
      return false;
    }
    return absl::c_none_of(defence.attendees, [&](const Attendee& attendee) {
      const Person& person = problem_.person(attendee.person);
      return (problem_.rule(RuleId::kAvailability).IsHard() && AnyOverlaps(person.blocked, time)) ||
             (problem_.rule(RuleId::kIfNeeded).IsHard() && AnyOverlaps(person.if_needed, time));
    });
  };
  for (const Interval& window : extra_day_) {
    for (Minute start = window.from; problem_.TimeOf(id, start).to <= window.to;
         start += problem_.grid_minutes()) {
      if (!can(problem_.TimeOf(id, start))) continue;
      const GridStart at{start, window.to, static_cast<DayId>(problem_.DayCount())};
      starts_.back().push_back({at, sat_.NewVariable(false), {}});
      sat_.Add({-starts_.back().back().literal, on_extra_day_.back()});
      if (!counts_rooms_) AddRoomsOf(id, starts_.back().back());
    }
  }
}

std::vector<Minute> PlacingModel::PointsOf(DayId day) const {
  std::vector<Minute> points;
  if (Index(day) == static_cast<std::size_t>(problem_.DayCount())) {
    for (const Interval& window : extra_day_) {
      for (Minute start = window.from; start < window.to; start += problem_.grid_minutes()) {
        points.push_back(start);
      }
    }
    return points;
  }
  for (const GridStart& at : facts_.starts()) {
    if (at.day == day) points.push_back(at.start);
  }
  return points;
}

Literal PlacingModel::Covers(DefenceId id, Minute point, Minute gap, int room) {
  const std::vector<Start>& starts = starts_[Index(id)];
  const Minute duration = problem_.defence(id).duration_minutes;
  auto start = std::upper_bound(starts.begin(), starts.end(), point - duration - gap,
                                [](Minute minute, const Start& s) { return minute < s.at.start; });
  std::vector<Literal> those;
  for (; start != starts.end() && start->at.start <= point; ++start) {
    if (start->at.start / kMinutesPerDay != point / kMinutesPerDay) continue;
    const Literal literal = room < 0 ? start->literal : start->in_room[static_cast<std::size_t>(room)];
    if (literal != 0) those.push_back(literal);
  }
  if (those.empty()) return 0;
  if (those.size() == 1) return those.front();
  Literal& covers = covers_[std::tuple(id, point, gap, room)];
  if (covers == 0) {
    covers = sat_.NewVariable(false);
    for (const Literal literal : those) sat_.Add({-literal, covers});
  }
  return covers;
}

Literal PlacingModel::OnDay(DefenceId id, DayId day) {
  Literal& on_day = on_day_[{id, day}];
  if (on_day == 0) {
    on_day = sat_.NewVariable(false);
    for (const Start& start : starts_[Index(id)]) {
      if (start.at.day == day) sat_.Add({-start.literal, on_day});
    }
  }
  return on_day;
}

void PlacingModel::PreferTimetable() {
  ForEachId<DefenceId>(problem_.DefenceCount(), [&](DefenceId id) {
    const std::optional<Placement>& now = timetable_.PlacementOf(id);
    if (!now) return;
    for (const Start& start : starts_[Index(id)]) {
      if (start.at.start != now->start) continue;
      sat_.Prefer(start.literal);
      if (start.in_room.empty()) continue;
      if (const Literal in = start.in_room[class_of_[Index(now->room)]]; in != 0) sat_.Prefer(in);
    }
  });
}

}  // namespace soutenance::scheduling::solver
