#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/scheduling/solver/explain/obstacles.h"
#include "services/scheduling/solver/explain/phrases.h"
#include "services/scheduling/solver/search/compose.h"

namespace soutenance::scheduling::solver {
namespace {

// Facts as bits of a word.
using FactSet = uint64_t;

constexpr std::size_t kPeriodsTold = 4;
// People beyond these share one fact.
constexpr std::size_t kOwnFactsMax = 24;

enum class Aspect { kWhole, kDay, kTime, kRoom, kJurors, kMode, kHolders };

// A fact that can be named and changed by itself.
struct Fact {
  RuleId rule;
  Aspect aspect = Aspect::kWhole;  // of a pin; kHolders: of the availability of whoever may hold open seats
  std::vector<PersonId> persons;   // whose times it is about
};

std::vector<Interval> OpeningOf(const Problem& problem) {
  std::vector<Interval> opening;
  for (const Day& day : problem.days()) opening.insert(opening.end(), day.opening.begin(), day.opening.end());
  return opening;
}

// What of `all` is not in `taken`. Both normalised.
std::vector<Interval> Without(const std::vector<Interval>& all, const std::vector<Interval>& taken) {
  std::vector<Interval> rest;
  for (const Interval& interval : all) {
    Minute from = interval.from;
    for (const Interval& hole : taken) {
      if (!hole.Overlaps(interval)) continue;
      if (hole.from > from) rest.push_back({from, hole.from});
      from = std::max(from, hole.to);
    }
    if (from < interval.to) rest.push_back({from, interval.to});
  }
  return rest;
}

// The facts about one defence and which of them forbid a start, a room, or both together.
class Facts {
 public:
  Facts(const Problem& problem, const RuleSet& rules, DefenceId id)
      : problem_(problem), id_(id), defence_(problem.defence(id)) {
    AddPersons(RuleId::kAvailability);
    if (!defence_.open_seats.empty()) facts_.push_back({RuleId::kAvailability, Aspect::kHolders, {}});
    AddWhole(RuleId::kSchoolWeeks);
    if (problem.rule(RuleId::kPinned).IsHard()) {
      if (defence_.pin.day) facts_.push_back({RuleId::kPinned, Aspect::kDay, {}});
      if (defence_.pin.time) facts_.push_back({RuleId::kPinned, Aspect::kTime, {}});
      if (defence_.pin.room) facts_.push_back({RuleId::kPinned, Aspect::kRoom, {}});
      if (!defence_.pin.jurors.empty()) facts_.push_back({RuleId::kPinned, Aspect::kJurors, {}});
      if (defence_.pin.mode) facts_.push_back({RuleId::kPinned, Aspect::kMode, {}});
    }
    if (problem.now()) AddWhole(RuleId::kNotice);
    AddWhole(RuleId::kRoomCapacity);
    AddWhole(RuleId::kRoomEquipment);
    AddWhole(RuleId::kRoomOpening);
    AddWhole(RuleId::kStability);
    AddPersons(RuleId::kIfNeeded);
    for (const RuleSet::Entry& entry : rules.entries()) {
      constraints_.resize(std::max(constraints_.size(), static_cast<std::size_t>(entry.rule.id) + 1));
      constraints_[static_cast<std::size_t>(entry.rule.id)] = entry.constraint.get();
    }
  }

  const std::vector<Fact>& list() const { return facts_; }

  FactSet OfStart(Minute start) const {
    return Select([&](const Fact& fact) {
      if (fact.aspect == Aspect::kHolders) {
        return !CanBeHeld(problem_, id_, problem_.TimeOf(id_, start));
      }
      switch (fact.rule) {
        case RuleId::kAvailability:
          return IsTaken(fact, &Person::blocked, start);
        case RuleId::kIfNeeded:
          return IsTaken(fact, &Person::if_needed, start);
        case RuleId::kPinned:
          return (fact.aspect == Aspect::kDay && *defence_.pin.day != start / kMinutesPerDay) ||
                 (fact.aspect == Aspect::kTime && *defence_.pin.time != start % kMinutesPerDay) ||
                 (fact.aspect == Aspect::kJurors && !KeepsPinnedJurors(defence_)) ||
                 (fact.aspect == Aspect::kMode && defence_.open_seats.empty() && !KeepsPinnedMode(defence_));
        default:
          return Ask(fact.rule).PenaltyOfStart(problem_, id_, start) > 0;
      }
    });
  }

  FactSet OfRoom(RoomId room) const {
    return Select([&](const Fact& fact) {
      if (fact.aspect == Aspect::kHolders) return false;
      if (fact.rule == RuleId::kPinned) return fact.aspect == Aspect::kRoom && *defence_.pin.room != room;
      return Ask(fact.rule).PenaltyOfRoom(problem_, id_, room) > 0;
    });
  }

  FactSet OfBoth(const Placement& to) const {
    return Select([&](const Fact& fact) {
      return fact.aspect != Aspect::kHolders && Ask(fact.rule).PenaltyOfBoth(problem_, id_, to) > 0;
    });
  }

 private:
  void AddWhole(RuleId rule) {
    if (problem_.rule(rule).IsHard()) facts_.push_back({rule, Aspect::kWhole, {}});
  }

  void AddPersons(RuleId rule) {
    if (!problem_.rule(rule).IsHard()) return;
    for (std::size_t i = 0; i < defence_.attendees.size(); ++i) {
      const PersonId person = defence_.attendees[i].person;
      if (i < kOwnFactsMax) {
        facts_.push_back({rule, Aspect::kWhole, {person}});
      } else {
        facts_.back().persons.push_back(person);
      }
    }
  }

  bool IsTaken(const Fact& fact, std::vector<Interval> Person::*times, Minute start) const {
    const Interval time = problem_.TimeOf(id_, start);
    return absl::c_any_of(fact.persons,
                          [&](PersonId person) { return AnyOverlaps(problem_.person(person).*times, time); });
  }

  template <typename Forbids>
  FactSet Select(Forbids forbids) const {
    FactSet set = 0;
    for (std::size_t i = 0; i < facts_.size(); ++i) {
      if (forbids(facts_[i])) set |= FactSet{1} << i;
    }
    return set;
  }

  const Constraint& Ask(RuleId rule) const { return *constraints_[static_cast<std::size_t>(rule)]; }

  const Problem& problem_;
  const DefenceId id_;
  const Defence& defence_;
  std::vector<Fact> facts_;
  std::vector<const Constraint*> constraints_;  // by rule; null: off
};

// For each start of the grid and each room, the facts that forbid it; each set once.
std::vector<FactSet> ForbiddingSets(const Problem& problem, const Facts& facts, DefenceId id) {
  std::vector<FactSet> of_room;
  ForEachId<RoomId>(problem.RoomCount(), [&](RoomId room) { of_room.push_back(facts.OfRoom(room)); });
  std::vector<FactSet> sets;
  for (const Day& day : problem.days()) {
    for (const Interval& window : day.opening) {
      for (Minute start = window.from; problem.TimeOf(id, start).to <= window.to;
           start += problem.grid_minutes()) {
        const FactSet of_start = facts.OfStart(start);
        ForEachId<RoomId>(problem.RoomCount(), [&](RoomId room) {
          sets.push_back(of_start | of_room[Index(room)] | facts.OfBoth({start, room}));
        });
      }
    }
    // Many starts are forbidden by the same facts.
    std::sort(sets.begin(), sets.end());
    sets.erase(std::unique(sets.begin(), sets.end()), sets.end());
  }
  return sets;
}

bool LeavesNoPlace(FactSet facts, const std::vector<FactSet>& forbidding) {
  return absl::c_all_of(forbidding, [facts](FactSet set) { return (set & facts) != 0; });
}

// The first set of `size` facts, numbered from `first`, that with `chosen` leaves no place; 0 if there is
// none.
FactSet FirstOfSize(int size, std::size_t first, std::size_t count, FactSet chosen,
                    const std::vector<FactSet>& forbidding) {
  if (size == 0) return LeavesNoPlace(chosen, forbidding) ? chosen : 0;
  for (std::size_t i = first; i < count; ++i) {
    const FactSet found = FirstOfSize(size - 1, i + 1, count, chosen | FactSet{1} << i, forbidding);
    if (found != 0) return found;
  }
  return 0;
}

FactSet SmallestWithoutPlace(std::size_t count, const std::vector<FactSet>& forbidding) {
  for (int size = 1; size <= 3; ++size) {
    const FactSet found = FirstOfSize(size, 0, count, 0, forbidding);
    if (found != 0) return found;
  }
  FactSet kept = count == 64 ? ~FactSet{0} : (FactSet{1} << count) - 1;
  // The last ones are the least telling: they go first.
  for (std::size_t i = count; i-- > 0;) {
    const FactSet without = kept & ~(FactSet{1} << i);
    if (LeavesNoPlace(without, forbidding)) kept = without;
  }
  return kept;
}

Text TimesSentence(const Problem& problem, const std::string& name, const std::vector<Interval>& taken) {
  const std::vector<Interval> opening = OpeningOf(problem);
  const std::vector<Interval> free = Without(opening, taken);
  const std::vector<Interval> missed = Intersection(opening, taken);
  if (free.empty()) {
    return {absl::StrCat(name, " n’est disponible à aucun moment de la campagne."),
            absl::StrCat(name, " is at no time of the campaign available.")};
  }
  if (free.size() <= missed.size()) {
    const Text when = OnPeriods(problem, free, kPeriodsTold);
    return {absl::StrCat(name, " n’est disponible que ", when.fr, "."),
            absl::StrCat(name, " is available only ", when.en, ".")};
  }
  const Text when = OnPeriods(problem, missed, kPeriodsTold);
  return {absl::StrCat(name, " n’est pas disponible ", when.fr, "."),
          absl::StrCat(name, " is not available ", when.en, ".")};
}

// Tells facts of one defence.
class Teller {
 public:
  Teller(const Problem& problem, DefenceId id)
      : problem_(problem), id_(id), defence_(problem.defence(id)), phrase_(DefencePhrase(problem, id)) {}

  BlockingFact Tell(const Fact& fact) const {
    BlockingFact told{
        .rule = fact.rule, .persons = fact.persons, .rooms = {}, .defences = {}, .sentence = {}};
    switch (fact.rule) {
      case RuleId::kAvailability:
      case RuleId::kIfNeeded:
        told.sentence = fact.aspect == Aspect::kHolders ? Holders() : PersonsSentence(fact);
        break;
      case RuleId::kSchoolWeeks:
        told.sentence = SchoolWeeks();
        break;
      case RuleId::kPinned:
        if (fact.aspect == Aspect::kRoom) told.rooms = {*defence_.pin.room};
        told.sentence = Pinned(fact.aspect);
        break;
      case RuleId::kRoomCapacity:
        told.rooms = RoomsThat([&](const Room& room) { return room.capacity < defence_.capacity; });
        told.sentence = Capacity();
        break;
      case RuleId::kRoomEquipment:
        told.rooms = RoomsThat([&](const Room& room) { return !Has(room); });
        told.sentence = Equipment();
        break;
      case RuleId::kRoomOpening:
        told.rooms =
            RoomsThat([&](const Room& room) { return room.capacity >= defence_.capacity && Has(room); });
        told.sentence = {"Aucune des salles possibles n’est ouverte à un moment qui resterait.",
                         "None of the possible rooms is open at a time that would remain."};
        break;
      case RuleId::kNotice:
        told.sentence = TooSoon();
        break;
      default:
        told.sentence = Published();
        break;
    }
    return told;
  }

 private:
  // A sentence about the defence.
  Text Of(const std::string& fr, const std::string& en) const {
    return Capitalised(Text{absl::StrCat(phrase_.fr, " ", fr), absl::StrCat(phrase_.en, " ", en)});
  }

  template <typename Predicate>
  std::vector<RoomId> RoomsThat(Predicate predicate) const {
    std::vector<RoomId> rooms;
    ForEachId<RoomId>(problem_.RoomCount(), [&](RoomId id) {
      if (predicate(problem_.room(id))) rooms.push_back(id);
    });
    return rooms;
  }

  bool Has(const Room& room) const {
    return std::includes(room.equipment.begin(), room.equipment.end(), defence_.equipment.begin(),
                         defence_.equipment.end());
  }

  Text PersonsSentence(const Fact& fact) const {
    Text sentence;
    for (const PersonId id : fact.persons) {
      const Person& person = problem_.person(id);
      const std::vector<Interval>& times =
          fact.rule == RuleId::kAvailability ? person.blocked : person.if_needed;
      const Text own = TimesSentence(problem_, person.name.empty() ? person.key : person.name, times);
      absl::StrAppend(&sentence.fr, sentence.fr.empty() ? "" : " ", own.fr);
      absl::StrAppend(&sentence.en, sentence.en.empty() ? "" : " ", own.en);
    }
    return sentence;
  }

  Text Holders() const {
    return {absl::StrCat("À aucun moment qui resterait, toutes les places à pourvoir du jury ne trouvent "
                         "quelqu’un qui puisse venir",
                         kNarrowNoBreak, ": ", phrase_.fr, "."),
            absl::StrCat("At no time that would remain can all open seats of the jury be held: ", phrase_.en,
                         ".")};
  }

  Text SchoolWeeks() const {
    const std::vector<Interval> times = Intersection(OpeningOf(problem_), defence_.allowed);
    if (times.empty()) {
      return Of("n’a aucune semaine d’école pendant la campagne.", "has no school week during the campaign.");
    }
    const Text when = OnPeriods(problem_, times, kPeriodsTold);
    return Of(absl::StrCat("n’est possible, en semaine d’école, que ", when.fr, "."),
              absl::StrCat("is possible, in a school week, only ", when.en, "."));
  }

  Text Pinned(Aspect aspect) const {
    if (aspect == Aspect::kDay) {
      const Text date = DateText(problem_, *defence_.pin.day * kMinutesPerDay);
      return Of(absl::StrCat("est fixée au ", date.fr, "."), absl::StrCat("is pinned to ", date.en, "."));
    }
    if (aspect == Aspect::kTime) {
      const Text time = TimeText(*defence_.pin.time);
      return Of(absl::StrCat("est fixée à ", time.fr, "."), absl::StrCat("is pinned to ", time.en, "."));
    }
    if (aspect == Aspect::kJurors) {
      std::vector<std::string> names;
      for (const PersonId juror : defence_.pin.jurors) {
        const Person& person = problem_.person(juror);
        names.push_back(person.name.empty() ? person.key : person.name);
      }
      return Of(absl::StrCat("est fixée avec ", JoinFr(names), ", qui n’y est plus attendu."),
                absl::StrCat("is pinned with ", JoinEn(names), ", who is not expected any more."));
    }
    if (aspect == Aspect::kMode) {
      return *defence_.pin.mode == Mode::kOnSite
                 ? Of("est fixée sur place, mais quelqu’un y participe en visio.",
                      "is pinned to take place on site, but somebody attends on video.")
                 : Of("est fixée en visio, mais tout le monde y est attendu sur place.",
                      "is pinned to video, but everybody is expected on site.");
    }
    const Text room = RoomPhrase(problem_, *defence_.pin.room);
    return Of(absl::StrCat("est fixée dans ", room.fr, "."), absl::StrCat("is pinned to ", room.en, "."));
  }

  Text TooSoon() const {
    return defence_.reference && defence_.reference->start < *problem_.now()
               ? Of("a déjà commencé et ne peut plus être déplacée.",
                    "has begun already and can no longer be moved.")
               : Of("ne peut plus être mise à un horaire passé ou trop proche.",
                    "cannot be put at a time that is past or too soon.");
  }

  // "aucune salle ne les a", "seule la salle B12 les a", "seules 3 salles les ont".
  Text OnlyThose(const std::vector<RoomId>& rooms) const {
    if (rooms.empty()) return {"aucune salle n’en a autant", "no room has that"};
    if (rooms.size() > 1) {
      return {absl::StrCat("seules ", rooms.size(), " salles conviennent"),
              absl::StrCat("only ", rooms.size(), " rooms will do")};
    }
    const Text room = RoomPhrase(problem_, rooms[0]);
    return {absl::StrCat("seule ", room.fr, " convient"), absl::StrCat("only ", room.en, " will do")};
  }

  Text Capacity() const {
    const Text rooms =
        OnlyThose(RoomsThat([&](const Room& room) { return room.capacity >= defence_.capacity; }));
    return Of(absl::StrCat("demande ", CountFr(defence_.capacity, "place", "places"), kNarrowNoBreak, "; ",
                           rooms.fr, "."),
              absl::StrCat("needs ", CountEn(defence_.capacity, "seat", "seats"), "; ", rooms.en, "."));
  }

  Text Equipment() const {
    Text rooms = OnlyThose(RoomsThat([&](const Room& room) { return Has(room); }));
    const std::string pieces = absl::StrJoin(defence_.equipment, ", ");
    return Of(absl::StrCat("demande un équipement (", pieces, ")", kNarrowNoBreak, "; ", rooms.fr, "."),
              absl::StrCat("needs equipment (", pieces, "); ", rooms.en, "."));
  }

  Text Published() const {
    const Text when = OnMoment(problem_, defence_.reference->start);
    return Of(absl::StrCat("doit rester où elle a été publiée, ", when.fr, "."),
              absl::StrCat("must stay where it was published, ", when.en, "."));
  }

  const Problem& problem_;
  const DefenceId id_;
  const Defence& defence_;
  const Text phrase_;
};

// What is so before any fact about the defence.
std::optional<BlockingFact> NothingToChooseFrom(const Problem& problem, DefenceId id) {
  const int32_t duration = problem.defence(id).duration_minutes;
  const bool fits = absl::c_any_of(
      OpeningOf(problem), [duration](const Interval& window) { return window.to - window.from >= duration; });
  if (!fits) {
    const std::string lasts = MinutesPhrase(duration);
    return BlockingFact{.rule = RuleId::kOpeningHours,
                        .persons = {},
                        .rooms = {},
                        .defences = {},
                        .sentence = {absl::StrCat("Aucune plage horaire de la campagne ne dure ", lasts, "."),
                                     absl::StrCat("No time window of the campaign lasts ", lasts, ".")}};
  }
  if (problem.RoomCount() > 0) return std::nullopt;
  return BlockingFact{.rule = RuleId::kRoomOpening,
                      .persons = {},
                      .rooms = {},
                      .defences = {},
                      .sentence = {"La campagne n’a aucune salle.", "The campaign has no room."}};
}

}  // namespace

std::vector<BlockingFact> FactsWithoutPlace(const Problem& problem, const RuleSet& rules, DefenceId defence) {
  if (std::optional<BlockingFact> nothing = NothingToChooseFrom(problem, defence))
    return {*std::move(nothing)};
  const Facts facts(problem, rules, defence);
  const std::vector<FactSet> forbidding = ForbiddingSets(problem, facts, defence);
  if (absl::c_linear_search(forbidding, FactSet{0})) return {};
  const FactSet smallest = SmallestWithoutPlace(facts.list().size(), forbidding);
  const Teller teller(problem, defence);
  std::vector<BlockingFact> told;
  for (std::size_t i = 0; i < facts.list().size(); ++i) {
    if ((smallest >> i & 1) != 0) told.push_back(teller.Tell(facts.list()[i]));
  }
  return told;
}

}  // namespace soutenance::scheduling::solver
