#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "clients/cli/fields.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/nouns.h"
#include "clients/cli/resource.h"
#include "services/base/status.h"
#include "soutenance/submissions/v1/reviews.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = submissions::v1;
using clients::Column;

// "msi/thesis" and "programmes/msi/grids/thesis" are the latter.
std::string GridName(const std::string& text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos || absl::StartsWith(text, "programmes/")) return text;
  return absl::StrCat("programmes/", text.substr(0, slash), "/grids/", text.substr(slash + 1));
}

const std::vector<Field>& Fields() {
  static const auto& fields =
      *new std::vector<Field>{{.flag = TextFlag("--title", "TITLE", {"title", "titre"}), .name = "title"}};
  return fields;
}

std::string GridText(const Session& session, const pb::Grid& grid) {
  clients::Table table({{session.Say({"Criterion", "Critère"})},
                        {session.Say({"Title", "Titre"}), Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"Best mark", "Note maximale"}), Column::Align::kRight},
                        {session.Say({"Comment", "Commentaire"})}});
  for (const pb::Criterion& each : grid.criteria()) {
    table.Row({each.id(), each.title(), absl::StrCat(each.points_max()),
               each.comment_required() ? session.Say({"required", "obligatoire"}) : ""});
  }
  return absl::StrCat(FactsText(grid.title(),
                                {{{"id", "identifiant"},
                                  absl::StrReplaceAll(grid.name(), {{"programmes/", ""}, {"/grids/", "/"}})},
                                 {{"etag", "etag"}, grid.etag()}},
                                session.language(), session.out()),
                      table.Text(session.out()));
}

absl::Status List(Session& session, const Input& input) {
  pb::ListGridsRequest request;
  request.set_parent(TopName("programmes", input.Get("PROGRAMME")));
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListGridsResponse>(request));
  clients::Table table({{session.Say({"Id", "Identifiant"})},
                        {session.Say({"Title", "Titre"}), Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"Criteria", "Critères"}), Column::Align::kRight}});
  for (const pb::Grid& each : list.grids()) {
    table.Row({ShortName(each.name()), each.title(), absl::StrCat(each.criteria_size())});
  }
  ShowTable(session, list, table, {"no grid", "aucune grille"});
  return absl::OkStatus();
}

absl::Status Show(Session& session, const Input& input) {
  pb::GetGridRequest request;
  request.set_name(GridName(input.Get("GRID")));
  ASSIGN_OR_RETURN(const auto grid, session.Call<pb::Grid>(request));
  session.Show(grid, [&] { return GridText(session, grid); });
  return absl::OkStatus();
}

absl::Status Set(Session& session, const Input& input) {
  pb::SetGridRequest request;
  RETURN_IF_ERROR(FillResource(input, Fields(), session.language(), *request.mutable_grid()).status());
  request.mutable_grid()->set_name(GridName(input.Get("GRID")));
  if (input.Has("--etag")) request.mutable_grid()->set_etag(input.Get("--etag"));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto grid, session.Call<pb::Grid>(request));
  ShowOutcome(session, input, {"Set.", "Enregistré."}, grid, GridText(session, grid));
  return absl::OkStatus();
}

}  // namespace

Noun GridsNoun() {
  const Argument grid{.value = {.word = "GRID"},
                      .help = {"PROGRAMME/ID of the grid", "FORMATION/IDENTIFIANT de la grille"}};
  return {
      .name = "grids",
      .summary = {"criteria by which theses are reviewed", "critères d’évaluation des mémoires"},
      .commands = {
          {.verb = "list",
           .summary = {"List the grids of a programme", "Lister les grilles d’une formation"},
           .arguments = {NameArgument("PROGRAMME", "programmes", {"the programme", "la formation"})},
           .examples = {{"grids list m2", {"all of one programme", "toutes celles d’une formation"}}},
           .run = List},
          {.verb = "show",
           .summary = {"Show a grid", "Montrer une grille"},
           .arguments = {grid},
           .examples = {{"grids show m2/thesis --json", {"to edit and set again", "pour la modifier"}}},
           .run = Show},
          {.verb = "set",
           .summary = {"Create a grid, or replace it", "Créer ou remplacer une grille"},
           .details =
               {"Marks that were given keep their place: a criterion of a review that was handed in cannot "
                "be removed.",
                "Les notes données gardent leur place : un critère d’un rapport rendu ne peut être retiré."},
           .arguments = {grid},
           .flags = Flags(FlagsOf(Fields()), {EtagFlag(), DryRunFlag()}),
           .examples = {{"grids set m2/thesis --file grid.json", {"from a file", "depuis un fichier"}}},
           .run = Set},
      }};
}

}  // namespace soutenance::cli
