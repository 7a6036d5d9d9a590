#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/dates.h"
#include "clients/cli/fields.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/nouns.h"
#include "clients/cli/people_names.h"
#include "clients/cli/resource.h"
#include "clients/cli/words.h"
#include "services/base/status.h"
#include "soutenance/submissions/v1/statements.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = submissions::v1;
using clients::Column;

std::vector<const char*> Kinds() { return {"originality", "ai_use", "confidentiality", "data_protection"}; }

pb::Statement::Kind KindOf(const std::string& word) {
  pb::Statement::Kind kind = pb::Statement::KIND_UNSPECIFIED;
  pb::Statement::Kind_Parse(absl::StrCat("KIND_", absl::AsciiStrToUpper(word)), &kind);
  return kind;
}

const std::vector<Field>& Fields() {
  static const auto& fields = *new std::vector<Field>{
      {.flag = ChoiceFlag("--kind", Kinds(), {"about what", "à propos de quoi"}), .name = "kind"},
      {.flag = TextFlag("--text", "TEXT", {"what you declare, in words", "ce que vous déclarez"}),
       .name = "text"},
      {.flag = TextFlag("--legal-basis", "TEXT",
                        {"data protection: the basis, or none", "données : la base légale, ou none"}),
       .name = "legal_basis"},
      {.flag = TextFlag("--controller", "TEXT",
                        {"data protection: who answers for it", "données : qui en répond"}),
       .name = "controller"},
      {.flag = TextFlag("--until", "DATE", {"until when, 2030-12-31", "jusqu’à quand, 2030-12-31"}),
       .name = "until_date"},
  };
  return fields;
}

// "42/ana.ai_use" and "theses/42/statements/ana.ai_use" are the latter.
std::string StatementName(const std::string& text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos || absl::StartsWith(text, "theses/")) return text;
  return absl::StrCat("theses/", text.substr(0, slash), "/statements/", text.substr(slash + 1));
}

std::string StatementText(Session& session, const pb::Statement& statement) {
  const PeopleNames names = PeopleNames::Of(session, {statement.author()});
  return FactsText(WordFor(statement.kind(), session.language()),
                   {{{"statement", "déclaration"}, statement.name()},
                    {{"author", "auteur"}, names.Label(statement.author())},
                    {{"state", "état"}, WordFor(statement.state(), session.language())},
                    {{"made", "faite le"}, InstantText(statement.make_time())},
                    {{"text", "texte"}, statement.text()},
                    {{"legal basis", "base légale"}, statement.legal_basis()},
                    {{"controller", "responsable"}, statement.controller()},
                    {{"until", "jusqu’au"}, statement.until_date()},
                    {{"decided by", "décidé par"}, ShortName(statement.decided_by())},
                    {{"reason", "motif"}, statement.reason()}},
                   session.language(), session.out());
}

absl::Status Make(Session& session, const Input& input) {
  pb::MakeStatementRequest request;
  request.set_parent(TopName("theses", input.Get("THESIS")));
  RETURN_IF_ERROR(FillResource(input, Fields(), session.language(), *request.mutable_statement()).status());
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto statement, session.Call<pb::Statement>(request));
  ShowOutcome(session, input, {"Declared.", "Déclaré."}, statement, StatementText(session, statement));
  return absl::OkStatus();
}

absl::Status List(Session& session, const Input& input) {
  pb::ListStatementsRequest request;
  if (input.Has("--thesis")) request.set_parent(TopName("theses", input.Get("--thesis")));
  if (input.Has("--programme")) request.set_parent(TopName("programmes", input.Get("--programme")));
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListStatementsResponse>(request));
  std::set<std::string> people;
  for (const pb::Statement& each : list.statements()) people.insert(each.author());
  const PeopleNames names = session.json() ? PeopleNames::Of(session, {}) : PeopleNames::Of(session, people);
  clients::Table table({{session.Say({"Thesis", "Mémoire"})},
                        {session.Say({"Author", "Auteur"}), Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"About", "Objet"})},
                        {session.Say({"State", "État"})},
                        {session.Say({"Made", "Faite le"})}});
  for (const pb::Statement& each : list.statements()) {
    table.Row({ShortName(ParentIn("theses", each.name())), names.Name(each.author()),
               WordFor(each.kind(), session.language()), WordFor(each.state(), session.language()),
               InstantText(each.make_time())});
  }
  ShowTable(session, list, table, {"no statement", "aucune déclaration"});
  return absl::OkStatus();
}

absl::Status Missing(Session& session, const Input& input) {
  pb::ListMissingStatementsRequest request;
  request.set_parent(TopName("programmes", input.Get("PROGRAMME")));
  request.set_cohort(CohortName(request.parent(), input.Get("--cohort")));
  for (const std::string& kind : input.GetAll("--kind")) request.add_kinds(KindOf(kind));
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListMissingStatementsResponse>(request));
  std::set<std::string> people;
  for (const pb::MissingStatement& each : list.missing()) people.insert(each.author());
  const PeopleNames names = session.json() ? PeopleNames::Of(session, {}) : PeopleNames::Of(session, people);
  clients::Table table({{session.Say({"Thesis", "Mémoire"})},
                        {session.Say({"Author", "Auteur"}), Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"About", "Objet"})},
                        {session.Say({"State", "État"})}});
  for (const pb::MissingStatement& each : list.missing()) {
    table.Row({ShortName(each.thesis()), names.Name(each.author()), WordFor(each.kind(), session.language()),
               each.state() == pb::Statement::STATE_UNSPECIFIED ? session.Say({"never made", "jamais faite"})
                                                                : WordFor(each.state(), session.language())});
  }
  ShowTable(session, list, table, {"nothing is missing", "rien ne manque"});
  return absl::OkStatus();
}

absl::Status Decide(Session& session, const Input& input, pb::DecideStatementRequest::Decision decision,
                    Text done) {
  pb::DecideStatementRequest request;
  request.set_name(StatementName(input.Get("STATEMENT")));
  request.set_decision(decision);
  request.set_reason(input.Get("--reason"));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto statement, session.Call<pb::Statement>(request));
  ShowOutcome(session, input, done, statement, StatementText(session, statement));
  return absl::OkStatus();
}
absl::Status Validate(Session& session, const Input& input) {
  return Decide(session, input, pb::DecideStatementRequest::DECISION_VALIDATE, {"Validated.", "Validée."});
}
absl::Status Refuse(Session& session, const Input& input) {
  return Decide(session, input, pb::DecideStatementRequest::DECISION_REFUSE, {"Refused.", "Refusée."});
}
absl::Status Revoke(Session& session, const Input& input) {
  return Decide(session, input, pb::DecideStatementRequest::DECISION_REVOKE, {"Revoked.", "Révoquée."});
}

}  // namespace

Noun StatementsNoun() {
  const Argument statement{
      .value = {.word = "STATEMENT"},
      .help = {"THESIS/PERSON.KIND, such as 42/ana.ai_use", "MÉMOIRE/PERSONNE.OBJET, comme 42/ana.ai_use"}};
  const Flag reason = TextFlag("--reason", "TEXT", {"why", "pourquoi"});
  return {
      .name = "statements",
      .summary = {"what authors declare: originality, AI, confidentiality, data",
                  "déclarations : originalité, IA, confidentialité, données"},
      .commands = {
          {.verb = "make",
           .summary = {"Declare something about your thesis", "Déclarer quelque chose sur votre mémoire"},
           .arguments = {NameArgument("THESIS", "theses", {"your thesis", "votre mémoire"})},
           .flags = Flags(FlagsOf(Fields()), {DryRunFlag()}),
           .examples = {{"statements make m2-017 --kind ai_use --text \"spelling of chapter 2\"",
                         {"which AI for what", "quelle IA pour quoi"}},
                        {"statements make m2-017 --kind data_protection --text \"no data about people\" "
                         "--legal-basis none",
                         {"no personal data", "pas de données personnelles"}}},
           .run = Make},
          {.verb = "list",
           .summary = {"List statements", "Lister les déclarations"},
           .flags = {ResourceFlag("--thesis", "THESIS", "theses", {"of this thesis", "de ce mémoire"}),
                     ResourceFlag("--programme", "PROGRAMME", "programmes",
                                  {"of this programme", "de cette formation"})},
           .examples = {{"statements list --thesis m2-017", {"of one thesis", "d’un mémoire"}}},
           .run = List},
          {.verb = "missing",
           .summary = {"List what is missing in a programme", "Lister ce qui manque dans une formation"},
           .arguments = {NameArgument("PROGRAMME", "programmes", {"the programme", "la formation"})},
           .flags = {Repeated(ChoiceFlag("--kind", Kinds(), {"only these", "seulement celles-ci"})),
                     ResourceFlag("--cohort", "COHORT", "cohorts",
                                  {"only this cohort", "seulement cette promotion"})},
           .examples = {{"statements missing m2 --kind originality", {"whom to ask", "à qui demander"}}},
           .run = Missing},
          {.verb = "validate",
           .summary = {"Validate a statement", "Valider une déclaration"},
           .arguments = {statement},
           .flags = {reason, DryRunFlag()},
           .examples = {{"statements validate m2-017/ana.originality", {"one statement", "une déclaration"}}},
           .run = Validate},
          {.verb = "refuse",
           .summary = {"Refuse a statement: the author makes it again", "Refuser une déclaration, à refaire"},
           .arguments = {statement},
           .flags = {reason, DryRunFlag()},
           .examples = {{"statements refuse m2-017/ana.ai_use --reason \"which tool?\"",
                         {"with a reason", "avec un motif"}}},
           .run = Refuse},
          {.verb = "revoke",
           .summary = {"Take back a validation", "Révoquer une validation"},
           .arguments = {statement},
           .flags = {reason, DryRunFlag()},
           .examples = {{"statements revoke m2-017/ana.originality --reason \"sources missing\"",
                         {"with a reason", "avec un motif"}}},
           .run = Revoke},
      }};
}

}  // namespace soutenance::cli
