#include <string>
#include <vector>

#include "clients/cli/fields.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/nouns.h"
#include "clients/cli/resource.h"
#include "services/base/status.h"
#include "soutenance/directory/v1/directory.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = directory::v1;
using clients::Column;

const std::vector<Field>& Fields() {
  static const auto& fields = *new std::vector<Field>{
      {.flag = TextFlag("--title", "TITLE", {"title", "intitulé"}), .name = "title"},
      {.flag = TextFlag("--institution", "NAME", {"institution", "établissement"}), .name = "institution"},
      {.flag = TextFlag("--time-zone", "ZONE",
                        {"such as Europe/Paris, the default", "par exemple Europe/Paris, par défaut"}),
       .name = "time_zone"},
      // --language is the language of the output; this is that of documents.
      {.flag = ChoiceFlag("--document-language", {"fr", "en"},
                          {"language of documents: fr or en", "langue des documents : fr ou en"}),
       .name = "language"},
  };
  return fields;
}

std::string ProgrammeText(const Session& session, const pb::Programme& programme) {
  return FactsText(programme.title(),
                   {{{"id", "identifiant"}, ShortName(programme.name())},
                    {{"institution", "établissement"}, programme.institution()},
                    {{"time zone", "fuseau horaire"}, programme.time_zone()},
                    {{"language", "langue"}, programme.language()},
                    {{"etag", "etag"}, programme.etag()}},
                   session.language(), session.out());
}

absl::Status List(Session& session, const Input&) {
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListProgrammesResponse>(pb::ListProgrammesRequest()));
  clients::Table table(
      {{session.Say({"Id", "Identifiant"})},
       {session.Say({"Title", "Intitulé"}), Column::Align::kLeft, Column::Fit::kShrink},
       {session.Say({"Institution", "Établissement"}), Column::Align::kLeft, Column::Fit::kShrink},
       {session.Say({"Language", "Langue"})}});
  for (const pb::Programme& programme : list.programmes()) {
    table.Row(
        {ShortName(programme.name()), programme.title(), programme.institution(), programme.language()});
  }
  ShowTable(session, list, table, {"no programme", "aucune formation"});
  return absl::OkStatus();
}

absl::Status Show(Session& session, const Input& input) {
  pb::GetProgrammeRequest request;
  request.set_name(TopName("programmes", input.Get("PROGRAMME")));
  ASSIGN_OR_RETURN(const auto programme, session.Call<pb::Programme>(request));
  session.Show(programme, [&] { return ProgrammeText(session, programme); });
  return absl::OkStatus();
}

absl::Status Create(Session& session, const Input& input) {
  pb::CreateProgrammeRequest request;
  request.set_programme_id(input.Get("ID"));
  RETURN_IF_ERROR(FillResource(input, Fields(), session.language(), *request.mutable_programme()).status());
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto programme, session.Call<pb::Programme>(request));
  ShowOutcome(session, input, {"Created.", "Créée."}, programme, ProgrammeText(session, programme));
  return absl::OkStatus();
}

absl::Status Update(Session& session, const Input& input) {
  pb::UpdateProgrammeRequest request;
  request.mutable_programme()->set_name(TopName("programmes", input.Get("PROGRAMME")));
  RETURN_IF_ERROR(FillUpdate(input, Fields(), session.language(), *request.mutable_programme(),
                             *request.mutable_update_mask()));
  if (input.Has("--etag")) request.mutable_programme()->set_etag(input.Get("--etag"));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto programme, session.Call<pb::Programme>(request));
  ShowOutcome(session, input, {"Changed.", "Modifiée."}, programme, ProgrammeText(session, programme));
  return absl::OkStatus();
}

}  // namespace

Noun ProgrammesNoun() {
  const Argument programme =
      NameArgument("PROGRAMME", "programmes", {"id of the programme", "identifiant de la formation"});
  return {.name = "programmes",
          .summary = {"programmes of study", "formations"},
          .commands = {
              {.verb = "list",
               .summary = {"List programmes", "Lister les formations"},
               .examples = {{"programmes list", {"all programmes", "toutes les formations"}}},
               .run = List},
              {.verb = "show",
               .summary = {"Show a programme", "Montrer une formation"},
               .arguments = {programme},
               .examples = {{"programmes show m2", {"one programme", "une formation"}}},
               .run = Show},
              {.verb = "create",
               .summary = {"Add a programme", "Ajouter une formation"},
               .arguments = {IdArgument()},
               .flags = Flags(FlagsOf(Fields()), {DryRunFlag()}),
               .examples = {{"programmes create m2 --title \"Master 2 Informatique\"",
                             {"a new one", "une nouvelle"}}},
               .run = Create},
              {.verb = "update",
               .summary = {"Change a programme", "Modifier une formation"},
               .details = {"Only the fields that are given change.", "Seuls les champs donnés changent."},
               .arguments = {programme},
               .flags = Flags(FlagsOf(Fields()), {EtagFlag(), DryRunFlag()}),
               .examples = {{"programmes update m2 --document-language en",
                             {"documents in English", "documents en anglais"}}},
               .run = Update},
          }};
}

}  // namespace soutenance::cli
