#include "services/scheduling/solver/model/problem_check.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/scheduling/solver/model/limits.h"
#include "services/scheduling/solver/model/utf8.h"

namespace soutenance::scheduling::solver {
namespace {

using Keys = absl::flat_hash_set<absl::string_view>;

std::string Quoted(absl::string_view text) { return absl::StrCat("\"", absl::Utf8SafeCEscape(text), "\""); }

class Checker {
 public:
  explicit Checker(const ProblemSpec& spec) : spec_(spec) {}

  std::vector<FieldViolation> Run() {
    CheckCampaign();
    CheckCounts();
    for (std::size_t i = 0; i < spec_.persons.size(); ++i) Check(spec_.persons[i], At("persons", i));
    for (std::size_t i = 0; i < spec_.rooms.size(); ++i) Check(spec_.rooms[i], At("rooms", i));
    for (std::size_t i = 0; i < spec_.defences.size(); ++i) Check(spec_.defences[i], At("defences", i));
    for (std::size_t i = 0; i < spec_.rules.size(); ++i) Check(spec_.rules[i], At("rules", i));
    for (std::size_t i = 0; i < spec_.roles.size(); ++i) CheckRoleName(spec_.roles[i].name, At("roles", i));
    for (std::size_t i = 0; i < spec_.roles.size(); ++i) Check(spec_.roles[i], At("roles", i));
    for (std::size_t i = 0; i < spec_.persons.size(); ++i) {
      CheckRoleLimits(spec_.persons[i].role_limits, absl::StrCat(At("persons", i), ".role_limits"));
    }
    return std::move(violations_);
  }

 private:
  static std::string At(absl::string_view list, std::size_t i) { return absl::StrCat(list, "[", i, "]"); }
  void Add(std::string field, std::string description) {
    violations_.push_back({.field = std::move(field), .description = std::move(description)});
  }

  void CheckCampaign() {
    if (!ParseDate(spec_.first_date)) {
      Add("first_date", absl::StrCat(Quoted(spec_.first_date), " is not a date like \"2027-06-14\""));
    }
    for (std::size_t i = 0; i < spec_.opening.size(); ++i) CheckOpening(spec_.opening[i], At("opening", i));
    if (spec_.now) CheckNumber(*spec_.now, -kMinuteMax, kMinuteMax, "now");
    CheckPauses();
    CheckHours(spec_.early, "early");
    CheckHours(spec_.late, "late");
    CheckNumber(spec_.grid_minutes, 1, kMinutesPerDay, "grid_minutes");
    CheckNumber(spec_.buffer_minutes, 0, kMinutesPerDay, "buffer_minutes");
    CheckNumber(spec_.travel_minutes, 0, kMinutesPerDay, "travel_minutes");
  }

  void CheckOpening(const Interval& interval, const std::string& field) {
    if (!CheckInterval(interval, field)) return;
    if (interval.from < 0) {
      Add(field, "begins before the first date of the campaign");
    } else if (interval.from < interval.to &&
               interval.from / kMinutesPerDay != (interval.to - 1) / kMinutesPerDay) {
      Add(field, "spans two dates; give one window for each");
    }
  }

  void CheckPauses() {
    CheckCount(spec_.pauses.size(), kDayOffsetMax, "pauses");
    std::set<Minute> dates;
    for (std::size_t i = 0; i < spec_.pauses.size(); ++i) {
      const PauseSpec& pause = spec_.pauses[i];
      const std::string at = At("pauses", i);
      CheckOpening(pause.begins, absl::StrCat(at, ".begins"));
      if (pause.begins.from >= pause.begins.to)
        Add(absl::StrCat(at, ".begins"), "is empty; it may begin at no time");
      if (!dates.insert(pause.begins.from / kMinutesPerDay).second) {
        Add(absl::StrCat(at, ".begins"), "is the second one of its date; give one pause a date");
      }
      if (pause.until) CheckNumber(*pause.until, pause.begins.from, kMinuteMax, absl::StrCat(at, ".until"));
      CheckNumber(pause.least_minutes, 0, kMinutesPerDay, absl::StrCat(at, ".least_minutes"));
      CheckNumber(pause.wanted_minutes, pause.least_minutes, kMinutesPerDay,
                  absl::StrCat(at, ".wanted_minutes"));
    }
  }

  void CheckHours(const std::vector<HourCostSpec>& hours, const std::string& field) {
    CheckCount(hours.size(), kHourCostsMax, field);
    for (std::size_t i = 0; i < hours.size(); ++i) {
      CheckNumber(hours[i].time, 0, kMinutesPerDay, absl::StrCat(At(field, i), ".time"));
      CheckNumber(hours[i].cost, 0, kNumberMax, absl::StrCat(At(field, i), ".cost"));
    }
  }

  void CheckCounts() {
    CheckCount(spec_.persons.size(), kPersonsMax, "persons");
    CheckCount(spec_.rooms.size(), kRoomsMax, "rooms");
    CheckCount(spec_.defences.size(), kDefencesMax, "defences");
    CheckCount(spec_.roles.size(), kRolesMax, "roles");
    std::set<Minute> days;
    for (const Interval& interval : spec_.opening) {
      if (interval.from < interval.to) days.insert(interval.from / kMinutesPerDay);
    }
    const auto day_count = static_cast<int64_t>(days.size());
    const auto most = static_cast<int64_t>(std::max(spec_.persons.size(), spec_.rooms.size()));
    if (day_count * most > kPersonDaysMax) {
      Add("opening",
          absl::StrCat(day_count, " days for ", most,
                       " persons or rooms are too many: the product may be at most ", kPersonDaysMax));
    }
  }

  void Check(const PersonSpec& person, const std::string& field) {
    CheckKey(person.key, person_keys_, field);
    CheckText(person.name, absl::StrCat(field, ".name"));
    CheckIntervals(person.blocked, absl::StrCat(field, ".blocked"));
    CheckIntervals(person.if_needed, absl::StrCat(field, ".if_needed"));
    CheckNumber(person.max_per_day, 0, kNumberMax, absl::StrCat(field, ".max_per_day"));
    CheckNumber(person.max_total, 0, kNumberMax, absl::StrCat(field, ".max_total"));
    CheckNumber(person.weight, 1, kNumberMax, absl::StrCat(field, ".weight"));
    CheckSubjects(person.subjects, absl::StrCat(field, ".subjects"));
    CheckWaits(person.nearness, absl::StrCat(field, ".nearness"));
    CheckWaits(person.room_change, absl::StrCat(field, ".room_change"));
  }

  void CheckRoleLimits(const std::vector<RoleLimitSpec>& limits, const std::string& field) {
    CheckCount(limits.size(), kRolesMax, field);
    Keys seen;
    for (std::size_t i = 0; i < limits.size(); ++i) {
      const std::string at = At(field, i);
      CheckKnown(limits[i].role, role_names_, "role", absl::StrCat(at, ".role"));
      if (!seen.insert(limits[i].role).second) {
        Add(absl::StrCat(at, ".role"), absl::StrCat(Quoted(limits[i].role), " is given twice"));
      }
      CheckNumber(limits[i].max_per_day, 0, kNumberMax, absl::StrCat(at, ".max_per_day"));
      CheckNumber(limits[i].max_total, 0, kNumberMax, absl::StrCat(at, ".max_total"));
    }
  }

  void Check(const RoomSpec& room, const std::string& field) {
    CheckKey(room.key, room_keys_, field);
    CheckText(room.name, absl::StrCat(field, ".name"));
    CheckText(room.site, absl::StrCat(field, ".site"));
    CheckNumber(room.capacity, 0, kNumberMax, absl::StrCat(field, ".capacity"));
    CheckEquipment(room.equipment, absl::StrCat(field, ".equipment"));
    CheckIntervals(room.open, absl::StrCat(field, ".open"));
  }

  void Check(const DefenceSpec& defence, const std::string& field) {
    CheckKey(defence.key, defence_keys_, field);
    CheckText(defence.label, absl::StrCat(field, ".label"));
    CheckNumber(defence.duration_minutes, 1, kMinutesPerDay, absl::StrCat(field, ".duration_minutes"));
    CheckSeats(defence.seats, absl::StrCat(field, ".seats"));
    CheckEquipment(defence.equipment, absl::StrCat(field, ".equipment"));
    CheckNumber(defence.capacity, 0, kNumberMax, absl::StrCat(field, ".capacity"));
    CheckText(defence.topic, absl::StrCat(field, ".topic"));
    CheckText(defence.cohort, absl::StrCat(field, ".cohort"));
    CheckNumber(defence.expected_people, 0, kNumberMax, absl::StrCat(field, ".expected_people"));
    CheckSubjects(defence.subjects, absl::StrCat(field, ".subjects"));
    CheckIntervals(defence.allowed, absl::StrCat(field, ".allowed"));
    if (defence.reference) {
      CheckNumber(defence.reference->start, 0, kMinuteMax, absl::StrCat(field, ".reference.start"));
      if (!defence.reference->room.empty()) {
        CheckKnown(defence.reference->room, room_keys_, "room", absl::StrCat(field, ".reference.room"));
      }
    }
    const PinSpec& pin = defence.pin;
    if (pin.day) CheckNumber(*pin.day, 0, kDayOffsetMax, absl::StrCat(field, ".pin.day"));
    if (pin.time) CheckNumber(*pin.time, 0, kMinutesPerDay - 1, absl::StrCat(field, ".pin.time"));
    if (pin.room) CheckKnown(*pin.room, room_keys_, "room", absl::StrCat(field, ".pin.room"));
    CheckCount(pin.jurors.size(), kSeatsMax, absl::StrCat(field, ".pin.jurors"));
    for (std::size_t i = 0; i < pin.jurors.size(); ++i) {
      CheckKnown(pin.jurors[i], person_keys_, "person", At(absl::StrCat(field, ".pin.jurors"), i));
    }
  }

  void CheckSeats(const std::vector<SeatSpec>& seats, const std::string& field) {
    if (std::all_of(seats.begin(), seats.end(), [](const SeatSpec& seat) { return seat.guest; })) {
      Add(field, "nobody attends; a defence has at least one seat");
    }
    CheckCount(seats.size(), kSeatsMax, field);
    int open = 0;
    for (std::size_t i = 0; i < seats.size(); ++i) {
      CheckText(seats[i].role, absl::StrCat(At(field, i), ".role"));
      if (seats[i].person.empty() && !seats[i].candidates.empty()) {
        ++open;
        if (seats[i].guest) Add(absl::StrCat(At(field, i), ".guest"), "a seat of a guest is given, not open");
        CheckCandidates(seats[i].candidates, absl::StrCat(At(field, i), ".candidates"));
        continue;
      }
      CheckKnown(seats[i].person, person_keys_, "person", absl::StrCat(At(field, i), ".person"));
      if (seats[i].shared) Add(absl::StrCat(At(field, i), ".shared"), "says something about open seats only");
      if (!seats[i].candidates.empty()) {
        Add(absl::StrCat(At(field, i), ".candidates"),
            "the seat is given to a person; leave out the person or the candidates");
      }
    }
    if (open > kOpenSeatsMax) {
      Add(field, absl::StrCat("has ", open, " open seats; at most ", kOpenSeatsMax, " are possible"));
    }
  }

  void CheckCandidates(const std::vector<CandidateSpec>& candidates, const std::string& field) {
    CheckCount(candidates.size(), kCandidatesMax, field);
    Keys seen;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      const std::string at = At(field, i);
      CheckKnown(candidates[i].person, person_keys_, "person", absl::StrCat(at, ".person"));
      if (!seen.insert(candidates[i].person).second) {
        Add(absl::StrCat(at, ".person"), absl::StrCat(Quoted(candidates[i].person), " is given twice"));
      }
      CheckNumber(candidates[i].cost, 0, kNumberMax, absl::StrCat(at, ".cost"));
    }
  }

  void Check(const RuleSetting& setting, const std::string& field) {
    const RuleLine* line = FindRule(setting.rule);
    if (line == nullptr) {
      Add(absl::StrCat(field, ".rule"),
          absl::StrCat("there is no rule ", Quoted(setting.rule), "; print the rulebook to see all of them"));
      return;
    }
    if (!rules_.insert(setting.rule).second) {
      Add(absl::StrCat(field, ".rule"), absl::StrCat(Quoted(setting.rule), " is set twice"));
    }
    if (!MayBeSetTo(*line, setting.level)) {
      Add(absl::StrCat(field, ".level"),
          absl::StrCat(line->name, " may not be ", RuleLevelName(setting.level),
                       "; it may be one of: ", line->levels));
    }
    CheckNumber(setting.weight, 0, kNumberMax, absl::StrCat(field, ".weight"));
    if (!setting.parameter) return;
    if (!line->parameter) {
      Add(absl::StrCat(field, ".parameter"), absl::StrCat(line->name, " has no parameter; leave it out"));
    } else {
      CheckNumber(*setting.parameter, 0, kNumberMax, absl::StrCat(field, ".parameter"));
    }
  }

  void Check(const RoleSpec& role, const std::string& field) {
    CheckNumber(role.absence_cost, 0, kNumberMax, absl::StrCat(field, ".absence_cost"));
    CheckNumber(role.change_cost, 0, kNumberMax, absl::StrCat(field, ".change_cost"));
    CheckNumber(role.day_change_cost, 0, kNumberMax, absl::StrCat(field, ".day_change_cost"));
    CheckNumber(role.mix_cost, 0, kNumberMax, absl::StrCat(field, ".mix_cost"));
    CheckCount(role.load.size(), kLoadBandsMax, absl::StrCat(field, ".load"));
    for (std::size_t i = 0; i < role.load.size(); ++i) {
      const LoadBandSpec& band = role.load[i];
      const std::string at = At(absl::StrCat(field, ".load"), i);
      CheckCount(band.only.size(), kPersonsMax, absl::StrCat(at, ".only"));
      for (std::size_t j = 0; j < band.only.size(); ++j) {
        CheckKnown(band.only[j], person_keys_, "person", At(absl::StrCat(at, ".only"), j));
      }
      CheckNumber(band.low, 0, kNumberMax, absl::StrCat(at, ".low"));
      CheckNumber(band.high, 0, kNumberMax, absl::StrCat(at, ".high"));
      if (band.high < band.low) {
        Add(absl::StrCat(at, ".high"),
            absl::StrCat("is ", band.high, ", less than low, which is ", band.low));
      }
      CheckNumber(band.cost, 0, kNumberMax, absl::StrCat(at, ".cost"));
    }
    CheckCount(role.combined.size(), kRolesMax, absl::StrCat(field, ".combined"));
    Keys seen;
    for (std::size_t i = 0; i < role.combined.size(); ++i) {
      const std::string at = At(absl::StrCat(field, ".combined"), i);
      const std::string& other = role.combined[i].role;
      CheckKnown(other, role_names_, "role", absl::StrCat(at, ".role"));
      if (other == role.name) Add(absl::StrCat(at, ".role"), "is the role itself; name another one");
      if (!seen.insert(other).second) {
        Add(absl::StrCat(at, ".role"), absl::StrCat(Quoted(other), " is given twice"));
      }
      CheckNumber(role.combined[i].cost, 0, kNumberMax, absl::StrCat(at, ".cost"));
    }
  }

  void CheckRoleName(const std::string& name, const std::string& field) {
    if (name.empty()) Add(absl::StrCat(field, ".name"), "is empty; name the role as seats do");
    CheckText(name, absl::StrCat(field, ".name"));
    if (!role_names_.insert(name).second) {
      Add(absl::StrCat(field, ".name"), absl::StrCat(Quoted(name), " is given twice"));
    }
  }

  void CheckKey(const std::string& key, Keys& known, const std::string& field) {
    if (key.empty()) {
      Add(absl::StrCat(field, ".key"), "is empty; give a key that is unique in its list");
      return;
    }
    CheckText(key, absl::StrCat(field, ".key"));
    if (!known.insert(key).second) {
      Add(absl::StrCat(field, ".key"), absl::StrCat(Quoted(key), " is given twice"));
    }
  }

  void CheckKnown(const std::string& key, const Keys& known, absl::string_view kind,
                  const std::string& field) {
    if (!known.contains(key)) Add(field, absl::StrCat("there is no ", kind, " ", Quoted(key)));
  }

  void CheckText(absl::string_view text, const std::string& field) {
    if (text.size() > kTextBytesMax) {
      Add(field, absl::StrCat("is ", text.size(), " bytes long; at most ", kTextBytesMax, " are possible"));
    } else if (!IsUtf8(text)) {
      Add(field, absl::StrCat(Quoted(text), " is not UTF-8"));
    }
  }

  void CheckEquipment(const std::vector<std::string>& equipment, const std::string& field) {
    for (std::size_t i = 0; i < equipment.size(); ++i) {
      if (equipment[i].empty()) Add(At(field, i), "is empty; name a piece of equipment");
      CheckText(equipment[i], At(field, i));
    }
  }

  void CheckSubjects(const std::vector<std::string>& subjects, const std::string& field) {
    CheckCount(subjects.size(), kSubjectsMax, field);
    for (std::size_t i = 0; i < subjects.size(); ++i) {
      if (subjects[i].empty()) Add(At(field, i), "is empty; name a subject");
      CheckText(subjects[i], At(field, i));
    }
  }

  void CheckWaits(const std::vector<int32_t>& points, const std::string& field) {
    CheckCount(points.size(), kWaitsMax, field);
    for (std::size_t i = 0; i < points.size(); ++i) CheckNumber(points[i], 0, kNumberMax, At(field, i));
  }

  void CheckIntervals(const std::vector<Interval>& intervals, const std::string& field) {
    for (std::size_t i = 0; i < intervals.size(); ++i) CheckInterval(intervals[i], At(field, i));
  }

  bool CheckInterval(const Interval& interval, const std::string& field) {
    if (interval.from > interval.to) {
      Add(field, absl::StrCat("ends at ", interval.to, ", before it begins at ", interval.from));
      return false;
    }
    if (interval.from < -kMinuteMax || interval.to > kMinuteMax) {
      Add(field, absl::StrCat("lies more than ", kDayOffsetMax, " days from the first date"));
      return false;
    }
    return true;
  }

  void CheckNumber(int64_t number, int64_t least, int64_t most, std::string field) {
    if (number >= least && number <= most) return;
    Add(std::move(field), absl::StrCat("is ", number, "; expected ", least, " to ", most));
  }

  void CheckCount(std::size_t count, int32_t most, const std::string& field) {
    if (count <= static_cast<std::size_t>(most)) return;
    Add(field, absl::StrCat("has ", count, " entries; at most ", most, " are possible"));
  }

  const ProblemSpec& spec_;
  Keys person_keys_;
  Keys room_keys_;
  Keys defence_keys_;
  Keys rules_;
  Keys role_names_;
  std::vector<FieldViolation> violations_;
};

}  // namespace

std::vector<FieldViolation> ProblemsOf(const ProblemSpec& spec) { return Checker(spec).Run(); }

std::optional<absl::CivilDay> ParseDate(absl::string_view text) {
  // Abseil also accepts blanks, signs and single digits; what is canonical prints as it was.
  absl::CivilDay date;
  if (!absl::ParseCivilTime(text, &date) || date.year() < 1900 || date.year() > 9000) return std::nullopt;
  if (absl::FormatCivilTime(date) != text) return std::nullopt;
  return date;
}

}  // namespace soutenance::scheduling::solver
