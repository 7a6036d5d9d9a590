#include "services/scheduling/solver/search/companions.h"

#include <map>
#include <utility>

namespace soutenance::scheduling::solver {
namespace {

// Measured on generated campaigns of 300 defences: with 1 instead of 3 the cost after as many moves is 2%
// more, with 2 half a percent.
constexpr int kDrawn = 3;
constexpr int kPeopleTried = 3;

}  // namespace

Companions::Companions(const Problem& problem, const Fit& fit, const std::vector<DefenceId>& movable)
    : problem_(problem), fit_(fit) {
  const auto is_on = [&](RuleId rule) { return problem.rule(rule).IsOn(); };
  const bool minds_topics =
      is_on(RuleId::kTopicChanges) || is_on(RuleId::kTopicBlocks) || is_on(RuleId::kRoomTopics);
  const bool minds_cohorts = is_on(RuleId::kMixedCohorts);
  if (!minds_topics && !minds_cohorts) return;
  std::map<std::pair<int, int>, int> numbers;
  kind_.assign(problem.defences().size(), -1);
  for (const DefenceId id : movable) {
    const Defence& defence = problem.defence(id);
    const int topic = minds_topics && defence.topic ? static_cast<int>(*defence.topic) : -1;
    const int cohort = minds_cohorts ? defence.cohort : -1;
    if (topic < 0 && cohort < 0) continue;
    const auto [found, is_new] = numbers.try_emplace({topic, cohort}, static_cast<int>(of_kind_.size()));
    if (is_new) of_kind_.emplace_back();
    kind_[Index(id)] = found->second;
    of_kind_[static_cast<std::size_t>(found->second)].push_back(id);
  }
}

std::optional<DefenceId> Companions::Draw(const Timetable& timetable, DefenceId defence,
                                          Random& random) const {
  std::optional<DefenceId> best;
  int most = -1;
  for (int drawn = 0; drawn < kDrawn; ++drawn) {
    const bool of_kind = HasKind(defence) && random.Below(4) != 0;
    const std::optional<DefenceId> other =
        of_kind ? OfKind(timetable, defence, random) : OfSomebody(timetable, defence, random);
    if (!other) continue;
    const int there = CountThere(timetable, defence, *problem_.DayOf(timetable.PlacementOf(*other)->start));
    if (there <= most) continue;
    most = there;
    best = other;
  }
  return best;
}

std::optional<DayId> Companions::DrawDay(const Timetable& timetable, DefenceId defence,
                                         Random& random) const {
  const std::optional<DefenceId> other = Draw(timetable, defence, random);
  if (!other) return std::nullopt;
  return problem_.DayOf(timetable.PlacementOf(*other)->start);
}

// Another placed defence of the same topic and cohort.
std::optional<DefenceId> Companions::OfKind(const Timetable& timetable, DefenceId defence,
                                            Random& random) const {
  const std::vector<DefenceId>& kind = of_kind_[static_cast<std::size_t>(kind_[Index(defence)])];
  const DefenceId other = kind[random.Below(kind.size())];
  if (other == defence || !timetable.PlacementOf(other)) return std::nullopt;
  return other;
}

// Another placed defence of somebody who attends `defence`.
std::optional<DefenceId> Companions::OfSomebody(const Timetable& timetable, DefenceId defence,
                                                Random& random) const {
  const std::optional<Placement>& now = timetable.PlacementOf(defence);
  const Attendees attendees(problem_.defence(defence), now ? now->holders : Holders{});
  PersonId id = attendees[random.Below(attendees.size())].person;
  for (int tried = 1; tried < kPeopleTried && !fit_.MeetsOthers(id); ++tried) {
    id = attendees[random.Below(attendees.size())].person;
  }
  const Person& person = problem_.person(id);
  const std::size_t chosen = random.Below(person.defences.size() + person.candidacies.size());
  const bool is_given = chosen < person.defences.size();
  const DefenceId other =
      is_given ? person.defences[chosen] : person.candidacies[chosen - person.defences.size()];
  const std::optional<Placement>& at = timetable.PlacementOf(other);
  if (other == defence || !at) return std::nullopt;
  if (!is_given && !Holds(problem_.defence(other), at->holders, id)) return std::nullopt;
  return other;
}

// How many with a given seat of `defence` have something else on `day`.
int Companions::CountThere(const Timetable& timetable, DefenceId defence, DayId day) const {
  int there = 0;
  for (const Attendee& attendee : problem_.defence(defence).attendees) {
    const absl::Span<const Placed> today = timetable.PersonDay(attendee.person, day);
    there += static_cast<int>(today.size() > 1 || (today.size() == 1 && today[0].defence != defence));
  }
  return there;
}

}  // namespace soutenance::scheduling::solver
