#include "services/submissions/thesis_access.h"

#include <set>
#include <string>
#include <utility>

#include "services/base/programme_roles.h"

namespace soutenance::submissions {

Standing StandingOf(const Caller& caller, const Thesis& thesis, const Seats& seats) {
  if (RunsProgramme(caller, thesis.programme)) return Standing::kRuns;
  if (thesis.HasPart(caller.person)) return Standing::kParty;
  if (const auto seat = seats.find(thesis.id); seat != seats.end()) {
    if (seat->second == Seat::kInvited) return Standing::kLiaison;
    return seat->second == Seat::kGuest ? Standing::kGuest : Standing::kSeat;
  }
  if (caller.HasRole(Role::kCompanyLiaison, thesis.programme)) return Standing::kLiaison;
  for (const Role role : kAllRoles) {
    if (caller.HasRole(role, thesis.programme)) return Standing::kMember;
  }
  return Standing::kStranger;
}

Actors ActorsOf(const Caller& caller, const Thesis& thesis, const Seats& seats) {
  Actors actors;
  if (thesis.IsAuthor(caller.person)) actors.Add(Actor::kAuthor);
  if (!caller.person.empty() && caller.person == thesis.supervisor) actors.Add(Actor::kSupervisor);
  if (!caller.person.empty() && caller.person == thesis.company_tutor) actors.Add(Actor::kCompanyTutor);
  if (const auto seat = seats.find(thesis.id); seat != seats.end() && seat->second != Seat::kInvited) {
    actors.Add(Actor::kJury);
    if (seat->second == Seat::kPresident) actors.Add(Actor::kPresident);
  }
  const bool is_itself = AsksForItself(caller);
  if (is_itself || caller.HasRole(Role::kStaff, thesis.programme)) actors.Add(Actor::kStaff);
  if (is_itself || caller.HasRole(Role::kProgrammeHead, thesis.programme) ||
      caller.HasRole(Role::kAdministrator, thesis.programme)) {
    actors.Add(Actor::kProgrammeHead);
  }
  return actors;
}

Sight SightOn(const Caller& caller, const Thesis& thesis, const Seats& seats, absl::Time now) {
  return SightOf(StandingOf(caller, thesis, seats), thesis.secrecy(), now);
}

std::optional<Thesis> AsSeenBy(const Caller& caller, Thesis thesis, const Seats& seats, absl::Time now) {
  const Sight sight = SightOn(caller, thesis, seats, now);
  if (!sight.knows) return std::nullopt;
  if (!sight.texts) {
    thesis.title.clear();
    thesis.abstract.clear();
    thesis.keywords.clear();
  }
  if (!sight.dealings) {
    thesis.state_until.reset();
    thesis.state_before.reset();
    thesis.withdrawal.reset();
    thesis.consents.clear();
  }
  thesis.level = LevelAt(thesis.secrecy(), now);
  return thesis;
}

bool MayRead(const Caller& caller, const Thesis& thesis) {
  return StandingOf(caller, thesis) >= Standing::kParty;
}

ThesisSelection SeenBy(const Caller& caller, const std::string& programme, const Seats& seats) {
  ThesisSelection selection{.person = caller.person, .only_programme = programme, .has_disseminated = true};
  for (const auto& [thesis, seat] : seats) selection.ids.push_back(thesis);
  selection.all = RunsEveryProgramme(caller) || caller.HasRole(Role::kCompanyLiaison, "");
  std::set<std::string> programmes;
  for (const Grant& grant : caller.grants) {
    const bool seen = grant.role == Role::kCompanyLiaison || RunsProgramme(caller, grant.programme);
    if (seen && !grant.programme.empty()) programmes.insert(grant.programme);
  }
  selection.programmes.assign(programmes.begin(), programmes.end());
  return selection;
}

}  // namespace soutenance::submissions
