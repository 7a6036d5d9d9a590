#include "services/directory/import/format.h"

#include <algorithm>
#include <string>

#include "absl/strings/match.h"
#include "services/sheets/text.h"

namespace soutenance::directory::import_folder {
namespace {

constexpr Need kRequired = Need::kRequired;
constexpr Need kOptional = Need::kOptional;

std::vector<SheetFormat> MakeFormats() {
  return {
      {SheetKind::kCampaign,
       {"campaign", "campagne"},
       kRequired,
       {{{"key", "cle"}, kRequired}, {{"value", "valeur"}, kRequired}}},
      {SheetKind::kCalendar,
       {"calendar", "calendrier"},
       kOptional,
       {{{"from", "du"}, kRequired}, {{"to", "au"}, kRequired}, {{"kind", "type"}, kRequired}}},
      {SheetKind::kPeople,
       {"people", "personnes"},
       kRequired,
       {{{"id", "identifiant"}, kRequired},
        {{"family_name", "nom"}, kRequired},
        {{"given_name", "prenom"}},
        {{"email", "courriel"}},
        {{"organisation", "organisme"}},
        {{"max_per_day", "maximum_par_jour"}},
        {{"max_total", "maximum_total"}}}},
      {SheetKind::kRooms,
       {"rooms", "salles"},
       kRequired,
       {{{"id", "identifiant"}, kRequired},
        {{"name", "nom"}, kRequired},
        {{"site", "site"}},
        {{"capacity", "capacite"}},
        {{"equipment", "equipement"}}}},
      {SheetKind::kOpenings,
       {"openings", "ouvertures"},
       kOptional,
       {{{"room", "salle"}, kRequired},
        {{"day", "jour"}, kRequired},
        {{"from", "de"}, kRequired},
        {{"to", "a"}, kRequired},
        {{"kind", "type"}}}},
      {SheetKind::kTheses,
       {"theses", "memoires"},
       kRequired,
       {{{"id", "identifiant"}, kRequired},
        {{"title", "titre"}, kRequired},
        {{"authors", "auteurs"}, kRequired},
        {{"supervisor", "encadrant"}, kRequired},
        {{"company_tutor", "tuteur_entreprise"}},
        {{"confidential", "confidentiel"}},
        {{"duration", "duree"}},
        {{"equipment", "equipement"}},
        {{"language", "langue"}}}},
      {SheetKind::kJuries,
       {"juries", "jurys"},
       kRequired,
       {{{"thesis", "memoire"}, kRequired},
        {{"person", "personne"}, kRequired},
        {{"role", "role"}, kRequired},
        {{"mode", "mode"}}}},
      {SheetKind::kAvailability,
       {"availability", "disponibilites"},
       kRequired,
       {{{"person", "personne"}, kRequired},
        {{"day", "jour"}, kRequired},
        {{"from", "de"}},
        {{"to", "a"}},
        {{"answer", "reponse"}, kRequired}}},
  };
}

bool HasSuffix(absl::string_view file, absl::string_view suffix) {
  return absl::EndsWithIgnoreCase(file, suffix);
}

}  // namespace

const std::vector<SheetFormat>& SheetFormats() {
  static const auto* const formats = new std::vector<SheetFormat>(MakeFormats());
  return *formats;
}

const SheetFormat& FormatOf(SheetKind kind) {
  const std::vector<SheetFormat>& formats = SheetFormats();
  return *std::find_if(formats.begin(), formats.end(), [&](const SheetFormat& f) { return f.kind == kind; });
}

const SheetFormat* FindSheet(absl::string_view file) {
  absl::string_view stem = file;
  if (HasSuffix(file, ".csv") || HasSuffix(file, ".txt") || HasSuffix(file, ".tsv")) stem.remove_suffix(4);
  if (stem.size() == file.size()) return nullptr;
  for (const SheetFormat& format : SheetFormats()) {
    if (IsNamed(format.name, stem)) return &format;
  }
  return nullptr;
}

int FindColumn(const SheetFormat& format, absl::string_view header) {
  return sheets::FindColumn(format.columns, header);
}

bool IsIgnoredFile(absl::string_view file) {
  const std::string folded = Folded(file);
  return absl::StartsWith(file, ".") || absl::StartsWith(file, "~") || absl::StartsWith(folded, "readme") ||
         absl::StartsWith(folded, "lisezmoi") || HasSuffix(file, ".md") || HasSuffix(file, ".bak") ||
         absl::EndsWith(file, "~") || folded == "thumbs.db" || folded == "desktop.ini";
}

}  // namespace soutenance::directory::import_folder
