#include "services/scheduling/solver/explain/crowded_days.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "services/scheduling/solver/explain/intervals.h"
#include "services/scheduling/solver/explain/phrases.h"
#include "services/scheduling/solver/search/candidates.h"

namespace soutenance::scheduling::solver {
namespace {

// At most how many of `durations` fit one after the other into `windows`, `gap` minutes between two of them:
// no window holds more than as many of the shortest, and all together not more minutes than there are.
int FitsAtMost(std::vector<int32_t> durations, const std::vector<Interval>& windows, Minute gap) {
  std::sort(durations.begin(), durations.end());
  const Minute step = durations.front() + gap;
  int64_t slots = 0;
  int64_t minutes = 0;
  for (const Interval& window : windows) {
    slots += (window.to - window.from + gap) / step;
    minutes += window.to - window.from + gap;
  }
  int by_minutes = 0;
  for (const int32_t duration : durations) {
    minutes -= duration + gap;
    if (minutes < 0) break;
    ++by_minutes;
  }
  return static_cast<int>(std::min<int64_t>(slots, by_minutes));
}

class Looker {
 public:
  explicit Looker(const Problem& problem) : problem_(problem) {
    const RuleSet rules(problem);
    const Candidates candidates(problem, rules);
    ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) {
      const int count = candidates.StartCount(id);
      if (count == 0) return;
      const auto first = problem.DayOf(candidates.StartAt(id, 0).start);
      const auto last = problem.DayOf(candidates.StartAt(id, count - 1).start);
      if (first && first == last) of_day_[*first].push_back(id);
    });
  }

  std::vector<CrowdedDay> Look() {
    for (const auto& [day, defences] : of_day_) {
      LookAtRooms(day, defences);
      std::map<PersonId, std::vector<DefenceId>> of_person;
      for (const DefenceId id : defences) {
        for (const Attendee& attendee : problem_.defence(id).attendees)
          of_person[attendee.person].push_back(id);
      }
      for (const auto& [person, those] : of_person) LookAtPerson(day, person, those);
    }
    return std::move(found_);
  }

 private:
  std::vector<int32_t> DurationsOf(const std::vector<DefenceId>& defences) const {
    std::vector<int32_t> durations;
    for (const DefenceId id : defences) durations.push_back(problem_.defence(id).duration_minutes);
    return durations;
  }

  void LookAtRooms(DayId day, const std::vector<DefenceId>& defences) {
    std::vector<Interval> windows;
    const std::vector<Interval>& opening = problem_.day(day).opening;
    const bool may_be_closed = problem_.rule(RuleId::kRoomOpening).IsHard();
    for (const Room& room : problem_.rooms()) {
      const std::vector<Interval> open = may_be_closed ? Intersection(opening, room.open) : opening;
      windows.insert(windows.end(), open.begin(), open.end());
    }
    const int fits = FitsAtMost(DurationsOf(defences), windows, problem_.buffer_minutes());
    if (fits < static_cast<int>(defences.size())) Add({day, std::nullopt, defences, fits, {}});
  }

  void LookAtPerson(DayId day, PersonId id, const std::vector<DefenceId>& defences) {
    if (defences.size() < 2) return;
    const Person& person = problem_.person(id);
    std::vector<Interval> windows = problem_.day(day).opening;
    if (problem_.rule(RuleId::kAvailability).IsHard()) windows = Without(windows, person.blocked);
    int fits = FitsAtMost(DurationsOf(defences), windows, 0);
    if (problem_.rule(RuleId::kPersonDayLoad).IsHard() && person.max_per_day > 0) {
      fits = std::min<int>(fits, person.max_per_day);
    }
    if (fits < static_cast<int>(defences.size())) Add({day, id, defences, fits, {}});
  }

  void Add(CrowdedDay crowded) {
    const Text date = DateText(problem_, problem_.day(crowded.day).offset * kMinutesPerDay);
    const Text those = DefencesPhrase(problem_, crowded.defences);
    const auto count = static_cast<int64_t>(crowded.defences.size());
    Text limit{absl::StrCat("les salles n’en accueillent que ", crowded.fits, " ce jour-là."),
               absl::StrCat("the rooms have time for ", crowded.fits, " on it.")};
    if (crowded.person) {
      const Person& person = problem_.person(*crowded.person);
      const std::string& who = person.name.empty() ? person.key : person.name;
      limit = {absl::StrCat(who, ", qui doit assister à toutes, ne peut en suivre que ", crowded.fits, "."),
               absl::StrCat(who, ", who must attend all of them, can attend ", crowded.fits, ".")};
    }
    crowded.sentence = {
        absl::StrCat("Le ", date.fr, " est le seul jour possible pour ",
                     CountFr(count, "soutenance", "soutenances"), " (", those.fr, "), et ", limit.fr),
        absl::StrCat(date.en, " is the only possible day for ", CountEn(count, "defence", "defences"), " (",
                     those.en, "), and ", limit.en)};
    found_.push_back(std::move(crowded));
  }

  const Problem& problem_;
  std::map<DayId, std::vector<DefenceId>> of_day_;
  std::vector<CrowdedDay> found_;
};

}  // namespace

std::vector<CrowdedDay> CrowdedDays(const Problem& problem) { return Looker(problem).Look(); }

}  // namespace soutenance::scheduling::solver
