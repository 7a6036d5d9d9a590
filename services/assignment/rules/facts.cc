#include "services/assignment/rules/facts.h"

#include <algorithm>
#include <utility>

#include "services/assignment/rules/fold.h"

namespace soutenance::assignment::rules {

PersonFacts FactsOf(const Profile& profile) {
  std::vector<std::string> keywords;
  for (const std::string& keyword : profile.keywords) keywords.push_back(Fold(keyword));
  return {.person = profile.PersonName(),
          .is_known = true,
          .rank = profile.rank,
          .sector = profile.sector,
          .institution = Fold(profile.institution),
          .company = profile.company,
          .may_preside = profile.may_preside,
          .emeritus = profile.emeritus,
          .habilitated = profile.habilitated,
          .languages = profile.languages,
          .keywords = std::move(keywords),
          .gender = profile.gender,
          .load = profile.load};
}

std::vector<Member> MembersOf(const std::vector<SeatFacts>& seats) {
  std::map<std::string, Member> people;
  std::vector<Member> open;
  for (const SeatFacts& seat : seats) {
    const bool is_remote = seat.mode == Seat::Mode::kRemote;
    if (seat.person == nullptr) {
      open.push_back({.roles = {seat.role}, .is_remote = is_remote});
      continue;
    }
    const auto [at, is_new] = people.try_emplace(seat.person->person);
    Member& member = at->second;
    member.is_remote = is_remote && (is_new || member.is_remote);
    member.person = seat.person;
    member.roles.Add(seat.role);
  }
  std::stable_sort(open.begin(), open.end(), [](const Member& a, const Member& b) {
    return a.roles.List().front() < b.roles.List().front();
  });
  std::vector<Member> members;
  for (auto& [name, member] : people) members.push_back(member);
  members.insert(members.end(), open.begin(), open.end());
  return members;
}

}  // namespace soutenance::assignment::rules
