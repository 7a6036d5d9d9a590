#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/fields.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/nouns.h"
#include "clients/cli/people_names.h"
#include "clients/cli/resource.h"
#include "clients/cli/words.h"
#include "services/base/status.h"
#include "soutenance/submissions/v1/submissions.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = submissions::v1;
using clients::Column;

const std::vector<Field>& Fields() {
  static const auto& fields = *new std::vector<Field>{
      {.flag = TextFlag("--title", "TITLE", {"title", "titre"}), .name = "title"},
      {.flag = Repeated(
           ResourceFlag("--author", "PERSON", "people", {"one or two authors", "un ou deux auteurs"})),
       .name = "authors",
       .collection = "people"},
      {.flag =
           ResourceFlag("--supervisor", "PERSON", "people", {"the academic side", "encadrant académique"}),
       .name = "supervisor",
       .collection = "people"},
      {.flag = ResourceFlag("--company-tutor", "PERSON", "people",
                            {"the company's side", "tuteur en entreprise"}),
       .name = "company_tutor",
       .collection = "people"},
      {.flag = ResourceFlag("--programme", "PROGRAMME", "programmes", {"the programme", "la formation"}),
       .name = "programme",
       .collection = "programmes"},
      {.flag = ResourceFlag("--cohort", "COHORT", "cohorts",
                            {"PROGRAMME/ID of the cohort", "FORMATION/IDENTIFIANT de la promotion"}),
       .name = "cohort",
       .read =
           [](const std::string& text, google::protobuf::Message& thesis, Language) {
             static_cast<pb::Thesis&>(thesis).set_cohort(
                 CohortName(static_cast<pb::Thesis&>(thesis).programme(), text));
             return std::string();
           }},
      {.flag = YesNoFlag("--confidential", {"closed session; title for the jury only",
                                            "huis clos ; titre pour le jury seulement"}),
       .name = "confidential"},
      {.flag = ChoiceFlag("--thesis-language", {"fr", "en"},
                          {"the language it is written in: fr or en", "langue de rédaction : fr ou en"}),
       .name = "language"},
  };
  return fields;
}

PeopleNames NamesIn(Session& session, const google::protobuf::RepeatedPtrField<pb::Thesis>& theses) {
  std::set<std::string> people;
  for (const pb::Thesis& thesis : theses) {
    people.insert(thesis.authors().begin(), thesis.authors().end());
    people.insert(thesis.supervisor());
    people.insert(thesis.company_tutor());
  }
  return PeopleNames::Of(session, people);
}

std::string TitleOf(const Session& session, const pb::Thesis& thesis) {
  if (!thesis.title().empty()) return thesis.title();
  return thesis.confidential() ? session.Say({"(confidential)", "(confidentiel)"}) : "";
}

std::string ThesisText(Session& session, const pb::Thesis& thesis) {
  google::protobuf::RepeatedPtrField<pb::Thesis> one;
  *one.Add() = thesis;
  const PeopleNames names = NamesIn(session, one);
  std::vector<std::string> authors;
  for (const std::string& author : thesis.authors()) authors.push_back(names.Label(author));
  return FactsText(
      TitleOf(session, thesis),
      {{{"id", "identifiant"}, ShortName(thesis.name())},
       {{"authors", "auteurs"}, absl::StrJoin(authors, ", ")},
       {{"supervisor", "encadrant"}, names.Label(thesis.supervisor())},
       {{"company tutor", "tuteur entreprise"}, names.Label(thesis.company_tutor())},
       {{"programme", "formation"}, ShortName(thesis.programme())},
       {{"cohort", "promotion"}, ShortName(thesis.cohort())},
       {{"confidential", "confidentiel"}, thesis.confidential() ? session.Say({"yes", "oui"}) : ""},
       {{"written in", "rédigé en"}, thesis.language()},
       {{"state", "état"}, WordFor(thesis.state(), session.language())},
       {{"etag", "etag"}, thesis.etag()}},
      session.language(), session.out());
}

absl::Status List(Session& session, const Input& input) {
  pb::ListThesesRequest request;
  request.set_programme(TopName("programmes", input.Get("--programme")));
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListThesesResponse>(request));
  clients::Table table(
      {{session.Say({"Id", "Identifiant"})},
       {session.Say({"Title", "Titre"}), Column::Align::kLeft, Column::Fit::kShrink},
       {session.Say({"Authors", "Auteurs"}), Column::Align::kLeft, Column::Fit::kShrink},
       {session.Say({"Supervisor", "Encadrant"}), Column::Align::kLeft, Column::Fit::kShrink},
       {session.Say({"Tutor", "Tuteur"}), Column::Align::kLeft, Column::Fit::kShrink},
       {session.Say({"State", "État"})}});
  const PeopleNames names = NamesIn(session, list.theses());
  for (const pb::Thesis& thesis : list.theses()) {
    std::vector<std::string> authors;
    for (const std::string& author : thesis.authors()) authors.push_back(names.Name(author));
    const bool is_active = thesis.state() == pb::Thesis::STATE_ACTIVE;
    table.Row({ShortName(thesis.name()), TitleOf(session, thesis), absl::StrJoin(authors, ", "),
               names.Name(thesis.supervisor()), names.Name(thesis.company_tutor()),
               is_active ? "" : WordFor(thesis.state(), session.language())});
  }
  ShowTable(session, list, table, {"no thesis", "aucun mémoire"});
  return absl::OkStatus();
}

absl::Status Show(Session& session, const Input& input) {
  pb::GetThesisRequest request;
  request.set_name(TopName("theses", input.Get("THESIS")));
  ASSIGN_OR_RETURN(const auto thesis, session.Call<pb::Thesis>(request));
  session.Show(thesis, [&] { return ThesisText(session, thesis); });
  return absl::OkStatus();
}

absl::Status Create(Session& session, const Input& input) {
  pb::CreateThesisRequest request;
  request.set_thesis_id(input.Get("ID"));
  RETURN_IF_ERROR(FillResource(input, Fields(), session.language(), *request.mutable_thesis()).status());
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto thesis, session.Call<pb::Thesis>(request));
  ShowOutcome(session, input, {"Created.", "Créé."}, thesis, ThesisText(session, thesis));
  return absl::OkStatus();
}

absl::Status Update(Session& session, const Input& input) {
  pb::UpdateThesisRequest request;
  request.mutable_thesis()->set_name(TopName("theses", input.Get("THESIS")));
  RETURN_IF_ERROR(FillUpdate(input, Fields(), session.language(), *request.mutable_thesis(),
                             *request.mutable_update_mask()));
  if (input.Has("--etag")) request.mutable_thesis()->set_etag(input.Get("--etag"));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto thesis, session.Call<pb::Thesis>(request));
  ShowOutcome(session, input, {"Changed.", "Modifié."}, thesis, ThesisText(session, thesis));
  return absl::OkStatus();
}

absl::Status Withdraw(Session& session, const Input& input) {
  pb::WithdrawThesisRequest request;
  request.set_name(TopName("theses", input.Get("THESIS")));
  request.set_reason(input.Get("--reason"));
  request.set_etag(input.Get("--etag"));
  request.set_validate_only(input.Has("--dry-run"));
  if (!request.validate_only()) {
    RETURN_IF_ERROR(
        session.Confirm(input, absl::StrCat(session.Say({"Withdraw thesis ", "Retirer le mémoire "}),
                                            ShortName(request.name()), session.Say({"?", " ?"}))));
  }
  ASSIGN_OR_RETURN(const auto thesis, session.Call<pb::Thesis>(request));
  ShowOutcome(session, input, {"Withdrawn.", "Retiré."}, thesis, ThesisText(session, thesis));
  return absl::OkStatus();
}

}  // namespace

Noun ThesesNoun() {
  const Argument thesis = NameArgument("THESIS", "theses", {"id of the thesis", "identifiant du mémoire"});
  return {
      .name = "theses",
      .summary = {"theses and their authors", "mémoires et leurs auteurs"},
      .commands = {
          {.verb = "list",
           .summary = {"List theses", "Lister les mémoires"},
           .flags = {ResourceFlag("--programme", "PROGRAMME", "programmes",
                                  {"only those of this programme", "seulement ceux de cette formation"})},
           .examples = {{"theses list --programme m2", {"those of one programme", "ceux d’une formation"}}},
           .run = List},
          {.verb = "show",
           .summary = {"Show a thesis", "Montrer un mémoire"},
           .arguments = {thesis},
           .examples = {{"theses show m2-017", {"one thesis", "un mémoire"}}},
           .run = Show},
          {.verb = "create",
           .summary = {"Add a thesis", "Ajouter un mémoire"},
           .arguments = {IdArgument()},
           .flags = Flags(FlagsOf(Fields()), {DryRunFlag()}),
           .examples = {{"theses create m2-017 --title \"Ordonnancement\" --author ana --supervisor bruno "
                         "--programme m2",
                         {"a thesis by ana", "un mémoire d’ana"}}},
           .run = Create},
          {.verb = "update",
           .summary = {"Change a thesis", "Modifier un mémoire"},
           .details = {"Only the fields that are given change.", "Seuls les champs donnés changent."},
           .arguments = {thesis},
           .flags = Flags(FlagsOf(Fields()), {EtagFlag(), DryRunFlag()}),
           .examples = {{"theses update m2-017 --confidential yes",
                         {"a closed session from now on", "désormais à huis clos"}}},
           .run = Update},
          {.verb = "withdraw",
           .summary = {"Withdraw a thesis: it is kept, and not defended",
                       "Retirer un mémoire : il est gardé, non soutenu"},
           .arguments = {thesis},
           .flags = {TextFlag("--reason", "TEXT", {"why; required", "pourquoi ; obligatoire"}), EtagFlag(),
                     DryRunFlag(), YesFlag()},
           .examples = {{"theses withdraw m2-017 --reason \"interruption of studies\"",
                         {"with its reason", "avec son motif"}}},
           .run = Withdraw},
      }};
}

}  // namespace soutenance::cli
