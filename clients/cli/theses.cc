#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/fields.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/nouns.h"
#include "clients/cli/people_names.h"
#include "clients/cli/resource.h"
#include "clients/cli/theses_life.h"
#include "clients/cli/theses_views.h"
#include "clients/cli/words.h"
#include "services/base/status.h"
#include "soutenance/submissions/v1/submissions.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = submissions::v1;
using clients::Column;

absl::Status List(Session& session, const Input& input) {
  pb::ListThesesRequest request;
  request.set_programme(TopName("programmes", input.Get("--programme")));
  request.set_text(input.Get("--text"));
  RETURN_IF_ERROR(AddStates(input, request));
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
  RETURN_IF_ERROR(
      FillResource(input, ThesisFields(), session.language(), *request.mutable_thesis()).status());
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto thesis, session.Call<pb::Thesis>(request));
  ShowOutcome(session, input, {"Created.", "Créé."}, thesis, ThesisText(session, thesis));
  return absl::OkStatus();
}

absl::Status Update(Session& session, const Input& input) {
  pb::UpdateThesisRequest request;
  request.mutable_thesis()->set_name(TopName("theses", input.Get("THESIS")));
  RETURN_IF_ERROR(FillUpdate(input, ThesisFields(), session.language(), *request.mutable_thesis(),
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
  Noun noun = {
      .name = "theses",
      .summary = {"theses, their authors and their life", "mémoires, leurs auteurs et leur vie"},
      .commands = {
          {.verb = "list",
           .summary = {"List theses", "Lister les mémoires"},
           .flags = {ResourceFlag("--programme", "PROGRAMME", "programmes",
                                  {"only those of this programme", "seulement ceux de cette formation"}),
                     StateFlag(),
                     TextFlag("--text", "TEXT",
                              {"only those whose title, abstract or keywords contain this",
                               "seulement ceux dont titre, résumé ou mots-clés contiennent ceci"})},
           .examples = {{"theses list --programme m2", {"those of one programme", "ceux d’une formation"}},
                        {"theses list --state in_review", {"those that are read", "ceux en relecture"}}},
           .run = List},
          {.verb = "show",
           .summary = {"Show a thesis", "Montrer un mémoire"},
           .arguments = {thesis},
           .examples = {{"theses show m2-017", {"one thesis", "un mémoire"}}},
           .run = Show},
          {.verb = "create",
           .summary = {"Add a thesis", "Ajouter un mémoire"},
           .arguments = {IdArgument()},
           .flags = Flags(FlagsOf(ThesisFields()), {DryRunFlag()}),
           .examples = {{"theses create m2-017 --title \"Ordonnancement\" --author ana --supervisor bruno "
                         "--programme m2",
                         {"a thesis by ana", "un mémoire d’ana"}}},
           .run = Create},
          {.verb = "update",
           .summary = {"Change a thesis", "Modifier un mémoire"},
           .details = {"Only the fields that are given change.", "Seuls les champs donnés changent."},
           .arguments = {thesis},
           .flags = Flags(FlagsOf(ThesisFields()), {EtagFlag(), DryRunFlag()}),
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
  for (Command& command : ThesisLifeCommands()) noun.commands.push_back(std::move(command));
  return noun;
}

}  // namespace soutenance::cli
