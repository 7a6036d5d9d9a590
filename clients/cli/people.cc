#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
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
      {.flag = TextFlag("--family-name", "NAME", {"family name", "nom de famille"}), .name = "family_name"},
      {.flag = TextFlag("--given-name", "NAME", {"given name", "prénom"}), .name = "given_name"},
      {.flag = TextFlag("--email", "ADDRESS",
                        {"e-mail address; empty to remove it", "courriel ; vide pour l’effacer"}),
       .name = "email"},
      {.flag = TextFlag("--organisation", "NAME",
                        {"company, school or laboratory", "entreprise, école ou laboratoire"}),
       .name = "organisation"},
      {.flag = NumberFlag(
           "--defences-per-day", "N",
           {"at most this many a day; 0: as the rules say", "au plus par jour ; 0 : selon les règles"}),
       .name = "defences_per_day_max"},
      {.flag = NumberFlag("--defences-per-campaign", "N",
                          {"at most this many in a campaign; 0: as the rules say",
                           "au plus par campagne ; 0 : selon les règles"}),
       .name = "defences_per_campaign_max"},
  };
  return fields;
}

std::string LimitText(int limit) { return limit == 0 ? "" : absl::StrCat(limit); }

std::string PersonText(const Session& session, const pb::Person& person) {
  return FactsText(
      absl::StrCat(person.given_name(), person.given_name().empty() ? "" : " ", person.family_name()),
      {{{"id", "identifiant"}, ShortName(person.name())},
       {{"e-mail", "courriel"}, person.email()},
       {{"organisation", "organisme"}, person.organisation()},
       {{"defences a day, at most", "soutenances par jour, au plus"},
        LimitText(person.defences_per_day_max())},
       {{"defences in all, at most", "soutenances en tout, au plus"},
        LimitText(person.defences_per_campaign_max())},
       {{"etag", "etag"}, person.etag()}},
      session.language(), session.out());
}

absl::Status List(Session& session, const Input& input) {
  pb::ListPeopleRequest request;
  request.set_query(input.Get("--query"));
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListPeopleResponse>(request));
  clients::Table table(
      {{session.Say({"Id", "Identifiant"})},
       {session.Say({"Family name", "Nom"}), Column::Align::kLeft, Column::Fit::kShrink},
       {session.Say({"Given name", "Prénom"}), Column::Align::kLeft, Column::Fit::kShrink},
       {session.Say({"E-mail", "Courriel"}), Column::Align::kLeft, Column::Fit::kShrink},
       {session.Say({"Organisation", "Organisme"}), Column::Align::kLeft, Column::Fit::kShrink}});
  for (const pb::Person& person : list.people()) {
    table.Row({ShortName(person.name()), person.family_name(), person.given_name(), person.email(),
               person.organisation()});
  }
  ShowTable(session, list, table, {"nobody", "personne"});
  return absl::OkStatus();
}

absl::Status Show(Session& session, const Input& input) {
  pb::GetPersonRequest request;
  request.set_name(TopName("people", input.Get("PERSON")));
  ASSIGN_OR_RETURN(const auto person, session.Call<pb::Person>(request));
  session.Show(person, [&] { return PersonText(session, person); });
  return absl::OkStatus();
}

absl::Status Create(Session& session, const Input& input) {
  pb::CreatePersonRequest request;
  request.set_person_id(input.Get("ID"));
  RETURN_IF_ERROR(FillResource(input, Fields(), session.language(), *request.mutable_person()).status());
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto person, session.Call<pb::Person>(request));
  ShowOutcome(session, input, {"Created.", "Créée."}, person, PersonText(session, person));
  return absl::OkStatus();
}

absl::Status Update(Session& session, const Input& input) {
  pb::UpdatePersonRequest request;
  request.mutable_person()->set_name(TopName("people", input.Get("PERSON")));
  RETURN_IF_ERROR(FillUpdate(input, Fields(), session.language(), *request.mutable_person(),
                             *request.mutable_update_mask()));
  if (input.Has("--etag")) request.mutable_person()->set_etag(input.Get("--etag"));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto person, session.Call<pb::Person>(request));
  ShowOutcome(session, input, {"Changed.", "Modifiée."}, person, PersonText(session, person));
  return absl::OkStatus();
}

}  // namespace

Noun PeopleNoun() {
  const Argument person =
      NameArgument("PERSON", "people", {"id of the person", "identifiant de la personne"});
  return {
      .name = "people",
      .summary = {"students, teachers, company tutors", "étudiants, enseignants, tuteurs entreprise"},
      .commands = {
          {.verb = "list",
           .summary = {"List people", "Lister les personnes"},
           .flags = {TextFlag(
               "--query", "TEXT",
               {"only names that contain this text, without regard to case and accents",
                "seulement les noms contenant ce texte, sans égard à la casse ni aux accents"})},
           .examples = {{"people list --query durand",
                         {"everybody called Durand", "toutes les personnes nommées Durand"}}},
           .run = List},
          {.verb = "show",
           .summary = {"Show a person", "Montrer une personne"},
           .arguments = {person},
           .examples = {{"people show ana", {"what is known about ana", "ce que l’on sait d’ana"}}},
           .run = Show},
          {.verb = "create",
           .summary = {"Add a person", "Ajouter une personne"},
           .arguments = {IdArgument()},
           .flags = Flags(FlagsOf(Fields()), {DryRunFlag()}),
           .examples = {{"people create ana --family-name Martin --given-name Ana --email ana@example.org",
                         {"a person with an address", "une personne avec son adresse"}}},
           .run = Create},
          {.verb = "update",
           .summary = {"Change a person", "Modifier une personne"},
           .details = {"Only the fields that are given change.", "Seuls les champs donnés changent."},
           .arguments = {person},
           .flags = Flags(FlagsOf(Fields()), {EtagFlag(), DryRunFlag()}),
           .examples = {{"people update ana --defences-per-day 3",
                         {"not more than three a day", "pas plus de trois par jour"}}},
           .run = Update},
      }};
}

}  // namespace soutenance::cli
