#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "clients/cli/dates.h"
#include "clients/cli/draft_checks.h"
#include "clients/cli/fields.h"
#include "clients/cli/instants.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/nouns.h"
#include "clients/cli/outages.h"
#include "clients/cli/people_names.h"
#include "clients/cli/resource.h"
#include "clients/cli/words.h"
#include "services/base/status.h"
#include "soutenance/directory/v1/directory.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = submissions::v1;
using clients::Column;

constexpr char kZone[] = "Europe/Paris";

const std::vector<Field>& Fields() {
  static const auto& fields = *new std::vector<Field>{
      {.flag = TextFlag("--title", "TITLE", {"title", "titre"}), .name = "title"},
      {.flag =
           ResourceFlag("--cohort", "COHORT", "cohorts",
                        {"only theses of PROGRAMME/ID", "seulement les mémoires de FORMATION/IDENTIFIANT"}),
       .name = "cohort",
       .read =
           [](const std::string& text, google::protobuf::Message& milestone, Language) {
             static_cast<pb::Milestone&>(milestone).set_cohort(CohortName("", text));
             return std::string();
           }},
      {.flag = ChoiceFlag("--kind", {"draft", "deposit", "corrected", "archive", "dissemination"},
                          {"what is expected", "ce qui est attendu"}),
       .name = "kind"},
      // Before the instants, which are read in it.
      {.flag = TextFlag("--zone", "ZONE",
                        {"time zone; default: Europe/Paris", "fuseau ; par défaut Europe/Paris"}),
       .name = "time_zone"},
      {.flag =
           TextFlag("--due", "INSTANT", {"the deadline, 2027-06-01T23:59", "l’échéance, 2027-06-01T23:59"}),
       .name = "due_time",
       .read =
           [](const std::string& text, google::protobuf::Message& message, Language language) {
             auto& milestone = static_cast<pb::Milestone&>(message);
             return ReadInstant(text, milestone.time_zone(), language, *milestone.mutable_due_time());
           }},
      {.flag = NumberFlag("--grace", "MINUTES", {"how long nothing is called late", "durée de tolérance"}),
       .name = "grace_minutes"},
      {.flag = TextFlag("--hard", "INSTANT",
                        {"after it nothing can be begun", "après lui, plus rien ne peut être commencé"}),
       .name = "hard_time",
       .read =
           [](const std::string& text, google::protobuf::Message& message, Language language) {
             auto& milestone = static_cast<pb::Milestone&>(message);
             return ReadInstant(text, milestone.time_zone(), language, *milestone.mutable_hard_time());
           }},
      {.flag = NumberFlag("--upload-window", "MINUTES",
                          {"how long after it was begun a file may arrive; default: a day",
                           "délai d’arrivée d’un fichier commencé ; par défaut un jour"}),
       .name = "upload_window_minutes"},
  };
  return fields;
}

Argument MilestoneArgument() {
  return {.value = {.word = "MILESTONE"},
          .help = {"PROGRAMME/ID of the milestone", "FORMATION/IDENTIFIANT du jalon"}};
}

// "msi/final" and "programmes/msi/milestones/final" are the latter.
std::string MilestoneName(const std::string& text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos || absl::StartsWith(text, "programmes/")) return text;
  return absl::StrCat("programmes/", text.substr(0, slash), "/milestones/", text.substr(slash + 1));
}

std::string ShortMilestone(const std::string& name) {
  return absl::StrReplaceAll(name, {{"programmes/", ""}, {"/milestones/", "/"}});
}

bool IsSame(const google::protobuf::Timestamp& a, const google::protobuf::Timestamp& b) {
  return a.seconds() == b.seconds() && a.nanos() == b.nanos();
}

// Why limits are later than what is shown: one sentence for each cause; none if they are not.
std::vector<std::string> CausesOf(const Session& session, const pb::Milestone& milestone,
                                  const pb::MilestoneLimits& limits) {
  std::vector<std::string> causes;
  if (limits.has_extension()) {
    const pb::Extension& extension = limits.extension();
    causes.push_back(absl::StrCat(
        session.Say({"extension for ", "délai accordé à "}), ShortName(extension.person()),
        session.Say({" until ", " jusqu’au "}), InstantIn(milestone.time_zone(), extension.until_time()),
        extension.reason().empty() ? "" : session.Say({": ", " : "}), extension.reason()));
  }
  for (const pb::CountedOutage& each : limits.outages()) {
    causes.push_back(absl::StrCat(
        session.Say({"outage ", "panne "}), ShortName(each.outage()), session.Say({" from ", " du "}),
        InstantIn(milestone.time_zone(), each.begin_time()), session.Say({" to ", " au "}),
        InstantIn(milestone.time_zone(), each.end_time()), ": +", each.minutes(), " min"));
  }
  return causes;
}

std::string MilestoneText(const Session& session, const pb::Milestone& milestone) {
  const std::string& zone = milestone.time_zone();
  Facts facts = {{{"id", "identifiant"}, ShortMilestone(milestone.name())},
                 {{"cohort", "promotion"}, ShortName(milestone.cohort())},
                 {{"kind", "nature"}, WordFor(milestone.kind(), session.language())},
                 {{"due", "échéance"}, InstantIn(zone, milestone.due_time())},
                 {{"grace", "tolérance"},
                  milestone.grace_minutes() == 0 ? "" : absl::StrCat(milestone.grace_minutes(), " min")},
                 {{"closes", "fermeture"}, InstantIn(zone, milestone.hard_time())}};
  for (const pb::MilestoneLimits& limits : milestone.limits()) {
    const std::vector<std::string> causes = CausesOf(session, milestone, limits);
    // What everybody has to keep is said above, unless something moves it.
    if (limits.thesis().empty() && causes.empty()) continue;
    const bool is_own = !limits.thesis().empty();
    if (milestone.limits_size() > 1) facts.push_back({{"thesis", "mémoire"}, ShortName(limits.thesis())});
    facts.push_back({is_own ? Text{"your deadline", "votre échéance"} : Text{"effective", "effective"},
                     InstantIn(zone, limits.due_time())});
    if (!IsSame(limits.due_time(), limits.grace_end_time())) {
      facts.push_back({{"late after", "retard après"}, InstantIn(zone, limits.grace_end_time())});
    }
    if (limits.has_hard_time() && !IsSame(limits.hard_time(), milestone.hard_time())) {
      facts.push_back({is_own ? Text{"closes for you", "ferme pour vous"} : Text{"closes", "ferme"},
                       InstantIn(zone, limits.hard_time())});
    }
    for (const std::string& cause : causes) facts.push_back({{"because", "parce que"}, cause});
  }
  facts.push_back({{"zone", "fuseau"}, zone});
  facts.push_back({{"etag", "etag"}, milestone.etag()});
  return FactsText(milestone.title(), facts, session.language(), session.out());
}

absl::StatusOr<pb::Milestone> Get(Session& session, const std::string& text) {
  pb::GetMilestoneRequest request;
  request.set_name(MilestoneName(text));
  return session.Call<pb::Milestone>(request);
}

clients::Table MilestoneTable(const Session& session,
                              const google::protobuf::RepeatedPtrField<pb::Milestone>& milestones) {
  clients::Table table({{session.Say({"Id", "Identifiant"})},
                        {session.Say({"Title", "Titre"}), Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"Kind", "Nature"})},
                        {session.Say({"Due", "Échéance"})},
                        {session.Say({"Closes", "Ferme"})},
                        {session.Say({"Yours", "La vôtre"})},
                        {session.Say({"Because", "Parce que"}), Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"Zone", "Fuseau"})}});
  for (const pb::Milestone& each : milestones) {
    const std::string& zone = each.time_zone();
    std::vector<std::string> row = {ShortName(each.name()),
                                    each.title(),
                                    WordFor(each.kind(), session.language()),
                                    InstantIn(zone, each.due_time()),
                                    InstantIn(zone, each.hard_time()),
                                    "",
                                    "",
                                    zone};
    if (each.limits().empty()) table.Row(row);
    // Who writes several theses mostly has one deadline; where they differ, there is a line for each.
    std::vector<std::string> before;
    for (const pb::MilestoneLimits& limits : each.limits()) {
      const bool says_more = !limits.thesis().empty() || !IsSame(limits.due_time(), each.due_time());
      if (limits.has_hard_time()) row[4] = InstantIn(zone, limits.hard_time());
      row[5] = says_more ? InstantIn(zone, limits.due_time()) : "";
      row[6] = absl::StrJoin(CausesOf(session, each, limits), "; ");
      if (row != before) table.Row(row);
      before = row;
    }
  }
  return table;
}

absl::Status List(Session& session, const Input& input) {
  pb::ListMilestonesRequest request;
  request.set_parent(TopName("programmes", input.Get("PROGRAMME")));
  ASSIGN_OR_RETURN(auto list, session.List<pb::ListMilestonesResponse>(request));
  // People read deadlines in their order; the server lists them by id.
  std::stable_sort(list.mutable_milestones()->begin(), list.mutable_milestones()->end(),
                   [](const pb::Milestone& a, const pb::Milestone& b) {
                     return a.due_time().seconds() < b.due_time().seconds();
                   });
  const clients::Table table = MilestoneTable(session, list.milestones());
  ShowTable(session, list, table, {"no milestone", "aucun jalon"});
  return absl::OkStatus();
}

absl::Status Show(Session& session, const Input& input) {
  ASSIGN_OR_RETURN(const pb::Milestone milestone, Get(session, input.Get("MILESTONE")));
  session.Show(milestone, [&] { return MilestoneText(session, milestone); });
  return absl::OkStatus();
}

absl::Status Create(Session& session, const Input& input) {
  const std::string name = MilestoneName(input.Get("MILESTONE"));
  pb::CreateMilestoneRequest request;
  request.set_parent(ParentIn("programmes", name));
  request.set_milestone_id(ShortName(name));
  request.mutable_milestone()->set_time_zone(kZone);
  RETURN_IF_ERROR(FillResource(input, Fields(), session.language(), *request.mutable_milestone()).status());
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto milestone, session.Call<pb::Milestone>(request));
  ShowOutcome(session, input, {"Created.", "Créé."}, milestone, MilestoneText(session, milestone));
  return absl::OkStatus();
}

absl::Status Defaults(Session& session, const Input& input) {
  pb::CreateDefaultMilestonesRequest request;
  request.set_parent(TopName("programmes", input.Get("PROGRAMME")));
  request.set_cohort(CohortName(request.parent(), input.Get("--cohort")));
  request.set_first_date(input.Get("--from"));
  request.set_last_date(input.Get("--to"));
  request.set_time_zone(input.Get("--zone"));
  request.set_language(session.language() == Language::kFrench ? "fr" : "en");
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto created, session.Call<pb::CreateDefaultMilestonesResponse>(request));
  ShowOutcome(session, input, {"Created.", "Créés."}, created,
              MilestoneTable(session, created.milestones()).Text(session.out()));
  return absl::OkStatus();
}

absl::Status Update(Session& session, const Input& input) {
  // Instants are read in the zone that the milestone has.
  ASSIGN_OR_RETURN(const pb::Milestone before, Get(session, input.Get("MILESTONE")));
  pb::UpdateMilestoneRequest request;
  request.mutable_milestone()->set_name(before.name());
  request.mutable_milestone()->set_time_zone(before.time_zone());
  RETURN_IF_ERROR(FillUpdate(input, Fields(), session.language(), *request.mutable_milestone(),
                             *request.mutable_update_mask()));
  if (input.Has("--etag")) request.mutable_milestone()->set_etag(input.Get("--etag"));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto milestone, session.Call<pb::Milestone>(request));
  ShowOutcome(session, input, {"Changed.", "Modifié."}, milestone, MilestoneText(session, milestone));
  return absl::OkStatus();
}

absl::Status Extend(Session& session, const Input& input) {
  ASSIGN_OR_RETURN(const pb::Milestone milestone, Get(session, input.Get("MILESTONE")));
  pb::GrantExtensionRequest request;
  pb::Extension& extension = *request.mutable_extension();
  extension.set_milestone(milestone.name());
  extension.set_person(TopName("people", input.Get("PERSON")));
  extension.set_reason(input.Get("--reason"));
  const std::string problem = ReadInstant(input.Get("--until"), milestone.time_zone(), session.language(),
                                          *extension.mutable_until_time());
  if (!problem.empty()) return clients::UsageError(absl::StrCat("--until ", problem));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto granted, session.Call<pb::Extension>(request));
  ShowOutcome(session, input, {"Granted.", "Accordé."}, granted,
              FactsText(ShortMilestone(granted.milestone()),
                        {{{"person", "personne"}, ShortName(granted.person())},
                         {{"until", "jusqu’au"}, InstantIn(milestone.time_zone(), granted.until_time())},
                         {{"reason", "motif"}, granted.reason()}},
                        session.language(), session.out()));
  return absl::OkStatus();
}

absl::Status Extensions(Session& session, const Input& input) {
  ASSIGN_OR_RETURN(const pb::Milestone milestone, Get(session, input.Get("MILESTONE")));
  pb::ListExtensionsRequest request;
  request.set_parent(milestone.name());
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListExtensionsResponse>(request));
  clients::Table table({{session.Say({"Person", "Personne"})},
                        {session.Say({"Until", "Jusqu’au"})},
                        {session.Say({"Reason", "Motif"}), Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"Granted by", "Accordé par"})}});
  for (const pb::Extension& each : list.extensions()) {
    table.Row({ShortName(each.person()), InstantIn(milestone.time_zone(), each.until_time()), each.reason(),
               ShortName(each.granted_by())});
  }
  ShowTable(session, list, table, {"no extension", "aucun délai accordé"});
  return absl::OkStatus();
}

std::string StateText(const Session& session, const pb::MilestoneStatus& status) {
  std::string text = WordFor(status.state(), session.language());
  if (status.verdict() == pb::VERDICT_UNSPECIFIED) return text;
  absl::StrAppend(&text, ", ", WordFor(status.verdict(), session.language()));
  if (status.late_minutes() > 0) absl::StrAppend(&text, " ", status.late_minutes(), " min");
  return text;
}

// One cell of a CSV file. What a spreadsheet would compute is kept as text.
std::string Cell(std::string text) {
  if (!text.empty() && std::string("=+-@\t").find(text[0]) != std::string::npos) text.insert(0, "'");
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\"", "\"\""}}), "\"");
}

std::string StatusCsv(const Session& session, const pb::ListMilestoneStatusesResponse& list,
                      const pb::Milestone& milestone, const PeopleNames& names) {
  std::string text = session.Say(
      {"thesis,title,authors,state,verdict,late_minutes,version,begun,received,due,extended\n",
       "memoire,titre,auteurs,etat,verdict,minutes_de_retard,version,commence,recu,echeance,prolonge\n"});
  for (const pb::MilestoneStatus& each : list.statuses()) {
    std::vector<std::string> authors;
    for (const std::string& author : each.authors()) authors.push_back(names.Name(author));
    std::vector<std::string> cells = {ShortName(each.thesis()),
                                      each.title(),
                                      absl::StrJoin(authors, ", "),
                                      WordFor(each.state(), session.language()),
                                      WordFor(each.verdict(), session.language()),
                                      each.draft().empty() ? "" : absl::StrCat(each.late_minutes()),
                                      ShortName(each.draft()),
                                      InstantIn(milestone.time_zone(), each.begin_time()),
                                      InstantIn(milestone.time_zone(), each.receive_time()),
                                      InstantIn(milestone.time_zone(), each.due_time()),
                                      each.extended() ? session.Say({"yes", "oui"}) : ""};
    for (std::string& cell : cells) cell = Cell(std::move(cell));
    absl::StrAppend(&text, absl::StrJoin(cells, ","), "\n");
  }
  return text;
}

bool IsWanted(const Input& input, const pb::MilestoneStatus& status) {
  using Status = pb::MilestoneStatus;
  if (!input.Has("--only")) return true;
  for (const std::string& only : input.GetAll("--only")) {
    if (only == "missing" &&
        (status.state() == Status::STATE_MISSING || status.state() == Status::STATE_BEGUN))
      return true;
    if (only == "late" && status.verdict() == pb::VERDICT_LATE) return true;
    if (only == "extended" && status.extended()) return true;
    if (only == "received" && status.state() == Status::STATE_RECEIVED) return true;
  }
  return false;
}

absl::Status Status(Session& session, const Input& input) {
  ASSIGN_OR_RETURN(const pb::Milestone milestone, Get(session, input.Get("MILESTONE")));
  pb::ListMilestoneStatusesRequest request;
  request.set_parent(milestone.name());
  request.set_cohort(CohortName(ParentIn("programmes", milestone.name()), input.Get("--cohort")));
  ASSIGN_OR_RETURN(const auto all, session.List<pb::ListMilestoneStatusesResponse>(request));
  pb::ListMilestoneStatusesResponse list;
  std::set<std::string> people;
  int missing = 0, late = 0, extended = 0;
  for (const pb::MilestoneStatus& each : all.statuses()) {
    missing += each.state() == pb::MilestoneStatus::STATE_MISSING;
    late += each.verdict() == pb::VERDICT_LATE;
    extended += each.extended();
    if (!IsWanted(input, each)) continue;
    people.insert(each.authors().begin(), each.authors().end());
    *list.add_statuses() = each;
  }
  const PeopleNames names = session.json() ? PeopleNames::Of(session, {}) : PeopleNames::Of(session, people);
  if (input.Has("--csv")) {
    session.Print(StatusCsv(session, list, milestone, names));
    return absl::OkStatus();
  }
  clients::Table table({{session.Say({"Thesis", "Mémoire"})},
                        {session.Say({"Authors", "Auteurs"}), Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"State", "État"})},
                        {session.Say({"Begun", "Commencé"})},
                        {session.Say({"Due", "Échéance"})},
                        {session.Say({"Extended", "Prolongé"})}});
  for (const pb::MilestoneStatus& each : list.statuses()) {
    std::vector<std::string> authors;
    for (const std::string& author : each.authors()) authors.push_back(names.Name(author));
    table.Row({ShortName(each.thesis()), absl::StrJoin(authors, ", "), StateText(session, each),
               InstantIn(milestone.time_zone(), each.begin_time()),
               InstantIn(milestone.time_zone(), each.due_time()),
               each.extended() ? session.Say({"yes", "oui"}) : ""});
  }
  ShowTable(session, list, table, {"no thesis", "aucun mémoire"});
  session.Tell(absl::StrCat(all.statuses_size(), session.Say({" theses: ", " mémoires : "}), missing,
                            session.Say({" missing, ", " manquants, "}), late,
                            session.Say({" late, ", " en retard, "}), extended,
                            session.Say({" extended", " prolongés"}), " (", milestone.time_zone(), ")"));
  return absl::OkStatus();
}

}  // namespace

Noun MilestonesNoun() {
  const Argument milestone = MilestoneArgument();
  Noun noun = {
      .name = "milestones",
      .summary = {"deadlines of a programme, and who has kept them",
                  "échéances d’une formation, et qui les a tenues"},
      .commands = {
          {.verb = "list",
           .summary = {"List the milestones of a programme", "Lister les jalons d’une formation"},
           .details =
               {"Students see beside the deadline that is shown their own, and why it is later: an "
                "extension, or outages. Instants are those of the zone of the milestone.",
                "Les étudiants voient à côté de l’échéance affichée la leur, et pourquoi elle est plus "
                "tardive : un délai accordé, ou des pannes. Les heures sont celles du fuseau du jalon."},
           .arguments = {NameArgument("PROGRAMME", "programmes", {"the programme", "la formation"})},
           .examples = {{"milestones list m2", {"all of one programme", "tous ceux d’une formation"}}},
           .run = List},
          {.verb = "show",
           .summary = {"Show a milestone", "Montrer un jalon"},
           .arguments = {milestone},
           .examples = {{"milestones show m2/final", {"one milestone", "un jalon"}}},
           .run = Show},
          {.verb = "create",
           .summary = {"Add a milestone", "Ajouter un jalon"},
           .arguments = {milestone},
           .flags = Flags(FlagsOf(Fields()), {DryRunFlag()}),
           .examples =
               {{"milestones create m2/final --title \"Final thesis\" --kind deposit --due 2027-06-01T23:59 "
                 "--grace 15 --hard 2027-06-03T12:00",
                 {"with grace and an end", "avec tolérance et fermeture"}}},
           .run = Create},
          {.verb = "defaults",
           .summary = {"Add the six milestones of a scientific approach",
                       "Ajouter les six jalons d’une démarche scientifique"},
           .details = {"State of the art, questions, variables, protocol, intermediate draft, final thesis, "
                       "spread over "
                       "the time there is. Change them afterwards as you like.",
                       "État de l’art, questions, variables, protocole, version intermédiaire, mémoire "
                       "final, répartis "
                       "sur le temps donné. Modifiez-les ensuite à votre guise."},
           .arguments = {NameArgument("PROGRAMME", "programmes", {"the programme", "la formation"})},
           .flags = {TextFlag("--from", "DATE",
                              {"when the work begins; required", "début du travail ; obligatoire"}),
                     TextFlag("--to", "DATE",
                              {"when the final thesis is due; required", "échéance finale ; obligatoire"}),
                     ResourceFlag("--cohort", "COHORT", "cohorts",
                                  {"only this cohort", "seulement cette promotion"}),
                     TextFlag("--zone", "ZONE",
                              {"time zone; default: Europe/Paris", "fuseau ; par défaut Europe/Paris"}),
                     DryRunFlag()},
           .examples = {{"milestones defaults m2 --from 2026-10-01 --to 2027-06-30 --dry-run",
                         {"see them first", "les voir d’abord"}}},
           .run = Defaults},
          {.verb = "update",
           .summary = {"Change a milestone", "Modifier un jalon"},
           .details =
               {"Only the fields that are given change. Versions that were received keep their verdict.",
                "Seuls les champs donnés changent. Les versions reçues gardent leur verdict."},
           .arguments = {milestone},
           .flags = Flags(FlagsOf(Fields()), {EtagFlag(), DryRunFlag()}),
           .examples = {{"milestones update m2/final --due 2027-06-02T23:59",
                         {"a day later", "un jour plus tard"}}},
           .run = Update},
          {.verb = "extend",
           .summary = {"Give one person more time", "Accorder un délai à une personne"},
           .arguments = {milestone, NameArgument("PERSON", "people", {"who", "qui"})},
           .flags = {TextFlag("--until", "INSTANT",
                              {"the new deadline; required", "la nouvelle échéance ; obligatoire"}),
                     TextFlag("--reason", "TEXT", {"why; required", "pourquoi ; obligatoire"}), DryRunFlag()},
           .examples = {{"milestones extend m2/final ana --until 2027-06-08T23:59 --reason \"illness\"",
                         {"a week more", "une semaine de plus"}}},
           .run = Extend},
          {.verb = "extensions",
           .summary = {"List who was given more time", "Lister les délais accordés"},
           .arguments = {milestone},
           .examples = {{"milestones extensions m2/final", {"of one milestone", "d’un jalon"}}},
           .run = Extensions},
          MilestonesChecksCommand(),
          {.verb = "status",
           .summary = {"Show where a whole cohort stands: who is missing, late, extended",
                       "Montrer où en est toute une promotion : manquants, retards, délais"},
           .arguments = {milestone},
           .flags = {ResourceFlag("--cohort", "COHORT", "cohorts",
                                  {"only this cohort", "seulement cette promotion"}),
                     Repeated(
                         ChoiceFlag("--only", {"missing", "late", "extended", "received"},
                                    {"only theses of which this is so", "seulement les mémoires concernés"})),
                     {.name = "--csv", .value = {}, .help = {"as CSV", "en CSV"}}},
           .examples = {{"milestones status m2/final --only missing", {"whom to remind", "qui relancer"}},
                        {"milestones status m2/final --csv", {"for a spreadsheet", "pour un tableur"}}},
           .run = Status},
      }};
  for (Command& command : OutageCommands()) noun.commands.push_back(std::move(command));
  return noun;
}

}  // namespace soutenance::cli
