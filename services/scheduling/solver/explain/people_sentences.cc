#include <string>

#include "absl/strings/str_cat.h"
#include "services/scheduling/solver/explain/phrases.h"
#include "services/scheduling/solver/explain/rule_sentences.h"

namespace soutenance::scheduling::solver {
Text DayLoadSentence(const Problem& problem, const Match& match) {
  const Text when = OnDate(problem, match.time.from);
  const std::string& who = WhoOf(problem, match);
  return {absl::StrCat(who, " a ", CountFr(match.amount, "soutenance", "soutenances"), " ", when.fr,
                       kNarrowNoBreak, "; son maximum par jour est de ", match.limit, "."),
          absl::StrCat(who, " has ", CountEn(match.amount, "defence", "defences"), " ", when.en,
                       "; the limit for a day is ", match.limit, ".")};
}

Text CampaignLoadSentence(const Problem& problem, const Match& match) {
  const std::string& who = WhoOf(problem, match);
  return {absl::StrCat(who, " a ", CountFr(match.amount, "soutenance", "soutenances"), " dans la campagne",
                       kNarrowNoBreak, "; son maximum est de ", match.limit, "."),
          absl::StrCat(who, " has ", CountEn(match.amount, "defence", "defences"),
                       " in the campaign; the limit is ", match.limit, ".")};
}

Text PersonDaysSentence(const Problem& problem, const Match& match) {
  const std::string& who = WhoOf(problem, match);
  return {absl::StrCat(who, " a des soutenances sur ", CountFr(match.amount, "jour", "jours"), kNarrowNoBreak,
                       "; on en souhaite au plus ", match.limit, "."),
          absl::StrCat(who, " has defences on ", CountEn(match.amount, "day", "days"), "; at most ",
                       match.limit, match.limit == 1 ? " is wished for." : " are wished for.")};
}

Text GapsSentence(const Problem& problem, const Match& match) {
  const std::string& who = WhoOf(problem, match);
  const Text defences = DefencesPhrase(problem, match.defences);
  const Text when = OnPeriod(problem, match.time);
  const std::string waits = MinutesPhrase(match.amount);
  Text sentence{absl::StrCat(who, " attend ", waits, " entre ", defences.fr, ", ", when.fr),
                absl::StrCat(who, " waits ", waits, " between ", defences.en, ", ", when.en)};
  if (match.limit > 0) {
    const std::string free = MinutesPhrase(match.limit);
    absl::StrAppend(&sentence.fr, kNarrowNoBreak, "; jusqu’à ", free, ", cela ne coûte rien");
    absl::StrAppend(&sentence.en, "; up to ", free, " cost nothing");
  }
  return {absl::StrCat(sentence.fr, "."), absl::StrCat(sentence.en, ".")};
}

Text ConsecutiveRoomSentence(const Problem& problem, const Match& match) {
  const std::string& who = WhoOf(problem, match);
  const Text defences = DefencesPhrase(problem, match.defences);
  const Text from = RoomPhrase(problem, match.rooms.at(0));
  const Text to = RoomPhrase(problem, match.rooms.at(1));
  const Text when = OnDate(problem, match.time.from);
  return {
      absl::StrCat(who, " passe de ", from.fr, " à ", to.fr, " entre ", defences.fr, ", ", when.fr, "."),
      absl::StrCat(who, " goes from ", from.en, " to ", to.en, " between ", defences.en, ", ", when.en, ".")};
}

Text BackToBackSentence(const Problem& problem, const Match& match) {
  const std::string& who = WhoOf(problem, match);
  const auto defences = static_cast<int64_t>(match.defences.size());
  return {absl::StrCat(who, " vient ", match.amount, " fois pour ", defences, " soutenances", kNarrowNoBreak,
                       "; on souhaite qu’elles se suivent dans la même salle."),
          absl::StrCat(who, " comes ", match.amount, " times for ", defences,
                       " defences; they should follow on each other in one room.")};
}

// "Ana Ruiz assiste à 3 soutenances."
Text SquaredLoadSentence(const Problem& problem, const Match& match) {
  const std::string& who = WhoOf(problem, match);
  return {absl::StrCat(who, " assiste à ", CountFr(match.amount, "soutenance", "soutenances"), "."),
          absl::StrCat(who, " attends ", CountEn(match.amount, "defence", "defences"), ".")};
}

Text SquaredDaysSentence(const Problem& problem, const Match& match) {
  const std::string& who = WhoOf(problem, match);
  return {absl::StrCat(who, " vient ", CountFr(match.amount, "jour", "jours"), "."),
          absl::StrCat(who, " comes on ", CountEn(match.amount, "day", "days"), ".")};
}

Text NearnessSentence(const Problem& problem, const Match& match) {
  const std::string& who = WhoOf(problem, match);
  const Text defences = DefencesPhrase(problem, match.defences);
  return {absl::StrCat(who, " ne va pas d’une soutenance à l’autre aussi vite que souhaité (", defences.fr,
                       "), ce qui coûte ", CountFr(match.amount, "point", "points"), "."),
          absl::StrCat(who, " does not go from one defence to the next as soon as wished (", defences.en,
                       "), which costs ", CountEn(match.amount, "point", "points"), ".")};
}

Text QuickRoomChangeSentence(const Problem& problem, const Match& match) {
  const std::string& who = WhoOf(problem, match);
  const Text from = RoomPhrase(problem, match.rooms.at(0));
  const Text to = RoomPhrase(problem, match.rooms.at(1));
  const Text when = OnDate(problem, match.time.from);
  return {absl::StrCat(who, " passe vite de ", from.fr, " à ", to.fr, ", ", when.fr, ", ce qui coûte ",
                       CountFr(match.amount, "point", "points"), "."),
          absl::StrCat(who, " has to change quickly from ", from.en, " to ", to.en, ", ", when.en,
                       ", which costs ", CountEn(match.amount, "point", "points"), ".")};
}

Text JurySizeSentence(const Problem&, const Match& match) {
  return {absl::StrCat("Les soutenances réunissent en tout ", CountFr(match.amount, "personne", "personnes"),
                       " au lieu de ", match.limit, "."),
          absl::StrCat("The defences bring together ", CountEn(match.amount, "person", "people"),
                       " in all instead of ", match.limit, ".")};
}

Text WaitsSentence(const Problem& problem, const Match& match) {
  const std::string& who = WhoOf(problem, match);
  const Text defences = DefencesPhrase(problem, match.defences);
  const Text when = OnDate(problem, match.time.from);
  const std::string minutes = MinutesPhrase(match.amount);
  return {absl::StrCat(who, " attend ", minutes, " entre ", defences.fr, ", ", when.fr, "."),
          absl::StrCat(who, " waits ", minutes, " between ", defences.en, ", ", when.en, ".")};
}

Text PersonPauseSentence(const Problem& problem, const Match& match) {
  const std::string& who = WhoOf(problem, match);
  const Text when = OnPeriod(problem, match.time);
  const std::string least = MinutesPhrase(match.limit);
  return {absl::StrCat(who, " n’a pas de pause de ", least, " qui commence ", when.fr, "."),
          absl::StrCat(who, " has no pause of ", least, " that begins ", when.en, ".")};
}

}  // namespace soutenance::scheduling::solver
