#include <string>

#include "absl/strings/str_cat.h"
#include "services/scheduling/solver/explain/phrases.h"
#include "services/scheduling/solver/explain/rule_sentences.h"

namespace soutenance::scheduling::solver {
namespace {

Text RoleOf(const Problem& problem, const Match& match) {
  return RolePhrase(problem.role(match.role.value()).name);
}

}  // namespace

Text OneSeatSentence(const Problem& problem, const Match& match) {
  const Text defence = DefencePhrase(problem, match.defences.at(0));
  const std::string& who = WhoOf(problem, match);
  return {absl::StrCat(who, " occupe deux places du jury de ", defence.fr, "."),
          absl::StrCat(who, " holds two seats of the jury of ", defence.en, ".")};
}

Text SeatCostSentence(const Problem& problem, const Match& match) {
  const Text defence = DefencePhrase(problem, match.defences.at(0));
  const std::string& who = WhoOf(problem, match);
  return {absl::StrCat(who, " est dans le jury de ", defence.fr, ", ce qui coûte ",
                       CountFr(match.amount, "point", "points"), "."),
          absl::StrCat(who, " is in the jury of ", defence.en, ", which costs ",
                       CountEn(match.amount, "point", "points"), ".")};
}

Text RoleAbsenceSentence(const Problem& problem, const Match& match) {
  const Text defence = DefencePhrase(problem, match.defences.at(0));
  const Text when = OnPeriod(problem, match.time);
  const std::string& who = WhoOf(problem, match);
  const Text role = RoleOf(problem, match);
  return {absl::StrCat(who, " (", role.fr, ") n’est pas disponible pour ", defence.fr, ", ", when.fr,
                       ", ce qui coûte ", CountFr(match.amount, "point", "points"), "."),
          absl::StrCat(who, " (", role.en, ") is not available for ", defence.en, ", ", when.en,
                       ", which costs ", CountEn(match.amount, "point", "points"), ".")};
}

Text BlockContinuitySentence(const Problem& problem, const Match& match) {
  const Text defences = DefencesPhrase(problem, match.defences);
  const Text room = RoomPhrase(problem, match.rooms.at(0));
  const Text when = OnDate(problem, match.time.from);
  const std::string& leaves = NameOf(problem, match.persons.at(0));
  const std::string& comes = NameOf(problem, match.persons.at(1));
  const Text role = RoleOf(problem, match);
  return {absl::StrCat("Dans ", room.fr, ", ", comes, " remplace ", leaves, " (", role.fr, ") entre ",
                       defences.fr, ", ", when.fr, "."),
          absl::StrCat("In ", room.en, ", ", comes, " replaces ", leaves, " (", role.en, ") between ",
                       defences.en, ", ", when.en, ".")};
}

Text RoleLoadSentence(const Problem& problem, const Match& match) {
  const std::string& who = WhoOf(problem, match);
  const Text role = RoleOf(problem, match);
  const bool seldom = match.amount < match.limit;
  return {
      absl::StrCat(who, " tient ", CountFr(match.amount, "fois", "fois"), " le rôle « ", role.fr, " »",
                   kNarrowNoBreak, "; on en souhaite ", seldom ? "au moins " : "au plus ", match.limit, "."),
      absl::StrCat(who, " holds the role “", role.en, "” ", CountEn(match.amount, "time", "times"), "; at ",
                   seldom ? "least " : "most ", match.limit,
                   match.limit == 1 ? " is wished for." : " are wished for.")};
}

Text RoleLimitSentence(const Problem& problem, const Match& match) {
  const std::string& who = WhoOf(problem, match);
  const Text role = RoleOf(problem, match);
  const bool in_a_day = match.time.from < match.time.to;
  const Text when = in_a_day ? OnDate(problem, match.time.from) : Text{"dans la campagne", "in the campaign"};
  return {
      absl::StrCat(who, " tient le rôle « ", role.fr, " » dans ",
                   CountFr(match.amount, "soutenance", "soutenances"), " ", when.fr, kNarrowNoBreak,
                   "; son maximum ", in_a_day ? "par jour " : "", "est de ", match.limit, "."),
      absl::StrCat(who, " holds the role “", role.en, "” in ", CountEn(match.amount, "defence", "defences"),
                   " ", when.en, "; the limit ", in_a_day ? "for a day " : "", "is ", match.limit, ".")};
}

Text CombinedRolesSentence(const Problem& problem, const Match& match) {
  const Text defence = DefencePhrase(problem, match.defences.at(0));
  const std::string& who = WhoOf(problem, match);
  const Text role = RoleOf(problem, match);
  return {absl::StrCat(who, " assiste à ", defence.fr, " et pourrait y tenir le rôle « ", role.fr,
                       " », mais ne le tient pas."),
          absl::StrCat(who, " attends ", defence.en, " and could hold the role “", role.en,
                       "” there, but does not.")};
}

Text SubjectCoverageSentence(const Problem& problem, const Match& match) {
  const Text defence = DefencePhrase(problem, match.defences.at(0));
  return Capitalised(Text{absl::StrCat(defence.fr, " a ", CountFr(match.amount, "sujet", "sujets"),
                                       " que personne du jury ne connaît."),
                          absl::StrCat(defence.en, " has ", CountEn(match.amount, "subject", "subjects"),
                                       " that nobody of the jury knows.")});
}

Text MixedHoldersSentence(const Problem& problem, const Match& match) {
  const Text defences = DefencesPhrase(problem, match.defences);
  const Text room = RoomPhrase(problem, match.rooms.at(0));
  const Text when = OnDate(problem, match.time.from);
  const std::string& one = NameOf(problem, match.persons.at(0));
  const std::string& other = NameOf(problem, match.persons.at(1));
  const Text role = RoleOf(problem, match);
  return {absl::StrCat("Dans ", room.fr, ", ", one, " et ", other, " tiennent le même rôle (", role.fr,
                       ") dans ", defences.fr, ", ", when.fr, "."),
          absl::StrCat("In ", room.en, ", ", one, " and ", other, " hold the same role (", role.en, ") in ",
                       defences.en, ", ", when.en, ".")};
}

}  // namespace soutenance::scheduling::solver
