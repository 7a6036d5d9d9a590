#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/scheduling/solver/explain/analysis.h"
#include "services/scheduling/solver/explain/phrases.h"

// How each rule tells one breach. What the fields of a match mean stands above the rule in constraints/.
namespace soutenance::scheduling::solver {
namespace {

const std::string& NameOf(const Problem& problem, PersonId id) {
  const Person& person = problem.person(id);
  return person.name.empty() ? person.key : person.name;
}

const std::string& WhoOf(const Problem& problem, const Match& match) {
  return NameOf(problem, match.persons.at(0));
}

Text RoomClashSentence(const Problem& problem, const Match& match) {
  const Text room = RoomPhrase(problem, match.rooms.at(0));
  const Text defences = DefencesPhrase(problem, match.defences);
  if (match.amount < 0) {
    const Text when = OnPeriod(problem, match.time);
    return {absl::StrCat("Dans ", room.fr, ", ", defences.fr, " se chevauchent ", when.fr, "."),
            absl::StrCat("In ", room.en, ", ", defences.en, " overlap ", when.en, ".")};
  }
  const Text when = OnMoment(problem, match.time.from);
  const std::string apart = MinutesPhrase(match.amount);
  const std::string needed = MinutesPhrase(match.limit);
  return {absl::StrCat("Dans ", room.fr, ", il n’y a que ", apart, " entre ", defences.fr, " ", when.fr,
                       kNarrowNoBreak, "; il faut ", needed, "."),
          absl::StrCat("In ", room.en, ", there are only ", apart, " between ", defences.en, " ", when.en,
                       "; ", needed, " are needed.")};
}

Text PersonClashSentence(const Problem& problem, const Match& match) {
  const std::string& who = WhoOf(problem, match);
  const Text defences = DefencesPhrase(problem, match.defences);
  if (match.amount < 0) {
    const Text when = OnPeriod(problem, match.time);
    return {absl::StrCat(who, " aurait deux soutenances en même temps, ", when.fr, kNarrowNoBreak, ": ",
                         defences.fr, "."),
            absl::StrCat(who, " would have two defences at once, ", when.en, ": ", defences.en, ".")};
  }
  const Text when = OnMoment(problem, match.time.from);
  const Text from = RoomPhrase(problem, match.rooms.at(0));
  const Text to = RoomPhrase(problem, match.rooms.at(1));
  const std::string has = MinutesPhrase(match.amount);
  const std::string needed = MinutesPhrase(match.limit);
  return {
      absl::StrCat(who, " n’a que ", has, " pour aller de ", from.fr, " à ", to.fr,
                   ", d’un site à l’autre, entre ", defences.fr, ", ", when.fr, kNarrowNoBreak, "; il faut ",
                   needed, "."),
      absl::StrCat(who, " has only ", has, " to go from ", from.en, " to ", to.en,
                   ", on another site, between ", defences.en, ", ", when.en, "; ", needed, " are needed.")};
}

Text PinnedSentence(const Problem& problem, const Match& match) {
  const DefenceId id = match.defences.at(0);
  const Pin& pin = problem.defence(id).pin;
  const RoomId room = match.rooms.at(0);
  const Minute start = match.time.from;
  std::vector<std::string> fr;
  std::vector<std::string> en;
  const auto add = [&](const Text& part) {
    fr.push_back(part.fr);
    en.push_back(part.en);
  };
  if (pin.day && *pin.day != start / kMinutesPerDay) add(OnDate(problem, *pin.day * kMinutesPerDay));
  if (pin.time && *pin.time != start % kMinutesPerDay) {
    const Text time = TimeText(*pin.time);
    add({absl::StrCat("à ", time.fr), absl::StrCat("at ", time.en)});
  }
  if (pin.room && *pin.room != room) {
    const Text pinned = RoomPhrase(problem, *pin.room);
    add({absl::StrCat("dans ", pinned.fr), absl::StrCat("in ", pinned.en)});
  }
  for (const PersonId juror : pin.jurors) {
    const std::vector<Attendee>& given = problem.defence(id).attendees;
    const bool attends = absl::c_any_of(given, [&](const Attendee& a) { return a.person == juror; });
    if (!attends)
      add({absl::StrCat("avec ", NameOf(problem, juror)), absl::StrCat("with ", NameOf(problem, juror))});
  }
  if (pin.mode) {
    const bool on_site = *pin.mode == Mode::kOnSite;
    const bool is_on_site =
        absl::c_none_of(problem.defence(id).attendees, [](const Attendee& a) { return a.remote; });
    if (on_site != is_on_site) add(on_site ? Text{"sur place", "on site"} : Text{"en visio", "on video"});
  }
  const Text defence = DefencePhrase(problem, id);
  const Text when = OnMoment(problem, start);
  const Text where = RoomPhrase(problem, room);
  return Capitalised(Text{absl::StrCat(defence.fr, " est fixée ", absl::StrJoin(fr, " "),
                                       ", mais elle a lieu ", when.fr, " dans ", where.fr, "."),
                          absl::StrCat(defence.en, " is pinned ", absl::StrJoin(en, " "),
                                       ", but takes place ", when.en, " in ", where.en, ".")});
}

Text OpeningHoursSentence(const Problem& problem, const Match& match) {
  const Text defence = DefencePhrase(problem, match.defences.at(0));
  if (match.amount == 0) {
    const Text when = OnPeriod(problem, match.time);
    return Capitalised(
        Text{absl::StrCat(defence.fr, ", ", when.fr, ", sort des horaires de la campagne."),
             absl::StrCat(defence.en, ", ", when.en, ", lies outside the hours of the campaign.")});
  }
  const Text when = OnMoment(problem, match.time.from);
  const std::string grid = MinutesPhrase(match.limit);
  return Capitalised(
      Text{absl::StrCat(defence.fr, " commence ", when.fr, ", hors de la grille de ", grid, "."),
           absl::StrCat(defence.en, " starts ", when.en, ", off the grid of ", grid, ".")});
}

Text AvailabilitySentence(const Problem& problem, const Match& match) {
  const Text defence = DefencePhrase(problem, match.defences.at(0));
  const Text when = OnPeriod(problem, match.time);
  const std::string& who = WhoOf(problem, match);
  return {absl::StrCat(who, " n’est pas disponible pour ", defence.fr, ", ", when.fr, "."),
          absl::StrCat(who, " is not available for ", defence.en, ", ", when.en, ".")};
}

Text SchoolWeeksSentence(const Problem& problem, const Match& match) {
  const Text defence = DefencePhrase(problem, match.defences.at(0));
  const Text when = OnPeriod(problem, match.time);
  return Capitalised(Text{absl::StrCat(defence.fr, ", ", when.fr, ", tombe hors des semaines d’école."),
                          absl::StrCat(defence.en, ", ", when.en, ", falls outside the school weeks.")});
}

Text RoomOpeningSentence(const Problem& problem, const Match& match) {
  const Text defence = DefencePhrase(problem, match.defences.at(0));
  const Text when = OnPeriod(problem, match.time);
  const Text room = RoomPhrase(problem, match.rooms.at(0));
  return Capitalised(
      Text{absl::StrCat(room.fr, " n’est pas accessible pendant toute ", defence.fr, ", ", when.fr, "."),
           absl::StrCat(room.en, " is not open for all of ", defence.en, ", ", when.en, ".")});
}

Text RoomCapacitySentence(const Problem& problem, const Match& match) {
  const Text defence = DefencePhrase(problem, match.defences.at(0));
  const Text room = RoomPhrase(problem, match.rooms.at(0));
  return Capitalised(Text{absl::StrCat(room.fr, " a ", CountFr(match.amount, "place", "places"),
                                       kNarrowNoBreak, "; ", defence.fr, " en demande ", match.limit, "."),
                          absl::StrCat(room.en, " has ", CountEn(match.amount, "seat", "seats"), "; ",
                                       defence.en, " needs ", match.limit, ".")});
}

Text RoomEquipmentSentence(const Problem& problem, const Match& match) {
  const DefenceId id = match.defences.at(0);
  const Text defence = DefencePhrase(problem, id);
  const Text room = RoomPhrase(problem, match.rooms.at(0));
  const std::vector<std::string>& present = problem.room(match.rooms.at(0)).equipment;
  std::vector<std::string> missing;
  for (const std::string& piece : problem.defence(id).equipment) {
    if (!absl::c_linear_search(present, piece)) missing.push_back(piece);
  }
  const std::string pieces = absl::StrJoin(missing, ", ");
  return Capitalised(
      Text{absl::StrCat("dans ", room.fr, ", il manque à ", defence.fr, kNarrowNoBreak, ": ", pieces, "."),
           absl::StrCat(room.en, " lacks what ", defence.en, " needs: ", pieces, ".")});
}

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

Text UnplacedSentence(const Problem& problem, const Match& match) {
  const Text defence = DefencePhrase(problem, match.defences.at(0));
  return Capitalised(Text{absl::StrCat(defence.fr, " n’a ni horaire ni salle."),
                          absl::StrCat(defence.en, " has neither time nor room.")});
}

Text StabilitySentence(const Problem& problem, const Match& match) {
  const DefenceId id = match.defences.at(0);
  const Text defence = DefencePhrase(problem, id);
  const auto people = static_cast<int64_t>(match.persons.size());
  const std::string tell_fr = CountFr(people, "personne à prévenir", "personnes à prévenir");
  const std::string tell_en = CountEn(people, "person to tell", "people to tell");
  const Text now = RoomPhrase(problem, match.rooms.at(0));
  const Reference& reference = *problem.defence(id).reference;
  const Text before = MomentText(problem, reference.start);
  Text was{absl::StrCat("le ", before.fr), before.en};
  if (reference.room) {
    const Text room = RoomPhrase(problem, *reference.room);
    absl::StrAppend(&was.fr, " dans ", room.fr);
    absl::StrAppend(&was.en, " in ", room.en);
  }
  Text is{absl::StrCat("dans ", now.fr), absl::StrCat("in ", now.en)};
  if (match.time.from != reference.start) {
    const Text when = OnMoment(problem, match.time.from);
    is = {absl::StrCat(when.fr, " ", is.fr), absl::StrCat(when.en, " ", is.en)};
  }
  return Capitalised(Text{
      absl::StrCat(defence.fr, " était prévue ", was.fr, kNarrowNoBreak, "; elle l’est maintenant ", is.fr,
                   kNarrowNoBreak, ": ", tell_fr, "."),
      absl::StrCat(defence.en, " was announced for ", was.en, "; it is now ", is.en, ": ", tell_en, ".")});
}

Text IfNeededSentence(const Problem& problem, const Match& match) {
  const Text defence = DefencePhrase(problem, match.defences.at(0));
  const Text when = OnPeriod(problem, match.time);
  const std::string& who = WhoOf(problem, match);
  return {absl::StrCat(who, " ne vient qu’en cas de besoin à l’heure prévue pour ", defence.fr, ", ", when.fr,
                       "."),
          absl::StrCat(who, " comes only if needed at the time of ", defence.en, ", ", when.en, ".")};
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

Text NoticeSentence(const Problem& problem, const Match& match) {
  const DefenceId id = match.defences.at(0);
  const Text defence = DefencePhrase(problem, id);
  const Text when = OnMoment(problem, match.time.from);
  const std::optional<Reference>& published = problem.defence(id).reference;
  if (published && published->start < *problem.now()) {
    const Text was = OnMoment(problem, published->start);
    return Capitalised(
        Text{absl::StrCat(defence.fr, " a commencé ", was.fr, kNarrowNoBreak, "; on ne peut plus la mettre ",
                          when.fr, "."),
             absl::StrCat(defence.en, " began ", was.en, "; it can no longer be put ", when.en, ".")});
  }
  return Capitalised(Text{absl::StrCat(defence.fr, " serait mise ", when.fr, ", ce qui est trop tôt."),
                          absl::StrCat(defence.en, " would be put ", when.en, ", which is too soon.")});
}

Text DisturbanceSentence(const Problem& problem, const Match& match) {
  const std::string& who = WhoOf(problem, match);
  const Text defences = DefencesPhrase(problem, match.defences);
  const bool one = match.defences.size() == 1;
  return {absl::StrCat("Il faut prévenir ", who, " que ", defences.fr, one ? " change" : " changent", "."),
          absl::StrCat(who, " must be told that ", defences.en, one ? " changes" : " change", ".")};
}

Text RoleOf(const Problem& problem, const Match& match) {
  return RolePhrase(problem.role(match.role.value()).name);
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

Text SubjectCoverageSentence(const Problem& problem, const Match& match) {
  const Text defence = DefencePhrase(problem, match.defences.at(0));
  return Capitalised(Text{absl::StrCat(defence.fr, " a ", CountFr(match.amount, "sujet", "sujets"),
                                       " que personne du jury ne connaît."),
                          absl::StrCat(defence.en, " has ", CountEn(match.amount, "subject", "subjects"),
                                       " that nobody of the jury knows.")});
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

Text HoursSentence(const Problem& problem, const Match& match) {
  const Text defence = DefencePhrase(problem, match.defences.at(0));
  const Text when = OnPeriod(problem, match.time);
  return Capitalised(
      Text{absl::StrCat(defence.fr, " a lieu ", when.fr, ", trop tôt ou trop tard, ce qui coûte ",
                        CountFr(match.amount, "point", "points"), "."),
           absl::StrCat(defence.en, " takes place ", when.en, ", too early or too late, which costs ",
                        CountEn(match.amount, "point", "points"), ".")});
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

Text RoomsUsedSentence(const Problem& problem, const Match& match) {
  const Text room = RoomPhrase(problem, match.rooms.at(0));
  return Capitalised(Text{absl::StrCat(room.fr, " est utilisée."), absl::StrCat(room.en, " is used.")});
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

Text TopicRoomsSentence(const Problem& problem, const Match& match) {
  const std::string& topic = problem.topic(*problem.defence(match.defences.at(0)).topic);
  const Text when = OnDate(problem, match.time.from);
  return {absl::StrCat("La spécialité « ", topic, " » occupe ", CountFr(match.amount, "salle", "salles"), " ",
                       when.fr, kNarrowNoBreak, "; on en souhaite au plus ", match.limit, "."),
          absl::StrCat("The topic “", topic, "” takes ", CountEn(match.amount, "room", "rooms"), " ", when.en,
                       "; at most ", match.limit, match.limit == 1 ? " is wished for." : " are wished for.")};
}

}  // namespace

Text MatchSentence(const Problem& problem, RuleId rule, const Match& match) {
  switch (rule) {
    case RuleId::kRoomClash:
      return RoomClashSentence(problem, match);
    case RuleId::kPersonClash:
      return PersonClashSentence(problem, match);
    case RuleId::kPinned:
      return PinnedSentence(problem, match);
    case RuleId::kOpeningHours:
      return OpeningHoursSentence(problem, match);
    case RuleId::kAvailability:
      return AvailabilitySentence(problem, match);
    case RuleId::kSchoolWeeks:
      return SchoolWeeksSentence(problem, match);
    case RuleId::kRoomOpening:
      return RoomOpeningSentence(problem, match);
    case RuleId::kRoomCapacity:
      return RoomCapacitySentence(problem, match);
    case RuleId::kRoomEquipment:
      return RoomEquipmentSentence(problem, match);
    case RuleId::kPersonDayLoad:
      return DayLoadSentence(problem, match);
    case RuleId::kPersonCampaignLoad:
      return CampaignLoadSentence(problem, match);
    case RuleId::kUnplaced:
      return UnplacedSentence(problem, match);
    case RuleId::kStability:
      return StabilitySentence(problem, match);
    case RuleId::kIfNeeded:
      return IfNeededSentence(problem, match);
    case RuleId::kPersonDays:
      return PersonDaysSentence(problem, match);
    case RuleId::kGaps:
      return GapsSentence(problem, match);
    case RuleId::kConsecutiveRoom:
      return ConsecutiveRoomSentence(problem, match);
    case RuleId::kBackToBack:
      return BackToBackSentence(problem, match);
    case RuleId::kOneSeat:
      return OneSeatSentence(problem, match);
    case RuleId::kSeatCost:
      return SeatCostSentence(problem, match);
    case RuleId::kRoomGaps:
      return RoomGapsSentence(problem, match);
    case RuleId::kTopicChanges:
      return TopicChangesSentence(problem, match);
    case RuleId::kTopicBlocks:
      return TopicBlocksSentence(problem, match);
    case RuleId::kRoomDays:
      return RoomDaysSentence(problem, match);
    case RuleId::kRoomDayLimit:
      return RoomDayLimitSentence(match);
    case RuleId::kRoomBreak:
      return RoomBreakSentence(problem, match);
    case RuleId::kRoomBlockLoad:
      return RoomBlockLoadSentence(problem, match);
    case RuleId::kNotice:
      return NoticeSentence(problem, match);
    case RuleId::kDisturbance:
      return DisturbanceSentence(problem, match);
    case RuleId::kRoleAbsence:
      return RoleAbsenceSentence(problem, match);
    case RuleId::kBlockContinuity:
      return BlockContinuitySentence(problem, match);
    case RuleId::kRoleLoad:
      return RoleLoadSentence(problem, match);
    case RuleId::kCombinedRoles:
      return CombinedRolesSentence(problem, match);
    case RuleId::kSquaredLoad:
      return SquaredLoadSentence(problem, match);
    case RuleId::kSquaredDays:
      return SquaredDaysSentence(problem, match);
    case RuleId::kSubjectCoverage:
      return SubjectCoverageSentence(problem, match);
    case RuleId::kNearness:
      return NearnessSentence(problem, match);
    case RuleId::kQuickRoomChange:
      return QuickRoomChangeSentence(problem, match);
    case RuleId::kRoleLimit:
      return RoleLimitSentence(problem, match);
    case RuleId::kHours:
      return HoursSentence(problem, match);
    case RuleId::kRoomPause:
      return RoomPauseSentence(problem, match);
    case RuleId::kShortPause:
      return ShortPauseSentence(problem, match);
    case RuleId::kRoomTopics:
      return RoomTopicsSentence(problem, match);
    case RuleId::kMixedCohorts:
      return MixedCohortsSentence(problem, match);
    case RuleId::kMixedHolders:
      return MixedHoldersSentence(problem, match);
    case RuleId::kRoomsUsed:
      return RoomsUsedSentence(problem, match);
    case RuleId::kJurySize:
      return JurySizeSentence(problem, match);
    case RuleId::kWaits:
      return WaitsSentence(problem, match);
    case RuleId::kPersonPause:
      return PersonPauseSentence(problem, match);
    case RuleId::kDayContinuity:
      return BlockContinuitySentence(problem, match);
    case RuleId::kTopicRooms:
      return TopicRoomsSentence(problem, match);
  }
  return {};
}

}  // namespace soutenance::scheduling::solver
