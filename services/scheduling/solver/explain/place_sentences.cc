#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/scheduling/solver/explain/phrases.h"
#include "services/scheduling/solver/explain/rule_sentences.h"

namespace soutenance::scheduling::solver {
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

Text HoursSentence(const Problem& problem, const Match& match) {
  const Text defence = DefencePhrase(problem, match.defences.at(0));
  const Text when = OnPeriod(problem, match.time);
  return Capitalised(
      Text{absl::StrCat(defence.fr, " a lieu ", when.fr, ", trop tôt ou trop tard, ce qui coûte ",
                        CountFr(match.amount, "point", "points"), "."),
           absl::StrCat(defence.en, " takes place ", when.en, ", too early or too late, which costs ",
                        CountEn(match.amount, "point", "points"), ".")});
}

}  // namespace soutenance::scheduling::solver
