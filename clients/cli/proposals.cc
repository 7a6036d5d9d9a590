#include "clients/cli/proposals.h"

#include <optional>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/cli/decisions.h"
#include "clients/cli/fields.h"
#include "clients/cli/interrupt.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/people_names.h"
#include "clients/cli/resource.h"
#include "clients/cli/session.h"
#include "clients/cli/words.h"
#include "clients/lib/connection.h"
#include "clients/lib/failure.h"
#include "clients/lib/method.h"
#include "services/base/status.h"
#include "soutenance/assignment/v1/proposals.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = assignment::v1;
using clients::Column;

std::string Decimal(double value) { return absl::StrFormat("%.2f", value); }

// ---- Views ----

std::string CountsText(const Session& session, const pb::Proposal& proposal) {
  return absl::StrCat(proposal.complete_count(), " / ", proposal.theses_count(),
                      session.Say({" theses with a jury, ", " mémoires avec un jury, "}),
                      proposal.accepted_count(), session.Say({" accepted", " acceptés"}));
}

std::string ValueText(const Session& session, const pb::Proposal& proposal) {
  if (proposal.is_best()) {
    return absl::StrCat(Decimal(proposal.value()),
                        session.Say({" (nothing is better)", " (rien n’est mieux)"}));
  }
  return absl::StrCat(Decimal(proposal.value()), session.Say({" (at most ", " (au plus "}),
                      Decimal(proposal.value_max()), session.Say({" is possible)", " est possible)"}));
}

std::set<std::string> PeopleIn(const pb::Proposal& proposal) {
  std::set<std::string> people;
  for (const pb::ProposedJury& jury : proposal.juries()) {
    for (const pb::ProposedSeat& seat : jury.seats()) {
      people.insert(seat.seat().person());
      for (const pb::SeatAlternative& other : seat.alternatives()) people.insert(other.person());
    }
  }
  return people;
}

// "expertise 0.42 (réseaux, graphes); 3 of 8 juries; or else Bob Petit (-0.10)".
std::string WhyText(const Session& session, const pb::ProposedSeat& seat, const PeopleNames& names) {
  std::vector<std::string> parts;
  if (seat.is_held()) parts.push_back(session.Say({"held", "déjà membre"}));
  std::string expertise = absl::StrCat(session.Say({"expertise ", "expertise "}), Decimal(seat.expertise()));
  if (seat.words_size() > 0) absl::StrAppend(&expertise, " (", absl::StrJoin(seat.words(), ", "), ")");
  parts.push_back(std::move(expertise));
  parts.push_back(absl::StrCat(seat.load_after(), session.Say({" of ", " sur "}), seat.load_max(),
                               session.Say({" juries", " jurys"})));
  std::vector<std::string> others;
  for (const pb::SeatAlternative& other : seat.alternatives()) {
    others.push_back(absl::StrCat(names.Name(other.person()), " (-", Decimal(other.loss()), ")"));
  }
  if (!others.empty()) {
    parts.push_back(absl::StrCat(session.Say({"or else ", "ou sinon "}), absl::StrJoin(others, ", ")));
  }
  return absl::StrJoin(parts, "; ");
}

std::string ProposalText(Session& session, const pb::Proposal& proposal) {
  const PeopleNames names = PeopleNames::Of(session, PeopleIn(proposal));
  Facts facts{{{"programme", "formation"}, ShortName(proposal.programme())},
              {{"theses", "mémoires"}, CountsText(session, proposal)},
              {{"value", "valeur"}, ValueText(session, proposal)},
              {{"etag", "etag"}, proposal.etag()}};
  if (proposal.worst_off() > 0) {
    facts.push_back({{"worst off", "le moins bien servi"}, Decimal(proposal.worst_off())});
  }
  std::string text =
      FactsText(absl::StrCat(session.Say({"Proposal ", "Proposition "}), ShortName(proposal.name())), facts,
                session.language(), session.out());
  for (const pb::ProposedJury& jury : proposal.juries()) {
    absl::StrAppend(&text, "\n", ShortName(jury.thesis()),
                    jury.common_starts() > 0
                        ? absl::StrCat(" (", jury.common_starts(), session.Say({" starts)", " débuts)"}))
                        : "",
                    jury.has_accept_time()   ? session.Say({" (accepted)", " (accepté)"})
                    : jury.seats_size() == 0 ? session.Say({": no jury", " : pas de jury"})
                                             : "",
                    "\n");
    for (const pb::ProposedSeat& seat : jury.seats()) {
      const std::string line =
          absl::StrCat(WordFor(seat.seat().role(), session.language()), session.Say({": ", " : "}),
                       names.Name(seat.seat().person()), "; ", WhyText(session, seat, names));
      absl::StrAppend(&text, Paragraph(line, 2, "- ", session.out()));
    }
    if (jury.tight_rules_size() > 0) {
      absl::StrAppend(&text, Paragraph(absl::StrCat(session.Say({"nothing to spare: ", "sans marge : "}),
                                                    absl::StrJoin(jury.tight_rules(), "; ")),
                                       2, "! ", session.out()));
    }
  }
  for (const pb::ProposalShortage& shortage : proposal.shortages()) {
    absl::StrAppend(&text, "\n", Paragraph(shortage.sentence(), 0, "", session.out()));
    if (shortage.way_out_size() > 0) {
      absl::StrAppend(&text, Paragraph(absl::StrCat(session.Say({"what would help: ", "ce qui aiderait : "}),
                                                    absl::StrJoin(shortage.way_out(), "; ")),
                                       2, "", session.out()));
    }
  }
  return text;
}

// ---- Juries ----

// "reviewer=2", "examiner=1-3".
absl::Status AddRole(const Session& session, const std::string& text, pb::ProposeJuriesRequest& request) {
  const std::pair<std::string, std::string> parts = absl::StrSplit(text, absl::MaxSplits('=', 1));
  const std::pair<std::string, std::string> counts = absl::StrSplit(parts.second, absl::MaxSplits('-', 1));
  pb::Seat::Role role = pb::Seat::ROLE_UNSPECIFIED;
  int min = 0;
  int max = 0;
  if (!pb::Seat::Role_Parse("ROLE_" + absl::AsciiStrToUpper(parts.first), &role) ||
      !absl::SimpleAtoi(counts.first, &min) ||
      (!counts.second.empty() && !absl::SimpleAtoi(counts.second, &max))) {
    return clients::UsageError(
        session.Say({"--role expects ROLE=COUNT or ROLE=MIN-MAX, as in reviewer=2 or examiner=1-3",
                     "--role attend RÔLE=NOMBRE ou RÔLE=MIN-MAX, comme reviewer=2 ou examiner=1-3"}));
  }
  pb::RoleCount& count = *request.add_roles();
  count.set_role(role);
  count.set_min(min);
  count.set_max(max);
  return absl::OkStatus();
}

// "PERSON" or "THESIS=PERSON".
template <typename Request>
void AddExclusions(const Input& input, Request& request) {
  for (const std::string& text : input.GetAll("--without")) {
    const std::vector<std::string> parts = absl::StrSplit(text, absl::MaxSplits('=', 1));
    pb::ProposalExclusion& exclusion = *request.add_excluded();
    if (parts.size() > 1) exclusion.set_thesis(TopName("theses", parts[0]));
    exclusion.set_person(TopName("people", parts.back()));
  }
}

template <typename Request>
void AddScope(const Input& input, Request& request) {
  request.set_programme(TopName("programmes", input.Get("PROGRAMME")));
  if (input.Has("--cohort")) request.set_cohort(CohortName(request.programme(), input.Get("--cohort")));
  for (const std::string& thesis : input.GetAll("--thesis")) request.add_theses(TopName("theses", thesis));
  request.set_validate_only(input.Has("--dry-run"));
  if (input.Has("--load-max")) request.set_load_max(static_cast<int>(input.Number("--load-max")));
  AddExclusions(input, request);
}

// "composing 3.2 s: 280/300": short, as it must fit into one line of a terminal.
std::string ProgressLine(const Session& session, const pb::CompositionProgress& progress) {
  std::string line;
  switch (progress.phase()) {
    case pb::CompositionProgress::PHASE_COMPOSING:
      line = session.Say({"composing", "composition"});
      break;
    case pb::CompositionProgress::PHASE_EXPLAINING:
      line = session.Say({"finding reasons", "recherche des raisons"});
      break;
    default:
      line = session.Say({"reading", "lecture"});
  }
  absl::StrAppend(&line, absl::StrFormat(" %.1f s", progress.elapsed_ms() / 1000.0));
  if (progress.theses_count() > 0) {
    absl::StrAppend(&line, session.Say({": ", " : "}), progress.done_count(), "/", progress.theses_count());
  }
  return line;
}

// Composes with progress; an interrupt ends it, and nothing is kept.
absl::StatusOr<pb::Proposal> Compose(Session& session, const pb::ProposeJuriesRequest& juries) {
  pb::ComposeJuriesRequest request;
  *request.mutable_juries() = juries;
  request.mutable_juries()->clear_validate_only();
  request.set_validate_only(juries.validate_only());
  // A stream that breaks is begun again: the same request is the same proposal.
  request.set_request_id(clients::NewRequestId());
  pb::ComposeJuriesResponse message;
  std::optional<pb::Proposal> proposal;
  const InterruptGuard guard;
  const auto go_on = [&] {
    return interrupted != 0 && !proposal ? clients::Connection::Next::kStop
                                         : clients::Connection::Next::kGoOn;
  };
  const absl::Status status =
      session.server().Follow(request, message,
                              {.on_message =
                                   [&] {
                                     if (message.has_proposal()) {
                                       proposal = message.proposal();
                                     } else {
                                       session.ShowProgress(ProgressLine(session, message.progress()));
                                     }
                                     return go_on();
                                   },
                               .on_tick = go_on});
  session.ShowProgress("");
  if (proposal) return *std::move(proposal);
  if (interrupted != 0) {
    return clients::LocalError("PROPOSAL_CANCELLED",
                               session.Say({"cancelled; nothing was proposed or changed",
                                            "annulé ; rien n’a été proposé ni changé"}));
  }
  RETURN_IF_ERROR(status);
  return absl::DataLossError("the server ended without a proposal");
}

absl::Status ProposeJuries(Session& session, const Input& input) {
  pb::ProposeJuriesRequest request;
  AddScope(input, request);
  for (const std::string& role : input.GetAll("--role")) RETURN_IF_ERROR(AddRole(session, role, request));
  request.set_from(TopName("proposals", input.Get("--from")));
  for (const std::string& thesis : input.GetAll("--freeze")) request.add_frozen(TopName("theses", thesis));
  for (const std::string& person : input.GetAll("--withdrawn")) {
    request.add_withdrawn(TopName("people", person));
  }
  if (input.Has("--campaign")) request.set_campaign(TopName("campaigns", input.Get("--campaign")));
  if (input.Has("--balance")) request.set_balance(static_cast<double>(input.Number("--balance")));
  if (input.Has("--seed")) request.set_seed(static_cast<int>(input.Number("--seed")));
  request.set_replace_refused(input.Has("--replace-refused"));
  ASSIGN_OR_RETURN(const pb::Proposal proposal, Compose(session, request));
  ShowOutcome(session, input, {"Proposed; no jury was changed.", "Proposé ; aucun jury n’a changé."},
              proposal, ProposalText(session, proposal));
  return absl::OkStatus();
}

absl::Status ProposeReviewers(Session& session, const Input& input) {
  pb::ProposeReviewersRequest request;
  AddScope(input, request);
  if (input.Has("--count")) request.set_reviewers(static_cast<int>(input.Number("--count")));
  request.set_aim(input.Get("--aim") == "fair" ? pb::ProposeReviewersRequest::AIM_FAIR
                                               : pb::ProposeReviewersRequest::AIM_TOTAL);
  ASSIGN_OR_RETURN(const auto proposal, session.Call<pb::Proposal>(request));
  ShowOutcome(session, input, {"Proposed; no jury was changed.", "Proposé ; aucun jury n’a changé."},
              proposal, ProposalText(session, proposal));
  return absl::OkStatus();
}

absl::Status ListProposals(Session& session, const Input& input) {
  pb::ListProposalsRequest request;
  request.set_programme(TopName("programmes", input.Get("PROGRAMME")));
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListProposalsResponse>(request));
  clients::Table table({{session.Say({"Proposal", "Proposition"})},
                        {session.Say({"Of", "De"})},
                        {session.Say({"Juries", "Jurys"})},
                        {session.Say({"Value", "Valeur"}), Column::Align::kRight}});
  for (const pb::Proposal& proposal : list.proposals()) {
    table.Row({ShortName(proposal.name()),
               proposal.kind() == pb::Proposal::KIND_REVIEWERS ? session.Say({"reviewers", "rapporteurs"})
                                                               : session.Say({"juries", "jurys"}),
               CountsText(session, proposal), Decimal(proposal.value())});
  }
  ShowTable(session, list, table, {"no proposal", "aucune proposition"});
  return absl::OkStatus();
}

absl::Status ShowProposal(Session& session, const Input& input) {
  pb::GetProposalRequest request;
  request.set_name(TopName("proposals", input.Get("PROPOSAL")));
  ASSIGN_OR_RETURN(const auto proposal, session.Call<pb::Proposal>(request));
  session.Show(proposal, [&] { return ProposalText(session, proposal); });
  return absl::OkStatus();
}

absl::Status Accept(Session& session, const Input& input) {
  pb::AcceptProposalRequest request;
  request.set_name(TopName("proposals", input.Get("PROPOSAL")));
  request.set_etag(input.Get("--etag"));
  for (const std::string& thesis : input.GetAll("--thesis")) request.add_theses(TopName("theses", thesis));
  request.set_reason(input.Get("--reason"));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto response, session.Call<pb::AcceptProposalResponse>(request));
  ShowOutcome(session, input, {"Accepted.", "Accepté."}, response,
              absl::StrCat(ChangeCounts(response.juries(), session.language()), "\n",
                           ChangeLines(response.juries(), 50, session.language())));
  return absl::OkStatus();
}

// ---- The table of a cohort ----

std::string Quoted(const std::string& text) {
  if (text.find_first_of(",\";\n\r") == std::string::npos) return text;
  return absl::StrCat("\"", absl::StrJoin(absl::StrSplit(text, '"'), "\"\""), "\"");
}

std::string Csv(const std::vector<std::vector<std::string>>& rows) {
  std::string text;
  for (const std::vector<std::string>& row : rows) {
    std::vector<std::string> cells;
    for (const std::string& cell : row) cells.push_back(Quoted(cell));
    absl::StrAppend(&text, absl::StrJoin(cells, ","), "\r\n");
  }
  return text;
}

template <typename Names>
std::string Ids(const Names& names) {
  std::vector<std::string> ids;
  for (const std::string& name : names) ids.push_back(ShortName(name));
  return absl::StrJoin(ids, " ");
}

std::vector<std::vector<std::string>> ThesisRows(const pb::JuryOverview& overview, bool all) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& thesis : overview.theses()) {
    const bool is_well = thesis.is_complete() && thesis.broken_rules_size() == 0 &&
                         thesis.conflicts_size() == 0 && thesis.questions_size() == 0 &&
                         thesis.unanswered_size() == 0 && thesis.refusals_size() == 0;
    if (is_well && !all) continue;
    rows.push_back({ShortName(thesis.thesis()), absl::StrCat(thesis.seats_count()),
                    thesis.is_complete() ? "1" : "0", absl::StrJoin(thesis.broken_rules(), " | "),
                    Ids(thesis.conflicts()), Ids(thesis.questions()), Ids(thesis.unanswered()),
                    Ids(thesis.refusals())});
  }
  return rows;
}

std::vector<std::vector<std::string>> PeopleRows(const pb::JuryOverview& overview, bool all) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& person : overview.people()) {
    const bool is_well = person.load() > 0 && (person.load_max() == 0 || person.load() <= person.load_max());
    if (is_well && !all) continue;
    rows.push_back({ShortName(person.person()), absl::StrCat(person.load()),
                    person.load_max() == 0 ? "" : absl::StrCat(person.load_max()),
                    absl::StrCat(person.load_elsewhere()), absl::StrCat(person.presidencies()),
                    Decimal(person.load_past())});
  }
  return rows;
}

std::string OverviewText(Session& session, const pb::JuryOverview& overview, bool all) {
  std::string text = FactsText(
      session.Say({"Juries", "Jurys"}),
      {{{"complete", "complets"}, absl::StrCat(overview.complete_count())},
       {{"incomplete", "incomplets"}, absl::StrCat(overview.incomplete_count())},
       {{"rules broken", "règles enfreintes"}, absl::StrCat(overview.broken_rules_count())},
       {{"conflicts", "conflits"}, absl::StrCat(overview.conflicts_count())},
       {{"to confirm", "à confirmer"}, absl::StrCat(overview.questions_count())},
       {{"to answer", "à répondre"}, absl::StrCat(overview.unanswered_count())},
       {{"to replace", "à remplacer"}, absl::StrCat(overview.refusals_count())},
       {{"people over load", "personnes en surcharge"}, absl::StrCat(overview.over_load_count())},
       {{"people without jury", "personnes sans jury"}, absl::StrCat(overview.without_load_count())}},
      session.language(), session.out());
  clients::Table theses(
      {{session.Say({"Thesis", "Mémoire"})},
       {session.Say({"Seats", "Membres"}), Column::Align::kRight},
       {session.Say({"Complete", "Complet"})},
       {session.Say({"Rules broken", "Règles enfreintes"}), Column::Align::kLeft, Column::Fit::kShrinkFirst},
       {session.Say({"Conflicts", "Conflits"}), Column::Align::kLeft, Column::Fit::kShrink},
       {session.Say({"To confirm", "À confirmer"}), Column::Align::kLeft, Column::Fit::kShrink},
       {session.Say({"To answer", "À répondre"}), Column::Align::kLeft, Column::Fit::kShrink},
       {session.Say({"To replace", "À remplacer"}), Column::Align::kLeft, Column::Fit::kShrink}});
  for (std::vector<std::string> row : ThesisRows(overview, all)) {
    row[2] = row[2] == "1" ? session.Say({"yes", "oui"}) : session.Say({"no", "non"});
    theses.Row(std::move(row));
  }
  if (!theses.empty()) absl::StrAppend(&text, "\n", theses.Text(session.out()));
  clients::Table people({{session.Say({"Person", "Personne"})},
                         {session.Say({"Juries", "Jurys"}), Column::Align::kRight},
                         {session.Say({"At most", "Au plus"}), Column::Align::kRight},
                         {session.Say({"Elsewhere", "Ailleurs"}), Column::Align::kRight},
                         {session.Say({"Presides", "Préside"}), Column::Align::kRight},
                         {session.Say({"Past years", "Années passées"}), Column::Align::kRight}});
  for (std::vector<std::string> row : PeopleRows(overview, all)) people.Row(std::move(row));
  if (!people.empty()) absl::StrAppend(&text, "\n", people.Text(session.out()));
  return text;
}

absl::Status Status(Session& session, const Input& input) {
  pb::GetJuryOverviewRequest request;
  request.set_programme(TopName("programmes", input.Get("PROGRAMME")));
  if (input.Has("--cohort")) request.set_cohort(CohortName(request.programme(), input.Get("--cohort")));
  ASSIGN_OR_RETURN(const auto overview, session.Call<pb::JuryOverview>(request));
  const bool all = input.Has("--all");
  if (input.Get("--csv") == "theses") {
    std::vector<std::vector<std::string>> rows = ThesisRows(overview, true);
    rows.insert(rows.begin(), {"thesis", "seats", "complete", "broken_rules", "conflicts", "questions",
                               "unanswered", "refusals"});
    session.Print(Csv(rows));
    return absl::OkStatus();
  }
  if (input.Get("--csv") == "people") {
    std::vector<std::vector<std::string>> rows = PeopleRows(overview, true);
    rows.insert(rows.begin(), {"person", "juries", "at_most", "elsewhere", "presidencies", "past"});
    session.Print(Csv(rows));
    return absl::OkStatus();
  }
  session.Show(overview, [&] { return OverviewText(session, overview, all); });
  return absl::OkStatus();
}

Argument ProgrammeArgument() {
  return NameArgument("PROGRAMME", "programmes", {"the programme", "la formation"});
}

Argument ProposalArgument() {
  return {.value = {.word = "PROPOSAL"}, .help = {"id of a proposal", "identifiant d’une proposition"}};
}

Flag CohortFlag() {
  return TextFlag("--cohort", "COHORT",
                  {"only theses of this cohort", "seulement les mémoires de cette promotion"});
}

std::vector<Flag> ScopeFlags() {
  return {
      CohortFlag(),
      Repeated(ResourceFlag("--thesis", "THESIS", "theses", {"only this thesis", "seulement ce mémoire"})),
      Repeated(TextFlag("--without", "[THESIS=]PERSON",
                        {"do not propose this person, or not for this thesis",
                         "ne pas proposer cette personne, ou pas pour ce mémoire"})),
      {.name = "--load-max",
       .value = {.word = "N", .kind = Value::Kind::kNumber},
       .help = {"juries at most for those who said nothing", "jurys au plus pour ceux qui n’ont rien dit"}},
      DryRunFlag()};
}

}  // namespace

std::vector<Command> JuryProposalCommands() {
  return {
      {.verb = "propose",
       .summary = {"Compose juries under all rules", "Composer des jurys selon toutes les règles"},
       .details =
           {"The proposal is kept apart: no jury changes until it is accepted. Seats that are held stay.",
            "La proposition est gardée à part : aucun jury ne change avant l’acceptation. Les membres en "
            "place restent."},
       .arguments = {ProgrammeArgument()},
       .flags =
           Flags(ScopeFlags(),
                 {Repeated(TextFlag(
                      "--role", "ROLE=COUNT",
                      {"how many sit as what, as reviewer=2 or examiner=0-1; default: as the rules ask",
                       "combien siègent comme quoi, comme reviewer=2 ou examiner=0-1 ; par défaut selon "
                       "les règles"})),
                  TextFlag("--from", "PROPOSAL", {"begin with this proposal", "partir de cette proposition"}),
                  Repeated(ResourceFlag("--freeze", "THESIS", "theses",
                                        {"keep its jury as in --from", "garder son jury comme dans --from"})),
                  Repeated(ResourceFlag(
                      "--withdrawn", "PERSON", "people",
                      {"vacate the seats of somebody who withdrew and change as few others as possible",
                       "libérer les sièges de qui s’est retiré et changer le moins d’autres possible"})),
                  {.name = "--replace-refused",
                   .value = {},
                   .help = {"give the seats of those who declined or did not answer to others",
                            "donner à d’autres les sièges de qui a décliné ou n’a pas répondu"}},
                  ResourceFlag("--campaign", "CAMPAIGN", "campaigns",
                               {"where they will sit: everybody needs a start in common",
                                "où ils siégeront : chacun doit avoir un début en commun"}),
                  {.name = "--balance",
                   .value = {.word = "0-10", .kind = Value::Kind::kNumber},
                   .help = {"how much even loads weigh against expertise; default 1",
                            "poids de l’équilibre des charges face à l’expertise ; par défaut 1"}},
                  {.name = "--seed",
                   .value = {.word = "N", .kind = Value::Kind::kNumber},
                   .help = {"the same number gives the same proposal",
                            "le même nombre donne la même proposition"}}}),
       .examples = {{"juries propose m2 --cohort 2027",
                     {"all theses of a cohort", "tous les mémoires d’une promotion"}},
                    {"juries propose m2 --withdrawn eva", {"after a withdrawal", "après un désistement"}}},
       .run = ProposeJuries},
      {.verb = "proposals",
       .summary = {"List the proposals of a programme", "Lister les propositions d’une formation"},
       .arguments = {ProgrammeArgument()},
       .examples = {{"juries proposals m2", {"the newest first", "les plus récentes d’abord"}}},
       .run = ListProposals},
      {.verb = "show-proposal",
       .summary = {"Show a proposal with its reasons", "Montrer une proposition avec ses raisons"},
       .arguments = {ProposalArgument()},
       .examples = {{"juries show-proposal 20261125-101500-k3x7q2ab",
                     {"each person, why, and who is next",
                      "chaque personne, pourquoi, et qui vient ensuite"}}},
       .run = ShowProposal},
      {.verb = "accept",
       .summary = {"Accept a proposal, as a whole or in part", "Accepter une proposition, en tout ou partie"},
       .arguments = {ProposalArgument()},
       .flags = {Repeated(ResourceFlag("--thesis", "THESIS", "theses",
                                       {"only the jury of this thesis", "seulement le jury de ce mémoire"})),
                 ReasonFlag(), EtagFlag(), DryRunFlag()},
       .examples = {{"juries accept 20261125-101500-k3x7q2ab --thesis m2-017",
                     {"one of its juries", "un de ses jurys"}}},
       .run = Accept},
      {.verb = "status",
       .summary = {"Show what the juries of a programme lack",
                   "Montrer ce qui manque aux jurys d’une formation"},
       .details =
           {"Theses without a complete jury, rules broken, conflicts to confirm, people over or without "
            "load.",
            "Mémoires sans jury complet, règles enfreintes, conflits à confirmer, personnes en surcharge ou "
            "sans charge."},
       .arguments = {ProgrammeArgument()},
       .flags = {CohortFlag(),
                 {.name = "--all", .value = {}, .help = {"also what is well", "aussi ce qui va bien"}},
                 {.name = "--csv",
                  .value = {.word = "WHAT", .kind = Value::Kind::kChoice, .choices = {"theses", "people"}},
                  .help = {"print all as CSV", "tout imprimer en CSV"}}},
       .examples = {{"juries status m2", {"what is to be done", "ce qui reste à faire"}},
                    {"juries status m2 --csv theses", {"for a spreadsheet", "pour un tableur"}}},
       .run = Status},
  };
}

std::vector<Command> ReviewerProposalCommands() {
  return {{.verb = "propose",
           .summary = {"Find reviewers, provably best", "Trouver des rapporteurs, optimum prouvé"},
           .details = {"The proposal is kept apart: see `juries accept`.",
                       "La proposition est gardée à part : voir « juries accept »."},
           .arguments = {ProgrammeArgument()},
           .flags = Flags(
               ScopeFlags(),
               {{.name = "--count",
                 .value = {.word = "N", .kind = Value::Kind::kNumber},
                 .help = {"reviewers of each thesis; default 1", "rapporteurs par mémoire ; par défaut 1"}},
                {.name = "--aim",
                 .value = {.word = "AIM", .kind = Value::Kind::kChoice, .choices = {"total", "fair"}},
                 .help = {"the largest total, or the worst-off thesis first; default total",
                          "le plus grand total, ou d’abord le mémoire le moins bien servi ; par défaut "
                          "total"}}}),
           .examples = {{"reviewers propose m2 --count 2 --aim fair",
                         {"two for each, the worst-off first", "deux chacun, le moins bien servi d’abord"}}},
           .run = ProposeReviewers}};
}

}  // namespace soutenance::cli
