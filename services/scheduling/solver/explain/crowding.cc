#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/scheduling/solver/explain/obstacles.h"
#include "services/scheduling/solver/explain/phrases.h"
#include "services/scheduling/solver/search/candidates.h"
#include "services/scheduling/solver/search/compose.h"
#include "services/scheduling/solver/search/fit.h"
#include "services/scheduling/solver/search/random.h"

namespace soutenance::scheduling::solver {
namespace {

// One thing that may be in the way: a person's time or limit, a room, or a rule as a whole.
struct Obstacle {
  RuleId rule;
  int32_t person = -1;
  int32_t room = -1;
  int32_t role = -1;

  friend auto operator<=>(const Obstacle&, const Obstacle&) = default;
};

// How often it is, and because of whom.
struct Tally {
  int count = 0;
  std::set<DefenceId> defences;
};

// Collects what is in the way of one defence, place by place.
class Collector {
 public:
  Collector(const Timetable& timetable, const RuleSet& rules, DefenceId defence)
      : timetable_(timetable),
        problem_(timetable.problem()),
        rules_(rules),
        defence_(defence),
        change_(timetable.problem()),
        fit_(problem_),
        composer_(problem_, fit_),
        minds_day_load_(problem_.rule(RuleId::kPersonDayLoad).IsHard()),
        minds_campaign_load_(problem_.rule(RuleId::kPersonCampaignLoad).IsHard()) {}

  // Returns the place, with holders for the open seats, if nothing is in the way at `start` in `room`.
  std::optional<Placement> Look(Minute start, RoomId room) {
    here_.clear();
    Placement to{start, room};
    // Whoever would do at all; those who are free first.
    if (!composer_.Fill(timetable_, {}, defence_, &to, random_)) here_[{RuleId::kAvailability, -1, -1}];
    const DayId day = *problem_.DayOf(to.start);
    AskRoom(to, day);
    for (const Attendee& attendee : problem_.defence(defence_).attendees) AskPerson(attendee, to, day);
    AskRoles(day);
    if (here_.empty()) AskOtherRules(to);
    for (const auto& [obstacle, defences] : here_) {
      Tally& tally = tallies_[obstacle];
      ++tally.count;
      tally.defences.insert(defences.begin(), defences.end());
    }
    return here_.empty() ? std::optional<Placement>(to) : std::nullopt;
  }

  const std::map<Obstacle, Tally>& tallies() const { return tallies_; }

 private:
  static bool TooClose(const Interval& time, const Placed& placed, Minute apart) {
    return time.from < placed.end + apart && placed.start < time.to + apart;
  }

  // The given seats of the defence in roles of which somebody has enough already.
  void AskRoles(DayId day) {
    if (!problem_.rule(RuleId::kRoleLimit).IsHard()) return;
    for (const Seat& seat : problem_.defence(defence_).seats) {
      for (const RoleLimit& limit : problem_.person(seat.person).role_limits) {
        if (seat.role_id != limit.role) continue;
        std::vector<DefenceId> today;
        std::vector<DefenceId> all;
        ForEachAttended(timetable_, seat.person, [&](DefenceId other) {
          const Placement& at = *timetable_.PlacementOf(other);
          if (!HoldsRole(problem_.defence(other), at.holders, limit.role, seat.person)) return;
          all.push_back(other);
          if (problem_.DayOf(at.start) == day) today.push_back(other);
        });
        const auto is_full = [](const std::vector<DefenceId>& those, int32_t most) {
          return most > 0 && static_cast<int32_t>(those.size()) >= most;
        };
        const bool is_full_today = is_full(today, limit.max_per_day);
        if (!is_full_today && !is_full(all, limit.max_total)) continue;
        const Obstacle obstacle{RuleId::kRoleLimit, static_cast<int32_t>(seat.person), -1,
                                static_cast<int32_t>(limit.role)};
        here_[obstacle] = is_full_today ? today : all;
      }
    }
  }

  void AskRoom(const Placement& to, DayId day) {
    const Interval time = problem_.TimeOf(defence_, to.start);
    for (const Placed& placed : timetable_.RoomDay(to.room, day)) {
      if (!TooClose(time, placed, problem_.buffer_minutes())) continue;
      here_[{RuleId::kRoomClash, -1, static_cast<int32_t>(to.room)}].push_back(placed.defence);
    }
  }

  void AskPerson(const Attendee& attendee, const Placement& to, DayId day) {
    const Interval time = problem_.TimeOf(defence_, to.start);
    const SiteId site = problem_.room(to.room).site;
    const Person& person = problem_.person(attendee.person);
    const auto number = static_cast<int32_t>(attendee.person);
    const absl::Span<const Placed> placed_today = timetable_.PersonDay(attendee.person, day);
    for (const Placed& placed : placed_today) {
      const bool travels = !attendee.remote && !placed.remote && problem_.room(placed.room).site != site;
      if (!TooClose(time, placed, travels ? problem_.travel_minutes() : 0)) continue;
      here_[{RuleId::kPersonClash, number, -1}].push_back(placed.defence);
    }
    if (minds_day_load_ && person.max_per_day > 0 &&
        static_cast<int32_t>(placed_today.size()) >= person.max_per_day) {
      std::vector<DefenceId>& those = here_[{RuleId::kPersonDayLoad, number, -1}];
      for (const Placed& placed : placed_today) those.push_back(placed.defence);
    }
    if (minds_campaign_load_ && person.max_total > 0 &&
        timetable_.PersonTotal(attendee.person) >= person.max_total) {
      std::vector<DefenceId>& those = here_[{RuleId::kPersonCampaignLoad, number, -1}];
      for (const DefenceId other : person.defences) {
        if (timetable_.PlacementOf(other)) those.push_back(other);
      }
    }
  }

  // Rules that a campaign made hard, other than those of clashes and loads.
  void AskOtherRules(const Placement& to) {
    change_.Reset(timetable_, {{defence_, to}});
    for (const RuleSet::Entry& entry : rules_.entries()) {
      if (entry.rule.IsHard() && entry.constraint->Delta(change_) > 0) here_[{entry.rule.id, -1, -1}];
    }
  }

  const Timetable& timetable_;
  const Problem& problem_;
  const RuleSet& rules_;
  const DefenceId defence_;
  Change change_;
  const Fit fit_;
  const Composer composer_;
  Random random_{1};
  const bool minds_day_load_;
  const bool minds_campaign_load_;
  std::map<Obstacle, std::vector<DefenceId>> here_;  // at the place looked at
  std::map<Obstacle, Tally> tallies_;
};

Text ObstacleSentence(const Problem& problem, const Obstacle& obstacle, const Tally& tally) {
  const std::string places_fr = CountFr(tally.count, "place", "places");
  const std::string places_en = CountEn(tally.count, "place", "places");
  const std::vector<DefenceId> defences(tally.defences.begin(), tally.defences.end());
  const Text those = DefencesPhrase(problem, defences);
  std::string who;
  if (obstacle.person >= 0) {
    const Person& person = problem.person(static_cast<PersonId>(obstacle.person));
    who = person.name.empty() ? person.key : person.name;
  }
  switch (obstacle.rule) {
    case RuleId::kRoomClash: {
      const Text room = RoomPhrase(problem, static_cast<RoomId>(obstacle.room));
      return Capitalised(Text{
          absl::StrCat(room.fr, " n’est pas libre pour ", places_fr, kNarrowNoBreak, ": ", those.fr, "."),
          absl::StrCat(room.en, " is taken for ", places_en, ": ", those.en, ".")});
    }
    case RuleId::kPersonClash:
      return {absl::StrCat(who, " n’a pas le temps pour ", places_fr, kNarrowNoBreak, ": ", those.fr, "."),
              absl::StrCat(who, " is busy for ", places_en, ": ", those.en, ".")};
    case RuleId::kPersonDayLoad: {
      const int32_t limit = problem.person(static_cast<PersonId>(obstacle.person)).max_per_day;
      return {absl::StrCat(who, " a déjà atteint son maximum de ", limit, " par jour pour ", places_fr, "."),
              absl::StrCat(who, " has already reached the limit of ", limit, " a day for ", places_en, ".")};
    }
    case RuleId::kPersonCampaignLoad: {
      const int32_t limit = problem.person(static_cast<PersonId>(obstacle.person)).max_total;
      return {absl::StrCat(who, " a déjà atteint son maximum de ", limit, " pour la campagne."),
              absl::StrCat(who, " has already reached the limit of ", limit, " for the campaign.")};
    }
    case RuleId::kRoleLimit: {
      const Text role = RolePhrase(problem.role(static_cast<RoleId>(obstacle.role)).name);
      return {absl::StrCat(who, " a déjà atteint son maximum dans le rôle « ", role.fr, " » pour ", places_fr,
                           kNarrowNoBreak, ": ", those.fr, "."),
              absl::StrCat(who, " has already reached the limit in the role “", role.en, "” for ", places_en,
                           ": ", those.en, ".")};
    }
    default: {
      const RuleLine& line = LineOf(obstacle.rule);
      return {
          absl::StrCat("Une règle stricte serait enfreinte pour ", places_fr, kNarrowNoBreak, ": ",
                       std::string(line.sentence_fr)),
          absl::StrCat("A hard rule would be broken for ", places_en, ": ", std::string(line.sentence_en))};
    }
  }
}

BlockingFact FactOf(const Problem& problem, const Obstacle& obstacle, const Tally& tally) {
  BlockingFact fact{.rule = obstacle.rule,
                    .persons = {},
                    .rooms = {},
                    .defences = {tally.defences.begin(), tally.defences.end()},
                    .sentence = ObstacleSentence(problem, obstacle, tally)};
  if (obstacle.person >= 0) fact.persons.push_back(static_cast<PersonId>(obstacle.person));
  if (obstacle.room >= 0) fact.rooms.push_back(static_cast<RoomId>(obstacle.room));
  return fact;
}

}  // namespace

Crowding CrowdingOf(const Timetable& timetable, const RuleSet& rules, DefenceId defence,
                    const std::function<bool()>& should_stop) {
  const Candidates candidates(timetable.problem(), rules, defence);
  Collector collector(timetable, rules, defence);
  Crowding crowding;
  crowding.candidate_count = static_cast<int>(candidates.Count(defence));
  for (int i = 0; i < candidates.StartCount(defence); ++i) {
    if (should_stop && should_stop()) {
      crowding.is_whole = false;
      break;
    }
    const Candidates::Start start = candidates.StartAt(defence, i);
    for (const RoomId room : start.rooms) {
      const std::optional<Placement> free = collector.Look(start.start, room);
      if (free && !crowding.free) crowding.free = free;
    }
  }
  std::vector<std::pair<Obstacle, Tally>> ordered(collector.tallies().begin(), collector.tallies().end());
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const auto& a, const auto& b) { return a.second.count > b.second.count; });
  for (const auto& [obstacle, tally] : ordered) {
    crowding.facts.push_back(FactOf(timetable.problem(), obstacle, tally));
  }
  return crowding;
}

}  // namespace soutenance::scheduling::solver
