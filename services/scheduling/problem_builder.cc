#include "services/scheduling/problem_builder.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/scheduling/periods.h"
#include "services/scheduling/solver/model/limits.h"

namespace soutenance::scheduling {
namespace {

// Seats of a room whose capacity nobody told: more than any defence asks for.
constexpr int32_t kSeatsUnknown = solver::kNumberMax;

constexpr absl::string_view kVideo = "video";
constexpr absl::string_view kNobody = "nobody/";

static_assert(kOpenSeatsMax <= solver::kOpenSeatsMax && kCandidatesMax <= solver::kCandidatesMax);

// Somebody in a role who is not there yet, as reasons name him or her.
std::string NobodyName(SeatRole role, bool is_french) {
  switch (role) {
    case SeatRole::kPresident:
      return is_french ? "un président à trouver" : "a president to be found";
    case SeatRole::kSupervisor:
      return is_french ? "un directeur à trouver" : "a supervisor to be found";
    case SeatRole::kReviewer:
      return is_french ? "un rapporteur à trouver" : "a reviewer to be found";
    case SeatRole::kExaminer:
      return is_french ? "un examinateur à trouver" : "an examiner to be found";
    case SeatRole::kCompanyTutor:
      return is_french ? "un tuteur d’entreprise à trouver" : "a company tutor to be found";
    case SeatRole::kGuest:
      return is_french ? "un invité à trouver" : "a guest to be found";
  }
  return "";
}

// What other services say is theirs to bound; these keep the problem legal whatever they say.
std::string Shortened(std::string text) {
  std::size_t size = static_cast<std::size_t>(solver::kTextBytesMax);
  if (text.size() <= size) return text;
  // Not within a character: the bytes after its first one are 10xxxxxx.
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  text.resize(size);
  return text;
}

int32_t Bounded(int number) { return std::clamp(number, 0, solver::kNumberMax); }

// Builds the parts of one problem in the order in which they refer to each other.
class Builder {
 public:
  Builder(const CampaignFacts& facts, const std::vector<BasePlacement>& base)
      : facts_(facts), campaign_(facts.campaign) {
    for (const BasePlacement& placement : base) base_.emplace(placement.thesis, &placement);
  }

  solver::ProblemSpec Build() {
    spec_.first_date = DateText(campaign_.first_date());
    spec_.opening = OpeningOf(campaign_);
    spec_.grid_minutes = campaign_.grid_minutes;
    spec_.buffer_minutes = campaign_.buffer_minutes;
    spec_.travel_minutes = campaign_.travel_minutes;
    spec_.rules = campaign_.rules;
    AddRooms();
    AddRoles();
    AddDefences();
    AddPersons();
    return std::move(spec_);
  }

 private:
  void AddRooms();
  void AddRoles();
  void AddDefences();
  solver::DefenceSpec MakeDefence(const Defence& defence, const ThesisFacts& thesis) const;
  void AddSeats(const Defence& defence, const ThesisFacts& thesis, solver::DefenceSpec& to) const;
  solver::SeatSpec MakeOpenSeat(const OpenSeat& seat, const std::string& topic) const;
  void AddBase(const BasePlacement& base, solver::DefenceSpec& to) const;
  void AddPersons();
  void Limit(const PersonSetting& setting, solver::PersonSpec& person);
  std::map<std::string, std::set<std::string>> KnownSubjects() const;

  bool HasDay(absl::CivilDay day) const {
    return std::binary_search(campaign_.days.begin(), campaign_.days.end(), day);
  }
  bool HasRoom(const std::string& room) const { return facts_.rooms.count(room) > 0; }

  const CampaignFacts& facts_;
  const Campaign& campaign_;
  std::map<std::string, const BasePlacement*> base_;  // by thesis
  std::set<std::string> attending_;                   // everybody who holds a seat
  solver::ProblemSpec spec_;
};

void Builder::AddRooms() {
  for (const auto& [name, room] : facts_.rooms) spec_.rooms.push_back(RoomSpecOf(campaign_, room));
}

void Builder::AddRoles() {
  for (const RoleSetting& setting : campaign_.roles) {
    solver::RoleSpec role{.name = std::string(SeatRoleName(setting.role)),
                          .absence_cost = setting.absence_cost,
                          .change_cost = setting.change_cost};
    for (const LoadBand& band : setting.load) {
      role.load.push_back({.low = band.low, .high = band.high, .cost = band.cost});
    }
    for (const CombinedRole& other : setting.combined) {
      role.combined.push_back({.role = std::string(SeatRoleName(other.role)), .cost = other.cost});
    }
    spec_.roles.push_back(std::move(role));
  }
  // A role that another one is combined with, or in which people are limited, must be known, whether it costs
  // something itself or not.
  std::set<std::string> known;
  for (const solver::RoleSpec& role : spec_.roles) known.insert(role.name);
  for (const RoleSetting& setting : campaign_.roles) {
    for (const CombinedRole& other : setting.combined) {
      std::string name(SeatRoleName(other.role));
      if (known.insert(name).second) spec_.roles.push_back({.name = std::move(name)});
    }
  }
  for (const PersonSetting& setting : campaign_.people) {
    for (const RoleLimit& limit : setting.role_limits) {
      std::string name(SeatRoleName(limit.role));
      if (known.insert(name).second) spec_.roles.push_back({.name = std::move(name)});
    }
  }
}

void Builder::AddDefences() {
  const std::vector<std::string> defended = facts_.DefendedTheses();
  for (const Defence& defence : facts_.defences) {
    if (!std::binary_search(defended.begin(), defended.end(), defence.thesis)) continue;
    spec_.defences.push_back(MakeDefence(defence, facts_.theses.at(defence.thesis)));
    for (const solver::SeatSpec& seat : spec_.defences.back().seats) {
      if (!seat.person.empty()) attending_.insert(seat.person);
      for (const solver::CandidateSpec& candidate : seat.candidates) attending_.insert(candidate.person);
    }
    // A pinned juror who attends nothing any more must be known all the same.
    for (const std::string& juror : spec_.defences.back().pin.jurors) attending_.insert(juror);
  }
}

solver::DefenceSpec Builder::MakeDefence(const Defence& defence, const ThesisFacts& thesis) const {
  solver::DefenceSpec spec;
  spec.key = defence.thesis;
  spec.label = absl::StrJoin(thesis.authors, ", ", [&](std::string* out, const std::string& author) {
    out->append(facts_.NameOf(author));
  });
  spec.label = Shortened(std::move(spec.label));
  spec.duration_minutes =
      defence.duration_minutes == 0 ? campaign_.duration_minutes : defence.duration_minutes;
  spec.equipment = defence.equipment;
  spec.topic = defence.topic;
  if (!defence.topic.empty()) spec.subjects = {defence.topic};
  AddSeats(defence, thesis, spec);
  if (facts_.cohort && !facts_.cohort->calendar.empty()) {
    spec.allowed = TimeOfSchool(campaign_, facts_.cohort->calendar);
    // Nothing would mean any time; a cohort that is away for the whole campaign may never defend. The minute
    // after the last date can be said, and no defence fits into it.
    const solver::Minute end = SpanOf(campaign_).to;
    if (spec.allowed.empty()) spec.allowed = {{end, end + 1}};
  }
  const auto base = base_.find(defence.thesis);
  if (base != base_.end()) AddBase(*base->second, spec);
  return spec;
}

void Builder::AddSeats(const Defence& defence, const ThesisFacts& thesis, solver::DefenceSpec& to) const {
  std::set<absl::string_view> on_site;
  for (const std::string& author : thesis.authors) {
    to.seats.push_back({.person = author, .role = "student"});
    on_site.insert(author);
  }
  bool needs_video = false;
  const auto jury = facts_.juries.find(thesis.name);
  if (jury != facts_.juries.end()) {
    for (const JurySeat& seat : jury->second.seats) {
      to.seats.push_back(
          {.person = seat.person, .role = std::string(SeatRoleName(seat.role)), .remote = seat.is_remote});
      if (!seat.is_remote) on_site.insert(seat.person);
      needs_video |= seat.is_remote;
    }
  }
  int32_t seats_on_site = static_cast<int32_t>(on_site.size());
  for (const OpenSeat& seat : facts_.OpenSeatsOf(defence)) {
    to.seats.push_back(MakeOpenSeat(seat, defence.topic));
    if (!seat.is_remote) ++seats_on_site;
    needs_video |= seat.is_remote;
  }
  to.capacity = seats_on_site;
  const bool has_video = std::count(to.equipment.begin(), to.equipment.end(), kVideo) > 0;
  if (needs_video && !has_video) to.equipment.emplace_back(kVideo);
}

solver::SeatSpec Builder::MakeOpenSeat(const OpenSeat& seat, const std::string& topic) const {
  solver::SeatSpec spec{.role = std::string(SeatRoleName(seat.role)), .remote = seat.is_remote};
  int off_topic_cost = 0;
  for (const RoleSetting& setting : campaign_.roles) {
    if (setting.role == seat.role && !topic.empty()) off_topic_cost = setting.off_topic_cost;
  }
  for (const Candidate& candidate : seat.candidates) {
    const bool knows = std::binary_search(candidate.topics.begin(), candidate.topics.end(), topic);
    const int cost = candidate.cost + (knows ? 0 : off_topic_cost);
    spec.candidates.push_back({.person = candidate.person, .cost = Bounded(cost)});
  }
  if (spec.candidates.empty()) spec.candidates.push_back({.person = NobodyFor(seat.role)});
  return spec;
}

void Builder::AddBase(const BasePlacement& base, solver::DefenceSpec& to) const {
  to.pin.jurors = base.pin_jurors;
  to.pin.mode = base.pin_mode;
  const std::optional<absl::CivilMinute>& start = base.start ? base.start : base.pinned_start;
  if (!start) return;
  const std::string& room = base.start ? base.room : base.pinned_room;
  const absl::CivilDay day(*start);
  const absl::CivilDay first = campaign_.first_date();
  const bool has_day = HasDay(day);
  const bool has_room = HasRoom(room);
  if (base.start && has_day) {
    to.reference =
        solver::ReferenceSpec{.start = MinuteOf(first, *start), .room = has_room ? room : std::string()};
  }
  if (base.pin_day && has_day) to.pin.day = static_cast<int32_t>(day - first);
  if (base.pin_time) to.pin.time = 60 * start->hour() + start->minute();
  if (base.pin_room && has_room) to.pin.room = room;
}

// What the campaign says of a person, beside what is known of him or her already.
void Builder::Limit(const PersonSetting& setting, solver::PersonSpec& person) {
  person.weight = std::max(setting.weight, 1);
  person.nearness.assign(setting.nearness.begin(), setting.nearness.end());
  person.room_change.assign(setting.room_change.begin(), setting.room_change.end());
  // Of two limits the smaller one counts.
  const auto limit = [](int here, int32_t& known) {
    if (here > 0 && (known == 0 || here < known)) known = here;
  };
  limit(setting.day_max, person.max_per_day);
  limit(setting.campaign_max, person.max_total);
  for (const RoleLimit& role : setting.role_limits) {
    person.role_limits.push_back({.role = std::string(SeatRoleName(role.role)),
                                  .max_per_day = role.day_max,
                                  .max_total = role.campaign_max});
  }
}

// The topics that people know, by person, wherever they are named.
std::map<std::string, std::set<std::string>> Builder::KnownSubjects() const {
  std::map<std::string, std::set<std::string>> known;
  const auto add = [&](const std::vector<SeatNeed>& seats) {
    for (const SeatNeed& need : seats) {
      for (const Candidate& candidate : need.candidates) {
        if (candidate.topics.empty()) continue;
        known[candidate.person].insert(candidate.topics.begin(), candidate.topics.end());
      }
    }
  };
  add(campaign_.seats);
  for (const Defence& defence : facts_.defences) add(defence.seats);
  for (const std::string& person : attending_) {
    const PersonSetting setting = SettingFor(campaign_.people, person);
    if (!setting.topics.empty()) known[person].insert(setting.topics.begin(), setting.topics.end());
  }
  return known;
}

void Builder::AddPersons() {
  const PersonTime silence = TimeOfSilence(campaign_);
  const std::map<std::string, std::set<std::string>> subjects = KnownSubjects();
  for (const std::string& name : attending_) {
    solver::PersonSpec person{.key = name, .name = Shortened(facts_.NameOf(name))};
    if (IsNobody(name)) {
      const std::optional<SeatRole> role = ParseSeatRole(name.substr(kNobody.size()));
      person.name = NobodyName(role.value_or(SeatRole::kGuest), campaign_.language != "en");
      person.blocked = {SpanOf(campaign_)};
      spec_.persons.push_back(std::move(person));
      continue;
    }
    const auto answer = facts_.availabilities.find(name);
    PersonTime time =
        answer == facts_.availabilities.end() ? silence : TimeOfAnswer(campaign_, answer->second.periods);
    person.blocked = std::move(time.blocked);
    person.if_needed = std::move(time.if_needed);
    const auto subject = subjects.find(name);
    if (subject != subjects.end()) {
      // One who is named for many defences may know more than a problem holds: the first of them count.
      for (const std::string& topic : subject->second) {
        if (person.subjects.size() == static_cast<std::size_t>(solver::kSubjectsMax)) break;
        person.subjects.push_back(topic);
      }
    }
    const auto known = facts_.people.find(name);
    if (known != facts_.people.end()) {
      person.max_per_day = Bounded(known->second.per_day_max);
      person.max_total = Bounded(known->second.per_campaign_max);
    }
    Limit(SettingFor(campaign_.people, name), person);
    spec_.persons.push_back(std::move(person));
  }
}

}  // namespace

solver::RoomSpec RoomSpecOf(const Campaign& campaign, const RoomFacts& room) {
  return {.key = room.name,
          .name = Shortened(room.title),
          .site = Shortened(room.site),
          .capacity = room.capacity_seats <= 0 ? kSeatsUnknown : Bounded(room.capacity_seats),
          .equipment = room.equipment,
          .open = TimeOfRoom(campaign, room.openings)};
}

std::string NobodyFor(SeatRole role) { return absl::StrCat(kNobody, SeatRoleName(role)); }

bool IsNobody(absl::string_view person) { return absl::StartsWith(person, kNobody); }

solver::ProblemSpec BuildProblem(const CampaignFacts& facts, const std::vector<BasePlacement>& base) {
  return Builder(facts, base).Build();
}

}  // namespace soutenance::scheduling
