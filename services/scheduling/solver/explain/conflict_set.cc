#include "services/scheduling/solver/explain/conflict_set.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "services/scheduling/solver/exact/background.h"
#include "services/scheduling/solver/explain/explainer_state.h"
#include "services/scheduling/solver/explain/phrases.h"

namespace soutenance::scheduling::solver {

namespace {

constexpr int64_t kSizeFreedAtOnce = 300'000;

}  // namespace

absl::string_view ConflictKindName(ConflictSet::Kind kind) {
  switch (kind) {
    case ConflictSet::Kind::kConflict:
      return "conflict";
    case ConflictSet::Kind::kPlaceable:
      return "placeable";
    case ConflictSet::Kind::kUnknown:
      return "unknown";
  }
  return "";
}

// Drops facts as long as the defence still cannot be placed.
class Explainer::Shrinker {
 public:
  Shrinker(State& state, DefenceId defence)
      : state_(state), defence_(defence), wanted_(state.Wanted(defence)) {}

  // Whether `held` can hold; if not, what of it suffices for that.
  std::pair<Answer, std::vector<int>> Ask(const std::vector<int>& held_facts) {
    if (state_.IsStopped()) return {Answer::kUnknown, {}};
    std::vector<bool> held(state_.facts.list().size(), false);
    for (const int fact : held_facts) held[static_cast<std::size_t>(fact)] = true;
    if (auto conflict = state_.counting().Conflict(wanted_, held, defence_)) {
      return {Answer::kNo, std::move(*conflict)};
    }
    if (state_.model.IsTooLarge() || state_.IsStopped()) return {Answer::kUnknown, {}};
    const Answer answer =
        state_.model.Solve(wanted_, held, Concessions(), state_.budget.conflicts, state_.budget.should_stop);
    return {answer, answer == Answer::kNo ? state_.model.Core(held) : std::vector<int>()};
  }

  // Facts of `core`, which cannot hold together, that still cannot. Those that say least about the defence
  // itself are dropped first.
  std::pair<std::vector<int>, bool> Shrink(std::vector<int> core) {
    std::vector<int> order = core;
    std::stable_sort(order.begin(), order.end(), [this](int a, int b) { return RankOf(a) > RankOf(b); });
    bool is_minimal = true;
    for (const int fact : order) {
      if (!absl::c_linear_search(core, fact)) continue;
      std::vector<int> without = core;
      without.erase(std::find(without.begin(), without.end(), fact));
      auto [answer, smaller] = Ask(without);
      if (answer == Answer::kNo) core = std::move(smaller);
      if (answer == Answer::kUnknown) is_minimal = false;
    }
    return {core, is_minimal};
  }

 private:
  // How far a fact is from the defence.
  int RankOf(int number) const {
    const NamedFact& fact = state_.facts.list()[static_cast<std::size_t>(number)];
    if (fact.defence) return *fact.defence == defence_ ? 1 : 5;
    if (fact.person) {
      const bool is_own = absl::c_any_of(state_.problem.defence(defence_).attendees,
                                         [&](const Attendee& a) { return a.person == *fact.person; });
      return is_own ? 0 : 4;
    }
    return fact.room ? 3 : 2;
  }

  State& state_;
  const DefenceId defence_;
  const std::vector<bool> wanted_;
};

namespace {

std::vector<DefenceId> DefencesOf(const Problem& problem, const NamedFact& fact,
                                  const std::vector<bool>& wanted) {
  std::vector<DefenceId> defences;
  if (fact.defence) return {*fact.defence};
  if (!fact.person || fact.day) return defences;
  const std::vector<DefenceId>& attended = problem.person(*fact.person).defences;
  for (const DefenceId id : fact.role ? DefencesInRole(problem, *fact.person, *fact.role) : attended) {
    if (wanted[Index(id)]) defences.push_back(id);
  }
  return defences;
}

// The days of one person, or of the rooms, are told in one sentence.
bool IsToldTogether(const NamedFact& a, const NamedFact& b) {
  return a.rule == b.rule && a.day && b.day && a.person == b.person && a.room == b.room;
}

Text ConflictSentence(const Problem& problem, const ConflictSet& conflict) {
  const Text defence = DefencePhrase(problem, conflict.defence);
  Text text =
      Capitalised(Text{absl::StrCat(defence.fr, " ne peut pas avoir lieu en plus de celles qui sont placées",
                                    kNarrowNoBreak, ": tout ceci ne tient pas ensemble."),
                       absl::StrCat(defence.en,
                                    " cannot take place beside those that are placed: all this does not hold "
                                    "together.")});
  for (std::size_t i = 0; i < conflict.facts.size();) {
    std::size_t end = i + 1;
    while (end < conflict.facts.size() && IsToldTogether(conflict.facts[i].fact, conflict.facts[end].fact))
      ++end;
    std::vector<NamedFact> together;
    for (std::size_t k = i; k < end; ++k) together.push_back(conflict.facts[k].fact);
    const Text told = FactsSentence(problem, together, conflict.facts[i].defences);
    absl::StrAppend(&text.fr, " ", told.fr);
    absl::StrAppend(&text.en, " ", told.en);
    i = end;
  }
  return text;
}

Text OtherSentence(const Problem& problem, const ConflictSet& conflict) {
  const Text defence = DefencePhrase(problem, conflict.defence);
  if (conflict.kind == ConflictSet::Kind::kPlaceable) {
    return Capitalised(
        Text{absl::StrCat(defence.fr, " peut être placée si d’autres sont déplacées", kNarrowNoBreak,
                          "; une recherche plus longue la placerait."),
             absl::StrCat(defence.en, " can be placed if others move; a longer search would place it.")});
  }
  return NotEstablished(problem, conflict.defence);
}

// A part of a problem: some of its defences with those who attend them, and all its rooms.
std::optional<Problem> PartOf(const Problem& problem, const std::set<DefenceId>& defences) {
  ProblemSpec spec = problem.spec();
  std::set<PersonId> people;
  spec.defences.clear();
  for (const DefenceId id : defences) {
    spec.defences.push_back(problem.spec().defences[Index(id)]);
    for (const Attendee& attendee : problem.defence(id).attendees) people.insert(attendee.person);
    for (const OpenSeat& seat : problem.defence(id).open_seats) {
      for (const Candidate& candidate : seat.candidates) people.insert(candidate.person);
    }
    for (const PersonId juror : problem.defence(id).pin.jurors) people.insert(juror);
  }
  spec.persons.clear();
  for (const PersonId id : people) spec.persons.push_back(problem.spec().persons[Index(id)]);
  absl::StatusOr<Problem> part = Problem::Create(std::move(spec));
  return part.ok() ? std::optional(*std::move(part)) : std::nullopt;
}

// A reason found in a part, in the ids of the whole. Days, rooms and roles are the same in both.
ConflictSet InWhole(const Problem& part, const Problem& whole, ConflictSet conflict) {
  const auto defence_of = [&](DefenceId id) { return *whole.FindDefence(part.defence(id).key); };
  conflict.defence = defence_of(conflict.defence);
  for (ConflictSet::Told& told : conflict.facts) {
    if (told.fact.person) told.fact.person = whole.FindPerson(part.person(*told.fact.person).key);
    if (told.fact.defence) told.fact.defence = defence_of(*told.fact.defence);
    for (DefenceId& id : told.defences) id = defence_of(id);
  }
  return conflict;
}

}  // namespace

// Looks for a reason among the defences that have something to do with one of them, where the whole is too
// large: what cannot hold together there, cannot anywhere. Those that are left out attend to nobody whom a
// fact of the reason is about, so that they can all be on a day of which it says nothing; then a reason that
// is minimal there is minimal.
class Explainer::Nearby {
 public:
  Nearby(const State& state, DefenceId defence)
      : state_(state), defence_(defence), wanted_(state.Wanted(defence)) {
    near_.insert(defence);
    for (const Attendee& attendee : state.problem.defence(defence).attendees) AddAllOf(attendee.person);
    AddRivals();
  }

  // Nothing if none was found: then there may be one further away.
  std::optional<ConflictSet> Find() {
    for (int round = 0; round < kRoundsMax && near_.size() <= kNearMax && !state_.IsStopped(); ++round) {
      const std::optional<Problem> part = PartOf(state_.problem, near_);
      if (!part) return std::nullopt;
      Timetable timetable(*part);
      for (const DefenceId id : near_) {
        const std::optional<Placement>& at = state_.timetable.PlacementOf(id);
        if (at) timetable.Apply({{*part->FindDefence(state_.problem.defence(id).key), at}});
      }
      ExplainBudget budget = state_.budget;
      budget.literals_max = ExplainBudget().literals_max;
      Explainer explainer(timetable, std::move(budget));
      if (explainer.state_->model.IsTooLarge()) return std::nullopt;
      const DefenceId own = *part->FindDefence(state_.problem.defence(defence_).key);
      ConflictSet found = explainer.Conflict(own);
      if (found.kind != ConflictSet::Kind::kConflict) return std::nullopt;
      found = InWhole(*part, state_.problem, std::move(found));
      const std::size_t before = near_.size();
      for (const ConflictSet::Told& told : found.facts) {
        if (told.fact.person) AddAllOf(*told.fact.person);
      }
      // What is new may change what is needed.
      if (near_.size() > before) continue;
      found.is_minimal = found.is_minimal && OthersFit(found);
      return found;
    }
    return std::nullopt;
  }

 private:
  static constexpr int kRoundsMax = 3;
  static constexpr std::size_t kNearMax = 250;
  static constexpr int kFewRooms = 3;

  void AddAllOf(PersonId person) {
    for (const DefenceId id : state_.problem.person(person).defences) {
      if (wanted_[Index(id)]) near_.insert(id);
    }
  }

  // If few rooms will do, those that are in them.
  void AddRivals() {
    const Problem& problem = state_.problem;
    std::set<RoomId> rooms;
    ForEachId<RoomId>(problem.RoomCount(), [&](RoomId room) {
      if (state_.facts.OfRoom(defence_, room).empty()) rooms.insert(room);
    });
    if (static_cast<int>(rooms.size()) > kFewRooms) return;
    ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) {
      const std::optional<Placement>& at = state_.timetable.PlacementOf(id);
      if (at && rooms.count(at->room) > 0) near_.insert(id);
    });
  }

  // Whether those that are left out find a place on some day, whatever else happens, while only these facts
  // hold.
  bool OthersFit(const ConflictSet& conflict) const {
    const Problem& problem = state_.problem;
    Minute longest = 0;
    ForEachId<DefenceId>(problem.DefenceCount(), [&](DefenceId id) {
      if (wanted_[Index(id)] && near_.count(id) == 0) {
        longest = std::max(longest, problem.defence(id).duration_minutes);
      }
    });
    bool fits = longest == 0;
    ForEachId<DayId>(problem.DayCount(), [&](DayId day) {
      const bool is_told = absl::c_any_of(conflict.facts, [&](const ConflictSet::Told& told) {
        return told.fact.rule == RuleId::kRoomClash && told.fact.day == day;
      });
      fits = fits || (!is_told && absl::c_any_of(problem.day(day).opening, [&](const Interval& window) {
               return window.to - window.from >= longest;
             }));
    });
    return fits;
  }

  const State& state_;
  const DefenceId defence_;
  const std::vector<bool> wanted_;
  std::set<DefenceId> near_;
};

Explainer::Explainer(const Timetable& timetable, ExplainBudget budget)
    : state_(std::make_unique<State>(timetable, std::move(budget))) {}

// Freeing millions of clauses one by one takes longer than somebody who asks to stop should wait. Nothing of
// it looks at the timetable any more.
Explainer::~Explainer() {
  if (state_->model.size() < kSizeFreedAtOnce) return;
  Background freeing([state = std::shared_ptr<State>(std::move(state_))](const std::atomic<bool>&) mutable {
    state.reset();
  });
}

ConflictSet Explainer::Conflict(DefenceId defence) {
  if (state_->model.IsTooLarge() && !state_->IsStopped()) {
    if (std::optional<ConflictSet> nearby = Nearby(*state_, defence).Find()) return *std::move(nearby);
  }
  Shrinker shrinker(*state_, defence);
  std::vector<int> all;
  for (int i = 0; i < state_->facts.count(); ++i) all.push_back(i);
  ConflictSet conflict{.defence = defence, .kind = {}, .facts = {}, .is_minimal = false, .sentence = {}};
  auto [answer, core] = shrinker.Ask(all);
  const bool is_complete = state_->facts.IsComplete();
  if (answer != Answer::kNo) {
    conflict.kind =
        answer == Answer::kYes && is_complete ? ConflictSet::Kind::kPlaceable : ConflictSet::Kind::kUnknown;
    conflict.sentence = OtherSentence(state_->problem, conflict);
    return conflict;
  }
  conflict.kind = ConflictSet::Kind::kConflict;
  const auto [facts, is_minimal] = shrinker.Shrink(std::move(core));
  conflict.is_minimal = is_minimal && is_complete;
  const std::vector<bool> wanted = state_->Wanted(defence);
  for (const int number : facts) {
    const NamedFact& fact = state_->facts.list()[static_cast<std::size_t>(number)];
    const std::vector<DefenceId> defences = DefencesOf(state_->problem, fact, wanted);
    conflict.facts.push_back({fact, defences, FactsSentence(state_->problem, {fact}, defences)});
  }
  // In the order of what is told together, the person's limits after his or her days.
  std::stable_sort(conflict.facts.begin(), conflict.facts.end(), [](const auto& a, const auto& b) {
    const auto key = [](const NamedFact& fact) {
      return std::tuple(!fact.person.has_value(), fact.person.value_or(PersonId{}), fact.rule, fact.room,
                        fact.defence, fact.day);
    };
    return key(a.fact) < key(b.fact);
  });
  conflict.sentence = ConflictSentence(state_->problem, conflict);
  return conflict;
}

}  // namespace soutenance::scheduling::solver
