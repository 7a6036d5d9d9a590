#include "clients/cli/timetable_views.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/dates.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/words.h"
#include "clients/lib/display_text.h"
#include "clients/lib/table.h"

namespace soutenance::cli {
namespace {

namespace pb = scheduling::v1;
using clients::Column;
using clients::Language;
using clients::Mark;
using clients::Printable;
using clients::Text;

Column Wide(Text title, Language language) {
  return {title.In(language), Column::Align::kLeft, Column::Fit::kShrink};
}

Column Minor(Text title, Language language) {
  return {title.In(language), Column::Align::kLeft, Column::Fit::kShrinkFirst};
}

Column Kept(Text title, Language language) { return {title.In(language)}; }

bool IsPlaced(const pb::Placement& placement) { return !placement.start().empty(); }

std::string RoomOf(const pb::Placement& placement) {
  return placement.room_title().empty() ? ShortName(placement.room()) : placement.room_title();
}

std::string Times(const pb::Placement& placement) {
  const std::string from = TimeOf(placement.start());
  return absl::StrCat(from, "-", TimeAfter(from, placement.duration_minutes()));
}

std::string JuryOf(const pb::Placement& placement, Language language) {
  return absl::StrJoin(placement.jury(), ", ", [&](std::string* out, const pb::Attendee& attendee) {
    absl::StrAppend(out, attendee.display_name(), attendee.composed() ? "*" : "",
                    attendee.remote() ? Text{" (video)", " (visio)"}.In(language) : "");
  });
}

bool HasComposed(const pb::Timetable& timetable) {
  for (const pb::Placement& placement : timetable.placements()) {
    for (const pb::Attendee& attendee : placement.jury()) {
      if (attendee.composed()) return true;
    }
  }
  return false;
}

}  // namespace

const pb::Placement* FindPlacement(const pb::Timetable& timetable, const std::string& defence) {
  for (const pb::Placement& placement : timetable.placements()) {
    if (placement.defence() == defence) return &placement;
  }
  return nullptr;
}

std::string PinnedText(const pb::Placement& placement, Language language) {
  std::vector<std::string> pins;
  // Of what has no place, also what is kept for it.
  const std::string& start = placement.pin().kept_start();
  const auto aspect = [&](const Text& name, const std::string& kept) {
    pins.push_back(kept.empty() ? name.In(language) : absl::StrCat(name.In(language), " ", kept));
  };
  if (placement.pin().day()) aspect({"day", "jour"}, start.empty() ? "" : ShortDay(DayOf(start), language));
  if (placement.pin().time()) aspect({"time", "heure"}, start.empty() ? "" : TimeOf(start));
  if (placement.pin().room()) aspect({"room", "salle"}, ShortName(placement.pin().kept_room()));
  if (placement.pin().jurors_size() > 0) pins.emplace_back(Text{"jurors", "jurés"}.In(language));
  if (placement.pin().mode()) pins.emplace_back(Text{"mode", "mode"}.In(language));
  if (pins.empty()) return "";
  return absl::StrCat(Text{"pinned: ", "fixé : "}.In(language), absl::StrJoin(pins, "+"));
}

namespace {

// What is special about a placement: pins, closed session, a rule broken by hand.
std::string Notes(const pb::Placement& placement, Language language) {
  std::vector<std::string> notes;
  if (std::string pinned = PinnedText(placement, language); !pinned.empty()) {
    notes.push_back(std::move(pinned));
  }
  if (placement.closed()) notes.emplace_back(Text{"closed session", "huis clos"}.In(language));
  if (!placement.override_reason().empty()) {
    notes.push_back(
        absl::StrCat(Text{"by hand: ", "à la main : "}.In(language), placement.override_reason()));
  }
  return absl::StrJoin(notes, "; ");
}

std::string ByTable(const pb::Timetable& timetable, const ViewStyle& style) {
  const Language language = style.language;
  clients::Table table({Kept({"Day", "Jour"}, language), Kept({"Time", "Heure"}, language),
                        Wide({"Room", "Salle"}, language), Kept({"Defence", "Soutenance"}, language),
                        Wide({"Students", "Étudiants"}, language), Minor({"Title", "Titre"}, language),
                        Minor({"Jury", "Jury"}, language), Minor({"Notes", "Remarques"}, language)});
  for (const pb::Placement& placement : timetable.placements()) {
    if (!IsPlaced(placement)) continue;
    table.Row({ShortDay(DayOf(placement.start()), language), Times(placement), RoomOf(placement),
               ShortName(placement.defence()), StudentsText(placement), placement.title(),
               JuryOf(placement, language), Notes(placement, language)});
  }
  return table.empty() ? "" : table.Text(style.terminal);
}

std::string ByDay(const pb::Timetable& timetable, const ViewStyle& style) {
  const Language language = style.language;
  clients::Table table({Kept({"Time", "Heure"}, language), Wide({"Room", "Salle"}, language),
                        Kept({"Defence", "Soutenance"}, language), Wide({"Students", "Étudiants"}, language),
                        Minor({"Jury", "Jury"}, language), Minor({"Notes", "Remarques"}, language)});
  std::string day;
  for (const pb::Placement& placement : timetable.placements()) {
    if (!IsPlaced(placement)) continue;
    if (DayOf(placement.start()) != day) {
      day = DayOf(placement.start());
      table.Section(LongDay(day, language));
    }
    table.Row({Times(placement), RoomOf(placement), ShortName(placement.defence()), StudentsText(placement),
               JuryOf(placement, language), Notes(placement, language)});
  }
  return table.empty() ? "" : table.Text(style.terminal);
}

std::string ByRoom(const pb::Timetable& timetable, const ViewStyle& style) {
  const Language language = style.language;
  std::map<std::pair<std::string, std::string>, std::vector<const pb::Placement*>> rooms;
  for (const pb::Placement& placement : timetable.placements()) {
    if (IsPlaced(placement))
      rooms[{clients::SortKey(RoomOf(placement)), placement.room()}].push_back(&placement);
  }
  clients::Table table({Kept({"Day", "Jour"}, language), Kept({"Time", "Heure"}, language),
                        Kept({"Defence", "Soutenance"}, language), Wide({"Students", "Étudiants"}, language),
                        Minor({"Jury", "Jury"}, language), Minor({"Notes", "Remarques"}, language)});
  for (const auto& [key, placements] : rooms) {
    table.Section(RoomOf(*placements.front()));
    for (const pb::Placement* placement : placements) {
      table.Row({ShortDay(DayOf(placement->start()), language), Times(*placement),
                 ShortName(placement->defence()), StudentsText(*placement), JuryOf(*placement, language),
                 Notes(*placement, language)});
    }
  }
  return table.empty() ? "" : table.Text(style.terminal);
}

std::string ByPerson(const pb::Timetable& timetable, const ViewStyle& style) {
  const Language language = style.language;
  struct Part {
    const pb::Placement* placement;
    std::string role;
  };
  struct Person {
    std::string heading;
    std::vector<Part> parts;
  };
  // By what puts them in order and tells them apart. Students have no resource name here; as each has one
  // defence, it tells two of the same name apart.
  std::map<std::pair<std::string, std::string>, Person> people;
  for (const pb::Placement& placement : timetable.placements()) {
    if (!IsPlaced(placement)) continue;
    for (const std::string& student : placement.students()) {
      Person& person = people[{clients::SortKey(student), placement.defence()}];
      person.heading = student;
      person.parts.push_back({&placement, WordFor("student", language)});
    }
    for (const pb::Attendee& attendee : placement.jury()) {
      Person& person = people[{clients::SortKey(attendee.display_name()), attendee.person()}];
      person.heading = absl::StrCat(attendee.display_name(), " (", ShortName(attendee.person()), ")");
      person.parts.push_back({&placement, WordFor(attendee.role(), language)});
    }
  }
  clients::Table table({Kept({"Day", "Jour"}, language), Kept({"Time", "Heure"}, language),
                        Wide({"Room", "Salle"}, language), Kept({"Defence", "Soutenance"}, language),
                        Wide({"Students", "Étudiants"}, language), Wide({"As", "En tant que"}, language)});
  for (const auto& [key, person] : people) {
    table.Section(person.heading);
    for (const Part& part : person.parts) {
      table.Row({ShortDay(DayOf(part.placement->start()), language), Times(*part.placement),
                 RoomOf(*part.placement), ShortName(part.placement->defence()), StudentsText(*part.placement),
                 part.role});
    }
  }
  return table.empty() ? "" : table.Text(style.terminal);
}

std::string UnplacedText(const pb::Timetable& timetable, const ViewStyle& style) {
  std::string text;
  for (const pb::Placement& placement : timetable.placements()) {
    if (IsPlaced(placement)) continue;
    std::string line = ShortName(placement.defence());
    if (placement.students_size() > 0) absl::StrAppend(&line, " (", StudentsText(placement), ")");
    if (const std::string notes = Notes(placement, style.language); !notes.empty()) {
      absl::StrAppend(&line, " [", notes, "]");
    }
    if (!placement.unplaced_reason().empty()) {
      absl::StrAppend(&line, Text{": ", " : "}.In(style.language), placement.unplaced_reason());
    }
    absl::StrAppend(&text, Paragraph(line, 2, "- ", style.terminal));
  }
  if (text.empty()) return "";
  const std::string heading = Text{"Unplaced", "Non placées"}.In(style.language);
  return absl::StrCat("\n", Marked(heading, Mark::kWarning, style.terminal), "\n", text);
}

}  // namespace

std::string PlacedText(int placed, int defences, int bound, Language language) {
  std::string text = absl::StrCat(placed, Text{" of ", " sur "}.In(language),
                                  Counted(defences, {"defence placed", "soutenance placée"},
                                          {"defences placed", "soutenances placées"}, language));
  // A bound that says nothing new is left out.
  if (bound > 0 && bound < defences) {
    absl::StrAppend(&text, Text{" (at most ", " (au plus "}.In(language), bound,
                    Text{" possible)", " possibles)"}.In(language));
  }
  return text;
}

namespace {

// The levels to be told: the first four, and those below down to the last one that has points or a bound.
// Most campaigns have no wishes of lower ranks.
std::vector<pb::LevelScore> ToldLevels(const google::protobuf::RepeatedPtrField<pb::LevelScore>& score) {
  constexpr int kAlways = 4;
  int count = std::min(score.size(), kAlways);
  for (int i = kAlways; i < score.size(); ++i) {
    if (score[i].points() != 0 || score[i].bound() != 0) count = i + 1;
  }
  return {score.begin(), score.begin() + count};
}

}  // namespace

std::string ScoreText(const google::protobuf::RepeatedPtrField<pb::LevelScore>& score, Language language) {
  return absl::StrJoin(ToldLevels(score), ", ", [&](std::string* out, const pb::LevelScore& level) {
    absl::StrAppend(out, WordFor(level.level(), language), " ", level.points());
  });
}

std::string ProvenScoreText(const google::protobuf::RepeatedPtrField<pb::LevelScore>& score,
                            Language language) {
  return absl::StrJoin(ToldLevels(score), ", ", [&](std::string* out, const pb::LevelScore& level) {
    absl::StrAppend(out, WordFor(level.level(), language), " ", level.points());
    if (level.points() == 0) return;  // there is nothing better, and nothing to say
    if (level.proven()) {
      absl::StrAppend(out, Text{" (proven)", " (prouvé)"}.In(language));
    } else if (level.bound() > 0) {
      absl::StrAppend(out, Text{" (at least ", " (au moins "}.In(language), level.bound(), ")");
    }
  });
}

std::string TimetableTitle(const pb::Timetable& timetable, const ViewStyle& style) {
  return absl::StrCat(Text{"Timetable ", "Planning "}.In(style.language),
                      Printable(ShortName(timetable.name())), Text{" of ", " de "}.In(style.language),
                      Printable(ShortName(ParentIn("campaigns", timetable.name()))), " (",
                      WordFor(timetable.state(), style.language), ")");
}

std::string AssumptionsText(const pb::Timetable& timetable, const ViewStyle& style) {
  if (timetable.assumptions_size() == 0) return "";
  std::string text = absl::StrCat(
      Marked(Text{"Assumes what is still to be made so", "Suppose ce qui reste à obtenir"}.In(style.language),
             Mark::kWarning, style.terminal),
      "\n");
  for (const std::string& assumption : timetable.assumptions()) {
    absl::StrAppend(&text, Paragraph(assumption, 2, "- ", style.terminal));
  }
  return text;
}

std::string StudentsText(const pb::Placement& placement) { return absl::StrJoin(placement.students(), ", "); }

std::string PlaceText(const pb::Placement& placement, const ViewStyle& style) {
  if (!IsPlaced(placement)) return Text{"unplaced", "non placée"}.In(style.language);
  return absl::StrCat(ShortDay(DayOf(placement.start()), style.language), " ", TimeOf(placement.start()),
                      ", ", RoomOf(placement));
}

std::string TimetableText(const pb::Timetable& timetable, Arrangement arrangement, const ViewStyle& style) {
  const Language language = style.language;
  std::string text = absl::StrCat(Marked(TimetableTitle(timetable, style), Mark::kBold, style.terminal),
                                  Text{": ", " : "}.In(language),
                                  PlacedText(timetable.placed_count(), timetable.defence_count(),
                                             timetable.placed_count_bound(), language),
                                  "\n");
  if (timetable.score_size() > 0) {
    absl::StrAppend(
        &text, "Score", Text{": ", " : "}.In(language),
        timetable.optimal() ? ScoreText(timetable.score(), language)
                            : ProvenScoreText(timetable.score(), language),
        timetable.optimal()
            ? Text{" (proven to be the best possible)", " (prouvé le meilleur possible)"}.In(language)
            : "",
        "\n");
  }
  absl::StrAppend(&text, AssumptionsText(timetable, style), "\n");
  switch (arrangement) {
    case Arrangement::kTable:
      absl::StrAppend(&text, ByTable(timetable, style));
      break;
    case Arrangement::kDay:
      absl::StrAppend(&text, ByDay(timetable, style));
      break;
    case Arrangement::kRoom:
      absl::StrAppend(&text, ByRoom(timetable, style));
      break;
    case Arrangement::kPerson:
      absl::StrAppend(&text, ByPerson(timetable, style));
      break;
  }
  if (HasComposed(timetable)) {
    absl::StrAppend(&text,
                    Text{"* chosen together with the timetable: soutenance timetables juries",
                         "* choisi avec le planning : soutenance timetables juries"}
                        .In(language),
                    "\n");
  }
  return absl::StrCat(text, UnplacedText(timetable, style));
}

}  // namespace soutenance::cli
