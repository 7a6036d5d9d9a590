#include "services/scheduling/told_people.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/scheduling/documents/dates.h"
#include "services/scheduling/solver/explain/phrases.h"

namespace soutenance::scheduling {
namespace {

using documents::Language;
using Kind = ToldChange::Kind;

// Everybody who attends a defence, and whether on video.
std::map<std::string, bool> AttendeesOf(const std::string& thesis, const ShownTimetable& side) {
  std::map<std::string, bool> attendees;
  const StoredPlacement* const placement = FindPlacement(side.timetable, thesis);
  if (placement != nullptr) {
    for (const JurySeat& seat : placement->holders) attendees[seat.person] = seat.is_remote;
  }
  const Cast& cast = side.cast;
  const auto found = cast.theses.find(thesis);
  if (found == cast.theses.end()) return attendees;
  for (const JurySeat& seat : found->second.jury) attendees[seat.person] = seat.is_remote;
  for (const std::string& author : found->second.authors) attendees[author] = false;
  return attendees;
}

class Teller {
 public:
  Teller(const ShownTimetable& before, const ShownTimetable& after, const Viewer& viewer,
         absl::CivilMinute now, Language language)
      : before_(before), after_(after), viewer_(viewer), now_(now), language_(language) {}

  std::vector<ToldPerson> Run() {
    std::set<std::string> theses;
    for (const ShownTimetable* side : {&before_, &after_}) {
      for (const StoredPlacement& placement : side->timetable.placements) theses.insert(placement.thesis);
    }
    for (const std::string& thesis : theses) Tell(thesis);
    std::vector<ToldPerson> people;
    for (auto& [person, changes] : changes_) {
      const Cast& cast = after_.cast.people.count(person) > 0 ? after_.cast : before_.cast;
      people.push_back({person, cast.NameOf(person), std::move(changes)});
    }
    std::sort(people.begin(), people.end(), [](const ToldPerson& a, const ToldPerson& b) {
      return std::pair(a.display_name, a.person) < std::pair(b.display_name, b.person);
    });
    return people;
  }

 private:
  static std::optional<PlacementView> Look(const ShownTimetable& side, const std::string& thesis,
                                           const Viewer& viewer) {
    const StoredPlacement* const placement = FindPlacement(side.timetable, thesis);
    if (placement == nullptr || !placement->place) return std::nullopt;
    return ViewOf(*placement, side.timetable.key.campaign, side.cast, viewer);
  }

  void Tell(const std::string& thesis) {
    const std::optional<PlacementView> was = Look(before_, thesis, viewer_);
    const std::optional<PlacementView> is = Look(after_, thesis, viewer_);
    if (!was && !is) return;
    const std::map<std::string, bool> attended = AttendeesOf(thesis, before_);
    const std::map<std::string, bool> attend = AttendeesOf(thesis, after_);
    if (!is) {
      for (const auto& [person, remote] : attended) Add(person, Kind::kCancelled, was, is);
      return;
    }
    for (const auto& [person, remote] : attend) {
      if (!was) {
        Add(person, Kind::kNew, was, is);
      } else if (attended.count(person) == 0) {
        Add(person, Kind::kJoined, was, is);
      } else if (was->place->start != is->place->start) {
        Add(person, Kind::kMoved, was, is);
      } else if (was->place->room != is->place->room && !remote) {
        Add(person, Kind::kRoomChanged, was, is);
      } else if (was->duration_minutes != is->duration_minutes) {
        Add(person, Kind::kDurationChanged, was, is);
      }
    }
    for (const auto& [person, remote] : attended) {
      if (was && attend.count(person) == 0) Add(person, Kind::kLeft, was, is);
    }
  }

  void Add(const std::string& person, Kind kind, const std::optional<PlacementView>& was,
           const std::optional<PlacementView>& is) {
    const PlacementView& shown = is ? *is : *was;
    ToldChange change{.defence = shown.defence, .kind = kind, .before = was, .after = is};
    absl::CivilMinute first = shown.place->start;
    if (was) first = std::min(first, was->place->start);
    change.notice_days = static_cast<int>(std::max<int64_t>(0, first - now_) / (24 * 60));
    change.sentence = SentenceOf(kind, shown, was, is);
    changes_[person].push_back(std::move(change));
  }

  std::string Say(absl::string_view french, absl::string_view english) const {
    return std::string(language_ == Language::kFrench ? french : english);
  }

  // `preposition` is the English one.
  std::string When(const PlacementView& view, absl::string_view preposition = "on") const {
    const absl::CivilMinute start = view.place->start;
    const std::string date = documents::LongDate(absl::CivilDay(start), language_);
    const std::string time = documents::ClockTime(start, language_);
    return Say(absl::StrCat("le ", date, " à ", time), absl::StrCat(preposition, " ", date, " at ", time));
  }
  std::string Where(const PlacementView& view) const { return absl::StrCat(" (", view.room_title, ")"); }

  std::string SentenceOf(Kind kind, const PlacementView& shown, const std::optional<PlacementView>& was,
                         const std::optional<PlacementView>& is) const {
    const std::string students = absl::StrJoin(shown.students, ", ");
    const std::string who =
        Say(absl::StrCat("La soutenance ", solver::De(students)), absl::StrCat("The defence of ", students));
    const std::string then = was ? When(*was, "for") + Where(*was) : "";
    const std::string now = is ? When(*is) + Where(*is) : "";
    switch (kind) {
      case Kind::kNew:
        return absl::StrCat(who, Say(" aura lieu ", " takes place "), now, ".");
      case Kind::kMoved:
        return absl::StrCat(who, Say(" était prévue ", ", announced "), then,
                            Say("\u202f; elle aura lieu ", ", now takes place "), now, ".");
      case Kind::kRoomChanged:
        return absl::StrCat(who, ", ", When(*is), Say(", change de salle\u202f: ", ", changes its room: "),
                            was->room_title, " → ", is->room_title, ".");
      case Kind::kCancelled:
        return absl::StrCat(who, Say(", prévue ", ", announced "), then,
                            Say(", n’a plus lieu à cette date.", ", does not take place then."));
      case Kind::kJoined:
        return absl::StrCat(Say("Vous rejoignez le jury. ", "You join the jury. "), who,
                            Say(" aura lieu ", " takes place "), now, ".");
      case Kind::kLeft:
        return absl::StrCat(who, Say(", prévue ", ", announced "), then,
                            Say(", ne demande plus votre présence.", ", no longer needs you."));
      case Kind::kDurationChanged:
        return absl::StrCat(who, ", ", now, Say(", dure désormais ", ", now takes "),
                            documents::DurationText(is->duration_minutes, language_), ".");
    }
    return "";
  }

  const ShownTimetable& before_;
  const ShownTimetable& after_;
  const Viewer& viewer_;
  const absl::CivilMinute now_;
  const Language language_;
  std::map<std::string, std::vector<ToldChange>> changes_;  // by person
};

}  // namespace

std::vector<ToldPerson> WhoIsTold(const ShownTimetable& before, const ShownTimetable& after,
                                  const Viewer& viewer, absl::CivilMinute now, Language language) {
  return Teller(before, after, viewer, now, language).Run();
}

}  // namespace soutenance::scheduling
