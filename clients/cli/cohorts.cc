#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/cli/dates.h"
#include "clients/cli/fields.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/nouns.h"
#include "clients/cli/resource.h"
#include "clients/lib/failure.h"
#include "services/base/status.h"
#include "soutenance/directory/v1/directory.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = directory::v1;
using clients::Column;

// "2027-06-14..2027-06-25", or one day.
std::string ReadPeriod(const std::string& text, pb::CalendarPeriod::Kind kind,
                       google::protobuf::Message& resource, Language language) {
  const std::vector<std::string> ends = absl::StrSplit(text, "..");
  const auto first = ParseDay(ends.front());
  const auto last = ParseDay(ends.back());
  if (ends.size() > 2 || !first || !last) {
    return Text{"expected \"2027-06-14..2027-06-25\"", "attendu « 2027-06-14..2027-06-25 »"}.In(language);
  }
  pb::CalendarPeriod& period = *static_cast<pb::Cohort&>(resource).add_calendar();
  period.set_first_date(absl::FormatCivilTime(*first));
  period.set_last_date(absl::FormatCivilTime(*last));
  period.set_kind(kind);
  return "";
}

const std::vector<Field>& Fields() {
  static const auto& fields = *new std::vector<Field>{
      {.flag = TextFlag("--title", "TITLE", {"title", "intitulé"}), .name = "title"},
      {.flag = Repeated(
           TextFlag("--school", "FIRST..LAST",
                    {"at school from the first to the last day", "à l’école du premier au dernier jour"})),
       .name = "calendar",
       .read =
           [](const std::string& text, google::protobuf::Message& cohort, Language language) {
             return ReadPeriod(text, pb::CalendarPeriod::KIND_SCHOOL, cohort, language);
           }},
      {.flag = Repeated(
           TextFlag("--company", "FIRST..LAST",
                    {"in their companies then: no defence", "en entreprise alors : pas de soutenance"})),
       .name = "calendar",
       .read =
           [](const std::string& text, google::protobuf::Message& cohort, Language language) {
             return ReadPeriod(text, pb::CalendarPeriod::KIND_COMPANY, cohort, language);
           }},
  };
  return fields;
}

// Periods come from two flags; the contract wants them in the order of time.
void SortCalendar(pb::Cohort& cohort) {
  std::sort(cohort.mutable_calendar()->begin(), cohort.mutable_calendar()->end(),
            [](const auto& a, const auto& b) { return a.first_date() < b.first_date(); });
}

Flag ProgrammeFlag() {
  return ResourceFlag("--programme", "PROGRAMME", "programmes",
                      {"the programme; default: the only one", "la formation ; par défaut la seule"});
}

// The programme meant: --programme, or the only one there is.
absl::StatusOr<std::string> ProgrammeFor(Session& session, const Input& input) {
  if (input.Has("--programme")) return TopName("programmes", input.Get("--programme"));
  ASSIGN_OR_RETURN(const auto all, session.List<pb::ListProgrammesResponse>(pb::ListProgrammesRequest()));
  if (all.programmes_size() == 1) return all.programmes(0).name();
  std::vector<std::string> names;
  for (const pb::Programme& programme : all.programmes()) names.push_back(ShortName(programme.name()));
  return clients::UsageError(absl::StrCat(
      session.Say({"say which programme with --programme: ", "indiquez la formation avec --programme : "}),
      absl::StrJoin(names, ", ")));
}

absl::StatusOr<std::string> CohortFor(Session& session, const Input& input) {
  const std::string text = input.Get("COHORT");
  if (text.find('/') != std::string::npos) return CohortName("", text);
  ASSIGN_OR_RETURN(const std::string programme, ProgrammeFor(session, input));
  return CohortName(programme, text);
}

std::string CohortText(const Session& session, const pb::Cohort& cohort) {
  std::string text =
      FactsText(cohort.title().empty() ? ShortName(cohort.name()) : cohort.title(),
                {{{"id", "identifiant"}, ShortName(cohort.name())},
                 {{"programme", "formation"}, ShortName(ParentIn("programmes", cohort.name()))},
                 {{"etag", "etag"}, cohort.etag()}},
                session.language(), session.out());
  clients::Table table(
      {{session.Say({"From", "Du"})}, {session.Say({"To", "Au"})}, {session.Say({"Where", "Où"})}});
  for (const pb::CalendarPeriod& period : cohort.calendar()) {
    const bool is_company = period.kind() == pb::CalendarPeriod::KIND_COMPANY;
    table.Row({period.first_date(), period.last_date(),
               is_company ? session.Say({"company", "entreprise"}) : session.Say({"school", "école"})});
  }
  if (!table.empty()) absl::StrAppend(&text, table.Text(session.out(), 2));
  return text;
}

absl::Status List(Session& session, const Input& input) {
  pb::ListCohortsRequest request;
  ASSIGN_OR_RETURN(const std::string programme, ProgrammeFor(session, input));
  request.set_parent(programme);
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListCohortsResponse>(request));
  clients::Table table({{session.Say({"Id", "Identifiant"})},
                        {session.Say({"Title", "Intitulé"}), Column::Align::kLeft, Column::Fit::kShrink},
                        {session.Say({"Periods", "Périodes"}), Column::Align::kRight}});
  for (const pb::Cohort& cohort : list.cohorts()) {
    table.Row({ShortName(cohort.name()), cohort.title(), absl::StrCat(cohort.calendar_size())});
  }
  ShowTable(session, list, table, {"no cohort", "aucune promotion"});
  return absl::OkStatus();
}

absl::Status Show(Session& session, const Input& input) {
  pb::GetCohortRequest request;
  ASSIGN_OR_RETURN(const std::string name, CohortFor(session, input));
  request.set_name(name);
  ASSIGN_OR_RETURN(const auto cohort, session.Call<pb::Cohort>(request));
  session.Show(cohort, [&] { return CohortText(session, cohort); });
  return absl::OkStatus();
}

absl::Status Create(Session& session, const Input& input) {
  pb::CreateCohortRequest request;
  ASSIGN_OR_RETURN(const std::string programme, ProgrammeFor(session, input));
  request.set_parent(programme);
  request.set_cohort_id(input.Get("ID"));
  RETURN_IF_ERROR(FillResource(input, Fields(), session.language(), *request.mutable_cohort()).status());
  SortCalendar(*request.mutable_cohort());
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto cohort, session.Call<pb::Cohort>(request));
  ShowOutcome(session, input, {"Created.", "Créée."}, cohort, CohortText(session, cohort));
  return absl::OkStatus();
}

absl::Status Update(Session& session, const Input& input) {
  pb::UpdateCohortRequest request;
  ASSIGN_OR_RETURN(const std::string name, CohortFor(session, input));
  request.mutable_cohort()->set_name(name);
  RETURN_IF_ERROR(FillUpdate(input, Fields(), session.language(), *request.mutable_cohort(),
                             *request.mutable_update_mask()));
  SortCalendar(*request.mutable_cohort());
  if (input.Has("--etag")) request.mutable_cohort()->set_etag(input.Get("--etag"));
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto cohort, session.Call<pb::Cohort>(request));
  ShowOutcome(session, input, {"Changed.", "Modifiée."}, cohort, CohortText(session, cohort));
  return absl::OkStatus();
}

}  // namespace

Noun CohortsNoun() {
  const Argument cohort = NameArgument(
      "COHORT", "cohorts",
      {"id of the cohort, or PROGRAMME/ID", "identifiant de la promotion, ou FORMATION/IDENTIFIANT"});
  return {
      .name = "cohorts",
      .summary = {"cohorts and their school calendar", "promotions et leur calendrier d’alternance"},
      .commands = {
          {.verb = "list",
           .summary = {"List the cohorts of a programme", "Lister les promotions d’une formation"},
           .flags = {ProgrammeFlag()},
           .examples = {{"cohorts list --programme m2",
                         {"those of one programme", "celles d’une formation"}}},
           .run = List},
          {.verb = "show",
           .summary = {"Show a cohort with its calendar", "Montrer une promotion et son calendrier"},
           .arguments = {cohort},
           .flags = {ProgrammeFlag()},
           .examples = {{"cohorts show m2/2027", {"cohort 2027 of programme m2", "la promotion 2027 de m2"}}},
           .run = Show},
          {.verb = "create",
           .summary = {"Add a cohort", "Ajouter une promotion"},
           .arguments = {IdArgument()},
           .flags = Flags({ProgrammeFlag()}, Flags(FlagsOf(Fields()), {DryRunFlag()})),
           .examples = {{"cohorts create 2027 --programme m2 --school 2027-06-14..2027-06-25",
                         {"two weeks at school", "deux semaines à l’école"}}},
           .run = Create},
          {.verb = "update",
           .summary = {"Change a cohort", "Modifier une promotion"},
           .details =
               {"Only the fields that are given change; --school and --company replace the whole calendar.",
                "Seuls les champs donnés changent ; --school et --company remplacent tout le calendrier."},
           .arguments = {cohort},
           .flags = Flags({ProgrammeFlag()}, Flags(FlagsOf(Fields()), {EtagFlag(), DryRunFlag()})),
           .examples =
               {{"cohorts update m2/2027 --school 2027-06-14..2027-06-25 --company 2027-06-28..2027-07-09",
                 {"a new calendar", "un nouveau calendrier"}}},
           .run = Update},
      }};
}

}  // namespace soutenance::cli
