#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/dates.h"
#include "clients/cli/fields.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/nouns.h"
#include "clients/cli/resource.h"
#include "clients/cli/theses_views.h"
#include "clients/cli/words.h"
#include "services/base/status.h"
#include "soutenance/submissions/v1/problems.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = submissions::v1;
using clients::Column;

const std::vector<Field>& Fields() {
  static const auto& fields = *new std::vector<Field>{
      {.flag = TextFlag("--title", "TITLE", {"title", "titre"}), .name = "title"},
      {.flag = TextFlag("--statement", "TEXT", {"what the problem is", "énoncé du problème"}),
       .name = "statement"},
      {.flag = TextFlag(
           "--teaser", "TEXT",
           {"a line that all of the programme may read", "une ligne que toute la formation peut lire"}),
       .name = "teaser"},
      {.flag = TextFlag("--data", "TEXT", {"which data there are", "les données disponibles"}),
       .name = "data"},
      {.flag =
           TextFlag("--conditions", "TEXT", {"where, when, what is paid", "où, quand, quelle gratification"}),
       .name = "conditions"},
      {.flag = LevelFlag(), .name = "level"},
      InstantField("--confidential-until", "confidential_until_time",
                   {"when the confidentiality ends", "fin de la confidentialité"}),
      {.flag = NumberFlag("--capacity", "N",
                          {"how many theses can have it", "combien de mémoires peuvent l’avoir"}),
       .name = "capacity"},
      {.flag = ResourceFlag("--programme", "PROGRAMME", "programmes", {"the programme", "la formation"}),
       .name = "programme",
       .collection = "programmes"},
      {.flag = ResourceFlag("--owner", "PERSON", "people",
                            {"who offers it, if not you", "qui le propose, si ce n’est vous"}),
       .name = "owner",
       .collection = "people"},
      {.flag = TextFlag("--company", "NAME", {"the company", "l’entreprise"}), .name = "company"},
      {.flag = ResourceFlag("--supervisor", "PERSON", "people", {"who would supervise", "qui encadrerait"}),
       .name = "supervisor",
       .collection = "people"},
      {.flag = ResourceFlag("--company-tutor", "PERSON", "people",
                            {"who would follow it in the company", "qui le suivrait dans l’entreprise"}),
       .name = "company_tutor",
       .collection = "people"},
      {.flag = Repeated(TextFlag("--keyword", "WORD", {"keywords", "mots-clés"})), .name = "keywords"},
      {.flag = ChoiceFlag("--thesis-language", {"fr", "en"},
                          {"the language to write in: fr or en", "langue de rédaction : fr ou en"}),
       .name = "language"},
  };
  return fields;
}

std::string TitleOf(const pb::Problem& problem) {
  return problem.title().empty() ? problem.teaser() : problem.title();
}

std::string ProblemText(const Session& session, const pb::Problem& problem) {
  return FactsText(
      TitleOf(problem),
      {{{"id", "identifiant"}, ShortName(problem.name())},
       {{"state", "état"}, WordFor(problem.state(), session.language())},
       {{"programme", "formation"}, ShortName(problem.programme())},
       {{"company", "entreprise"}, problem.company()},
       {{"offered by", "proposé par"}, ShortName(problem.owner())},
       {{"supervisor", "encadrant"}, ShortName(problem.supervisor())},
       {{"company tutor", "tuteur entreprise"}, ShortName(problem.company_tutor())},
       {{"level", "niveau"}, WordFor(problem.level(), session.language())},
       {{"confidential until", "confidentiel jusqu’au"}, InstantText(problem.confidential_until_time())},
       {{"places", "places"}, absl::StrCat(problem.taken(), "/", problem.capacity())},
       {{"wishes", "vœux"}, problem.wishes() == 0 ? "" : absl::StrCat(problem.wishes())},
       {{"keywords", "mots-clés"}, absl::StrJoin(problem.keywords(), ", ")},
       {{"statement", "énoncé"}, problem.statement()},
       {{"data", "données"}, problem.data()},
       {{"conditions", "conditions"}, problem.conditions()},
       {{"etag", "etag"}, problem.etag()}},
      session.language(), session.out());
}

// "problems/p/wishes/ana" of the arguments.
std::string WishName(const Input& input) {
  return absl::StrCat(TopName("problems", input.Get("PROBLEM")), "/wishes/", ShortName(input.Get("STUDENT")));
}

std::string WishText(const Session& session, const pb::Wish& wish) {
  std::vector<std::string> students;
  for (const std::string& student : wish.students()) students.push_back(ShortName(student));
  return FactsText(absl::StrJoin(students, ", "),
                   {{{"state", "état"}, WordFor(wish.state(), session.language())},
                    {{"rank", "rang"}, absl::StrCat(wish.rank())},
                    {{"motivation", "motivation"}, wish.motivation()},
                    {{"reason", "motif"}, wish.reason()},
                    {{"thesis", "mémoire"}, ShortName(wish.thesis())}},
                   session.language(), session.out());
}

absl::Status List(Session& session, const Input& input) {
  pb::ListProblemsRequest request;
  request.set_programme(TopName("programmes", input.Get("--programme")));
  request.set_owner(TopName("people", input.Get("--owner")));
  request.set_text(input.Get("--text"));
  for (const std::string& word : input.GetAll("--state")) {
    pb::Problem::State state = pb::Problem::STATE_UNSPECIFIED;
    pb::Problem::State_Parse(absl::StrCat("STATE_", absl::AsciiStrToUpper(word)), &state);
    request.add_states(state);
  }
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListProblemsResponse>(request));
  clients::Table table({{session.Say({"Id", "Identifiant"})},
                        {session.Say({"Title", "Titre"}), Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"Company", "Entreprise"}), Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"State", "État"})},
                        {session.Say({"Places", "Places"})}});
  for (const pb::Problem& each : list.problems()) {
    table.Row({ShortName(each.name()), TitleOf(each), each.company(),
               WordFor(each.state(), session.language()), absl::StrCat(each.taken(), "/", each.capacity())});
  }
  ShowTable(session, list, table, {"no problem", "aucun problème"});
  return absl::OkStatus();
}

absl::Status Show(Session& session, const Input& input) {
  pb::GetProblemRequest request;
  request.set_name(TopName("problems", input.Get("PROBLEM")));
  ASSIGN_OR_RETURN(const auto problem, session.Call<pb::Problem>(request));
  session.Show(problem, [&] { return ProblemText(session, problem); });
  return absl::OkStatus();
}

absl::Status Offer(Session& session, const Input& input) {
  pb::OfferProblemRequest request;
  request.set_problem_id(input.Get("ID"));
  RETURN_IF_ERROR(FillResource(input, Fields(), session.language(), *request.mutable_problem()).status());
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto problem, session.Call<pb::Problem>(request));
  ShowOutcome(session, input, {"Offered.", "Proposé."}, problem, ProblemText(session, problem));
  return absl::OkStatus();
}

absl::Status Update(Session& session, const Input& input) {
  pb::UpdateProblemRequest request;
  request.mutable_problem()->set_name(TopName("problems", input.Get("PROBLEM")));
  RETURN_IF_ERROR(FillUpdate(input, Fields(), session.language(), *request.mutable_problem(),
                             *request.mutable_update_mask()));
  if (input.Has("--etag")) request.mutable_problem()->set_etag(input.Get("--etag"));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto problem, session.Call<pb::Problem>(request));
  ShowOutcome(session, input, {"Changed.", "Modifié."}, problem, ProblemText(session, problem));
  return absl::OkStatus();
}

absl::Status Close(Session& session, const Input& input) {
  pb::CloseProblemRequest request;
  request.set_name(TopName("problems", input.Get("PROBLEM")));
  request.set_etag(input.Get("--etag"));
  request.set_validate_only(input.Has("--dry-run"));
  if (!request.validate_only()) {
    RETURN_IF_ERROR(session.Confirm(
        input, absl::StrCat(session.Say({"Close problem ", "Fermer le problème "}), ShortName(request.name()),
                            session.Say({" and decline the wishes that wait?",
                                         " et décliner les vœux en attente ?"}))));
  }
  ASSIGN_OR_RETURN(const auto problem, session.Call<pb::Problem>(request));
  ShowOutcome(session, input, {"Closed.", "Fermé."}, problem, ProblemText(session, problem));
  return absl::OkStatus();
}

absl::Status MakeWish(Session& session, const Input& input) {
  pb::WishProblemRequest request;
  request.set_parent(TopName("problems", input.Get("PROBLEM")));
  if (input.Has("--with")) request.mutable_wish()->add_students(TopName("people", input.Get("--with")));
  request.mutable_wish()->set_motivation(input.Get("--motivation"));
  request.mutable_wish()->set_rank(static_cast<int32_t>(input.Number("--rank")));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto wish, session.Call<pb::Wish>(request));
  ShowOutcome(session, input, {"Noted.", "Noté."}, wish, WishText(session, wish));
  return absl::OkStatus();
}

absl::Status Unwish(Session& session, const Input& input) {
  pb::CancelWishRequest request;
  request.set_name(WishName(input));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto wish, session.Call<pb::Wish>(request));
  ShowOutcome(session, input, {"Taken back.", "Retiré."}, wish, WishText(session, wish));
  return absl::OkStatus();
}

absl::Status Wishes(Session& session, const Input& input) {
  pb::ListWishesRequest request;
  request.set_parent(TopName("problems", input.Get("PROBLEM")));
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListWishesResponse>(request));
  clients::Table table(
      {{session.Say({"Students", "Étudiants"})},
       {session.Say({"Rank", "Rang"}), Column::Align::kRight},
       {session.Say({"State", "État"})},
       {session.Say({"Motivation", "Motivation"}), Column::Align::kLeft, Column::Fit::kShrink}});
  for (const pb::Wish& each : list.wishes()) {
    std::vector<std::string> students;
    for (const std::string& student : each.students()) students.push_back(ShortName(student));
    table.Row({absl::StrJoin(students, ", "), absl::StrCat(each.rank()),
               WordFor(each.state(), session.language()), each.motivation()});
  }
  ShowTable(session, list, table, {"no wish", "aucun vœu"});
  return absl::OkStatus();
}

absl::Status Accept(Session& session, const Input& input) {
  pb::AcceptWishRequest request;
  request.set_name(WishName(input));
  request.set_thesis_id(input.Get("--thesis"));
  request.set_supervisor(TopName("people", input.Get("--supervisor")));
  request.set_cohort(CohortName("", input.Get("--cohort")));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto wish, session.Call<pb::Wish>(request));
  ShowOutcome(session, input, {"Accepted.", "Accepté."}, wish, WishText(session, wish));
  return absl::OkStatus();
}

absl::Status Decline(Session& session, const Input& input) {
  pb::DeclineWishRequest request;
  request.set_name(WishName(input));
  request.set_reason(input.Get("--reason"));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto wish, session.Call<pb::Wish>(request));
  ShowOutcome(session, input, {"Declined.", "Décliné."}, wish, WishText(session, wish));
  return absl::OkStatus();
}

}  // namespace

Noun ProblemsNoun() {
  const Argument problem =
      NameArgument("PROBLEM", "problems", {"id of the problem", "identifiant du problème"});
  const Argument student = NameArgument("STUDENT", "people", {"who wished", "qui a fait le vœu"});
  return {
      .name = "problems",
      .summary = {"bank of problems: subjects on offer, and wishes",
                  "banque de problèmes : sujets proposés et vœux"},
      .commands = {
          {.verb = "list",
           .summary = {"List problems", "Lister les problèmes"},
           .flags = {ResourceFlag("--programme", "PROGRAMME", "programmes",
                                  {"only those of this programme", "seulement ceux de cette formation"}),
                     Repeated(ChoiceFlag("--state", {"offered", "taken", "closed"},
                                         {"only those in this state", "seulement ceux dans cet état"})),
                     ResourceFlag("--owner", "PERSON", "people",
                                  {"only those of this person", "seulement ceux de cette personne"}),
                     TextFlag("--text", "TEXT",
                              {"only those that contain this", "seulement ceux qui contiennent ceci"})},
           .examples = {{"problems list --programme m2 --state offered",
                         {"what can be had", "ce qui est libre"}}},
           .run = List},
          {.verb = "show",
           .summary = {"Show a problem", "Montrer un problème"},
           .arguments = {problem},
           .examples = {{"problems show loads", {"one problem", "un problème"}}},
           .run = Show},
          {.verb = "offer",
           .summary = {"Offer a problem", "Proposer un problème"},
           .arguments = {IdArgument()},
           .flags = Flags(FlagsOf(Fields()), {DryRunFlag()}),
           .examples =
               {{"problems offer loads --title \"Forecasts of loads\" --programme m2 --company Voltis "
                 "--data \"ten years, hourly\" --capacity 2",
                 {"for two theses", "pour deux mémoires"}}},
           .run = Offer},
          {.verb = "update",
           .summary = {"Change a problem", "Modifier un problème"},
           .details = {"Only the fields that are given change.", "Seuls les champs donnés changent."},
           .arguments = {problem},
           .flags = Flags(FlagsOf(Fields()), {EtagFlag(), DryRunFlag()}),
           .examples = {{"problems update loads --capacity 3", {"one more place", "une place de plus"}}},
           .run = Update},
          {.verb = "close",
           .summary = {"Take a problem out of the offer", "Retirer un problème de l’offre"},
           .arguments = {problem},
           .flags = {EtagFlag(), DryRunFlag(), YesFlag()},
           .examples = {{"problems close loads",
                         {"and decline the wishes that wait", "et décliner les vœux en attente"}}},
           .run = Close},
          {.verb = "wish",
           .summary = {"Wish for a problem", "Faire un vœu"},
           .arguments = {problem},
           .flags = {ResourceFlag("--with", "PERSON", "people",
                                  {"who would write it with you", "avec qui l’écrire"}),
                     TextFlag("--motivation", "TEXT", {"why", "pourquoi"}),
                     NumberFlag("--rank", "N", {"1 is what you want most", "1 est ce que vous préférez"}),
                     DryRunFlag()},
           .examples = {{"problems wish loads --rank 1 --with bob", {"as a pair", "en binôme"}}},
           .run = MakeWish},
          {.verb = "unwish",
           .summary = {"Take a wish of yours back", "Retirer un de vos vœux"},
           .arguments = {problem, student},
           .flags = {DryRunFlag()},
           .examples = {{"problems unwish loads ana", {"as ana", "en tant qu’ana"}}},
           .run = Unwish},
          {.verb = "wishes",
           .summary = {"List the wishes for a problem", "Lister les vœux pour un problème"},
           .arguments = {problem},
           .examples = {{"problems wishes loads",
                         {"all that you may see", "tous ceux que vous pouvez voir"}}},
           .run = Wishes},
          {.verb = "accept",
           .summary = {"Accept a wish: it becomes the proposed subject of a thesis",
                       "Accepter un vœu : il devient le sujet soumis d’un mémoire"},
           .arguments = {problem, student},
           .flags = {TextFlag("--thesis", "ID",
                              {"id of the thesis; required", "identifiant du mémoire ; obligatoire"}),
                     ResourceFlag("--supervisor", "PERSON", "people",
                                  {"who supervises, if the problem names nobody",
                                   "qui encadre, si le problème ne nomme personne"}),
                     ResourceFlag("--cohort", "COHORT", "cohorts",
                                  {"PROGRAMME/ID of the cohort", "FORMATION/IDENTIFIANT de la promotion"}),
                     DryRunFlag()},
           .examples = {{"problems accept loads ana --thesis m2-017",
                         {"as thesis m2-017", "comme mémoire m2-017"}}},
           .run = Accept},
          {.verb = "decline",
           .summary = {"Decline a wish", "Décliner un vœu"},
           .arguments = {problem, student},
           .flags = {TextFlag("--reason", "TEXT", {"why; required", "pourquoi ; obligatoire"}), DryRunFlag()},
           .examples = {{"problems decline loads ana --reason \"another pair was chosen\"",
                         {"with its reason", "avec son motif"}}},
           .run = Decline},
      }};
}

}  // namespace soutenance::cli
