#include "clients/cli/invitations.h"

#include <algorithm>
#include <set>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/cli/dates.h"
#include "clients/cli/fields.h"
#include "clients/cli/instants.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/people_names.h"
#include "clients/cli/resource.h"
#include "clients/cli/session.h"
#include "clients/cli/words.h"
#include "clients/lib/failure.h"
#include "services/base/status.h"
#include "soutenance/assignment/v1/invitations.pb.h"
#include "soutenance/directory/v1/accounts.pb.h"
#include "soutenance/submissions/v1/submissions.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = assignment::v1;
using clients::Column;

constexpr char kZone[] = "Europe/Paris";

std::string WordOf(pb::Invitation::State state, Language language) {
  switch (state) {
    case pb::Invitation::STATE_INVITED:
      return Text{"invited", "sollicité"}.In(language);
    case pb::Invitation::STATE_ACCEPTED:
      return Text{"accepted", "accepté"}.In(language);
    case pb::Invitation::STATE_DECLINED:
      return Text{"declined", "décliné"}.In(language);
    case pb::Invitation::STATE_EXPIRED:
      return Text{"expired", "sans réponse"}.In(language);
    case pb::Invitation::STATE_WITHDRAWN:
      return Text{"withdrawn", "annulé"}.In(language);
    case pb::Invitation::STATE_REPLACED:
      return Text{"replaced", "remplacé"}.In(language);
    case pb::Invitation::STATE_UNSEATED:
      return Text{"no longer on the jury", "plus au jury"}.In(language);
    default:
      return pb::Invitation::State_Name(state);
  }
}

// "42/ana" and "theses/42/invitations/ana" are the latter; "42" is the caller's own.
absl::StatusOr<std::string> InvitationName(Session& session, const std::string& text) {
  if (absl::StartsWith(text, "theses/")) return text;
  const std::pair<std::string, std::string> parts = absl::StrSplit(text, absl::MaxSplits('/', 1));
  std::string person = parts.second;
  if (person.empty()) {
    ASSIGN_OR_RETURN(const auto me, session.Call<directory::v1::Account>(directory::v1::WhoAmIRequest()));
    person = ShortName(me.person());
  }
  return absl::StrCat("theses/", parts.first, "/invitations/", person);
}

std::string ThesisOf(const std::string& invitation) { return ShortName(ParentIn("theses", invitation)); }

std::string InvitationText(Session& session, const pb::Invitation& invitation) {
  const PeopleNames names = PeopleNames::Of(session, {invitation.person(), invitation.replaced_by()});
  return FactsText(names.Label(invitation.person()),
                   {{{"invitation", "sollicitation"}, invitation.name()},
                    {{"as", "comme"}, WordFor(invitation.role(), session.language())},
                    {{"state", "état"}, WordOf(invitation.state(), session.language())},
                    {{"answer by", "réponse avant"}, InstantText(invitation.respond_by_time())},
                    {{"answered", "répondu le"}, InstantText(invitation.answer_time())},
                    {{"reason", "motif"}, invitation.reason()},
                    {{"replaced by", "remplacé par"},
                     invitation.replaced_by().empty() ? "" : names.Label(invitation.replaced_by())},
                    {{"message", "message"}, invitation.message()},
                    {{"etag", "etag"}, invitation.etag()}},
                   session.language(), session.out());
}

template <typename Invitations>
clients::Table TableOf(Session& session, const Invitations& invitations) {
  std::set<std::string> people;
  for (const pb::Invitation& each : invitations) people.insert(each.person());
  const PeopleNames names = session.json() ? PeopleNames::Of(session, {}) : PeopleNames::Of(session, people);
  clients::Table table({{session.Say({"Thesis", "Mémoire"})},
                        {session.Say({"Person", "Personne"}), Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"As", "Comme"})},
                        {session.Say({"State", "État"})},
                        {session.Say({"Answer by", "Réponse avant"})},
                        {session.Say({"Reason", "Motif"}), Column::Align::kLeft, Column::Fit::kShrink}});
  for (const pb::Invitation& each : invitations) {
    table.Row({ThesisOf(each.name()), names.Name(each.person()), WordFor(each.role(), session.language()),
               WordOf(each.state(), session.language()), InstantText(each.respond_by_time()), each.reason()});
  }
  return table;
}

absl::Status ReadTime(const Session& session, const Input& input, const char* flag,
                      google::protobuf::Timestamp& instant) {
  const std::string problem = ReadInstant(input.Get(flag), kZone, session.language(), instant);
  return problem.empty() ? absl::OkStatus() : clients::UsageError(absl::StrCat(flag, " ", problem));
}

// ---- To invite ----

// "bruno=examiner", "chloé=examiner:remote".
absl::Status AddSeat(const Session& session, const std::string& text, pb::InviteJurorsRequest& request) {
  const std::pair<std::string, std::string> parts = absl::StrSplit(text, absl::MaxSplits('=', 1));
  const std::pair<std::string, std::string> place = absl::StrSplit(parts.second, absl::MaxSplits(':', 1));
  pb::Seat::Role role = pb::Seat::ROLE_UNSPECIFIED;
  if (!pb::Seat::Role_Parse("ROLE_" + absl::AsciiStrToUpper(place.first), &role) ||
      (!place.second.empty() && place.second != "remote")) {
    return clients::UsageError(session.Say({"--seat expects PERSON=ROLE or PERSON=ROLE:remote",
                                            "--seat attend PERSONNE=RÔLE ou PERSONNE=RÔLE:remote"}));
  }
  pb::Seat& seat = *request.add_seats();
  seat.set_person(TopName("people", parts.first));
  seat.set_role(role);
  seat.set_mode(place.second.empty() ? pb::Seat::MODE_ON_SITE : pb::Seat::MODE_REMOTE);
  return absl::OkStatus();
}

// The theses whose juries are meant: those that are named, or all of the programme or cohort that have one.
absl::StatusOr<std::vector<std::string>> ThesesMeant(Session& session, const Input& input,
                                                     const std::string& programme) {
  std::vector<std::string> theses;
  for (const std::string& thesis : input.GetAll("--thesis")) theses.push_back(TopName("theses", thesis));
  if (!theses.empty()) return theses;
  std::set<std::string> of_cohort;
  if (input.Has("--cohort")) {
    submissions::v1::ListThesesRequest request;
    request.set_programme(programme);
    request.set_cohort(CohortName(programme, input.Get("--cohort")));
    ASSIGN_OR_RETURN(const auto list, session.List<submissions::v1::ListThesesResponse>(request));
    for (const auto& thesis : list.theses()) of_cohort.insert(thesis.name());
  }
  pb::ListJuriesRequest request;
  request.set_programme(programme);
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListJuriesResponse>(request));
  for (const pb::Jury& jury : list.juries()) {
    const std::string thesis = TopName("theses", ShortName(jury.name()));
    if (!input.Has("--cohort") || of_cohort.count(thesis) > 0) theses.push_back(thesis);
  }
  return theses;
}

absl::Status Invite(Session& session, const Input& input) {
  pb::InviteJurorsRequest request;
  request.set_programme(TopName("programmes", input.Get("PROGRAMME")));
  ASSIGN_OR_RETURN(const std::vector<std::string> theses, ThesesMeant(session, input, request.programme()));
  for (const std::string& thesis : theses) request.add_theses(thesis);
  for (const std::string& person : input.GetAll("--person")) {
    request.add_people(TopName("people", person));
  }
  for (const std::string& seat : input.GetAll("--seat")) RETURN_IF_ERROR(AddSeat(session, seat, request));
  RETURN_IF_ERROR(ReadTime(session, input, "--respond-by", *request.mutable_respond_by_time()));
  request.set_message(input.Get("--message"));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto response, session.Call<pb::InviteJurorsResponse>(request));
  const clients::Table table = TableOf(session, response.invitations());
  std::string text = table.empty() ? "" : table.Text(session.out());
  if (response.unchanged_count() > 0) {
    absl::StrAppend(&text, response.unchanged_count(),
                    session.Say({" invited before, or have accepted\n", " déjà sollicités, ou d’accord\n"}));
  }
  ShowOutcome(session, input, {"Invited.", "Sollicités."}, response, text);
  return absl::OkStatus();
}

// ---- To look ----

bool IsWanted(const Input& input, const pb::Invitation& invitation) {
  if (!input.Has("--only")) return true;
  const std::vector<std::string> only = input.GetAll("--only");
  return std::any_of(only.begin(), only.end(), [&](const std::string& word) {
    return pb::Invitation::State_Name(invitation.state()) ==
           absl::StrCat("STATE_", absl::AsciiStrToUpper(word));
  });
}

absl::Status List(Session& session, const Input& input) {
  pb::ListInvitationsRequest request;
  if (input.Has("--thesis")) request.set_parent(TopName("theses", input.Get("--thesis")));
  if (input.Has("--programme")) request.set_parent(TopName("programmes", input.Get("--programme")));
  ASSIGN_OR_RETURN(const auto all, session.List<pb::ListInvitationsResponse>(request));
  pb::ListInvitationsResponse list;
  for (const pb::Invitation& each : all.invitations()) {
    if (IsWanted(input, each)) *list.add_invitations() = each;
  }
  ShowTable(session, list, TableOf(session, list.invitations()), {"no invitation", "aucune sollicitation"});
  return absl::OkStatus();
}

absl::Status History(Session& session, const Input& input) {
  pb::ListInvitationEventsRequest request;
  ASSIGN_OR_RETURN(*request.mutable_parent(), InvitationName(session, input.Get("INVITATION")));
  ASSIGN_OR_RETURN(const auto list, session.Call<pb::ListInvitationEventsResponse>(request));
  clients::Table table({{session.Say({"Time", "Instant"})},
                        {session.Say({"What", "Quoi"})},
                        {session.Say({"By", "Par"})},
                        {session.Say({"Reason", "Motif"}), Column::Align::kLeft, Column::Fit::kShrink}});
  for (const pb::InvitationEvent& each : list.events()) {
    table.Row({InstantText(each.time()), each.event(), ShortName(each.account()), each.reason()});
  }
  ShowTable(session, list, table, {"nothing yet", "rien encore"});
  return absl::OkStatus();
}

// ---- To answer, to take back, to remind ----

absl::Status Answer(Session& session, const Input& input) {
  pb::AnswerInvitationRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), InvitationName(session, input.Get("INVITATION")));
  const bool accepts = input.Get("ANSWER") == "accept";
  request.set_answer(accepts ? pb::AnswerInvitationRequest::ANSWER_ACCEPT
                             : pb::AnswerInvitationRequest::ANSWER_DECLINE);
  request.set_reason(input.Get("--reason"));
  request.set_etag(input.Get("--etag"));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto invitation, session.Call<pb::Invitation>(request));
  ShowOutcome(session, input, accepts ? Text{"Accepted.", "Accepté."} : Text{"Declined.", "Décliné."},
              invitation, InvitationText(session, invitation));
  return absl::OkStatus();
}

absl::Status Withdraw(Session& session, const Input& input) {
  pb::WithdrawInvitationRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), InvitationName(session, input.Get("INVITATION")));
  request.set_reason(input.Get("--reason"));
  request.set_etag(input.Get("--etag"));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto invitation, session.Call<pb::Invitation>(request));
  ShowOutcome(session, input, {"Withdrawn; the seat stays.", "Annulé ; le siège reste."}, invitation,
              InvitationText(session, invitation));
  return absl::OkStatus();
}

absl::Status Remind(Session& session, const Input& input) {
  pb::RemindJurorsRequest request;
  request.set_parent(TopName("programmes", input.Get("PROGRAMME")));
  for (const std::string& days : input.GetAll("--days-before")) {
    int value = 0;
    if (absl::SimpleAtoi(days, &value)) request.add_days_before(value);
  }
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto list, session.Call<pb::RemindJurorsResponse>(request));
  std::set<std::string> people;
  for (const pb::InvitationReminder& each : list.reminders()) people.insert(each.person());
  const PeopleNames names = session.json() ? PeopleNames::Of(session, {}) : PeopleNames::Of(session, people);
  clients::Table table({{session.Say({"Thesis", "Mémoire"})},
                        {session.Say({"Person", "Personne"}), Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"Answer by", "Réponse avant"})},
                        {session.Say({"Late", "En retard"})}});
  for (const pb::InvitationReminder& each : list.reminders()) {
    table.Row({ThesisOf(each.invitation()), names.Name(each.person()), InstantText(each.respond_by_time()),
               each.days_before() == 0 ? session.Say({"yes", "oui"}) : ""});
  }
  ShowTable(session, list, table, {"nobody to remind", "personne à relancer"});
  return absl::OkStatus();
}

// ---- To replace ----

std::string Decimal(double value) { return absl::StrFormat("%.2f", value); }

std::string ReplacementsText(Session& session, const pb::FindReplacementsResponse& found) {
  std::set<std::string> people;
  for (const pb::Replacement& each : found.replacements()) people.insert(each.person());
  for (const pb::AlmostReplacement& each : found.almost()) people.insert(each.person());
  const PeopleNames names = PeopleNames::Of(session, people);
  std::string text =
      absl::StrCat(found.replacement_count(), session.Say({" could sit as ", " pourraient siéger comme "}),
                   WordFor(found.role(), session.language()), "\n");
  for (const pb::Replacement& each : found.replacements()) {
    std::string line =
        absl::StrCat(names.Label(each.person()), session.Say({": expertise ", " : expertise "}),
                     Decimal(each.expertise()));
    if (each.words_size() > 0) absl::StrAppend(&line, " (", absl::StrJoin(each.words(), ", "), ")");
    absl::StrAppend(&line, "; ", each.load_after());
    if (each.load_max() > 0) absl::StrAppend(&line, session.Say({" of ", " sur "}), each.load_max());
    absl::StrAppend(&line, session.Say({" juries", " jurys"}));
    if (each.load_past() > 0) {
      absl::StrAppend(&line, session.Say({", past ", ", passé "}), Decimal(each.load_past()));
    }
    absl::StrAppend(&line, "; ", absl::StrJoin(each.reasons(), "; "));
    absl::StrAppend(&text, Paragraph(line, 2, "- ", session.out()));
    if (each.tight_rules_size() > 0) {
      absl::StrAppend(&text, Paragraph(absl::StrCat(session.Say({"nothing to spare: ", "sans marge : "}),
                                                    absl::StrJoin(each.tight_rules(), "; ")),
                                       4, "! ", session.out()));
    }
    for (const std::string& warning : each.warnings()) {
      absl::StrAppend(&text, Paragraph(warning, 4, "? ", session.out()));
    }
  }
  if (found.almost_count() == 0) return text;
  absl::StrAppend(&text, found.almost_count(),
                  session.Say({" almost could:\n", " le pourraient presque :\n"}));
  for (const pb::AlmostReplacement& each : found.almost()) {
    absl::StrAppend(&text, Paragraph(absl::StrCat(names.Label(each.person()), session.Say({": ", " : "}),
                                                  each.sentence()),
                                     2, "- ", session.out()));
  }
  return text;
}

absl::Status Replacements(Session& session, const Input& input) {
  pb::FindReplacementsRequest request;
  request.set_name(JuryName(input.Get("THESIS")));
  request.set_person(TopName("people", input.Get("PERSON")));
  if (input.Has("--count")) request.set_count_max(static_cast<int>(input.Number("--count")));
  ASSIGN_OR_RETURN(const auto found, session.Call<pb::FindReplacementsResponse>(request));
  session.Show(found, [&] { return ReplacementsText(session, found); });
  return absl::OkStatus();
}

absl::Status Replace(Session& session, const Input& input) {
  pb::ReplaceJurorRequest request;
  request.set_name(JuryName(input.Get("THESIS")));
  request.set_person(TopName("people", input.Get("PERSON")));
  request.set_replacement(TopName("people", input.Get("--by")));
  if (input.Has("--remote")) request.set_mode(pb::Seat::MODE_REMOTE);
  request.set_reason(input.Get("--reason"));
  request.set_message(input.Get("--message"));
  if (input.Has("--respond-by")) {
    RETURN_IF_ERROR(ReadTime(session, input, "--respond-by", *request.mutable_respond_by_time()));
  }
  request.set_etag(input.Get("--etag"));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto replaced, session.Call<pb::ReplaceJurorResponse>(request));
  std::string text = InvitationText(session, replaced.closed());
  if (replaced.has_invitation()) absl::StrAppend(&text, InvitationText(session, replaced.invitation()));
  ShowOutcome(session, input, {"Replaced.", "Remplacé."}, replaced, text);
  return absl::OkStatus();
}

// ---- Commands ----

Argument InvitationArgument() {
  return {.value = {.word = "INVITATION"},
          .help = {"THESIS/PERSON of the invitation, or THESIS for your own",
                   "MÉMOIRE/PERSONNE de la sollicitation, ou MÉMOIRE pour la vôtre"}};
}

Argument ProgrammeArgument() {
  return NameArgument("PROGRAMME", "programmes", {"the programme", "la formation"});
}

Argument ThesisArgument() {
  return NameArgument("THESIS", "theses", {"the thesis of the jury", "le mémoire du jury"});
}

Argument SeatedArgument() {
  return NameArgument("PERSON", "people", {"who gives up the seat", "qui laisse le siège"});
}

Flag ReasonFlag() { return TextFlag("--reason", "TEXT", {"why", "pourquoi"}); }

Flag MessageFlag() { return TextFlag("--message", "TEXT", {"what they are told", "ce qu’on leur écrit"}); }

Flag RespondByFlag(Text help) { return TextFlag("--respond-by", "INSTANT", help); }

std::vector<Command> InvitingCommands() {
  return {
      {.verb = "invite",
       .summary = {"Invite those who sit on juries", "Solliciter les membres des jurys"},
       .details =
           {"All juries of the programme, unless --thesis or --cohort says which; supervisors and "
            "company tutors only if --person names them. Rules and conflicts of interest are checked.",
            "Tous les jurys de la formation, sauf si --thesis ou --cohort dit lesquels ; encadrants et "
            "tuteurs seulement si --person les nomme. Règles et conflits d’intérêts sont vérifiés."},
       .arguments = {ProgrammeArgument()},
       .flags = {RespondByFlag(
                     {"until when they may accept; required", "jusqu’à quand accepter ; obligatoire"}),
                 Repeated(ResourceFlag("--thesis", "THESIS", "theses",
                                       {"only the jury of this thesis", "seulement le jury de ce mémoire"})),
                 TextFlag("--cohort", "COHORT",
                          {"only juries of this cohort", "seulement les jurys de cette promotion"}),
                 Repeated(ResourceFlag("--person", "PERSON", "people",
                                       {"only this person", "seulement cette personne"})),
                 Repeated(TextFlag("--seat", "PERSON=ROLE",
                                   {"add this seat to the jury of the one --thesis, and invite",
                                    "ajouter ce siège au jury du seul --thesis, et solliciter"})),
                 MessageFlag(), DryRunFlag()},
       .examples = {{"juries invite m2 --cohort 2027 --respond-by 2027-06-01T18:00",
                     {"a whole cohort", "toute une promotion"}},
                    {"juries invite m2 --thesis m2-017 --seat eva=examiner --respond-by 2027-06-01T18:00",
                     {"one more member", "un membre de plus"}}},
       .run = Invite},
      {.verb = "invitations",
       .summary = {"List invitations: yours, of a jury or of a programme",
                   "Lister les sollicitations : les vôtres, d’un jury ou d’une formation"},
       .flags = {ResourceFlag("--thesis", "THESIS", "theses", {"to this jury", "à ce jury"}),
                 ResourceFlag("--programme", "PROGRAMME", "programmes",
                              {"of this programme", "de cette formation"}),
                 Repeated(ChoiceFlag(
                     "--only",
                     {"invited", "accepted", "declined", "expired", "withdrawn", "replaced", "unseated"},
                     {"only those of which this is so", "seulement celles-là"}))},
       .examples = {{"juries invitations", {"your own", "les vôtres"}},
                    {"juries invitations --programme m2 --only declined --only expired",
                     {"who is to be replaced", "qui est à remplacer"}}},
       .run = List},
      {.verb = "answer",
       .summary = {"Accept or decline an invitation", "Accepter ou décliner une sollicitation"},
       .details = {"Only the invited person, with an account of their own. Who declines says why.",
                   "Seulement la personne sollicitée, avec son propre compte. Qui décline dit pourquoi."},
       .arguments =
           {InvitationArgument(),
            {.value = {.word = "ANSWER", .kind = Value::Kind::kChoice, .choices = {"accept", "decline"}},
             .help = {"whether you come", "si vous venez"}}},
       .flags = {ReasonFlag(), EtagFlag(), DryRunFlag()},
       .examples = {{"juries answer m2-017 accept", {"you come", "vous venez"}},
                    {"juries answer m2-017 decline --reason \"abroad in June\"",
                     {"you do not", "vous ne venez pas"}}},
       .run = Answer},
      {.verb = "withdraw",
       .summary = {"Take an invitation back", "Annuler une sollicitation"},
       .details = {"The seat stays until it is given to somebody else.",
                   "Le siège reste jusqu’à ce qu’il soit donné à quelqu’un d’autre."},
       .arguments = {InvitationArgument()},
       .flags = {ReasonFlag(), EtagFlag(), DryRunFlag()},
       .examples = {{"juries withdraw m2-017/eva --reason \"double booked\"",
                     {"with a reason", "avec un motif"}}},
       .run = Withdraw},
  };
}

std::vector<Command> ReplacingCommands() {
  return {
      {.verb = "invitation-history",
       .summary = {"Show what happened to an invitation", "Montrer l’histoire d’une sollicitation"},
       .arguments = {InvitationArgument()},
       .examples = {{"juries invitation-history m2-017/eva", {"who did what", "qui a fait quoi"}}},
       .run = History},
      {.verb = "remind",
       .summary = {"List whom to remind, each threshold once", "Lister qui relancer, une fois par seuil"},
       .details = {"Only people whose answer is missing.", "Seulement ceux dont la réponse manque."},
       .arguments = {ProgrammeArgument()},
       .flags = {Repeated(NumberFlag("--days-before", "DAYS",
                                     {"a threshold; default: 3 and 1", "un seuil ; par défaut 3 et 1"})),
                 DryRunFlag()},
       .examples = {{"juries remind m2 --dry-run", {"without remembering", "sans mémoriser"}}},
       .run = Remind},
      {.verb = "replacements",
       .summary = {"Show who could take somebody’s seat", "Montrer qui pourrait prendre un siège"},
       .details = {"The best first, with the reasons; then who almost could, and what alone forbids it.",
                   "Les meilleurs d’abord, avec les raisons ; puis qui le pourrait presque, et ce qui seul "
                   "l’interdit."},
       .arguments = {ThesisArgument(), SeatedArgument()},
       .flags = {NumberFlag("--count", "N",
                            {"how many of each; default 10", "combien de chaque ; par défaut 10"})},
       .examples = {{"juries replacements m2-017 eva", {"for one seat", "pour un siège"}}},
       .run = Replacements},
      {.verb = "replace",
       .summary = {"Give somebody’s seat to another person", "Donner un siège à une autre personne"},
       .details =
           {"The same checks as for any jury. The invitation of who leaves is closed with the reason.",
            "Les mêmes vérifications que pour tout jury. La sollicitation de qui part est close avec le "
            "motif."},
       .arguments = {ThesisArgument(), SeatedArgument()},
       .flags = {ResourceFlag("--by", "PERSON", "people",
                              {"who takes it; required", "qui le prend ; obligatoire"}),
                 ReasonFlag(),
                 RespondByFlag(
                     {"invite them, until when they may accept", "solliciter, jusqu’à quand accepter"}),
                 MessageFlag(),
                 {.name = "--remote", .value = {}, .help = {"by video", "en visio"}},
                 EtagFlag(),
                 DryRunFlag()},
       .examples =
           {{"juries replace m2-017 eva --by fred --reason \"declined\" --respond-by 2027-06-05T18:00",
             {"and invite the new one", "et solliciter la nouvelle personne"}}},
       .run = Replace},
  };
}

}  // namespace

std::vector<Command> JuryInvitationCommands() {
  std::vector<Command> commands = InvitingCommands();
  const std::vector<Command> more = ReplacingCommands();
  commands.insert(commands.end(), more.begin(), more.end());
  return commands;
}

}  // namespace soutenance::cli
