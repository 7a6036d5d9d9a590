#include "services/scheduling/solver/model/problem_builder.h"

#include <algorithm>
#include <utility>

#include "services/scheduling/solver/model/problem_check.h"

namespace soutenance::scheduling::solver {

Problem ProblemBuilder::Build(ProblemSpec canonical) {
  ProblemBuilder builder(std::move(canonical));
  builder.NumberKeys();
  builder.AddDays();
  builder.AddSubjects();
  builder.AddPersons();
  builder.AddRooms();
  builder.AddTopics();
  builder.AddRoles();
  builder.AddDefences();
  builder.AddRolePeople();
  builder.AddRules();
  return std::move(builder.problem_);
}

void ProblemBuilder::NumberKeys() {
  const ProblemSpec& spec = problem_.spec_;
  const auto number = [](const auto& specs, auto& by_key) {
    using Id = typename std::decay_t<decltype(by_key)>::mapped_type;
    for (std::size_t i = 0; i < specs.size(); ++i) by_key.emplace(specs[i].key, static_cast<Id>(i));
  };
  number(spec.persons, problem_.person_by_key_);
  number(spec.rooms, problem_.room_by_key_);
  number(spec.defences, problem_.defence_by_key_);
}

void ProblemBuilder::AddDays() {
  problem_.first_date_ = *ParseDate(problem_.spec_.first_date);
  for (const Interval& window : problem_.spec_.opening) {
    const int32_t offset = window.from / kMinutesPerDay;
    if (problem_.days_.empty() || problem_.days_.back().offset != offset) {
      problem_.day_of_offset_.resize(static_cast<std::size_t>(offset) + 1, -1);
      problem_.day_of_offset_.back() = problem_.DayCount();
      problem_.days_.push_back({.offset = offset, .opening = {}});
    }
    problem_.days_.back().opening.push_back(window);
  }
  for (const PauseSpec& pause : problem_.spec_.pauses) {
    if (const auto day = problem_.DayOf(pause.begins.from)) problem_.days_[Index(*day)].pause = pause;
  }
}

void ProblemBuilder::AddSubjects() {
  std::vector<std::string>& all = problem_.subjects_;
  const auto add = [&all](const std::vector<std::string>& some) {
    all.insert(all.end(), some.begin(), some.end());
  };
  for (const PersonSpec& spec : problem_.spec_.persons) add(spec.subjects);
  for (const DefenceSpec& spec : problem_.spec_.defences) add(spec.subjects);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
}

std::vector<SubjectId> ProblemBuilder::SubjectsOf(const std::vector<std::string>& names) const {
  std::vector<SubjectId> ids;
  for (const std::string& name : names) {
    const auto found = std::lower_bound(problem_.subjects_.begin(), problem_.subjects_.end(), name);
    ids.push_back(static_cast<SubjectId>(found - problem_.subjects_.begin()));
  }
  return ids;  // ascending, as the canonical names are
}

std::vector<RoleLimit> ProblemBuilder::RoleLimitsOf(const PersonSpec& spec) const {
  std::vector<RoleLimit> limits;
  for (const RoleLimitSpec& limit : spec.role_limits) {
    limits.push_back(
        {.role = *FindRole(limit.role), .max_per_day = limit.max_per_day, .max_total = limit.max_total});
  }
  return limits;  // ascending, as the canonical names are
}

void ProblemBuilder::AddPersons() {
  for (const PersonSpec& spec : problem_.spec_.persons) {
    problem_.persons_.push_back({.key = spec.key,
                                 .name = spec.name,
                                 .blocked = spec.blocked,
                                 .if_needed = spec.if_needed,
                                 .max_per_day = spec.max_per_day,
                                 .max_total = spec.max_total,
                                 .weight = spec.weight,
                                 .subjects = SubjectsOf(spec.subjects),
                                 .nearness = spec.nearness,
                                 .room_change = spec.room_change,
                                 .role_limits = RoleLimitsOf(spec),
                                 .defences = {},
                                 .candidacies = {}});
  }
}

void ProblemBuilder::AddRooms() {
  std::vector<std::string>& sites = problem_.sites_;
  for (const RoomSpec& spec : problem_.spec_.rooms) sites.push_back(spec.site);
  std::sort(sites.begin(), sites.end());
  sites.erase(std::unique(sites.begin(), sites.end()), sites.end());
  for (const RoomSpec& spec : problem_.spec_.rooms) {
    const auto site = std::lower_bound(sites.begin(), sites.end(), spec.site);
    problem_.rooms_.push_back({.key = spec.key,
                               .name = spec.name,
                               .site = static_cast<SiteId>(site - sites.begin()),
                               .capacity = spec.capacity,
                               .equipment = spec.equipment,
                               .open = spec.open});
  }
}

void ProblemBuilder::AddTopics() {
  std::vector<std::string>& topics = problem_.topics_;
  for (const DefenceSpec& spec : problem_.spec_.defences) {
    if (!spec.topic.empty()) topics.push_back(spec.topic);
    if (!spec.cohort.empty()) cohorts_.push_back(spec.cohort);
  }
  std::sort(cohorts_.begin(), cohorts_.end());
  cohorts_.erase(std::unique(cohorts_.begin(), cohorts_.end()), cohorts_.end());
  std::sort(topics.begin(), topics.end());
  topics.erase(std::unique(topics.begin(), topics.end()), topics.end());
}

void ProblemBuilder::AddDefences() {
  for (const DefenceSpec& spec : problem_.spec_.defences) {
    const auto id = static_cast<DefenceId>(problem_.DefenceCount());
    problem_.defences_.push_back(MakeDefence(spec));
    for (const Attendee& attendee : problem_.defences_.back().attendees) {
      problem_.persons_[Index(attendee.person)].defences.push_back(id);
    }
    for (const OpenSeat& seat : problem_.defences_.back().open_seats) {
      problem_.has_open_seats_ = true;
      for (const Candidate& candidate : seat.candidates) {
        std::vector<DefenceId>& candidacies = problem_.persons_[Index(candidate.person)].candidacies;
        if (candidacies.empty() || candidacies.back() != id) candidacies.push_back(id);
      }
    }
  }
}

Defence ProblemBuilder::MakeDefence(const DefenceSpec& spec) const {
  Defence defence{.key = spec.key,
                  .label = spec.label,
                  .duration_minutes = spec.duration_minutes,
                  .seats = {},
                  .attendees = {},
                  .open_seats = {},
                  .guests = {},
                  .equipment = spec.equipment,
                  .capacity = spec.capacity,
                  .topic = std::nullopt,
                  .subjects = SubjectsOf(spec.subjects),
                  .expected_people = spec.expected_people,
                  .cohort = -1,
                  .allowed = spec.allowed,
                  .reference = std::nullopt,
                  .pin = {.day = spec.pin.day,
                          .time = spec.pin.time,
                          .room = std::nullopt,
                          .jurors = {},
                          .mode = spec.pin.mode}};
  std::vector<Attendee>& attendees = defence.attendees;
  for (const SeatSpec& seat : spec.seats) {
    if (seat.person.empty()) {
      defence.open_seats.push_back(MakeOpenSeat(seat));
      continue;
    }
    const PersonId person = *problem_.FindPerson(seat.person);
    if (seat.guest) {
      defence.guests.push_back(
          {.person = person, .role = seat.role, .remote = seat.remote, .role_id = FindRole(seat.role)});
      continue;
    }
    defence.seats.push_back(
        {.person = person, .role = seat.role, .remote = seat.remote, .role_id = FindRole(seat.role)});
    const auto place = std::lower_bound(attendees.begin(), attendees.end(), person,
                                        [](const Attendee& a, PersonId p) { return a.person < p; });
    if (place == attendees.end() || place->person != person) {
      attendees.insert(place, {.person = person, .remote = seat.remote});
    } else {
      place->remote = place->remote && seat.remote;
    }
  }
  if (!spec.topic.empty()) {
    const std::vector<std::string>& topics = problem_.topics_;
    const auto found = std::lower_bound(topics.begin(), topics.end(), spec.topic);
    defence.topic = static_cast<TopicId>(found - topics.begin());
  }
  if (!spec.cohort.empty()) {
    const auto found = std::lower_bound(cohorts_.begin(), cohorts_.end(), spec.cohort);
    defence.cohort = static_cast<int32_t>(found - cohorts_.begin());
  }
  if (spec.reference) {
    defence.reference = {.start = spec.reference->start, .room = problem_.FindRoom(spec.reference->room)};
  }
  if (spec.pin.room) defence.pin.room = problem_.FindRoom(*spec.pin.room);
  for (const std::string& juror : spec.pin.jurors) {
    defence.pin.jurors.push_back(*problem_.FindPerson(juror));
    ReserveSeat(defence.pin.jurors.back(), &defence);
  }
  return defence;
}

void ProblemBuilder::ReserveSeat(PersonId juror, Defence* defence) {
  for (const Attendee& attendee : defence->attendees) {
    if (attendee.person == juror) return;
  }
  for (OpenSeat& seat : defence->open_seats) {
    for (std::size_t i = 0; i < seat.candidates.size() && !seat.pinned; ++i) {
      if (seat.candidates[i].person != juror) continue;
      seat.pinned = static_cast<uint8_t>(i);
      return;
    }
  }
}

OpenSeat ProblemBuilder::MakeOpenSeat(const SeatSpec& spec) const {
  OpenSeat seat{.role = spec.role,
                .remote = spec.remote,
                .candidates = {},
                .pinned = std::nullopt,
                .shared = spec.shared,
                .role_id = FindRole(spec.role)};
  for (const CandidateSpec& candidate : spec.candidates) {
    seat.candidates.push_back({.person = *problem_.FindPerson(candidate.person), .cost = candidate.cost});
  }
  return seat;
}

std::optional<RoleId> ProblemBuilder::FindRole(const std::string& name) const {
  const std::vector<RoleSpec>& roles = problem_.spec_.roles;
  const auto found =
      std::lower_bound(roles.begin(), roles.end(), name,
                       [](const RoleSpec& role, const std::string& n) { return role.name < n; });
  if (found == roles.end() || found->name != name) return std::nullopt;
  return static_cast<RoleId>(found - roles.begin());
}

void ProblemBuilder::AddRoles() {
  for (const RoleSpec& spec : problem_.spec_.roles) {
    Role role{.name = spec.name,
              .absence_cost = spec.absence_cost,
              .change_cost = spec.change_cost,
              .load = {},
              .combined = {},
              .mix_cost = spec.mix_cost,
              .day_change_cost = spec.day_change_cost,
              .people = {}};
    for (const LoadBandSpec& band : spec.load) {
      role.load.push_back({.low = band.low, .high = band.high, .cost = band.cost, .only = {}});
      for (const std::string& person : band.only)
        role.load.back().only.push_back(*problem_.FindPerson(person));
    }
    for (const CombinedRoleSpec& combined : spec.combined) {
      role.combined.push_back({.role = *FindRole(combined.role), .cost = combined.cost});
    }
    problem_.roles_.push_back(std::move(role));
  }
}

void ProblemBuilder::AddRolePeople() {
  const auto add = [this](const std::optional<RoleId>& role, PersonId person) {
    if (role && !problem_.role(*role).load.empty()) problem_.roles_[Index(*role)].people.push_back(person);
  };
  for (const Defence& defence : problem_.defences_) {
    for (const Seat& seat : defence.seats) add(seat.role_id, seat.person);
    for (const OpenSeat& seat : defence.open_seats) {
      for (const Candidate& candidate : seat.candidates) add(seat.role_id, candidate.person);
    }
  }
  for (Role& role : problem_.roles_) {
    std::sort(role.people.begin(), role.people.end());
    role.people.erase(std::unique(role.people.begin(), role.people.end()), role.people.end());
  }
}

void ProblemBuilder::AddRules() {
  for (const RuleLine& line : Rulebook()) problem_.rules_.push_back(DefaultOf(line));
  for (const RuleSetting& setting : problem_.spec_.rules) {
    const RuleLine& line = *FindRule(setting.rule);
    problem_.rules_[static_cast<std::size_t>(line.id)] = InForce(line, setting);
  }
}

}  // namespace soutenance::scheduling::solver
