#include "clients/cli/outages.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "clients/cli/fields.h"
#include "clients/cli/files.h"
#include "clients/cli/layout.h"
#include "clients/cli/names.h"
#include "clients/cli/resource.h"
#include "services/base/status.h"
#include "soutenance/submissions/v1/outages.pb.h"

namespace soutenance::cli {
namespace {

namespace pb = submissions::v1;
using clients::Column;
using google::protobuf::Timestamp;

absl::Time TimeOf(const Timestamp& instant) {
  return absl::FromUnixMicros(instant.seconds() * 1'000'000 + instant.nanos() / 1000);
}

// Outages are of the service, which has no zone: UTC, and the minutes in between.
std::string InUtc(const Timestamp& instant) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S", TimeOf(instant), absl::UTCTimeZone());
}

std::string LengthOf(const pb::Outage& outage) {
  const absl::Duration length = TimeOf(outage.end_time()) - TimeOf(outage.begin_time());
  return absl::StrCat(absl::ToInt64Minutes(absl::Ceil(length, absl::Minutes(1))));
}

absl::Status ListOutages(Session& session, const Input& input) {
  ASSIGN_OR_RETURN(const auto list, session.List<pb::ListOutagesResponse>(pb::ListOutagesRequest()));
  if (input.Has("--evidence")) {
    for (const pb::Outage& each : list.outages()) {
      RETURN_IF_ERROR(
          WriteFile(absl::StrCat(input.Get("--evidence"), "/", ShortName(each.name()), ".receipt"),
                    each.evidence(), session.language()));
    }
  }
  clients::Table table({{session.Say({"Id", "Identifiant"})},
                        {session.Say({"Begin (UTC)", "Début (UTC)"})},
                        {session.Say({"End (UTC)", "Fin (UTC)"})},
                        {session.Say({"Minutes", "Minutes"}), Column::Align::kRight}});
  for (const pb::Outage& each : list.outages()) {
    table.Row({ShortName(each.name()), InUtc(each.begin_time()), InUtc(each.end_time()), LengthOf(each)});
  }
  ShowTable(session, list, table, {"no outage", "aucune panne"});
  return absl::OkStatus();
}

const std::vector<Field>& Fields() {
  static const auto& fields = *new std::vector<Field>{
      {.flag = NumberFlag("--shortest", "MINUTES",
                          {"shorter outages do not count", "les pannes plus courtes ne comptent pas"}),
       .name = "minutes_min"},
      {.flag = NumberFlag("--window", "MINUTES",
                          {"outages that ended earlier before the deadline do not count",
                           "les pannes finies plus tôt avant l’échéance ne comptent pas"}),
       .name = "window_minutes"},
      {.flag = NumberFlag("--step", "MINUTES",
                          {"lengths are counted up to a multiple of this",
                           "les durées sont arrondies au multiple supérieur"}),
       .name = "step_minutes"},
  };
  return fields;
}

std::string RuleText(const Session& session, const pb::OutageRule& rule) {
  const auto minutes = [](int count) { return absl::StrCat(count, " min"); };
  return FactsText(ShortName(ParentIn("programmes", rule.name())),
                   {{{"shortest outage", "panne la plus courte"}, minutes(rule.minutes_min())},
                    {{"window", "fenêtre"}, minutes(rule.window_minutes())},
                    {{"counted up to", "arrondi à"}, minutes(rule.step_minutes())},
                    {{"etag", "etag"}, rule.etag()}},
                   session.language(), session.out());
}

// Shows the rule, or changes what is given of it.
absl::Status ShowOrChangeRule(Session& session, const Input& input) {
  pb::GetOutageRuleRequest get;
  get.set_name(absl::StrCat(TopName("programmes", input.Get("PROGRAMME")), "/outageRule"));
  ASSIGN_OR_RETURN(pb::OutageRule rule, session.Call<pb::OutageRule>(get));
  pb::UpdateOutageRuleRequest request;
  ASSIGN_OR_RETURN(const auto given, FillResource(input, Fields(), session.language(), rule));
  if (given.empty()) {
    session.Show(rule, [&] { return RuleText(session, rule); });
    return absl::OkStatus();
  }
  *request.mutable_outage_rule() = std::move(rule);
  request.set_validate_only(input.Has("--dry-run"));
  ASSIGN_OR_RETURN(const auto changed, session.Call<pb::OutageRule>(request));
  ShowOutcome(session, input, {"Changed.", "Modifié."}, changed, RuleText(session, changed));
  return absl::OkStatus();
}

}  // namespace

std::vector<Command> OutageCommands() {
  return {
      {.verb = "outages",
       .summary = {"List when the service was down, with signed evidence",
                   "Lister les pannes du service, avec leurs preuves signées"},
       .details = {"Outages lengthen deadlines by the rule of the programme: see \"milestones outage-rule\". "
                   "The evidence is "
                   "verified as a receipt is: \"receipts verify FILE\".",
                   "Les pannes prolongent les échéances selon la règle de la formation : voir « milestones "
                   "outage-rule ». Les "
                   "preuves se vérifient comme un récépissé : « receipts verify FICHIER »."},
       .flags = {TextFlag("--evidence", "FOLDER",
                          {"writes the evidence of each there", "y écrit la preuve de chacune"})},
       .examples = {{"milestones outages", {"the latest first", "la dernière d’abord"}},
                    {"milestones outages --evidence .",
                     {"with files to verify", "avec des fichiers à vérifier"}}},
       .run = ListOutages},
      {.verb = "outage-rule",
       .summary = {"Show or change which outages lengthen the deadlines of a programme",
                   "Montrer ou modifier quelles pannes prolongent les échéances d’une formation"},
       .details = {"A deadline moves by the length of each outage that counts. Only what is given changes; "
                   "without any, the "
                   "rule is shown.",
                   "Une échéance recule de la durée de chaque panne qui compte. Seul ce qui est donné change "
                   "; sans rien, la "
                   "règle est montrée."},
       .arguments = {NameArgument("PROGRAMME", "programmes", {"the programme", "la formation"})},
       .flags = Flags(FlagsOf(Fields()), {DryRunFlag()}),
       .examples = {{"milestones outage-rule m2", {"show it", "la montrer"}},
                    {"milestones outage-rule m2 --shortest 10 --window 120",
                     {"count fewer outages", "compter moins de pannes"}}},
       .run = ShowOrChangeRule},
  };
}

}  // namespace soutenance::cli
