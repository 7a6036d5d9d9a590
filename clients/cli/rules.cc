#include "clients/cli/rules.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/fields.h"
#include "clients/cli/jury_rules.h"
#include "clients/cli/names.h"
#include "clients/cli/nouns.h"
#include "clients/cli/resource.h"
#include "clients/cli/words.h"
#include "services/base/status.h"

namespace soutenance::cli {
namespace {

namespace pb = scheduling::v1;

// "souple × 5 (30)": level, points a unit, what it compares with.
std::string SettingText(const pb::RuleSetting& setting, Language language) {
  std::string text = WordFor(setting.level(), language);
  const bool has_points =
      setting.level() == pb::RuleSetting::LEVEL_SOFT || setting.level() == pb::RuleSetting::LEVEL_STRONG;
  if (has_points && setting.weight() > 0) absl::StrAppend(&text, " × ", setting.weight());
  if (setting.has_parameter()) absl::StrAppend(&text, " (", setting.parameter(), ")");
  return text;
}

absl::Status List(Session& session, const Input& input) {
  pb::ListRulesRequest request;
  if (input.Has("--campaign")) request.set_campaign(TopName("campaigns", input.Get("--campaign")));
  ASSIGN_OR_RETURN(const auto list, session.Call<pb::ListRulesResponse>(request));
  session.Show(list, [&] { return RulesText(list, session.language(), session.out()); });
  return absl::OkStatus();
}

}  // namespace

std::string RulesText(const pb::ListRulesResponse& list, Language language,
                      const clients::Terminal& terminal) {
  using clients::Column;
  clients::Table table({{Text{"Rule", "Règle"}.In(language)},
                        {Text{"Campaign", "Campagne"}.In(language)},
                        {Text{"Default", "Par défaut"}.In(language)},
                        {Text{"Unit", "Unité"}.In(language)},
                        {Text{"What it asks", "Ce qu’elle demande"}.In(language), Column::Align::kLeft,
                         Column::Fit::kShrink}});
  for (const pb::Rule& rule : list.rules()) {
    table.Row({rule.rule(), rule.has_setting() ? SettingText(rule.setting(), language) : "",
               SettingText(rule.default_setting(), language), rule.unit(),
               language == Language::kFrench ? rule.sentence_fr() : rule.sentence_en()});
  }
  return table.Text(terminal);
}

Noun RulesNoun() {
  Noun noun = {
      .name = "rules",
      .summary = {"what timetables are asked to keep, and what juries must be",
                  "ce que doivent respecter les plannings et les jurys"},
      .commands = {
          {.verb = "",
           .summary = {"Show the rules of timetables with their meaning and defaults",
                       "Montrer les règles des plannings, leur sens et leurs valeurs par défaut"},
           .details =
               {"A rule is off, hard (never broken: a defence stays unplaced rather), strong, or soft (a "
                "wish, "
                "weighed against others by its points a unit). In brackets: what it compares with.",
                "Une règle est inactive, stricte (jamais enfreinte : plutôt laisser une soutenance non "
                "placée), forte, ou souple (un souhait, pesé par ses points par unité). Entre parenthèses : "
                "sa valeur de comparaison."},
           .flags = {ResourceFlag(
               "--campaign", "CAMPAIGN", "campaigns",
               {"also as this campaign sets them", "aussi telles que cette campagne les fixe"})},
           .examples = {{"rules", {"the whole rulebook", "tout le règlement"}},
                        {"rules --campaign m2-2027",
                         {"as one campaign sets it", "tel qu’une campagne le fixe"}}},
           .run = List}}};
  for (Command& command : JuryRuleCommands()) noun.commands.push_back(std::move(command));
  return noun;
}

}  // namespace soutenance::cli
