#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/scheduling/solver/io/fields.h"
#include "services/scheduling/solver/io/lines.h"
#include "services/scheduling/solver/io/problem_text.h"

namespace soutenance::scheduling::solver {
namespace {

class Writer {
 public:
  explicit Writer(const Problem& problem) : spec_(problem.spec()), first_date_(problem.first_date()) {}

  std::string Run() {
    Campaign();
    for (const RoleSpec& role : spec_.roles) Write(role);
    for (const PersonSpec& person : spec_.persons) Write(person);
    for (const RoomSpec& room : spec_.rooms) Write(room);
    for (const DefenceSpec& defence : spec_.defences) Write(defence);
    absl::StrAppend(&text_, "\nend\n");
    return std::move(text_);
  }

 private:
  template <typename... Parts>
  void Line(const Parts&... parts) {
    absl::StrAppend(&text_, parts..., "\n");
  }

  void Campaign() {
    Line("soutenance problem 1");
    Line();
    Line("first_date ", spec_.first_date);
    if (spec_.now) Line("now ", MomentForm(first_date_, *spec_.now));
    Line("grid_minutes ", spec_.grid_minutes);
    Line("buffer_minutes ", spec_.buffer_minutes);
    Line("travel_minutes ", spec_.travel_minutes);
    Periods("opening ", spec_.opening);
    for (const PauseSpec& pause : spec_.pauses) {
      absl::StrAppend(&text_, "pause ", PeriodForm(first_date_, pause.begins), " least ", pause.least_minutes,
                      " wanted ", pause.wanted_minutes);
      if (pause.until) absl::StrAppend(&text_, " until ", MomentForm(first_date_, *pause.until));
      Line();
    }
    for (const HourCostSpec& hour : spec_.early) Line("early ", TimeForm(hour.time), " cost ", hour.cost);
    for (const HourCostSpec& hour : spec_.late) Line("late ", TimeForm(hour.time), " cost ", hour.cost);
    for (const RuleSetting& rule : spec_.rules) {
      absl::StrAppend(&text_, "rule ", rule.rule, " ", RuleLevelName(rule.level));
      if (rule.weight > 0) absl::StrAppend(&text_, " weight ", rule.weight);
      if (rule.parameter) absl::StrAppend(&text_, " parameter ", *rule.parameter);
      Line();
    }
  }

  void Write(const RoleSpec& role) {
    Line("\nrole ", Quoted(role.name));
    if (role.absence_cost > 0) Line("  absence_cost ", role.absence_cost);
    if (role.change_cost > 0) Line("  change_cost ", role.change_cost);
    if (role.day_change_cost > 0) Line("  day_change_cost ", role.day_change_cost);
    if (role.mix_cost > 0) Line("  mix_cost ", role.mix_cost);
    for (const LoadBandSpec& band : role.load) {
      absl::StrAppend(&text_, "  load ", band.low, " to ", band.high, " cost ", band.cost);
      if (!band.only.empty()) absl::StrAppend(&text_, " only");
      for (const std::string& person : band.only) absl::StrAppend(&text_, " ", Quoted(person));
      Line();
    }
    for (const CombinedRoleSpec& combined : role.combined) {
      Line("  combined ", Quoted(combined.role), " cost ", combined.cost);
    }
  }

  void Write(const PersonSpec& person) {
    Line("\nperson ", Quoted(person.key), " ", Quoted(person.name));
    Periods("  blocked ", person.blocked);
    Periods("  if_needed ", person.if_needed);
    if (person.max_per_day > 0) Line("  max_per_day ", person.max_per_day);
    if (person.max_total > 0) Line("  max_total ", person.max_total);
    if (person.weight != 1) Line("  weight ", person.weight);
    for (const std::string& subject : person.subjects) Line("  subject ", Quoted(subject));
    if (!person.nearness.empty()) Line("  nearness ", absl::StrJoin(person.nearness, " "));
    if (!person.room_change.empty()) Line("  room_change ", absl::StrJoin(person.room_change, " "));
    for (const RoleLimitSpec& limit : person.role_limits) {
      absl::StrAppend(&text_, "  role_limit ", Quoted(limit.role));
      if (limit.max_per_day > 0) absl::StrAppend(&text_, " per_day ", limit.max_per_day);
      if (limit.max_total > 0) absl::StrAppend(&text_, " total ", limit.max_total);
      Line();
    }
  }

  void Write(const RoomSpec& room) {
    Line("\nroom ", Quoted(room.key), " ", Quoted(room.name));
    if (!room.site.empty()) Line("  site ", Quoted(room.site));
    Line("  capacity ", room.capacity);
    for (const std::string& piece : room.equipment) Line("  equipment ", Quoted(piece));
    Periods("  open ", room.open);
  }

  void Write(const DefenceSpec& defence) {
    Line("\ndefence ", Quoted(defence.key), " ", Quoted(defence.label));
    Line("  duration_minutes ", defence.duration_minutes);
    for (const SeatSpec& seat : defence.seats) Write(seat);
    for (const std::string& piece : defence.equipment) Line("  equipment ", Quoted(piece));
    if (defence.capacity > 0) Line("  capacity ", defence.capacity);
    if (!defence.topic.empty()) Line("  topic ", Quoted(defence.topic));
    for (const std::string& subject : defence.subjects) Line("  subject ", Quoted(subject));
    if (defence.expected_people > 0) Line("  expected_people ", defence.expected_people);
    if (!defence.cohort.empty()) Line("  cohort ", Quoted(defence.cohort));
    Periods("  allowed ", defence.allowed);
    if (defence.reference) {
      Line("  reference ", MomentForm(first_date_, defence.reference->start), " ",
           Quoted(defence.reference->room));
    }
    if (defence.pin.day) Line("  pin_day ", DateForm(first_date_ + *defence.pin.day));
    if (defence.pin.time) Line("  pin_time ", TimeForm(*defence.pin.time));
    if (defence.pin.room) Line("  pin_room ", Quoted(*defence.pin.room));
    for (const std::string& juror : defence.pin.jurors) Line("  pin_juror ", Quoted(juror));
    if (defence.pin.mode) Line("  pin_mode ", *defence.pin.mode == Mode::kOnSite ? "on_site" : "video");
  }

  void Write(const SeatSpec& seat) {
    const absl::string_view remote = seat.remote ? " remote" : "";
    if (!seat.person.empty()) {
      Line(seat.guest ? "  guest " : "  seat ", Quoted(seat.person), " ", Quoted(seat.role), remote);
      return;
    }
    Line("  open_seat ", Quoted(seat.role), remote, seat.shared ? " shared" : "");
    for (const CandidateSpec& candidate : seat.candidates) {
      absl::StrAppend(&text_, "    candidate ", Quoted(candidate.person));
      if (candidate.cost > 0) absl::StrAppend(&text_, " cost ", candidate.cost);
      Line();
    }
  }

  void Periods(absl::string_view keyword, const std::vector<Interval>& intervals) {
    for (const Interval& interval : intervals) Line(keyword, PeriodForm(first_date_, interval));
  }

  const ProblemSpec& spec_;
  const absl::CivilDay first_date_;
  std::string text_;
};

}  // namespace

std::string WriteProblem(const Problem& problem) { return Writer(problem).Run(); }

}  // namespace soutenance::scheduling::solver
