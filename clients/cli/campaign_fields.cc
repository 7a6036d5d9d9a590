#include "clients/cli/campaign_fields.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/cli/dates.h"
#include "clients/cli/names.h"
#include "clients/lib/failure.h"

namespace soutenance::cli {
namespace {

namespace pb = scheduling::v1;

std::string ReadDays(const std::string& text, google::protobuf::Message& campaign, Language language) {
  const auto days = ParseDays(text, Span::kMondaysToFridays);
  if (!days) {
    return Text{"expected days such as 2027-06-14..2027-06-18,2027-06-21",
                "attendu des jours tels que 2027-06-14..2027-06-18,2027-06-21"}
        .In(language);
  }
  for (const std::string& day : *days) static_cast<pb::Campaign&>(campaign).add_days(day);
  return "";
}

std::string ReadHours(const std::string& text, google::protobuf::Message& campaign, Language language) {
  const auto span = ParseTimeSpan(text);
  if (!span) {
    return Text{"expected hours such as 09:00-12:30", "attendu des heures telles que 09:00-12:30"}.In(
        language);
  }
  pb::Hours& hours = *static_cast<pb::Campaign&>(campaign).add_hours();
  hours.set_from(span->from);
  hours.set_to(span->to);
  return "";
}

// "gaps=soft:5:30", "room_clash=hard", "gaps=off"; "gaps=default" takes the setting out.
std::string ReadRule(const std::string& text, google::protobuf::Message& message, Language language) {
  auto& rules = *static_cast<pb::Campaign&>(message).mutable_rules();
  const std::pair<std::string, std::string> parts = absl::StrSplit(text, absl::MaxSplits('=', 1));
  const std::vector<std::string> values = absl::StrSplit(parts.second, ':');
  pb::RuleSetting setting;
  setting.set_rule(parts.first);
  pb::RuleSetting::Level level = pb::RuleSetting::LEVEL_UNSPECIFIED;
  int64_t weight = 0;
  int64_t parameter = 0;
  const bool is_default = parts.second == "default";
  const bool is_understood =
      is_default || (pb::RuleSetting::Level_Parse("LEVEL_" + absl::AsciiStrToUpper(values[0]), &level) &&
                     level != pb::RuleSetting::LEVEL_UNSPECIFIED && values.size() <= 3 &&
                     (values.size() < 2 || absl::SimpleAtoi(values[1], &weight)) &&
                     (values.size() < 3 || absl::SimpleAtoi(values[2], &parameter)));
  if (parts.first.empty() || !is_understood) {
    return Text{
        "expected RULE=LEVEL[:WEIGHT[:PARAMETER]] with off, hard, strong, soft or soft_2 to soft_6, or "
        "RULE=default",
        "attendu RÈGLE=NIVEAU[:POIDS[:PARAMÈTRE]] avec off, hard, strong, soft ou soft_2 à soft_6, ou "
        "RÈGLE=default"}
        .In(language);
  }
  setting.set_level(level);
  setting.set_weight(weight);
  if (values.size() == 3) setting.set_parameter(parameter);
  ResetRule(setting.rule(), static_cast<pb::Campaign&>(message));
  if (!is_default) *rules.Add() = setting;
  return "";
}

std::vector<Field> MakeFields(Purpose purpose) {
  std::vector<Field> fields{
      {.flag = TextFlag("--title", "TITLE", {"title", "intitulé"}), .name = "title"},
      {.flag = ResourceFlag("--cohort", "PROGRAMME/ID", "cohorts",
                            {"whose school calendar applies", "promotion dont le calendrier s’applique"}),
       .name = "cohort",
       .read =
           [](const std::string& text, google::protobuf::Message& message, Language) {
             pb::Campaign& campaign = static_cast<pb::Campaign&>(message);
             campaign.set_cohort(CohortName(campaign.programme(), text));
             return std::string();
           }},
      {.flag = NumberFlag("--year", "YEAR", {"such as 2027", "par exemple 2027"}), .name = "year"},
      {.flag = NumberFlag("--session", "N",
                          {"1: first session, 2: resit", "1 : première session, 2 : rattrapage"}),
       .name = "session"},
      {.flag = TextFlag("--time-zone", "ZONE",
                        {"such as Europe/Paris, the default", "par exemple Europe/Paris, par défaut"}),
       .name = "time_zone"},
      {.flag = ChoiceFlag("--document-language", {"fr", "en"},
                          {"language of documents: fr or en", "langue des documents : fr ou en"}),
       .name = "language"},
      {.flag = Repeated(
           TextFlag("--days", "DAYS",
                    {"such as 2027-06-14..2027-06-18,2027-06-21; a span stands for its Mondays to Fridays",
                     "par exemple 2027-06-14..2027-06-18,2027-06-21 ; un intervalle vaut ses jours ouvrés"})),
       .name = "days",
       .read = ReadDays},
      {.flag = Repeated(TextFlag("--hours", "HOURS",
                                 {"such as 09:00-12:30,14:00-18:00; between them is a break",
                                  "par exemple 09:00-12:30,14:00-18:00 ; entre les deux, une pause"})),
       .name = "hours",
       .read = ReadHours},
      {.flag = NumberFlag("--grid", "MINUTES",
                          {"starts are multiples of this; 0: 15", "pas des débuts ; 0 : 15"}),
       .name = "grid_minutes"},
      {.flag = NumberFlag("--duration", "MINUTES",
                          {"of a defence, deliberation included; 0: 60",
                           "d’une soutenance, délibération comprise ; 0 : 60"}),
       .name = "duration_minutes"},
      {.flag = NumberFlag("--buffer", "MINUTES",
                          {"between two defences in a room", "entre deux soutenances dans une salle"}),
       .name = "buffer_minutes"},
      {.flag = NumberFlag("--travel", "MINUTES", {"from one site to another", "d’un site à l’autre"}),
       .name = "travel_minutes"},
      {.flag = ChoiceFlag(
           "--silent", {"available", "if_needed", "unavailable"},
           {"how somebody who answered nothing is treated", "comment traiter une personne sans réponse"}),
       .name = "silent_policy"},
      {.flag = Repeated(
           ResourceFlag("--room", "ROOM", "rooms", {"rooms that may be used", "salles utilisables"})),
       .name = "rooms",
       .collection = "rooms"},
  };
  if (purpose == Purpose::kCreate) {
    fields.insert(fields.begin() + 1,
                  {.flag = ResourceFlag("--programme", "PROGRAMME", "programmes",
                                        {"the programme; cannot change", "la formation ; ne peut changer"}),
                   .name = "programme",
                   .collection = "programmes"});
  }
  return fields;
}

}  // namespace

const std::vector<Field>& CampaignFields(Purpose purpose) {
  static const auto& create = *new std::vector<Field>(MakeFields(Purpose::kCreate));
  static const auto& update = *new std::vector<Field>(MakeFields(Purpose::kUpdate));
  return purpose == Purpose::kCreate ? create : update;
}

Flag RuleFlag() {
  return Repeated(
      TextFlag("--rule", "RULE=SETTING",
               {"such as gaps=soft:5, gaps=soft_2, gaps=off, gaps=default; see \"soutenance rules\"",
                "par exemple gaps=soft:5, gaps=soft_2, gaps=off, gaps=default ; voir « soutenance "
                "rules »"}));
}

absl::Status ApplyRuleFlags(const Input& input, const char* flag, Language language, pb::Campaign& campaign) {
  for (const std::string& text : input.GetAll(flag)) {
    if (const std::string refusal = ReadRule(text, campaign, language); !refusal.empty()) {
      return clients::UsageError(absl::StrCat(flag, " ", text, Text{": ", " : "}.In(language), refusal));
    }
  }
  return absl::OkStatus();
}

void ResetRule(const std::string& rule, pb::Campaign& campaign) {
  auto& rules = *campaign.mutable_rules();
  const auto kept =
      std::remove_if(rules.begin(), rules.end(), [&](const auto& held) { return held.rule() == rule; });
  rules.erase(kept, rules.end());
}

}  // namespace soutenance::cli
