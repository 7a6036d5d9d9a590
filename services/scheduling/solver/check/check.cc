#include "services/scheduling/solver/check/check.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/scheduling/solver/check/checks.h"

namespace soutenance::scheduling::solver {
namespace {

using checks::Facts;
using checks::Report;

struct NamedCheck {
  absl::string_view rule;
  void (*run)(const Facts&, Report);
};
constexpr NamedCheck kChecks[] = {
    {"room_clash", checks::RoomClash},
    {"person_clash", checks::PersonClash},
    {"pinned", checks::Pins},
    {"opening_hours", checks::OpeningHours},
    {"availability", checks::Availability},
    {"school_weeks", checks::SchoolWeeks},
    {"room_opening", checks::RoomOpening},
    {"room_capacity", checks::RoomCapacity},
    {"room_equipment", checks::RoomEquipment},
    {"person_day_load", checks::PersonDayLoad},
    {"person_campaign_load", checks::PersonCampaignLoad},
    {"stability", checks::Stability},
    {"if_needed", checks::IfNeeded},
    {"person_days", checks::PersonDays},
    {"consecutive_room", checks::ConsecutiveRoom},
    {"one_seat", checks::OneSeat},
    {"room_day_limit", checks::RoomDayLimit},
    {"room_break", checks::RoomBreak},
    {"room_block_load", checks::RoomBlockLoad},
    {"notice", checks::Notice},
    {"block_continuity", checks::BlockContinuity},
    {"role_limit", checks::RoleLimits},
    {"room_topics", checks::RoomTopics},
    {"room_pause", checks::RoomPause},
};

std::vector<checks::Taken> SeatsOf(const Defence& defence, const Placement& placement) {
  std::vector<checks::Taken> seats;
  for (const Seat& seat : defence.seats) seats.push_back({seat.person, seat.remote, false, false, seat.role});
  for (std::size_t i = 0; i < defence.open_seats.size(); ++i) {
    const OpenSeat& seat = defence.open_seats[i];
    seats.push_back(
        {seat.candidates.at(placement.holders[i]).person, seat.remote, true, seat.shared, seat.role});
  }
  return seats;
}

Facts FactsOf(const Problem& problem, const Placements& placements) {
  Facts facts{.problem = problem, .placed = {}};
  for (std::size_t i = 0; i < placements.size(); ++i) {
    if (!placements[i]) continue;
    const auto id = static_cast<DefenceId>(i);
    const Defence& defence = problem.defence(id);
    facts.placed.push_back({.id = id,
                            .defence = &defence,
                            .seats = SeatsOf(defence, *placements[i]),
                            .room = &problem.room(placements[i]->room),
                            .room_id = placements[i]->room,
                            .time = {placements[i]->start, placements[i]->start + defence.duration_minutes}});
  }
  return facts;
}

}  // namespace

namespace checks {

std::vector<PersonId> PeopleOf(const PlacedDefence& placed) {
  std::vector<PersonId> people;
  for (const Taken& seat : placed.seats) {
    if (std::find(people.begin(), people.end(), seat.person) == people.end()) people.push_back(seat.person);
  }
  return people;
}

std::string Moment(const Facts& facts, Minute minute) {
  const Minute of_day = minute % kMinutesPerDay;
  return absl::StrFormat("%s %02d:%02d", absl::FormatCivilTime(facts.problem.DateOf(minute)), of_day / 60,
                         of_day % 60);
}

}  // namespace checks

std::vector<Violation> Check(const Problem& problem, const Placements& placements) {
  std::vector<Violation> violations;
  const Facts facts = FactsOf(problem, placements);
  for (const RuleInForce& rule : problem.rules()) {
    if (rule.level != RuleLevel::kHard) continue;
    const absl::string_view name = LineOf(rule.id).name;
    bool known = false;
    for (const NamedCheck& check : kChecks) {
      if (check.rule != name) continue;
      known = true;
      check.run(facts, [&](std::vector<DefenceId> defences, std::string text) {
        violations.push_back(
            {.rule = std::string(name), .defences = std::move(defences), .text = std::move(text)});
      });
    }
    // What cannot be checked does not pass.
    if (!known) {
      violations.push_back({.rule = std::string(name), .defences = {}, .text = "this rule has no check"});
    }
  }
  return violations;
}

}  // namespace soutenance::scheduling::solver
