#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/assignment/compose/search/alternatives.h"
#include "services/assignment/compose/search/compose.h"
#include "services/assignment/compose/witness/shortage.h"
#include "services/assignment/proposals.h"
#include "services/assignment/proposals_world.h"
#include "services/base/error.h"
#include "services/base/status.h"

namespace soutenance::assignment {
namespace {

constexpr size_t kAlternatives = 3;

Seat::Role RoleOf(int number) { return static_cast<Seat::Role>(number + 1); }

bool IsOfThesis(const Seat& seat, const ThesisFacts& thesis) {
  return seat.person == thesis.supervisor || seat.person == thesis.company_tutor;
}

// Whether the rules have a seat for those who follow a thesis.
bool HasRoom(const rules::RuleSet& set, Seat::Role role) {
  return std::none_of(set.rules.begin(), set.rules.end(), [&](const rules::Rule& rule) {
    return rule.kind == rules::Kind::kSeats && rule.roles == rules::Roles{role} && rule.max == 0;
  });
}

// The jury of a thesis as far as it stands, with those who follow the thesis.
Jury HeldSeats(const ThesisFacts& thesis, const Jury* stored, const rules::RuleSet& set,
               const std::set<std::string>& withdrawn) {
  Jury held{.thesis = thesis.id, .version = 0, .programme = thesis.programme, .seats = {}};
  if (stored != nullptr) held = *stored;
  held.seats.erase(std::remove_if(held.seats.begin(), held.seats.end(),
                                  [&](const Seat& seat) { return withdrawn.count(seat.person) > 0; }),
                   held.seats.end());
  for (const auto& [person, role] : {std::pair(thesis.supervisor, Seat::Role::kSupervisor),
                                     std::pair(thesis.company_tutor, Seat::Role::kCompanyTutor)}) {
    if (person.empty() || held.Seats(person) || withdrawn.count(person) > 0 || !HasRoom(set, role)) continue;
    held.seats.push_back({.person = person, .role = role});
  }
  return held;
}

// Everything that is told of the composition.
class Telling {
 public:
  Telling(const ProposalWorld& world, const ProposalProblem& made, const compose::Composed& composed)
      : world_(world),
        made_(made),
        composed_(composed),
        loads_(compose::LoadsOf(made.problem, composed.composition)) {
    for (const auto& [thesis, jury] : world.held) {
      for (const Seat& seat : jury.seats) ++given_[seat.person];
    }
  }

  ProposedJury OfThesis(int t, int64_t base_version) const {
    const ThesisFacts& thesis = world_.theses[static_cast<size_t>(t)];
    ProposedJury proposed{.thesis = thesis.id, .base_version = base_version};
    if (!composed_.composition.is_seated[static_cast<size_t>(t)]) return proposed;
    Jury jury = world_.held.at(thesis.id);
    for (const Seat& seat : jury.seats) {
      proposed.seats.push_back(TellSeat(world_, thesis, seat, true, LoadAfter(seat.person)));
    }
    const compose::Seating& seating = composed_.composition.seating[static_cast<size_t>(t)];
    for (size_t s = 0; s < seating.size(); ++s) {
      if (seating[s] == compose::kNobody) continue;
      const std::string& person = made_.people[static_cast<size_t>(seating[s])];
      const Seat seat{
          .person = person, .role = RoleOf(made_.problem.thesis(t).open[s].role), .mode = Mode(person)};
      ProposedSeat told = TellSeat(world_, thesis, seat, false, LoadAfter(person));
      told.alternatives = Alternatives(t, s, thesis, seat.role);
      proposed.seats.push_back(std::move(told));
      jury.seats.push_back(seat);
    }
    proposed.tight_rules = TightRules(world_, thesis, jury);
    if (world_.slots) {
      proposed.common_starts = compose::CommonSlots(made_.problem, t, seating).Count();
    }
    return proposed;
  }

 private:
  int LoadAfter(const std::string& person) const {
    const auto given = given_.find(person);
    const auto number = std::lower_bound(made_.people.begin(), made_.people.end(), person);
    const int more = number != made_.people.end() && *number == person
                         ? loads_.of[static_cast<size_t>(number - made_.people.begin())]
                         : 0;
    return more + (given == given_.end() ? 0 : given->second);
  }

  Seat::Mode Mode(const std::string& person) const {
    for (const Profile& profile : world_.people) {
      if (profile.PersonName() == person) return ModeOf(profile);
    }
    return Seat::Mode::kOnSite;
  }

  std::vector<SeatAlternative> Alternatives(int t, size_t seat, const ThesisFacts& thesis,
                                            Seat::Role role) const {
    std::vector<SeatAlternative> told;
    for (const compose::Alternative& other :
         compose::AlternativesFor(made_.problem, composed_.composition, loads_, t, seat, kAlternatives)) {
      const std::string& person = made_.people[static_cast<size_t>(other.person)];
      const ProposedSeat seated =
          TellSeat(world_, thesis, {.person = person, .role = role}, false, LoadAfter(person) + 1);
      told.push_back({person, seated.expertise, other.loss, seated.load_after});
    }
    return told;
  }

  const ProposalWorld& world_;
  const ProposalProblem& made_;
  const compose::Composed& composed_;
  const compose::Loads loads_;
  std::map<std::string, int> given_;
};

std::vector<ProposedShortage> TellShortages(const ProposalProblem& made,
                                            const std::function<bool()>& should_stop) {
  std::vector<ProposedShortage> told;
  const compose::Shortages shortages = compose::FindShortages(made.problem, should_stop);
  for (const compose::Shortage& shortage : shortages.all) {
    ProposedShortage one{.sentence = compose::Sentence(made.problem, shortage)};
    for (const int t : shortage.theses) one.theses.push_back(made.problem.thesis(t).key);
    for (const compose::Shortage::Place& place : shortage.places) {
      const std::string& person = made.people[static_cast<size_t>(place.person)];
      if (one.people.empty() || one.people.back() != person) one.people.push_back(person);
    }
    for (const compose::Shortage::Step& step : shortage.way_out) {
      one.way_out.push_back(compose::StepSentence(made.problem, step));
    }
    told.push_back(std::move(one));
  }
  if (!shortages.is_complete) {
    told.push_back({.sentence =
                        "no jury was found for some theses; whether there is one was too much to find "
                        "out"});
  }
  return told;
}

ProposedShortage TellCrowd(const ProposalProblem& made, const compose::Crowd& crowd) {
  ProposedShortage told{.sentence = absl::StrCat(
                            crowd.theses.size(), " juries can only meet at ", crowd.slots.size(),
                            " starts, which have rooms for ", crowd.places,
                            " of them: give their people more free time, add rooms or days, or change them")};
  for (const int t : crowd.theses) told.theses.push_back(made.problem.thesis(t).key);
  return told;
}

absl::Status NothingToPropose(const std::string& programme) {
  return Error(
      absl::StatusCode::kFailedPrecondition,
      absl::StrCat("every jury of ", programme,
                   " that was asked for has all the seats that are wanted; name roles to ask for more"),
      {.reason = "NOTHING_TO_PROPOSE", .metadata = {{"programme", programme}}});
}

}  // namespace

absl::StatusOr<Proposal> Proposals::ProposeJuries(const Caller& caller, const JuriesWanted& wanted,
                                                  const std::function<bool()>& should_stop,
                                                  const std::function<bool()>& is_cancelled,
                                                  const Mutation& mutation,
                                                  const OnProposalProgress& on_progress) {
  ProposalProgress progress;
  const auto tell = [&](ProposalProgress::Phase phase, int done) {
    progress.phase = phase;
    progress.done = done;
    if (on_progress) on_progress(progress);
  };
  tell(ProposalProgress::Phase::kReading, 0);
  ASSIGN_OR_RETURN(std::optional<Proposal> first, FindFirstResult<Proposal>(parts_.store, mutation));
  if (first) return *std::move(first);
  std::optional<Proposal> from;
  if (!wanted.from.empty()) {
    ASSIGN_OR_RETURN(from, GetProposal(caller, wanted.from));
  }
  ASSIGN_OR_RETURN(World gathered, Gather(caller, wanted.scope));
  ProposalWorld& world = gathered.facts;
  world.roles = wanted.roles;
  world.load_max = wanted.load_max;
  world.balance = wanted.balance;
  world.excluded = wanted.excluded;
  if (!wanted.campaign.empty()) {
    ASSIGN_OR_RETURN(world.slots, parts_.slots.Find(wanted.campaign));
    if (world.slots->programme != wanted.scope.programme) {
      return InvalidFields({{.field = "campaign",
                             .description = absl::StrCat("is of ", world.slots->programme, ", not of ",
                                                         wanted.scope.programme)}});
    }
  }
  for (const std::string& person : wanted.withdrawn) world.excluded.insert({"", person});
  for (const ThesisFacts& thesis : world.theses) {
    const auto stored = gathered.juries.find(thesis.id);
    const Jury* const jury = stored == gathered.juries.end() ? nullptr : &stored->second;
    std::set<std::string> leaving = wanted.withdrawn;
    if (wanted.replace_refused && jury != nullptr) {
      for (const Seat& seat : jury->seats) {
        const auto invitation = gathered.invitations.find({thesis.id, seat.person});
        if (invitation == gathered.invitations.end() || !invitation->second.IsRefused()) continue;
        leaving.insert(seat.person);
        world.excluded.insert({thesis.id, seat.person});
      }
    }
    Jury held = HeldSeats(thesis, jury, world.rule_set, leaving);
    const ProposedJury* const frozen =
        from && wanted.frozen.count(thesis.id) > 0 ? from->Find(thesis.id) : nullptr;
    if (frozen != nullptr && !frozen->seats.empty()) {
      held = JuryOf(*from, *frozen);
    } else if (!wanted.withdrawn.empty() && jury != nullptr) {
      // As few as possible change: who sits is wished to stay, and may be moved where nothing else helps.
      world.wished.emplace(thesis.id, held);
      held.seats.erase(std::remove_if(held.seats.begin(), held.seats.end(),
                                      [&](const Seat& seat) { return !IsOfThesis(seat, thesis); }),
                       held.seats.end());
    }
    for (const Seat& seat : held.seats) {
      if (world.facts.count(seat.person) == 0) world.facts[seat.person].person = seat.person;
    }
    world.held.emplace(thesis.id, std::move(held));
  }
  ASSIGN_OR_RETURN(const ProposalProblem made, ToProblem(world));
  bool is_anything_open = false;
  for (int t = 0; t < made.problem.theses(); ++t) {
    is_anything_open = is_anything_open || !made.problem.thesis(t).open.empty();
  }
  if (!is_anything_open) return NothingToPropose(wanted.scope.programme);

  compose::ComposeOptions options;
  options.seed = wanted.seed;
  progress.theses = made.problem.theses();
  options.on_progress = [&](int seated) { tell(ProposalProgress::Phase::kComposing, seated); };
  options.should_stop = [&] {
    tell(ProposalProgress::Phase::kComposing, progress.done);
    return should_stop();
  };
  tell(ProposalProgress::Phase::kComposing, 0);
  const compose::Composed composed = compose::Compose(made.problem, options);
  Proposal proposal{.programme = wanted.scope.programme, .kind = Proposal::Kind::kJuries};
  proposal.value = composed.total;
  proposal.value_max = composed.total_bound;
  proposal.is_best = composed.is_best;
  const Telling telling(world, made, composed);
  for (int t = 0; t < made.problem.theses() && !is_cancelled(); ++t) {
    tell(ProposalProgress::Phase::kExplaining, t);
    const auto stored = gathered.juries.find(world.theses[static_cast<size_t>(t)].id);
    proposal.juries.push_back(
        telling.OfThesis(t, stored == gathered.juries.end() ? 0 : stored->second.version));
  }
  if (composed.unseated > 0 && !is_cancelled()) {
    proposal.shortages = TellShortages(made, [&] {
      tell(ProposalProgress::Phase::kExplaining, progress.theses);
      return should_stop();
    });
  }
  proposal.without_start = composed.matching.without;
  if (composed.matching.without > 0) proposal.shortages.push_back(TellCrowd(made, composed.matching.crowd));
  if (is_cancelled()) return absl::CancelledError("the caller has gone; nothing was proposed");
  return Keep(caller, std::move(proposal), mutation);
}

}  // namespace soutenance::assignment
