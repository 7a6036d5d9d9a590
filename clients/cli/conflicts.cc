#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/cli/dates.h"
#include "clients/cli/fields.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/nouns.h"
#include "clients/cli/people_names.h"
#include "clients/cli/resource.h"
#include "clients/cli/session.h"
#include "clients/cli/words.h"
#include "clients/lib/failure.h"
#include "google/protobuf/empty.pb.h"
#include "services/base/error.h"
#include "services/base/status.h"
#include "soutenance/assignment/v1/conflicts.pb.h"
#include "soutenance/directory/v1/accounts.pb.h"
#include "soutenance/directory/v1/directory.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = assignment::v1;
using clients::Column;

// "--programme P", or the only programme there is.
absl::StatusOr<std::string> ProgrammeFor(Session& session, const Input& input) {
  if (input.Has("--programme")) return TopName("programmes", input.Get("--programme"));
  ASSIGN_OR_RETURN(const auto all, session.List<directory::v1::ListProgrammesResponse>(
                                       directory::v1::ListProgrammesRequest()));
  if (all.programmes_size() == 1) return all.programmes(0).name();
  std::vector<std::string> names;
  for (const auto& programme : all.programmes()) names.push_back(ShortName(programme.name()));
  return clients::UsageError(absl::StrCat(session.Say({"say which programme with --programme: ",
                                                       "indiquez quelle formation avec --programme : "}),
                                          absl::StrJoin(names, ", ")));
}

// "people/ana" of "theses/m1/conflicts/ana".
std::string PersonOf(const pb::Conflict& conflict) { return TopName("people", ShortName(conflict.name())); }

// "m1" of "theses/m1/conflicts/ana".
std::string ThesisOf(const pb::Conflict& conflict) {
  const std::vector<std::string> parts = absl::StrSplit(conflict.name(), '/');
  return parts.size() == 4 ? parts[1] : "";
}

std::string ConflictName(const Input& input) {
  return absl::StrCat(TopName("theses", input.Get("THESIS")), "/conflicts/",
                      ShortName(TopName("people", input.Get("PERSON"))));
}

// "family, declared by the juror, about Ana Martin: they are sisters".
std::string FindingText(const Session& session, const pb::ConflictFinding& finding,
                        const PeopleNames& names) {
  if (finding.kind() == pb::CONFLICT_KIND_UNSPECIFIED) {
    return session.Say({"something that is not yours to know", "quelque chose que vous n’avez pas à savoir"});
  }
  std::vector<std::string> parts = {
      WordFor(finding.kind(), session.language()), WordFor(finding.source(), session.language()),
      absl::StrCat(session.Say({"about ", "à propos de "}), names.Name(finding.author()))};
  if (finding.year() != 0) {
    parts.push_back(absl::StrCat(session.Say({"until ", "jusqu’en "}), finding.year()));
  }
  if (finding.state() == pb::CONFLICT_STATE_NONE) {
    parts.push_back(session.Say({"too long ago to count", "trop ancien pour compter"}));
  }
  return absl::StrCat(absl::StrJoin(parts, ", "), finding.detail().empty() ? "" : session.Say({": ", " : "}),
                      finding.detail());
}

std::string DecisionText(const Session& session, const pb::ConflictDecision& decision) {
  return absl::StrCat(WordFor(decision.verdict(), session.language()), ", ", ShortName(decision.account()),
                      ", ", InstantText(decision.decide_time()),
                      decision.reason().empty() ? "" : session.Say({": ", " : "}), decision.reason());
}

std::set<std::string> PeopleIn(const pb::Conflict& conflict) {
  std::set<std::string> people = {PersonOf(conflict)};
  for (const pb::ConflictFinding& finding : conflict.findings()) people.insert(finding.author());
  return people;
}

std::string ConflictText(Session& session, const pb::Conflict& conflict) {
  const PeopleNames names = PeopleNames::Of(session, PeopleIn(conflict));
  const Language language = session.language();
  std::string decision;
  if (conflict.has_decision()) {
    decision = absl::StrCat(DecisionText(session, conflict.decision()),
                            conflict.decision_holds() ? ""
                                                      : session.Say({" (no longer counts: look again)",
                                                                     " (ne compte plus : à réexaminer)"}));
  }
  std::string text =
      FactsText(names.Label(PersonOf(conflict)),
                {{{"thesis", "mémoire"}, ThesisOf(conflict)},
                 {{"state", "état"}, WordFor(conflict.state(), language)},
                 {{"decision", "décision"}, decision},
                 {{"answer", "réponse"}, WordFor(conflict.answer(), language)},
                 {{"on the jury", "au jury"}, conflict.seated() ? session.Say({"yes", "oui"}) : ""},
                 {{"etag", "etag"}, conflict.etag()}},
                language, session.out());
  for (const pb::ConflictFinding& finding : conflict.findings()) {
    absl::StrAppend(&text, Paragraph(FindingText(session, finding, names), 2, "- ", session.out()));
  }
  for (const pb::ConflictDecision& past : conflict.history()) {
    absl::StrAppend(&text, Paragraph(DecisionText(session, past), 2, "= ", session.out()));
  }
  return text;
}

// Why a conflict is one, in one cell: the decision, or the heaviest finding.
std::string Why(const Session& session, const pb::Conflict& conflict, const PeopleNames& names) {
  if (conflict.has_decision() && conflict.decision_holds()) return DecisionText(session, conflict.decision());
  for (const pb::ConflictFinding& finding : conflict.findings()) {
    if (finding.state() == conflict.state()) return FindingText(session, finding, names);
  }
  return conflict.has_decision()
             ? session.Say({"decided about other authors", "décidé pour d’autres auteurs"})
             : "";
}

absl::Status List(Session& session, const Input& input) {
  pb::ListConflictsRequest request;
  ASSIGN_OR_RETURN(*request.mutable_parent(), ProgrammeFor(session, input));
  for (const std::string& thesis : input.GetAll("--thesis")) request.add_theses(TopName("theses", thesis));
  for (const std::string& person : input.GetAll("--person")) request.add_people(TopName("people", person));
  if (input.Has("--to-confirm")) request.add_states(pb::CONFLICT_STATE_QUESTION);
  if (input.Has("--all")) {
    for (const auto state :
         {pb::CONFLICT_STATE_NONE, pb::CONFLICT_STATE_QUESTION, pb::CONFLICT_STATE_CONFLICT}) {
      request.add_states(state);
    }
  }
  request.set_seated_only(input.Has("--seated"));
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListConflictsResponse>(request));
  clients::Table table({{session.Say({"Thesis", "Mémoire"})},
                        {session.Say({"Person", "Personne"})},
                        {session.Say({"State", "État"})},
                        {session.Say({"Jury", "Jury"})},
                        {session.Say({"Answer", "Réponse"})},
                        {session.Say({"Why", "Pourquoi"}), Column::Align::kLeft, Column::Fit::kShrink}});
  std::set<std::string> people;
  for (const pb::Conflict& conflict : list.conflicts()) people.merge(PeopleIn(conflict));
  const PeopleNames names = PeopleNames::Of(session, people);
  for (const pb::Conflict& conflict : list.conflicts()) {
    table.Row({ThesisOf(conflict), names.Label(PersonOf(conflict)),
               WordFor(conflict.state(), session.language()),
               conflict.seated() ? session.Say({"sits", "siège"}) : "",
               WordFor(conflict.answer(), session.language()), Why(session, conflict, names)});
  }
  ShowTable(session, list, table,
            input.Has("--to-confirm") ? Text{"nothing to confirm", "rien à confirmer"}
                                      : Text{"no conflict is known", "aucun conflit n’est connu"});
  return absl::OkStatus();
}

absl::Status Show(Session& session, const Input& input) {
  pb::GetConflictRequest request;
  request.set_name(ConflictName(input));
  ASSIGN_OR_RETURN(const auto conflict, session.Call<pb::Conflict>(request));
  session.Show(conflict, [&] { return ConflictText(session, conflict); });
  return absl::OkStatus();
}

// What the pinning verbs have in common.
absl::Status Decide(Session& session, const Input& input, pb::ConflictDecision::Verdict verdict,
                    bool only_question) {
  pb::PinConflictRequest request;
  request.set_name(ConflictName(input));
  request.set_verdict(verdict);
  request.set_reason(input.Get("--reason"));
  request.set_only_question(only_question);
  request.set_etag(input.Get("--etag"));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto conflict, session.Call<pb::Conflict>(request));
  ShowOutcome(session, input, {"Decided.", "Décidé."}, conflict, ConflictText(session, conflict));
  return absl::OkStatus();
}

absl::Status Pin(Session& session, const Input& input) {
  if (input.Has("--yes-conflict") == input.Has("--no-conflict")) {
    return clients::UsageError(session.Say(
        {"say either --yes-conflict or --no-conflict", "indiquez soit --yes-conflict, soit --no-conflict"}));
  }
  return Decide(session, input,
                input.Has("--no-conflict") ? pb::ConflictDecision::VERDICT_NO_CONFLICT
                                           : pb::ConflictDecision::VERDICT_CONFLICT,
                false);
}

absl::Status Confirm(Session& session, const Input& input) {
  return Decide(session, input, pb::ConflictDecision::VERDICT_CONFLICT, true);
}

absl::Status Dismiss(Session& session, const Input& input) {
  return Decide(session, input, pb::ConflictDecision::VERDICT_NO_CONFLICT, true);
}

absl::Status Unpin(Session& session, const Input& input) {
  pb::UnpinConflictRequest request;
  request.set_name(ConflictName(input));
  request.set_reason(input.Get("--reason"));
  request.set_etag(input.Get("--etag"));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto conflict, session.Call<pb::Conflict>(request));
  ShowOutcome(session, input, {"Taken back.", "Décision retirée."}, conflict,
              ConflictText(session, conflict));
  return absl::OkStatus();
}

// ---- what people say themselves

const std::vector<Field>& DeclarationFields() {
  static const auto& fields = *new std::vector<Field>{
      {.flag =
           ChoiceFlag("--kind", {"supervision", "company", "coauthorship", "past_work", "family", "other"},
                      {"what kind of conflict it is", "la nature du conflit"}),
       .name = "kind"},
      {.flag = TextFlag("--reason", "TEXT",
                        {"why; only you and those who run the programme read it",
                         "pourquoi ; lu seulement par vous et les responsables de la formation"}),
       .name = "reason"},
      {.flag = NumberFlag("--year", "YEAR",
                          {"the last year of a common publication or work; none: it goes on",
                           "dernière année d’une publication ou d’un travail commun ; sans : en cours"}),
       .name = "year"},
  };
  return fields;
}

std::string DeclarationText(Session& session, const pb::Declaration& declaration) {
  const PeopleNames names = PeopleNames::Of(session, {declaration.other()});
  return FactsText(names.Label(declaration.other()),
                   {{{"kind", "nature"}, WordFor(declaration.kind(), session.language())},
                    {{"year", "année"}, declaration.year() == 0 ? "" : absl::StrCat(declaration.year())},
                    {{"reason", "motif"}, declaration.reason()},
                    {{"declared", "déclaré"}, InstantText(declaration.declare_time())}},
                   session.language(), session.out());
}

absl::Status Declare(Session& session, const Input& input) {
  pb::DeclareConflictRequest request;
  ASSIGN_OR_RETURN(*request.mutable_parent(), ProgrammeFor(session, input));
  RETURN_IF_ERROR(
      FillResource(input, DeclarationFields(), session.language(), *request.mutable_declaration()).status());
  request.mutable_declaration()->set_other(TopName("people", input.Get("PERSON")));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto declaration, session.Call<pb::Declaration>(request));
  ShowOutcome(session, input, {"Declared.", "Déclaré."}, declaration, DeclarationText(session, declaration));
  return absl::OkStatus();
}

absl::Status Withdraw(Session& session, const Input& input) {
  ASSIGN_OR_RETURN(const std::string programme, ProgrammeFor(session, input));
  ASSIGN_OR_RETURN(const auto me, session.Call<directory::v1::Account>(directory::v1::WhoAmIRequest()));
  pb::WithdrawDeclarationRequest request;
  request.set_name(absl::StrCat(programme, "/", me.person(), "/declarations/",
                                ShortName(TopName("people", input.Get("PERSON")))));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto nothing, session.Call<google::protobuf::Empty>(request));
  ShowOutcome(session, input, {"Withdrawn.", "Retiré."}, nothing, "");
  return absl::OkStatus();
}

// "people/pia" of "programmes/msi/people/pia/declarations/ana".
std::string DeclarerOf(const pb::Declaration& declaration) {
  const std::vector<std::string> parts = absl::StrSplit(declaration.name(), '/');
  return parts.size() == 6 ? absl::StrCat("people/", parts[3]) : "";
}

absl::Status Declarations(Session& session, const Input& input) {
  pb::ListDeclarationsRequest request;
  ASSIGN_OR_RETURN(*request.mutable_parent(), ProgrammeFor(session, input));
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListDeclarationsResponse>(request));
  clients::Table table({{session.Say({"Declared by", "Déclaré par"})},
                        {session.Say({"About", "À propos de"})},
                        {session.Say({"Kind", "Nature"})},
                        {session.Say({"Year", "Année"}), Column::Align::kRight},
                        {session.Say({"Reason", "Motif"}), Column::Align::kLeft, Column::Fit::kShrink}});
  std::set<std::string> people;
  for (const pb::Declaration& declaration : list.declarations()) {
    people.insert({DeclarerOf(declaration), declaration.other()});
  }
  const PeopleNames names = PeopleNames::Of(session, people);
  for (const pb::Declaration& declaration : list.declarations()) {
    table.Row({names.Label(DeclarerOf(declaration)), names.Label(declaration.other()),
               WordFor(declaration.kind(), session.language()),
               declaration.year() == 0 ? "" : absl::StrCat(declaration.year()), declaration.reason()});
  }
  ShowTable(session, list, table, {"nothing was declared", "rien n’a été déclaré"});
  return absl::OkStatus();
}

absl::Status Answer(Session& session, const Input& input) {
  pb::AnswerConflictsRequest request;
  ASSIGN_OR_RETURN(*request.mutable_parent(), ProgrammeFor(session, input));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto answer, session.Call<pb::ConflictAnswer>(request));
  ShowOutcome(session, input,
              {"Answered: what you declared is all there is.",
               "Répondu : ce que vous avez déclaré est tout ce qu’il y a."},
              answer, "");
  return absl::OkStatus();
}

absl::Status Ask(Session& session, const Input& input) {
  pb::AskForConflictsRequest request;
  ASSIGN_OR_RETURN(*request.mutable_parent(), ProgrammeFor(session, input));
  for (const std::string& person : input.GetAll("--person")) request.add_people(TopName("people", person));
  if (input.Has("--jurors")) {
    pb::ListConflictAnswersRequest silent;
    silent.set_parent(request.parent());
    silent.add_states(pb::ANSWER_STATE_NOT_ASKED);
    ASSIGN_OR_RETURN(const auto list, session.List<pb::ListConflictAnswersResponse>(silent));
    for (const pb::ConflictAnswer& answer : list.answers()) request.add_people(answer.person());
    request.set_only_new(true);
    if (request.people().empty()) {
      session.Tell(session.Say({"Everybody was asked already.", "Tout le monde a déjà été interrogé."}));
      return absl::OkStatus();
    }
  }
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto asked, session.Call<pb::AskForConflictsResponse>(request));
  ShowOutcome(session, input, {"Asked.", "Demandé."}, asked,
              absl::StrCat(Counted(asked.answers_size(), {"person", "personne"}, {"people", "personnes"},
                                   session.language()),
                           "\n"));
  return absl::OkStatus();
}

absl::Status Answers(Session& session, const Input& input) {
  pb::ListConflictAnswersRequest request;
  ASSIGN_OR_RETURN(*request.mutable_parent(), ProgrammeFor(session, input));
  if (input.Has("--missing")) {
    request.add_states(pb::ANSWER_STATE_NOT_ASKED);
    request.add_states(pb::ANSWER_STATE_NOT_ANSWERED);
  }
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListConflictAnswersResponse>(request));
  clients::Table table({{session.Say({"Person", "Personne"})},
                        {session.Say({"Answer", "Réponse"})},
                        {session.Say({"Asked", "Interrogée"})},
                        {session.Say({"Answered", "Répondu"})}});
  std::set<std::string> people;
  for (const pb::ConflictAnswer& answer : list.answers()) people.insert(answer.person());
  const PeopleNames names = PeopleNames::Of(session, people);
  for (const pb::ConflictAnswer& answer : list.answers()) {
    table.Row({names.Label(answer.person()), WordFor(answer.state(), session.language()),
               answer.has_ask_time() ? InstantText(answer.ask_time()) : "",
               answer.has_answer_time() ? InstantText(answer.answer_time()) : ""});
  }
  ShowTable(session, list, table,
            input.Has("--missing") ? Text{"everybody has answered", "tout le monde a répondu"}
                                   : Text{"nobody was asked", "personne n’a été interrogé"});
  return absl::OkStatus();
}

absl::Status Policy(Session& session, const Input& input) {
  ASSIGN_OR_RETURN(const std::string programme, ProgrammeFor(session, input));
  const std::string name = absl::StrCat(programme, "/conflictPolicy");
  const auto text = [&](const pb::ConflictPolicy& policy) {
    return FactsText(ShortName(programme),
                     {{{"years", "années"}, absl::StrCat(policy.years())}, {{"etag", "etag"}, policy.etag()}},
                     session.language(), session.out());
  };
  if (!input.Has("--years")) {
    pb::GetConflictPolicyRequest request;
    request.set_name(name);
    ASSIGN_OR_RETURN(const auto policy, session.Call<pb::ConflictPolicy>(request));
    session.Show(policy, [&] { return text(policy); });
    return absl::OkStatus();
  }
  pb::SetConflictPolicyRequest request;
  request.mutable_policy()->set_name(name);
  request.mutable_policy()->set_years(static_cast<int>(input.Number("--years")));
  request.mutable_policy()->set_etag(input.Get("--etag"));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto policy, session.Call<pb::ConflictPolicy>(request));
  ShowOutcome(session, input, {"Set.", "Enregistré."}, policy, text(policy));
  return absl::OkStatus();
}

Flag Switch(const char* name, Text help) { return {.name = name, .value = {}, .help = help}; }

Flag ProgrammeFlag() {
  return ResourceFlag(
      "--programme", "PROGRAMME", "programmes",
      {"the programme; default: the only one there is", "la formation ; par défaut la seule qui existe"});
}

Flag ReasonFlag() { return TextFlag("--reason", "TEXT", {"why; recorded", "pourquoi ; conservé"}); }

std::vector<Command> StaffCommands(const Argument& thesis, const Argument& person) {
  const std::vector<Flag> deciding = {ReasonFlag(), EtagFlag(), DryRunFlag()};
  return {
      {.verb = "list",
       .summary = {"List conflicts and questions of a programme",
                   "Lister les conflits et les questions d’une formation"},
       .details =
           {"Between its theses and everybody who sits on a jury, was asked, or declared something. Who "
            "is not listed has no known conflict, which is not the same as having none: see \"conflicts "
            "answers --missing\".",
            "Entre ses mémoires et tous ceux qui siègent à un jury, ont été interrogés ou ont déclaré "
            "quelque chose. Qui n’y figure pas n’a pas de conflit connu, ce qui n’est pas la même chose "
            "que ne pas en avoir : voir « conflicts answers --missing »."},
       .flags = {ProgrammeFlag(),
                 Switch("--to-confirm", {"only questions that wait for an answer",
                                         "seulement les questions qui attendent une réponse"}),
                 Switch("--seated", {"only people who sit on the jury of the thesis",
                                     "seulement ceux qui siègent au jury du mémoire"}),
                 Switch("--all", {"also where nothing is known", "aussi là où rien n’est connu"}),
                 Repeated(ResourceFlag(
                     "--thesis", "THESIS", "theses",
                     {"only this thesis; may be repeated", "seulement ce mémoire ; peut être répété"})),
                 Repeated(ResourceFlag(
                     "--person", "PERSON", "people",
                     {"only this person; may be repeated", "seulement cette personne ; peut être répété"}))},
       .examples = {{"conflicts list --to-confirm", {"what waits for you", "ce qui vous attend"}},
                    {"conflicts list --seated",
                     {"jurors who should not sit where they sit", "membres qui ne devraient pas siéger"}}},
       .run = List},
      {.verb = "show",
       .summary = {"Show what is between a thesis and a person",
                   "Montrer ce qu’il y a entre un mémoire et une personne"},
       .arguments = {thesis, person},
       .examples = {{"conflicts show m2-017 bruno", {"with all decisions", "avec toutes les décisions"}}},
       .run = Show},
      {.verb = "confirm",
       .summary = {"Confirm a question: there is a conflict", "Confirmer une question : il y a conflit"},
       .arguments = {thesis, person},
       .flags = deciding,
       .examples = {{"conflicts confirm m2-017 bruno --reason \"her uncle\"",
                     {"the names are no accident", "les noms ne sont pas un hasard"}}},
       .run = Confirm},
      {.verb = "dismiss",
       .summary = {"Dismiss a question: there is no conflict", "Écarter une question : il n’y a pas conflit"},
       .arguments = {thesis, person},
       .flags = deciding,
       .examples = {{"conflicts dismiss m2-017 bruno --reason \"namesakes\"",
                     {"it is not asked again", "elle ne sera plus posée"}}},
       .run = Dismiss},
      {.verb = "pin",
       .summary = {"Decide whether there is a conflict, whatever is computed",
                   "Décider s’il y a conflit, quoi qu’il soit calculé"},
       .arguments = {thesis, person},
       .flags = Flags({Switch("--yes-conflict", {"there is one", "il y en a un"}),
                       Switch("--no-conflict", {"there is none", "il n’y en a pas"})},
                      deciding),
       .examples = {{"conflicts pin m2-017 bruno --no-conflict --reason \"left the company in 2019\"",
                     {"he may judge", "il peut juger"}}},
       .run = Pin},
      {.verb = "unpin",
       .summary = {"Take a decision back", "Retirer une décision"},
       .arguments = {thesis, person},
       .flags = deciding,
       .examples = {{"conflicts unpin m2-017 bruno --reason \"decided by mistake\"",
                     {"facts count again", "les faits comptent de nouveau"}}},
       .run = Unpin},
      {.verb = "ask",
       .summary = {"Ask people for their conflicts", "Interroger des personnes sur leurs conflits"},
       .flags = {ProgrammeFlag(),
                 Repeated(ResourceFlag("--person", "PERSON", "people",
                                       {"whom; an earlier answer no longer counts; may be repeated",
                                        "qui ; une réponse antérieure ne compte plus ; peut être répété"})),
                 Switch("--jurors", {"everybody on a jury who was never asked",
                                     "tous les membres de jury jamais interrogés"}),
                 DryRunFlag()},
       .examples = {{"conflicts ask --jurors", {"all who judge", "tous ceux qui jugent"}}},
       .run = Ask},
      {.verb = "policy",
       .summary = {"Show or set for how many years common work counts",
                   "Montrer ou fixer pendant combien d’années un travail commun compte"},
       .flags = {ProgrammeFlag(),
                 NumberFlag(
                     "--years", "N",
                     {"set it; for programme heads", "la fixer ; réservé aux responsables de formation"}),
                 EtagFlag(), DryRunFlag()},
       .examples = {{"conflicts policy --years 5", {"five years", "cinq ans"}}},
       .run = Policy},
  };
}

std::vector<Command> OwnCommands(const Argument& other) {
  return {
      {.verb = "declare",
       .summary = {"Declare that you have a conflict with somebody",
                   "Déclarer que vous avez un conflit avec quelqu’un"},
       .arguments = {other},
       .flags = Flags({ProgrammeFlag()}, Flags(FlagsOf(DeclarationFields()), {DryRunFlag()})),
       .examples = {{"conflicts declare ana --kind family --reason \"my niece\"",
                     {"as a juror", "en tant que membre de jury"}},
                    {"conflicts declare bruno --kind coauthorship --year 2026 --reason \"a paper\"",
                     {"as an author", "en tant qu’auteur"}}},
       .run = Declare},
      {.verb = "withdraw",
       .summary = {"Take back what you declared about somebody",
                   "Retirer ce que vous avez déclaré sur quelqu’un"},
       .arguments = {other},
       .flags = {ProgrammeFlag(), DryRunFlag()},
       .examples = {{"conflicts withdraw ana", {"it no longer counts", "cela ne compte plus"}}},
       .run = Withdraw},
      {.verb = "declarations",
       .summary = {"List what was declared, by you or in your programme",
                   "Lister ce qui a été déclaré, par vous ou dans votre formation"},
       .flags = {ProgrammeFlag()},
       .examples = {{"conflicts declarations", {"with the reasons", "avec les motifs"}}},
       .run = Declarations},
      {.verb = "answer",
       .summary = {"Say that what you declared is all there is",
                   "Dire que ce que vous avez déclaré est tout ce qu’il y a"},
       .flags = {ProgrammeFlag(), DryRunFlag()},
       .examples = {{"conflicts answer",
                     {"also if you declared nothing", "aussi si vous n’avez rien déclaré"}}},
       .run = Answer},
      {.verb = "answers",
       .summary = {"Show who was asked and who has answered", "Montrer qui a été interrogé et qui a répondu"},
       .flags = {ProgrammeFlag(), Switch("--missing", {"only those who have not answered",
                                                       "seulement ceux qui n’ont pas répondu"})},
       .examples = {{"conflicts answers --missing", {"whom to remind", "qui relancer"}}},
       .run = Answers},
  };
}

}  // namespace

Noun ConflictsNoun() {
  std::vector<Command> commands = StaffCommands(
      NameArgument("THESIS", "theses", {"id of the thesis", "identifiant du mémoire"}),
      NameArgument("PERSON", "people", {"who judges it, or might", "qui le juge, ou le pourrait"}));
  for (Command& command :
       OwnCommands(NameArgument("PERSON", "people", {"the other person", "l’autre personne"}))) {
    commands.push_back(std::move(command));
  }
  return {.name = "conflicts",
          .summary = {"conflicts of interest: declare, confirm, decide",
                      "conflits d’intérêts : déclarer, confirmer, décider"},
          .commands = std::move(commands)};
}

}  // namespace soutenance::cli
