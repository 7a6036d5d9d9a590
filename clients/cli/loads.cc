#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "clients/cli/fields.h"
#include "clients/cli/files.h"
#include "clients/cli/invitations.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/people_names.h"
#include "clients/cli/resource.h"
#include "clients/cli/session.h"
#include "clients/cli/words.h"
#include "clients/lib/failure.h"
#include "services/base/status.h"
#include "soutenance/assignment/v1/loads.pb.h"
#include "soutenance/directory/v1/accounts.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = assignment::v1;
using clients::Column;

constexpr int64_t kCsvBytesMax = 4 << 20;

std::string PersonOf(const pb::Load& load) { return load.name().substr(0, load.name().rfind('/')); }

std::string StandingText(const Session& session, pb::Load::Standing standing) {
  switch (standing) {
    case pb::Load::STANDING_UNDER:
      return session.Say({"under", "sous la moyenne"});
    case pb::Load::STANDING_OVER:
      return session.Say({"over", "au-dessus"});
    default:
      return "";
  }
}

std::string Decimal(double value) { return absl::StrFormat("%.2f", value); }

int Presidencies(const pb::Load& load) {
  int count = 0;
  for (const pb::Load::Seats& seats : load.seats()) {
    if (seats.role() == pb::Seat::ROLE_PRESIDENT) count += seats.count();
  }
  return count;
}

std::string LoadText(Session& session, const pb::Load& load) {
  const PeopleNames names = PeopleNames::Of(session, {PersonOf(load)});
  std::string text = FactsText(names.Label(PersonOf(load)),
                               {{{"now", "actuellement"}, absl::StrCat(load.current_count())},
                                {{"past years", "années passées"}, absl::StrCat(load.past_count())},
                                {{"weighed", "pondéré"},
                                 absl::StrCat(Decimal(load.weight()), session.Say({", mean ", ", moyenne "}),
                                              Decimal(load.weight_mean()))},
                                {{"compared", "comparé"}, StandingText(session, load.standing())}},
                               session.language(), session.out());
  clients::Table table({{session.Say({"Year", "Année"})},
                        {session.Say({"Programme", "Formation"})},
                        {session.Say({"As", "Comme"})},
                        {session.Say({"Seats", "Sièges"}), Column::Align::kRight}});
  for (const pb::Load::Seats& seats : load.seats()) {
    table.Row({seats.year() == 0 ? session.Say({"now", "en cours"}) : absl::StrCat(seats.year()),
               ShortName(seats.programme()), WordFor(seats.role(), session.language()),
               absl::StrCat(seats.count())});
  }
  if (!table.empty()) absl::StrAppend(&text, table.Text(session.out()));
  return text;
}

absl::Status ShowOne(Session& session, const std::string& person) {
  pb::GetLoadRequest request;
  request.set_name(absl::StrCat(person, "/load"));
  ASSIGN_OR_RETURN(const auto load, session.Call<pb::Load>(request));
  session.Show(load, [&] { return LoadText(session, load); });
  return absl::OkStatus();
}

absl::Status Show(Session& session, const Input& input) {
  if (input.Has("--own")) {
    ASSIGN_OR_RETURN(const auto me, session.Call<directory::v1::Account>(directory::v1::WhoAmIRequest()));
    return ShowOne(session, me.person());
  }
  if (input.Has("--person")) return ShowOne(session, TopName("people", input.Get("--person")));
  ASSIGN_OR_RETURN(const auto all, session.List<pb::ListLoadsResponse>(pb::ListLoadsRequest()));
  std::vector<const pb::Load*> loads;
  for (const pb::Load& load : all.loads()) loads.push_back(&load);
  std::stable_sort(loads.begin(), loads.end(),
                   [](const pb::Load* a, const pb::Load* b) { return a->weight() > b->weight(); });
  pb::ListLoadsResponse list;
  std::set<std::string> people;
  for (const pb::Load* load : loads) {
    const bool is_even = load->standing() == pb::Load::STANDING_EVEN;
    if (is_even && !input.Has("--all")) continue;
    people.insert(PersonOf(*load));
    *list.add_loads() = *load;
  }
  const PeopleNames names = session.json() ? PeopleNames::Of(session, {}) : PeopleNames::Of(session, people);
  clients::Table table({{session.Say({"Person", "Personne"}), Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"Now", "En cours"}), Column::Align::kRight},
                        {session.Say({"Past", "Passé"}), Column::Align::kRight},
                        {session.Say({"Presides", "Préside"}), Column::Align::kRight},
                        {session.Say({"Weighed", "Pondéré"}), Column::Align::kRight},
                        {session.Say({"Mean", "Moyenne"}), Column::Align::kRight},
                        {session.Say({"Compared", "Comparé"})}});
  for (const pb::Load& load : list.loads()) {
    table.Row({names.Label(PersonOf(load)), absl::StrCat(load.current_count()),
               absl::StrCat(load.past_count()), absl::StrCat(Presidencies(load)), Decimal(load.weight()),
               Decimal(load.weight_mean()), StandingText(session, load.standing())});
  }
  ShowTable(session, list, table,
            {"nobody is far from the mean; see --all", "personne n’est loin de la moyenne ; voir --all"});
  return absl::OkStatus();
}

absl::Status Record(Session& session, const Input& input) {
  pb::RecordHeldJuriesRequest request;
  request.set_programme(TopName("programmes", input.Get("PROGRAMME")));
  if (input.Has("--cohort")) request.set_cohort(CohortName(request.programme(), input.Get("--cohort")));
  request.set_year(static_cast<int>(input.Number("--year")));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto recorded, session.Call<pb::RecordHeldJuriesResponse>(request));
  ShowOutcome(session, input, {"Recorded.", "Enregistré."}, recorded,
              absl::StrCat(recorded.seats_count(), session.Say({" seats held, ", " sièges tenus, "}),
                           recorded.left_out_count(), session.Say({" left out\n", " écartés\n"}),
                           ChangeCounts(recorded.juries(), session.language()), "\n",
                           ChangeLines(recorded.juries(), 50, session.language())));
  return absl::OkStatus();
}

// ---- Corrections ----

// The records of a file of comma-separated values (RFC 4180).
std::vector<std::vector<std::string>> Records(absl::string_view text) {
  std::vector<std::vector<std::string>> records;
  std::vector<std::string> record(1);
  bool is_quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_quoted) {
      if (c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
        record.back() += text[++i];
      } else if (c == '"') {
        is_quoted = false;
      } else {
        record.back() += c;
      }
    } else if (c == '"' && record.back().empty()) {
      is_quoted = true;
    } else if (c == ',') {
      record.emplace_back();
    } else if (c == '\n') {
      records.push_back(std::move(record));
      record.assign(1, "");
    } else if (c != '\r') {
      record.back() += c;
    }
  }
  if (record.size() > 1 || !record[0].empty()) records.push_back(std::move(record));
  return records;
}

absl::Status AddCorrection(const Session& session, const std::vector<std::string>& cells,
                           const std::string& where, pb::CorrectLoadsRequest& request) {
  pb::LoadCorrection& correction = *request.add_corrections();
  correction.set_person(TopName("people", cells[0]));
  correction.set_programme(TopName("programmes", cells[1]));
  pb::Seat::Role role = pb::Seat::ROLE_UNSPECIFIED;
  int year = 0;
  int count = 0;
  if (!absl::SimpleAtoi(cells[2], &year) ||
      !pb::Seat::Role_Parse("ROLE_" + absl::AsciiStrToUpper(cells[3]), &role) ||
      !absl::SimpleAtoi(cells[4], &count)) {
    return clients::UsageError(
        absl::StrCat(where, session.Say({"expected person, programme, year, role, count, reason",
                                         "attendu personne, formation, année, rôle, nombre, motif"})));
  }
  correction.set_year(year);
  correction.set_role(role);
  correction.set_count(count);
  correction.set_reason(cells[5]);
  return absl::OkStatus();
}

absl::Status Correct(Session& session, const Input& input) {
  pb::CorrectLoadsRequest request;
  if (input.Has("--file")) {
    ASSIGN_OR_RETURN(const std::string text, ReadFile(input.Get("--file"), kCsvBytesMax, session.language()));
    const std::vector<std::vector<std::string>> records = Records(text);
    // The first line has the names of the columns.
    for (std::size_t i = 1; i < records.size(); ++i) {
      const std::string where = absl::StrCat(input.Get("--file"), ":", i + 1, ": ");
      std::vector<std::string> cells = records[i];
      cells.resize(std::max<std::size_t>(cells.size(), 6));
      RETURN_IF_ERROR(AddCorrection(session, cells, where, request));
    }
  } else {
    RETURN_IF_ERROR(AddCorrection(session,
                                  {input.Get("PERSON"), input.Get("--programme"), input.Get("--year"),
                                   input.Get("--role"), input.Get("--count"), input.Get("--reason")},
                                  "", request));
  }
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto response, session.Call<pb::CorrectLoadsResponse>(request));
  ShowOutcome(session, input, {"Corrected.", "Corrigé."}, response,
              absl::StrCat(ChangeCounts(response.people(), session.language()), "\n",
                           ChangeLines(response.people(), 50, session.language())));
  return absl::OkStatus();
}

}  // namespace

std::vector<Command> ReviewerLoadCommands() {
  const Argument programme = NameArgument("PROGRAMME", "programmes", {"the programme", "la formation"});
  return {
      {.verb = "load",
       .summary = {"Show who has much and who has little", "Montrer qui a beaucoup et qui a peu"},
       .details =
           {"Seats of this year and of past years, which count half for each year. Without --all, only "
            "who is far from the mean. Everybody may see their own.",
            "Sièges de cette année et des années passées, qui comptent moitié moins chaque année. Sans "
            "--all, seulement qui est loin de la moyenne. Chacun peut voir les siens."},
       .flags = {ResourceFlag("--person", "PERSON", "people",
                              {"one person, in full", "une personne, en détail"}),
                 {.name = "--own", .value = {}, .help = {"yours", "les vôtres"}},
                 {.name = "--all",
                  .value = {},
                  .help = {"also who is near the mean", "aussi qui est près de la moyenne"}}},
       .examples = {{"reviewers load", {"who is over or under", "qui est au-dessus ou au-dessous"}},
                    {"reviewers load --own", {"your own", "la vôtre"}}},
       .run = Show},
      {.verb = "record-loads",
       .summary = {"Record the juries of a year that is over", "Enregistrer les jurys d’une année finie"},
       .details = {"From then on the ledger remembers who sat; seats that were declined are left out.",
                   "Dès lors le registre retient qui a siégé ; les sièges déclinés sont écartés."},
       .arguments = {programme},
       .flags = {NumberFlag("--year", "YEAR",
                            {"when they were held; required", "quand ils ont eu lieu ; obligatoire"}),
                 TextFlag("--cohort", "COHORT", {"only this cohort", "seulement cette promotion"}),
                 DryRunFlag()},
       .examples = {{"reviewers record-loads m2 --cohort 2026 --year 2026", {"a cohort", "une promotion"}}},
       .run = Record},
      {.verb = "correct-load",
       .summary = {"Add to the ledger, or take from it", "Ajouter au registre, ou en retirer"},
       .details =
           {"For juries this house does not know. --file has lines of person, programme, year, role, "
            "count, reason, below a line of names: all of them or none.",
            "Pour les jurys que la maison ignore. --file a des lignes personne, formation, année, rôle, "
            "nombre, motif, sous une ligne de noms : toutes ou aucune."},
       .arguments = {NameArgument("PERSON", "people", {"whose", "de qui"}, Argument::Need::kOptional)},
       .flags = {ResourceFlag("--programme", "PROGRAMME", "programmes", {"where", "où"}),
                 NumberFlag("--year", "YEAR", {"when", "quand"}),
                 ChoiceFlag("--role",
                            {"president", "supervisor", "reviewer", "examiner", "company_tutor", "guest"},
                            {"as what", "comme quoi"}),
                 NumberFlag("--count", "N",
                            {"seats more, or less if negative", "sièges en plus, ou en moins si négatif"}),
                 TextFlag("--reason", "TEXT", {"why", "pourquoi"}),
                 TextFlag("--file", "CSV", {"many at once", "plusieurs à la fois"}), DryRunFlag()},
       .examples =
           {{"reviewers correct-load ana --programme m2 --year 2025 --role president --count 3 --reason "
             "\"juries of the old tool\"",
             {"three more", "trois de plus"}},
            {"reviewers correct-load --file past.csv --dry-run",
             {"many, tried out", "plusieurs, à l’essai"}}},
       .run = Correct},
  };
}

}  // namespace soutenance::cli
