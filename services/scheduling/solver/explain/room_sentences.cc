#include <string>

#include "absl/strings/str_cat.h"
#include "services/scheduling/solver/explain/phrases.h"
#include "services/scheduling/solver/explain/rule_sentences.h"

namespace soutenance::scheduling::solver {
Text RoomGapsSentence(const Problem& problem, const Match& match) {
  const Text room = RoomPhrase(problem, match.rooms.at(0));
  const Text when = OnPeriod(problem, match.time);
  return Capitalised(Text{absl::StrCat(room.fr, " reste vide ", when.fr, ", à côté d’une soutenance."),
                          absl::StrCat(room.en, " stays empty ", when.en, ", beside a defence.")});
}

Text TopicChangesSentence(const Problem& problem, const Match& match) {
  const Text room = RoomPhrase(problem, match.rooms.at(0));
  const Text defences = DefencesPhrase(problem, match.defences);
  const Text when = OnPeriod(problem, match.time);
  return {absl::StrCat("La spécialité change entre ", defences.fr, ", dans ", room.fr, ", ", when.fr, "."),
          absl::StrCat("The topic changes between ", defences.en, ", in ", room.en, ", ", when.en, ".")};
}

Text TopicBlocksSentence(const Problem& problem, const Match& match) {
  const Text room = RoomPhrase(problem, match.rooms.at(0));
  const Text when = OnPeriod(problem, match.time);
  return Capitalised(
      Text{absl::StrCat(room.fr, " accueille ", CountFr(match.amount, "spécialité", "spécialités"), " ",
                        when.fr, kNarrowNoBreak, "; jusqu’à ", match.limit, ", cela ne coûte rien."),
           absl::StrCat(room.en, " has ", CountEn(match.amount, "topic", "topics"), " ", when.en, "; up to ",
                        match.limit, " cost nothing.")});
}

Text RoomDaysSentence(const Problem& problem, const Match& match) {
  const Text room = RoomPhrase(problem, match.rooms.at(0));
  const Text when = OnDate(problem, match.time.from);
  return Capitalised(
      Text{absl::StrCat(room.fr, " sert ", when.fr, "."), absl::StrCat(room.en, " is used ", when.en, ".")});
}

Text RoomDayLimitSentence(const Match& match) {
  return {absl::StrCat("Les salles servent ", CountFr(match.amount, "journée", "journées"), " en tout",
                       kNarrowNoBreak, "; le maximum est de ", match.limit, "."),
          absl::StrCat("The rooms are used on ", CountEn(match.amount, "day", "days"),
                       " in all; the limit is ", match.limit, ".")};
}

Text RoomBreakSentence(const Problem& problem, const Match& match) {
  const Text room = RoomPhrase(problem, match.rooms.at(0));
  const Text defences = DefencesPhrase(problem, match.defences);
  const Text when = OnDate(problem, match.time.from);
  const std::string minutes = MinutesPhrase(std::max<int64_t>(0, match.amount));
  const std::string least = MinutesPhrase(match.limit);
  return Capitalised(Text{absl::StrCat(room.fr, " n’est libre que ", minutes, " entre ", defences.fr, ", ",
                                       when.fr, kNarrowNoBreak, "; il faut ", least, "."),
                          absl::StrCat(room.en, " is free for only ", minutes, " between ", defences.en, ", ",
                                       when.en, "; ", least, " are needed.")});
}

Text RoomBlockLoadSentence(const Problem& problem, const Match& match) {
  const Text room = RoomPhrase(problem, match.rooms.at(0));
  const Text when = OnPeriod(problem, match.time);
  return Capitalised(
      Text{absl::StrCat(room.fr, " accueille ", CountFr(match.amount, "soutenance", "soutenances"), " ",
                        when.fr, kNarrowNoBreak, "; le maximum est de ", match.limit, "."),
           absl::StrCat(room.en, " has ", CountEn(match.amount, "defence", "defences"), " ", when.en,
                        "; the limit is ", match.limit, ".")});
}

Text RoomPauseSentence(const Problem& problem, const Match& match) {
  const Text room = RoomPhrase(problem, match.rooms.at(0));
  const Text when = OnPeriod(problem, match.time);
  const std::string least = MinutesPhrase(match.limit);
  return Capitalised(
      Text{absl::StrCat(room.fr, " n’a pas de pause de ", least, " qui commence ", when.fr, "."),
           absl::StrCat(room.en, " has no pause of ", least, " that begins ", when.en, ".")});
}

Text ShortPauseSentence(const Problem& problem, const Match& match) {
  const Text room = RoomPhrase(problem, match.rooms.at(0));
  const Text when = OnDate(problem, match.time.from);
  const std::string wanted = MinutesPhrase(match.limit);
  if (match.amount == 0) {
    return Capitalised(Text{absl::StrCat(room.fr, " n’a pas de pause ", when.fr, "."),
                            absl::StrCat(room.en, " has no pause ", when.en, ".")});
  }
  const std::string minutes = MinutesPhrase(match.amount);
  return Capitalised(Text{absl::StrCat("la pause de ", room.fr, " n’est que de ", minutes, " au lieu de ",
                                       wanted, ", ", when.fr, "."),
                          absl::StrCat("the pause of ", room.en, " is only ", minutes, " instead of ", wanted,
                                       ", ", when.en, ".")});
}

Text RoomTopicsSentence(const Problem& problem, const Match& match) {
  const Text room = RoomPhrase(problem, match.rooms.at(0));
  const Text when = OnDate(problem, match.time.from);
  return Capitalised(
      Text{absl::StrCat(room.fr, " accueille ", CountFr(match.amount, "spécialité", "spécialités"), " ",
                        when.fr, kNarrowNoBreak, "; le maximum est de ", match.limit, "."),
           absl::StrCat(room.en, " has ", CountEn(match.amount, "topic", "topics"), " ", when.en,
                        "; the limit is ", match.limit, ".")});
}

Text MixedCohortsSentence(const Problem& problem, const Match& match) {
  const Text defences = DefencesPhrase(problem, match.defences);
  const Text room = RoomPhrase(problem, match.rooms.at(0));
  const Text when = OnDate(problem, match.time.from);
  return {
      absl::StrCat("Dans ", room.fr, ", ", defences.fr, " ne sont pas de la même promotion, ", when.fr, "."),
      absl::StrCat("In ", room.en, ", ", defences.en, " are not of one cohort, ", when.en, ".")};
}

Text RoomsUsedSentence(const Problem& problem, const Match& match) {
  const Text room = RoomPhrase(problem, match.rooms.at(0));
  return Capitalised(Text{absl::StrCat(room.fr, " est utilisée."), absl::StrCat(room.en, " is used.")});
}

Text TopicRoomsSentence(const Problem& problem, const Match& match) {
  const std::string& topic = problem.topic(*problem.defence(match.defences.at(0)).topic);
  const Text when = OnDate(problem, match.time.from);
  return {absl::StrCat("La spécialité « ", topic, " » occupe ", CountFr(match.amount, "salle", "salles"), " ",
                       when.fr, kNarrowNoBreak, "; on en souhaite au plus ", match.limit, "."),
          absl::StrCat("The topic “", topic, "” takes ", CountEn(match.amount, "room", "rooms"), " ", when.en,
                       "; at most ", match.limit, match.limit == 1 ? " is wished for." : " are wished for.")};
}

}  // namespace soutenance::scheduling::solver
