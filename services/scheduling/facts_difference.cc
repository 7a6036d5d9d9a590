#include "services/scheduling/facts_difference.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/types/span.h"
#include "services/scheduling/solver/explain/phrases.h"

namespace soutenance::scheduling {
namespace {

using solver::De;
using solver::Interval;
using solver::Minute;
using solver::Person;
using solver::Problem;
using solver::Room;

// "La salle B12", "L’amphi Curie".
std::string FrenchRoom(const std::string& name) { return solver::Capitalised(solver::RoomPhrase(name)).fr; }

std::vector<Interval> Shifted(std::vector<Interval> intervals, Minute by) {
  for (Interval& interval : intervals) interval = {interval.from + by, interval.to + by};
  return intervals;
}

// Collects sentences about two problems. Times of the later one are counted from the first date of the
// earlier one.
class Difference {
 public:
  Difference(const Problem& before, const Problem& after, documents::Language language)
      : before_(before),
        after_(after),
        is_french_(language == documents::Language::kFrench),
        shift_(static_cast<Minute>(after.first_date() - before.first_date()) * solver::kMinutesPerDay),
        opening_before_(solver::Normalised(before.spec().opening)),
        opening_after_(Shifted(solver::Normalised(after.spec().opening), shift_)),
        common_(solver::Intersection(opening_before_, opening_after_)) {}

  std::vector<std::string> Tell() {
    TellCampaign();
    TellRules();
    TellRooms();
    TellPersons();
    TellDefences();
    if (count_ > kFactChangesMax) {
      const int more = count_ - kFactChangesMax;
      sentences_.push_back(is_french_ ? absl::StrCat("Et ", more, " autres changements.")
                                      : absl::StrCat("And ", more, " other changes."));
    }
    return std::move(sentences_);
  }

 private:
  void Say(const std::string& french, const std::string& english) {
    if (++count_ <= kFactChangesMax) sentences_.push_back(is_french_ ? french : english);
  }

  // A number with a unit that changed.
  void SayNumber(int64_t before, int64_t after, absl::string_view french, absl::string_view english,
                 absl::string_view unit) {
    if (before == after) return;
    Say(absl::StrCat(french, " passe de ", before, " à ", after, unit, "."),
        absl::StrCat(english, " changes from ", before, " to ", after, unit, "."));
  }

  // Whether two sets of times differ where the campaign was open and is open.
  bool Differ(const std::vector<Interval>& before, const std::vector<Interval>& after) const {
    return solver::Intersection(before, common_) != solver::Intersection(Shifted(after, shift_), common_);
  }

  void TellCampaign();
  void TellRules();
  void TellRooms();
  void TellRoom(const Room& before, const Room& after);
  void TellPersons();
  void TellDefences();
  void TellDefence(const solver::Defence& before, const solver::Defence& after);
  void TellAttendees(const solver::Defence& before, const solver::Defence& after);
  void TellOpenSeats(const solver::Defence& before, const solver::Defence& after);

  const Problem& before_;
  const Problem& after_;
  const bool is_french_;
  const Minute shift_;
  const std::vector<Interval> opening_before_;
  const std::vector<Interval> opening_after_;
  const std::vector<Interval> common_;
  int count_ = 0;
  std::vector<std::string> sentences_;
};

void Difference::TellCampaign() {
  if (opening_before_ != opening_after_) {
    Say("Les jours ou les heures de la campagne ont changé.",
        "The days or the hours of the campaign changed.");
  }
  SayNumber(before_.grid_minutes(), after_.grid_minutes(), "Le pas des débuts de soutenance",
            "The grid of the starts", " min");
  SayNumber(before_.buffer_minutes(), after_.buffer_minutes(),
            "Le battement entre deux soutenances d’une salle", "The time between two defences in a room",
            " min");
  SayNumber(before_.travel_minutes(), after_.travel_minutes(), "Le temps de trajet entre deux sites",
            "The time to go from one site to another", " min");
}

void Difference::TellRules() {
  for (const solver::RuleLine& line : solver::Rulebook()) {
    const solver::RuleInForce& was = before_.rule(line.id);
    const solver::RuleInForce& is = after_.rule(line.id);
    if (was.level == is.level && was.weight == is.weight && was.parameter == is.parameter) continue;
    Say(absl::StrCat("La règle « ", line.sentence_fr, " » est réglée autrement."),
        absl::StrCat("The rule \"", line.sentence_en, "\" is set differently."));
  }
}

void Difference::TellRooms() {
  for (const Room& was : before_.rooms()) {
    const std::optional<solver::RoomId> id = after_.FindRoom(was.key);
    if (id) {
      TellRoom(was, after_.room(*id));
    } else {
      Say(absl::StrCat(FrenchRoom(was.name), " n’est plus utilisée."),
          absl::StrCat("Room ", was.name, " is no longer used."));
    }
  }
  for (const Room& is : after_.rooms()) {
    if (before_.FindRoom(is.key)) continue;
    Say(absl::StrCat(FrenchRoom(is.name), " s'ajoute."), absl::StrCat("Room ", is.name, " is new."));
  }
}

void Difference::TellRoom(const Room& before, const Room& after) {
  if (before.name != after.name) {
    Say(absl::StrCat(FrenchRoom(before.name), " s'appelle désormais ", after.name, "."),
        absl::StrCat("Room ", before.name, " is now called ", after.name, "."));
  }
  if (Differ(before.open, after.open)) {
    Say(absl::StrCat("Les heures d’ouverture de ", solver::RoomPhrase(after.name).fr, " ont changé."),
        absl::StrCat("The opening hours of room ", after.name, " changed."));
  }
  if (before.capacity != after.capacity || before.equipment != after.equipment ||
      before_.site(before.site) != after_.site(after.site)) {
    Say(absl::StrCat("Les places, l’équipement ou le site de ", solver::RoomPhrase(after.name).fr,
                     " ont changé."),
        absl::StrCat("The seats, the equipment or the site of room ", after.name, " changed."));
  }
}

void Difference::TellPersons() {
  for (const Person& was : before_.persons()) {
    const std::optional<solver::PersonId> id = after_.FindPerson(was.key);
    // Who does not attend any more is told with the defences.
    if (!id) continue;
    const Person& is = after_.person(*id);
    if (was.name != is.name) {
      Say(absl::StrCat(was.name, " s'appelle désormais ", is.name, "."),
          absl::StrCat(was.name, " is now called ", is.name, "."));
    }
    if (Differ(was.blocked, is.blocked) || Differ(was.if_needed, is.if_needed)) {
      Say(absl::StrCat("Les disponibilités ", De(is.name), " ont changé."),
          absl::StrCat("The availability of ", is.name, " changed."));
    }
    if (was.max_per_day != is.max_per_day || was.max_total != is.max_total) {
      Say(absl::StrCat("Le nombre de soutenances que ", is.name, " accepte a changé."),
          absl::StrCat("The number of defences that ", is.name, " accepts changed."));
    }
    const auto limits = [](const Problem& problem, const Person& person) {
      std::vector<std::string> told;
      for (const solver::RoleLimit& limit : person.role_limits) {
        told.push_back(
            absl::StrCat(problem.role(limit.role).name, " ", limit.max_per_day, " ", limit.max_total));
      }
      return told;
    };
    if (limits(before_, was) != limits(after_, is)) {
      Say(absl::StrCat("Les limites ", De(is.name), " par rôle ont changé."),
          absl::StrCat("The limits of ", is.name, " in roles changed."));
    }
  }
}

void Difference::TellDefences() {
  for (const solver::Defence& was : before_.defences()) {
    const std::optional<solver::DefenceId> id = after_.FindDefence(was.key);
    if (id) {
      TellDefence(was, after_.defence(*id));
    } else {
      Say(absl::StrCat("La soutenance ", De(was.label), " n’est plus à placer."),
          absl::StrCat("The defence of ", was.label, " is no longer to be placed."));
    }
  }
  for (const solver::Defence& is : after_.defences()) {
    if (before_.FindDefence(is.key)) continue;
    Say(absl::StrCat("La soutenance ", De(is.label), " s'ajoute."),
        absl::StrCat("The defence of ", is.label, " is new."));
  }
}

void Difference::TellDefence(const solver::Defence& before, const solver::Defence& after) {
  SayNumber(before.duration_minutes, after.duration_minutes,
            absl::StrCat("La durée de la soutenance ", De(after.label)),
            absl::StrCat("The duration of the defence of ", after.label), " min");
  TellAttendees(before, after);
  const auto allowed = [&](const solver::Defence& defence, Minute back) {
    return defence.allowed.empty() ? Shifted(common_, -back) : defence.allowed;
  };
  if (Differ(allowed(before, 0), allowed(after, shift_))) {
    Say(absl::StrCat("Les semaines d’école ", De(after.label), " ont changé."),
        absl::StrCat("The school weeks of ", after.label, " changed."));
  }
  if (before.equipment != after.equipment || before.capacity != after.capacity) {
    Say(absl::StrCat("Ce que la salle de la soutenance ", De(after.label), " doit offrir a changé."),
        absl::StrCat("What the room must offer for the defence of ", after.label, " changed."));
  }
}

void Difference::TellOpenSeats(const solver::Defence& before, const solver::Defence& after) {
  const auto seats = [](const Problem& problem, const solver::Defence& defence) {
    std::string text;
    for (const solver::OpenSeat& seat : defence.open_seats) {
      absl::StrAppend(&text, seat.role, seat.remote ? " remote" : "");
      for (const solver::Candidate& candidate : seat.candidates) {
        absl::StrAppend(&text, " ", problem.person(candidate.person).key, " ", candidate.cost);
      }
      absl::StrAppend(&text, "\n");
    }
    return text;
  };
  if (seats(before_, before) == seats(after_, after)) return;
  Say(absl::StrCat("Les places du jury ", De(after.label),
                   " que pourvoit le planning, ou ceux que l’on peut y choisir, ont changé."),
      absl::StrCat("The seats of the jury of ", after.label,
                   " that the timetable fills, or those who may be chosen, changed."));
}

void Difference::TellAttendees(const solver::Defence& before, const solver::Defence& after) {
  const auto seats = [](const Problem& problem, const solver::Defence& defence) {
    std::set<std::string> found;
    for (const solver::Seat& seat : defence.seats) {
      found.insert(
          absl::StrCat(problem.person(seat.person).key, " ", seat.role, seat.remote ? " remote" : ""));
    }
    return found;
  };
  TellOpenSeats(before, after);
  if (seats(before_, before) == seats(after_, after)) return;
  const auto names = [](const Problem& problem, const solver::Defence& defence) {
    return absl::StrJoin(defence.attendees, ", ", [&](std::string* out, const solver::Attendee& attendee) {
      out->append(problem.person(attendee.person).name);
    });
  };
  if (names(before_, before) == names(after_, after)) {
    Say(absl::StrCat("Ceux qui assistent à la soutenance ", De(after.label),
                     " ont changé : un rôle, ou une participation en visio."),
        absl::StrCat("Those who attend the defence of ", after.label,
                     " changed: a role, or who is on video."));
    return;
  }
  Say(absl::StrCat("Ceux qui assistent à la soutenance ", De(after.label),
                   " ont changé : ", names(before_, before), " ; désormais ", names(after_, after), "."),
      absl::StrCat("Those who attend the defence of ", after.label, " changed: ", names(before_, before),
                   "; now ", names(after_, after), "."));
}

}  // namespace

std::vector<std::string> FactsDifference(const Problem& before, const Problem& after,
                                         documents::Language language) {
  return Difference(before, after, language).Tell();
}

}  // namespace soutenance::scheduling
