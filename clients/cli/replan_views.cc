#include "clients/cli/replan_views.h"

#include <algorithm>
#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/lib/display_text.h"
#include "clients/lib/table.h"

namespace soutenance::cli {
namespace {

namespace pb = scheduling::v1;
using clients::Column;
using clients::Language;
using clients::Mark;
using clients::Text;

// What changes of a defence, whoever is told: the change of highest consequence that anybody is told of.
std::map<std::string, const pb::ToldChange*> ChangesByDefence(const pb::ReplanTimetableResponse& response) {
  std::map<std::string, const pb::ToldChange*> changes;
  for (const pb::ToldPerson& person : response.people()) {
    for (const pb::ToldChange& change : person.changes()) {
      const pb::ToldChange*& known = changes[change.defence()];
      const bool about_one = known != nullptr && (known->kind() == pb::ToldChange::KIND_JOINED ||
                                                  known->kind() == pb::ToldChange::KIND_LEFT);
      if (known == nullptr || about_one) known = &change;
    }
  }
  return changes;
}

std::string WordOf(pb::ToldChange::Kind kind, Language language) {
  switch (kind) {
    case pb::ToldChange::KIND_NEW:
      return Text{"new", "nouvelle"}.In(language);
    case pb::ToldChange::KIND_MOVED:
      return Text{"moved", "déplacée"}.In(language);
    case pb::ToldChange::KIND_ROOM_CHANGED:
      return Text{"other room", "autre salle"}.In(language);
    case pb::ToldChange::KIND_CANCELLED:
      return Text{"cancelled", "annulée"}.In(language);
    case pb::ToldChange::KIND_JOINED:
    case pb::ToldChange::KIND_LEFT:
      return Text{"other jury", "autre jury"}.In(language);
    case pb::ToldChange::KIND_DURATION_CHANGED:
      return Text{"other length", "autre durée"}.In(language);
    default:
      return absl::StrCat(static_cast<int>(kind));
  }
}

std::string ChangesTable(const pb::ReplanTimetableResponse& response, const ViewStyle& style) {
  const Language language = style.language;
  clients::Table table(
      {{Text{"Defence", "Soutenance"}.In(language)},
       {Text{"What", "Quoi"}.In(language)},
       {Text{"Before", "Avant"}.In(language), Column::Align::kLeft, Column::Fit::kShrink},
       {Text{"After", "Après"}.In(language), Column::Align::kLeft, Column::Fit::kShrink},
       {Text{"Students", "Étudiants"}.In(language), Column::Align::kLeft, Column::Fit::kShrink}});
  for (const auto& [defence, change] : ChangesByDefence(response)) {
    table.Row({ShortName(defence), WordOf(change->kind(), language),
               change->has_before() ? PlaceText(change->before(), style) : "",
               change->has_after() ? PlaceText(change->after(), style) : "",
               StudentsText(change->has_after() ? change->after() : change->before())});
  }
  return table.empty() ? "" : table.Text(style.terminal);
}

std::string Heading(Text text, const ViewStyle& style) {
  return absl::StrCat("\n", Marked(text.In(style.language), Mark::kBold, style.terminal), "\n");
}

std::string SummaryOf(const pb::ReplanTimetableResponse& response, const ViewStyle& style) {
  const Language language = style.language;
  std::string text = absl::StrCat(Counted(response.hit_size(), {"defence hit", "soutenance touchée"},
                                          {"defences hit", "soutenances touchées"}, language),
                                  ", ",
                                  Counted(response.others_moved_size(), {"other moved", "autre déplacée"},
                                          {"others moved", "autres déplacées"}, language),
                                  ", ",
                                  Counted(response.people_size(), {"person to tell", "personne à prévenir"},
                                          {"people to tell", "personnes à prévenir"}, language));
  if (response.minimal()) {
    absl::StrAppend(
        &text,
        Text{" (nothing disturbs less; proven)", " (rien ne dérange moins ; c’est prouvé)"}.In(language));
  }
  return text + "\n";
}

// " (notice: 3 days)": the shortest of what a person must be told.
std::string NoticeOf(const pb::ToldPerson& person, Language language) {
  if (person.changes_size() == 0) return "";
  int32_t days = person.changes(0).notice_days();
  for (const pb::ToldChange& change : person.changes()) days = std::min(days, change.notice_days());
  return absl::StrCat(Text{" (notice: ", " (préavis : "}.In(language),
                      days == 0 ? std::string(Text{"none", "aucun"}.In(language))
                                : Counted(days, {"day", "jour"}, {"days", "jours"}, language),
                      ")");
}

}  // namespace

std::string ReplanText(const pb::ReplanTimetableResponse& response, const ViewStyle& style) {
  const Language language = style.language;
  std::string text = SummaryOf(response, style);
  const pb::Timetable& timetable = response.timetable();
  if (timetable.placed_count() < timetable.defence_count()) {
    absl::StrAppend(&text,
                    Marked(PlacedText(timetable.placed_count(), timetable.defence_count(),
                                      timetable.placed_count_bound(), language),
                           Mark::kWarning, style.terminal),
                    "\n");
  }
  if (response.facts_changed_size() > 0) {
    absl::StrAppend(&text, Heading({"What changed in the facts", "Ce qui a changé dans les données"}, style));
    for (const std::string& fact : response.facts_changed())
      absl::StrAppend(&text, Paragraph(fact, 2, "- ", style.terminal));
  }
  if (response.people_size() == 0) return text;
  absl::StrAppend(&text, "\n", ChangesTable(response, style));
  absl::StrAppend(&text, Heading({"People to tell", "Personnes à prévenir"}, style));
  for (const pb::ToldPerson& person : response.people()) {
    absl::StrAppend(&text, "  ", clients::Printable(person.display_name()), NoticeOf(person, language), "\n");
    for (const pb::ToldChange& change : person.changes())
      absl::StrAppend(&text, Paragraph(change.sentence(), 4, "- ", style.terminal));
  }
  return text;
}

}  // namespace soutenance::cli
