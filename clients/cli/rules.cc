#include "clients/cli/rules.h"

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "clients/cli/fields.h"
#include "clients/cli/jury_rules.h"
#include "clients/cli/layout.h"
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
  // One rule has a level of its own, which comes before all wishes.
  const bool is_own = setting.level() == pb::RuleSetting::LEVEL_UNSPECIFIED;
  std::string text = is_own ? Text{"before all wishes", "avant tous les souhaits"}.In(language)
                            : WordFor(setting.level(), language);
  const bool has_points = setting.level() != pb::RuleSetting::LEVEL_OFF &&
                          setting.level() != pb::RuleSetting::LEVEL_HARD && !is_own;
  if (has_points && setting.weight() > 0) absl::StrAppend(&text, " × ", setting.weight());
  if (setting.has_parameter()) absl::StrAppend(&text, " (", setting.parameter(), ")");
  return text;
}

absl::Status List(Session& session, const Input& input) {
  pb::ListRulesRequest request;
  if (input.Has("--campaign")) request.set_campaign(TopName("campaigns", input.Get("--campaign")));
  ASSIGN_OR_RETURN(const auto list, session.Call<pb::ListRulesResponse>(request));
  session.Show(list, [&] {
    return input.Has("--long") ? RulesInFullText(list, session.language(), session.out())
                               : RulesText(list, session.language(), session.out());
  });
  return absl::OkStatus();
}

std::string UnitOf(const pb::Rule& rule, Language language) {
  return language == Language::kFrench && !rule.unit_fr().empty() ? rule.unit_fr() : rule.unit();
}

std::string SentenceOf(const pb::Rule& rule, Language language) {
  return language == Language::kFrench ? rule.sentence_fr() : rule.sentence_en();
}

// "strict, soft or off": what may follow "--set RULE=".
std::string LevelsText(const pb::Rule& rule) {
  return absl::StrJoin(rule.levels(), ", ", [](std::string* out, int level) {
    absl::StrAppend(out, LevelName(static_cast<pb::RuleSetting::Level>(level)));
  });
}

}  // namespace

std::string LevelName(pb::RuleSetting::Level level) {
  return absl::AsciiStrToLower(absl::StripPrefix(pb::RuleSetting::Level_Name(level), "LEVEL_"));
}

std::string RulesInFullText(const pb::ListRulesResponse& list, Language language,
                            const clients::Terminal& terminal) {
  std::string text;
  for (const pb::Rule& rule : list.rules()) {
    std::vector<std::string> facts = {
        absl::StrCat(Text{"default: ", "par défaut : "}.In(language),
                     SettingText(rule.default_setting(), language)),
        absl::StrCat(Text{"counts: ", "compte : "}.In(language), UnitOf(rule, language))};
    if (rule.has_setting()) {
      facts.insert(facts.begin(), absl::StrCat(Text{"here: ", "ici : "}.In(language),
                                               SettingText(rule.setting(), language)));
    }
    if (rule.levels_size() > 1) {
      facts.push_back(absl::StrCat(Text{"may be: ", "peut être : "}.In(language), LevelsText(rule)));
    }
    if (rule.clash()) {
      facts.emplace_back(
          Text{"no reason excuses a breach", "aucun motif n’excuse une infraction"}.In(language));
    }
    absl::StrAppend(&text, text.empty() ? "" : "\n",
                    clients::Marked(rule.rule(), clients::Mark::kBold, terminal), "\n",
                    Paragraph(SentenceOf(rule, language), 2, "", terminal),
                    Paragraph(absl::StrJoin(facts, Text{"; ", " ; "}.In(language)), 2, "", terminal));
  }
  return text;
}

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
               SettingText(rule.default_setting(), language), UnitOf(rule, language),
               SentenceOf(rule, language)});
  }
  return table.Text(terminal);
}

Flag LongRulesFlag() {
  return {
      .name = "--long",
      .value = {},
      .help = {"each rule with all there is to say of it", "chaque règle avec tout ce qu’il y a à en dire"}};
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
                "wish, weighed against others of its rank by its points a unit; ranks soft, soft_2 to soft_6 "
                "count "
                "one after the other). In brackets: what it compares with.",
                "Une règle est inactive, stricte (jamais enfreinte : plutôt laisser une soutenance non "
                "placée), forte, ou souple (un souhait, pesé par ses points par unité contre ceux de son "
                "rang ; "
                "les rangs soft, soft_2 à soft_6 comptent l’un après l’autre). Entre parenthèses : sa valeur "
                "de "
                "comparaison."},
           .flags = {ResourceFlag(
                         "--campaign", "CAMPAIGN", "campaigns",
                         {"also as this campaign sets them", "aussi telles que cette campagne les fixe"}),
                     LongRulesFlag()},
           .examples = {{"rules", {"the whole rulebook", "tout le règlement"}},
                        {"rules --campaign m2-2027",
                         {"as one campaign sets it", "tel qu’une campagne le fixe"}}},
           .run = List}}};
  for (Command& command : JuryRuleCommands()) noun.commands.push_back(std::move(command));
  return noun;
}

}  // namespace soutenance::cli
