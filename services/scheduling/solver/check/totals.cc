#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/scheduling/solver/check/checks.h"

namespace soutenance::scheduling::solver::checks {
namespace {

std::vector<DefenceId> IdsOf(const std::vector<PlacedDefence>& placed) {
  std::vector<DefenceId> ids;
  for (const PlacedDefence& p : placed) ids.push_back(p.id);
  return ids;
}

// Calls visit(person, attended) for each person.
template <typename Visit>
void ForEachPerson(const Facts& facts, Visit visit) {
  std::vector<std::vector<PlacedDefence>> attended(facts.problem.persons().size());
  for (const PlacedDefence& p : facts.placed) {
    for (const PersonId person : PeopleOf(p)) attended[Index(person)].push_back(p);
  }
  for (std::size_t i = 0; i < attended.size(); ++i) visit(facts.problem.persons()[i], attended[i]);
}

std::set<int> DatesOf(const std::vector<PlacedDefence>& placed) {
  std::set<int> dates;
  for (const PlacedDefence& p : placed) dates.insert(p.Date());
  return dates;
}

}  // namespace

void PersonDayLoad(const Facts& facts, Report report) {
  ForEachPerson(facts, [&](const Person& person, const std::vector<PlacedDefence>& attended) {
    if (person.max_per_day == 0) return;
    for (const int date : DatesOf(attended)) {
      std::vector<DefenceId> of_date;
      for (const PlacedDefence& p : attended) {
        if (p.Date() == date) of_date.push_back(p.id);
      }
      const std::size_t count = of_date.size();
      if (count <= static_cast<std::size_t>(person.max_per_day)) continue;
      report(std::move(of_date), absl::StrCat(person.key, " has ", count, " defences in one day; at most ",
                                              person.max_per_day, " are possible"));
    }
  });
}

void PersonCampaignLoad(const Facts& facts, Report report) {
  ForEachPerson(facts, [&](const Person& person, const std::vector<PlacedDefence>& attended) {
    if (person.max_total == 0 || attended.size() <= static_cast<std::size_t>(person.max_total)) return;
    report(IdsOf(attended), absl::StrCat(person.key, " has ", attended.size(), " defences; at most ",
                                         person.max_total, " are possible"));
  });
}

void PersonDays(const Facts& facts, Report report) {
  const int64_t most = facts.problem.rule(RuleId::kPersonDays).parameter;
  ForEachPerson(facts, [&](const Person& person, const std::vector<PlacedDefence>& attended) {
    const std::set<int> dates = DatesOf(attended);
    if (static_cast<int64_t>(dates.size()) <= most) return;
    report(IdsOf(attended),
           absl::StrCat(person.key, " comes on ", dates.size(), " days; at most ", most, " are possible"));
  });
}

void RoleLimits(const Facts& facts, Report report) {
  for (const PersonSpec& person : facts.problem.spec().persons) {
    const PersonId id = *facts.problem.FindPerson(person.key);
    for (const RoleLimitSpec& limit : person.role_limits) {
      std::vector<PlacedDefence> held;
      for (const PlacedDefence& p : facts.placed) {
        bool holds = false;
        for (const Taken& seat : p.seats) holds = holds || (seat.person == id && seat.role == limit.role);
        if (holds) held.push_back(p);
      }
      const auto tell = [&](const std::vector<PlacedDefence>& those, int most, const char* when) {
        if (most == 0 || those.size() <= static_cast<std::size_t>(most)) return;
        report(IdsOf(those), absl::StrCat(person.key, " is ", limit.role, " of ", those.size(), " defences ",
                                          when, "; at most ", most, " are possible"));
      };
      tell(held, limit.max_total, "in the campaign");
      for (const int date : DatesOf(held)) {
        std::vector<PlacedDefence> of_date;
        for (const PlacedDefence& p : held) {
          if (p.Date() == date) of_date.push_back(p);
        }
        tell(of_date, limit.max_per_day, "in one day");
      }
    }
  }
}

}  // namespace soutenance::scheduling::solver::checks
