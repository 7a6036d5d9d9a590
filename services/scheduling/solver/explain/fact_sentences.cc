#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/scheduling/solver/explain/conflict_set.h"
#include "services/scheduling/solver/explain/phrases.h"
#include "services/scheduling/solver/explain/rule_sentences.h"

namespace soutenance::scheduling::solver {
namespace {

constexpr std::size_t kPeriodsTold = 8;

Text OnDays(const Problem& problem, const std::vector<NamedFact>& facts) {
  std::vector<std::string> fr;
  std::vector<std::string> en;
  for (const NamedFact& fact : facts) {
    const Text date = OnDate(problem, problem.day(*fact.day).offset * kMinutesPerDay);
    fr.push_back(date.fr);
    en.push_back(date.en);
  }
  return {JoinFr(fr), JoinEn(en)};
}

// What of the opening of these days is in `times`, or is not.
std::vector<Interval> OnThoseDays(const Problem& problem, const std::vector<NamedFact>& facts,
                                  const std::vector<Interval>& times, bool inside) {
  std::vector<Interval> opening;
  for (const NamedFact& fact : facts) {
    const std::vector<Interval>& of_day = problem.day(*fact.day).opening;
    opening.insert(opening.end(), of_day.begin(), of_day.end());
  }
  opening = Normalised(std::move(opening));
  if (inside) return Intersection(opening, times);
  std::vector<Interval> outside;
  for (const Interval& window : opening) {
    Minute from = window.from;
    for (const Interval& hole : times) {
      if (!hole.Overlaps(window)) continue;
      if (hole.from > from) outside.push_back({from, hole.from});
      from = std::max(from, hole.to);
    }
    if (from < window.to) outside.push_back({from, window.to});
  }
  return outside;
}

Text PersonTimes(const Problem& problem, const std::vector<NamedFact>& facts) {
  const Person& person = problem.person(*facts[0].person);
  const std::string& who = NameOf(problem, *facts[0].person);
  if (facts[0].rule == RuleId::kIfNeeded) {
    const Text when = OnPeriods(problem, OnThoseDays(problem, facts, person.if_needed, true), kPeriodsTold);
    return {absl::StrCat(who, " ne viendrait qu’en cas de besoin ", when.fr, "."),
            absl::StrCat(who, " would come only if needed ", when.en, ".")};
  }
  const Text when = OnPeriods(problem, OnThoseDays(problem, facts, person.blocked, true), kPeriodsTold);
  return {absl::StrCat(who, " n’est pas disponible ", when.fr, "."),
          absl::StrCat(who, " is not available ", when.en, ".")};
}

// "Ana Ruiz tient le rôle « président » dans 4 soutenances : ...; son maximum est de 2 par jour et de 3 pour
// la campagne."
Text RoleLimitOf(const Problem& problem, const NamedFact& fact, int64_t count, const Text& those) {
  const std::vector<RoleLimit>& limits = problem.person(*fact.person).role_limits;
  const auto limit = std::find_if(limits.begin(), limits.end(),
                                  [&](const RoleLimit& known) { return known.role == *fact.role; });
  std::vector<std::string> fr;
  std::vector<std::string> en;
  if (limit->max_per_day > 0) {
    fr.push_back(absl::StrCat("de ", limit->max_per_day, " par jour"));
    en.push_back(absl::StrCat(limit->max_per_day, " a day"));
  }
  if (limit->max_total > 0) {
    fr.push_back(absl::StrCat("de ", limit->max_total, " pour la campagne"));
    en.push_back(absl::StrCat(limit->max_total, " for the campaign"));
  }
  const Text role = RolePhrase(problem.role(*fact.role).name);
  const std::string& who = NameOf(problem, *fact.person);
  return {
      absl::StrCat(who, " tient le rôle « ", role.fr, " » dans ", CountFr(count, "soutenance", "soutenances"),
                   " (", those.fr, ")", kNarrowNoBreak, "; son maximum est ", JoinFr(fr), "."),
      absl::StrCat(who, " holds the role “", role.en, "” in ", CountEn(count, "defence", "defences"), " (",
                   those.en, "); the limit is ", JoinEn(en), ".")};
}

Text PersonLimit(const Problem& problem, const NamedFact& fact, const std::vector<DefenceId>& defences) {
  const std::string& who = NameOf(problem, *fact.person);
  const Person& person = problem.person(*fact.person);
  const auto count = static_cast<int64_t>(defences.size());
  const Text those = DefencesPhrase(problem, defences);
  switch (fact.rule) {
    case RuleId::kPersonDayLoad:
      return {absl::StrCat(who, " a un maximum de ", CountFr(person.max_per_day, "soutenance", "soutenances"),
                           " par jour."),
              absl::StrCat(who, " has a limit of ", CountEn(person.max_per_day, "defence", "defences"),
                           " a day.")};
    case RuleId::kPersonCampaignLoad:
      return {absl::StrCat(who, " a un maximum de ", CountFr(person.max_total, "soutenance", "soutenances"),
                           " pour la campagne, et en a ", count, "."),
              absl::StrCat(who, " has a limit of ", CountEn(person.max_total, "defence", "defences"),
                           " for the campaign, and has ", count, ".")};
    case RuleId::kRoleLimit:
      return RoleLimitOf(problem, fact, count, those);
    case RuleId::kPersonDays: {
      const int64_t days = problem.rule(RuleId::kPersonDays).parameter;
      return {absl::StrCat(who, " ne vient que ", CountFr(days, "jour", "jours"), "."),
              absl::StrCat(who, " comes on ", CountEn(days, "day", "days"), " only.")};
    }
    case RuleId::kConsecutiveRoom:
      return {absl::StrCat(who, " reste dans une seule salle chaque jour."),
              absl::StrCat(who, " stays in one room each day.")};
    default:
      return {absl::StrCat(who, " doit assister à ", CountFr(count, "soutenance", "soutenances"),
                           ", une à la fois", kNarrowNoBreak, ": ", those.fr, "."),
              absl::StrCat(who, " must attend ", CountEn(count, "defence", "defences"),
                           ", one at a time: ", those.en, ".")};
  }
}

Text Rooms(const Problem& problem, const std::vector<NamedFact>& facts) {
  const Text when = OnDays(problem, facts);
  const int count = problem.RoomCount();
  if (count == 0) return {"La campagne n’a aucune salle.", "The campaign has no room."};
  if (count == 1) {
    return {absl::StrCat("Il n’y a qu’une salle, pour une soutenance à la fois, ", when.fr, "."),
            absl::StrCat("There is one room, for one defence at a time, ", when.en, ".")};
  }
  return {
      absl::StrCat("Il n’y a que ", count, " salles, pour une soutenance à la fois chacune, ", when.fr, "."),
      absl::StrCat("There are ", count, " rooms, for one defence at a time each, ", when.en, ".")};
}

Text Closure(const Problem& problem, const std::vector<NamedFact>& facts) {
  const Text room = RoomPhrase(problem, *facts[0].room);
  const Text when =
      OnPeriods(problem, OnThoseDays(problem, facts, problem.room(*facts[0].room).open, false), kPeriodsTold);
  return Capitalised(Text{absl::StrCat(room.fr, " est fermée ", when.fr, "."),
                          absl::StrCat(room.en, " is closed ", when.en, ".")});
}

Text OfPin(const Problem& problem, const NamedFact& fact) {
  const Pin& pin = problem.defence(*fact.defence).pin;
  if (fact.aspect == PinAspect::kDay) {
    const Text date = DateText(problem, *pin.day * kMinutesPerDay);
    return {absl::StrCat("est fixée au ", date.fr), absl::StrCat("is pinned to ", date.en)};
  }
  if (fact.aspect == PinAspect::kTime) {
    const Text time = TimeText(*pin.time);
    return {absl::StrCat("est fixée à ", time.fr), absl::StrCat("is pinned to ", time.en)};
  }
  if (fact.aspect == PinAspect::kJurors) {
    return {"est fixée avec un juré qui n’y est plus attendu",
            "is pinned with a juror who is not expected any more"};
  }
  if (fact.aspect == PinAspect::kMode) {
    return *pin.mode == Mode::kOnSite ? Text{"est fixée sur place, mais quelqu’un y participe en visio",
                                             "is pinned to take place on site, but somebody attends on video"}
                                      : Text{"est fixée en visio, mais tout le monde y est attendu sur place",
                                             "is pinned to video, but everybody is expected on site"};
  }
  const Text room = RoomPhrase(problem, *pin.room);
  return {absl::StrCat("est fixée dans ", room.fr), absl::StrCat("is pinned to ", room.en)};
}

Text OfDefence(const Problem& problem, const NamedFact& fact) {
  const Defence& defence = problem.defence(*fact.defence);
  const Text phrase = DefencePhrase(problem, *fact.defence);
  Text says;
  switch (fact.rule) {
    case RuleId::kPinned:
      says = OfPin(problem, fact);
      break;
    case RuleId::kNotice:
      says = {"ne peut plus être mise à un horaire passé ou trop proche",
              "cannot be put at a time that is past or too soon"};
      break;
    case RuleId::kSchoolWeeks:
      says = {"n’est possible qu’en semaine d’école", "is possible in a school week only"};
      break;
    case RuleId::kRoomCapacity:
      says = {absl::StrCat("demande une salle de ", CountFr(defence.capacity, "place", "places")),
              absl::StrCat("needs a room of ", CountEn(defence.capacity, "seat", "seats"))};
      break;
    case RuleId::kRoomEquipment: {
      const std::string pieces = absl::StrJoin(defence.equipment, ", ");
      says = {absl::StrCat("demande une salle équipée (", pieces, ")"),
              absl::StrCat("needs a room with equipment (", pieces, ")")};
      break;
    }
    default:
      says = {"doit rester où elle a été publiée", "must stay where it was published"};
      break;
  }
  return Capitalised(
      Text{absl::StrCat(phrase.fr, " ", says.fr, "."), absl::StrCat(phrase.en, " ", says.en, ".")});
}

}  // namespace

Text FactsSentence(const Problem& problem, const std::vector<NamedFact>& facts,
                   const std::vector<DefenceId>& defences) {
  const NamedFact& fact = facts.front();
  switch (fact.rule) {
    case RuleId::kAvailability:
    case RuleId::kIfNeeded:
      return PersonTimes(problem, facts);
    case RuleId::kRoomClash:
      return Rooms(problem, facts);
    case RuleId::kRoomOpening:
      return Closure(problem, facts);
    default:
      return fact.defence ? OfDefence(problem, fact) : PersonLimit(problem, fact, defences);
  }
}

}  // namespace soutenance::scheduling::solver
